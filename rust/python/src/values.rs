//! Python values as Arrow arrays, by the rules that Arrow input follows: one place decides what a
//! sketch takes, however it comes.

use arrow_array::ArrayRef;
use arrow_schema::DECIMAL256_MAX_PRECISION;
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};
use pyo3::types::{
    PyAnyMethods, PyBool, PyByteArray, PyBytes, PyFloat, PyInt, PyList, PyListMethods, PyString,
    PyStringMethods, PyTypeMethods,
};
use pyo3::{intern, prelude::*};

use crate::errors::{wrong_type, wrong_value};
use crate::runs::{Runs, Value};

/// One array for each run of values of one type; `None` is null and belongs to any run.
pub(crate) fn arrays(list: &Bound<'_, PyList>) -> PyResult<Vec<ArrayRef>> {
    let mut runs = Runs::of(list.len());
    for (index, item) in list.iter().enumerate() {
        push(&mut runs, index, &item)?;
    }
    Ok(runs.finish())
}

fn push(runs: &mut Runs, index: usize, item: &Bound<'_, PyAny>) -> PyResult<()> {
    if item.is_none() {
        runs.push_null();
    } else if let Ok(text) = item.cast::<PyString>() {
        runs.push(Value::Text(text.to_str().map_err(|_| lone_surrogate(index))?));
    } else if item.is_instance_of::<PyBool>() {
        runs.push(Value::Bool(item.is_truthy()?));
    } else if item.is_instance_of::<PyInt>() {
        runs.push(int(index, item)?);
    } else if let Ok(number) = item.cast::<PyFloat>() {
        runs.push(Value::Float(number.value()));
    } else if let Ok(bytes) = item.cast::<PyBytes>() {
        runs.push(Value::Bytes(bytes.as_bytes()));
    } else if let Ok(bytes) = item.cast::<PyByteArray>() {
        runs.push(Value::Bytes(&bytes.to_vec()));
    } else {
        return push_rarer(runs, index, item);
    }
    Ok(())
}

/// Values whose types Python's standard library defines, and scalars of other libraries.
fn push_rarer(runs: &mut Runs, index: usize, item: &Bound<'_, PyAny>) -> PyResult<()> {
    let kind = item.get_type();
    let name = kind.name()?;
    match name.to_str()? {
        "NAType" | "NaTType" => runs.push_null(), // pandas' nulls
        "Decimal" => runs.push(decimal(item)?),
        _ => match temporal(item).or_else(|| number(index, item)) {
            Some(value) => runs.push(value?),
            None => return push_unwrapped(runs, index, item),
        },
    }
    Ok(())
}

/// A scalar of an array library, as the Python value that its `item` method gives.
fn push_unwrapped(runs: &mut Runs, index: usize, item: &Bound<'_, PyAny>) -> PyResult<()> {
    let unwrap = item.getattr_opt(intern!(item.py(), "item"))?;
    match unwrap.map(|method| method.call0()).transpose()? {
        Some(plain) if !plain.get_type().is(item.get_type()) => push(runs, index, &plain),
        _ => Err(unknown(index, item)?),
    }
}

fn int(index: usize, item: &Bound<'_, PyAny>) -> PyResult<Value<'static>> {
    if let Ok(value) = item.extract::<i64>() {
        return Ok(Value::Int(value));
    }
    item.extract::<u64>().map(Value::UInt).map_err(|_| {
        let text = format!("value {index} is an integer that 64 bits do not hold: {item}");
        wrong_value(text + "; pass it as a float or as a str")
    })
}

/// What is a number by its protocol, as NumPy's scalars are.
fn number(index: usize, item: &Bound<'_, PyAny>) -> Option<PyResult<Value<'static>>> {
    if item.hasattr(intern!(item.py(), "__index__")).ok()? {
        // NumPy's booleans have the method too, and fail in it.
        let index_of = item.call_method0(intern!(item.py(), "__index__")).ok()?;
        return Some(int(index, &index_of));
    }
    // Types that only look like numbers (dates, durations of NumPy) have no `is_integer`.
    item.hasattr(intern!(item.py(), "is_integer")).ok()?.then_some(())?;
    item.extract::<f64>().ok().map(|value| Ok(Value::Float(value)))
}

/// Dates, times and durations, to the microsecond that Python keeps.
fn temporal(item: &Bound<'_, PyAny>) -> Option<PyResult<Value<'static>>> {
    let value = if let Ok(time) = item.extract::<NaiveDateTime>() {
        Value::Timestamp(time.and_utc().timestamp_micros())
    } else if let Ok(time) = item.extract::<DateTime<FixedOffset>>() {
        Value::TimestampUtc(time.timestamp_micros())
    } else if let Ok(date) = item.extract::<NaiveDate>() {
        Value::Date(date.to_epoch_days())
    } else if let Ok(time) = item.extract::<NaiveTime>() {
        let seconds = i64::from(time.num_seconds_from_midnight());
        Value::Time(seconds * 1_000_000 + i64::from(time.nanosecond() / 1_000))
    } else if let Ok(duration) = item.extract::<TimeDelta>() {
        let micros = duration.num_microseconds();
        return Some(micros.map(Value::Duration).ok_or_else(|| {
            wrong_value(format!("64 bits do not hold the microseconds of {item}"))
        }));
    } else {
        return None;
    };
    Some(Ok(value))
}

/// Digits and scale; what is not finite is a float.
fn decimal(item: &Bound<'_, PyAny>) -> PyResult<Value<'static>> {
    let py = item.py();
    if !item.call_method0(intern!(py, "is_finite"))?.is_truthy()? {
        return Ok(Value::Float(item.extract()?));
    }
    // Fixed-point text, "-12.50", has the digits and the scale in it.
    let text: String = item.call_method1(intern!(py, "__format__"), ("f",))?.extract()?;
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let digits = format!("{whole}{fraction}");
    let fits = digits.trim_start_matches('-').len() <= usize::from(DECIMAL256_MAX_PRECISION);
    match (digits.parse(), i8::try_from(fraction.len())) {
        (Ok(unscaled), Ok(scale)) if fits => Ok(Value::Decimal { unscaled, scale }),
        _ => Err(wrong_value(format!("{item} has more digits than a decimal of 256 bits"))),
    }
}

fn lone_surrogate(index: usize) -> PyErr {
    wrong_value(format!(
        "value {index} is a str with a lone surrogate, which UTF-8 cannot hold; \
         pass bytes, or encode it with errors='replace'"
    ))
}

fn unknown(index: usize, item: &Bound<'_, PyAny>) -> PyResult<PyErr> {
    let name = item.get_type().fully_qualified_name()?;
    Ok(wrong_type(format!(
        "value {index} is of type {name}, which no sketch takes; \
         pass numbers, str, bytes, bool, dates, times, durations, decimals or None"
    )))
}
