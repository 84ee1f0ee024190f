//! The bytes of Apache `DataSketches`, family 10.
//!
//! | byte | content |
//! | --- | --- |
//! | 0 | preamble words: 1 empty, 4 otherwise |
//! | 1, 2 | serial version 1; family 10 |
//! | 3, 4 | `lg_max_map_size`; binary logarithm of the size of the writer's map |
//! | 5, 6 | flags: 1 (C++) and 4 (Java) empty; 0 |
//! | 8, 12 | number of items u32; 0 |
//! | 16, 24 | total weight u64; offset u64 |
//! | 32… | weights i64; items: i64, or u32 length and UTF-8 |
//!
//! We write both empty flags, the smallest map that has room, and items by falling weight, then by
//! item. A sketch that has counted something and keeps nothing is not empty: its total weight and
//! offset are written with no items.

use super::item::FrequentItem;
use super::map::Counters;
use super::sketch::{FrequentItems, LG_LEAST, LG_MOST, MOST_WEIGHT, capacity, order};
use crate::Error;
use crate::wire::{FAMILY_FREQUENT, Reader};

const NAME: &str = "frequent items";
const SERIAL_VERSION: u8 = 1;
const WORDS_EMPTY: u8 = 1;
const WORDS_FULL: u8 = 4;
/// Either bit says it; each is what one of the libraries once wrote alone.
const EMPTY: u8 = 1 | 4;
/// Bytes before the weights.
const PREAMBLE: usize = 32;

pub(super) fn encode<T: FrequentItem>(sketch: &FrequentItems<T>) -> Vec<u8> {
    if sketch.total == 0 {
        return header(WORDS_EMPTY, sketch.lg_max_map_size, LG_LEAST, EMPTY);
    }
    let mut kept: Vec<_> = sketch.counters.iter().collect();
    kept.sort_unstable_by(order::<T>);
    let mut out = header(WORDS_FULL, sketch.lg_max_map_size, lg_with_room(kept.len()), 0);
    out.reserve_exact(size(sketch) - out.len());
    out.extend((kept.len() as u32).to_le_bytes());
    out.extend([0; 4]);
    out.extend(sketch.total.to_le_bytes());
    out.extend(sketch.offset.to_le_bytes());
    kept.iter().for_each(|(_, weight)| out.extend(weight.to_le_bytes()));
    kept.iter().for_each(|(item, _)| T::write(item, &mut out));
    out
}

fn header(words: u8, lg_max: u8, lg_now: u8, flags: u8) -> Vec<u8> {
    vec![words, SERIAL_VERSION, FAMILY_FREQUENT, lg_max, lg_now, flags, 0, 0]
}

/// The smallest map that has room for `items`.
fn lg_with_room(items: usize) -> u8 {
    (LG_LEAST..LG_MOST).find(|&lg| items <= capacity(lg)).unwrap_or(LG_MOST)
}

fn size<T: FrequentItem>(sketch: &FrequentItems<T>) -> usize {
    let items: usize = sketch.counters.iter().map(|(item, _)| T::bytes(item)).sum();
    PREAMBLE + 8 * sketch.counters.len() + items
}

/// Where items have one size, of as many as there can be; else of those that there are.
pub(super) fn byte_bound<T: FrequentItem>(sketch: &FrequentItems<T>) -> usize {
    T::BYTES.map_or_else(
        || size(sketch),
        |bytes| PREAMBLE + (8 + bytes) * capacity(sketch.lg_max_map_size),
    )
}

pub(super) fn decode<T: FrequentItem>(bytes: &[u8]) -> Result<FrequentItems<T>, Error> {
    let mut reader = Reader::new(NAME, bytes);
    let words = reader.u8("number of preamble words")?;
    let version = reader.u8("serial version")?;
    reader.family(FAMILY_FREQUENT)?;
    if version != SERIAL_VERSION {
        return Err(reader.corrupt("serial version", SERIAL_VERSION, version));
    }
    let lg_max = read_lg(&mut reader, "lg_max_map_size", LG_MOST)?;
    let lg_now = read_lg(&mut reader, "lg of the current map size", lg_max)?;
    let empty = reader.u8("flags")? & EMPTY != 0;
    reader.take("padding", 2)?;
    let expected = if empty { WORDS_EMPTY } else { WORDS_FULL };
    if words != expected {
        let state = if empty { "an empty" } else { "a non-empty" };
        let expected = format!("{expected} in {state} sketch");
        return Err(reader.corrupt("number of preamble words", expected, words));
    }
    let mut sketch = FrequentItems::new(lg_max)?;
    if !empty {
        read_body(&mut reader, &mut sketch, capacity(lg_now))?;
    }
    Ok(sketch)
}

fn read_lg(reader: &mut Reader<'_>, what: &'static str, most: u8) -> Result<u8, Error> {
    let lg = reader.u8(what)?;
    if (LG_LEAST..=most).contains(&lg) {
        return Ok(lg);
    }
    Err(reader.corrupt(what, format!("{LG_LEAST} to {most}"), lg))
}

fn read_body<T: FrequentItem>(
    reader: &mut Reader<'_>,
    sketch: &mut FrequentItems<T>,
    room: usize,
) -> Result<(), Error> {
    let items = reader.u32("number of items")? as usize;
    reader.take("padding", 4)?;
    let total = reader.u64("total weight")?;
    let offset = reader.u64("offset")?;
    if items > room {
        return Err(reader.corrupt("number of items", format!("at most {room}"), items));
    }
    if !(1..=MOST_WEIGHT).contains(&total) {
        return Err(reader.corrupt("total weight", format!("1 to {MOST_WEIGHT}"), total));
    }
    let weights = read_weights(reader, items, total)?;
    // Each unit of the offset was taken from some counter. Past the most weight that can be counted the
    // offset goes on alone.
    let most = if total == MOST_WEIGHT { total } else { total - weights.iter().sum::<u64>() };
    if offset > most {
        let expected = format!("at most {most}, the total weight less that of the items");
        return Err(reader.corrupt("offset", expected, offset));
    }
    (sketch.total, sketch.offset) = (total, offset);
    read_items(reader, &weights, &mut sketch.counters)
}

/// Reads weights, each positive, that add up to at most `total`.
fn read_weights(reader: &mut Reader<'_>, items: usize, total: u64) -> Result<Vec<u64>, Error> {
    let bytes = reader.take("weights", 8 * items)?;
    let mut weights = Reader::new(NAME, bytes);
    let mut rest = total;
    let mut read_one = |_| {
        let weight = weights.i64("weight")?;
        if weight <= 0 || weight as u64 > rest {
            let expected = format!("1 to {rest}, what is left of the total weight");
            return Err(reader.corrupt("weight", expected, weight));
        }
        rest -= weight as u64;
        Ok(weight as u64)
    };
    (0..items).map(&mut read_one).collect()
}

fn read_items<T: FrequentItem>(
    reader: &mut Reader<'_>,
    weights: &[u64],
    counters: &mut Counters<T>,
) -> Result<(), Error> {
    for &weight in weights {
        let item = T::read(reader)?;
        let hash = T::hash(&item);
        if counters.find(hash, |kept| *kept == item).is_some() {
            let found = format!("{:?} twice", T::item(&item));
            return Err(reader.corrupt("item", "different from the others", found));
        }
        counters.push(hash, item, weight);
    }
    Ok(())
}
