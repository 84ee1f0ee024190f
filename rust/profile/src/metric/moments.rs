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
use super::finite::{double_of, finite, finite_of};
use crate::arrow::fold;
use crate::arrow::sink::{BLOCK, Integer, Kind, Sink};
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

impl Moments {
    /// Of a block of finite numbers: two looks at it, while it is in the cache.
    pub(crate) fn of(block: &[f64]) -> Self {
        if block.is_empty() {
            return Self::default();
        }
        Self::of_sum(block, sum(block, |x| x))
    }

    /// Of a block of finite numbers, at least one, with this sum.
    fn of_sum(block: &[f64], total: f64) -> Self {
        let n = block.len() as f64;
        let mean = if total.is_finite() { total / n } else { sum(block, |x| x / n) };
        let [m2, m3, m4] = dispatch(Powers { block, mean });
        Self { n: block.len() as u64, mean, m2, m3, m4, sum: total, sum_low: 0.0 }
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

    /// Folds integers in by their exact sum: as doubles, large ones are rounded. `parts` gives the upper
    /// bits, the lower 32 and the double.
    fn add_integers<T: Copy>(&mut self, values: &[T], parts: impl Fn(T) -> (i64, u32, f64)) {
        let mut block = [0.0; BLOCK];
        for chunk in values.chunks(BLOCK) {
            let block = &mut block[..chunk.len()];
            let exact = dispatch(Doubles { chunk, block, parts: &parts });
            self.join(&Self::of(block).with_sum(exact));
        }
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

/// Integers as doubles, and their sum.
struct Doubles<'a, T, F> {
    chunk: &'a [T],
    block: &'a mut [f64],
    parts: &'a F,
}

impl<T: Copy, F: Fn(T) -> (i64, u32, f64)> Kernel for Doubles<'_, T, F> {
    type Output = i128;

    #[inline(always)]
    fn run(self) -> i128 {
        let Self { chunk, block, parts } = self;
        block.iter_mut().zip(chunk).for_each(|(double, &value)| *double = parts(value).2);
        let high: i64 = chunk.iter().map(|&value| parts(value).0).sum();
        let low: u64 = chunk.iter().map(|&value| u64::from(parts(value).1)).sum();
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

/// Σ f(x).
fn sum(block: &[f64], f: impl Fn(f64) -> f64) -> f64 {
    dispatch(Sum { block, f })
}

struct Sum<'a, F> {
    block: &'a [f64],
    f: F,
}

impl<F: Fn(f64) -> f64> Kernel for Sum<'_, F> {
    type Output = f64;

    /// In lanes so that the compiler may vectorise it.
    #[inline(always)]
    fn run(self) -> f64 {
        let (chunks, rest) = self.block.as_chunks::<LANES>();
        let mut lanes = [0.0; LANES];
        for chunk in chunks {
            for lane in 0..LANES {
                lanes[lane] += (self.f)(chunk[lane]);
            }
        }
        lanes.iter_mut().zip(rest).for_each(|(sum, &x)| *sum += (self.f)(x));
        lanes.iter().sum()
    }
}

/// Σ (x - mean)^2, ^3 and ^4.
struct Powers<'a> {
    block: &'a [f64],
    mean: f64,
}

impl Kernel for Powers<'_> {
    type Output = [f64; 3];

    /// The lanes in two halves, one after the other, so that all sums of a half stay in registers.
    #[inline(always)]
    fn run(self) -> [f64; 3] {
        const HALF: usize = LANES / 2;
        let Self { block, mean } = self;
        let (chunks, rest) = block.as_chunks::<LANES>();
        let mut lanes = [[0.0; LANES]; 3];
        for from in [0, HALF] {
            let halves = chunks.iter().filter_map(|chunk| chunk[from..].first_chunk::<HALF>());
            let sums = powers(halves, mean);
            for (lanes, sums) in lanes.iter_mut().zip(sums) {
                lanes[from..from + HALF].copy_from_slice(&sums);
            }
        }
        for (lane, &x) in rest.iter().enumerate() {
            let (apart, square) = (x - mean, (x - mean) * (x - mean));
            let terms = [square, square * apart, square * square];
            lanes.iter_mut().zip(terms).for_each(|(lanes, term)| lanes[lane] += term);
        }
        lanes.map(|lanes| lanes.iter().sum())
    }
}

/// One loop for each step, or the compiler keeps to scalars.
#[inline(always)]
fn powers<'a, const N: usize>(
    chunks: impl Iterator<Item = &'a [f64; N]>,
    mean: f64,
) -> [[f64; N]; 3] {
    let [mut m2, mut m3, mut m4] = [[0.0; N]; 3];
    for chunk in chunks {
        let [mut apart, mut square] = [[0.0; N]; 2];
        for lane in 0..N {
            apart[lane] = chunk[lane] - mean;
        }
        for lane in 0..N {
            square[lane] = apart[lane] * apart[lane];
        }
        for lane in 0..N {
            m2[lane] += square[lane];
        }
        for lane in 0..N {
            m3[lane] += square[lane] * apart[lane];
        }
        for lane in 0..N {
            m4[lane] += square[lane] * square[lane];
        }
    }
    [m2, m3, m4]
}

impl Sink for Moments {
    const NAME: &'static str = "a column of numbers";
    const TAKES: &'static str = "integers, floats or decimals";

    fn takes(kind: Kind) -> bool {
        matches!(kind, Kind::Integer | Kind::Float | Kind::Decimal)
    }

    fn ints<T: Integer>(&mut self, values: &[T]) -> Result<(), Error> {
        self.add_integers(values, |value| {
            let value = value.into();
            (value >> 32, value as u32, double_of(value))
        });
        Ok(())
    }

    fn unsigned(&mut self, values: &[u64]) -> Result<(), Error> {
        self.add_integers(values, |value| ((value >> 32) as i64, value as u32, value as f64));
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
        for chunk in values.chunks(BLOCK) {
            // A finite sum has finite terms only.
            let total = sum(chunk, |x| x);
            if total.is_finite() {
                self.join(&Self::of_sum(chunk, total));
            } else {
                finite_of(chunk, |block| self.join(&Self::of(block)));
            }
        }
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
