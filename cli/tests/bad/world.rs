//! The folder an entry runs in: the common files, the entry's own over them, and what is made.

use crate::entry::Entry;
use crate::{catalogue, make};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Files larger than this are known by their size.
const LARGE: u64 = 1 << 20;

/// A working folder, gone when it is dropped.
pub(crate) struct World {
    root: tempfile::TempDir,
}

/// What lies in a folder: of every path what is there.
pub(crate) type Picture = BTreeMap<String, Vec<u8>>;

impl World {
    pub(crate) fn of(entry: &Entry) -> Self {
        let root = tempfile::tempdir().expect("a folder");
        let world = Self { root };
        for folder in ["arbejde", "tmp", "sagt"] {
            fs::create_dir(world.root.path().join(folder)).expect("made");
        }
        copy(&catalogue().join("grund"), &world.work());
        copy(&entry.folder, &world.work());
        // Of the entry itself only its input belongs here.
        fs::remove_file(world.work().join("case.toml")).expect("removed");
        for recipe in &entry.make {
            make::make(recipe, &world.work());
        }
        world
    }

    /// Where the command runs.
    pub(crate) fn work(&self) -> PathBuf {
        self.root.path().join("arbejde")
    }

    /// Where temporary files would be.
    pub(crate) fn temporary(&self) -> PathBuf {
        self.root.path().join("tmp")
    }

    /// Where what is said is kept.
    pub(crate) fn said(&self, name: &str) -> PathBuf {
        self.root.path().join("sagt").join(name)
    }

    /// `{work}` is the working folder.
    pub(crate) fn filled(&self, text: &str) -> String {
        text.replace("{work}", &self.work().to_string_lossy())
    }

    pub(crate) fn picture(&self) -> Picture {
        let mut picture = Picture::new();
        see(&self.work(), "", &mut picture);
        see(&self.temporary(), "TMPDIR", &mut picture);
        picture
    }
}

impl Drop for World {
    fn drop(&mut self) {
        // A folder that may not be written to can otherwise not be removed.
        open_up(&self.work());
    }
}

fn open_up(folder: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    let _ = fs::set_permissions(folder, fs::Permissions::from_mode(0o755));
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            open_up(&entry.path());
        }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("made");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a kind").is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), &target).expect("copied");
        }
    }
}

fn see(folder: &Path, name: &str, picture: &mut Picture) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = format!("{name}/{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type().expect("a kind");
        let size = entry.metadata().map_or(0, |data| data.len());
        let seen = if kind.is_dir() {
            see(&entry.path(), &path, picture);
            b"a folder".to_vec()
        } else if kind.is_file() && size <= LARGE {
            fs::read(entry.path()).unwrap_or_default()
        } else {
            format!("{kind:?} {size}").into_bytes()
        };
        picture.insert(path.trim_start_matches('/').to_owned(), seen);
    }
}
