//! The rows of one column that wait, apart by segment, until there are enough of them for a block.
//!
//! A piece of a column that fits the second cache is gathered in the order of the segments, so that it
//! is written in runs: to read here and there is far quicker than to write here and there.

use std::fmt::Debug;
use std::hint::black_box;
use std::mem::{replace, take};
use std::ops::Range;

use arrow_array::{Array, ArrayRef, UInt32Array, make_array};
use arrow_buffer::{ArrowNativeType, Buffer, NullBuffer, ToByteSlice, i256};
use arrow_data::ArrayData;
use arrow_schema::DataType;
use arrow_select::concat::concat;
use arrow_select::take as select;
use rayon::prelude::*;

use super::texts::Texts;
use crate::Error;
use crate::arrow::sink::Kind;
use crate::arrow::visit::kind;
use crate::engine::own;

/// Times that rows came, after which what still waits of them is copied: until then it is a slice of
/// rows that nobody else keeps.
const GENERATIONS: u64 = 64;

/// What waits of one column.
pub(super) trait Waiting: Debug + Send + Sync {
    /// Makes room for so many segments.
    fn reach(&mut self, segments: usize);

    /// Adds the rows of `column`, each to the segment that `rows` says.
    fn push(&mut self, column: &ArrayRef, rows: &Rows) -> Result<(), Error>;

    /// A copy of the rows of a segment that wait, of which there are some.
    fn peek(&self, segment: usize) -> Result<ArrayRef, Error>;

    /// The same without a copy: until they are given back, nothing of the segment waits.
    fn lend(&mut self, segment: usize) -> Result<ArrayRef, Error>;

    /// Takes back the rows that it lent, without the first `count` of them. Nobody else may have them
    /// any more, or their memory is not used again.
    fn take_back(&mut self, segment: usize, rows: ArrayRef, count: usize);
}

/// Nothing of a column of this type.
pub(super) fn waiting(data_type: &DataType) -> Box<dyn Waiting> {
    if matches!(kind(data_type), Some(Kind::Text | Kind::Binary)) {
        return Box::new(Texts::new(kind(data_type) == Some(Kind::Text)));
    }
    match (data_type, data_type.primitive_width()) {
        (DataType::Decimal128(..), _) => Numbers::<i128>::boxed(data_type),
        (DataType::Decimal256(..), _) => Numbers::<i256>::boxed(data_type),
        (_, Some(1)) => Numbers::<u8>::boxed(data_type),
        (_, Some(2)) => Numbers::<u16>::boxed(data_type),
        (_, Some(4)) => Numbers::<u32>::boxed(data_type),
        (DataType::Interval(_), _) => Box::new(Slices::default()),
        (_, Some(8)) => Numbers::<u64>::boxed(data_type),
        _ => Box::new(Slices::default()),
    }
}

/// Rows that are put in order at a time: of most columns they fit the second cache.
const PIECE: usize = 1 << 14;

/// Some rows in the order of their segments.
pub(super) struct Rows(Vec<Piece>);

/// Rows that lie together.
pub(super) struct Piece {
    /// Where they are.
    pub(super) range: Range<usize>,
    /// Their positions in that range, those of each segment together and in order.
    pub(super) order: UInt32Array,
    /// The segments that have some, and where those end in the order.
    ends: Vec<(u32, u32)>,
}

impl Rows {
    /// Rows whose segments are these, below `count`.
    pub(super) fn new(segments: &[u32], count: usize) -> Self {
        let pieces = segments.par_chunks(PIECE).enumerate();
        Self(pieces.map(|(at, segments)| Piece::new(at * PIECE, segments, count)).collect())
    }

    pub(super) fn pieces(&self) -> &[Piece] {
        &self.0
    }
}

impl Piece {
    fn new(start: usize, segments: &[u32], count: usize) -> Self {
        let mut places = vec![0; count];
        segments.iter().for_each(|&segment| places[segment as usize] += 1);
        let (mut ends, mut end) = (Vec::new(), 0);
        for (segment, place) in (0..).zip(&mut places) {
            let size = replace(place, end);
            end += size;
            if size > 0 {
                ends.push((segment, end));
            }
        }
        let mut order = vec![0; segments.len()];
        for (row, &segment) in (0..).zip(segments) {
            let place = &mut places[segment as usize];
            order[*place as usize] = row;
            *place += 1;
        }
        Self { range: start..start + segments.len(), order: order.into(), ends }
    }

    /// Each segment that has some rows, and their positions.
    pub(super) fn runs(&self) -> impl Iterator<Item = (usize, &[u32])> {
        let order = self.order.values();
        self.ranges().map(|(segment, range)| (segment, &order[range]))
    }

    /// Each segment that has some rows, and where they are in the order.
    pub(super) fn ranges(&self) -> impl Iterator<Item = (usize, Range<usize>)> {
        let mut from = 0;
        self.ends.iter().map(move |&(segment, end)| {
            (segment as usize, replace(&mut from, end as usize)..end as usize)
        })
    }
}

