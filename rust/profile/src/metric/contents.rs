//! What strings hold, so that a column of a CSV file shows its real type: of all strings of a small
//! column, of a sample of a large one.

use arrow_array::Array;
use arrow_schema::DataType;
use drypoint_sketches::Strings;

use super::Metric;
use super::sample::Sample;
use crate::arrow::fold;
use crate::arrow::sink::{Kind, Sink};
use crate::content::{self, Content};
use crate::record::{Field, Record, Value};
use crate::{Error, Parameters};

/// Sampled counts of each kind of content, in the order of [`Content::ALL`].
#[derive(Debug, Clone, PartialEq)]
pub struct Contents(Sample);

fn look(value: &[u8], counts: &mut [u64]) {
    counts[content::of(value) as usize] += 1;
}

impl Sink for Contents {
    const NAME: &'static str = "a column of strings";
    const TAKES: &'static str = "strings";

    fn takes(kind: Kind) -> bool {
        kind == Kind::Text
    }

    fn strings<S: Strings>(&mut self, strings: &S) -> Result<(), Error> {
        self.0.see(strings.len(), |index| strings.get(index), look);
        Ok(())
    }

    fn string(&mut self, value: &[u8], weight: u64) -> Result<(), Error> {
        self.0.see_copies(value, weight, look);
        Ok(())
    }
}

impl Metric for Contents {
    const SEQUENTIAL: bool = true;
    const FIELDS: &'static [Field] = &Sample::FIELDS;

    fn new(data_type: &DataType, parameters: &Parameters) -> Result<Option<Self>, Error> {
        let empty = Self(Sample::new(Content::ALL.len(), parameters.seed));
        Ok(data_type.is_string().then_some(empty))
    }

    fn update(&mut self, array: &dyn Array, weights: Option<&[u64]>) -> Result<(), Error> {
        fold(self, array, weights)
    }

    fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.0.merge(&other.0);
        Ok(())
    }

    fn encode(&self) -> Vec<Value> {
        self.0.encode()
    }

    fn decode(&mut self, record: &Record<'_>) -> Result<(), Error> {
        self.0.decode(record)
    }
}
