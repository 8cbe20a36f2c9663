//! Series as text for people, and as tables for files.

use crate::language::{count, day as day_words, limit_of, share_of};
use crate::run::provisions_of;
use crate::session::Session;
use crate::summary::{self, Heading};
use crate::table::{shown, table, titled};
use hjemmel_engine::measure::{Counts, limit_on, measure_on};
use hjemmel_engine::model::{Measure, MeasureId, Model, Version};
use hjemmel_engine::time::{Day, Period, Truth};
use hjemmel_extracts::ColumnExtract;
use hjemmel_extracts::write::Provenance;
use hjemmel_grammar::diagnostic::Text;
use hjemmel_reports::{Book, Cell, Column, Kind, Table};

/// One measure over time.
pub(crate) struct Line<'a> {
    pub(crate) measure: MeasureId,
    pub(crate) name: &'a str,
    pub(crate) days: &'a [Day],
    /// On each of the days.
    pub(crate) all: Vec<Counts>,
    /// The same for each group.
    pub(crate) groups: Vec<(Vec<String>, Vec<Counts>)>,
}

/// Whether the groups of each measure add up to all, if it is split.
pub(crate) fn adds_up(lines: &[Line<'_>]) -> bool {
    lines.iter().all(|line| {
        let days = line.all.iter().enumerate();
        line.groups.is_empty()
            || days.into_iter().all(|(at, all)| {
                let of = line.groups.iter().filter_map(|(_, counts)| counts.get(at));
                of.fold(0_u64, |sum, counts| sum.saturating_add(counts.out_of)) == all.out_of
            })
    })
}

/// Series that are shown.
pub(crate) struct Shown<'a> {
    pub(crate) session: &'a Session,
    pub(crate) model: &'a Model,
    pub(crate) window: Period,
    pub(crate) known_on: Option<Day>,
    pub(crate) extract: &'a ColumnExtract,
    pub(crate) lines: &'a [Line<'a>],
}

