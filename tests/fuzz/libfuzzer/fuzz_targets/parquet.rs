//! `parquet`, as libFuzzer calls it.
#![no_main]

libfuzzer_sys::fuzz_target!(init: hjemmel_fuzz::quiet_libraries(), |data: &[u8]| hjemmel_fuzz::parquet(data));
