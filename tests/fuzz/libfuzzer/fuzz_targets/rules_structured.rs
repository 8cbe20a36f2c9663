//! `rules_structured`, as libFuzzer calls it.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| hjemmel_fuzz::rules_structured(data));
