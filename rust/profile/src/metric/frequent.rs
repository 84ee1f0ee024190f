//! The values that came most often.
//!
//! Long strings are kept as their beginning and a hash, so that they stay apart and the sketch
//! stays small. Floats are counted as long as all are whole numbers, which is how integers with
//! nulls come out of pandas; after the first fraction the column is continuous and has no items.

use arrow_array::Array;
use arrow_schema::DataType;
use drypoint_sketches::frequent::{FrequentItem, FrequentItems};
use drypoint_sketches::{Kernel, LANES, Sketch, StringSlices, Strings, Update, dispatch};

use super::Metric;
use crate::arrow::fold;
use crate::arrow::sink::{BLOCK, Decimals, Integer, Kind, Sink, widened};
use crate::record::{Field, Form, Record, Value};
use crate::{Error, Parameters};

/// Longer strings are cut, and told apart by a hash.
const LONGEST: usize = 128;
/// Doubles hold every integer up to this.
const MOST_WHOLE: f64 = 9_007_199_254_740_992.0;

/// The frequent items of a column.
#[derive(Debug, Clone, PartialEq)]
pub struct Frequent {
    /// The sketch.
    pub sketch: FrequentSketch,
    /// Whether it is as it was read, and is written so again.
    read: bool,
}

/// A sketch of the frequent items of a column.
#[derive(Debug, Clone, PartialEq)]
pub enum FrequentSketch {
    /// Integers (those above `i64::MAX` by their bits), booleans, ticks of times, whole floats.
    Integers(FrequentItems<i64>),
    /// Strings; decimals as canonical text.
    Texts(FrequentItems<String>),
    /// The numbers turned out to be continuous.
    Continuous,
}

/// What stands for a string: itself, or its beginning and 64 bits of FNV-1a (Fowler, Noll and Vo)
/// of the whole.
fn item(value: &[u8]) -> Vec<u8> {
    if value.len() <= LONGEST {
        return value.to_vec();
    }
    let hash = value.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let text = String::from_utf8_lossy(&value[..value.len().min(LONGEST + 4)]);
    let text = &text[..text.floor_char_boundary(LONGEST - 20)];
    format!("{text}…#{hash:016x}").into_bytes()
}

/// Whether no string is to be cut.
struct AreShort<'a, S>(&'a S);

impl<S: Strings> Kernel for AreShort<'_, S> {
    type Output = bool;

    #[inline(always)]
    fn run(self) -> bool {
        let mut sizes = [0; LANES];
        (0..self.0.len()).step_by(LANES).all(|start| {
            let count = self.0.sizes(start, &mut sizes);
            // Longer ones leave the highest bit of a difference set.
            let room = |size: u64| (LONGEST as u64).wrapping_sub(size);
            sizes[count..].fill(0);
            sizes.iter().fold(0, |any, &size| any | room(size)) >> 63 == 0
        })
    }
}

impl FrequentSketch {
    fn integers(&self) -> Option<&FrequentItems<i64>> {
        if let Self::Integers(sketch) = self { Some(sketch) } else { None }
    }

    fn texts(&self) -> Option<&FrequentItems<String>> {
        if let Self::Texts(sketch) = self { Some(sketch) } else { None }
    }

    fn add(&mut self, values: &[i64]) {
        if let Self::Integers(sketch) = self {
            sketch.update_slice(values);
        }
    }

    fn add_one(&mut self, value: i64, weight: u64) -> Result<(), Error> {
        match self {
            Self::Integers(sketch) => Ok(sketch.update_weighted(&value, weight)?),
            _ => Ok(()),
        }
    }

    fn add_floats(&mut self, values: &[f64]) {
        if *self == Self::Continuous {
            return;
        }
        let whole = |x: &f64| x.trunc() == *x && x.abs() <= MOST_WHOLE;
        if values.iter().fold(true, |all, x| all & (whole(x) | !x.is_finite())) {
            let finite = values.iter().filter(|x| x.is_finite());
            self.add(&finite.map(|&x| x as i64).collect::<Vec<_>>());
        } else {
            *self = Self::Continuous;
        }
    }
}

impl Sink for FrequentSketch {
    const NAME: &'static str = "a column with frequent items";
    const TAKES: &'static str = "integers, booleans, decimals, times or strings";
    const DECIMALS: Decimals = Decimals::Texts;

    fn takes(kind: Kind) -> bool {
        kind != Kind::Binary
    }

    fn ints<T: Integer>(&mut self, values: &[T]) -> Result<(), Error> {
        widened(values, |block| self.add(block));
        Ok(())
    }

    fn unsigned(&mut self, values: &[u64]) -> Result<(), Error> {
        for chunk in values.chunks(16 * BLOCK) {
            self.add(&chunk.iter().map(|&value| value as i64).collect::<Vec<_>>());
        }
        Ok(())
    }

    fn floats(&mut self, values: &[f64]) -> Result<(), Error> {
        values.chunks(16 * BLOCK).for_each(|chunk| self.add_floats(chunk));
        Ok(())
    }

