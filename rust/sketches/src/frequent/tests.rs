//! Laws, against exact counts.

use std::collections::BTreeMap;
use std::fmt::Debug;

use proptest::prelude::*;

use super::sketch::{MOST_WEIGHT, capacity};
use super::{ErrorType, FrequentItem, FrequentItems};
use crate::{Error, PackedStrings, PickedStrings, Sketch, StringSlices, Update, ViewStrings};

/// Items have the numbers below this.
const UNIVERSE: u16 = 1000;

/// What the laws need of an item type: items by number, and one way to call it all.
trait Kind: FrequentItem + Ord + Debug {
    fn numbered(number: u16) -> Self;
    fn asked(&self) -> &Self::Ref;
    fn update_all(sketch: &mut FrequentItems<Self>, items: &[Self]);
    fn update_by(sketch: &mut FrequentItems<Self>, item: &Self, weight: u64) -> Result<(), Error>;
    fn update_one(sketch: &mut FrequentItems<Self>, item: &Self);
}

impl Kind for i64 {
    fn numbered(number: u16) -> i64 {
        // Small ones, and ones of which only the high bits differ.
        if number.is_multiple_of(3) { i64::from(number) << 48 } else { i64::from(number) - 20 }
    }

    fn asked(&self) -> &i64 {
        self
    }

    fn update_all(sketch: &mut FrequentItems<i64>, items: &[i64]) {
        sketch.update_slice(items);
    }

    fn update_by(sketch: &mut FrequentItems<i64>, item: &i64, weight: u64) -> Result<(), Error> {
        sketch.update_weighted(item, weight)
    }

    fn update_one(sketch: &mut FrequentItems<i64>, item: &i64) {
        sketch.update(item);
    }
}

impl Kind for String {
    fn numbered(number: u16) -> String {
        match number % 5 {
            0 => "\0".repeat(number as usize / 5),
            1 => format!("ü{number}"),
            2 => format!("sixteen bytes, and then {number}"),
            3 => format!("{number:*>16}"),
            _ => format!("{number:*>32} at the end of the same beginning"),
        }
    }

    fn asked(&self) -> &str {
        self
    }

    fn update_all(sketch: &mut FrequentItems<String>, items: &[String]) {
        sketch.update_strings(&StringSlices(items)).unwrap();
    }

    fn update_by(
        sketch: &mut FrequentItems<String>,
        item: &String,
        weight: u64,
    ) -> Result<(), Error> {
        sketch.update_weighted(item.as_str(), weight)
    }

    fn update_one(sketch: &mut FrequentItems<String>, item: &String) {
        sketch.update(item.as_str());
    }
}

/// Something done to a sketch, with items by number.
#[derive(Debug, Clone)]
enum Step {
    One(u16),
    Weighted(u16, u64),
    All(Vec<u16>),
    Merge(u8, Vec<Step>),
    MergeAll(Vec<(u8, Vec<Step>)>),
    Trim,
}

/// Numbers of items, some of which come often.
fn numbers(most: usize) -> impl Strategy<Value = Vec<u16>> {
    let number = prop_oneof![0u16..4, 0u16..40, 0u16..UNIVERSE];
    prop::collection::vec(number, 0..most)
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        (0u16..60).prop_map(Step::One),
        (0u16..60, 0u64..50).prop_map(|(number, weight)| Step::Weighted(number, weight)),
        numbers(300).prop_map(Step::All),
        Just(Step::Trim),
    ];
    let step = step.prop_recursive(2, 40, 10, |inner| {
        let other = (3u8..8, prop::collection::vec(inner, 0..10));
        prop_oneof![
            other.clone().prop_map(|(lg, steps)| Step::Merge(lg, steps)),
            prop::collection::vec(other, 0..6).prop_map(Step::MergeAll),
        ]
    });
    prop::collection::vec(step, 0..30)
}

/// A sketch, the exact counts of what it has seen, and the smallest `lg_max` that took part.
struct Witnessed<T: FrequentItem> {
    sketch: FrequentItems<T>,
    truth: BTreeMap<T, u64>,
    least_lg: u8,
}

impl<T: Kind> Witnessed<T> {
    fn of(lg: u8, steps: &[Step]) -> Self {
        let sketch = FrequentItems::new(lg).unwrap();
        let mut this = Self { sketch, truth: BTreeMap::new(), least_lg: lg };
        steps.iter().for_each(|step| this.take(step));
        this
    }

