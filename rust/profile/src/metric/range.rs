//! The least and the greatest of many numbers, so that the compiler may vectorise it.

use drypoint_sketches::{Kernel, dispatch};

/// Two vectors of the widest kind.
const LANES: usize = 16;
/// Floats that are looked at twice while they are in the first cache: for the least, and for the
/// greatest.
const PIECE: usize = 1024;

/// The least and the greatest of `values` and of the two in `range`.
pub(super) fn widened<T: Copy + PartialOrd>(values: &[T], range: (T, T)) -> (T, T) {
    dispatch(Widen { values, range })
}

/// The least and the greatest of `values`; NaN is neither. Infinity and its negative if there is none.
pub(super) fn range_of_floats(values: &[f64]) -> (f64, f64) {
    dispatch(RangeOfFloats(values))
}

struct Widen<'a, T> {
    values: &'a [T],
    range: (T, T),
}

impl<T: Copy + PartialOrd> Kernel for Widen<'_, T> {
    type Output = (T, T);

    /// In one fold: in lanes the compiler keeps to scalars where vectors have no such instruction.
    #[inline(always)]
    fn run(self) -> (T, T) {
        let both = |(least, most), &value| (lesser(least, value), greater(most, value));
        self.values.iter().fold(self.range, both)
    }
}

/// Floats must stay in lanes, for the compiler may not change their order.
struct RangeOfFloats<'a>(&'a [f64]);

impl Kernel for RangeOfFloats<'_> {
    type Output = (f64, f64);

    #[inline(always)]
    fn run(self) -> (f64, f64) {
        let (mut least, mut most) = ([f64::INFINITY; LANES], [f64::NEG_INFINITY; LANES]);
        for piece in self.0.chunks(PIECE) {
            in_lanes(piece, &mut least, lesser);
            in_lanes(piece, &mut most, greater);
        }
        let least = least.into_iter().fold(f64::INFINITY, lesser);
        (least, most.into_iter().fold(f64::NEG_INFINITY, greater))
    }
}

/// Folds each value into its lane.
#[inline(always)]
fn in_lanes(values: &[f64], lanes: &mut [f64; LANES], of: impl Fn(f64, f64) -> f64) {
    let (chunks, rest) = values.as_chunks::<LANES>();
    let mut found = *lanes;
    for chunk in chunks {
        for lane in 0..LANES {
            found[lane] = of(found[lane], chunk[lane]);
        }
    }
    for (found, &value) in found.iter_mut().zip(rest) {
        *found = of(*found, value);
    }
    *lanes = found;
}

/// `b` if it is less than `a`.
#[inline(always)]
fn lesser<T: PartialOrd>(a: T, b: T) -> T {
    if b < a { b } else { a }
}

/// `b` if it is greater than `a`.
#[inline(always)]
fn greater<T: PartialOrd>(a: T, b: T) -> T {
    if b > a { b } else { a }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_range_of_floats_is_that_of_those_that_are_not_nan(
            values in prop::collection::vec(prop_oneof![Just(f64::NAN), -2.0..2.0, any::<f64>()], 0..2100)
        ) {
            let there = || values.iter().copied().filter(|value| !value.is_nan());
            let least = there().fold(f64::INFINITY, f64::min);
            let most = there().fold(f64::NEG_INFINITY, f64::max);
            prop_assert_eq!(range_of_floats(&values), (least, most));
        }

        #[test]
        fn the_range_of_integers_spans_the_one_before(
            values in prop::collection::vec(any::<i64>(), 0..100), before: i64
        ) {
            let all = || values.iter().copied().chain([before]);
            let range = widened(&values, (before, before));
            prop_assert_eq!(Some(range), all().min().zip(all().max()));
        }
    }
}
