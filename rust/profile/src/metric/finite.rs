//! Finite numbers out of whatever kind a column of numbers has.

use drypoint_sketches::{Kernel, dispatch};

use crate::Error;
use crate::arrow::sink::converted;

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
        self.0.iter().fold(true, |all, x| all & x.is_finite())
    }
}

/// The part of a [`Sink`](crate::arrow::sink::Sink) that takes numbers of every kind as finite f64:
/// `$take(self, &[f64])` and `$one(self, f64, u64)`.
macro_rules! numbers_as_f64 {
    ($take:ident, $one:ident) => {
        fn ints<T: crate::arrow::sink::Integer>(&mut self, values: &[T]) -> Result<(), Error> {
            finite(values, |value| value.into() as f64, |block| self.$take(block))
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
