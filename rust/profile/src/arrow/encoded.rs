//! Dictionaries and runs: values are weighed, and each is looked at once.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowDictionaryKeyType, Int8Type, Int16Type, Int32Type, Int64Type, RunEndIndexType, UInt8Type,
    UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, RunArray};
use arrow_buffer::ArrowNativeType;
use arrow_schema::DataType;

use super::visit::Visitor;
use crate::Error;

/// A dictionary array: counts how often each key comes.
pub(super) fn dictionary<V: Visitor>(array: &dyn Array, visitor: &mut V) -> Result<(), Error> {
    let DataType::Dictionary(keys, _) = array.data_type() else { return Ok(()) };
    match keys.as_ref() {
        DataType::Int8 => keyed::<Int8Type, V>(array, visitor),
        DataType::Int16 => keyed::<Int16Type, V>(array, visitor),
        DataType::Int32 => keyed::<Int32Type, V>(array, visitor),
        DataType::Int64 => keyed::<Int64Type, V>(array, visitor),
        DataType::UInt8 => keyed::<UInt8Type, V>(array, visitor),
        DataType::UInt16 => keyed::<UInt16Type, V>(array, visitor),
        DataType::UInt32 => keyed::<UInt32Type, V>(array, visitor),
        _ => keyed::<UInt64Type, V>(array, visitor),
    }
}

fn keyed<K: ArrowDictionaryKeyType, V: Visitor>(
    array: &dyn Array,
    visitor: &mut V,
) -> Result<(), Error> {
    let array = array.as_dictionary::<K>();
    let (keys, values) = (array.keys(), array.values());
    let mut counts = vec![0u64; values.len()];
    for (row, key) in keys.values().iter().enumerate() {
        if keys.is_null(row) {
            continue;
        }
        let Some(count) = key.to_usize().and_then(|key| counts.get_mut(key)) else {
            return Err(Error::Invalid {
                what: "dictionary key",
                index: row,
                found: format!("{key:?}"),
                expected: format!("0 to {}", values.len() as i64 - 1),
            });
        };
        *count = count.saturating_add(visitor.weights().map_or(1, |weights| weights[row]));
    }
    visitor.weigh(values.as_ref(), &counts)
}

/// A run-end encoded array: each value weighs the rows of its run.
pub(super) fn runs<V: Visitor>(array: &dyn Array, visitor: &mut V) -> Result<(), Error> {
    let DataType::RunEndEncoded(ends, _) = array.data_type() else { return Ok(()) };
    match ends.data_type() {
        DataType::Int16 => run_ends::<Int16Type, V>(array.as_run(), visitor),
        DataType::Int32 => run_ends::<Int32Type, V>(array.as_run(), visitor),
        _ => run_ends::<Int64Type, V>(array.as_run(), visitor),
    }
}

fn run_ends<R: RunEndIndexType, V: Visitor>(
    array: &RunArray<R>,
    visitor: &mut V,
) -> Result<(), Error> {
    let (from, to) = (array.offset(), array.offset() + array.len());
    let mut weights = vec![0u64; array.values().len()];
    let mut begin = 0;
    for (run, end) in array.run_ends().values().iter().enumerate() {
        let (Some(end), Some(weight)) =
            (end.to_usize().filter(|&end| end > begin), weights.get_mut(run))
        else {
            return Err(Error::Invalid {
                what: "run end",
                index: run,
                found: format!("{end:?}"),
                expected: format!("more than {begin}, with a value for each"),
            });
        };
        let rows = begin.clamp(from, to)..end.clamp(from, to);
        *weight = match visitor.weights() {
            None => rows.len() as u64,
            Some(all) => all[rows.start - from..rows.end - from].iter().sum(),
        };
        begin = end;
    }
    if begin < to {
        return Err(Error::Invalid {
            what: "run end",
            index: array.run_ends().values().len().saturating_sub(1),
            found: begin.to_string(),
            expected: format!("{to} or more, the rows there are"),
        });
    }
    visitor.weigh(array.values().as_ref(), &weights)
}
