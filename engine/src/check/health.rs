//! Which rules no error can reach, so that their examples are worth running.

use super::Checked;
use super::dependencies::uses;
use crate::model::{Model, Rule, Subject, TermId};
use hjemmel_grammar::diagnostic::Severity;
use hjemmel_grammar::span::Site;
use hjemmel_grammar::syntax::Kind;
use std::collections::{BTreeMap, BTreeSet};

/// The rules that no error can reach. An error outside a term, a duty, a classification, a
/// warning, a measure or an example may reach anything: a table, a parameter, an exemption.
pub(super) fn healthy(checked: &Checked) -> BTreeSet<Subject> {
    let model = &checked.model;
    let terms = (0..model.terms.len()).map(|i| Subject::Term(TermId(i)));
    let all: BTreeSet<Subject> = crate::evaluate::subjects(model)
        .into_iter()
        .chain(terms)
        .collect();
    let errors = checked
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error);
    let mut sick = BTreeMap::new();
    for site in errors.map(|error| error.site().unwrap_or(crate::model::NOWHERE)) {
        let hit = all.iter().find(|rule| stands_in(model, **rule, site));
        match hit {
            Some(rule) => {
                sick.insert(*rule, true);
            }
            None if decides_nothing(checked, site) => {}
            None => return BTreeSet::new(),
        }
    }
    if sick.is_empty() {
        return all;
    }
    all.into_iter()
        .filter(|rule| !is_sick(model, *rule, &mut sick))
        .collect()
}

/// Whether a rule, or one that it uses, has an error. The rules have no rings any more.
fn is_sick(model: &Model, rule: Subject, known: &mut BTreeMap<Subject, bool>) -> bool {
    if let Some(sick) = known.get(&rule) {
        return *sick;
    }
    let sick = uses(model, rule)
        .into_iter()
        .any(|usage| is_sick(model, usage.subject, known));
    known.insert(rule, sick);
    sick
}

/// Whether the place lies in an example or a measure, on which no rule rests.
fn decides_nothing(checked: &Checked, site: Site) -> bool {
    let file = usize::try_from(site.file.0).unwrap_or(usize::MAX);
    let mut declarations = checked
        .files
        .get(file)
        .into_iter()
        .flat_map(|parsed| &parsed.file.declarations);
    declarations.any(|declaration| {
        matches!(declaration.kind, Kind::Example | Kind::Measure)
            && declaration.span.start <= site.span.start
            && site.span.end <= declaration.span.end
    })
}

fn stands_in(model: &Model, rule: Subject, site: Site) -> bool {
    fn of<T>(rule: Option<&Rule<T>>, site: Site) -> bool {
        let mut versions = rule.into_iter().flat_map(|rule| &rule.versions);
        versions.any(|version| {
            let (whole, part) = (version.site.span, site.span);
            version.site.file == site.file && whole.start <= part.start && part.end <= whole.end
        })
    }
    match rule {
        Subject::Duty(id) => of(model.duties.get(id.0), site),
        Subject::Classification(id) => of(model.classifications.get(id.0), site),
        Subject::Term(id) => of(model.terms.get(id.0), site),
        Subject::Warning(id) => of(model.warnings.get(id.0), site),
        // Its decisions are a table that examples fill.
        Subject::Assessment(_) => false,
    }
}
