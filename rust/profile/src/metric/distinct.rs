//! How many distinct values. The empty string is none to an HLL; lengths count it.

use arrow_array::Array;
use arrow_schema::DataType;
use drypoint_sketches::Sketch;
use drypoint_sketches::hll::{HllSketch, HllType};

use super::Metric;
use crate::arrow::fold;
use crate::arrow::visit::kind;
use crate::record::{Field, Form, Record, Value};
use crate::{Error, Parameters};

/// An HLL sketch.
#[derive(Debug, Clone, PartialEq)]
pub struct Distinct(pub HllSketch);

impl Metric for Distinct {
    const SEQUENTIAL: bool = true;
    const FIELDS: &'static [Field] = &[("hll", Form::Bytes)];

    fn new(data_type: &DataType, parameters: &Parameters) -> Result<Option<Self>, Error> {
        let sketch = HllSketch::new(parameters.lg_k, HllType::Hll4)?;
        Ok(kind(data_type).map(|_| Self(sketch)))
    }

    fn update(&mut self, array: &dyn Array, weights: Option<&[u64]>) -> Result<(), Error> {
        fold(&mut self.0, array, weights)
    }

    fn merge(&mut self, other: &Self) -> Result<(), Error> {
        Ok(self.0.merge(&other.0)?)
    }

    fn encode(&self) -> Vec<Value> {
        vec![Value::Bytes(self.0.encode_ascending())]
    }

    fn decode(&mut self, record: &Record<'_>) -> Result<(), Error> {
        if let Some(bytes) = record.bytes("hll") {
            self.0 = HllSketch::decode(bytes)?;
        }
        Ok(())
    }
}
