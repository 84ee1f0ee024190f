//! Golden files of the Java and the C++ library: what is in them, and what they answered.
#![allow(missing_docs, unreachable_pub, clippy::unwrap_used, clippy::expect_used)]

mod common;

use std::fs;

use common::{Asked, Visit, project, with_kind};
use drypoint_sketches::hll::{HllSketch, HllType};
use drypoint_sketches::{Error, Sketch, StringSlices, Update};
use serde_json::{Map, Value};

/// HLL answers are sums of thousands of doubles, which each library adds up in its own order.
const HLL_TOLERANCE: f64 = 1e-12;
const RANDOM_CHANGES: u64 = 200;

struct Golden {
    file: String,
    kind: String,
    answers: Map<String, Value>,
    bytes: Vec<u8>,
}

fn golden_files() -> Vec<Golden> {
    let folder = project().join("tests/golden");
    let text = fs::read_to_string(folder.join("expected.json")).unwrap();
    let all: Vec<Value> = serde_json::from_str(&text).unwrap();
    assert!(!all.is_empty());
    let golden = |about: &Value| {
        let file = about["file"].as_str().unwrap().to_owned();
        let bytes = fs::read(folder.join("sketches").join(&file)).unwrap();
        let kind = about["kind"].as_str().unwrap().to_owned();
        Golden { file, kind, answers: about["answers"].as_object().unwrap().clone(), bytes }
    };
    all.iter().map(golden).collect()
}

impl Golden {
    /// The items that were asked about.
    fn probes(&self) -> Vec<Value> {
        let listed = |name: &str| self.answers.get(name).and_then(Value::as_array).cloned();
        let first = |row: &Value| row[0].clone();
        match (listed("probes"), listed("items")) {
            (Some(probes), _) => probes,
            (None, Some(rows)) => rows.iter().map(first).collect(),
            (None, None) => Vec::new(),
        }
    }

    fn n(&self) -> f64 {
        self.answers["n"].as_f64().unwrap()
    }

    /// How far off an answer may be, as a share of the expected one and as it is.
    fn tolerance(&self, name: &str) -> (f64, f64) {
        let java = self.file.ends_with("_java.sk");
        match name {
            _ if self.kind == "hll" => (HLL_TOLERANCE, 0.0),
            // The Java library puts the least and the greatest item among the kept ones, if they are
            // not, with the weight of one of its neighbour: a rank is off by 1/n, a share by two.
            _ if java && (name.starts_with("ranks") || name.starts_with("cdf")) => {
                (0.0, (1.0 + HLL_TOLERANCE) / self.n())
            }
            _ if java && name.starts_with("pmf_") && name != "pmf_error" => {
                (0.0, (2.0 + HLL_TOLERANCE) / self.n())
            }
            // Powers of k, by another library of mathematics.
            "rank_error" | "pmf_error" => (HLL_TOLERANCE, 0.0),
            _ => (0.0, 0.0),
        }
    }
}

/// Whether two answers agree, within a share of the larger number plus an absolute difference.
fn agree(left: &Value, right: &Value, tolerance: (f64, f64)) -> bool {
    match (left, right) {
        (Value::Number(a), Value::Number(b)) => {
            let (a, b) = (a.as_f64().unwrap(), b.as_f64().unwrap());
            (a - b).abs() <= tolerance.0 * a.abs().max(b.abs()) + tolerance.1
        }
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| agree(a, b, tolerance))
        }
        _ => left == right,
    }
}

struct Compare<'a>(&'a Golden);

impl Visit for Compare<'_> {
    type Output = ();
    fn visit<S: Asked + std::fmt::Debug>(self) {
        let Golden { file, bytes, answers, .. } = self.0;
        let sketch = S::decode(bytes).unwrap_or_else(|error| panic!("{file}: {error}"));
        let ours = sketch.answers(&self.0.probes());
        for (name, expected) in answers {
            let found = &ours[name];
            let close = agree(found, expected, self.0.tolerance(name));
            assert!(close, "{file}: {name} is {found}, not {expected}");
        }
    }
}

