//! What an HLL promises: the same sketch whichever way values come in, unions of sets, bytes that
//! round-trip, and estimates within the published error.

use proptest::prelude::*;

use super::bulk::{floats, ints, offer_all_at};
use super::state::State;
use super::{HllSketch, HllType};
use crate::{
    CpuLevel, Error, PackedStrings, PickedStrings, Sketch, StringSlices, Update, ViewStrings,
};

const TYPES: [HllType; 3] = [HllType::Hll4, HllType::Hll6, HllType::Hll8];

fn empty(lg_k: u8, hll_type: HllType) -> HllSketch {
    HllSketch::new(lg_k, hll_type).unwrap()
}

fn of_ints(lg_k: u8, values: &[i64]) -> HllSketch {
    let mut sketch = empty(lg_k, HllType::Hll8);
    sketch.update_ints(values);
    sketch
}

/// The registers or the coupons, without the history of how they came about.
fn contents(sketch: &HllSketch) -> (bool, Vec<u8>) {
    match &sketch.state {
        State::Registers(registers) => (true, registers.bytes().to_vec()),
        State::Coupons(coupons) => {
            let mut all: Vec<_> = coupons.iter().collect();
            all.sort_unstable();
            (false, all.iter().flat_map(|coupon| coupon.0.to_le_bytes()).collect())
        }
    }
}

/// Lists, sets and registers alike.
fn values() -> impl Strategy<Value = Vec<i64>> {
    (prop_oneof![0usize..9, 0usize..400, 0usize..5000], any::<i64>()).prop_map(|(n, start)| {
        (0..n as i64).map(|i| start.wrapping_add(i.wrapping_mul(i % 7 + 1))).collect()
    })
}

fn lg_k() -> impl Strategy<Value = u8> {
    prop_oneof![4u8..=8, Just(12), 9u8..=14]
}

fn hll_type() -> impl Strategy<Value = HllType> {
    prop::sample::select(&TYPES[..])
}

