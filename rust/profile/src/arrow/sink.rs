//! What each sketch does with each kind of value.

use arrow_buffer::{NullBuffer, i256};
use drypoint_sketches::frequent::FrequentItems;
use drypoint_sketches::hll::HllSketch;
use drypoint_sketches::kll::KllSketch;
use drypoint_sketches::{Strings, Update};

use super::Error;

/// The kinds of values that Arrow types fall into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Integer,
    Boolean,
    Float,
    Decimal,
    Temporal,
    Text,
    Binary,
}

/// Integers that fit an i64.
pub(crate) trait Integer: Copy + PartialOrd + Into<i64> {
    /// The values, if they need not be converted.
    fn as_i64s(_: &[Self]) -> Option<&[i64]> {
        None
    }
}

impl Integer for i64 {
    fn as_i64s(values: &[Self]) -> Option<&[i64]> {
        Some(values)
    }
}

/// What is added to an i64 to make it a u64 of the same order.
pub(crate) const BIAS: u64 = 1 << 63;

/// `biased` - `bias` as the nearest double, in a way that vectorises where no CPU instruction does: the
/// upper and the lower half are written into the fractions of 2^84 and 2^52, which is exact, and their
/// sum is rounded once. The bias is [`BIAS`] or 0.
#[inline(always)]
pub(crate) fn double(biased: u64, bias: u64) -> f64 {
    const HIGH: f64 = f64::from_bits(0x4530_0000_0000_0000);
    const LOW: f64 = f64::from_bits(0x4330_0000_0000_0000);
    let high = f64::from_bits(HIGH.to_bits() | (biased >> 32));
    let low = f64::from_bits(LOW.to_bits() | (biased & 0xffff_ffff));
    (high - (HIGH + bias as f64 + LOW)) + low
}

macro_rules! narrow_integers {
    ($($type:ty)+) => { $(impl Integer for $type {})+ };
}
narrow_integers!(bool i8 i16 i32 u8 u16 u32);

/// How a sink wants decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decimals {
    /// As f64, rounded.
    Floats,
    /// As canonical text.
    Texts,
    /// As they are: unscaled integers with their scale.
    Exact,
}

/// Takes values of the kinds that it says it takes; the others never come, so that it need not say
/// what becomes of them.
pub(crate) trait Sink {
    const NAME: &'static str;
    const TAKES: &'static str;
    /// How decimals come.
    const DECIMALS: Decimals = Decimals::Floats;

    fn takes(kind: Kind) -> bool;

    /// Whether the largest of some u64 fits.
    fn check_unsigned(_: u64) -> Result<(), Error> {
        Ok(())
    }

    /// Whether strings that are not null are UTF-8, where they are kept.
    fn check_strings<S: Strings>(_: &S, _: Option<&NullBuffer>) -> Result<(), Error> {
        Ok(())
    }

    fn ints<T: Integer>(&mut self, _: &[T]) -> Result<(), Error> {
        never()
    }

    fn unsigned(&mut self, _: &[u64]) -> Result<(), Error> {
        never()
    }

    fn floats(&mut self, _: &[f64]) -> Result<(), Error> {
        never()
    }

    fn floats32(&mut self, _: &[f32]) -> Result<(), Error> {
        never()
    }

    fn strings<S: Strings>(&mut self, _: &S) -> Result<(), Error> {
        never()
    }

    /// Decimals, to a sink that wants them exact.
    fn decimals(&mut self, _: &[i256], _scale: i8) -> Result<(), Error> {
        never()
    }

    /// One integer, `weight` times; so on for the others.
    fn int(&mut self, _: i64, _: u64) -> Result<(), Error> {
        never()
    }

    fn float(&mut self, _: f64, _: u64) -> Result<(), Error> {
        never()
    }

    fn string(&mut self, _: &[u8], _: u64) -> Result<(), Error> {
        never()
    }

    /// Integers, each as often as its weight says, which may be 0.
    fn ints_weighted(&mut self, values: &[i64], weights: &[u64]) -> Result<(), Error> {
        let mut pairs = values.iter().zip(weights).filter(|&(_, &weight)| weight > 0);
        pairs.try_for_each(|(&value, &weight)| self.int(value, weight))
    }

    /// Strings, each as often as its weight says, which may be 0.
    fn strings_weighted<S: Strings>(&mut self, strings: &S, weights: &[u64]) -> Result<(), Error> {
        let mut pairs = weights.iter().enumerate().filter(|&(_, &weight)| weight > 0);
        pairs.try_for_each(|(index, &weight)| self.string(strings.get(index), weight))
    }

