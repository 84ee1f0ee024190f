//! Many byte strings in one place, as Arrow keeps them: what bulk updates read.
//!
//! Constructors check every offset, so that reading needs no further care; lying buffers are an
//! [`Error`] before anything has been counted.

mod packed;
mod views;

pub use packed::{Offset, PackedStrings};
pub use views::ViewStrings;

use crate::Error;
use crate::hash::words;

/// Strings that are looked at together: enough to fill vectors many times over, few enough for L1.
pub const LANES: usize = 64;

/// The sizes and the first 16 bytes of up to 64 neighbouring strings.
#[derive(Debug, Clone)]
pub struct Heads {
    /// How many of the places are filled.
    pub count: usize,
    /// Lengths in bytes.
    pub sizes: [u64; LANES],
    /// The first 16 bytes as two little-endian words, zero-padded: all first words, all second.
    pub words: [[u64; LANES]; 2],
}

impl Default for Heads {
    fn default() -> Self {
        Self { count: 0, sizes: [0; LANES], words: [[0; LANES]; 2] }
    }
}

impl Heads {
    /// Clears what was read past the end of each string: one loop without branches.
    #[inline(always)]
    fn clip(&mut self) {
        for lane in 0..LANES {
            let size = self.sizes[lane].min(16) as u32;
            let [low, high] = clip([self.words[0][lane], self.words[1][lane]], size);
            [self.words[0][lane], self.words[1][lane]] = [low, high];
        }
    }
}

/// Byte strings read by position.
#[allow(clippy::len_without_is_empty)] // a source of items, not a collection to ask about
pub trait Strings {
    /// How many there are.
    fn len(&self) -> usize;

    /// The string at `index`, which must be below `len`.
    fn get(&self, index: usize) -> &[u8];

    /// Length in bytes of the string at `index`.
    #[inline(always)]
    fn size(&self, index: usize) -> usize {
        self.get(index).len()
    }

    /// The first 16 bytes of the string at `index` as two little-endian words, zero-padded.
    #[inline(always)]
    fn head(&self, index: usize) -> [u64; 2] {
        let string = self.get(index);
        words(&string[..string.len().min(16)])
    }

    /// Reads the sizes and heads of the 64 strings from `start` on, or of as many as there are.
    #[inline(always)]
    fn heads(&self, start: usize, heads: &mut Heads) {
        one_by_one::heads(self, start, heads);
    }

    /// Reads the lengths of the 64 strings from `start` on, or of as many as there are; returns how
    /// many.
    #[inline(always)]
    fn sizes(&self, start: usize, sizes: &mut [u64; LANES]) -> usize {
        one_by_one::sizes(self, start, sizes)
    }

    /// Reads the first 8 bytes of the 64 strings from `start` on, or of as many as there are, as
    /// little-endian words, zero-padded; returns how many.
    #[inline(always)]
    fn first_words(&self, start: usize, words: &mut [u64; LANES]) -> usize {
        one_by_one::first_words(self, start, words)
    }

    /// All of them end to end, if they lie so.
    fn end_to_end(&self) -> Option<&[u8]> {
        None
    }

    /// Whether all are of ASCII characters only; also false where that is not quickly told.
    fn is_ascii(&self) -> bool {
        (0..self.len()).all(|index| self.get(index).is_ascii())
    }

    /// Checks that every string is UTF-8.
    ///
    /// # Errors
    /// [`Error::Utf8`] names the first that is not.
    fn check_utf8(&self) -> Result<(), Error> {
        (0..self.len()).try_for_each(|index| check(index, self.get(index)))
    }
}

/// How strings are read together that do not lie so, or too near to the end of their buffer.
mod one_by_one {
    use super::{Heads, LANES, Strings};

    #[inline(always)]
    pub(super) fn heads<S: Strings + ?Sized>(strings: &S, start: usize, heads: &mut Heads) {
        heads.count = strings.len().saturating_sub(start).min(LANES);
        for lane in 0..heads.count {
            heads.sizes[lane] = strings.size(start + lane) as u64;
            [heads.words[0][lane], heads.words[1][lane]] = strings.head(start + lane);
        }
    }

    #[inline(always)]
    pub(super) fn sizes<S: Strings + ?Sized>(
        strings: &S,
        start: usize,
        sizes: &mut [u64; LANES],
    ) -> usize {
        let count = strings.len().saturating_sub(start).min(LANES);
        for lane in 0..count {
            sizes[lane] = strings.size(start + lane) as u64;
        }
        count
    }

