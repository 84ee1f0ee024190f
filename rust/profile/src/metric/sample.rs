//! Looking at a few of many values, so that what costs much to find out of each costs little in all.
//!
//! Small columns are looked at value by value. Of large ones a sample is taken: a value has level l
//! with probability 2^-(l+1), and only values of level h and above are looked at; h rises whenever
//! 4,096 have been. What was found is counted by level, so that two samples merge exactly to the one
//! of the higher h ("Distinct sampling", Gibbons 2001, with rows in the place of values).
//!
//! Which values are of level h or above is drawn for 2^h of them at a time: one of each run, so that
//! the others cost nothing. The shares of a sample stratified in this way scatter no more than those
//! of a simple one (Cochran 1977, section 5.6).

use crate::Error;
use crate::random::Draws;
use crate::record::{Form, Record, Value};

/// Values that are looked at before fewer are.
const ROOM: u64 = 4_096;
/// Levels: 2^40 · 4,096 values are more than there will be.
const LEVELS: usize = 40;
/// Of a value that came more often it is drawn how many copies reach which level.
const FEW: u64 = 1 << 10;

/// Counts of what was found in the values that were looked at.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sample {
    /// Values, looked at or not.
    n: u64,
    /// Values below this level are not looked at.
    level: usize,
    /// Values that were looked at, by level.
    looked: [u64; LEVELS],
    /// Their sum.
    held: u64,
    /// `width` counts for each level.
    counts: Vec<u64>,
    width: usize,
    draws: Draws,
    run: Run,
}

/// Values of which one is looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Run {
    /// How many are still to come.
    left: u64,
    /// How many come before the one that is looked at; `None` if that has been.
    before: Option<u64>,
    /// The level at which it was drawn.
    level: usize,
}

impl Sample {
    /// The fields that every sample has; its metric may have more.
    pub(super) const FIELDS: [(&'static str, Form); 4] = [
        ("n", Form::Count),
        ("level", Form::Count),
        ("looked", Form::Counts),
        ("counts", Form::Counts),
    ];

    /// Of no values, of each of which `width` counts are to be found.
    pub(super) fn new(width: usize, seed: u64) -> Self {
        Self {
            n: 0,
            level: 0,
            looked: [0; LEVELS],
            held: 0,
            counts: vec![0; LEVELS * width],
            width,
            draws: Draws::new(seed),
            run: Run::default(),
        }
    }

    /// Values that were looked at.
    #[cfg(test)]
    pub(super) fn looked(&self) -> u64 {
        self.looked[self.level..].iter().sum()
    }

    /// The counts of all values that were looked at.
    #[cfg(test)]
    pub(super) fn counts(&self) -> Vec<u64> {
        let rows = self.counts.chunks(self.width).skip(self.level);
        rows.fold(vec![0; self.width], |mut sums, row| {
            sums.iter_mut().zip(row).for_each(|(sum, count)| *sum += count);
            sums
        })
    }

    /// Looks at some of `count` values: `look` adds to the counts what it finds.
    pub(super) fn see<'a>(
        &mut self,
        count: usize,
        get: impl Fn(usize) -> &'a [u8],
        look: impl Fn(&[u8], &mut [u64]),
    ) {
        self.n += count as u64;
        let (mut at, end) = (0, count as u64);
        while at < end {
            if self.run.left == 0 {
                self.open_run();
            }
            let rest = end - at;
            match self.run.before {
                Some(before) if before < rest => {
                    let value = get((at + before) as usize);
                    (self.run.left, self.run.before) = (self.run.left - before - 1, None);
                    at += before + 1;
                    let level = self.run.level + self.draws.word().trailing_zeros() as usize;
                    self.add(level.min(LEVELS - 1), 1, |counts| look(value, counts));
                }
                before => {
                    let passed = rest.min(self.run.left);
                    self.run.before = before.map(|before| before - passed);
                    self.run.left -= passed;
                    at += passed;
                }
            }
        }
    }

    /// Looks at some copies of a value that came `weight` times.
    pub(super) fn see_copies(
        &mut self,
        value: &[u8],
        weight: u64,
        look: impl Fn(&[u8], &mut [u64]),
    ) {
        if weight <= FEW {
            return self.see(weight as usize, |_| value, look);
        }
        self.n += weight;
        let mut found = vec![0; self.width];
        look(value, &mut found);
        let mut rest = weight;
        for level in 0..LEVELS {
            let higher = if level + 1 == LEVELS { 0 } else { self.draws.heads(rest) };
            let here = rest - higher;
            self.add(level, here, |counts| {
                counts.iter_mut().zip(&found).for_each(|(count, found)| *count += found * here);
            });
            rest = higher;
        }
    }

    fn open_run(&mut self) {
        let left = 1 << self.level;
        let before = Some(self.draws.word() & (left - 1));
        self.run = Run { left, before, level: self.level };
    }

    /// Adds what was found in values of one level, unless that is below those that count.
    fn add(&mut self, level: usize, values: u64, add: impl FnOnce(&mut [u64])) {
        if level >= self.level && values > 0 {
            self.looked[level] += values;
            self.held += values;
            add(&mut self.counts[level * self.width..][..self.width]);
            self.make_room();
        }
    }