    fn take(&mut self, step: &Step) {
        match step {
            Step::One(number) => {
                let item = T::numbered(*number);
                T::update_one(&mut self.sketch, &item);
                *self.truth.entry(item).or_default() += 1;
            }
            Step::Weighted(number, weight) => {
                let item = T::numbered(*number);
                T::update_by(&mut self.sketch, &item, *weight).unwrap();
                *self.truth.entry(item).or_default() += weight;
            }
            Step::All(numbers) => {
                let items: Vec<T> = numbers.iter().map(|&number| T::numbered(number)).collect();
                T::update_all(&mut self.sketch, &items);
                items.into_iter().for_each(|item| *self.truth.entry(item).or_default() += 1);
            }
            Step::Trim => {
                self.sketch = self.sketch.trimmed();
                assert_eq!(self.sketch.trimmed(), self.sketch);
            }
            Step::Merge(lg, steps) => {
                let other = Self::of(*lg, steps);
                self.sketch.merge(&other.sketch).unwrap();
                self.witness(other);
            }
            Step::MergeAll(others) => {
                let others: Vec<Self> =
                    others.iter().map(|(lg, steps)| Self::of(*lg, steps)).collect();
                let sketches: Vec<_> = others.iter().map(|other| &other.sketch).collect();
                self.sketch.merge_all(&sketches).unwrap();
                others.into_iter().for_each(|other| self.witness(other));
            }
        }
    }

    fn witness(&mut self, other: Self) {
        self.least_lg = self.least_lg.min(other.least_lg);
        for (item, weight) in other.truth {
            *self.truth.entry(item).or_default() += weight;
        }
    }

    /// Every promise, for every item that may or may not have come.
    fn check(&self) {
        let Self { sketch, truth, .. } = self;
        let total: u64 = truth.values().sum();
        assert_eq!(sketch.total_weight(), total);
        assert_eq!(sketch.is_empty(), total == 0);
        assert!(sketch.active() <= capacity(sketch.lg_max_map_size()));
        // offset · (r + 1) ≤ N, where r is never less than half the least capacity, and so
        // offset ≤ 3.5 / 2^lg · N.
        let least = capacity(self.least_lg) as u64;
        assert!(sketch.max_error() * (least / 2 + 1) <= total);
        assert!(sketch.max_error() as f64 <= 3.5 / f64::from(1 << self.least_lg) * total as f64);
        for item in (0..UNIVERSE).map(T::numbered) {
            let weight = truth.get(&item).copied().unwrap_or(0);
            let estimate = sketch.estimate(item.asked());
            assert!((estimate.lower..=estimate.upper).contains(&weight), "{item:?} {estimate:?}");
            assert!(estimate.upper - estimate.lower <= sketch.max_error());
        }
        [0, 1, sketch.max_error(), total / 10].iter().for_each(|&limit| self.check_lists(limit));
    }

    fn check_lists(&self, threshold: u64) {
        let Self { sketch, truth, .. } = self;
        let weight = |item: &T| truth.get(item).copied().unwrap_or(0);
        for row in sketch.frequent(ErrorType::NoFalsePositives, threshold) {
            assert!(weight(&row.item) > threshold);
            assert_eq!(row.count, sketch.estimate(row.item.asked()));
        }
        let listed = sketch.frequent(ErrorType::NoFalseNegatives, threshold);
        if threshold >= sketch.max_error() {
            for (item, _) in truth.iter().filter(|&(_, &weight)| weight > threshold) {
                assert!(listed.iter().any(|row| row.item == *item), "{item:?} is missing");
            }
        }
    }
}

fn check_steps<T: Kind>(lg: u8, steps: &[Step]) {
    Witnessed::<T>::of(lg, steps).check();
}

fn sketch_of<T: Kind>(lg: u8, numbers: &[u16]) -> FrequentItems<T> {
    Witnessed::<T>::of(lg, &[Step::All(numbers.to_vec())]).sketch
}

