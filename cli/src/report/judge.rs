//! One case, judged by all that the memo asks of it on the day.

use super::choice::Choice;
use hjemmel_engine::case::Case;
use hjemmel_engine::evaluate::Evaluation;
use hjemmel_engine::measure::{Contribution, contribution};
use hjemmel_engine::model::{DutyId, DutyState, ExemptionId, Model, Subject};
use hjemmel_engine::outcome::{MissingFact, State, StateRun};
use hjemmel_engine::suspects::Search;
use hjemmel_engine::time::{Day, Period};
use std::collections::{BTreeMap, BTreeSet};

/// What is known of a case on the day.
pub(crate) struct Judged {
    pub(crate) measures: Vec<Option<Contribution>>,
    pub(crate) reviews: Vec<Option<State>>,
    pub(crate) exempt: BTreeSet<ExemptionId>,
    /// The duties of which it is not known how they stand, and what is missing.
    pub(crate) unknown: BTreeMap<DutyId, Vec<MissingFact>>,
    /// Of a bad answer, the most plausible slip behind it, if any.
    pub(crate) slip: Option<Option<usize>>,
}

/// What is asked of every case.
pub(crate) struct Judge<'a> {
    pub(crate) model: &'a Model,
    pub(crate) choice: &'a Choice,
    pub(crate) day: Day,
    pub(crate) known_on: Option<Day>,
}

impl Judge<'_> {
    /// Judges a case; with a search also what may be registered wrongly in it.
    pub(crate) fn judge(&self, case: &Case, search: Option<&(Search<'_>, &State)>) -> Judged {
        let (model, day) = (self.model, self.day);
        let evaluation = Evaluation::new(model, case, self.known_on);
        let on_the_day = |subject| -> Option<StateRun> {
            let days = Period::inclusive(day, day);
            evaluation.history(subject, days).into_iter().next()
        };
        let mut judged = Judged {
            measures: Vec::new(),
            reviews: Vec::new(),
            exempt: BTreeSet::new(),
            unknown: BTreeMap::new(),
            slip: None,
        };
        let measures = self.choice.measures.iter();
        judged.measures = measures
            .map(|id| contribution(model, &evaluation, *id, day))
            .collect();
        let states = self.choice.all_reviews().map(|review| {
            let subject = Subject::Classification(review.classification);
            on_the_day(subject).map(|run| run.state)
        });
        judged.reviews = states.collect();
        for duty in (0..model.duties.len()).map(DutyId) {
            let Some(run) = on_the_day(Subject::Duty(duty)) else {
                continue;
            };
            match run.state {
                State::Duty(DutyState::Exempt) => {
                    let names = run.grounds.iter().map(|ground| ground.name.as_str());
                    judged
                        .exempt
                        .extend(names.filter_map(|name| self.exemption(name)));
                }
                State::Duty(DutyState::Unknown) => {
                    judged.unknown.insert(duty, run.missing);
                }
                _ => {}
            }
        }
        judged.slip = search.and_then(|(search, bad)| {
            let is_bad = search.answer(case).as_ref() == Some(*bad);
            is_bad.then(|| search.suspects(case, bad).first().map(|it| it.slip))
        });
        judged
    }

    fn exemption(&self, name: &str) -> Option<ExemptionId> {
        let mut rules = self.model.exemptions.iter();
        rules.position(|rule| rule.name == name).map(ExemptionId)
    }
}
