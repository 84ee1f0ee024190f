//! The rows of a table apart, by the values of key columns: a profile for each segment.
//!
//! Rows wait apart by segment, column by column, and full blocks of segments are profiled in
//! parallel. A segment folds its rows in blocks of 4,096, counted from its first row; so its profile
//! depends on its rows alone, not on the batches they came in. The profile of all rows is the merged one of all segments.

mod keys;
mod texts;
mod waiting;

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, RecordBatchOptions};
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use arrow_select::concat::concat_batches;
use rayon::prelude::*;

use self::keys::{Keys, UNKNOWN};
use self::waiting::{Piece, Rows, Waiting, waiting};
use crate::arrow::cells::{Cells, Scratch, plain};
use crate::arrow::check::check;
use crate::column::Node;
use crate::engine::{check_schema, nodes};
use crate::metric::Part;
use crate::{Error, Options, Profile};

/// Rows of a segment that are folded at a time: few, for what does not fill a block waits in every
/// segment.
const BLOCK: usize = 4_096;
/// Rows that are put apart before full blocks are folded: enough for all threads to find some.
const CHUNK: usize = 1 << 19;
/// Rows whose keys are looked up by one thread at a time.
const PIECE: usize = 1 << 15;
/// Rows among which some keys are new that are looked up once more.
const WINDOW: usize = 1 << 10;

/// The values of the key columns, as text; `None` for null.
pub type SegmentKey = Vec<Option<String>>;

/// Makes profiles of the segments of a table, batch by batch.
#[derive(Debug)]
pub struct SegmentedProfiler {
    schema: SchemaRef,
    options: Options,
    key_schema: SchemaRef,
    keys: Keys,
    segments: Vec<Segment>,
    /// Of keys that came when there were as many segments as may be.
    remainder: Option<u32>,
    most: usize,
    /// Rows of blocks that are not full, by column.
    waiting: Vec<Box<dyn Waiting>>,
}