/// Round trip within the bound, the same bytes for the same state, and no prefix or flip that panics.
fn check_wire<T: Kind>(lg: u8, steps: &[Step], flips: &[(usize, u8)]) {
    let sketch = Witnessed::<T>::of(lg, steps).sketch;
    let bytes = sketch.encode();
    assert!(bytes.len() <= sketch.byte_bound());
    let back = FrequentItems::<T>::decode(&bytes).unwrap();
    assert_eq!(back, sketch);
    assert_eq!(back.encode(), bytes);
    for cut in 0..bytes.len() {
        let error = FrequentItems::<T>::decode(&bytes[..cut]).unwrap_err();
        assert!(matches!(error, Error::Truncated { .. }), "{error}");
    }
    let mut flipped = bytes.clone();
    for &(at, bits) in flips {
        let at = at % flipped.len();
        flipped[at] ^= bits;
        if let Ok(sketch) = FrequentItems::<T>::decode(&flipped) {
            assert_eq!(FrequentItems::<T>::decode(&sketch.encode()), Ok(sketch));
        }
    }
    let with_tail = [bytes.as_slice(), &[1, 2, 3]].concat();
    assert_eq!(FrequentItems::<T>::decode(&with_tail), Ok(sketch));
}

proptest! {
    #[test]
    fn bounds_and_lists_hold_whatever_was_done(lg in 3u8..8, steps in steps()) {
        check_steps::<i64>(lg, &steps);
        check_steps::<String>(lg, &steps);
    }

    #[test]
    fn bytes_round_trip_and_damage_never_panics(
        lg in 3u8..8, steps in steps(), flips in prop::collection::vec((any::<usize>(), 1u8..), 1..40)
    ) {
        check_wire::<i64>(lg, &steps, &flips);
        check_wire::<String>(lg, &steps, &flips);
    }

    #[test]
    fn any_bytes_are_a_sketch_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut bytes = bytes;
        drop(FrequentItems::<i64>::decode(&bytes));
        for (at, byte) in [4, 1, 10, 5, 4, 0].into_iter().enumerate().take(bytes.len()) {
            bytes[at] = byte;
        }
        drop(FrequentItems::<i64>::decode(&bytes));
        drop(FrequentItems::<String>::decode(&bytes));
    }

    #[test]
    fn a_batch_gives_the_best_bound(lg in 3u8..7, items in numbers(3000)) {
        let sketch = sketch_of::<i64>(lg, &items);
        if items.len() >= capacity(lg) / 2 {
            prop_assert!(sketch.max_error() * (capacity(lg) as u64 + 1) <= sketch.total_weight());
        }
    }

    #[test]
    fn answers_are_exact_while_there_is_room(lg in 3u8..9, items in numbers(500), in_bulk: bool) {
        let mut kept = Vec::new();
        let room = |kept: &mut Vec<u16>, number: &u16| {
            if !kept.contains(number) && kept.len() < capacity(lg) { kept.push(*number) }
            kept.contains(number)
        };
        let items: Vec<u16> = items.into_iter().filter(|number| room(&mut kept, number)).collect();
        let steps = if in_bulk { vec![Step::All(items)] } else { items.into_iter().map(Step::One).collect() };
        let Witnessed { sketch, truth, .. } = Witnessed::<String>::of(lg, &steps);
        prop_assert_eq!(sketch.max_error(), 0);
        let mut exact: Vec<_> = truth.into_iter().collect();
        exact.sort_by_key(|(item, weight)| (std::cmp::Reverse(*weight), item.clone()));
        let top = |n| sketch.top(n).into_iter().map(|row| (row.item, row.count.value)).collect::<Vec<_>>();
        prop_assert_eq!(&top(usize::MAX), &exact);
        exact.truncate(3);
        prop_assert_eq!(top(3), exact);
    }

    #[test]
    fn weights_do_what_repeated_updates_do(
        lg in 3u8..7, pairs in prop::collection::vec((0u16..60, 0u64..9), 0..80)
    ) {
        let weighted = |&(number, weight): &(u16, u64)| Step::Weighted(number, weight);
        let repeated = |&(number, weight): &(u16, u64)| vec![Step::One(number); weight as usize];
        let weighted: Vec<Step> = pairs.iter().map(weighted).collect();
        let repeated: Vec<Step> = pairs.iter().flat_map(repeated).collect();
        let [a, b] = [weighted, repeated].map(|steps| Witnessed::<i64>::of(lg, &steps).sketch);
        prop_assert_eq!(a.total_weight(), b.total_weight());
        let slack = a.max_error().max(b.max_error());
        for item in (0..60).map(i64::numbered) {
            prop_assert!(a.estimate(&item).lower.abs_diff(b.estimate(&item).lower) <= slack);
        }
    }

    #[test]
    fn an_empty_sketch_changes_nothing(lg in 3u8..7, other_lg in 3u8..7, steps in steps()) {
        let sketch = Witnessed::<String>::of(lg, &steps).sketch;
        let mut merged = sketch.clone();
        merged.merge(&FrequentItems::new(other_lg).unwrap()).unwrap();
        prop_assert_eq!(&merged, &sketch);
        let mut merged = FrequentItems::new(lg).unwrap();
        merged.merge(&sketch).unwrap();
        prop_assert_eq!(&merged, &sketch);
    }

    #[test]
    fn merging_commutes(lg in 3u8..7, a in numbers(500), b in numbers(500)) {
        let [a, b] = [a, b].map(|numbers| sketch_of::<i64>(lg, &numbers));
        let (mut ab, mut ba) = (a.clone(), b.clone());
        ab.merge(&b).unwrap();
        ba.merge(&a).unwrap();
        // Not to the bit: which rank is given up depends on how much comes in.
        let slack = ab.max_error().max(ba.max_error());
        prop_assert_eq!(ab.total_weight(), ba.total_weight());
        for item in (0..UNIVERSE).map(i64::numbered) {
            let [left, right] = [ab.estimate(&item), ba.estimate(&item)];
            prop_assert!(left.lower.abs_diff(right.lower) <= slack);
        }
    }

    #[test]
    fn many_merged_at_once_have_the_best_bound(
        lg in 3u8..6, parts in prop::collection::vec(numbers(60), 2..40)
    ) {
        let counted = |items: &Vec<u16>| sketch_of::<i64>(lg, items);
        let sketches: Vec<_> = parts.iter().map(counted).collect();
        let mut merged = FrequentItems::new(lg).unwrap();
        merged.merge_all(&sketches.iter().collect::<Vec<_>>()).unwrap();
        let brought: u64 = sketches.iter().map(FrequentItems::max_error).sum();
        let taken = merged.max_error() - brought;
        prop_assert!(taken * (capacity(lg) as u64 + 1) <= merged.total_weight());
    }

    #[test]
    fn the_same_items_in_the_same_batches_give_the_same_bytes(lg in 3u8..7, steps in steps()) {
        let encoded = || Witnessed::<String>::of(lg, &steps).sketch.encode();
        prop_assert_eq!(encoded(), encoded());
    }

    #[test]
    fn the_order_within_a_batch_does_not_matter(lg in 3u8..7, items in numbers(2000)) {
        let mut sorted = items.clone();
        sorted.sort_unstable();
        prop_assert_eq!(sketch_of::<i64>(lg, &items), sketch_of::<i64>(lg, &sorted));
    }

    #[test]
    fn every_layout_of_strings_gives_the_same_sketch(lg in 3u8..7, items in numbers(400)) {
        let strings: Vec<String> = items.into_iter().map(String::numbered).collect();
        let buffer = strings.concat();
        let mut offsets = vec![0i32];
        strings.iter().for_each(|string| offsets.push(offsets.last().unwrap() + string.len() as i32));
        let view = |(string, &offset): (&String, &i32)| {
            let mut view = [0; 16];
            view[..4].copy_from_slice(&(string.len() as u32).to_le_bytes());
            match view[4..].get_mut(..string.len()) {
                Some(inline) => inline.copy_from_slice(string.as_bytes()),
                None => view[12..].copy_from_slice(&offset.to_le_bytes()),
            }
            u128::from_le_bytes(view)
        };
        let views: Vec<u128> = strings.iter().zip(&offsets).map(view).collect();
        let packed = PackedStrings::try_new(buffer.as_bytes(), &offsets).unwrap();
        let buffers = [buffer.as_bytes()];
        let views = ViewStrings::try_new(&views, &buffers).unwrap();
        let every: Vec<u32> = (0..strings.len() as u32).collect();
        let mut sketches = [(); 4].map(|()| FrequentItems::<String>::new(lg).unwrap());
        sketches[0].update_strings(&StringSlices(&strings)).unwrap();
        sketches[1].update_strings(&packed).unwrap();
        sketches[2].update_strings(&views).unwrap();
        sketches[3].update_strings(&PickedStrings::try_new(&packed, &every).unwrap()).unwrap();
        for sketch in &sketches[1..] {
            prop_assert_eq!(sketch, &sketches[0]);
        }
    }
}

