//! Dropping at once the many values of a window that came only a few times.
//!
//! Every value adds one to a cell that it names, so a cell counts at least as many as any of
//! its values came. All values of cells with at most a limit are dropped: none of them came more
//! often, so they can be charged to the offset, at that limit for the whole window. What is left is
//! counted exactly. In a stream of unique values a window so costs two looks a value at a table that
//! fits the first cache.
//!
//! Cells count in ones (0, 1, 11, 111 in binary), up to eight: one more is a shift, and whether any
//! of many cells has more than the limit is a bit of all of them taken together.
//!
//! The bound of [`fold`](super::fold) holds as long as a window drops at least limit · (r + 1)
//! values, as a taking of the limit from r + 1 counters would; windows that drop fewer are not sifted,
//! and neither are those of which less than half can be dropped, for it does not pay.

use std::ops::Range;

use super::block::Source;
use crate::cpu::{Kernel, dispatch};
use crate::strings::LANES;

/// Most values of a window.
pub(super) const WINDOW: usize = 1 << 14;
/// As many as values, so that a cell of unique values holds one or two: 16 KB.
const CELLS: usize = WINDOW;
/// Fewest values of a window.
pub(super) const LEAST_WINDOW: usize = WINDOW / 8;

/// What cells of a window of so many values may count. Of unique values four in a thousand share their
/// cell with more others in a full window, and in one of a quarter of that three in a hundred.
fn limit(values: usize) -> u8 {
    if values >= WINDOW / 2 { 5 } else { 2 }
}

/// Values that tell whether most of a window are unique.
const PROBE: usize = 1024;
/// Values that are looked at together for one whose cell is full; most groups hold none.
const GROUP: usize = 16;

/// Values that can be sifted.
pub(super) trait Sifted: Source {
    /// Reads as [`Source::read`] does, but numbers whose highest bits are as good as those of a hash in
    /// telling values apart, and cost less.
    fn spread(&self, start: usize, lanes: &mut Self::Lanes, spread: &mut [u64; LANES]) -> usize;
}

/// Cells and what is left of a window.
pub(super) struct Sieve {
    cells: Box<[u8; CELLS]>,
    /// The cell of each value of the window, and room for those that are read beyond its end.
    places: Box<[u16; WINDOW + LANES]>,
    left: Vec<u32>,
}

impl Sieve {
    pub(super) fn new() -> Self {
        // Vectors first, since a box of an array is made on the stack.
        Self { cells: boxed(), places: boxed(), left: Vec::new() }
    }

    /// The positions of the values in `window` that are to be counted exactly, and what is to be
    /// charged to the offset for the others; `None` if too few can be dropped for so many counters.
    pub(super) fn sift<S: Sifted>(
        &mut self,
        source: &S,
        window: Range<usize>,
        counters: usize,
    ) -> Option<(&[u32], u8)> {
        let limit = limit(window.len());
        let least = (usize::from(limit) * (counters + 1)).max(window.len() / 2);
        // Positions are of 32 bits.
        if least > window.len() || window.len() < LEAST_WINDOW || u32::try_from(window.end).is_err()
        {
            return None;
        }
        self.cells.fill(0);
        let probe = window.start..window.end.min(window.start + PROBE);
        self.fill(source, &probe, 0);
        let fresh = self.cells.iter().filter(|&&count| count > 0).count();
        if fresh < probe.len() / 4 * 3 {
            return None;
        }
        self.fill(source, &(probe.end..window.end), probe.len());
        self.left.clear();
        let (values, start) = (window.len(), window.start as u32);
        dispatch(Pick { sieve: self, values, start, full: 1 << limit });
        let dropped = window.len() - self.left.len();
        (dropped >= least).then_some((&self.left, limit))
    }

    /// Counts the values in `range`, which begins at the position `at` of the window.
    fn fill<S: Sifted>(&mut self, source: &S, range: &Range<usize>, at: usize) {
        dispatch(Fill { sieve: self, source, range: range.clone(), at });
    }
}

fn boxed<T: Copy + Default + std::fmt::Debug, const N: usize>() -> Box<[T; N]> {
    let boxed: Result<Box<[T; N]>, _> = vec![T::default(); N].into_boxed_slice().try_into();
    boxed.unwrap_or_else(|_| Box::new([T::default(); N]))
}

struct Fill<'a, S> {
    sieve: &'a mut Sieve,
    source: &'a S,
    range: Range<usize>,
    at: usize,
}

impl<S: Sifted> Kernel for Fill<'_, S> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { sieve, source, range, at } = self;
        let (cells, places) = (&mut *sieve.cells, &mut *sieve.places);
        let (mut lanes, mut spread) = (S::Lanes::default(), [0; LANES]);
        for start in range.clone().step_by(LANES) {
            let count = source.spread(start, &mut lanes, &mut spread).min(range.end - start);
            let Some(places) = places[at + start - range.start..].first_chunk_mut::<LANES>() else {
                return;
            };
            for lane in 0..LANES {
                places[lane] = (spread[lane] >> (64 - CELLS.ilog2())) as u16;
            }
            for &place in &places[..count] {
                let cell = &mut cells[place as usize % CELLS];
                *cell = (*cell << 1) | 1;
            }
        }
    }
}

/// Writes down the positions of all values whose cell is full.
struct Pick<'a> {
    sieve: &'a mut Sieve,
    values: usize,
    start: u32,
    /// Set in a cell once it counts more than the limit.
    full: u8,
}

impl Kernel for Pick<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { sieve, values, start, full } = self;
        let Sieve { cells, places, left } = sieve;
        let cells = &**cells;
        let cell = |place: u16| cells[place as usize % CELLS];
        let groups = places[..values].chunks(GROUP).zip((start..).step_by(GROUP));
        for (group, first) in groups {
            if group.iter().fold(0, |any, &place| any | cell(place)) & full > 0 {
                let full = group.iter().zip(first..).filter(|&(&place, _)| cell(place) & full > 0);
                left.extend(full.map(|(_, position)| position));
            }
        }
    }
}