/// The rows of one key.
#[derive(Debug, Clone)]
struct Segment {
    /// `None` of the remainder.
    key: Option<SegmentKey>,
    nodes: Vec<Node>,
    rows: u64,
    /// Rows that wait.
    waiting: usize,
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
        let key_schema = keys;
        let keys = Keys::new(key_schema.fields().iter().map(|key| key.data_type()))?;
        let waiting = schema.fields().iter().map(|field| waiting(field.data_type())).collect();
        let (segments, remainder) = (Vec::new(), None);
        Ok(Self { schema, options, key_schema, keys, segments, remainder, most, waiting })
    }

    /// Rows so far.
    pub fn rows(&self) -> u64 {
        self.segments.iter().map(|segment| segment.rows).sum()
    }

    /// Folds the rows of `batches` in, whose keys are the rows of `keys`: all of them, or none if
    /// there is an error.
    ///
    /// # Errors
    /// A batch has other columns, as many keys as rows are not there, or buffers contradict each
    /// other.
    pub fn update(&mut self, batches: &[RecordBatch], keys: &[RecordBatch]) -> Result<(), Error> {
        let (batch, keys) = (checked(&self.schema, batches)?, checked(&self.key_schema, keys)?);
        if keys.num_rows() != batch.num_rows() {
            return Err(Error::Keys { rows: batch.num_rows(), keys: keys.num_rows() });
        }
        let keys = plain_keys(&keys)?;
        for from in (0..batch.num_rows()).step_by(CHUNK) {
            let rows = CHUNK.min(batch.num_rows() - from);
            let segments = self.segments_of(&keys.slice(from, rows))?;
            self.fold(&batch.slice(from, rows), &segments)?;
        }
        Ok(())
    }

    /// The segment of each row whose keys are the rows of `keys`, in the order of
    /// [`Self::profiles`]; new keys make new segments.
    ///
    /// # Errors
    /// A batch has other columns, or buffers contradict each other.
    pub fn route(&mut self, keys: &[RecordBatch]) -> Result<Vec<u32>, Error> {
        self.segments_of(&plain_keys(&checked(&self.key_schema, keys)?)?)
    }

    /// The segment of each row; new keys make new ones, in the order in which they come.
    fn segments_of(&mut self, keys: &RecordBatch) -> Result<Vec<u32>, Error> {
        let mut found = Vec::with_capacity(keys.num_rows());
        let pieces = slices(keys, PIECE);
        let known = pieces.par_iter().map(|piece| self.keys.find(piece.columns()));
        let known = known.collect::<Result<Vec<_>, Error>>()?;
        for (piece, known) in pieces.iter().zip(known) {
            if known.contains(&UNKNOWN) {
                slices(piece, WINDOW).iter().try_for_each(|keys| self.meet(keys, &mut found))?;
            } else {
                found.extend(known);
            }
        }
        Ok(found)
    }

    /// Adds the segment of each row of keys among which some are new to `found`.
    fn meet(&mut self, keys: &RecordBatch, found: &mut Vec<u32>) -> Result<(), Error> {
        for (row, known) in self.keys.find(keys.columns())?.into_iter().enumerate() {
            found.push(if known == UNKNOWN { self.enter(&keys.slice(row, 1))? } else { known });
        }
        Ok(())
    }

    /// The segment of one row of keys, a new one if there may be more.
    fn enter(&mut self, keys: &RecordBatch) -> Result<u32, Error> {
        let known = self.keys.find(keys.columns())?;
        if known != [UNKNOWN] {
            return Ok(known[0]);
        }
        if self.keys.len() == self.most {
            return self.open_remainder();
        }
        let segment = self.open(Some(key_of(keys)?))?;
        self.keys.learn(keys.columns())?;
        Ok(segment)
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
        self.segments.push(Segment { key, nodes, rows: 0, waiting: 0 });
        Ok(self.segments.len() as u32 - 1)
    }

    /// Folds rows in, each of the segment that `segments` says.
    fn fold(&mut self, batch: &RecordBatch, segments: &[u32]) -> Result<(), Error> {
        let rows = Rows::new(segments, self.segments.len());
        for (segment, rows) in rows.pieces().iter().flat_map(Piece::ranges) {
            self.segments[segment].rows += rows.len() as u64;
            self.segments[segment].waiting += rows.len();
        }
        let full = self.segments.iter().enumerate().filter(|(_, one)| one.waiting >= BLOCK);
        let full: Vec<usize> = full.map(|(at, _)| at).collect();
        let columns = self.waiting.par_iter_mut().zip(batch.columns()).map(|(waiting, column)| {
            waiting.reach(self.segments.len());
            waiting.push(column, &rows)?;
            full.iter().map(|&at| waiting.lend(at)).collect::<Result<Vec<_>, Error>>()
        });
        let columns = columns.collect::<Result<Vec<_>, Error>>()?;
        let folded = self.fold_full(&columns);
        for (waiting, lent) in self.waiting.iter_mut().zip(columns) {
            let lent = full.iter().zip(lent);
            lent.for_each(|(&at, rows)| {
                let count = rows.len() - self.segments[at].waiting;
                waiting.take_back(at, rows, count);
            });
        }
        folded
    }

    /// Folds the full blocks of all segments in that have some; the rows of those that wait are in
    /// `columns`.
    fn fold_full(&mut self, columns: &[Vec<ArrayRef>]) -> Result<(), Error> {
        let mut segments: Vec<&mut Segment> =
            self.segments.iter_mut().filter(|one| one.waiting >= BLOCK).collect();
        let each = segments.par_iter_mut().enumerate();
        each.try_for_each_init(Scratch::default, |scratch, (at, segment)| {
            let rows = segment.waiting / BLOCK * BLOCK;
            segment.waiting -= rows;
            (0..rows).step_by(BLOCK).try_for_each(|from| {
                let block = columns.iter().map(|column| column[at].slice(from, BLOCK));
                segment.fold(block, scratch)
            })
        })
    }

    /// The profile of each segment in the order in which they came, the remainder without a key.
    ///
    /// # Errors
    /// None that [`update`](Self::update) would not have had.
    pub fn profiles(&self) -> Result<Vec<(Option<SegmentKey>, Profile)>, Error> {
        let segments = self.segments.par_iter().enumerate();
        segments
            .map(|(at, segment)| Ok((segment.key.clone(), self.profile(at, segment)?)))
            .collect()
    }

    fn profile(&self, at: usize, segment: &Segment) -> Result<Profile, Error> {
        let mut whole = segment.clone();
        if segment.waiting > 0 {
            let last = self.waiting.iter().map(|column| column.peek(at));
            let last = last.collect::<Result<Vec<_>, _>>()?;
            whole.fold(last.into_iter(), &mut Scratch::default())?;
        }
        let mut columns = Vec::new();
        whole.nodes.into_iter().for_each(|node| node.flatten(&mut columns));
        Ok(Profile { rows: segment.rows, columns })
    }
}

impl Segment {
    /// Folds the columns of a block in.
    fn fold(
        &mut self,
        block: impl Iterator<Item = ArrayRef>,
        scratch: &mut Scratch,
    ) -> Result<(), Error> {
        let mut columns = self.nodes.iter_mut().zip(block);
        columns.try_for_each(|(node, column)| node.update(&Cells::of(&column, scratch)?))
    }
}

/// The rows of `batches`, which have this schema, together.
fn checked(schema: &SchemaRef, batches: &[RecordBatch]) -> Result<RecordBatch, Error> {
    batches.iter().try_for_each(|batch| check_schema(schema, batch))?;
    // What has no rows may have buffers without an end.
    let some = batches.iter().filter(|batch| batch.num_rows() > 0);
    let some: Vec<RecordBatch> = some.cloned().collect();
    let columns: Vec<_> = some.iter().flat_map(RecordBatch::columns).collect();
    columns.into_par_iter().try_for_each(|column| check(column))?;
    Ok(concat_batches(schema, &some)?)
}

/// Slices of so many rows, one after the other.
fn slices(batch: &RecordBatch, rows: usize) -> Vec<RecordBatch> {
    let starts = (0..batch.num_rows()).step_by(rows);
    starts.map(|from| batch.slice(from, rows.min(batch.num_rows() - from))).collect()
}

/// The text of the only row of keys.
fn key_of(keys: &RecordBatch) -> Result<SegmentKey, Error> {
    let options = FormatOptions::default();
    let text = |key: &ArrayRef| {
        // Of the type of nulls alone an array says of none that it is null.
        let null = key.is_null(0) || *key.data_type() == DataType::Null;
        let format = ArrayFormatter::try_new(key, &options)?;
        Ok((!null).then(|| format.value(0).to_string()))
    };
    keys.columns().iter().map(text).collect()
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
