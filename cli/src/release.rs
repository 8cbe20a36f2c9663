//! What this program was built of: enough to build the same bytes again, and to hold them against.

use crate::small_files::hash;
use hjemmel_grammar::LANGUAGE_VERSION;
use hjemmel_grammar::diagnostic::{Language, Text};

/// Every library that the program is made of, with its checksum. It lies in the program as text, so
/// that what a program on a disk was made of can be read out of it long after.
const LOCK: &str = include_str!("../../Cargo.lock");

/// The commit, as `build.rs` found it: with a `+` if the sources had changes, `debug` if it was not
/// asked, empty if nothing told.
pub(crate) const COMMIT: &str = env!("HJEMMEL_COMMIT");

/// SHA-256 of the list of libraries.
pub(crate) fn lock() -> String {
    hash(LOCK.as_bytes())
}

/// What `--version` tells.
pub(crate) fn told(language: Language) -> String {
    let text = Text::new(
        format!(
            "hjemmel {}\ncommit: {}\nCargo.lock: sha256:{}\nregelsprog: {LANGUAGE_VERSION}\n",
            env!("CARGO_PKG_VERSION"),
            commit(COMMIT).get(Language::Danish),
            lock(),
        ),
        format!(
            "hjemmel {}\ncommit: {}\nCargo.lock: sha256:{}\nrule language: {LANGUAGE_VERSION}\n",
            env!("CARGO_PKG_VERSION"),
            commit(COMMIT).get(Language::English),
            lock(),
        ),
    );
    text.get(language).to_owned()
}

/// A commit in words: one that is not known is said to be so.
fn commit(found: &str) -> Text {
    match (found, found.strip_suffix('+')) {
        ("", _) => Text::new(
            "ukendt: bygget af kilder, der ikke siger den",
            "unknown: built of sources that do not tell",
        ),
        ("debug", _) => Text::new(
            "ikke noteret: en udviklingsbygning, ikke til udlevering",
            "not recorded: a development build, not to be handed out",
        ),
        (_, Some(commit)) => Text::new(
            format!("{commit}, med ændringer, der ikke er i den"),
            format!("{commit}, with changes that are not in it"),
        ),
        (commit, None) => Text::same(commit),
    }
}

#[cfg(test)]
mod tests {
    use super::commit;
    use hjemmel_grammar::diagnostic::Language;

    #[test]
    fn a_commit_is_never_claimed_that_was_not_found() {
        let told = ["", "debug", "12ab+", "12ab"].map(|found| {
            let text = commit(found);
            [Language::Danish, Language::English].map(|language| text.get(language).to_owned())
        });
        insta::assert_snapshot!(told.map(|both| both.join("\n")).join("\n\n"), @r"
        ukendt: bygget af kilder, der ikke siger den
        unknown: built of sources that do not tell

        ikke noteret: en udviklingsbygning, ikke til udlevering
        not recorded: a development build, not to be handed out

        12ab, med ændringer, der ikke er i den
        12ab, with changes that are not in it

        12ab
        12ab
        ");
    }
}
