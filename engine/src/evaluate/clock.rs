//! The duty clock: from when, and by when.
//!
//! All dates here are bounds, because unknown facts may move them: every completion of the unknown
//! facts gives a date between the earliest and the latest. Where nothing is unknown the two are
//! equal and the clock is exact.
//!
//! Both evaluators ask this clock: `T` is a timeline as either of them holds it.

use crate::outcome::Due;
use crate::time::{Day, Length, OfDays, Period, Runs, TimelineRuns, Truth};
use hjemmel_grammar::syntax::{Edge, Side};

/// The timelines and lengths that the clock of one duty runs on.
pub(crate) struct Clock<T> {
    /// S.
    pub(crate) scope: T,
    /// K.
    pub(crate) counted: T,
    /// What cuts the runs of K on the first day of each of its own.
    pub(crate) restarts: Vec<T>,
    /// The first deadline.
    pub(crate) deadline: Lengths<T>,
    /// What the first deadline counts from, if not from the first day of the run of K.
    pub(crate) anchor: Option<(T, Edge, Side)>,
    /// F, in the order written.
    pub(crate) fulfilments: Vec<(T, Next<T>)>,
    /// X with the grace of each; `None`: a parameter without a value in force.
    pub(crate) exemptions: Vec<(T, Option<Length>)>,
    /// P.
    pub(crate) suspended: T,
    /// `ved overgang frist`
    pub(crate) entry: Entry,
    /// `rettidig i kalenderugen`
    pub(crate) week: bool,
}

/// The grace of one who comes into scope within a run of K. In both fields the inner `None` is a
/// parameter without a value in force.
pub(crate) struct Entry {
    /// The grace; no time at all where the rule gives none.
    pub(crate) grace: Option<Length>,
    /// The cap, counted from the day the base was set on, if there is one.
    pub(crate) cap: Option<Option<Length>>,
}

/// When the next is due after a fulfilling spell.
pub(crate) enum Next<T> {
    /// Never again in this run of K.
    Discharged,
    /// So long after its last day.
    After(Lengths<T>),
    /// At once, if still needed.
    AtOnce,
}

/// A length that may depend on conditions on the day it is counted from.
pub(crate) struct Lengths<T> {
    /// The length where no exception holds. `None`: a parameter without a value in force.
    pub(crate) base: Option<Length>,
    /// `dog` lines in the order written; the last one that holds decides.
    pub(crate) exceptions: Vec<(T, Option<Length>)>,
}

/// The earliest and the latest day that something can be.
type Bounds = Due;

/// What the due date is counted from.
#[derive(Clone, Copy)]
pub(crate) struct Base {
    /// The base itself; `None` if an anchor has no run to count from.
    pub(crate) base: Option<Bounds>,
    /// The day it was set on.
    pub(crate) set: Bounds,
    /// The fulfilment whose spell set it last; `None`: the start of the run.
    pub(crate) by: Option<usize>,
}

/// What the clock says from one day on, until one of its timelines changes.
pub(crate) struct Reading {
    /// The duty is discharged for the rest of the run.
    pub(crate) discharged: Truth,
    /// The last timely day; `None` if there is none yet.
    pub(crate) due: Option<Due>,
}

impl<T: OfDays> Clock<T> {
    /// What the clock says on `day`, a day on which K surely holds.
    pub(crate) fn read(&self, day: Day) -> Option<Reading> {
        let start = self.start(day)?;
        let discharged = self.discharged(start, day);
        let base = self.base(start, day);
        let due = base.base.filter(|_| discharged != Truth::Yes);
        // In a suspension that has no end there is no due date yet.
        let due = due
            .map(|bounds| self.due(start, base, bounds, day))
            .filter(|due| due.earliest < Day::END);
        Some(Reading { discharged, due })
    }

    /// The first day of the run of K that `day` lies in, after the last cut.
    pub(crate) fn start(&self, day: Day) -> Option<Bounds> {
        let counted = self.counted.timeline();
        let mut start = Bounds {
            earliest: counted.possible.run_at(day)?.start,
            latest: counted.sure.run_at(day)?.start,
        };
        for restart in &self.restarts {
            let begun = last_beginning(restart.timeline(), day);
            start.earliest = start.earliest.max(begun.earliest);
            start.latest = start.latest.max(begun.latest);
        }
        Some(start)
    }

