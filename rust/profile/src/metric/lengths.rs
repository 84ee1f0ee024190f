//! Lengths: of strings in bytes and in characters, of binary in bytes, of lists in elements.

use arrow_array::Array;
use arrow_schema::DataType;
use drypoint_sketches::Strings;

use super::{Metric, Tally};
use crate::arrow::fold;
use crate::arrow::nested;
use crate::arrow::sink::{Kind, Sink};
use crate::record::{Field, Form, Record, Value};
use crate::{Error, Parameters};

/// How long values are.
#[derive(Debug, Clone, PartialEq)]
pub struct Lengths {
    /// In bytes, or in elements.
    pub sizes: Tally,
    /// In Unicode code points, of strings.
    pub characters: Option<Tally>,
}

/// Code points: all bytes that do not continue one.
fn characters(value: &[u8]) -> u64 {
    value.iter().map(|&byte| u64::from(byte as i8 >= -0x40)).sum()
}

impl Lengths {
    fn see(&mut self, value: &[u8], weight: u64) {
        self.sizes.see(value.len() as u64, weight);
        if let Some(tally) = &mut self.characters {
            tally.see(characters(value), weight);
        }
    }
}

impl Sink for Lengths {
    const NAME: &'static str = "lengths";
    const TAKES: &'static str = "strings or binary";

    fn takes(kind: Kind) -> bool {
        matches!(kind, Kind::Text | Kind::Binary)
    }

    fn strings<S: Strings>(&mut self, strings: &S) -> Result<(), Error> {
        let mut sizes = Tally::default();
        sizes.see_strings(strings);
        self.sizes.join(&sizes);
        match &mut self.characters {
            Some(tally) if strings.is_ascii() => tally.join(&sizes),
            Some(tally) => {
                tally.see_all((0..strings.len()).map(|index| characters(strings.get(index))));
            }
            None => {}
        }
        Ok(())
    }

    fn string(&mut self, value: &[u8], weight: u64) -> Result<(), Error> {
        self.see(value, weight);
        Ok(())
    }

    fn strings_weighted<S: Strings>(&mut self, strings: &S, weights: &[u64]) -> Result<(), Error> {
        let each = 0..strings.len();
        let mut sizes = Tally::default();
        sizes.see_weighted(each.clone().map(|index| strings.size(index) as u64), weights);
        self.sizes.join(&sizes);
        match &mut self.characters {
            Some(tally) if strings.is_ascii() => tally.join(&sizes),
            Some(tally) => {
                tally.see_weighted(each.map(|index| characters(strings.get(index))), weights);
            }
            None => {}
        }
        Ok(())
    }
}

impl Metric for Lengths {
    const FIELDS: &'static [Field] = &[
        ("n", Form::Count),
        ("sum", Form::Count),
        ("squares", Form::Float),
        ("min", Form::Count),
        ("max", Form::Count),
        ("sizes", Form::Counts),
        ("counts", Form::Counts),
        ("character_n", Form::Count),
        ("character_sum", Form::Count),
        ("character_squares", Form::Float),
        ("character_min", Form::Count),
        ("character_max", Form::Count),
        ("character_sizes", Form::Counts),
        ("character_counts", Form::Counts),
    ];

    fn new(data_type: &DataType, _: &Parameters) -> Result<Option<Self>, Error> {
        let text = data_type.is_string();
        let lengthy = text || data_type.is_binary() || nested::is_list(data_type);
        let characters = text.then(Tally::default);
        Ok(lengthy.then(|| Self { sizes: Tally::default(), characters }))
    }

    fn update(&mut self, array: &dyn Array, weights: Option<&[u64]>) -> Result<(), Error> {
        if nested::is_list(array.data_type()) {
            nested::lengths(array, |length| self.sizes.see(length, 1))
        } else {
            fold(self, array, weights)
        }
    }

    fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.sizes.join(&other.sizes);
        match (&mut self.characters, &other.characters) {
            (Some(ours), Some(theirs)) => ours.join(theirs),
            (ours, _) => *ours = None,
        }
        Ok(())
    }

    fn encode(&self) -> Vec<Value> {
        let characters = self.characters.as_ref().map(Tally::encode);
        let characters = characters.unwrap_or([const { Value::Null }; 7]);
        self.sizes.encode().into_iter().chain(characters).collect()
    }

    fn decode(&mut self, record: &Record<'_>) -> Result<(), Error> {
        self.sizes = Tally::decode(record, "")?;
        if let Some(tally) = &mut self.characters {
            *tally = Tally::decode(record, "character_")?;
        }
        Ok(())
    }
}
