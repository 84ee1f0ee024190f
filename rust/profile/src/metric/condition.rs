//! How many rows met a condition, and a sample of those that did not.
//!
//! The condition is evaluated before rows come here: a row that met it comes as its number with the
//! highest bit set, one that did not as its bare number, and one of which it cannot be said as null.
//! The sample are the [`ROOM`] failed rows whose mixed numbers are the least (bottom-k sampling,
//! Cohen and Kaplan 2007): every set of rows is as likely as any other, and parts merge exactly.

use std::collections::BTreeSet;

use arrow_array::Array;
use arrow_array::cast::AsArray;
use arrow_array::types::UInt64Type;
use arrow_schema::DataType;

use super::Metric;
use crate::random::mixed;
use crate::record::{Field, Form, Record, Value};
use crate::{Error, Parameters, types};

/// Failed rows that are kept.
const ROOM: usize = 32;
/// Set in the number of a row that met the condition.
const MATCHED: u64 = 1 << 63;

/// Rows that met a condition, and some that did not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Condition {
    /// Rows that met it.
    pub matched: u64,
    /// Rows that did not.
    pub failed: u64,
    /// Mixed numbers of failed rows, and the numbers.
    sample: BTreeSet<(u64, u64)>,
}

impl Condition {
    /// The numbers of some failed rows, ascending.
    pub fn rows(&self) -> Vec<u64> {
        let mut rows: Vec<u64> = self.sample.iter().map(|&(_, row)| row).collect();
        rows.sort_unstable();
        rows
    }

    fn fail(&mut self, row: u64) {
        let candidate = (mixed(row), row);
        let full = self.sample.len() >= ROOM;
        if full && self.sample.last().is_some_and(|last| candidate >= *last) {
            return;
        }
        if self.sample.insert(candidate) && full {
            self.sample.pop_last();
        }
    }

    fn see(&mut self, numbers: &[u64]) {
        let matched = numbers.iter().map(|number| number >> 63).sum::<u64>();
        self.matched += matched;
        self.failed += numbers.len() as u64 - matched;
        if matched < numbers.len() as u64 {
            let failed = numbers.iter().filter(|&&number| number & MATCHED == 0);
            failed.for_each(|&row| self.fail(row));
        }
    }
}

impl Metric for Condition {
    const FIELDS: &'static [Field] =
        &[("matched", Form::Count), ("failed", Form::Count), ("rows", Form::Counts)];

    fn new(data_type: &DataType, _: &Parameters) -> Result<Option<Self>, Error> {
        Ok((*data_type == types::special("condition")).then(Self::default))
    }

    fn update(&mut self, array: &dyn Array, _: Option<&[u64]>) -> Result<(), Error> {
        if let Some(numbers) = array.as_primitive_opt::<UInt64Type>() {
            self.see(numbers.values());
        }
        Ok(())
    }

    fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.matched = self.matched.saturating_add(other.matched);
        self.failed = self.failed.saturating_add(other.failed);
        other.sample.iter().for_each(|&(_, row)| self.fail(row));
        Ok(())
    }

    fn encode(&self) -> Vec<Value> {
        vec![Value::Count(self.matched), Value::Count(self.failed), Value::Counts(self.rows())]
    }

    fn decode(&mut self, record: &Record<'_>) -> Result<(), Error> {
        self.matched = record.count("matched");
        self.failed = record.count("failed");
        record.counts("rows").iter().for_each(|&row| self.fail(row));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(rows: &[u64]) -> Condition {
        let mut made = Condition::default();
        made.see(rows);
        made
    }

    proptest! {
        #[test]
        fn parts_merge_to_the_whole(
            rows in prop::collection::vec(0u64..1_000, 0..200),
            cut: prop::sample::Index,
        ) {
            let numbered: Vec<u64> = rows
                .iter()
                .enumerate()
                .map(|(row, &kind)| if kind < 500 { row as u64 } else { row as u64 | MATCHED })
                .collect();
            let (a, b) = numbered.split_at(cut.index(numbered.len() + 1));
            let mut merged = of(a);
            merged.merge(&of(b)).unwrap();
            prop_assert_eq!(&merged, &of(&numbered));
            prop_assert_eq!(merged.rows().len() as u64, merged.failed.min(ROOM as u64));
        }

        #[test]
        fn few_failed_rows_are_all_there(rows in prop::collection::btree_set(0u64..1 << 40, 0..ROOM)) {
            let rows: Vec<u64> = rows.into_iter().collect();
            prop_assert_eq!(of(&rows).rows(), rows);
        }
    }
}