/// Reads memory in order that is to be read here and there: that much the CPU fetches ahead.
pub(super) fn touch<T: ArrowNativeType>(values: &[T]) {
    const LINE: usize = 64;
    let lines = values.iter().step_by(LINE / size_of::<T>());
    black_box(lines.fold(0, |all, value| all ^ value.to_byte_slice()[0]));
}

/// Where the nulls are among the rows of a segment.
#[derive(Debug, Clone, Default)]
pub(super) struct NullRows(Vec<u32>);

impl NullRows {
    /// Sees the rows `order`, counted from `start`, of which `nulls` are null; they come after `rows`
    /// others.
    pub(super) fn see(&mut self, nulls: &NullBuffer, start: usize, order: &[u32], rows: usize) {
        let rows = (rows as u32..).zip(order);
        let null = rows.filter(|&(_, &row)| nulls.is_null(start + row as usize));
        self.0.extend(null.map(|(row, _)| row));
    }

    /// The validity of all of `rows` rows.
    pub(super) fn buffer(&self, rows: usize) -> Option<NullBuffer> {
        if self.0.is_empty() {
            return None;
        }
        let mut valid = vec![true; rows];
        self.0.iter().for_each(|&row| valid[row as usize] = false);
        Some(NullBuffer::from(valid))
    }

    /// Forgets the first `count` rows.
    pub(super) fn forget(&mut self, count: usize) {
        self.0.retain(|&row| row as usize >= count);
        self.0.iter_mut().for_each(|row| *row -= count as u32);
    }
}

/// Values of a fixed size.
#[derive(Debug)]
struct Numbers<T> {
    data_type: DataType,
    piles: Vec<Pile<T>>,
}

#[derive(Debug, Clone)]
struct Pile<T> {
    values: Vec<T>,
    nulls: NullRows,
}

impl<T: ArrowNativeType> Numbers<T> {
    fn boxed(data_type: &DataType) -> Box<dyn Waiting> {
        Box::new(Self { data_type: data_type.clone(), piles: Vec::new() })
    }

    fn array(&self, values: Vec<T>, nulls: &NullRows) -> Result<ArrayRef, Error> {
        let nulls = nulls.buffer(values.len());
        let data = ArrayData::builder(self.data_type.clone()).len(values.len()).nulls(nulls);
        Ok(make_array(data.add_buffer(Buffer::from_vec(values)).build()?))
    }
}

impl<T: ArrowNativeType> Waiting for Numbers<T> {
    fn reach(&mut self, segments: usize) {
        let empty = Pile { values: Vec::new(), nulls: NullRows::default() };
        self.piles.resize(segments.max(self.piles.len()), empty);
    }

    fn push(&mut self, column: &ArrayRef, rows: &Rows) -> Result<(), Error> {
        let data = column.to_data();
        let nulls = column.nulls().filter(|nulls| nulls.null_count() > 0);
        for piece in rows.pieces() {
            let values = &data.buffer::<T>(0)[piece.range.clone()];
            touch(values);
            for (segment, order) in piece.runs() {
                let pile = &mut self.piles[segment];
                if let Some(nulls) = nulls {
                    pile.nulls.see(nulls, piece.range.start, order, pile.values.len());
                }
                pile.values.extend(order.iter().map(|&row| values[row as usize]));
            }
        }
        Ok(())
    }

    fn peek(&self, segment: usize) -> Result<ArrayRef, Error> {
        let Pile { values, nulls } = &self.piles[segment];
        self.array(values.clone(), nulls)
    }

    fn lend(&mut self, segment: usize) -> Result<ArrayRef, Error> {
        let values = take(&mut self.piles[segment].values);
        self.array(values, &self.piles[segment].nulls)
    }

    fn take_back(&mut self, segment: usize, rows: ArrayRef, count: usize) {
        let pile = &mut self.piles[segment];
        pile.values = buffers(rows).next().map_or_else(Vec::new, reclaimed);
        pile.values.drain(..count);
        pile.nulls.forget(count);
    }
}

/// The buffers of an array that nobody else has.
pub(super) fn buffers(array: ArrayRef) -> impl Iterator<Item = Buffer> {
    array.into_data().buffers().to_vec().into_iter()
}

/// The memory of a buffer, or a copy if it is shared.
pub(super) fn reclaimed<T: ArrowNativeType>(buffer: Buffer) -> Vec<T> {
    buffer.into_vec().unwrap_or_else(|shared| shared.typed_data().to_vec())
}

/// Slices of arrays of any type.
#[derive(Debug, Default)]
struct Slices {
    piles: Vec<Parts>,
    /// How often rows came.
    generation: u64,
}

#[derive(Debug, Clone, Default)]
struct Parts {
    arrays: Vec<ArrayRef>,
    /// When the first of them came; `None` if they are a copy.
    since: Option<u64>,
}

impl Parts {
    fn whole(&self) -> Result<ArrayRef, Error> {
        Ok(concat(&self.arrays.iter().map(AsRef::as_ref).collect::<Vec<_>>())?)
    }
}