    /// The base on `day`: set by the start of the run, then by each spell that has ended.
    pub(crate) fn base(&self, start: Bounds, day: Day) -> Base {
        let mut base = Base {
            base: self.first_deadline(start),
            set: start,
            by: None,
        };
        for ended in self.ended_spells(start, day) {
            let Some((_, Next::After(lengths))) = self.fulfilments.get(ended.fulfilment) else {
                continue;
            };
            let next = lengths.after(ended.last);
            // What set the base so far surely did so before this spell ended.
            let last = ended.happened && base.set.latest < ended.last.earliest;
            base = if ended.certain || last {
                Base {
                    base: Some(next),
                    set: ended.last,
                    by: Some(ended.fulfilment),
                }
            } else {
                // It may not have happened, or not last: all that was possible still is. No due
                // date is one that never comes.
                let never = Bounds {
                    earliest: Day::END,
                    latest: Day::END,
                };
                Base {
                    base: Some(hull(base.base.unwrap_or(never), next)),
                    set: hull(base.set, ended.last),
                    by: Some(ended.fulfilment),
                }
            };
        }
        base
    }

    fn first_deadline(&self, start: Bounds) -> Option<Bounds> {
        let Some((timeline, edge, side)) = &self.anchor else {
            return Some(self.deadline.after(start));
        };
        if !timeline.timeline().is_known() {
            return Some(Bounds {
                earliest: Day::FIRST,
                latest: Day::END,
            });
        }
        let anchor = |first: Day| {
            let run = timeline
                .timeline()
                .sure
                .runs()
                .iter()
                .find(|run| first < run.end)?;
            match edge {
                Edge::Begins => Some(run.start),
                // A run without an end has no last day to count from.
                Edge::Ends => (run.end < Day::END).then(|| run.last()),
            }
        };
        // From a later start on there may be no run left, and so no due date.
        let from = Bounds {
            earliest: anchor(start.earliest)?,
            latest: anchor(start.latest).unwrap_or(Day::END),
        };
        let possible = self.deadline.possible(start);
        let shift = |day: Day, length: &Length| match side {
            _ if day == Day::END => day,
            Side::After => length.after(day),
            Side::Before => length.before(day),
        };
        bounds(&possible, |length| {
            (shift(from.earliest, length), shift(from.latest, length))
        })
    }

    /// The spells that overlap the run and ended before `day`, in the order in which they end.
    fn ended_spells(&self, start: Bounds, day: Day) -> Vec<Ended> {
        let mut ended = Vec::new();
        for (fulfilment, (timeline, _)) in self.fulfilments.iter().enumerate() {
            for run in timeline.timeline().possible.runs() {
                let sure = timeline.timeline().sure;
                let part = match (run.contains(day), sure.run_at(day)) {
                    (false, _) => *run,
                    // Of a run that is going on, a part before what is sure may have ended.
                    (true, Some(going_on)) => Period::new(run.start, going_on.start),
                    // It may have ended on any day until now, and from now on.
                    (true, None) => Period::new(run.start, Day::END),
                };
                let ahead = !run.contains(day) && day < part.end;
                if part.is_empty() || ahead || part.end <= start.earliest {
                    continue;
                }
                let over = !run.contains(day);
                let exact = over && sure.runs().contains(run);
                let within = sure.parts_in(part).next_back();
                let known = within.map(Period::last);
                let earliest = known
                    .filter(|_| over)
                    .unwrap_or(part.start)
                    .max(start.earliest);
                ended.push(Ended {
                    fulfilment,
                    last: Bounds {
                        earliest: if exact { part.last() } else { earliest },
                        latest: part.last(),
                    },
                    certain: exact && start.latest < part.end,
                    happened: over && known.is_some_and(|last| start.latest <= last),
                });
            }
        }
        ended.sort_by_key(|spell| (spell.last.latest, spell.fulfilment));
        ended
    }

