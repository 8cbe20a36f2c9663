//! What decided an answer, without the days and rows of the person: so that persons whose answers
//! rest on the same stand in one group.

use crate::evaluate::{DueStep, Evaluation, View};
use crate::model::{
    Basis, ConditionId, ConditionKind, DeadlineException, Duty, DutyId, DutyState, LengthValue,
    Model, Next, Rule, Subject,
};
use crate::outcome::{Ground, MissingFact, State, StateRun};
use crate::time::{Day, Length, Period, Truth};

/// What decided an answer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Deciding {
    /// The state; `None` where the rule is not part of the law.
    pub state: Option<State>,
    /// What it rests on.
    pub steps: Vec<Step>,
}

/// Something that has a name in the rules, and what it rests on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Named {
    /// Its name.
    pub name: String,
    /// Its title, if it has one.
    pub title: Option<String>,
    /// The provisions, if it has any of its own.
    pub basis: Option<String>,
}

/// A step on the way to an answer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// An exemption, suspension, fulfilment or assessment that decides the state.
    Ground(Named),
    /// Someone who is not covered: these conditions do not hold.
    NotCovered(Vec<Named>),
    /// The deadline is counted from the first day of the run.
    Counted {
        /// Its length, if it is known.
        length: Option<Length>,
        /// What the length rests on, where it is a `dog`.
        basis: Option<String>,
    },
    /// The deadline is counted from the end of a fulfilment.
    Fulfilled {
        /// The fulfilment.
        by: Named,
        /// The length that follows it.
        length: Option<Length>,
    },
    /// A fulfilment that is followed by `straks` put it off.
    AtOnce(Named),
    /// An exemption that has ended put it off.
    ExemptionEnded {
        /// The exemption.
        exemption: Named,
        /// The time that follows it.
        grace: Option<Length>,
    },
    /// The person came into scope later.
    Entered {
        /// The time that follows it.
        grace: Option<Length>,
        /// What it rests on.
        basis: Option<String>,
    },
    /// The clock has stood still.
    Suspended,
    /// Timely is the whole calendar week.
    Week,
    /// A fulfilment has discharged the duty.
    Discharged(Named),
    /// These conditions decide a branch or a remark.
    Decided(Vec<Named>),
    /// No other branch applies.
    Otherwise,
    /// These facts are missing: tables and fields.
    Missing(Vec<String>),
}

/// The answer of a rule on `day` and what decided it; no run where it is not part of the law.
#[must_use]
pub fn deciding(
    model: &Model,
    evaluation: &Evaluation<'_>,
    subject: Subject,
    day: Day,
) -> (Option<StateRun>, Deciding) {
    let history = evaluation.history(subject, Period::inclusive(day, day));
    let (Some(run), Some(view)) = (history.into_iter().next(), evaluation.view(day)) else {
        let nothing = Deciding {
            state: None,
            steps: Vec::new(),
        };
        return (None, nothing);
    };
    let reading = Reading { model, view, day };
    let deciding = Deciding {
        state: Some(run.state.clone()),
        steps: reading.steps(subject, &run),
    };
    (Some(run), deciding)
}

struct Reading<'r, 'a> {
    model: &'r Model,
    view: &'r View<'a>,
    day: Day,
}

impl Reading<'_, '_> {
    fn law(&self) -> Day {
        self.model.law_on(self.day)
    }

    fn steps(&self, subject: Subject, run: &StateRun) -> Vec<Step> {
        if run.state.is_unknown() {
            return vec![Step::Missing(self.missing(&run.missing))];
        }
        match subject {
            Subject::Duty(id) => {
                let rule = self.model.duties.get(id.0);
                let version = rule.and_then(|rule| rule.on(self.law()));
                version.map_or_else(Vec::new, |it| self.of_duty(id, &it.body, run))
            }
            Subject::Classification(id) => {
                let rule = self.model.classifications.get(id.0);
                let version = rule.and_then(|rule| rule.on(self.law()));
                let mut branches = version.iter().flat_map(|it| &it.body.branches);
                match branches
                    .find(|it| it.state == run.state.name())
                    .map(|it| it.when)
                {
                    Some(Some(when)) => vec![Step::Decided(self.decisive(&[when]))],
                    Some(None) => vec![Step::Otherwise],
                    None => Vec::new(),
                }
            }
            Subject::Warning(id) => {
                let rule = self.model.warnings.get(id.0);
                let version = rule.and_then(|rule| rule.on(self.law()));
                let when = version.map(|it| self.decisive(&[it.body.when]));
                when.map(Step::Decided).into_iter().collect()
            }
            Subject::Term(_) | Subject::Assessment(_) => Vec::new(),
        }
    }