    /// One u64; by its bits unless a sketch knows better.
    fn one_unsigned(&mut self, value: u64, weight: u64) -> Result<(), Error> {
        self.int(value as i64, weight)
    }
}

/// Values converted at a time: they stay in the first cache.
pub(crate) const BLOCK: usize = 1024;

/// Calls `f` with blocks of converted values.
pub(crate) fn converted<T: Copy, U>(
    values: &[T],
    convert: impl Fn(T) -> U,
    mut f: impl FnMut(&[U]) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut block = Vec::with_capacity(BLOCK.min(values.len()));
    for chunk in values.chunks(BLOCK) {
        block.clear();
        block.extend(chunk.iter().map(|&value| convert(value)));
        f(&block)?;
    }
    Ok(())
}

/// Calls `f` with blocks of the values as i64: large ones, because some sketches look for values that
/// come again.
pub(crate) fn widened<T: Integer>(values: &[T], mut f: impl FnMut(&[i64])) {
    if let Some(values) = T::as_i64s(values) {
        return f(values);
    }
    for chunk in values.chunks(16 * BLOCK) {
        f(&chunk.iter().map(|&value| value.into()).collect::<Vec<_>>());
    }
}

/// Where a kind never comes, because `takes` says so.
#[allow(clippy::unnecessary_wraps)] // stands in the place of what returns one
pub(crate) fn never() -> Result<(), Error> {
    debug_assert!(false, "a kind that the sink does not take");
    Ok(())
}

/// Checks that strings are UTF-8; what stands in the place of a null need not be.
pub(crate) fn check_utf8<S: Strings>(strings: &S, nulls: Option<&NullBuffer>) -> Result<(), Error> {
    let Some(nulls) = nulls else { return Ok(strings.check_utf8()?) };
    match nulls.valid_indices().find(|&index| std::str::from_utf8(strings.get(index)).is_err()) {
        None => Ok(()),
        Some(index) => Err(drypoint_sketches::Error::Utf8 { index }.into()),
    }
}

impl Sink for HllSketch {
    const NAME: &'static str = "an HLL sketch";
    const TAKES: &'static str =
        "integers, floats, decimals, booleans, dates, times, durations, strings or binary";
    const DECIMALS: Decimals = Decimals::Texts;

    fn takes(_: Kind) -> bool {
        true
    }

    fn ints<T: Integer>(&mut self, values: &[T]) -> Result<(), Error> {
        self.update_ints(values);
        Ok(())
    }

    fn unsigned(&mut self, values: &[u64]) -> Result<(), Error> {
        self.update_u64s(values);
        Ok(())
    }

    fn floats(&mut self, values: &[f64]) -> Result<(), Error> {
        self.update_floats(values);
        Ok(())
    }

    fn floats32(&mut self, values: &[f32]) -> Result<(), Error> {
        self.update_floats(values);
        Ok(())
    }

    fn strings<S: Strings>(&mut self, strings: &S) -> Result<(), Error> {
        self.update_strings(strings);
        Ok(())
    }

    /// How often a value comes does not matter, as long as it does.
    fn ints_weighted(&mut self, values: &[i64], weights: &[u64]) -> Result<(), Error> {
        if !weights.contains(&0) {
            return self.ints(values);
        }
        let mut pairs = values.iter().zip(weights);
        pairs.try_for_each(|(&value, &weight)| self.int(value, weight))
    }

    fn strings_weighted<S: Strings>(&mut self, strings: &S, weights: &[u64]) -> Result<(), Error> {
        if !weights.contains(&0) {
            return self.strings(strings);
        }
        let mut pairs = weights.iter().enumerate();
        pairs.try_for_each(|(index, &weight)| self.string(strings.get(index), weight))
    }

    fn int(&mut self, value: i64, weight: u64) -> Result<(), Error> {
        Ok(self.update_weighted(&value, weight)?)
    }

    fn float(&mut self, value: f64, weight: u64) -> Result<(), Error> {
        Ok(self.update_weighted(&value, weight)?)
    }

    fn string(&mut self, value: &[u8], weight: u64) -> Result<(), Error> {
        Ok(self.update_weighted(value, weight)?)
    }
}

