//! Whether the buffers of an array agree with each other, for rows that are kept before they are
//! counted.

use arrow_array::Array;
use arrow_buffer::{NullBuffer, i256};
use drypoint_sketches::Strings;

use super::sink::{Decimals, Integer, Kind, Sink, check_utf8};
use super::visit::{kind, value_type};
use super::{UpdateArray, nested};
use crate::Error;

/// Walks over all values of `array`, as every metric does.
///
/// # Errors
/// Offsets, views, codes or run ends lie, or text is not UTF-8.
pub(crate) fn check(array: &dyn Array) -> Result<(), Error> {
    match kind(value_type(array.data_type())) {
        Some(Kind::Text) => Checked::<true>.update_array(array),
        Some(_) => Checked::<false>.update_array(array),
        None => {
            let inside = nested::child_arrays(array)?;
            let mut some = inside.iter().filter(|array| !array.is_empty());
            some.try_for_each(|array| check(array.as_ref()))
        }
    }
}

/// Takes everything and keeps nothing.
pub(crate) struct Checked<const TEXT: bool>;

impl<const TEXT: bool> Sink for Checked<TEXT> {
    const NAME: &'static str = "a column";
    const TAKES: &'static str = "values of every kind";
    const DECIMALS: Decimals = Decimals::Exact;

    fn takes(_: Kind) -> bool {
        true
    }

    fn check_strings<S: Strings>(strings: &S, nulls: Option<&NullBuffer>) -> Result<(), Error> {
        if TEXT { check_utf8(strings, nulls) } else { Ok(()) }
    }

    fn ints<T: Integer>(&mut self, _: &[T]) -> Result<(), Error> {
        Ok(())
    }

    fn unsigned(&mut self, _: &[u64]) -> Result<(), Error> {
        Ok(())
    }

    fn floats(&mut self, _: &[f64]) -> Result<(), Error> {
        Ok(())
    }

    fn floats32(&mut self, _: &[f32]) -> Result<(), Error> {
        Ok(())
    }

    fn decimals(&mut self, _: &[i256], _: i8) -> Result<(), Error> {
        Ok(())
    }

    fn strings<S: Strings>(&mut self, _: &S) -> Result<(), Error> {
        Ok(())
    }

    fn int(&mut self, _: i64, _: u64) -> Result<(), Error> {
        Ok(())
    }

    fn float(&mut self, _: f64, _: u64) -> Result<(), Error> {
        Ok(())
    }

    fn string(&mut self, _: &[u8], _: u64) -> Result<(), Error> {
        Ok(())
    }
}
