//! How far an estimate may be off, at 1, 2 or 3 standard deviations.

use super::coupon::Coupons;
use super::estimators::{coupon_estimate, estimate};
use super::registers::Registers;
use super::state::State;
use crate::{Error, Estimate};

/// sqrt(ln 2): standard error of the HIP estimator, times sqrt(k).
const HIP_ERROR: f64 = 0.832_554_6;
/// sqrt(3 ln 2 - 1): standard error of the composite estimator, times sqrt(k).
const COMPOSITE_ERROR: f64 = 1.038_96;
/// Standard error of a coupon count at its largest: collisions among 2^26 slots.
const COUPON_ERROR: f64 = 0.409 / 8192.0;
/// Probability of lying within 1, 2 and 3 standard deviations.
const CONFIDENCE: [f64; 3] = [0.682_689_492, 0.954_499_736, 0.997_300_204];

/// The estimate of `state` with bounds at `std_devs` standard deviations.
pub(super) fn bounded(state: &State, std_devs: u8) -> Result<Estimate, Error> {
    let row = usize::from(std_devs).wrapping_sub(1);
    let Some(&confidence) = CONFIDENCE.get(row) else {
        return Err(Error::out_of_range("std_devs", "1, 2 or 3", std_devs));
    };
    Ok(match state {
        State::Coupons(coupons) => of_coupons(coupons, f64::from(std_devs), confidence),
        State::Registers(registers) => of_registers(registers, std_devs, confidence),
    })
}

fn of_coupons(coupons: &Coupons, std_devs: f64, confidence: f64) -> Estimate {
    let value = coupon_estimate(coupons.count());
    let floor = f64::from(coupons.count());
    let lower = (value / (1.0 + std_devs * COUPON_ERROR)).max(floor);
    let upper = (value / (1.0 - std_devs * COUPON_ERROR)).max(floor);
    Estimate { value, lower, upper, confidence }
}

fn of_registers(registers: &Registers, std_devs: u8, confidence: f64) -> Estimate {
    // Every register that was hit was hit by a value of its own. Registers that no values give, all
    // of them 1, say, are estimated at less.
    let hit = (registers.bytes().len() - registers.zeros()) as f64;
    let value = estimate(registers).max(hit);
    let [below, above] = relative_errors(registers, std_devs);
    let lower = (value / (1.0 + below)).max(hit);
    Estimate { value, lower, upper: value / (1.0 + above), confidence }
}

/// The relative errors below (positive) and above (negative) the truth at `std_devs`.
fn relative_errors(registers: &Registers, std_devs: u8) -> [f64; 2] {
    let composite = registers.hip().is_none();
    let lg_k = registers.lg_k();
    let column = usize::from(std_devs) - 1;
    if let Some(row) = MEASURED[usize::from(composite)].get(usize::from(lg_k) - 4) {
        return [row[column], row[column + 3]];
    }
    let factor = if composite { COMPOSITE_ERROR } else { HIP_ERROR };
    let error = f64::from(std_devs) * factor / f64::from(1 << lg_k).sqrt();
    [error, -error]
}

/// Measured quantiles of the relative error for `lg_k` 4 to 12, where it is not normal yet: three
/// below and three above the truth; in order, then out of order. Numbers of Apache `DataSketches`
/// (`RelativeErrorTables`, Apache-2.0).
#[rustfmt::skip]
static MEASURED: [[[f64; 6]; 9]; 2] = [
    [
        [0.207_316_195, 0.502_865_572, 0.882_303_765, -0.207_805_347, -0.355_574_279, -0.475_535_095],
        [0.146_981_579, 0.335_426_881, 0.557_052, -0.146_988_328, -0.262_390_832, -0.360_864_026],
        [0.104_026_721, 0.227_683_872, 0.365_888_317, -0.103_877_775, -0.191_503_663, -0.269_311_582],
        [0.073_614_601, 0.156_781_585, 0.245_740_374, -0.073_452_978, -0.138_513_438, -0.198_487_447],
        [0.052_052_48, 0.108_783_763, 0.168_030_442, -0.051_982_806, -0.099_703_123, -0.144_128_618],
        [0.036_770_852, 0.075_727_545, 0.115_937_85, -0.036_768_609, -0.071_381_58, -0.104_430_324],
        [0.025_990_219, 0.053_145_536, 0.080_772_263, -0.025_991_325, -0.050_854_296, -0.074_814_3],
        [0.018_373_987, 0.037_266_176, 0.056_271_814, -0.018_345_33, -0.036_121_138, -0.053_276_16],
        [0.012_936_253, 0.026_138_29, 0.039_387_631, -0.012_920_332, -0.025_572_893, -0.037_896_952],
    ],
    [
        [0.254_409_839, 0.682_266_712, 1.304_022_158, -0.256_980_172, -0.411_905_944, -0.526_510_57],
        [0.181_817_353, 0.443_389_054, 0.778_776_219, -0.182_332_109, -0.310_275_547, -0.412_660_505],
        [0.129_432_281, 0.295_782_195, 0.492_522_79, -0.129_314_228, -0.230_142_294, -0.315_636_197],
        [0.091_640_655, 0.201_175_925, 0.323_664_385, -0.091_584_836, -0.168_340_13, -0.236_346_847],
        [0.064_858_051, 0.138_523_393, 0.218_805_328, -0.064_874_11, -0.122_045_231, -0.174_112_107],
        [0.045_851_855, 0.095_925_072, 0.148_635_751, -0.045_914_65, -0.087_845_05, -0.126_917_615],
        [0.032_454_144, 0.067_009_668, 0.102_660_669, -0.032_433_119, -0.062_897_613, -0.091_862_929],
        [0.022_921_382, 0.046_868_565, 0.071_307_398, -0.022_960_633, -0.044_875_401, -0.065_736_049],
        [0.016_155_679, 0.032_825_719, 0.049_677_541, -0.016_186_662, -0.031_827_816, -0.046_973_459],
    ],
];
