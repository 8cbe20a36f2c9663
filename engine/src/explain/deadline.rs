//! The last timely day in an explanation: how it came about, and which other lengths were tried.

use super::{Explainer, Reason, words};
use crate::evaluate::DueStep;
use crate::model::{Duty, DutyId, Next};
use crate::outcome::Due;

impl Explainer<'_, '_> {
    /// The last timely day, and how it came about.
    pub(super) fn due(&self, id: DutyId, duty: &Duty, due: Due) -> Reason {
        let mut step = Reason::new(words::due(due, self.day));
        let steps = self.view.due_steps(id, duty, self.day);
        step.because = steps
            .iter()
            .map(|due_step| self.due_step(duty, due_step))
            .collect();
        step
    }

    fn due_step(&self, duty: &Duty, step: &DueStep) -> Reason {
        let by = |fulfilment: usize| duty.fulfilments.get(fulfilment);
        let name = |fulfilment: usize| by(fulfilment).map_or("", |it| it.name.as_str());
        let (text, basis) = match step {
            DueStep::Counted { from, due } => (words::due_counted(*from, *due), None),
            DueStep::Fulfilled {
                fulfilment,
                last,
                due,
            } => {
                let text = words::due_fulfilled(name(*fulfilment), *last, *due);
                (text, by(*fulfilment).and_then(|it| it.basis.clone()))
            }
            DueStep::Suspended { days, due } => (words::due_suspended(*days, *due), None),
            DueStep::Exempt { name, last, due } => {
                let rule = self.model.exemptions.iter().find(|rule| rule.name == *name);
                let version = rule.and_then(|rule| rule.on(self.law));
                let title = version
                    .and_then(|version| version.title.as_deref())
                    .unwrap_or(name);
                let text = words::due_exempt(title, *last, *due, self.day);
                (text, version.and_then(|version| version.basis.clone()))
            }
            DueStep::AtOnce { fulfilment, due } => {
                let text = words::due_at_once(name(*fulfilment), *due);
                (text, by(*fulfilment).and_then(|it| it.basis.clone()))
            }
            DueStep::Entered { entry, due } => {
                let basis = duty.entry.as_ref().and_then(|entry| entry.basis.clone());
                (words::due_entered(*entry, *due), basis)
            }
            DueStep::Week { due } => (words::due_week(*due), duty.timely_in_week.clone().flatten()),
        };
        Reason {
            basis,
            because: self.lengths_tried(duty, step),
            ..Reason::new(text)
        }
    }

    /// The `dog` lines of the length that was counted: the last that held on the day counted from
    /// decided.
    fn lengths_tried(&self, duty: &Duty, step: &DueStep) -> Vec<Reason> {
        let (from, exceptions) = match step {
            DueStep::Counted { from, .. } => (*from, duty.deadline.exceptions.as_slice()),
            DueStep::Fulfilled {
                fulfilment, last, ..
            } => match duty.fulfilments.get(*fulfilment).map(|it| &it.next) {
                Some(Next::After(_, exceptions)) => (*last, exceptions.as_slice()),
                _ => return Vec::new(),
            },
            _ => return Vec::new(),
        };
        let then = Explainer { day: from, ..*self };
        let tried = exceptions.iter().map(|exception| {
            let mut step = then.condition(exception.when, 0);
            step.text = words::length_tried(&self.length(exception.length), &step.text);
            step.basis.clone_from(&exception.basis);
            step
        });
        tried.collect()
    }
}
