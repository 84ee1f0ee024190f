//! Dictionaries and runs: values are weighed, and each is looked at once.
//!
//! Values come in the order in which the rows first have them, so that sketches that depend on the
//! order see what they would see of plain rows.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowDictionaryKeyType, Int8Type, Int16Type, Int32Type, Int64Type, RunEndIndexType, UInt8Type,
    UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, RunArray, UInt64Array};
use arrow_buffer::ArrowNativeType;
use arrow_schema::DataType;
use arrow_select::take::take;
use foldhash::fast::RandomState;

use super::check::check;
use super::visit::Visitor;
use crate::Error;

/// Values that stand for many rows, and for how many each.
pub(crate) type Weighed = (ArrayRef, Vec<u64>);

/// Hands the values behind a dictionary or behind runs to `visitor`, with their weights.
pub(super) fn encoded<V: Visitor>(array: &dyn Array, visitor: &mut V) -> Result<(), Error> {
    if let DataType::Dictionary(..) = array.data_type() {
        check(array.as_any_dictionary().values())?;
    }
    match weighed(array, visitor.weights())? {
        Some((values, weights)) => visitor.weigh(values.as_ref(), &weights),
        None => Ok(()),
    }
}

/// The values behind a dictionary or behind runs, and how many rows each stands for, or what those
/// rows weigh; `None` of any other array. The values of a dictionary must have been checked.
pub(crate) fn weighed(
    array: &dyn Array,
    weights: Option<&[u64]>,
) -> Result<Option<Weighed>, Error> {
    Ok(Some(match array.data_type() {
        DataType::Dictionary(keys, _) => match keys.as_ref() {
            DataType::Int8 => keyed::<Int8Type>(array, weights)?,
            DataType::Int16 => keyed::<Int16Type>(array, weights)?,
            DataType::Int32 => keyed::<Int32Type>(array, weights)?,
            DataType::Int64 => keyed::<Int64Type>(array, weights)?,
            DataType::UInt8 => keyed::<UInt8Type>(array, weights)?,
            DataType::UInt16 => keyed::<UInt16Type>(array, weights)?,
            DataType::UInt32 => keyed::<UInt32Type>(array, weights)?,
            _ => keyed::<UInt64Type>(array, weights)?,
        },
        DataType::RunEndEncoded(ends, _) => match ends.data_type() {
            DataType::Int16 => run_ends::<Int16Type>(array.as_run(), weights)?,
            DataType::Int32 => run_ends::<Int32Type>(array.as_run(), weights)?,
            _ => run_ends::<Int64Type>(array.as_run(), weights)?,
        },
        _ => return Ok(None),
    }))
}

/// Where the count of each key is, in the order in which keys came.
enum Places {
    /// By key, one more than the place; 0 of a key that has not come.
    Dense(Vec<u32>),
    /// Where the dictionary is much larger than the rows are many.
    Sparse(HashMap<usize, u32, RandomState>),
}

impl Places {
    fn new(values: usize, rows: usize) -> Self {
        if values <= 4 * rows {
            Self::Dense(vec![0; values])
        } else {
            Self::Sparse(HashMap::default())
        }
    }

    /// The place of `key`, which is `next` if it has not come before.
    fn of(&mut self, key: usize, next: usize) -> usize {
        match self {
            Self::Dense(places) => {
                if places[key] == 0 {
                    places[key] = next as u32 + 1;
                }
                places[key] as usize - 1
            }
            Self::Sparse(places) => match places.entry(key) {
                Entry::Occupied(place) => *place.get() as usize,
                Entry::Vacant(place) => *place.insert(next as u32) as usize,
            },
        }
    }
}

/// The values of the keys that came, and how often each did.
fn keyed<K: ArrowDictionaryKeyType>(
    array: &dyn Array,
    weights: Option<&[u64]>,
) -> Result<Weighed, Error> {
    let array = array.as_dictionary::<K>();
    let (keys, values) = (array.keys(), array.values());
    let mut places = Places::new(values.len(), keys.len());
    let (mut used, mut counts) = (Vec::new(), Vec::new());
    for (row, key) in keys.values().iter().enumerate() {
        if keys.is_null(row) {
            continue;
        }
        let Some(key) = key.to_usize().filter(|&key| key < values.len()) else {
            return Err(Error::Invalid {
                what: "dictionary key",
                index: row,
                found: format!("{key:?}"),
                expected: format!("0 to {}", values.len() as i64 - 1),
            });
        };
        let place = places.of(key, used.len());
        if place == used.len() {
            used.push(key as u64);
            counts.push(0u64);
        }
        counts[place] = counts[place].saturating_add(weights.map_or(1, |weights| weights[row]));
    }
    Ok((take(values, &UInt64Array::from(used), None)?, counts))
}

/// The values of the runs, and how many rows of `array` each has.
fn run_ends<R: RunEndIndexType>(
    array: &RunArray<R>,
    weights: Option<&[u64]>,
) -> Result<Weighed, Error> {
    let (from, to) = (array.offset(), array.offset() + array.len());
    let mut counts = vec![0u64; array.values().len()];
    let mut begin = 0;
    for (run, end) in array.run_ends().values().iter().enumerate() {
        let (Some(end), Some(count)) =
            (end.to_usize().filter(|&end| end > begin), counts.get_mut(run))
        else {
            return Err(Error::Invalid {
                what: "run end",
                index: run,
                found: format!("{end:?}"),
                expected: format!("more than {begin}, with a value for each"),
            });
        };
        let rows = begin.clamp(from, to)..end.clamp(from, to);
        *count = match weights {
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
    Ok((array.values().clone(), counts))
}
