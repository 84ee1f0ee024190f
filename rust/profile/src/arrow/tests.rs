//! Arrays in every form, against the plain values they stand for.

use std::sync::Arc;

use arrow_array::types::Int32Type;
use arrow_array::{
    Array, ArrayRef, BooleanArray, Decimal128Array, DictionaryArray, Float16Array, Float32Array,
    Float64Array, Int16Array, Int32Array, Int64Array, LargeStringArray, ListArray, RunArray,
    StringArray, StringViewArray, UInt64Array,
};
use drypoint_sketches::frequent::{FrequentItem, FrequentItems};
use drypoint_sketches::hll::{HllSketch, HllType};
use drypoint_sketches::kll::KllSketch;
use drypoint_sketches::{Sketch, Update};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::{Error, UpdateArray};

fn hll() -> HllSketch {
    HllSketch::new(10, HllType::Hll8).unwrap()
}

/// Counts every value: there is room for all.
fn counts<T: FrequentItem>() -> FrequentItems<T> {
    FrequentItems::new(12).unwrap()
}

fn kll() -> KllSketch<f64> {
    KllSketch::new(200).unwrap()
}

fn counted<T: FrequentItem>(array: &dyn Array) -> FrequentItems<T>
where
    FrequentItems<T>: UpdateArray,
{
    let mut sketch = counts();
    sketch.update_array(array).unwrap();
    sketch
}

/// What counting one value after the other gives.
fn one_by_one<'a>(values: impl IntoIterator<Item = &'a Option<i64>>) -> FrequentItems<i64> {
    let mut sketch = counts();
    values.into_iter().flatten().for_each(|value| sketch.update(value));
    sketch
}

/// Few values, so that they repeat, and nulls among them.
fn column() -> impl Strategy<Value = Vec<Option<i64>>> {
    vec(option::weighted(0.8, -20..20i64), 0..300)
}

fn texts(values: &[Option<i64>]) -> Vec<Option<String>> {
    let text = |value: &i64| if *value == 0 { String::new() } else { format!("value {value}") };
    values.iter().map(|value| value.as_ref().map(text)).collect()
}

/// Keys into the values -20 to 19, in another order, with a null value in between.
fn dictionary(values: &[Option<i64>]) -> DictionaryArray<Int32Type> {
    let keys: Int32Array = values.iter().map(|value| value.map(|v| 40 - (v + 20) as i32)).collect();
    let items: Int64Array = (0..41).map(|key| Some(20 - key).filter(|&v| v < 20)).collect();
    DictionaryArray::new(keys, Arc::new(items))
}

/// Each value three times.
fn runs(values: &[Option<i64>]) -> RunArray<Int32Type> {
    let ends: Int32Array = (1..=values.len() as i32).map(|run| 3 * run).collect();
    RunArray::try_new(&ends, &Int64Array::from(values.to_vec())).unwrap()
}

