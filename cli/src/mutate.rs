//! `hjemmel test --mutate`: which small mistakes in the rules no example notices.

use crate::arguments::{MutateFormat, TestArguments};
use crate::equivalents::{self, Equivalent};
use crate::exit::{Exit, Failure};
use crate::language::count;
use crate::session::{Rules, Session};
use crate::{bug, mutate_json, mutate_text, print, progress};
use hjemmel_engine::examples;
use hjemmel_engine::mutate::{self, Fate, Mutant};
use hjemmel_grammar::diagnostic::Text;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};

/// What came of all mutants.
pub(crate) struct Report<'m> {
    pub(crate) killed: usize,
    /// Those that nobody can notice, with the reason: listed beside the rules, or proven.
    pub(crate) equivalent: Vec<(&'m Mutant, Text)>,
    /// Those that nobody notices, with how many lines of examples could.
    pub(crate) survived: Vec<(&'m Mutant, usize)>,
    /// What is wrong with the list of those that are the same rule.
    pub(crate) findings: Vec<(&'m Equivalent, Text)>,
    /// How many measures there are: they have no mutants.
    pub(crate) measures: usize,
    /// How many survivors are shown; all, if none.
    pub(crate) limit: Option<usize>,
}

impl Report<'_> {
    /// Whether nobody has to look at anything.
    pub(crate) fn is_clean(&self) -> bool {
        self.survived.is_empty() && self.findings.is_empty()
    }

    /// All that were made.
    pub(crate) fn made(&self) -> usize {
        let alive = self.survived.len().saturating_add(self.equivalent.len());
        self.killed.saturating_add(alive)
    }
}

/// Tries all mutants.
pub(crate) fn mutate(session: &Session, arguments: &TestArguments) -> Result<Exit, Failure> {
    let rules = session.rules(&arguments.rules.rules, hjemmel_engine::check_rules)?;
    let equivalents = equivalents::read(&arguments.rules.rules)?;
    let failing = warn_of_failing(session, &rules);
    let all = mutate::mutants(&rules.model, &rules.sources);
    let ids: BTreeSet<String> = all.iter().map(|mutant| mutant.id.clone()).collect();
    let mutants = wanted(all, &arguments.only)?;
    let fates = tried(session, &rules, &mutants);
    let mut report = judged(&mutants, &fates, &equivalents, &ids);
    report.measures = rules.model.measures.len();
    report.limit = arguments.limit;
    let out = match arguments.format {
        MutateFormat::Text => mutate_text::render(session, &rules.sources, &report),
        MutateFormat::Json => mutate_json::render(&rules.sources, &report).map_err(|_| bug())?,
    };
    print::out(&out)?;
    Ok(if report.is_clean() && failing == 0 {
        Exit::Done
    } else {
        Exit::Findings
    })
}

/// Warns of examples that fail anyhow: they notice nothing. How many there are.
fn warn_of_failing(session: &Session, rules: &Rules) -> usize {
    let model = &rules.model;
    let fails = |example: &&_| examples::run(model, example).iter().any(|it| !it.passed);
    let failing = model.examples.iter().filter(fails).count();
    if failing > 0 {
        let all = model.examples.len();
        session.warn(&Text::new(
            format!(
                "{failing} af {all} eksempler fejler; de linjer, der fejler, opdager intet: se dem med hjemmel test"
            ),
            format!(
                "{failing} of {all} examples fail; the lines that fail notice nothing: see them with hjemmel test"
            ),
        ));
    }
    failing
}

/// The mutants of the rules that were named; all if none was.
fn wanted(all: Vec<Mutant>, only: &[String]) -> Result<Vec<Mutant>, Failure> {
    for name in only {
        if !all.iter().any(|mutant| mutant.rule == *name) {
            let name = print::harmless(name);
            return Err(Failure::usage(
                format!("ingen regel med navnet {name} har mutanter"),
                format!("no rule named {name} has mutants"),
            ));
        }
    }
    let wanted = |mutant: &Mutant| only.is_empty() || only.contains(&mutant.rule);
    Ok(all.into_iter().filter(wanted).collect())
}

/// Tries mutants, and shows on a terminal how far it has come.
fn tried(session: &Session, rules: &Rules, mutants: &[Mutant]) -> Vec<Fate> {
    let done = AtomicUsize::new(0);
    let language = session.language();
    let number = |number: usize| count(u64::try_from(number).unwrap_or(u64::MAX), language);
    let (of, words) = (
        session.say("af", "of"),
        session.say("mutanter prøvet", "mutants tried"),
    );
    let line = || {
        let so_far = number(done.load(Ordering::Relaxed));
        format!("{so_far} {of} {} {words}", number(mutants.len()))
    };
    progress::told(line, || mutate::run(&rules.model, mutants, &done))
}

/// Holds what came of the mutants against the list of those that are the same rule. `ids` are those
/// of all mutants, also of rules that were not asked for.
fn judged<'m>(
    mutants: &'m [Mutant],
    fates: &[Fate],
    equivalents: &'m [Equivalent],
    ids: &BTreeSet<String>,
) -> Report<'m> {
    let mut listed: BTreeMap<&str, &Equivalent> = BTreeMap::new();
    let mut report = Report {
        killed: 0,
        equivalent: Vec::new(),
        survived: Vec::new(),
        findings: Vec::new(),
        measures: 0,
        limit: None,
    };
    for entry in equivalents {
        if !ids.contains(&entry.id) {
            let text = Text::new(
                "der er ingen mutant med dette id",
                "there is no mutant with this id",
            );
            report.findings.push((entry, text));
        } else if listed.insert(&entry.id, entry).is_some() {
            let text = Text::new("mutanten står to gange", "the mutant stands twice");
            report.findings.push((entry, text));
        }
    }
    for (mutant, fate) in mutants.iter().zip(fates) {
        match (fate, listed.get(mutant.id.as_str())) {
            (Fate::Killed, entry) => {
                report.killed = report.killed.saturating_add(1);
                if let Some(entry) = entry {
                    let text = Text::new(
                        "et eksempel opdager mutanten: den er ikke ækvivalent",
                        "an example notices the mutant: it is not equivalent",
                    );
                    report.findings.push((entry, text));
                }
            }
            (Fate::Survived { .. }, Some(entry)) => {
                let reason = Text::same(entry.reason.as_str());
                report.equivalent.push((mutant, reason));
            }
            (Fate::Survived { tried }, None) => match &mutant.proven {
                Some(reason) => report.equivalent.push((mutant, reason.clone())),
                None => report.survived.push((mutant, *tried)),
            },
        }
    }
    let findings = &mut report.findings;
    findings.sort_by_key(|(entry, _)| (&entry.file, entry.line));
    report
}
