//! Which characters strings hold: of all strings of a small column, of a sample of a large one.
//!
//! A character is of one class, told by its general category (UAX #44), or of every range that holds
//! it where ranges are given.

use arrow_array::Array;
use arrow_schema::DataType;
use drypoint_sketches::Strings;
use unicode_properties::{
    GeneralCategory, GeneralCategoryGroup, UnicodeEmoji, UnicodeGeneralCategory,
};

use super::Metric;
use super::sample::Sample;
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

/// The position of the class of `character`.
fn class(character: char) -> usize {
    if !character.is_ascii() && character.is_emoji_char() {
        return 7;
    }
    if matches!(character, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}') {
        return 8;
    }
    let category = character.general_category();
    match category {
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

/// Adds the classes of the characters of `value`: strings that have one, and characters.
fn look(ranges: Option<&[CharacterRange]>, value: &[u8], counts: &mut [u64]) {
    let (strings, characters) = counts.split_at_mut(counts.len() / 2);
    let mut found = vec![0u64; characters.len()];
    for character in String::from_utf8_lossy(value).chars() {
        let Some(ranges) = ranges else {
            found[class(character)] += 1;
            continue;
        };
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
    for (index, count) in found.into_iter().enumerate() {
        strings[index] += u64::from(count > 0);
        characters[index] += count;
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
        let ranges = self.ranges.as_deref();
        let look = |value: &[u8], counts: &mut [u64]| look(ranges, value, counts);
        self.sample.see(strings.len(), |index| strings.get(index), look);
        Ok(())
    }

    fn string(&mut self, value: &[u8], weight: u64) -> Result<(), Error> {
        let ranges = self.ranges.as_deref();
        self.sample.see_copies(value, weight, |value, counts| look(ranges, value, counts));
        Ok(())
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
    use super::*;

    fn found(value: &str) -> Vec<&'static str> {
        value.chars().map(|character| CLASSES[class(character)]).collect()
    }

    #[test]
    fn characters_are_told_by_their_category() {
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
