//! `hjemmel run --timeline`: every day of a window, a row for each run of days. (Measures over time
//! are `hjemmel series`.)

use crate::account::journal;
use crate::arguments::RunArguments;
use crate::exit::{Exit, Failure};
use crate::judged::each;
use crate::language::{count, period};
use crate::run::{Told, not_conserved, provenance, told, write};
use crate::session::Session;
use crate::summary::rests_on;
use crate::table::{shown, table};
use crate::{check::one, input, print, states};
use hjemmel_engine::evaluate::{Evaluation, subject_name, subjects};
use hjemmel_engine::model::{Model, Subject};
use hjemmel_engine::outcome::{State, StateRun};
use hjemmel_engine::time::{Day, Period};
use hjemmel_extracts::Extract;
use hjemmel_extracts::write::{Format, Provenance, TimelineRow};
use hjemmel_grammar::Language;
use std::path::Path;

/// What the rules say about one case on the days of the window.
struct History {
    /// For each subject its runs.
    runs: Vec<Vec<StateRun>>,
}

/// Judges every day from `--from` to `--to`.
pub(crate) fn run(
    session: &Session,
    arguments: &RunArguments,
    target: Option<(&Path, Format)>,
    known_on: Option<Day>,
) -> Result<Exit, Failure> {
    let from = input::optional_day("--from", arguments.from.as_deref())?;
    let to = input::optional_day("--to", arguments.to.as_deref())?;
    let (Some(from), Some(to)) = (from, to) else {
        return Err(Failure::usage(
            "mangler --from og --to",
            "missing --from and --to",
        ));
    };
    let window = input::window(from, to)?;
    let rules = session.rules(&arguments.rules.rules, hjemmel_engine::check_rules)?;
    let extract = input::judged_extract(session, &arguments.data, &rules.model, to, known_on)?;
    let histories = each(&extract.cases, |case| {
        let evaluation = Evaluation::new(&rules.model, case, known_on);
        let runs = subjects(&rules.model)
            .into_iter()
            .map(|subject| evaluation.history(subject, window));
        History {
            runs: runs.collect(),
        }
    });
    if !conserved(&histories, extract.cases.len()) {
        return Err(not_conserved());
    }
    let summary = Summary {
        session,
        model: &rules.model,
        window,
        histories: &histories,
    };
    let mut out = summary.render();
    let provenance = Provenance {
        from: Some(from),
        to: Some(to),
        ..provenance(&rules, &extract.hash, known_on)
    };
    if let Some((path, format)) = target {
        let rows = rows(&rules.model, &extract, &histories);
        journal::persons(|| extract.cases.iter().map(|case| case.id.reveal()));
        out += &write(session, arguments, path, format, &provenance, &rows)?;
    }
    out += &rests_on(session, &provenance);
    print::out(&out)?;
    let mut all = histories.iter().flat_map(|history| &history.runs).flatten();
    let unknown = all.any(|run| run.state.is_unknown());
    Ok(if unknown && arguments.fail_on_unknown {
        Exit::Findings
    } else {
        Exit::Done
    })
}

/// Whether every case is there, and every rule says something on the same days about each: whether a
/// day belongs to the law does not depend on who is judged, so nobody can fall out of some of them.
fn conserved(histories: &[History], cases: usize) -> bool {
    if histories.len() != cases {
        return false;
    }
    let days = |history: &History| -> Vec<i32> {
        let length = |runs: &Vec<StateRun>| {
            runs.iter().fold(0_i32, |sum, run| {
                sum.saturating_add(run.days.end.since(run.days.start))
            })
        };
        history.runs.iter().map(length).collect()
    };
    let first = histories.first().map(days);
    histories.iter().all(|history| Some(days(history)) == first)
}

fn rows(model: &Model, extract: &Extract, histories: &[History]) -> Vec<TimelineRow> {
    let mut rows = Vec::new();
    for (case, history) in extract.cases.iter().zip(histories) {
        for (subject, runs) in subjects(model).into_iter().zip(&history.runs) {
            rows.extend(runs.iter().map(|run| {
                let Told {
                    ground,
                    basis,
                    missing,
                } = told(model, extract, run);
                TimelineRow {
                    case: case.id.clone(),
                    rule: subject_name(model, subject).to_owned(),
                    state: run.state.name().to_owned(),
                    from: Some(run.days.start),
                    to: Some(run.days.last()),
                    ground,
                    basis,
                    missing,
                }
            }));
        }
    }
    rows
}

