//! How long each sketch takes to be fed, merged, written and read. `cargo bench -p drypoint-benches`

#![allow(missing_docs, clippy::unwrap_used)] // criterion's macros; parameters are right

use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use drypoint_benches::streams::{Order, Stream};
use drypoint_sketches::frequent::FrequentItems;
use drypoint_sketches::hll::{HllSketch, HllType};
use drypoint_sketches::kll::{KllSketch, SearchCriteria};
use drypoint_sketches::{Sketch, StringSlices, Update};

const ROWS: u64 = 1 << 20;

/// A sketch that can be made and fed in one way.
struct Case<S, V> {
    name: &'static str,
    new: fn() -> S,
    values: Vec<V>,
    feed: fn(&mut S, &[V]),
}

impl<S: Sketch + Clone, V> Case<S, V> {
    /// Fed whole; fed in batches of 1,000; merged; encoded and decoded.
    fn run(&self, c: &mut Criterion) {
        let fed = |values: &[V]| {
            let mut sketch = (self.new)();
            (self.feed)(&mut sketch, values);
            sketch
        };
        let mut group = c.benchmark_group(self.name);
        group.sample_size(20);
        group.throughput(Throughput::Elements(self.values.len() as u64));
        group.bench_function("update, one slice", |b| b.iter(|| fed(black_box(&self.values))));
        group.bench_function("update, slices of 1,000", |b| {
            b.iter(|| {
                let mut sketch = (self.new)();
                for slice in black_box(&self.values).chunks(1000) {
                    (self.feed)(&mut sketch, slice);
                }
                sketch
            });
        });
        group.throughput(Throughput::Elements(1));
        let (whole, part) = (fed(&self.values), fed(&self.values[..10_000]));
        group.bench_function("merge 10,000 values", |b| {
            b.iter_batched_ref(
                || whole.clone(),
                |sketch| sketch.merge(black_box(&part)).unwrap(),
                BatchSize::SmallInput,
            );
        });
        let bytes = whole.encode();
        group.bench_function("encode", |b| b.iter(|| black_box(&whole).encode()));
        group.bench_function("decode", |b| b.iter(|| S::decode(black_box(&bytes)).unwrap()));
    }
}

fn stream(order: Order) -> impl Iterator<Item = u64> {
    let stream = Stream { n: ROWS, order, trial: 1 };
    (0..ROWS).map(move |i| stream.value(i))
}

fn hll(c: &mut Criterion) {
    Case {
        name: "HLL, i64",
        new: || HllSketch::new(12, HllType::Hll4).unwrap(),
        values: stream(Order::Random).map(|v| v as i64).collect(),
        feed: |sketch, values| sketch.update_ints(values),
    }
    .run(c);
    Case {
        name: "HLL, strings",
        new: || HllSketch::new(12, HllType::Hll4).unwrap(),
        values: stream(Order::Random).map(|v| format!("user_{v}")).collect(),
        feed: |sketch, values| sketch.update_strings(&StringSlices(values)),
    }
    .run(c);
}

fn kll(c: &mut Criterion) {
    let case = Case {
        name: "KLL, f64, k 200",
        new: || KllSketch::<f64>::new(200).unwrap(),
        values: stream(Order::Random).map(|v| v as f64).collect(),
        feed: KllSketch::update_slice,
    };
    case.run(c);
    let mut sketch = (case.new)();
    let mut next = case.values.iter().cycle();
    c.bench_function("KLL, f64, k 200/update, one value", |b| {
        b.iter(|| next.next().map(|value| sketch.update(value)));
    });
    c.bench_function("KLL, f64, k 200/seven quantiles", |b| {
        b.iter(|| {
            sketch.quantiles(&[0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99], SearchCriteria::Inclusive)
        });
    });
}

fn frequent(c: &mut Criterion) {
    Case {
        name: "frequent items, i64, zipf",
        new: || FrequentItems::<i64>::new(10).unwrap(),
        values: stream(Order::Zipf).map(|v| v as i64).collect(),
        feed: FrequentItems::update_slice,
    }
    .run(c);
}

criterion_group!(benches, hll, kll, frequent);
criterion_main!(benches);
