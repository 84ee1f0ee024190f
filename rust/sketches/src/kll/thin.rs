//! Every so-many-th of a run in ascending order, without sorting what lies between.
//!
//! Values are counted in buckets of equal width between the least and the greatest. Of the buckets only
//! those are looked into that hold a wanted rank: what is in them is split once more where it is much, as
//! in a heavy tail, and sorted then. With a stride of 64 most values are counted and never moved.

use std::ops::Range;

/// Values that are sorted rather than split.
const FEW: usize = 48;
/// Values that are inserted one by one.
const FEWEST: usize = 12;
/// The least stride that makes it worth while.
const LEAST_STRIDE: usize = 16;
/// Splits within splits: where values crowd at every scale, a sort is quicker.
const MOST_SPLITS: u32 = 2;
/// Marks a bucket without a wanted rank.
const SKIPPED: u32 = u32::MAX;

/// The ranks `offset`, `offset + stride`, … of an ascending order.
#[derive(Debug, Clone, Copy)]
pub struct Ranks {
    pub(super) offset: usize,
    pub(super) stride: usize,
}

impl Ranks {
    pub(super) fn of(self, count: usize) -> impl Iterator<Item = usize> {
        (self.offset..count).step_by(self.stride)
    }
}

/// The values of those `ranks`, in ascending order; `values` are left in any order. `real` does not
/// decrease when a value increases.
pub(super) fn thin<K, R>(values: &mut [K], ranks: Ranks, real: R) -> Vec<K>
where
    K: Ord + Copy,
    R: Fn(K) -> f64 + Copy,
{
    let mut out = Vec::with_capacity(values.len() / ranks.stride + 1);
    let splits = if ranks.stride < LEAST_STRIDE { 0 } else { MOST_SPLITS };
    split(values, ranks, real, splits, &mut out);
    out
}

fn split<K, R>(values: &mut [K], ranks: Ranks, real: R, splits: u32, out: &mut Vec<K>)
where
    K: Ord + Copy,
    R: Fn(K) -> f64 + Copy,
{
    let buckets = (values.len() > FEW && splits > 0).then(|| Buckets::new(values, real)).flatten();
    let Some(buckets) = buckets else {
        sort(values);
        return out.extend(ranks.of(values.len()).map(|rank| values[rank]));
    };
    let (mut gathered, found) = buckets.look(values, ranks);
    for (range, inside) in found {
        split(&mut gathered[range], inside, real, splits - 1, out);
    }
}

/// Sorts; a few are inserted one by one, which costs less than asking how to sort them.
#[inline(always)]
fn sort<K: Ord + Copy>(values: &mut [K]) {
    if values.len() > FEWEST {
        return values.sort_unstable();
    }
    for end in 1..values.len() {
        let value = values[end];
        let mut at = end;
        while at > 0 && values[at - 1] > value {
            values[at] = values[at - 1];
            at -= 1;
        }
        values[at] = value;
    }
}

/// How many values are in each of many intervals of equal width.
struct Buckets<R> {
    real: R,
    least: f64,
    scale: f64,
    counts: Vec<u32>,
}

impl<R> Buckets<R> {
    /// `None` if values are too close or too far apart to be told by differences.
    fn new<K: Ord + Copy>(values: &[K], real: R) -> Option<Self>
    where
        R: Fn(K) -> f64,
    {
        let ((least, most), count) = (extremes(values, &real), values.len());
        let scale = count as f64 / (most - least);
        if !(scale.is_normal() && (most - least).is_finite()) {
            return None;
        }
        let mut buckets = Self { real, least, scale, counts: vec![0; count + 1] };
        for &value in values {
            let bucket = buckets.of(value);
            buckets.counts[bucket] += 1;
        }
        Some(buckets)
    }

    #[inline(always)]
    fn of<K>(&self, value: K) -> usize
    where
        R: Fn(K) -> f64,
    {
        (((self.real)(value) - self.least) * self.scale) as i64 as usize
    }

    /// The values of all buckets that hold one of the ranks, by bucket, and the ranks in each.
    fn look<K: Ord + Copy>(
        mut self,
        values: &[K],
        ranks: Ranks,
    ) -> (Vec<K>, Vec<(Range<usize>, Ranks)>)
    where
        R: Fn(K) -> f64,
    {
        let mut found = Vec::with_capacity(values.len() / ranks.stride + 1);
        let (mut start, mut next, mut moved) = (0, ranks.offset, 0);
        for count in &mut self.counts {
            let end = start + *count as usize;
            if next < end {
                found.push((moved..moved + end - start, Ranks { offset: next - start, ..ranks }));
                next += (end - next).div_ceil(ranks.stride) * ranks.stride;
                *count = moved as u32;
                moved += end - start;
            } else {
                *count = SKIPPED;
            }
            start = end;
        }
        let mut gathered = vec![values[0]; moved];
        for &value in values {
            let bucket = self.of(value);
            let at = self.counts[bucket];
            if at != SKIPPED {
                gathered[at as usize] = value;
                self.counts[bucket] += 1;
            }
        }
        (gathered, found)
    }
}

/// The least and the greatest, in lanes that do not wait for each other.
fn extremes<K: Copy>(values: &[K], real: impl Fn(K) -> f64) -> (f64, f64) {
    const LANES: usize = 8;
    let (mut least, mut most) = ([f64::INFINITY; LANES], [f64::NEG_INFINITY; LANES]);
    let mut see = |lane: usize, value: f64| {
        least[lane] = if value < least[lane] { value } else { least[lane] };
        most[lane] = if value > most[lane] { value } else { most[lane] };
    };
    let (chunks, rest) = values.as_chunks::<LANES>();
    for chunk in chunks {
        (0..LANES).for_each(|lane| see(lane, real(chunk[lane])));
    }
    rest.iter().for_each(|&value| see(0, real(value)));
    (
        least.into_iter().fold(f64::INFINITY, f64::min),
        most.into_iter().fold(f64::NEG_INFINITY, f64::max),
    )
}
