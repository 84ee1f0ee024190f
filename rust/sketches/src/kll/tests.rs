//! What KLL promises: ranks within the published error however items come, exact answers while
//! they are few, bytes that round-trip.

use proptest::prelude::*;

use super::SearchCriteria::{Exclusive, Inclusive};
use super::item::KllItem;
use super::thin::Ranks;
use super::union::Union;
use super::{KllSketch, SearchCriteria, k_for_error, normalized_rank_error};
use crate::{Error, Sketch, StringSlices, Update};

fn of(k: u16, seed: u64, values: &[f64]) -> KllSketch<f64> {
    let mut sketch = KllSketch::with_seed(k, seed).unwrap();
    sketch.update_slice(values);
    sketch
}

fn true_rank(sorted: &[f64], x: f64, criteria: SearchCriteria) -> f64 {
    let above = match criteria {
        Inclusive => sorted.partition_point(|&value| value <= x),
        Exclusive => sorted.partition_point(|&value| value < x),
    };
    above as f64 / sorted.len() as f64
}

/// The largest error of the rank of any value.
fn worst_error(sketch: &KllSketch<f64>, values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let mut points = sorted.clone();
    points.dedup();
    let asked: Vec<&f64> = points.iter().collect();
    let ranks = sketch.ranks(&asked, Inclusive).unwrap().unwrap();
    let error =
        |(x, rank): (&f64, crate::Estimate)| (rank.value - true_rank(&sorted, *x, Inclusive)).abs();
    points.iter().zip(ranks).map(error).fold(0.0, f64::max)
}

/// Values of many shapes: with ties, sorted, with infinities.
fn values() -> impl Strategy<Value = Vec<f64>> {
    (prop_oneof![0usize..20, 0usize..3000], 1u64..2000, any::<bool>()).prop_map(
        |(n, ties, sorted)| {
            let mut values: Vec<f64> =
                (0..n as u64).map(|i| (crate::random::mix(i) % ties) as f64 - 7.0).collect();
            if sorted {
                values.sort_unstable_by(f64::total_cmp);
            }
            values
        },
    )
}

fn k() -> impl Strategy<Value = u16> {
    prop::sample::select(vec![8u16, 9, 20, 64, 200, 512])
}