#[test]
fn every_golden_file_gives_the_answers_of_its_writer() {
    golden_files().iter().for_each(|golden| with_kind(&golden.kind, Compare(golden)));
}

struct RoundTrip<'a>(&'a Golden);

impl Visit for RoundTrip<'_> {
    type Output = ();
    fn visit<S: Asked + std::fmt::Debug>(self) {
        let Golden { file, bytes, .. } = self.0;
        let sketch = S::decode(bytes).unwrap();
        let again = sketch.encode();
        assert!(S::decode(&again).as_ref() == Ok(&sketch), "{file}");
        assert!(again.len() <= sketch.byte_bound(), "{file}");
    }
}

#[test]
fn every_golden_file_encodes_and_decodes_to_an_equal_sketch() {
    golden_files().iter().for_each(|golden| with_kind(&golden.kind, RoundTrip(golden)));
}

/// The flags, and the one of the compact form: Java sets it only where the forms differ.
const FLAGS: usize = 5;
const COMPACT: u8 = 8;

/// Whether these bytes are the same but for the flag of the compact form.
fn same_bytes(left: &[u8], right: &[u8]) -> bool {
    let unflagged = |bytes: &[u8]| {
        let mut bytes = bytes.to_vec();
        bytes[FLAGS] &= !COMPACT;
        bytes
    };
    unflagged(left) == unflagged(right)
}

/// The HLL sketches that libraries write in compact form.
fn compact_hll_files() -> impl Iterator<Item = Golden> {
    let compact = |golden: &Golden| golden.kind == "hll" && !golden.file.contains("updatable");
    golden_files().into_iter().filter(compact)
}

/// Bytes without what writers are free in: the order of a set, which is that of its table and
/// cannot be known from the compact form; and which value registers that were united are counted
/// from, where it does not change how they are packed.
fn without_freedoms(bytes: &[u8]) -> Vec<u8> {
    const OUT_OF_ORDER: u8 = 16;
    let mut bytes = bytes.to_vec();
    match bytes[7] & 3 {
        1 => {
            let mut coupons: Vec<_> = bytes[12..].chunks(4).map(<[u8]>::to_vec).collect();
            coupons.sort_unstable();
            bytes.splice(12.., coupons.concat());
        }
        2 if bytes[FLAGS] & OUT_OF_ORDER != 0 && bytes[7] >> 2 == 2 => {
            bytes[6] = 0;
            bytes[32..36].fill(0);
        }
        _ => {}
    }
    bytes
}

/// KLL sorts its level 0, and frequent items stand by weight, in our bytes only: not so there.
#[test]
fn compact_hll_files_encode_to_the_same_bytes() {
    for Golden { file, bytes, .. } in compact_hll_files() {
        let again = HllSketch::decode(&bytes).unwrap().encode();
        assert!(same_bytes(&without_freedoms(&again), &without_freedoms(&bytes)), "{file}");
    }
}

/// The `lg_k` and n of `hll_hll<bits>_lgk<lg_k>_n<n>_…`, a sketch of the integers 0 to n.
fn stream_of(file: &str) -> Option<(HllType, u8, i64)> {
    let part = |prefix: &str| file.split('_').find_map(|part| part.strip_prefix(prefix));
    let hll_type = match part("hll4").or(part("hll6").map(|_| "6")).or(part("hll8").map(|_| "8"))? {
        "" => HllType::Hll4,
        "6" => HllType::Hll6,
        _ => HllType::Hll8,
    };
    Some((hll_type, part("lgk")?.parse().ok()?, part("n")?.parse().ok()?))
}

#[test]
fn the_same_integers_give_the_bytes_of_the_other_libraries() {
    let mut seen = 0;
    for Golden { file, bytes, .. } in compact_hll_files() {
        let Some((hll_type, lg_k, n)) = stream_of(&file) else { continue };
        let mut ours = HllSketch::new(lg_k, hll_type).unwrap();
        ours.update_ints(&(0..n).collect::<Vec<_>>());
        assert!(same_bytes(&ours.encode(), &bytes), "{file}");
        seen += 1;
    }
    assert!(seen > 100, "{seen} files");
}

