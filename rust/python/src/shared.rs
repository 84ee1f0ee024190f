//! A sketch that several Python threads can reach, behind a lock that never blocks the interpreter.
//!
//! Two rules keep it free of deadlock. Whoever waits for the lock is detached from the interpreter,
//! so the holder can always attach. And the holder may run Python only while it reads a stream,
//! whose producer may be Python code: that thread is noted, and when it comes back for the same
//! sketch it gets an error instead of waiting for itself.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use std::thread::{self, ThreadId};
use std::time::Duration;

use pyo3::prelude::*;

use crate::errors::{broken, busy, forked};
use crate::forks::generation;

/// Longer than a thread needs from taking the lock to saying so, however busy the machine is.
const MOMENT: Duration = Duration::from_millis(20);

/// A sketch, its lock, and the thread that feeds it from a stream, if one does.
pub(crate) struct Shared<S> {
    sketch: Mutex<S>,
    /// The process that the lock was last taken in.
    taken_in: AtomicU32,
    feeder: Mutex<Option<ThreadId>>,
}

impl<S: Send> Shared<S> {
    pub(crate) fn new(sketch: S) -> Self {
        let taken_in = AtomicU32::new(generation());
        Self { sketch: Mutex::new(sketch), taken_in, feeder: Mutex::new(None) }
    }

    /// Asks the sketch something quick; detaches only if it has to wait.
    pub(crate) fn ask<R: Send>(
        &self,
        py: Python<'_>,
        f: impl FnOnce(&S) -> R + Send,
    ) -> PyResult<R> {
        match self.sketch.try_lock() {
            Ok(sketch) => Ok(f(&self.taken(sketch))),
            Err(TryLockError::Poisoned(_)) => Err(broken()),
            Err(TryLockError::WouldBlock) => py.detach(|| self.lock().map(|sketch| f(&sketch))),
        }
    }

    /// Changes the sketch, detached from the interpreter. `f` must not run Python.
    pub(crate) fn change<R: Send>(
        &self,
        py: Python<'_>,
        f: impl FnOnce(&mut S) -> R + Send,
    ) -> PyResult<R> {
        py.detach(|| self.lock().map(|mut sketch| f(&mut sketch)))
    }

    /// The lock, for a thread that is detached.
    fn lock(&self) -> PyResult<MutexGuard<'_, S>> {
        if *self.feeder() == Some(thread::current().id()) {
            return Err(busy());
        }
        match self.sketch.try_lock() {
            Ok(sketch) => Ok(self.taken(sketch)),
            Err(TryLockError::Poisoned(_)) => Err(broken()),
            // Held by a thread of the parent, which will not let go of it here.
            Err(TryLockError::WouldBlock) if self.is_lost() => Err(forked()),
            Err(TryLockError::WouldBlock) => {
                self.sketch.lock().map(|sketch| self.taken(sketch)).map_err(|_| broken())
            }
        }
    }

    /// The lock, noted as taken in this process.
    fn taken<'a>(&self, sketch: MutexGuard<'a, S>) -> MutexGuard<'a, S> {
        self.taken_in.store(generation(), Ordering::Relaxed);
        sketch
    }

    /// Whether the lock, which is taken, was so before this process was forked.
    fn is_lost(&self) -> bool {
        let elsewhere = || self.taken_in.load(Ordering::Relaxed) != generation();
        // A thread of this process may have taken it and be about to say so.
        elsewhere() && {
            thread::sleep(MOMENT);
            elsewhere() && matches!(self.sketch.try_lock(), Err(TryLockError::WouldBlock))
        }
    }

    fn feeder(&self) -> MutexGuard<'_, Option<ThreadId>> {
        // Nothing can panic while this lock is held: what it guards is always whole.
        self.feeder.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<S: Send + Clone> Shared<S> {
    /// Changes a copy of the sketch, detached from the interpreter, and keeps it if `f` succeeds.
    /// `f` may run Python, as the producers of streams do.
    pub(crate) fn try_change<E: Send>(
        &self,
        py: Python<'_>,
        f: impl FnOnce(&mut S) -> Result<(), E> + Send,
    ) -> PyResult<Result<(), E>> {
        py.detach(|| {
            let mut sketch = self.lock()?;
            let mut draft = sketch.clone();
            *self.feeder() = Some(thread::current().id());
            let outcome = f(&mut draft);
            *self.feeder() = None;
            if outcome.is_ok() {
                *sketch = draft;
            }
            Ok(outcome)
        })
    }

    /// Changes the sketch by another, detached from the interpreter. `f` must not run Python.
    pub(crate) fn change_with<R: Send>(
        &self,
        py: Python<'_>,
        other: &Self,
        f: impl FnOnce(&mut S, &S) -> R + Send,
    ) -> PyResult<R> {
        if std::ptr::eq(self, other) {
            let copy = self.snapshot(py)?;
            return self.change(py, move |sketch| f(sketch, &copy));
        }
        py.detach(|| {
            // Whoever needs both locks takes them in the order of their addresses.
            let (mut ours, theirs);
            if std::ptr::from_ref(self) < std::ptr::from_ref(other) {
                ours = self.lock()?;
                theirs = other.lock()?;
            } else {
                theirs = other.lock()?;
                ours = self.lock()?;
            }
            Ok(f(&mut ours, &theirs))
        })
    }

    /// A copy of the sketch as it is now.
    pub(crate) fn snapshot(&self, py: Python<'_>) -> PyResult<S> {
        self.ask(py, S::clone)
    }
}
