//! Items by weight: level i holds items that stand for 2^i values each, in ascending order.

use super::item::Key;
use crate::random::Coin;

/// The smallest capacity of a level, as in every `DataSketches` library.
pub(super) const LEAST_CAPACITY: u32 = 8;

/// Most levels there can be: 2^60 values are more than anyone will see.
pub(super) const MOST_LEVELS: usize = 61;

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Levels<K> {
    k: u16,
    /// Those of each level; there is one at least.
    items: Vec<Vec<K>>,
    /// Items that so many levels can hold together.
    capacity: usize,
    /// An allocation to be used again.
    scratch: Scratch<K>,
}

/// Not part of what a sketch is.
#[derive(Debug, Clone)]
struct Scratch<K>(Vec<K>);

impl<K> PartialEq for Scratch<K> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl<K: Key> Levels<K> {
    pub(super) fn new(k: u16) -> Self {
        let capacity = total_capacity(k, 1) as usize;
        Self { k, items: vec![Vec::new()], capacity, scratch: Scratch(Vec::new()) }
    }

    pub(super) fn count(&self) -> usize {
        self.items.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &[K]> {
        self.items.iter().map(Vec::as_slice)
    }

    pub(super) fn retained(&self) -> usize {
        self.items.iter().map(Vec::len).sum()
    }

    /// Makes room for `level` and those below.
    pub(super) fn reach(&mut self, level: usize) {
        if level >= self.items.len() {
            self.items.resize_with(level + 1, Vec::new);
            self.capacity = total_capacity(self.k, self.items.len()) as usize;
        }
    }

    /// Merges items that ascend into `level`.
    pub(super) fn merge(&mut self, level: usize, items: impl Iterator<Item = K>) {
        self.reach(level);
        K::merge_into(&mut self.items[level], items, &mut self.scratch.0);
    }

    /// Inserts one item.
    pub(super) fn insert(&mut self, level: usize, item: K) {
        self.reach(level);
        let items = &mut self.items[level];
        items.insert(items.partition_point(|other| *other <= item), item);
    }

    /// Halves levels, lowest first, until all items fit the capacity.
    pub(super) fn compress(&mut self, coin: &mut Coin, digest: impl Fn(&K) -> u64) {
        while self.retained() > self.capacity {
            let over = |level: &usize| {
                self.items[*level].len() >= capacity(self.k, self.items.len(), *level) as usize
            };
            let Some(level) = (0..self.items.len()).find(over) else { return };
            self.halve(level, coin, &digest);
        }
    }

    /// Halves levels, lowest first, until at most `most` items are left.
    pub(super) fn trim(&mut self, most: usize, coin: &mut Coin, digest: impl Fn(&K) -> u64) {
        while self.retained() > most {
            let Some(level) = self.items.iter().position(|items| items.len() > 1) else { return };
            self.halve(level, coin, &digest);
        }
    }

    /// Moves every other item of `level` up, and drops the rest; an odd one stays.
    fn halve(&mut self, level: usize, coin: &mut Coin, digest: impl Fn(&K) -> u64) {
        self.reach(level + 1);
        let (lower, upper) = self.items.split_at_mut(level + 1);
        let items = &mut lower[level];
        let odd = items.len() % 2;
        if let Some(item) = items.get(odd) {
            coin.absorb(digest(item));
        }
        let offset = (coin.bits() & 1) as usize;
        let chosen = items.drain(odd..).skip(offset).step_by(2);
        K::merge_into(&mut upper[0], chosen, &mut self.scratch.0);
    }
}

/// The levels whose items stand for `weight` values, one of each.
pub(super) fn powers(weight: u64) -> impl Iterator<Item = usize> {
    (0..u64::BITS as usize).filter(move |level| weight >> level & 1 == 1)
}

/// Items that `level` of `count` levels should hold: k·(2/3)^depth below the top, rounded as the
/// other libraries do.
pub(super) fn capacity(k: u16, count: usize, level: usize) -> u32 {
    let depth = count - 1 - level;
    // Above a depth of 30 the power is split so that it fits, which rounds twice.
    let scaled = |k: u64, depth: u32| (((2 * k) << depth) / 3u64.pow(depth)).div_ceil(2);
    let size = if depth <= 30 {
        scaled(u64::from(k), depth as u32)
    } else {
        let half = depth as u32 / 2;
        scaled(scaled(u64::from(k), half), depth as u32 - half)
    };
    (size as u32).max(LEAST_CAPACITY)
}

/// Items that `count` levels can hold together.
pub(super) fn total_capacity(k: u16, count: usize) -> u32 {
    (0..count).map(|level| capacity(k, count, level)).sum()
}
