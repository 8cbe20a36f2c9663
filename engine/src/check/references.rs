//! References that can only be checked when all versions are known: states of classifications.

use crate::diagnostics::names;
use crate::model::{ClassificationId, ConditionKind, Model, Subject};
use hjemmel_grammar::diagnostic::Diagnostic;

/// Reports states that no version of a classification has.
pub(super) fn check(model: &Model) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for condition in &model.conditions {
        let ConditionKind::ClassifiedAs(id, states) = &condition.kind else {
            continue;
        };
        let known = states_of(model, *id);
        for state in states
            .iter()
            .filter(|state| !known.contains(&state.as_str()))
        {
            let subject = Subject::Classification(*id);
            let name = crate::evaluate::subject_name(model, subject);
            let declared = super::versions::site_of(model, subject).unwrap_or(condition.site);
            let known = known.iter().copied();
            diagnostics.push(names::unknown_state(
                condition.site,
                state,
                name,
                declared,
                known,
            ));
        }
    }
    diagnostics
}

/// The states of all versions of a classification.
fn states_of(model: &Model, id: ClassificationId) -> Vec<&str> {
    let versions = model
        .classifications
        .get(id.0)
        .into_iter()
        .flat_map(|rule| &rule.versions);
    let branches = versions.flat_map(|version| &version.body.branches);
    branches.map(|branch| branch.state.as_str()).collect()
}
