//! The walk over an array of any type, in blocks of plain values.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, BinaryType, BinaryViewType, ByteArrayType, ByteViewType, Date32Type,
    Date64Type, Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type, DecimalType,
    DurationMicrosecondType, DurationMillisecondType, DurationNanosecondType, DurationSecondType,
    Float16Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type,
    LargeBinaryType, LargeUtf8Type, StringViewType, Time32MillisecondType, Time32SecondType,
    Time64MicrosecondType, Time64NanosecondType, TimestampMicrosecondType,
    TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType, UInt8Type, UInt16Type,
    UInt32Type, UInt64Type, Utf8Type,
};
use arrow_array::{Array, FixedSizeBinaryArray, PrimitiveArray};
use arrow_buffer::{BooleanBuffer, NullBuffer};
use arrow_schema::{DataType, TimeUnit};
use drypoint_sketches::{Offset, PackedStrings, Strings, ViewStrings};

use super::decimal::Unscaled;
use super::encoded;
use super::sink::{Integer, Kind, Sink, never};
use crate::Error;

/// Takes the values of an array as plain slices, with the nulls among them; of the kinds that its sink
/// takes, for the others never come.
pub(crate) trait Visitor {
    type Sink: Sink;
    /// Whether offsets and views are known to lead into their buffers, since somebody has looked.
    const TRUSTS: bool = false;

    fn ints<T: Integer>(&mut self, _: &[T], _: Nulls<'_>) -> Result<(), Error> {
        never()
    }

    fn unsigned(&mut self, _: &[u64], _: Nulls<'_>) -> Result<(), Error> {
        never()
    }

    fn floats(&mut self, _: &[f64], _: Nulls<'_>) -> Result<(), Error> {
        never()
    }

    fn floats32(&mut self, _: &[f32], _: Nulls<'_>) -> Result<(), Error> {
        never()
    }

    fn bools(&mut self, _: &BooleanBuffer, _: Nulls<'_>) -> Result<(), Error> {
        never()
    }

    fn decimals<T: Unscaled>(&mut self, _: &[T], _scale: i8, _: Nulls<'_>) -> Result<(), Error> {
        never()
    }

