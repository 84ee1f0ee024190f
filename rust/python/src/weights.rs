//! How often each value counts.

use arrow_array::{Array, ArrowPrimitiveType, PrimitiveArray, downcast_integer_array};
use pyo3::prelude::*;
use pyo3::types::PyInt;

use crate::errors::{wrong_type, wrong_value};
use crate::input::Input;

/// How often each value counts.
pub(crate) enum Weights {
    /// As often as this.
    All(u64),
    /// As often as its own number says.
    Each(Vec<u64>),
}

/// An integer, or a column of them, in which null is 0.
impl<'py> FromPyObject<'_, 'py> for Weights {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if object.is_instance_of::<PyInt>() {
            return object.extract().map(Self::All).map_err(|_| out_of_range(&object));
        }
        let mut weights = Vec::new();
        object.extract::<Input>()?.each(|array| append(&mut weights, array))?;
        Ok(Self::Each(weights))
    }
}

fn append(weights: &mut Vec<u64>, array: &dyn Array) -> PyResult<()> {
    downcast_integer_array!(
        array => extend(weights, array),
        other => Err(wrong_type(format!("weights must be integers, got {other}")))
    )
}

fn extend<T: ArrowPrimitiveType>(weights: &mut Vec<u64>, array: &PrimitiveArray<T>) -> PyResult<()>
where
    T::Native: TryInto<u64>,
{
    for weight in array {
        let weight = weight.map_or(Ok(0), TryInto::try_into).map_err(|_| {
            wrong_value(format!("weight {} is negative; weights count copies", weights.len()))
        })?;
        weights.push(weight);
    }
    Ok(())
}

#[cold]
fn out_of_range(weight: &Bound<'_, PyAny>) -> PyErr {
    wrong_value(format!("a weight must be in 0..=2^64 - 1, got {weight}"))
}
