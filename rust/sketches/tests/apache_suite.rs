//! The files of Apache `DataSketches`' own cross-language suites, where they are at hand.
//!
//! They are no part of this project: the tests look for them in the folder that the environment
//! variable `DRYPOINT_APACHE_SKETCHES` names, or in `../shared/data/sketches` beside the project.
//! A file `<sketch>_n<N>_<language>.sk` holds 0 to N - 1 (HLL) or 1 to N (the others).
#![allow(missing_docs, unreachable_pub, clippy::unwrap_used, clippy::expect_used)]

use std::borrow::Borrow;
use std::fmt::Debug;
use std::io::Write;
use std::path::Path;
use std::sync::Once;
use std::{env, fs, io};

use drypoint_sketches::Sketch;
use drypoint_sketches::frequent::{ErrorType, FrequentItem, FrequentItems};
use drypoint_sketches::hll::{HllSketch, HllType};
use drypoint_sketches::kll::SearchCriteria::{Exclusive, Inclusive};
use drypoint_sketches::kll::{KllItem, KllSketch, normalized_rank_error};

const BESIDE_THE_PROJECT: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/sketches");

static SKIPPED: Once = Once::new();

/// Where the flags of an HLL sketch stand, and the one of the compact form.
const FLAGS: usize = 5;
const COMPACT: u8 = 8;
const K: u16 = 200;
const LG_K: u8 = 12;
const LG_MAX: u8 = 6;

struct File {
    name: String,
    bytes: Vec<u8>,
}

impl File {
    /// N of the name.
    fn n(&self) -> u64 {
        let number = |part: &str| part.strip_prefix('n')?.parse().ok();
        self.name.split('_').find_map(number).expect(&self.name)
    }

    fn decoded<S: Sketch + Debug>(&self) -> S {
        let sketch =
            S::decode(&self.bytes).unwrap_or_else(|error| panic!("{}: {error}", self.name));
        assert_eq!(S::decode(&sketch.encode()).as_ref(), Ok(&sketch), "{}", self.name);
        sketch
    }
}

/// The files whose name starts so; none, and a word about it, if the folder is not there.
fn files(prefix: &str) -> Vec<File> {
    let named = env::var_os("DRYPOINT_APACHE_SKETCHES");
    let folder = named.as_ref().map_or_else(|| Path::new(BESIDE_THE_PROJECT), Path::new);
    if !folder.is_dir() {
        assert!(named.is_none(), "DRYPOINT_APACHE_SKETCHES is no folder: {}", folder.display());
        SKIPPED.call_once(|| {
            // Past the harness, which shows what a test prints only if it fails.
            let why = format!("skipped: no folder {}; see this file's head\n", folder.display());
            io::stderr().write_all(why.as_bytes()).unwrap();
        });
        return Vec::new();
    }
    let mut found = Vec::new();
    collect(folder, prefix, &mut found);
    assert!(!found.is_empty(), "{} has no file {prefix}*.sk", folder.display());
    found
}

fn collect(folder: &Path, prefix: &str, found: &mut Vec<File>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            collect(&path, prefix, found);
        } else if name.starts_with(prefix) && path.extension().is_some_and(|end| end == "sk") {
            found.push(File { bytes: fs::read(&path).unwrap(), name });
        }
    }
}

fn hll_files() -> Vec<(File, HllType)> {
    let types = [("hll4", HllType::Hll4), ("hll6", HllType::Hll6), ("hll8", HllType::Hll8)];
    let of_type = |(prefix, hll_type)| files(prefix).into_iter().map(move |file| (file, hll_type));
    types.into_iter().flat_map(of_type).collect()
}

#[test]
fn hll_files_are_the_bytes_that_we_write_for_the_same_values() {
    for (file, hll_type) in hll_files() {
        let mut ours = HllSketch::new(LG_K, hll_type).unwrap();
        ours.update_ints(&(0..file.n() as i64).collect::<Vec<_>>());
        let theirs: HllSketch = file.decoded();
        assert_eq!(theirs, ours, "{}", file.name);
        // Where compact and updatable are the same bytes, Java does not set the flag of either.
        let (mut written, mut read) = (ours.encode(), file.bytes);
        written[FLAGS] |= COMPACT;
        read[FLAGS] |= COMPACT;
        assert!(written == read, "{}", file.name);
    }
}

#[test]
fn hll_estimates_are_within_three_standard_deviations() {
    for (file, hll_type) in hll_files() {
        let sketch: HllSketch = file.decoded();
        assert_eq!((sketch.lg_k(), sketch.hll_type()), (LG_K, hll_type), "{}", file.name);
        assert_holds(&sketch, file.n(), &file.name);
    }
}

