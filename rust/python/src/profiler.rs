//! `_core.Profiler`: rows into a profile.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use arrow_array::{Array, RecordBatch, UInt32Array};
use arrow_schema::ArrowError;
use drypoint_profile::{
    CharacterRange, ClassificationTask, Distance, Options, Parameters, Profiler, Reference, Scored,
    SegmentKey, SegmentedProfiler, Task,
};
use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3_arrow::{PyArray, PyRecordBatch, PyRecordBatchReader, PySchema};

use crate::errors::{broken, refused, unreadable};
use crate::pool::{Pool, run_on};
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
    condition: bool,
    task: Option<WantedTask>,
    /// Name, first and last code point.
    ranges: Option<Vec<(String, u32, u32)>>,
    /// Label and vector.
    references: Vec<(String, Vec<f64>)>,
    euclidean: bool,
    metrics: Option<BTreeSet<String>>,
}

/// A task, as Python names it, with the options of its kind.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct WantedTask {
    kind: String,
    positive: Option<String>,
    scored: Option<String>,
    threshold: Option<f64>,
    /// Labels that are kept apart, or the first items of lists that count.
    most: u64,
}

impl From<WantedTask> for Task {
    fn from(wanted: WantedTask) -> Self {
        let WantedTask { kind, positive, scored, threshold, most } = wanted;
        let scored = Scored::named(&scored.unwrap_or_default());
        match kind.as_str() {
            "regression" => Self::Regression,
            "ranking" => Self::Ranking { k: most },
            _ => Self::Classification(ClassificationTask {
                positive,
                scored,
                threshold,
                most: usize::try_from(most).unwrap_or(usize::MAX),
            }),
        }
    }
}

impl From<Wanted> for Parameters {
    fn from(wanted: Wanted) -> Self {
        let Wanted { lg_k, k, lg_max_map_size, seed, clock, condition, metrics, .. } = wanted;
        let task = wanted.task.map(Task::from);
        let range = |(name, first, last)| CharacterRange { name, first, last };
        let ranges = wanted.ranges.map(|ranges| ranges.into_iter().map(range).collect());
        let reference = |(label, vector)| Reference { label, vector };
        let references = wanted.references.into_iter().map(reference).collect();
        let distance = if wanted.euclidean { Distance::Euclidean } else { Distance::Cosine };
        Self {
            lg_k,
            k,
            lg_max_map_size,
            seed,
            clock,
            condition,
            task,
            ranges,
            references,
            distance,
            metrics,
        }
    }
}

fn options(default: Wanted, columns: HashMap<String, Wanted>) -> Options {
    let columns = columns.into_iter().map(|(name, wanted)| (name, wanted.into())).collect();
    Options { default: default.into(), columns }
}

/// Batches are gathered up to so many bytes, so that all threads find work.
const BYTES_AT_A_TIME: usize = 1 << 25;
/// Rows that trickle wait for others no longer than this.
const PATIENCE: Duration = Duration::from_millis(200);

/// The next batches of a stream; `None` at its end.
fn gather(
    batches: &mut dyn Iterator<Item = Result<RecordBatch, ArrowError>>,
) -> Result<Option<Vec<RecordBatch>>, ArrowError> {
    let (mut gathered, mut bytes) = (Vec::new(), 0);
    let start = Instant::now();
    while bytes < BYTES_AT_A_TIME && (gathered.is_empty() || start.elapsed() < PATIENCE) {
        let Some(batch) = batches.next().transpose()? else { break };
        // Of the rows alone: a slice has the whole buffer behind it.
        let sizes = batch.columns().iter().map(|column| column.to_data().get_slice_memory_size());
        bytes += sizes.sum::<Result<usize, _>>()?;
        gathered.push(batch);
    }
    Ok((!gathered.is_empty()).then_some(gathered))
}

