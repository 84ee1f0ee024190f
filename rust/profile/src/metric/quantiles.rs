//! Quantiles of the finite numbers, or of times in the unit of their type.

use arrow_array::Array;
use arrow_schema::DataType;
use drypoint_sketches::kll::{KllItem, KllSketch};
use drypoint_sketches::{Sketch, Update};

use super::Metric;
use super::finite::{doubles, finite, finite_of, numbers_as_f64};
use crate::arrow::fold;
use crate::arrow::sink::{Kind, Sink};
use crate::record::{Field, Form, Record, Value};
use crate::{Error, Parameters};

/// A KLL sketch of the type that the column needs.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantiles {
    /// The sketch.
    pub sketch: QuantileSketch,
    /// Whether it is as it was read, and is written so again.
    read: bool,
}

/// A KLL sketch of numbers or of times.
#[derive(Debug, Clone, PartialEq)]
pub enum QuantileSketch {
    /// Of numbers.
    Numbers(KllSketch<f64>),
    /// Of dates, times, timestamps and durations.
    Times(KllSketch<i64>),
}

impl QuantileSketch {
    fn numbers(&self) -> Option<&KllSketch<f64>> {
        if let Self::Numbers(sketch) = self { Some(sketch) } else { None }
    }

    fn times(&self) -> Option<&KllSketch<i64>> {
        if let Self::Times(sketch) = self { Some(sketch) } else { None }
    }
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
        let sketch = match data_type {
            DataType::Interval(_) => return Ok(None),
            other if other.is_numeric() => QuantileSketch::Numbers(KllSketch::with_seed(k, seed)?),
            other if other.is_temporal() => QuantileSketch::Times(KllSketch::with_seed(k, seed)?),
            _ => return Ok(None),
        };
        Ok(Some(Self { sketch, read: false }))
    }

    fn update(&mut self, array: &dyn Array, weights: Option<&[u64]>) -> Result<(), Error> {
        self.read = false;
        match &mut self.sketch {
            QuantileSketch::Numbers(sketch) => fold(&mut Numbers(sketch), array, weights),
            QuantileSketch::Times(sketch) => fold(sketch, array, weights),
        }
    }

    fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.merge_all(&[other])
    }

    fn merge_all(&mut self, others: &[&Self]) -> Result<(), Error> {
        self.read &= others.is_empty();
        let sketches = others.iter().map(|other| &other.sketch);
        match &mut self.sketch {
            QuantileSketch::Numbers(ours) => {
                let theirs = sketches.filter_map(QuantileSketch::numbers);
                ours.merge_all(&theirs.collect::<Vec<_>>())?;
            }
            QuantileSketch::Times(ours) => {
                let theirs = sketches.filter_map(QuantileSketch::times);
                ours.merge_all(&theirs.collect::<Vec<_>>())?;
            }
        }
        Ok(())
    }

    fn encode(&self) -> Vec<Value> {
        vec![Value::Bytes(match &self.sketch {
            QuantileSketch::Numbers(sketch) => stored(sketch, self.read),
            QuantileSketch::Times(sketch) => stored(sketch, self.read),
        })]
    }

    fn decode(&mut self, record: &Record<'_>) -> Result<(), Error> {
        if let Some(bytes) = record.bytes("kll") {
            self.read = true;
            match &mut self.sketch {
                QuantileSketch::Numbers(sketch) => *sketch = KllSketch::decode(bytes)?,
                QuantileSketch::Times(sketch) => *sketch = KllSketch::decode(bytes)?,
            }
        }
        Ok(())
    }
}

/// The bytes of a sketch, trimmed unless it was read.
fn stored<T: KllItem>(sketch: &KllSketch<T>, read: bool) -> Vec<u8> {
    if read { sketch.encode() } else { sketch.trimmed().encode() }
}
