//! The names of the program's own files beside outputs. All begin and end so that they are known again, have no
//! word of an output's name in them, and are no longer than any name may be.

use crate::source::{digest, hex};
use std::ffi::OsStr;

const BEGIN: &str = ".hjemmel-";
const LOCK: &str = ".lock";
const TEMPORARY: &str = ".tmp";
/// What the record of a set that is being put in place is called after its first file.
pub(super) const RECORD: &str = ".unfinished.json";
/// How many digits a mark has.
const DIGITS: usize = 16;

/// What stands for a file of this name in the names of the program's own files.
pub(super) fn mark(name: &OsStr) -> String {
    let digest = hex(digest(name.as_encoded_bytes()));
    digest.chars().take(DIGITS).collect()
}

/// `.hjemmel-0123456789abcdef.lock`
pub(super) fn lock_name(mark: &str) -> String {
    format!("{BEGIN}{mark}{LOCK}")
}

/// `.hjemmel-0123456789abcdef-4711-0.tmp`: of a process, the number of the file.
pub(super) fn temporary_name(mark: &str, number: u64) -> String {
    format!("{BEGIN}{mark}-{}-{number}{TEMPORARY}", std::process::id())
}

/// What a lock file or a temporary file stands for; none of any other name.
pub(super) fn mark_of(name: &str) -> Option<&str> {
    let rest = name.strip_prefix(BEGIN)?;
    let (mark, rest) = rest.split_at_checked(DIGITS)?;
    let hexadecimal = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    let ours = rest == LOCK || is_numbered(rest);
    (mark.bytes().all(hexadecimal) && ours).then_some(mark)
}

/// Whether a name is that of a temporary file.
pub(super) fn is_temporary(name: &str) -> bool {
    mark_of(name).is_some() && name.ends_with(TEMPORARY)
}

/// `-4711-0.tmp`
fn is_numbered(rest: &str) -> bool {
    let numbers = rest
        .strip_prefix('-')
        .and_then(|rest| rest.strip_suffix(TEMPORARY));
    let pair = numbers.and_then(|numbers| numbers.split_once('-'));
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    pair.is_some_and(|(process, count)| number(process) && number(count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_own_names_are_known_again() {
        let mark = mark(OsStr::new("svar.csv"));
        assert_eq!(mark_of(&lock_name(&mark)), Some(mark.as_str()));
        assert_eq!(mark_of(&temporary_name(&mark, 3)), Some(mark.as_str()));
        assert!(is_temporary(&temporary_name(&mark, 3)) && !is_temporary(&lock_name(&mark)));
        for other in [
            "svar.csv",
            ".hjemmel-",
            ".hjemmel-0123456789abcdef",
            ".hjemmel-0123456789abcdeg.lock",
            ".hjemmel-0123456789abcdef.tmp",
            ".hjemmel-0123456789abcdef-1-.tmp",
            ".hjemmel-0123456789abcdef-1-2.tmp.csv",
            ".hjemmel-0123456789abcdeæ.lock",
        ] {
            assert_eq!(mark_of(other), None, "{other}");
        }
    }
}
