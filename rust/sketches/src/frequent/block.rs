//! Exact counts of a block of values, in a small table that stays in cache.
//!
//! A block takes values until it holds `most` distinct ones, and then tells each once: where it
//! came first, and how often it came. The table is made for streams in which no branch can be
//! predicted (is this value new?): every value is written to the next free entry first, and the
//! entry that it belongs to is then selected, not branched to. The only branch taken by chance is
//! the collision of two values, and with eight slots an entry these are few.

use std::hint::select_unpredictable;
use std::ops::Range;

use super::pool::Pooled;
use crate::cpu::{Kernel, dispatch};
use crate::strings::LANES;

/// Most distinct values of a block: entries (of strings 32 bytes) and slots take 192 KB, which fits
/// the smallest L2 caches in use. A block twice as large is no faster, and one half as large folds
/// twice as often.
pub(crate) const MOST: usize = 4096 - LANES;
/// Most values of a block, so that counts and positions fit 32 bits.
const MOST_VALUES: usize = 1 << 24;

/// What identifies a value, or nearly so.
pub(crate) trait Key: Pooled {
    fn agrees(&self, other: &Self) -> bool;
    /// Whether it is all that there is of its value.
    fn is_whole(&self) -> bool;
}

/// 64 values and their hashes, in a form that vectorises.
pub(crate) trait Lanes: Default {
    type Key: Key;

    fn key(&self, lane: usize) -> Self::Key;
    fn hash(&self, lane: usize) -> u64;
}

/// Values read by position, compared by a small key.
pub(crate) trait Source {
    type Key: Key;
    type Lanes: Lanes<Key = Self::Key>;

    fn len(&self) -> usize;
    /// Reads the values from `start` on: 64, or as many as there are. Returns their number.
    fn read(&self, start: usize, lanes: &mut Self::Lanes) -> usize;
    /// Whether the values at two positions are the same, given that their keys agree.
    fn same(&self, a: usize, b: usize) -> bool;
}

/// A distinct value of a block.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Entry<K> {
    key: K,
    /// The number of occurrences above 32 bits of the first position, from the start of the block:
    /// in one word, for a part of a word that was just written is slow to read.
    tally: u64,
}

/// While at most one in so many values is new, it pays to guess that the next one is not.
const FEW_NEW: usize = 64;

/// One occurrence in a tally.
const ONCE: u64 = 1 << 32;

impl<K> Entry<K> {
    #[inline(always)]
    fn first(&self) -> usize {
        self.tally as u32 as usize
    }

    fn count(&self) -> u64 {
        self.tally / ONCE
    }
}

/// Distinct values and their counts.
#[derive(Debug, Clone)]
pub(crate) struct Block<K> {
    /// Position + 1 of an entry, or 0; as long as a power of two, at most an eighth full.
    slots: Vec<u16>,
    /// The first `used` are in use; some may be left from before, and have not come again.
    entries: Vec<Entry<K>>,
    used: usize,
    /// The entries of the values that came, in the order in which they did: the first `seen`.
    order: Vec<u16>,
    seen: usize,
    /// Position of the first value of the block in its source.
    start: usize,
}

impl<K: Key> Block<K> {
    /// A block for a source of `values` values.
    pub(crate) fn new(values: usize) -> Self {
        let entries = entries_for(values);
        Self {
            slots: vec![0; 8 * entries],
            entries: vec![Entry::default(); entries],
            used: 0,
            order: vec![0; entries],
            seen: 0,
            start: 0,
        }
    }

    /// Goes on as a block for a source of `values` values: fewer slots are quicker to clear.
    pub(crate) fn fit(&mut self, values: usize) {
        let entries = entries_for(values);
        self.slots.resize(8 * entries, 0);
        if self.entries.len() < entries {
            self.entries.resize(entries, Entry::default());
            self.order.resize(entries, 0);
        }
    }

    /// How many entries there may be before a look at more values.
    fn room(&self) -> usize {
        self.slots.len() / 8 - LANES
    }

    /// How many distinct values there are.
    pub(crate) fn len(&self) -> usize {
        self.seen
    }

    /// Counts the values of `source` at the positions `range`, or so many of them until the block is
    /// full, and forgets what it counted before. Returns where it stopped.
    pub(crate) fn fill<S: Source<Key = K>>(&mut self, source: &S, range: Range<usize>) -> usize {
        self.clear();
        self.start = range.start;
        self.fill_on(source, range)
    }

    /// Forgets all entries.
    pub(crate) fn clear(&mut self) {
        self.slots.fill(0);
        (self.used, self.seen) = (0, 0);
    }

    /// The same, but values that it knows are quicker to find again: to be used where the next block of
    /// a stream is like the last one. Nothing else changes, unless there are more than `most` distinct
    /// values, of which there may be too many then.
    pub(crate) fn refill<S: Source<Key = K>>(
        &mut self,
        source: &S,
        range: Range<usize>,
        most: usize,
    ) -> usize {
        let room = self.room();
        if self.used + most > room || !self.used().iter().all(|entry| entry.key.is_whole()) {
            return self.fill(source, range);
        }
        let used = self.used;
        self.entries[..used].iter_mut().for_each(|entry| entry.tally = 0);
        (self.seen, self.start) = (0, range.start);
        self.fill_on(source, range)
    }

    /// The same without forgetting: `range` begins where it stopped.
    pub(crate) fn fill_on<S: Source<Key = K>>(&mut self, source: &S, range: Range<usize>) -> usize {
        let end = range.end.min(self.start + MOST_VALUES);
        dispatch(Fill { block: self, source, from: range.start, end })
    }

