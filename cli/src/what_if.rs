//! `hjemmel explain --with ROW --without PLACE`: the case as it would be with other rows, and its
//! answers beside those that it has. Nothing is written anywhere.

use crate::exit::Failure;
use crate::imagined_row;
use crate::language::{day as day_words, day_text};
use crate::print::harmless;
use crate::session::{Rules, Session};
use crate::source_rows::SourceRows;
use crate::states;
use crate::table::{shown, table};
use hjemmel_engine::case::{Case, Row, Source, Start};
use hjemmel_engine::evaluate::Evaluation;
use hjemmel_engine::explain::RowRead;
use hjemmel_engine::model::{DutyState, Model, Subject, TableId};
use hjemmel_engine::outcome::{Outcome, State};
use hjemmel_engine::time::Day;
use hjemmel_extracts::Extract;
use hjemmel_grammar::diagnostic::Text;
use hjemmel_grammar::syntax::Shape;

/// How the place of an imagined row begins.
const ADDED: &str = "--with";

/// The case with its changes.
pub(crate) struct WhatIf {
    pub(crate) case: Case,
    added: Vec<RowRead>,
    removed: Vec<RowRead>,
}

impl WhatIf {
    /// The case with the rows of `with` and without those at the places of `without`. The extract
    /// learns what the places of the new rows are called.
    pub(crate) fn new(
        session: &Session,
        rules: &Rules,
        (extract, case): (&mut Extract, &Case),
        with: &[String],
        without: &[String],
    ) -> Result<Self, Failure> {
        let mut changed = Self {
            case: case.clone(),
            added: Vec::new(),
            removed: Vec::new(),
        };
        for place in without {
            changed.remove(extract, place)?;
        }
        let file = u32::try_from(extract.files.len()).unwrap_or(u32::MAX);
        extract.files.push(ADDED.to_owned());
        let hint = Text::new(
            "skriv f.eks. \"TABEL VÆRDI fra 1. september 2017, fortsat\"",
            "write for instance \"TABLE VALUE from 1 September 2017, ongoing\"",
        );
        for (line, words) in (1..).zip(with) {
            let (table, row) = imagined_row::row(session, rules, ADDED, words, &hint)?;
            let source = Source { file, line };
            let facts = rules.model.tables.get(table.0);
            let facts = facts.is_some_and(|table| table.shape == Shape::Facts);
            changed.add(table, Row { source, ..row }, facts);
        }
        Ok(changed)
    }

    /// Adds a row. Facts about a person are one row: what the new one gives takes the place of what
    /// stood there.
    fn add(&mut self, table: TableId, mut row: Row, facts: bool) {
        let source = row.source;
        let Some(rows) = self.case.tables.get_mut(table.0) else {
            return;
        };
        let old = if facts { rows.rows.pop() } else { None };
        let stood = old.map(|old| old.values).unwrap_or_default();
        for (value, stood) in row.values.iter_mut().zip(stood) {
            *value = value.take().or(stood);
        }
        rows.rows.push(row);
        self.added.push(RowRead { table, source });
    }

    fn remove(&mut self, extract: &Extract, place: &str) -> Result<(), Failure> {
        for (i, table) in self.case.tables.iter_mut().enumerate() {
            let mut rows = table.rows.iter();
            if let Some(at) = rows.position(|row| extract.place(row.source) == place) {
                let row = table.rows.remove(at);
                self.removed.push(RowRead {
                    table: TableId(i),
                    source: row.source,
                });
                return Ok(());
            }
        }
        let shown = harmless(place);
        Err(Failure::usage(
            format!("--without {shown}: sagen har ingen række dér"),
            format!("--without {shown}: the case has no row there"),
        )
        .hint(
            "nævn rækken, som den står i begrundelserne: indsats.csv:12",
            "name the row as it stands in the reasons: indsats.csv:12",
        ))
    }

