//! Which values are frequent? Heavy hitters in the bytes of Apache `DataSketches`.
//!
//! ```
//! use drypoint_sketches::frequent::{ErrorType, FrequentItems};
//! use drypoint_sketches::{Sketch, StringSlices};
//!
//! let mut airports = FrequentItems::<String>::new(10)?;
//! airports.update_strings(&StringSlices(&["ORD", "JFK", "ORD", "LAX", "ORD", "JFK"]))?;
//! assert_eq!(airports.estimate("ORD").value, 3);
//! assert_eq!(airports.top(2)[1].item, "JFK");
//! let often = airports.frequent(ErrorType::NoFalsePositives, 2);
//! assert_eq!((often.len(), often[0].item.as_str()), (1, "ORD"));
//! assert_eq!(FrequentItems::decode(&airports.encode())?, airports);
//! # Ok::<(), drypoint_sketches::Error>(())
//! ```
//!
//! # Error
//!
//! Let N be the total weight, L = `lg_max_map_size`, k = 0.75 · 2^L the number of counters, and
//! offset the sketch's [`max_error`](FrequentItems::max_error). The true weight of any item is
//!
//! - within [weight, weight + offset] if it is kept with that weight,
//! - within [0, offset] if it is not.
//!
//! This always holds (confidence 1), for any items in any order, merged from any parts. And
//!
//! - offset ≤ N / (k + 1) < **1.34 / 2^L · N** in one bulk update of at least k / 2 values, up to L = 13;
//! - offset ≤ N / (k / 2 + 1) < **2.67 / 2^L · N** after any updates and merges, with the smallest L
//!   of all that took part;
//! - so it is within the ε = 3.5 / 2^L · N that Apache `DataSketches` states: 0.34 % of N for L = 10.
//!
//! Up to k distinct items are all kept, and answers are exact. Every item of a weight above the
//! offset is kept. `fold.rs` holds the proof, which is three sentences long.
//!
//! # Memory
//!
//! A kept i64 takes 24 bytes, a kept string 56 and, above 16 bytes in length, itself; the index
//! takes 21 to 43 bytes an item. With L = 10, at most 40 KB of i64 or 73 KB of short strings;
//! it grows from nothing by doubling. A merge of many needs four times the counters while it runs. What
//! bulk updates work with, up to 320 KB, each thread keeps for the next one. Encoded: 32 bytes, and 16 an
//! i64, or 12 and its length a string.
//!
//! # How
//!
//! Misra & Gries, "Finding repeated elements" (1982), in the form of Anderson et al., "A
//! High-Performance Algorithm for Identifying Frequent Items in Data Streams" (IMC 2017), which
//! gives up half of all counters at a time. Bulk updates count a block of values exactly
//! (`block.rs`), and fold the counts in by one merge (Agarwal et al., "Mergeable Summaries", 2013;
//! `fold.rs`): a value that came once costs its counting and no more.

mod block;
mod codec;
mod fold;
mod item;
mod map;
mod merge;
mod narrow;
mod pool;
mod sieve;
mod sketch;
mod source;
mod tally;
#[cfg(test)]
mod tests;
mod trim;

pub use item::FrequentItem;
pub use sketch::{ErrorType, FrequentItems, Row};
pub use tally::StringTally;
