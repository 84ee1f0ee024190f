//! The bytes of Apache `DataSketches`, family 15.
//!
//! | byte | content |
//! | --- | --- |
//! | 0 | preamble words: 2 empty or one item, 5 full |
//! | 1 | serial version: 1 empty or full, 2 one item, 3 Java's updatable form |
//! | 2, 3 | family 15; flags: 1 empty, 2 level 0 sorted, 4 one item |
//! | 4, 6, 7 | k u16; m = 8; 0 |
//! | 8 | one item: the item. Full: n u64 |
//! | 16, 18, 19 | `min_k` u16; number of levels; 0 |
//! | 20… | where each level begins, u32; the least and the greatest item; the items, level 0 first |
//!
//! Levels begin as in an array that is as long as the capacity of all levels and filled from its
//! end; the updatable form writes that array whole, and its length.

use super::bounds::K;
use super::item::KllItem;
use super::levels::{LEAST_CAPACITY, Levels, MOST_LEVELS, total_capacity};
use super::sketch::KllSketch;
use crate::Error;
use crate::wire::{FAMILY_KLL, Reader};

const NAME: &str = "KLL";
const EMPTY: u8 = 1;
const LEVEL_ZERO_SORTED: u8 = 2;
const ONE_ITEM: u8 = 4;
/// Bytes before the levels.
const PREAMBLE: usize = 20;

pub(super) fn encode<T: KllItem>(sketch: &KllSketch<T>) -> Vec<u8> {
    let Some((least, most)) = &sketch.extremes else {
        return header(2, 1, EMPTY, sketch.k);
    };
    if sketch.n == 1 {
        let mut out = header(2, 2, ONE_ITEM, sketch.k);
        T::write(least, &mut out);
        return out;
    }
    let levels = sketch.settled();
    let mut out = header(5, 1, LEVEL_ZERO_SORTED, sketch.k);
    out.extend(sketch.n.to_le_bytes());
    out.extend(sketch.min_k.to_le_bytes());
    out.extend([levels.count() as u8, 0]);
    let mut begin = total_capacity(sketch.k, levels.count()) - levels.retained() as u32;
    for items in levels.iter() {
        out.extend(begin.to_le_bytes());
        begin += items.len() as u32;
    }
    T::write(least, &mut out);
    T::write(most, &mut out);
    levels.iter().flatten().for_each(|item| T::write(item, &mut out));
    out
}

fn header(words: u8, version: u8, flags: u8, k: u16) -> Vec<u8> {
    let [low, high] = k.to_le_bytes();
    vec![words, version, FAMILY_KLL, flags, low, high, LEAST_CAPACITY as u8, 0]
}

/// The bytes of the sketch as it is: strings have no largest size.
pub(super) fn byte_bound<T: KllItem>(sketch: &KllSketch<T>) -> usize {
    let Some((least, most)) = &sketch.extremes else { return 8 };
    let levels = sketch.settled();
    let items = levels.iter().flatten().chain([least, most]).map(T::bytes);
    PREAMBLE + 4 * levels.count() + items.sum::<usize>()
}

