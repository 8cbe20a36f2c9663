//! Decisions of an assessment: on which days they count, in time or past their reassessment date.
//!
//! Both evaluators ask here, about the decisions of one case, each put down as what its row tells.

use crate::model::Table;
use crate::time::{Day, Days, Period, Timeline, Truth};

/// One decision.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Decision {
    /// The days that its row surely covers.
    pub(crate) covered: Option<Period>,
    /// The days that its row may cover.
    pub(crate) possibly: Period,
    /// What was decided, as a position in the values of `afgørelse`; `None` if it is unknown.
    pub(crate) decided: Option<usize>,
    /// The last day before it must be reassessed; [`Day::END`] if never, `None` if unknown.
    pub(crate) last: Option<Day>,
    /// Whether it was registered by the knowledge date.
    pub(crate) known: Truth,
    /// Whether it was, and its row meets what is asked of it besides.
    pub(crate) applies: Truth,
}

/// Which decisions count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Decided {
    /// `ja`
    Yes,
    /// `ja` or `nej`
    Either,
}

impl Decided {
    /// Whether a decision is such a one.
    fn by(self, decision: &Decision) -> Truth {
        match (decision.decided, self) {
            (Some(decided), Self::Yes) => Truth::from(decided == Table::DECIDED_YES),
            (Some(decided), Self::Either) => Truth::from(decided != Table::PENDING),
            (None, _) => Truth::Unknown,
        }
    }
}

/// The decisions of one case, and whether two of them (by their positions) are about the same
/// matter.
pub(crate) struct Decisions<'d, M> {
    pub(crate) all: &'d [Decision],
    pub(crate) same_matter: M,
}

impl<M: Fn(usize, usize) -> Truth> Decisions<'_, M> {
    /// The days covered by decisions that count as `decided` and apply: up to the reassessment
    /// date, or (with `expired`) the days after it.
    pub(crate) fn days(&self, decided: Decided, expired: bool) -> Timeline {
        let (mut sure, mut possible) = (Vec::new(), Vec::new());
        for (at, decision) in self.all.iter().enumerate() {
            let truth = decided.by(decision).min(decision.applies);
            if truth == Truth::No {
                continue;
            }
            let (covered, possibly) = if expired {
                self.past(at, decision)
            } else {
                self.in_time(at, decision, decided)
            };
            if truth == Truth::Yes {
                sure.extend_from_slice(covered.runs());
            }
            possible.extend_from_slice(possibly.runs());
        }
        Timeline::new(Days::from_periods(sure), &Days::from_periods(possible))
    }

    /// The days on which a decision surely and possibly covers the day in time. Where a decision
    /// to the contrary about the same matter is in time too, nothing is sure.
    fn in_time(&self, at: usize, decision: &Decision, decided: Decided) -> (Days, Days) {
        // Whoever asks for any decision does not mind what it says.
        let against = |other: &Decision| match decided {
            Decided::Yes => Decided::Yes.by(other) != Truth::Yes,
            Decided::Either => false,
        };
        let contrary = self.rivals(at).filter(|(other, _)| against(other));
        let contrary = contrary.filter_map(|(other, _)| days_in_time(other, true));
        let contrary = Days::from_periods(contrary.collect());
        let covered = decision.covered.zip(decision.last);
        let covered = covered.map(|(days, last)| days.and(up_to(last)));
        let covered = Days::from_periods(covered.into_iter().collect());
        let possibly = decision
            .possibly
            .and(up_to(decision.last.unwrap_or(Day::END)));
        (covered.without(&contrary), Days::of(possibly))
    }

    /// The days on which a decision surely and possibly covers the day past its reassessment date.
    /// One about the same matter that is in time takes its place.
    fn past(&self, at: usize, decision: &Decision) -> (Days, Days) {
        let renewed = |possibly: bool| {
            let rivals = self.rivals(at).filter(|(_, same)| possibly || *same);
            let days = rivals.filter_map(|(it, _)| days_in_time(it, possibly));
            Days::from_periods(days.collect())
        };
        let Some(last) = decision.last else {
            return (Days::none(), Days::of(decision.possibly));
        };
        let past = |days: Period| Period::new(last.next().max(days.start), days.end);
        let covered = Days::from_periods(decision.covered.map(past).into_iter().collect());
        let possibly = Days::of(past(decision.possibly));
        (
            covered.without(&renewed(true)),
            possibly.without(&renewed(false)),
        )
    }

    /// The other decisions that may be about the same matter, with whether they surely are.
    fn rivals(&self, at: usize) -> impl Iterator<Item = (&Decision, bool)> {
        let others = self.all.iter().enumerate();
        others.filter_map(move |(other, decision)| {
            if other == at || Decided::Either.by(decision) == Truth::No {
                return None;
            }
            let same = (self.same_matter)(other, at);
            (same != Truth::No).then_some((decision, same == Truth::Yes))
        })
    }
}

/// The days on which a decision surely (`possibly`: perhaps) covers the day in time.
fn days_in_time(decision: &Decision, possibly: bool) -> Option<Period> {
    if possibly {
        return Some(
            decision
                .possibly
                .and(up_to(decision.last.unwrap_or(Day::END))),
        );
    }
    let sure = Decided::Either.by(decision) == Truth::Yes && decision.known == Truth::Yes;
    let covered = decision.covered.filter(|_| sure)?;
    Some(covered.and(up_to(decision.last?)))
}

/// The days up to a last one.
fn up_to(last: Day) -> Period {
    Period::inclusive(Day::FIRST, last)
}

#[cfg(test)]
mod tests {
    use super::{Decided, Decision, Decisions};
    use crate::model::Table;
    use crate::time::{Day, Days, Period, Truth};

    fn day(month: u32, day: u32) -> Day {
        Day::from_ymd(2016, month, day).unwrap()
    }

    /// A yes from a day on, to be reassessed after a last one.
    fn yes(from: Day, last: Day) -> Decision {
        let covered = Period::new(from, Day::END);
        Decision {
            covered: Some(covered),
            possibly: covered,
            decided: Some(Table::DECIDED_YES),
            last: Some(last),
            known: Truth::Yes,
            applies: Truth::Yes,
        }
    }

    /// The days on which the first of two decisions about one matter may be past its date.
    fn possibly_past(renewal: Decision) -> Days {
        let all = [yes(day(1, 1), day(1, 31)), renewal];
        let same_matter = |_, _| Truth::Yes;
        let decisions = Decisions {
            all: &all,
            same_matter,
        };
        decisions.days(Decided::Yes, true).possible().clone()
    }

    #[test]
    fn only_a_decision_that_surely_is_one_and_was_known_takes_the_place_of_another() {
        let renewal = yes(day(2, 1), day(12, 31));
        let year = Period::new(day(2, 1), Day::from_ymd(2017, 1, 1).unwrap());
        let without = Days::of(Period::new(day(2, 1), Day::END));
        assert_eq!(possibly_past(renewal), without.without(&Days::of(year)));
        for doubtful in [
            Decision {
                known: Truth::Unknown,
                applies: Truth::Unknown,
                ..renewal
            },
            Decision {
                decided: None,
                ..renewal
            },
        ] {
            assert_eq!(possibly_past(doubtful), without, "{doubtful:?}");
        }
    }
}
