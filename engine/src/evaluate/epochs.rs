//! Epochs: the stretches of days that know the same rows and the same law, put together.

use super::memo::Kept;
use super::view::table_changes;
use super::{View, runs};
use crate::case::Case;
use crate::model::{ConditionKind, DutyState, Model, SplitBy, Subject};
use crate::outcome::{MissingFact, Outcome, State, StateRun};
use crate::time::{Day, Period, Truth};
use std::cell::OnceCell;
use std::rc::Rc;

/// One case with all its epochs; views are made when first asked for and kept.
pub struct Evaluation<'a> {
    model: &'a Model,
    case: &'a Case,
    known_on: Option<Day>,
    epochs: Vec<(Period, OnceCell<View<'a>>)>,
    kept: Rc<Kept>,
}

/// What decides the epochs of every case: read from the rules once, however many cases there are.
#[derive(Clone, Debug)]
pub(crate) struct Occasions {
    /// The days on which the law changes, in order.
    law: Vec<Day>,
    /// Which tables the rules ask about.
    read: Vec<bool>,
}

impl Occasions {
    pub(crate) fn of(model: &Model) -> Self {
        Self {
            law: model.law_changes(),
            read: tables_read(model),
        }
    }

    /// The days on which the law changes, in order.
    pub(crate) fn law(&self) -> &[Day] {
        &self.law
    }
}

impl<'a> Evaluation<'a> {
    /// A case, by the rows registered on or before `known_on` (all, if `None`).
    #[must_use]
    pub fn new(model: &'a Model, case: &'a Case, known_on: Option<Day>) -> Self {
        Self::with(&Occasions::of(model), model, case, known_on)
    }

    /// The same, for one of many cases.
    pub(crate) fn with(
        occasions: &Occasions,
        model: &'a Model,
        case: &'a Case,
        known_on: Option<Day>,
    ) -> Self {
        let mut starts = case_changes(&occasions.read, case);
        starts.extend(&occasions.law);
        starts.push(Day::FIRST);
        starts.retain(|day| Period::ALL.contains(*day));
        starts.sort_unstable();
        starts.dedup();
        let ends = starts.iter().skip(1).copied().chain([Day::END]);
        let epochs = starts
            .iter()
            .zip(ends)
            .map(|(start, end)| (Period::new(*start, end), OnceCell::new()));
        Self {
            model,
            case,
            known_on,
            epochs: epochs.collect(),
            kept: Kept::new(),
        }
    }

