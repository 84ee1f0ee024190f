//! KLL sketches of doubles.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| drypoint_sketches_fuzz::kll::<f64>(
    bytes,
    &1.5,
    |sketch| sketch.update_slice(&[0.25; 100])
));
