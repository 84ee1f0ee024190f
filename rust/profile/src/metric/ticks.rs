//! Dates, times, timestamps and durations, in the unit of their Arrow type.

use drypoint_sketches::Sketch;
use drypoint_sketches::kll::KllSketch;

use crate::Error;
use crate::arrow::sink::{Kind, Sink};

/// Quantiles and extremes of ticks: a KLL sketch keeps its extremes exactly.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Ticks(pub(crate) KllSketch<i64>);

impl Ticks {
    pub(crate) fn merge(&mut self, other: &Self) -> Result<(), Error> {
        Ok(self.0.merge(&other.0)?)
    }
}

impl Sink for Ticks {
    const NAME: &'static str = "a column of times";
    const TAKES: &'static str = "dates, times, timestamps or durations";

    fn takes(kind: Kind) -> bool {
        kind == Kind::Temporal
    }

    fn ints<T: Copy + Into<i64>>(&mut self, values: &[T]) -> Result<(), Error> {
        self.0.ints(values)
    }

    fn int(&mut self, value: i64, weight: u64) -> Result<(), Error> {
        self.0.int(value, weight)
    }
}
