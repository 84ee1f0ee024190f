//! Folding counts into a sketch's counters, and the one rule by which counters are given up.
//!
//! What comes in (a block's distinct values, or the counters of another sketch) is first added to
//! the counters of the items that are already here. If more than the capacity k would remain, the
//! weight of the (r + 1)-th largest is taken from every counter, old and new, and those with
//! nothing left are gone (Agarwal et al. 2013). No item that is gone is ever copied.
//!
//! The error of an estimate, the offset, is the sum of the amounts taken. Each taking of `c` takes
//! `c` from at least r + 1 counters and never leaves one below 0, so it takes at least (r + 1) · c
//! of the weight that the counters hold. They never hold more than N in all, so
//! **offset · (r + 1) ≤ N**.
//!
//! The rank r is k where enough comes in to pay for a look at k counters; else it is k / 2 (the
//! median of k + 1 counters), which makes room for the next k / 2 items. Where many sketches come at
//! once, up to 4·k counters may remain until the last has come, and r is k. See [`Room`].

use std::mem::take;

use super::block::Block;
use super::item::{FrequentItem, kept::Lookup};
use super::map::Counters;
use super::source::Feed;
use crate::cpu::{Kernel, dispatch};

/// How many times k counters there may be while many sketches come in.
const MANY: usize = 4;

/// How many counters may remain, and how many remain once some are given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Room {
    capacity: usize,
    rank: usize,
}

impl Room {
    /// Room for `capacity` counters, where `incoming` items or more come in at a time.
    pub(super) fn new(capacity: usize, incoming: usize) -> Self {
        let rank = if incoming >= capacity / 2 { capacity } else { capacity / 2 };
        Self { capacity, rank }
    }

    /// Room for more than `capacity` counters while many sketches come in: nothing is given up for each
    /// of them, and nothing at all that comes again in the next. [`give_up`] ends it.
    pub(super) fn of_many(capacity: usize) -> Self {
        Self { capacity: MANY * capacity, rank: capacity }
    }
}

/// Takes from all counters what leaves at most `capacity` of them. Returns the amount.
pub(super) fn give_up<T: FrequentItem>(counters: &mut Counters<T>, capacity: usize) -> u64 {
    let amount = nth_largest([counters.weights(), &[]], capacity);
    if amount > 0 {
        counters.subtract(amount);
    }
    counters.fit();
    amount
}

/// Adds the counts of `block`, which was filled from `source`. Returns the amount taken from all
/// counters.
pub(super) fn fold_block<T: FrequentItem, S: Feed<T>>(
    counters: &mut Counters<T>,
    room: Room,
    source: &S,
    block: &Block<S::Key>,
) -> u64 {
    let counts = block.counts().map(|(_, count)| count).collect();
    fold_weighted(counters, room, source, block, counts)
}

/// Adds `counts` of the distinct values of `block`, in their order. Returns the amount taken from all
/// counters.
pub(super) fn fold_weighted<T: FrequentItem, S: Feed<T>>(
    counters: &mut Counters<T>,
    room: Room,
    source: &S,
    block: &Block<S::Key>,
    mut counts: Vec<u64>,
) -> u64 {
    if counters.len() < block.len() {
        for position in 0..counters.len() {
            let (hash, item) = counters.member(position);
            if let Some(found) = block.find(hash, |key, index| source.is(key, index, item)) {
                counters.add(position, take(&mut counts[found]));
            }
        }
    } else {
        for (position, count) in counts.iter_mut().enumerate() {
            let (key, index) = block.entry(position);
            let hash = source.hash_of(key, index);
            if let Some(found) = counters.find(hash, |item| source.is(key, index, item)) {
                counters.add(found, take(count));
            }
        }
    }
    settle(counters, room, &counts, |position| {
        let (key, index) = block.entry(position);
        (source.hash_of(key, index), source.keep(key, index))
    })
}

/// Adds the counters of `other`. Returns the amount taken from all counters.
pub(super) fn fold_counters<T: FrequentItem>(
    counters: &mut Counters<T>,
    room: Room,
    other: &Counters<T>,
) -> u64 {
    let mut weights = other.weights().to_vec();
    for (position, weight) in weights.iter_mut().enumerate() {
        let (hash, item) = other.member(position);
        if let Some(found) = counters.find(hash, |kept| kept == item) {
            counters.add(found, take(weight));
        }
    }
    settle(counters, room, &weights, |position| {
        let (hash, item) = other.member(position);
        (hash, item.clone())
    })
}

/// Adds one item that is not among the counters. Returns the amount taken from all counters.
pub(super) fn fold_one<T: FrequentItem>(
    counters: &mut Counters<T>,
    room: Room,
    item: &T::Ref,
    weight: u64,
) -> u64 {
    settle(counters, room, &[weight], |_| (item.hash(), item.keep()))
}

/// Adds items that are not among the counters: those of positive weight in `incoming`, which
/// `member` gives with their hashes. Returns the amount taken from all counters.
fn settle<T: FrequentItem>(
    counters: &mut Counters<T>,
    room: Room,
    incoming: &[u64],
    member: impl Fn(usize) -> (u64, T::Kept),
) -> u64 {
    let fresh = incoming.iter().filter(|&&weight| weight > 0).count();
    let over = counters.len() + fresh > room.capacity;
    let amount = if over { nth_largest([counters.weights(), incoming], room.rank) } else { 0 };
    if amount > 0 {
        counters.subtract(amount);
    }
    for (position, &weight) in incoming.iter().enumerate() {
        if weight > amount {
            let (hash, item) = member(position);
            counters.push(hash, item, weight - amount);
        }
    }
    amount
}

/// The weight that `rank` others are not below, of two lists together; 0 where there are fewer.
fn nth_largest(weights: [&[u64]; 2], rank: usize) -> u64 {
    let above = |limit| weights.iter().map(|&weights| count_above(weights, limit)).sum::<usize>();
    // Most of what a block brings came once: no need to select among those.
    let several = above(1);
    if several <= rank {
        return u64::from(above(0) > rank);
    }
    let mut rest: Vec<u64> = Vec::with_capacity(several);
    weights.iter().for_each(|weights| rest.extend(weights.iter().filter(|&&weight| weight > 1)));
    *rest.select_nth_unstable_by(rank, |a, b| b.cmp(a)).1
}

/// How many weights are above `limit`.
fn count_above(weights: &[u64], limit: u64) -> usize {
    dispatch(CountAbove { weights, limit })
}

struct CountAbove<'a> {
    weights: &'a [u64],
    limit: u64,
}

impl Kernel for CountAbove<'_> {
    type Output = usize;

    #[inline(always)]
    fn run(self) -> usize {
        self.weights.iter().filter(|&&weight| weight > self.limit).count()
    }
}
