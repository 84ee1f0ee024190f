//! Frequent items sketches of strings.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| drypoint_sketches_fuzz::frequent::<String>(bytes, "a"));
