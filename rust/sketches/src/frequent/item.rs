//! What a sketch can hold, and the form in which it holds it.

use std::cmp::Ordering;
use std::fmt::Debug;

use super::block::Key;
use crate::hash::{split, words};
use crate::wire::Reader;
use crate::{Error, Strings};

/// Length up to which a string lies wholly in its two head words.
pub(super) const SHORT: usize = 16;

/// An item of a [`FrequentItems`](super::FrequentItems): i64 or `String`.
pub trait FrequentItem: kept::Item + Clone + PartialEq + Debug {
    /// How an item is asked for: `i64` or `str`.
    type Ref: ?Sized + kept::Lookup<Self::Kept>;
}

impl FrequentItem for i64 {
    type Ref = i64;
}

impl FrequentItem for String {
    type Ref = str;
}

pub(super) mod kept {
    use super::{Debug, Error, Ordering, Reader};

    /// An item as a sketch keeps it.
    pub trait Item: Sized {
        /// The form in which it is kept; comparing two costs no more than comparing two numbers
        /// unless both are long strings.
        type Kept: Clone + PartialEq + Debug;
        /// Bytes that an item takes when written, if all take the same.
        const BYTES: Option<usize>;

        fn item(kept: &Self::Kept) -> Self;
        fn hash(kept: &Self::Kept) -> u64;
        /// The order in which items of the same weight are listed and written.
        fn order(a: &Self::Kept, b: &Self::Kept) -> Ordering;
        fn bytes(kept: &Self::Kept) -> usize;
        fn write(kept: &Self::Kept, out: &mut Vec<u8>);
        fn read(reader: &mut Reader<'_>) -> Result<Self::Kept, Error>;
    }

    /// A borrowed item that is looked for among kept ones.
    pub trait Lookup<K> {
        fn hash(&self) -> u64;
        fn is(&self, kept: &K) -> bool;
        fn keep(&self) -> K;
    }
}

impl kept::Item for i64 {
    type Kept = i64;
    const BYTES: Option<usize> = Some(8);

    fn item(kept: &i64) -> i64 {
        *kept
    }

    fn hash(kept: &i64) -> u64 {
        hash_int(*kept)
    }

    fn order(a: &i64, b: &i64) -> Ordering {
        a.cmp(b)
    }

    fn bytes(_: &i64) -> usize {
        8
    }

    fn write(kept: &i64, out: &mut Vec<u8>) {
        out.extend(kept.to_le_bytes());
    }

    fn read(reader: &mut Reader<'_>) -> Result<i64, Error> {
        reader.i64("item")
    }
}

impl kept::Lookup<i64> for i64 {
    #[inline]
    fn hash(&self) -> u64 {
        hash_int(*self)
    }

    #[inline]
    fn is(&self, kept: &i64) -> bool {
        self == kept
    }

    fn keep(&self) -> i64 {
        *self
    }
}

/// The size and the first 16 bytes of a string: all of it, if it is short.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Head {
    pub(super) words: [u64; 2],
    pub(super) size: u64,
}

impl Head {
    fn of(string: &[u8]) -> Self {
        let words = words(&string[..string.len().min(SHORT)]);
        Self { words, size: string.len() as u64 }
    }
}

impl Key for Head {
    /// Without a branch on the way.
    #[inline(always)]
    fn agrees(&self, other: &Self) -> bool {
        let words = (self.words[0] ^ other.words[0]) | (self.words[1] ^ other.words[1]);
        words | (self.size ^ other.size) == 0
    }

    #[inline(always)]
    fn is_whole(&self) -> bool {
        self.size <= SHORT as u64
    }
}

impl Key for i64 {
    #[inline(always)]
    fn agrees(&self, other: &Self) -> bool {
        self == other
    }

    #[inline(always)]
    fn is_whole(&self) -> bool {
        true
    }
}

/// A string that a sketch keeps. Only a long one needs memory of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    head: Head,
    /// The whole of a long string.
    long: Option<Box<[u8]>>,
}

impl Text {
    /// Copies `strings.get(index)`, the head of which is `head`.
    pub(super) fn keep(head: Head, strings: &impl Strings, index: usize) -> Self {
        let long = (!head.is_whole()).then(|| strings.get(index).into());
        Self { head, long }
    }

    pub(super) fn head(&self) -> &Head {
        &self.head
    }

    /// Whether this is `string`, of which the head is known to be the same.
    #[inline(always)]
    pub(super) fn rest_is<'a>(&self, string: impl FnOnce() -> &'a [u8]) -> bool {
        self.long.as_deref().is_none_or(|long| same_rest(long, string()))
    }

    fn with<R>(&self, f: impl FnOnce(&[u8]) -> R) -> R {
        match &self.long {
            Some(long) => f(long),
            None => f(&bytemuck::bytes_of(&self.head.words)[..self.head.size as usize]),
        }
    }
}

