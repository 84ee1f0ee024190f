//! Mean, variance, skewness, kurtosis and sum, kept so that parts merge without loss.
//!
//! With n values, mean m and `M_p` = Σ (x - m)^p, parts A and B join by the formulas of Pébay,
//! "Formulas for robust, one-pass parallel computation of covariances and arbitrary-order
//! statistical moments" (2008), section 2. The sum is kept in two doubles (Knuth's two-sum), so
//! that those of integers are exact up to 2^106.

use arrow_array::Array;
use arrow_schema::DataType;
use drypoint_sketches::{Kernel, dispatch};

use super::Metric;
use super::finite::{finite, finite_of};
use crate::arrow::fold;
use crate::arrow::sink::{BIAS, BLOCK, Integer, Kind, Sink, double};
use crate::record::{Field, Form, Record, Value};
use crate::{Error, Parameters};

/// Central moments of finite numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Moments {
    n: u64,
    pub(crate) mean: f64,
    /// Σ (x - mean)^2, ^3 and ^4.
    pub(crate) m2: f64,
    pub(crate) m3: f64,
    pub(crate) m4: f64,
    sum: f64,
    /// What rounding has taken from the sum.
    sum_low: f64,
}

/// Two vectors of the widest kind, so that one sum need not wait for the next.
const LANES: usize = 16;
/// Three sums of so many lanes stay in the registers of every CPU.
const POWER_LANES: usize = 8;

impl Moments {
    /// Of a block of finite numbers: two looks at it, while it is in the cache.
    pub(crate) fn of(block: &[f64]) -> Self {
        Self::around(block, sum(block))
    }

    /// Of a block of finite numbers with this sum.
    fn around(block: &[f64], sum: f64) -> Self {
        if block.is_empty() {
            return Self::default();
        }
        let n = block.len() as f64;
        let mean = if sum.is_finite() { sum / n } else { block.iter().map(|x| x / n).sum() };
        let [m2, m3, m4] = dispatch(Powers { block, mean });
        Self { n: block.len() as u64, mean, m2, m3, m4, sum, sum_low: 0.0 }
    }

    /// Folds in a block that may hold what is not finite, and mostly does not: its sum tells, which is
    /// needed anyway.
    fn add_block(&mut self, block: &[f64]) {
        let sum = sum(block);
        if sum.is_finite() {
            self.join(&Self::around(block, sum));
        } else {
            finite_of(block, |block| self.join(&Self::of(block)));
        }
    }

    /// Of one number that came `weight` times.
    pub(crate) fn repeated(value: f64, weight: u64) -> Self {
        let sum = value * weight as f64;
        let sum_low = value.mul_add(weight as f64, -sum);
        Self { n: weight, mean: value, sum, sum_low, ..Self::default() }
    }

    /// Folds other numbers in.
    pub(crate) fn join(&mut self, other: &Self) {
        if self.n == 0 || other.n == 0 {
            if self.n == 0 {
                *self = *other;
            }
            return;
        }
        let (a, b) = (self.n as f64, other.n as f64);
        let n = a + b;
        let apart = other.mean - self.mean;
        let (ra, rb) = (a / n, b / n);
        self.m4 += other.m4
            + apart.powi(4) * a * rb * (ra * ra - ra * rb + rb * rb)
            + 6.0 * apart * apart * (ra * ra * other.m2 + rb * rb * self.m2)
            + 4.0 * apart * (ra * other.m3 - rb * self.m3);
        self.m3 += other.m3
            + apart.powi(3) * a * rb * (ra - rb)
            + 3.0 * apart * (ra * other.m2 - rb * self.m2);
        self.m2 += other.m2 + apart * apart * a * rb;
        self.mean = if apart.is_finite() {
            self.mean + apart * rb
        } else {
            // Means as far apart as doubles reach.
            self.mean * ra + other.mean * rb
        };
        self.n = self.n.saturating_add(other.n);
        let (sum, lost) = two_sum(self.sum, other.sum);
        let (sum, low) = two_sum(sum, lost + self.sum_low + other.sum_low);
        (self.sum, self.sum_low) = (sum, low);
    }

