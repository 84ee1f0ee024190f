//! One look at a block of numbers: its extremes, and whether there is a NaN.

use crate::cpu::{Kernel, dispatch};

/// Numbers looked at together, few enough to stay in the first cache.
pub(super) const BLOCK: usize = 2048;

/// Two vectors of the widest kind, of the least and the greatest each: more would not stay in registers.
const LANES: usize = 16;

/// The least and the greatest of a block, and whether it held a NaN; `None` if it was empty.
/// The extremes mean nothing if there was one.
pub(super) fn extremes<T: Number>(block: &[T]) -> Option<(T, T, bool)> {
    let &first = block.first()?;
    Some(dispatch(Extremes { block, first }))
}

/// What can be compared in vector lanes.
pub(super) trait Number: Copy + PartialOrd {}
impl Number for f64 {}
impl Number for f32 {}
impl Number for i64 {}

struct Extremes<'a, T> {
    block: &'a [T],
    first: T,
}

impl<T: Number> Kernel for Extremes<'_, T> {
    type Output = (T, T, bool);

    #[inline(always)]
    #[allow(clippy::eq_op)] // only a NaN differs from itself
    fn run(self) -> (T, T, bool) {
        let mut least = [self.first; LANES];
        let mut most = [self.first; LANES];
        // A NaN if there was one, kept as the extremes are: flags of another width would be converted.
        let mut nan = [self.first; LANES];
        let (chunks, rest) = self.block.as_chunks::<LANES>();
        for chunk in chunks {
            for lane in 0..LANES {
                let value = chunk[lane];
                least[lane] = if value < least[lane] { value } else { least[lane] };
                most[lane] = if value > most[lane] { value } else { most[lane] };
                nan[lane] = if value == value { nan[lane] } else { value };
            }
        }
        let mut all = (self.first, self.first, false);
        let lanes = (0..LANES).map(|lane| (least[lane], most[lane], nan[lane] != nan[lane]));
        for (low, high, nan) in lanes.chain(rest.iter().map(|&v| (v, v, v != v))) {
            all.0 = if low < all.0 { low } else { all.0 };
            all.1 = if high > all.1 { high } else { all.1 };
            all.2 |= nan;
        }
        all
    }
}
