//! Which value stands at which rank? KLL in the bytes of Apache `DataSketches`.
//!
//! ```
//! use drypoint_sketches::kll::{KllSketch, SearchCriteria::Inclusive};
//! use drypoint_sketches::Sketch;
//!
//! let mut delays = KllSketch::<f64>::new(200)?;
//! delays.update_slice(&(0..100_000).map(f64::from).collect::<Vec<_>>());
//! let median = delays.quantile(0.5, Inclusive)?.expect("there are values");
//! assert!(median.lower <= 50_000.0 && 50_000.0 <= median.upper);
//! assert_eq!((delays.n(), delays.max()), (100_000, Some(99_999.0)));
//! assert_eq!(KllSketch::decode(&delays.encode())?, delays);
//! # Ok::<(), drypoint_sketches::Error>(())
//! ```
//!
//! # Error
//!
//! A rank is a share of the n items, in [0, 1]. With accuracy parameter k (the smallest of all that
//! were merged) and with 99 % confidence,
//!
//! - no rank is off by more than ε = 2.296 / k^0.9723: 1.33 % at k 200, 0.53 % at k 512. So the
//!   quantile at q is an item whose true rank is within ε of q;
//! - no mass between two splits is off by more than 2.446 / k^0.9433.
//!
//! This holds for any items in any order, with ties, whether they come one by one, in slices or in
//! merged parts, as long as they were not chosen knowing the coin. It says nothing of how far off a
//! quantile is as a number: that depends on the items around it. Up to about k items are all kept
//! and answers are exact. The least and the greatest item are always exact.
//!
//! # Memory
//!
//! At most about 3·k items in levels, and up to 32·k more that wait to be thinned; 8 bytes each, 4 for
//! f32. While many are merged at once, as much again for each of them. Encoded: 20 bytes, 4 a level, and
//! the items in levels.
//!
//! # How
//!
//! Karnin, Lang & Liberty, "Optimal Quantile Approximation in Streams" (FOCS 2016), with the block
//! sampler of its section 4; see `sampler.rs` for why it costs no accuracy, and `union.rs` for how many
//! are merged at once.

mod bounds;
mod codec;
mod item;
mod levels;
mod sampler;
mod scan;
mod sketch;
#[cfg(test)]
mod tests;
mod thin;
mod union;
mod view;

pub use bounds::{k_for_error, normalized_pmf_error, normalized_rank_error};
pub use item::KllItem;
pub use sketch::KllSketch;
pub use view::SearchCriteria;
