//! Exact counts of a block of values, in a small table that stays in cache.
//!
//! A block takes values until it holds `most` distinct ones, and then tells each once: where it
//! came first, and how often it came. The table is made for streams in which no branch can be
//! predicted (is this value new?): every value is written to the next free entry first, and the
//! entry that it belongs to is then selected, not branched to. The only branch taken by chance is
//! the collision of two values, and with four slots an entry these are few.

use std::hint::select_unpredictable;
use std::ops::Range;

use crate::cpu::{Kernel, dispatch};

/// Most distinct values of a block: entries of 32 bytes that fill half of a common L2 cache.
pub(crate) const MOST: usize = 8192;
/// Most values of a block, so that counts and positions fit 32 bits.
const MOST_VALUES: usize = 1 << 24;
/// Values that are read together.
pub(crate) const LANES: usize = 64;

/// Values read by position, compared by a small key.
pub(crate) trait Source {
    /// What identifies a value, or nearly so: see [`Source::same`].
    type Key: Copy + Default;
    /// 64 values and their hashes, in a form that vectorises.
    type Lanes: Default;

    fn len(&self) -> usize;
    /// Reads the values from `start` on: 64, or as many as there are. Returns their number.
    fn read(&self, start: usize, lanes: &mut Self::Lanes) -> usize;
    fn key(lanes: &Self::Lanes, lane: usize) -> Self::Key;
    fn hash(lanes: &Self::Lanes, lane: usize) -> u64;
    fn agree(a: &Self::Key, b: &Self::Key) -> bool;
    /// Whether the values at two positions are the same, given that they share `key`.
    fn same(&self, key: &Self::Key, a: usize, b: usize) -> bool;
}

/// A distinct value of a block.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Entry<K> {
    pub(crate) key: K,
    /// Position of the first occurrence, from the start of the block.
    first: u32,
    /// Number of occurrences.
    count: u32,
}

/// Distinct values and their counts.
#[derive(Debug, Clone)]
pub(crate) struct Block<K> {
    /// Position + 1 of an entry, or 0; as long as a power of two, at most a quarter full.
    slots: Vec<u16>,
    /// The first `used` are in use.
    entries: Vec<Entry<K>>,
    used: usize,
    /// Position of the first value of the block in its source.
    start: usize,
}

impl<K: Copy + Default> Block<K> {
    /// A block for a source of `values` values.
    pub(crate) fn new(values: usize) -> Self {
        let most = values.min(MOST);
        let slots = (4 * most).next_power_of_two().max(4);
        let entries = vec![Entry::default(); most + LANES];
        Self { slots: vec![0; slots], entries, used: 0, start: 0 }
    }

    /// How many distinct values there are.
    pub(crate) fn len(&self) -> usize {
        self.used
    }

    /// Counts the values of `source` at the positions `range`, or so many of them until the block is
    /// full, and forgets what it counted before. Returns where it stopped.
    pub(crate) fn fill<S: Source<Key = K>>(&mut self, source: &S, range: Range<usize>) -> usize {
        self.slots.fill(0);
        (self.used, self.start) = (0, range.start);
        dispatch(Fill { block: self, source, end: range.end.min(range.start + MOST_VALUES) })
    }

    /// The distinct values as their first position in the source and their count, in the order of
    /// first occurrence.
    pub(crate) fn counts(&self) -> impl Iterator<Item = (usize, u64)> {
        self.used().iter().map(|entry| (self.start + entry.first as usize, entry.count.into()))
    }

    fn used(&self) -> &[Entry<K>] {
        &self.entries[..self.used]
    }

    /// The key of a distinct value, and its first position in the source.
    pub(crate) fn entry(&self, position: usize) -> (&K, usize) {
        let entry = &self.entries[position];
        (&entry.key, self.start + entry.first as usize)
    }

    /// The position of the distinct value with this hash that `is` the wanted one.
    #[inline(always)]
    pub(crate) fn find(&self, hash: u64, is: impl Fn(&K, usize) -> bool) -> Option<usize> {
        let mask = self.slots.len() - 1;
        let mut slot = home(hash, self.slots.len());
        loop {
            let position = (self.slots[slot & mask] as usize).checked_sub(1)?;
            let (key, first) = self.entry(position);
            if is(key, first) {
                return Some(position);
            }
            slot += 1;
        }
    }
}

/// Where a hash begins to look: its highest bits.
#[inline(always)]
fn home(hash: u64, slots: usize) -> usize {
    (hash >> (64 - slots.trailing_zeros())) as usize
}

/// Counts what comes after the start of a block.
struct Fill<'a, S: Source> {
    block: &'a mut Block<S::Key>,
    source: &'a S,
    end: usize,
}

impl<S: Source> Kernel for Fill<'_, S> {
    type Output = usize;

    #[inline(always)]
    fn run(self) -> usize {
        let Self { block, source, end } = self;
        let room = block.entries.len() - LANES;
        let mut lanes = S::Lanes::default();
        let mut at = block.start;
        while at < end && block.used < room {
            let count = source.read(at, &mut lanes).min(end - at);
            for lane in 0..count {
                count_one(block, source, &lanes, lane, at + lane);
            }
            at += count;
        }
        at
    }
}

#[inline(always)]
fn count_one<S: Source>(
    block: &mut Block<S::Key>,
    source: &S,
    lanes: &S::Lanes,
    lane: usize,
    at: usize,
) {
    let (entries, slots) = (block.entries.as_mut_slice(), block.slots.as_mut_slice());
    let mask = slots.len() - 1;
    let key = S::key(lanes, lane);
    let next = block.used;
    entries[next] = Entry { key, first: (at - block.start) as u32, count: 0 };
    let mut slot = home(S::hash(lanes, lane), slots.len());
    loop {
        let held = slots[slot & mask] as usize;
        let fresh = held == 0;
        let position = select_unpredictable(fresh, next, held.wrapping_sub(1));
        let entry = &mut entries[position];
        let same = |entry: &Entry<S::Key>| {
            fresh || source.same(&key, block.start + entry.first as usize, at)
        };
        if S::agree(&entry.key, &key) && same(entry) {
            entry.count += 1;
            slots[slot & mask] = position as u16 + 1;
            block.used += usize::from(fresh);
            return;
        }
        slot += 1;
    }
}