proptest! {
    #[test]
    fn few_items_are_kept_and_all_answers_exact(
        values in prop::collection::vec(-50.0..50.0, 1..120), x in -60.0..60.0, q in 0.0f64..=1.0
    ) {
        let sketch = of(200, 0, &values);
        prop_assert!(sketch.is_exact());
        let mut sorted = values.clone();
        sorted.sort_unstable_by(f64::total_cmp);
        for criteria in [Inclusive, Exclusive] {
            let rank = sketch.rank(&x, criteria).unwrap().unwrap();
            prop_assert_eq!(rank, crate::Estimate::exact(true_rank(&sorted, x, criteria)));
        }
        let index = ((q * sorted.len() as f64).ceil() as usize).max(1) - 1;
        let quantile = sketch.quantile(q, Inclusive).unwrap().unwrap();
        prop_assert_eq!(quantile, crate::Estimate::exact(sorted[index]));
        prop_assert_eq!((sketch.min(), sketch.max()), (sorted.first().copied(), sorted.last().copied()));
    }

    #[test]
    fn how_items_are_cut_into_updates_makes_no_difference(
        values in values(), k in k(), cut in 1usize..500
    ) {
        let whole = of(k, 1, &values);
        let mut cuts = of(k, 1, &[]);
        values.chunks(cut).for_each(|part| cuts.update_slice(part));
        let mut single = of(k, 1, &[]);
        values.iter().for_each(|value| single.update(value));
        prop_assert_eq!(whole.encode(), cuts.encode());
        prop_assert_eq!(whole.encode(), single.encode());
    }

    #[test]
    fn nan_is_skipped(values in values(), every in 1usize..9) {
        let with_nan: Vec<f64> = values.iter().enumerate()
            .flat_map(|(i, &x)| if i % every == 0 { vec![f64::NAN, x] } else { vec![x] })
            .collect();
        prop_assert_eq!(of(64, 0, &with_nan), of(64, 0, &values));
    }

    #[test]
    fn encoding_round_trips(values in values(), k in k()) {
        let sketch = of(k, 3, &values);
        let bytes = sketch.encode();
        prop_assert!(bytes.len() <= sketch.byte_bound());
        let decoded = KllSketch::<f64>::decode(&bytes).unwrap();
        prop_assert_eq!(&decoded, &sketch);
        prop_assert_eq!(decoded.encode(), bytes);
        prop_assert_eq!(decoded.quantile(0.3, Inclusive), sketch.quantile(0.3, Inclusive));
    }

    #[test]
    fn trimming_keeps_what_is_exact_and_changes_nothing_twice(values in values(), k in k()) {
        let sketch = of(k, 0, &values);
        let trimmed = sketch.trimmed();
        prop_assert_eq!((trimmed.n(), trimmed.min(), trimmed.max()), (sketch.n(), sketch.min(), sketch.max()));
        prop_assert_eq!(&trimmed.trimmed(), &trimmed);
        prop_assert_eq!(&KllSketch::decode(&trimmed.encode()).unwrap(), &trimmed);
        prop_assert!(!sketch.is_exact() || trimmed == sketch);
    }

    #[test]
    fn bytes_cut_short_are_an_error(values in values()) {
        let bytes = of(20, 0, &values).encode();
        for cut in 0..bytes.len() {
            prop_assert!(KllSketch::<f64>::decode(&bytes[..cut]).is_err(), "cut at {cut}");
        }
    }

    #[test]
    fn changed_bytes_never_panic(
        values in values(),
        flips in prop::collection::vec((any::<prop::sample::Index>(), 1u8..), 1..5)
    ) {
        let mut bytes = of(20, 0, &values).encode();
        for (at, flip) in flips {
            let at = at.index(bytes.len());
            bytes[at] ^= flip;
        }
        drop(KllSketch::<String>::decode(&bytes));
        drop(KllSketch::<f32>::decode(&bytes));
        if let Ok(sketch) = KllSketch::<f64>::decode(&bytes) {
            prop_assert_eq!(KllSketch::decode(&sketch.encode()).unwrap(), sketch);
        }
    }

    #[test]
    fn a_merge_counts_all_and_keeps_the_extremes(
        a in values(), b in values(), k_a in k(), k_b in k()
    ) {
        let (left, right) = (of(k_a, 0, &a), of(k_b, 1, &b));
        let mut merged = left.clone();
        merged.merge(&right).unwrap();
        let all = [a.clone(), b.clone()].concat();
        prop_assert_eq!(merged.n(), all.len() as u64);
        prop_assert_eq!(merged.min(), all.iter().copied().reduce(f64::min));
        prop_assert_eq!(merged.max(), all.iter().copied().reduce(f64::max));
        // What is exact brings no error with it.
        prop_assert_eq!(merged.min_k(), if right.is_exact() { k_a } else { k_a.min(k_b) });
        if b.is_empty() {
            prop_assert_eq!(merged, left);
        }
    }

    #[test]
    fn many_merged_at_once_count_all_and_keep_the_extremes(
        parts in prop::collection::vec((k(), values()), 0..12), k_first in k(), weight in 1u64..9999
    ) {
        let sketches: Vec<KllSketch<f64>> = parts.iter().enumerate()
            .map(|(seed, (k, values))| of(*k, seed as u64, values))
            .collect();
        let mut first = of(k_first, 0, &[]);
        first.update_weighted(&1.5, weight).unwrap();
        let mut one_by_one = first.clone();
        sketches.iter().for_each(|sketch| one_by_one.merge(sketch).unwrap());
        let mut merged = first.clone();
        merged.merge_all(&sketches.iter().collect::<Vec<_>>()).unwrap();
        prop_assert_eq!(merged.n(), parts.iter().map(|(_, values)| values.len() as u64).sum::<u64>() + weight);
        prop_assert_eq!((merged.n(), merged.min_k()), (one_by_one.n(), one_by_one.min_k()));
        prop_assert_eq!((merged.min(), merged.max()), (one_by_one.min(), one_by_one.max()));
        // The weights of what is kept add up to n, or it could not be read.
        let decoded = KllSketch::<f64>::decode(&merged.encode()).unwrap();
        prop_assert_eq!(decoded, merged);
    }

    #[test]
    fn strings_are_merged_at_once_too(strings in prop::collection::vec(".{0,6}", 1..2000)) {
        let sketch = |strings: &[String]| {
            let mut sketch = KllSketch::<String>::new(8).unwrap();
            sketch.update_strings(&StringSlices(strings)).unwrap();
            sketch
        };
        let parts: Vec<_> = strings.chunks(50).map(sketch).collect();
        let mut merged = parts[0].clone();
        merged.merge_all(&parts[1..].iter().collect::<Vec<_>>()).unwrap();
        prop_assert_eq!((merged.n(), merged.min()), (strings.len() as u64, strings.iter().min().cloned()));
        prop_assert_eq!(merged.max(), strings.iter().max().cloned());
    }

    #[test]
    fn a_weight_is_counted_whole(
        values in prop::collection::vec((-9.0..9.0, 0u64..5000), 1..60), k in k()
    ) {
        let mut sketch = KllSketch::<f64>::new(k).unwrap();
        for (value, weight) in &values {
            sketch.update_weighted(value, *weight).unwrap();
        }
        prop_assert_eq!(sketch.n(), values.iter().map(|(_, weight)| weight).sum::<u64>());
        let decoded = KllSketch::<f64>::decode(&sketch.encode()).unwrap();
        prop_assert_eq!(decoded, sketch);
    }

    #[test]
    fn a_rank_rises_with_the_item_and_a_quantile_with_the_rank(values in values(), k in k()) {
        prop_assume!(!values.is_empty());
        let sketch = of(k, 0, &values);
        let qs: Vec<f64> = (0..=20).map(|i| f64::from(i) / 20.0).collect();
        let found = sketch.quantiles(&qs, Inclusive).unwrap().unwrap();
        prop_assert!(found.is_sorted_by(|a, b| a.value <= b.value));
        prop_assert!(found.iter().all(|e| e.lower <= e.value && e.value <= e.upper));
        let mut points: Vec<f64> = found.iter().map(|e| e.value).collect();
        points.dedup();
        let splits: Vec<&f64> = points.iter().collect();
        let cdf = sketch.cdf(&splits, Inclusive).unwrap().unwrap();
        prop_assert!(cdf.is_sorted_by(|a, b| a.value <= b.value));
        let pmf = sketch.pmf(&splits, Inclusive).unwrap().unwrap();
        let sum: f64 = pmf.iter().map(|e| e.value).sum();
        // Each of at most 23 differences rounds by less than 2^-52.
        prop_assert!((sum - 1.0).abs() <= 23.0 * f64::EPSILON);
    }

    #[test]
    fn strings_are_ordered_by_their_bytes(strings in prop::collection::vec(".{0,6}", 1..300)) {
        let mut sketch = KllSketch::<String>::new(200).unwrap();
        sketch.update_strings(&StringSlices(&strings)).unwrap();
        let mut single = KllSketch::<String>::new(200).unwrap();
        strings.iter().for_each(|string| single.update(string.as_str()));
        prop_assert_eq!(&sketch, &single);
        prop_assert_eq!(sketch.min(), strings.iter().min().cloned());
        prop_assert_eq!(sketch.max(), strings.iter().max().cloned());
        prop_assert_eq!(KllSketch::<String>::decode(&sketch.encode()).unwrap(), sketch);
    }
}