proptest! {
    #[test]
    fn a_slice_gives_the_sketch_that_its_values_give_one_by_one(
        values in values(), lg_k in lg_k()
    ) {
        let mut single = empty(lg_k, HllType::Hll8);
        values.iter().for_each(|value| single.update(value));
        prop_assert_eq!(of_ints(lg_k, &values).encode(), single.encode());
    }

    #[test]
    fn every_level_of_cpu_gives_the_same_sketch(
        values in values(), reals in prop::collection::vec(any::<f64>(), 0..600), lg_k in lg_k()
    ) {
        let at = |level| {
            let mut state = State::new(lg_k);
            offer_all_at(level, &mut state, ints(&values));
            offer_all_at(level, &mut state, floats(&reals));
            state
        };
        prop_assert_eq!(at(CpuLevel::Portable), at(CpuLevel::Avx2));
        prop_assert_eq!(at(CpuLevel::Portable), at(CpuLevel::Avx512));
    }

    #[test]
    fn every_layout_of_strings_gives_the_same_sketch(
        strings in prop::collection::vec("[a-z]{0,40}|.{0,6}", 0..300), lg_k in lg_k()
    ) {
        let mut single = empty(lg_k, HllType::Hll4);
        strings.iter().for_each(|string| single.update(string.as_str()));

        let mut slices = empty(lg_k, HllType::Hll4);
        slices.update_strings(&StringSlices(&strings));
        prop_assert_eq!(&slices, &single);

        let buffer = strings.concat().into_bytes();
        let mut offsets = vec![0i32];
        let mut views = Vec::new();
        for string in &strings {
            views.push(view(string.as_bytes(), offsets[offsets.len() - 1]));
            offsets.push(offsets[offsets.len() - 1] + string.len() as i32);
        }
        let packed = PackedStrings::try_new(&buffer, &offsets).unwrap();
        let mut from_packed = empty(lg_k, HllType::Hll4);
        from_packed.update_strings(&packed);
        prop_assert_eq!(&from_packed, &single);

        let buffers = [buffer.as_slice()];
        let mut from_views = empty(lg_k, HllType::Hll4);
        from_views.update_strings(&ViewStrings::try_new(&views, &buffers).unwrap());
        prop_assert_eq!(&from_views, &single);

        let picks: Vec<u32> = (0..strings.len() as u32).collect();
        let mut from_picks = empty(lg_k, HllType::Hll4);
        from_picks.update_strings(&PickedStrings::try_new(&packed, &picks).unwrap());
        prop_assert_eq!(&from_picks, &single);
    }

    #[test]
    fn encoding_round_trips_in_every_type(
        values in values(), lg_k in lg_k(), hll_type in hll_type()
    ) {
        let sketch = of_ints(lg_k, &values).with_type(hll_type);
        let bytes = sketch.encode();
        prop_assert!(bytes.len() <= sketch.byte_bound());
        let decoded = HllSketch::decode(&bytes).unwrap();
        prop_assert_eq!(&decoded, &sketch);
        prop_assert_eq!(decoded.estimate(), sketch.estimate());
    }

    #[test]
    fn bytes_cut_short_are_an_error(values in values(), hll_type in hll_type()) {
        let bytes = of_ints(8, &values).with_type(hll_type).encode();
        for cut in 0..bytes.len() {
            prop_assert!(HllSketch::decode(&bytes[..cut]).is_err(), "cut at {cut}");
        }
    }

    #[test]
    fn changed_bytes_never_panic(
        values in values(), hll_type in hll_type(),
        flips in prop::collection::vec((any::<prop::sample::Index>(), 1u8..), 1..6)
    ) {
        let mut bytes = of_ints(9, &values).with_type(hll_type).encode();
        for (at, flip) in flips {
            let at = at.index(bytes.len());
            bytes[at] ^= flip;
        }
        if let Ok(sketch) = HllSketch::decode(&bytes) {
            prop_assert_eq!(HllSketch::decode(&sketch.encode()).unwrap(), sketch);
        }
    }

    #[test]
    fn random_bytes_never_panic(
        head in prop::collection::vec(any::<u8>(), 5), tail in prop::collection::vec(any::<u8>(), 0..200),
        words in prop::sample::select(vec![2u8, 3, 10])
    ) {
        let bytes = [&[words, 1, 7][..], &head, &tail].concat();
        drop(HllSketch::decode(&bytes));
    }

    #[test]
    fn a_merge_holds_the_values_of_both(
        a in values(), b in values(), lg_a in lg_k(), lg_b in lg_k()
    ) {
        let (left, right) = (of_ints(lg_a, &a), of_ints(lg_b, &b));
        let mut merged = left.clone();
        merged.merge(&right).unwrap();
        // An empty side says nothing, not even its size.
        let lg_k = match (a.is_empty(), b.is_empty()) {
            (_, true) => lg_a,
            _ => lg_a.min(lg_b),
        };
        let both = of_ints(lg_k, &[a, b].concat());
        prop_assert_eq!(merged.lg_k(), lg_k);
        let registers = |sketch: &HllSketch| {
            let mut forced = super::registers::Registers::new(sketch.lg_k());
            match &sketch.state {
                State::Coupons(coupons) => coupons.iter().for_each(|c| forced.offer(c)),
                State::Registers(registers) => forced.merge(registers),
            }
            forced.bytes().to_vec()
        };
        prop_assert_eq!(registers(&merged), registers(&both));
    }

    #[test]
    fn merging_commutes_and_associates(a in values(), b in values(), c in values(), lg_k in lg_k()) {
        let [a, b, c] = [a, b, c].map(|values| of_ints(lg_k, &values));
        let union = |left: &HllSketch, right: &HllSketch| {
            let mut merged = left.clone();
            merged.merge(right).unwrap();
            merged
        };
        prop_assert_eq!(contents(&union(&a, &b)), contents(&union(&b, &a)));
        let (left, right) = (union(&union(&a, &b), &c), union(&a, &union(&b, &c)));
        prop_assert_eq!(contents(&left), contents(&right));
        let mut at_once = a;
        at_once.merge_all(&[&b, &c]).unwrap();
        prop_assert_eq!(at_once, left);
    }

    #[test]
    fn an_empty_sketch_changes_nothing(values in values(), lg_k in lg_k(), other in lg_k()) {
        let sketch = of_ints(lg_k, &values);
        let mut merged = sketch.clone();
        merged.merge(&empty(other, HllType::Hll4)).unwrap();
        prop_assert_eq!(merged, sketch);
    }

    #[test]
    fn seeing_values_again_changes_nothing(values in values(), lg_k in lg_k()) {
        let sketch = of_ints(lg_k, &values);
        let mut again = sketch.clone();
        again.update_ints(&values);
        prop_assert_eq!(again, sketch);
    }

    #[test]
    fn registers_of_any_value_survive_every_type(
        registers in prop::collection::vec(0u8..64, 1 << 8), hll_type in hll_type()
    ) {
        let mut bytes = of_ints(8, &(0..1000).collect::<Vec<_>>()).encode();
        bytes[40..].copy_from_slice(&registers);
        let sketch = HllSketch::decode(&bytes).unwrap().with_type(hll_type);
        let encoded = sketch.encode();
        prop_assert!(encoded.len() <= sketch.byte_bound());
        prop_assert_eq!(HllSketch::decode(&encoded).unwrap(), sketch);
    }
}

