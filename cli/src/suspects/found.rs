//! What was found, as rows of a table.

use super::asked::Bad;
use crate::session::Session;
use crate::states;
use hjemmel_engine::case::{Case, End, Row, Start, Value};
use hjemmel_engine::evaluate::subject_name;
use hjemmel_engine::model::{FieldType, Model, Table};
use hjemmel_engine::outcome::State;
use hjemmel_engine::suspects::{Change, Slips, Suspect};
use hjemmel_engine::time::Day;
use hjemmel_extracts::Extract;
use hjemmel_grammar::diagnostic::{Language, Text};
use hjemmel_reports::{Cell, Column, Kind, Table as Report};

/// A case with a bad answer, and what is suspected, the most plausible first.
pub(crate) struct Found<'a> {
    pub(crate) case: &'a Case,
    pub(crate) bad: &'a Bad,
    pub(crate) suspects: Vec<Suspect>,
}

/// What the table is made from.
pub(crate) struct Words<'a> {
    pub(crate) session: &'a Session,
    pub(crate) model: &'a Model,
    pub(crate) extract: &'a Extract,
    pub(crate) slips: &'a Slips,
    pub(crate) day: Day,
}

/// The columns: name for machines, headings, and what the cells hold.
const COLUMNS: [(&str, &str, &str, Kind); 20] = [
    ("rank", "Nr.", "No.", Kind::Number),
    ("case", "Sag", "Case", Kind::Text),
    ("rule", "Regel", "Rule", Kind::Text),
    ("state", "Tilstand", "State", Kind::Text),
    ("points", "Point", "Points", Kind::Number),
    ("slip", "Mulig fejl", "Possible error", Kind::LongText),
    ("place", "Række", "Row", Kind::Text),
    ("change", "Rettelse", "Correction", Kind::LongText),
    ("from", "Fra", "From", Kind::Day),
    ("to", "Til", "To", Kind::Day),
    ("suggested_from", "Måske fra", "Perhaps from", Kind::Day),
    ("suggested_to", "Måske til", "Perhaps to", Kind::Day),
    (
        "state_after",
        "Tilstand efter rettelsen",
        "State after the correction",
        Kind::Text,
    ),
    ("choice", "Nr. i sagen", "No. in the case", Kind::Number),
    (
        "choices",
        "Mulige i sagen",
        "Possible in the case",
        Kind::Number,
    ),
    (
        "points_kind",
        "Point for slags",
        "Points of its kind",
        Kind::Number,
    ),
    ("points_size", "for størrelse", "for size", Kind::Number),
    ("points_weekday", "for ugedag", "for weekday", Kind::Number),
    ("points_length", "for varighed", "for length", Kind::Number),
    (
        "points_delay",
        "for registrering",
        "for registration",
        Kind::Number,
    ),
];

