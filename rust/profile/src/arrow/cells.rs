//! The rows of one column in one block, in the form that all its metrics share.
//!
//! Values behind dictionaries and runs are counted once, and so are strings of which a block has few:
//! metrics then look at each value once, with its weight, and not at every row.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, BooleanArray, StringArray, UInt64Array};
use arrow_buffer::{Buffer, OffsetBuffer, ScalarBuffer};
use arrow_cast::cast;
use arrow_data::ArrayData;
use arrow_row::{Row, RowConverter, SortField};
use arrow_schema::{DataType, Field};
use arrow_select::concat::concat;
use arrow_select::filter::filter;
use arrow_select::take::take;
use drypoint_sketches::Strings;
use drypoint_sketches::frequent::StringTally;
use foldhash::fast::RandomState;

use super::check::{Checked, check};
use super::encoded::{Weighed, weighed};
use super::sink::{Kind, Sink};
use super::visit::{kind, value_type};
use super::{UpdateArray, fold, nested};
use crate::Error;

/// In fewer rows nothing is gained by counting first.
const LEAST: usize = 1024;

/// What one thread uses again and again.
#[derive(Default)]
pub(crate) struct Scratch {
    tally: StringTally,
    /// The values of the last dictionary that was checked, and kept so that no other gets its place.
    checked: Option<ArrayData>,
}

/// The rows of one column in one block.
pub(crate) struct Cells {
    /// How many there are.
    pub(crate) rows: u64,
    /// How many are null.
    pub(crate) nulls: u64,
    /// What metrics look at.
    pub(crate) values: Values,
}

/// What metrics look at.
pub(crate) enum Values {
    /// An array in which every value stands for itself; nulls may be among them.
    Plain(ArrayRef),
    /// Values that stand for many rows, in the order in which the rows first have them.
    Weighed(Weighed),
}

impl Cells {
    /// Of the rows of `parts`, which are of one type.
    ///
    /// # Errors
    /// Buffers contradict each other.
    pub(crate) fn of_parts(parts: &[&ArrayRef], scratch: &mut Scratch) -> Result<Self, Error> {
        if let [whole] = parts {
            return Self::of(whole, scratch);
        }
        parts.iter().try_for_each(|part| check(part))?;
        let parts = parts.iter().map(|part| plain(part)).collect::<Result<Vec<_>, _>>()?;
        if parts.iter().all(|part| !is_encoded(part.data_type())) || share_dictionary(&parts) {
            return Self::of(&concatenated(&parts)?, scratch);
        }
        if parts.iter().all(|part| is_coded_text(part.data_type())) {
            let unpacked = parts.iter().map(|part| cast(part, value_type(part.data_type())));
            return Self::of(&concatenated(&unpacked.collect::<Result<Vec<_>, _>>()?)?, scratch);
        }
        let rows = parts.iter().map(|part| part.len() as u64).sum();
        let parts = parts.iter().map(|part| weighed(part, None));
        let parts: Vec<_> = parts.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
        let whole = together(&parts)?;
        check_offsets(&whole.0)?;
        Ok(Self::weighed(rows, whole))
    }

    /// Of the rows of `array`.
    ///
    /// # Errors
    /// Codes, run ends or the values of a dictionary are not valid.
    pub(crate) fn of(array: &ArrayRef, scratch: &mut Scratch) -> Result<Self, Error> {
        let array = plain(array)?;
        let rows = array.len() as u64;
        if let DataType::Dictionary(..) = array.data_type() {
            scratch.check(array.as_any_dictionary().values())?;
        }
        if let Some(encoded) = weighed(array.as_ref(), None)? {
            if is_coded_text(array.data_type()) && !are_few(&array, &encoded)? {
                return Self::of(&cast(&array, value_type(array.data_type()))?, scratch);
            }
            check_offsets(&encoded.0)?;
            return Ok(Self::weighed(rows, encoded));
        }
        check_offsets(&array)?;
        let nulls = array.logical_null_count() as u64;
        let values = match scratch.few_strings(&array)? {
            Some(few) => Values::Weighed(few),
            None => Values::Plain(dense(&array)?),
        };
        Ok(Self { rows, nulls, values })
    }

