//! Strings of at most 8 bytes as integers, which are quicker to tell apart.

use std::cell::Cell;

use super::block::Source;
use super::item::spread_int;
use super::source::IntLanes;
use crate::Strings;
use crate::strings::LANES;

/// Bytes of the longest.
const LONGEST: u64 = 8;

/// Strings of which most fit an integer: fewer than 8 bytes with their number above them, or 8 bytes
/// that do not look like that. Whether all did is known once they were read.
pub(super) struct Narrow<'a, S> {
    strings: &'a S,
    fits: Cell<bool>,
}

impl<'a, S: Strings> Narrow<'a, S> {
    pub(super) fn new(strings: &'a S) -> Self {
        Self { strings, fits: Cell::new(true) }
    }

    /// Whether the first few strings fit.
    pub(super) fn begins(&self) -> bool {
        self.read(0, &mut IntLanes::default());
        self.fits()
    }

    /// Whether all that were read fitted.
    pub(super) fn fits(&self) -> bool {
        self.fits.get()
    }
}

impl<S: Strings> Source for Narrow<'_, S> {
    type Key = i64;
    type Lanes = IntLanes;

    fn len(&self) -> usize {
        self.strings.len()
    }

    #[inline(always)]
    fn read(&self, start: usize, lanes: &mut IntLanes) -> usize {
        let (mut sizes, mut words) = ([0; LANES], [0; LANES]);
        self.strings.sizes(start, &mut sizes);
        let count = self.strings.first_words(start, &mut words);
        let mut fits = true;
        for lane in 0..LANES {
            let (size, word) = (sizes[lane], words[lane]);
            let shorter = size < LONGEST;
            fits &= shorter | ((size == LONGEST) & (word >> 56 >= LONGEST));
            let key = word | if shorter { size << 56 } else { 0 };
            lanes.values[lane] = key as i64;
            lanes.hashes[lane] = spread_int(key as i64);
        }
        if !fits {
            self.fits.set(false);
        }
        count
    }

    #[inline(always)]
    fn same(&self, a: usize, b: usize) -> bool {
        self.strings.get(a) == self.strings.get(b)
    }
}
