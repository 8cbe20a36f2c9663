//! Versions: overlaps, holes, and rules used on days when they are not in force.

use super::dependencies::conditions_of;
use crate::diagnostics::versions as errors;
use crate::model::{ConditionId, ConditionKind, Model, Rule, Subject, Version};
use crate::time::{Days, Period};
use hjemmel_grammar::diagnostic::Diagnostic;
use hjemmel_grammar::span::Site;

/// Checks the succession of the versions of every rule.
pub(super) fn check(model: &Model) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    succession(&model.parameters, &mut diagnostics);
    succession(&model.assessments, &mut diagnostics);
    succession(&model.terms, &mut diagnostics);
    succession(&model.duties, &mut diagnostics);
    succession(&model.exemptions, &mut diagnostics);
    succession(&model.suspensions, &mut diagnostics);
    succession(&model.classifications, &mut diagnostics);
    succession(&model.warnings, &mut diagnostics);
    succession(&model.measures, &mut diagnostics);
    succession(&model.transitions, &mut diagnostics);
    let terms = (0..model.terms.len()).map(|i| Subject::Term(crate::model::TermId(i)));
    for subject in crate::evaluate::subjects(model).into_iter().chain(terms) {
        used_out_of_force(model, subject, &mut diagnostics);
    }
    diagnostics
}

fn succession<T>(rules: &[Rule<T>], diagnostics: &mut Vec<Diagnostic>) {
    for rule in rules {
        let later = rule.versions.iter().skip(1);
        for (one, two) in rule.versions.iter().zip(later) {
            diagnostics.extend(compare(&rule.name, one, two));
        }
    }
}

fn compare<T>(name: &str, one: &Version<T>, two: &Version<T>) -> Option<Diagnostic> {
    let (earlier, later) = (one.validity.period, two.validity.period);
    let both = earlier.and(later);
    if !both.is_empty() {
        let (first, last) = (both.start.to_string(), both.last().to_string());
        return Some(errors::overlap(
            two.name_site,
            name,
            one.name_site,
            &first,
            &last,
        ));
    }
    if earlier.end < later.start {
        let (first, last) = (earlier.end.to_string(), later.start.previous().to_string());
        return Some(errors::hole(
            two.name_site,
            name,
            one.name_site,
            &first,
            &last,
        ));
    }
    None
}

/// Reports names in a rule's conditions that are not in force while the rule is.
fn used_out_of_force(model: &Model, subject: Subject, diagnostics: &mut Vec<Diagnostic>) {
    let in_force = periods_of(model, subject);
    for condition in conditions_of(model, subject) {
        walk(model, condition, &in_force, diagnostics);
    }
}

fn walk(model: &Model, id: ConditionId, in_force: &Days, diagnostics: &mut Vec<Diagnostic>) {
    let condition = model.condition(id);
    let used = match &condition.kind {
        ConditionKind::Term(it) => Some(Subject::Term(*it)),
        ConditionKind::DutyIs(it, _) => Some(Subject::Duty(*it)),
        ConditionKind::ClassifiedAs(it, _) => Some(Subject::Classification(*it)),
        _ => None,
    };
    if let Some(used) = used {
        let open = in_force.without(&periods_of(model, used));
        if let (Some(run), Some(declared)) = (open.runs().first(), site_of(model, used)) {
            let name = crate::evaluate::subject_name(model, used);
            let (first, last) = (day(*run, true), day(*run, false));
            diagnostics.push(errors::used_out_of_force(
                condition.site,
                name,
                declared,
                &first,
                &last,
            ));
        }
    }
    for operand in condition.kind.operands() {
        walk(model, operand, in_force, diagnostics);
    }
}

fn day(run: Period, first: bool) -> String {
    if first {
        run.start.to_string()
    } else {
        run.last().to_string()
    }
}

fn periods_of(model: &Model, subject: Subject) -> Days {
    fn of<T>(rule: Option<&Rule<T>>) -> Days {
        let versions = rule.into_iter().flat_map(|rule| &rule.versions);
        Days::from_periods(versions.map(|version| version.validity.period).collect())
    }
    match subject {
        Subject::Duty(id) => of(model.duties.get(id.0)),
        Subject::Classification(id) => of(model.classifications.get(id.0)),
        Subject::Term(id) => of(model.terms.get(id.0)),
        Subject::Assessment(id) => of(model.assessments.get(id.0)),
        Subject::Warning(id) => of(model.warnings.get(id.0)),
    }
}

/// Where a rule's first version is declared.
pub(crate) fn site_of(model: &Model, subject: Subject) -> Option<Site> {
    fn of<T>(rule: Option<&Rule<T>>) -> Option<Site> {
        rule?.versions.first().map(|version| version.name_site)
    }
    match subject {
        Subject::Duty(id) => of(model.duties.get(id.0)),
        Subject::Classification(id) => of(model.classifications.get(id.0)),
        Subject::Term(id) => of(model.terms.get(id.0)),
        Subject::Assessment(id) => of(model.assessments.get(id.0)),
        Subject::Warning(id) => of(model.warnings.get(id.0)),
    }
}
