//! Profiles as Arrow tables: a row for each column, a struct for each metric.
//!
//! Readers take columns by name. What they do not know they leave alone, what they miss is zero, so
//! that older and newer versions read each other. Total: any table gives a profile or an error.

use std::sync::Arc;

use arrow_array::builder::{
    ArrayBuilder, BinaryBuilder, Float64Builder, ListBuilder, StringBuilder, UInt64Builder,
};
use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, UInt64Type};
use arrow_array::{
    Array, ArrayRef, BinaryArray, BooleanArray, Float64Array, RecordBatch, RecordBatchOptions,
    StringArray, StructArray, UInt64Array,
};
use arrow_buffer::NullBuffer;
use arrow_schema::{Field as ArrowField, Fields, Schema};

use crate::metric::{Counts, METRICS, Metrics};
use crate::record::{Field, Form, Value};
use crate::{ColumnProfile, Error, Profile, types};

impl Profile {
    /// The profile as a table: columns `column`, `type`, `nested`, `rows`, `nulls`, `bytes`, and a
    /// struct for each metric that a column has, null where another has none.
    ///
    /// # Errors
    /// None: what a profile holds fits.
    pub fn to_batch(&self) -> Result<RecordBatch, Error> {
        let columns = &self.columns;
        let text = |of: fn(&ColumnProfile) -> String| -> ArrayRef {
            Arc::new(columns.iter().map(|column| Some(of(column))).collect::<StringArray>())
        };
        let count = |of: fn(&ColumnProfile) -> u64| -> ArrayRef {
            Arc::new(columns.iter().map(of).collect::<UInt64Array>())
        };
        let nested: BooleanArray = columns.iter().map(|column| Some(column.nested)).collect();
        let mut fields: Vec<(&str, ArrayRef)> = vec![
            ("column", text(|column| column.name.clone())),
            ("type", text(ColumnProfile::type_name)),
            ("nested", Arc::new(nested)),
            ("rows", count(|column| column.counts.rows)),
            ("nulls", count(|column| column.counts.nulls)),
            ("bytes", count(|column| column.counts.bytes)),
        ];
        let records: Vec<_> = columns.iter().map(|column| column.metrics.encode()).collect();
        for (index, (name, form)) in METRICS.iter().enumerate() {
            let records: Vec<Option<&[Value]>> =
                records.iter().map(|all| all[index].as_deref()).collect();
            if records.iter().any(Option::is_some) {
                fields.push((name, Arc::new(structs(form, &records)?)));
            }
        }
        let metric = |name: &str| METRICS.iter().any(|(metric, _)| *metric == name);
        let named = |(name, array): &(&str, ArrayRef)| {
            ArrowField::new(*name, array.data_type().clone(), metric(name))
        };
        let schema = Schema::new(fields.iter().map(named).collect::<Vec<_>>());
        let rows = RecordBatchOptions::new().with_row_count(Some(columns.len()));
        let arrays = fields.into_iter().map(|(_, array)| array).collect();
        Ok(RecordBatch::try_new_with_options(Arc::new(schema), arrays, &rows)?)
    }