proptest! {
    #[test]
    fn a_slice_counts_as_its_values(values in column(), from in 0..300usize, to in 0..300usize) {
        let to = to.min(values.len());
        let from = from.min(to);
        let part = &values[from..to];
        let arrays: [ArrayRef; 3] = [
            Arc::new(Int64Array::from(values.clone())),
            Arc::new(values.iter().map(|v| v.map(|v| v as i16)).collect::<Int16Array>()),
            Arc::new(dictionary(&values)),
        ];
        for array in arrays {
            prop_assert_eq!(counted(&array.slice(from, to - from)), one_by_one(part));
        }
    }

    #[test]
    fn a_run_counts_as_so_many_values(values in column(), from in 0..900usize, rows in 0..900usize) {
        let plain: Vec<_> = values.iter().flat_map(|value| [*value; 3]).collect();
        let from = from.min(plain.len());
        let rows = rows.min(plain.len() - from);
        let array = runs(&values).slice(from, rows);
        prop_assert_eq!(counted(&array), one_by_one(&plain[from..from + rows]));
    }

    #[test]
    fn a_weight_counts_as_so_many_values(
        values in column(),
        weights in vec(0..5u64, 300),
    ) {
        let weights = &weights[..values.len()];
        let repeated: Vec<_> = values
            .iter()
            .zip(weights)
            .flat_map(|(value, &weight)| vec![*value; weight as usize])
            .collect();
        let plain: ArrayRef = Arc::new(Int64Array::from(values.clone()));
        for array in [plain, Arc::new(dictionary(&values))] {
            let mut sketch = counts();
            sketch.update_array_weighted(&array, weights).unwrap();
            prop_assert_eq!(&sketch, &one_by_one(&repeated));
        }
    }

    #[test]
    fn strings_are_the_same_in_every_layout(values in column()) {
        let texts = texts(&values);
        let plain = StringArray::from(texts.clone());
        let arrays: [ArrayRef; 3] = [
            Arc::new(LargeStringArray::from(texts.clone())),
            Arc::new(texts.iter().collect::<StringViewArray>()),
            Arc::new(texts.iter().map(Option::as_deref).collect::<DictionaryArray<Int32Type>>()),
        ];
        for array in arrays {
            prop_assert_eq!(counted::<String>(&array), counted::<String>(&plain));
            let (mut ours, mut expected) = (hll(), hll());
            ours.update_array(&array).unwrap();
            expected.update_array(&plain).unwrap();
            prop_assert_eq!(ours, expected);
        }
    }

    #[test]
    fn numbers_are_the_same_in_every_width(values in column()) {
        let floats: Vec<_> = values.iter().map(|value| value.map(|v| v as f32)).collect();
        let mut expected = kll();
        values.iter().flatten().for_each(|&value| expected.update(&(value as f64)));
        let arrays: [ArrayRef; 5] = [
            Arc::new(Int64Array::from(values.clone())),
            Arc::new(Float32Array::from(floats.clone())),
            Arc::new(floats.iter().map(|v| v.map(f64::from)).collect::<Float64Array>()),
            Arc::new(floats.iter().map(|v| v.map(half::f16::from_f32)).collect::<Float16Array>()),
            Arc::new(
                values.iter().map(|v| v.map(|v| i128::from(v) * 100)).collect::<Decimal128Array>()
                    .with_precision_and_scale(20, 2).unwrap(),
            ),
        ];
        for array in arrays {
            let mut sketch = kll();
            sketch.update_array(&array).unwrap();
            prop_assert_eq!(&sketch, &expected, "{}", array.data_type());
        }
    }
}

#[test]
fn booleans_count_as_zero_and_one() {
    let array = BooleanArray::from(vec![Some(true), None, Some(false), Some(true)]);
    let expected = one_by_one(&[Some(1), Some(0), Some(1)]);
    assert_eq!(counted(&array), expected);
}

#[test]
fn a_type_that_is_not_taken_is_named() {
    let list = ListArray::from_iter_primitive::<Int32Type, _, _>([Some([Some(1)])]);
    let refused = hll().update_array(&list).unwrap_err().to_string();
    assert!(refused.starts_with("an HLL sketch takes integers, floats"), "{refused}");
    assert!(refused.contains("List"), "{refused}");
    let refused = kll().update_array(&StringArray::from(vec!["a"])).unwrap_err();
    assert!(matches!(refused, Error::UnsupportedType { .. }), "{refused}");
}

#[test]
fn an_integer_that_does_not_fit_changes_nothing() {
    let array = UInt64Array::from(vec![Some(1), None, Some(1 << 63)]);
    let mut sketch = counts::<i64>();
    let refused = sketch.update_array(&array).unwrap_err();
    assert!(matches!(refused, Error::TooLarge { value: 9_223_372_036_854_775_808, .. }));
    assert!(sketch.is_empty());
}

#[test]
fn there_must_be_a_weight_for_each_value() {
    let mut sketch = counts::<i64>();
    let refused = sketch.update_array_weighted(&Int64Array::from(vec![1, 2]), &[1]).unwrap_err();
    assert_eq!(refused, Error::Weights { values: 2, weights: 1 });
    assert!(sketch.is_empty());
}
