//! The sketch.

use std::cmp::Reverse;
use std::ops::Range;

use super::block::{Block, MOST};
use super::codec;
use super::fold::{Room, fold_block, fold_one, fold_weighted};
use super::item::{FrequentItem, kept::Lookup};
use super::map::Counters;
use super::merge::sum;
use super::pool::{with_block, with_sieve};
use super::sieve::{LEAST_WINDOW, Sieve, WINDOW};
use super::source::{Feed, Ints, Texts};
use crate::{Error, Estimate, PickedStrings, Sketch, Strings, Update};

/// Smallest and largest map, as powers of two.
pub(super) const LG_LEAST: u8 = 3;
pub(super) const LG_MOST: u8 = 26;
/// The most weight that can be counted: weights are signed in the byte format.
pub(super) const MOST_WEIGHT: u64 = i64::MAX as u64;

/// Which side a list of frequent items may err on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorType {
    /// Every item in the list has a true weight above the threshold; some that have may be missing.
    NoFalsePositives,
    /// Every item whose true weight is above the threshold is in the list; some others may be.
    NoFalseNegatives,
}

/// An item and how often it came.
#[derive(Debug, Clone, PartialEq)]
pub struct Row<T> {
    /// The item.
    pub item: T,
    /// Its weight, always within the bounds (confidence 1).
    pub count: Estimate<u64>,
}

/// Heavy hitters: the items that came most often, each with bounds that always hold.
///
/// `T` is `i64` or `String`. The empty string is an item like any other. See the
/// [module](super) for the error bound, the memory, and how it works.
///
/// Two sketches are equal if they keep the same weights for the same items, and agree in
/// [`total_weight`](Self::total_weight), [`max_error`](Self::max_error) and
/// [`lg_max_map_size`](Self::lg_max_map_size).
///
/// A single string of 4 GiB or more can be counted, but the byte format has no place for its length.
///
/// # More weight than can be counted
///
/// At most 2^63 − 1 in all. What would go past that is an [`Error::Overflow`] where an error can be
/// returned. Single and bulk updates cannot return it and do not need to: from there on they only
/// raise [`max_error`](Self::max_error), by the number of items, so that every bound still holds.
#[derive(Debug, Clone, PartialEq)]
pub struct FrequentItems<T: FrequentItem> {
    pub(super) lg_max_map_size: u8,
    pub(super) total: u64,
    /// What every counter has lost, and at most what any item has lost that is not kept.
    pub(super) offset: u64,
    pub(super) counters: Counters<T>,
}

/// Counters that a map of size 2^`lg` has room for: three in four.
pub(super) fn capacity(lg: u8) -> usize {
    3 << lg >> 2
}

impl<T: FrequentItem> FrequentItems<T> {
    /// An empty sketch of at most 0.75 · 2^`lg_max_map_size` counters.
    ///
    /// `lg_max_map_size` is 3 to 26; 10 keeps 768 items with an error of at most 0.34 % of the
    /// total weight. Memory grows with the number of distinct items, up to that.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] if `lg_max_map_size` is not in 3..=26.
    pub fn new(lg_max_map_size: u8) -> Result<Self, Error> {
        if !(LG_LEAST..=LG_MOST).contains(&lg_max_map_size) {
            let range = format!("{LG_LEAST} to {LG_MOST}");
            return Err(Error::out_of_range("lg_max_map_size", range, lg_max_map_size));
        }
        Ok(Self { lg_max_map_size, total: 0, offset: 0, counters: Counters::new() })
    }

    /// Binary logarithm of the largest size of the map of counters.
    pub fn lg_max_map_size(&self) -> u8 {
        self.lg_max_map_size
    }

    /// How many items are kept.
    pub fn active(&self) -> usize {
        self.counters.len()
    }

    /// The sum of all weights, kept or not.
    pub fn total_weight(&self) -> u64 {
        self.total
    }

    /// No estimate is further off than this, the offset of the byte format; 0 means that every
    /// answer is exact.
    pub fn max_error(&self) -> u64 {
        self.offset
    }

    /// The weight of `item`, with bounds that always hold (confidence 1).
    ///
    /// For a kept item value and upper bound are the most it can have had, and the lower bound the
    /// least; for one that is not kept value and lower bound are 0 and the upper bound is
    /// [`max_error`](Self::max_error).
    pub fn estimate(&self, item: &T::Ref) -> Estimate<u64> {
        self.estimate_of(self.counters.get(item))
    }

    fn estimate_of(&self, weight: u64) -> Estimate<u64> {
        let upper = weight + self.offset;
        let value = if weight > 0 { upper } else { 0 };
        Estimate { value, lower: weight, upper, confidence: 1.0 }
    }