/// With t trials, the number that exceed a bound of 99 % is binomial: five standard deviations.
fn assert_bound_holds(
    k: u16,
    make: impl Fn(u64, &[f64]) -> KllSketch<f64>,
    order: impl Fn(u64) -> Vec<f64>,
) {
    let trials = 200;
    let exceeded = (0..trials).filter(|&trial| {
        let values = order(trial);
        worst_error(&make(trial, &values), &values) > normalized_rank_error(k)
    });
    let allowed = 0.01 * trials as f64 + 5.0 * (0.01 * 0.99 * trials as f64).sqrt();
    let exceeded = exceeded.count();
    assert!(exceeded as f64 <= allowed, "{exceeded} of {trials}");
}

const N: u64 = 20_000;

fn shuffled(trial: u64) -> Vec<f64> {
    let mut order: Vec<u64> = (0..N).collect();
    order.sort_unstable_by_key(|&i| crate::random::mix(i ^ (trial << 32)));
    order.into_iter().map(|i| i as f64).collect()
}

#[test]
fn ranks_are_within_the_published_error_in_any_order() {
    let make = |trial, values: &[f64]| of(32, trial, values);
    assert_bound_holds(32, make, shuffled);
    assert_bound_holds(32, make, |_| (0..N).map(|i| i as f64).collect());
    assert_bound_holds(32, make, |_| (0..N).rev().map(|i| i as f64).collect());
    // A period as long as a run of the sampler: it must not be in step with it.
    assert_bound_holds(32, make, |_| (0..N).map(|i| (i % 64 * N + i) as f64).collect());
    assert_bound_holds(32, make, |_| (0..N).map(|i| (i % 7) as f64).collect());
}

