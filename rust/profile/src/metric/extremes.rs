//! The least and the greatest value, exactly, of every type that has an order.

use std::cmp::Ordering;

use arrow_array::Array;
use arrow_buffer::i256;
use arrow_schema::DataType;
use drypoint_sketches::{Kernel, LANES, Strings, dispatch};

use super::Metric;
use super::range::{range_of_floats, widened};
use crate::arrow::sink::{Decimals, Integer, Kind, Sink};
use crate::arrow::{decimal, fold};
use crate::record::{Field, Form, Record, Value};
use crate::{Error, Parameters};

/// Of longer strings this many bytes are kept, fewer if that would split a character.
pub(crate) const LONGEST: usize = 256;

/// A least or a greatest value.
#[derive(Debug, Clone, PartialEq)]
pub enum Extreme {
    /// An integer of any width; of times, ticks in the unit of their type.
    Int(i128),
    /// An unscaled integer, to be scaled as the type says.
    Decimal(i256),
    /// Not NaN; -0.0 is 0.0.
    Float(f64),
    /// The first 256 bytes of it.
    Text(String),
}

/// The extremes of a column.
#[derive(Debug, Clone, PartialEq)]
pub struct Extremes {
    range: Option<(Extreme, Extreme)>,
    form: Order,
}

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Order {
    Ints,
    Decimals(i8),
    Floats,
    Texts,
}

/// The order of two extremes of one column.
fn order(a: &Extreme, b: &Extreme) -> Ordering {
    match (a, b) {
        (Extreme::Int(a), Extreme::Int(b)) => a.cmp(b),
        (Extreme::Decimal(a), Extreme::Decimal(b)) => a.cmp(b),
        (Extreme::Float(a), Extreme::Float(b)) => a.total_cmp(b),
        (Extreme::Text(a), Extreme::Text(b)) => a.cmp(b),
        _ => Ordering::Equal,
    }
}

/// At most the first 256 bytes, whole characters only; what is not UTF-8 is marked.
fn beginning(value: &[u8]) -> String {
    let text = String::from_utf8_lossy(&value[..value.len().min(LONGEST + 4)]);
    text[..text.floor_char_boundary(LONGEST)].to_owned()
}

/// The first 8 bytes as a number of the same order; shorter strings are padded with zeros, and may
/// then only be equal where they are less.
fn first_bytes(value: &[u8]) -> u64 {
    let mut first = [0; 8];
    let size = value.len().min(8);
    first[..size].copy_from_slice(&value[..size]);
    u64::from_be_bytes(first)
}

/// The positions of the strings that may be beyond a range, by their first 8 bytes.
struct Candidates<'a, S> {
    strings: &'a S,
    from: usize,
    range: (u64, u64),
}

impl<S: Strings> Kernel for Candidates<'_, S> {
    type Output = Vec<u32>;

    #[inline(always)]
    fn run(self) -> Vec<u32> {
        let Self { strings, from, range: (low, high) } = self;
        let (mut words, mut found) = ([0; LANES], Vec::new());
        for start in (from..strings.len()).step_by(LANES) {
            let count = strings.first_words(start, &mut words);
            let firsts = words.map(u64::swap_bytes);
            let beyond = |first: u64| (first <= low) | (first >= high);
            if firsts.iter().fold(false, |any, &first| any | beyond(first)) {
                let lanes = (0..count).filter(|&lane| beyond(firsts[lane]));
                found.extend(lanes.map(|lane| (start + lane) as u32));
            }
        }
        found
    }
}

impl Extremes {
    /// The least value; `None` if there is none.
    pub fn min(&self) -> Option<&Extreme> {
        self.range.as_ref().map(|(least, _)| least)
    }

    /// The greatest value; `None` if there is none.
    pub fn max(&self) -> Option<&Extreme> {
        self.range.as_ref().map(|(_, most)| most)
    }

    fn widen(&mut self, least: Extreme, most: Extreme) {
        let Some((low, high)) = &mut self.range else {
            self.range = Some((least, most));
            return;
        };
        if order(&least, low).is_lt() {
            *low = least;
        }
        if order(&most, high).is_gt() {
            *high = most;
        }
    }

    fn see<T: Copy + PartialOrd>(&mut self, values: &[T], of: fn(T) -> Extreme) {
        let Some(&first) = values.first() else { return };
        let (least, most) = widened(values, (first, first));
        self.widen(of(least), of(most));
    }

    /// Compares without a copy, which only a new extreme needs.
    fn see_text(&mut self, value: &[u8]) {
        let value = &value[..value.len().min(LONGEST)];
        let beyond = match &self.range {
            Some((Extreme::Text(low), Extreme::Text(high))) => {
                value < low.as_bytes() || value > high.as_bytes()
            }
            _ => true,
        };
        if beyond {
            let text = beginning(value);
            self.widen(Extreme::Text(text.clone()), Extreme::Text(text));
        }
    }

    /// Looks at the first strings one by one, if there are no extremes yet: how many.
    fn see_first<S: Strings>(&mut self, strings: &S) -> usize {
        let first = if self.range.is_none() { strings.len().min(LANES) } else { 0 };
        (0..first).for_each(|index| self.see_text(strings.get(index)));
        first
    }

    /// The first 8 bytes of the least and of the greatest string.
    fn first_bytes(&self) -> (u64, u64) {
        match &self.range {
            Some((Extreme::Text(low), Extreme::Text(high))) => {
                (first_bytes(low.as_bytes()), first_bytes(high.as_bytes()))
            }
            _ => (u64::MAX, 0),
        }
    }

