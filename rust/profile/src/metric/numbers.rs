//! Numbers: NaN, extremes, moments and quantiles.

use drypoint_sketches::kll::KllSketch;
use drypoint_sketches::{Sketch, Update};

use super::{Extremes, Moments};
use crate::Error;
use crate::arrow::sink::{Kind, Sink, converted};

/// Facts about numbers. Moments and quantiles are over the finite ones; integers have exact
/// extremes whatever their size.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Numbers {
    pub(crate) nans: u64,
    /// i128 holds every i64 and every u64.
    pub(crate) integers: Extremes<i128>,
    pub(crate) floats: Extremes<f64>,
    pub(crate) moments: Moments,
    pub(crate) quantiles: KllSketch<f64>,
}

impl Numbers {
    pub(crate) fn new(k: u16) -> Result<Self, Error> {
        Ok(Self {
            nans: 0,
            integers: Extremes::default(),
            floats: Extremes::default(),
            moments: Moments::default(),
            quantiles: KllSketch::new(k)?,
        })
    }

    pub(crate) fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.quantiles.merge(&other.quantiles)?;
        self.nans += other.nans;
        self.integers.merge(&other.integers);
        self.floats.merge(&other.floats);
        self.moments.merge(&other.moments);
        Ok(())
    }

    fn finite(&mut self, block: &[f64]) {
        self.moments.merge(&Moments::of(block));
        self.quantiles.update_slice(block);
    }

    fn block(&mut self, block: &[f64]) {
        if block.iter().all(|x| x.is_finite()) {
            block.iter().for_each(|x| self.floats.see(x));
            return self.finite(block);
        }
        self.nans += block.iter().filter(|x| x.is_nan()).count() as u64;
        block.iter().filter(|x| !x.is_nan()).for_each(|x| self.floats.see(x));
        let finite: Vec<f64> = block.iter().copied().filter(|x| x.is_finite()).collect();
        self.finite(&finite);
    }

    fn one(&mut self, value: f64, weight: u64) -> Result<(), Error> {
        self.quantiles.update_weighted(&value, weight)?;
        self.moments.merge(&Moments::repeated(value, weight));
        Ok(())
    }
}

impl Sink for Numbers {
    const NAME: &'static str = "a column of numbers";
    const TAKES: &'static str = "integers, floats or decimals";

    fn takes(kind: Kind) -> bool {
        matches!(kind, Kind::Integer | Kind::Float | Kind::Decimal)
    }

    fn ints<T: Copy + Into<i64>>(&mut self, values: &[T]) -> Result<(), Error> {
        values.iter().for_each(|&value| self.integers.see(&i128::from(value.into())));
        converted(
            values,
            |value| value.into() as f64,
            |block| {
                self.finite(block);
                Ok(())
            },
        )
    }

    fn unsigned(&mut self, values: &[u64]) -> Result<(), Error> {
        values.iter().for_each(|&value| self.integers.see(&i128::from(value)));
        converted(
            values,
            |value| value as f64,
            |block| {
                self.finite(block);
                Ok(())
            },
        )
    }

    fn floats(&mut self, values: &[f64]) -> Result<(), Error> {
        converted(
            values,
            |value| value,
            |block| {
                self.block(block);
                Ok(())
            },
        )
    }

    fn floats32(&mut self, values: &[f32]) -> Result<(), Error> {
        converted(values, f64::from, |block| {
            self.block(block);
            Ok(())
        })
    }

    fn int(&mut self, value: i64, weight: u64) -> Result<(), Error> {
        self.integers.see(&i128::from(value));
        self.one(value as f64, weight)
    }

    fn one_unsigned(&mut self, value: u64, weight: u64) -> Result<(), Error> {
        self.integers.see(&i128::from(value));
        self.one(value as f64, weight)
    }

    fn float(&mut self, value: f64, weight: u64) -> Result<(), Error> {
        if value.is_nan() {
            self.nans += weight;
            return Ok(());
        }
        self.floats.see(&value);
        if value.is_finite() { self.one(value, weight) } else { Ok(()) }
    }
}