#[test]
fn trimmed_sketches_are_small_and_within_the_published_error() {
    let make = |trial, values: &[f64]| {
        let trimmed = of(128, trial, values).trimmed();
        assert!(trimmed.retained() <= 128 * 17 / 10);
        trimmed
    };
    assert_bound_holds(128, make, shuffled);
    assert_bound_holds(128, make, |_| (0..N).map(|i| i as f64).collect());
}

#[test]
fn ranks_are_within_the_published_error_after_merges() {
    let make = |trial: u64, values: &[f64]| {
        let mut merged = of(32, trial, &[]);
        for (part, values) in values.chunks(700).enumerate() {
            merged.merge(&of(32, part as u64, values)).unwrap();
        }
        merged
    };
    assert_bound_holds(32, make, shuffled);
}

/// Of parts of the sizes that `size` gives in turn, in one go.
fn merged_at_once(k: u16, values: &[f64], size: impl Fn(usize) -> usize) -> KllSketch<f64> {
    let (mut parts, mut rest) = (Vec::new(), values);
    while !rest.is_empty() {
        let (part, others) = rest.split_at(size(parts.len()).min(rest.len()));
        parts.push(of(k, 0, part));
        rest = others;
    }
    let all: Vec<&KllSketch<f64>> = parts.iter().collect();
    assert!(Union::of(k, values.len() as u64, &all).is_some(), "they are merged one by one");
    let mut merged = parts[0].clone();
    merged.merge_all(&all[1..]).unwrap();
    merged
}

#[test]
fn ranks_are_within_the_published_error_after_many_are_merged_at_once() {
    for size in [3, 20, 700] {
        assert_bound_holds(32, |_, values| merged_at_once(32, values, |_| size), shuffled);
    }
    let unequal = |part: usize| if part == 0 { 9000 } else { 10 << (part % 8) };
    assert_bound_holds(32, |_, values| merged_at_once(32, values, unequal), shuffled);
    let ascending = |_| (0..N).map(|i| i as f64).collect();
    assert_bound_holds(32, |_, values| merged_at_once(32, values, |_| 50), ascending);
    let ties = |trial| shuffled(trial).into_iter().map(|x| x % 7.0).collect();
    assert_bound_holds(32, |_, values| merged_at_once(32, values, |_| 50), ties);
}

#[test]
fn what_a_union_adds_to_the_variance_is_as_stated() {
    // Parts of which every value is kept: what is off comes of the union. Of one weight of items, and of
    // one level in samplers: U / 32 + U / 26 + U / 18 + U / 12.
    let trials = 400u32;
    let variance = (0..u64::from(trials)).map(|trial| {
        let merged = merged_at_once(32, &shuffled(trial), |_| 40);
        let rank = merged.rank(&(N as f64 / 2.0), Exclusive).unwrap().unwrap().value;
        ((rank - 0.5) * 32.0).powi(2)
    });
    let variance = variance.sum::<f64>() / f64::from(trials);
    let stated = 1.0 / 32.0 + 1.0 / 26.0 + 1.0 / 18.0 + 1.0 / 12.0;
    // The mean of squares of a normal law: five standard deviations.
    assert!(variance <= stated * (1.0 + 5.0 * (2.0 / f64::from(trials)).sqrt()), "{variance}");
    assert!(variance > 0.0);
}

#[test]
fn merging_more_than_can_be_counted_changes_nothing() {
    let mut heavy = of(200, 0, &[1.0]);
    heavy.update_weighted(&2.0, 1 << 59).unwrap();
    let mut merged = of(200, 0, &[3.0]);
    let before = merged.clone();
    let error = merged.merge_all(&[&heavy, &heavy, &heavy]).unwrap_err();
    assert!(matches!(error, Error::Overflow { .. }));
    assert_eq!(merged, before);
}

