//! Frequent items of one of two types, or of the type that comes first.

use arrow_array::Array;
use arrow_schema::DataType;
use drypoint_sketches::frequent::FrequentItems;
use drypoint_sketches::{Error, Sketch};
use pyo3::prelude::*;

use crate::errors::{raise, wrong_parameter};
use crate::items::Item;

/// A sketch of items of one of two types.
#[derive(Clone, PartialEq)]
pub(crate) enum Frequent {
    /// No item yet, and no wish: the first array that is not all null decides.
    Open(FrequentItems<String>),
    I64(FrequentItems<i64>),
    Str(FrequentItems<String>),
}

/// Evaluates `$body` with `$sketch` being the sketch of whichever type `$frequent` is.
macro_rules! of_either_type {
    ($frequent:expr, $sketch:ident => $body:expr) => {
        match $frequent {
            Frequent::I64($sketch) => $body,
            Frequent::Open($sketch) | Frequent::Str($sketch) => $body,
        }
    };
}
pub(crate) use of_either_type;

impl Frequent {
    pub(crate) fn new(lg_max_map_size: u8, dtype: Option<&str>) -> PyResult<Self> {
        match dtype {
            None => FrequentItems::new(lg_max_map_size).map(Self::Open),
            Some("i64") => FrequentItems::new(lg_max_map_size).map(Self::I64),
            Some("str") => FrequentItems::new(lg_max_map_size).map(Self::Str),
            Some(other) => return Err(no_such_dtype(other)),
        }
        .map_err(raise)
    }

    pub(crate) fn decode(bytes: &[u8], dtype: &str) -> PyResult<Self> {
        match dtype {
            "i64" => FrequentItems::decode(bytes).map(Self::I64),
            "str" => FrequentItems::decode(bytes).map(Self::Str),
            other => return Err(no_such_dtype(other)),
        }
        .map_err(raise)
    }

    pub(crate) fn merge(&mut self, other: &Self) -> PyResult<()> {
        if let Some(dtype) = other.dtype() {
            self.decide(dtype)?;
        }
        match (&mut *self, other) {
            (_, Self::Open(_)) => Ok(()),
            (Self::I64(left), Self::I64(right)) => left.merge(right),
            (Self::Str(left), Self::Str(right)) => left.merge(right),
            (left, right) => Err(Error::Mismatch {
                what: "dtype",
                left: left.dtype().unwrap_or("open").to_owned(),
                right: right.dtype().unwrap_or("open").to_owned(),
            }),
        }
        .map_err(raise)
    }

    /// What an open sketch becomes; one that is not open stays what it is.
    fn decide(&mut self, dtype: &'static str) -> PyResult<()> {
        if let Self::Open(open) = self {
            *self = Self::new(open.lg_max_map_size(), Some(dtype))?;
        }
        Ok(())
    }

    /// What an open sketch becomes when this array is its first; nulls do not decide.
    pub(crate) fn decide_by(&mut self, array: &dyn Array) -> PyResult<()> {
        if array.logical_null_count() == array.len() {
            return Ok(());
        }
        self.decide(if holds_text(array.data_type()) { String::DTYPE } else { i64::DTYPE })
    }

    /// None while it is open.
    pub(crate) fn dtype(&self) -> Option<&'static str> {
        match self {
            Self::Open(_) => None,
            Self::I64(_) => Some(i64::DTYPE),
            Self::Str(_) => Some(String::DTYPE),
        }
    }
}

fn holds_text(data_type: &DataType) -> bool {
    match data_type {
        DataType::Dictionary(_, values) => holds_text(values),
        DataType::RunEndEncoded(_, values) => holds_text(values.data_type()),
        other => other.is_string() || other.is_binary(),
    }
}

fn no_such_dtype(dtype: &str) -> PyErr {
    let known = [i64::DTYPE, String::DTYPE];
    wrong_parameter(format!("dtype must be one of {known:?}, got {dtype:?}"))
}
