//! The rows of a table apart, by the values of key columns: a profile for each segment.
//!
//! The rows of a chunk are put in the order of their segments, so that every segment gets its rows
//! in one piece, and segments are profiled in parallel. A segment folds its rows in blocks of 4,096,
//! counted from its first row; so its profile depends on its rows alone, not on the batches they
//! came in. The profile of all rows is the merged one of all segments.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, RecordBatchOptions, UInt32Array};
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use arrow_row::{RowConverter, Rows, SortField};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use arrow_select::concat::concat_batches;
use arrow_select::take::take;
use foldhash::fast::RandomState;
use rayon::prelude::*;

use crate::arrow::cells::{Cells, Scratch, plain, plain_type};
use crate::arrow::check::check;
use crate::column::Node;
use crate::engine::{check_schema, copy, nodes};
use crate::metric::Part;
use crate::{Error, Options, Profile};

/// Rows of a segment that are folded at a time: few, for what does not fill a block waits in every
/// segment.
const BLOCK: usize = 4_096;
/// Rows that are put in order at a time: what is gathered then fits the second cache.
const CHUNK: usize = 1 << 17;

/// Rows whose keys are looked up by one thread at a time.
const PIECE: usize = 1 << 15;
/// Times that rows were put in order, after which what still waits of them is copied: until then it
/// is a slice of rows that nobody else keeps.
const GENERATIONS: u64 = 64;

/// The values of the key columns, as text; `None` for null.
pub type SegmentKey = Vec<Option<String>>;

/// Makes profiles of the segments of a table, batch by batch.
#[derive(Debug)]
pub struct SegmentedProfiler {
    schema: SchemaRef,
    options: Options,
    keys: SchemaRef,
    converter: RowConverter,
    /// The segment of each key that came, by the bytes of its row.
    places: HashMap<Box<[u8]>, u32, RandomState>,
    segments: Vec<Segment>,
    /// Of keys that came when there were as many segments as may be.
    remainder: Option<u32>,
    most: usize,
    /// How often rows were put in order.
    generation: u64,
}

/// The rows of one key.
#[derive(Debug, Clone)]
struct Segment {
    /// `None` of the remainder.
    key: Option<SegmentKey>,
    nodes: Vec<Node>,
    rows: u64,
    /// Rows of a block that is not full.
    pending: Vec<RecordBatch>,
    pending_rows: usize,
    /// When the first of them was put in order; `None` if they are a copy.
    since: Option<u64>,
}

impl SegmentedProfiler {
    /// Of a table with `schema`, by key columns with the schema `keys`. After the first `most` keys
    /// all others share one segment, the remainder.
    ///
    /// # Errors
    /// Two columns have the same name, a key is of a type that has no order, or a parameter is out
    /// of range.
    pub fn new(
        schema: SchemaRef,
        keys: SchemaRef,
        options: Options,
        most: usize,
    ) -> Result<Self, Error> {
        nodes(&schema, &options, Part::Whole, 0)?;
        let fields = keys.fields().iter().map(|key| SortField::new(plain_type(key.data_type())));
        let converter = RowConverter::new(fields.collect())?;
        let (places, segments) = (HashMap::default(), Vec::new());
        Ok(Self {
            schema,
            options,
            keys,
            converter,
            places,
            segments,
            remainder: None,
            most,
            generation: 0,
        })
    }

    /// Rows so far.
    pub fn rows(&self) -> u64 {
        self.segments.iter().map(|segment| segment.rows).sum()
    }

