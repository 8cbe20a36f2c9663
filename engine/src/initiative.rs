//! What a municipality has begun for some of its citizens: who is in the target group, who of them
//! takes part, and what a measure says of the ones and of the others, then and now.
//!
//! The difference between the ones and the others is not the effect of the initiative: they were
//! not drawn by lot. What is unknown is told apart, and counts on neither side.

use crate::evaluate::Evaluation;
use crate::measure::{Contribution, Counts, contribution};
use crate::model::{MeasureId, Model, Subject};
use crate::outcome::State;
use crate::time::{Day, Period, Truth};

/// A rule, and the state by which it says yes: `ja` of a term, a branch of a classification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sign {
    /// The rule.
    pub subject: Subject,
    /// The state.
    pub state: State,
}

impl Sign {
    /// Whether a case shows it on `day`. A rule that is not part of the law that day says neither.
    #[must_use]
    pub fn on(&self, evaluation: &Evaluation<'_>, day: Day) -> Truth {
        let runs = evaluation.states(self.subject, Period::inclusive(day, day));
        match runs.first() {
            Some(run) if run.state == self.state => Truth::Yes,
            Some(run) if !run.state.is_unknown() => Truth::No,
            _ => Truth::Unknown,
        }
    }
}

/// An initiative, as far as rules are needed to count it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Initiative {
    /// Its target group: whoever shows all of these.
    pub target: Vec<Sign>,
    /// How one who takes part is recognised; `None` where the extract cannot tell.
    pub participant: Option<Sign>,
    /// Its first day, if one is set.
    pub start: Option<Day>,
    /// What it is to change.
    pub measure: Option<MeasureId>,
}

/// What a case has to do with an initiative on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Whether it is in the target group on the day.
    pub target: Truth,
    /// Whether it was when the initiative began, or is now. Whoever is helped may leave the target
    /// group thereby, and must not leave the count.
    pub then_or_now: Truth,
    /// Whether it was or is, and takes part on the day; `None` where that cannot be told of anyone,
    /// or the initiative has not begun.
    pub takes_part: Option<Truth>,
    /// What it adds to the measure on the day the initiative began.
    pub at_start: Option<Contribution>,
    /// What it adds on the day itself.
    pub on_the_day: Option<Contribution>,
}

/// The two parts of a target group that are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// In the target group, then or now, and takes part.
    Participants,
    /// In the target group, then or now, and does not.
    Others,
}

impl Standing {
    /// The part that a case surely belongs to.
    #[must_use]
    pub fn part(&self) -> Option<Part> {
        match (self.then_or_now, self.takes_part?) {
            (Truth::Yes, Truth::Yes) => Some(Part::Participants),
            (Truth::Yes, Truth::No) => Some(Part::Others),
            _ => None,
        }
    }
}

impl Initiative {
    /// Whether it has begun by `day`.
    #[must_use]
    pub fn has_begun(&self, day: Day) -> bool {
        self.start.is_some_and(|start| start <= day)
    }

    /// What a case has to do with it on `day`. Who takes part is asked of that day; the measure is
    /// taken of the same cases on the first day too.
    #[must_use]
    pub fn standing(&self, model: &Model, evaluation: &Evaluation<'_>, day: Day) -> Standing {
        let in_target = |day| {
            let signs = self.target.iter();
            let all = signs.map(|sign| sign.on(evaluation, day)).min();
            all.unwrap_or(Truth::Unknown)
        };
        let begun = self.start.filter(|start| *start <= day);
        let target = in_target(day);
        let then_or_now = begun.map_or(target, |start| in_target(start).max(target));
        let sign = self.participant.as_ref().filter(|_| begun.is_some());
        let takes_part = sign.map(|sign| match then_or_now {
            Truth::No => Truth::No,
            _ => sign.on(evaluation, day).min(then_or_now),
        });
        let measured = |day| {
            let id = self.measure.filter(|_| then_or_now != Truth::No)?;
            contribution(model, evaluation, id, day)
        };
        Standing {
            target,
            then_or_now,
            takes_part,
            at_start: begun.and_then(measured),
            on_the_day: begun.and_then(|_| measured(day)),
        }
    }
}