    /// Of `n` numbers with this mean and these sums of powers; their sum is that of equal ones.
    pub(crate) fn from_parts(n: u64, [mean, m2, m3, m4]: [f64; 4]) -> Self {
        Self { n, mean, m2, m3, m4, sum: mean * n as f64, sum_low: 0.0 }
    }

    /// How many finite numbers.
    pub fn n(&self) -> u64 {
        self.n
    }

    /// Their sum, rounded once.
    pub fn sum(&self) -> f64 {
        self.sum + self.sum_low
    }

    /// Arithmetic mean; `None` without numbers.
    pub fn mean(&self) -> Option<f64> {
        (self.n > 0).then_some(self.mean)
    }

    /// Sample variance, with n - 1; `None` with fewer than two numbers.
    pub fn variance(&self) -> Option<f64> {
        (self.n > 1).then(|| self.m2 / (self.n as f64 - 1.0))
    }

    /// Folds in at most [`BLOCK`] integers, by their exact sum, for as doubles large ones are rounded.
    /// `biased` makes one a u64 that is larger by `bias`.
    fn add_integers<T: Copy>(&mut self, chunk: &[T], bias: u64, biased: impl Fn(T) -> u64) {
        let mut doubles = [0.0; BLOCK];
        let doubles = &mut doubles[..chunk.len()];
        let sum = dispatch(Doubles { chunk, bias, biased, written: doubles });
        let sum = sum - i128::from(bias) * chunk.len() as i128;
        self.join(&Self::of(doubles).with_sum(sum));
    }

    fn add_one(&mut self, value: f64, weight: u64, sum: Option<i128>) {
        let one = Self::repeated(value, weight);
        self.join(&sum.map_or(one, |sum| one.with_sum(sum)));
    }

    fn with_sum(self, sum: i128) -> Self {
        let rounded = sum as f64;
        Self { sum: rounded, sum_low: (sum - rounded as i128) as f64, ..self }
    }
}

/// Writes integers as doubles, and sums up the biased ones.
struct Doubles<'a, T, F> {
    chunk: &'a [T],
    bias: u64,
    biased: F,
    written: &'a mut [f64],
}

impl<T: Copy, F: Fn(T) -> u64> Kernel for Doubles<'_, T, F> {
    type Output = i128;

    #[inline(always)]
    fn run(self) -> i128 {
        let Self { chunk, bias, biased, written } = self;
        let (mut high, mut low) = (0u64, 0u64);
        for (written, &value) in written.iter_mut().zip(chunk) {
            let biased = biased(value);
            high += biased >> 32;
            low += biased & 0xffff_ffff;
            *written = double(biased, bias);
        }
        (i128::from(high) << 32) + i128::from(low)
    }
}

/// a + b rounded, and what the rounding lost.
fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    if !sum.is_finite() {
        return (sum, 0.0);
    }
    let part = sum - a;
    (sum, (a - (sum - part)) + (b - part))
}

/// Σ a · b of two vectors of one size.
pub(crate) fn dot(a: &[f64], b: &[f64]) -> f64 {
    dispatch(Dot { a, b })
}

struct Dot<'a> {
    a: &'a [f64],
    b: &'a [f64],
}

impl Kernel for Dot<'_> {
    type Output = f64;

    #[inline(always)]
    fn run(self) -> f64 {
        let (a, a_rest) = self.a.as_chunks::<LANES>();
        let (b, b_rest) = self.b.as_chunks::<LANES>();
        let mut lanes = [0.0; LANES];
        for (a, b) in a.iter().zip(b) {
            for lane in 0..LANES {
                lanes[lane] += a[lane] * b[lane];
            }
        }
        let rest = a_rest.iter().zip(b_rest).map(|(a, b)| a * b).sum::<f64>();
        lanes.iter().sum::<f64>() + rest
    }
}

