//! Mergeable sketches at the speed of memory, in bytes that Apache `DataSketches` reads.
//!
//! | question | sketch | default | size | error |
//! | --- | --- | --- | --- | --- |
//! | how many distinct? | [`hll::HllSketch`] | `lg_k` 12 | 2–4 KB | 1.3 % in order, 1.6 % after a merge (one standard deviation) |
//! | which value stands at rank q? | [`kll::KllSketch`] | k 512 | ~12 KB of doubles | 0.53 % of the rank (99 %) |
//! | which values are frequent? | [`frequent::FrequentItems`] | `lg_max` 10 | ≤ 768 items | at most 0.34 % of the total weight (always) |
//!
//! Every sketch updates by one item, by a slice (fast, vectorised) and by weight; merges; encodes
//! and decodes. Every approximate answer is an [`Estimate`] with its bounds.
//!
//! Bytes are those of Apache `DataSketches` (Java, C++, Go, Spark, Druid, `BigQuery`, Postgres), in
//! both directions; hashing follows the same rules, so sketches of the same values can be united
//! whoever made them. Decoding is total: any byte string gives a sketch or an [`Error`].

mod cpu;
mod error;
mod estimate;
pub mod frequent;
mod hash;
pub mod hll;
pub mod kll;
mod random;
mod sketch;
mod strings;
mod wire;

pub use cpu::{CpuLevel, Kernel, cpu_level, dispatch};
pub use error::Error;
pub use estimate::Estimate;
pub use sketch::{Sketch, Update};
pub use strings::{
    Heads, LANES, Offset, PackedStrings, PickedStrings, StringSlices, Strings, ViewStrings,
};

#[cfg(target_endian = "big")]
compile_error!("the formats and the block kernels are written for little-endian machines");