    /// Whether a spell that discharges has ended.
    fn discharged(&self, start: Bounds, day: Day) -> Truth {
        let discharging = self
            .fulfilments
            .iter()
            .filter(|(_, next)| matches!(next, Next::Discharged))
            .map(|(timeline, _)| {
                // A spell that is still going on discharges when it ends.
                let running = timeline
                    .timeline()
                    .possible
                    .run_at(day)
                    .map_or(day, |run| run.start);
                let any = |days: Runs<'_>, first: Day, end: Day| {
                    days.parts_in(Period::new(first, end)).next().is_some()
                };
                if any(timeline.timeline().sure, start.latest, running) {
                    Truth::Yes
                } else {
                    let before = timeline
                        .timeline()
                        .sure
                        .run_at(day)
                        .map_or(day, |run| run.start);
                    Truth::from(any(timeline.timeline().possible, start.earliest, before))
                        .min(Truth::Unknown)
                }
            });
        discharging.max().unwrap_or(Truth::No)
    }

    /// The last timely day on `day`.
    fn due(&self, start: Bounds, base: Base, bounds: Bounds, day: Day) -> Due {
        let set = base.set;
        let mut due = self.suspended_for(set, bounds, day);
        let at_once = self
            .fulfilments
            .iter()
            .filter(|(_, next)| matches!(next, Next::AtOnce));
        let at_once = at_once.map(|(timeline, _)| (timeline, Some(Length::ZERO)));
        let exempt = self
            .exemptions
            .iter()
            .map(|(timeline, grace)| (timeline, *grace));
        for (timeline, grace) in at_once.chain(exempt) {
            // A ground without an end gives no date yet; one whose end is unknown may give any.
            let ended = |days: Runs<'_>, since: Day| {
                let mut runs = days.runs().iter().rev();
                let run = runs.find(|run| run.start <= day && run.end < Day::END)?;
                (since < run.end).then(|| run.last())
            };
            if let Some(last) = ended(timeline.timeline().sure, set.latest) {
                due.earliest = due.earliest.max(grace.unwrap_or(Length::ZERO).after(last));
            }
            if let Some(last) = ended(timeline.timeline().possible, set.earliest) {
                due.latest = due
                    .latest
                    .max(grace.map_or(Day::END, |grace| grace.after(last)));
            }
            let open = timeline
                .timeline()
                .possible
                .run_at(day)
                .filter(|run| run.end == Day::END);
            if open.is_some_and(|run| !timeline.timeline().sure.runs().contains(&run)) {
                due.latest = Day::END;
            }
        }
        self.entered(start, base, &mut due, day);
        if self.week {
            due = Due {
                earliest: due.earliest.sunday(),
                latest: due.latest.sunday(),
            };
        }
        due
    }

    /// The base, moved by the suspended days since it was set.
    pub(crate) fn suspended_for(&self, set: Bounds, base: Bounds, day: Day) -> Due {
        let count = |days: Runs<'_>, from: Day| {
            let until = days.run_at(day).map_or(day, |run| run.end);
            days.count_in(Period::new(from, until))
        };
        Due {
            earliest: base
                .earliest
                .plus(count(self.suspended.timeline().sure, set.latest))
                .min(Day::END),
            latest: base
                .latest
                .plus(count(self.suspended.timeline().possible, set.earliest))
                .min(Day::END),
        }
    }

    /// Moves the due date for one who came into scope after the base was set.
    fn entered(&self, start: Bounds, base: Base, due: &mut Due, day: Day) {
        let (Some(sure), Some(possible)) = (
            self.scope.timeline().sure.run_at(day),
            self.scope.timeline().possible.run_at(day),
        ) else {
            return;
        };
        let set = base.set;
        let (first, last) = (possible.start, sure.start);
        // The grace from the first of the days on which it may have been, or the deadline of a run that began no earlier.
        let grace = self.entry_due(first, set.earliest, first, first);
        let least = if start.latest.max(set.latest) < first {
            grace
        } else {
            grace.min(self.deadline_from(first, start, base))
        };
        due.earliest = due.earliest.max(least);
        if start.earliest.max(set.earliest) < last {
            due.latest = due
                .latest
                .max(self.entry_due(last, set.latest, Day::END, Day::END));
        }
    }

    /// The earliest base if the run began on `first` or later.
    fn deadline_from(&self, first: Day, start: Bounds, base: Base) -> Day {
        if base.by.is_some() {
            return Day::FIRST;
        }
        let later = Bounds {
            earliest: start.earliest.max(first),
            latest: start.latest.max(first),
        };
        let base = self.first_deadline(later);
        base.map_or(Day::END, |bounds| bounds.earliest)
    }

    /// The due date of one who came into scope on `entry`, when the base was set on `set`. A
    /// parameter without a value in force gives the day named for it.
    pub(crate) fn entry_due(&self, entry: Day, set: Day, grace: Day, cap: Day) -> Day {
        let grace = self.entry.grace.map_or(grace, |length| length.after(entry));
        let cap = self
            .entry
            .cap
            .map_or(Day::END, |it| it.map_or(cap, |it| it.after(set)));
        grace.min(cap).max(entry)
    }
}