    /// Folds the rows of `batches` in, whose keys are the rows of `keys`: all of them, or none if
    /// there is an error. Returns the segment of each row, in the order of [`Self::profiles`].
    ///
    /// # Errors
    /// A batch has other columns, as many keys as rows are not there, or buffers contradict each
    /// other.
    pub fn update(
        &mut self,
        batches: &[RecordBatch],
        keys: &[RecordBatch],
    ) -> Result<Vec<u32>, Error> {
        for (expected, tables) in [(&self.schema, batches), (&self.keys, keys)] {
            tables.iter().try_for_each(|batch| check_schema(expected, batch))?;
        }
        // What has no rows may have buffers without an end.
        let some = |batches: &[RecordBatch]| -> Vec<RecordBatch> {
            batches.iter().filter(|batch| batch.num_rows() > 0).cloned().collect()
        };
        let (batches, keys) = (&some(batches), &some(keys));
        let columns = batches.iter().chain(keys).flat_map(RecordBatch::columns);
        columns.collect::<Vec<_>>().into_par_iter().try_for_each(|column| check(column))?;
        let batch = concat_batches(&self.schema, batches)?;
        let keys = concat_batches(&self.keys, keys)?;
        if keys.num_rows() != batch.num_rows() {
            return Err(Error::Keys { rows: batch.num_rows(), keys: keys.num_rows() });
        }
        let segments = self.segments_of(&plain_keys(&keys)?)?;
        for from in (0..batch.num_rows()).step_by(CHUNK) {
            let rows = CHUNK.min(batch.num_rows() - from);
            self.fold(&batch.slice(from, rows), &segments[from..from + rows])?;
        }
        Ok(segments)
    }

    /// The segment of each row; new keys make new ones, in the order in which they come.
    fn segments_of(&mut self, keys: &RecordBatch) -> Result<Vec<u32>, Error> {
        let pieces: Vec<usize> = (0..keys.num_rows()).step_by(PIECE).collect();
        let converted = pieces.par_iter().map(|&from| {
            let piece = keys.slice(from, PIECE.min(keys.num_rows() - from));
            let rows = self.converter.convert_columns(piece.columns())?;
            let known = rows.iter().map(|row| self.places.get(row.data()).copied());
            let known: Vec<Option<u32>> = known.collect();
            Ok((piece, rows, known))
        });
        let mut found = Vec::with_capacity(keys.num_rows());
        for (piece, rows, known) in converted.collect::<Result<Vec<_>, Error>>()? {
            if known.iter().all(Option::is_some) {
                found.extend(known.into_iter().flatten());
            } else {
                self.meet(&piece, &rows, &mut found)?;
            }
        }
        Ok(found)
    }

    /// The segment of each row of keys among which some are new.
    fn meet(&mut self, keys: &RecordBatch, rows: &Rows, found: &mut Vec<u32>) -> Result<(), Error> {
        let options = FormatOptions::default();
        let formatters = keys.columns().iter().map(|key| ArrayFormatter::try_new(key, &options));
        let formatters: Vec<_> = formatters.collect::<Result<_, _>>()?;
        for (index, row) in rows.iter().enumerate() {
            found.push(match self.places.get(row.data()) {
                Some(&segment) => segment,
                None if self.places.len() < self.most => {
                    let text = |(key, format): (&ArrayRef, &ArrayFormatter<'_>)| {
                        // Of the type of nulls alone an array says of none that it is null.
                        let null = key.is_null(index) || *key.data_type() == DataType::Null;
                        (!null).then(|| format.value(index).to_string())
                    };
                    let key = keys.columns().iter().zip(&formatters).map(text).collect();
                    let segment = self.open(Some(key))?;
                    self.places.insert(row.data().into(), segment);
                    segment
                }
                None => self.open_remainder()?,
            });
        }
        Ok(())
    }

    fn open_remainder(&mut self) -> Result<u32, Error> {
        if let Some(remainder) = self.remainder {
            return Ok(remainder);
        }
        let remainder = self.open(None)?;
        self.remainder = Some(remainder);
        Ok(remainder)
    }

    fn open(&mut self, key: Option<SegmentKey>) -> Result<u32, Error> {
        let nodes = nodes(&self.schema, &self.options, Part::Whole, 0)?;
        let (rows, pending, pending_rows) = (0, Vec::new(), 0);
        self.segments.push(Segment { key, nodes, rows, pending, pending_rows, since: None });
        Ok(self.segments.len() as u32 - 1)
    }

    /// Folds rows in, each of the segment that `segments` says.
    fn fold(&mut self, batch: &RecordBatch, segments: &[u32]) -> Result<(), Error> {
        let (order, ranges) = by_segment(segments, self.segments.len());
        let order = UInt32Array::from(order);
        let columns = batch.columns().par_iter().map(|column| take(column, &order, None));
        let columns = columns.collect::<Result<_, _>>()?;
        let rows = RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
        let ordered = RecordBatch::try_new_with_options(batch.schema(), columns, &rows)?;
        self.generation += 1;
        let generation = self.generation;
        let segments = self.segments.par_iter_mut().zip(ranges);
        segments.try_for_each_init(Scratch::default, |scratch, (segment, range)| {
            if !range.is_empty() {
                let rows = ordered.slice(range.start, range.len());
                segment.push(&rows, generation, scratch)?;
            }
            segment.let_go(generation)
        })
    }

