//! What a table looks like: its columns, side by side.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::metric::sum;
use crate::{ColumnProfile, Error, types};

/// So many profiles are merged by one thread.
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

    /// The profile of the rows of all `profiles`, merged in order as [`merge`](Self::merge) does.
    /// Halves of many are merged in parallel, which changes nothing but the order of roundings.
    ///
    /// # Errors
    /// Counts overflow.
    pub fn merged(profiles: &[&Self]) -> Result<Self, Error> {
        if profiles.len() > ALONE {
            let (first, second) = profiles.split_at(profiles.len() / 2);
            let (first, second) = rayon::join(|| Self::merged(first), || Self::merged(second));
            let mut whole = first?;
            whole.fold(&second?)?;
            return Ok(whole);
        }
        let Some((first, rest)) = profiles.split_first() else { return Ok(Self::default()) };
        let mut whole = (*first).clone();
        rest.iter().try_for_each(|other| whole.fold(other))?;
        Ok(whole)
    }

    fn fold(&mut self, other: &Self) -> Result<(), Error> {
        let places = self.places();
        for column in &other.columns {
            let candidates = places.get(column.name.as_str()).map_or(&[][..], Vec::as_slice);
            let found = candidates.iter().find_map(|&index| {
                let common = types::common(&self.columns[index].data_type, &column.data_type)?;
                Some((index, common))
            });
            match found {
                Some((index, common)) => {
                    self.columns[index].merge(column)?;
                    self.columns[index].data_type = common;
                }
                None => self.columns.push(column.clone()),
            }
        }
        self.rows = sum(self.rows, other.rows)?;
        Ok(())
    }

    /// Where the columns of each name are.
    fn places(&self) -> HashMap<String, Vec<usize>, RandomState> {
        let mut places: HashMap<String, Vec<usize>, RandomState> = HashMap::default();
        for (index, column) in self.columns.iter().enumerate() {
            places.entry(column.name.clone()).or_default().push(index);
        }
        places
    }
}
