//! What one implementation costs in a process of its own: load and evaluation apart, CPU and wall
//! time as medians, and the peak of memory.

use std::fmt;
use std::hint::black_box;
use std::time::Instant;

/// A sample of the evaluation repeats it until so many nanoseconds have gone.
const SAMPLE: u64 = 150_000_000;

/// Nanoseconds of one thing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// Of the processors, by all threads.
    pub cpu: u64,
    /// On the wall.
    pub wall: u64,
}

/// What a process found, and the line in which it says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measured {
    /// Reading the files.
    pub load: Cost,
    /// Answering.
    pub evaluation: Cost,
    /// The most memory that was in use after the first load and answer, in KiB.
    pub peak_kib: u64,
}

impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            load,
            evaluation,
            peak_kib,
        } = self;
        let (one, other) = (load, evaluation);
        write!(
            f,
            "measured {} {} {} {} {peak_kib}",
            one.cpu, one.wall, other.cpu, other.wall
        )
    }
}

impl Measured {
    /// From the line, which is the last of what the process says.
    #[must_use]
    pub fn parse(said: &str) -> Option<Self> {
        let mut words = said.lines().last()?.strip_prefix("measured ")?.split(' ');
        let mut next = || words.next()?.parse().ok();
        Some(Self {
            load: Cost {
                cpu: next()?,
                wall: next()?,
            },
            evaluation: Cost {
                cpu: next()?,
                wall: next()?,
            },
            peak_kib: next()?,
        })
    }
}

/// What a process cost from its start to its counts, and the line in which it says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Whole {
    /// Of the process: CPU as it tells itself when it has answered, wall as one sees that waits for it.
    pub cost: Cost,
    /// The most memory that was in use, in KiB.
    pub peak_kib: u64,
}

impl Whole {
    /// The line for a process that has done its work: its CPU time and its peak of memory.
    #[must_use]
    pub fn line() -> String {
        format!("whole {} {}", cpu(), peak_kib())
    }

    /// The CPU time and the peak of memory from the line, the last of what the process says.
    #[must_use]
    pub fn parse(said: &str) -> Option<(u64, u64)> {
        let line = said.lines().last()?.strip_prefix("whole ")?;
        let (cpu, peak) = line.split_once(' ')?;
        Some((cpu.parse().ok()?, peak.parse().ok()?))
    }

    /// The medians of several, each number by itself.
    #[must_use]
    pub fn median(all: &[Self]) -> Self {
        let costs: Vec<Cost> = all.iter().map(|it| it.cost).collect();
        Self {
            cost: median(&costs),
            peak_kib: middle(all.iter().map(|it| it.peak_kib)),
        }
    }
}

/// Loads and answers so many times. Gives the costs and the answer, or what went wrong.
///
/// # Errors
///
/// What loading or answering gives.
pub fn measure<L, A, E>(
    runs: usize,
    mut load: impl FnMut() -> Result<L, E>,
    mut answer: impl FnMut(&L) -> Result<A, E>,
) -> Result<(Measured, A), E> {
    let (mut loaded, first) = timed(&mut load);
    let mut input = loaded?;
    let (answered, cost) = timed(|| answer(&input));
    let given = answered?;
    let peak_kib = peak_kib();
    let (mut loads, mut evaluations) = (vec![first], Vec::new());
    while loads.len() < runs {
        drop(input);
        let cost;
        (loaded, cost) = timed(&mut load);
        input = loaded?;
        loads.push(cost);
    }
    let repeats = (SAMPLE / cost.wall.max(1)).clamp(1, 10_000);
    while evaluations.len() < runs {
        let (all, cost) = timed(|| -> Result<(), E> {
            for _ in 0..repeats {
                drop(black_box(answer(black_box(&input))?));
            }
            Ok(())
        });
        all?;
        evaluations.push(Cost {
            cpu: cost.cpu / repeats,
            wall: cost.wall / repeats,
        });
    }
    let measured = Measured {
        load: median(&loads),
        evaluation: median(&evaluations),
        peak_kib,
    };
    Ok((measured, given))
}

/// The medians of CPU and wall time, each by itself.
pub(crate) fn median(costs: &[Cost]) -> Cost {
    Cost {
        cpu: middle(costs.iter().map(|cost| cost.cpu)),
        wall: middle(costs.iter().map(|cost| cost.wall)),
    }
}

fn middle(numbers: impl Iterator<Item = u64>) -> u64 {
    let mut sorted: Vec<u64> = numbers.collect();
    sorted.sort_unstable();
    sorted.get(sorted.len() / 2).copied().unwrap_or(0)
}

pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> (T, Cost) {
    let (cpu, wall) = (cpu(), Instant::now());
    let result = work();
    let wall = u64::try_from(wall.elapsed().as_nanos()).unwrap_or(u64::MAX);
    let cpu = self::cpu().saturating_sub(cpu);
    (result, Cost { cpu, wall })
}

/// The nanoseconds that all threads of this process have run.
fn cpu() -> u64 {
    let told = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    let (seconds, rest) = (u64::try_from(told.tv_sec), u64::try_from(told.tv_nsec));
    seconds.unwrap_or(0) * 1_000_000_000 + rest.unwrap_or(0)
}

/// The most memory this process has had resident; 0 on a system that does not tell.
fn peak_kib() -> u64 {
    let told = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = told.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    number.and_then(|number| number.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{Cost, Measured, Whole, median};

    #[test]
    fn a_process_tells_what_it_cost() {
        let (cpu, peak) = Whole::parse(&Whole::line()).unwrap();
        assert!(0 < cpu && 0 < peak);
    }

    #[test]
    fn a_measurement_is_read_as_it_is_said() {
        let said = Measured {
            load: Cost { cpu: 1, wall: 2 },
            evaluation: Cost { cpu: 3, wall: 4 },
            peak_kib: 5,
        };
        assert_eq!(Measured::parse(&format!("hello\n{said}\n")), Some(said));
        assert_eq!(Measured::parse("failed"), None);
    }

    #[test]
    fn the_median_is_the_middle_one() {
        let costs = [9, 1, 5].map(|it| Cost { cpu: it, wall: it });
        assert_eq!(median(&costs), Cost { cpu: 5, wall: 5 });
    }
}
