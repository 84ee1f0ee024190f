//! What a table looks like: its columns, side by side.

use arrow_array::RecordBatch;
use arrow_schema::{Schema, SchemaRef};
use rayon::prelude::*;

use crate::{ColumnProfile, Error};

/// The column profiles of a table, in the order of its schema.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    schema: SchemaRef,
    rows: u64,
    columns: Vec<ColumnProfile>,
}

impl Profile {
    /// A profile of no rows.
    ///
    /// # Errors
    /// None: the parameters are in range.
    pub fn new(schema: SchemaRef) -> Result<Self, Error> {
        let columns = schema.fields().iter().map(|field| ColumnProfile::new(field));
        Ok(Self { columns: columns.collect::<Result<_, _>>()?, schema, rows: 0 })
    }

    /// Folds the rows of a batch in, columns in parallel.
    ///
    /// # Errors
    /// The batch has other columns, or its buffers contradict each other: then some columns may
    /// hold its rows and others not, and the profile should be dropped.
    pub fn update(&mut self, batch: &RecordBatch) -> Result<(), Error> {
        self.check(&batch.schema())?;
        let columns = self.columns.par_iter_mut().zip(batch.columns());
        columns.try_for_each(|(column, array)| column.update(array.as_ref()))?;
        self.rows += batch.num_rows() as u64;
        Ok(())
    }

    /// Folds the profile of other rows of the same table in.
    ///
    /// # Errors
    /// The columns differ.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.check(&other.schema)?;
        for (ours, theirs) in self.columns.iter_mut().zip(&other.columns) {
            ours.merge(theirs)?;
        }
        self.rows += other.rows;
        Ok(())
    }

    /// Names and types must agree; whether a column may hold nulls does not matter.
    fn check(&self, other: &Schema) -> Result<(), Error> {
        let describe = |schema: &Schema| -> Vec<String> {
            let field =
                |field: &arrow_schema::FieldRef| format!("{}: {}", field.name(), field.data_type());
            schema.fields().iter().map(field).collect()
        };
        let (ours, theirs) = (describe(&self.schema), describe(other));
        let differs = |i: &usize| ours.get(*i) != theirs.get(*i);
        match (0..ours.len().max(theirs.len())).find(differs) {
            None => Ok(()),
            Some(index) => {
                let name = |columns: &[String]| {
                    columns.get(index).map_or("no column", String::as_str).to_owned()
                };
                Err(Error::Schema { index, expected: name(&ours), found: name(&theirs) })
            }
        }
    }

    /// Rows.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// The columns, in the order of the schema.
    pub fn columns(&self) -> &[ColumnProfile] {
        &self.columns
    }
}
