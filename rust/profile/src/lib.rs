//! Profiles of Arrow columns: what a table looks like, in one pass.
//!
//! | file | idea |
//! | --- | --- |
//! | `engine` | rows into profiles, in blocks and in parallel |
//! | `segment` | rows apart by keys, a profile for each |
//! | `profile`, `column` | the columns of a table; one column and what is inside it |
//! | `metric` | one kind of fact a file |
//! | `record`, `codec` | metrics as plain values; profiles as Arrow tables |
//! | `parameters` | what is measured, and how finely |
//! | `types` | types by what their values are, and their names |
//! | `content` | what a string holds |
//! | `random` | random numbers of a seed |
//! | `arrow` | arrays of every type into sketches and facts |

pub mod arrow;
mod codec;
mod column;
mod content;
mod engine;
mod error;
pub mod metric;
mod parameters;
mod profile;
mod random;
mod record;
mod segment;
mod types;

pub use column::ColumnProfile;
pub use content::Content;
pub use engine::Profiler;
pub use error::Error;
pub use parameters::{
    CharacterRange, ClassificationTask, Distance, Options, Parameters, Reference, Scored, Task,
};
pub use profile::Profile;
pub use record::{Field, Form, Value};
pub use segment::{SegmentKey, SegmentedProfiler};