    /// The view that `day` has of the case. Days outside 1900–2199 have the nearer bound's.
    #[must_use]
    pub fn view(&self, day: Day) -> Option<&View<'a>> {
        let day = day.clamp(Day::FIRST, Day::END.previous());
        let after = self
            .epochs
            .partition_point(|(period, _)| period.start <= day);
        self.epochs
            .get(after.checked_sub(1)?)
            .map(|epoch| self.view_of(epoch))
    }

    fn view_of<'e>(&self, (period, view): &'e (Period, OnceCell<View<'a>>)) -> &'e View<'a> {
        view.get_or_init(|| {
            View::new(
                self.model,
                self.case,
                period.start,
                self.known_on,
                &self.kept,
            )
        })
    }

    /// The days of a window with the views that see them.
    pub(crate) fn views(&self, window: Period) -> impl Iterator<Item = (Period, &View<'a>)> {
        let epochs = self.epochs.iter();
        epochs.filter_map(move |epoch| {
            let days = epoch.0.and(window);
            (!days.is_empty()).then(|| (days, self.view_of(epoch)))
        })
    }

    /// The answer of a rule on `day`; `None` if it is not part of the law that day.
    #[must_use]
    pub fn judge(&self, subject: Subject, day: Day) -> Option<Outcome> {
        let run = self
            .history(subject, Period::inclusive(day, day))
            .into_iter()
            .next()?;
        let since = self.since(subject, &run.state, day);
        let until = self.until(subject, &run.state, day);
        Some(Outcome {
            subject,
            run,
            since,
            until,
        })
    }

    /// The first day of the unbroken run of a state that `day` lies in: epoch by epoch backwards,
    /// as far as the state goes. A hole in the law breaks a run as a change of state does.
    fn since(&self, subject: Subject, state: &State, day: Day) -> Option<Day> {
        let window = Period::inclusive(Day::FIRST, day);
        let mut since = day.next();
        for epoch in self
            .epochs
            .iter()
            .rev()
            .filter(|(days, _)| days.start <= day)
        {
            for run in self.epoch_runs(subject, window, epoch).iter().rev() {
                if run.state != *state || run.days.end != since {
                    return Some(since);
                }
                since = run.days.start;
            }
            if epoch.0.start < since {
                return Some(since);
            }
        }
        None
    }

    /// The last day of a state if nothing new is registered and the law stays as it is.
    fn until(&self, subject: Subject, state: &State, day: Day) -> Option<Day> {
        let forecast = self.view(day)?.runs(subject)?;
        let coming = forecast.iter().skip_while(|run| run.days.end <= day);
        let end = coming
            .take_while(|run| run.state == *state)
            .last()?
            .days
            .end;
        (end < Day::END).then(|| end.previous())
    }

    /// The answers of a rule on every day of `window` on which it is part of the law.
    #[must_use]
    pub fn history(&self, subject: Subject, window: Period) -> Vec<StateRun> {
        let mut runs: Vec<StateRun> = Vec::new();
        for epoch in &self.epochs {
            for mut run in self.epoch_runs(subject, window, epoch) {
                if run.state.is_unknown() && run.missing.is_empty() {
                    run.missing = self.view_of(epoch).missing(subject, run.days);
                }
                runs::append(&mut runs, run);
            }
        }
        runs
    }

    /// The same without naming what is missing where an answer is unknown.
    pub(crate) fn states(&self, subject: Subject, window: Period) -> Vec<StateRun> {
        let epochs = self.epochs.iter();
        epochs
            .flat_map(|epoch| self.epoch_runs(subject, window, epoch))
            .collect()
    }

    /// The answers from `day` on, one epoch at a time, each made when it is asked for: its days, and
    /// the runs on them (none where the rule is not part of the law; missing facts are not named).
    pub(crate) fn from(
        &self,
        subject: Subject,
        day: Day,
    ) -> impl Iterator<Item = (Period, Vec<StateRun>)> {
        let window = Period::new(day, Day::END);
        let coming = self.epochs.iter().filter(move |(days, _)| day < days.end);
        coming.map(move |epoch| {
            let runs = self.epoch_runs(subject, window, epoch);
            (epoch.0.and(window), runs)
        })
    }

    /// Marks the conditions that were asked for so far, by their ids.
    pub(crate) fn mark_asked(&self, asked: &mut [bool]) {
        self.kept.mark_asked(asked);
    }

    /// The answers on the days of one epoch that lie in the window.
    fn epoch_runs(
        &self,
        subject: Subject,
        window: Period,
        epoch: &(Period, OnceCell<View<'a>>),
    ) -> Vec<StateRun> {
        let days = epoch.0.and(window);
        if days.is_empty() {
            return Vec::new();
        }
        match self.view_of(epoch).runs(subject) {
            Some(runs) => runs
                .iter()
                .map(|run| (run, run.days.and(days)))
                .filter(|(_, days)| !days.is_empty())
                .map(|(run, days)| StateRun {
                    days,
                    ..run.clone()
                })
                .collect(),
            None if self.model.spans(subject, self.model.law_on(days.start)) => {
                vec![self.hole(subject, days)]
            }
            None => Vec::new(),
        }
    }

    /// The answer in a hole between two versions: unknown, for want of a rule.
    fn hole(&self, subject: Subject, days: Period) -> StateRun {
        let state = match subject {
            Subject::Duty(_) => State::Duty(DutyState::Unknown),
            Subject::Classification(_) => State::UnknownBranch,
            _ => State::Truth(Truth::Unknown),
        };
        let rule = self.model.name_of(subject).to_owned();
        StateRun {
            days,
            state,
            due: None,
            grounds: Vec::new(),
            basis: None,
            missing: vec![MissingFact::NoVersion { rule }],
        }
    }
}

/// The days on which a case comes to know something new that some rule asks about.
fn case_changes(read: &[bool], case: &Case) -> Vec<Day> {
    let tables = case.tables.iter().zip(read).filter(|(_, read)| **read);
    tables.flat_map(|(table, _)| table_changes(table)).collect()
}

