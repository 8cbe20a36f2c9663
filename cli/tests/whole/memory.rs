//! How much memory a process holds.

use std::fs;

/// A line of the kernel's account of a process, in KiB.
pub(crate) fn status(process: u32, line: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|each| each.strip_prefix(line));
    let number = line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok());
    number.unwrap_or(0)
}

/// The same of a process and those that it started, on whichever thread, whichever has most.
pub(crate) fn most(process: u32, line: &str) -> u64 {
    let threads = fs::read_dir(format!("/proc/{process}/task"));
    let threads = threads.into_iter().flatten().flatten();
    let started = threads.filter_map(|it| fs::read_to_string(it.path().join("children")).ok());
    let started: Vec<String> = started.collect();
    let started = started.iter().flat_map(|it| it.split_whitespace());
    let each = std::iter::once(process).chain(started.filter_map(|it| it.parse().ok()));
    each.map(|process| status(process, line)).max().unwrap_or(0)
}

/// What is resident, in KiB.
pub(crate) fn resident(process: u32) -> u64 {
    status(process, "VmRSS")
}

/// The middle one.
pub(crate) fn median(samples: &[u64]) -> u64 {
    let mut sorted = samples.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len() / 2).copied().unwrap_or(0)
}

/// A ratio with two decimals, for a figure.
pub(crate) fn ratio(one: u64, other: u64) -> String {
    let hundredths = (one * 100).div_ceil(other.max(1));
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}