    fn weighed(rows: u64, (values, weights): Weighed) -> Self {
        let there = match values.logical_nulls() {
            None => weights.iter().sum(),
            Some(nulls) => nulls.valid_indices().map(|index| weights[index]).sum::<u64>(),
        };
        Self { rows, nulls: rows - there, values: Values::Weighed((values, weights)) }
    }
}

/// What strings and binary values are told by leads into their buffers: no metric looks again.
fn check_offsets(array: &ArrayRef) -> Result<(), Error> {
    match kind(array.data_type()) {
        Some(Kind::Text | Kind::Binary) => Checked::<false>.update_array(array.as_ref()),
        _ => Ok(()),
    }
}

/// Whether strings stand behind codes.
fn is_coded_text(data_type: &DataType) -> bool {
    matches!(data_type, DataType::Dictionary(_, values) if kind(values) == Some(Kind::Text))
}

/// Whether strings behind codes are as few as plain ones are that are counted first: then the two
/// give the same profile, and else they are unpacked, so that they do too.
fn are_few(array: &ArrayRef, (values, _): &Weighed) -> Result<bool, Error> {
    let valid = array.len() - array.null_count();
    if valid < LEAST || !StringTally::pays(values.len(), valid) {
        return Ok(false);
    }
    let mut rows = (0..array.len()).filter(|&row| array.is_valid(row));
    let end = rows.nth(StringTally::PROBE - 1).map_or(array.len(), |last| last + 1);
    let early = weighed(array.slice(0, end).as_ref(), None)?;
    let distinct = early.map_or(0, |(values, _)| values.len());
    Ok(StringTally::may_pay(distinct, StringTally::PROBE))
}

fn concatenated(parts: &[ArrayRef]) -> Result<ArrayRef, Error> {
    Ok(concat(&parts.iter().map(AsRef::as_ref).collect::<Vec<_>>())?)
}

fn is_encoded(data_type: &DataType) -> bool {
    data_type != value_type(data_type)
}

/// Whether the codes of all are codes of the very same values.
fn share_dictionary(parts: &[ArrayRef]) -> bool {
    let values = |part: &ArrayRef| {
        part.as_any_dictionary_opt().map(|dictionary| dictionary.values().to_data())
    };
    let mut all = parts.iter().map(values);
    match all.next().flatten() {
        Some(first) => all.all(|other| other.is_some_and(|other| other.ptr_eq(&first))),
        None => false,
    }
}

/// The values of several parts, each once, and what they weigh in all.
fn together(parts: &[Weighed]) -> Result<Weighed, Error> {
    let values = concat(&parts.iter().map(|(values, _)| values.as_ref()).collect::<Vec<_>>())?;
    let weights = parts.iter().flat_map(|(_, weights)| weights.iter().copied());
    let converter = RowConverter::new(vec![SortField::new(values.data_type().clone())])?;
    let rows = converter.convert_columns(std::slice::from_ref(&values))?;
    let mut places: HashMap<Row<'_>, usize, RandomState> = HashMap::default();
    let (mut firsts, mut sums) = (Vec::new(), Vec::new());
    for ((index, row), weight) in rows.iter().enumerate().zip(weights) {
        let place = *places.entry(row).or_insert(firsts.len());
        if place == firsts.len() {
            firsts.push(index as u64);
            sums.push(0u64);
        }
        sums[place] = sums[place].saturating_add(weight);
    }
    Ok((take(&values, &UInt64Array::from(firsts), None)?, sums))
}

impl Scratch {
    fn check(&mut self, values: &ArrayRef) -> Result<(), Error> {
        let data = values.to_data();
        if self.checked.as_ref().is_none_or(|checked| !checked.ptr_eq(&data)) {
            check(values)?;
            self.checked = Some(data);
        }
        Ok(())
    }

