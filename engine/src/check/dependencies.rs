//! What depends on what: rings, and chains too long to follow.

use crate::diagnostics::structure;
use crate::model::{ConditionId, ConditionKind, Duty, DutyId, Model, Next, Subject};
use crate::time::Period;
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
    for (condition, _) in conditions_of(model, subject) {
        collect(model, condition, 1, &mut found);
    }
    found
}

/// The conditions that stand directly in any version of a rule, each with the days on which the
/// version it stands in is in force.
pub(crate) fn conditions_of(model: &Model, subject: Subject) -> Vec<(ConditionId, Period)> {
    match subject {
        Subject::Duty(id) => conditions_of_duty(model, id),
        Subject::Classification(id) => {
            let rule = model.classifications.get(id.0);
            let versions = rule.into_iter().flat_map(|rule| &rule.versions);
            let branches = versions.flat_map(|version| {
                let conditions = version.body.branches.iter().filter_map(|it| it.when);
                conditions.map(|when| (when, version.validity.period))
            });
            branches.collect()
        }
        Subject::Term(id) => model
            .terms
            .get(id.0)
            .into_iter()
            .flat_map(|rule| &rule.versions)
            .map(|version| (version.body.when, version.validity.period))
            .collect(),
        Subject::Warning(id) => model
            .warnings
            .get(id.0)
            .into_iter()
            .flat_map(|rule| &rule.versions)
            .map(|version| (version.body.when, version.validity.period))
            .collect(),
        Subject::Assessment(_) => Vec::new(),
    }
}

/// The conditions of a duty and of what exempts from it or suspends it.
fn conditions_of_duty(model: &Model, id: DutyId) -> Vec<(ConditionId, Period)> {
    let mut all = Vec::new();
    let versions = model.duties.get(id.0).into_iter();
    for version in versions.flat_map(|rule| &rule.versions) {
        let conditions = conditions_within(&version.body).into_iter();
        all.extend(conditions.map(|condition| (condition, version.validity.period)));
    }
    let exemptions = model.exemptions.iter().flat_map(|rule| &rule.versions);
    let exemptions = exemptions.filter(|version| version.body.duties.contains(&id));
    all.extend(exemptions.map(|version| (version.body.when, version.validity.period)));
    let suspensions = model.suspensions.iter().flat_map(|rule| &rule.versions);
    let suspensions = suspensions.filter(|version| version.body.duties.contains(&id));
    all.extend(suspensions.map(|version| (version.body.when, version.validity.period)));
    all
}

/// The conditions that stand in the clauses of a duty.
fn conditions_within(duty: &Duty) -> Vec<ConditionId> {
    let mut all = vec![duty.scope, duty.counted];
    all.extend(duty.restarts.iter().map(|restart| restart.begins));
    all.extend(duty.deadline.anchor.map(|anchor| anchor.condition));
    let exceptions = duty.deadline.exceptions.iter();
    all.extend(exceptions.map(|exception| exception.when));
    for fulfilment in &duty.fulfilments {
        all.push(fulfilment.by);
        if let Next::After(_, exceptions) = &fulfilment.next {
            all.extend(exceptions.iter().map(|exception| exception.when));
        }
    }
    all.extend(duty.required.iter().filter_map(|required| required.when));
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