    /// Items with a weight above `threshold`, by falling estimate, then by item.
    ///
    /// With [`NoFalsePositives`](ErrorType::NoFalsePositives) those whose lower bound is above it,
    /// with [`NoFalseNegatives`](ErrorType::NoFalseNegatives) those whose upper bound is. The usual
    /// threshold is [`max_error`](Self::max_error). Below it an item that is not kept may be above
    /// the threshold too, so there `NoFalseNegatives` lists all that are kept and cannot do more.
    pub fn frequent(&self, kind: ErrorType, threshold: u64) -> Vec<Row<T>> {
        let slack = match kind {
            ErrorType::NoFalsePositives => 0,
            ErrorType::NoFalseNegatives => self.offset,
        };
        let wanted = |weight: u64| weight + slack > threshold;
        self.rows(self.counters.iter().filter(|&(_, weight)| wanted(weight)).collect())
    }

    /// The `n` kept items with the largest estimates, or all if fewer are kept; ties by item.
    pub fn top(&self, n: usize) -> Vec<Row<T>> {
        let mut kept: Vec<_> = self.counters.iter().collect();
        if n < kept.len() {
            kept.select_nth_unstable_by(n, order::<T>);
            kept.truncate(n);
        }
        self.rows(kept)
    }

    fn rows(&self, mut kept: Vec<(&T::Kept, u64)>) -> Vec<Row<T>> {
        kept.sort_unstable_by(order::<T>);
        let row = |(item, weight)| Row { item: T::item(item), count: self.estimate_of(weight) };
        kept.into_iter().map(row).collect()
    }

    pub(super) fn capacity(&self) -> usize {
        capacity(self.lg_max_map_size)
    }

    /// The total weight with `weight` added, if that can be counted.
    fn total_with(&self, weight: u64) -> Result<u64, Error> {
        sum(self.total, weight)
    }

    /// Counts an item whose weight has been added to the total.
    pub(super) fn count(&mut self, item: &T::Ref, weight: u64) {
        let hash = item.hash();
        if let Some(found) = self.counters.find(hash, |kept| item.is(kept)) {
            return self.counters.add(found, weight);
        }
        let room = Room::new(self.capacity(), 1);
        self.offset += fold_one(&mut self.counters, room, item, weight);
    }

    /// Counts all values of `source`: windows of nearly unique values by the sieve, all else a block
    /// at a time.
    fn count_all<S: Feed<T>>(&mut self, source: &S) {
        let end = source.len().min((MOST_WEIGHT - self.total) as usize);
        if end < LEAST_WINDOW {
            self.count_range(source, 0..end);
        } else {
            with_sieve(|sieve| self.count_windows(source, end, sieve));
        }
        self.count_no_more((source.len() - end) as u64);
    }

    fn count_windows<S: Feed<T>>(&mut self, source: &S, end: usize, sieve: &mut Sieve) {
        let mut at = 0;
        while at < end {
            let window = at..end.min(at + WINDOW);
            if let Some((left, limit)) = sieve.sift(source, window.clone(), self.capacity()) {
                self.total += (window.len() - left.len()) as u64;
                self.offset += u64::from(limit);
                source.count(self, left);
                at = window.end;
            } else {
                let values = end - at;
                at = with_block(values, |block| self.count_block(source, block, at..end));
            }
        }
    }

    /// Counts the values of `source` in `range` exactly.
    pub(super) fn count_range<S: Feed<T>>(&mut self, source: &S, range: Range<usize>) {
        with_block(range.len(), |block| {
            let mut at = range.start;
            while at < range.end {
                at = self.count_block(source, block, at..range.end);
            }
        });
    }

    /// Counts the values in `range`, or so many of them as fit `block`. Returns where it stopped.
    fn count_block<S: Feed<T>>(
        &mut self,
        source: &S,
        block: &mut Block<S::Key>,
        range: Range<usize>,
    ) -> usize {
        let room = Room::new(self.capacity(), range.len().min(MOST));
        let next = block.fill(source, range.clone());
        self.total += (next - range.start) as u64;
        self.offset += fold_block(&mut self.counters, room, source, block);
        next
    }

    /// Counts the values of `source` as often as `weights` says: as many of each, none of them 0.
    fn count_weighted<S: Feed<T>>(&mut self, source: &S, weights: &[u64]) -> Result<(), Error> {
        let weight = weights.iter().fold(0, |sum: u64, &weight| sum.saturating_add(weight));
        let total = self.total_with(weight)?;
        with_block(source.len(), |block| self.count_blocks(source, weights, block));
        self.total = total;
        Ok(())
    }

    fn count_blocks<S: Feed<T>>(&mut self, source: &S, weights: &[u64], block: &mut Block<S::Key>) {
        for from in (0..source.len()).step_by(MOST) {
            let range = from..source.len().min(from + MOST);
            let next = block.fill(source, range.clone());
            let weights = &weights[range.clone()];
            if next == range.end && block.len() == range.len() {
                let room = Room::new(self.capacity(), range.len());
                let counters = &mut self.counters;
                self.offset += fold_weighted(counters, room, source, block, weights.to_vec());
            } else {
                // Some value is there twice.
                range.zip(weights).for_each(|(at, &weight)| source.count_one(self, at, weight));
            }
        }
    }

