//! The types of columns by what their values are, however they are laid out, and their names.
//!
//! A column of strings is `string` whether it came as `Utf8`, as views or as a dictionary, so that
//! profiles of the same values are the same whichever library made the arrays.

use std::sync::Arc;

use arrow_schema::{DataType, Field, Fields, IntervalUnit, TimeUnit, UnionFields, UnionMode};

use crate::arrow::nested::is_vectors;
use crate::arrow::visit::value_type;

/// The type that stands for all layouts of the same values.
pub(crate) fn logical(data_type: &DataType) -> DataType {
    match value_type(data_type) {
        DataType::LargeUtf8 | DataType::Utf8View => DataType::Utf8,
        DataType::LargeBinary | DataType::BinaryView => DataType::Binary,
        DataType::Decimal32(p, s) | DataType::Decimal64(p, s) => DataType::Decimal128(*p, *s),
        DataType::FixedSizeList(item, size) if is_vectors(value_type(data_type)) => {
            vectors(item.data_type().clone(), *size)
        }
        DataType::List(_)
        | DataType::LargeList(_)
        | DataType::FixedSizeList(..)
        | DataType::ListView(_)
        | DataType::LargeListView(_) => list(),
        DataType::Struct(_) => DataType::Struct(Fields::empty()),
        DataType::Map(..) => map(),
        DataType::Union(_, mode) => DataType::Union(UnionFields::empty(), *mode),
        other => other.clone(),
    }
}

fn vectors(item: DataType, size: i32) -> DataType {
    DataType::FixedSizeList(Arc::new(Field::new("item", item, true)), size)
}

fn list() -> DataType {
    DataType::List(Arc::new(Field::new("item", DataType::Null, true)))
}

fn map() -> DataType {
    DataType::Map(Arc::new(Field::new("entries", DataType::Null, false)), false)
}

/// Columns that are no values to be described: what a condition says of each row, or predictions.
const SPECIAL: [&str; 4] = ["condition", "classification", "regression", "ranking"];

/// Stands for such a column.
pub(crate) fn special(name: &str) -> DataType {
    DataType::Struct(vec![Field::new(name, DataType::Null, true)].into())
}

/// What a type is called: pyarrow's names, for the types that pyarrow has.
pub(crate) fn name(data_type: &DataType) -> String {
    match data_type {
        DataType::Boolean => "bool".into(),
        DataType::Float16 => "float16".into(),
        DataType::Utf8 => "string".into(),
        DataType::Decimal128(p, s) | DataType::Decimal256(p, s) => format!("decimal({p}, {s})"),
        DataType::FixedSizeBinary(size) => format!("fixed_size_binary[{size}]"),
        DataType::Time32(unit) => format!("time32[{}]", unit_name(*unit)),
        DataType::Time64(unit) => format!("time64[{}]", unit_name(*unit)),
        DataType::Duration(unit) => format!("duration[{}]", unit_name(*unit)),
        DataType::Timestamp(unit, None) => format!("timestamp[{}]", unit_name(*unit)),
        DataType::Timestamp(unit, Some(zone)) => {
            format!("timestamp[{}, {zone}]", unit_name(*unit))
        }
        DataType::FixedSizeList(item, size) => {
            format!("vector<{}>[{size}]", name(item.data_type()))
        }
        DataType::Interval(IntervalUnit::YearMonth) => "month_interval".into(),
        DataType::Interval(IntervalUnit::DayTime) => "day_time_interval".into(),
        DataType::Interval(IntervalUnit::MonthDayNano) => "month_day_nano_interval".into(),
        DataType::Union(_, UnionMode::Dense) => "dense_union".into(),
        DataType::Union(_, UnionMode::Sparse) => "sparse_union".into(),
        DataType::List(_) => "list".into(),
        DataType::Struct(fields) if fields.is_empty() => "struct".into(),
        DataType::Struct(fields) => fields[0].name().clone(),
        DataType::Map(..) => "map".into(),
        other => other.to_string().to_lowercase(),
    }
}

/// The type that [`name`] called so; of one that it does not know, `Null`, of which only rows are
/// counted.
pub(crate) fn parse(text: &str) -> DataType {
    let simple = [
        DataType::Boolean,
        DataType::Int8,
        DataType::Int16,
        DataType::Int32,
        DataType::Int64,
        DataType::UInt8,
        DataType::UInt16,
        DataType::UInt32,
        DataType::UInt64,
        DataType::Float16,
        DataType::Float32,
        DataType::Float64,
        DataType::Utf8,
        DataType::Binary,
        DataType::Date32,
        DataType::Date64,
        DataType::Interval(IntervalUnit::YearMonth),
        DataType::Interval(IntervalUnit::DayTime),
        DataType::Interval(IntervalUnit::MonthDayNano),
        DataType::Union(UnionFields::empty(), UnionMode::Dense),
        DataType::Union(UnionFields::empty(), UnionMode::Sparse),
        list(),
        map(),
        DataType::Struct(Fields::empty()),
    ];
    let special = SPECIAL.into_iter().map(special);
    if let Some(found) = simple.into_iter().chain(special).find(|data_type| name(data_type) == text)
    {
        return found;
    }
    parse_with_parameters(text).unwrap_or(DataType::Null)
}