    #[inline(always)]
    pub(super) fn first_words<S: Strings + ?Sized>(
        strings: &S,
        start: usize,
        words: &mut [u64; LANES],
    ) -> usize {
        let count = strings.len().saturating_sub(start).min(LANES);
        for lane in 0..count {
            words[lane] = strings.head(start + lane)[0];
        }
        count
    }
}

fn check(index: usize, string: &[u8]) -> Result<(), Error> {
    if string.is_ascii() {
        return Ok(());
    }
    std::str::from_utf8(string).map(drop).map_err(|_| Error::Utf8 { index })
}

/// Separate slices.
#[derive(Debug, Clone, Copy)]
pub struct StringSlices<'a, S>(pub &'a [S]);

impl<S: AsRef<[u8]>> Strings for StringSlices<'_, S> {
    fn len(&self) -> usize {
        self.0.len()
    }

    #[inline(always)]
    fn get(&self, index: usize) -> &[u8] {
        self.0[index].as_ref()
    }
}

/// 8 bytes as a little-endian word.
#[inline(always)]
fn word(bytes: &[u8]) -> u64 {
    bytes[..8].iter().rev().fold(0, |word, &byte| (word << 8) | u64::from(byte))
}

/// 16 bytes as two little-endian words.
#[inline(always)]
fn wide(bytes: &[u8]) -> [u64; 2] {
    [word(bytes), word(&bytes[8..])]
}

/// The lowest `bits` of a word, 0 to 64.
#[inline(always)]
fn keep(bits: u32) -> u64 {
    if bits == 0 { 0 } else { u64::MAX >> (64 - bits) }
}

/// Clears all but the first `size` bytes, 0 to 16.
#[inline(always)]
fn clip([low, high]: [u64; 2], size: u32) -> [u64; 2] {
    [low & keep((8 * size).min(64)), high & keep((8 * size).saturating_sub(64))]
}

/// Some strings of another source, by position: those that are not null, say.
#[derive(Debug, Clone, Copy)]
pub struct PickedStrings<'a, S> {
    source: &'a S,
    picks: &'a [u32],
}

impl<'a, S: Strings> PickedStrings<'a, S> {
    /// The strings at positions that are known to be below the length of `source`.
    pub(crate) fn of(source: &'a S, picks: &'a [u32]) -> Self {
        Self { source, picks }
    }

    /// The strings of `source` at the positions `picks`.
    ///
    /// # Errors
    /// [`Error::Bounds`] if a position is not below the length of `source`.
    pub fn try_new(source: &'a S, picks: &'a [u32]) -> Result<Self, Error> {
        let len = source.len();
        match picks.iter().position(|&pick| pick as usize >= len) {
            None => Ok(Self { source, picks }),
            Some(index) => {
                let detail = format!("position {} of {len} strings", picks[index]);
                Err(Error::Bounds { index, detail })
            }
        }
    }
}