    fn of_duty(&self, id: DutyId, duty: &Duty, run: &StateRun) -> Vec<Step> {
        let State::Duty(state) = run.state else {
            return Vec::new();
        };
        match state {
            DutyState::NotCovered => {
                let needed = [duty.scope, duty.counted].into_iter();
                let lacking = needed.filter(|id| self.view.timeline(*id).at(self.day) == Truth::No);
                vec![Step::NotCovered(
                    self.decisive(&lacking.collect::<Vec<_>>()),
                )]
            }
            DutyState::Discharged => self.discharged(duty).into_iter().collect(),
            DutyState::DeadlineRunning | DutyState::Overdue => self.of_deadline(id, duty),
            DutyState::InOffer => {
                let grounds = run.grounds.iter();
                let named = grounds.map(|it| self.fulfilment(&it.name, it.basis.as_ref()));
                named.map(Step::Ground).collect()
            }
            _ => run
                .grounds
                .iter()
                .map(|it| Step::Ground(ground(it)))
                .collect(),
        }
    }

    /// The last fulfilment that discharges and has begun.
    fn discharged(&self, duty: &Duty) -> Option<Step> {
        let fulfilments = duty.fulfilments.iter();
        let ended = fulfilments
            .filter(|it| matches!(it.next, Next::Discharged))
            .filter_map(|it| {
                let timeline = self.view.timeline(it.by);
                let runs = timeline.sure().runs();
                let last = runs.iter().rfind(|run| run.start <= self.day)?.end;
                Some((
                    last,
                    Step::Discharged(self.fulfilment(&it.name, it.basis.as_ref())),
                ))
            });
        ended.max().map(|(_, step)| step)
    }

    /// What the due date rests on: the step that decides it, and whether the clock has stood still.
    fn of_deadline(&self, id: DutyId, duty: &Duty) -> Vec<Step> {
        let steps = self.view.due_steps(id, duty, self.day);
        let mut decided: Vec<Step> = Vec::new();
        for step in &steps {
            match step {
                DueStep::Suspended { .. } => decided.push(Step::Suspended),
                DueStep::Week { .. } => {}
                step => decided = vec![self.due_step(duty, step)],
            }
        }
        if duty.timely_in_week.is_some() {
            decided.push(Step::Week);
        }
        decided
    }

    fn due_step(&self, duty: &Duty, step: &DueStep) -> Step {
        match step {
            DueStep::Counted { from, .. } => {
                let (length, basis) =
                    self.decided(duty.deadline.length, &duty.deadline.exceptions, *from);
                Step::Counted { length, basis }
            }
            DueStep::Fulfilled {
                fulfilment, last, ..
            } => {
                let by = duty.fulfilments.get(*fulfilment);
                let length = match by.map(|it| &it.next) {
                    Some(Next::After(length, exceptions)) => {
                        self.decided(*length, exceptions, *last).0
                    }
                    _ => None,
                };
                let name = by.map_or("", |it| it.name.as_str());
                let by = self.fulfilment(name, by.and_then(|it| it.basis.as_ref()));
                Step::Fulfilled { by, length }
            }
            DueStep::AtOnce { fulfilment, .. } => {
                let by = duty.fulfilments.get(*fulfilment);
                let name = by.map_or("", |it| it.name.as_str());
                Step::AtOnce(self.fulfilment(name, by.and_then(|it| it.basis.as_ref())))
            }
            DueStep::Exempt { name, .. } => {
                let mut rules = self.model.exemptions.iter();
                let version = rules.find(|rule| rule.name == *name);
                let version = version.and_then(|rule| rule.on(self.law()));
                let grace = version.and_then(|it| it.body.grace);
                Step::ExemptionEnded {
                    exemption: Named {
                        name: name.clone(),
                        title: version.and_then(|it| it.title.clone()),
                        basis: version.and_then(|it| words(it.basis.as_ref())),
                    },
                    grace: grace.and_then(|grace| self.view.length(grace)),
                }
            }
            DueStep::Entered { .. } => {
                let entry = duty.entry.as_ref();
                Step::Entered {
                    grace: entry.and_then(|entry| self.view.length(entry.length)),
                    basis: entry.and_then(|entry| words(entry.basis.as_ref())),
                }
            }
            DueStep::Suspended { .. } => Step::Suspended,
            DueStep::Week { .. } => Step::Week,
        }
    }