/// Σ x.
fn sum(block: &[f64]) -> f64 {
    dispatch(Sum(block))
}

struct Sum<'a>(&'a [f64]);

impl Kernel for Sum<'_> {
    type Output = f64;

    #[inline(always)]
    fn run(self) -> f64 {
        let [sum] = in_lanes::<LANES, 1>(self.0, |x| [x]);
        sum
    }
}

/// Σ (x - mean)^2, ^3 and ^4.
struct Powers<'a> {
    block: &'a [f64],
    mean: f64,
}

impl Kernel for Powers<'_> {
    type Output = [f64; 3];

    #[inline(always)]
    fn run(self) -> [f64; 3] {
        in_lanes::<POWER_LANES, 3>(self.block, |x| {
            let apart = x - self.mean;
            let square = apart * apart;
            [square, square * apart, square * square]
        })
    }
}

/// Σ of each of N terms, in lanes so that the compiler may vectorise it.
#[inline(always)]
fn in_lanes<const LANES: usize, const N: usize>(
    block: &[f64],
    f: impl Fn(f64) -> [f64; N],
) -> [f64; N] {
    let (chunks, rest) = block.as_chunks::<LANES>();
    let mut lanes = [[0.0; LANES]; N];
    for chunk in chunks {
        for lane in 0..LANES {
            let terms = f(chunk[lane]);
            for power in 0..N {
                lanes[power][lane] += terms[power];
            }
        }
    }
    for (lane, &x) in rest.iter().enumerate() {
        let terms = f(x);
        for power in 0..N {
            lanes[power][lane] += terms[power];
        }
    }
    lanes.map(|lanes| lanes.iter().sum())
}

impl Sink for Moments {
    const NAME: &'static str = "a column of numbers";
    const TAKES: &'static str = "integers, floats or decimals";

    fn takes(kind: Kind) -> bool {
        matches!(kind, Kind::Integer | Kind::Float | Kind::Decimal)
    }

    fn ints<T: Integer>(&mut self, values: &[T]) -> Result<(), Error> {
        for chunk in values.chunks(BLOCK) {
            self.add_integers(chunk, BIAS, |value| value.into() as u64 ^ BIAS);
        }
        Ok(())
    }

    fn unsigned(&mut self, values: &[u64]) -> Result<(), Error> {
        for chunk in values.chunks(BLOCK) {
            self.add_integers(chunk, 0, |value| value);
        }
        Ok(())
    }

    fn int(&mut self, value: i64, weight: u64) -> Result<(), Error> {
        self.add_one(value as f64, weight, exact(i128::from(value), weight));
        Ok(())
    }

    fn one_unsigned(&mut self, value: u64, weight: u64) -> Result<(), Error> {
        self.add_one(value as f64, weight, exact(i128::from(value), weight));
        Ok(())
    }

    fn floats(&mut self, values: &[f64]) -> Result<(), Error> {
        values.chunks(BLOCK).for_each(|chunk| self.add_block(chunk));
        Ok(())
    }

    fn floats32(&mut self, values: &[f32]) -> Result<(), Error> {
        finite(values, f64::from, |block| self.join(&Self::of(block)))
    }

    fn float(&mut self, value: f64, weight: u64) -> Result<(), Error> {
        if value.is_finite() {
            self.join(&Self::repeated(value, weight));
        }
        Ok(())
    }
}

/// The sum of copies of an integer; `None` if it does not fit.
fn exact(value: i128, weight: u64) -> Option<i128> {
    value.checked_mul(i128::from(weight))
}