    /// Reads what [`Self::to_batch`] wrote, of `rows` rows.
    ///
    /// # Errors
    /// A column is missing or of another type, or a sketch is not valid.
    pub fn from_batch(batch: &RecordBatch, rows: u64) -> Result<Self, Error> {
        let names = strings(batch, "column")?;
        let data_types = strings(batch, "type")?;
        let nested = required(batch, "nested")?.as_boolean_opt();
        let nested = nested.ok_or_else(|| wrong("nested", "it is no column of booleans"))?;
        let [row_counts, nulls, bytes] = ["rows", "nulls", "bytes"].map(|name| counts(batch, name));
        let (row_counts, nulls, bytes) = (row_counts?, nulls?, bytes?);
        let metrics: Vec<Option<&StructArray>> = METRICS
            .iter()
            .map(|(name, _)| batch.column_by_name(name).and_then(|array| array.as_struct_opt()))
            .collect();
        let column = |row: usize| {
            let data_type = types::parse(data_types.value(row));
            let records: Vec<Option<Vec<Value>>> = METRICS
                .iter()
                .zip(&metrics)
                .map(|((_, fields), array)| record(fields, (*array)?, row))
                .collect();
            let counts = Counts {
                rows: row_counts.value(row),
                nulls: nulls.value(row),
                bytes: bytes.value(row),
            };
            let metrics = Metrics::decode(&data_type, &records)?;
            check_counts(&counts, &metrics)?;
            Ok(ColumnProfile {
                name: names.value(row).to_owned(),
                nested: nested.value(row),
                counts,
                metrics,
                data_type,
            })
        };
        let columns = (0..batch.num_rows()).map(column).collect::<Result<_, Error>>()?;
        Ok(Self { rows, columns })
    }
}

/// Nothing is of more rows than there are.
fn check_counts(counts: &Counts, metrics: &Metrics) -> Result<(), Error> {
    let Some(there) = counts.rows.checked_sub(counts.nulls) else {
        return Err(wrong("nulls", &format!("{} of {} rows", counts.nulls, counts.rows)));
    };
    let numbers = metrics.moments.as_ref().map_or(0, |moments| moments.n());
    if numbers > there {
        return Err(wrong("moments", &format!("of {numbers} numbers in {there} rows")));
    }
    let predictions = [
        metrics.classification.as_ref().map(|metric| metric.rows()),
        metrics.regression.as_ref().map(|metric| metric.rows()),
        metrics.ranking.as_ref().map(|metric| metric.rows()),
    ];
    if let Some(rows) = predictions.into_iter().flatten().find(|&rows| rows != counts.rows) {
        return Err(wrong("rows", &format!("{}, but {rows} predictions", counts.rows)));
    }
    Ok(())
}

/// The struct array of a metric.
fn structs(fields: &[Field], records: &[Option<&[Value]>]) -> Result<StructArray, Error> {
    let present: NullBuffer = records.iter().map(Option::is_some).collect();
    let array = |(index, (_, form)): (usize, &Field)| {
        let values = records.iter().map(|record| record.map(|values| &values[index]));
        array(*form, values)
    };
    let arrays: Vec<ArrayRef> = fields.iter().enumerate().map(array).collect();
    let named = |((name, _), array): (&Field, &ArrayRef)| {
        ArrowField::new(*name, array.data_type().clone(), true)
    };
    let schema: Fields = fields.iter().zip(&arrays).map(named).collect();
    Ok(StructArray::try_new_with_length(schema, arrays, Some(present), records.len())?)
}

/// Calls `$make` with the content of each value, or `None` where there is none.
macro_rules! each {
    ($values:ident, $variant:ident, $make:expr) => {
        $values.map(|value| match value {
            Some(Value::$variant(content)) => Some($make(content)),
            _ => None,
        })
    };
}

fn array<'a>(form: Form, values: impl Iterator<Item = Option<&'a Value>>) -> ArrayRef {
    match form {
        Form::Count => {
            Arc::new(each!(values, Count, |count: &u64| *count).collect::<UInt64Array>())
        }
        Form::Float => {
            Arc::new(each!(values, Float, |float: &f64| *float).collect::<Float64Array>())
        }
        Form::Text => Arc::new(each!(values, Text, String::as_str).collect::<StringArray>()),
        Form::Bytes => Arc::new(each!(values, Bytes, Vec::as_slice).collect::<BinaryArray>()),
        Form::Counts => {
            lists(UInt64Builder::new(), each!(values, Counts, Vec::as_slice), |b, x| {
                b.append_value(*x);
            })
        }
        Form::Floats => {
            lists(Float64Builder::new(), each!(values, Floats, Vec::as_slice), |b, x| {
                b.append_value(*x);
            })
        }
        Form::Texts => lists(StringBuilder::new(), each!(values, Texts, Vec::as_slice), |b, x| {
            b.append_value(x);
        }),
        Form::Sketches => {
            lists(BinaryBuilder::new(), each!(values, Sketches, Vec::as_slice), |b, x| {
                b.append_value(x);
            })
        }
    }
}

