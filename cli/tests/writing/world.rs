//! The folder that a command writes in, and what has become of its outputs.

use crate::scenario::Scenario;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Rules that are not laid out, to be formatted.
const MESSY: &str = "begreb   a \"A\"\n  hjemmel kilde \"x\"\n  når ydelse.art er kontanthjælp\n";

/// A command that ran.
#[derive(Debug)]
pub(crate) struct Ran {
    /// The exit code; 128 and the signal if one ended it.
    pub(crate) code: i32,
    pub(crate) stderr: String,
}

/// A folder to run commands in, gone when it is dropped.
pub(crate) struct World(tempfile::TempDir);

/// What has become of a set of outputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Old,
    New,
    /// Some are old and some new, each whole.
    Mixed,
    /// One is neither the old one nor the new one.
    Torn,
}

/// What outputs hold: of every name what is there, if anything, without what differs from run to run.
pub(crate) type Picture = BTreeMap<String, Option<Vec<u8>>>;

impl World {
    /// Rules, an extract and empty folders.
    pub(crate) fn new() -> Self {
        let world = Self(tempfile::tempdir().expect("a folder"));
        let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/program/fixtures");
        for name in ["dansk", "udtræk"] {
            copy(&fixtures.join(name), &world.path(name));
        }
        copy(&fixtures.join("udtræk"), &world.path("kladde"));
        fs::remove_file(world.path("kladde/udtræk.toml")).expect("removed");
        for name in ["ud", "ark", "skriv"] {
            fs::create_dir(world.path(name)).expect("made");
        }
        for name in ["skriv/a.regel", "skriv/b.regel"] {
            fs::write(world.path(name), MESSY).expect("written");
            let open = fs::Permissions::from_mode(0o644);
            fs::set_permissions(world.path(name), open).expect("set");
        }
        world
    }

    /// The same files in a folder of its own.
    pub(crate) fn copied(&self) -> Self {
        let world = Self(tempfile::tempdir().expect("a folder"));
        copy(self.0.path(), world.0.path());
        world
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn root(&self) -> &Path {
        self.0.path()
    }

    /// Runs a command line of the program.
    pub(crate) fn run(&self, line: &str) -> Ran {
        self.run_by(&[], line)
    }

    /// Runs a command line of the program by another, where new files are open to all.
    pub(crate) fn run_by(&self, by: &[String], line: &str) -> Ran {
        let output = self.command(by, line).output().expect("sh runs");
        let signal = || 128 + output.status.signal().unwrap_or_default();
        Ran {
            code: output.status.code().unwrap_or_else(signal),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    pub(crate) fn command(&self, by: &[String], line: &str) -> Command {
        let mut command = Command::new("sh");
        command
            .args(["-c", "umask 000; exec \"$@\"", "sh"])
            .args(by)
            .arg(env!("CARGO_BIN_EXE_hjemmel"))
            .args(line.split(' ').filter(|word| !word.is_empty()))
            .current_dir(self.0.path())
            .env_clear()
            .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
            .env("LC_ALL", "C")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// What the outputs of a scenario hold.
    pub(crate) fn picture(&self, scenario: &Scenario) -> Picture {
        let read = |name: &&str| {
            let bytes = fs::read(self.path(name)).ok();
            ((*name).to_owned(), bytes.map(|bytes| lasting(name, bytes)))
        };
        scenario.outputs.iter().map(read).collect()
    }

    /// The program's own files that are left in the folders of the outputs.
    pub(crate) fn left(&self, scenario: &Scenario) -> Vec<String> {
        let mut left = Vec::new();
        for folder in scenario.folders() {
            for entry in fs::read_dir(self.path(folder)).expect("a folder") {
                let name = entry.unwrap().file_name().into_string().unwrap();
                if name.starts_with(".hjemmel-") || name.ends_with(".unfinished.json") {
                    left.push(format!("{folder}/{name}"));
                }
            }
        }
        left
    }

    /// Whether every folder of which a file is not what it was says so.
    pub(crate) fn is_marked(&self, scenario: &Scenario) -> bool {
        let left = self.left(scenario);
        let marked = |folder: &&str| {
            let in_folder = left
                .iter()
                .filter(|name| name.rsplit_once('/').unwrap().0 == *folder);
            in_folder
                .into_iter()
                .any(|name| name.ends_with(".unfinished.json"))
        };
        scenario.folders().iter().all(marked)
    }

    /// The files that others may read, of the outputs and of what is left beside them.
    pub(crate) fn open_to_others(&self, scenario: &Scenario) -> Vec<String> {
        let outputs = scenario.outputs.iter().map(|name| (*name).to_owned());
        let all = outputs.chain(self.left(scenario));
        let open = all.filter(|name| {
            let found = fs::symlink_metadata(self.path(name));
            found.is_ok_and(|found| found.mode() & 0o077 != 0)
        });
        open.collect()
    }
}

/// What an output holds that is the same whenever it is written: of a manifest that its seal fits and what it tells,
/// of a key that it is one.
fn lasting(name: &str, bytes: Vec<u8>) -> Vec<u8> {
    let text = String::from_utf8_lossy(&bytes).into_owned();
    if name.ends_with("m.json") {
        let body = text.rsplit_once(",\n  \"seal\": \"");
        let Some((body, seal)) = body else {
            return bytes;
        };
        let hash: String = Sha256::digest(body)
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect();
        let account = body
            .split_once("\"started\"")
            .map(|(account, _)| account.to_owned());
        if seal == format!("{hash}\"\n}}\n") {
            return account.unwrap_or_default().into_bytes();
        }
    }
    let key = text.strip_prefix("hjemmel-signing-key-1 ");
    if key.is_some_and(|key| key.len() == 65 && key.ends_with('\n')) {
        return b"a key".to_vec();
    }
    bytes
}

/// What a set is that was `old` and was to be `new`.
pub(crate) fn state(now: &Picture, old: &Picture, new: &Picture) -> State {
    if now == new {
        State::New
    } else if now == old {
        State::Old
    } else if now
        .iter()
        .all(|(name, bytes)| *bytes == old[name] || *bytes == new[name])
    {
        State::Mixed
    } else {
        State::Torn
    }
}

pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("made");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("copied");
        }
    }
}