impl<S: Strings> Strings for PickedStrings<'_, S> {
    fn len(&self) -> usize {
        self.picks.len()
    }

    #[inline(always)]
    fn get(&self, index: usize) -> &[u8] {
        self.source.get(self.picks[index] as usize)
    }

    #[inline(always)]
    fn size(&self, index: usize) -> usize {
        self.source.size(self.picks[index] as usize)
    }

    #[inline(always)]
    fn head(&self, index: usize) -> [u64; 2] {
        self.source.head(self.picks[index] as usize)
    }

    /// What is not picked is looked at too, since mostly nearly all is picked.
    fn is_ascii(&self) -> bool {
        self.source.is_ascii()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::views::INLINE;
    use super::*;

    /// What `heads` must say, from `get` alone.
    fn assert_heads_agree(strings: &impl Strings, truth: &[Vec<u8>]) {
        assert_eq!(strings.len(), truth.len());
        let mut heads = Heads::default();
        for start in 0..truth.len() {
            strings.heads(start, &mut heads);
            assert_eq!(heads.count, (truth.len() - start).min(LANES));
            for lane in 0..heads.count {
                let string = &truth[start + lane];
                let words = words(&string[..string.len().min(16)]);
                assert_eq!(heads.sizes[lane], string.len() as u64);
                assert_eq!([heads.words[0][lane], heads.words[1][lane]], words);
                assert_eq!(strings.head(start + lane), words);
                assert_eq!(strings.size(start + lane), string.len());
                assert_eq!(strings.get(start + lane), string.as_slice());
            }
            let (mut sizes, mut firsts) = ([0; LANES], [0; LANES]);
            assert_eq!(strings.sizes(start, &mut sizes), heads.count);
            assert_eq!(strings.first_words(start, &mut firsts), heads.count);
            assert_eq!(sizes[..heads.count], heads.sizes[..heads.count]);
            assert_eq!(firsts[..heads.count], heads.words[0][..heads.count]);
        }
    }

    fn some_strings() -> impl Strategy<Value = Vec<Vec<u8>>> {
        let string = prop_oneof![
            prop::collection::vec(any::<u8>(), 0..13),
            prop::collection::vec(any::<u8>(), 0..40)
        ];
        prop::collection::vec(string, 0..150)
    }

    proptest! {
        #[test]
        fn packed_strings_read_like_slices(strings in some_strings(), before in 0usize..20) {
            let mut buffer = vec![7; before];
            let mut offsets = vec![before as i64];
            for string in &strings {
                buffer.extend(string);
                offsets.push(buffer.len() as i64);
            }
            assert_heads_agree(&PackedStrings::try_new(&buffer, &offsets).unwrap(), &strings);
            assert_heads_agree(&StringSlices(&strings), &strings);
        }

        #[test]
        fn views_read_like_slices(strings in some_strings(), padding in any::<u8>()) {
            let buffer = strings.concat();
            let mut offset = 0i32;
            let views: Vec<u128> = strings.iter().map(|string| {
                // Writers should pad with zeros; what they pad with must not matter.
                let mut view = [padding; 16];
                view[..4].copy_from_slice(&(string.len() as u32).to_le_bytes());
                if string.len() <= INLINE {
                    view[4..4 + string.len()].copy_from_slice(string);
                } else {
                    view[8..12].fill(0);
                    view[12..].copy_from_slice(&offset.to_le_bytes());
                }
                offset += string.len() as i32;
                u128::from_le_bytes(view)
            }).collect();
            let buffers = [buffer.as_slice()];
            assert_heads_agree(&ViewStrings::try_new(&views, &buffers).unwrap(), &strings);
        }

        #[test]
        fn offsets_are_taken_only_if_they_ascend_within_the_buffer(
            offsets in prop::collection::vec(-2i32..12, 0..8)
        ) {
            let lies = offsets.windows(2).any(|pair| pair[0] > pair[1])
                || offsets.iter().any(|&offset| !(0..=10).contains(&offset));
            prop_assert_eq!(PackedStrings::try_new(&[0; 10], &offsets).is_err(), lies);
        }

        #[test]
        fn views_are_taken_only_if_they_lie_within_a_buffer(
            size in -3i32..20, buffer in -1i32..3, offset in -1i32..12
        ) {
            let words = [size, 0, buffer, offset].map(|word| u128::from(word as u32));
            let view = words[0] | (words[2] << 64) | (words[3] << 96);
            let data = [0; 20];
            let buffers = [&data[..10], &data[..20]];
            let fits = |b: &&[u8]| offset >= 0 && (offset + size) as usize <= b.len();
            let honest = (0..=INLINE as i32).contains(&size)
                || size > 0 && usize::try_from(buffer).is_ok_and(|b| buffers.get(b).is_some_and(fits));
            prop_assert_eq!(ViewStrings::try_new(&[view], &buffers).is_ok(), honest);
        }
    }

    #[test]
    fn a_lie_is_named_with_its_place() {
        let error = PackedStrings::try_new(b"abc", &[0, 2, 1, 3]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "string 1 lies outside its buffer: offsets 2..1 in a buffer of 3 bytes"
        );
        let error = PickedStrings::try_new(&StringSlices(&["a"]), &[0, 1]).unwrap_err();
        assert_eq!(error.to_string(), "string 1 lies outside its buffer: position 1 of 1 strings");
    }

    #[test]
    fn bytes_that_are_not_utf8_are_named_with_their_place() {
        let packed = PackedStrings::try_new("aé".as_bytes(), &[0, 2, 3]).unwrap();
        assert_eq!(packed.check_utf8(), Err(Error::Utf8 { index: 0 }));
        assert_eq!(StringSlices(&["é", "b"]).check_utf8(), Ok(()));
        let view = |bytes: [u8; 12]| {
            let bytes = bytes.iter().rev().fold(0, |view, &byte| (view << 8) | u128::from(byte));
            (bytes << 32) + 12
        };
        let (ascii, utf8, bad) =
            (view(*b"abcdefghijkl"), view(*b"abcdefghij\xc3\xa9"), view([0xff; 12]));
        let check = |views: &[u128]| ViewStrings::try_new(views, &[]).unwrap().check_utf8();
        assert_eq!(check(&[ascii, ascii]), Ok(()));
        assert_eq!(check(&[ascii, utf8]), Ok(()));
        assert_eq!(check(&[ascii, utf8, bad]), Err(Error::Utf8 { index: 2 }));
    }
}