/// KLL of floats takes all numbers, rounded to its width.
macro_rules! kll_of_floats {
    ($float:ident, $same:ident, $other:ident, $wide:ident) => {
        #[allow(clippy::cast_lossless)] // f32 to f64, one way of two
        impl Sink for KllSketch<$float> {
            const NAME: &'static str = concat!("a KLL sketch of ", stringify!($float));
            const TAKES: &'static str = "integers, floats, decimals or booleans";

            fn takes(kind: Kind) -> bool {
                matches!(kind, Kind::Integer | Kind::Boolean | Kind::Float | Kind::Decimal)
            }

            fn ints<T: Integer>(&mut self, values: &[T]) -> Result<(), Error> {
                converted(
                    values,
                    |value| value.into() as $float,
                    |block| {
                        self.update_slice(block);
                        Ok(())
                    },
                )
            }

            fn unsigned(&mut self, values: &[u64]) -> Result<(), Error> {
                converted(
                    values,
                    |value| value as $float,
                    |block| {
                        self.update_slice(block);
                        Ok(())
                    },
                )
            }

            fn $same(&mut self, values: &[$float]) -> Result<(), Error> {
                self.update_slice(values);
                Ok(())
            }

            fn $other(&mut self, values: &[$wide]) -> Result<(), Error> {
                converted(
                    values,
                    |value| value as $float,
                    |block| {
                        self.update_slice(block);
                        Ok(())
                    },
                )
            }

            fn int(&mut self, value: i64, weight: u64) -> Result<(), Error> {
                Ok(self.update_weighted(&(value as $float), weight)?)
            }

            fn float(&mut self, value: f64, weight: u64) -> Result<(), Error> {
                Ok(self.update_weighted(&(value as $float), weight)?)
            }

            fn one_unsigned(&mut self, value: u64, weight: u64) -> Result<(), Error> {
                Ok(self.update_weighted(&(value as $float), weight)?)
            }
        }
    };
}
kll_of_floats!(f64, floats, floats32, f32);
kll_of_floats!(f32, floats32, floats, f64);

/// Sketches of i64 take what is one, exactly.
macro_rules! sink_of_i64 {
    ($sketch:ident, $name:literal) => {
        impl Sink for $sketch<i64> {
            const NAME: &'static str = $name;
            const TAKES: &'static str = "integers, booleans, dates, times or durations";

            fn takes(kind: Kind) -> bool {
                matches!(kind, Kind::Integer | Kind::Boolean | Kind::Temporal)
            }

            fn ints<T: Integer>(&mut self, values: &[T]) -> Result<(), Error> {
                widened(values, |block| self.update_slice(block));
                Ok(())
            }

            fn check_unsigned(value: u64) -> Result<(), Error> {
                let fits = i64::try_from(value).map(drop);
                fits.map_err(|_| Error::TooLarge { taker: $name, value })
            }

            fn unsigned(&mut self, values: &[u64]) -> Result<(), Error> {
                converted(
                    values,
                    |value| value as i64,
                    |block| {
                        self.update_slice(block);
                        Ok(())
                    },
                )
            }

            fn int(&mut self, value: i64, weight: u64) -> Result<(), Error> {
                Ok(self.update_weighted(&value, weight)?)
            }
        }
    };
}
sink_of_i64!(KllSketch, "a KLL sketch of i64");
sink_of_i64!(FrequentItems, "a frequent-items sketch of i64");

macro_rules! sink_of_strings {
    ($sketch:ident, $name:literal, $takes:literal, $($kind:ident)|+) => {
        impl Sink for $sketch<String> {
            const NAME: &'static str = $name;
            const TAKES: &'static str = $takes;

            fn takes(kind: Kind) -> bool {
                matches!(kind, $(Kind::$kind)|+)
            }

            fn check_strings<S: Strings>(
                strings: &S,
                nulls: Option<&NullBuffer>,
            ) -> Result<(), Error> {
                check_utf8(strings, nulls)
            }

            fn strings<S: Strings>(&mut self, strings: &S) -> Result<(), Error> {
                Ok(self.update_strings(strings)?)
            }

            /// The bytes were checked to be UTF-8.
            fn string(&mut self, value: &[u8], weight: u64) -> Result<(), Error> {
                Ok(self.update_weighted(&*String::from_utf8_lossy(value), weight)?)
            }
        }
    };
}
sink_of_strings!(KllSketch, "a KLL sketch of strings", "strings", Text);
sink_of_strings!(
    FrequentItems,
    "a frequent-items sketch of strings",
    "strings, or binary that is UTF-8",
    Text | Binary
);
