//! Every value once: whole slices where there are no nulls, blocks of the others where there are.

use arrow_array::Array;
use arrow_buffer::{BooleanBuffer, NullBuffer};
use drypoint_sketches::{PackedStrings, PickedStrings, Strings};

use super::decimal::{self, Unscaled};
use super::sink::{BLOCK, Decimals, Integer, Sink};
use super::visit::{Nulls, Visitor, visit};
use super::weighted::Weighted;
use crate::Error;

/// Positions of strings that are not null, picked at a time.
const PICKS: usize = 1 << 16;

/// Positions of a block of rows that are not null.
fn valid(nulls: &NullBuffer, from: usize, to: usize) -> impl Iterator<Item = usize> {
    let bits = nulls.inner();
    (from..to).filter(|&index| bits.value(index))
}

/// Every value once; `TRUSTS` as its visitor does.
pub(crate) struct Plain<'a, S, const TRUSTS: bool>(pub(crate) &'a mut S);

/// Hands `values` to `f`: whole if there are no nulls, and otherwise the others in blocks.
fn without_nulls<T: Copy>(
    values: &[T],
    nulls: Nulls<'_>,
    mut f: impl FnMut(&[T]) -> Result<(), Error>,
) -> Result<(), Error> {
    let Some(nulls) = nulls.filter(|nulls| nulls.null_count() > 0) else { return f(values) };
    let mut block = Vec::with_capacity(BLOCK);
    for from in (0..values.len()).step_by(BLOCK) {
        let to = values.len().min(from + BLOCK);
        block.clear();
        block.extend(valid(nulls, from, to).map(|index| values[index]));
        f(&block)?;
    }
    Ok(())
}

/// Decimals written end to end.
#[derive(Default)]
struct Texts {
    text: Vec<u8>,
    offsets: Vec<i32>,
}

impl Texts {
    fn write<T: Unscaled>(
        &mut self,
        block: &[T],
        scale: i8,
    ) -> Result<PackedStrings<'_, i32>, Error> {
        self.text.clear();
        self.offsets.clear();
        self.offsets.push(0);
        for &value in block {
            decimal::write(value, scale, &mut self.text);
            self.offsets.push(self.text.len() as i32);
        }
        Ok(PackedStrings::try_new(&self.text, &self.offsets)?)
    }
}

impl<S: Sink, const TRUSTS: bool> Visitor for Plain<'_, S, TRUSTS> {
    type Sink = S;
    const TRUSTS: bool = TRUSTS;

    fn ints<T: Integer>(&mut self, values: &[T], nulls: Nulls<'_>) -> Result<(), Error> {
        without_nulls(values, nulls, |values| self.0.ints(values))
    }

    fn unsigned(&mut self, values: &[u64], nulls: Nulls<'_>) -> Result<(), Error> {
        // All are looked at before any is taken, for one may not fit.
        let largest = match nulls {
            None => values.iter().copied().max(),
            Some(nulls) => nulls.valid_indices().map(|index| values[index]).max(),
        };
        S::check_unsigned(largest.unwrap_or(0))?;
        without_nulls(values, nulls, |values| self.0.unsigned(values))
    }

    fn floats(&mut self, values: &[f64], nulls: Nulls<'_>) -> Result<(), Error> {
        without_nulls(values, nulls, |values| self.0.floats(values))
    }

    fn floats32(&mut self, values: &[f32], nulls: Nulls<'_>) -> Result<(), Error> {
        without_nulls(values, nulls, |values| self.0.floats32(values))
    }

    fn bools(&mut self, values: &BooleanBuffer, nulls: Nulls<'_>) -> Result<(), Error> {
        let mut block = Vec::with_capacity(BLOCK);
        for from in (0..values.len()).step_by(BLOCK) {
            let to = values.len().min(from + BLOCK);
            block.clear();
            match nulls {
                None => block.extend((from..to).map(|index| u8::from(values.value(index)))),
                Some(nulls) => {
                    block.extend(valid(nulls, from, to).map(|index| u8::from(values.value(index))));
                }
            }
            self.0.ints(&block)?;
        }
        Ok(())
    }

    fn decimals<T: Unscaled>(
        &mut self,
        values: &[T],
        scale: i8,
        nulls: Nulls<'_>,
    ) -> Result<(), Error> {
        let mut texts = Texts::default();
        without_nulls(values, nulls, |values| {
            values.chunks(BLOCK).try_for_each(|block| match S::DECIMALS {
                Decimals::Texts => self.0.strings(&texts.write(block, scale)?),
                Decimals::Floats => {
                    let floats = block.iter().map(|&value| decimal::to_f64(value, scale));
                    self.0.floats(&floats.collect::<Vec<_>>())
                }
                Decimals::Exact => {
                    let wide = block.iter().map(|&value| value.widened());
                    self.0.decimals(&wide.collect::<Vec<_>>(), scale)
                }
            })
        })
    }

    fn strings<T: Strings>(&mut self, strings: &T, nulls: Nulls<'_>) -> Result<(), Error> {
        let Some(nulls) = nulls.filter(|nulls| nulls.null_count() > 0) else {
            return self.0.strings(strings);
        };
        S::check_strings(strings, Some(nulls))?;
        for from in (0..strings.len()).step_by(PICKS) {
            let to = strings.len().min(from + PICKS);
            let picks: Vec<u32> = valid(nulls, from, to).map(|index| index as u32).collect();
            self.0.strings(&PickedStrings::try_new(strings, &picks)?)?;
        }
        Ok(())
    }

    fn weigh(&mut self, values: &dyn Array, weights: &[u64]) -> Result<(), Error> {
        visit(values, &mut Weighted::<_, false> { sink: self.0, weights })
    }
}
