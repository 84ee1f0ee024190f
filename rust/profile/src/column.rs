//! What one column looks like, and the columns inside it.

use std::collections::HashSet;

use arrow_array::Array;
use arrow_schema::DataType;

use crate::arrow::cells::{self, Cells, Scratch, Values};
use crate::arrow::nested;
use crate::metric::{Counts, Metrics, Part};
use crate::{Error, Options, types};

/// The metrics of one column.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnProfile {
    pub(crate) name: String,
    pub(crate) data_type: DataType,
    pub(crate) nested: bool,
    pub(crate) counts: Counts,
    pub(crate) metrics: Metrics,
}

impl ColumnProfile {
    /// Its name; of what is inside another column its path, such as `name.field` or `name[]`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What its values are, however they are laid out.
    pub fn data_type(&self) -> &DataType {
        &self.data_type
    }

    /// What that is called.
    pub fn type_name(&self) -> String {
        types::name(&self.data_type)
    }

    /// Whether it is inside another column.
    pub fn is_nested(&self) -> bool {
        self.nested
    }

    /// Rows, nulls and bytes.
    pub fn counts(&self) -> &Counts {
        &self.counts
    }

    /// Everything else.
    pub fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    fn update(&mut self, cells: &Cells, part: Part) -> Result<(), Error> {
        if part != Part::Sequential {
            self.counts.update(cells)?;
        }
        match &cells.values {
            Values::Plain(values) => self.metrics.update(values.as_ref(), None),
            Values::Weighed((values, weights)) => {
                self.metrics.update(values.as_ref(), Some(weights))
            }
        }
    }

    /// Folds other rows in; the caller has found the common type.
    pub(crate) fn merge(&mut self, other: &Self) -> Result<(), Error> {
        match (&self.data_type, &other.data_type) {
            (DataType::Null, _) => self.metrics.clone_from(&other.metrics),
            // Nulls of no type change nothing but the counts.
            (_, DataType::Null) => {}
            _ => self.metrics.merge(&other.metrics)?,
        }
        self.counts.merge(&other.counts)
    }
}

/// Columns of the same name, to be one.
#[derive(Debug)]
pub(crate) struct Parts<'a> {
    first: &'a ColumnProfile,
    rest: Vec<&'a ColumnProfile>,
    /// What holds the values of all.
    data_type: DataType,
}

impl<'a> Parts<'a> {
    pub(crate) fn new(first: &'a ColumnProfile) -> Self {
        Self { first, rest: Vec::new(), data_type: first.data_type.clone() }
    }

    /// Adds a column if there is a type for its values and those that are here; says whether.
    pub(crate) fn take(&mut self, column: &'a ColumnProfile) -> bool {
        let Some(common) = types::common(&self.data_type, &column.data_type) else { return false };
        self.data_type = common;
        self.rest.push(column);
        true
    }

    /// The one column.
    pub(crate) fn merged(self) -> Result<ColumnProfile, Error> {
        let Self { first, rest, data_type } = self;
        let mut counts = first.counts;
        rest.iter().try_for_each(|column| counts.merge(&column.counts))?;
        let all = std::iter::once(first).chain(rest);
        // Nulls of no type change nothing but the counts.
        let typed = all.filter(|column| column.data_type != DataType::Null);
        let typed: Vec<_> = typed.map(|column| &column.metrics).collect();
        let metrics =
            if typed.is_empty() { first.metrics.clone() } else { Metrics::merged(&typed)? };
        Ok(ColumnProfile {
            name: first.name.clone(),
            data_type,
            nested: first.nested,
            counts,
            metrics,
        })
    }
}

/// A column and the columns inside it.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    profile: ColumnProfile,
    part: Part,
    children: Vec<Node>,
}

impl Node {
    /// Of no rows. `column` is the column of the table that it is, or is inside of.
    pub(crate) fn new(
        path: String,
        column: &str,
        data_type: &DataType,
        options: &Options,
        part: Part,
    ) -> Result<Self, Error> {
        let parameters = options.of(&path, column);
        let special = parameters.special();
        // What predictions are made of is described by columns of its own.
        let inside = special.map_or_else(|| cells::children(&path, data_type), |_| Vec::new());
        let children = inside.into_iter();
        let children =
            children.map(|(path, field)| Self::new(path, column, field.data_type(), options, part));
        let children = children.collect::<Result<_, _>>()?;
        let logical = special.map_or_else(|| types::logical(data_type), types::special);
        let metrics = Metrics::new(&logical, parameters, part)?;
        let profile = ColumnProfile {
            nested: path != column,
            name: path,
            data_type: logical,
            counts: Counts::default(),
            metrics,
        };
        Ok(Self { profile, part, children })
    }

    /// Folds the rows of a block in.
    pub(crate) fn update(&mut self, cells: &Cells) -> Result<(), Error> {
        self.profile.update(cells, self.part)?;
        let Values::Plain(array) = &cells.values else { return Ok(()) };
        if self.children.is_empty() {
            return Ok(());
        }
        let inside = nested::child_arrays(array.as_ref())?;
        let mut scratch = Scratch::default();
        // What is empty may have buffers without an end.
        let mut inside =
            self.children.iter_mut().zip(inside).filter(|(_, array)| !array.is_empty());
        inside.try_for_each(|(node, array)| node.update(&Cells::of(&array, &mut scratch)?))
    }

    /// Folds other rows of the same column in.
    pub(crate) fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.profile.merge(&other.profile)?;
        self.children.iter_mut().zip(&other.children).try_for_each(|(a, b)| a.merge(b))
    }

    /// Takes over the metrics of the other part of the same rows.
    pub(crate) fn join(&mut self, other: Self) {
        self.profile.metrics.join(other.profile.metrics);
        self.children.iter_mut().zip(other.children).for_each(|(a, b)| a.join(b));
    }

    /// It and what is inside it, from the outside in.
    pub(crate) fn flatten(self, into: &mut Vec<ColumnProfile>) {
        into.push(self.profile);
        self.children.into_iter().for_each(|child| child.flatten(into));
    }

    /// Adds its names to `names`.
    ///
    /// # Errors
    /// One is there already.
    pub(crate) fn check_names<'a>(&'a self, names: &mut HashSet<&'a str>) -> Result<(), Error> {
        if !names.insert(&self.profile.name) {
            return Err(Error::Duplicate { name: self.profile.name.clone() });
        }
        self.children.iter().try_for_each(|child| child.check_names(names))
    }
}
