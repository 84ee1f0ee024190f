//! Sizes counted in a histogram: exact below 128, in buckets of at most 1.6 % above.
//!
//! Bucket widths double with every power of two, as in HDR histograms (Tene 2012). Unlike a sketch of
//! ranks, this does not depend on the order, merges exactly, and costs one addition a value.

use drypoint_sketches::{Kernel, LANES, Strings, dispatch};

use crate::Error;
use crate::record::{Record, Value};

/// Sizes below this have a bucket of their own.
const EXACT: u64 = 128;
/// Buckets for each power of two above.
const STEPS: u64 = 64;
/// Buckets for all u64.
const MOST: usize = (EXACT + STEPS * (64 - 7)) as usize;

/// How often each size came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    counts: Vec<u64>,
    /// Of sizes from `EXACT` on, whose counts do not tell them.
    large: Large,
}

/// Small sizes are counted in four tables by turns, since a count cannot be raised again before it has
/// been written.
const TURNS: usize = 4;
type Small = [[u32; EXACT as usize]; TURNS];

/// What the buckets of large sizes leave out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Large {
    sum: u64,
    squares: u128,
    range: Option<(u64, u64)>,
}

impl Large {
    fn see(&mut self, size: u64, weight: u64) {
        self.sum = self.sum.saturating_add(size.saturating_mul(weight));
        self.squares = self.squares.saturating_add(squares(size, weight));
        self.range = joined(self.range, Some((size, size)));
    }
}

/// The sum of the squares of so many sizes.
fn squares(size: u64, weight: u64) -> u128 {
    u128::from(size).pow(2).saturating_mul(weight.into())
}

/// The range that spans both.
fn joined(a: Option<(u64, u64)>, b: Option<(u64, u64)>) -> Option<(u64, u64)> {
    match (a, b) {
        (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
        (a, b) => a.or(b),
    }
}

/// The bucket that `size` falls into.
fn bucket(size: u64) -> usize {
    if size < EXACT {
        return size as usize;
    }
    let power = u64::from(size.ilog2()) - 6;
    (EXACT + (power - 1) * STEPS + (size >> power) - STEPS) as usize
}

/// The least size of a bucket.
fn least(bucket: usize) -> u64 {
    let bucket = bucket as u64;
    if bucket < EXACT {
        return bucket;
    }
    let power = (bucket - EXACT) / STEPS + 1;
    ((bucket - EXACT) % STEPS + STEPS) << power
}

struct SeeStrings<'a, S> {
    tally: &'a mut Tally,
    strings: &'a S,
}

impl<S: Strings> Kernel for SeeStrings<'_, S> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { tally, strings } = self;
        let (mut sizes, mut small): (_, Small) = ([0; LANES], [[0; EXACT as usize]; TURNS]);
        for start in (0..strings.len()).step_by(LANES) {
            let count = strings.sizes(start, &mut sizes);
            if count < LANES || sizes.iter().fold(false, |any, &size| any | (size >= EXACT)) {
                sizes[..count].iter().for_each(|&size| tally.see(size, 1));
                continue;
            }
            for (turn, &size) in sizes.iter().enumerate() {
                small[turn % TURNS][(size % EXACT) as usize] += 1;
            }
        }
        tally.add(&small);
    }
}

impl Tally {
    /// `size` came `weight` times.
    #[inline]
    pub(crate) fn see(&mut self, size: u64, weight: u64) {
        if weight == 0 {
            return;
        }
        let bucket = bucket(size);
        if bucket >= self.counts.len() {
            self.counts.resize(bucket + 1, 0);
        }
        self.counts[bucket] += weight;
        if size >= EXACT {
            self.large.see(size, weight);
        }
    }

    /// Many sizes, each once.
    pub(crate) fn see_all(&mut self, sizes: impl Iterator<Item = u64>) {
        let mut small: Small = [[0; EXACT as usize]; TURNS];
        for (turn, size) in sizes.enumerate() {
            match small[turn % TURNS].get_mut(size as usize) {
                Some(count) => *count += 1,
                None => self.see(size, 1),
            }
        }
        self.add(&small);
    }

    /// The sizes of strings in bytes, each once.
    pub(crate) fn see_strings<S: Strings>(&mut self, strings: &S) {
        dispatch(SeeStrings { tally: self, strings });
    }

