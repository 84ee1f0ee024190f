//! The state of a metric as named plain values: what is stored, and what is answered from.

use crate::Error;

/// One plain value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// There is none.
    Null,
    /// A count.
    Count(u64),
    /// A number.
    Float(f64),
    /// Text.
    Text(String),
    /// A sketch.
    Bytes(Vec<u8>),
    /// Counts in an order that the field defines.
    Counts(Vec<u64>),
    /// Texts, likewise.
    Texts(Vec<String>),
    /// Numbers, likewise.
    Floats(Vec<f64>),
    /// Sketches, likewise.
    Sketches(Vec<Vec<u8>>),
}

/// Which values a field has; each may also be null.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// [`Value::Count`].
    Count,
    /// [`Value::Float`].
    Float,
    /// [`Value::Text`].
    Text,
    /// [`Value::Bytes`].
    Bytes,
    /// [`Value::Counts`].
    Counts,
    /// [`Value::Texts`].
    Texts,
    /// [`Value::Floats`].
    Floats,
    /// [`Value::Sketches`].
    Sketches,
}

/// A field of a metric.
pub type Field = (&'static str, Form);

/// The fields of one metric, to be read by name.
pub(crate) struct Record<'a> {
    pub(crate) metric: &'static str,
    pub(crate) fields: &'static [Field],
    pub(crate) values: &'a [Value],
}

impl Record<'_> {
    fn get(&self, name: &str) -> &Value {
        let index = self.fields.iter().position(|(field, _)| *field == name);
        index.and_then(|index| self.values.get(index)).unwrap_or(&Value::Null)
    }

    /// Whether there is no value.
    pub(crate) fn is_null(&self, name: &str) -> bool {
        *self.get(name) == Value::Null
    }

    /// A count; 0 where there is none.
    pub(crate) fn count(&self, name: &str) -> u64 {
        if let Value::Count(count) = self.get(name) { *count } else { 0 }
    }

    /// A number; 0 where there is none.
    pub(crate) fn float(&self, name: &str) -> f64 {
        if let Value::Float(float) = self.get(name) { *float } else { 0.0 }
    }

    /// A number that is finite; 0 where there is none.
    pub(crate) fn finite(&self, name: &str) -> Result<f64, Error> {
        let float = self.float(name);
        if float.is_finite() { Ok(float) } else { Err(self.refuse(name, format!("it is {float}"))) }
    }

    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        if let Value::Text(text) = self.get(name) { Some(text) } else { None }
    }

    /// Bytes; `None` where there are none.
    pub(crate) fn bytes(&self, name: &str) -> Option<&[u8]> {
        if let Value::Bytes(bytes) = self.get(name) { Some(bytes) } else { None }
    }

    /// Counts; empty where there are none.
    pub(crate) fn counts(&self, name: &str) -> &[u64] {
        if let Value::Counts(counts) = self.get(name) { counts } else { &[] }
    }

    /// Texts; empty where there are none.
    pub(crate) fn texts(&self, name: &str) -> &[String] {
        if let Value::Texts(texts) = self.get(name) { texts } else { &[] }
    }

    /// Numbers; empty where there are none.
    pub(crate) fn floats(&self, name: &str) -> &[f64] {
        if let Value::Floats(floats) = self.get(name) { floats } else { &[] }
    }

    /// Sketches; empty where there are none.
    pub(crate) fn sketches(&self, name: &str) -> &[Vec<u8>] {
        if let Value::Sketches(sketches) = self.get(name) { sketches } else { &[] }
    }

    /// As many counts as the field has places; none is all zeros.
    pub(crate) fn counts_of<const N: usize>(&self, name: &str) -> Result<[u64; N], Error> {
        let counts = self.counts(name);
        if counts.is_empty() {
            return Ok([0; N]);
        }
        counts
            .try_into()
            .map_err(|_| self.refuse(name, format!("{} counts instead of {N}", counts.len())))
    }

    /// As many finite numbers as the field has places; none is all zeros.
    pub(crate) fn floats_of<const N: usize>(&self, name: &str) -> Result<[f64; N], Error> {
        let floats = self.floats(name);
        if floats.is_empty() {
            return Ok([0.0; N]);
        }
        let all: Option<[f64; N]> = floats.try_into().ok();
        let sound = all.filter(|all| all.iter().all(|float| float.is_finite()));
        sound.ok_or_else(|| self.refuse(name, format!("{floats:?} instead of {N} finite numbers")))
    }

    /// The error that says what is wrong with a field.
    pub(crate) fn refuse(&self, name: &str, reason: impl Into<String>) -> Error {
        Error::Record { field: format!("{}.{name}", self.metric), reason: reason.into() }
    }
}
