//! Which segment a row is of, by the values of its key columns.
//!
//! The values of a column have codes, in the order in which they were learnt. The codes of the first
//! two columns make a pair that has a code, that one with the code of the third column another, and so
//! on; the last code is the segment. Only keys that open a segment are learnt, so there are never more
//! codes than segments.

use std::collections::HashMap;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef};
use arrow_buffer::{BooleanBuffer, NullBuffer};
use arrow_cast::cast;
use arrow_row::{RowConverter, SortField};
use arrow_schema::DataType;
use drypoint_sketches::{Heads, Kernel, LANES, Strings, dispatch};
use foldhash::fast::RandomState;

use crate::Error;
use crate::arrow::cells::plain_type;
use crate::arrow::check::Checked;
use crate::arrow::decimal::Unscaled;
use crate::arrow::sink::Integer;
use crate::arrow::visit::{Nulls, Visitor, kind, value_type, visit};

/// The code of what was not learnt.
pub(super) const UNKNOWN: u32 = u32::MAX;

type Codes<K> = HashMap<K, u32, RandomState>;

/// The keys that were learnt.
#[derive(Debug)]
pub(super) struct Keys {
    columns: Vec<Values>,
    /// Of the code of the columns before and that of the next one.
    pairs: Vec<Codes<(u32, u32)>>,
    learnt: u32,
}

impl Keys {
    /// Of no keys, whose columns have these types.
    ///
    /// # Errors
    /// A type is one that Arrow cannot tell values of apart.
    pub(super) fn new<'a>(types: impl Iterator<Item = &'a DataType>) -> Result<Self, Error> {
        let columns = types.map(Values::new).collect::<Result<Vec<_>, _>>()?;
        let pairs = vec![Codes::default(); columns.len().saturating_sub(1)];
        Ok(Self { columns, pairs, learnt: 0 })
    }

    /// How many were learnt.
    pub(super) fn len(&self) -> usize {
        self.learnt as usize
    }

    /// The position among all keys that were learnt of each of the rows of `columns`, or [`UNKNOWN`].
    /// Columns are plain, here and below.
    pub(super) fn find(&self, columns: &[ArrayRef]) -> Result<Vec<u32>, Error> {
        let mut columns = self.columns.iter().zip(columns);
        let Some((values, column)) = columns.next() else { return Ok(Vec::new()) };
        let mut found = values.find(column)?;
        for ((values, column), pairs) in columns.zip(&self.pairs) {
            let next = values.find(column)?;
            for (code, next) in found.iter_mut().zip(next) {
                *code = pairs.get(&(*code, next)).copied().unwrap_or(UNKNOWN);
            }
        }
        Ok(found)
    }

    /// Learns the key in the only row of `columns`, which is not known.
    pub(super) fn learn(&mut self, columns: &[ArrayRef]) -> Result<(), Error> {
        let mut columns = self.columns.iter_mut().zip(columns);
        let Some((values, column)) = columns.next() else { return Ok(()) };
        let mut code = values.learn(column)?;
        for ((values, column), pairs) in columns.zip(&mut self.pairs) {
            let (pair, new) = ((code, values.learn(column)?), pairs.len() as u32);
            code = *pairs.entry(pair).or_insert(new);
        }
        self.learnt += 1;
        Ok(())
    }
}

/// A value in a fixed form: an integer, or a string of at most 16 bytes with its length.
type Short = (u64, u64, u64);
const SHORT: u64 = 16;

/// What a value is told by.
enum Key<'a> {
    Null,
    Short(Short),
    /// A longer string, or the row format of Arrow.
    Long(&'a [u8]),
}

/// A [`Key`] to be kept.
enum Owned {
    Null,
    Short(Short),
    Long(Box<[u8]>),
}

impl Key<'_> {
    fn owned(&self) -> Owned {
        match *self {
            Key::Null => Owned::Null,
            Key::Short(key) => Owned::Short(key),
            Key::Long(key) => Owned::Long(key.into()),
        }
    }
}

/// The codes of the values of one column.
#[derive(Debug)]
struct Values {
    null: Option<u32>,
    short: Codes<Short>,
    long: Codes<Box<[u8]>>,
    /// Of types that are no plain values.
    converter: Option<RowConverter>,
}

