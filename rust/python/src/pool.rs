//! Threads that work on rows, and that survive a fork.
//!
//! A child process has its parent's memory but none of its threads: work that is handed to them would
//! wait for ever. So a pool remembers the process that made it, and another process makes its own.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};

use pyo3::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::errors::{panicked, wrong_parameter};

/// As many threads as there are cores, which all profilers share that have none of their own.
static SHARED: Pool = Pool { threads: 0, made: Mutex::new(None) };

/// Threads, made when they are first needed.
pub(crate) struct Pool {
    /// How many; 0 for as many as there are cores.
    threads: usize,
    /// The process that made them, and they.
    made: Mutex<Option<(u32, Arc<ThreadPool>)>>,
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
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let process = std::process::id();
        if let Some((maker, pool)) = made.as_ref()
            && *maker == process
        {
            return Ok(pool.clone());
        }
        let pool = ThreadPoolBuilder::new().num_threads(self.threads).build();
        let pool = Arc::new(pool.map_err(|error| wrong_parameter(format!("no threads: {error}")))?);
        // Those of the parent are not here to be told to stop.
        std::mem::forget(made.replace((process, pool.clone())));
        Ok(pool)
    }
}

/// Runs `work` on the threads of `pool`, or on those that all share.
pub(crate) fn run_on<T: Send>(pool: Option<&Pool>, work: impl FnOnce() -> T + Send) -> PyResult<T> {
    pool.unwrap_or(&SHARED).run(work)
}