/// An initiative counted on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many are in the target group on the day.
    pub target: u64,
    /// Of how many it is not known whether they are.
    pub target_unknown: u64,
    /// How many were when the initiative began, or are now.
    pub then_or_now: u64,
    /// Of how many it is not known whether they were or are.
    pub then_or_now_unknown: u64,
    /// How many of these take part; `None` as of [`Standing::takes_part`].
    pub participants: Option<u64>,
    /// Of how many of these it is not known whether they do.
    pub participants_unknown: u64,
    /// The measure of those who take part.
    pub of_participants: Change,
    /// The measure of the others in the target group.
    pub of_others: Change,
}

/// A measure then and now; `None` where it has no version in force, or the initiative has not
/// begun, or nobody can be told to take part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// On the day the initiative began.
    pub at_start: Option<Counts>,
    /// On the day itself.
    pub on_the_day: Option<Counts>,
}

impl Tally {
    /// The counts of all these cases. A change to nobody has counts too: none of none.
    pub fn of<'a>(standings: impl Iterator<Item = &'a Standing>) -> Self {
        let mut tally = Self::default();
        for standing in standings {
            tally.add(standing);
        }
        tally
    }

    fn add(&mut self, standing: &Standing) {
        let one = |count: &mut u64, yes: bool| *count = count.saturating_add(u64::from(yes));
        one(&mut self.target, standing.target == Truth::Yes);
        one(&mut self.target_unknown, standing.target == Truth::Unknown);
        let group = standing.then_or_now;
        one(&mut self.then_or_now, group == Truth::Yes);
        one(&mut self.then_or_now_unknown, group == Truth::Unknown);
        let Some(takes_part) = standing.takes_part else {
            return;
        };
        one(
            self.participants.get_or_insert_default(),
            takes_part == Truth::Yes,
        );
        one(
            &mut self.participants_unknown,
            group == Truth::Yes && takes_part == Truth::Unknown,
        );
        let part = standing.part();
        for (of, change) in [
            (Part::Participants, &mut self.of_participants),
            (Part::Others, &mut self.of_others),
        ] {
            let pairs = [
                (&standing.at_start, &mut change.at_start),
                (&standing.on_the_day, &mut change.on_the_day),
            ];
            for (contribution, counts) in pairs {
                let Some(contribution) = contribution else {
                    continue;
                };
                let counts = counts.get_or_insert_default();
                if part == Some(of) {
                    counts.add(contribution);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::Case;
    use hjemmel_grammar::Sources;

    const RULES: &str = r#"data ydelse
  perioder fuldstændig
  art er en af kontanthjælp, uddannelseshjælp

data indsats
  perioder fuldstændig
  art er en af mentor, løntilskud

data årsag
  perioder
  art er en af rusmiddel, social

begreb på_hjælp
  hjemmel kilde "En prøve"
  når ydelse

begreb har_mentor
  hjemmel kilde "En prøve"
  når indsats hvor art er mentor

opdeling grund
  hjemmel kilde "En prøve"
  i rækkefølge
  rusmiddel når årsag hvor art er rusmiddel
  andet ellers

måling andel_uden
  hjemmel kilde "En prøve"
  tæl ikke indsats
  ud af på_hjælp

eksempel "Deltager: med mentor fra 1. marts"
  givet
    ydelse kontanthjælp fra 1. januar 2017, fortsat
    indsats mentor fra 1. marts 2017, fortsat
    årsag rusmiddel fra 1. januar 2017, fortsat
  så
    på_hjælp er ja den 1. april 2017

eksempel "Årsagen faldt bort, da mentorstøtten begyndte"
  givet
    ydelse kontanthjælp fra 1. januar 2017, fortsat
    indsats mentor fra 1. marts 2017, fortsat
    årsag rusmiddel fra 1. januar 2017 til 28. februar 2017
  så
    på_hjælp er ja den 1. april 2017

eksempel "I målgruppen uden mentor"
  givet
    ydelse kontanthjælp fra 1. januar 2017, fortsat
    årsag rusmiddel fra 1. januar 2017, fortsat
  så
    på_hjælp er ja den 1. april 2017

eksempel "Med mentor, men uden for målgruppen"
  givet
    indsats mentor fra 1. marts 2017, fortsat
    årsag rusmiddel fra 1. januar 2017, fortsat
  så
    på_hjælp er nej den 1. april 2017

eksempel "Årsagen er ikke oplyst, så målgruppen er ukendt"
  givet
    ydelse kontanthjælp fra 1. januar 2017, fortsat
    indsats mentor fra 1. marts 2017, fortsat
    årsag ikke fuldstændig
  så
    på_hjælp er ja den 1. april 2017

eksempel "Det vides ikke, om mentorstøtten er slut"
  givet
    ydelse kontanthjælp fra 1. januar 2017, fortsat
    indsats mentor fra 1. marts 2017, slutdato ukendt
    årsag rusmiddel fra 1. januar 2017, fortsat
  så
    på_hjælp er ja den 1. april 2017
"#;

    fn day(month: u32, number: u32) -> Day {
        Day::from_ymd(2017, month, number).unwrap()
    }

    fn model() -> Model {
        let mut sources = Sources::new();
        sources.add("regler.regel", RULES);
        crate::check_rules(&sources).model
    }

    fn term(model: &Model, name: &str) -> Sign {
        let found = model.terms.iter().position(|rule| rule.name == name);
        Sign {
            subject: Subject::Term(crate::model::TermId(found.unwrap())),
            state: State::Truth(Truth::Yes),
        }
    }

    fn initiative(model: &Model) -> Initiative {
        let branch = Sign {
            subject: Subject::Classification(crate::model::ClassificationId(0)),
            state: State::Branch("rusmiddel".to_owned()),
        };
        Initiative {
            target: vec![term(model, "på_hjælp"), branch],
            participant: Some(term(model, "har_mentor")),
            start: Some(day(2, 1)),
            measure: Some(MeasureId(0)),
        }
    }

    /// The tally of the cases of all examples.
    fn tally(model: &Model, initiative: &Initiative, on: Day) -> Tally {
        let cases: Vec<&Case> = model.examples.iter().map(|it| &it.case).collect();
        assert_eq!(cases.len(), 6);
        let standings = cases.iter().map(|case| {
            let evaluation = Evaluation::new(model, case, None);
            initiative.standing(model, &evaluation, on)
        });
        let standings: Vec<Standing> = standings.collect();
        Tally::of(standings.iter())
    }

    fn counts(counted: u64, out_of: u64) -> Option<Counts> {
        Some(Counts {
            counted,
            out_of,
            unknown: 0,
        })
    }

    #[test]
    fn both_parts_are_measured_then_and_now_and_the_unknown_are_in_neither() {
        let model = model();
        let tally = tally(&model, &initiative(&model), day(4, 1));
        assert_eq!(
            tally,
            Tally {
                target: 3,
                target_unknown: 1,
                then_or_now: 4,
                then_or_now_unknown: 1,
                participants: Some(2),
                participants_unknown: 1,
                of_participants: Change {
                    at_start: counts(2, 2),
                    on_the_day: counts(0, 2),
                },
                of_others: Change {
                    at_start: counts(1, 1),
                    on_the_day: counts(1, 1),
                },
            }
        );
    }

    #[test]
    fn before_it_begins_there_is_a_target_group_and_nothing_else() {
        let model = model();
        let mut later = initiative(&model);
        later.start = Some(day(6, 1));
        let on = day(4, 1);
        let expected = Tally {
            target: 3,
            target_unknown: 1,
            then_or_now: 3,
            then_or_now_unknown: 1,
            ..Tally::default()
        };
        assert_eq!(tally(&model, &later, on), expected);
        later.start = None;
        assert_eq!(tally(&model, &later, on), expected);
    }

    #[test]
    fn where_nobody_can_be_told_to_take_part_nothing_is_compared() {
        let model = model();
        let mut hidden = initiative(&model);
        hidden.participant = None;
        let tally = tally(&model, &hidden, day(4, 1));
        assert_eq!(tally.participants, None);
        assert_eq!(tally.of_others, Change::default());
    }
}
