//! Writes sketches of every family, type and mode into a folder, for other libraries to read, and
//! `answers.json`: the kind and the answers of each.
//!
//! `cargo run --release -p drypoint-sketches --example write_sketches -- DIR`
#![allow(unreachable_pub, clippy::expect_used)] // an example that fails says where

#[path = "../tests/common/mod.rs"]
mod common;

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use common::{Asked, RANKS};
use drypoint_sketches::frequent::FrequentItems;
use drypoint_sketches::hll::{HllSketch, HllType};
use drypoint_sketches::kll::{KllItem, KllSketch, SearchCriteria::Inclusive};
use drypoint_sketches::{Error, Sketch, StringSlices, Update};
use serde_json::{Map, Value, json};

const SIZES: [i64; 7] = [0, 1, 7, 100, 1000, 100_000, 1_000_000];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = env::args_os().nth(1).ok_or("name a folder to write into")?;
    let mut writer = Writer { folder: PathBuf::from(folder), answers: Map::new() };
    fs::create_dir_all(&writer.folder)?;
    hll_sketches(&mut writer)?;
    kll_sketches(&mut writer)?;
    frequent_sketches(&mut writer)?;
    writer.finish()?;
    Ok(())
}

struct Writer {
    folder: PathBuf,
    answers: Map<String, Value>,
}

impl Writer {
    fn save<S: Asked>(
        &mut self,
        kind: &str,
        name: &str,
        sketch: &S,
        probes: &[Value],
    ) -> io::Result<()> {
        let file = format!("{kind}_{name}.sk");
        fs::write(self.folder.join(Path::new(&file)), sketch.encode())?;
        let about = json!({ "kind": kind, "answers": sketch.answers(probes) });
        self.answers.insert(file, about);
        Ok(())
    }

    fn finish(self) -> io::Result<()> {
        fs::write(self.folder.join("answers.json"), Value::Object(self.answers).to_string())
    }
}

fn texts(count: i64) -> Vec<String> {
    (0..count).map(|i| format!("user_{i}")).collect()
}

fn hll_sketches(writer: &mut Writer) -> Result<(), Box<dyn std::error::Error>> {
    for (name, hll_type) in
        [("hll4", HllType::Hll4), ("hll6", HllType::Hll6), ("hll8", HllType::Hll8)]
    {
        for lg_k in [4, 8, 12] {
            for n in SIZES {
                let mut sketch = HllSketch::new(lg_k, hll_type)?;
                sketch.update_ints(&(0..n).collect::<Vec<_>>());
                writer.save("hll", &format!("{name}_lgk{lg_k}_n{n}"), &sketch, &[])?;
            }
            let mut union = HllSketch::new(lg_k, hll_type)?;
            union.update_ints(&(0..10_000).collect::<Vec<i64>>());
            let mut other = HllSketch::new(12, hll_type)?;
            other.update_ints(&(5000..15_000).collect::<Vec<i64>>());
            union.merge(&other)?;
            writer.save("hll", &format!("{name}_lgk{lg_k}_merged"), &union, &[])?;
        }
    }
    let mut floats = HllSketch::new(12, HllType::Hll8)?;
    floats.update_floats(&(0..2000).map(|i| f64::from(i) + 0.5).collect::<Vec<_>>());
    writer.save("hll", "floats", &floats, &[])?;
    let mut strings = HllSketch::new(12, HllType::Hll8)?;
    strings.update_strings(&StringSlices(&texts(2000)));
    writer.save("hll", "strings", &strings, &[])?;
    Ok(())
}

/// Items that may be outside, and then the quantiles, as those who read will ask.
fn probes<T: KllItem + common::Json>(sketch: &KllSketch<T>, outside: &Value) -> Vec<Value> {
    let found = sketch.quantiles(&RANKS, Inclusive).expect("ranks").unwrap_or_default();
    let outside = outside.as_array().cloned().unwrap_or_default();
    outside.into_iter().chain(found.iter().map(|estimate| estimate.value.json())).collect()
}

