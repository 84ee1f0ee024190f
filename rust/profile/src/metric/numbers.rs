//! NaN, infinities, zeros and negatives.

use arrow_array::Array;
use arrow_schema::DataType;
use drypoint_sketches::{Kernel, dispatch};

use super::Metric;
use super::finite::overflow;
use crate::arrow::fold;
use crate::arrow::sink::{Integer, Kind, Sink};
use crate::record::{Field, Form, Record, Value};
use crate::{Error, Parameters};

/// Counts among numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Numbers {
    /// Not a number.
    pub nans: u64,
    /// +inf.
    pub positive_infinities: u64,
    /// -inf.
    pub negative_infinities: u64,
    /// 0, and -0.0.
    pub zeros: u64,
    /// Below 0, -inf included.
    pub negatives: u64,
    /// Whether zeros and negatives are not known: formats of others do not count them.
    pub unsure: bool,
}

impl Numbers {
    fn see(&mut self, value: f64, weight: u64) {
        let counted = |yes: bool| if yes { weight } else { 0 };
        self.nans += counted(value.is_nan());
        self.positive_infinities += counted(value == f64::INFINITY);
        self.negative_infinities += counted(value == f64::NEG_INFINITY);
        self.zeros += counted(value == 0.0);
        self.negatives += counted(value < 0.0);
    }
}

/// How many are 0, and how many below, in one look.
struct Integers<'a, T>(&'a [T]);

impl<T: Integer> Kernel for Integers<'_, T> {
    type Output = (u64, u64);

    #[inline(always)]
    fn run(self) -> (u64, u64) {
        self.0.iter().fold((0, 0), |(zeros, negatives), &value| {
            let value = value.into();
            (zeros + u64::from(value == 0), negatives + u64::from(value < 0))
        })
    }
}

/// How many are 0, how many below, and whether all are finite, in one look.
struct Floats<'a>(&'a [f64]);

impl Kernel for Floats<'_> {
    type Output = (u64, u64, bool);

    #[inline(always)]
    fn run(self) -> (u64, u64, bool) {
        let sums = self.0.iter().fold((0, 0, 0), |(zeros, negatives, any), &x| {
            (zeros + u64::from(x == 0.0), negatives + u64::from(x < 0.0), any | overflow(x))
        });
        (sums.0, sums.1, sums.2 >> 63 == 0)
    }
}

impl Sink for Numbers {
    const NAME: &'static str = "a column of numbers";
    const TAKES: &'static str = "integers, floats or decimals";

    fn takes(kind: Kind) -> bool {
        matches!(kind, Kind::Integer | Kind::Float | Kind::Decimal)
    }

    fn ints<T: Integer>(&mut self, values: &[T]) -> Result<(), Error> {
        let (zeros, negatives) = dispatch(Integers(values));
        self.zeros += zeros;
        self.negatives += negatives;
        Ok(())
    }

    fn unsigned(&mut self, values: &[u64]) -> Result<(), Error> {
        self.zeros += values.iter().map(|&value| u64::from(value == 0)).sum::<u64>();
        Ok(())
    }

    fn floats(&mut self, values: &[f64]) -> Result<(), Error> {
        let (zeros, negatives, finite) = dispatch(Floats(values));
        if finite {
            self.zeros += zeros;
            self.negatives += negatives;
        } else {
            values.iter().for_each(|&value| self.see(value, 1));
        }
        Ok(())
    }

    fn floats32(&mut self, values: &[f32]) -> Result<(), Error> {
        values.iter().for_each(|&value| self.see(f64::from(value), 1));
        Ok(())
    }

    fn int(&mut self, value: i64, weight: u64) -> Result<(), Error> {
        self.see(value as f64, weight);
        Ok(())
    }

    fn one_unsigned(&mut self, value: u64, weight: u64) -> Result<(), Error> {
        self.see(value as f64, weight);
        Ok(())
    }

    fn float(&mut self, value: f64, weight: u64) -> Result<(), Error> {
        self.see(value, weight);
        Ok(())
    }
}

impl Metric for Numbers {
    const FIELDS: &'static [Field] = &[
        ("nans", Form::Count),
        ("positive_infinities", Form::Count),
        ("negative_infinities", Form::Count),
        ("zeros", Form::Count),
        ("negatives", Form::Count),
    ];

    fn new(data_type: &DataType, _: &Parameters) -> Result<Option<Self>, Error> {
        Ok(data_type.is_numeric().then(Self::default))
    }

    fn update(&mut self, array: &dyn Array, weights: Option<&[u64]>) -> Result<(), Error> {
        fold(self, array, weights)
    }

    fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.nans = self.nans.saturating_add(other.nans);
        self.positive_infinities =
            self.positive_infinities.saturating_add(other.positive_infinities);
        self.negative_infinities =
            self.negative_infinities.saturating_add(other.negative_infinities);
        self.zeros = self.zeros.saturating_add(other.zeros);
        self.negatives = self.negatives.saturating_add(other.negatives);
        self.unsure |= other.unsure;
        Ok(())
    }

    fn encode(&self) -> Vec<Value> {
        let sure = |count| if self.unsure { Value::Null } else { Value::Count(count) };
        vec![
            Value::Count(self.nans),
            Value::Count(self.positive_infinities),
            Value::Count(self.negative_infinities),
            sure(self.zeros),
            sure(self.negatives),
        ]
    }

    fn decode(&mut self, record: &Record<'_>) -> Result<(), Error> {
        self.nans = record.count("nans");
        self.positive_infinities = record.count("positive_infinities");
        self.negative_infinities = record.count("negative_infinities");
        self.zeros = record.count("zeros");
        self.negatives = record.count("negatives");
        self.unsure = record.is_null("zeros") || record.is_null("negatives");
        Ok(())
    }
}
