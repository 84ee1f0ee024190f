//! How often this process and its ancestors were forked: by that a lock knows where it was taken.

use std::sync::atomic::{AtomicU32, Ordering};

use pyo3::prelude::*;
use pyo3::types::{IntoPyDict, PyCFunction};

static GENERATION: AtomicU32 = AtomicU32::new(0);

/// A number that a child of a fork does not share with its parent. *Why not the number of the process?*
/// To ask for it is a call into the kernel, which takes as long as an update of one value.
pub(crate) fn generation() -> u32 {
    GENERATION.load(Ordering::Relaxed)
}

/// Asks Python to be told of forks, where the system has any.
pub(crate) fn watch(py: Python<'_>) -> PyResult<()> {
    let os = py.import("os")?;
    if !os.hasattr("register_at_fork")? {
        return Ok(());
    }
    let count = PyCFunction::new_closure(py, None, None, |_, _| {
        GENERATION.fetch_add(1, Ordering::Relaxed);
    })?;
    let when = [("after_in_child", count)].into_py_dict(py)?;
    os.call_method("register_at_fork", (), Some(&when)).map(drop)
}
