//! What a table looks like: its columns, side by side.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use rayon::prelude::*;

use crate::column::Parts;
use crate::metric::sum;
use crate::{ColumnProfile, Error};

/// So many columns of profiles are merged by one thread.
const ALONE: usize = 8;

/// The column profiles of a table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Profile {
    pub(crate) rows: u64,
    pub(crate) columns: Vec<ColumnProfile>,
}

impl Profile {
    /// Rows.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// The columns in the order of the table, what is inside a column after it. A column that came
    /// with types that cannot be one is there once for each.
    pub fn columns(&self) -> &[ColumnProfile] {
        &self.columns
    }

    /// Folds the profile of other rows in: column by column, by name and by type. Columns that only
    /// one side has stay as they are; their rows say how many there were.
    ///
    /// # Errors
    /// Counts overflow. `self` is then as it was.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        *self = Self::merged(&[self, other])?;
        Ok(())
    }

    /// The profile of the rows of all `profiles`, merged in order as [`merge`](Self::merge) does, but
    /// all at once: columns in parallel, and of many profiles parts of each column, which is the same
    /// however many threads there are.
    ///
    /// # Errors
    /// Counts overflow.
    pub fn merged(profiles: &[&Self]) -> Result<Self, Error> {
        let rows = profiles.iter().try_fold(0, |rows, profile| sum(rows, profile.rows))?;
        let parts = gathered(profiles);
        let columns: Vec<_> = if profiles.len() * parts.len() <= ALONE {
            parts.into_iter().map(Parts::merged).collect()
        } else {
            parts.into_par_iter().map(Parts::merged).collect()
        };
        // The first error is that of the first column, whichever thread was quicker.
        Ok(Self { rows, columns: columns.into_iter().collect::<Result<_, _>>()? })
    }
}

/// The columns that become one each, in the order in which they came first.
fn gathered<'a>(profiles: &[&'a Profile]) -> Vec<Parts<'a>> {
    let mut parts: Vec<Parts<'a>> = Vec::new();
    let mut places: HashMap<&str, Vec<usize>, RandomState> = HashMap::default();
    for column in profiles.iter().flat_map(|profile| &profile.columns) {
        let candidates = places.entry(&column.name).or_default();
        if !candidates.iter().any(|&index| parts[index].take(column)) {
            candidates.push(parts.len());
            parts.push(Parts::new(column));
        }
    }
    parts
}
