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
//!
//! First it is drawn which values are looked at, and then those of each level are, many at a time.

mod picks;

use drypoint_sketches::{PickedStrings, StringSlices, Strings};

use self::picks::{PIECE, Picks};
use crate::Error;
use crate::random::Draws;
use crate::record::{Form, Record, Value};

/// Values that are looked at before fewer are.
const ROOM: u64 = 4_096;
/// Levels: 2^40 · 4,096 values are more than there will be.
const LEVELS: usize = 40;
/// What is found in values.
pub(super) trait Look {
    /// Adds what `strings` hold to `counts`.
    fn look<S: Strings>(&self, strings: &S, counts: &mut [u64]);
}

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
    /// `width` counts for each level, from `level` to the last that came.
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

impl Run {
    /// Passes values of which none is looked at.
    fn pass(&mut self, values: u64) {
        self.before = self.before.map(|before| before - values);
        self.left -= values;
    }
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
            counts: Vec::new(),
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
        let rows = self.counts.chunks(self.width);
        rows.fold(vec![0; self.width], |mut sums, row| {
            sums.iter_mut().zip(row).for_each(|(sum, count)| *sum += count);
            sums
        })
    }

    /// Looks at some of `strings`.
    pub(super) fn see<S: Strings>(&mut self, strings: &S, look: &impl Look) -> Result<(), Error> {
        let mut picks = Picks::new();
        for from in (0..strings.len()).step_by(PIECE) {
            let count = (strings.len() - from).min(PIECE) as u64;
            self.draw(count, |position, level| picks.push(from + position as usize, level));
            if picks.is_full() {
                self.look_at(strings, &mut picks, look)?;
            }
        }
        self.look_at(strings, &mut picks, look)
    }

    /// Looks at some copies of strings, each of which came as often as its weight says.
    pub(super) fn see_weighted<S: Strings>(
        &mut self,
        strings: &S,
        weights: &[u64],
        look: &impl Look,
    ) -> Result<(), Error> {
        let mut picks = Picks::new();
        // Copies that are passed, and how many more may be.
        let (mut passed, mut quiet) = (0, self.quiet());
        for (index, &weight) in weights.iter().enumerate() {
            if weight <= quiet.min(PIECE as u64) {
                passed += weight;
                quiet -= weight;
                continue;
            }
            self.pass(std::mem::take(&mut passed));
            if weight > PIECE as u64 {
                self.see_copies(strings.get(index), weight, look);
            } else {
                self.draw(weight, |_, level| picks.push(index, level));
            }
            if picks.is_full() {
                self.look_at(strings, &mut picks, look)?;
            }
            quiet = self.quiet();
        }
        self.pass(passed);
        self.look_at(strings, &mut picks, look)
    }

    /// Looks at one value that came `weight` times.
    pub(super) fn see_one(
        &mut self,
        value: &[u8],
        weight: u64,
        look: &impl Look,
    ) -> Result<(), Error> {
        self.see_weighted(&StringSlices(&[value]), &[weight], look)
    }

    /// Of a value that came very often it is drawn how many copies reach which level.
    fn see_copies(&mut self, value: &[u8], weight: u64, look: &impl Look) {
        self.n += weight;
        let mut found = vec![0; self.width];
        look.look(&StringSlices(&[value]), &mut found);
        let mut rest = weight;
        for level in 0..LEVELS {
            let higher = if level + 1 == LEVELS { 0 } else { self.draws.heads(rest) };
            let here = rest - higher;
            if level >= self.level && here > 0 {
                let counts = self.counts_of(level).iter_mut();
                counts.zip(&found).for_each(|(count, found)| *count += found * here);
                self.hold(level, here);
            }
            rest = higher;
        }
    }

    /// Draws which of `count` values are looked at, and at which level: calls `pick` with their positions.
    /// A level that counts now may not when all are drawn.
    #[inline]
    fn draw(&mut self, count: u64, mut pick: impl FnMut(u64, usize)) {
        self.n += count;
        let mut at = 0;
        while at < count {
            let rest = count - at;
            if self.run.left == 0 {
                if rest >> self.level > 0 {
                    at += self.draw_runs(rest, |position, level| pick(at + position, level));
                    continue;
                }
                self.open_run();
            }
            match self.run.before {
                Some(before) if before < rest => {
                    (self.run.left, self.run.before) = (self.run.left - before - 1, None);
                    let level = self.draw_level(self.run.level);
                    if level >= self.level {
                        pick(at + before, level);
                        self.hold(level, 1);
                    }
                    at += before + 1;
                }
                _ => {
                    let passed = rest.min(self.run.left);
                    self.run.pass(passed);
                    at += passed;
                }
            }
        }
    }

    /// How many values pass before one is looked at or a run is opened.
    fn quiet(&self) -> u64 {
        self.run.before.unwrap_or(self.run.left)
    }

    /// Passes so many values.
    fn pass(&mut self, values: u64) {
        self.n += values;
        self.run.pass(values);
    }

    /// Draws of the whole runs among `count` values, as long as none is below those that count; returns
    /// of how many values.
    fn draw_runs(&mut self, count: u64, mut pick: impl FnMut(u64, usize)) -> u64 {
        let from = self.level;
        let runs = (count >> from).min((ROOM + 1).saturating_sub(self.held).max(1));
        for run in 0..runs {
            let level = if from == 0 {
                self.draws.skip();
                let level = self.draw_level(0);
                pick(run, level);
                level
            } else {
                let before = self.draws.word() & ((1 << from) - 1);
                let level = self.draw_level(from);
                pick((run << from) + before, level);
                level
            };
            self.looked[level] += 1;
        }
        self.run = Run { left: 0, before: None, level: from };
        self.held += runs;
        self.make_room();
        runs << from
    }

    /// The level of a value that is of level `from` at least.
    #[inline]
    fn draw_level(&mut self, from: usize) -> usize {
        (from + self.draws.word().trailing_zeros() as usize).min(LEVELS - 1)
    }

    /// Looks at what was picked, level by level.
    fn look_at<S: Strings>(
        &mut self,
        strings: &S,
        picks: &mut Picks,
        look: &impl Look,
    ) -> Result<(), Error> {
        for level in 0..LEVELS {
            if picks.is_empty() {
                break;
            }
            let here = picks.take(level);
            if level >= self.level && !here.is_empty() {
                look.look(&PickedStrings::try_new(strings, here)?, self.counts_of(level));
            }
        }
        Ok(())
    }

    fn open_run(&mut self) {
        let left = 1 << self.level;
        let before = Some(self.draws.word() & (left - 1));
        self.run = Run { left, before, level: self.level };
    }

    /// Counts values that are looked at, of a level that counts.
    fn hold(&mut self, level: usize, values: u64) {
        self.looked[level] += values;
        self.held += values;
        self.make_room();
    }

    /// The counts of a level that is not below those that count.
    fn counts_of(&mut self, level: usize) -> &mut [u64] {
        let end = (level - self.level + 1) * self.width;
        if end > self.counts.len() {
            self.counts.resize(end, 0);
        }
        &mut self.counts[end - self.width..end]
    }

    fn make_room(&mut self) {
        while self.level + 1 < LEVELS && self.held > ROOM {
            self.rise();
        }
    }

    fn rise(&mut self) {
        self.held = self.held.saturating_sub(std::mem::take(&mut self.looked[self.level]));
        self.counts.drain(..self.width.min(self.counts.len()));
        self.level += 1;
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.n = self.n.saturating_add(other.n);
        while self.level < other.level {
            self.rise();
        }
        let from = self.level;
        let looked = self.looked.iter_mut().zip(&other.looked).skip(from);
        looked.for_each(|(ours, theirs)| *ours = ours.saturating_add(*theirs));
        self.held = self.looked.iter().fold(0, |sum: u64, &count| sum.saturating_add(count));
        let theirs = other.counts.get((from - other.level) * self.width..).unwrap_or_default();
        if theirs.len() > self.counts.len() {
            self.counts.resize(theirs.len(), 0);
        }
        let counts = self.counts.iter_mut().zip(theirs);
        counts.for_each(|(ours, theirs)| *ours = ours.saturating_add(*theirs));
        self.make_room();
    }

    /// In the order of [`Self::FIELDS`]: of the levels from `level` to the last that came.
    pub(super) fn encode(&self) -> Vec<Value> {
        let used = self.looked.iter().rposition(|&looked| looked > 0);
        let levels = self.level..used.map_or(self.level, |last| last + 1);
        let mut counts = self.counts.clone();
        counts.resize(levels.len() * self.width, 0);
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
        self.counts = counts.to_vec();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// One count: values that are "x".
    struct AreX;

    impl Look for AreX {
        fn look<S: Strings>(&self, strings: &S, counts: &mut [u64]) {
            let found = (0..strings.len()).filter(|&index| strings.get(index) == b"x");
            counts[0] += found.count() as u64;
        }
    }

    fn of(values: &[&str], cuts: &[usize]) -> Sample {
        let mut made = Sample::new(1, 7);
        let mut from = 0;
        for to in cuts.iter().copied().chain([values.len()]) {
            made.see(&StringSlices(&values[from..to]), &AreX).unwrap();
            from = to;
        }
        made
    }

    /// What is drawn, as it is told: value by value, with the counts of each level apart.
    fn naive(values: &[&str]) -> Vec<(u64, u64)> {
        let mut draws = Draws::new(7);
        let (mut level, mut left, mut before, mut opened) = (0, 0, 0, 0);
        let mut found = vec![(0, 0); LEVELS];
        for value in values {
            if left == 0 {
                (left, opened) = (1u64 << level, level);
                before = draws.word() & (left - 1);
            }
            if before == 0 {
                let at = opened + draws.word().trailing_zeros() as usize;
                if at >= level {
                    found[at] = (found[at].0 + 1, found[at].1 + u64::from(*value == "x"));
                }
                while found[level..].iter().map(|found| found.0).sum::<u64>() > ROOM {
                    level += 1;
                }
            }
            (left, before) = (left - 1, before.wrapping_sub(1));
        }
        let used = found.iter().rposition(|found| found.0 > 0).map_or(level, |last| last + 1);
        found[level..used].to_vec()
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

        #[test]
        fn values_are_drawn_one_by_one(count in prop_oneof![0usize..100, 4_000usize..40_000]) {
            let values: Vec<_> = ["x", "y", "x"].into_iter().cycle().take(count).collect();
            let made = of(&values, &[]);
            let counts = made.looked[made.level..].iter().copied().zip(made.counts.iter().copied());
            prop_assert_eq!(counts.collect::<Vec<_>>(), naive(&values));
        }

        #[test]
        fn few_copies_are_drawn_like_as_many_values(
            weights in prop::collection::vec(0..=PIECE as u64, 0..60)
        ) {
            let values = &["x", "y", "y"].repeat(20)[..weights.len()];
            let copies = values.iter().zip(&weights);
            let copies = copies.flat_map(|(&value, &weight)| vec![value; weight as usize]);
            let mut made = Sample::new(1, 7);
            made.see_weighted(&StringSlices(values), &weights, &AreX).unwrap();
            prop_assert_eq!(made, of(&copies.collect::<Vec<_>>(), &[]));
        }
    }

    #[test]
    fn the_share_of_a_sample_is_that_of_the_whole() {
        let mut made = Sample::new(1, 7);
        let every_third = ["x", "y", "y"].repeat(100_000);
        (0..10).for_each(|_| made.see(&StringSlices(&every_third), &AreX).unwrap());
        made.see_one(b"x", 1_000_000, &AreX).unwrap();
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