    /// The length that was counted, by the `dog` lines on that day, and its own basis.
    fn decided(
        &self,
        base: LengthValue,
        exceptions: &[DeadlineException],
        day: Day,
    ) -> (Option<Length>, Option<String>) {
        let holds = |it: &&DeadlineException| self.view.timeline(it.when).at(day) == Truth::Yes;
        match exceptions.iter().rfind(holds) {
            Some(it) => (self.view.length(it.length), words(it.basis.as_ref())),
            None => (self.view.length(base), None),
        }
    }

    fn fulfilment(&self, name: &str, basis: Option<&Basis>) -> Named {
        let terms = self.model.terms.iter();
        let own = named(terms, name, self.law());
        Named {
            basis: words(basis).or_else(|| own.as_ref()?.basis.clone()),
            name: name.to_owned(),
            title: own.and_then(|own| own.title),
        }
    }

    /// The named conditions that made these what they are on the day.
    fn decisive(&self, conditions: &[ConditionId]) -> Vec<Named> {
        let mut found = Vec::new();
        for id in conditions {
            self.find(*id, &mut found);
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    fn find(&self, id: ConditionId, found: &mut Vec<Named>) {
        let truth = |id: ConditionId| self.view.timeline(id).at(self.day);
        let kind = &self.model.condition(id).kind;
        let law = self.law();
        match kind {
            ConditionKind::Term(term) => {
                let rule = self.model.terms.get(term.0);
                found.extend(rule.and_then(|rule| in_force(rule, law)));
            }
            ConditionKind::Assessed { assessment, .. } => {
                let rule = self.model.assessments.get(assessment.0);
                found.extend(rule.and_then(|rule| in_force(rule, law)));
            }
            ConditionKind::DutyIs(duty, _) => {
                let rule = self.model.duties.get(duty.0);
                found.extend(rule.and_then(|rule| in_force(rule, law)));
            }
            ConditionKind::ClassifiedAs(classification, _) => {
                let rule = self.model.classifications.get(classification.0);
                found.extend(rule.and_then(|rule| in_force(rule, law)));
            }
            ConditionKind::Rows { table, .. } | ConditionKind::Age { table, .. } => {
                let table = self.model.tables.get(table.0);
                found.extend(table.map(|table| Named {
                    name: table.name.clone(),
                    title: table.title.clone(),
                    basis: None,
                }));
            }
            ConditionKind::All(parts) | ConditionKind::Any(parts) => {
                let whole = truth(id);
                for part in parts.iter().filter(|part| truth(**part) == whole) {
                    self.find(*part, found);
                }
            }
            ConditionKind::Except { base, exceptions } => {
                let holding = exceptions.iter().rfind(|it| truth(it.when) == Truth::Yes);
                self.find(holding.map_or(*base, |it| it.when), found);
            }
            other => {
                for part in other.operands() {
                    self.find(part, found);
                }
            }
        }
    }

    /// Tables and fields, without the rows.
    fn missing(&self, facts: &[MissingFact]) -> Vec<String> {
        let table = |id: crate::model::TableId| {
            let table = self.model.tables.get(id.0);
            table.map_or_else(String::new, |table| table.name.clone())
        };
        let name = |fact: &MissingFact| match fact {
            MissingFact::NoRow { table: id } | MissingFact::Contradiction { table: id, .. } => {
                table(*id)
            }
            MissingFact::Value {
                table: id, field, ..
            } => {
                let declared = self.model.tables.get(id.0);
                let field = declared.and_then(|table| table.fields.get(field.0));
                let field = field.map_or("", |field| field.name.as_str());
                format!("{}.{field}", table(*id))
            }
            MissingFact::Start { table: id, .. } => format!("{}.fra", table(*id)),
            MissingFact::End { table: id, .. } => format!("{}.til", table(*id)),
            MissingFact::Registered { table: id, .. } => format!("{}.registreret", table(*id)),
            MissingFact::NoVersion { rule } => rule.clone(),
        };
        let mut names: Vec<String> = facts.iter().map(name).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

fn words(basis: Option<&Basis>) -> Option<String> {
    basis.map(ToString::to_string)
}

fn ground(ground: &Ground) -> Named {
    Named {
        name: ground.name.clone(),
        title: ground.title.clone(),
        basis: words(ground.basis.as_ref()),
    }
}

fn in_force<T>(rule: &Rule<T>, law: Day) -> Option<Named> {
    let version = rule.on(law)?;
    Some(Named {
        name: rule.name.clone(),
        title: version.title.clone(),
        basis: words(version.basis.as_ref()),
    })
}

fn named<'r, T: 'r>(
    mut rules: impl Iterator<Item = &'r Rule<T>>,
    name: &str,
    law: Day,
) -> Option<Named> {
    in_force(rules.find(|rule| rule.name == name)?, law)
}
