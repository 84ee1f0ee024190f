//! Rows into profiles: in blocks, in parallel, and the same however they were cut.
//!
//! Rows are folded in blocks of 16,384, counted from the first row; what does not fill a block waits
//! in a copy. So a profile depends on the rows alone, not on the batches they came in. 64 blocks
//! are a stripe. Every stripe is profiled on its own, column by column, by whichever thread is
//! free, and stripes are merged in order; only the metrics that say so see all stripes one after
//! the other, a column by a thread. So the result is the same for any number of threads.

use std::collections::HashSet;
use std::ops::Range;

use arrow_array::{ArrayRef, RecordBatch};
use arrow_data::transform::MutableArrayData;
use arrow_schema::SchemaRef;
use rayon::prelude::*;

use crate::arrow::cells::{Cells, Scratch};
use crate::arrow::check::check;
use crate::column::Node;
use crate::metric::Part;
use crate::{Error, Options, Profile};

/// Rows that are folded at a time: of most types they fit the second cache.
const BLOCK: usize = 16_384;
/// Blocks of a stripe.
const STRIPE: usize = 64;
/// Stripes that are worked on at a time, each holding a few hundred kilobytes for ten columns.
const WAVE: usize = 16;

/// Makes the profile of a table, batch by batch.
#[derive(Debug, Clone)]
pub struct Profiler {
    schema: SchemaRef,
    options: Options,
    /// What sees all rows in order.
    sequence: Vec<Node>,
    /// Complete stripes.
    done: Option<Vec<Node>>,
    /// The stripe that is being filled, `blocks` so far.
    open: Vec<Node>,
    blocks: usize,
    stripes: u64,
    /// Rows of a block that is not full, copied.
    pending: Vec<RecordBatch>,
    pending_rows: usize,
    rows: u64,
}

impl Profiler {
    /// Of a table with `schema`.
    ///
    /// # Errors
    /// Two columns have the same name, or a parameter is out of range.
    pub fn new(schema: SchemaRef, options: Options) -> Result<Self, Error> {
        let open = nodes(&schema, &options, Part::Striped, 0)?;
        let sequence = nodes(&schema, &options, Part::Sequential, 0)?;
        let mut names = HashSet::new();
        open.iter().try_for_each(|node| node.check_names(&mut names))?;
        Ok(Self {
            schema,
            options,
            sequence,
            done: None,
            open,
            blocks: 0,
            stripes: 0,
            pending: Vec::new(),
            pending_rows: 0,
            rows: 0,
        })
    }

    /// The columns of the table.
    pub fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// Rows so far.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Whether so many more rows would only wait for others, which is done in no time.
    pub fn would_wait(&self, rows: usize) -> bool {
        self.pending_rows + rows < BLOCK
    }

    /// Folds the rows of `batches` in: all of them, or none if there is an error.
    ///
    /// # Errors
    /// A batch has other columns, or buffers that contradict each other.
    pub fn update(&mut self, batches: &[RecordBatch]) -> Result<(), Error> {
        batches.iter().try_for_each(|batch| check_schema(&self.schema, batch))?;
        // What has no rows may have buffers without an end.
        let batches: Vec<RecordBatch> =
            batches.iter().filter(|batch| batch.num_rows() > 0).cloned().collect();
        let (blocks, rest) = self.cut(&batches)?;
        self.fold(&self.cells(&blocks)?, blocks.len())?;
        if !blocks.is_empty() {
            self.pending.clear();
            self.pending_rows = 0;
        }
        self.pending_rows += rest.iter().map(RecordBatch::num_rows).sum::<usize>();
        self.pending.extend(rest);
        self.rows += batches.iter().map(|batch| batch.num_rows() as u64).sum::<u64>();
        Ok(())
    }

    /// The profile of all rows so far.
    ///
    /// # Errors
    /// Buffers of the last rows contradict each other.
    pub fn profile(&self) -> Result<Profile, Error> {
        let mut whole = self.clone();
        if !whole.pending.is_empty() {
            let last = whole.cells(&[Block(whole.pending.clone())])?;
            whole.fold(&last, 1)?;
        }
        whole.close()?;
        let mut columns = Vec::new();
        let striped = whole.done.unwrap_or(whole.open);
        for (mut node, sequential) in striped.into_iter().zip(whole.sequence) {
            node.join(sequential);
            node.flatten(&mut columns);
        }
        Ok(Profile { rows: self.rows, columns })
    }

