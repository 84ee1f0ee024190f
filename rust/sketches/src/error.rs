//! What can go wrong, with the facts that tell why.

/// Why a sketch could not be built, read, asked or merged. Nothing has changed when one is returned.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Error {
    /// The bytes end before the sketch does.
    #[error("truncated {sketch} sketch: {what} needs {need} bytes at offset {at}, got {got}")]
    Truncated {
        /// Name of the sketch.
        sketch: &'static str,
        /// The part being read.
        what: &'static str,
        /// Offset of that part.
        at: usize,
        /// Bytes it needs.
        need: usize,
        /// Bytes that are there.
        got: usize,
    },
    /// The bytes are a sketch of another family.
    #[error("expected a sketch of family {expected} ({sketch}), got family {found} ({name})")]
    Family {
        /// Name of the sketch.
        sketch: &'static str,
        /// Its family number.
        expected: u8,
        /// The family number in the bytes.
        found: u8,
        /// What that number stands for.
        name: &'static str,
    },
    /// A field of the bytes holds what no writer writes.
    #[error("corrupt {sketch} sketch: {what} is {found}, expected {expected}")]
    Corrupt {
        /// Name of the sketch.
        sketch: &'static str,
        /// The field.
        what: &'static str,
        /// What it should hold.
        expected: String,
        /// What it holds.
        found: String,
    },
    /// A parameter is outside its range.
    #[error("{what} must be {expected}, got {found}")]
    OutOfRange {
        /// The parameter.
        what: &'static str,
        /// Its range.
        expected: String,
        /// What was given.
        found: String,
    },
    /// Two sketches cannot be united.
    #[error("cannot merge: {what} is {left} on the left and {right} on the right")]
    Mismatch {
        /// What differs.
        what: &'static str,
        /// On the left.
        left: String,
        /// On the right.
        right: String,
    },
    /// String data that is not UTF-8, where the sketch keeps strings.
    #[error("string {index} is not valid UTF-8")]
    Utf8 {
        /// Position of the string in its array.
        index: usize,
    },
    /// Offsets or views that point outside their buffers.
    #[error("string {index} lies outside its buffer: {detail}")]
    Bounds {
        /// Position of the string in its array.
        index: usize,
        /// The numbers that show it.
        detail: String,
    },
    /// More weight than a sketch can count.
    #[error("total weight would be {total} + {weight}, more than the {most} that can be counted")]
    Overflow {
        /// Weight already counted.
        total: u64,
        /// Weight to be added.
        weight: u64,
        /// The most that can be counted.
        most: u64,
    },
}

#[allow(clippy::needless_pass_by_value)] // numbers and texts, on a cold path
impl Error {
    #[cold]
    pub(crate) fn corrupt(
        sketch: &'static str,
        what: &'static str,
        expected: impl ToString,
        found: impl ToString,
    ) -> Self {
        Self::Corrupt { sketch, what, expected: expected.to_string(), found: found.to_string() }
    }

    #[cold]
    pub(crate) fn out_of_range(
        what: &'static str,
        expected: impl ToString,
        found: impl ToString,
    ) -> Self {
        Self::OutOfRange { what, expected: expected.to_string(), found: found.to_string() }
    }
}
