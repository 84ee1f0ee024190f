//! Which characters strings hold: of all strings of a small column, of a sample of a large one.
//!
//! A character is of one class, told by its general category (UAX #44), or of every range that holds
//! it where ranges are given.

mod short;

use arrow_array::Array;
use arrow_schema::DataType;
use drypoint_sketches::{Strings, dispatch};
use unicode_properties::{
    GeneralCategory, GeneralCategoryGroup, UnicodeEmoji, UnicodeGeneralCategory,
};

use super::Metric;
use super::sample::{Look, Sample};
use crate::arrow::fold;
use crate::arrow::sink::{Kind, Sink};
use crate::record::{Field, Form, Record, Value};
use crate::{CharacterRange, Error, Parameters};

/// The classes of characters, in the order in which they are counted.
pub const CLASSES: [&str; 11] = [
    "upper",
    "lower",
    "letter",
    "mark",
    "number",
    "punctuation",
    "symbol",
    "emoji",
    "space",
    "control",
    "other",
];
/// What a character is called that no range holds.
const UNKNOWN: &str = "unknown";

/// Sampled counts of strings and characters: for each class the strings that have one, then for each
/// class the characters.
#[derive(Debug, Clone, PartialEq)]
pub struct Unicode {
    sample: Sample,
    ranges: Option<Vec<CharacterRange>>,
    names: Vec<String>,
}

/// The class of every character of ASCII, which are most.
const ASCII: [u8; 128] = {
    let mut classes = [0; 128];
    let mut byte = 0;
    while byte < 128 {
        classes[byte as usize] = ascii_class(byte);
        byte += 1;
    }
    classes
};

const fn ascii_class(byte: u8) -> u8 {
    match byte {
        b'A'..=b'Z' => 0,
        b'a'..=b'z' => 1,
        b'0'..=b'9' => 4,
        b'$' | b'+' | b'<' | b'=' | b'>' | b'^' | b'`' | b'|' | b'~' => 6,
        b' ' | b'\t'..=b'\r' => 8,
        0..=31 | 127 => 9,
        _ => 5,
    }
}

/// Fewer strings are looked at one by one.
const FEW: usize = 8;
/// Bits of the count of one class, where one number counts all.
const WIDTH: u32 = 10;
/// As many bytes as such a count can count.
const PIECE: usize = (1 << WIDTH) - 1;

/// For each byte one in the place of its class, past all classes if it is not ASCII.
const PACKED: [u128; 256] = {
    let mut places = [1 << (WIDTH * CLASSES.len() as u32); 256];
    let mut byte = 0;
    while byte < 128 {
        places[byte] = 1 << (WIDTH * ASCII[byte] as u32);
        byte += 1;
    }
    places
};

/// The position of the class of `character`.
fn class(character: char) -> usize {
    if character.is_ascii() {
        return ASCII[character as usize].into();
    }
    if character.is_emoji_char() {
        return 7;
    }
    match character.general_category() {
        GeneralCategory::UppercaseLetter | GeneralCategory::TitlecaseLetter => return 0,
        GeneralCategory::LowercaseLetter => return 1,
        GeneralCategory::Control => return 9,
        _ => {}
    }
    match character.general_category_group() {
        GeneralCategoryGroup::Letter => 2,
        GeneralCategoryGroup::Mark => 3,
        GeneralCategoryGroup::Number => 4,
        GeneralCategoryGroup::Punctuation => 5,
        GeneralCategoryGroup::Symbol => 6,
        GeneralCategoryGroup::Separator => 8,
        GeneralCategoryGroup::Other => 10,
    }
}

/// The classes of characters, or the ranges if there are some: what is found are strings that have one,
/// and characters.
struct Characters<'a>(Option<&'a [CharacterRange]>);

impl Look for Characters<'_> {
    fn look<S: Strings>(&self, strings: &S, counts: &mut [u64]) {
        let (with, characters) = counts.split_at_mut(counts.len() / 2);
        match self.0 {
            Some(ranges) => (0..strings.len()).for_each(|index| {
                look_for_ranges(ranges, strings.get(index), with, characters);
            }),
            None if strings.len() < FEW => (0..strings.len()).for_each(|index| {
                look_for_classes(strings.get(index), with, characters);
            }),
            None => {
                let (found, rest) = dispatch(short::ShortStrings(strings));
                let counts = with.iter_mut().zip(characters.iter_mut());
                counts.zip(found).for_each(|((with, characters), found)| {
                    *with += found.0;
                    *characters += found.1;
                });
                for index in rest {
                    look_for_classes(strings.get(index as usize), with, characters);
                }
            }
        }
    }
}