/// The first day of the last run that has begun by `day`; [`Day::FIRST`] if there may be none.
///
/// It says the same of all days between two edges of the timeline: where a run may begin on any of
/// some days, the latest is the last of these, even if it lies ahead.
fn last_beginning(of: TimelineRuns<'_>, day: Day) -> Bounds {
    let begun = |days: Runs<'_>| {
        let mut runs = days.runs().iter().rev();
        runs.find(|run| run.start <= day).copied()
    };
    let surely = begun(of.sure);
    let Some(possibly) = begun(of.possible) else {
        return Bounds {
            earliest: Day::FIRST,
            latest: Day::FIRST,
        };
    };
    Bounds {
        earliest: surely
            .and_then(|run| of.possible.run_at(run.start))
            .map_or(Day::FIRST, |run| run.start),
        latest: match surely.filter(|run| possibly.start <= run.start) {
            Some(run) if day < run.end || run.end == possibly.end => run.start,
            // One may begin on any of the days that are not sure.
            _ => {
                let mut sure = of.sure.runs().iter();
                let next = sure.find(|run| day < run.start);
                let end = next.map_or(possibly.end, |next| next.start.min(possibly.end));
                Period::new(possibly.start, end).last()
            }
        },
    }
}

/// A fulfilling spell that has ended.
struct Ended {
    fulfilment: usize,
    last: Bounds,
    /// In every completion it ends on exactly this day, within the run.
    certain: bool,
    /// In every completion there is such a spell, and it ends within these bounds.
    happened: bool,
}

impl<T: OfDays> Lengths<T> {
    /// The lengths that may apply when counted from `from`.
    fn possible(&self, from: Bounds) -> Vec<Option<Length>> {
        let mut possible = Vec::new();
        for (when, length) in self.exceptions.iter().rev() {
            let truth = match from.certain() {
                Some(day) => when.timeline().at(day),
                None => Truth::Unknown,
            };
            if truth != Truth::No {
                possible.push(*length);
            }
            if truth == Truth::Yes {
                return possible;
            }
        }
        possible.push(self.base);
        possible
    }

    /// The day so long after `from`.
    fn after(&self, from: Bounds) -> Bounds {
        bounds(&self.possible(from), |length| {
            (length.after(from.earliest), length.after(from.latest))
        })
        .unwrap_or(from)
    }
}

/// The bounds of what each possible length gives; a length without a value may give any day.
fn bounds(lengths: &[Option<Length>], give: impl Fn(&Length) -> (Day, Day)) -> Option<Bounds> {
    let each = lengths.iter().map(|length| match length {
        Some(length) => {
            let (earliest, latest) = give(length);
            Bounds { earliest, latest }
        }
        None => Bounds {
            earliest: Day::FIRST,
            latest: Day::END,
        },
    });
    each.reduce(hull)
}

fn hull(a: Bounds, b: Bounds) -> Bounds {
    Bounds {
        earliest: a.earliest.min(b.earliest),
        latest: a.latest.max(b.latest),
    }
}

#[cfg(test)]
mod tests {
    use crate::evaluate::judge;
    use crate::evaluate::testing::{self, HELP};
    use crate::model::{DutyId, Subject};
    use crate::time::Day;

    /// The earliest and the latest due date on a day of 2016.
    fn due(frist: &str, rows: &str, on: (u32, u32)) -> String {
        due_by(&testing::rules(frist), rows, on)
    }

    fn due_by(rules: &str, rows: &str, (month, day): (u32, u32)) -> String {
        let model = testing::model(rules, rows);
        let day = Day::from_ymd(2016, month, day).unwrap();
        let case = &model.examples[0].case;
        let outcome = judge(&model, case, Subject::Duty(DutyId(0)), day, None).unwrap();
        let due = outcome.run.due;
        due.map_or("none".to_owned(), |due| {
            format!("{}..{}", due.earliest, due.latest)
        })
    }

    #[track_caller]
    fn check(rows: &str, on: (u32, u32), expected: &str) {
        assert_eq!(
            due("3 måneder", &(HELP.to_owned() + rows), on),
            expected,
            "{rows}"
        );
    }

    #[test]
    fn a_clock_that_stands_still_without_an_end_has_no_due_date() {
        let still = "fravær ferie fra 10. februar 2016, fortsat";
        check(still, (3, 1), "none");
        let week = "  rettidig i kalenderugen  hjemmel kilde \"k\"\n";
        let to_the_day = testing::rules("3 måneder").replace(week, "");
        let rows = HELP.to_owned() + still;
        assert_eq!(due_by(&to_the_day, &rows, (3, 1)), "none");
        assert_eq!(due_by(&to_the_day, HELP, (3, 1)), "2016-04-01..2016-04-01");
    }