    /// The profile of each segment in the order in which they came, the remainder without a key.
    ///
    /// # Errors
    /// None that [`update`](Self::update) would not have had.
    pub fn profiles(&self) -> Result<Vec<(Option<SegmentKey>, Profile)>, Error> {
        let profile = |segment: &Segment| Ok((segment.key.clone(), segment.profile()?));
        self.segments.par_iter().map(profile).collect()
    }
}

/// The keys without codes that have no order.
fn plain_keys(keys: &RecordBatch) -> Result<RecordBatch, Error> {
    let columns: Vec<ArrayRef> = keys.columns().iter().map(plain).collect::<Result<_, _>>()?;
    let named = |(field, column): (&Arc<Field>, &ArrayRef)| {
        Field::new(field.name(), column.data_type().clone(), true)
    };
    let fields: Vec<Field> = keys.schema_ref().fields().iter().zip(&columns).map(named).collect();
    let rows = RecordBatchOptions::new().with_row_count(Some(keys.num_rows()));
    Ok(RecordBatch::try_new_with_options(Arc::new(Schema::new(fields)), columns, &rows)?)
}

/// The positions of rows, those of each segment together and in order, and where each segment is.
fn by_segment(segments: &[u32], count: usize) -> (Vec<u32>, Vec<Range<usize>>) {
    let mut sizes = vec![0; count];
    segments.iter().for_each(|&segment| sizes[segment as usize] += 1);
    let mut end = 0;
    let ranges: Vec<_> = sizes
        .iter()
        .map(|size| {
            end += size;
            end - size..end
        })
        .collect();
    let mut next: Vec<usize> = ranges.iter().map(|range| range.start).collect();
    let mut order = vec![0; segments.len()];
    for (row, &segment) in segments.iter().enumerate() {
        order[next[segment as usize]] = row as u32;
        next[segment as usize] += 1;
    }
    (order, ranges)
}

impl Segment {
    fn push(
        &mut self,
        part: &RecordBatch,
        generation: u64,
        scratch: &mut Scratch,
    ) -> Result<(), Error> {
        self.rows += part.num_rows() as u64;
        let mut from = 0;
        while self.pending_rows + part.num_rows() - from >= BLOCK {
            let rows = BLOCK - self.pending_rows;
            let rest = part.slice(from, rows);
            let block = if self.pending_rows == 0 {
                rest
            } else {
                concat_batches(part.schema_ref(), self.pending.iter().chain([&rest]))?
            };
            self.fold(&block, scratch)?;
            self.pending.clear();
            (self.pending_rows, self.since) = (0, None);
            from += rows;
        }
        if from < part.num_rows() {
            let rest = part.slice(from, part.num_rows() - from);
            self.since.get_or_insert(generation);
            self.pending_rows += rest.num_rows();
            self.pending.push(rest);
        }
        Ok(())
    }

    /// Copies what has waited for long, so that the rows it was cut from need not be kept.
    fn let_go(&mut self, generation: u64) -> Result<(), Error> {
        if self.since.is_some_and(|since| since + GENERATIONS <= generation) {
            let whole = concat_batches(self.pending[0].schema_ref(), &self.pending)?;
            self.pending = vec![if self.pending.len() == 1 { copy(&whole)? } else { whole }];
            self.since = None;
        }
        Ok(())
    }

    fn fold(&mut self, block: &RecordBatch, scratch: &mut Scratch) -> Result<(), Error> {
        let mut columns = self.nodes.iter_mut().zip(block.columns());
        columns.try_for_each(|(node, column)| node.update(&Cells::of(column, scratch)?))
    }

    fn profile(&self) -> Result<Profile, Error> {
        let mut whole = self.clone();
        if let Some(first) = self.pending.first() {
            let last = concat_batches(first.schema_ref(), &self.pending)?;
            whole.fold(&last, &mut Scratch::default())?;
        }
        let mut columns = Vec::new();
        whole.nodes.into_iter().for_each(|node| node.flatten(&mut columns));
        Ok(Profile { rows: self.rows, columns })
    }
}
