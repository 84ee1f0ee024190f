//! The buffer protocol (NumPy arrays, `array.array`, memory views) as Arrow arrays, without a copy.

use std::sync::Arc;

use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, DurationMicrosecondType, DurationMillisecondType,
    DurationNanosecondType, DurationSecondType, Int32Type, Int64Type, TimestampMicrosecondType,
    TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType, UInt8Type,
};
use arrow_array::{Array, ArrayRef, BooleanArray, cast::AsArray, make_array};
use arrow_buffer::{BooleanBuffer, NullBuffer};
use pyo3::prelude::*;
use pyo3_arrow::buffer::AnyBufferProtocol;

use crate::errors::{unreadable, wrong_type};

/// One-dimensional, contiguous, aligned numbers in native byte order, read as `kind`: empty for
/// what they are, else the Arrow type that `NumPy` keeps in integers. Where `absent` has a byte
/// that is not 0, the number is null.
pub(crate) fn array(
    object: &Bound<'_, PyAny>,
    kind: &str,
    absent: Option<&Bound<'_, PyAny>>,
) -> PyResult<ArrayRef> {
    let numbers = typed(object.extract::<AnyBufferProtocol>()?.into_arrow_array()?, kind)?;
    let Some(absent) = absent else { return Ok(numbers) };
    let absent = typed(absent.extract::<AnyBufferProtocol>()?.into_arrow_array()?, "bool")?;
    let present = NullBuffer::new(!absent.as_boolean().values());
    let data = numbers.to_data().into_builder().nulls(Some(present)).build();
    data.map(make_array).map_err(unreadable)
}

fn typed(numbers: ArrayRef, kind: &str) -> PyResult<ArrayRef> {
    match kind {
        "" => Ok(numbers),
        "bool" => cast(&numbers, |array| {
            let bytes = array.as_primitive_opt::<UInt8Type>()?.values();
            let bits = BooleanBuffer::collect_bool(bytes.len(), |i| bytes[i] != 0);
            Some(Arc::new(BooleanArray::new(bits, None)))
        }),
        "date32" => cast(&numbers, |array| {
            let days = array.as_primitive_opt::<Int32Type>()?;
            Some(Arc::new(days.reinterpret_cast::<Date32Type>()))
        }),
        "timestamp[s]" => int64_as::<TimestampSecondType>(&numbers),
        "timestamp[ms]" => int64_as::<TimestampMillisecondType>(&numbers),
        "timestamp[us]" => int64_as::<TimestampMicrosecondType>(&numbers),
        "timestamp[ns]" => int64_as::<TimestampNanosecondType>(&numbers),
        "duration[s]" => int64_as::<DurationSecondType>(&numbers),
        "duration[ms]" => int64_as::<DurationMillisecondType>(&numbers),
        "duration[us]" => int64_as::<DurationMicrosecondType>(&numbers),
        "duration[ns]" => int64_as::<DurationNanosecondType>(&numbers),
        other => Err(wrong_type(format!("no such kind of buffer: {other:?}"))),
    }
}

fn int64_as<T: ArrowPrimitiveType<Native = i64>>(numbers: &ArrayRef) -> PyResult<ArrayRef> {
    cast(numbers, |array| {
        Some(Arc::new(array.as_primitive_opt::<Int64Type>()?.reinterpret_cast::<T>()))
    })
}

fn cast(numbers: &ArrayRef, f: impl FnOnce(&ArrayRef) -> Option<ArrayRef>) -> PyResult<ArrayRef> {
    let found = numbers.data_type();
    f(numbers).ok_or_else(|| wrong_type(format!("a buffer of {found} holds no such values")))
}
