//! HLL sketches.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| drypoint_sketches_fuzz::hll(bytes));
