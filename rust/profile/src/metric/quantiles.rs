//! Quantiles of the finite numbers, or of times in the unit of their type.

use arrow_array::Array;
use arrow_schema::DataType;
use drypoint_sketches::kll::KllSketch;
use drypoint_sketches::{Sketch, Update};

use super::Metric;
use super::finite::{finite, finite_of, numbers_as_f64};
use crate::arrow::fold;
use crate::arrow::sink::{Kind, Sink};
use crate::record::{Field, Form, Record, Value};
use crate::{Error, Parameters};

/// A KLL sketch of the type that the column needs.
#[derive(Debug, Clone, PartialEq)]
pub enum Quantiles {
    /// Of numbers.
    Numbers(KllSketch<f64>),
    /// Of dates, times, timestamps and durations.
    Times(KllSketch<i64>),
}

/// The numbers among them: infinities have no place among quantiles.
struct Numbers<'a>(&'a mut KllSketch<f64>);

impl Numbers<'_> {
    fn add(&mut self, block: &[f64]) {
        self.0.update_slice(block);
    }

    fn add_one(&mut self, value: f64, weight: u64) -> Result<(), Error> {
        Ok(self.0.update_weighted(&value, weight)?)
    }
}

impl Sink for Numbers<'_> {
    const NAME: &'static str = "a column of numbers";
    const TAKES: &'static str = "integers, floats or decimals";

    fn takes(kind: Kind) -> bool {
        matches!(kind, Kind::Integer | Kind::Float | Kind::Decimal)
    }

    numbers_as_f64!(add, add_one);
}

impl Metric for Quantiles {
    const SEQUENTIAL: bool = true;
    const FIELDS: &'static [Field] = &[("kll", Form::Bytes)];

    fn new(data_type: &DataType, parameters: &Parameters) -> Result<Option<Self>, Error> {
        let &Parameters { k, seed, .. } = parameters;
        Ok(match data_type {
            DataType::Interval(_) => None,
            other if other.is_numeric() => Some(Self::Numbers(KllSketch::with_seed(k, seed)?)),
            other if other.is_temporal() => Some(Self::Times(KllSketch::with_seed(k, seed)?)),
            _ => None,
        })
    }

    fn update(&mut self, array: &dyn Array, weights: Option<&[u64]>) -> Result<(), Error> {
        match self {
            Self::Numbers(sketch) => fold(&mut Numbers(sketch), array, weights),
            Self::Times(sketch) => fold(sketch, array, weights),
        }
    }

    fn merge(&mut self, other: &Self) -> Result<(), Error> {
        match (self, other) {
            (Self::Numbers(ours), Self::Numbers(theirs)) => ours.merge(theirs)?,
            (Self::Times(ours), Self::Times(theirs)) => ours.merge(theirs)?,
            _ => {}
        }
        Ok(())
    }

    fn encode(&self) -> Vec<Value> {
        vec![Value::Bytes(match self {
            Self::Numbers(sketch) => sketch.trimmed().encode(),
            Self::Times(sketch) => sketch.trimmed().encode(),
        })]
    }

    fn decode(&mut self, record: &Record<'_>) -> Result<(), Error> {
        if let Some(bytes) = record.bytes("kll") {
            match self {
                Self::Numbers(sketch) => *sketch = KllSketch::decode(bytes)?,
                Self::Times(sketch) => *sketch = KllSketch::decode(bytes)?,
            }
        }
        Ok(())
    }
}
