//! Values of changing types, collected into one Arrow array for each run of one type.

use std::sync::Arc;

use arrow_array::builder::{
    BooleanBuilder, Decimal256Builder, LargeBinaryBuilder, LargeStringBuilder, PrimitiveBuilder,
};
use arrow_array::types::{
    Date32Type, DurationMicrosecondType, Float64Type, Int64Type, Time64MicrosecondType,
    TimestampMicrosecondType, UInt64Type,
};
use arrow_array::{ArrayRef, NullArray};
use arrow_buffer::i256;
use arrow_schema::{DECIMAL256_MAX_PRECISION, DataType};

/// One value, by its Arrow type.
#[derive(Clone, Copy)]
pub(crate) enum Value<'a> {
    Bool(bool),
    Int(i64),
    /// Above `i64::MAX`.
    UInt(u64),
    Float(f64),
    Text(&'a str),
    Bytes(&'a [u8]),
    Date(i32),
    Time(i64),
    Timestamp(i64),
    TimestampUtc(i64),
    Duration(i64),
    Decimal {
        unscaled: i256,
        scale: i8,
    },
}

/// The array under construction; one variant for each of [`Value`], and one for nulls alone.
enum Run {
    Empty,
    Null(usize),
    Bool(BooleanBuilder),
    Int(PrimitiveBuilder<Int64Type>),
    UInt(PrimitiveBuilder<UInt64Type>),
    Float(PrimitiveBuilder<Float64Type>),
    Text(LargeStringBuilder),
    Bytes(LargeBinaryBuilder),
    Date(PrimitiveBuilder<Date32Type>),
    Time(PrimitiveBuilder<Time64MicrosecondType>),
    Timestamp(PrimitiveBuilder<TimestampMicrosecondType>),
    TimestampUtc(PrimitiveBuilder<TimestampMicrosecondType>),
    Duration(PrimitiveBuilder<DurationMicrosecondType>),
    Decimal { scale: i8, unscaled: Decimal256Builder },
}

impl Run {
    /// An empty run of the type of `value`, with room for `len` of them.
    fn of(value: &Value<'_>, len: usize) -> Self {
        match value {
            Value::Bool(_) => Self::Bool(BooleanBuilder::with_capacity(len)),
            Value::Int(_) => Self::Int(PrimitiveBuilder::with_capacity(len)),
            Value::UInt(_) => Self::UInt(PrimitiveBuilder::with_capacity(len)),
            Value::Float(_) => Self::Float(PrimitiveBuilder::with_capacity(len)),
            Value::Text(_) => Self::Text(LargeStringBuilder::with_capacity(len, 8 * len)),
            Value::Bytes(_) => Self::Bytes(LargeBinaryBuilder::with_capacity(len, 8 * len)),
            Value::Date(_) => Self::Date(PrimitiveBuilder::with_capacity(len)),
            Value::Time(_) => Self::Time(PrimitiveBuilder::with_capacity(len)),
            Value::Timestamp(_) => Self::Timestamp(PrimitiveBuilder::with_capacity(len)),
            Value::TimestampUtc(_) => {
                let utc =
                    DataType::Timestamp(arrow_schema::TimeUnit::Microsecond, Some("UTC".into()));
                Self::TimestampUtc(PrimitiveBuilder::with_capacity(len).with_data_type(utc))
            }
            Value::Duration(_) => Self::Duration(PrimitiveBuilder::with_capacity(len)),
            Value::Decimal { scale, .. } => {
                let kind = DataType::Decimal256(DECIMAL256_MAX_PRECISION, *scale);
                let unscaled = Decimal256Builder::with_capacity(len).with_data_type(kind);
                Self::Decimal { scale: *scale, unscaled }
            }
        }
    }

    /// Appends `value` if it is of this run's type.
    fn take(&mut self, value: &Value<'_>) -> bool {
        match (self, value) {
            (Self::Bool(run), Value::Bool(v)) => run.append_value(*v),
            (Self::Int(run), Value::Int(v)) => run.append_value(*v),
            (Self::UInt(run), Value::UInt(v)) => run.append_value(*v),
            (Self::Float(run), Value::Float(v)) => run.append_value(*v),
            (Self::Text(run), Value::Text(v)) => run.append_value(v),
            (Self::Bytes(run), Value::Bytes(v)) => run.append_value(v),
            (Self::Date(run), Value::Date(v)) => run.append_value(*v),
            (Self::Time(run), Value::Time(v)) => run.append_value(*v),
            (Self::Timestamp(run), Value::Timestamp(v))
            | (Self::TimestampUtc(run), Value::TimestampUtc(v)) => run.append_value(*v),
            (Self::Duration(run), Value::Duration(v)) => run.append_value(*v),
            (Self::Decimal { scale, unscaled: run }, Value::Decimal { unscaled, scale: other })
                if scale == other =>
            {
                run.append_value(*unscaled);
            }
            _ => return false,
        }
        true
    }

    fn take_null(&mut self) {
        match self {
            Self::Empty => *self = Self::Null(1),
            Self::Null(count) => *count += 1,
            Self::Bool(run) => run.append_null(),
            Self::Int(run) => run.append_null(),
            Self::UInt(run) => run.append_null(),
            Self::Float(run) => run.append_null(),
            Self::Text(run) => run.append_null(),
            Self::Bytes(run) => run.append_null(),
            Self::Date(run) => run.append_null(),
            Self::Time(run) => run.append_null(),
            Self::Timestamp(run) | Self::TimestampUtc(run) => run.append_null(),
            Self::Duration(run) => run.append_null(),
            Self::Decimal { unscaled: run, .. } => run.append_null(),
        }
    }

    fn finish(self) -> Option<ArrayRef> {
        Some(match self {
            Self::Empty => return None,
            Self::Null(count) => Arc::new(NullArray::new(count)),
            Self::Bool(mut run) => Arc::new(run.finish()),
            Self::Int(mut run) => Arc::new(run.finish()),
            Self::UInt(mut run) => Arc::new(run.finish()),
            Self::Float(mut run) => Arc::new(run.finish()),
            Self::Text(mut run) => Arc::new(run.finish()),
            Self::Bytes(mut run) => Arc::new(run.finish()),
            Self::Date(mut run) => Arc::new(run.finish()),
            Self::Time(mut run) => Arc::new(run.finish()),
            Self::Timestamp(mut run) | Self::TimestampUtc(mut run) => Arc::new(run.finish()),
            Self::Duration(mut run) => Arc::new(run.finish()),
            Self::Decimal { unscaled: mut run, .. } => Arc::new(run.finish()),
        })
    }
}

/// The runs so far.
pub(crate) struct Runs {
    done: Vec<ArrayRef>,
    run: Run,
    /// Values to make room for: all of them at first, since nearly all lists are one run.
    room: usize,
}

impl Runs {
    /// No runs yet, of `len` values to come.
    pub(crate) fn of(len: usize) -> Self {
        Self { done: Vec::new(), run: Run::Empty, room: len }
    }

    /// Appends a value, in a new run if its type is new.
    pub(crate) fn push(&mut self, value: Value<'_>) {
        if !self.run.take(&value) {
            let run = Run::of(&value, self.room);
            self.room = 1;
            self.done.extend(std::mem::replace(&mut self.run, run).finish());
            self.run.take(&value);
        }
    }

    /// Appends a null, which fits any run.
    pub(crate) fn push_null(&mut self) {
        self.run.take_null();
    }

    /// The arrays, in the order of the values.
    pub(crate) fn finish(mut self) -> Vec<ArrayRef> {
        self.done.extend(self.run.finish());
        self.done
    }
}