/// Streams of many blocks: all different, and each value often.
#[test]
fn long_streams_stay_within_the_bound() {
    for (lg, distinct) in
        [(10, 100_000u64), (10, 1000), (12, 20_000), (13, 20_000), (14, 100_000), (16, 200_000)]
    {
        let mut sketch = FrequentItems::<i64>::new(lg).unwrap();
        // Item i comes about n / (i + 1) / ln(distinct) times.
        let n = 200_000u64;
        let share = |i: u64| (distinct as f64).powf(i as f64 / n as f64) as i64;
        let values: Vec<i64> = (0..n).map(|i| share(i * 48_271 % n)).collect();
        sketch.update_slice(&values);
        let mut truth = BTreeMap::<i64, u64>::new();
        values.iter().for_each(|&value| *truth.entry(value).or_default() += 1);
        // Above lg 13 a block is too small for the better of the two ranks.
        let rank = if lg <= 13 { capacity(lg) } else { capacity(lg) / 2 };
        assert!(sketch.max_error() * (rank as u64 + 1) <= n);
        for (value, count) in truth {
            let estimate = sketch.estimate(&value);
            assert!((estimate.lower..=estimate.upper).contains(&count));
        }
    }
}

#[test]
fn what_is_nearly_unique_is_trimmed_to_nothing_and_what_is_frequent_stays() {
    let mut sketch = FrequentItems::<i64>::new(10).unwrap();
    let values: Vec<i64> = (0..1_000_000).map(|i| if i % 10 == 0 { -1 } else { i }).collect();
    // By parts that are too short to be sifted, and after the last of which some values are left.
    values.chunks(260).for_each(|part| sketch.update_slice(part));
    let trimmed = sketch.trimmed();
    let count = trimmed.estimate(&-1);
    assert_eq!(trimmed.active(), 1);
    assert!((count.lower..=count.upper).contains(&100_000));
    assert!(trimmed.max_error() as f64 <= 3.5 / 1024.0 * 1e6);
    assert!(sketch.active() > 100, "there was nothing to trim");
}