    #[test]
    fn a_spell_that_surely_ended_sets_the_due_date_by_when_it_may_have() {
        // The last row may be of the kind that fulfils, or of the other.
        let rows = "tilbud x fra 1. februar 2016 til 29. februar 2016; tilbud fra 1. marts 2016 til 9. marts 2016";
        check(rows, (4, 1), "2016-09-04..2016-09-11");
        // It may not have happened: the clock runs from the beginning, or from its end.
        check(
            "tilbud fra 1. marts 2016 til 9. marts 2016",
            (4, 1),
            "2016-04-03..2016-09-11",
        );
    }

    #[test]
    fn who_came_into_scope_on_one_of_some_days_has_the_grace_from_the_first_of_them_at_least() {
        let scope = "for ikke (forløb.art er z)";
        let rules = testing::rules("3 måneder").replace("for visitation", scope);
        let out = HELP.to_owned() + "forløb z fra 1. april 2016 til 30. april 2016";
        assert_eq!(due_by(&rules, &out, (5, 20)), "2016-06-05..2016-06-05");
        // On any day from 1 to 11 May.
        let perhaps = out + "; forløb fra 1. maj 2016 til 10. maj 2016";
        assert_eq!(due_by(&rules, &perhaps, (5, 20)), "2016-06-05..2016-06-12");
        // Perhaps never out of it.
        let never = HELP.to_owned() + "forløb fra 1. april 2016 til 10. maj 2016";
        assert_eq!(due_by(&rules, &never, (5, 20)), "2016-04-03..2016-06-12");
    }

    #[test]
    fn who_came_into_scope_with_what_is_counted_or_after_it_has_the_deadline_or_the_grace() {
        let rules = testing::rules("2 måneder")
            .replace("for visitation", "for ikke visitation")
            .replace(
                "regnet fra ydelse",
                "regnet fra (ydelse eller forløb.art er z)",
            );
        // What is counted began on 14 February or on 1 March; it applies from 1 March on.
        let rows = "ydelse fra 1. marts 2016, fortsat; forløb fra 14. februar 2016 til 29. februar 2016; \
            visitation fra 22. februar 2016 til 29. februar 2016";
        assert_eq!(due_by(&rules, rows, (3, 10)), "2016-04-17..2016-05-01");
        let short = rules.replace("2 måneder", "1 måned");
        assert_eq!(due_by(&short, rows, (3, 10)), "2016-04-03..2016-04-03");
    }

    #[test]
    fn an_exemption_whose_end_is_not_known_may_give_any_later_day() {
        let open = "fravær barsel fra 1. marts 2016, slutdato ukendt";
        // The Sunday of the week in which the days end.
        check(open, (4, 1), "2016-04-03..2200-01-05");
        check(
            "fravær barsel fra 1. marts 2016, fortsat",
            (4, 1),
            "2016-04-03..2016-04-03",
        );
    }

    #[test]
    fn what_has_no_end_gives_no_day_to_count_from() {
        let frist = "2 uger efter visitation slutter";
        assert_eq!(due(frist, HELP, (2, 1)), "none");
        let ends =
            "ydelse fra 1. januar 2016, fortsat; visitation fra 1. januar 2016 til 1. marts 2016";
        assert_eq!(due(frist, ends, (2, 1)), "2016-03-20..2016-03-20");
    }

    #[test]
    fn what_is_counted_may_have_begun_before_what_is_known_of_it() {
        let rows = "ydelse ikke fuldstændig; ydelse fra 1. januar 2016 til 31. januar 2016; visitation fra 1. januar 2016, fortsat";
        // If it did, the grace runs from the day on which it came to apply.
        assert_eq!(due("3 måneder", rows, (1, 15)), "2016-02-07..2016-04-03");
        // On a day on which it may not hold nothing is due.
        assert_eq!(due("3 måneder", rows, (3, 1)), "none");
    }