/// Which tables the rules ask about.
fn tables_read(model: &Model) -> Vec<bool> {
    let mut read: Vec<bool> = model.tables.iter().map(|table| table.assessment).collect();
    for condition in &model.conditions {
        if let ConditionKind::Rows { table, .. } | ConditionKind::Age { table, .. } =
            &condition.kind
            && let Some(read) = read.get_mut(table.0)
        {
            *read = true;
        }
    }
    // A measure may be split by what no rule asks about.
    let versions = model.measures.iter().flat_map(|rule| &rule.versions);
    for by in versions.flat_map(|version| &version.body.split_by) {
        if let SplitBy::Field(table, _) = by
            && let Some(read) = read.get_mut(table.0)
        {
            *read = true;
        }
    }
    read
}

impl View<'_> {
    /// The facts whose absence makes a rule's answer unknown on `days`.
    pub(super) fn missing(&self, subject: Subject, days: Period) -> Vec<MissingFact> {
        let mut missing = super::missing::Missing::new(self);
        for condition in runs::conditions_of(self, subject) {
            missing.of_condition(condition, days);
        }
        if let Subject::Assessment(id) = subject {
            missing.of_assessment(id, days);
        }
        if let Subject::Duty(id) = subject {
            missing.of_holes(super::duty::holes(self, id));
        }
        if missing.is_empty() {
            // The day itself is known; what moves the clock lies before it.
            let before = Period::new(Day::FIRST, days.end);
            for condition in runs::conditions_of(self, subject) {
                missing.of_condition(condition, before);
            }
        }
        missing.into_facts()
    }
}

#[cfg(test)]
mod tests {
    use super::Occasions;
    use crate::evaluate::judge;
    use crate::evaluate::testing::{self, HELP};
    use crate::model::{ClassificationId, DutyId, DutyState, Subject};
    use crate::outcome::{MissingFact, Outcome, State};
    use crate::time::Day;
    use hjemmel_grammar::Sources;

    #[test]
    fn a_day_on_which_many_rules_change_is_one_occasion() {
        let rule = |name: &str| {
            format!(
                "begreb {name}\n  hjemmel kilde \"Prøve\"\n  gælder fra 1. januar 2016\n  når hjælp\n\n"
            )
        };
        let tables = "data hjælp\n  perioder fuldstændig\n\ndata løn\n  perioder fuldstændig\n\n";
        let mut sources = Sources::new();
        sources.add("a.regel", format!("{tables}{}{}", rule("a"), rule("b")));
        let occasions = Occasions::of(&crate::check_rules(&sources).model);
        let day = Day::from_ymd(2016, 1, 1).unwrap();
        assert_eq!(occasions.law, [day, Day::END]);
        assert_eq!(occasions.read, [true, false]);
    }

    fn outcome(rules: &str, rows: &str, subject: Subject, (month, day): (u32, u32)) -> Outcome {
        let model = testing::model(rules, rows);
        let day = Day::from_ymd(2016, month, day).unwrap();
        judge(&model, &model.examples[0].case, subject, day, None).unwrap()
    }

    const DUTY: Subject = Subject::Duty(DutyId(0));

    /// The state of the duty on a day of 2016, since when, and until when if nothing new is registered.
    #[track_caller]
    fn check(rows: &str, on: (u32, u32), expected: &str) {
        let outcome = outcome(
            &testing::rules("3 måneder"),
            &(HELP.to_owned() + rows),
            DUTY,
            on,
        );
        let missing = outcome.run.missing.is_empty();
        assert_eq!(outcome.run.state.is_unknown(), !missing, "{rows}");
        let shown = |day: Option<Day>| day.map_or("none".to_owned(), |day| day.to_string());
        let (state, since, until) = (outcome.run.state.name(), outcome.since, outcome.until);
        assert_eq!(
            format!("{state} {}..{}", shown(since), shown(until)),
            expected,
            "{rows}"
        );
    }

    #[test]
    fn a_state_goes_on_however_often_something_new_is_seen() {
        let rows = "forløb z fra 1. februar 2016 til 10. februar 2016; forløb w fra 1. marts 2016, fortsat";
        check(rows, (3, 15), "frist_løber 2016-01-01..2016-04-03");
        check(rows, (5, 1), "overskredet 2016-04-04..none");
        let holiday = format!("{rows}; fravær ferie fra 15. februar 2016 til 20. februar 2016");
        check(&holiday, (3, 15), "frist_løber 2016-02-21..2016-04-10");
    }

