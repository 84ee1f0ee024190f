//! Strings end to end, as Arrow's `Utf8` and `Binary` are laid out.

use super::{Heads, LANES, Strings, check, clip, keep, one_by_one, wide, word};
use crate::Error;
use crate::cpu::{Kernel, dispatch};
use crate::hash::words;

/// An offset into a buffer: `i32` (Arrow `Utf8`, `Binary`) or `i64` (the large ones).
pub trait Offset: Copy + PartialOrd + Into<i64> {}
impl Offset for i32 {}
impl Offset for i64 {}

/// Whether offsets ascend.
struct Ascend<'a, O>(&'a [O]);

impl<O: Offset> Kernel for Ascend<'_, O> {
    type Output = bool;

    #[inline(always)]
    fn run(self) -> bool {
        /// Few enough that falls are counted in 32 bits.
        const PIECE: usize = 1 << 16;
        let Some((_, next)) = self.0.split_first() else { return true };
        // Falls are counted, since a vector of counts is as wide as one of offsets, and one of truths
        // is not.
        let falls = |(from, to): (&[O], &[O])| {
            from.iter().zip(to).map(|(from, to)| u32::from(from > to)).sum::<u32>()
        };
        self.0.chunks(PIECE).zip(next.chunks(PIECE)).all(|pieces| falls(pieces) == 0)
    }
}

/// Strings end to end in one buffer: string i is `values[offsets[i]..offsets[i + 1]]`.
#[derive(Debug, Clone, Copy)]
pub struct PackedStrings<'a, O> {
    values: &'a [u8],
    offsets: &'a [O],
}

impl<'a, O: Offset> PackedStrings<'a, O> {
    /// Strings in `values` between neighbouring `offsets`; no offsets, or one, is no strings.
    ///
    /// # Errors
    /// [`Error::Bounds`] if an offset is negative, below its predecessor or past the buffer.
    pub fn try_new(values: &'a [u8], offsets: &'a [O]) -> Result<Self, Error> {
        let ordered = dispatch(Ascend(offsets));
        let first: i64 = offsets.first().map_or(0, |&o| o.into());
        let last: i64 = offsets.last().map_or(0, |&o| o.into());
        if ordered && first >= 0 && last <= values.len() as i64 {
            return Ok(Self { values, offsets });
        }
        Err(Self::culprit(values, offsets))
    }

    /// The same without a look at the offsets, for whoever has made these strings before. If offsets
    /// lie after all, reading panics.
    pub fn trusted(values: &'a [u8], offsets: &'a [O]) -> Self {
        Self { values, offsets }
    }

    #[cold]
    fn culprit(values: &[u8], offsets: &[O]) -> Error {
        let wrong = |pair: &[O]| {
            let (start, end): (i64, i64) = (pair[0].into(), pair[1].into());
            start < 0 || start > end || end > values.len() as i64
        };
        let index = offsets.windows(2).position(wrong).unwrap_or(0);
        let at = |i: usize| offsets.get(i).map_or(0, |&o| o.into());
        let (start, end, len) = (at(index), at(index + 1), values.len());
        Error::Bounds {
            index,
            detail: format!("offsets {start}..{end} in a buffer of {len} bytes"),
        }
    }

    /// Heads of the last strings: fewer than 64, or so near to the end of the buffer that 16
    /// bytes cannot be read.
    #[inline(never)]
    fn heads_at_the_end(&self, start: usize, heads: &mut Heads) {
        one_by_one::heads(self, start, heads);
    }

    /// The same of the first 8 bytes.
    #[inline(never)]
    fn first_words_at_the_end(&self, start: usize, words: &mut [u64; LANES]) -> usize {
        one_by_one::first_words(self, start, words)
    }

    /// Where the 64 strings from `start` on begin, and the last one ends, if so many `bytes` can be read
    /// from each.
    #[inline(always)]
    fn whole(&self, start: usize, bytes: usize) -> Option<&[O; LANES + 1]> {
        let offsets = self.offsets[start..].first_chunk::<{ LANES + 1 }>()?;
        let limit = self.values.len().checked_sub(bytes)?;
        (offsets[LANES - 1].into() <= limit as i64).then_some(offsets)
    }

