//! `_core.Profile`: what a table looked like. It never changes, so it needs no lock.

use drypoint_profile::metric::METRICS;
use drypoint_profile::{ColumnProfile, Content, Profile, Value};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyList};
use pyo3::{IntoPyObjectExt, intern};
use pyo3_arrow::PyRecordBatch;

use crate::errors::refused;
use crate::pool::run_on;

/// A profile of a table; see `drypoint.Profile`.
#[pyclass(name = "Profile", module = "drypoint._core", frozen)]
pub(crate) struct PyProfile(pub(crate) Profile);

#[pymethods]
impl PyProfile {
    /// Reads a table that `to_batch` made, of a profile of `rows` rows.
    #[staticmethod]
    #[allow(clippy::needless_pass_by_value)] // what pyo3 makes of an Arrow object
    fn from_batch(batch: PyRecordBatch, rows: u64) -> PyResult<Self> {
        Profile::from_batch(batch.as_ref(), rows).map(Self).map_err(refused)
    }

    /// The profile as a table: a row for each column.
    fn to_batch<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let batch = self.0.to_batch().map_err(refused)?;
        PyRecordBatch::new(batch).into_bound_py_any(py)
    }

    /// The profile of these rows and of the rows of `others`.
    #[allow(clippy::needless_pass_by_value)] // what pyo3 makes of a list
    fn merged(&self, py: Python<'_>, others: Vec<PyRef<'_, Self>>) -> PyResult<Self> {
        let all: Vec<&Profile> =
            std::iter::once(&self.0).chain(others.iter().map(|other| &other.0)).collect();
        py.detach(|| run_on(None, || Profile::merged(&all)))?.map(Self).map_err(refused)
    }

    /// Whether two profiles say the same: what random numbers they would draw next does not matter.
    fn equals(&self, py: Python<'_>, other: &Self) -> PyResult<bool> {
        py.detach(|| {
            Ok(self.0.to_batch()? == other.0.to_batch()? && self.0.rows() == other.0.rows())
        })
        .map_err(refused)
    }

    /// Rows.
    #[getter]
    fn rows(&self) -> u64 {
        self.0.rows()
    }

    /// A dict for each column: name, type, counts, and a dict for each metric.
    fn columns<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let columns = self.0.columns().iter().map(|column| facts(py, column));
        PyList::new(py, columns.collect::<PyResult<Vec<_>>>()?)
    }
}

/// What a column holds.
fn facts<'py>(py: Python<'py>, column: &ColumnProfile) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    let counts = column.counts();
    dict.set_item(intern!(py, "name"), column.name())?;
    dict.set_item(intern!(py, "type"), column.type_name())?;
    dict.set_item(intern!(py, "nested"), column.is_nested())?;
    dict.set_item(intern!(py, "rows"), counts.rows)?;
    dict.set_item(intern!(py, "nulls"), counts.nulls)?;
    dict.set_item(intern!(py, "bytes"), counts.bytes)?;
    let metrics = PyDict::new(py);
    for ((name, fields), record) in METRICS.iter().zip(column.metrics().encode()) {
        let Some(values) = record else { continue };
        let record = PyDict::new(py);
        for ((field, _), value) in fields.iter().zip(values) {
            record.set_item(*field, plain(py, value)?)?;
        }
        metrics.set_item(*name, record)?;
    }
    dict.set_item(intern!(py, "metrics"), metrics)?;
    Ok(dict)
}

fn plain(py: Python<'_>, value: Value) -> PyResult<Py<PyAny>> {
    match value {
        Value::Null => Ok(py.None()),
        Value::Count(count) => count.into_py_any(py),
        Value::Float(float) => float.into_py_any(py),
        Value::Text(text) => text.into_py_any(py),
        Value::Bytes(bytes) => Ok(PyBytes::new(py, &bytes).into_any().unbind()),
        Value::Counts(counts) => counts.into_py_any(py),
        Value::Texts(texts) => texts.into_py_any(py),
        Value::Floats(floats) => floats.into_py_any(py),
        Value::Sketches(sketches) => {
            let sketches = sketches.iter().map(|bytes| PyBytes::new(py, bytes));
            sketches.collect::<Vec<_>>().into_py_any(py)
        }
    }
}

/// The names of all metrics.
#[pyfunction]
pub(crate) fn metric_names() -> Vec<&'static str> {
    METRICS.iter().map(|(name, _)| *name).collect()
}

/// What strings may hold, in the order in which it is counted.
#[pyfunction]
pub(crate) fn content_kinds() -> Vec<String> {
    Content::ALL.iter().map(|kind| format!("{kind:?}").to_lowercase()).collect()
}
