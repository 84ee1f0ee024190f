//! KLL sketches of integers.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| drypoint_sketches_fuzz::kll::<i64>(
    bytes,
    &7,
    |sketch| sketch.update_slice(&[-3; 100])
));