fn assert_holds(sketch: &HllSketch, n: u64, name: &str) {
    let estimate = sketch.estimate_at(3).unwrap();
    assert!((estimate.lower..=estimate.upper).contains(&(n as f64)), "{name}: {estimate:?}");
}

#[test]
fn hll_unions_of_any_two_files_count_the_larger() {
    let all = hll_files();
    let decoded = |(file, _): &(File, HllType)| (file.n(), file.decoded::<HllSketch>());
    let sketches: Vec<_> = all.iter().map(decoded).collect();
    for (left_n, left) in &sketches {
        for (right_n, right) in &sketches {
            let mut union = left.clone();
            union.merge(right).unwrap();
            assert_holds(&union, *left_n.max(right_n), &format!("{left_n} with {right_n}"));
        }
    }
}

/// What holds for a KLL sketch of the numbers 1 to n, in whatever form `item` writes them.
fn check_kll<T>(file: &File, item: impl Fn(u64) -> T, number: impl Fn(&T) -> f64)
where
    T: KllItem + Borrow<T::Ref>,
{
    let (sketch, n): (KllSketch<T>, _) = (file.decoded(), file.n());
    assert_eq!((sketch.k(), sketch.min_k(), sketch.n()), (K, K, n), "{}", file.name);
    assert_eq!(sketch.is_exact(), n <= 100, "{}", file.name);
    let extremes = (n > 0).then(|| (item(1), item(n)));
    assert_eq!(sketch.min().zip(sketch.max()), extremes, "{}", file.name);
    if n == 0 {
        return;
    }
    // While exact, a quantile may be the item before or after the rank, and a rank has no error.
    let most = n as f64;
    let error = if sketch.is_exact() { 0.0 } else { normalized_rank_error(K) };
    for percent in 0..=100 {
        let q = f64::from(percent) / 100.0;
        for criteria in [Inclusive, Exclusive] {
            let value = number(&sketch.quantile(q, criteria).unwrap().unwrap().value);
            assert_close(value, q * most, (error * most).max(1.0), &file.name);
        }
        let x = (q * most).round();
        let rank = sketch.rank(item(x as u64).borrow(), Inclusive).unwrap().unwrap();
        assert_close(rank.value, x / most, error, &file.name);
    }
}

fn assert_close(found: f64, expected: f64, error: f64, name: &str) {
    assert!((found - expected).abs() <= error, "{name}: {found}, not {expected} ± {error}");
}

#[test]
fn kll_files_of_numbers_answer_within_the_rank_error() {
    files("kll_double").iter().for_each(|file| check_kll(file, |i| i as f64, |&x| x));
    files("kll_float").iter().for_each(|file| check_kll(file, |i| i as f32, |&x| f64::from(x)));
    files("kll_long").iter().for_each(|file| check_kll(file, |i| i as i64, |&x| x as f64));
}

#[test]
fn kll_files_of_strings_answer_within_the_rank_error_in_the_order_of_bytes() {
    for file in files("kll_string").iter().filter(|file| file.name.contains("java")) {
        // Padded with blanks to the same length, so that bytes and numbers have one order.
        let digits = file.n().to_string().len();
        check_kll(file, |i| format!("{i:digits$}"), |x| x.trim().parse().unwrap());
    }
}

/// An item that a KLL sketch keeps, and how many it stands for.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Retained {
    item: String,
    weight: u64,
}

/// What stands in the bytes of a KLL sketch of strings, two or more: read here once more, as the
/// sketch answers in its own order only.
fn retained_strings(bytes: &[u8]) -> Vec<Retained> {
    let word = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
    let levels = usize::from(bytes[18]);
    let begins: Vec<_> = (0..levels).map(|level| word(20 + 4 * level)).collect();
    let mut at = 20 + 4 * levels;
    let mut strings = Vec::new();
    while at < bytes.len() {
        let end = at + 4 + word(at);
        strings.push(String::from_utf8(bytes[at + 4..end].to_vec()).unwrap());
        at = end;
    }
    // The extremes stand first; levels are counted from the begin of the lowest.
    let kept = strings.into_iter().skip(2).zip(begins[0]..);
    let level = |place| begins.iter().rposition(|&begin| begin <= place).unwrap();
    let mut kept: Vec<_> =
        kept.map(|(item, place)| Retained { item, weight: 1 << level(place) }).collect();
    kept.sort();
    kept
}

