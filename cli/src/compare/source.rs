//! What `hjemmel compare` compares: `[REVISION:]PATH[@DAY]`.
//!
//! A path that exists is always that path, whatever signs it holds.

use super::git;
use crate::exit::Failure;
use crate::files::{self, RuleFiles};
use crate::session::{Rules, Session};
use crate::{input, print};
use hjemmel_engine::time::Day;
use std::path::{Path, PathBuf};

/// One side of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Source {
    /// As it stands on the command line.
    pub(crate) given: String,
    pub(crate) place: Place,
    /// The day whose law every day is judged by.
    pub(crate) law: Option<Day>,
}

/// Where the rule files are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// A file or folder.
    Path(PathBuf),
    /// In a revision of the git repository.
    Revision { revision: String, path: String },
}

/// A side, read.
pub(crate) struct Read {
    pub(crate) source: Source,
    pub(crate) rules: Rules,
    /// The whole name of the commit, if it is one.
    pub(crate) commit: Option<String>,
}

impl Source {
    /// What an argument names.
    pub(crate) fn of(given: &str) -> Result<Self, Failure> {
        Self::read(given, &|path| path.exists())
    }

    fn read(given: &str, exists: &dyn Fn(&Path) -> bool) -> Result<Self, Failure> {
        let source = |place, law| Self {
            given: given.to_owned(),
            place,
            law,
        };
        let whole = PathBuf::from(given);
        if exists(&whole) {
            return Ok(source(Place::Path(whole), None));
        }
        let (rest, law) = match given.rsplit_once('@') {
            Some((rest, day)) if is_dated(day) => (rest, Some(input::day("@", day)?)),
            _ => (given, None),
        };
        let path = PathBuf::from(rest);
        if exists(&path) {
            return Ok(source(Place::Path(path), law));
        }
        let Some((revision, path)) = revision(rest) else {
            let shown = print::path(&path);
            return Err(Failure::usage(
                format!("{shown} findes ikke"),
                format!("{shown} does not exist"),
            )
            .hint(
                "skriv en mappe eller fil, eventuelt med en dag (rules@2019-12-31) eller en revision (HEAD~1:rules)",
                "write a folder or file, perhaps with a day (rules@2019-12-31) or a revision (HEAD~1:rules)",
            ));
        };
        let place = Place::Revision {
            revision: revision.to_owned(),
            path: path.to_owned(),
        };
        Ok(source(place, law))
    }

    /// Reads the rules, which must be valid.
    pub(crate) fn rules(self, session: &Session) -> Result<Read, Failure> {
        let (files, commit): (RuleFiles, _) = match &self.place {
            Place::Path(path) => (files::read(std::slice::from_ref(path))?, None),
            Place::Revision { revision, path } => {
                let (files, commit) = git::rules(revision, path)?;
                (files, commit)
            }
        };
        let mut rules = session.usable(files, hjemmel_engine::check_rules)?;
        if let Some(day) = self.law {
            rules.model = rules.model.pinned_to(day);
        }
        Ok(Read {
            source: self,
            rules,
            commit,
        })
    }
}

/// Whether it is meant as a day: digits and hyphens. Git has its own signs after `@`.
fn is_dated(text: &str) -> bool {
    let signs = text.chars().all(|c| c.is_ascii_digit() || c == '-');
    signs && text.contains('-') && text.starts_with(|c: char| c.is_ascii_digit())
}

/// `REVISION:PATH`, at the first colon that is not inside braces (`HEAD^{/fix: it}:rules`).
fn revision(text: &str) -> Option<(&str, &str)> {
    let mut depth = 0_u32;
    for (at, sign) in text.char_indices() {
        match sign {
            '{' => depth = depth.saturating_add(1),
            '}' => depth = depth.saturating_sub(1),
            ':' if depth == 0 => return Some((text.get(..at)?, text.get(at.saturating_add(1)..)?)),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(given: &str, there: &[&str]) -> String {
        let exists = |path: &Path| there.iter().any(|it| Path::new(it) == path);
        match Source::read(given, &exists) {
            Ok(source) => {
                let place = match source.place {
                    Place::Path(path) => format!("path {}", path.display()),
                    Place::Revision { revision, path } => {
                        format!("revision {revision} path {path}")
                    }
                };
                let law = source.law.map(|law| format!(" law {law}"));
                place + &law.unwrap_or_default()
            }
            Err(failure) => failure.message.map(|text| text.en).unwrap_or_default(),
        }
    }

    #[test]
    fn a_path_that_exists_wins() {
        assert_eq!(told("rules", &["rules"]), "path rules");
        assert_eq!(
            told("rules@2020-01-01", &["rules"]),
            "path rules law 2020-01-01"
        );
        assert_eq!(
            told("rules@2020-01-01", &["rules", "rules@2020-01-01"]),
            "path rules@2020-01-01"
        );
        assert_eq!(told("a:b", &["a:b"]), "path a:b");
        assert_eq!(
            told("C:\\regler@2020-01-01", &["C:\\regler"]),
            "path C:\\regler law 2020-01-01"
        );
        assert_eq!(
            told("regler@kommune", &["regler@kommune"]),
            "path regler@kommune"
        );
    }

    #[test]
    fn else_it_is_a_revision_and_perhaps_a_day() {
        assert_eq!(
            told("HEAD~1:rules", &["rules"]),
            "revision HEAD~1 path rules"
        );
        assert_eq!(
            told("main@{1}:rules@2019-12-31", &[]),
            "revision main@{1} path rules law 2019-12-31"
        );
        assert_eq!(
            told("HEAD^{/fix: it}:rules", &[]),
            "revision HEAD^{/fix: it} path rules"
        );
        assert_eq!(
            told("main@{2020-01-01}:rules", &[]),
            "revision main@{2020-01-01} path rules"
        );
        assert_eq!(told("regler", &["rules"]), "regler does not exist");
        assert_eq!(
            told("rules@2020-02-30", &["rules"]),
            "@ 2020-02-30: there is no such day"
        );
    }
}
