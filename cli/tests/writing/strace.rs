//! Faults that strace puts into a process, and the proof that they came.

use crate::world::{Ran, World};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// The calls that make, fill, move and remove files.
const CALLS: &str = "write,pwrite64,writev,ftruncate,fsync,fdatasync,rename,renameat,renameat2,link,linkat,unlink,unlinkat,openat,flock,fchmod,chmod,mkdir,rmdir,copy_file_range,sendfile";

/// A call of a process: what it is called, and the how manieth of that name it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Point {
    pub(crate) call: String,
    pub(crate) number: usize,
    /// Whether a run gets so far.
    pub(crate) reached: bool,
}

/// A command that ran with a fault in it.
pub(crate) struct Traced {
    pub(crate) ran: Ran,
    log: String,
}

/// The calls of a command that have to do with the folder it runs in, and of each name one more than there are.
pub(crate) fn points(world: &World, line: &str) -> BTreeSet<Point> {
    let traced = traced(world, line, CALLS, None);
    assert_eq!(traced.ran.code, 0, "{line}: {:?}", traced.ran);
    let root = world.root().to_string_lossy().into_owned();
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut points = BTreeSet::new();
    let mut most: BTreeMap<&str, usize> = BTreeMap::new();
    for log in traced.log.lines() {
        let Some((process, rest)) = log.split_once(' ') else {
            continue;
        };
        let Some((call, rest)) = rest.trim_start().split_once('(') else {
            continue;
        };
        if !CALLS.split(',').any(|known| known == call) {
            continue;
        }
        let number = counts.entry((process, call)).or_default();
        *number += 1;
        let last = most.entry(call).or_default();
        *last = (*last).max(*number);
        // What the system opens to start a program is not the program's.
        if call == "openat" && rest.contains("\"/") && !rest.contains(&root) {
            continue;
        }
        points.insert(Point {
            call: call.to_owned(),
            number: *number,
            reached: true,
        });
    }
    let beyond = most.into_iter().map(|(call, last)| Point {
        call: call.to_owned(),
        number: last + 1,
        reached: false,
    });
    points.extend(beyond);
    assert!(points.len() > 5, "{line}: strace has seen {points:?}");
    points
}

/// Runs a command with a fault in it: `signal=SIGKILL:when=3`.
pub(crate) fn with(world: &World, line: &str, call: &str, fault: &str) -> Traced {
    traced(world, line, CALLS, Some(format!("inject={call}:{fault}")))
}

/// The same where strace looks at no calls, so that nothing comes of it.
pub(crate) fn blind(world: &World, line: &str, call: &str, fault: &str) -> Traced {
    traced(world, line, "none", Some(format!("inject={call}:{fault}")))
}

/// What puts files on the disk and moves them.
const ORDER: &str = "fsync,fdatasync,rename,renameat,renameat2";

/// What a command put on the disk, and what it moved, in its order.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Synced(PathBuf),
    Moved(PathBuf, PathBuf),
}

/// The steps of a command that succeeds.
pub(crate) fn steps(world: &World, line: &str) -> Vec<Step> {
    let log = tempfile::NamedTempFile::new().expect("a file");
    let by = ["strace", "-f", "-y", "-o", log.path().to_str().unwrap()];
    let calls = ["-e".to_owned(), format!("trace={ORDER}")];
    let by: Vec<String> = by.map(str::to_owned).into_iter().chain(calls).collect();
    let ran = world.run_by(&by, line);
    assert_eq!(ran.code, 0, "{line}: {ran:?}");
    let log = std::fs::read_to_string(log.path()).unwrap();
    let calls = log.lines().filter(|call| call.ends_with(" = 0"));
    calls.map(|call| step(world, call)).collect()
}

/// `7 fsync(5</place/a>) = 0`, `7 rename("a", "b") = 0`.
fn step(world: &World, call: &str) -> Step {
    let quoted: Vec<&str> = call.split('"').collect();
    if let [_, from, _, to, _] = quoted.as_slice() {
        return Step::Moved(world.root().join(from), world.root().join(to));
    }
    let path = call
        .split_once('<')
        .and_then(|(_, rest)| rest.split_once('>'));
    Step::Synced(PathBuf::from(path.expect("a descriptor with its path").0))
}

fn traced(world: &World, line: &str, calls: &str, inject: Option<String>) -> Traced {
    let log = tempfile::NamedTempFile::new().expect("a file");
    let mut by: Vec<String> = ["strace", "-f", "-s", "64", "-o"].map(str::to_owned).into();
    by.push(log.path().to_str().unwrap().to_owned());
    by.extend(["-e".to_owned(), format!("trace={calls}")]);
    by.extend(
        inject
            .into_iter()
            .flat_map(|inject| ["-e".to_owned(), inject]),
    );
    let ran = world.run_by(&by, line);
    let log = std::fs::read_to_string(log.path()).unwrap_or_default();
    assert!(
        ![126, 127].contains(&ran.code) || log.contains("(INJECTED)"),
        "strace cannot be run: {ran:?}"
    );
    Traced { ran, log }
}

impl Traced {
    /// Whether the process died of the signal.
    pub(crate) fn was_killed(&self, signal: &str, code: i32) -> bool {
        let died = format!("+++ killed by {signal} +++");
        self.log.contains(&died) && self.ran.code == code
    }

    /// Whether a call failed because strace said so.
    pub(crate) fn was_injected(&self) -> bool {
        self.log.contains("(INJECTED)")
    }

    /// Whether what is said on stderr could not be said.
    pub(crate) fn is_dumb(&self) -> bool {
        let on_stderr = |line: &&str| line.contains("write(2,") && line.contains("(INJECTED)");
        self.log.lines().any(|line| on_stderr(&line))
    }
}
