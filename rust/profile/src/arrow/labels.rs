//! Values of any scalar type as codes of their texts, so that labels of two columns can be compared
//! whatever their types are: the integer 1, the float 1.0 and the text "1" are one label.

use std::collections::HashMap;

use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int64Type, UInt64Type};
use arrow_array::{Array, BooleanArray};
use arrow_buffer::NullBuffer;
use arrow_cast::cast;
use arrow_schema::DataType;
use foldhash::fast::RandomState;

use super::check::check;
use super::visit::value_type;
use crate::Error;

/// The code of what is missing: null, or NaN.
pub(crate) const MISSING: u32 = u32::MAX;
/// Doubles hold every integer up to this.
const MOST_WHOLE: f64 = 9_007_199_254_740_992.0;
/// Integers from minus this up to it, exclusive, have their codes in a table.
const SMALL: i64 = 128;

/// Texts, numbered as they come.
#[derive(Default)]
pub(crate) struct Labels {
    texts: Vec<String>,
    places: HashMap<String, u32, RandomState>,
}

impl Labels {
    /// The texts, by code.
    pub(crate) fn texts(&self) -> &[String] {
        &self.texts
    }

    fn code(&mut self, text: &str) -> u32 {
        if let Some(&code) = self.places.get(text) {
            return code;
        }
        let code = self.texts.len() as u32;
        self.texts.push(text.to_owned());
        self.places.insert(text.to_owned(), code);
        code
    }

    /// The code of each value; [`MISSING`] for null and NaN.
    ///
    /// # Errors
    /// Buffers contradict each other, or the type has no texts.
    pub(crate) fn codes(&mut self, array: &dyn Array) -> Result<Vec<u32>, Error> {
        check(array)?;
        self.checked(array)
    }

    fn checked(&mut self, array: &dyn Array) -> Result<Vec<u32>, Error> {
        Ok(match array.data_type() {
            DataType::Null => vec![MISSING; array.len()],
            DataType::Boolean => self.bools(array.as_boolean()),
            DataType::UInt64 => {
                let array = array.as_primitive::<UInt64Type>();
                let text = |bits: i64| (bits as u64).to_string();
                self.keyed(array.values().iter().map(|&value| value as i64), array.nulls(), text)
            }
            other if other.is_integer() => {
                let wide = cast(array, &DataType::Int64)?;
                let array = wide.as_primitive::<Int64Type>();
                self.keyed(array.values().iter().copied(), array.nulls(), |value| value.to_string())
            }
            other if other.is_floating() => self.floats(&cast(array, &DataType::Float64)?),
            DataType::Utf8 => {
                let array = array.as_string::<i32>();
                let text = |row| array.is_valid(row).then(|| array.value(row));
                (0..array.len())
                    .map(|row| text(row).map_or(MISSING, |text| self.code(text)))
                    .collect()
            }
            DataType::Dictionary(..) => self.coded(array)?,
            DataType::RunEndEncoded(..) => {
                self.checked(&cast(array, value_type(array.data_type()))?)?
            }
            _ => self.checked(&cast(array, &DataType::Utf8)?)?,
        })
    }

    fn bools(&mut self, array: &BooleanArray) -> Vec<u32> {
        let codes = [self.code("false"), self.code("true")];
        let rows = 0..array.len();
        let code = |row| codes[usize::from(array.value(row))];
        rows.map(|row| if array.is_valid(row) { code(row) } else { MISSING }).collect()
    }

    fn floats(&mut self, array: &dyn Array) -> Vec<u32> {
        let array = array.as_primitive::<Float64Type>();
        let nan: NullBuffer = array.values().iter().map(|value| !value.is_nan()).collect();
        let nulls = NullBuffer::union(array.nulls(), Some(&nan));
        // Zeros of both signs are one.
        let bits = array.values().iter().map(|&value| (value + 0.0).to_bits() as i64);
        self.keyed(bits, nulls.as_ref(), |bits| {
            let value = f64::from_bits(bits as u64);
            let whole = value.trunc() == value && value.abs() <= MOST_WHOLE;
            if whole { (value as i64).to_string() } else { value.to_string() }
        })
    }

    /// Of values that are told apart by 64 bits, of which `text` makes the label.
    fn keyed(
        &mut self,
        values: impl Iterator<Item = i64>,
        nulls: Option<&NullBuffer>,
        text: impl Fn(i64) -> String,
    ) -> Vec<u32> {
        let mut small = [MISSING; 2 * SMALL as usize];
        let mut large: HashMap<i64, u32, RandomState> = HashMap::default();
        let mut code = |value: i64| {
            let near = (-SMALL..SMALL).contains(&value);
            let place = if near {
                &mut small[(value + SMALL) as usize]
            } else {
                large.entry(value).or_insert(MISSING)
            };
            if *place == MISSING {
                *place = self.code(&text(value));
            }
            *place
        };
        match nulls.filter(|nulls| nulls.null_count() > 0) {
            None => values.map(code).collect(),
            Some(nulls) => {
                let rows = values.enumerate();
                rows.map(|(row, value)| if nulls.is_valid(row) { code(value) } else { MISSING })
                    .collect()
            }
        }
    }

    /// Of values behind a dictionary, whose keys have been checked.
    fn coded(&mut self, array: &dyn Array) -> Result<Vec<u32>, Error> {
        let dictionary = array.as_any_dictionary();
        if dictionary.values().is_empty() {
            return Ok(vec![MISSING; array.len()]);
        }
        let values = self.checked(dictionary.values())?;
        let keys = dictionary.normalized_keys().into_iter().enumerate();
        let code =
            |(row, key): (usize, usize)| if array.is_valid(row) { values[key] } else { MISSING };
        Ok(keys.map(code).collect())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::types::Int8Type;
    use arrow_array::{ArrayRef, DictionaryArray, Float32Array, Int16Array, StringViewArray};

    use super::*;

    #[test]
    fn values_of_all_types_have_one_label_if_they_have_one_text() {
        let arrays: [ArrayRef; 4] = [
            Arc::new(Int16Array::from(vec![Some(1), None, Some(-300)])),
            Arc::new(Float32Array::from(vec![1.0, f32::NAN, -300.0])),
            Arc::new(StringViewArray::from(vec![Some("1"), None, Some("-300")])),
            Arc::new(
                [Some("1"), None, Some("-300")].into_iter().collect::<DictionaryArray<Int8Type>>(),
            ),
        ];
        let mut labels = Labels::default();
        for array in arrays {
            assert_eq!(labels.codes(&array).unwrap(), [0, MISSING, 1], "{}", array.data_type());
        }
        assert_eq!(labels.texts(), ["1", "-300"]);
    }
}