    /// The canonical text of an extreme.
    fn text(&self, extreme: &Extreme) -> String {
        match extreme {
            Extreme::Int(value) => value.to_string(),
            Extreme::Float(value) => format!("{value:?}"),
            Extreme::Text(value) => value.clone(),
            Extreme::Decimal(value) => {
                let mut out = Vec::new();
                let scale = if let Order::Decimals(scale) = self.form { scale } else { 0 };
                decimal::write(*value, scale, &mut out);
                String::from_utf8_lossy(&out).into_owned()
            }
        }
    }
}

impl Sink for Extremes {
    const NAME: &'static str = "a column with an order";
    const TAKES: &'static str = "numbers, times or strings";
    const DECIMALS: Decimals = Decimals::Exact;

    fn takes(kind: Kind) -> bool {
        !matches!(kind, Kind::Boolean | Kind::Binary)
    }

    fn ints<T: Integer>(&mut self, values: &[T]) -> Result<(), Error> {
        self.see(values, |value| Extreme::Int(value.into().into()));
        Ok(())
    }

    fn unsigned(&mut self, values: &[u64]) -> Result<(), Error> {
        self.see(values, |value| Extreme::Int(value.into()));
        Ok(())
    }

    fn floats(&mut self, values: &[f64]) -> Result<(), Error> {
        // Without a value that is not NaN the least stays above the most.
        let (least, most) = range_of_floats(values);
        if least <= most {
            self.widen(Extreme::Float(least + 0.0), Extreme::Float(most + 0.0));
        }
        Ok(())
    }

    fn floats32(&mut self, values: &[f32]) -> Result<(), Error> {
        let wide: Vec<f64> = values.iter().map(|&value| value.into()).collect();
        self.floats(&wide)
    }

    fn decimals(&mut self, values: &[i256], _: i8) -> Result<(), Error> {
        self.see(values, Extreme::Decimal);
        Ok(())
    }

    fn strings<S: Strings>(&mut self, strings: &S) -> Result<(), Error> {
        let from = self.see_first(strings);
        let range = self.first_bytes();
        let candidates = dispatch(Candidates { strings, from, range });
        candidates.into_iter().for_each(|index| self.see_text(strings.get(index as usize)));
        Ok(())
    }

    fn strings_weighted<S: Strings>(&mut self, strings: &S, weights: &[u64]) -> Result<(), Error> {
        if !weights.contains(&0) {
            return self.strings(strings);
        }
        let there = weights.iter().enumerate().filter(|&(_, &weight)| weight > 0);
        there.for_each(|(index, _)| self.see_text(strings.get(index)));
        Ok(())
    }

    fn int(&mut self, value: i64, _: u64) -> Result<(), Error> {
        self.ints(&[value])
    }

    fn one_unsigned(&mut self, value: u64, _: u64) -> Result<(), Error> {
        self.unsigned(&[value])
    }

    fn float(&mut self, value: f64, _: u64) -> Result<(), Error> {
        self.floats(&[value])
    }

    fn string(&mut self, value: &[u8], _: u64) -> Result<(), Error> {
        self.see_text(value);
        Ok(())
    }
}

impl Metric for Extremes {
    const FIELDS: &'static [Field] = &[("min", Form::Text), ("max", Form::Text)];

    fn new(data_type: &DataType, _: &Parameters) -> Result<Option<Self>, Error> {
        let form = match data_type {
            DataType::Decimal32(_, scale)
            | DataType::Decimal64(_, scale)
            | DataType::Decimal128(_, scale)
            | DataType::Decimal256(_, scale) => Order::Decimals(*scale),
            DataType::Interval(_) => return Ok(None),
            other if other.is_floating() => Order::Floats,
            other if other.is_integer() || other.is_temporal() => Order::Ints,
            other if other.is_string() => Order::Texts,
            _ => return Ok(None),
        };
        Ok(Some(Self { range: None, form }))
    }

    fn update(&mut self, array: &dyn Array, weights: Option<&[u64]>) -> Result<(), Error> {
        fold(self, array, weights)
    }

    fn merge(&mut self, other: &Self) -> Result<(), Error> {
        if let Some((least, most)) = other.range.clone() {
            self.widen(least, most);
        }
        Ok(())
    }

    fn encode(&self) -> Vec<Value> {
        let text = |extreme: Option<&Extreme>| {
            extreme.map_or(Value::Null, |extreme| Value::Text(self.text(extreme)))
        };
        vec![text(self.min()), text(self.max())]
    }

    fn decode(&mut self, record: &Record<'_>) -> Result<(), Error> {
        let read = |name| {
            let Some(text) = record.text(name) else { return Ok(None) };
            let found = self.form.read(text);
            found.map(Some).ok_or_else(|| record.refuse(name, format!("{text:?} is no such value")))
        };
        if let (Some(least), Some(most)) = (read("min")?, read("max")?) {
            self.range = Some((least, most));
        }
        Ok(())
    }
}

impl Order {
    /// What [`Extremes::text`] wrote.
    fn read(self, text: &str) -> Option<Extreme> {
        match self {
            Self::Ints => text.parse().ok().map(Extreme::Int),
            Self::Floats => {
                text.parse().ok().filter(|value: &f64| !value.is_nan()).map(Extreme::Float)
            }
            Self::Texts => Some(Extreme::Text(beginning(text.as_bytes()))),
            Self::Decimals(scale) => decimal::read(text, scale).map(Extreme::Decimal),
        }
    }
}
