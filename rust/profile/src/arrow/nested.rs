//! Structs, lists, maps and vectors: what is inside them, checked before it is read.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Float16Type, Float32Type, Float64Type};
use arrow_array::{
    Array, ArrayRef, BooleanArray, FixedSizeListArray, OffsetSizeTrait, StructArray,
};
use arrow_buffer::NullBuffer;
use arrow_schema::{DataType, Field};
use arrow_select::filter::filter;
use arrow_select::nullif::nullif;

use crate::Error;

/// Whether values have a length in elements.
pub(crate) fn is_list(data_type: &DataType) -> bool {
    matches!(
        data_type,
        DataType::List(_)
            | DataType::LargeList(_)
            | DataType::FixedSizeList(..)
            | DataType::Map(..)
    ) && !is_vectors(data_type)
}

/// Whether values are vectors: fixed-size lists of floats.
pub(crate) fn is_vectors(data_type: &DataType) -> bool {
    matches!(data_type, DataType::FixedSizeList(item, _) if item.data_type().is_floating())
}

/// The columns inside a type, each with the name of its path below `path`.
pub(crate) fn children(path: &str, data_type: &DataType) -> Vec<(String, Arc<Field>)> {
    match data_type {
        DataType::Struct(fields) => {
            let named = |field: &Arc<Field>| (format!("{path}.{}", field.name()), field.clone());
            fields.iter().map(named).collect()
        }
        DataType::Map(entries, _) => match entries.data_type() {
            DataType::Struct(fields) if fields.len() == 2 => vec![
                (format!("{path}{{key}}"), fields[0].clone()),
                (format!("{path}{{value}}"), fields[1].clone()),
            ],
            _ => Vec::new(),
        },
        DataType::List(item) | DataType::LargeList(item) | DataType::FixedSizeList(item, _)
            if is_list(data_type) =>
        {
            vec![(format!("{path}[]"), item.clone())]
        }
        _ => Vec::new(),
    }
}

/// The arrays of the columns inside `array`, in the order of [`children`]; what is inside a null is
/// left out of lists, and null in structs.
pub(crate) fn child_arrays(array: &dyn Array) -> Result<Vec<ArrayRef>, Error> {
    match array.data_type() {
        DataType::Struct(_) => {
            let array = array.as_struct();
            let columns = array.columns().iter();
            Ok(columns.map(|column| nulled(column, array.nulls())).collect::<Result<_, _>>()?)
        }
        DataType::List(_) => elements::<i32>(array),
        DataType::LargeList(_) => elements::<i64>(array),
        DataType::FixedSizeList(..) => {
            let array = valid(array)?;
            let array = array.as_fixed_size_list();
            Ok(vec![array.values().clone()])
        }
        DataType::Map(..) => {
            let array = valid(array)?;
            let map = array.as_map();
            let (from, to) = range(map.value_offsets(), map.entries().len())?;
            let entries = map.entries().slice(from, to - from);
            Ok(entries.columns().to_vec())
        }
        _ => Ok(Vec::new()),
    }
}

/// `column` with the nulls of the struct that it is in.
fn nulled(column: &ArrayRef, outer: Option<&NullBuffer>) -> Result<ArrayRef, Error> {
    let Some(outer) = outer.filter(|nulls| nulls.null_count() > 0) else {
        return Ok(column.clone());
    };
    let nulls = NullBuffer::union(column.nulls(), Some(outer));
    Ok(match column.data_type() {
        // Arrow's own function loses where the children of a slice begin.
        DataType::Struct(fields) => {
            let columns = column.as_struct().columns().to_vec();
            Arc::new(StructArray::try_new_with_length(
                fields.clone(),
                columns,
                nulls,
                column.len(),
            )?)
        }
        DataType::FixedSizeList(item, size) => {
            let values = column.as_fixed_size_list().values().clone();
            Arc::new(FixedSizeListArray::try_new_with_length(
                item.clone(),
                *size,
                values,
                nulls,
                column.len(),
            )?)
        }
        _ => nullif(column, &BooleanArray::new(!outer.inner(), None))?,
    })
}

