//! Blank strings and words.

use arrow_array::Array;
use arrow_schema::DataType;
use drypoint_sketches::{Heads, Kernel, LANES, Strings, dispatch};

use super::Metric;
use crate::arrow::fold;
use crate::arrow::sink::{Kind, Sink};
use crate::record::{Field, Form, Record, Value};
use crate::{Error, Parameters};

/// Counts among strings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Texts {
    /// Of no characters.
    pub empty: u64,
    /// Of whitespace only; empty ones are not among them.
    pub blank: u64,
    /// Words in all strings together: what stands between whitespace.
    pub words: u64,
}

/// The lowest and the highest bit of every byte of a word.
const LOW: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// Words of a string of at most 16 bytes of ASCII, zero-padded, by arithmetic on whole words: the
/// bytes that are no whitespace and come first or after whitespace.
#[inline(always)]
fn words_of_head([low, high]: [u64; 2], size: u64) -> u64 {
    // ASCII leaves the highest bit of every byte free to tell of the byte.
    let at_least = |word: u64, byte: u64| word.wrapping_add((0x80 - byte) * LOW);
    let space = |word: u64| {
        let control = at_least(word, 9) & !at_least(word, 14);
        let blank = at_least(word, 0x20) & !at_least(word, 0x21);
        (control | blank) & HIGH
    };
    let inside = |bytes: u64| if bytes == 0 { 0 } else { HIGH >> (64 - 8 * bytes) };
    let (low_space, high_space) = (space(low), space(high));
    let low_starts = !low_space & ((low_space << 8) | 0x80) & inside(size.min(8));
    let after = (high_space << 8) | (low_space >> 56);
    let high_starts = !high_space & after & inside(size.saturating_sub(8));
    let count = |bits: u64| (bits >> 7).wrapping_mul(LOW) >> 56;
    count(low_starts) + count(high_starts)
}

/// Words of all strings, without those that are to be looked at one by one: long ones, those that
/// are not ASCII, and those without words.
struct HeadWords<'a, S> {
    strings: &'a S,
}

impl<S: Strings> Kernel for HeadWords<'_, S> {
    type Output = (u64, Vec<u32>);

    #[inline(always)]
    fn run(self) -> (u64, Vec<u32>) {
        let (mut heads, mut found) = (Heads::default(), [0; LANES]);
        let (mut sum, mut rest) = (0, Vec::new());
        for start in (0..self.strings.len()).step_by(LANES) {
            self.strings.heads(start, &mut heads);
            let Heads { count, sizes, words } = &heads;
            let mut plain = true;
            for lane in 0..LANES {
                let head = [words[0][lane], words[1][lane]];
                found[lane] = words_of_head(head, sizes[lane]);
                plain &=
                    (sizes[lane] <= 16) & ((head[0] | head[1]) & HIGH == 0) & (found[lane] > 0);
            }
            // What lies past the count is from an earlier block.
            if plain && *count == LANES {
                sum += found.iter().sum::<u64>();
            } else {
                rest.extend((start..start + count).map(|index| index as u32));
            }
        }
        (sum, rest)
    }
}

/// Whether none of `bytes` is whitespace or begins a character beyond ASCII: every string is then one
/// word, or empty. A control character counts as if it were whitespace.
struct AreWords<'a>(&'a [u8]);

impl Kernel for AreWords<'_> {
    type Output = bool;

    #[inline(always)]
    fn run(self) -> bool {
        /// Bytes that are looked at together: text with spaces is told from the first of them.
        const PIECE: usize = 1024;
        let are_words = |piece: &[u8]| piece.iter().fold(true, |all, &b| all & (b as i8 > 0x20));
        self.0.chunks(PIECE).all(are_words)
    }
}

/// Whether it is quickly told that every one of `strings` is one word, or empty.
fn are_words<S: Strings>(strings: &S) -> bool {
    strings.end_to_end().is_some_and(|bytes| dispatch(AreWords(bytes)))
}

/// How many strings are empty.
struct Empty<'a, S>(&'a S);

impl<S: Strings> Kernel for Empty<'_, S> {
    type Output = u64;

    #[inline(always)]
    fn run(self) -> u64 {
        let (mut sizes, mut empty) = ([0; LANES], 0);
        for start in (0..self.0.len()).step_by(LANES) {
            let count = self.0.sizes(start, &mut sizes);
            empty += sizes[..count].iter().map(|&size| u64::from(size == 0)).sum::<u64>();
        }
        empty
    }
}

