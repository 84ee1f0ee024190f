//! One sketch takes in another, or many.

use super::fold::{Room, fold_counters, give_up};
use super::item::FrequentItem;
use super::sketch::{FrequentItems, MOST_WEIGHT};
use crate::Error;

impl<T: FrequentItem> FrequentItems<T> {
    pub(super) fn merge_one(&mut self, other: &Self) -> Result<(), Error> {
        self.total = sum(self.total, other.total)?;
        self.fold(other, Room::new(self.capacity(), other.active()));
        Ok(())
    }

    pub(super) fn merge_many(&mut self, others: &[&Self]) -> Result<(), Error> {
        self.total = others.iter().try_fold(self.total, |total, other| sum(total, other.total))?;
        let capacity = self.capacity();
        others.iter().for_each(|other| self.fold(other, Room::of_many(capacity)));
        let taken = give_up(&mut self.counters, capacity);
        self.offset = (self.offset + taken).min(MOST_WEIGHT);
        Ok(())
    }

    fn fold(&mut self, other: &Self, room: Room) {
        let taken = fold_counters(&mut self.counters, room, &other.counters);
        self.offset = (self.offset + other.offset + taken).min(MOST_WEIGHT);
    }
}

/// The sum of two weights, if it can be counted.
pub(super) fn sum(total: u64, weight: u64) -> Result<u64, Error> {
    let sum = total.checked_add(weight).filter(|&sum| sum <= MOST_WEIGHT);
    sum.ok_or(Error::Overflow { total, weight, most: MOST_WEIGHT })
}
