//! Columns inside columns.

use std::sync::Arc;

use arrow_array::{Array, ArrayRef, Int8Array, RecordBatch, StructArray};
use arrow_buffer::NullBuffer;
use arrow_schema::{DataType, Field};
use drypoint_profile::{Options, Profiler};

fn inside(name: &str, array: ArrayRef, nulls: Option<NullBuffer>) -> ArrayRef {
    let field = Field::new(name, array.data_type().clone(), true);
    Arc::new(StructArray::new(vec![field].into(), vec![array], nulls))
}

/// A struct in a struct, cut out of a longer one.
#[test]
fn structs_may_begin_anywhere() {
    let numbers: ArrayRef = Arc::new(Int8Array::from(vec![Some(1), Some(2), None]));
    let nulls = Some(NullBuffer::from(vec![true, true, false]));
    let whole = inside("x", inside("y", numbers, nulls.clone()), nulls);
    let cut = whole.slice(1, 2);
    let batch = RecordBatch::try_from_iter_with_nullable([("x", cut, true)]).unwrap();
    let mut profiler = Profiler::new(batch.schema(), Options::default()).unwrap();
    profiler.update(&[batch]).unwrap();
    let columns = profiler.profile().unwrap();
    let counts: Vec<_> = columns.columns().iter().map(|column| column.counts().nulls).collect();
    assert_eq!(counts, [1, 1, 1]);
    assert_eq!(columns.columns()[2].data_type(), &DataType::Int8);
}
