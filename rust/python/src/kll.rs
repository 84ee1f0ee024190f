//! `_core.KllSketch`: one Python class over the four types of items.

#![allow(clippy::needless_pass_by_value)] // pyo3 hands over what it took out of Python

use std::borrow::Borrow;

use drypoint_sketches::kll::{self, KllItem, KllSketch, SearchCriteria};
use drypoint_sketches::{Estimate, Sketch};
use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::answers::{Answer, answers};
use crate::any_kll::{Kll, of_any_type};
use crate::errors::raise;
use crate::fold::fold;
use crate::input::Input;
use crate::items::Item;
use crate::shared::Shared;
use crate::weights::Weights;

type Answers = Option<Vec<Answer<f64>>>;

/// Quantiles; see `drypoint.sketches.KllSketch`.
#[pyclass(name = "KllSketch", module = "drypoint._core", frozen)]
pub(crate) struct PyKllSketch(Shared<Kll>);

#[pymethods]
impl PyKllSketch {
    #[new]
    fn new(k: u16, dtype: &str, seed: u64) -> PyResult<Self> {
        Kll::new(k, dtype, seed).map(Shared::new).map(Self)
    }

    /// Reads a sketch that any `DataSketches` library wrote.
    #[staticmethod]
    fn decode(py: Python<'_>, data: &[u8], dtype: &str) -> PyResult<Self> {
        py.detach(|| Kll::decode(data, dtype)).map(Shared::new).map(Self)
    }

    /// Folds a column in.
    fn update(&self, py: Python<'_>, column: Input, weights: Weights) -> PyResult<()> {
        fold(py, &self.0, column, weights)
    }

    /// Folds another sketch in.
    fn merge(&self, py: Python<'_>, other: &Self) -> PyResult<()> {
        self.0.change_with(py, &other.0, Kll::merge)?
    }

    /// The sketch in `DataSketches` bytes.
    fn encode<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        let bytes = self.0.ask(py, |kll| of_any_type!(kll, sketch => sketch.encode()))?;
        Ok(PyBytes::new(py, &bytes))
    }

    /// A sketch of its own with the same contents.
    fn copy(&self, py: Python<'_>) -> PyResult<Self> {
        Ok(Self(Shared::new(self.0.snapshot(py)?)))
    }

    /// Whether two sketches are in the same state.
    fn equals(&self, py: Python<'_>, other: &Self) -> PyResult<bool> {
        let other = other.0.snapshot(py)?;
        self.0.ask(py, |sketch| *sketch == other)
    }

    /// The items at these ranks; None while empty.
    fn quantiles(&self, py: Python<'_>, ranks: Vec<f64>, inclusive: bool) -> PyResult<Py<PyAny>> {
        of_any_type!(&self.0.snapshot(py)?, sketch => {
            let found = py.detach(|| sketch.quantiles(&ranks, criteria(inclusive)));
            found.map_err(raise)?.map(answers).into_py_any(py)
        })
    }

    /// The ranks of these items; None while empty.
    fn ranks(
        &self,
        py: Python<'_>,
        items: Vec<Bound<'_, PyAny>>,
        inclusive: bool,
    ) -> PyResult<Answers> {
        of_any_type!(&self.0.snapshot(py)?, sketch => {
            ask(py, sketch, &items, |items| sketch.ranks(items, criteria(inclusive)))
        })
    }

    /// The ranks of these splits, then 1; None while empty.
    fn cdf(
        &self,
        py: Python<'_>,
        splits: Vec<Bound<'_, PyAny>>,
        inclusive: bool,
    ) -> PyResult<Answers> {
        of_any_type!(&self.0.snapshot(py)?, sketch => {
            ask(py, sketch, &splits, |splits| sketch.cdf(splits, criteria(inclusive)))
        })
    }

    /// The mass before, between and after these splits; None while empty.
    fn pmf(
        &self,
        py: Python<'_>,
        splits: Vec<Bound<'_, PyAny>>,
        inclusive: bool,
    ) -> PyResult<Answers> {
        of_any_type!(&self.0.snapshot(py)?, sketch => {
            ask(py, sketch, &splits, |splits| sketch.pmf(splits, criteria(inclusive)))
        })
    }

    /// The accuracy parameter.
    #[getter]
    fn k(&self, py: Python<'_>) -> PyResult<u16> {
        self.0.ask(py, |kll| of_any_type!(kll, sketch => sketch.k()))
    }

    /// The smallest k merged in.
    #[getter]
    fn min_k(&self, py: Python<'_>) -> PyResult<u16> {
        self.0.ask(py, |kll| of_any_type!(kll, sketch => sketch.min_k()))
    }

    /// Total weight.
    #[getter]
    fn n(&self, py: Python<'_>) -> PyResult<u64> {
        self.0.ask(py, |kll| of_any_type!(kll, sketch => sketch.n()))
    }

    /// Items kept.
    #[getter]
    fn retained(&self, py: Python<'_>) -> PyResult<usize> {
        self.0.ask(py, |kll| of_any_type!(kll, sketch => sketch.retained()))
    }

    /// Rank error at 99 %.
    #[getter]
    fn rank_error(&self, py: Python<'_>) -> PyResult<f64> {
        self.0.ask(py, |kll| of_any_type!(kll, sketch => sketch.rank_error()))
    }

    /// Smallest item; None while empty.
    #[getter]
    fn min(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        of_any_type!(&self.0.snapshot(py)?, sketch => {
            sketch.min().into_py_any(py)
        })
    }

    /// Largest item; None while empty.
    #[getter]
    fn max(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        of_any_type!(&self.0.snapshot(py)?, sketch => {
            sketch.max().into_py_any(py)
        })
    }

    /// `f64`, `f32`, `i64` or `str`.
    #[getter]
    fn dtype(&self, py: Python<'_>) -> PyResult<&'static str> {
        self.0.ask(py, Kll::dtype)
    }
}

/// Takes `objects` as items of `sketch`, detaches, and asks `f` about them.
fn ask<T>(
    py: Python<'_>,
    _sketch: &KllSketch<T>,
    objects: &[Bound<'_, PyAny>],
    f: impl FnOnce(&[&T::Ref]) -> Result<Option<Vec<Estimate>>, drypoint_sketches::Error> + Send,
) -> PyResult<Answers>
where
    T: KllItem + Item + Borrow<T::Ref> + Sync,
{
    let items: Vec<T> = objects.iter().map(T::take).collect::<PyResult<_>>()?;
    let found = py.detach(|| f(&items.iter().map(Borrow::borrow).collect::<Vec<_>>()));
    Ok(found.map_err(raise)?.map(answers))
}

fn criteria(inclusive: bool) -> SearchCriteria {
    if inclusive { SearchCriteria::Inclusive } else { SearchCriteria::Exclusive }
}

/// The least k whose rank error at 99 % is no more than `error`.
#[pyfunction]
pub(crate) fn k_for_error(error: f64) -> PyResult<u16> {
    kll::k_for_error(error).map_err(raise)
}
