//! Every value as often as its weight says.

use std::borrow::Cow;

use arrow_array::Array;
use arrow_buffer::BooleanBuffer;
use drypoint_sketches::Strings;

use super::decimal::{self, Unscaled};
use super::sink::{Decimals, Integer, Sink};
use super::visit::{Nulls, Visitor, visit};
use crate::Error;

/// Every value as often as its weight says; `TRUSTS` as its visitor does.
pub(crate) struct Weighted<'a, S, const TRUSTS: bool> {
    pub(crate) sink: &'a mut S,
    pub(crate) weights: &'a [u64],
}

impl<'a, S: Sink, const TRUSTS: bool> Weighted<'a, S, TRUSTS> {
    /// The weights, 0 where a value is null.
    fn valid(weights: &'a [u64], nulls: Nulls<'_>) -> Cow<'a, [u64]> {
        let Some(nulls) = nulls else { return weights.into() };
        let pairs = weights.iter().zip(nulls.iter());
        pairs.map(|(&weight, valid)| if valid { weight } else { 0 }).collect()
    }

    /// Calls `f` with each row that is not null and weighs something.
    fn each(
        &mut self,
        nulls: Nulls<'_>,
        mut f: impl FnMut(&mut S, usize, u64) -> Result<(), Error>,
    ) -> Result<(), Error> {
        for (index, &weight) in self.weights.iter().enumerate() {
            if weight > 0 && nulls.is_none_or(|nulls| nulls.is_valid(index)) {
                f(self.sink, index, weight)?;
            }
        }
        Ok(())
    }
}

impl<S: Sink, const TRUSTS: bool> Visitor for Weighted<'_, S, TRUSTS> {
    type Sink = S;
    const TRUSTS: bool = TRUSTS;

    fn ints<T: Integer>(&mut self, values: &[T], nulls: Nulls<'_>) -> Result<(), Error> {
        let weights = Self::valid(self.weights, nulls);
        let wide: Vec<i64> = values.iter().map(|&value| value.into()).collect();
        self.sink.ints_weighted(&wide, &weights)
    }

    fn unsigned(&mut self, values: &[u64], nulls: Nulls<'_>) -> Result<(), Error> {
        self.each(nulls, |_, index, _| S::check_unsigned(values[index]))?;
        self.each(nulls, |sink, index, weight| sink.one_unsigned(values[index], weight))
    }

    fn floats(&mut self, values: &[f64], nulls: Nulls<'_>) -> Result<(), Error> {
        self.each(nulls, |sink, index, weight| sink.float(values[index], weight))
    }

    fn floats32(&mut self, values: &[f32], nulls: Nulls<'_>) -> Result<(), Error> {
        self.each(nulls, |sink, index, weight| sink.float(f64::from(values[index]), weight))
    }

    fn bools(&mut self, values: &BooleanBuffer, nulls: Nulls<'_>) -> Result<(), Error> {
        self.each(nulls, |sink, index, weight| sink.int(i64::from(values.value(index)), weight))
    }

    fn decimals<T: Unscaled>(
        &mut self,
        values: &[T],
        scale: i8,
        nulls: Nulls<'_>,
    ) -> Result<(), Error> {
        let mut text = Vec::new();
        self.each(nulls, |sink, index, weight| {
            match S::DECIMALS {
                Decimals::Floats => sink.float(decimal::to_f64(values[index], scale), weight),
                // Extremes are the only exact facts, and no weight moves those.
                Decimals::Exact => sink.decimals(&[values[index].widened()], scale),
                Decimals::Texts => {
                    text.clear();
                    decimal::write(values[index], scale, &mut text);
                    sink.string(&text, weight)
                }
            }
        })
    }

    fn strings<T: Strings>(&mut self, strings: &T, nulls: Nulls<'_>) -> Result<(), Error> {
        S::check_strings(strings, nulls)?;
        let weights = Self::valid(self.weights, nulls);
        self.sink.strings_weighted(strings, &weights)
    }

    fn weigh(&mut self, values: &dyn Array, weights: &[u64]) -> Result<(), Error> {
        visit(values, &mut Weighted::<_, false> { sink: self.sink, weights })
    }

    fn weights(&self) -> Option<&[u64]> {
        Some(self.weights)
    }
}