/// Words of a string.
fn words(value: &[u8]) -> u64 {
    if !value.is_ascii() {
        return String::from_utf8_lossy(value).split_whitespace().count() as u64;
    }
    let mut words = 0;
    let mut between = true;
    for &byte in value {
        // What `char::is_whitespace` says of ASCII.
        let space = matches!(byte, b' ' | b'\t'..=b'\r');
        words += u64::from(between && !space);
        between = space;
    }
    words
}

impl Texts {
    fn see(&mut self, value: &[u8], weight: u64) {
        let words = words(value);
        self.words += words * weight;
        if words == 0 {
            *(if value.is_empty() { &mut self.empty } else { &mut self.blank }) += weight;
        }
    }
}

impl Sink for Texts {
    const NAME: &'static str = "a column of strings";
    const TAKES: &'static str = "strings";

    fn takes(kind: Kind) -> bool {
        kind == Kind::Text
    }

    fn strings<S: Strings>(&mut self, strings: &S) -> Result<(), Error> {
        if are_words(strings) {
            let empty = dispatch(Empty(strings));
            self.empty += empty;
            self.words += strings.len() as u64 - empty;
            return Ok(());
        }
        let (words, rest) = dispatch(HeadWords { strings });
        self.words += words;
        rest.into_iter().for_each(|index| self.see(strings.get(index as usize), 1));
        Ok(())
    }

    fn string(&mut self, value: &[u8], weight: u64) -> Result<(), Error> {
        self.see(value, weight);
        Ok(())
    }

    fn strings_weighted<S: Strings>(&mut self, strings: &S, weights: &[u64]) -> Result<(), Error> {
        let each = weights.iter().enumerate();
        if are_words(strings) {
            let empty = each.filter(|&(index, _)| strings.size(index) == 0);
            let empty = empty.map(|(_, &weight)| weight).sum::<u64>();
            self.empty += empty;
            self.words += weights.iter().sum::<u64>() - empty;
        } else {
            each.for_each(|(index, &weight)| self.see(strings.get(index), weight));
        }
        Ok(())
    }
}

impl Metric for Texts {
    const FIELDS: &'static [Field] =
        &[("empty", Form::Count), ("blank", Form::Count), ("words", Form::Count)];

    fn new(data_type: &DataType, _: &Parameters) -> Result<Option<Self>, Error> {
        Ok(data_type.is_string().then(Self::default))
    }

    fn update(&mut self, array: &dyn Array, weights: Option<&[u64]>) -> Result<(), Error> {
        fold(self, array, weights)
    }

    fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.empty = self.empty.saturating_add(other.empty);
        self.blank = self.blank.saturating_add(other.blank);
        self.words = self.words.saturating_add(other.words);
        Ok(())
    }

    fn encode(&self) -> Vec<Value> {
        [self.empty, self.blank, self.words].map(Value::Count).into()
    }

    fn decode(&mut self, record: &Record<'_>) -> Result<(), Error> {
        *self = Self {
            empty: record.count("empty"),
            blank: record.count("blank"),
            words: record.count("words"),
        };
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use drypoint_sketches::{PackedStrings, StringSlices};
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn words_are_those_of_the_standard_library(text in "[a b\t\r\n\u{b}\u{c}\u{1c}é\u{a0}\u{3000}]*") {
            prop_assert_eq!(words(text.as_bytes()), text.split_whitespace().count() as u64);
        }

        #[test]
        fn strings_end_to_end_have_the_words_of_each(texts in prop::collection::vec("[!-~é ]{0,3}", 0..200)) {
            let mut offsets = vec![0];
            offsets.extend(texts.iter().scan(0, |end, text| { *end += text.len() as i64; Some(*end) }));
            let (together, mut found) = (texts.concat(), Texts::default());
            let packed = PackedStrings::try_new(together.as_bytes(), &offsets).unwrap();
            found.strings(&packed).unwrap();
            let mut expected = Texts::default();
            texts.iter().for_each(|text| expected.see(text.as_bytes(), 1));
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn words_of_heads_are_those_of_whole_strings(text in "[ -~\\x00\t\r\n\u{b}\u{c}\u{1c}a ]{0,16}") {
            let strings = [text.as_str(); LANES];
            let (found, rest) = dispatch(HeadWords { strings: &StringSlices(&strings) });
            let expected = words(text.as_bytes());
            prop_assert_eq!(rest.is_empty(), expected > 0);
            prop_assert_eq!(found, LANES as u64 * expected);
        }
    }
}