impl Words<'_> {
    /// All suspicions: those that are the most plausible of their cases first, by points; then the
    /// others.
    pub(crate) fn table(&self, found: &[Found<'_>]) -> Report {
        let columns = COLUMNS
            .iter()
            .map(|(id, da, en, kind)| Column::new(*id, Text::new(*da, *en), *kind));
        let title = Text::new("Mulige fejl", "Possible errors");
        let mut report = Report::new("suspects", title, columns.collect());
        for (rank, (found, choice, suspect)) in (1_i64..).zip(ranked(found)) {
            report.rows.push(self.row(rank, found, choice, suspect));
        }
        report
    }

    fn row(&self, rank: i64, found: &Found<'_>, choice: usize, suspect: &Suspect) -> Vec<Cell> {
        let points = suspect.points;
        let of_table = found.case.rows(suspect.table).iter();
        let row = of_table.clone().find(|row| row.source == suspect.source);
        let table = self.model.tables.get(suspect.table.0);
        let days = row.map(|row| (row.from, row.to));
        let after = row.map(|row| suspect.change.made_in(row));
        let moved = after.filter(|row| Some((row.from, row.to)) != days);
        let slip = self.slips.kinds.get(suspect.slip);
        vec![
            Cell::Count(rank),
            Cell::Text(found.case.id.reveal().to_owned()),
            Cell::Text(subject_name(self.model, found.bad.subject).to_owned()),
            self.state(found, &found.bad.state),
            Cell::Count(points.total().into()),
            slip.map_or(Cell::Blank, |slip| {
                Cell::Word(slip.name.clone(), slip.title.clone())
            }),
            Cell::Text(self.extract.place(suspect.source)),
            table.map_or(Cell::Blank, |table| self.change(table, &suspect.change)),
            row.map_or(Cell::Blank, first),
            row.map_or(Cell::Blank, last),
            moved.as_ref().map_or(Cell::Blank, first),
            moved.as_ref().map_or(Cell::Blank, last),
            self.state(found, &suspect.state),
            Cell::count(choice),
            Cell::count(found.suspects.len()),
            Cell::Count(points.kind.into()),
            Cell::Count(points.size.into()),
            Cell::Count(points.weekday.into()),
            Cell::Count(points.length.into()),
            Cell::Count(points.delay.into()),
        ]
    }

    fn state(&self, found: &Found<'_>, state: &State) -> Cell {
        let words =
            |language| states::words(self.model, found.bad.subject, state, self.day, language);
        let text = Text::new(words(Language::Danish), words(Language::English));
        Cell::Word(state.name().to_owned(), text)
    }

    /// `status: planlagt → gennemført`, `til: 2016-07-30 → 2016-07-31`; nothing of a field that is
    /// sensitive.
    fn change(&self, table: &Table, change: &Change) -> Cell {
        match change {
            Change::Value { field, from, to } => {
                let Some(field) = table.fields.get(field.0) else {
                    return Cell::Blank;
                };
                let hidden = self.session.say("(følsomt)", "(sensitive)");
                let shown = |value: &Value| match (value, &field.ty) {
                    _ if field.sensitive => hidden.to_owned(),
                    (Value::Choice(i), FieldType::Choice(words)) => {
                        words.get(*i).cloned().unwrap_or_default()
                    }
                    (Value::YesNo(true), _) => "ja".to_owned(),
                    (Value::YesNo(false), _) => "nej".to_owned(),
                    _ => String::new(),
                };
                Cell::Text(format!("{}: {} → {}", field.name, shown(from), shown(to)))
            }
            Change::Days { from, to } => {
                let first = (from.0 != to.0).then(|| ("fra", start(from.0), start(to.0)));
                let last = (from.1 != to.1).then(|| ("til", end(from.1), end(to.1)));
                let words = [first, last].into_iter().flatten();
                let words = words.map(|(name, from, to)| format!("{name}: {from} → {to}"));
                Cell::Text(words.collect::<Vec<_>>().join(", "))
            }
        }
    }
}

/// Every suspicion with its position in its case, from 1: the first of each case by points, cases
/// of equal points by rule and key; then the second ones, and so on.
fn ranked<'f, 'a>(found: &'f [Found<'a>]) -> Vec<(&'f Found<'a>, usize, &'f Suspect)> {
    let mut all: Vec<_> = found
        .iter()
        .flat_map(|found| {
            let each = (1..).zip(&found.suspects);
            each.map(move |(choice, suspect)| (found, choice, suspect))
        })
        .collect();
    all.sort_by_key(|(_, choice, suspect)| {
        (*choice, i64::from(suspect.points.total()).saturating_neg())
    });
    all
}

fn first(row: &Row) -> Cell {
    match row.from {
        Start::On(day) => Cell::Day(day),
        Start::Unknown => Cell::Blank,
    }
}

fn last(row: &Row) -> Cell {
    match row.to {
        End::On(day) => Cell::Day(day),
        End::Ongoing | End::Unknown => Cell::Blank,
    }
}

fn start(start: Start) -> String {
    match start {
        Start::On(day) => day.to_string(),
        Start::Unknown => "ukendt".to_owned(),
    }
}

fn end(end: End) -> String {
    match end {
        End::On(day) => day.to_string(),
        End::Ongoing => "fortsat".to_owned(),
        End::Unknown => "ukendt".to_owned(),
    }
}
