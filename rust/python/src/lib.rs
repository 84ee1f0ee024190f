//! `drypoint._core`: what Python sees of the sketches and profiles.
//!
//! A function here has four steps: take Python objects, detach from the interpreter, call the core,
//! wrap what it answers. Documentation is in the Python classes that wrap these.
//!
//! | file | idea |
//! | --- | --- |
//! | `errors` | where a Rust error becomes a Python exception |
//! | `shared` | a sketch behind a lock that never blocks the interpreter |
//! | `input` | what Python hands in, as Arrow arrays |
//! | `values`, `runs` | Python values as Arrow arrays |
//! | `buffer` | the buffer protocol as Arrow arrays |
//! | `weights` | how often each value counts |
//! | `fold` | the one way in: a column, with weights, into a sketch |
//! | `answers` | estimates as tuples |
//! | `any_kll`, `any_frequent` | a sketch of items of one of several types |
//! | `items` | such items out of Python |
//! | `forks` | which process a lock was taken in |
//! | `pool` | threads that survive a fork |
//! | `hll`, `kll`, `frequent`, `profile`, `profiler` | one class each |

mod answers;
mod any_frequent;
mod any_kll;
mod buffer;
mod errors;
mod fold;
mod forks;
mod frequent;
mod hll;
mod input;
mod items;
mod kll;
mod pool;
mod profile;
mod profiler;
mod runs;
mod shared;
mod values;
mod weights;

use pyo3::prelude::*;

/// The compiled part of drypoint; use `drypoint` instead.
#[pymodule(gil_used = false)]
mod _core {
    #[pymodule_export]
    use crate::frequent::PyFrequentItems;
    #[pymodule_export]
    use crate::hll::PyHllSketch;
    #[pymodule_export]
    use crate::kll::{PyKllSketch, k_for_error};
    #[pymodule_export]
    use crate::profile::{PyProfile, content_kinds, metric_names};
    #[pymodule_export]
    use crate::profiler::{PyProfiler, PySegmentedProfiler};
    use pyo3::prelude::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        crate::forks::watch(module.py())
    }

    /// The instruction set that the kernels run on: `portable`, `avx2` or `avx512`.
    #[pyfunction]
    fn cpu_level() -> &'static str {
        match drypoint_sketches::cpu_level() {
            drypoint_sketches::CpuLevel::Portable => "portable",
            drypoint_sketches::CpuLevel::Avx2 => "avx2",
            drypoint_sketches::CpuLevel::Avx512 => "avx512",
        }
    }
}
