//! Bytes that are a sketch by their form, and that no values give.
#![allow(missing_docs, clippy::unwrap_used)]

use drypoint_sketches::Sketch;
use drypoint_sketches::hll::HllSketch;
use proptest::prelude::*;

const OUT_OF_ORDER: u8 = 16;

/// `HLL_8` of these registers, 2^`lg_k` of them.
fn hll(registers: &[u8], flags: u8, hip: f64) -> Vec<u8> {
    let lg_k = registers.len().trailing_zeros() as u8;
    let mut bytes = vec![10, 1, 7, lg_k, 0, flags, 0, 2 | (2 << 2)];
    bytes.extend(hip.to_le_bytes());
    // The sums of the registers, how many are 0, and how many 4 bits cannot hold.
    bytes.extend([0; 24]);
    bytes.extend(registers);
    bytes
}

fn assert_ordered(sketch: &HllSketch) {
    for std_devs in 1..=3 {
        let answer = sketch.estimate_at(std_devs).unwrap();
        assert!(answer.lower <= answer.value && answer.value <= answer.upper, "{answer:?}");
    }
}

fn registers() -> impl Strategy<Value = Vec<u8>> {
    (4u32..=13, prop_oneof![0u8..=63, 1u8..=3]).prop_flat_map(|(lg_k, most)| {
        prop_oneof![Just(vec![most; 1 << lg_k]), prop::collection::vec(0..=most, 1 << lg_k)]
    })
}

proptest! {
    /// A register of 1 tells of at least one value: k of them are estimated at fewer than k.
    #[test]
    fn hll_bounds_hold_the_estimate_whatever_the_registers(
        registers in registers(), more in 0.0..1e300f64
    ) {
        let united = hll(&registers, OUT_OF_ORDER, 0.0);
        assert_ordered(&HllSketch::decode(&united).unwrap());
        let used = registers.iter().filter(|&&value| value > 0).count() as f64;
        let in_order = hll(&registers, 0, used + more);
        assert_ordered(&HllSketch::decode(&in_order).unwrap());
    }

    /// A HIP estimate grows by one or more whenever a register is first raised.
    #[test]
    fn an_hll_estimate_below_the_registers_in_use_is_refused_or_raised(
        registers in registers(), share in -1.0..1.0f64
    ) {
        let used = registers.iter().filter(|&&value| value > 0).count() as f64;
        if let Ok(sketch) = HllSketch::decode(&hll(&registers, 0, used * share)) {
            assert_ordered(&sketch);
        }
    }
}
