//! True and false.

use arrow_array::Array;
use arrow_schema::DataType;

use super::Metric;
use crate::arrow::fold;
use crate::arrow::sink::{Integer, Kind, Sink};
use crate::record::{Field, Form, Record, Value};
use crate::{Error, Parameters};

/// How often each came.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Booleans {
    /// True.
    pub trues: u64,
    /// False.
    pub falses: u64,
}

impl Sink for Booleans {
    const NAME: &'static str = "a column of booleans";
    const TAKES: &'static str = "booleans";

    fn takes(kind: Kind) -> bool {
        kind == Kind::Boolean
    }

    fn ints<T: Integer>(&mut self, values: &[T]) -> Result<(), Error> {
        let trues = values.iter().filter(|&&value| value.into() != 0).count();
        self.trues += trues as u64;
        self.falses += (values.len() - trues) as u64;
        Ok(())
    }

    fn int(&mut self, value: i64, weight: u64) -> Result<(), Error> {
        *(if value == 0 { &mut self.falses } else { &mut self.trues }) += weight;
        Ok(())
    }
}

impl Metric for Booleans {
    const FIELDS: &'static [Field] = &[("trues", Form::Count), ("falses", Form::Count)];

    fn new(data_type: &DataType, _: &Parameters) -> Result<Option<Self>, Error> {
        Ok((*data_type == DataType::Boolean).then(Self::default))
    }

    fn update(&mut self, array: &dyn Array, weights: Option<&[u64]>) -> Result<(), Error> {
        fold(self, array, weights)
    }

    fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.trues = self.trues.saturating_add(other.trues);
        self.falses = self.falses.saturating_add(other.falses);
        Ok(())
    }

    fn encode(&self) -> Vec<Value> {
        vec![Value::Count(self.trues), Value::Count(self.falses)]
    }

    fn decode(&mut self, record: &Record<'_>) -> Result<(), Error> {
        *self = Self { trues: record.count("trues"), falses: record.count("falses") };
        Ok(())
    }
}
