//! KLL sketches of strings.
#![no_main]

use drypoint_sketches::Update;
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| drypoint_sketches_fuzz::kll::<String>(
    bytes,
    "b",
    |sketch| sketch.update("a")
));