    /// What becomes of `items` past the most weight that can be counted.
    fn count_no_more(&mut self, items: u64) {
        self.offset = self.offset.saturating_add(items).min(MOST_WEIGHT);
    }

    fn update_one(&mut self, item: &T::Ref) {
        match self.total_with(1) {
            Ok(total) => {
                self.total = total;
                self.count(item, 1);
            }
            Err(_) => self.count_no_more(1),
        }
    }

    fn update_by(&mut self, item: &T::Ref, weight: u64) -> Result<(), Error> {
        self.total = self.total_with(weight)?;
        if weight > 0 {
            self.count(item, weight);
        }
        Ok(())
    }
}

/// By falling weight, then by item.
pub(super) fn order<T: FrequentItem>(
    a: &(&T::Kept, u64),
    b: &(&T::Kept, u64),
) -> std::cmp::Ordering {
    Reverse(a.1).cmp(&Reverse(b.1)).then_with(|| T::order(a.0, b.0))
}

impl FrequentItems<i64> {
    /// Counts every value: the fast path.
    pub fn update_slice(&mut self, values: &[i64]) {
        self.count_all(&Ints(values));
    }

    /// Counts every value as often as its weight says: fastest where no value is there twice.
    ///
    /// # Errors
    /// [`Error::Mismatch`] if there are not as many weights as values, [`Error::Overflow`] if there
    /// is more weight than can be counted; nothing has been counted then.
    pub fn update_slice_weighted(&mut self, values: &[i64], weights: &[u64]) -> Result<(), Error> {
        let picks = weighed(values.len(), weights)?;
        let values: Vec<i64> = picks.iter().map(|&(at, _)| values[at as usize]).collect();
        let weights: Vec<u64> = picks.iter().map(|&(_, weight)| weight).collect();
        self.count_weighted(&Ints(&values), &weights)
    }
}

impl FrequentItems<String> {
    /// Counts every string: the fast path.
    ///
    /// # Errors
    /// [`Error::Utf8`] if a string is not UTF-8; nothing has been counted then.
    pub fn update_strings<S: Strings>(&mut self, strings: &S) -> Result<(), Error> {
        strings.check_utf8()?;
        self.count_all(&Texts(strings));
        Ok(())
    }

    /// Counts every string as often as its weight says: fastest where no string is there twice.
    ///
    /// # Errors
    /// [`Error::Utf8`] if a string is not UTF-8, [`Error::Mismatch`] if there are not as many weights
    /// as strings, [`Error::Overflow`] if there is more weight than can be counted; nothing has been
    /// counted then.
    pub fn update_strings_weighted<S: Strings>(
        &mut self,
        strings: &S,
        weights: &[u64],
    ) -> Result<(), Error> {
        strings.check_utf8()?;
        let picks = weighed(strings.len(), weights)?;
        let positions: Vec<u32> = picks.iter().map(|&(at, _)| at).collect();
        let weights: Vec<u64> = picks.iter().map(|&(_, weight)| weight).collect();
        self.count_weighted(&Texts(&PickedStrings::of(strings, &positions)), &weights)
    }
}

/// The positions that weigh something, and what they weigh.
fn weighed(values: usize, weights: &[u64]) -> Result<Vec<(u32, u64)>, Error> {
    if values != weights.len() || u32::try_from(values).is_err() {
        let (left, right) = (values.to_string(), weights.len().to_string());
        return Err(Error::Mismatch { what: "the number of weights", left, right });
    }
    let pairs = weights.iter().enumerate().filter(|&(_, &weight)| weight > 0);
    Ok(pairs.map(|(at, &weight)| (at as u32, weight)).collect())
}

impl Update<i64> for FrequentItems<i64> {
    fn update(&mut self, item: &i64) {
        self.update_one(item);
    }

    fn update_weighted(&mut self, item: &i64, weight: u64) -> Result<(), Error> {
        self.update_by(item, weight)
    }
}

impl Update<str> for FrequentItems<String> {
    fn update(&mut self, item: &str) {
        self.update_one(item);
    }

    fn update_weighted(&mut self, item: &str, weight: u64) -> Result<(), Error> {
        self.update_by(item, weight)
    }
}

impl<T: FrequentItem> Sketch for FrequentItems<T> {
    /// Folds `other` in. Its `lg_max_map_size` may differ: that of `self` stays.
    ///
    /// # Errors
    /// [`Error::Overflow`] if the two have more weight than can be counted.
    fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.merge_one(other)
    }

    /// Quicker where there are many, and closer: counters are given up for several at a time.
    fn merge_all(&mut self, others: &[&Self]) -> Result<(), Error> {
        match others {
            [other] => self.merge_one(other),
            _ => self.merge_many(others),
        }
    }

    fn encode(&self) -> Vec<u8> {
        codec::encode(self)
    }

    fn decode(bytes: &[u8]) -> Result<Self, Error> {
        codec::decode(bytes)
    }

    fn byte_bound(&self) -> usize {
        codec::byte_bound(self)
    }

    fn is_empty(&self) -> bool {
        self.total == 0
    }
}
