//! Frequent items.

mod block;
mod codec;
mod fold;
mod item;
mod map;
mod sketch;
mod source;
#[cfg(test)]
mod tests;

pub use item::FrequentItem;
pub use sketch::{ErrorType, FrequentItems, Row};
