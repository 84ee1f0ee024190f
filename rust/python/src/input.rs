//! What Python hands in, as Arrow arrays.

use arrow_array::{Array, ArrayRef, cast::AsArray};
use arrow_schema::{ArrowError, DataType};
use pyo3::types::{PyList, PyTuple};
use pyo3::{intern, prelude::*};
use pyo3_arrow::ffi::ArrayReader;
use pyo3_arrow::{PyArray, PyArrayReader};

use crate::errors::{unreadable, wrong_type};
use crate::{buffer, values};

/// One column, whole or in pieces.
pub(crate) enum Input {
    /// Pieces that are there.
    Arrays(Vec<ArrayRef>),
    /// Pieces that a producer hands out one after the other; it may be Python code.
    Stream(Box<dyn ArrayReader + Send>),
}

/// Values, the kind of the values, which of them are absent: see [`buffer::array`].
type Buffer<'py> = (Bound<'py, PyAny>, String, Option<Bound<'py, PyAny>>);

/// A list of Python values; a tuple that is a [`Buffer`]; or anything that speaks the Arrow
/// `PyCapsule` interface.
impl<'py> FromPyObject<'_, 'py> for Input {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(list) = object.cast::<PyList>() {
            return Ok(Self::Arrays(values::arrays(&list)?));
        }
        if let Ok(triple) = object.cast::<PyTuple>() {
            let (values, kind, absent) = triple.extract::<Buffer<'_>>()?;
            return Ok(Self::Arrays(vec![buffer::array(&values, &kind, absent.as_ref())?]));
        }
        if object.hasattr(intern!(object.py(), "__arrow_c_array__"))? {
            let (array, _) = object.extract::<PyArray>()?.into_inner();
            return Ok(Self::Arrays(vec![column(&array)?]));
        }
        let reader = object.extract::<PyArrayReader>()?.into_reader()?;
        check(reader.field().data_type())?;
        Ok(Self::Stream(reader))
    }
}

impl Input {
    /// Hands the pieces to `f`, one after the other, up to the first that it refuses.
    pub(crate) fn each(self, mut f: impl FnMut(&dyn Array) -> PyResult<()>) -> PyResult<()> {
        match self {
            Self::Arrays(arrays) => arrays.iter().try_for_each(|array| f(array)),
            Self::Stream(mut pieces) => {
                pieces.try_for_each(|piece: Result<ArrayRef, ArrowError>| {
                    f(&column(&piece.map_err(unreadable)?)?)
                })
            }
        }
    }
}

/// The array itself, or the only column of a table.
fn column(array: &ArrayRef) -> PyResult<ArrayRef> {
    check(array.data_type())?;
    match array.as_struct_opt() {
        Some(table) if table.null_count() == 0 => Ok(table.column(0).clone()),
        Some(_) => Err(wrong_type("null rows in a struct are not values; pass one of its fields")),
        None => Ok(array.clone()),
    }
}

/// A table must have one column.
fn check(data_type: &DataType) -> PyResult<()> {
    let DataType::Struct(fields) = data_type else { return Ok(()) };
    if fields.len() == 1 {
        return Ok(());
    }
    let names: Vec<&str> = fields.iter().map(|field| field.name().as_str()).collect();
    Err(wrong_type(format!(
        "a sketch takes one column, this has {}: {names:?}; pass one of them",
        names.len()
    )))
}