    fn make_room(&mut self) {
        while self.level + 1 < LEVELS && self.held > ROOM {
            self.rise();
        }
    }

    fn rise(&mut self) {
        self.held = self.held.saturating_sub(std::mem::take(&mut self.looked[self.level]));
        self.counts[self.level * self.width..][..self.width].fill(0);
        self.level += 1;
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.n = self.n.saturating_add(other.n);
        while self.level < other.level {
            self.rise();
        }
        // Most levels are empty: values of the highest are few.
        let used = other.looked.iter().rposition(|&looked| looked > 0).map_or(0, |last| last + 1);
        let levels = self.level..used.max(self.level);
        let looked = self.looked[levels.clone()].iter_mut().zip(&other.looked[levels.clone()]);
        looked.for_each(|(ours, theirs)| *ours = ours.saturating_add(*theirs));
        self.held = self.looked.iter().fold(0, |sum: u64, &count| sum.saturating_add(count));
        let counts = levels.start * self.width..levels.end * self.width;
        let counts = self.counts[counts.clone()].iter_mut().zip(&other.counts[counts]);
        counts.for_each(|(ours, theirs)| *ours = ours.saturating_add(*theirs));
        self.make_room();
    }

    /// In the order of [`Self::FIELDS`]: of the levels from `level` to the last that came.
    pub(super) fn encode(&self) -> Vec<Value> {
        let used = self.looked.iter().rposition(|&looked| looked > 0);
        let levels = self.level..used.map_or(self.level, |last| last + 1);
        let counts = self.counts[levels.start * self.width..levels.end * self.width].to_vec();
        vec![
            Value::Count(self.n),
            Value::Count(self.level as u64),
            Value::Counts(self.looked[levels].to_vec()),
            Value::Counts(counts),
        ]
    }

    pub(super) fn decode(&mut self, record: &Record<'_>) -> Result<(), Error> {
        self.n = record.count("n");
        let (looked, counts) = (record.counts("looked"), record.counts("counts"));
        let level = usize::try_from(record.count("level")).unwrap_or(usize::MAX);
        if level >= LEVELS || looked.len() > LEVELS - level {
            return Err(record.refuse("looked", format!("{} levels from {level} on", looked.len())));
        }
        if counts.len() != looked.len() * self.width {
            let expected = looked.len() * self.width;
            let reason = format!("{} counts instead of {expected}", counts.len());
            return Err(record.refuse("counts", reason));
        }
        if looked.iter().try_fold(0u64, |sum, &count| sum.checked_add(count)).is_none() {
            return Err(record.refuse("looked", "more values than can be counted"));
        }
        self.level = level;
        self.looked[level..level + looked.len()].copy_from_slice(looked);
        self.held = looked.iter().sum();
        self.counts[level * self.width..][..counts.len()].copy_from_slice(counts);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// One count: values that are "x".
    fn look(value: &[u8], counts: &mut [u64]) {
        counts[0] += u64::from(value == b"x");
    }

    fn of(values: &[&str], cuts: &[usize]) -> Sample {
        let mut made = Sample::new(1, 7);
        let mut from = 0;
        for to in cuts.iter().copied().chain([values.len()]) {
            made.see(to - from, |index| values[from + index].as_bytes(), look);
            from = to;
        }
        made
    }

    proptest! {
        #[test]
        fn few_values_are_all_looked_at(values in prop::collection::vec("[xy]", 0..100)) {
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            let made = of(&values, &[]);
            let x = values.iter().filter(|value| **value == "x").count() as u64;
            prop_assert_eq!((made.looked(), made.counts()), (values.len() as u64, vec![x]));
        }

        #[test]
        fn how_values_are_cut_makes_no_difference(
            cuts in prop::collection::btree_set(0usize..50_000, 0..5),
        ) {
            let values = ["x", "y", "y", "x", "y"].repeat(10_000);
            let cuts: Vec<usize> = cuts.into_iter().collect();
            prop_assert_eq!(of(&values, &cuts), of(&values, &[]));
        }
    }

    #[test]
    fn the_share_of_a_sample_is_that_of_the_whole() {
        let mut made = Sample::new(1, 7);
        let every_third = |index: usize| if index.is_multiple_of(3) { &b"x"[..] } else { b"y" };
        (0..10).for_each(|_| made.see(300_000, every_third, look));
        made.see_copies(b"x", 1_000_000, look);
        let (looked, found) = (made.looked() as f64, made.counts()[0] as f64);
        assert!((ROOM as f64 / 4.0..=ROOM as f64).contains(&looked));
        // Half of 4 million; five standard deviations.
        assert!((found / looked - 0.5).abs() < 5.0 * 0.5 / looked.sqrt(), "{found} of {looked}");
    }

    #[test]
    fn parts_merge_to_the_sample_of_the_higher_level() {
        let many = of(&["x", "y"].repeat(100_000), &[]);
        let mut merged = of(&["x"; 1_000], &[]);
        merged.merge(&many);
        assert_eq!((merged.n, merged.level >= many.level), (201_000, true));
        assert!(merged.looked() <= ROOM);
    }
}
