//! What one column looks like.

use arrow_array::{Array, Int32Array, Int64Array};
use arrow_cast::cast;
use arrow_cast::display::array_value_to_string;
use arrow_schema::{DataType, Field};
use drypoint_sketches::frequent::{FrequentItem, FrequentItems};
use drypoint_sketches::hll::{HllSketch, HllType};
use drypoint_sketches::kll::{KllSketch, SearchCriteria};
use drypoint_sketches::{Estimate, Sketch};

use crate::arrow::UpdateArray;
use crate::arrow::visit::value_type;
use crate::metric::numbers::Numbers;
use crate::metric::texts::Texts;
use crate::metric::ticks::Ticks;
use crate::{Error, Moments};

/// HLL with 4,096 registers: 1.3 % standard error.
const LG_K: u8 = 12;
/// KLL of 512: ranks within 0.53 %.
const K: u16 = 512;
/// Up to 768 frequent items: counts within 0.34 % of the rows.
const LG_MAX_MAP_SIZE: u8 = 10;

/// A value as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub enum Scalar {
    /// Any integer.
    Int(i128),
    /// Any float.
    Float(f64),
    /// Text; also times, in ISO 8601.
    Text(String),
}

/// A frequent value and how often it came.
#[derive(Debug, Clone, PartialEq)]
pub struct Top {
    /// The value.
    pub value: Scalar,
    /// How often it came; the truth is always within the bounds.
    pub count: Estimate<u64>,
}

/// The facts that depend on the type.
#[derive(Debug, Clone, PartialEq)]
enum Facts {
    Numbers(Box<Numbers>),
    Ticks(Ticks),
    Texts(Texts),
    /// Booleans, which have no facts of their own.
    Flags,
    /// A type that is not looked into: nested ones, intervals.
    Opaque,
}

#[derive(Debug, Clone, PartialEq)]
enum Frequent {
    Integers(FrequentItems<i64>),
    Texts(FrequentItems<String>),
    /// Continuous numbers and binary have no frequent values worth listing, and integers above
    /// `i64::MAX` none that could be counted.
    Uncounted,
}

/// What one column looks like: counts, extremes, moments, quantiles, distinct and top values.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnProfile {
    name: String,
    data_type: DataType,
    rows: u64,
    nulls: u64,
    facts: Facts,
    frequent: Frequent,
    distinct: HllSketch,
}

impl ColumnProfile {
    /// A profile of no rows.
    ///
    /// # Errors
    /// None: the parameters are in range.
    pub(crate) fn new(field: &Field) -> Result<Self, Error> {
        let plain = value_type(field.data_type());
        let (facts, frequent) = match plain {
            DataType::Boolean => (Facts::Flags, integers()?),
            t if t.is_integer() => (Facts::Numbers(Box::new(Numbers::new(K)?)), integers()?),
            t if t.is_numeric() => {
                (Facts::Numbers(Box::new(Numbers::new(K)?)), Frequent::Uncounted)
            }
            DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => {
                let items = FrequentItems::new(LG_MAX_MAP_SIZE)?;
                (Facts::Texts(Texts::default()), Frequent::Texts(items))
            }
            DataType::Binary
            | DataType::LargeBinary
            | DataType::BinaryView
            | DataType::FixedSizeBinary(_) => (Facts::Texts(Texts::default()), Frequent::Uncounted),
            DataType::Interval(_) => (Facts::Opaque, Frequent::Uncounted),
            t if t.is_temporal() => (Facts::Ticks(Ticks(KllSketch::new(K)?)), integers()?),
            _ => (Facts::Opaque, Frequent::Uncounted),
        };
        Ok(Self {
            name: field.name().clone(),
            data_type: field.data_type().clone(),
            rows: 0,
            nulls: 0,
            facts,
            frequent,
            distinct: HllSketch::new(LG_K, HllType::Hll4)?,
        })
    }

    /// Folds the rows of `array` in, which is of this column's type.
    pub(crate) fn update(&mut self, array: &dyn Array) -> Result<(), Error> {
        match &mut self.facts {
            Facts::Numbers(numbers) => numbers.update_array(array)?,
            Facts::Ticks(ticks) => ticks.update_array(array)?,
            Facts::Texts(texts) => texts.update_array(array)?,
            Facts::Flags | Facts::Opaque => {}
        }
        match &mut self.frequent {
            Frequent::Integers(items) => match items.update_array(array) {
                // An integer above `i64::MAX` has no place here; the other facts hold it.
                Err(Error::TooLarge { .. }) => self.frequent = Frequent::Uncounted,
                outcome => outcome?,
            },
            Frequent::Texts(items) => items.update_array(array)?,
            Frequent::Uncounted => {}
        }
        if self.facts != Facts::Opaque {
            self.distinct.update_array(array)?;
        }
        self.rows += array.len() as u64;
        self.nulls += array.logical_null_count() as u64;
        Ok(())
    }

    /// Folds other rows of the same column in.
    pub(crate) fn merge(&mut self, other: &Self) -> Result<(), Error> {
        match (&mut self.facts, &other.facts) {
            (Facts::Numbers(ours), Facts::Numbers(theirs)) => ours.merge(theirs)?,
            (Facts::Ticks(ours), Facts::Ticks(theirs)) => ours.merge(theirs)?,
            (Facts::Texts(ours), Facts::Texts(theirs)) => ours.merge(theirs),
            _ => {}
        }
        match (&mut self.frequent, &other.frequent) {
            (Frequent::Integers(ours), Frequent::Integers(theirs)) => ours.merge(theirs)?,
            (Frequent::Texts(ours), Frequent::Texts(theirs)) => ours.merge(theirs)?,
            (ours, _) => *ours = Frequent::Uncounted,
        }
        self.distinct.merge(&other.distinct)?;
        self.rows += other.rows;
        self.nulls += other.nulls;
        Ok(())
    }

