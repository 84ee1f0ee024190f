//! Measures the errors of every sketch and prints them as CSV: sketch, way, parameter, order, n,
//! trials, error at 99 % (the largest of fewer than 100), its published bound.
//!
//! `accuracy [--quick] [WAY]`, as "trimmed"; without one all are measured.

#![allow(clippy::print_stdout, clippy::unwrap_used)] // a program that prints; its parameters are right

use drypoint_benches::streams::{CHUNK, Order, Stream};
use drypoint_sketches::Sketch;
use drypoint_sketches::frequent::FrequentItems;
use drypoint_sketches::hll::{HllSketch, HllType};
use drypoint_sketches::kll::{KllSketch, SearchCriteria, normalized_rank_error};
use rayon::prelude::*;

/// Two-sided quantile of the normal law at 99 %.
const NORMAL_99: f64 = 2.5758;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let quick = arguments.iter().any(|argument| argument == "--quick");
    let only = arguments.iter().find(|argument| *argument != "--quick").map(String::as_str);
    println!("sketch,way,parameter,order,n,trials,error,bound");
    let decades = if quick { 6 } else { 9 };
    for n in (0..decades).map(|power| 10u64.pow(power)) {
        for order in Order::ALL {
            measure(n, order, quick, only);
        }
    }
}

/// Rows that each of `parts` sketches takes in turn: all of them come to see some.
fn piece(n: u64, parts: u64) -> usize {
    (n.div_ceil(parts) as usize).min(CHUNK)
}

/// Fewer trials of what takes long.
fn trials(n: u64, quick: bool) -> u64 {
    let full = match n {
        0..=100_000 => 1000,
        100_001..=1_000_000 => 200,
        1_000_001..=10_000_000 => 50,
        _ => 10,
    };
    if quick { (full / 50).max(2) } else { full }
}

fn measure(n: u64, order: Order, quick: bool, only: Option<&str>) {
    let wanted = |way| only.is_none_or(|only| only == way);
    let trials = trials(n, quick);
    let streams = |trial| Stream { n, order, trial: trial + 1 };
    // A quantile of 99 % of few trials is far off itself; those of HLL are cheap.
    let many = if n > 1_000_000 { trials } else { 10 * trials };
    let shift = |trial: u64| (trial ^ (n << 20)).wrapping_mul(0x9e37_79b9_7f4a_7c15) as i64;
    for (way, parts, factor) in [("in order", 1, 0.832_554_6), ("merged from 10", 10, 1.038_96)] {
        if !wanted(way) {
            continue;
        }
        report(
            ["HLL", way, "lg_k 12"],
            order,
            n,
            NORMAL_99 * factor / 64.0,
            &errors(many, |trial| hll_error(streams(trial), shift(trial + 1), parts)),
        );
    }
    for k in [200u16, 512] {
        let name = format!("k {k}");
        for (way, cut, parts) in [
            ("slices", CHUNK, 1),
            ("trimmed", CHUNK, 1),
            ("rows of 1000", 1000, 1),
            ("merged from 10", piece(n, 10), 10),
            ("merged from 1000", piece(n, 1000), 1000),
        ] {
            if !wanted(way) || !matches!(way, "slices" | "trimmed") && n > 1_000_000 {
                continue;
            }
            report(
                ["KLL", way, &name],
                order,
                n,
                normalized_rank_error(k),
                &errors(trials, |trial| {
                    let sketch = kll_sketch(streams(trial), k, trial, cut, parts);
                    let sketch = if way == "trimmed" { sketch.trimmed() } else { sketch };
                    kll_error(streams(trial), &sketch)
                }),
            );
        }
    }
    if !wanted("slices") {
        return;
    }
    report(
        ["frequent items", "slices", "lg_max 10"],
        order,
        n,
        3.5 / 1024.0,
        &errors(trials.min(40), |trial| frequent_error(streams(trial))),
    );
}

/// The errors of all trials, ascending.
fn errors(trials: u64, error: impl Fn(u64) -> f64 + Send + Sync) -> Vec<f64> {
    let mut all: Vec<f64> = (0..trials).into_par_iter().map(error).collect();
    all.sort_unstable_by(f64::total_cmp);
    all
}

fn report([sketch, way, parameter]: [&str; 3], order: Order, n: u64, bound: f64, errors: &[f64]) {
    let trials = errors.len();
    let error = errors[(trials * 99).div_ceil(100) - 1];
    println!("{sketch},{way},{parameter},{},{n},{trials},{error:.6},{bound:.6}", order.name());
}

/// Relative error of the distinct count: values are shifted, so that each trial has its own hashes.
fn hll_error(stream: Stream, shift: i64, parts: u64) -> f64 {
    let new = || HllSketch::new(12, HllType::Hll4).unwrap();
    let mut sketches: Vec<HllSketch> = (0..parts).map(|_| new()).collect();
    let mut at = 0;
    stream.chunks(|values| {
        let shifted: Vec<i64> = values.iter().map(|&v| shift.wrapping_add(v as i64)).collect();
        for piece in shifted.chunks(piece(stream.n, parts)) {
            sketches[(at % parts) as usize].update_ints(piece);
            at += 1;
        }
    });
    let mut merged = sketches.swap_remove(0);
    for sketch in &sketches {
        merged.merge(sketch).unwrap();
    }
    (merged.estimate().value / stream.distinct() as f64 - 1.0).abs()
}

fn kll_sketch(stream: Stream, k: u16, seed: u64, cut: usize, parts: u64) -> KllSketch<f64> {
    let new = |part| KllSketch::<f64>::with_seed(k, seed * parts + part).unwrap();
    let mut sketches: Vec<KllSketch<f64>> = (0..parts).map(new).collect();
    let mut at = 0;
    stream.chunks(|values| {
        let values: Vec<f64> = values.iter().map(|&v| v as f64).collect();
        for piece in values.chunks(cut) {
            sketches[(at % parts) as usize].update_slice(piece);
            at += 1;
        }
    });
    let mut merged = sketches.swap_remove(0);
    merged.merge_all(&sketches.iter().collect::<Vec<_>>()).unwrap();
    merged
}

/// The largest error of the rank of any of up to 500 values.
fn kll_error(stream: Stream, sketch: &KllSketch<f64>) -> f64 {
    let count = stream.n.min(500);
    let points: Vec<u64> = (0..count).map(|i| i * stream.n / count).collect();
    let asked: Vec<f64> = points.iter().map(|&point| point as f64).collect();
    let found = sketch.ranks(&asked.iter().collect::<Vec<_>>(), SearchCriteria::Inclusive);
    let found = found.unwrap().unwrap();
    let truth = stream.ranks(&points);
    let apart = |(rank, truth): (&drypoint_sketches::Estimate, &u64)| {
        (rank.value - *truth as f64 / stream.n as f64).abs()
    };
    found.iter().zip(&truth).map(apart).fold(0.0, f64::max)
}

/// The largest error that the sketch allows for, as a share of n; it is never exceeded.
fn frequent_error(stream: Stream) -> f64 {
    let mut sketch = FrequentItems::<i64>::new(10).unwrap();
    stream.chunks(|values| {
        sketch.update_slice(&values.iter().map(|&v| v as i64).collect::<Vec<_>>());
    });
    sketch.max_error() as f64 / stream.n as f64
}