impl Shown<'_> {
    /// For people.
    pub(crate) fn text(&self) -> String {
        let session = self.session;
        let heading = Heading {
            persons: self.extract.persons,
            days: self.window,
            made: self.extract.date,
            known_on: self.known_on,
        };
        let mut out = summary::heading(session, &heading);
        let headings = [
            session.say("Måling", "Measure"),
            session.say("Tæller", "Count"),
            session.say("Nævner", "Out of"),
            session.say("Andel", "Share"),
            session.say("Ukendt", "Unknown"),
        ];
        let mut rows = table(&headings, 1);
        for line in self.lines {
            let title = self
                .last_version(line)
                .and_then(|version| version.title.as_deref());
            rows.add_row([titled(title, line.name)]);
            if !line.groups.is_empty() {
                rows.add_row([format!("  {}", session.say("alle", "all"))]);
            }
            for (day, counts) in line.days.iter().zip(&line.all) {
                rows.add_row(self.row(*day, *counts));
                if let Some(limit) = self.limit(line, *day) {
                    rows.add_row([format!("    {}", limit_of(limit, *counts, session))]);
                }
            }
            for (group, all) in &line.groups {
                rows.add_row([format!("  {}", words(group))]);
                for (day, counts) in line.days.iter().zip(all) {
                    rows.add_row(self.row(*day, *counts));
                }
            }
        }
        out += &shown(&rows);
        out.push('\n');
        out
    }

    fn last_version(&self, line: &Line<'_>) -> Option<&Version<Measure>> {
        let day = line.days.last()?;
        measure_on(self.model, line.measure, *day)
    }

    fn limit(&self, line: &Line<'_>, day: Day) -> Option<(hjemmel_grammar::syntax::Order, i64)> {
        let version = measure_on(self.model, line.measure, day)?;
        limit_on(self.model, &version.body, day)
    }

    fn row(&self, day: Day, counts: Counts) -> [String; 5] {
        let language = self.session.language();
        let (_, week) = day.iso_week();
        let day_text = day_words(day, language);
        [
            format!("    {} {week}, {day_text}", self.session.say("uge", "week")),
            count(counts.counted, language),
            count(counts.out_of, language),
            share_of(counts, language),
            count(counts.unknown, language),
        ]
    }

    /// For files: a row for each measure, day and group.
    pub(crate) fn book(&self, provenance: Provenance) -> Book {
        let mut table = Table::new("series", Text::new("Målinger", "Measures"), columns());
        for line in self.lines {
            for (at, day) in line.days.iter().enumerate() {
                let groups = line.groups.iter().map(|(group, all)| (Some(group), all));
                for (group, all) in std::iter::once((None, &line.all)).chain(groups) {
                    let counts = all.get(at).copied().unwrap_or_default();
                    table.rows.push(self.cells(line, *day, group, counts));
                }
            }
        }
        let notes = self.lines.iter().filter_map(|line| {
            let version = self.last_version(line)?;
            let title = version
                .title
                .clone()
                .unwrap_or_else(|| line.name.to_owned());
            let basis = version
                .basis
                .as_ref()
                .map(provisions_of)
                .unwrap_or_default();
            Some((
                Text::new(title.clone(), title),
                Cell::text(basis.join("; ")),
            ))
        });
        Book {
            title: Text::new("Målinger over tid", "Measures over time"),
            tables: vec![table],
            provenance,
            notes: notes.collect(),
        }
    }

    fn cells(
        &self,
        line: &Line<'_>,
        day: Day,
        group: Option<&Vec<String>>,
        counts: Counts,
    ) -> Vec<Cell> {
        let version = measure_on(self.model, line.measure, day);
        let title = version.and_then(|version| version.title.clone());
        let (year, week) = day.iso_week();
        let group = match group {
            None => Cell::Word("alle".to_owned(), Text::new("alle", "all")),
            Some(group) => Cell::Word(group.join(", "), same(words(group))),
        };
        let kept = self
            .limit(line, day)
            .and_then(|(order, limit)| counts.keeps(order, limit));
        vec![
            Cell::text(line.name),
            title.map_or(Cell::Blank, |title| Cell::Word(title.clone(), same(title))),
            Cell::Day(day),
            Cell::Text(format!("{year}-W{week:02}")),
            group,
            Cell::count(counts.counted),
            Cell::count(counts.out_of),
            share(counts).map_or(Cell::Blank, Cell::Percent),
            Cell::count(counts.unknown),
            kept.map_or(Cell::Blank, |kept| {
                let (da, en) = match kept {
                    Truth::Yes => ("ja", "yes"),
                    Truth::No => ("nej", "no"),
                    Truth::Unknown => ("ukendt", "unknown"),
                };
                Cell::Word(da.to_owned(), Text::new(da, en))
            }),
        ]
    }
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("measure", Text::new("Måling", "Measure"), Kind::Text),
        Column::new("title", Text::new("Titel", "Title"), Kind::Text),
        Column::new("day", Text::new("Dag", "Day"), Kind::Day),
        Column::new("week", Text::new("Uge", "Week"), Kind::Text),
        Column::new("group", Text::new("Gruppe", "Group"), Kind::Text),
        Column::new("count", Text::new("Tæller", "Count"), Kind::Number),
        Column::new("out_of", Text::new("Nævner", "Out of"), Kind::Number),
        Column::new("share", Text::new("Andel", "Share"), Kind::Number),
        Column::new("unknown", Text::new("Ukendt", "Unknown"), Kind::Number),
        Column::new(
            "limit_kept",
            Text::new("Grænse overholdt", "Limit kept"),
            Kind::Text,
        ),
    ]
}

/// A text that is the same in both languages.
fn same(text: String) -> Text {
    Text::new(text.clone(), text)
}

/// A group as people read it.
pub(crate) fn words(group: &[String]) -> String {
    group.join(", ").replace('_', " ")
}

/// The share in thousandths of a per cent, rounded half up; none where nobody is counted, or where
/// some may or may not be.
pub(crate) fn share(counts: Counts) -> Option<i64> {
    if counts.unknown > 0 {
        return None;
    }
    let doubled = u128::from(counts.counted)
        .saturating_mul(200_000)
        .saturating_add(u128::from(counts.out_of));
    let share = doubled.checked_div(u128::from(counts.out_of).saturating_mul(2))?;
    i64::try_from(share).ok()
}