    /// The distinct values as their first position in the source and their count, in the order of
    /// first occurrence.
    pub(crate) fn counts(&self) -> impl Iterator<Item = (usize, u64)> {
        let came = self.order[..self.seen].iter();
        let entries = came.map(|&position| &self.entries[usize::from(position)]);
        entries.map(|entry| (self.start + entry.first(), entry.count()))
    }

    fn used(&self) -> &[Entry<K>] {
        &self.entries[..self.used]
    }

    /// The key of a distinct value, and its first position in the source.
    pub(crate) fn entry(&self, position: usize) -> (&K, usize) {
        let entry = &self.entries[position];
        (&entry.key, self.start + entry.first())
    }

    /// The position of the distinct value with this hash that `is` the wanted one.
    #[inline(always)]
    pub(crate) fn find(&self, hash: u64, is: impl Fn(&K, usize) -> bool) -> Option<usize> {
        let mask = self.slots.len() - 1;
        let mut slot = home(hash, mask);
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

/// Entries for so many values, and those that may come at once before their number is looked at.
fn entries_for(values: usize) -> usize {
    (values.min(MOST) + LANES).next_power_of_two()
}

/// Where a hash begins to look: its highest bits.
#[inline(always)]
fn home(hash: u64, mask: usize) -> usize {
    (hash >> mask.leading_zeros()) as usize
}

/// Counts the values of a block from `from` on.
struct Fill<'a, S: Source> {
    block: &'a mut Block<S::Key>,
    source: &'a S,
    from: usize,
    end: usize,
}

impl<S: Source> Kernel for Fill<'_, S> {
    type Output = usize;

    #[inline(always)]
    fn run(self) -> usize {
        let Self { block, source, from, end } = self;
        let (start, room) = (block.start, block.room());
        let mut table = Table {
            slots: &mut block.slots,
            entries: &mut block.entries,
            used: block.used,
            order: &mut block.order,
            seen: block.seen,
        };
        let mut lanes = S::Lanes::default();
        let mut at = from;
        let mut steady = false;
        while at < end && table.used < room {
            let count = source.read(at, &mut lanes).min(end - at);
            let before = table.used;
            // Looked up ahead of being compared, so that no look waits for another.
            let mut held = [0; LANES];
            if steady {
                held = std::array::from_fn(|lane| table.held(lanes.hash(lane)));
            }
            for lane in 0..count {
                let (hash, key) = (lanes.hash(lane), lanes.key(lane));
                let new = Entry { key, tally: (at + lane - start) as u64 };
                if !table.repeats(held[lane], &new) {
                    table.count(source, start, hash, new);
                }
            }
            steady = table.used - before <= LANES / FEW_NEW;
            at += count;
        }
        (block.used, block.seen) = (table.used, table.seen);
        at
    }
}

/// The parts of a block, where the compiler can see that they do not overlap.
struct Table<'a, K> {
    // As many of each as a power of two: a masked position needs no other check.
    slots: &'a mut [u16],
    entries: &'a mut [Entry<K>],
    used: usize,
    order: &'a mut [u16],
    seen: usize,
}

impl<K: Key> Table<'_, K> {
    /// Counts the value of the entry at `position` once; `new` says where it is, if it had not come
    /// before.
    #[inline(always)]
    fn add(&mut self, position: usize, new: &Entry<K>) {
        let mask = self.entries.len() - 1;
        let entry = &mut self.entries[position & mask];
        let first = entry.tally < ONCE;
        entry.tally = select_unpredictable(first, new.tally, entry.tally) + ONCE;
        self.order[self.seen & mask] = position as u16;
        self.seen += usize::from(first);
    }

    /// What is in the first slot that a value with this hash could be in.
    #[inline(always)]
    fn held(&self, hash: u64) -> u16 {
        let mask = self.slots.len() - 1;
        self.slots[home(hash, mask) & mask]
    }

    /// Counts a value if it is the one that its first slot was found to hold; false if it is not, or if
    /// that is not quickly told.
    #[inline(always)]
    fn repeats(&mut self, held: u16, new: &Entry<K>) -> bool {
        let mask = self.entries.len() - 1;
        let position = usize::from(held).wrapping_sub(1) & mask;
        let key = &self.entries[position].key;
        let repeats = (held > 0) & key.agrees(&new.key) & new.key.is_whole();
        if repeats {
            self.add(position, new);
        }
        repeats
    }

    /// Counts a value once; `new` is the entry it gets if it is the first of its kind.
    #[inline(always)]
    fn count<S>(&mut self, source: &S, start: usize, hash: u64, new: Entry<K>)
    where
        S: Source<Key = K>,
    {
        let (entry_mask, slot_mask) = (self.entries.len() - 1, self.slots.len() - 1);
        let mut slot = home(hash, slot_mask);
        let next = self.used;
        self.entries[next & entry_mask] = new;
        loop {
            let held = self.slots[slot & slot_mask] as usize;
            let fresh = held == 0;
            let position = select_unpredictable(fresh, next, held.wrapping_sub(1));
            let entry = &self.entries[position & entry_mask];
            // Nobody can guess `fresh`: ask it only of values that are worth it.
            if entry.key.agrees(&new.key)
                && (new.key.is_whole()
                    || fresh
                    || source.same(start + entry.first(), start + new.first()))
            {
                self.add(position, &new);
                self.slots[slot & slot_mask] = position as u16 + 1;
                self.used += usize::from(fresh);
                return;
            }
            slot += 1;
        }
    }
}
