//! `_core.FrequentItems`: one Python class over the two types of items.

use std::borrow::Borrow;

use drypoint_sketches::Sketch;
use drypoint_sketches::frequent::{ErrorType, FrequentItem, FrequentItems, Row};
use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::answers::{Answer, answer};
use crate::any_frequent::{Frequent, of_either_type};
use crate::fold::fold;
use crate::input::Input;
use crate::items::Item;
use crate::shared::Shared;
use crate::weights::Weights;

/// Frequent items; see `drypoint.sketches.FrequentItems`.
#[pyclass(name = "FrequentItems", module = "drypoint._core", frozen)]
pub(crate) struct PyFrequentItems(Shared<Frequent>);

#[pymethods]
impl PyFrequentItems {
    #[new]
    fn new(lg_max_map_size: u8, dtype: Option<&str>) -> PyResult<Self> {
        Frequent::new(lg_max_map_size, dtype).map(Shared::new).map(Self)
    }

    /// Reads a sketch that any `DataSketches` library wrote.
    #[staticmethod]
    fn decode(py: Python<'_>, data: &[u8], dtype: &str) -> PyResult<Self> {
        py.detach(|| Frequent::decode(data, dtype)).map(Shared::new).map(Self)
    }

    /// Folds a column in.
    fn update(&self, py: Python<'_>, column: Input, weights: Weights) -> PyResult<()> {
        fold(py, &self.0, column, weights)
    }

    /// Folds another sketch in.
    fn merge(&self, py: Python<'_>, other: &Self) -> PyResult<()> {
        self.0.change_with(py, &other.0, Frequent::merge)?
    }

    /// The sketch in `DataSketches` bytes.
    fn encode<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        let bytes = self.0.ask(py, |any| of_either_type!(any, sketch => sketch.encode()))?;
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

    /// How often an item came.
    fn estimate(&self, py: Python<'_>, item: &Bound<'_, PyAny>) -> PyResult<Answer<u64>> {
        match &self.0.snapshot(py)? {
            Frequent::I64(sketch) => estimate(sketch, item),
            Frequent::Str(sketch) | Frequent::Open(sketch) => estimate(sketch, item),
        }
    }

    /// The kept items with the largest estimates.
    fn top(&self, py: Python<'_>, n: usize) -> PyResult<Py<PyAny>> {
        match self.0.ask(py, |any| of_either_type!(any, s => s.top(n).into()))? {
            Rows::I64(rows) => wrap(py, rows),
            Rows::Str(rows) => wrap(py, rows),
        }
    }

    /// The items above a threshold, erring on one side; by default the largest possible error.
    fn frequent(
        &self,
        py: Python<'_>,
        threshold: Option<u64>,
        false_positives: bool,
    ) -> PyResult<Py<PyAny>> {
        let kind =
            if false_positives { ErrorType::NoFalseNegatives } else { ErrorType::NoFalsePositives };
        let rows = self.0.ask(py, |any| {
            of_either_type!(any, s => s.frequent(kind, threshold.unwrap_or(s.max_error())).into())
        })?;
        match rows {
            Rows::I64(rows) => wrap(py, rows),
            Rows::Str(rows) => wrap(py, rows),
        }
    }

    /// Log2 of the largest number of slots.
    #[getter]
    fn lg_max_map_size(&self, py: Python<'_>) -> PyResult<u8> {
        self.0.ask(py, |any| of_either_type!(any, sketch => sketch.lg_max_map_size()))
    }

    /// Items kept.
    #[getter]
    fn active(&self, py: Python<'_>) -> PyResult<usize> {
        self.0.ask(py, |any| of_either_type!(any, sketch => sketch.active()))
    }

    /// The sum of all weights.
    #[getter]
    fn total_weight(&self, py: Python<'_>) -> PyResult<u64> {
        self.0.ask(py, |any| of_either_type!(any, sketch => sketch.total_weight()))
    }

    /// No estimate is further off.
    #[getter]
    fn max_error(&self, py: Python<'_>) -> PyResult<u64> {
        self.0.ask(py, |any| of_either_type!(any, sketch => sketch.max_error()))
    }

    /// `i64`, `str`, or None while open.
    #[getter]
    fn dtype(&self, py: Python<'_>) -> PyResult<Option<&'static str>> {
        self.0.ask(py, Frequent::dtype)
    }
}

/// Rows of one of the two types.
enum Rows {
    I64(Vec<Row<i64>>),
    Str(Vec<Row<String>>),
}

impl From<Vec<Row<i64>>> for Rows {
    fn from(rows: Vec<Row<i64>>) -> Self {
        Self::I64(rows)
    }
}

impl From<Vec<Row<String>>> for Rows {
    fn from(rows: Vec<Row<String>>) -> Self {
        Self::Str(rows)
    }
}

fn estimate<T>(sketch: &FrequentItems<T>, item: &Bound<'_, PyAny>) -> PyResult<Answer<u64>>
where
    T: FrequentItem + Item + Borrow<T::Ref>,
{
    Ok(answer(sketch.estimate(T::take(item)?.borrow())))
}

fn wrap<T: for<'py> IntoPyObject<'py>>(py: Python<'_>, rows: Vec<Row<T>>) -> PyResult<Py<PyAny>> {
    let pairs: Vec<_> = rows.into_iter().map(|row| (row.item, answer(row.count))).collect();
    pairs.into_py_any(py)
}
