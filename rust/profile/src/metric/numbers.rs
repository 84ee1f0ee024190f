//! NaN, infinities, zeros and negatives.

use arrow_array::Array;
use arrow_schema::DataType;
use drypoint_sketches::{Kernel, dispatch};

use super::Metric;
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

/// How many of `values` are so.
fn count<T: Copy>(values: &[T], is: impl Fn(T) -> bool) -> u64 {
    dispatch(Count { values, is })
}

struct Count<'a, T, F> {
    values: &'a [T],
    is: F,
}

impl<T: Copy, F: Fn(T) -> bool> Kernel for Count<'_, T, F> {
    type Output = u64;

    #[inline(always)]
    fn run(self) -> u64 {
        self.values.iter().map(|&value| u64::from((self.is)(value))).sum()
    }
}

impl Sink for Numbers {
    const NAME: &'static str = "a column of numbers";
    const TAKES: &'static str = "integers, floats or decimals";

    fn takes(kind: Kind) -> bool {
        matches!(kind, Kind::Integer | Kind::Float | Kind::Decimal)
    }

    fn ints<T: Integer>(&mut self, values: &[T]) -> Result<(), Error> {
        self.zeros += count(values, |value| value.into() == 0);
        self.negatives += count(values, |value| value.into() < 0);
        Ok(())
    }

    fn unsigned(&mut self, values: &[u64]) -> Result<(), Error> {
        self.zeros += count(values, |value| value == 0);
        Ok(())
    }

    fn floats(&mut self, values: &[f64]) -> Result<(), Error> {
        self.zeros += count(values, |value| value == 0.0);
        self.negatives += count(values, |value| value < 0.0);
        if count(values, |value| !value.is_finite()) > 0 {
            self.nans += count(values, f64::is_nan);
            self.positive_infinities += count(values, |value| value == f64::INFINITY);
            self.negative_infinities += count(values, |value| value == f64::NEG_INFINITY);
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
