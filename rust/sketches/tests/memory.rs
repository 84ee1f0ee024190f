//! Decoding needs memory in proportion to what arrived, whatever the bytes claim. Alone in this
//! file: what is measured is the process.
#![cfg(target_os = "linux")]
#![allow(missing_docs, clippy::unwrap_used)]

use std::fs;

use drypoint_sketches::frequent::FrequentItems;
use drypoint_sketches::hll::{HllSketch, HllType};
use drypoint_sketches::kll::KllSketch;
use drypoint_sketches::{Sketch, StringSlices};

/// Bytes of the header and of what comes next, where counts and lengths stand.
const COUNTS: usize = 256;
/// What may be used. The sketches are of at most 16 KiB, and are decoded one by one.
const MOST_USED: u64 = 16 << 20;
/// What may be asked for: a thread's allocator reserves 64 MiB of addresses, and 64 more for a moment.
const MOST_ASKED: u64 = 128 << 20;
const CLAIMS: [[u8; 4]; 5] = [[0xFF; 4], [0xFF, 0xFF, 0xFF, 0x7F], [0, 0, 0, 1], [21; 4], [26; 4]];

/// A line of what the system knows about this process, in bytes.
fn status(name: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() << 10
}

/// Decodes the bytes with each claim in each place of the first, whole and cut short.
fn decode_claims<S: Sketch>(bytes: &[u8]) {
    for at in 0..bytes.len().min(COUNTS).saturating_sub(4) {
        for claim in CLAIMS {
            for width in [1, 4] {
                let mut changed = bytes.to_vec();
                changed[at..at + width].copy_from_slice(&claim[..width]);
                drop(S::decode(&changed));
                drop(S::decode(&changed[..changed.len() / 2]));
            }
        }
    }
}

fn hlls() -> impl Iterator<Item = Vec<u8>> {
    let types = [HllType::Hll4, HllType::Hll6, HllType::Hll8];
    let of = |hll_type, n: i64| {
        let mut sketch = HllSketch::new(10, hll_type).unwrap();
        sketch.update_ints(&(0..n).collect::<Vec<_>>());
        sketch.encode()
    };
    types.into_iter().flat_map(move |hll_type| [0, 5, 50, 5000].map(|n| of(hll_type, n)))
}

#[test]
fn claims_of_more_than_arrived_take_no_memory() {
    let numbers: Vec<i64> = (0..5000).collect();
    let texts: Vec<String> = numbers.iter().map(|i| format!("user_{i}")).collect();
    let mut quantiles = KllSketch::<i64>::new(200).unwrap();
    quantiles.update_slice(&numbers);
    let mut ordered = KllSketch::<String>::new(200).unwrap();
    ordered.update_strings(&StringSlices(&texts)).unwrap();
    let mut frequent = FrequentItems::<i64>::new(8).unwrap();
    frequent.update_slice(&numbers);
    let mut named = FrequentItems::<String>::new(8).unwrap();
    named.update_strings(&StringSlices(&texts)).unwrap();

    let (resident, addresses) = (status("VmHWM"), status("VmSize"));
    hlls().for_each(|bytes| decode_claims::<HllSketch>(&bytes));
    decode_claims::<KllSketch<i64>>(&quantiles.encode());
    decode_claims::<KllSketch<String>>(&ordered.encode());
    decode_claims::<FrequentItems<i64>>(&frequent.encode());
    decode_claims::<FrequentItems<String>>(&named.encode());
    let (used, asked) = (status("VmHWM") - resident, status("VmPeak") - addresses);
    assert!(used <= MOST_USED, "used {used} bytes");
    assert!(asked <= MOST_ASKED, "asked for {asked} bytes");
}
