//! Counts as text for people, and as CSV and JSON for programs.

use crate::exit::Failure;
use crate::language::{count, day as day_words};
use crate::session::Session;
use crate::summary::{self, Heading, counted};
use crate::table::{shown, table};
use crate::{bug, states};
use hjemmel_engine::evaluate::subject_name;
use hjemmel_engine::model::{Model, Subject};
use hjemmel_engine::outcome::State;
use hjemmel_engine::time::{Day, Period, Truth};
use hjemmel_extracts::ColumnExtract;
use hjemmel_extracts::write::Provenance;
use std::collections::BTreeMap;
use std::fmt::Write as _;

pub(crate) use crate::summary::rests_on;

/// What was counted.
pub(crate) struct Counted<'a> {
    pub(crate) session: &'a Session,
    pub(crate) model: &'a Model,
    pub(crate) subjects: &'a [Subject],
    /// The days that were counted on.
    pub(crate) days: &'a [Day],
    pub(crate) window: Period,
    pub(crate) known_on: Option<Day>,
    pub(crate) extract: &'a ColumnExtract,
    /// For each rule and state that occurs the persons on each of the days.
    pub(crate) counts: Vec<BTreeMap<&'a State, Vec<u64>>>,
    pub(crate) provenance: &'a Provenance,
}

/// A count, as programs read it.
#[derive(serde::Serialize)]
struct Row<'a> {
    day: String,
    rule: &'a str,
    state: &'a str,
    persons: u64,
}

impl Counted<'_> {
    /// For people: of one day the counts, of several the first, the last, the least and the most.
    pub(crate) fn text(&self) -> String {
        let heading = Heading {
            persons: self.extract.persons,
            days: self.window,
            made: self.extract.date,
            known_on: self.known_on,
        };
        let mut out = summary::heading(self.session, &heading);
        match self.days {
            [day] => out += &self.one_day(*day),
            _ => out += &self.series(),
        }
        out.push('\n');
        let outside = self.subjects.iter().zip(&self.counts);
        let outside = outside.filter(|(_, counts)| counts.is_empty());
        let outside: Vec<&str> = outside
            .map(|(subject, _)| subject_name(self.model, *subject))
            .collect();
        if !outside.is_empty() && self.extract.persons > 0 {
            let text = match self.days {
                [_] => self.session.say(
                    "Ikke en del af loven den dag",
                    "Not part of the law that day",
                ),
                _ => self.session.say(
                    "Ikke en del af loven på nogen af dagene",
                    "Not part of the law on any of the days",
                ),
            };
            let _ = writeln!(out, "{text}: {}\n", outside.join(", "));
        }
        out
    }

    fn one_day(&self, day: Day) -> String {
        let session = self.session;
        let headings = [
            session.say("Regel", "Rule"),
            session.say("Personer", "Persons"),
        ];
        let mut rows = table(&headings, 1);
        for (subject, counts) in self.rules() {
            rows.add_row([states::heading(self.model, subject, day), String::new()]);
            let persons = |state: &State| {
                let persons = counts.get(state).and_then(|persons| persons.first());
                persons.copied().unwrap_or(0)
            };
            for (state, persons) in counted(self.model, subject, day, persons) {
                let words = states::words(self.model, subject, &state, day, session.language());
                rows.add_row([format!("  {words}"), count(persons, session.language())]);
            }
        }
        shown(&rows)
    }

    fn series(&self) -> String {
        let (session, language) = (self.session, self.session.language());
        let (Some(first), Some(last)) = (self.days.first(), self.days.last()) else {
            return String::new();
        };
        let headings = [
            session.say("Regel", "Rule"),
            &day_words(*first, language),
            &day_words(*last, language),
            session.say("Færrest", "Fewest"),
            session.say("Flest", "Most"),
        ];
        let mut rows = table(&headings, 1);
        for (subject, counts) in self.rules() {
            let heading = states::heading(self.model, subject, *last);
            let blank = String::new;
            rows.add_row([heading, blank(), blank(), blank(), blank()]);
            // As in a summary of one day, `ukendt` comes last.
            let unknown = counts.iter().filter(|(state, _)| state.is_unknown());
            let known = counts.iter().filter(|(state, _)| !state.is_unknown());
            for (state, persons) in known.chain(unknown) {
                // Of a warning those to whom it is given.
                if matches!(subject, Subject::Warning(_)) && **state == State::Truth(Truth::No) {
                    continue;
                }
                let words = states::words(self.model, subject, state, *last, language);
                let ends = [persons.first(), persons.last()];
                let range = [persons.iter().min(), persons.iter().max()];
                let cells = ends.into_iter().chain(range);
                let cells = cells.map(|persons| count(persons.copied().unwrap_or(0), language));
                rows.add_row(std::iter::once(format!("  {words}")).chain(cells));
            }
        }
        let days = count(u64::try_from(self.days.len()).unwrap_or(u64::MAX), language);
        let more = session.say(
            "dage er talt; de står alle i --format csv.",
            "days were counted; all stand in --format csv.",
        );
        format!("{}\n{days} {more}\n", shown(&rows))
    }

    /// The rules that are part of the law, with their counts.
    fn rules(&self) -> impl Iterator<Item = (Subject, &BTreeMap<&State, Vec<u64>>)> {
        let rules = self.subjects.iter().copied().zip(&self.counts);
        rules.filter(|(_, counts)| !counts.is_empty())
    }

    /// A row for each day, rule and state; none where the rule is not part of the law. In files
    /// always in Danish, as the states are.
    fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.days.iter().enumerate().flat_map(move |(at, day)| {
            self.rules().flat_map(move |(subject, counts)| {
                let in_force = counts.values().any(|persons| on_day(persons, at) > 0);
                let counts = counts.iter().filter(move |_| in_force);
                counts.map(move |(state, persons)| Row {
                    day: day.to_string(),
                    rule: subject_name(self.model, subject),
                    state: state.name(),
                    persons: on_day(persons, at),
                })
            })
        })
    }

    /// CSV (RFC 4180).
    pub(crate) fn csv(&self) -> String {
        let mut out = String::from("day,rule,state,persons\r\n");
        for row in self.rows() {
            // Names of rules and states hold letters, digits and underscores.
            let Row {
                day,
                rule,
                state,
                persons,
            } = row;
            let _ = write!(out, "{day},{rule},{state},{persons}\r\n");
        }
        out
    }

    /// One JSON object.
    pub(crate) fn json(&self) -> Result<String, Failure> {
        #[derive(serde::Serialize)]
        struct File<'a> {
            provenance: &'a Provenance,
            persons: u64,
            counts: Vec<Row<'a>>,
        }
        let file = File {
            provenance: self.provenance,
            persons: self.extract.persons,
            counts: self.rows().collect(),
        };
        let text = crate::print::json_text(&file).map_err(|_| bug())?;
        Ok(text + "\n")
    }
}

/// The persons on one of the days.
fn on_day(persons: &[u64], at: usize) -> u64 {
    persons.get(at).copied().unwrap_or(0)
}
