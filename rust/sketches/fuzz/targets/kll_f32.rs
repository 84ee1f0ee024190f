//! KLL sketches of floats.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| drypoint_sketches_fuzz::kll::<f32>(
    bytes,
    &1.5,
    |sketch| sketch.update_slice(&[0.25; 100])
));
