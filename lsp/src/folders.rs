//! Rule files on disk: found and read within bounds, and no link is followed.

use hjemmel_ide::Limits;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Component, Path, PathBuf};

/// What a rule file ends in.
const EXTENSION: &str = "regel";
/// The most rule files of a folder.
const MOST_FILES: usize = 10_000;
/// The most entries that are looked at, whatever they are.
const MOST_ENTRIES: usize = 200_000;
/// How many folders deep a rule file may lie.
const DEEPEST: usize = 64;
/// How much is read in all.
const MOST_BYTES_IN_ALL: usize = 256 << 20;

/// What was found in a folder.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    /// Path and text of each rule file.
    pub(crate) files: Vec<(String, String)>,
    /// A bound was reached: there may be more.
    pub(crate) cut: bool,
}

/// Reads the rule files in a folder and below. Hidden folders, links and what cannot be read are
/// passed over.
pub(crate) fn scan(root: &Path, limits: Limits) -> Scan {
    let mut scan = Scan::default();
    let mut bytes: usize = 0;
    let mut entries: usize = 0;
    let mut folders = vec![(root.to_owned(), 0)];
    while let Some((folder, depth)) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            entries += 1;
            if MOST_ENTRIES < entries || MOST_FILES <= scan.files.len() || MOST_BYTES_IN_ALL < bytes
            {
                scan.cut = true;
                return scan;
            }
            let path = entry.path();
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            // The type of the entry itself: of a link, that it is one.
            match entry.file_type() {
                Ok(ty) if ty.is_dir() && !hidden && depth < DEEPEST => {
                    folders.push((path, depth + 1));
                }
                Ok(ty) if ty.is_file() && is_rule_file(&path) => {
                    let text = contents(&path, limits).unwrap_or_default();
                    bytes += text.len();
                    scan.files.push((path.to_string_lossy().into_owned(), text));
                }
                _ => {}
            }
        }
    }
    scan
}

/// Whether a path is that of a rule file.
pub(crate) fn is_rule_file(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension == EXTENSION)
}

/// The text of a rule file below `root`; nothing if it is not there, or not to be read.
pub(crate) fn read(root: &Path, path: &Path, limits: Limits) -> Option<String> {
    let below = path.strip_prefix(root).ok()?;
    let mut here = PathBuf::from(root);
    for step in below.components() {
        let Component::Normal(step) = step else {
            return None;
        };
        here.push(step);
        if fs::symlink_metadata(&here).ok()?.is_symlink() {
            return None;
        }
    }
    if !is_rule_file(path) || !fs::symlink_metadata(path).ok()?.is_file() {
        return None;
    }
    contents(path, limits)
}

/// The text of a file, up to the bound. What is not UTF-8 becomes U+FFFD, which no rule may hold.
fn contents(path: &Path, limits: Limits) -> Option<String> {
    let mut bytes = Vec::new();
    let file = File::open(path).ok()?;
    // One byte more than is allowed, so that it is told that there are too many.
    let most = u64::try_from(limits.bytes).unwrap_or(u64::MAX);
    file.take(most.saturating_add(1))
        .read_to_end(&mut bytes)
        .ok()?;
    Some(match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::{read, scan};
    use hjemmel_ide::Limits;
    use std::fs;

    #[test]
    fn rule_files_are_found_and_links_are_not_followed() {
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("ude.regel"), "ude").unwrap();
        let root = tempfile::tempdir().unwrap();
        let root = root.path();
        fs::create_dir_all(root.join("løn/dybt")).unwrap();
        fs::create_dir(root.join(".git")).unwrap();
        for (path, text) in [
            ("a.regel", "a"),
            ("løn/dybt/b.regel", "b"),
            ("c.txt", "c"),
            (".git/d.regel", "d"),
        ] {
            fs::write(root.join(path), text).unwrap();
        }
        fs::write(root.join("e.regel"), b"\xFF").unwrap();
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(outside.path(), root.join("link")).unwrap();
            std::os::unix::fs::symlink(outside.path().join("ude.regel"), root.join("f.regel"))
                .unwrap();
        }
        let found = scan(root, Limits::default());
        assert!(!found.cut);
        let mut texts: Vec<_> = found.files.into_iter().map(|(_, text)| text).collect();
        texts.sort();
        assert_eq!(texts, ["a", "b", "\u{FFFD}"]);

        let limits = Limits::default();
        assert_eq!(
            read(root, &root.join("løn/dybt/b.regel"), limits).as_deref(),
            Some("b")
        );
        for path in [
            "c.txt",
            "f.regel",
            "link/ude.regel",
            "findes_ikke.regel",
            "../x.regel",
        ] {
            assert_eq!(read(root, &root.join(path), limits), None, "{path}");
        }
    }
}
