//! The one way in: a column, with weights, into a sketch.

use arrow_array::Array;
use drypoint_profile::arrow::UpdateArray;
use drypoint_sketches::hll::HllSketch;
use pyo3::prelude::*;

use crate::any_frequent::{Frequent, of_either_type};
use crate::any_kll::{Kll, of_any_type};
use crate::errors::{refused, wrong_value};
use crate::input::Input;
use crate::shared::Shared;
use crate::weights::Weights;

/// Values that are weighed alike at a time.
const BLOCK: usize = 1 << 14;

/// A sketch that arrays can be folded into.
pub(crate) trait Fold: Clone + Send {
    /// Folds in every value once.
    fn fold(&mut self, array: &dyn Array) -> PyResult<()>;

    /// Folds in every value as often as its weight says.
    fn fold_weighted(&mut self, array: &dyn Array, weights: &[u64]) -> PyResult<()>;
}

impl Fold for HllSketch {
    fn fold(&mut self, array: &dyn Array) -> PyResult<()> {
        self.update_array(array).map_err(refused)
    }

    fn fold_weighted(&mut self, array: &dyn Array, weights: &[u64]) -> PyResult<()> {
        self.update_array_weighted(array, weights).map_err(refused)
    }
}

impl Fold for Kll {
    fn fold(&mut self, array: &dyn Array) -> PyResult<()> {
        of_any_type!(self, sketch => sketch.update_array(array)).map_err(refused)
    }

    fn fold_weighted(&mut self, array: &dyn Array, weights: &[u64]) -> PyResult<()> {
        of_any_type!(self, sketch => sketch.update_array_weighted(array, weights)).map_err(refused)
    }
}

impl Fold for Frequent {
    fn fold(&mut self, array: &dyn Array) -> PyResult<()> {
        self.decide_by(array)?;
        of_either_type!(self, sketch => sketch.update_array(array)).map_err(refused)
    }

    fn fold_weighted(&mut self, array: &dyn Array, weights: &[u64]) -> PyResult<()> {
        self.decide_by(array)?;
        of_either_type!(self, sketch => sketch.update_array_weighted(array, weights))
            .map_err(refused)
    }
}

/// Folds a column into a sketch, all of it or nothing.
pub(crate) fn fold<S: Fold>(
    py: Python<'_>,
    sketch: &Shared<S>,
    input: Input,
    weights: Weights,
) -> PyResult<()> {
    match (input, weights) {
        // One array is taken whole or not at all, so that no copy needs to be kept.
        (Input::Arrays(arrays), Weights::All(1)) if arrays.len() <= 1 => {
            sketch.change(py, |sketch| arrays.iter().try_for_each(|array| sketch.fold(array)))?
        }
        (input, weights) => sketch.try_change(py, |sketch| fold_pieces(sketch, input, weights))?,
    }
}

fn fold_pieces<S: Fold>(sketch: &mut S, input: Input, weights: Weights) -> PyResult<()> {
    match weights {
        Weights::All(1) => input.each(|array| sketch.fold(array)),
        Weights::All(weight) => {
            let weights = vec![weight; BLOCK];
            input.each(|array| fold_alike(sketch, array, &weights))
        }
        Weights::Each(weights) => fold_each(sketch, input, &weights),
    }
}

/// Folds in an array whose values weigh alike, a block at a time, so that no weights as long as the
/// array are needed.
fn fold_alike<S: Fold>(sketch: &mut S, array: &dyn Array, weights: &[u64]) -> PyResult<()> {
    (0..array.len()).step_by(weights.len()).try_for_each(|start| {
        let len = weights.len().min(array.len() - start);
        sketch.fold_weighted(&array.slice(start, len), &weights[..len])
    })
}

/// Folds in pieces whose values weigh what `weights` say, one after the other.
fn fold_each<S: Fold>(sketch: &mut S, input: Input, weights: &[u64]) -> PyResult<()> {
    let mut values = 0;
    input.each(|array| {
        let start = values;
        values += array.len();
        // Too few are told below, when all values have been counted.
        weights.get(start..values).map_or(Ok(()), |these| sketch.fold_weighted(array, these))
    })?;
    if values == weights.len() {
        return Ok(());
    }
    let plural = if weights.len() == 1 { "" } else { "s" };
    let text = format!("{values} values have {} weight{plural}", weights.len());
    Err(wrong_value(text + "; pass one for each, or one integer for all"))
}
