//! `_core.Profiler`: rows into a profile.

use std::collections::{BTreeSet, HashMap};

use drypoint_profile::{Options, Parameters, Profiler, SegmentKey, SegmentedProfiler};
use pyo3::prelude::*;
use pyo3_arrow::{PyRecordBatch, PySchema};
use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::errors::{refused, wrong_parameter};
use crate::profile::PyProfile;
use crate::shared::Shared;

/// The parameters of a column, as Python names them.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct Wanted {
    lg_k: u8,
    k: u16,
    lg_max_map_size: u8,
    seed: u64,
    clock: Option<i64>,
    metrics: Option<BTreeSet<String>>,
}

impl From<Wanted> for Parameters {
    fn from(wanted: Wanted) -> Self {
        let Wanted { lg_k, k, lg_max_map_size, seed, clock, metrics } = wanted;
        Self { lg_k, k, lg_max_map_size, seed, clock, metrics }
    }
}

fn options(default: Wanted, columns: HashMap<String, Wanted>) -> Options {
    let columns = columns.into_iter().map(|(name, wanted)| (name, wanted.into())).collect();
    Options { default: default.into(), columns }
}

fn pool(threads: Option<usize>) -> PyResult<Option<ThreadPool>> {
    let pool = threads.map(|threads| ThreadPoolBuilder::new().num_threads(threads).build());
    pool.transpose().map_err(|error| wrong_parameter(format!("no threads: {error}")))
}

/// Runs `work` on threads of its own, or on those that all share.
fn run_on<T: Send>(pool: Option<&ThreadPool>, work: impl FnOnce() -> T + Send) -> T {
    match pool {
        Some(pool) => pool.install(work),
        None => work(),
    }
}

/// Makes a profile, batch by batch; see `drypoint.Profiler`.
#[pyclass(name = "Profiler", module = "drypoint._core", frozen)]
pub(crate) struct PyProfiler {
    profiler: Shared<Profiler>,
    /// Threads of its own; without them it uses those that all share.
    pool: Option<ThreadPool>,
}

#[pymethods]
impl PyProfiler {
    #[new]
    fn new(
        schema: PySchema,
        default: Wanted,
        columns: HashMap<String, Wanted>,
        threads: Option<usize>,
    ) -> PyResult<Self> {
        let options = options(default, columns);
        let profiler = Profiler::new(schema.into_inner(), options).map_err(refused)?;
        Ok(Self { profiler: Shared::new(profiler), pool: pool(threads)? })
    }

    /// Folds record batches in: all of them, or nothing if it raises.
    fn update(&self, py: Python<'_>, batches: Vec<PyRecordBatch>) -> PyResult<()> {
        let batches: Vec<_> = batches.into_iter().map(PyRecordBatch::into_inner).collect();
        let change =
            |profiler: &mut Profiler| run_on(self.pool.as_ref(), || profiler.update(&batches));
        self.profiler.change(py, change)?.map_err(refused)
    }

    /// The profile of the rows so far.
    fn profile(&self, py: Python<'_>) -> PyResult<PyProfile> {
        let profiler = self.profiler.snapshot(py)?;
        py.detach(|| profiler.profile()).map(PyProfile).map_err(refused)
    }

    /// Rows so far.
    #[getter]
    fn rows(&self, py: Python<'_>) -> PyResult<u64> {
        self.profiler.ask(py, Profiler::rows)
    }
}

/// Makes a profile of each segment, batch by batch; see `drypoint.SegmentedProfiler`.
#[pyclass(name = "SegmentedProfiler", module = "drypoint._core", frozen)]
pub(crate) struct PySegmentedProfiler {
    profiler: Shared<SegmentedProfiler>,
    pool: Option<ThreadPool>,
}

/// The text of each key, or nothing for the remainder, and the profile.
type SegmentProfile = (Option<SegmentKey>, PyProfile);

#[pymethods]
impl PySegmentedProfiler {
    #[new]
    fn new(
        schema: PySchema,
        keys: PySchema,
        default: Wanted,
        columns: HashMap<String, Wanted>,
        most: usize,
        threads: Option<usize>,
    ) -> PyResult<Self> {
        let (schema, keys) = (schema.into_inner(), keys.into_inner());
        let options = options(default, columns);
        let profiler = SegmentedProfiler::new(schema, keys, options, most).map_err(refused)?;
        Ok(Self { profiler: Shared::new(profiler), pool: pool(threads)? })
    }

    /// Folds record batches in, with a batch of keys for each: all of them, or nothing if it raises.
    fn update(
        &self,
        py: Python<'_>,
        batches: Vec<PyRecordBatch>,
        keys: Vec<PyRecordBatch>,
    ) -> PyResult<()> {
        let [batches, keys] = [batches, keys]
            .map(|batches| batches.into_iter().map(PyRecordBatch::into_inner).collect::<Vec<_>>());
        let change = |profiler: &mut SegmentedProfiler| {
            run_on(self.pool.as_ref(), || profiler.update(&batches, &keys))
        };
        self.profiler.change(py, change)?.map_err(refused)
    }

    /// The profile of each segment so far, in the order in which they came.
    fn profiles(&self, py: Python<'_>) -> PyResult<Vec<SegmentProfile>> {
        // Not a change, but detached from the interpreter: it takes its time.
        let profiles = self.profiler.change(py, |profiler| profiler.profiles())?;
        let profiles = profiles.map_err(refused)?;
        Ok(profiles.into_iter().map(|(key, profile)| (key, PyProfile(profile))).collect())
    }

    /// Rows so far.
    #[getter]
    fn rows(&self, py: Python<'_>) -> PyResult<u64> {
        self.profiler.ask(py, SegmentedProfiler::rows)
    }
}