    #[test]
    fn a_deadline_before_something_that_never_comes_is_none() {
        let frist = "2 uger før forløb slutter";
        assert_eq!(due(frist, HELP, (2, 1)), "none");
        let open = HELP.to_owned() + "forløb z fra 1. januar 2016, fortsat";
        assert_eq!(due(frist, &open, (2, 1)), "none");
        let ends = HELP.to_owned() + "forløb z fra 1. januar 2016 til 31. marts 2016";
        assert_eq!(due(frist, &ends, (2, 1)), "2016-03-20..2016-03-20");
        // What is counted may have begun while there was one to come, or after the last.
        let perhaps = "ydelse ikke fuldstændig; ydelse fra 1. januar 2016 til 31. januar 2016; \
            visitation fra 1. januar 2016, fortsat; forløb z fra 1. december 2015 til 31. december 2015";
        assert_eq!(due(frist, perhaps, (1, 15)), "2016-02-07..2200-01-05");
    }

    #[test]
    fn a_spell_that_ended_before_what_is_counted_may_have_begun_decides_nothing_surely() {
        let rows = "ydelse ikke fuldstændig; ydelse fra 1. januar 2016 til 31. januar 2016; \
            visitation fra 1. januar 2016, fortsat; tilbud x fra 1. december 2015 til 31. december 2015";
        assert_eq!(due("3 måneder", rows, (1, 15)), "1900-04-01..2016-07-03");
    }

    #[test]
    fn of_two_spells_that_may_have_ended_on_one_day_the_last_that_is_written_decides() {
        let first = "3 måneder\n  opfyldes af (forløb.art er z), derefter 1 måned";
        let rows = HELP.to_owned()
            + "tilbud x fra 1. februar 2016 til 29. februar 2016; \
            forløb z fra 1. februar 2016 til 29. februar 2016";
        assert_eq!(due(first, &rows, (4, 1)), "2016-09-04..2016-09-04");
        // The one that is written first may have gone on.
        let longer = rows + "; forløb fra 1. marts 2016 til 9. marts 2016";
        assert_eq!(due(first, &longer, (4, 1)), "2016-04-03..2016-09-04");
    }

    /// The bounds of the due date where what is counted begins anew with this.
    #[track_caller]
    fn check_anew(begins: &str, rows: &str, on: (u32, u32), expected: &str) {
        let anew = format!("regnet fra ydelse\n    på ny når ({begins}) begynder\n");
        let rules = testing::rules("3 måneder").replace("regnet fra ydelse\n", &anew);
        let rows = HELP.to_owned() + rows;
        assert_eq!(due_by(&rules, &rows, on), expected, "{rows}");
    }

    #[test]
    fn what_may_have_begun_anew_did_so_on_any_of_the_days_that_are_not_sure() {
        let (z, sure) = (
            "forløb.art er z",
            "forløb z fra 1. februar 2016 til 10. februar 2016",
        );
        check_anew(z, sure, (3, 1), "2016-05-01..2016-05-01");
        let longer = format!("{sure}; forløb fra 11. februar 2016 til 29. februar 2016");
        check_anew(z, &longer, (3, 1), "2016-05-01..2016-05-29");
        // From 22 February on surely, from 22 January on perhaps.
        let held = "forløb.art er z i mindst 3 uger";
        let rows = "forløb fra 1. januar 2016 til 31. januar 2016; forløb z fra 1. februar 2016 til 31. marts 2016";
        check_anew(held, rows, (2, 15), "2016-04-03..2016-05-22");
        check_anew(held, rows, (3, 15), "2016-04-24..2016-05-22");
    }

    #[test]
    fn an_exemption_of_another_time_moves_nothing_and_one_between_two_versions_may() {
        let march = "fravær barsel fra 1. marts 2016 til 31. marts 2016";
        let rows = HELP.to_owned() + march;
        let rules = testing::rules("3 måneder");
        let (before, after) = rules.split_once("fritagelse b fra a\n").unwrap();
        let (exemption, after) = after.split_once("\n\n").unwrap();
        let on_1_may = |versions: &[&str]| {
            let version = |days: &&str| format!("fritagelse b fra a\n{days}{exemption}\n\n");
            let versions: String = versions.iter().map(version).collect();
            due_by(&format!("{before}{versions}{after}"), &rows, (5, 1))
        };
        let early = "  gælder fra 1. januar 2015 til 1. april 2016\n";
        let late = "  gælder fra 1. juli 2016\n";
        assert_eq!(on_1_may(&[""]), "2016-05-01..2016-05-01");
        assert_eq!(on_1_may(&[early]), "2016-04-03..2016-04-03");
        assert_eq!(on_1_may(&[late]), "2016-04-03..2016-04-03");
        assert_eq!(on_1_may(&[early, late]), "2016-04-03..2200-01-05");
    }
}
