//! Everything that writes files: killed and failing at every call in turn, on a disk that is full, two at a time, and
//! to places where nothing may be written.
//!
//! What needs strace or to mount a disk is ignored by `cargo test`; `tests/writing/ladder` runs all of it. What is
//! counted is printed as `FIGURE;goal;what;number`. `HJEMMEL_WRITING=all` is the size of a night.

#![cfg(target_os = "linux")]
#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops at what it does not expect, in its helpers too"
)]

mod disk;
mod failing;
mod figures;
mod killed;
mod memory;
mod order;
mod scenario;
mod strace;
mod targets;
mod together;
mod world;

/// Whether all is tried, or the share of it that every change has.
fn all() -> bool {
    std::env::var("HJEMMEL_WRITING").is_ok_and(|size| size == "all")
}
