//! Items that a sketch keeps, out of Python.

use pyo3::prelude::*;
use pyo3::types::{PyFloat, PyInt, PyString};

use crate::errors::{wrong_type, wrong_value};

/// A type of items: what Python calls it, and how it is taken.
pub(crate) trait Item: Sized {
    /// As users name it.
    const DTYPE: &'static str;

    /// The item that `object` is.
    fn take(object: &Bound<'_, PyAny>) -> PyResult<Self>;
}

impl Item for f64 {
    const DTYPE: &'static str = "f64";

    fn take(object: &Bound<'_, PyAny>) -> PyResult<Self> {
        // Strings and dates have no `__float__`; NumPy's scalars and decimals have.
        if object.is_instance_of::<PyString>() {
            return Err(mistaken::<Self>(object, "numbers"));
        }
        object.extract().map_err(|_| mistaken::<Self>(object, "numbers"))
    }
}

impl Item for f32 {
    const DTYPE: &'static str = "f32";

    fn take(object: &Bound<'_, PyAny>) -> PyResult<Self> {
        f64::take(object).map(|wide| wide as Self).map_err(|_| mistaken::<Self>(object, "numbers"))
    }
}

impl Item for i64 {
    const DTYPE: &'static str = "i64";

    fn take(object: &Bound<'_, PyAny>) -> PyResult<Self> {
        if object.is_instance_of::<PyFloat>() {
            return Err(mistaken::<Self>(object, "integers"));
        }
        object.extract().map_err(|_| match object.cast::<PyInt>() {
            Ok(_) => wrong_value(format!("{object} does not fit an i64; use dtype=\"f64\"")),
            Err(_) => mistaken::<Self>(object, "integers"),
        })
    }
}

impl Item for String {
    const DTYPE: &'static str = "str";

    fn take(object: &Bound<'_, PyAny>) -> PyResult<Self> {
        object.extract().map_err(|_| match object.cast::<PyString>() {
            Ok(_) => wrong_value("a str with a lone surrogate is not UTF-8; encode it first"),
            Err(_) => mistaken::<Self>(object, "str"),
        })
    }
}

fn mistaken<T: Item>(object: &Bound<'_, PyAny>, wanted: &str) -> PyErr {
    let name = object.get_type().fully_qualified_name();
    let name = name.map_or_else(|_| "that".to_owned(), |name| name.to_string());
    let dtype = T::DTYPE;
    wrong_type(format!("a sketch of dtype {dtype:?} is asked for {wanted}, got {name}"))
}