/// Sketches of all sizes, and two merged.
fn kll_of<T>(
    writer: &mut Writer,
    kind: &str,
    outside: &Value,
    fill: impl Fn(&mut KllSketch<T>, i64, i64) -> Result<(), Error>,
) -> Result<(), Box<dyn std::error::Error>>
where
    T: KllItem + common::Json,
    KllSketch<T>: Asked,
{
    for n in SIZES {
        let mut sketch = KllSketch::new(200)?;
        fill(&mut sketch, 0, n)?;
        writer.save(kind, &format!("n{n}"), &sketch, &probes(&sketch, outside))?;
    }
    let (mut sketch, mut other) = (KllSketch::new(200)?, KllSketch::new(40)?);
    fill(&mut sketch, 0, 50_000)?;
    fill(&mut other, 50_000, 100_000)?;
    sketch.merge(&other)?;
    Ok(writer.save(kind, "merged", &sketch, &probes(&sketch, outside))?)
}

fn kll_sketches(writer: &mut Writer) -> Result<(), Box<dyn std::error::Error>> {
    let numbers = json!([-1.0, 0.5, 12345.5, 1e9]);
    kll_of::<f64>(writer, "kll_f64", &numbers, |sketch, begin, end| {
        sketch.update_slice(&(begin..end).map(|i| i as f64 / 4.0).collect::<Vec<_>>());
        Ok(())
    })?;
    kll_of::<f32>(writer, "kll_f32", &numbers, |sketch, begin, end| {
        sketch.update_slice(&(begin..end).map(|i| i as f32 / 4.0).collect::<Vec<_>>());
        Ok(())
    })?;
    let integers = json!([-1, 0, 12345, 1_000_000_000]);
    kll_of::<i64>(writer, "kll_i64", &integers, |sketch, begin, end| {
        sketch.update_slice(&(begin..end).map(|i| i - 10).collect::<Vec<_>>());
        Ok(())
    })?;
    let strings = json!(["", "A", "user_5", "zz"]);
    kll_of::<String>(writer, "kll_string", &strings, |sketch, begin, end| {
        let texts: Vec<String> = (begin..end).map(|i| format!("user_{i}")).collect();
        sketch.update_strings(&StringSlices(&texts))
    })
}

/// A few heavy items among many light ones.
fn skewed(n: i64) -> Vec<i64> {
    (0..n).map(|i| if i % 3 == 0 { i % 21 / 3 } else { i }).collect()
}

fn frequent_sketches(writer: &mut Writer) -> Result<(), Box<dyn std::error::Error>> {
    let integers = [json!(-1), json!(0), json!(1), json!(7), json!(1_000_000)];
    let strings = ["absent", "user_0", "user_1", "user_7", "日本語"].map(Value::from);
    for n in SIZES {
        let mut sketch = FrequentItems::<i64>::new(8)?;
        sketch.update_slice(&skewed(n));
        writer.save("frequent_i64", &format!("n{n}"), &sketch, &integers)?;
        let mut sketch = FrequentItems::<String>::new(8)?;
        let texts: Vec<String> = skewed(n).iter().map(|i| format!("user_{i}")).collect();
        sketch.update_strings(&StringSlices(&texts))?;
        sketch.update_weighted("日本語", n as u64)?;
        writer.save("frequent_string", &format!("n{n}"), &sketch, &strings)?;
    }
    let (mut sketch, mut other) = (FrequentItems::<i64>::new(10)?, FrequentItems::<i64>::new(6)?);
    sketch.update_slice(&skewed(10_000));
    other.update_weighted(&7, 1000)?;
    other.update_slice(&skewed(1000));
    sketch.merge(&other)?;
    writer.save("frequent_i64", "merged", &sketch, &integers)?;
    Ok(())
}
