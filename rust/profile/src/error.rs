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
    /// A stored profile whose fields contradict each other, or are of other types.
    #[error("the profile is not valid: {field}: {reason}")]
    Record {
        /// Metric and field.
        field: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Arrow itself refused.
    #[error("the arrow array is not valid: {0}")]
    Arrow(String),
    /// Two columns of one name.
    #[error("column {name:?} is there twice; give each column a name of its own")]
    Duplicate {
        /// Its name.
        name: String,
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
    /// A reference that vectors cannot be compared with.
    #[error("reference {label:?} cannot be compared with: {reason}")]
    Reference {
        /// What it is called.
        label: String,
        /// What is wrong with it.
        reason: String,
    },
    /// As many keys as rows are needed.
    #[error("{rows} rows have {keys} keys")]
    Keys {
        /// Rows of the table.
        rows: usize,
        /// Keys that came with them.
        keys: usize,
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

impl From<arrow_schema::ArrowError> for Error {
    fn from(error: arrow_schema::ArrowError) -> Self {
        Self::Arrow(error.to_string())
    }
}