    /// The strings of `array` and how often each came, if they are strings and few.
    fn few_strings(&mut self, array: &ArrayRef) -> Result<Option<Weighed>, Error> {
        if array.len() < LEAST || kind(array.data_type()) != Some(Kind::Text) {
            return Ok(None);
        }
        let mut few = FewStrings { tally: &mut self.tally, calls: 0, found: None };
        fold(&mut few, array.as_ref(), None)?;
        Ok(few.found)
    }
}

/// The type that stands for `data_type` where [`plain`] makes another of it.
pub(crate) fn plain_type(data_type: &DataType) -> DataType {
    match data_type {
        DataType::Dictionary(..) | DataType::RunEndEncoded(..) => {
            let values = value_type(data_type);
            if kind(values).is_some() || *values == DataType::Null {
                data_type.clone()
            } else {
                plain_type(values)
            }
        }
        DataType::ListView(item) => DataType::List(item.clone()),
        DataType::LargeListView(item) => DataType::LargeList(item.clone()),
        other => other.clone(),
    }
}

/// Lists, structs and the like behind codes or views are unpacked, since they are not compared.
pub(crate) fn plain(array: &ArrayRef) -> Result<ArrayRef, Error> {
    let wanted = plain_type(array.data_type());
    if wanted == *array.data_type() {
        return Ok(array.clone());
    }
    check_views(array)?;
    Ok(cast(array, &wanted)?)
}

/// Views of lists whose offsets or sizes lead outside of what they are views of.
fn check_views(array: &ArrayRef) -> Result<(), Error> {
    // The widest check that arrow has: what is behind codes and views is seldom large.
    Ok(array.to_data().validate_full()?)
}

/// The values without the nulls, where it pays that all metrics share them.
fn dense(array: &ArrayRef) -> Result<ArrayRef, Error> {
    let plain = array.data_type().is_primitive() || *array.data_type() == DataType::Boolean;
    match array.nulls().filter(|nulls| plain && nulls.null_count() > 0) {
        None => Ok(array.clone()),
        Some(nulls) => Ok(filter(array, &BooleanArray::new(nulls.inner().clone(), None))?),
    }
}

/// Counts the strings of a block, if they come in one piece and are few.
struct FewStrings<'a> {
    tally: &'a mut StringTally,
    calls: usize,
    found: Option<Weighed>,
}

impl Sink for FewStrings<'_> {
    const NAME: &'static str = "a column of strings";
    const TAKES: &'static str = "strings";

    fn takes(kind: Kind) -> bool {
        kind == Kind::Text
    }

    fn strings<S: Strings>(&mut self, strings: &S) -> Result<(), Error> {
        self.calls += 1;
        self.found = None;
        if self.calls == 1 && strings.len() >= LEAST && self.tally.count(strings) {
            let (positions, weights): (Vec<_>, Vec<_>) = self.tally.counts().into_iter().unzip();
            // What is not UTF-8 is for the metrics to refuse.
            self.found = picked(strings, &positions).map(|values| (values, weights));
        }
        Ok(())
    }
}

/// A copy of the strings at `positions`; `None` if one of them is not UTF-8.
fn picked<S: Strings>(strings: &S, positions: &[usize]) -> Option<ArrayRef> {
    let (mut bytes, mut offsets) = (Vec::new(), vec![0]);
    for &position in positions {
        bytes.extend_from_slice(strings.get(position));
        offsets.push(i32::try_from(bytes.len()).ok()?);
    }
    let offsets = OffsetBuffer::new(ScalarBuffer::from(offsets));
    let array = StringArray::try_new(offsets, Buffer::from_vec(bytes), None).ok()?;
    Some(Arc::new(array))
}

/// The fields inside `data_type`, with the path of each below `path`.
pub(crate) fn children(path: &str, data_type: &DataType) -> Vec<(String, Arc<Field>)> {
    nested::children(path, &plain_type(data_type))
}
