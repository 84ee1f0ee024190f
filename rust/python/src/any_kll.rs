//! A KLL sketch of items of one of four types.

use drypoint_sketches::kll::KllSketch;
use drypoint_sketches::{Error, Sketch};
use pyo3::prelude::*;

use crate::errors::{raise, wrong_parameter};
use crate::items::Item;

/// A sketch of items of one of four types.
#[derive(Clone, PartialEq)]
pub(crate) enum Kll {
    F64(KllSketch<f64>),
    F32(KllSketch<f32>),
    I64(KllSketch<i64>),
    Str(KllSketch<String>),
}

/// Evaluates `$body` with `$sketch` being the sketch of whichever type `$kll` is.
macro_rules! of_any_type {
    ($kll:expr, $sketch:ident => $body:expr) => {
        match $kll {
            Kll::F64($sketch) => $body,
            Kll::F32($sketch) => $body,
            Kll::I64($sketch) => $body,
            Kll::Str($sketch) => $body,
        }
    };
}
pub(crate) use of_any_type;

impl Kll {
    pub(crate) fn new(k: u16, dtype: &str, seed: u64) -> PyResult<Self> {
        match dtype {
            "f64" => KllSketch::with_seed(k, seed).map(Self::F64),
            "f32" => KllSketch::with_seed(k, seed).map(Self::F32),
            "i64" => KllSketch::with_seed(k, seed).map(Self::I64),
            "str" => KllSketch::with_seed(k, seed).map(Self::Str),
            other => return Err(no_such_dtype(other)),
        }
        .map_err(raise)
    }

    pub(crate) fn decode(bytes: &[u8], dtype: &str) -> PyResult<Self> {
        match dtype {
            "f64" => KllSketch::decode(bytes).map(Self::F64),
            "f32" => KllSketch::decode(bytes).map(Self::F32),
            "i64" => KllSketch::decode(bytes).map(Self::I64),
            "str" => KllSketch::decode(bytes).map(Self::Str),
            other => return Err(no_such_dtype(other)),
        }
        .map_err(raise)
    }

    pub(crate) fn merge(&mut self, other: &Self) -> PyResult<()> {
        match (&mut *self, other) {
            (Self::F64(left), Self::F64(right)) => left.merge(right),
            (Self::F32(left), Self::F32(right)) => left.merge(right),
            (Self::I64(left), Self::I64(right)) => left.merge(right),
            (Self::Str(left), Self::Str(right)) => left.merge(right),
            (left, right) => Err(Error::Mismatch {
                what: "dtype",
                left: left.dtype().to_owned(),
                right: right.dtype().to_owned(),
            }),
        }
        .map_err(raise)
    }

    pub(crate) fn dtype(&self) -> &'static str {
        match self {
            Self::F64(_) => f64::DTYPE,
            Self::F32(_) => f32::DTYPE,
            Self::I64(_) => i64::DTYPE,
            Self::Str(_) => String::DTYPE,
        }
    }
}

fn no_such_dtype(dtype: &str) -> PyErr {
    let known = [f64::DTYPE, f32::DTYPE, i64::DTYPE, String::DTYPE];
    wrong_parameter(format!("dtype must be one of {known:?}, got {dtype:?}"))
}
