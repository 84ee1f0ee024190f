//! What can go wrong between Arrow and a sketch.

/// Why an array was not taken.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Error {
    /// The sketch underneath refused.
    #[error(transparent)]
    Sketch(#[from] drypoint_sketches::Error),
    /// An Arrow type that this sketch does not take.
    #[error("{taker} takes {takes}, got {found}")]
    UnsupportedType {
        /// Who was asked to take it.
        taker: &'static str,
        /// What it takes.
        takes: &'static str,
        /// The Arrow type.
        found: String,
    },
    /// Buffers of an array that contradict each other.
    #[error("the arrow array is not valid: {what} {index} is {found}, expected {expected}")]
    Invalid {
        /// Key, run end, …
        what: &'static str,
        /// Its position.
        index: usize,
        /// What it is.
        found: String,
        /// What it should be.
        expected: String,
    },
    /// An integer that does not fit.
    #[error("value {value} does not fit {taker}, whose items are i64; use a sketch of f64")]
    TooLarge {
        /// Who was asked to take it.
        taker: &'static str,
        /// The integer.
        value: u64,
    },
    /// Tables of different columns.
    #[error("column {index} is {expected:?} so far and {found:?} here")]
    Schema {
        /// Position of the first column that differs.
        index: usize,
        /// Its name and type so far.
        expected: String,
        /// Its name and type here.
        found: String,
    },
    /// As many weights as values are needed.
    #[error("{values} values have {weights} weights")]
    Weights {
        /// Values in the array.
        values: usize,
        /// Weights that came with them.
        weights: usize,
    },
}