#[test]
fn unlike_strings_of_the_same_head_are_told_apart() {
    let strings = ["", "\0", "\0\0", "sixteen bytes...", "sixteen bytes...\0", "sixteen bytes...a"];
    let mut sketch = FrequentItems::<String>::new(4).unwrap();
    for (times, string) in strings.iter().enumerate() {
        sketch.update_strings(&StringSlices(&vec![string; times + 1])).unwrap();
    }
    for (times, string) in strings.iter().enumerate() {
        assert_eq!(sketch.estimate(string).value, times as u64 + 1, "{string:?}");
    }
}

#[test]
fn strings_that_are_not_utf8_change_nothing() {
    let mut sketch = FrequentItems::<String>::new(4).unwrap();
    let strings: [&[u8]; 3] = [b"a", b"b", b"\xff"];
    assert_eq!(sketch.update_strings(&StringSlices(&strings)), Err(Error::Utf8 { index: 2 }));
    assert!(sketch.is_empty());
}

#[test]
fn more_weight_than_can_be_counted_is_refused_or_raises_the_bounds() {
    let mut sketch = FrequentItems::<i64>::new(4).unwrap();
    sketch.update_weighted(&1, MOST_WEIGHT - 2).unwrap();
    let full = sketch.clone();
    let overflow = Error::Overflow { total: MOST_WEIGHT - 2, weight: 3, most: MOST_WEIGHT };
    assert_eq!(sketch.update_weighted(&1, 3), Err(overflow));
    assert!(matches!(sketch.merge(&full), Err(Error::Overflow { .. })));
    assert!(matches!(sketch.merge_all(&[&full, &full]), Err(Error::Overflow { .. })));
    assert_eq!(sketch, full);

    sketch.update_slice(&[1, 1, 1, 7]);
    sketch.update(&7);
    sketch.update(&7);
    assert_eq!(sketch.total_weight(), MOST_WEIGHT);
    assert!(sketch.estimate(&1).upper > MOST_WEIGHT);
    assert_eq!(sketch.estimate(&1).lower, MOST_WEIGHT);
    assert!(sketch.estimate(&7).upper >= 3);
    assert_eq!(FrequentItems::decode(&sketch.encode()), Ok(sketch));
}

