//! What a run has read, warned of and printed. There is one run to a process, as there is one stdout.

use super::manifest::{ExtractSeen, FileSeen, RulesSeen, Seen};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What has been gathered.
#[derive(Default)]
struct Journal {
    seen: Seen,
    printed: String,
    /// The keys of persons that were shown; kept only if use is logged, and written nowhere as they are.
    persons: Option<BTreeSet<String>>,
}

static JOURNAL: Mutex<Option<Journal>> = Mutex::new(None);

fn journal() -> MutexGuard<'static, Option<Journal>> {
    JOURNAL.lock().unwrap_or_else(PoisonError::into_inner)
}

fn with(note: impl FnOnce(&mut Journal)) {
    if let Some(journal) = journal().as_mut() {
        note(journal);
    }
}

/// From now on things are gathered; persons only where use is logged.
pub(crate) fn begin(use_is_logged: bool) {
    *journal() = Some(Journal {
        persons: use_is_logged.then(BTreeSet::new),
        ..Journal::default()
    });
}

/// Persons are shown, or written to a file.
pub(crate) fn persons<'k, I: IntoIterator<Item = &'k str>>(keys: impl FnOnce() -> I) {
    with(|journal| {
        if let Some(persons) = &mut journal.persons {
            persons.extend(keys().into_iter().map(str::to_owned));
        }
    });
}

/// What the log of use is about: rules and extracts that were read, and persons that were shown.
pub(crate) fn used() -> (Seen, BTreeSet<String>) {
    let journal = journal();
    let used = journal.as_ref().map(|journal| {
        let persons = journal.persons.clone();
        (journal.seen.clone(), persons.unwrap_or_default())
    });
    used.unwrap_or_default()
}

/// What was gathered, in an order that does not depend on when.
pub(crate) fn taken() -> Seen {
    let (mut seen, _) = used();
    seen.settings.sort();
    seen.settings.dedup();
    seen
}

/// What was printed on stdout.
pub(crate) fn printed() -> String {
    let journal = journal();
    journal
        .as_ref()
        .map(|journal| journal.printed.clone())
        .unwrap_or_default()
}

/// A rule set was read.
pub(crate) fn rules(hash: &str, files: &[FileSeen], approved_by: Vec<String>) {
    with(|journal| {
        journal.seen.rule_sets.push(RulesSeen {
            hash: hash.to_owned(),
            approved_by,
            files: files.to_vec(),
        });
    });
}

/// An extract was read.
pub(crate) fn extract(seen: impl FnOnce() -> ExtractSeen) {
    with(|journal| {
        let seen = seen();
        // Two sides of a comparison may read the same one.
        if !journal.seen.extracts.contains(&seen) {
            journal.seen.extracts.push(seen);
        }
    });
}

/// A file of settings or of a list was read.
pub(crate) fn settings(file: String, sha256: String) {
    with(|journal| journal.seen.settings.push(FileSeen { file, sha256 }));
}

/// How many cases a rule puts in each state.
pub(crate) fn states(rule: &str, states: BTreeMap<String, u64>) {
    with(|journal| {
        journal.seen.states.insert(rule.to_owned(), states);
    });
}

/// A warning was given, in these words.
pub(crate) fn warning(danish: &str) {
    with(|journal| journal.seen.warnings.push(danish.to_owned()));
}

/// Text was printed on stdout.
pub(crate) fn print(text: &str) {
    with(|journal| journal.printed += text);
}