    /// Says of rows that begin after the day that they cannot matter on it.
    pub(crate) fn warn(&self, session: &Session, day: Day) {
        let first = |read: &RowRead| {
            let mut rows = self.case.rows(read.table).iter();
            rows.find(|row| row.source == read.source)
                .map(|row| row.from)
        };
        let later = |read: &&RowRead| matches!(first(read), Some(Start::On(from)) if day < from);
        if self.added.iter().any(|read| later(&read)) {
            let day = day_text(day);
            session.warn(&Text::new(
                format!(
                    "en tilføjet række begynder efter {}, og den dag kendes den ikke",
                    day.da
                ),
                format!(
                    "an added row begins after {}, and is not known on that day",
                    day.en
                ),
            ));
        }
    }

    /// The changes, a line each.
    pub(crate) fn told(
        &self,
        session: &Session,
        model: &Model,
        extract: &Extract,
        case: &Case,
    ) -> String {
        let lines = |case, rows: &[RowRead], sign| -> Vec<String> {
            let source_rows = SourceRows {
                session,
                model,
                extract,
                case,
            };
            let told = rows.iter().filter_map(|read| {
                let table = model.tables.get(read.table.0)?;
                let line = source_rows.line(*read)?;
                Some(format!("  {sign} {} · {line}\n", table.name))
            });
            told.collect()
        };
        let removed = lines(case, &self.removed, '−');
        let added = lines(&self.case, &self.added, '+');
        let head = session.say("Tænkt ændring", "Imagined change");
        let note = session.say(
            "intet er ændret i udtrækket",
            "nothing has changed in the extract",
        );
        format!("{head} ({note}):\n{}{}\n", removed.concat(), added.concat())
    }
}

/// The answers of some rules, as registered and with the change.
pub(crate) struct Beside<'a> {
    pub(crate) session: &'a Session,
    pub(crate) model: &'a Model,
    pub(crate) day: Day,
    pub(crate) before: &'a Evaluation<'a>,
    pub(crate) after: &'a Evaluation<'a>,
}

impl Beside<'_> {
    /// Whether the change makes a difference to a rule's answer.
    pub(crate) fn differs(&self, subject: Subject) -> bool {
        let answer = |evaluation: &Evaluation<'_>| {
            let outcome = evaluation.judge(subject, self.day)?;
            Some((
                outcome.run.state,
                outcome.run.due,
                outcome.since,
                outcome.until,
            ))
        };
        answer(self.before) != answer(self.after)
    }

    /// The answers side by side.
    pub(crate) fn table(&self, subjects: &[Subject]) -> String {
        let session = self.session;
        let headings = [
            session.say("Regel", "Rule"),
            session.say("Som registreret", "As registered"),
            session.say("Med ændringen", "With the change"),
        ];
        let mut rows = table(&headings, headings.len());
        for subject in subjects {
            let answer = |evaluation: &Evaluation<'_>| {
                let outcome = evaluation.judge(*subject, self.day);
                outcome.map_or_else(|| "–".to_owned(), |outcome| self.answer(&outcome))
            };
            rows.add_row([
                states::heading(self.model, *subject, self.day),
                answer(self.before),
                answer(self.after),
            ]);
        }
        shown(&rows) + "\n"
    }

    /// `overskredet siden 10. juli 2017, sidste rettidige dag 9. juli 2017`
    fn answer(&self, outcome: &Outcome) -> String {
        let (session, language) = (self.session, self.session.language());
        let state = &outcome.run.state;
        let mut parts = vec![states::words(
            self.model,
            outcome.subject,
            state,
            self.day,
            language,
        )];
        let clock = [DutyState::DeadlineRunning, DutyState::Overdue].map(State::Duty);
        let due = outcome.run.due.filter(|_| clock.contains(state));
        if let Some(due) = due {
            let words = session.say("sidste rettidige dag", "last timely day");
            let (earliest, latest) = (
                day_words(due.earliest, language),
                day_words(due.latest, language),
            );
            parts.push(match due.certain() {
                Some(_) => format!("{words} {earliest}"),
                None => format!("{words} {earliest} – {latest}"),
            });
        } else if let Some(until) = outcome.until {
            let words = session.say("til og med", "until");
            parts.push(format!("{words} {}", day_words(until, language)));
        }
        parts.join(", ")
    }
}