impl Waiting for Slices {
    fn reach(&mut self, segments: usize) {
        self.piles.resize(segments.max(self.piles.len()), Parts::default());
    }

    fn push(&mut self, column: &ArrayRef, rows: &Rows) -> Result<(), Error> {
        self.generation += 1;
        for piece in rows.pieces() {
            let part = column.slice(piece.range.start, piece.range.len());
            let ordered = select::take(&part, &piece.order, None)?;
            for (segment, range) in piece.ranges() {
                let parts = &mut self.piles[segment];
                parts.since.get_or_insert(self.generation);
                parts.arrays.push(ordered.slice(range.start, range.len()));
            }
        }
        let old = |parts: &&mut Parts| {
            parts.since.is_some_and(|since| since + GENERATIONS <= self.generation)
        };
        for parts in self.piles.iter_mut().filter(old) {
            *parts = Parts { arrays: vec![own(&parts.whole()?)?], since: None };
        }
        Ok(())
    }

    fn peek(&self, segment: usize) -> Result<ArrayRef, Error> {
        self.piles[segment].whole()
    }

    fn lend(&mut self, segment: usize) -> Result<ArrayRef, Error> {
        take(&mut self.piles[segment]).whole()
    }

    fn take_back(&mut self, segment: usize, rows: ArrayRef, count: usize) {
        let rest = rows.slice(count, rows.len() - count);
        if !rest.is_empty() {
            let since = Some(self.generation);
            self.piles[segment] = Parts { arrays: vec![rest], since };
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::types::Int32Type;
    use arrow_array::{
        BinaryArray, BooleanArray, Decimal128Array, Float32Array, ListArray, StringArray,
        StringViewArray,
    };
    use arrow_cast::display::array_value_to_string;
    use proptest::prelude::*;

    use super::*;

    const SEGMENTS: usize = 3;

    fn columns(texts: &[Option<String>]) -> Vec<ArrayRef> {
        let sizes = || texts.iter().map(|text| text.as_ref().map(String::len));
        let floats: Float32Array = sizes().map(|size| size.map(|size| size as f32)).collect();
        let wide: Decimal128Array = sizes().map(|size| size.map(|size| size as i128)).collect();
        let flags: BooleanArray = sizes().map(|size| size.map(|size| size > 3)).collect();
        let lists = sizes().map(|size| size.map(|size| vec![Some(size as i32); size % 3]));
        let bytes = texts.iter().map(|text| text.as_ref().map(String::as_bytes));
        vec![
            Arc::new(floats),
            Arc::new(wide),
            Arc::new(flags),
            Arc::new(ListArray::from_iter_primitive::<Int32Type, _, _>(lists)),
            Arc::new(bytes.collect::<BinaryArray>()),
            Arc::new(texts.iter().map(Option::as_deref).collect::<StringArray>()),
            Arc::new(texts.iter().map(Option::as_deref).collect::<StringViewArray>()),
        ]
    }

    /// The text of each row, with nulls.
    fn shown(array: &ArrayRef) -> Vec<Option<String>> {
        let text = |row| (!array.is_null(row)).then(|| array_value_to_string(array, row).unwrap());
        (0..array.len()).map(text).collect()
    }

    proptest! {
        #[test]
        fn each_segment_gets_its_rows_in_order(
            rows in prop::collection::vec(
                (0..SEGMENTS as u32, prop::option::of("[aé]{0,20}")), 1..200
            ),
            parts in 1usize..50,
            block in 1usize..20,
        ) {
            let (segments, texts): (Vec<u32>, Vec<Option<String>>) = rows.into_iter().unzip();
            for column in columns(&texts) {
                let mut waits = waiting(column.data_type());
                waits.reach(SEGMENTS);
                let mut given: [Vec<Option<String>>; SEGMENTS] = Default::default();
                let mut left = [0; SEGMENTS];
                for from in (0..segments.len()).step_by(parts) {
                    let part = &segments[from..segments.len().min(from + parts)];
                    waits.push(&column.slice(from, part.len()), &Rows::new(part, SEGMENTS)).unwrap();
                    part.iter().for_each(|&segment| left[segment as usize] += 1);
                    for segment in 0..SEGMENTS {
                        if left[segment] < block {
                            continue;
                        }
                        let lent = waits.lend(segment).unwrap();
                        let count = lent.len() / block * block;
                        given[segment].extend(shown(&lent.slice(0, count)));
                        waits.take_back(segment, lent, count);
                        left[segment] -= count;
                    }
                }
                for (segment, given) in given.iter_mut().enumerate() {
                    if left[segment] > 0 {
                        given.extend(shown(&waits.peek(segment).unwrap()));
                    }
                    let all = shown(&column).into_iter().zip(&segments);
                    let expected = all.filter(|(_, at)| **at as usize == segment).map(|(text, _)| text);
                    prop_assert_eq!(&*given, &expected.collect::<Vec<_>>());
                }
            }
        }
    }
}
