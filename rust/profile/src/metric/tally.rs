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

/// Counts of the 8 sizes from `base` on, which mostly are all that neighbouring strings have: a byte of a
/// number for each, so that one addition counts what 64 strings have of all of them.
struct Near {
    /// All of them are below [`EXACT`].
    base: u64,
    /// Two bytes for each even one, and for each odd one.
    even: u64,
    odd: u64,
    /// How often there was something to count.
    times: u32,
    /// How often more it is looked for another base.
    tries: u32,
}

impl Near {
    /// How often there may be 64 more until 16 bits would not count them.
    const TIMES: u32 = (1 << 16) / LANES as u32 - 1;
    const EVEN: u64 = 0x00ff_00ff_00ff_00ff;

    fn new() -> Self {
        Self { base: 0, even: 0, odd: 0, times: 0, tries: 8 }
    }

    /// Counts sizes if all are near, or may be with another base.
    #[inline(always)]
    fn see(&mut self, sizes: &[u64; LANES], small: &mut Small) -> bool {
        if self.tries == 0 {
            return false;
        }
        let counts = self.counts(sizes).or_else(|| {
            self.tries -= 1;
            self.leave(small);
            let least = sizes
                .iter()
                .fold(EXACT - 8, |least, &size| if size < least { size } else { least });
            self.base = least;
            self.counts(sizes)
        });
        let Some(counts) = counts else { return false };
        self.even += counts & Self::EVEN;
        self.odd += (counts >> 8) & Self::EVEN;
        self.times += 1;
        if self.times == Self::TIMES {
            self.leave(small);
        }
        true
    }

    #[inline(always)]
    fn counts(&self, sizes: &[u64; LANES]) -> Option<u64> {
        let (mut any, mut counts) = (0, 0u64);
        for &size in sizes {
            let above = size.wrapping_sub(self.base);
            any |= above;
            counts += 1 << (8 * (above % 8));
        }
        // A power of two is above all of several numbers if it is above their union.
        (any < 8).then_some(counts)
    }

    /// Hands the counts over.
    #[inline(always)]
    fn leave(&mut self, small: &mut Small) {
        for near in 0..8 {
            let counts = if near % 2 == 0 { self.even } else { self.odd };
            let count = counts >> (16 * (near / 2)) & 0xffff;
            small[0][((self.base + near) % EXACT) as usize] += count as u32;
        }
        (self.even, self.odd, self.times) = (0, 0, 0);
    }
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
        let mut near = Near::new();
        for start in (0..strings.len()).step_by(LANES) {
            let count = strings.sizes(start, &mut sizes);
            if count == LANES && near.see(&sizes, &mut small) {
                continue;
            }
            if count < LANES || sizes.iter().fold(false, |any, &size| any | (size >= EXACT)) {
                sizes[..count].iter().for_each(|&size| tally.see(size, 1));
            } else {
                for (turn, &size) in sizes.iter().enumerate() {
                    small[turn % TURNS][(size % EXACT) as usize] += 1;
                }
            }
        }
        near.leave(&mut small);
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

    /// Sizes, each as often as its weight says.
    pub(crate) fn see_weighted(&mut self, sizes: impl Iterator<Item = u64>, weights: &[u64]) {
        let mut small = [0; EXACT as usize];
        for (size, &weight) in sizes.zip(weights) {
            match small.get_mut(size as usize) {
                Some(count) => *count += weight,
                None => self.see(size, weight),
            }
        }
        (0..EXACT).zip(small).for_each(|(size, weight)| self.see(size, weight));
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
    use drypoint_sketches::StringSlices;
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

    proptest! {
        #[test]
        fn sizes_of_strings_are_counted_like_any(
            (near, most) in prop_oneof![
                Just((0, 7)), Just((3, 12)), Just((0, 20)), Just((100, 140)), Just((125, 129))
            ],
            picks in prop::collection::vec(any::<prop::sample::Index>(), 0..400),
            weights in prop::collection::vec(0u64..4, 400),
            times in prop_oneof![Just(1), Just(60)]
        ) {
            let sizes: Vec<usize> = picks.iter().map(|pick| near + pick.index(most - near + 1)).collect();
            let sizes = sizes.repeat(times);
            let strings: Vec<String> = sizes.iter().map(|&size| "x".repeat(size)).collect();
            let sizes = || sizes.iter().map(|&size| size as u64);
            let [mut found, mut iterated, mut expected, mut weighed] = [(); 4].map(|()| Tally::default());
            found.see_strings(&StringSlices(&strings));
            iterated.see_all(sizes());
            sizes().for_each(|size| expected.see(size, 1));
            prop_assert_eq!(&found, &expected);
            prop_assert_eq!(&iterated, &expected);
            let mut expected = Tally::default();
            weighed.see_weighted(sizes(), &weights);
            sizes().zip(&weights).for_each(|(size, &weight)| expected.see(size, weight));
            prop_assert_eq!(weighed, expected);
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
