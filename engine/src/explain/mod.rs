//! Explanations: the answer of a rule on a day as a tree of reasons.
//!
//! Every step says what it found, on which provision it rests, which days it covers and which
//! rows it read. Exceptions that were tried and did not apply are told too.

mod conditions;
mod deadline;
mod words;

use crate::case::Source;
use crate::evaluate::{Evaluation, View, subject_name};
use crate::model::{
    Basis, Branch, Duty, DutyId, Model, Next, Required, Restart, Subject, TableId, Version,
};
use crate::outcome::{MissingFact, Outcome};
use crate::time::{Day, Period, Truth};
use hjemmel_grammar::diagnostic::Text;
use hjemmel_grammar::span::Site;
pub use words::missing_fact;

/// A step of an explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// What was found, in one sentence.
    pub text: Text,
    /// What it came to, where it is a yes or no.
    pub truth: Option<Truth>,
    /// What it rests on.
    pub basis: Option<Basis>,
    /// The days it covers, around the day asked about.
    pub days: Option<Period>,
    /// The rows it read.
    pub rows: Vec<RowRead>,
    /// The author's summary of the provision.
    pub summary: Vec<String>,
    /// Where it stands in the rules.
    pub site: Option<Site>,
    /// What it follows from.
    pub because: Vec<Reason>,
}

/// A row that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowRead {
    /// Its table.
    pub table: TableId,
    /// Where it stands.
    pub source: Source,
}

impl Reason {
    fn new(text: Text) -> Self {
        Self {
            text,
            truth: None,
            basis: None,
            days: None,
            rows: Vec::new(),
            summary: Vec::new(),
            site: None,
            because: Vec::new(),
        }
    }
}

/// An answer with its reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The answer.
    pub outcome: Outcome,
    /// Its reasons; the first step is the answer itself.
    pub reason: Reason,
    /// The facts that are missing, where the answer is unknown.
    pub missing: Vec<MissingFact>,
}

/// Explains the answer of a rule on `day`; `None` if the rule is not part of the law that day.
#[must_use]
pub fn explain<'a>(
    model: &'a Model,
    evaluation: &Evaluation<'a>,
    subject: Subject,
    day: Day,
) -> Option<Explanation> {
    let outcome = evaluation.judge(subject, day)?;
    let view = evaluation.view(day)?;
    let mut reason = Reason::new(words::answer(subject_name(model, subject), &outcome));
    reason.basis = outcome.run.basis.clone();
    reason.days = Some(outcome.run.days);
    let law = model.law_on(day);
    let explainer = Explainer {
        model,
        view,
        law,
        day,
    };
    match subject {
        Subject::Duty(id) => {
            if let Some(version) = model.duties.get(id.0).and_then(|rule| rule.on(law)) {
                explainer.header(&mut reason, version);
                reason.because = explainer.duty(id, version, &outcome);
            }
        }
        Subject::Classification(id) => {
            if let Some(version) = model
                .classifications
                .get(id.0)
                .and_then(|rule| rule.on(law))
            {
                explainer.header(&mut reason, version);
                reason.because = explainer.branches(&version.body.branches);
            }
        }
        Subject::Term(id) => {
            if let Some(version) = model.terms.get(id.0).and_then(|rule| rule.on(law)) {
                explainer.header(&mut reason, version);
                reason.because = vec![explainer.condition(version.body.when, 0)];
            }
        }
        Subject::Warning(id) => {
            if let Some(version) = model.warnings.get(id.0).and_then(|rule| rule.on(law)) {
                explainer.header(&mut reason, version);
                reason.because = vec![explainer.condition(version.body.when, 0)];
            }
        }
        Subject::Assessment(_) => {}
    }
    let missing = outcome.run.missing.clone();
    Some(Explanation {
        outcome,
        reason,
        missing,
    })
}

/// What an explanation of one day is made from.
struct Explainer<'v, 'a> {
    model: &'a Model,
    view: &'v View<'a>,
    /// The day whose law it is told by: the day asked about, unless the law is pinned.
    law: Day,
    /// The day that conditions are looked at on.
    day: Day,
}

impl Explainer<'_, '_> {
    fn header<T>(&self, reason: &mut Reason, version: &Version<T>) {
        reason.summary.clone_from(&version.summary);
        reason.site = Some(version.name_site);
    }

    /// The steps of a duty: the due date, what has been done, who is covered and since when, and
    /// the exceptions that were tried.
    fn duty(&self, id: DutyId, version: &Version<Duty>, outcome: &Outcome) -> Vec<Reason> {
        let duty = &version.body;
        let scope = self.condition(duty.scope, 0);
        if self.view.timeline(duty.scope).at(self.day) == Truth::No {
            return vec![scope];
        }
        let due = outcome.run.due.map(|due| self.due(id, duty, due));
        let mut steps: Vec<Reason> = duty.required.iter().map(|it| self.required(it)).collect();
        steps.extend(due);
        steps.extend(duty.fulfilments.iter().map(|fulfilment| {
            let name = words::fulfilment(&fulfilment.name, matches!(fulfilment.next, Next::AtOnce));
            let mut step = self.last_spell(fulfilment.by, name);
            step.basis.clone_from(&fulfilment.basis);
            step
        }));
        steps.extend([scope, self.counted(id, duty)]);
        steps.extend(self.suspensions(id));
        steps.extend(self.exemptions(id));
        steps
    }

