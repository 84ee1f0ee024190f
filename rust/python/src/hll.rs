//! `_core.HllSketch`.

use drypoint_sketches::Sketch;
use drypoint_sketches::hll::{HllSketch, HllType};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::answers::{Answer, answer};
use crate::errors::{raise, wrong_parameter};
use crate::fold::fold;
use crate::input::Input;
use crate::shared::Shared;
use crate::weights::Weights;

/// Distinct counts; see `drypoint.sketches.HllSketch`.
#[pyclass(name = "HllSketch", module = "drypoint._core", frozen)]
pub(crate) struct PyHllSketch(Shared<HllSketch>);

#[pymethods]
impl PyHllSketch {
    #[new]
    fn new(lg_k: u8, hll_type: &str) -> PyResult<Self> {
        let sketch = HllSketch::new(lg_k, parse(hll_type)?).map_err(raise)?;
        Ok(Self(Shared::new(sketch)))
    }

    /// Reads a sketch that any `DataSketches` library wrote.
    #[staticmethod]
    fn decode(py: Python<'_>, data: &[u8]) -> PyResult<Self> {
        let sketch = py.detach(|| HllSketch::decode(data)).map_err(raise)?;
        Ok(Self(Shared::new(sketch)))
    }

    /// Folds a column in.
    fn update(&self, py: Python<'_>, column: Input, weights: Weights) -> PyResult<()> {
        fold(py, &self.0, column, weights)
    }

    /// Folds another sketch in.
    fn merge(&self, py: Python<'_>, other: &Self) -> PyResult<()> {
        self.0.change_with(py, &other.0, Sketch::merge)?.map_err(raise)
    }

    /// The sketch in `DataSketches` bytes.
    fn encode<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        Ok(PyBytes::new(py, &self.0.ask(py, Sketch::encode)?))
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

    /// The same contents, to be encoded as another type.
    fn with_type(&self, py: Python<'_>, hll_type: &str) -> PyResult<Self> {
        let hll_type = parse(hll_type)?;
        Ok(Self(Shared::new(self.0.snapshot(py)?.with_type(hll_type))))
    }

    /// Distinct values, with bounds at 1, 2 or 3 standard deviations.
    fn estimate(&self, py: Python<'_>, std_devs: u8) -> PyResult<Answer<f64>> {
        self.0.ask(py, |sketch| sketch.estimate_at(std_devs))?.map(answer).map_err(raise)
    }

    /// Log2 of the number of registers.
    #[getter]
    fn lg_k(&self, py: Python<'_>) -> PyResult<u8> {
        self.0.ask(py, HllSketch::lg_k)
    }

    /// `HLL_4`, `HLL_6` or `HLL_8`.
    #[getter]
    fn hll_type(&self, py: Python<'_>) -> PyResult<&'static str> {
        self.0.ask(py, HllSketch::hll_type).map(name)
    }

    /// Whether nothing has been counted.
    #[getter]
    fn is_empty(&self, py: Python<'_>) -> PyResult<bool> {
        self.0.ask(py, Sketch::is_empty)
    }
}

fn parse(hll_type: &str) -> PyResult<HllType> {
    match hll_type {
        "HLL_4" => Ok(HllType::Hll4),
        "HLL_6" => Ok(HllType::Hll6),
        "HLL_8" => Ok(HllType::Hll8),
        other => Err(wrong_parameter(format!(
            "type must be \"HLL_4\", \"HLL_6\" or \"HLL_8\", got {other:?}"
        ))),
    }
}

fn name(hll_type: HllType) -> &'static str {
    match hll_type {
        HllType::Hll4 => "HLL_4",
        HllType::Hll6 => "HLL_6",
        HllType::Hll8 => "HLL_8",
    }
}
