//! Profiles of Arrow columns: what a table looks like, in one pass.
//!
//! | file | idea |
//! | --- | --- |
//! | `arrow` | arrays of every type into sketches and facts |
//! | `metric` | facts about values: moments, extremes, quantiles |
//! | `column` | the facts of one column, by its type |
//! | `profile` | the columns of a table |

pub mod arrow;
mod column;
mod error;
mod metric;
mod profile;

pub use column::{ColumnProfile, Scalar, Top};
pub use error::Error;
pub use metric::Moments;
pub use profile::Profile;