impl Values {
    fn new(data_type: &DataType) -> Result<Self, Error> {
        let data_type = plain_type(data_type);
        let values = value_type(&data_type);
        let simple = kind(values).is_some() || *values == DataType::Null;
        let converter =
            (!simple).then(|| RowConverter::new(vec![SortField::new(data_type)])).transpose()?;
        Ok(Self { null: None, short: Codes::default(), long: Codes::default(), converter })
    }

    fn len(&self) -> u32 {
        self.short.len() as u32 + self.long.len() as u32 + u32::from(self.null.is_some())
    }

    #[inline(always)]
    fn get(&self, key: &Key<'_>) -> u32 {
        let found = match key {
            Key::Null => self.null,
            Key::Short(key) => self.short.get(key).copied(),
            Key::Long(key) => self.long.get(*key).copied(),
        };
        found.unwrap_or(UNKNOWN)
    }

    /// The code of every row of `column`.
    fn find(&self, column: &ArrayRef) -> Result<Vec<u32>, Error> {
        if let Some(dictionary) = column.as_any_dictionary_opt()
            && (1..=column.len()).contains(&dictionary.values().len())
        {
            let codes = self.find(dictionary.values())?;
            let mut found = Vec::with_capacity(column.len());
            for (row, key) in dictionary.normalized_keys().into_iter().enumerate() {
                let null = column.is_null(row);
                found.push(if null { self.get(&Key::Null) } else { codes[key] });
            }
            return Ok(found);
        }
        let mut found = Vec::with_capacity(column.len());
        self.each(column, |key| found.push(self.get(&key)))?;
        Ok(found)
    }

    /// The code of the only row of `column`, a new one if it was not known.
    fn learn(&mut self, column: &ArrayRef) -> Result<u32, Error> {
        let (mut known, mut owned) = (UNKNOWN, Owned::Null);
        self.each(column, |key| {
            known = self.get(&key);
            owned = key.owned();
        })?;
        if known != UNKNOWN {
            return Ok(known);
        }
        let code = self.len();
        match owned {
            Owned::Null => self.null = Some(code),
            Owned::Short(key) => drop(self.short.insert(key, code)),
            Owned::Long(key) => drop(self.long.insert(key, code)),
        }
        Ok(code)
    }

    /// Calls `f` with what each row of a column is told by.
    fn each(&self, column: &ArrayRef, f: impl FnMut(Key<'_>)) -> Result<(), Error> {
        let mut each = Each(f);
        if let Some(converter) = &self.converter {
            let rows = converter.convert_columns(std::slice::from_ref(column))?;
            rows.iter().for_each(|row| (each.0)(Key::Long(row.data())));
            return Ok(());
        }
        let values = value_type(column.data_type());
        if *values == DataType::Null {
            (0..column.len()).for_each(|_| (each.0)(Key::Null));
            return Ok(());
        }
        if values == column.data_type() {
            return visit(column.as_ref(), &mut each);
        }
        visit(cast(column, values)?.as_ref(), &mut each)
    }
}

/// Calls what it holds with what each row is told by, in order.
struct Each<F>(F);

impl<F: FnMut(Key<'_>)> Each<F> {
    fn words<T: Copy>(&mut self, values: &[T], nulls: Nulls<'_>, word: impl Fn(T) -> u64) {
        for (row, &value) in values.iter().enumerate() {
            let null = nulls.is_some_and(|nulls| nulls.is_null(row));
            (self.0)(if null { Key::Null } else { Key::Short((word(value), 0, 0)) });
        }
    }
}

impl<F: FnMut(Key<'_>)> Visitor for Each<F> {
    type Sink = Checked<false>;

    fn ints<T: Integer>(&mut self, values: &[T], nulls: Nulls<'_>) -> Result<(), Error> {
        self.words(values, nulls, |value| value.into() as u64);
        Ok(())
    }

    fn unsigned(&mut self, values: &[u64], nulls: Nulls<'_>) -> Result<(), Error> {
        self.words(values, nulls, |value| value);
        Ok(())
    }

    fn floats(&mut self, values: &[f64], nulls: Nulls<'_>) -> Result<(), Error> {
        self.words(values, nulls, f64::to_bits);
        Ok(())
    }

    fn floats32(&mut self, values: &[f32], nulls: Nulls<'_>) -> Result<(), Error> {
        self.words(values, nulls, |value| value.to_bits().into());
        Ok(())
    }

    fn bools(&mut self, values: &BooleanBuffer, nulls: Nulls<'_>) -> Result<(), Error> {
        self.words(&values.iter().collect::<Vec<_>>(), nulls, u64::from);
        Ok(())
    }

    fn decimals<T: Unscaled>(
        &mut self,
        values: &[T],
        _: i8,
        nulls: Nulls<'_>,
    ) -> Result<(), Error> {
        for (row, value) in values.iter().enumerate() {
            let null = nulls.is_some_and(|nulls| nulls.is_null(row));
            let bytes = value.widened().to_le_bytes();
            (self.0)(if null { Key::Null } else { Key::Long(&bytes) });
        }
        Ok(())
    }

    fn strings<S: Strings>(&mut self, strings: &S, nulls: Nulls<'_>) -> Result<(), Error> {
        dispatch(EachString { strings, nulls, f: &mut self.0 });
        Ok(())
    }
}

struct EachString<'a, S, F> {
    strings: &'a S,
    nulls: Option<&'a NullBuffer>,
    f: &'a mut F,
}

