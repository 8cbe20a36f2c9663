//! What depends on what: rings, and chains too long to follow.

use crate::diagnostics::structure;
use crate::model::{ConditionId, ConditionKind, Model, Next, Subject};
use hjemmel_grammar::diagnostic::Diagnostic;
use hjemmel_grammar::span::Site;
use std::collections::BTreeMap;

/// The longest chain of rules that use each other, and of the conditions inside each other along
/// it. Evaluation follows a chain on the stack.
const LONGEST_CHAIN: Depth = Depth {
    rules: 256,
    conditions: 1024,
};

/// How deep the chain below a rule is.
#[derive(Clone, Copy, Default)]
struct Depth {
    rules: usize,
    conditions: usize,
}

impl Depth {
    fn max(self, other: Self) -> Self {
        Self {
            rules: self.rules.max(other.rules),
            conditions: self.conditions.max(other.conditions),
        }
    }

    /// One rule more, that uses the chain so many conditions deep.
    fn below(self, conditions: usize) -> Self {
        Self {
            rules: self.rules.saturating_add(1),
            conditions: self.conditions.saturating_add(conditions),
        }
    }

    fn is_too_long(self) -> bool {
        LONGEST_CHAIN.rules < self.rules || LONGEST_CHAIN.conditions < self.conditions
    }
}

/// Reports rings and over-long chains, and cuts them, so that evaluation always ends.
pub(super) fn check(model: &mut Model) -> Vec<Diagnostic> {
    let mut walk = Walk {
        model,
        state: BTreeMap::new(),
        path: Vec::new(),
        diagnostics: Vec::new(),
        cut: Vec::new(),
    };
    for subject in crate::evaluate::subjects(walk.model)
        .into_iter()
        .chain(terms(walk.model))
    {
        walk.visit(subject, None);
    }
    let (diagnostics, cut) = (walk.diagnostics, walk.cut);
    for id in cut {
        if let Some(condition) = model.conditions.get_mut(id.0) {
            condition.kind = ConditionKind::Unreadable;
        }
    }
    diagnostics
}

fn terms(model: &Model) -> Vec<Subject> {
    (0..model.terms.len())
        .map(|i| Subject::Term(crate::model::TermId(i)))
        .collect()
}

struct Walk<'m> {
    model: &'m Model,
    /// How deep the chain below a finished rule is; `None` while it is being walked.
    state: BTreeMap<Subject, Option<Depth>>,
    /// The rules from the start to here, with the condition through which each was reached.
    path: Vec<(Subject, Option<ConditionId>)>,
    diagnostics: Vec<Diagnostic>,
    cut: Vec<ConditionId>,
}

impl Walk<'_> {
    /// Walks a rule and what it uses; gives the depth of the chain that begins with it.
    fn visit(&mut self, subject: Subject, through: Option<ConditionId>) -> Depth {
        match self.state.get(&subject) {
            Some(Some(depth)) => return *depth,
            Some(None) => {
                self.report_ring(subject, through);
                return Depth::default();
            }
            None => {}
        }
        if LONGEST_CHAIN.rules <= self.path.len() {
            if let Some(through) = through {
                self.report_chain(through);
            }
            return Depth::default();
        }
        self.state.insert(subject, None);
        self.path.push((subject, through));
        let mut depth = Depth::default().below(1);
        for usage in uses(self.model, subject) {
            let through = usage.condition;
            let chain = self.visit(usage.subject, Some(through)).below(usage.depth);
            if chain.is_too_long() {
                self.report_chain(through);
            } else {
                depth = depth.max(chain);
            }
        }
        self.path.pop();
        self.state.insert(subject, Some(depth));
        depth
    }

    fn report_chain(&mut self, through: ConditionId) {
        let site = self.model.condition(through).site;
        self.diagnostics.push(structure::chain_too_long(
            site,
            LONGEST_CHAIN.rules,
            LONGEST_CHAIN.conditions,
        ));
        self.cut.push(through);
    }

    fn report_ring(&mut self, subject: Subject, through: Option<ConditionId>) {
        let start = self
            .path
            .iter()
            .position(|(step, _)| *step == subject)
            .unwrap_or(0);
        let ring: Vec<_> = self.path.iter().skip(start).copied().collect();
        let ways = ring.iter().skip(1).map(|(_, way)| *way).chain([through]);
        let steps: Vec<(String, Site)> = ring
            .iter()
            .zip(ways)
            .filter_map(|((step, _), way)| {
                let name = crate::evaluate::subject_name(self.model, *step).to_owned();
                Some((name, self.model.condition(way?).site))
            })
            .collect();
        self.diagnostics.push(structure::cycle(&steps));
        self.cut.extend(through);
    }
}