struct Summary<'a> {
    session: &'a Session,
    model: &'a Model,
    window: Period,
    histories: &'a [History],
}

impl Summary<'_> {
    fn render(&self) -> String {
        let (session, language) = (self.session, self.session.language());
        let persons = count(number(self.histories.len()), language);
        let days = period(self.window, language);
        let mut out = match language {
            Language::Danish => format!(
                "{persons} {} bedømt alle dage {days}\n\n",
                one(self.histories.len(), "person", "personer")
            ),
            Language::English => format!(
                "{persons} {} judged on every day {days}\n\n",
                one(self.histories.len(), "person", "persons")
            ),
        };
        let headings = [
            session.say("Regel", "Rule"),
            session.say("Personer mindst én dag", "Persons on any day"),
            session.say("Persondage", "Person-days"),
        ];
        let mut rows = table(&headings, 1);
        for (i, subject) in subjects(self.model).into_iter().enumerate() {
            rows.add_row([
                states::heading(self.model, subject, self.window.start),
                String::new(),
                String::new(),
            ]);
            for (words, persons, days) in self.states(i, subject) {
                rows.add_row([
                    format!("  {words}"),
                    count(persons, language),
                    count(days, language),
                ]);
            }
        }
        out += &shown(&rows);
        out.push('\n');
        out
    }

    /// The states that occur: how many persons are ever in each, and on how many days.
    fn states(&self, i: usize, subject: Subject) -> Vec<(String, u64, u64)> {
        let language = self.session.language();
        let days_in = |history: &History, state: &State| {
            let runs = history
                .runs
                .get(i)
                .into_iter()
                .flatten()
                .filter(|run| run.state == *state);
            runs.fold(0_u64, |sum, run| {
                let days = u64::try_from(run.days.end.since(run.days.start)).unwrap_or(0);
                sum.saturating_add(days)
            })
        };
        let counted = |state: State| {
            let days = self
                .histories
                .iter()
                .map(|history| days_in(history, &state))
                .filter(|days| *days > 0);
            let (persons, days) = days.fold((0_u64, 0_u64), |(persons, sum), days| {
                (persons.saturating_add(1), sum.saturating_add(days))
            });
            let words = states::words(self.model, subject, &state, self.window.start, language);
            (words, persons, days)
        };
        let states = states::all(self.model, subject, self.window.start);
        states
            .into_iter()
            .map(counted)
            .filter(|(_, persons, _)| *persons > 0)
            .collect()
    }
}

fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use hjemmel_engine::time::Truth;

    /// A history of one rule, by the first and the last day of its runs.
    fn history(runs: &[(i32, i32)]) -> History {
        let run = |(first, last): &(i32, i32)| StateRun {
            days: Period::inclusive(Day::from_number(*first), Day::from_number(*last)),
            state: State::Truth(Truth::Yes),
            due: None,
            grounds: Vec::new(),
            basis: None,
            missing: Vec::new(),
        };
        History {
            runs: vec![runs.iter().map(run).collect()],
        }
    }

    #[test]
    fn whoever_is_lost_and_every_day_that_is_lost_is_missed() {
        let whole = || history(&[(1, 10), (11, 20)]);
        assert!(conserved(&[whole(), whole()], 2));
        assert!(conserved(&[whole(), history(&[(1, 20)])], 2));
        assert!(!conserved(&[whole()], 2), "a person less");
        assert!(!conserved(&[], 2), "nobody");
        assert!(!conserved(&[whole(), whole()], 1), "a person more");
        assert!(
            !conserved(&[whole(), history(&[(1, 10), (12, 20)])], 2),
            "a day less"
        );
        assert!(
            !conserved(&[whole(), history(&[(1, 11), (11, 20)])], 2),
            "a day twice"
        );
    }
}