impl Metric for Moments {
    const FIELDS: &'static [Field] = &[
        ("n", Form::Count),
        ("mean", Form::Float),
        ("m2", Form::Float),
        ("m3", Form::Float),
        ("m4", Form::Float),
        ("sum", Form::Float),
        ("sum_low", Form::Float),
    ];

    fn new(data_type: &DataType, _: &Parameters) -> Result<Option<Self>, Error> {
        Ok(data_type.is_numeric().then(Self::default))
    }

    fn update(&mut self, array: &dyn Array, weights: Option<&[u64]>) -> Result<(), Error> {
        fold(self, array, weights)
    }

    fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.join(other);
        Ok(())
    }

    fn encode(&self) -> Vec<Value> {
        let floats = [self.mean, self.m2, self.m3, self.m4, self.sum, self.sum_low];
        std::iter::once(Value::Count(self.n)).chain(floats.map(Value::Float)).collect()
    }

    fn decode(&mut self, record: &Record<'_>) -> Result<(), Error> {
        *self = Self {
            n: record.count("n"),
            mean: record.float("mean"),
            m2: record.float("m2"),
            m3: record.float("m3"),
            m4: record.float("m4"),
            sum: record.float("sum"),
            sum_low: record.float("sum_low"),
        };
        // The third and the fourth may be unknown, which is NaN.
        if self.mean.is_nan() || self.m2.is_nan() || self.m2 < 0.0 || self.m4 < 0.0 {
            return Err(record.refuse("m2", "moments that no numbers have"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Of at most 100 numbers below 1e3, sums of terms below 1e12 round by less than this.
    const SLACK: f64 = 100.0 * 1e12 * f64::EPSILON * 8.0;

    fn close(a: &Moments, b: &Moments) -> bool {
        let pairs = [(a.mean, b.mean), (a.m2, b.m2), (a.m3, b.m3), (a.m4, b.m4), (a.sum, b.sum)];
        a.n == b.n && pairs.iter().all(|(a, b)| (a - b).abs() <= SLACK + 1e-12 * a.abs())
    }

    proptest! {
        #[test]
        fn parts_merge_to_the_moments_of_the_whole(
            a in prop::collection::vec(-1e3..1e3, 0..50), b in prop::collection::vec(-1e3..1e3, 0..50)
        ) {
            let mut merged = Moments::of(&a);
            merged.join(&Moments::of(&b));
            prop_assert!(close(&merged, &Moments::of(&[a, b].concat())));
        }

        #[test]
        fn a_weight_is_as_many_copies(x in -1e3..1e3, y in -1e3..1e3, weight in 1u64..40) {
            let mut weighted = Moments::repeated(x, weight);
            weighted.join(&Moments::repeated(y, 1));
            let mut copies = vec![x; weight as usize];
            copies.push(y);
            prop_assert!(close(&weighted, &Moments::of(&copies)));
        }

        #[test]
        fn sums_of_integers_are_exact(values in prop::collection::vec(any::<i32>(), 0..2000)) {
            let floats: Vec<f64> = values.iter().map(|&value| f64::from(value) * 1_048_576.0).collect();
            let mut moments = Moments::default();
            floats.chunks(7).for_each(|chunk| moments.join(&Moments::of(chunk)));
            let exact: i128 = values.iter().map(|&value| i128::from(value) << 20).sum();
            prop_assert_eq!(moments.sum as i128 + moments.sum_low as i128, exact);
        }
    }

    proptest! {
        #[test]
        fn integers_become_the_nearest_doubles(value: i64, unsigned: u64) {
            prop_assert_eq!(double(value as u64 ^ BIAS, BIAS), value as f64);
            prop_assert_eq!(double(unsigned, 0), unsigned as f64);
        }
    }

    #[test]
    fn nothing_has_no_mean_and_one_number_no_variance() {
        assert_eq!(Moments::of(&[]).mean(), None);
        assert_eq!((Moments::of(&[3.0]).mean(), Moments::of(&[3.0]).variance()), (Some(3.0), None));
        assert_eq!(Moments::of(&[1.0, 3.0]).variance(), Some(2.0));
    }

    #[test]
    fn a_mean_near_the_largest_double_does_not_overflow() {
        assert_eq!(Moments::of(&[f64::MAX, f64::MAX]).mean(), Some(f64::MAX));
    }
}