fn view(string: &[u8], offset: i32) -> u128 {
    let mut bytes = [0; 16];
    bytes[..4].copy_from_slice(&(string.len() as u32).to_le_bytes());
    if string.len() <= 12 {
        bytes[4..4 + string.len()].copy_from_slice(string);
    } else {
        bytes[4..8].copy_from_slice(&string[..4]);
        bytes[12..].copy_from_slice(&offset.to_le_bytes());
    }
    u128::from_le_bytes(bytes)
}

/// With t independent trials the mean squared relative error is RSE² on average, with a relative
/// standard deviation of about sqrt(2 / t): five of them are allowed.
fn assert_standard_error(errors: &[f64], published: f64) {
    let t = errors.len() as f64;
    let mean_square = errors.iter().map(|e| e * e).sum::<f64>() / t;
    let allowed = published * published * (1.0 + 5.0 * (2.0 / t).sqrt());
    assert!(mean_square <= allowed, "{} > {}", mean_square.sqrt(), allowed.sqrt());
}

fn relative_error(sketch: &HllSketch, truth: f64) -> f64 {
    sketch.estimate().value / truth - 1.0
}

#[test]
fn the_error_is_the_published_one_in_order_and_after_a_merge() {
    let n = 30_000;
    let k = f64::from(1 << 11);
    let (mut in_order, mut merged) = (Vec::new(), Vec::new());
    for trial in 0..300i64 {
        let values: Vec<i64> = (0..n).map(|i| trial * n + i).collect();
        let (first, second) = values.split_at(values.len() / 2);
        in_order.push(relative_error(&of_ints(11, &values), n as f64));
        let mut union = of_ints(11, first);
        union.merge(&of_ints(11, second)).unwrap();
        assert!(union.is_out_of_order());
        merged.push(relative_error(&union, n as f64));
    }
    assert_standard_error(&in_order, 0.832_554_6 / k.sqrt());
    assert_standard_error(&merged, 1.038_96 / k.sqrt());
}