    #[inline(always)]
    fn range(&self, index: usize) -> (usize, usize) {
        let (start, end): (i64, i64) = (self.offsets[index].into(), self.offsets[index + 1].into());
        (start as usize, end as usize)
    }
}

impl<O: Offset> Strings for PackedStrings<'_, O> {
    fn len(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    #[inline(always)]
    fn get(&self, index: usize) -> &[u8] {
        let (start, end) = self.range(index);
        &self.values[start..end]
    }

    #[inline(always)]
    fn size(&self, index: usize) -> usize {
        let (start, end) = self.range(index);
        end - start
    }

    /// Reads 16 bytes wherever the buffer has them and clears what lies past the end: no branch
    /// on the length, which would be mispredicted.
    #[inline(always)]
    fn head(&self, index: usize) -> [u64; 2] {
        let (start, end) = self.range(index);
        match self.values.get(start..start + 16) {
            Some(bytes) => clip(wide(bytes), (end - start).min(16) as u32),
            None => words(&self.values[start..end.min(start + 16)]),
        }
    }

    #[inline(always)]
    fn heads(&self, start: usize, heads: &mut Heads) {
        let Some(offsets) = self.whole(start, 16) else {
            return self.heads_at_the_end(start, heads);
        };
        heads.count = LANES;
        lengths(offsets, &mut heads.sizes);
        for lane in 0..LANES {
            // Offsets ascend, so none is above this; `min` tells the compiler, too.
            let start = (offsets[lane].into() as usize).min(self.values.len() - 16);
            let [low, high] = wide(&self.values[start..start + 16]);
            (heads.words[0][lane], heads.words[1][lane]) = (low, high);
        }
        heads.clip();
    }

    #[inline(always)]
    fn sizes(&self, start: usize, sizes: &mut [u64; LANES]) -> usize {
        if let Some(offsets) = self.whole(start, 0) {
            lengths(offsets, sizes);
            return LANES;
        }
        one_by_one::sizes(self, start, sizes)
    }

    #[inline(always)]
    fn first_words(&self, start: usize, words: &mut [u64; LANES]) -> usize {
        let Some(offsets) = self.whole(start, 8) else {
            return self.first_words_at_the_end(start, words);
        };
        for (offsets, words) in eights(offsets).zip(words.as_chunks_mut::<EIGHT>().0) {
            for lane in 0..EIGHT {
                let start = (offsets[lane].into() as usize).min(self.values.len() - 8);
                words[lane] = word(&self.values[start..start + 8]);
            }
        }
        let mut sizes = [0; LANES];
        lengths(offsets, &mut sizes);
        // Few columns have shorter strings, and to clip costs as much as to read.
        if sizes.iter().fold(0, |any, &size| any | u64::from(size < 8)) != 0 {
            for lane in 0..LANES {
                words[lane] &= keep(8 * sizes[lane].min(8) as u32);
            }
        }
        LANES
    }

    fn end_to_end(&self) -> Option<&[u8]> {
        let (Some(&first), Some(&last)) = (self.offsets.first(), self.offsets.last()) else {
            return Some(&[]);
        };
        let (first, last): (i64, i64) = (first.into(), last.into());
        self.values.get(first as usize..last as usize)
    }

    fn is_ascii(&self) -> bool {
        self.end_to_end().is_some_and(<[u8]>::is_ascii)
    }

    fn check_utf8(&self) -> Result<(), Error> {
        if self.is_ascii() {
            return Ok(());
        }
        (0..self.len()).try_for_each(|index| check(index, self.get(index)))
    }
}

/// Lanes whose strings are read in one turn of a loop, which the compiler does not unroll by itself.
const EIGHT: usize = 8;

/// The offsets of the 64 strings, in eights.
#[inline(always)]
fn eights<O: Offset>(offsets: &[O; LANES + 1]) -> impl Iterator<Item = &[O; EIGHT]> {
    offsets.as_chunks::<EIGHT>().0.iter()
}

/// The distances of neighbouring offsets.
#[inline(always)]
fn lengths<O: Offset>(offsets: &[O; LANES + 1], sizes: &mut [u64; LANES]) {
    for lane in 0..LANES {
        let (start, end): (i64, i64) = (offsets[lane].into(), offsets[lane + 1].into());
        sizes[lane] = (end - start) as u64;
    }
}