    /// Full blocks, beginning with what is pending, and a copy of what is left.
    fn cut(&self, batches: &[RecordBatch]) -> Result<(Vec<Block>, Vec<RecordBatch>), Error> {
        let mut blocks = Vec::new();
        let mut parts = Vec::new();
        let mut waiting = self.pending_rows;
        for batch in batches {
            let mut from = 0;
            while waiting + batch.num_rows() - from >= BLOCK {
                let rows = BLOCK - waiting;
                let part = batch.slice(from, rows);
                let before = if blocks.is_empty() { self.pending.clone() } else { Vec::new() };
                let parts = before.into_iter().chain(parts.drain(..)).chain([part]);
                blocks.push(Block(parts.collect()));
                from += rows;
                waiting = 0;
            }
            if from < batch.num_rows() {
                parts.push(batch.slice(from, batch.num_rows() - from));
                waiting += batch.num_rows() - from;
            }
        }
        for part in &parts {
            part.columns().iter().try_for_each(|column| check(column))?;
        }
        let rest = parts.iter().map(copy).collect::<Result<_, _>>()?;
        Ok((blocks, rest))
    }

    /// The columns of `blocks`, each with its cells by block.
    fn cells(&self, blocks: &[Block]) -> Result<Vec<Vec<Cells>>, Error> {
        // By column, so that a dictionary that blocks share is checked once.
        let places = (0..self.schema.fields().len() * blocks.len()).into_par_iter();
        let cells = places.map_init(Scratch::default, |scratch, place| {
            blocks[place % blocks.len()].cells(place / blocks.len(), scratch)
        });
        let mut cells = cells.collect::<Result<Vec<_>, Error>>()?.into_iter();
        let columns = self.schema.fields().iter();
        Ok(columns.map(|_| cells.by_ref().take(blocks.len()).collect()).collect())
    }

    /// Folds full blocks in; only the last one there will ever be may be shorter.
    fn fold(&mut self, columns: &[Vec<Cells>], blocks: usize) -> Result<(), Error> {
        if blocks == 0 {
            return Ok(());
        }
        // A draft, so that a block that is refused leaves nothing behind.
        let mut draft = self.without_pending();
        let mut from = 0;
        while from < blocks {
            let to = blocks.min(from + WAVE * STRIPE - draft.blocks);
            draft.fold_wave(columns, from..to)?;
            from = to;
        }
        (self.sequence, self.done, self.open) = (draft.sequence, draft.done, draft.open);
        (self.blocks, self.stripes) = (draft.blocks, draft.stripes);
        Ok(())
    }

    fn without_pending(&self) -> Self {
        Self {
            schema: self.schema.clone(),
            options: self.options.clone(),
            sequence: self.sequence.clone(),
            done: self.done.clone(),
            open: self.open.clone(),
            pending: Vec::new(),
            ..*self
        }
    }

    /// Folds blocks of at most [`WAVE`] stripes in, every column of every stripe by itself.
    fn fold_wave(&mut self, columns: &[Vec<Cells>], wave: Range<usize>) -> Result<(), Error> {
        let ranges = stripes(self.blocks, wave.clone());
        let mut stripes = vec![std::mem::take(&mut self.open)];
        for index in 1..ranges.len() as u64 {
            let seed = self.stripes + index;
            stripes.push(nodes(&self.schema, &self.options, Part::Striped, seed)?);
        }
        let sequence = self.sequence.iter_mut().enumerate();
        let mut tasks: Vec<_> = sequence.map(|(c, node)| (wave.clone(), c, node)).collect();
        for (range, nodes) in ranges.iter().zip(&mut stripes) {
            tasks.extend(nodes.iter_mut().enumerate().map(|(c, node)| (range.clone(), c, node)));
        }
        // One by one in this order, the longest first, so that no thread is left with a long one.
        tasks.into_iter().par_bridge().try_for_each(|(range, column, node)| {
            columns[column][range].iter().try_for_each(|cells| node.update(cells))
        })?;
        self.take(stripes, &ranges)
    }