#[test]
fn bounds_hold_as_often_as_they_say() {
    for (std_devs, share) in [(1, 0.6827), (2, 0.9545), (3, 0.9973)] {
        let trials = 1000;
        let inside = |trial: i64| {
            let values: Vec<i64> = (0..5000).map(|i| trial * 5000 + i).collect();
            let estimate = of_ints(8, &values).estimate_at(std_devs).unwrap();
            estimate.lower <= 5000.0 && 5000.0 <= estimate.upper
        };
        let hits = (0..trials).filter(|&trial| inside(trial)).count() as f64;
        // Binomial, five standard deviations.
        let slack = 5.0 * (share * (1.0 - share) * trials as f64).sqrt();
        assert!(hits >= share * trials as f64 - slack, "{hits} of {trials} at {std_devs}");
    }
}

#[test]
fn a_few_values_are_counted_exactly() {
    for n in 0..384i64 {
        let values: Vec<i64> = (0..n).collect();
        assert_eq!(of_ints(12, &values).estimate().value.round(), n as f64);
    }
}

#[test]
fn zeros_and_nans_are_one_value_each() {
    let mut sketch = empty(12, HllType::Hll4);
    let quiet = f64::from_bits(0x7ff8_0000_0000_1234);
    sketch.update_floats(&[0.0, -0.0, f64::NAN, -f64::NAN, quiet, f64::INFINITY]);
    sketch.update(&-0.0);
    sketch.update(&f64::NAN);
    assert_eq!(sketch.estimate().value.round(), 3.0);
}

#[test]
fn empty_strings_and_zero_weights_are_not_counted() {
    let mut sketch = empty(12, HllType::Hll4);
    sketch.update("");
    sketch.update_strings(&StringSlices(&["", ""]));
    sketch.update_weighted(&1i64, 0).unwrap();
    assert!(sketch.is_empty());
    assert_eq!(sketch.estimate(), crate::Estimate::exact(0.0));
}

#[test]
fn parameters_out_of_range_are_named() {
    for lg_k in [0, 3, 22, 255] {
        let error = HllSketch::new(lg_k, HllType::Hll4).unwrap_err();
        assert_eq!(error.to_string(), format!("lg_k must be 4 to 21, got {lg_k}"));
    }
    for std_devs in [0, 4] {
        let error = of_ints(12, &[1]).estimate_at(std_devs).unwrap_err();
        assert_eq!(error.to_string(), format!("std_devs must be 1, 2 or 3, got {std_devs}"));
    }
}

#[test]
fn another_family_is_named() {
    let mut bytes = of_ints(12, &[1, 2, 3]).encode();
    bytes[2] = 15;
    let error = HllSketch::decode(&bytes).unwrap_err();
    assert_eq!(error.to_string(), "expected a sketch of family 7 (HLL), got family 15 (KLL)");
}

#[test]
fn a_table_that_claims_more_than_arrived_is_refused_before_it_is_made() {
    // A set of 2^32 - 1 coupons in 12 bytes.
    let bytes = [3, 1, 7, 21, 5, 8, 0, 1, 255, 255, 255, 255];
    assert!(matches!(HllSketch::decode(&bytes), Err(Error::Truncated { .. })));
}

#[test]
fn an_estimate_that_the_registers_contradict_is_refused() {
    let honest = of_ints(4, &(0..1000).collect::<Vec<_>>()).encode();
    for lie in [0.0, 15.9, -1.0, f64::NAN, f64::INFINITY] {
        let mut bytes = honest.clone();
        bytes[8..16].copy_from_slice(&lie.to_le_bytes());
        let error = HllSketch::decode(&bytes).unwrap_err().to_string();
        assert!(error.contains("HIP estimate"), "{error}");
    }
}

#[test]
fn an_estimate_is_at_least_the_registers_in_use() {
    // 16 registers of 8 bits, all of them 1, which no values give; out of order.
    let mut bytes = vec![10, 1, 7, 4, 0, 16 | 8, 0, 2 << 2 | 2];
    bytes.resize(40, 0);
    bytes.resize(56, 1);
    let estimate = HllSketch::decode(&bytes).unwrap().estimate();
    assert!(16.0 <= estimate.lower && estimate.lower <= estimate.value, "{estimate:?}");
}