#[test]
fn equal_seeds_on_different_parts_do_not_make_equal_errors() {
    // If each part erred alike, the errors of 64 parts would add up instead of averaging out.
    let parts: Vec<Vec<f64>> = (0..64).map(shuffled).collect();
    let errors: Vec<f64> = parts
        .iter()
        .map(|values| {
            let rank = of(32, 0, values).rank(&(N as f64 / 2.0), Inclusive).unwrap().unwrap();
            rank.value - 0.5
        })
        .collect();
    let mean = errors.iter().sum::<f64>() / 64.0;
    let deviation = (errors.iter().map(|e| (e - mean).powi(2)).sum::<f64>() / 63.0).sqrt();
    assert!(deviation > 0.0);
    // The mean of 64 independent errors: five of its own standard deviations.
    assert!(mean.abs() <= 5.0 * deviation / 8.0, "{mean} against {deviation}");
}

#[test]
fn an_empty_sketch_has_no_answers() {
    let sketch = KllSketch::<f64>::new(200).unwrap();
    assert_eq!((sketch.min(), sketch.max(), sketch.n()), (None, None, 0));
    assert_eq!(sketch.quantile(0.5, Inclusive), Ok(None));
    assert_eq!(sketch.rank(&1.0, Inclusive), Ok(None));
    assert_eq!(sketch.cdf(&[&1.0], Inclusive), Ok(None));
    assert!(sketch.is_empty());
}

#[test]
fn the_ends_are_the_extremes_and_infinities_are_items() {
    let mut values: Vec<f64> = (0..50_000).map(f64::from).collect();
    values.extend([f64::INFINITY, f64::NEG_INFINITY, -0.0]);
    let sketch = of(20, 0, &values);
    let end = |q| sketch.quantile(q, Inclusive).unwrap().unwrap();
    assert_eq!(end(0.0), crate::Estimate::exact(f64::NEG_INFINITY));
    assert_eq!(end(1.0), crate::Estimate::exact(f64::INFINITY));
}

#[test]
fn questions_out_of_range_are_named() {
    let sketch = of(200, 0, &[1.0, 2.0]);
    let text = |error: Error| error.to_string();
    for q in [-0.1, 1.1, f64::NAN] {
        let error = sketch.quantile(q, Inclusive).unwrap_err();
        assert_eq!(text(error), format!("a rank must be 0 to 1, got {q}"));
    }
    let error = sketch.rank(&f64::NAN, Inclusive).unwrap_err();
    assert_eq!(text(error), "an item must be a number, got NaN");
    let error = sketch.cdf(&[&2.0, &1.0], Inclusive).unwrap_err();
    assert_eq!(text(error), "splits must be strictly increasing, got 2.0 before 1.0");
    assert_eq!(text(KllSketch::<f64>::new(7).unwrap_err()), "k must be 8 to 65535, got 7");
}

#[test]
fn more_weight_than_can_be_counted_is_refused_and_changes_nothing() {
    let mut sketch = of(200, 0, &[1.0]);
    let before = sketch.clone();
    let error = sketch.update_weighted(&2.0, u64::MAX).unwrap_err();
    assert!(matches!(error, Error::Overflow { .. }));
    assert_eq!(sketch, before);
}

#[test]
fn the_least_k_for_an_error_is_found() {
    for k in [8u16, 9, 100, 200, 512, 4096, 65_535] {
        assert_eq!(k_for_error(normalized_rank_error(k)), Ok(k));
    }
    for error in [0.0, 1e-9, 1.0, f64::NAN] {
        assert!(k_for_error(error).is_err(), "{error}");
    }
}

proptest! {
    #[test]
    fn thinning_is_sorting_and_taking_every_so_many_th(
        values in prop_oneof![
            prop::collection::vec(any::<f64>().prop_filter("a number", |x| !x.is_nan()), 0..3000),
            prop::collection::vec((-300.0f64..300.0).prop_map(f64::exp2), 0..3000),
            prop::collection::vec((0u8..9).prop_map(f64::from), 0..3000),
            prop::collection::vec(-1.0f64..1.0, 0..3000),
        ],
        lg_stride in 0u32..8,
        offset in any::<prop::sample::Index>(),
    ) {
        let stride = 1 << lg_stride;
        let offset = offset.index(stride);
        let mut keys: Vec<i64> = values.iter().filter_map(f64::key).collect();
        let mut sorted = keys.clone();
        sorted.sort_unstable();
        let expected: Vec<i64> = sorted.into_iter().skip(offset).step_by(stride).collect();
        prop_assert_eq!(f64::thin(&mut keys.clone(), Ranks { offset, stride }), expected.clone());
        prop_assert_eq!(i64::thin(&mut keys, Ranks { offset, stride }), expected);
    }
}
