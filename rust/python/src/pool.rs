//! Threads that work on rows, and that survive a fork.
//!
//! A child process has its parent's memory but none of its threads: work that is handed to them would
//! wait for ever. So a pool remembers the process that made it, and another process makes its own.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pyo3::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::errors::{panicked, wrong_parameter};
use crate::forks::generation;

/// As many threads as there are cores, which all profilers share that have none of their own.
static SHARED: Pool = Pool { threads: 0, made: Mutex::new(None) };

/// The process that made threads, and they.
type Made = Option<(u32, Arc<ThreadPool>)>;

/// Threads, made when they are first needed.
pub(crate) struct Pool {
    /// How many; 0 for as many as there are cores.
    threads: usize,
    made: Mutex<Made>,
}

impl Pool {
    /// So many threads.
    pub(crate) fn new(threads: usize) -> Self {
        Self { threads, made: Mutex::new(None) }
    }

    /// Runs `work` on the threads. What it changes must be whole wherever it may panic.
    ///
    /// # Errors
    /// The system refuses to make them, or `work` panics: an error that `except Exception` catches.
    pub(crate) fn run<T: Send>(&self, work: impl FnOnce() -> T + Send) -> PyResult<T> {
        let pool = self.of_this_process()?;
        catch_unwind(AssertUnwindSafe(|| pool.install(work))).map_err(|_| panicked())
    }

    fn of_this_process(&self) -> PyResult<Arc<ThreadPool>> {
        if let Some(pool) = Self::known(&self.made()) {
            return Ok(pool);
        }
        // Not behind the lock: a fork meanwhile would leave it taken in the child.
        let pool = ThreadPoolBuilder::new().num_threads(self.threads).build();
        let pool = Arc::new(pool.map_err(|error| wrong_parameter(format!("no threads: {error}")))?);
        let mut made = self.made();
        if let Some(pool) = Self::known(&made) {
            return Ok(pool);
        }
        // Those of the parent are not here to be told to stop.
        std::mem::forget(made.replace((generation(), pool.clone())));
        Ok(pool)
    }

    fn made(&self) -> MutexGuard<'_, Made> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The threads that were made, if this process made them.
    fn known(made: &Made) -> Option<Arc<ThreadPool>> {
        made.as_ref().filter(|(maker, _)| *maker == generation()).map(|(_, pool)| pool.clone())
    }
}

/// Runs `work` on the threads of `pool`, or on those that all share.
pub(crate) fn run_on<T: Send>(pool: Option<&Pool>, work: impl FnOnce() -> T + Send) -> PyResult<T> {
    pool.unwrap_or(&SHARED).run(work)
}
