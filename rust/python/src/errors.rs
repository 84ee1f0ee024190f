//! The only place where a Rust error becomes a Python exception.
//!
//! Python defines the exceptions, in `drypoint/errors.py`; this file imports them.

use arrow_schema::ArrowError;
use drypoint_sketches::Error;
use pyo3::prelude::*;

mod python {
    //! The exceptions that Python defines.
    pyo3::import_exception!(drypoint.errors, BusyError);
    pyo3::import_exception!(drypoint.errors, CapacityError);
    pyo3::import_exception!(drypoint.errors, DecodeError);
    pyo3::import_exception!(drypoint.errors, DrypointError);
    pyo3::import_exception!(drypoint.errors, InputTypeError);
    pyo3::import_exception!(drypoint.errors, InputValueError);
    pyo3::import_exception!(drypoint.errors, MergeError);
    pyo3::import_exception!(drypoint.errors, ParameterError);
}
use python::{
    BusyError, CapacityError, DecodeError, DrypointError, InputTypeError, InputValueError,
    MergeError, ParameterError,
};

/// An error of the core.
#[allow(clippy::needless_pass_by_value)] // for `map_err(raise)`
pub(crate) fn raise(error: Error) -> PyErr {
    let text = error.to_string();
    match error {
        Error::Truncated { .. } | Error::Family { .. } | Error::Corrupt { .. } => {
            DecodeError::new_err(text)
        }
        Error::OutOfRange { .. } => ParameterError::new_err(text),
        Error::Mismatch { .. } => MergeError::new_err(text),
        Error::Utf8 { .. } | Error::Bounds { .. } => InputValueError::new_err(text),
        Error::Overflow { .. } => CapacityError::new_err(text),
    }
}

/// A stream that broke off, or arrays that Arrow itself refuses.
#[allow(clippy::needless_pass_by_value)] // for `map_err(unreadable)`
pub(crate) fn unreadable(error: ArrowError) -> PyErr {
    InputValueError::new_err(format!("the arrow data cannot be read: {error}"))
}

/// A value of a type that cannot be taken.
pub(crate) fn wrong_type(text: impl Into<String>) -> PyErr {
    InputTypeError::new_err(text.into())
}

/// A value of the right type that cannot be taken all the same.
pub(crate) fn wrong_value(text: impl Into<String>) -> PyErr {
    InputValueError::new_err(text.into())
}

/// A parameter or a question that is out of range.
pub(crate) fn wrong_parameter(text: impl Into<String>) -> PyErr {
    ParameterError::new_err(text.into())
}

/// The sketch is asked by the very stream that feeds it.
#[cold]
pub(crate) fn busy() -> PyErr {
    BusyError::new_err(
        "the sketch is being updated by the stream that now uses it; use a copy of it there",
    )
}

/// The process was forked while another thread changed the sketch.
#[cold]
pub(crate) fn forked() -> PyErr {
    BusyError::new_err(
        "a thread of the parent process was changing this when the process was forked; make a new \
         one in the child",
    )
}

/// A panic has left the sketch in an unknown state.
#[cold]
pub(crate) fn broken() -> PyErr {
    DrypointError::new_err("an earlier update of this sketch panicked; build it anew")
}

/// A panic on a thread of ours: a bug, which the lines on standard error tell more about.
#[cold]
pub(crate) fn panicked() -> PyErr {
    DrypointError::new_err(
        "the core panicked over these rows, and took none of them; please report the lines that it \
         wrote to standard error",
    )
}

/// An array that a sketch does not take.
pub(crate) fn refused(error: drypoint_profile::Error) -> PyErr {
    use drypoint_profile::Error;
    let text = error.to_string();
    match error {
        Error::Sketch(error) => raise(error),
        Error::UnsupportedType { .. } => InputTypeError::new_err(text),
        Error::Record { .. } => DecodeError::new_err(text),
        Error::Reference { .. } => ParameterError::new_err(text),
        Error::Invalid { .. }
        | Error::Arrow(_)
        | Error::Duplicate { .. }
        | Error::Schema { .. }
        | Error::TooLarge { .. }
        | Error::Keys { .. }
        | Error::Weights { .. } => InputValueError::new_err(text),
    }
}