/// Makes a profile, batch by batch; see `drypoint.Profiler`.
#[pyclass(name = "Profiler", module = "drypoint._core", frozen)]
pub(crate) struct PyProfiler {
    profiler: Shared<Profiler>,
    /// Threads of its own; without them it uses those that all share.
    pool: Option<Pool>,
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
        Ok(Self { profiler: Shared::new(profiler), pool: threads.map(Pool::new) })
    }

    /// Folds record batches in: all of them, or nothing if it raises.
    fn update(&self, py: Python<'_>, batches: Vec<PyRecordBatch>) -> PyResult<()> {
        self.fold(py, &inner(batches))
    }

    /// Folds a stream of record batches in, as they come; those before one that is refused stay.
    fn update_stream(&self, py: Python<'_>, stream: PyRecordBatchReader) -> PyResult<()> {
        let mut reader = stream.into_reader()?;
        let mut next = py.detach(|| gather(&mut reader)).map_err(unreadable)?;
        while let Some(batches) = next {
            py.check_signals()?;
            // These are folded while the next are read, here: the producer may be Python code that
            // belongs to this thread, and that a signal is to stop.
            let (folded, gathered) = py.detach(|| {
                thread::scope(|scope| {
                    let folded = scope.spawn(|| Python::attach(|py| self.fold(py, &batches)));
                    let gathered = gather(&mut reader);
                    (folded.join(), gathered)
                })
            });
            folded.map_err(|_| broken())??;
            next = gathered.map_err(unreadable)?;
        }
        Ok(())
    }

    /// The profile of the rows so far.
    fn profile(&self, py: Python<'_>) -> PyResult<PyProfile> {
        let profiler = self.profiler.snapshot(py)?;
        let profile = py.detach(|| run_on(self.pool.as_ref(), || profiler.profile()))?;
        profile.map(PyProfile).map_err(refused)
    }

    /// Rows so far.
    #[getter]
    fn rows(&self, py: Python<'_>) -> PyResult<u64> {
        self.profiler.ask(py, Profiler::rows)
    }
}

impl PyProfiler {
    fn fold(&self, py: Python<'_>, batches: &[RecordBatch]) -> PyResult<()> {
        let rows = batches.iter().map(RecordBatch::num_rows).sum();
        let change = |profiler: &mut Profiler| {
            if profiler.would_wait(rows) {
                return Ok(profiler.update(batches));
            }
            run_on(self.pool.as_ref(), || profiler.update(batches))
        };
        self.profiler.change(py, change)??.map_err(refused)
    }
}

fn inner(batches: Vec<PyRecordBatch>) -> Vec<RecordBatch> {
    batches.into_iter().map(PyRecordBatch::into_inner).collect()
}

/// Makes a profile of each segment, batch by batch; see `drypoint.SegmentedProfiler`.
#[pyclass(name = "SegmentedProfiler", module = "drypoint._core", frozen)]
pub(crate) struct PySegmentedProfiler {
    profiler: Shared<SegmentedProfiler>,
    pool: Option<Pool>,
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
        Ok(Self { profiler: Shared::new(profiler), pool: threads.map(Pool::new) })
    }

    /// Folds record batches in, with a batch of keys for each: all of them, or nothing if it raises.
    fn update(
        &self,
        py: Python<'_>,
        batches: Vec<PyRecordBatch>,
        keys: Vec<PyRecordBatch>,
    ) -> PyResult<()> {
        let (batches, keys) = (inner(batches), inner(keys));
        let change = |profiler: &mut SegmentedProfiler| {
            run_on(self.pool.as_ref(), || profiler.update(&batches, &keys))
        };
        self.profiler.change(py, change)??.map_err(refused)
    }

    /// The segment of each row that has these keys, in the order of `profiles`, as `update` would find
    /// it; new keys make new segments.
    fn route<'py>(&self, py: Python<'py>, keys: Vec<PyRecordBatch>) -> PyResult<Bound<'py, PyAny>> {
        let keys = inner(keys);
        let change =
            |profiler: &mut SegmentedProfiler| run_on(self.pool.as_ref(), || profiler.route(&keys));
        let segments = self.profiler.change(py, change)??.map_err(refused)?;
        PyArray::from_array_ref(Arc::new(UInt32Array::from(segments))).into_bound_py_any(py)
    }

    /// The profile of each segment so far, in the order in which they came.
    fn profiles(&self, py: Python<'_>) -> PyResult<Vec<SegmentProfile>> {
        // Not a change, but detached from the interpreter: it takes its time.
        let profiles =
            |profiler: &mut SegmentedProfiler| run_on(self.pool.as_ref(), || profiler.profiles());
        let profiles = self.profiler.change(py, profiles)??.map_err(refused)?;
        Ok(profiles.into_iter().map(|(key, profile)| (key, PyProfile(profile))).collect())
    }

    /// Rows so far.
    #[getter]
    fn rows(&self, py: Python<'_>) -> PyResult<u64> {
        self.profiler.ask(py, SegmentedProfiler::rows)
    }
}
