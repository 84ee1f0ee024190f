//! Facts of the format that others state in bytes, and what other implementations got wrong.
#![allow(missing_docs, clippy::unwrap_used)]

use drypoint_sketches::frequent::FrequentItems;
use drypoint_sketches::hll::{HllSketch, HllType};
use drypoint_sketches::kll::KllSketch;
use drypoint_sketches::{Error, Sketch, Update};

/// The coupon of one value: a sketch of one is a list, whose coupons start at byte 8.
fn coupon<T: ?Sized>(value: &T) -> String
where
    HllSketch: Update<T>,
{
    let mut sketch = HllSketch::new(12, HllType::Hll4).unwrap();
    sketch.update(value);
    let bytes = sketch.encode();
    assert_eq!((bytes[0], bytes[6], bytes[7] & 3, bytes.len()), (2, 1, 0, 12));
    let digits = bytes[8..].iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(u32::from(digit), 16)).collect()
}

#[test]
fn integers_hash_as_the_java_library_does() {
    let expected = [
        (0, "cbd7c204"),
        (1, "2bf2fb06"),
        (-1, "d964e70b"),
        (42, "1abcd005"),
        (255, "34f7530a"),
        (i64::from(i32::MAX), "3f53b008"),
        (i64::from(i32::MIN), "47e5a708"),
        (i64::MAX, "ffbab40d"),
        (i64::MIN, "7519c20c"),
    ];
    for (value, hex) in expected {
        assert_eq!(coupon(&value), hex, "{value}");
    }
}

#[test]
fn floats_hash_as_the_java_library_does_with_one_zero_and_one_nan() {
    let other_nan = f64::from_bits(0xFFF8_0000_0000_0001);
    let expected = [
        (0.0, "cbd7c204"),
        (-0.0, "cbd7c204"),
        (1.0, "0ba59d0f"),
        (0.1, "30241d07"),
        (f64::NAN, "eb31bd18"),
        (other_nan, "eb31bd18"),
        (f64::INFINITY, "289edb04"),
    ];
    for (value, hex) in expected {
        assert_eq!(coupon(&value), hex, "{value}");
    }
}

#[test]
fn strings_hash_as_the_java_library_does_whatever_is_left_over_of_a_block() {
    let x = |count| "x".repeat(count);
    let expected = [
        ("a".to_owned(), "2f823b04"),
        ("abc".to_owned(), "218d8704"),
        ("user_0".to_owned(), "a8b20d0e"),
        ("日本語".to_owned(), "c893310b"),
        (x(15), "379d930c"),
        (x(16), "a8dc070c"),
        (x(17), "48e32b06"),
        (x(33), "13c9cd0b"),
    ];
    for (value, hex) in expected {
        assert_eq!(coupon(value.as_str()), hex, "{value}");
    }
}

#[test]
fn the_empty_string_is_not_counted() {
    let mut sketch = HllSketch::new(12, HllType::Hll8).unwrap();
    sketch.update("");
    assert!(sketch.is_empty());
}

/// Druid hashes strings as UTF-16 unless told otherwise: its distinct strings are not ours.
#[test]
fn utf16_text_is_another_value_than_utf8_text() {
    let utf16: Vec<u8> = "user_0".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_ne!(coupon(utf16.as_slice()), coupon("user_0"));
}

/// Another implementation leaves the registers of compact bytes out, and its unions lose them.
#[test]
fn registers_of_compact_bytes_are_read_and_united() {
    for hll_type in [HllType::Hll4, HllType::Hll6, HllType::Hll8] {
        let of = |values: std::ops::Range<i64>| {
            let mut sketch = HllSketch::new(12, hll_type).unwrap();
            sketch.update_ints(&values.collect::<Vec<_>>());
            HllSketch::decode(&sketch.encode()).unwrap()
        };
        let mut union = of(0..1000);
        union.merge(&of(1000..2000)).unwrap();
        let answer = union.estimate_at(3).unwrap();
        assert!(answer.lower <= 2000.0 && 2000.0 <= answer.upper, "{answer:?}");
    }
}

/// C++ sets bit 0 of the flags, Java bit 2, older writers only one of them.
#[test]
fn either_empty_flag_of_frequent_items_is_read_and_both_are_written() {
    let empty = FrequentItems::<String>::new(10).unwrap();
    let bytes = empty.encode();
    assert_eq!((bytes.len(), bytes[5]), (8, 1 | 4));
    for flag in [1, 4, 5] {
        let mut foreign = bytes.clone();
        foreign[5] = flag;
        assert_eq!(FrequentItems::decode(&foreign).as_ref(), Ok(&empty));
    }
}

/// The KLL of whylogs writes a header of 24 bytes and another preamble size: to be refused by name.
#[test]
fn a_kll_header_of_another_shape_is_refused() {
    let mut sketch = KllSketch::<f64>::new(200).unwrap();
    sketch.update_slice(&[1.0, 2.0, 3.0]);
    let mut bytes = sketch.encode();
    bytes[0] = 6;
    let refused = KllSketch::<f64>::decode(&bytes).unwrap_err();
    assert!(matches!(refused, Error::Corrupt { what: "preamble size", .. }), "{refused}");
}

#[test]
fn a_sketch_of_another_family_is_refused_by_its_name() {
    let hll = HllSketch::new(12, HllType::Hll4).unwrap().encode();
    let refused = KllSketch::<f64>::decode(&hll).unwrap_err();
    assert!(matches!(refused, Error::Family { expected: 15, found: 7, .. }), "{refused}");
    let refused = FrequentItems::<i64>::decode(&hll).unwrap_err();
    assert!(matches!(refused, Error::Family { expected: 10, found: 7, .. }), "{refused}");
}

/// One item has a form of its own, which has no place for the error that a merge brought.
#[test]
fn one_item_merged_from_a_smaller_k_comes_back_as_it_was() {
    let mut less = KllSketch::<i64>::new(8).unwrap();
    less.update(&7);
    let mut sketch = KllSketch::<i64>::new(200).unwrap();
    sketch.merge(&less).unwrap();
    assert_eq!(KllSketch::decode(&sketch.encode()).as_ref(), Ok(&sketch));
    assert_eq!(sketch.min_k(), 200);
}
