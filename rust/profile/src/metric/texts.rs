//! Strings and binary: extremes in the order of their bytes, and whether an empty one came.

use drypoint_sketches::Strings;

use super::Extremes;
use crate::Error;
use crate::arrow::sink::{Kind, Sink};

/// Facts about strings.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Texts {
    /// Empty strings, which no HLL counts.
    pub(crate) empty: u64,
    pub(crate) extremes: Extremes<Vec<u8>>,
}

impl Texts {
    pub(crate) fn merge(&mut self, other: &Self) {
        self.empty += other.empty;
        self.extremes.merge(&other.extremes);
    }

    /// Compares without a copy, which only a new extreme needs.
    fn see(&mut self, value: &[u8]) {
        let below = self.extremes.min().is_none_or(|least| value < least.as_slice());
        let above = self.extremes.max().is_none_or(|most| value > most.as_slice());
        if below || above {
            self.extremes.see(&value.to_vec());
        }
    }
}

impl Sink for Texts {
    const NAME: &'static str = "a column of strings";
    const TAKES: &'static str = "strings or binary";

    fn takes(kind: Kind) -> bool {
        matches!(kind, Kind::Text | Kind::Binary)
    }

    fn strings<S: Strings>(&mut self, strings: &S) -> Result<(), Error> {
        for index in 0..strings.len() {
            let value = strings.get(index);
            self.empty += u64::from(value.is_empty());
            self.see(value);
        }
        Ok(())
    }

    fn string(&mut self, value: &[u8], weight: u64) -> Result<(), Error> {
        self.empty += if value.is_empty() { weight } else { 0 };
        self.see(value);
        Ok(())
    }
}