/// Adds the classes of the characters of `value`.
fn look_for_classes(value: &[u8], strings: &mut [u64], characters: &mut [u64]) {
    let found = of_ascii(value).unwrap_or_else(|| {
        let mut found = [0u64; CLASSES.len()];
        String::from_utf8_lossy(value).chars().for_each(|one| found[class(one)] += 1);
        found
    });
    for ((strings, characters), found) in strings.iter_mut().zip(characters).zip(found) {
        *strings += u64::from(found > 0);
        *characters += found;
    }
}

/// How many characters of each class; `None` if not all are ASCII.
fn of_ascii(value: &[u8]) -> Option<[u64; CLASSES.len()]> {
    let mut found = [0; CLASSES.len()];
    for piece in value.chunks(PIECE) {
        let sum = piece.iter().fold(0, |sum, &byte| sum + PACKED[usize::from(byte)]);
        if sum >> (WIDTH * CLASSES.len() as u32) != 0 {
            return None;
        }
        for (class, found) in found.iter_mut().enumerate() {
            *found += (sum >> (WIDTH * class as u32)) as u64 & PIECE as u64;
        }
    }
    Some(found)
}

fn look_for_ranges(
    ranges: &[CharacterRange],
    value: &[u8],
    strings: &mut [u64],
    characters: &mut [u64],
) {
    let mut found = vec![0u64; characters.len()];
    for character in String::from_utf8_lossy(value).chars() {
        let mut held = false;
        for (range, count) in ranges.iter().zip(&mut found) {
            let holds = (range.first..=range.last).contains(&u32::from(character));
            *count += u64::from(holds);
            held |= holds;
        }
        if let Some(unknown) = found.last_mut() {
            *unknown += u64::from(!held);
        }
    }
    for ((strings, characters), found) in strings.iter_mut().zip(characters).zip(found) {
        *strings += u64::from(found > 0);
        *characters += found;
    }
}

impl Unicode {
    fn of(ranges: Option<Vec<CharacterRange>>, seed: u64) -> Self {
        let names: Vec<String> = match &ranges {
            None => CLASSES.map(str::to_owned).into(),
            Some(ranges) => {
                let names = ranges.iter().map(|range| range.name.clone());
                names.chain([UNKNOWN.to_owned()]).collect()
            }
        };
        Self { sample: Sample::new(2 * names.len(), seed), ranges, names }
    }
}

impl Sink for Unicode {
    const NAME: &'static str = "a column of strings";
    const TAKES: &'static str = "strings";

    fn takes(kind: Kind) -> bool {
        kind == Kind::Text
    }

    fn strings<S: Strings>(&mut self, strings: &S) -> Result<(), Error> {
        self.sample.see(strings, &Characters(self.ranges.as_deref()))
    }

    fn string(&mut self, value: &[u8], weight: u64) -> Result<(), Error> {
        self.sample.see_one(value, weight, &Characters(self.ranges.as_deref()))
    }

    fn strings_weighted<S: Strings>(&mut self, strings: &S, weights: &[u64]) -> Result<(), Error> {
        self.sample.see_weighted(strings, weights, &Characters(self.ranges.as_deref()))
    }
}