    fn strings<S: Strings>(&mut self, strings: &S, nulls: Nulls<'_>) -> Result<(), Error>;

    /// As many weights as `values`, for values that stand for many.
    fn weigh(&mut self, _values: &dyn Array, _weights: &[u64]) -> Result<(), Error> {
        never()
    }

    /// The weight of each row: `None` if all weigh 1.
    fn weights(&self) -> Option<&[u64]> {
        None
    }
}

/// The nulls of an array that has some.
pub(crate) type Nulls<'a> = Option<&'a NullBuffer>;

/// Hands the values of `array` to `visitor`.
pub(crate) fn visit<V: Visitor>(array: &dyn Array, visitor: &mut V) -> Result<(), Error> {
    let data_type = array.data_type();
    if array.is_empty() || *data_type == DataType::Null {
        return Ok(());
    }
    if let Some(kind) = kind(data_type) {
        check::<V::Sink>(kind, data_type)?;
    }
    match data_type {
        DataType::Boolean => {
            let array = array.as_boolean();
            visitor.bools(array.values(), array.nulls())
        }
        DataType::Int8 => ints::<Int8Type, V>(array, visitor),
        DataType::Int16 => ints::<Int16Type, V>(array, visitor),
        DataType::Int32 => ints::<Int32Type, V>(array, visitor),
        DataType::Int64 => ints::<Int64Type, V>(array, visitor),
        DataType::UInt8 => ints::<UInt8Type, V>(array, visitor),
        DataType::UInt16 => ints::<UInt16Type, V>(array, visitor),
        DataType::UInt32 => ints::<UInt32Type, V>(array, visitor),
        DataType::UInt64 => {
            let (values, nulls) = plain::<UInt64Type>(array);
            visitor.unsigned(values, nulls)
        }
        DataType::Float16 => halves(array.as_primitive(), visitor),
        DataType::Float32 => {
            let (values, nulls) = plain::<Float32Type>(array);
            visitor.floats32(values, nulls)
        }
        DataType::Float64 => {
            let (values, nulls) = plain::<Float64Type>(array);
            visitor.floats(values, nulls)
        }
        DataType::Decimal32(..) => decimals::<Decimal32Type, V>(array, visitor),
        DataType::Decimal64(..) => decimals::<Decimal64Type, V>(array, visitor),
        DataType::Decimal128(..) => decimals::<Decimal128Type, V>(array, visitor),
        DataType::Decimal256(..) => decimals::<Decimal256Type, V>(array, visitor),
        DataType::Utf8 => packed::<Utf8Type, V>(array, visitor),
        DataType::LargeUtf8 => packed::<LargeUtf8Type, V>(array, visitor),
        DataType::Binary => packed::<BinaryType, V>(array, visitor),
        DataType::LargeBinary => packed::<LargeBinaryType, V>(array, visitor),
        DataType::Utf8View => views::<StringViewType, V>(array, visitor),
        DataType::BinaryView => views::<BinaryViewType, V>(array, visitor),
        DataType::FixedSizeBinary(_) => {
            let array = array.as_fixed_size_binary();
            visitor.strings(&Fixed(array), array.nulls())
        }
        DataType::Dictionary(..) | DataType::RunEndEncoded(..) => encoded::encoded(array, visitor),
        other => temporal(other, array, visitor),
    }
}

fn temporal<V: Visitor>(
    data_type: &DataType,
    array: &dyn Array,
    visitor: &mut V,
) -> Result<(), Error> {
    match data_type {
        DataType::Date32 => ints::<Date32Type, V>(array, visitor),
        DataType::Date64 => ints::<Date64Type, V>(array, visitor),
        DataType::Time32(TimeUnit::Second) => ints::<Time32SecondType, V>(array, visitor),
        DataType::Time32(_) => ints::<Time32MillisecondType, V>(array, visitor),
        DataType::Time64(TimeUnit::Microsecond) => ints::<Time64MicrosecondType, V>(array, visitor),
        DataType::Time64(_) => ints::<Time64NanosecondType, V>(array, visitor),
        DataType::Timestamp(unit, _) => match unit {
            TimeUnit::Second => ints::<TimestampSecondType, V>(array, visitor),
            TimeUnit::Millisecond => ints::<TimestampMillisecondType, V>(array, visitor),
            TimeUnit::Microsecond => ints::<TimestampMicrosecondType, V>(array, visitor),
            TimeUnit::Nanosecond => ints::<TimestampNanosecondType, V>(array, visitor),
        },
        DataType::Duration(unit) => match unit {
            TimeUnit::Second => ints::<DurationSecondType, V>(array, visitor),
            TimeUnit::Millisecond => ints::<DurationMillisecondType, V>(array, visitor),
            TimeUnit::Microsecond => ints::<DurationMicrosecondType, V>(array, visitor),
            TimeUnit::Nanosecond => ints::<DurationNanosecondType, V>(array, visitor),
        },
        other => Err(unsupported::<V::Sink>(other)),
    }
}

/// The type of the values behind dictionaries and runs.
pub(crate) fn value_type(data_type: &DataType) -> &DataType {
    match data_type {
        DataType::Dictionary(_, values) => value_type(values),
        DataType::RunEndEncoded(_, values) => value_type(values.data_type()),
        other => other,
    }
}

/// The kind of a type that holds plain values.
pub(crate) fn kind(data_type: &DataType) -> Option<Kind> {
    Some(match data_type {
        DataType::Boolean => Kind::Boolean,
        other if other.is_integer() => Kind::Integer,
        other if other.is_floating() => Kind::Float,
        other if other.is_decimal() => Kind::Decimal,
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => Kind::Text,
        DataType::Binary
        | DataType::LargeBinary
        | DataType::BinaryView
        | DataType::FixedSizeBinary(_) => Kind::Binary,
        DataType::Date32
        | DataType::Date64
        | DataType::Time32(_)
        | DataType::Time64(_)
        | DataType::Timestamp(..)
        | DataType::Duration(_) => Kind::Temporal,
        _ => return None,
    })
}

fn check<S: Sink>(kind: Kind, data_type: &DataType) -> Result<(), Error> {
    if S::takes(kind) { Ok(()) } else { Err(unsupported::<S>(data_type)) }
}

fn unsupported<S: Sink>(data_type: &DataType) -> Error {
    Error::UnsupportedType { taker: S::NAME, takes: S::TAKES, found: data_type.to_string() }
}

fn plain<T: ArrowPrimitiveType>(array: &dyn Array) -> (&[T::Native], Nulls<'_>) {
    let array: &PrimitiveArray<T> = array.as_primitive();
    (array.values(), array.nulls().filter(|nulls| nulls.null_count() > 0))
}

fn ints<T: ArrowPrimitiveType, V: Visitor>(array: &dyn Array, visitor: &mut V) -> Result<(), Error>
where
    T::Native: Integer,
{
    let (values, nulls) = plain::<T>(array);
    visitor.ints(values, nulls)
}

fn halves<V: Visitor>(array: &PrimitiveArray<Float16Type>, visitor: &mut V) -> Result<(), Error> {
    // Rare enough that a copy of the column as f32 is fine.
    let wide: Vec<f32> = array.values().iter().map(|value| value.to_f32()).collect();
    visitor.floats32(&wide, array.nulls())
}

fn decimals<T: DecimalType, V: Visitor>(array: &dyn Array, visitor: &mut V) -> Result<(), Error>
where
    T::Native: Unscaled,
{
    let array: &PrimitiveArray<T> = array.as_primitive();
    visitor.decimals(array.values(), array.scale(), array.nulls())
}

fn packed<T: ByteArrayType, V: Visitor>(array: &dyn Array, visitor: &mut V) -> Result<(), Error>
where
    T::Offset: Offset,
{
    let array = array.as_bytes::<T>();
    let (values, offsets) = (array.value_data(), array.value_offsets());
    let strings = if V::TRUSTS {
        PackedStrings::trusted(values, offsets)
    } else {
        PackedStrings::try_new(values, offsets)?
    };
    visitor.strings(&strings, array.nulls())
}

fn views<T: ByteViewType, V: Visitor>(array: &dyn Array, visitor: &mut V) -> Result<(), Error> {
    let array = array.as_byte_view::<T>();
    let buffers: Vec<&[u8]> =
        array.data_buffers().iter().map(arrow_buffer::Buffer::as_slice).collect();
    let strings = if V::TRUSTS {
        ViewStrings::trusted(array.views(), &buffers)
    } else {
        ViewStrings::try_new(array.views(), &buffers)?
    };
    visitor.strings(&strings, array.nulls())
}

/// Binary values of one size.
struct Fixed<'a>(&'a FixedSizeBinaryArray);

impl Strings for Fixed<'_> {
    fn len(&self) -> usize {
        self.0.len()
    }

    #[inline(always)]
    fn get(&self, index: usize) -> &[u8] {
        self.0.value(index)
    }
}