    fn floats32(&mut self, values: &[f32]) -> Result<(), Error> {
        for chunk in values.chunks(16 * BLOCK) {
            self.add_floats(&chunk.iter().map(|&value| value.into()).collect::<Vec<_>>());
        }
        Ok(())
    }

    fn strings<S: Strings>(&mut self, strings: &S) -> Result<(), Error> {
        let Self::Texts(sketch) = self else { return Ok(()) };
        if dispatch(AreShort(strings)) {
            return Ok(sketch.update_strings(strings)?);
        }
        strings.check_utf8()?;
        for from in (0..strings.len()).step_by(BLOCK) {
            let to = strings.len().min(from + BLOCK);
            let items: Vec<_> = (from..to).map(|index| item(strings.get(index))).collect();
            sketch.update_strings(&StringSlices(&items))?;
        }
        Ok(())
    }

    fn ints_weighted(&mut self, values: &[i64], weights: &[u64]) -> Result<(), Error> {
        match self {
            Self::Integers(sketch) => Ok(sketch.update_slice_weighted(values, weights)?),
            _ => Ok(()),
        }
    }

    fn strings_weighted<S: Strings>(&mut self, strings: &S, weights: &[u64]) -> Result<(), Error> {
        let Self::Texts(sketch) = self else { return Ok(()) };
        if dispatch(AreShort(strings)) {
            return Ok(sketch.update_strings_weighted(strings, weights)?);
        }
        strings.check_utf8()?;
        let items: Vec<_> = (0..strings.len()).map(|index| item(strings.get(index))).collect();
        Ok(sketch.update_strings_weighted(&StringSlices(&items), weights)?)
    }

    fn int(&mut self, value: i64, weight: u64) -> Result<(), Error> {
        self.add_one(value, weight)
    }

    fn float(&mut self, value: f64, weight: u64) -> Result<(), Error> {
        self.add_floats(&[value]);
        if value.is_finite() { self.add_one(value as i64, weight - 1) } else { Ok(()) }
    }

    fn string(&mut self, value: &[u8], weight: u64) -> Result<(), Error> {
        let Self::Texts(sketch) = self else { return Ok(()) };
        let item = item(value);
        Ok(sketch.update_weighted(&*String::from_utf8_lossy(&item), weight)?)
    }
}

impl Metric for Frequent {
    const FIELDS: &'static [Field] = &[("items", Form::Bytes)];

    fn new(data_type: &DataType, parameters: &Parameters) -> Result<Option<Self>, Error> {
        let lg = parameters.lg_max_map_size;
        let sketch = match data_type {
            DataType::Interval(_) => return Ok(None),
            other if other.is_string() || other.is_decimal() => {
                FrequentSketch::Texts(FrequentItems::new(lg)?)
            }
            other if *other == DataType::Boolean || other.is_numeric() || other.is_temporal() => {
                FrequentSketch::Integers(FrequentItems::new(lg)?)
            }
            _ => return Ok(None),
        };
        Ok(Some(Self { sketch, read: false }))
    }

    fn update(&mut self, array: &dyn Array, weights: Option<&[u64]>) -> Result<(), Error> {
        self.read = false;
        fold(&mut self.sketch, array, weights)
    }

    fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.merge_all(&[other])
    }

    fn merge_all(&mut self, others: &[&Self]) -> Result<(), Error> {
        self.read &= others.is_empty();
        let sketches = others.iter().map(|other| &other.sketch);
        let merged = match &mut self.sketch {
            FrequentSketch::Integers(ours) => {
                let theirs = sketches.map(FrequentSketch::integers).collect::<Option<Vec<_>>>();
                theirs.map(|theirs| ours.merge_all(&theirs))
            }
            FrequentSketch::Texts(ours) => {
                let theirs = sketches.map(FrequentSketch::texts).collect::<Option<Vec<_>>>();
                theirs.map(|theirs| ours.merge_all(&theirs))
            }
            FrequentSketch::Continuous => return Ok(()),
        };
        match merged {
            Some(merged) => merged?,
            None => self.sketch = FrequentSketch::Continuous,
        }
        Ok(())
    }

    fn encode(&self) -> Vec<Value> {
        vec![match &self.sketch {
            FrequentSketch::Integers(sketch) => Value::Bytes(stored(sketch, self.read)),
            FrequentSketch::Texts(sketch) => Value::Bytes(stored(sketch, self.read)),
            FrequentSketch::Continuous => Value::Null,
        }]
    }

    fn decode(&mut self, record: &Record<'_>) -> Result<(), Error> {
        self.read = true;
        let Some(bytes) = record.bytes("items") else {
            self.sketch = FrequentSketch::Continuous;
            return Ok(());
        };
        match &mut self.sketch {
            FrequentSketch::Texts(sketch) => *sketch = FrequentItems::decode(bytes)?,
            FrequentSketch::Integers(sketch) => *sketch = FrequentItems::decode(bytes)?,
            FrequentSketch::Continuous => {}
        }
        Ok(())
    }
}

/// The bytes of a sketch, trimmed unless it was read.
fn stored<T: FrequentItem>(sketch: &FrequentItems<T>, read: bool) -> Vec<u8> {
    if read { sketch.encode() } else { sketch.trimmed().encode() }
}
