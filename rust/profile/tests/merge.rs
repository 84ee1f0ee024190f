//! Profiles of parts, merged all at once.

#![allow(clippy::unwrap_used)] // a test may panic in its helpers too

use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array, Int64Array, NullArray, RecordBatch, StringArray};
use arrow_schema::DataType;
use drypoint_profile::metric::{Metrics, QuantileSketch};
use drypoint_profile::{Error, Options, Profile, Profiler};
use drypoint_sketches::Sketch;
use rayon::ThreadPoolBuilder;

fn profile(columns: Vec<(&str, ArrayRef)>) -> Profile {
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let mut profiler = Profiler::new(batch.schema(), Options::default()).unwrap();
    profiler.update(&[batch]).unwrap();
    profiler.profile().unwrap()
}

/// Numbers and strings, each part its own.
fn part(seed: i64, rows: i64) -> Profile {
    let numbers = (0..rows).map(|row| (seed * 1_000_003 + row) * 7919 % 10_007);
    let numbers: Int64Array = numbers.collect();
    let halves: Float64Array = numbers.iter().map(|x| x.map(|x| x as f64 / 2.0)).collect();
    let texts: StringArray = numbers.iter().map(|x| x.map(|x| format!("{}", x % 1500))).collect();
    profile(vec![("i", Arc::new(numbers)), ("f", Arc::new(halves)), ("s", Arc::new(texts))])
}

fn merged(parts: &[Profile]) -> Profile {
    Profile::merged(&parts.iter().collect::<Vec<_>>()).unwrap()
}

#[test]
fn many_profiles_make_the_same_one_on_however_many_threads() {
    // More than one thread merges alone, and enough rows that not all are kept.
    let parts: Vec<Profile> = (0..300).map(|seed| part(seed, 500)).collect();
    let on = |threads| {
        let pool = ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| merged(&parts))
    };
    let found = on(1);
    assert_eq!(found.to_batch().unwrap(), on(2).to_batch().unwrap());
    assert_eq!(found.to_batch().unwrap(), on(5).to_batch().unwrap());
}

/// Registers of the values, whether or not what was merged lets HIP go on.
fn distinct(metrics: &Metrics) -> Vec<u8> {
    let mut sketch = metrics.distinct.as_ref().unwrap().0.clone();
    let other = sketch.clone();
    sketch.merge(&other).unwrap();
    sketch.encode_ascending()
}

fn n(sketch: &QuantileSketch) -> u64 {
    match sketch {
        QuantileSketch::Numbers(sketch) => sketch.n(),
        QuantileSketch::Times(sketch) => sketch.n(),
    }
}

#[test]
fn what_is_exact_is_that_of_one_merge_after_the_other() {
    for (count, rows) in [(2, 3000), (9, 1000), (300, 200)] {
        let parts: Vec<Profile> = (0..count).map(|seed| part(seed, rows)).collect();
        let mut one_by_one = parts[0].clone();
        parts[1..].iter().for_each(|part| one_by_one.merge(part).unwrap());
        let at_once = merged(&parts);
        assert_eq!((at_once.rows(), one_by_one.rows()), ((count * rows) as u64, at_once.rows()));
        for (a, b) in at_once.columns().iter().zip(one_by_one.columns()) {
            assert_eq!((a.name(), a.counts()), (b.name(), b.counts()));
            let (a, b) = (a.metrics(), b.metrics());
            let numbers = (&a.numbers, &a.extremes) == (&b.numbers, &b.extremes);
            let texts = (&a.lengths, &a.texts, &a.contents) == (&b.lengths, &b.texts, &b.contents);
            assert!(numbers && texts);
            assert_eq!(distinct(a), distinct(b));
            if let Some(quantiles) = &a.quantiles {
                assert_eq!(n(&quantiles.sketch), (count * rows) as u64);
            }
        }
    }
}

#[test]
fn columns_come_in_the_order_in_which_they_came_first_with_the_types_that_can_be_one() {
    let ints: ArrayRef = Arc::new(Int64Array::from(vec![1, 2]));
    let texts: ArrayRef = Arc::new(StringArray::from(vec!["a"]));
    let nulls: ArrayRef = Arc::new(NullArray::new(3));
    let parts = [
        profile(vec![("b", Arc::clone(&nulls))]),
        profile(vec![("a", Arc::clone(&texts))]),
        profile(vec![("b", Arc::clone(&ints)), ("a", Arc::clone(&ints))]),
        profile(vec![("c", Arc::clone(&nulls)), ("b", Arc::clone(&nulls))]),
        profile(vec![("b", texts)]),
    ];
    let found = merged(&parts);
    let columns: Vec<_> = found
        .columns()
        .iter()
        .map(|column| (column.name(), column.data_type().clone(), column.counts().rows))
        .collect();
    let expected = [
        ("b", DataType::Int64, 8),
        ("a", DataType::Utf8, 1),
        ("a", DataType::Int64, 2),
        ("c", DataType::Null, 3),
        ("b", DataType::Utf8, 1),
    ];
    assert_eq!(columns, expected);
    assert!(found.columns()[0].metrics().quantiles.is_some());
}

#[test]
fn rows_that_cannot_be_counted_are_refused() {
    let nothing = part(0, 0).to_batch().unwrap();
    let full = Profile::from_batch(&nothing, u64::MAX).unwrap();
    let some = part(1, 10);
    assert!(matches!(Profile::merged(&[&some, &full]), Err(Error::Sketch(_))));
    let mut unchanged = some.clone();
    unchanged.merge(&full).unwrap_err();
    assert_eq!(unchanged, some);
}
