//! Frequent items sketches of integers.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| drypoint_sketches_fuzz::frequent::<i64>(bytes, &7));
