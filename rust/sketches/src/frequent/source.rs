//! Slices and strings as sources of blocks.

use super::block::{Key, Lanes, Source};

use super::item::{
    FrequentItem, Head, Text, hash_head, hash_int, hash_rest, same_rest, spread_head, spread_int,
};
use super::sieve::Sifted;
use super::sketch::FrequentItems;
use crate::strings::{LANES, PickedStrings};
use crate::{Heads, Strings};

/// A source of items that a sketch can keep.
pub(super) trait Feed<T: FrequentItem>: Sifted {
    /// Whether a kept item is the one at `index`, which has `key`.
    fn is(&self, key: &Self::Key, index: usize, kept: &T::Kept) -> bool;
    /// The item at `index`, which has `key`, to be kept.
    fn keep(&self, key: &Self::Key, index: usize) -> T::Kept;
    /// The hash of the item at `index`, which has `key`.
    fn hash_of(&self, key: &Self::Key, index: usize) -> u64;
    /// Counts the item at `index`, whose weight has been added to the total.
    fn count_one(&self, sketch: &mut FrequentItems<T>, index: usize, weight: u64);
    /// Counts the items at `positions` exactly.
    fn count(&self, sketch: &mut FrequentItems<T>, positions: &[u32]);
}

/// Integers.
pub(super) struct Ints<'a>(pub(super) &'a [i64]);

/// 64 integers and their hashes.
pub(super) struct IntLanes {
    pub(super) values: [i64; LANES],
    pub(super) hashes: [u64; LANES],
}

impl Default for IntLanes {
    fn default() -> Self {
        Self { values: [0; LANES], hashes: [0; LANES] }
    }
}

impl Lanes for IntLanes {
    type Key = i64;

    #[inline(always)]
    fn key(&self, lane: usize) -> i64 {
        self.values[lane]
    }

    #[inline(always)]
    fn hash(&self, lane: usize) -> u64 {
        self.hashes[lane]
    }
}

impl Ints<'_> {
    #[inline(always)]
    fn values(&self, start: usize, values: &mut [i64; LANES]) -> usize {
        let rest = &self.0[start..];
        let count = rest.len().min(LANES);
        match rest.first_chunk() {
            Some(whole) => *values = *whole,
            None => values[..count].copy_from_slice(rest),
        }
        count
    }
}

impl Source for Ints<'_> {
    type Key = i64;
    type Lanes = IntLanes;

    fn len(&self) -> usize {
        self.0.len()
    }

    #[inline(always)]
    fn read(&self, start: usize, lanes: &mut IntLanes) -> usize {
        let count = self.values(start, &mut lanes.values);
        for lane in 0..LANES {
            lanes.hashes[lane] = hash_int(lanes.values[lane]);
        }
        count
    }

    #[inline(always)]
    fn same(&self, a: usize, b: usize) -> bool {
        self.0[a] == self.0[b]
    }
}

impl Sifted for Ints<'_> {
    #[inline(always)]
    fn spread(&self, start: usize, lanes: &mut IntLanes, spread: &mut [u64; LANES]) -> usize {
        let count = self.values(start, &mut lanes.values);
        for lane in 0..LANES {
            spread[lane] = spread_int(lanes.values[lane]);
        }
        count
    }
}

impl Feed<i64> for Ints<'_> {
    #[inline(always)]
    fn is(&self, key: &i64, _: usize, kept: &i64) -> bool {
        key == kept
    }

    fn keep(&self, key: &i64, _: usize) -> i64 {
        *key
    }

    #[inline(always)]
    fn hash_of(&self, key: &i64, _: usize) -> u64 {
        hash_int(*key)
    }

    fn count_one(&self, sketch: &mut FrequentItems<i64>, index: usize, weight: u64) {
        sketch.count(&self.0[index], weight);
    }

    fn count(&self, sketch: &mut FrequentItems<i64>, positions: &[u32]) {
        let values: Vec<i64> = positions.iter().map(|&at| self.0[at as usize]).collect();
        sketch.count_range(&Ints(&values), 0..values.len());
    }
}

