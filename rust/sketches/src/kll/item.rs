//! What a sketch can hold, and the form in which it holds it.

use std::fmt::Debug;

use super::thin::{Ranks, thin};
use crate::Error;
use crate::random::mix;
use crate::wire::Reader;

mod sealed {
    pub trait Sealed {}
    impl Sealed for f64 {}
    impl Sealed for f32 {}
    impl Sealed for i64 {}
    impl Sealed for String {}
}

/// An item of a [`KllSketch`](super::KllSketch): f64, f32, i64 or `String`.
pub trait KllItem: sealed::Sealed + Clone + PartialEq + Debug {
    /// How an item is asked about: `str` for `String`, the type itself otherwise.
    type Ref: ?Sized;
    /// How an item is kept: in the same order, but with an order that is total and cheap.
    /// Floats are kept as integers that compare as they do.
    #[doc(hidden)]
    type Key: Key;

    /// The key of an item; `None` for NaN, which has no place in an order.
    #[doc(hidden)]
    fn key(item: &Self::Ref) -> Option<Self::Key>;
    /// The item of a key.
    #[doc(hidden)]
    fn item(key: &Self::Key) -> Self;
    /// Some bits of a key, for the coin to absorb.
    #[doc(hidden)]
    fn digest(key: &Self::Key) -> u64;
    /// Appends the bytes of an item.
    #[doc(hidden)]
    fn write(key: &Self::Key, out: &mut Vec<u8>);
    /// Reads the bytes of an item.
    #[doc(hidden)]
    fn read(reader: &mut Reader<'_>) -> Result<Self::Key, Error>;
    /// The fewest bytes that an item takes.
    #[doc(hidden)]
    const LEAST_BYTES: usize;
    /// Whether every writer orders items as we do. Numbers have one order; strings may have been
    /// compared by a rule of the writer's own, which the bytes do not tell.
    #[doc(hidden)]
    const ONE_ORDER: bool;
    /// How many bytes a key takes when written.
    #[doc(hidden)]
    fn bytes(key: &Self::Key) -> usize;
    /// The keys of those ranks in ascending order; `keys` are left in any order.
    #[doc(hidden)]
    fn thin(keys: &mut [Self::Key], ranks: Ranks) -> Vec<Self::Key>;
}

/// What levels hold: items in an order that is total.
pub trait Key: Ord + Clone + Debug {
    /// Merges `items`, which ascend, into `level`, which does. What `scratch` holds is lost.
    #[doc(hidden)]
    fn merge_into(
        level: &mut Vec<Self>,
        items: impl Iterator<Item = Self>,
        scratch: &mut Vec<Self>,
    );
}

/// Numbers are merged in place, from the end, without a branch on the comparison: which of two
/// random numbers is larger cannot be predicted.
macro_rules! number_key {
    ($($int:ident),+) => {$(
        impl Key for $int {
            fn merge_into(
                level: &mut Vec<Self>,
                items: impl Iterator<Item = Self>,
                scratch: &mut Vec<Self>,
            ) {
                scratch.clear();
                scratch.extend(items);
                let (mut old, mut new) = (level.len(), scratch.len());
                level.resize(old + new, 0);
                while old > 0 && new > 0 {
                    let (low, high) = (level[old - 1], scratch[new - 1]);
                    let keep = low > high;
                    level[old + new - 1] = if keep { low } else { high };
                    old -= usize::from(keep);
                    new -= usize::from(!keep);
                }
                level[..new].copy_from_slice(&scratch[..new]);
            }
        }
    )+};
}
number_key!(i64, i32);

impl Key for String {
    fn merge_into(
        level: &mut Vec<Self>,
        items: impl Iterator<Item = Self>,
        scratch: &mut Vec<Self>,
    ) {
        scratch.clear();
        let mut items = items.peekable();
        for old in level.drain(..) {
            while let Some(new) = items.next_if(|new| *new < old) {
                scratch.push(new);
            }
            scratch.push(old);
        }
        scratch.extend(items);
        std::mem::swap(level, scratch);
    }
}

/// Negative floats have their other bits turned, so that integers compare as the floats do. It is
/// its own inverse.
macro_rules! float_item {
    ($float:ident, $int:ident, $uint:ident, $size:literal) => {
        impl KllItem for $float {
            type Ref = $float;
            type Key = $int;
            const LEAST_BYTES: usize = $size;
            const ONE_ORDER: bool = true;

            #[inline(always)]
            fn key(item: &$float) -> Option<$int> {
                // Adding 0.0 makes -0.0 the 0.0 that it equals.
                let bits = (*item + 0.0).to_bits() as $int;
                (!item.is_nan())
                    .then_some(bits ^ (((bits >> ($size * 8 - 1)) as $uint >> 1) as $int))
            }

            #[inline(always)]
            fn item(key: &$int) -> $float {
                let bits = *key ^ (((*key >> ($size * 8 - 1)) as $uint >> 1) as $int);
                $float::from_bits(bits as $uint)
            }

            fn digest(key: &$int) -> u64 {
                *key as u64
            }

            fn write(key: &$int, out: &mut Vec<u8>) {
                out.extend(Self::item(key).to_le_bytes());
            }

            fn read(reader: &mut Reader<'_>) -> Result<$int, Error> {
                let item = reader.$float("item")?;
                Self::key(&item).ok_or_else(|| reader.corrupt("item", "a number", item))
            }

            fn bytes(_: &$int) -> usize {
                $size
            }

            fn thin(keys: &mut [$int], ranks: Ranks) -> Vec<$int> {
                thin(keys, ranks, |key| f64::from(Self::item(&key)))
            }
        }
    };
}
float_item!(f64, i64, u64, 8);
float_item!(f32, i32, u32, 4);

impl KllItem for i64 {
    type Ref = i64;
    type Key = i64;
    const LEAST_BYTES: usize = 8;
    const ONE_ORDER: bool = true;

