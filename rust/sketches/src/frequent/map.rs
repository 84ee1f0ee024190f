//! The counters of a sketch: an open-addressing index over dense arrays.
//!
//! Dense arrays make what a sketch does in bulk (select a weight, subtract it from all, drop the
//! rest, write everything) plain loops; the index is rebuilt from the kept hashes.

use super::item::{FrequentItem, kept::Lookup};

/// Fewest slots of an index.
const LEAST_SLOTS: usize = 32;
/// Slots for three members. So few collide that looking up costs one guess of the CPU, not two.
const SLOTS_FOR_THREE: usize = 16;

/// An item and its hash.
#[derive(Debug, Clone)]
struct Member<K> {
    hash: u64,
    item: K,
}

/// Items with positive weights.
#[derive(Debug, Clone)]
pub(super) struct Counters<T: FrequentItem> {
    members: Vec<Member<T::Kept>>,
    weights: Vec<u64>,
    /// Position + 1 of a member, or 0; as long as a power of two, at most 3/16 full.
    slots: Vec<u32>,
}

impl<T: FrequentItem> Counters<T> {
    pub(super) fn new() -> Self {
        Self { members: Vec::new(), weights: Vec::new(), slots: vec![0; LEAST_SLOTS] }
    }

    pub(super) fn len(&self) -> usize {
        self.members.len()
    }

    pub(super) fn weights(&self) -> &[u64] {
        &self.weights
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&T::Kept, u64)> {
        self.members.iter().zip(&self.weights).map(|(member, &weight)| (&member.item, weight))
    }

    /// Hash and item at a position.
    pub(super) fn member(&self, position: usize) -> (u64, &T::Kept) {
        let member = &self.members[position];
        (member.hash, &member.item)
    }

    /// Where a hash begins to look: its highest bits.
    #[inline(always)]
    fn home(&self, hash: u64) -> usize {
        (hash >> (64 - self.slots.len().trailing_zeros())) as usize
    }

    /// The position of the member with this hash that `is` the wanted one.
    #[inline(always)]
    pub(super) fn find(&self, hash: u64, is: impl Fn(&T::Kept) -> bool) -> Option<usize> {
        let mask = self.slots.len() - 1;
        let mut slot = self.home(hash);
        loop {
            let position = (self.slots[slot & mask] as usize).checked_sub(1)?;
            let member = &self.members[position];
            if member.hash == hash && is(&member.item) {
                return Some(position);
            }
            slot += 1;
        }
    }

    /// The weight of an item; 0 if it is not here.
    pub(super) fn get(&self, item: &T::Ref) -> u64 {
        self.find(item.hash(), |kept| item.is(kept)).map_or(0, |at| self.weights[at])
    }

    /// Adds to the weight at a position.
    #[inline(always)]
    pub(super) fn add(&mut self, position: usize, weight: u64) {
        self.weights[position] += weight;
    }

    /// Adds an item that is not here yet.
    #[inline]
    pub(super) fn push(&mut self, hash: u64, item: T::Kept, weight: u64) {
        self.members.push(Member { hash, item });
        self.weights.push(weight);
        if self.len() > self.slots.len() / SLOTS_FOR_THREE * 3 {
            self.index(2 * self.slots.len());
        } else {
            self.point_to(self.len() - 1);
        }
    }

    /// Makes the index anew, with `size` slots.
    fn index(&mut self, size: usize) {
        self.slots.clear();
        self.slots.resize(size, 0);
        (0..self.len()).for_each(|position| self.point_to(position));
    }

    /// Puts a position into the first free slot from the home of its hash on.
    #[inline(always)]
    fn point_to(&mut self, position: usize) {
        let mask = self.slots.len() - 1;
        let mut slot = self.home(self.members[position].hash);
        while self.slots[slot & mask] != 0 {
            slot += 1;
        }
        self.slots[slot & mask] = position as u32 + 1;
    }

    /// Gives back what more counters have needed.
    pub(super) fn fit(&mut self) {
        self.members.shrink_to_fit();
        self.weights.shrink_to_fit();
        let threes = self.len().div_ceil(3);
        let size = (threes * SLOTS_FOR_THREE).next_power_of_two().max(LEAST_SLOTS);
        if size < self.slots.len() {
            self.index(size);
            self.slots.shrink_to_fit();
        }
    }

    /// Takes `amount` from every weight and drops the items that have nothing left.
    pub(super) fn subtract(&mut self, amount: u64) {
        let mut left = 0;
        for position in 0..self.len() {
            let weight = self.weights[position];
            if weight > amount {
                self.weights[left] = weight - amount;
                self.members.swap(left, position);
                left += 1;
            }
        }
        self.members.truncate(left);
        self.weights.truncate(left);
        self.index(self.slots.len());
    }
}

/// Equal as maps: the order of members is an accident.
impl<T: FrequentItem> PartialEq for Counters<T> {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len()
            && (0..self.len()).all(|at| {
                let (hash, item) = self.member(at);
                let found = other.find(hash, |kept| kept == item);
                found.is_some_and(|found| other.weights[found] == self.weights[at])
            })
    }
}
