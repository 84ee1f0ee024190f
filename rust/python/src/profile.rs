//! `_core.Profile`: what a table looks like.

use std::sync::{Mutex, MutexGuard, PoisonError};

use drypoint_profile::{ColumnProfile, Profile, Scalar};
use drypoint_sketches::Estimate;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use pyo3::{IntoPyObjectExt, intern};
use pyo3_arrow::{PyRecordBatch, PySchema};

use crate::answers::{Answer, answer};
use crate::errors::refused;

/// A profile of a table; see `drypoint.Profile`.
#[pyclass(name = "Profile", module = "drypoint._core", frozen)]
pub(crate) struct PyProfile(Mutex<Profile>);

#[pymethods]
impl PyProfile {
    #[new]
    fn new(schema: PySchema) -> PyResult<Self> {
        Ok(Self(Mutex::new(Profile::new(schema.into_inner()).map_err(refused)?)))
    }

    /// Folds a record batch in.
    fn update(&self, py: Python<'_>, batch: PyRecordBatch) -> PyResult<()> {
        let batch = batch.into_inner();
        // All of it or nothing: a batch may be refused when some columns have taken it.
        py.detach(|| {
            let mut profile = self.lock();
            let mut draft = profile.clone();
            draft.update(&batch)?;
            *profile = draft;
            Ok(())
        })
        .map_err(refused)
    }

    /// Folds the profile of other rows in.
    fn merge(&self, py: Python<'_>, other: &Self) -> PyResult<()> {
        let other = other.snapshot(py);
        py.detach(|| self.lock().merge(&other)).map_err(refused)
    }

    /// A profile of its own with the same contents.
    fn copy(&self, py: Python<'_>) -> Self {
        Self(Mutex::new(self.snapshot(py)))
    }

    /// Rows.
    #[getter]
    fn rows(&self, py: Python<'_>) -> u64 {
        py.detach(|| self.lock().rows())
    }

    /// A dict for each column, with quantiles at `ranks` and the `n` most frequent values.
    #[allow(clippy::needless_pass_by_value)] // what pyo3 makes of a list
    fn columns<'py>(
        &self,
        py: Python<'py>,
        ranks: Vec<f64>,
        n: usize,
    ) -> PyResult<Bound<'py, PyList>> {
        let profile = self.snapshot(py);
        let columns = profile.columns().iter().map(|column| facts(py, column, &ranks, n));
        PyList::new(py, columns.collect::<PyResult<Vec<_>>>()?)
    }
}

impl PyProfile {
    /// The lock, for a thread that is detached: whoever holds it runs no Python.
    fn lock(&self) -> MutexGuard<'_, Profile> {
        // A panic cannot leave a profile half updated: updates are made on a copy.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn snapshot(&self, py: Python<'_>) -> Profile {
        py.detach(|| self.lock().clone())
    }
}

/// The facts about one column.
fn facts<'py>(
    py: Python<'py>,
    column: &ColumnProfile,
    ranks: &[f64],
    n: usize,
) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    dict.set_item(intern!(py, "name"), column.name())?;
    dict.set_item(intern!(py, "type"), column.data_type().to_string())?;
    dict.set_item(intern!(py, "rows"), column.rows())?;
    dict.set_item(intern!(py, "nulls"), column.nulls())?;
    dict.set_item(intern!(py, "nans"), column.nans())?;
    dict.set_item(intern!(py, "min"), scalar(py, column.min())?)?;
    dict.set_item(intern!(py, "max"), scalar(py, column.max())?)?;
    let moments = column.moments();
    dict.set_item(intern!(py, "mean"), moments.and_then(drypoint_profile::Moments::mean))?;
    dict.set_item(intern!(py, "std"), moments.and_then(drypoint_profile::Moments::std))?;
    dict.set_item(intern!(py, "distinct"), column.distinct().map(answer))?;
    let quantiles = column.quantiles(ranks).map_err(refused)?;
    let quantiles: Option<PyResult<Vec<_>>> =
        quantiles.map(|all| all.into_iter().map(|one| bounded(py, one)).collect());
    dict.set_item(intern!(py, "quantiles"), quantiles.transpose()?)?;
    let top =
        column.top(n).into_iter().map(|top| Ok((scalar(py, Some(top.value))?, answer(top.count))));
    dict.set_item(intern!(py, "top"), top.collect::<PyResult<Vec<(Py<PyAny>, Answer<u64>)>>>()?)?;
    Ok(dict)
}

fn bounded(py: Python<'_>, estimate: Estimate<Scalar>) -> PyResult<Answer<Py<PyAny>>> {
    let Estimate { value, lower, upper, confidence } = estimate;
    let take = |value| scalar(py, Some(value));
    Ok((take(value)?, take(lower)?, take(upper)?, confidence))
}

fn scalar(py: Python<'_>, value: Option<Scalar>) -> PyResult<Py<PyAny>> {
    match value {
        None => Ok(py.None()),
        Some(Scalar::Int(value)) => value.into_py_any(py),
        Some(Scalar::Float(value)) => value.into_py_any(py),
        Some(Scalar::Text(value)) => value.into_py_any(py),
    }
}