    /// Name of the column; columns may share one.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its Arrow type.
    pub fn data_type(&self) -> &DataType {
        &self.data_type
    }

    /// Rows, nulls included.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Rows that are null.
    pub fn nulls(&self) -> u64 {
        self.nulls
    }

    /// NaN among floats; `None` for other types.
    pub fn nans(&self) -> Option<u64> {
        match &self.facts {
            Facts::Numbers(numbers) if value_type(&self.data_type).is_floating() => {
                Some(numbers.nans)
            }
            _ => None,
        }
    }

    /// The least value, exactly, without NaN; `None` if there is none, or the type has no order.
    pub fn min(&self) -> Option<Scalar> {
        match &self.facts {
            Facts::Numbers(numbers) => number(numbers.integers.min(), numbers.floats.min()),
            Facts::Ticks(ticks) => ticks.0.min().map(|tick| self.time(tick)),
            Facts::Texts(texts) => texts.extremes.min().map(|value| text(value)),
            Facts::Flags | Facts::Opaque => None,
        }
    }

    /// The greatest value, exactly, without NaN; `None` if there is none, or the type has no order.
    pub fn max(&self) -> Option<Scalar> {
        match &self.facts {
            Facts::Numbers(numbers) => number(numbers.integers.max(), numbers.floats.max()),
            Facts::Ticks(ticks) => ticks.0.max().map(|tick| self.time(tick)),
            Facts::Texts(texts) => texts.extremes.max().map(|value| text(value)),
            Facts::Flags | Facts::Opaque => None,
        }
    }

    /// Moments of the finite numbers; `None` for other types.
    pub fn moments(&self) -> Option<&Moments> {
        match &self.facts {
            Facts::Numbers(numbers) => Some(&numbers.moments),
            _ => None,
        }
    }

    /// The values at ranks `qs` with bounds at 99 %; `None` if there are none, or no order.
    ///
    /// # Errors
    /// A rank is outside [0, 1].
    pub fn quantiles(&self, qs: &[f64]) -> Result<Option<Vec<Estimate<Scalar>>>, Error> {
        let way = SearchCriteria::Inclusive;
        Ok(match &self.facts {
            Facts::Numbers(numbers) => numbers.quantiles.quantiles(qs, way)?.map(|found| {
                found.into_iter().map(|estimate| estimate.map(Scalar::Float)).collect()
            }),
            Facts::Ticks(ticks) => ticks.0.quantiles(qs, way)?.map(|found| {
                found.into_iter().map(|estimate| estimate.map(|tick| self.time(tick))).collect()
            }),
            Facts::Texts(_) | Facts::Flags | Facts::Opaque => None,
        })
    }

    /// Distinct values that are not null, with bounds at 95.4 %; `None` for types not looked into.
    pub fn distinct(&self) -> Option<Estimate> {
        let found = self.distinct.estimate();
        match &self.facts {
            Facts::Opaque => None,
            // The empty string is a value, though not to an HLL.
            Facts::Texts(texts) if texts.empty > 0 => Some(found.map(|count| count + 1.0)),
            _ => Some(found),
        }
    }

    /// The `n` most frequent values, of those that came more often than the counts may be off; none
    /// for continuous numbers, binary and nested types.
    pub fn top(&self, n: usize) -> Vec<Top> {
        let boolean = *value_type(&self.data_type) == DataType::Boolean;
        let integer = |item: i64| match &self.facts {
            Facts::Ticks(_) => self.time(item),
            _ if boolean => Scalar::Text((item != 0).to_string()),
            _ => Scalar::Int(i128::from(item)),
        };
        match &self.frequent {
            Frequent::Integers(items) => top(items, n, integer),
            Frequent::Texts(items) => top(items, n, Scalar::Text),
            Frequent::Uncounted => Vec::new(),
        }
    }

    /// A tick as ISO 8601, by the type of the column; the number itself if it is out of range.
    fn time(&self, tick: i64) -> Scalar {
        let plain = value_type(&self.data_type);
        let narrow = matches!(plain, DataType::Date32 | DataType::Time32(_));
        let shown = if narrow {
            cast(&Int32Array::from(vec![tick as i32]), plain)
        } else {
            cast(&Int64Array::from(vec![tick]), plain)
        };
        let shown = shown.and_then(|array| array_value_to_string(&array, 0));
        Scalar::Text(shown.unwrap_or_else(|_| tick.to_string()))
    }
}

fn integers() -> Result<Frequent, Error> {
    Ok(Frequent::Integers(FrequentItems::new(LG_MAX_MAP_SIZE)?))
}

fn top<T: FrequentItem>(
    items: &FrequentItems<T>,
    n: usize,
    scalar: impl Fn(T) -> Scalar,
) -> Vec<Top> {
    let sure = items.top(n).into_iter().filter(|row| row.count.lower > items.max_error());
    sure.map(|row| Top { value: scalar(row.item), count: row.count }).collect()
}

fn number(integer: Option<&i128>, float: Option<&f64>) -> Option<Scalar> {
    integer.map(|&value| Scalar::Int(value)).or(float.map(|&value| Scalar::Float(value)))
}

fn text(value: &[u8]) -> Scalar {
    Scalar::Text(String::from_utf8_lossy(value).into_owned())
}