#[test]
fn kll_files_in_the_order_of_numbers_keep_their_items_and_weights() {
    // The C++ suite compares its strings as numbers. Ours are ordered by their bytes.
    for file in files("kll_string").iter().filter(|file| file.name.contains("cpp")) {
        let sketch: KllSketch<String> = file.decoded();
        assert_eq!((sketch.k(), sketch.n()), (K, file.n()), "{}", file.name);
        if file.n() < 2 {
            let only = (file.n() == 1).then(|| "1".to_owned());
            assert_eq!((sketch.min(), sketch.max()), (only.clone(), only), "{}", file.name);
            continue;
        }
        let (theirs, ours) = (retained_strings(&file.bytes), retained_strings(&sketch.encode()));
        assert_eq!(theirs, ours, "{}", file.name);
        check_numeric_ranks(&ours, file);
        check_byte_order(&sketch, &ours, file);
    }
}

fn check_numeric_ranks(kept: &[Retained], file: &File) {
    let n = file.n() as f64;
    let exact = kept.iter().all(|item| item.weight == 1);
    let error = if exact { 0.0 } else { normalized_rank_error(K) };
    for percent in 0..=100 {
        let x = (n * f64::from(percent) / 100.0).round();
        let below = kept.iter().filter(|kept| kept.item.parse::<f64>().unwrap() <= x);
        let rank = below.map(|item| item.weight as f64).sum::<f64>() / n;
        assert_close(rank, x / n, error, &file.name);
    }
}

/// The least and the greatest string, and ranks that are those of the items kept.
fn check_byte_order(sketch: &KllSketch<String>, kept: &[Retained], file: &File) {
    let numbers = [1, file.n()].map(|number| number.to_string());
    let strings = || kept.iter().map(|kept| &kept.item).chain(&numbers);
    assert_eq!(sketch.min().as_ref(), strings().min(), "{}", file.name);
    assert_eq!(sketch.max().as_ref(), strings().max(), "{}", file.name);
    for digit in '1'..='9' {
        let split = digit.to_string();
        let below = kept.iter().filter(|kept| kept.item < split).map(|kept| kept.weight);
        let rank = sketch.rank(&split, Exclusive).unwrap().unwrap().value;
        assert_eq!(rank, below.sum::<u64>() as f64 / file.n() as f64, "{}", file.name);
    }
}

/// What holds for a sketch of the numbers 1 to n, once each.
fn check_frequent<T>(file: &File, item: impl Fn(u64) -> T)
where
    T: FrequentItem + Borrow<T::Ref>,
{
    let (sketch, n): (FrequentItems<T>, _) = (file.decoded(), file.n());
    assert_eq!((sketch.lg_max_map_size(), sketch.total_weight()), (LG_MAX, n), "{}", file.name);
    assert_eq!(sketch.max_error() == 0, n <= 10, "{}", file.name);
    let bound = 3.5 / f64::from(1 << LG_MAX) * n as f64;
    assert!(sketch.max_error() as f64 <= bound, "{}: {}", file.name, sketch.max_error());
    for number in 0..=n + 1 {
        let truth = u64::from((1..=n).contains(&number));
        let count = sketch.estimate(item(number).borrow());
        assert!((count.lower..=count.upper).contains(&truth), "{}: {number} {count:?}", file.name);
        assert!(count.upper - count.lower <= sketch.max_error(), "{}", file.name);
    }
    // No item comes more often than once, so none is certain to come twice.
    assert!(sketch.frequent(ErrorType::NoFalsePositives, 1).is_empty(), "{}", file.name);
    let possible = sketch.frequent(ErrorType::NoFalseNegatives, 0);
    assert_eq!(possible.len(), sketch.active(), "{}", file.name);
}

#[test]
fn frequent_files_bound_the_count_of_every_item() {
    files("frequent_long").iter().for_each(|file| check_frequent(file, |i| i as i64));
    files("frequent_string_n").iter().for_each(|file| check_frequent(file, |i| i.to_string()));
}

#[test]
fn frequent_files_of_few_strings_are_exact() {
    let ascii: Vec<_> = ["a", "b", "c", "d"].map(|letter| letter.repeat(29)).into();
    let utf8 = ["абвгд", "еёжзи", "йклмн", "опрст", "уфхцч", "шщъыь", "эюя"];
    let utf8 = utf8.map(str::to_owned).to_vec();
    for (prefix, strings) in [("frequent_string_ascii", ascii), ("frequent_string_utf8", utf8)] {
        for file in files(prefix) {
            let sketch: FrequentItems<String> = file.decoded();
            // The i-th string came i times.
            for (count, string) in (1..).zip(&strings) {
                let found = sketch.estimate(string);
                let all = (found.lower, found.value, found.upper);
                assert_eq!(all, (count, count, count), "{}: {string}", file.name);
            }
            let total = (1..=strings.len() as u64).sum();
            assert_eq!((sketch.total_weight(), sketch.max_error()), (total, 0), "{}", file.name);
        }
    }
}