impl kept::Item for String {
    type Kept = Text;
    const BYTES: Option<usize> = None;

    fn item(kept: &Text) -> String {
        // Nothing that is not UTF-8 gets in, so nothing is lost here.
        kept.with(|bytes| String::from_utf8_lossy(bytes).into_owned())
    }

    fn hash(kept: &Text) -> u64 {
        let hash = hash_head(kept.head.words, kept.head.size);
        kept.long.as_deref().map_or(hash, |long| hash_rest(hash, long))
    }

    fn order(a: &Text, b: &Text) -> Ordering {
        a.with(|a| b.with(|b| a.cmp(b)))
    }

    fn bytes(kept: &Text) -> usize {
        4 + kept.head.size as usize
    }

    fn write(kept: &Text, out: &mut Vec<u8>) {
        out.extend((kept.head.size as u32).to_le_bytes());
        kept.with(|bytes| out.extend_from_slice(bytes));
    }

    fn read(reader: &mut Reader<'_>) -> Result<Text, Error> {
        let size = reader.u32("length of an item")?;
        let at = reader.at();
        let bytes = reader.take("item", size as usize)?;
        match std::str::from_utf8(bytes) {
            Ok(string) => Ok(kept::Lookup::keep(string)),
            Err(error) => {
                let at = at + error.valid_up_to();
                Err(reader.corrupt("item", "UTF-8", format!("not, at offset {at}")))
            }
        }
    }
}

impl kept::Lookup<Text> for str {
    fn hash(&self) -> u64 {
        let head = Head::of(self.as_bytes());
        let hash = hash_head(head.words, head.size);
        if head.is_whole() { hash } else { hash_rest(hash, self.as_bytes()) }
    }

    fn is(&self, kept: &Text) -> bool {
        kept.head.size == self.len() as u64 && kept.with(|bytes| bytes == self.as_bytes())
    }

    fn keep(&self) -> Text {
        let head = Head::of(self.as_bytes());
        Text { head, long: (!head.is_whole()).then(|| self.as_bytes().into()) }
    }
}

// The hashes below choose places in tables and nothing else: no answer depends on them. Of a
// product the high bits depend on all bits below, so tables use the highest bits of a hash.

/// Odd, with bits that look random: 2^64 divided by the golden ratio, and digits of π.
const K: [u64; 3] = [0x9e37_79b9_7f4a_7c15, 0x243f_6a88_85a3_08d3, 0xa409_3822_299f_31d1];

#[inline(always)]
fn fold(hash: u64) -> u64 {
    (hash ^ (hash >> 32)).wrapping_mul(K[2])
}

#[inline(always)]
pub(super) fn hash_int(value: i64) -> u64 {
    fold((value as u64).wrapping_mul(K[0]))
}

/// What tells integers apart in the sieve: half of a hash.
#[inline(always)]
pub(super) fn spread_int(value: i64) -> u64 {
    let value = value as u64;
    (value ^ (value >> 32)).wrapping_mul(K[0])
}

/// The same of short strings, and the beginning of that of a long one.
#[inline(always)]
pub(super) fn spread_head(words: [u64; 2]) -> u64 {
    words[0].wrapping_mul(K[0]).wrapping_add(words[1].wrapping_mul(K[1]))
}

/// The hash of a short string, and the beginning of that of a long one.
#[inline(always)]
pub(super) fn hash_head(words: [u64; 2], size: u64) -> u64 {
    let low = words[0].wrapping_mul(K[0]);
    let high = words[1].wrapping_mul(K[1]).rotate_left(32);
    fold((low ^ high).wrapping_add(size))
}

/// The hash of a long string from that of its head.
#[inline(always)]
pub(super) fn hash_rest(hash: u64, string: &[u8]) -> u64 {
    rest(string).fold(hash, |hash, [low, high]| hash_head([hash.rotate_left(29) ^ low, high], hash))
}

/// Whether two long strings of the same head are the same.
#[inline(always)]
pub(super) fn same_rest(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && rest(a).eq(rest(b))
}

/// All of a long string after its head, 16 bytes at a time; the last 16 may overlap those before,
/// so that no piece has a length of its own.
#[inline(always)]
fn rest(string: &[u8]) -> impl Iterator<Item = [u64; 2]> {
    let middle = string.get(SHORT..).unwrap_or_default().chunks_exact(SHORT);
    middle.chain(string.last_chunk::<SHORT>().map(<[u8; SHORT]>::as_slice)).map(|piece| {
        let mut bytes = [0; SHORT];
        bytes.copy_from_slice(piece);
        split(u128::from_le_bytes(bytes))
    })
}
