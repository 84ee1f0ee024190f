//! From coupons or registers to a count, by the estimators of Apache `DataSketches`.
//!
//! In order: HIP (Cohen 2014), standard error sqrt(ln 2 / k) = 0.8326 / sqrt(k).
//! After a union: the composite estimator, the raw HLL estimate (Flajolet et al. 2007) mapped
//! through interpolation tables, blended below about 0.64·k with linear counting; standard
//! error sqrt((3 ln 2 - 1) / k) = 1.0390 / sqrt(k).

use super::registers::Registers;
use super::tables::{POINTS, RAW, STRIDES};

/// Expected distinct values behind `count` coupons of 26 bits.
pub(super) fn coupon_estimate(count: u32) -> f64 {
    let x = f64::from(count);
    interpolate(&COUPONS, x, |point| COUPON_VALUES[point]).max(x)
}

pub(super) fn estimate(registers: &Registers) -> f64 {
    registers.hip().unwrap_or_else(|| composite_estimate(registers))
}

fn composite_estimate(registers: &Registers) -> f64 {
    let row = usize::from(registers.lg_k() - 4);
    let (points, stride) = (&RAW[row], STRIDES[row]);
    let (first, last) = (points[0], points[POINTS - 1]);
    let k = registers.bytes().len() as f64;
    let raw = raw_estimate(registers, k);
    if raw < first {
        return 0.0;
    }
    if raw > last {
        return raw * (stride * (POINTS - 1) as f64 / last);
    }
    let adjusted = interpolate(points, raw, |point| stride * point as f64);
    // Above 3·k linear counting may be wild, so it is not even looked at.
    if adjusted > 3.0 * k {
        return adjusted;
    }
    let linear = linear_estimate(registers, k);
    // The mean of both decides: comparing one of them with the threshold would bias it.
    if f64::midpoint(adjusted, linear) > crossover(registers.lg_k()) * k {
        adjusted
    } else {
        linear
    }
}

/// Where the errors of the two estimators cross, in units of k: measured by `DataSketches`.
fn crossover(lg_k: u8) -> f64 {
    match lg_k {
        4 => 0.718,
        5 => 0.672,
        _ => 0.64,
    }
}

fn raw_estimate(registers: &Registers, k: f64) -> f64 {
    let alpha = match registers.lg_k() {
        4 => 0.673,
        5 => 0.697,
        6 => 0.709,
        _ => 0.7213 / (1.0 + 1.079 / k),
    };
    alpha * k * k / registers.inverse_sums().total()
}

/// Expected values thrown into k bins until `zeros` are left: k·(H(k) - H(zeros)).
fn linear_estimate(registers: &Registers, k: f64) -> f64 {
    match registers.zeros() {
        0 => k * (k / 0.5).ln(),
        zeros => k * (harmonic(registers.bytes().len()) - harmonic(zeros)),
    }
}

/// The harmonic number H(n): a sum while short, then Euler-Maclaurin to the precision of doubles.
fn harmonic(n: usize) -> f64 {
    const EULER_GAMMA: f64 = 0.577_215_664_901_532_9;
    if n < 25 {
        return (1..=n).map(|i| 1.0 / i as f64).sum();
    }
    let x = n as f64;
    let q = 1.0 / (x * x);
    let series = q * (-1.0 / 12.0 + q * (1.0 / 120.0 + q * (-1.0 / 252.0 + q / 240.0)));
    x.ln() + EULER_GAMMA + 0.5 / x + series
}

/// Cubic interpolation of y at `x` through the four points around it. `x` lies within `xs`.
///
/// Products are taken in the order of the other libraries, so that HIP estimates agree to the bit.
fn interpolate(xs: &[f64], x: f64, y: impl Fn(usize) -> f64) -> f64 {
    let above = xs.partition_point(|&point| point <= x);
    let first = above.saturating_sub(2).min(xs.len() - 4);
    let product = |from: f64, i: usize| {
        (0..4).filter(|&j| j != i).map(|j| from - xs[first + j]).product::<f64>()
    };
    let term = |i: usize| y(first + i) * product(x, i) / product(xs[first + i], i);
    (0..4).map(term).sum()
}

/// Coupon counts, and the distinct values expected behind each: numbers of Apache `DataSketches`
/// (`CubicInterpolation`, Apache-2.0). A table of coupons ends at 3/4·2^18 of them.
static COUPONS: [f64; 40] = [
    0.0,
    1.0,
    20.0,
    400.0,
    8000.0,
    160_000.0,
    300_000.0,
    600_000.0,
    900_000.0,
    1_200_000.0,
    1_500_000.0,
    1_800_000.0,
    2_100_000.0,
    2_400_000.0,
    2_700_000.0,
    3_000_000.0,
    3_300_000.0,
    3_600_000.0,
    3_900_000.0,
    4_200_000.0,
    4_500_000.0,
    4_800_000.0,
    5_100_000.0,
    5_400_000.0,
    5_700_000.0,
    6_000_000.0,
    6_300_000.0,
    6_600_000.0,
    6_900_000.0,
    7_200_000.0,
    7_500_000.0,
    7_800_000.0,
    8_100_000.0,
    8_400_000.0,
    8_700_000.0,
    9_000_000.0,
    9_300_000.0,
    9_600_000.0,
    9_900_000.0,
    10_200_000.0,
];
static COUPON_VALUES: [f64; 40] = [
    0.0,
    1.0,
    20.000_000_943_740_26,
    400.000_396_371_338_4,
    8_000.158_929_460_209,
    160_063.606_776_375_96,
    300_223.707_159_766_35,
    600_895.593_385_617,
    902_016.806_512_095_5,
    1_203_588.498_319_951,
    1_505_611.824_552_474_3,
    1_808_087.944_931_906_6,
    2_111_018.023_175_935_3,
    2_414_403.227_014_25,
    2_718_244.728_205_189,
    3_022_543.702_552_454,
    3_327_301.329_921_909,
    3_632_518.794_258_454,
    3_938_197.283_602_969,
    4_244_337.990_109_356,
    4_550_942.110_061_649,
    4_858_010.843_891_189,
    5_165_545.396_193_897,
    5_473_546.975_747_645,
    5_782_016.795_529_650_5,
    6_090_956.072_734_016,
    6_400_366.028_789_296,
    6_710_247.889_376_201,
    7_020_602.884_445_314,
    7_331_432.248_234_972,
    7_642_737.219_289_148,
    7_954_519.040_475_476_5,
    8_266_778.959_003_342,
    8_579_518.226_442_046,
    8_892_738.098_739_047,
    9_206_439.836_238_328,
    9_520_624.703_698_829,
    9_835_293.970_312_92,
    10_150_448.909_725_029,
    10_466_090.800_050_326,
];
