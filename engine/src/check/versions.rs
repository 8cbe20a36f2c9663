//! Versions: overlaps, holes, and rules used on days when they are not in force.

use super::dependencies::conditions_of;
use crate::diagnostics::versions as errors;
use crate::model::{ConditionId, ConditionKind, Model, Subject};
use crate::time::{Days, Period};
use hjemmel_grammar::diagnostic::Diagnostic;
use hjemmel_grammar::span::Site;

/// Checks the succession of the versions of every rule.
pub(super) fn check(model: &Model) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for (name, headings) in model.outline() {
        let versions = headings.iter().map(|it| (it.validity.period, it.name_site));
        diagnostics.extend(compare(name, &versions.collect::<Vec<_>>()));
    }
    let terms = (0..model.terms.len()).map(|i| Subject::Term(crate::model::TermId(i)));
    for subject in crate::evaluate::subjects(model).into_iter().chain(terms) {
        used_out_of_force(model, subject, &mut diagnostics);
    }
    diagnostics
}

/// Reports periods that overlap, or leave a hole between them. They are in the order they begin.
pub(crate) fn compare(name: &str, versions: &[(Period, Site)]) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for (i, (period, site)) in versions.iter().enumerate() {
        // The one that lasts longest of those that began earlier.
        let earlier = versions.iter().take(i).max_by_key(|(period, _)| period.end);
        let Some((before, other)) = earlier else {
            continue;
        };
        let both = before.and(*period);
        let between = Period::new(before.end, period.start);
        if !both.is_empty() {
            diagnostics.push(errors::overlap(*site, name, *other, both));
        } else if before.end < period.start {
            diagnostics.push(errors::hole(*site, name, *other, between));
        }
    }
    diagnostics
}

/// Reports names in a rule's conditions that are not in force while the rule is.
fn used_out_of_force(model: &Model, subject: Subject, diagnostics: &mut Vec<Diagnostic>) {
    let in_force = model.days_in_force(subject);
    for (condition, version) in conditions_of(model, subject) {
        let asked = in_force.and(&Days::from_periods(vec![version]));
        walk(model, condition, &asked, diagnostics);
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
        let open = in_force.without(&model.days_in_force(used));
        if let (Some(run), Some(declared)) = (open.runs().first(), model.site_of(used)) {
            let name = model.name_of(used);
            diagnostics.push(errors::used_out_of_force(
                condition.site,
                name,
                declared,
                *run,
            ));
        }
    }
    for operand in condition.kind.operands() {
        walk(model, operand, in_force, diagnostics);
    }
}
