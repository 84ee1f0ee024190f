//! What every sketch answers, as JSON under the names of the golden files.

use std::borrow::Borrow;
use std::path::PathBuf;

use drypoint_sketches::frequent::{ErrorType, FrequentItem, FrequentItems, Row};
use drypoint_sketches::hll::{HllSketch, HllType};
use drypoint_sketches::kll::SearchCriteria::{Exclusive, Inclusive};
use drypoint_sketches::kll::{KllItem, KllSketch, normalized_pmf_error, normalized_rank_error};
use drypoint_sketches::{Error, Estimate, Sketch};
use serde_json::{Value, json};

/// The ranks at which quantiles are asked for.
pub const RANKS: [f64; 7] = [0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99];

/// The project's own folder.
#[allow(dead_code)] // not every user of this module has files
pub fn project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A sketch of any kind, and items to ask it about.
pub trait Asked: Sketch {
    /// The answers; `probes` are items of the golden files, as JSON.
    fn answers(&self, probes: &[Value]) -> Value;
}

/// Does the same with a sketch of every kind.
#[allow(dead_code)] // not every user of this module decodes
pub trait Visit {
    /// What comes of it.
    type Output;
    /// Does it with one kind.
    fn visit<S: Asked + std::fmt::Debug>(self) -> Self::Output;
}

/// Visits the type of sketch that `kind` names.
#[allow(dead_code)] // not every user of this module decodes
pub fn with_kind<V: Visit>(kind: &str, visit: V) -> V::Output {
    match kind {
        "hll" => visit.visit::<HllSketch>(),
        "kll_f64" => visit.visit::<KllSketch<f64>>(),
        "kll_f32" => visit.visit::<KllSketch<f32>>(),
        "kll_i64" => visit.visit::<KllSketch<i64>>(),
        "kll_string" => visit.visit::<KllSketch<String>>(),
        "frequent_i64" => visit.visit::<FrequentItems<i64>>(),
        "frequent_string" => visit.visit::<FrequentItems<String>>(),
        other => panic!("no such kind: {other}"),
    }
}

impl Asked for HllSketch {
    fn answers(&self, _: &[Value]) -> Value {
        let at = |std_devs| self.estimate_at(std_devs).expect("1 to 3");
        let hll_type = match self.hll_type() {
            HllType::Hll4 => 4,
            HllType::Hll6 => 6,
            HllType::Hll8 => 8,
        };
        json!({
            "lg_k": self.lg_k(),
            "type": hll_type,
            "estimate": at(1).value,
            "lower": [at(1).lower, at(2).lower, at(3).lower],
            "upper": [at(1).upper, at(2).upper, at(3).upper],
        })
    }
}

/// An item as the golden files write it.
pub trait Json {
    /// The item as JSON.
    fn json(&self) -> Value;
    /// The item of some JSON.
    fn of(json: &Value) -> Self;
}

impl Json for f64 {
    /// JSON has no infinite numbers: they are the strings that name them.
    fn json(&self) -> Value {
        match *self {
            f64::INFINITY => json!("Infinity"),
            f64::NEG_INFINITY => json!("-Infinity"),
            finite => json!(finite),
        }
    }

    fn of(json: &Value) -> f64 {
        let named = || json.as_str().and_then(|name| name.parse().ok());
        json.as_f64().or_else(named).expect("a number")
    }
}

impl Json for f32 {
    /// Widened, as the other writers do: its own digits would be another double.
    fn json(&self) -> Value {
        f64::from(*self).json()
    }

    fn of(json: &Value) -> f32 {
        f64::of(json) as f32
    }
}

impl Json for i64 {
    fn json(&self) -> Value {
        json!(self)
    }

    fn of(json: &Value) -> i64 {
        json.as_i64().expect("an integer")
    }
}

impl Json for String {
    fn json(&self) -> Value {
        json!(self)
    }

    fn of(json: &Value) -> String {
        json.as_str().expect("a string").to_owned()
    }
}

/// Shares are asked for between the first of the probes, which ascend.
const SPLITS: usize = 4;

impl<T: KllItem + Json + Borrow<T::Ref>> Asked for KllSketch<T> {
    fn answers(&self, probes: &[Value]) -> Value {
        let (Some(least), Some(most)) = (self.min(), self.max()) else {
            return json!({ "k": self.k(), "n": self.n(), "min": null, "max": null });
        };
        let items: Vec<T> = probes.iter().map(T::of).collect();
        let items: Vec<&T::Ref> = items.iter().map(Borrow::borrow).collect();
        let splits = &items[..SPLITS.min(items.len())];
        let quantiles = |criteria| {
            let found = self.quantiles(&RANKS, criteria).expect("ranks").expect("not empty");
            found.iter().map(|estimate| estimate.value.json()).collect::<Vec<_>>()
        };
        let ranks = |criteria| values(self.ranks(&items, criteria));
        let cdf = |criteria| values(self.cdf(splits, criteria));
        let pmf = |criteria| values(self.pmf(splits, criteria));
        json!({
            "k": self.k(),
            "n": self.n(),
            "min": least.json(),
            "max": most.json(),
            "quantiles_inclusive": quantiles(Inclusive),
            "quantiles_exclusive": quantiles(Exclusive),
            "probes": probes,
            "ranks_inclusive": ranks(Inclusive),
            "ranks_exclusive": ranks(Exclusive),
            "rank_error": normalized_rank_error(self.min_k()),
            "pmf_error": normalized_pmf_error(self.min_k()),
            "cdf_inclusive": cdf(Inclusive),
            "cdf_exclusive": cdf(Exclusive),
            "pmf_inclusive": pmf(Inclusive),
            "pmf_exclusive": pmf(Exclusive),
        })
    }
}

fn values(shares: Result<Option<Vec<Estimate>>, Error>) -> Vec<f64> {
    let shares = shares.expect("in order, no NaN").expect("not empty");
    shares.iter().map(|share| share.value).collect()
}

impl Asked for FrequentItems<i64> {
    fn answers(&self, probes: &[Value]) -> Value {
        let item = |probe: &Value| self.estimate(&probe.as_i64().expect("an integer"));
        frequent_answers(self, probes, item)
    }
}

impl Asked for FrequentItems<String> {
    fn answers(&self, probes: &[Value]) -> Value {
        let item = |probe: &Value| self.estimate(probe.as_str().expect("a string"));
        frequent_answers(self, probes, item)
    }
}

fn frequent_answers<T: FrequentItem + Json>(
    sketch: &FrequentItems<T>,
    probes: &[Value],
    estimate: impl Fn(&Value) -> Estimate<u64>,
) -> Value {
    let row =
        |item: Value, count: Estimate<u64>| json!([item, count.value, count.lower, count.upper]);
    let list = |kind| {
        let rows = sketch.frequent(kind, sketch.max_error());
        rows.iter().map(|Row { item, count }| row(item.json(), *count)).collect::<Vec<_>>()
    };
    json!({
        "total": sketch.total_weight(),
        "max_error": sketch.max_error(),
        "active": sketch.active(),
        "items": probes.iter().map(|probe| row(probe.clone(), estimate(probe))).collect::<Vec<_>>(),
        "no_false_positives": list(ErrorType::NoFalsePositives),
        "no_false_negatives": list(ErrorType::NoFalseNegatives),
    })
}