/// A list array of `values`, whose items `append` adds.
fn lists<'a, B: ArrayBuilder, T: 'a>(
    builder: B,
    values: impl Iterator<Item = Option<&'a [T]>>,
    append: impl Fn(&mut B, &T),
) -> ArrayRef {
    let mut lists = ListBuilder::new(builder);
    for value in values {
        let items = value.unwrap_or_default();
        items.iter().for_each(|item| append(lists.values(), item));
        lists.append(value.is_some());
    }
    Arc::new(lists.finish())
}

/// The values of a metric in one row; `None` if it is null there.
fn record(fields: &[Field], array: &StructArray, row: usize) -> Option<Vec<Value>> {
    let value = |(name, form): &Field| {
        let column = array.column_by_name(name).filter(|column| column.is_valid(row));
        column.and_then(|column| value(*form, column, row)).unwrap_or(Value::Null)
    };
    array.is_valid(row).then(|| fields.iter().map(value).collect())
}

/// The value in a row, if it is of the form.
fn value(form: Form, column: &ArrayRef, row: usize) -> Option<Value> {
    Some(match form {
        Form::Count => Value::Count(column.as_primitive_opt::<UInt64Type>()?.value(row)),
        Form::Float => Value::Float(column.as_primitive_opt::<Float64Type>()?.value(row)),
        Form::Text => Value::Text(column.as_string_opt::<i32>()?.value(row).to_owned()),
        Form::Bytes => Value::Bytes(column.as_binary_opt::<i32>()?.value(row).to_owned()),
        Form::Counts => {
            let list = column.as_list_opt::<i32>()?.value(row);
            Value::Counts(list.as_primitive_opt::<UInt64Type>()?.values().to_vec())
        }
        Form::Texts => {
            let list = column.as_list_opt::<i32>()?.value(row);
            let texts = list.as_string_opt::<i32>()?.iter();
            Value::Texts(texts.map(|text| text.unwrap_or_default().to_owned()).collect())
        }
        Form::Floats => {
            let list = column.as_list_opt::<i32>()?.value(row);
            Value::Floats(list.as_primitive_opt::<Float64Type>()?.values().to_vec())
        }
        Form::Sketches => {
            let list = column.as_list_opt::<i32>()?.value(row);
            let sketches = list.as_binary_opt::<i32>()?.iter();
            Value::Sketches(sketches.map(|bytes| bytes.unwrap_or_default().to_vec()).collect())
        }
    })
}

fn required<'a>(batch: &'a RecordBatch, name: &str) -> Result<&'a ArrayRef, Error> {
    let found = batch.column_by_name(name).ok_or_else(|| wrong(name, "it is not there"))?;
    if found.null_count() > 0 {
        return Err(wrong(name, "it has nulls"));
    }
    Ok(found)
}

fn strings<'a>(batch: &'a RecordBatch, name: &str) -> Result<&'a StringArray, Error> {
    required(batch, name)?
        .as_string_opt::<i32>()
        .ok_or_else(|| wrong(name, "it is no column of strings"))
}

fn counts<'a>(batch: &'a RecordBatch, name: &str) -> Result<&'a UInt64Array, Error> {
    required(batch, name)?
        .as_primitive_opt::<UInt64Type>()
        .ok_or_else(|| wrong(name, "it is no column of uint64"))
}

fn wrong(name: &str, reason: &str) -> Error {
    let field = format!("column {name:?}");
    Error::Record { field, reason: reason.to_owned() }
}