impl<S: Strings, F: FnMut(Key<'_>)> Kernel for EachString<'_, S, F> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let mut heads = Heads::default();
        for start in (0..self.strings.len()).step_by(LANES) {
            self.strings.heads(start, &mut heads);
            for lane in 0..heads.count {
                let (row, size) = (start + lane, heads.sizes[lane]);
                (self.f)(if self.nulls.is_some_and(|nulls| nulls.is_null(row)) {
                    Key::Null
                } else if size <= SHORT {
                    Key::Short((heads.words[0][lane], heads.words[1][lane], size))
                } else {
                    Key::Long(self.strings.get(row))
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::types::Int8Type;
    use arrow_array::{BooleanArray, DictionaryArray, Float64Array, Int16Array, StringArray};
    use arrow_cast::display::array_value_to_string;
    use proptest::prelude::*;

    use super::*;

    /// Columns of keys of so many rows, of few values each.
    fn columns(rows: usize) -> impl Strategy<Value = Vec<ArrayRef>> {
        let text = prop::option::of(prop_oneof!["[ab]{0,2}", "[ab]{15,17}", Just("é\0".repeat(9))]);
        let texts = prop::collection::vec(text, rows..=rows);
        let ints = prop::collection::vec(prop::option::of(-2i16..3), rows..=rows);
        let flags = prop::collection::vec(prop::option::of(any::<bool>()), rows..=rows);
        let floats = prop::sample::select(vec![-0.0, 0.0, 1.5, f64::INFINITY]);
        let floats = prop::collection::vec(prop::option::of(floats), rows..=rows);
        (texts, ints, flags, floats, 1usize..32).prop_map(|(texts, ints, flags, floats, chosen)| {
            let coded: DictionaryArray<Int8Type> = texts.iter().map(Option::as_deref).collect();
            let all: [ArrayRef; 5] = [
                Arc::new(StringArray::from(texts)),
                Arc::new(Int16Array::from(ints)),
                Arc::new(BooleanArray::from(flags)),
                Arc::new(Float64Array::from(floats)),
                Arc::new(coded),
            ];
            let all = all.into_iter().enumerate();
            all.filter(|(at, _)| chosen >> at & 1 == 1).map(|(_, column)| column).collect()
        })
    }

    proptest! {
        #[test]
        fn rows_of_one_key_are_told_from_all_others(
            (columns, known) in (1usize..60).prop_flat_map(|rows| (columns(rows), 0..=rows))
        ) {
            let mut keys = Keys::new(columns.iter().map(Array::data_type)).unwrap();
            let text = |row: usize| {
                let texts = columns.iter().map(|column| {
                    let null = column.is_null(row);
                    (null, array_value_to_string(column, row).unwrap())
                });
                texts.collect::<Vec<_>>()
            };
            let mut firsts: Vec<Vec<(bool, String)>> = Vec::new();
            for row in 0..known {
                if !firsts.contains(&text(row)) {
                    firsts.push(text(row));
                    let one: Vec<_> = columns.iter().map(|column| column.slice(row, 1)).collect();
                    prop_assert_eq!(keys.find(&one).unwrap(), vec![UNKNOWN]);
                    keys.learn(&one).unwrap();
                }
            }
            prop_assert_eq!(keys.len(), firsts.len());
            let expected = (0..columns[0].len()).map(|row| {
                let found = firsts.iter().position(|first| *first == text(row));
                found.map_or(UNKNOWN, |at| at as u32)
            });
            prop_assert_eq!(keys.find(&columns).unwrap(), expected.collect::<Vec<_>>());
        }
    }
}