impl Metric for Unicode {
    const SEQUENTIAL: bool = true;
    const FIELDS: &'static [Field] = &[
        Sample::FIELDS[0],
        Sample::FIELDS[1],
        Sample::FIELDS[2],
        Sample::FIELDS[3],
        ("names", Form::Texts),
    ];

    fn new(data_type: &DataType, parameters: &Parameters) -> Result<Option<Self>, Error> {
        let empty = Self::of(parameters.ranges.clone(), parameters.seed);
        Ok(data_type.is_string().then_some(empty))
    }

    fn update(&mut self, array: &dyn Array, weights: Option<&[u64]>) -> Result<(), Error> {
        fold(self, array, weights)
    }

    fn merge(&mut self, other: &Self) -> Result<(), Error> {
        if self.names != other.names {
            let [left, right] = [&self.names, &other.names].map(|names| names.join(", "));
            let what = "the classes of characters";
            return Err(drypoint_sketches::Error::Mismatch { what, left, right }.into());
        }
        self.sample.merge(&other.sample);
        Ok(())
    }

    fn encode(&self) -> Vec<Value> {
        let mut values = self.sample.encode();
        values.push(Value::Texts(self.names.clone()));
        values
    }

    fn decode(&mut self, record: &Record<'_>) -> Result<(), Error> {
        let names = record.texts("names").to_vec();
        if names.is_empty() {
            return Err(record.refuse("names", "it has none"));
        }
        // Where ranges begin and end is not kept: what is read is asked and merged, not updated.
        *self = Self { sample: Sample::new(2 * names.len(), 0), ranges: None, names };
        self.sample.decode(record)
    }
}

#[cfg(test)]
mod tests {
    use drypoint_sketches::StringSlices;
    use proptest::prelude::*;

    use super::*;

    /// Character by character.
    fn naive(texts: &[String]) -> Vec<u64> {
        let mut counts = vec![0; 2 * CLASSES.len()];
        for text in texts {
            let mut found = [0; CLASSES.len()];
            text.chars().for_each(|one| found[class(one)] += 1);
            for (class, found) in found.into_iter().enumerate() {
                counts[class] += u64::from(found > 0);
                counts[CLASSES.len() + class] += found;
            }
        }
        counts
    }

    proptest! {
        #[test]
        fn many_strings_hold_what_each_of_them_holds(
            texts in prop::collection::vec(
                prop_oneof![
                    4 => "[\\x00-\\x7f]{0,18}", 1 => "[a-z0-9]{14,18}", 1 => "[\\x00-\\x7fé漢]{0,18}",
                    1 => "[ -~]{1000,2100}"
                ],
                0..200
            )
        ) {
            let mut counts = vec![0; 2 * CLASSES.len()];
            Characters(None).look(&StringSlices(&texts), &mut counts);
            prop_assert_eq!(counts, naive(&texts));
        }
    }

    #[test]
    fn every_character_of_ascii_is_found_wherever_it_stands() {
        for (byte, place) in (0..128).flat_map(|byte| (0..16).map(move |place| (byte, place))) {
            let mut value = vec![b'a'; 16];
            value[place] = byte;
            let texts = vec![String::from_utf8(value).unwrap(); FEW];
            let mut counts = vec![0; 2 * CLASSES.len()];
            Characters(None).look(&StringSlices(&texts), &mut counts);
            assert_eq!(counts, naive(&texts), "{byte} at {place}");
        }
    }

    fn found(value: &str) -> Vec<&'static str> {
        value.chars().map(|character| CLASSES[class(character)]).collect()
    }

    #[test]
    fn characters_are_told_by_their_category() {
        for byte in 0..128u8 {
            let (one, category) = (char::from(byte), char::from(byte).general_category_group());
            let group = match category {
                GeneralCategoryGroup::Letter if one.is_uppercase() => 0,
                GeneralCategoryGroup::Letter => 1,
                GeneralCategoryGroup::Number => 4,
                GeneralCategoryGroup::Punctuation => 5,
                GeneralCategoryGroup::Symbol => 6,
                _ if one.is_whitespace() => 8,
                _ => 9,
            };
            assert_eq!(class(one), group, "{one:?}");
        }
        assert_eq!(found("Aé漢\u{301}4"), ["upper", "lower", "letter", "mark", "number"]);
        assert_eq!(
            found("!+😀 \n\u{7}"),
            ["punctuation", "symbol", "emoji", "space", "space", "control"]
        );
        assert_eq!(found("\u{e000}\u{3000}©"), ["other", "space", "emoji"]);
    }

    #[test]
    fn ranges_may_overlap_and_what_none_holds_is_unknown() {
        let range = |name: &str, first: char, last: char| CharacterRange {
            name: name.into(),
            first: first.into(),
            last: last.into(),
        };
        let mut made = Unicode::of(Some(vec![range("a", 'a', 'a'), range("low", 'a', 'z')]), 0);
        made.string("abbaé".as_bytes(), 1).unwrap();
        made.string(b"b", 2).unwrap();
        assert_eq!(made.sample.counts(), [1, 3, 1, 2, 6, 1]);
    }
}
