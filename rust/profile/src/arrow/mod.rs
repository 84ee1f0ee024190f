//! Arrow arrays into sketches: the one place that knows Arrow types.
//!
//! | Arrow | HLL hashes | KLL keeps | frequent items keep |
//! | --- | --- | --- | --- |
//! | integers, booleans (0, 1) | i64; u64 by its bits | f64, f32 (rounded) or i64 | i64 |
//! | floats | canonical f64 | f64, f32 (rounded) | – |
//! | decimals | canonical text | f64, f32 (rounded) | – |
//! | dates, times, timestamps, durations | i64 in their own unit | i64 | i64 |
//! | strings | UTF-8 | strings | strings |
//! | binary | bytes | – | strings, if they are UTF-8 |
//! | dictionaries, run-end encoded | as their values, each once with its weight | | |
//!
//! Nulls are skipped. Buffers are read where they lie; where nulls or another width make a copy
//! necessary it is of one block at a time. What Arrow's C interface leaves unchecked (offsets, views,
//! keys, run ends, UTF-8 where strings are kept) is checked before a sketch changes.

pub(crate) mod cells;
pub(crate) mod check;
pub(crate) mod decimal;
pub(crate) mod encoded;
pub(crate) mod labels;
pub(crate) mod nested;
mod plain;
pub(crate) mod sink;
pub(crate) mod visit;
mod weighted;

#[cfg(test)]
mod tests;

pub use crate::error::Error;
use arrow_array::Array;
use sink::Sink;

/// A sketch that Arrow arrays can be folded into.
pub trait UpdateArray {
    /// Folds in every value that is not null.
    ///
    /// # Errors
    /// The type is not one that the sketch takes, a value does not fit, or the buffers of the array
    /// contradict each other; the sketch is then as it was.
    fn update_array(&mut self, array: &dyn Array) -> Result<(), Error>;

    /// Folds in every value as often as its weight says; nulls are skipped with their weights.
    ///
    /// # Errors
    /// As for [`Self::update_array`], or there are not as many weights as values. If the total weight
    /// overflows, the values before have been folded in.
    fn update_array_weighted(&mut self, array: &dyn Array, weights: &[u64]) -> Result<(), Error>;
}

/// Folds the values of `array`, which are those of some [`cells`], into `sink`, as often as `weights`
/// says if there are some.
pub(crate) fn fold<S: Sink>(
    sink: &mut S,
    array: &dyn Array,
    weights: Option<&[u64]>,
) -> Result<(), Error> {
    match weights {
        None => visit::visit(array, &mut plain::Plain::<_, true>(sink)),
        Some(weights) => visit::visit(array, &mut weighted::Weighted::<_, true> { sink, weights }),
    }
}

impl<S: Sink> UpdateArray for S {
    fn update_array(&mut self, array: &dyn Array) -> Result<(), Error> {
        visit::visit(array, &mut plain::Plain::<_, false>(self))
    }

    fn update_array_weighted(&mut self, array: &dyn Array, weights: &[u64]) -> Result<(), Error> {
        if array.len() != weights.len() {
            return Err(Error::Weights { values: array.len(), weights: weights.len() });
        }
        visit::visit(array, &mut weighted::Weighted::<_, false> { sink: self, weights })
    }
}
