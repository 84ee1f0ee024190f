//! What strings hold, so that a column of a CSV file shows its real type: of all strings of a small
//! column, of a sample of a large one.

use arrow_array::Array;
use arrow_schema::DataType;
use drypoint_sketches::{Heads, Kernel, LANES, Strings, dispatch};

use super::Metric;
use super::sample::{Look, Sample};
use crate::arrow::fold;
use crate::arrow::sink::{Kind, Sink};
use crate::content::{self, Content};
use crate::record::{Field, Record, Value};
use crate::{Error, Parameters};

/// Sampled counts of each kind of content, in the order of [`Content::ALL`].
#[derive(Debug, Clone, PartialEq)]
pub struct Contents(Sample);

/// Fewer strings are looked at one by one.
const FEW: usize = 8;

/// What each string holds.
struct Whats;

impl Look for Whats {
    fn look<S: Strings>(&self, strings: &S, counts: &mut [u64]) {
        let mut one = |index| counts[content::of(strings.get(index)) as usize] += 1;
        if strings.len() < FEW {
            return (0..strings.len()).for_each(one);
        }
        let rest = dispatch(NotPlain(strings));
        rest.iter().for_each(|&index| one(index as usize));
        counts[Content::Text as usize] += (strings.len() - rest.len()) as u64;
    }
}

/// The positions of the strings that may be anything but text: all but short ones of ASCII that
/// begin like a word and lack what addresses and URLs cannot do without.
struct NotPlain<'a, S>(&'a S);

impl<S: Strings> Kernel for NotPlain<'_, S> {
    type Output = Vec<u32>;

    #[inline(always)]
    fn run(self) -> Vec<u32> {
        let (mut heads, mut rest) = (Heads::default(), Vec::new());
        for start in (0..self.0.len()).step_by(LANES) {
            self.0.heads(start, &mut heads);
            let mut plain = [0; LANES];
            for lane in 0..LANES {
                let [low, high] = [heads.words[0][lane], heads.words[1][lane]];
                let short = heads.sizes[lane] <= 16;
                plain[lane] = u64::from(short & is_plain(low, high));
            }
            if plain[..heads.count].iter().sum::<u64>() < heads.count as u64 {
                let others = (0..heads.count).filter(|&lane| plain[lane] == 0);
                rest.extend(others.map(|lane| (start + lane) as u32));
            }
        }
        rest
    }
}

/// Whether a string of at most 16 bytes is ASCII, begins with a letter that neither a number nor a
/// boolean begins with, and has neither @ nor a colon.
#[inline(always)]
fn is_plain(low: u64, high: u64) -> bool {
    const LOW: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    // Infinity, NaN, true and false.
    const TAKEN: u64 =
        1 << (b'i' - b'a') | 1 << (b'n' - b'a') | 1 << (b't' - b'a') | 1 << (b'f' - b'a');
    let ascii = (low | high) & HIGH == 0;
    // Of ASCII the highest bit tells whether a byte is at least another.
    let from = |word: u64, byte: u64| word.wrapping_add((0x80 - byte) * LOW);
    let is = |word, byte| from(word, byte) ^ from(word, byte + 1);
    let marks = is(low, 0x3a) | is(low, 0x40) | is(high, 0x3a) | is(high, 0x40);
    let letter = ((low | 0x20) & 0xff).wrapping_sub(u64::from(b'a'));
    ascii & (marks & HIGH == 0) & (letter < 26) & ((TAKEN >> (letter & 63)) & 1 == 0)
}

impl Sink for Contents {
    const NAME: &'static str = "a column of strings";
    const TAKES: &'static str = "strings";

    fn takes(kind: Kind) -> bool {
        kind == Kind::Text
    }

    fn strings<S: Strings>(&mut self, strings: &S) -> Result<(), Error> {
        self.0.see(strings, &Whats)
    }

    fn string(&mut self, value: &[u8], weight: u64) -> Result<(), Error> {
        self.0.see_one(value, weight, &Whats)
    }

    fn strings_weighted<S: Strings>(&mut self, strings: &S, weights: &[u64]) -> Result<(), Error> {
        self.0.see_weighted(strings, weights, &Whats)
    }
}

impl Metric for Contents {
    const SEQUENTIAL: bool = true;
    const FIELDS: &'static [Field] = &Sample::FIELDS;

    fn new(data_type: &DataType, parameters: &Parameters) -> Result<Option<Self>, Error> {
        let empty = Self(Sample::new(Content::ALL.len(), parameters.seed));
        Ok(data_type.is_string().then_some(empty))
    }

    fn update(&mut self, array: &dyn Array, weights: Option<&[u64]>) -> Result<(), Error> {
        fold(self, array, weights)
    }

    fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.0.merge(&other.0);
        Ok(())
    }

    fn encode(&self) -> Vec<Value> {
        self.0.encode()
    }

    fn decode(&mut self, record: &Record<'_>) -> Result<(), Error> {
        self.0.decode(record)
    }
}

#[cfg(test)]
mod tests {
    use drypoint_sketches::StringSlices;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn many_strings_hold_what_each_of_them_holds(
            texts in prop::collection::vec(
                prop_oneof![
                    3 => "[ a-zA-Z0-9@:._-]{0,18}",
                    1 => "[\\x00-\\x7fé]{0,17}",
                    1 => "( )?[a-z]{1,4}@[a-z]{1,4}\\.[a-z]{1,4}",
                    1 => "(true|False|NaN|inf|Infinity|-inf|[a-f]:[0-9]::1|s3://a|[0-9]{1,3}|[0-9]\\.[0-9])( )?",
                    1 => "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
                ],
                0..200
            )
        ) {
            let mut counts = vec![0; Content::ALL.len()];
            Whats.look(&StringSlices(&texts), &mut counts);
            let mut expected = vec![0; Content::ALL.len()];
            texts.iter().for_each(|text| expected[content::of(text.as_bytes()) as usize] += 1);
            prop_assert_eq!(counts, expected);
        }
    }
}
