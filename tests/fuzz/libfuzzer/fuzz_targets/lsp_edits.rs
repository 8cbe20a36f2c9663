//! `lsp_edits`, as libFuzzer calls it.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| hjemmel_fuzz::lsp_edits(data));
