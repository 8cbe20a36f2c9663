//! What the law says in a picture: terms with their transitions, classifications, parameters.

use super::days::Marks;
use super::picture::{Picture, View};
use super::world::Fault;
use hjemmel_engine::model::{
    Bound, Branch, ClassificationId, LengthValue, Literal, ParameterId, ParameterValue, TermId,
};
use hjemmel_engine::time::{Day, Length};
use std::rc::Rc;

/// The branch of each day of the window; `None` where none applies.
pub(crate) type Classified = Vec<Option<String>>;

impl Picture<'_> {
    pub(crate) fn term_marks(&self, id: TermId, view: View) -> Marks {
        let rule = &self.model.terms[id.0];
        let Some(version) = rule.on(view.law) else {
            return self.hole(id.0);
        };
        let now = self.marks(version.body.when, view);
        let mut transitions = self
            .model
            .transitions
            .iter()
            .filter_map(|rule| rule.on(view.law));
        let pinned = transitions
            .find(|version| version.body.term == id && self.fault != Some(Fault::Transition));
        let Some(pinned) = pinned else {
            return now.as_ref().clone();
        };
        let old_view = View {
            law: pinned.body.law_of,
            ..view
        };
        let old = match rule.on(old_view.law) {
            Some(old) => self.marks(old.body.when, old_view),
            None => Rc::new(self.hole(id.0)),
        };
        let before = pinned.body.begun_before;
        let mut marks = Marks::by(self.window, |_| false);
        for run in old.runs().into_iter().filter(|run| run.first < before) {
            marks.set(run.first, run.last);
        }
        for run in now.runs().into_iter().filter(|run| run.first >= before) {
            marks.set(run.first, run.last);
        }
        marks
    }

    pub(crate) fn branches(&self, id: ClassificationId, view: View) -> Option<Classified> {
        let branches = &self.model.classifications[id.0].on(view.law)?.body.branches;
        let when = |branch: &Branch| branch.when.map(|id| self.marks(id, view));
        let whens: Vec<_> = branches.iter().map(when).collect();
        let otherwise = branches.iter().find(|branch| branch.when.is_none());
        let on = |day| {
            let applies = whens
                .iter()
                .position(|when| when.as_ref().is_some_and(|when| when.on(day)));
            applies
                .map(|i| &branches[i])
                .or(otherwise)
                .map(|branch| branch.state.clone())
        };
        Some(self.window.days().map(on).collect())
    }

    pub(crate) fn parameter(&self, id: ParameterId, view: View) -> ParameterValue {
        let rule = &self.model.parameters[id.0];
        let in_force = rule.on(view.law).and_then(|version| {
            let mut values = version.body.values.iter();
            values.find(|(validity, _)| validity.period.contains(view.law))
        });
        if let Some((_, value)) = in_force {
            return *value;
        }
        self.guess();
        let values: Vec<_> = rule
            .versions
            .iter()
            .flat_map(|version| &version.body.values)
            .collect();
        values[self.fill.pick(id.0, view.law, values.len())].1
    }

    pub(crate) fn length(&self, value: LengthValue, view: View) -> Length {
        match value {
            Literal::Fixed(length) => length,
            Literal::Parameter(id) => match self.parameter(id, view) {
                ParameterValue::Length(length) => length,
                other => panic!("{other:?} is no length"),
            },
        }
    }

    pub(crate) fn date(&self, value: Literal<Day>, view: View) -> Day {
        match value {
            Literal::Fixed(day) => day,
            Literal::Parameter(id) => match self.parameter(id, view) {
                ParameterValue::Date(day) => day,
                other => panic!("{other:?} is no date"),
            },
        }
    }

    pub(crate) fn bound(&self, value: Literal<Bound>, view: View) -> Bound {
        match value {
            Literal::Fixed(bound) => bound,
            Literal::Parameter(id) => match self.parameter(id, view) {
                ParameterValue::Number(number) => Bound::Number(number),
                ParameterValue::Date(day) => Bound::Date(day),
                other => panic!("{other:?} is no bound"),
            },
        }
    }
}
