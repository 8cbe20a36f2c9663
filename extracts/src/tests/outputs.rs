//! The outputs of a run: together or not at all, and what is left of one that died.

use crate::source::{digest, hex};
use crate::{Outputs, SaveOptions, WriteFault};
use std::ffi::OsStr;
use std::path::Path;

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

const REPLACE: SaveOptions<'static> = SaveOptions {
    replace: true,
    extract: None,
    outputs: None,
};

#[test]
fn outputs_appear_when_they_are_committed_and_not_before() {
    let folder = tempfile::tempdir().unwrap();
    let [a, b] = ["a", "b"].map(|name| folder.path().join(name));
    std::fs::write(&a, "gammel").unwrap();
    let outputs = Outputs::default();
    outputs.stage(&a, b"ny", REPLACE).unwrap();
    outputs.stage(&b, b"ny", REPLACE).unwrap();
    assert!(read(&a) == "gammel" && !b.exists());
    assert_eq!(outputs.staged().len(), 2);
    assert_eq!(outputs.commit().unwrap(), Vec::<std::path::PathBuf>::new());
    assert!(read(&a) == "ny" && read(&b) == "ny");
    assert_eq!(names(folder.path()), ["a", "b"]);
    let dropped = Outputs::default();
    dropped.stage(&a, b"nyere", REPLACE).unwrap();
    drop(dropped);
    assert!(read(&a) == "ny" && names(folder.path()) == ["a", "b"]);
}

#[test]
fn if_one_cannot_be_moved_all_are_what_they_were() {
    let folder = tempfile::tempdir().unwrap();
    let [a, b, c] = ["a", "b", "c"].map(|name| folder.path().join(name));
    std::fs::write(&a, "gammel").unwrap();
    let outputs = Outputs::default();
    outputs.stage(&a, b"ny", REPLACE).unwrap();
    outputs.stage(&b, b"ny", REPLACE).unwrap();
    outputs.stage(&c, b"ny", SaveOptions::default()).unwrap();
    // Somebody else was there first.
    std::fs::write(&c, "andres").unwrap();
    let error = outputs.commit().unwrap_err();
    assert_eq!((error.path, error.fault), (c.clone(), WriteFault::Exists));
    assert!(read(&a) == "gammel" && !b.exists() && read(&c) == "andres");
    assert_eq!(names(folder.path()), ["a", "c"]);
}

#[test]
fn nobody_else_writes_what_is_reserved() {
    let folder = tempfile::tempdir().unwrap();
    let a = folder.path().join("a");
    let (first, second) = (Outputs::default(), Outputs::default());
    let paths = std::slice::from_ref(&a);
    first.reserve(paths, REPLACE).unwrap();
    first.reserve(paths, REPLACE).unwrap();
    let held = second.reserve(paths, REPLACE).unwrap_err();
    assert_eq!(held.fault, WriteFault::Held(Some(std::process::id())));
    assert_eq!(
        second.stage(&a, b"x", REPLACE).unwrap_err().fault,
        held.fault
    );
    drop(first);
    second.stage(&a, b"x", REPLACE).unwrap();
    second.commit().unwrap();
    assert_eq!(names(folder.path()), ["a"]);
}

/// A record of a run that died after it had moved `a`, and before `b`.
fn died(folder: &Path, kept: &str) {
    let mark = |name: &str| -> String {
        let digest = hex(digest(OsStr::new(name).as_encoded_bytes()));
        digest.chars().take(16).collect()
    };
    let entry = |name: &str, number: u32, kept: &str| {
        let (mark, sha256) = (mark(name), hex(digest(b"ny")));
        let temporary = format!(".hjemmel-{mark}-1-{number}.tmp");
        format!(
            r#"{{"file":"{name}","mark":"{mark}","sha256":"{sha256}","temporary":"{temporary}","kept":{kept}}}"#
        )
    };
    std::fs::write(folder.join("a"), "ny").unwrap();
    std::fs::write(
        folder.join(format!(".hjemmel-{}-1-0.tmp", mark("a"))),
        "gammel",
    )
    .unwrap();
    std::fs::write(folder.join(format!(".hjemmel-{}-1-2.tmp", mark("b"))), "ny").unwrap();
    let kept = kept.replace("MARK", &mark("a"));
    let files = [entry("a", 1, &format!("\"{kept}\"")), entry("b", 2, "null")].join(",");
    let text =
        format!(r#"{{"unfinished":1,"note":"","decided_by":null,"decides":[],"files":[{files}]}}"#);
    std::fs::write(folder.join("a.unfinished.json"), text).unwrap();
}

#[test]
fn what_a_dead_run_had_moved_is_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    died(folder.path(), ".hjemmel-MARK-1-0.tmp");
    let outputs = Outputs::default();
    let other = folder.path().join("andet");
    outputs.stage(&other, b"x", SaveOptions::default()).unwrap();
    outputs.commit().unwrap();
    assert_eq!(names(folder.path()), ["a", "andet"]);
    assert_eq!(read(&folder.path().join("a")), "gammel");
    let recovered = outputs.recovered();
    let restored = folder.path().canonicalize().unwrap().join("a");
    assert!(recovered.restored == [restored] && recovered.removed > 0);
}

/// A record is trusted with nothing but its folder: this one, which somebody has made, is no record.
#[test]
fn a_record_that_names_other_files_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("ud");
    std::fs::create_dir(&inner).unwrap();
    std::fs::write(folder.path().join("offer"), "gammel").unwrap();
    died(&inner, "../offer");
    let outputs = Outputs::default();
    outputs
        .stage(&inner.join("andet"), b"x", SaveOptions::default())
        .unwrap();
    outputs.commit().unwrap();
    assert_eq!(read(&folder.path().join("offer")), "gammel");
    assert_eq!(read(&inner.join("a")), "ny");
    assert!(inner.join("a.unfinished.json").exists());
}

#[test]
fn what_is_amended_stays_as_open_as_it_was_and_a_link_stays_one() {
    let folder = tempfile::tempdir().unwrap();
    let (file, link) = (folder.path().join("fil"), folder.path().join("link"));
    std::fs::write(&file, "gammel").unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        std::os::unix::fs::symlink("fil", &link).unwrap();
        let open = std::fs::Permissions::from_mode(0o664);
        std::fs::set_permissions(&file, open).unwrap();
        let outputs = Outputs::default();
        outputs.amend(&link, b"ny").unwrap();
        outputs.commit().unwrap();
        assert_eq!(read(&file), "ny");
        assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
        let mode = std::fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o664);
        assert_eq!(names(folder.path()), ["fil", "link"]);
    }
}

/// Somebody else's file of that name stays, and nothing is moved.
#[test]
fn a_file_that_is_called_as_a_record_is_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let [a, b] = ["a", "b"].map(|name| folder.path().join(name));
    let other = folder.path().join("a.unfinished.json");
    std::fs::write(&other, "andres").unwrap();
    let outputs = Outputs::default();
    outputs.stage(&a, b"ny", REPLACE).unwrap();
    outputs.stage(&b, b"ny", REPLACE).unwrap();
    let error = outputs.commit().unwrap_err();
    assert_eq!(
        (error.path, error.fault),
        (other.clone(), WriteFault::Exists)
    );
    assert_eq!(names(folder.path()), ["a.unfinished.json"]);
    assert_eq!(read(&other), "andres");
}
