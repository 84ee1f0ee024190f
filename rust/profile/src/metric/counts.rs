//! Rows, nulls and bytes: what every column has.

use arrow_array::Array;
use arrow_schema::DataType;
use drypoint_sketches::Strings;

use crate::Error;
use crate::arrow::cells::{Cells, Values};
use crate::arrow::fold;
use crate::arrow::sink::{Kind, Sink};
use crate::arrow::visit::{kind, value_type};

/// How much there is of a column.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows, nulls included; of what is inside lists, elements.
    pub rows: u64,
    /// Rows that are null.
    pub nulls: u64,
    /// What the values take that are not null, unpacked: neither offsets nor validity.
    pub bytes: u64,
}

/// The bytes of values of different sizes.
struct Bytes {
    sum: u64,
}

impl Counts {
    /// Counts what a block of a column holds.
    pub(crate) fn update(&mut self, cells: &Cells) -> Result<(), Error> {
        self.rows += cells.rows;
        self.nulls += cells.nulls;
        let (values, weights) = match &cells.values {
            Values::Weighed((values, weights)) => (values, Some(weights.as_slice())),
            Values::Plain(values) => (values, None),
        };
        let data_type = value_type(values.data_type());
        if let Some(width) = width(data_type) {
            self.bytes += width * (cells.rows - cells.nulls);
        } else if kind(data_type).is_some() {
            let mut bytes = Bytes { sum: 0 };
            fold(&mut bytes, values.as_ref(), weights)?;
            self.bytes += bytes.sum;
        }
        Ok(())
    }

    /// # Errors
    /// There are more rows or bytes than can be counted; `self` is then as it was.
    pub(crate) fn merge(&mut self, other: &Self) -> Result<(), Error> {
        *self = Self {
            rows: sum(self.rows, other.rows)?,
            nulls: sum(self.nulls, other.nulls)?,
            bytes: sum(self.bytes, other.bytes)?,
        };
        Ok(())
    }
}

/// The sum of two counts, if it can be counted.
pub(crate) fn sum(total: u64, weight: u64) -> Result<u64, Error> {
    let overflow = drypoint_sketches::Error::Overflow { total, weight, most: u64::MAX };
    Ok(total.checked_add(weight).ok_or(overflow)?)
}

/// Bytes of a value, where all have the same; a boolean counts as one.
fn width(data_type: &DataType) -> Option<u64> {
    match data_type {
        DataType::Boolean => Some(1),
        DataType::FixedSizeBinary(size) => Some(*size as u64),
        DataType::FixedSizeList(item, size) => {
            item.data_type().primitive_width().map(|width| width as u64 * *size as u64)
        }
        other => other.primitive_width().map(|width| width as u64),
    }
}

impl Sink for Bytes {
    const NAME: &'static str = "a count of bytes";
    const TAKES: &'static str = "strings or binary";

    fn takes(kind: Kind) -> bool {
        matches!(kind, Kind::Text | Kind::Binary)
    }

    fn strings<S: Strings>(&mut self, strings: &S) -> Result<(), Error> {
        self.sum += match strings.end_to_end() {
            Some(bytes) => bytes.len() as u64,
            None => (0..strings.len()).map(|index| strings.size(index) as u64).sum(),
        };
        Ok(())
    }

    fn string(&mut self, value: &[u8], weight: u64) -> Result<(), Error> {
        self.sum += (value.len() as u64).saturating_mul(weight);
        Ok(())
    }
}