pub(super) fn decode<T: KllItem>(bytes: &[u8]) -> Result<KllSketch<T>, Error> {
    let mut reader = Reader::new(NAME, bytes);
    let words = reader.u8("preamble size")?;
    let version = reader.u8("serial version")?;
    reader.family(FAMILY_KLL)?;
    let flags = reader.u8("flags")?;
    let k = reader.u16("k")?;
    if !K.contains(&k) {
        return Err(reader.corrupt("k", "8 to 65535", k));
    }
    let m = reader.u8("m")?;
    if u32::from(m) != LEAST_CAPACITY {
        return Err(reader.corrupt("m", LEAST_CAPACITY, m));
    }
    reader.u8("padding")?;
    match (words, version, flags & EMPTY != 0) {
        (2, 1 | 2, true) => KllSketch::new(k),
        (2, 2, false) => one_item(&mut reader, k),
        (5, 1, false) => full(&mut reader, k, Form::Compact),
        (5, 3, _) => full(&mut reader, k, Form::Updatable),
        (2 | 5, 1..=3, _) => {
            Err(reader.corrupt("preamble size", "that of its version and flags", words))
        }
        (2 | 5, _, _) => Err(reader.corrupt("serial version", "1, 2 or 3", version)),
        _ => Err(reader.corrupt("preamble size", "2 or 5", words)),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Compact,
    Updatable,
}

fn one_item<T: KllItem>(reader: &mut Reader<'_>, k: u16) -> Result<KllSketch<T>, Error> {
    let item = T::read(reader)?;
    let mut levels = Levels::new(k);
    levels.insert(0, item.clone());
    Ok(KllSketch::from_parts(k, k, 1, Some((item.clone(), item)), levels, 0))
}

fn full<T: KllItem>(reader: &mut Reader<'_>, k: u16, form: Form) -> Result<KllSketch<T>, Error> {
    let n = reader.u64("n")?;
    let min_k = reader.u16("min_k")?;
    let count = usize::from(reader.u8("number of levels")?);
    reader.u8("padding")?;
    if n == 0 {
        return KllSketch::new(k);
    }
    if !(*K.start()..=k).contains(&min_k) {
        return Err(reader.corrupt("min_k", format!("8 to {k}"), min_k));
    }
    if !(1..=MOST_LEVELS).contains(&count) {
        return Err(reader.corrupt("number of levels", format!("1 to {MOST_LEVELS}"), count));
    }
    let sizes = read_sizes(reader, k, count, form)?;
    let weight = sizes.items.iter().enumerate().try_fold(0u64, |sum, (level, &size)| {
        sum.checked_add(u64::from(size).checked_mul(1 << level)?)
    });
    if weight != Some(n) {
        let found = weight.map_or_else(|| "more than 2^64".to_owned(), |weight| weight.to_string());
        return Err(reader.corrupt("weight of the items", format!("n = {n}"), found));
    }
    let mut extremes = (T::read(reader)?, T::read(reader)?);
    reader.take("free places", sizes.free as usize * T::LEAST_BYTES)?;
    let mut levels = Levels::new(k);
    for (level, &size) in sizes.items.iter().enumerate() {
        let items = read_level::<T>(reader, level, size)?;
        check_extremes::<T>(reader, &items, &mut extremes)?;
        levels.merge(level, items.into_iter());
    }
    if n == 1 {
        return only_item(reader, k, extremes, levels);
    }
    Ok(KllSketch::from_parts(k, min_k, n, Some(extremes), levels, 0))
}

/// One item is both extremes, and exact whatever was merged: its form has no place for more.
fn only_item<T: KllItem>(
    reader: &Reader<'_>,
    k: u16,
    (least, most): (T::Key, T::Key),
    levels: Levels<T::Key>,
) -> Result<KllSketch<T>, Error> {
    if least != most {
        let (least, most) = (T::item(&least), T::item(&most));
        return Err(reader.corrupt(
            "greatest of one item",
            format!("{least:?}"),
            format!("{most:?}"),
        ));
    }
    Ok(KllSketch::from_parts(k, k, 1, Some((least, most)), levels, 0))
}

/// Items lie between the extremes, or did so in the writer's order: then the extremes move.
fn check_extremes<T: KllItem>(
    reader: &Reader<'_>,
    items: &[T::Key],
    (least, most): &mut (T::Key, T::Key),
) -> Result<(), Error> {
    let (Some(first), Some(end)) = (items.first(), items.last()) else { return Ok(()) };
    if first >= least && end <= most {
        return Ok(());
    }
    if T::ONE_ORDER {
        let expected = format!("{:?} to {:?}", T::item(least), T::item(most));
        let found = format!("{:?} to {:?}", T::item(first), T::item(end));
        return Err(reader.corrupt("range of the items", expected, found));
    }
    *least = first.min(least).clone();
    *most = end.max(most).clone();
    Ok(())
}

/// Items in each level, and free places to be skipped before them.
struct Sizes {
    items: Vec<u32>,
    free: u32,
}

fn read_sizes(reader: &mut Reader<'_>, k: u16, count: usize, form: Form) -> Result<Sizes, Error> {
    let mut begins = Vec::with_capacity(count + 1);
    for _ in 0..count {
        begins.push(reader.u32("levels")?);
    }
    begins.push(match form {
        Form::Compact => total_capacity(k, count),
        Form::Updatable => reader.u32("levels")?,
    });
    if let Some(pair) = begins.windows(2).find(|pair| pair[0] > pair[1]) {
        let expected = format!("at most {}, where the next begins", pair[1]);
        return Err(reader.corrupt("begin of a level", expected, pair[0]));
    }
    let free = if form == Form::Updatable { begins[0] } else { 0 };
    Ok(Sizes { items: begins.windows(2).map(|pair| pair[1] - pair[0]).collect(), free })
}

/// The items of a level, in order. Level 0 comes in order of arrival; the others must ascend.
fn read_level<T: KllItem>(
    reader: &mut Reader<'_>,
    level: usize,
    size: u32,
) -> Result<Vec<T::Key>, Error> {
    // Nothing is allocated for items that cannot have arrived.
    let mut items = Vec::with_capacity((size as usize).min(reader.left() / T::LEAST_BYTES));
    for _ in 0..size {
        items.push(T::read(reader)?);
    }
    if level > 0 && T::ONE_ORDER && !items.is_sorted() {
        return Err(reader.corrupt("order of a level", "ascending", "not so"));
    }
    items.sort_unstable();
    Ok(items)
}
