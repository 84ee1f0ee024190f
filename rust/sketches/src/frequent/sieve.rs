//! Dropping at once the many values of a window that came only a few times.
//!
//! Every value adds one to a cell that its hash names, so a cell counts at least as many as any of
//! its values came. All values of cells with at most `LIMIT` are dropped: none of them came more
//! often, so they can be charged to the offset, at `LIMIT` for the whole window. What is left is
//! counted exactly. In a stream of unique values a window so costs two looks a value at a table that
//! fits the first cache.
//!
//! The bound of [`fold`](super::fold) holds as long as a window drops at least `LIMIT` · (r + 1)
//! values, as a taking of `LIMIT` from r + 1 counters would; windows that drop fewer are not sifted.

use std::ops::Range;

use super::block::Source;
use crate::cpu::{Kernel, dispatch};
use crate::strings::LANES;

/// Most values of a window.
pub(super) const WINDOW: usize = 1 << 14;
/// As many as values, so that a cell of unique values holds one or two: 16 KB.
const CELLS: usize = WINDOW;
/// Of unique values two in a hundred share their cell with so many others.
pub(super) const LIMIT: u8 = 4;
/// Values that tell whether most of a window are unique.
const PROBE: usize = 1024;

/// Cells and what is left of a window.
pub(super) struct Sieve {
    cells: Box<[u8; CELLS]>,
    /// The cell of each value of the window.
    places: Box<[u16; WINDOW]>,
    left: Box<[u32; WINDOW]>,
}

impl Sieve {
    pub(super) fn new() -> Self {
        // Vectors first, since a box of an array is made on the stack.
        Self { cells: boxed(), places: boxed(), left: boxed() }
    }

    /// The positions of the values in `window` that are to be counted exactly, the others being
    /// charged to the offset; `None` if fewer than `least` values can be dropped. A window has at
    /// most [`WINDOW`] values.
    pub(super) fn sift<S: Source>(
        &mut self,
        source: &S,
        window: Range<usize>,
        least: usize,
    ) -> Option<&[u32]> {
        self.cells.fill(0);
        let probe = window.start..window.end.min(window.start + PROBE);
        self.fill(source, &probe, 0);
        let fresh = self.cells.iter().filter(|&&count| count > 0).count();
        if fresh < probe.len() / 4 * 3 {
            return None;
        }
        self.fill(source, &(probe.end..window.end), probe.len());
        let few = |&count: &u8| if count <= LIMIT { u32::from(count) } else { 0 };
        let dropped = self.cells.iter().map(few).sum::<u32>() as usize;
        if dropped < least {
            return None;
        }
        let start = window.start as u32;
        let left = dispatch(Pick { sieve: self, values: window.len(), start });
        Some(&self.left[..left])
    }

    /// Counts the values in `range`, which begins at the position `at` of the window.
    fn fill<S: Source>(&mut self, source: &S, range: &Range<usize>, at: usize) {
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

impl<S: Source> Kernel for Fill<'_, S> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { sieve, source, range, at } = self;
        let mut lanes = S::Lanes::default();
        for start in range.clone().step_by(LANES) {
            let count = source.read(start, &mut lanes).min(range.end - start);
            let places = &mut sieve.places[at + start - range.start..][..count];
            for (lane, place) in places.iter_mut().enumerate() {
                *place = (S::hash(&lanes, lane) >> (64 - CELLS.ilog2())) as u16;
            }
            for &mut place in places {
                let cell = &mut sieve.cells[place as usize % CELLS];
                *cell = cell.saturating_add(1);
            }
        }
    }
}

/// Writes down every value first, and moves on if it is left: no branch to mispredict.
struct Pick<'a> {
    sieve: &'a mut Sieve,
    values: usize,
    start: u32,
}

impl Kernel for Pick<'_> {
    type Output = usize;

    #[inline(always)]
    fn run(self) -> usize {
        let Self { sieve, values, start } = self;
        let mut left = 0;
        for (position, &place) in sieve.places[..values].iter().enumerate() {
            sieve.left[left % WINDOW] = start + position as u32;
            left += usize::from(sieve.cells[place as usize % CELLS] > LIMIT);
        }
        left
    }
}