/// A rule that another uses, the condition that names it, and how deep that condition stands.
pub(super) struct Usage {
    pub(super) subject: Subject,
    condition: ConditionId,
    depth: usize,
}

/// The rules that a rule uses in any of its versions.
pub(super) fn uses(model: &Model, subject: Subject) -> Vec<Usage> {
    let mut found = Vec::new();
    for condition in conditions_of(model, subject) {
        collect(model, condition, 1, &mut found);
    }
    found
}

/// The conditions that stand directly in any version of a rule.
pub(crate) fn conditions_of(model: &Model, subject: Subject) -> Vec<ConditionId> {
    let mut all = Vec::new();
    match subject {
        Subject::Duty(id) => {
            let versions = model
                .duties
                .get(id.0)
                .into_iter()
                .flat_map(|rule| &rule.versions);
            for duty in versions.map(|version| &version.body) {
                all.extend([duty.scope, duty.counted]);
                all.extend(duty.restarts.iter().map(|restart| restart.begins));
                all.extend(duty.deadline.anchor.map(|anchor| anchor.condition));
                all.extend(
                    duty.deadline
                        .exceptions
                        .iter()
                        .map(|exception| exception.when),
                );
                for fulfilment in &duty.fulfilments {
                    all.push(fulfilment.by);
                    if let Next::After(_, exceptions) = &fulfilment.next {
                        all.extend(exceptions.iter().map(|exception| exception.when));
                    }
                }
                all.extend(duty.required.iter().filter_map(|required| required.when));
            }
            let exemptions = model.exemptions.iter().flat_map(|rule| &rule.versions);
            let exemptions = exemptions.filter(|version| version.body.duties.contains(&id));
            all.extend(exemptions.map(|version| version.body.when));
            let suspensions = model.suspensions.iter().flat_map(|rule| &rule.versions);
            let suspensions = suspensions.filter(|version| version.body.duties.contains(&id));
            all.extend(suspensions.map(|version| version.body.when));
        }
        Subject::Classification(id) => {
            let rule = model.classifications.get(id.0);
            let versions = rule.into_iter().flat_map(|rule| &rule.versions);
            let branches = versions.flat_map(|version| &version.body.branches);
            all.extend(branches.filter_map(|branch| branch.when));
        }
        Subject::Term(id) => {
            let versions = model
                .terms
                .get(id.0)
                .into_iter()
                .flat_map(|rule| &rule.versions);
            all.extend(versions.map(|version| version.body.when));
        }
        Subject::Warning(id) => {
            let versions = model
                .warnings
                .get(id.0)
                .into_iter()
                .flat_map(|rule| &rule.versions);
            all.extend(versions.map(|version| version.body.when));
        }
        Subject::Assessment(_) => {}
    }
    all
}

fn collect(model: &Model, id: ConditionId, depth: usize, found: &mut Vec<Usage>) {
    let mut used = |subject| {
        found.push(Usage {
            subject,
            condition: id,
            depth,
        });
    };
    match &model.condition(id).kind {
        ConditionKind::Term(it) => used(Subject::Term(*it)),
        ConditionKind::DutyIs(it, _) => used(Subject::Duty(*it)),
        ConditionKind::ClassifiedAs(it, _) => used(Subject::Classification(*it)),
        kind => {
            for operand in kind.operands() {
                collect(model, operand, depth.saturating_add(1), found);
            }
        }
    }
}