    fn add(&mut self, small: &Small) {
        for size in 0..EXACT {
            self.see(size, small.iter().map(|counts| u64::from(counts[size as usize])).sum());
        }
    }

    pub(crate) fn join(&mut self, other: &Self) {
        if other.counts.len() > self.counts.len() {
            self.counts.resize(other.counts.len(), 0);
        }
        self.counts.iter_mut().zip(&other.counts).for_each(|(ours, theirs)| *ours += theirs);
        self.large.sum = self.large.sum.saturating_add(other.large.sum);
        self.large.squares = self.large.squares.saturating_add(other.large.squares);
        self.large.range = joined(self.large.range, other.large.range);
    }

    /// Sizes below `EXACT` that came, and how often.
    fn small(&self) -> impl DoubleEndedIterator<Item = (u64, u64)> {
        let counts = self.counts[..self.counts.len().min(EXACT as usize)].iter();
        counts.enumerate().filter(|(_, count)| **count > 0).map(|(size, &n)| (size as u64, n))
    }

    fn n(&self) -> u64 {
        self.counts.iter().fold(0, |sum, &count| sum.saturating_add(count))
    }

    /// The sum of all sizes.
    fn sum(&self) -> u64 {
        let small = self.small().map(|(size, count)| size.saturating_mul(count));
        small.fold(self.large.sum, u64::saturating_add)
    }

    fn squares(&self) -> u128 {
        let small = self.small().map(|(size, count)| squares(size, count));
        small.fold(self.large.squares, u128::saturating_add)
    }

    /// The least and the greatest size.
    fn range(&self) -> Option<(u64, u64)> {
        let small = self.small().next().zip(self.small().next_back());
        joined(small.map(|(least, most)| (least.0, most.0)), self.large.range)
    }

    pub(crate) fn encode(&self) -> [Value; 7] {
        let filled = || self.counts.iter().enumerate().filter(|(_, count)| **count > 0);
        let bound = |of: fn((u64, u64)) -> u64| {
            self.range().map_or(Value::Null, |range| Value::Count(of(range)))
        };
        [
            Value::Count(self.n()),
            Value::Count(self.sum()),
            Value::Float(self.squares() as f64),
            bound(|range| range.0),
            bound(|range| range.1),
            Value::Counts(filled().map(|(bucket, _)| least(bucket)).collect()),
            Value::Counts(filled().map(|(_, &count)| count).collect()),
        ]
    }

    /// Reads the fields whose names begin with `prefix`.
    pub(crate) fn decode(record: &Record<'_>, prefix: &str) -> Result<Self, Error> {
        let name = |field: &str| format!("{prefix}{field}");
        let (sizes, counts) = (record.counts(&name("sizes")), record.counts(&name("counts")));
        if sizes.len() != counts.len() || sizes.len() > MOST {
            let reason = format!("{} sizes have {} counts", sizes.len(), counts.len());
            return Err(record.refuse(&name("sizes"), reason));
        }
        let mut made = Self::default();
        for (&size, &count) in sizes.iter().zip(counts) {
            let bucket = bucket(size);
            if bucket >= made.counts.len() {
                made.counts.resize(bucket + 1, 0);
            }
            made.counts[bucket] = made.counts[bucket].saturating_add(count);
        }
        if made.counts.len() > EXACT as usize {
            let small = made.clone();
            made.large = Large {
                sum: record.count(&name("sum")).saturating_sub(small.sum()),
                squares: (record.float(&name("squares")) as u128).saturating_sub(small.squares()),
                range: Some((
                    record.count(&name("min")).max(EXACT),
                    record.count(&name("max")).max(EXACT),
                )),
            };
        }
        Ok(made)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_bucket_begins_at_most_one_in_sixty_four_below(size: u64) {
            let begin = least(bucket(size));
            prop_assert!(begin <= size && size - begin <= size / 64);
            prop_assert!(bucket(size) < MOST);
            prop_assert_eq!(bucket(begin), bucket(size));
        }

        #[test]
        fn small_sizes_are_exact(size in 0..EXACT) {
            prop_assert_eq!(least(bucket(size)), size);
        }
    }

    #[test]
    fn buckets_ascend_without_gaps() {
        for bucket in 1..MOST {
            assert!(least(bucket) > least(bucket - 1));
            assert_eq!(super::bucket(least(bucket) - 1), bucket - 1);
        }
    }
}