#[test]
fn the_same_awkward_items_give_the_bytes_of_the_other_libraries() {
    let [mut doubles, mut texts, mut raw] =
        [(); 3].map(|()| HllSketch::new(12, HllType::Hll8).unwrap());
    let nan = f64::from_bits(0xFFF8_0000_0000_0001);
    let (inf, least) = (f64::INFINITY, f64::from_bits(1));
    doubles.update_floats(&[-0.0, 0.0, f64::NAN, nan, inf, -inf, least, f64::MAX, 0.1]);
    texts.update_strings(&StringSlices(&["", "日本語", "🜁"]));
    let x: Vec<_> = (1..=40).chain([1000]).map(|count| "x".repeat(count)).collect();
    texts.update_strings(&StringSlices(&x));
    (0..40).for_each(|i| raw.update(vec![255 - i; usize::from(i)].as_slice()));
    let mut seen = 0;
    for Golden { file, bytes, .. } in compact_hll_files() {
        let ours = match file.trim_end_matches("_cpp.sk").trim_end_matches("_java.sk") {
            "hll_awkward_doubles" => &doubles,
            "hll_awkward_strings" => &texts,
            "hll_awkward_bytes" => &raw,
            _ => continue,
        };
        assert!(same_bytes(&ours.encode(), &bytes), "{file}");
        seen += 1;
    }
    assert_eq!(seen, 5);
}

/// Decodes bytes that may be damaged, and uses what comes of them.
fn survive<S: Asked>(bytes: &[u8], probes: &[Value]) -> Result<(), Error> {
    let mut sketch = S::decode(bytes)?;
    sketch.answers(probes);
    let other = S::decode(&sketch.encode())?;
    assert!(other == sketch);
    // An honest refusal is fine: damaged bytes may claim more weight than can be doubled.
    let _ = sketch.merge(&other);
    sketch.answers(probes);
    Ok(())
}

struct Prefixes<'a>(&'a Golden);

impl Visit for Prefixes<'_> {
    type Output = ();
    fn visit<S: Asked + std::fmt::Debug>(self) {
        let Golden { file, bytes, .. } = self.0;
        let sketch = S::decode(bytes).unwrap();
        for length in 0..bytes.len() {
            // Free places at the end of an updatable form may go missing unnoticed; items may not.
            if let Ok(prefix) = S::decode(&bytes[..length]) {
                assert_eq!(prefix, sketch, "{file}: {length} bytes");
            }
        }
    }
}

#[test]
fn a_prefix_of_a_golden_file_is_an_error_or_the_whole_sketch() {
    golden_files().iter().for_each(|golden| with_kind(&golden.kind, Prefixes(golden)));
}

/// `SplitMix64`: the same changes in every run.
fn random(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB) >> 1
}

struct Damage<'a>(&'a Golden);

impl Visit for Damage<'_> {
    type Output = u64;
    /// How many of the damaged files were refused.
    fn visit<S: Asked + std::fmt::Debug>(self) -> u64 {
        let Golden { bytes, .. } = self.0;
        let (probes, mut state, mut refused) = (self.0.probes(), bytes.len() as u64, 0);
        for change in 0..RANDOM_CHANGES {
            let mut damaged = bytes.clone();
            // Every other change goes to the header, where the most can go wrong.
            let reach = if change % 2 == 0 { bytes.len() } else { bytes.len().min(40) };
            damaged[random(&mut state) as usize % reach] = random(&mut state) as u8;
            refused += u64::from(survive::<S>(&damaged, &probes).is_err());
        }
        refused
    }
}

#[test]
fn damaged_golden_files_never_panic() {
    let refused: u64 =
        golden_files().iter().map(|golden| with_kind(&golden.kind, Damage(golden))).sum();
    assert!(refused > 0);
}
