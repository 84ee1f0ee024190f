//! Finite numbers out of whatever kind a column of numbers has.

use drypoint_sketches::{Kernel, dispatch};

use crate::Error;
use crate::arrow::sink::{BIAS, BLOCK, Integer, converted, double};

/// Calls `f` with integers as doubles, rounded to the nearest, a block at a time.
pub(super) fn doubles<T: Integer>(values: &[T], mut f: impl FnMut(&[f64])) {
    let mut block = [0.0; BLOCK];
    for chunk in values.chunks(BLOCK) {
        let block = &mut block[..chunk.len()];
        dispatch(Doubles { chunk, block });
        f(block);
    }
}

struct Doubles<'a, T> {
    chunk: &'a [T],
    block: &'a mut [f64],
}

impl<T: Integer> Kernel for Doubles<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let pairs = self.block.iter_mut().zip(self.chunk);
        pairs.for_each(|(written, &value)| *written = double(value.into() as u64 ^ BIAS, BIAS));
    }
}

/// Calls `f` with the finite ones among `values`, a block at a time.
pub(super) fn finite<T: Copy>(
    values: &[T],
    convert: impl Fn(T) -> f64,
    mut f: impl FnMut(&[f64]),
) -> Result<(), Error> {
    converted(values, convert, |block| {
        finite_of(block, &mut f);
        Ok(())
    })
}

/// Calls `f` with the finite ones among `values`: mostly all of them, which then are not copied.
pub(super) fn finite_of(values: &[f64], mut f: impl FnMut(&[f64])) {
    if dispatch(AreFinite(values)) {
        f(values);
    } else {
        let kept: Vec<f64> = values.iter().copied().filter(|x| x.is_finite()).collect();
        f(&kept);
    }
}

struct AreFinite<'a>(&'a [f64]);

impl Kernel for AreFinite<'_> {
    type Output = bool;

    #[inline(always)]
    fn run(self) -> bool {
        self.0.iter().fold(0, |any, &x| any | overflow(x)) >> 63 == 0
    }
}

/// Whose highest bit is set if `x` is NaN or infinite.
#[inline(always)]
pub(super) fn overflow(x: f64) -> u64 {
    // Their exponent is the highest, and adding to it flows over into the place of the sign.
    (x.to_bits() & (u64::MAX >> 1)) + (1 << 52)
}

/// The part of a [`Sink`](crate::arrow::sink::Sink) that takes numbers of every kind as finite f64:
/// `$take(self, &[f64])` and `$one(self, f64, u64)`.
macro_rules! numbers_as_f64 {
    ($take:ident, $one:ident) => {
        fn ints<T: crate::arrow::sink::Integer>(&mut self, values: &[T]) -> Result<(), Error> {
            doubles(values, |block| self.$take(block));
            Ok(())
        }

        fn unsigned(&mut self, values: &[u64]) -> Result<(), Error> {
            finite(values, |value| value as f64, |block| self.$take(block))
        }

        fn floats(&mut self, values: &[f64]) -> Result<(), Error> {
            finite_of(values, |block| self.$take(block));
            Ok(())
        }

        fn floats32(&mut self, values: &[f32]) -> Result<(), Error> {
            finite(values, f64::from, |block| self.$take(block))
        }

        fn int(&mut self, value: i64, weight: u64) -> Result<(), Error> {
            self.$one(value as f64, weight)
        }

        fn one_unsigned(&mut self, value: u64, weight: u64) -> Result<(), Error> {
            self.$one(value as f64, weight)
        }

        fn float(&mut self, value: f64, weight: u64) -> Result<(), Error> {
            if value.is_finite() { self.$one(value, weight) } else { Ok(()) }
        }
    };
}
pub(super) use numbers_as_f64;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn integers_become_the_doubles_nearest_to_them(value: i64, shift in 0u32..64) {
            let values = [value, value >> shift, i64::MIN, i64::MAX, -1, 0, 1];
            doubles(&values, |block| assert_eq!(block, values.map(|value| value as f64)));
        }

        #[test]
        fn only_finite_numbers_are_handed_on(
            values in prop::collection::vec(prop_oneof![9 => any::<f64>(), 1 => Just(f64::NAN)], 0..50)
        ) {
            let mut found = Vec::new();
            finite_of(&values, |block| found.extend_from_slice(block));
            let expected: Vec<f64> = values.into_iter().filter(|x| x.is_finite()).collect();
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn what_is_not_finite_flows_over() {
        let flows = |x: f64| overflow(x) >> 63 == 1;
        assert!([f64::NAN, -f64::NAN, f64::INFINITY, f64::NEG_INFINITY].into_iter().all(flows));
        assert!(![0.0, -0.0, f64::MAX, f64::MIN, f64::MIN_POSITIVE].into_iter().any(flows));
    }
}