    /// Whether an assessment is required, and whether it has been made.
    fn required(&self, required: &Required) -> Reason {
        let rule = self.model.assessments.get(required.assessment.0);
        let version = rule.and_then(|rule| rule.on(self.law));
        let name = rule.map_or("", |rule| rule.name.as_str());
        let title = version
            .and_then(|version| version.title.as_deref())
            .unwrap_or(name);
        let truth = required
            .when
            .map_or(Truth::Yes, |when| self.view.timeline(when).at(self.day));
        let decided = self.view.is_decided(required.assessment, self.day);
        let mut step = Reason::new(words::required(title, truth, decided));
        step.truth = Some(truth);
        step.basis.clone_from(&required.basis);
        step.because = required
            .when
            .iter()
            .map(|when| self.condition(*when, 0))
            .collect();
        step
    }

    /// What is counted, and since when.
    fn counted(&self, id: DutyId, duty: &Duty) -> Reason {
        let run = self.view.timeline(duty.counted).possible().run_at(self.day);
        let start = self.view.counted_since(id, duty, self.day);
        let mut step = self.condition(duty.counted, 0);
        step.text = start.map_or_else(words::counted_unknown, words::counted_since);
        step.days = run.map(|run| Period::new(start.unwrap_or(run.start), run.end));
        let cut = start.filter(|start| run.is_some_and(|run| run.start < *start));
        step.because
            .extend(cut.iter().flat_map(|start| self.restarts(duty, *start)));
        step
    }

    /// What began on `start`, so that the period is counted anew from that day.
    fn restarts(&self, duty: &Duty, start: Day) -> Vec<Reason> {
        let begins = |when| {
            let timeline = self.view.timeline(when);
            let run = timeline.possible().run_at(start);
            run.is_some_and(|run| run.start == start)
        };
        let restarts = duty.restarts.iter().filter(|it| begins(it.begins));
        let reason = |restart: &Restart| {
            let mut step = self.condition(restart.begins, 0);
            step.text = words::counted_anew(start, &step.text);
            step.basis.clone_from(&restart.basis);
            step
        };
        restarts.map(reason).collect()
    }

    fn exemptions(&self, id: DutyId) -> Vec<Reason> {
        let rules = self.model.exemptions.iter();
        let versions = rules.filter_map(|rule| Some((rule, rule.on(self.law)?)));
        let attached = versions.filter(|(_, version)| version.body.duties.contains(&id));
        let step =
            |(rule, version): (&crate::model::Rule<_>, &Version<crate::model::Exemption>)| {
                let title = version.title.as_deref().unwrap_or(&rule.name);
                self.tried(words::exemption, title, version, version.body.when)
            };
        attached.map(step).collect()
    }

    fn suspensions(&self, id: DutyId) -> Vec<Reason> {
        let rules = self.model.suspensions.iter();
        let versions = rules.filter_map(|rule| Some((rule, rule.on(self.law)?)));
        let attached = versions.filter(|(_, version)| version.body.duties.contains(&id));
        let step =
            |(rule, version): (&crate::model::Rule<_>, &Version<crate::model::Suspension>)| {
                let title = version.title.as_deref().unwrap_or(&rule.name);
                self.tried(words::suspension, title, version, version.body.when)
            };
        attached.map(step).collect()
    }

    /// An exception that was tried: whether it applies, and why.
    fn tried<T>(
        &self,
        wording: fn(&str, Truth) -> Text,
        title: &str,
        version: &Version<T>,
        when: crate::model::ConditionId,
    ) -> Reason {
        let truth = self.view.timeline(when).at(self.day);
        let expired = self.view.if_reassessed().timeline(when).at(self.day);
        let text = match (truth, expired) {
            (Truth::No, Truth::Yes) => words::expired(title),
            _ => wording(title, truth),
        };
        let mut step = Reason::new(text);
        step.truth = Some(truth);
        step.basis.clone_from(&version.basis);
        step.days = self.days_around(when);
        self.header(&mut step, version);
        step.because = vec![self.condition(when, 0)];
        step
    }

    /// The spell that fulfils on the day, or the last that did.
    fn last_spell(&self, by: crate::model::ConditionId, name: (Text, Text, Text)) -> Reason {
        let timeline = self.view.timeline(by);
        let (running, ended, none) = name;
        let mut step = self.condition(by, 0);
        let runs = timeline.sure().runs();
        let last = runs.iter().rfind(|run| run.start <= self.day);
        step.text = match last {
            Some(run) if run.contains(self.day) => words::with_days(&running, *run),
            Some(run) => words::with_days(&ended, *run),
            None => none,
        };
        step.truth = Some(timeline.at(self.day));
        if let Some(run) = last {
            step.days = Some(*run);
            step.rows = self.rows_of(by, *run);
            if !run.contains(self.day) {
                step.because.clear();
            }
        }
        step
    }

    /// The branches of a classification up to the one that applies.
    fn branches(&self, branches: &[Branch]) -> Vec<Reason> {
        let mut steps = Vec::new();
        for branch in branches {
            let Some(when) = branch.when else {
                let mut step = Reason::new(words::otherwise(&branch.state));
                step.basis.clone_from(&branch.basis);
                steps.push(step);
                continue;
            };
            let truth = self.view.timeline(when).at(self.day);
            let mut step = Reason::new(words::branch(&branch.state, truth));
            step.truth = Some(truth);
            step.basis.clone_from(&branch.basis);
            step.days = self.days_around(when);
            step.because = vec![self.condition(when, 0)];
            steps.push(step);
            if truth == Truth::Yes {
                break;
            }
        }
        steps
    }
}
