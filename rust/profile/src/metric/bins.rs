//! What metrics of predictions share: the columns of a task, and scores in bins of equal width.

use arrow_array::{ArrayRef, StructArray};

use crate::Error;
use crate::record::{Record, Value};

/// Bins in [0, 1]; the last holds 1 too.
const BINS: usize = 20;

/// Sums by bin.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Bins {
    pub(super) rows: [u64; BINS],
    pub(super) sums: [f64; BINS],
    pub(super) hits: [u64; BINS],
}

impl Bins {
    #[inline(always)]
    pub(super) fn add(&mut self, score: f64, hit: bool) {
        let bin = ((score * BINS as f64) as usize).min(BINS - 1);
        self.rows[bin] += 1;
        self.sums[bin] += score;
        self.hits[bin] += u64::from(hit);
    }

    pub(super) fn merge(&mut self, other: &Self) {
        for bin in 0..BINS {
            self.rows[bin] = self.rows[bin].saturating_add(other.rows[bin]);
            self.sums[bin] += other.sums[bin];
            self.hits[bin] = self.hits[bin].saturating_add(other.hits[bin]);
        }
    }

    pub(super) fn encode(&self) -> [Value; 3] {
        let (rows, hits) = (Value::Counts(self.rows.into()), Value::Counts(self.hits.into()));
        [rows, Value::Floats(self.sums.into()), hits]
    }

    pub(super) fn decode(record: &Record<'_>, names: [&str; 3]) -> Result<Self, Error> {
        let [rows, sums, hits] = names;
        let found = Self {
            rows: record.counts_of(rows)?,
            sums: record.floats_of(sums)?,
            hits: if hits.is_empty() { [0; BINS] } else { record.counts_of(hits)? },
        };
        let sound = |bin: usize| {
            is_sum_of(found.sums[bin], found.rows[bin]) && found.hits[bin] <= found.rows[bin]
        };
        if (0..BINS).all(sound) {
            return Ok(found);
        }
        Err(record.refuse(rows, "sums that contradict them"))
    }
}

/// What rounding may add to a sum of numbers in [0, 1], as a share.
const ROUNDING: f64 = 1e-9;

/// Whether a sum can be that of so many numbers in [0, 1].
pub(super) fn is_sum_of(sum: f64, rows: u64) -> bool {
    (0.0..=rows as f64 * (1.0 + ROUNDING)).contains(&sum)
}

/// All of them.
pub(super) fn total(counts: &[u64]) -> u64 {
    counts.iter().fold(0, |total, &count| total.saturating_add(count))
}

/// A column of a task.
pub(super) fn column<'a>(rows: &'a StructArray, name: &str) -> Result<&'a ArrayRef, Error> {
    let found = rows.column_by_name(name);
    found.ok_or_else(|| Error::Arrow(format!("the columns of a task have no {name:?}")))
}
