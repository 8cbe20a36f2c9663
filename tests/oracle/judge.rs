//! The oracle's answer on a day.

use super::days::Window;
use super::picture::{Picture, View};
use super::world::{Fault, Fill, World};
use hjemmel_engine::model::{Model, RowCondition, Subject, Table};
use hjemmel_engine::outcome::State;
use hjemmel_engine::time::{Day, Truth};
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

/// What the oracle says of a subject on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) state: State,
    /// Of a duty.
    pub(crate) due: Option<Day>,
    /// The due date may also be another: see [`super::clock::DutyDay::turning`].
    pub(crate) turning: bool,
    /// Rests on something that was filled in: the law has a hole there, or rows contradict
    /// each other. The engine may then say `ukendt`.
    pub(crate) guessed: bool,
}

/// The oracle for one case in which nothing is unknown.
pub(crate) struct Oracle<'a> {
    model: &'a Model,
    world: &'a World,
    window: Window,
    known_on: Option<Day>,
    fill: Fill,
    fault: Option<Fault>,
    /// The days on which the picture changes: rows begin, the law changes.
    changes: BTreeSet<Day>,
    pictures: RefCell<HashMap<Option<Day>, Rc<Picture<'a>>>>,
}

impl<'a> Oracle<'a> {
    pub(crate) fn new(
        model: &'a Model,
        world: &'a World,
        window: Window,
        known_on: Option<Day>,
    ) -> Self {
        let starts = world.tables.iter().flatten().map(|row| row.first);
        let changes = starts.chain(law_changes(model)).collect();
        let (fill, fault) = (Fill::No, None);
        let pictures = RefCell::default();
        Self {
            model,
            world,
            window,
            known_on,
            fill,
            fault,
            changes,
            pictures,
        }
    }

    pub(crate) fn fill(self, fill: Fill) -> Self {
        Self { fill, ..self }
    }

    pub(crate) fn fault(self, fault: Option<Fault>) -> Self {
        Self { fault, ..self }
    }

    /// The picture of `day`: days between two changes share theirs.
    fn picture(&self, day: Day) -> Rc<Picture<'a>> {
        // Planted foresight looks a day ahead: then no day shares its picture.
        let key = match self.fault {
            Some(Fault::Foresight | Fault::Law) => Some(day),
            _ => self.changes.range(..=day).next_back().copied(),
        };
        let make = || {
            let rows = (self.model, self.world);
            Rc::new(Picture::new(
                rows,
                (self.window, day),
                (self.fill, self.fault),
            ))
        };
        Rc::clone(self.pictures.borrow_mut().entry(key).or_insert_with(make))
    }

    /// What the oracle says of `subject` on `day`; `None` if it is not part of the law then.
    pub(crate) fn judge(&self, subject: Subject, day: Day) -> Option<Answer> {
        self.forecast(subject, day, day)
    }

    /// What the picture of `today` says of `day`.
    pub(crate) fn forecast(&self, subject: Subject, today: Day, day: Day) -> Option<Answer> {
        let picture = self.picture(today);
        let law = self.model.pinned.unwrap_or(today);
        let law = law.plus(-picture.slip(Fault::Law));
        let view = View {
            law,
            known_on: self.known_on,
            lenient: false,
        };
        if !spans(self.model, subject, law) {
            return None;
        }
        let i = self.window.index(day).expect("the day lies in the window");
        let (state, guessed) = picture.guessing(|| said(&picture, subject, view, (day, i)));
        let duty = match subject {
            Subject::Duty(id) => picture.duty(id, view).map(|days| days[i]),
            _ => None,
        };
        let (due, turning) = (
            duty.and_then(|day| day.due),
            duty.is_some_and(|day| day.turning),
        );
        Some(match state {
            Some(state) => Answer {
                state,
                due,
                turning,
                guessed,
            },
            None => Answer {
                state: State::Truth(Truth::Unknown),
                due: None,
                turning,
                guessed: true,
            },
        })
    }
}

/// The state; `None` in a hole of the rule itself.
fn said(picture: &Picture, subject: Subject, view: View, (day, i): (Day, usize)) -> Option<State> {
    let model = picture.model;
    let truth = |holds: bool| Some(State::Truth(holds.into()));
    match subject {
        Subject::Duty(id) => picture
            .duty(id, view)
            .map(|days| State::Duty(days[i].state)),
        Subject::Classification(id) => {
            picture
                .classified(id, view)
                .as_ref()
                .as_ref()
                .map(|days| match &days[i] {
                    Some(name) => State::Branch(name.clone()),
                    None => State::UnknownBranch,
                })
        }
        Subject::Term(id) => {
            let on = model.terms[id.0].on(view.law).is_some();
            on.then(|| truth(picture.term(id, view).on(day))).flatten()
        }
        Subject::Warning(id) => {
            let on = model.warnings[id.0].on(view.law);
            on.and_then(|warning| truth(picture.marks(warning.body.when, view).on(day)))
        }
        Subject::Assessment(id) => {
            let on = model.assessments[id.0].on(view.law).is_some();
            let all = RowCondition::All(Vec::new());
            let holds = || {
                picture
                    .decided(id, &all, view, |d| d == Table::DECIDED_YES)
                    .0
                    .on(day)
            };
            on.then(|| truth(holds())).flatten()
        }
    }
}

fn spans(model: &Model, subject: Subject, day: Day) -> bool {
    match subject {
        Subject::Duty(id) => model.duties[id.0].spans(day),
        Subject::Classification(id) => model.classifications[id.0].spans(day),
        Subject::Term(id) => model.terms[id.0].spans(day),
        Subject::Assessment(id) => model.assessments[id.0].spans(day),
        Subject::Warning(id) => model.warnings[id.0].spans(day),
    }
}

/// Every day on which some version or value comes into force or goes out of it.
fn law_changes(model: &Model) -> BTreeSet<Day> {
    let mut days = BTreeSet::new();
    macro_rules! versions {
        ($($rules:ident)*) => {$(
            for version in model.$rules.iter().flat_map(|rule| &rule.versions) {
                days.extend([version.validity.period.start, version.validity.period.end]);
            }
        )*};
    }
    versions!(parameters assessments terms duties exemptions suspensions classifications warnings transitions);
    for version in model.parameters.iter().flat_map(|rule| &rule.versions) {
        for (validity, _) in &version.body.values {
            days.extend([validity.period.start, validity.period.end]);
        }
    }
    days
}

/// Everything of the model that has an answer on a day.
pub(crate) fn subjects(model: &Model) -> Vec<Subject> {
    use hjemmel_engine::model::{AssessmentId, ClassificationId, DutyId, TermId, WarningId};
    let mut all = Vec::new();
    all.extend((0..model.duties.len()).map(|i| Subject::Duty(DutyId(i))));
    all.extend(
        (0..model.classifications.len()).map(|i| Subject::Classification(ClassificationId(i))),
    );
    all.extend((0..model.terms.len()).map(|i| Subject::Term(TermId(i))));
    all.extend((0..model.assessments.len()).map(|i| Subject::Assessment(AssessmentId(i))));
    all.extend((0..model.warnings.len()).map(|i| Subject::Warning(WarningId(i))));
    all
}
