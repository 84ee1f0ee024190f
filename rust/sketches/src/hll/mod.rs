//! How many distinct values? `HyperLogLog` in the bytes of Apache `DataSketches`.
//!
//! ```
//! use drypoint_sketches::hll::{HllSketch, HllType};
//! use drypoint_sketches::{Sketch, Update};
//!
//! let mut monday = HllSketch::new(12, HllType::Hll4)?;
//! monday.update_ints(&(0..10_000i64).collect::<Vec<_>>());
//! let mut tuesday = HllSketch::new(12, HllType::Hll4)?;
//! tuesday.update("a");
//! monday.merge(&tuesday)?;
//!
//! let distinct = monday.estimate();
//! assert!(distinct.lower <= 10_001.0 && 10_001.0 <= distinct.upper);
//! assert_eq!(HllSketch::decode(&monday.encode())?, monday);
//! # Ok::<(), drypoint_sketches::Error>(())
//! ```
//!
//! # Error
//!
//! With k = 2^`lg_k` registers the estimate has a relative standard error of
//!
//! - sqrt(ln 2 / k) = 0.8326 / sqrt(k) while values came in order (the HIP estimator, Cohen 2014):
//!   1.30 % at `lg_k` 12;
//! - sqrt((3 ln 2 - 1) / k) = 1.0390 / sqrt(k) once registers were united (the composite
//!   estimator): 1.62 % at `lg_k` 12;
//! - 0.409 / 2^13 at most, 0.005 %, while the sketch still holds coupons: up to 7 values, and up to
//!   3/32·k values if `lg_k` is 8 or more.
//!
//! Bounds at 1, 2 and 3 standard deviations hold with 68.3, 95.4 and 99.7 %; up to `lg_k` 12 they
//! are measured quantiles, as the error is skewed there. They hold for values that were not chosen
//! with the hash function in mind: whoever picks values by their hash can make any estimate.
//!
//! # Memory
//!
//! 4 bytes a coupon (tables are up to 3/4 full), then k bytes. Encoded: 4 bytes a coupon, then
//! 40 + k/2 bytes as [`HllType::Hll4`] (and 4 for each of few exceptions), 41 + 3k/4 as
//! [`HllType::Hll6`], 40 + k as [`HllType::Hll8`].
//!
//! # Values
//!
//! Values are hashed by `MurmurHash3_x64_128`, seed 9001, as little-endian i64, as canonical f64, or
//! as bytes; so 1, 1.0 and "1" are three values. The empty string is not counted.

mod bounds;
mod bulk;
mod codec;
mod coupon;
mod estimators;
mod packing;
mod registers;
mod sketch;
mod state;
mod tables;
#[cfg(test)]
mod tests;

pub use sketch::{HllSketch, HllType};