/// The rows that are not null.
fn valid(array: &dyn Array) -> Result<ArrayRef, Error> {
    match array.nulls().filter(|nulls| nulls.null_count() > 0) {
        None => Ok(array.slice(0, array.len())),
        Some(nulls) => Ok(filter(array, &BooleanArray::new(nulls.inner().clone(), None))?),
    }
}

fn elements<O: OffsetSizeTrait>(array: &dyn Array) -> Result<Vec<ArrayRef>, Error> {
    let list = array.as_list::<O>();
    range(list.value_offsets(), list.values().len())?;
    let array = valid(array)?;
    let list = array.as_list::<O>();
    let (from, to) = range(list.value_offsets(), list.values().len())?;
    Ok(vec![list.values().slice(from, to - from)])
}

/// The elements that ascending offsets span.
fn range<O: OffsetSizeTrait>(offsets: &[O], elements: usize) -> Result<(usize, usize), Error> {
    let bad = offsets.windows(2).position(|pair| pair[0] > pair[1]);
    let (first, last) = match (offsets.first(), offsets.last()) {
        (Some(first), Some(last)) => (first.to_usize(), last.to_usize()),
        _ => (Some(0), Some(0)),
    };
    match (bad, first, last) {
        (None, Some(first), Some(last)) if last <= elements => Ok((first, last)),
        _ => Err(Error::Invalid {
            what: "list offset",
            index: bad.map_or(offsets.len().saturating_sub(1), |index| index + 1),
            found: format!("{last:?}"),
            expected: format!("offsets that ascend from 0 to {elements}"),
        }),
    }
}

/// Calls `f` with the length of every list that is not null.
pub(crate) fn lengths(array: &dyn Array, mut f: impl FnMut(u64)) -> Result<(), Error> {
    let rows = (0..array.len()).filter(|&row| array.is_valid(row));
    match array.data_type() {
        DataType::FixedSizeList(_, size) => rows.for_each(|_| f(*size as u64)),
        DataType::LargeList(_) => {
            let offsets = array.as_list::<i64>().value_offsets();
            range(offsets, usize::MAX)?;
            rows.for_each(|row| f((offsets[row + 1] - offsets[row]) as u64));
        }
        _ => {
            let offsets = match array.as_map_opt() {
                Some(map) => map.value_offsets(),
                None => array.as_list::<i32>().value_offsets(),
            };
            range(offsets, usize::MAX)?;
            rows.for_each(|row| f((offsets[row + 1] - offsets[row]) as u64));
        }
    }
    Ok(())
}

/// Calls `f` with every vector that is not null; `None` if a component is not finite, or null.
pub(crate) fn vectors(array: &dyn Array, mut f: impl FnMut(Option<&[f64]>)) -> Result<(), Error> {
    let array = valid(array)?;
    let list = array.as_fixed_size_list();
    let (size, values) = (list.value_length() as usize, list.values());
    let mut wide = vec![0.0; size];
    for row in 0..list.len() {
        let vector = values.slice(row * size, size);
        match vector.data_type() {
            DataType::Float64 => {
                wide.copy_from_slice(vector.as_primitive::<Float64Type>().values());
            }
            DataType::Float32 => {
                let narrow = vector.as_primitive::<Float32Type>().values();
                wide.iter_mut().zip(narrow).for_each(|(wide, &narrow)| *wide = narrow.into());
            }
            _ => {
                let narrow = vector.as_primitive::<Float16Type>().values();
                wide.iter_mut().zip(narrow).for_each(|(wide, &narrow)| *wide = narrow.into());
            }
        }
        let whole =
            vector.null_count() == 0 && wide.iter().fold(true, |all, x| all & x.is_finite());
        f(whole.then_some(&wide));
    }
    Ok(())
}
