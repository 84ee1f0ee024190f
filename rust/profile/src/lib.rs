//! Profiles of Arrow columns: what a table looks like, in one pass.

pub mod arrow;
mod error;

pub use error::Error;
