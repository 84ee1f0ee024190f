//! Strings, or other bytes, that wait.

use std::hint::black_box;
use std::mem::take;
use std::sync::Arc;

use arrow_array::{ArrayRef, LargeBinaryArray, LargeStringArray};
use arrow_buffer::{Buffer, OffsetBuffer, ScalarBuffer};
use drypoint_sketches::{Kernel, LANES, Strings, dispatch};

use super::waiting::{NullRows, Piece, Rows, Waiting, buffers, reclaimed};
use crate::Error;
use crate::arrow::check::Checked;
use crate::arrow::visit::{Nulls, Visitor, visit};

/// Bytes of the head of a string.
const HEAD: usize = 16;

/// Strings of any layout, end to end.
#[derive(Debug)]
pub(super) struct Texts {
    utf8: bool,
    piles: Vec<Pile>,
}

#[derive(Debug, Clone)]
struct Pile {
    bytes: Vec<u8>,
    /// Where each string begins, and where the last one ends: of 64 bits, since many long strings may
    /// wait.
    offsets: Vec<i64>,
    nulls: NullRows,
}

impl Default for Pile {
    fn default() -> Self {
        Self { bytes: Vec::new(), offsets: vec![0], nulls: NullRows::default() }
    }
}

impl Pile {
    fn rows(&self) -> usize {
        self.offsets.len() - 1
    }

    /// Adds the bytes of a string.
    #[inline(always)]
    fn push<S: Strings>(&mut self, strings: &S, row: usize) {
        let size = strings.size(row);
        if size > HEAD {
            return self.bytes.extend_from_slice(strings.get(row));
        }
        // All of the head, and back: a copy of a fixed size is a single move.
        let ([low, high], end) = (strings.head(row), self.bytes.len() + size);
        let head = u128::from(low) | (u128::from(high) << 64);
        self.bytes.extend_from_slice(&head.to_le_bytes());
        self.bytes.truncate(end);
    }
}

impl Texts {
    /// No strings; what is not `utf8` is binary.
    pub(super) fn new(utf8: bool) -> Self {
        Self { utf8, piles: Vec::new() }
    }

    fn array(&self, pile: Pile) -> Result<ArrayRef, Error> {
        let nulls = pile.nulls.buffer(pile.rows());
        let offsets = OffsetBuffer::new(ScalarBuffer::from(pile.offsets));
        let bytes = Buffer::from_vec(pile.bytes);
        Ok(if self.utf8 {
            Arc::new(LargeStringArray::try_new(offsets, bytes, nulls)?)
        } else {
            Arc::new(LargeBinaryArray::try_new(offsets, bytes, nulls)?)
        })
    }
}

impl Waiting for Texts {
    fn reach(&mut self, segments: usize) {
        self.piles.resize(segments.max(self.piles.len()), Pile::default());
    }

    fn push(&mut self, column: &ArrayRef, rows: &Rows) -> Result<(), Error> {
        visit(column.as_ref(), &mut Push { piles: &mut self.piles, rows })
    }

    fn peek(&self, segment: usize) -> Result<ArrayRef, Error> {
        self.array(self.piles[segment].clone())
    }

    fn lend(&mut self, segment: usize) -> Result<ArrayRef, Error> {
        let pile = &mut self.piles[segment];
        let nulls = pile.nulls.clone();
        let (bytes, offsets) = (take(&mut pile.bytes), take(&mut pile.offsets));
        self.array(Pile { bytes, offsets, nulls })
    }

    fn take_back(&mut self, segment: usize, rows: ArrayRef, count: usize) {
        let pile = &mut self.piles[segment];
        let mut buffers = buffers(rows);
        pile.offsets = buffers.next().map_or_else(|| vec![0], reclaimed);
        pile.bytes = buffers.next().map_or_else(Vec::new, reclaimed);
        let end = pile.offsets[count];
        pile.offsets.drain(..count);
        pile.offsets.iter_mut().for_each(|offset| *offset -= end);
        pile.bytes.drain(..end as usize);
        pile.nulls.forget(count);
    }
}

/// Writes each string to the end of what waits of its segment.
struct Push<'a> {
    piles: &'a mut [Pile],
    rows: &'a Rows,
}

impl Visitor for Push<'_> {
    type Sink = Checked<false>;

    fn strings<S: Strings>(&mut self, strings: &S, nulls: Nulls<'_>) -> Result<(), Error> {
        let nulls = nulls.filter(|nulls| nulls.null_count() > 0);
        for piece in self.rows.pieces() {
            dispatch(PushStrings { piles: self.piles, piece, strings, nulls });
        }
        Ok(())
    }
}

struct PushStrings<'a, S> {
    piles: &'a mut [Pile],
    piece: &'a Piece,
    strings: &'a S,
    nulls: Nulls<'a>,
}

impl<S: Strings> Kernel for PushStrings<'_, S> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { piles, piece, strings, nulls } = self;
        let start = piece.range.start;
        // Read in order once, so that the CPU fetches ahead what is then read here and there.
        let mut words = [0; LANES];
        for at in piece.range.clone().step_by(LANES) {
            strings.first_words(at, &mut words);
            black_box(&words);
        }
        for (segment, order) in piece.runs() {
            let pile = &mut piles[segment];
            if let Some(nulls) = nulls {
                pile.nulls.see(nulls, start, order, pile.rows());
            }
            for &row in order {
                let row = start + row as usize;
                if nulls.is_none_or(|nulls| nulls.is_valid(row)) {
                    pile.push(strings, row);
                }
                pile.offsets.push(pile.bytes.len() as i64);
            }
        }
    }
}