    #[test]
    fn only_of_what_is_unknown_something_is_missing() {
        // Of which kind the offer is.
        let rows = "tilbud fra 1. marts 2016, fortsat";
        check(rows, (5, 1), "ukendt 2016-03-01..none");
        let exempt = format!("{rows}; fravær barsel fra 1. marts 2016, fortsat");
        check(&exempt, (5, 1), "fritaget 2016-03-01..none");
    }

    #[test]
    fn what_is_missing_lies_on_the_day_or_else_before_it() {
        let missing = |rows: &str| {
            let rows = HELP.to_owned() + rows;
            outcome(&testing::rules("3 måneder"), &rows, DUTY, (5, 15))
                .run
                .missing
                .len()
        };
        let before = "tilbud fra 1. februar 2016 til 10. februar 2016";
        assert_eq!(missing(before), 1);
        assert_eq!(
            missing(&format!("{before}; tilbud fra 1. maj 2016, fortsat")),
            1
        );
    }

    #[test]
    fn an_exemption_without_a_version_is_what_is_missing() {
        let rules = testing::rules("3 måneder");
        let (before, after) = rules.split_once("fritagelse b fra a\n").unwrap();
        let (body, after) = after.split_once("\n\n").unwrap();
        let version = |days: &str| format!("fritagelse b fra a\n  gælder fra {days}\n{body}\n\n");
        let versions = version("1. januar 2015 til 1. februar 2016") + &version("1. april 2016");
        let rules = format!("{before}{versions}{after}");
        let run = outcome(&rules, HELP, DUTY, (3, 1)).run;
        assert_eq!(run.state, State::Duty(DutyState::Unknown));
        assert_eq!(
            run.missing,
            [MissingFact::NoVersion {
                rule: "b".to_owned()
            }]
        );
    }

    #[test]
    fn a_state_goes_back_to_the_first_day_of_the_law_or_of_all() {
        let rules = testing::rules("3 måneder");
        let since = |rules: &str| {
            let rows = "ydelse fra 1. januar 2016 til 1. februar 2016";
            outcome(rules, rows, DUTY, (1, 15))
                .since
                .map(|day| day.to_string())
        };
        assert_eq!(since(&rules), None);
        let later = rules.replace("pligt a\n", "pligt a\n  gælder fra 1. juli 2015\n");
        assert_eq!(since(&later), Some("2015-07-01".to_owned()));
    }

    #[test]
    fn in_a_hole_between_two_versions_the_answer_is_unknown_of_its_kind() {
        let versions = |rule: &str, body: &str| {
            let version = |days: &str| format!("{rule}\n  gælder fra {days}\n{body}\n");
            version("1. januar 2015 til 1. februar 2016") + &version("1. april 2016")
        };
        let rules = testing::rules("3 måneder");
        let (before, duty) = rules.split_once("pligt a\n").unwrap();
        let (body, after) = duty.split_once("\n\n").unwrap();
        let branches = "  hjemmel kilde \"k\"\n  i_gang når tilbud\n  ventende ellers\n";
        let classification = versions("opdeling o", branches);
        let rules = format!(
            "{before}{classification}{}{after}",
            versions("pligt a", &format!("{body}\n"))
        );
        let said = |subject, on| {
            let outcome = outcome(&rules, HELP, subject, on);
            if on == (3, 1) {
                let missing = outcome.run.missing.as_slice();
                assert!(
                    matches!(missing, [MissingFact::NoVersion { .. }]),
                    "{missing:?}"
                );
            }
            (outcome.run.state, outcome.since.map(|day| day.to_string()))
        };
        let since = |day: &str| Some(day.to_owned());
        let kind = Subject::Classification(ClassificationId(0));
        let hole = since("2016-02-02");
        assert_eq!(
            said(DUTY, (3, 1)),
            (State::Duty(DutyState::Unknown), hole.clone())
        );
        assert_eq!(said(kind, (3, 1)), (State::UnknownBranch, hole));
        let branch = State::Branch("ventende".to_owned());
        assert_eq!(said(kind, (5, 1)), (branch, since("2016-04-01")));
    }
}