    #[inline(always)]
    fn key(item: &i64) -> Option<i64> {
        Some(*item)
    }

    #[inline(always)]
    fn item(key: &i64) -> i64 {
        *key
    }

    fn digest(key: &i64) -> u64 {
        *key as u64
    }

    fn write(key: &i64, out: &mut Vec<u8>) {
        out.extend(key.to_le_bytes());
    }

    fn read(reader: &mut Reader<'_>) -> Result<i64, Error> {
        reader.i64("item")
    }

    fn bytes(_: &i64) -> usize {
        8
    }

    fn thin(keys: &mut [i64], ranks: Ranks) -> Vec<i64> {
        thin(keys, ranks, |key| key as f64)
    }
}

impl KllItem for String {
    type Ref = str;
    type Key = String;
    const LEAST_BYTES: usize = 4;
    const ONE_ORDER: bool = false;

    fn key(item: &str) -> Option<String> {
        Some(item.to_owned())
    }

    fn item(key: &String) -> String {
        key.clone()
    }

    fn digest(key: &String) -> u64 {
        key.bytes().fold(0, |bits, byte| mix(bits ^ u64::from(byte)))
    }

    fn write(key: &String, out: &mut Vec<u8>) {
        out.extend((key.len() as u32).to_le_bytes());
        out.extend(key.as_bytes());
    }

    fn read(reader: &mut Reader<'_>) -> Result<String, Error> {
        let size = reader.u32("string length")? as usize;
        let bytes = reader.take("string", size)?;
        let text = std::str::from_utf8(bytes);
        text.map(str::to_owned).map_err(|_| reader.corrupt("string", "UTF-8", "other bytes"))
    }

    fn bytes(key: &String) -> usize {
        4 + key.len()
    }

    fn thin(keys: &mut [String], ranks: Ranks) -> Vec<String> {
        keys.sort_unstable();
        ranks.of(keys.len()).map(|rank| keys[rank].clone()).collect()
    }
}
