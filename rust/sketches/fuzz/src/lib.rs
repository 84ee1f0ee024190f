//! What every target does with its bytes: decode them, and use whatever comes of it.

use std::fmt::Debug;

use drypoint_sketches::frequent::{ErrorType, FrequentItem, FrequentItems};
use drypoint_sketches::hll::HllSketch;
use drypoint_sketches::kll::SearchCriteria::{Exclusive, Inclusive};
use drypoint_sketches::kll::{KllItem, KllSketch};
use drypoint_sketches::{Sketch, Update};

/// Decodes a sketch, and checks that it comes back from its own bytes, which are within their bound.
fn decoded<S: Sketch + Debug>(bytes: &[u8]) -> Option<S> {
    let sketch = S::decode(bytes).ok()?;
    came_back(&sketch);
    Some(sketch)
}

fn came_back<S: Sketch + Debug>(sketch: &S) {
    let encoded = sketch.encode();
    assert!(encoded.len() <= sketch.byte_bound());
    assert_eq!(S::decode(&encoded).as_ref(), Ok(sketch));
}

/// Merges a sketch with itself, which may be refused if it holds too much already.
fn doubled<S: Sketch + Debug>(sketch: &mut S) {
    let same = sketch.clone();
    if sketch.merge(&same).is_err() {
        assert_eq!(*sketch, same);
    }
    came_back(sketch);
}

/// One target: an HLL sketch.
pub fn hll(bytes: &[u8]) {
    let Some(mut sketch) = decoded::<HllSketch>(bytes) else { return };
    let ask = |sketch: &HllSketch| {
        for std_devs in 1..=3 {
            let answer = sketch.estimate_at(std_devs).unwrap();
            assert!(answer.lower <= answer.value && answer.value <= answer.upper, "{answer:?}");
        }
    };
    ask(&sketch);
    sketch.update_ints(&[1i64, 2, 3]);
    sketch.update("a");
    came_back(&sketch);
    ask(&sketch);
    doubled(&mut sketch);
    ask(&sketch);
}

/// One target: a KLL sketch, an item to ask it about, and an update.
pub fn kll<T: KllItem>(bytes: &[u8], item: &T::Ref, update: impl Fn(&mut KllSketch<T>)) {
    let Some(mut sketch) = decoded::<KllSketch<T>>(bytes) else { return };
    let ask = |sketch: &KllSketch<T>| {
        for criteria in [Inclusive, Exclusive] {
            let quantiles = sketch.quantiles(&[0.0, 0.3, 1.0], criteria).unwrap();
            assert_eq!(quantiles.is_none(), sketch.is_empty());
            if let Some(rank) = sketch.rank(item, criteria).unwrap() {
                assert!((0.0..=1.0).contains(&rank.value), "{rank:?}");
            }
            sketch.cdf(&[item], criteria).unwrap();
            sketch.pmf(&[item], criteria).unwrap();
        }
    };
    ask(&sketch);
    // A sketch that claims to be nearly full has no room for more single items than can ever come.
    if sketch.n() < 1 << 62 {
        update(&mut sketch);
        sketch.update(item);
    }
    let _ = sketch.update_weighted(item, 5);
    came_back(&sketch);
    doubled(&mut sketch);
    ask(&sketch);
}

/// One target: a frequent items sketch, and an item to ask it about.
pub fn frequent<T: FrequentItem>(bytes: &[u8], item: &T::Ref)
where
    FrequentItems<T>: Update<T::Ref>,
{
    let Some(mut sketch) = decoded::<FrequentItems<T>>(bytes) else { return };
    let ask = |sketch: &FrequentItems<T>| {
        let count = sketch.estimate(item);
        assert!(count.lower <= count.value && count.value <= count.upper, "{count:?}");
        let certain = sketch.frequent(ErrorType::NoFalsePositives, sketch.max_error());
        let possible = sketch.frequent(ErrorType::NoFalseNegatives, sketch.max_error());
        assert!(certain.len() <= possible.len() && possible.len() <= sketch.active());
        assert!(sketch.top(3).len() <= 3);
    };
    ask(&sketch);
    sketch.update(item);
    let _ = sketch.update_weighted(item, 5);
    came_back(&sketch);
    ask(&sketch);
    doubled(&mut sketch);
    ask(&sketch);
}