#[test]
fn parameters_out_of_range_are_named() {
    for lg in [0, 2, 27, 255] {
        let error = FrequentItems::<i64>::new(lg).unwrap_err();
        assert_eq!(error.to_string(), format!("lg_max_map_size must be 3 to 26, got {lg}"));
    }
}

/// The bytes of a sketch of 1 × 2, 3 × 4 with one field replaced.
fn damaged(at: usize, bytes: &[u8]) -> String {
    let mut sketch = FrequentItems::<i64>::new(5).unwrap();
    sketch.update_slice(&[2, 4, 4, 4]);
    let mut wire = sketch.encode();
    wire[at..at + bytes.len()].copy_from_slice(bytes);
    FrequentItems::<i64>::decode(&wire).unwrap_err().to_string()
}

#[test]
fn damage_is_named() {
    let corrupt = |what: &str| format!("corrupt frequent items sketch: {what}");
    let too_many = 9i64.to_le_bytes();
    let cases = [
        (0, vec![1], corrupt("number of preamble words is 1, expected 4 in a non-empty sketch")),
        (1, vec![2], corrupt("serial version is 2, expected 1")),
        (2, vec![7], "expected a sketch of family 10 (frequent items), got family 7 (HLL)".into()),
        (3, vec![27], corrupt("lg_max_map_size is 27, expected 3 to 26")),
        (4, vec![6], corrupt("lg of the current map size is 6, expected 3 to 5")),
        (5, vec![4], corrupt("number of preamble words is 4, expected 1 in an empty sketch")),
        (8, vec![7], corrupt("number of items is 7, expected at most 6")),
        (16, vec![0], corrupt("total weight is 0, expected 1 to 9223372036854775807")),
        (
            24,
            vec![1],
            corrupt("offset is 1, expected at most 0, the total weight less that of the items"),
        ),
        (32, vec![0], corrupt("weight is 0, expected 1 to 4, what is left of the total weight")),
        (
            39,
            vec![0x80],
            corrupt(
                "weight is -9223372036854775805, expected 1 to 4, what is left of the total weight",
            ),
        ),
        (
            40,
            too_many.to_vec(),
            corrupt("weight is 9, expected 1 to 1, what is left of the total weight"),
        ),
        (48, vec![2], corrupt("item is 2 twice, expected different from the others")),
    ];
    for (at, bytes, expected) in cases {
        assert_eq!(damaged(at, &bytes), expected);
    }
}

#[test]
fn strings_in_bytes_must_be_utf8_and_all_there() {
    let mut sketch = FrequentItems::<String>::new(3).unwrap();
    sketch.update("abc");
    let mut wire = sketch.encode();
    wire[45] = 0xff;
    let error = FrequentItems::<String>::decode(&wire).unwrap_err();
    assert_eq!(
        error.to_string(),
        "corrupt frequent items sketch: item is not, at offset 45, expected UTF-8"
    );
    wire[40] = 4;
    let error = FrequentItems::<String>::decode(&wire).unwrap_err();
    assert_eq!(
        error.to_string(),
        "truncated frequent items sketch: item needs 4 bytes at offset 44, got 3"
    );
}

#[test]
fn a_sketch_that_has_lost_all_items_keeps_its_total_and_error() {
    let mut sketch = FrequentItems::<i64>::new(3).unwrap();
    sketch.update_slice(&[1, 2, 3, 4, 5, 6, 7]);
    assert_eq!((sketch.active(), sketch.total_weight(), sketch.max_error()), (0, 7, 1));
    assert_eq!(FrequentItems::decode(&sketch.encode()), Ok(sketch));
}

#[test]
fn either_empty_flag_is_read_and_both_are_written() {
    let empty = FrequentItems::<i64>::new(7).unwrap();
    let mut wire = empty.encode();
    assert_eq!(wire, [1, 1, 10, 7, 3, 5, 0, 0]);
    for flags in [1, 4, 5] {
        wire[5] = flags;
        assert_eq!(FrequentItems::decode(&wire).as_ref(), Ok(&empty));
    }
}

#[test]
fn a_large_map_of_few_items_needs_little_memory() {
    let mut sketch = FrequentItems::<i64>::new(26).unwrap();
    sketch.update(&1);
    let mut wire = sketch.encode();
    wire[4] = 26;
    assert_eq!(FrequentItems::<i64>::decode(&wire), Ok(sketch));
}