fn parse_with_parameters(text: &str) -> Option<DataType> {
    let (head, rest) = text.split_once(['[', '(', '<'])?;
    let inside = rest.strip_suffix([']', ')'])?;
    match head {
        "decimal" => {
            let (p, s) = inside.split_once(", ")?;
            let (p, s): (u8, i8) = (p.parse().ok()?, s.parse().ok()?);
            Some(match p {
                1..=38 => DataType::Decimal128(p, s),
                39..=76 => DataType::Decimal256(p, s),
                _ => return None,
            })
        }
        "fixed_size_binary" => Some(DataType::FixedSizeBinary(inside.parse().ok()?)),
        "time32" => Some(DataType::Time32(parse_unit(inside)?)),
        "time64" => Some(DataType::Time64(parse_unit(inside)?)),
        "duration" => Some(DataType::Duration(parse_unit(inside)?)),
        "timestamp" => Some(match inside.split_once(", ") {
            None => DataType::Timestamp(parse_unit(inside)?, None),
            Some((unit, zone)) => DataType::Timestamp(parse_unit(unit)?, Some(zone.into())),
        }),
        "vector" => {
            let (item, size) = inside.split_once(">[")?;
            let item = parse(item);
            item.is_floating().then_some(())?;
            Some(vectors(item, size.parse().ok().filter(|size| *size >= 0)?))
        }
        _ => None,
    }
}

fn unit_name(unit: TimeUnit) -> &'static str {
    match unit {
        TimeUnit::Second => "s",
        TimeUnit::Millisecond => "ms",
        TimeUnit::Microsecond => "us",
        TimeUnit::Nanosecond => "ns",
    }
}

fn parse_unit(text: &str) -> Option<TimeUnit> {
    [TimeUnit::Second, TimeUnit::Millisecond, TimeUnit::Microsecond, TimeUnit::Nanosecond]
        .into_iter()
        .find(|unit| unit_name(*unit) == text)
}

/// The type that holds the values of both, if profiles of the two can be one.
pub(crate) fn common(a: &DataType, b: &DataType) -> Option<DataType> {
    use DataType::{Decimal128, Decimal256, Float64, Int64, Null, Timestamp, UInt64};
    match (a, b) {
        (a, b) if a == b => Some(a.clone()),
        // A column without values is of any type.
        (Null, other) | (other, Null) => Some(other.clone()),
        (UInt64, _) | (_, UInt64) => None,
        (a, b) if a.is_integer() && b.is_integer() => Some(Int64),
        (a, b) if a.is_floating() && b.is_floating() => Some(Float64),
        (
            Decimal128(p, s) | Decimal256(p, s),
            Decimal128(other_p, other_s) | Decimal256(other_p, other_s),
        ) if s == other_s => Some(if p > other_p { a.clone() } else { b.clone() }),
        (Timestamp(unit, _), Timestamp(other, _)) if unit == other => Some(a.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        let mut types = vec![
            DataType::Boolean,
            DataType::Int8,
            DataType::UInt64,
            DataType::Float16,
            DataType::Utf8,
            DataType::Binary,
            DataType::FixedSizeBinary(16),
            DataType::Date32,
            DataType::Date64,
            DataType::Decimal128(38, -2),
            DataType::Decimal256(76, 10),
            DataType::Timestamp(TimeUnit::Nanosecond, Some("Europe/Paris".into())),
            DataType::Timestamp(TimeUnit::Second, None),
            DataType::Time32(TimeUnit::Millisecond),
            DataType::Duration(TimeUnit::Microsecond),
            vectors(DataType::Float32, 768),
            list(),
            map(),
            special("condition"),
            special("classification"),
            special("regression"),
            special("ranking"),
            DataType::Interval(IntervalUnit::MonthDayNano),
            DataType::Union(UnionFields::empty(), UnionMode::Sparse),
            DataType::Null,
        ];
        types.push(logical(&DataType::LargeUtf8));
        for data_type in types {
            assert_eq!(parse(&name(&data_type)), data_type, "{}", name(&data_type));
        }
    }

    #[test]
    fn what_is_no_name_is_of_no_type() {
        for text in ["", "[", "timestamp[x]", "decimal(99, 1)", "vector<string>[3]", "vector<"] {
            assert_eq!(parse(text), DataType::Null, "{text:?}");
        }
    }
}