/// Strings.
pub(super) struct Texts<'a, S>(pub(super) &'a S);

/// The heads of 64 strings and the hashes of the whole strings.
pub(super) struct TextLanes {
    heads: Heads,
    hashes: [u64; LANES],
}

impl Default for TextLanes {
    fn default() -> Self {
        Self { heads: Heads::default(), hashes: [0; LANES] }
    }
}

impl Lanes for TextLanes {
    type Key = Head;

    #[inline(always)]
    fn key(&self, lane: usize) -> Head {
        let heads = &self.heads;
        Head { words: [heads.words[0][lane], heads.words[1][lane]], size: heads.sizes[lane] }
    }

    #[inline(always)]
    fn hash(&self, lane: usize) -> u64 {
        self.hashes[lane]
    }
}

impl<S: Strings> Source for Texts<'_, S> {
    type Key = Head;
    type Lanes = TextLanes;

    fn len(&self) -> usize {
        self.0.len()
    }

    #[inline(always)]
    fn read(&self, start: usize, lanes: &mut TextLanes) -> usize {
        let TextLanes { heads, hashes } = lanes;
        self.0.heads(start, heads);
        let mut longest = 0;
        for lane in 0..LANES {
            let words = [heads.words[0][lane], heads.words[1][lane]];
            hashes[lane] = hash_head(words, heads.sizes[lane]);
            longest = longest.max(heads.sizes[lane]);
        }
        if longest > super::item::SHORT as u64 {
            for lane in 0..heads.count {
                if !lanes.key(lane).is_whole() {
                    let hash = lanes.hashes[lane];
                    lanes.hashes[lane] = hash_rest(hash, self.0.get(start + lane));
                }
            }
        }
        lanes.heads.count
    }

    #[inline(always)]
    fn same(&self, a: usize, b: usize) -> bool {
        same_rest(self.0.get(a), self.0.get(b))
    }
}

impl<S: Strings> Sifted for Texts<'_, S> {
    #[inline(always)]
    fn spread(&self, start: usize, lanes: &mut TextLanes, spread: &mut [u64; LANES]) -> usize {
        self.0.heads(start, &mut lanes.heads);
        let heads = &lanes.heads;
        let mut longest = 0;
        for lane in 0..LANES {
            spread[lane] = spread_head([heads.words[0][lane], heads.words[1][lane]]);
            longest = longest.max(heads.sizes[lane]);
        }
        if longest > super::item::SHORT as u64 {
            for lane in 0..lanes.heads.count {
                if !lanes.key(lane).is_whole() {
                    spread[lane] = hash_rest(spread[lane], self.0.get(start + lane));
                }
            }
        }
        lanes.heads.count
    }
}

impl<S: Strings> Feed<String> for Texts<'_, S> {
    #[inline(always)]
    fn is(&self, key: &Head, index: usize, kept: &Text) -> bool {
        key.agrees(kept.head()) && kept.rest_is(|| self.0.get(index))
    }

    fn keep(&self, key: &Head, index: usize) -> Text {
        Text::keep(*key, self.0, index)
    }

    #[inline(always)]
    fn hash_of(&self, key: &Head, index: usize) -> u64 {
        let hash = hash_head(key.words, key.size);
        if key.is_whole() { hash } else { hash_rest(hash, self.0.get(index)) }
    }

    fn count_one(&self, sketch: &mut FrequentItems<String>, index: usize, weight: u64) {
        sketch.count(&*String::from_utf8_lossy(self.0.get(index)), weight);
    }

    fn count(&self, sketch: &mut FrequentItems<String>, positions: &[u32]) {
        let picked = PickedStrings::of(self.0, positions);
        sketch.count_range(&Texts(&picked), 0..positions.len());
    }
}