    /// Takes over stripes; all but the last are complete.
    fn take(&mut self, stripes: Vec<Vec<Node>>, ranges: &[Range<usize>]) -> Result<(), Error> {
        for (stripe, range) in stripes.into_iter().zip(ranges) {
            self.open = stripe;
            self.blocks += range.len();
            if self.blocks == STRIPE {
                self.close()?;
            }
        }
        Ok(())
    }

    /// Merges the open stripe into what is done.
    fn close(&mut self) -> Result<(), Error> {
        if self.blocks == 0 {
            return Ok(());
        }
        self.blocks = 0;
        self.stripes += 1;
        let next = nodes(&self.schema, &self.options, Part::Striped, self.stripes)?;
        let stripe = std::mem::replace(&mut self.open, next);
        match &mut self.done {
            None => self.done = Some(stripe),
            Some(done) => done.iter_mut().zip(&stripe).try_for_each(|(a, b)| a.merge(b))?,
        }
        Ok(())
    }
}

/// The parts of a block, which came in several batches.
struct Block(Vec<RecordBatch>);

impl Block {
    fn cells(&self, column: usize, scratch: &mut Scratch) -> Result<Cells, Error> {
        let parts: Vec<&ArrayRef> = self.0.iter().map(|part| part.column(column)).collect();
        Cells::of_parts(&parts, scratch)
    }
}

/// Names and types must agree; whether a column may hold nulls does not matter.
pub(crate) fn check_schema(expected: &SchemaRef, batch: &RecordBatch) -> Result<(), Error> {
    let (ours, theirs) = (expected.fields(), batch.schema());
    let theirs = theirs.fields();
    let same = |a: &arrow_schema::Field, b: &arrow_schema::Field| {
        a.name() == b.name() && a.data_type().equals_datatype(b.data_type())
    };
    let differs = |index: &usize| match (ours.get(*index), theirs.get(*index)) {
        (Some(a), Some(b)) => !same(a, b),
        _ => true,
    };
    let Some(index) = (0..ours.len().max(theirs.len())).find(differs) else { return Ok(()) };
    let name = |fields: &arrow_schema::Fields| {
        fields.get(index).map_or("no column".to_owned(), |field| {
            format!("{}: {}", field.name(), field.data_type())
        })
    };
    Err(Error::Schema { index, expected: name(ours), found: name(theirs) })
}

/// Columns of no rows; every stripe draws its own random numbers.
pub(crate) fn nodes(
    schema: &SchemaRef,
    options: &Options,
    part: Part,
    stripe: u64,
) -> Result<Vec<Node>, Error> {
    let mut options = options.clone();
    let parameters = options.columns.values_mut().chain([&mut options.default]);
    parameters.for_each(|one| one.seed = one.seed.wrapping_add(stripe));
    let fields = schema.fields().iter();
    fields
        .map(|field| {
            Node::new(field.name().clone(), field.name(), field.data_type(), &options, part)
        })
        .collect()
}

/// Which blocks belong to which stripe, if the first stripe has `before` already.
fn stripes(before: usize, blocks: Range<usize>) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let (mut from, mut room) = (blocks.start, STRIPE - before);
    while from < blocks.end {
        let to = blocks.end.min(from + room);
        ranges.push(from..to);
        (from, room) = (to, STRIPE);
    }
    ranges
}

/// The rows in memory of their own: the producer may write over its buffers when it has them back.
fn copy(batch: &RecordBatch) -> Result<RecordBatch, Error> {
    let columns = batch.columns().iter().map(own).collect::<Result<_, _>>()?;
    let rows = arrow_array::RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
    Ok(RecordBatch::try_new_with_options(batch.schema(), columns, &rows)?)
}

/// A copy of a column in memory of its own.
pub(crate) fn own(column: &ArrayRef) -> Result<ArrayRef, Error> {
    let data = column.to_data();
    let mut own = MutableArrayData::new(vec![&data], false, data.len());
    own.try_extend(0, 0, data.len())?;
    Ok(arrow_array::make_array(own.freeze()))
}
