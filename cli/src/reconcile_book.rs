//! What came of a reconciliation: a summary for people, and everyone who differs in a file.

use crate::language::{count, day as day_words, share_of};
use crate::print::{self, Paint};
use crate::session::Session;
use crate::summary;
use crate::table::{shown, table, titled};
use hjemmel_engine::measure::{Counts, measure_on};
use hjemmel_engine::model::{MeasureId, Model};
use hjemmel_engine::personal::Personal;
use hjemmel_engine::reconcile::{Explained, Kind, Reason, Standing};
use hjemmel_engine::time::{Day, Period};
use hjemmel_extracts::write::Provenance;
use hjemmel_grammar::diagnostic::Text;
use hjemmel_reports::{Book, Cell, Column, Kind as Holds, Table};
use std::fmt::Write as _;
use std::path::Path;

/// A person who stands in two places.
pub(crate) struct Difference {
    pub(crate) case: Personal,
    /// In the first extract and in the second.
    pub(crate) standings: [Standing; 2],
    pub(crate) explained: Explained,
    /// For each reason the rows of each extract.
    pub(crate) places: Vec<[String; 2]>,
}

/// A measure taken of one of the extracts.
pub(crate) struct Taken<'a> {
    pub(crate) path: &'a Path,
    pub(crate) hash: &'a str,
    pub(crate) date: Option<Day>,
    pub(crate) known_on: Option<Day>,
    pub(crate) measure: MeasureId,
    pub(crate) counts: Counts,
}

/// What came of it.
pub(crate) struct Reconciled<'a> {
    pub(crate) session: &'a Session,
    pub(crate) model: &'a Model,
    pub(crate) day: Day,
    pub(crate) first: Taken<'a>,
    pub(crate) second: Taken<'a>,
    pub(crate) differences: &'a [Difference],
}

/// How a difference changes the count: in the first alone, in the second alone, in neither.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    First,
    Second,
    Neither,
}

impl Side {
    const ALL: [Self; 3] = [Self::First, Self::Second, Self::Neither];

    fn of(difference: &Difference) -> Self {
        match difference.standings {
            [Standing::Counted, _] => Self::First,
            [_, Standing::Counted] => Self::Second,
            _ => Self::Neither,
        }
    }

    fn text(self) -> Text {
        match self {
            Self::First => Text::new("Kun talt i A", "Counted in A only"),
            Self::Second => Text::new("Kun talt i B", "Counted in B only"),
            Self::Neither => Text::new("Talt i ingen", "Counted in neither"),
        }
    }
}

impl Reconciled<'_> {
    /// For people: both counts, and how many differ for which reason. Nobody's key.
    pub(crate) fn text(&self) -> String {
        let session = self.session;
        let language = session.language();
        let as_of = day_words(self.day, language);
        let heading = format!(
            "{} {as_of}",
            session.say("To udtræk pr.", "Two extracts as of")
        );
        let mut out = format!("{}\n\n", paint().bold(&heading));
        out += &self.counts();
        out.push('\n');
        out += &self.reasons();
        out.push('\n');
        let unexplained = self.of_kind(Kind::Unexplained).count();
        let number = |number: usize| count(u64::try_from(number).unwrap_or(u64::MAX), language);
        let differ = session.say("personer står forskelligt", "persons stand differently");
        let without = session.say("uden forklaring", "without an explanation");
        let all = number(self.differences.len());
        let _ = writeln!(out, "{all} {differ}, {} {without}.", number(unexplained));
        out
    }

    fn counts(&self) -> String {
        let session = self.session;
        let language = session.language();
        let headings = [
            session.say("Udtræk", "Extract"),
            session.say("Tæller", "Count"),
            session.say("Nævner", "Out of"),
            session.say("Andel", "Share"),
            session.say("Ukendt", "Unknown"),
        ];
        let mut rows = table(&headings, 1);
        for (letter, taken) in [("A", &self.first), ("B", &self.second)] {
            let made = taken.date.map(|day| day_words(day, language));
            let known = taken.known_on.map(|day| day_words(day, language));
            let made = made.map(|day| format!("{} {day}", session.say("fra", "of")));
            let known =
                known.map(|day| format!("{} {day}", session.say("som kendt", "as known on")));
            let parts: Vec<String> = made.into_iter().chain(known).collect();
            let counts = taken.counts;
            rows.add_row([
                format!("{letter}  {}", print::path(taken.path)),
                count(counts.counted, language),
                count(counts.out_of, language),
                share_of(counts, language),
                count(counts.unknown, language),
            ]);
            if !parts.is_empty() {
                rows.add_row([format!("   {}", parts.join(", "))]);
            }
            rows.add_row([format!("   {}", self.name(taken.measure))]);
        }
        shown(&rows)
    }

    fn name(&self, measure: MeasureId) -> &str {
        let rule = self.model.measures.get(measure.0);
        rule.map_or("", |rule| rule.name.as_str())
    }

    fn title(&self, measure: MeasureId) -> String {
        let name = self.name(measure);
        let version = measure_on(self.model, measure, self.day);
        titled(version.and_then(|version| version.title.as_deref()), name)
    }

    fn reasons(&self) -> String {
        let session = self.session;
        let language = session.language();
        let sides = Side::ALL.map(|side| side.text().get(language).to_owned());
        let mut headings = vec![session.say("Hvorfor", "Why")];
        headings.extend(sides.iter().map(String::as_str));
        let mut rows = table(&headings, 1);
        let number = |number: usize| count(u64::try_from(number).unwrap_or(u64::MAX), language);
        for kind in Kind::ALL {
            let of = |side: Side| self.of_kind(kind).filter(|it| Side::of(it) == side).count();
            let counts = Side::ALL.map(of);
            if counts == [0, 0, 0] && kind != Kind::Unexplained {
                continue;
            }
            let cells = std::iter::once(words(kind).get(language).to_owned());
            rows.add_row(cells.chain(counts.map(number)));
        }
        let all = Side::ALL.map(|side| {
            let of = self.differences.iter().filter(|it| Side::of(it) == side);
            number(of.count())
        });
        let sum = std::iter::once(session.say("I alt", "In all").to_owned());
        rows.add_row(sum.chain(all));
        shown(&rows)
    }

    /// Those whose main reason is of a kind.
    fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Difference> {
        let all = self.differences.iter();
        all.filter(move |difference| {
            let main = difference.explained.reasons.first();
            main.is_some_and(|reason| reason.kind == kind)
        })
    }

    /// For files: a row for each person and reason.
    pub(crate) fn book(&self, provenance: Provenance) -> Book {
        let title = Text::new("Afstemning", "Reconciliation");
        let mut table = Table::new("differences", title.clone(), columns());
        for difference in self.differences {
            let each = difference.explained.reasons.iter().zip(&difference.places);
            for ((reason, places), number) in each.zip(1_i64..) {
                table
                    .rows
                    .push(self.cells(difference, reason, places, number));
            }
        }
        let side = |letter: &str, taken: &Taken<'_>| {
            let path = Text::new(format!("Udtræk {letter}"), format!("Extract {letter}"));
            let measure = Text::new(
                format!("Måling af {letter}"),
                format!("Measure of {letter}"),
            );
            let counts = Text::new(
                format!("Tæller og nævner i {letter}"),
                format!("Count and out of in {letter}"),
            );
            [
                (
                    path,
                    Cell::text(format!("{} ({})", print::path(taken.path), taken.hash)),
                ),
                (measure, Cell::text(self.title(taken.measure))),
                (
                    counts,
                    Cell::text(format!(
                        "{} / {}",
                        taken.counts.counted, taken.counts.out_of
                    )),
                ),
            ]
        };
        let notes = side("A", &self.first)
            .into_iter()
            .chain(side("B", &self.second));
        Book {
            title,
            tables: vec![table],
            provenance,
            notes: notes.collect(),
        }
    }

    fn cells(
        &self,
        difference: &Difference,
        reason: &Reason,
        [first, second]: &[String; 2],
        number: i64,
    ) -> Vec<Cell> {
        let word = |name: &str, text: Text| Cell::Word(name.to_owned(), text);
        let [one, two] = difference.standings;
        let table = reason.table.and_then(|id| self.model.tables.get(id.0));
        let days = reason.days.map(|days| days.and(Period::ALL));
        let last = days.filter(|days| days.end < Day::END).map(Period::last);
        let role = match (number, difference.explained.each_alone) {
            (1, _) => word("main", Text::new("hovedgrund", "main reason")),
            (_, true) => word("alone", Text::new("ville også alene", "would do alone too")),
            (_, false) => word(
                "together",
                Text::new("sammen med den første", "with the first"),
            ),
        };
        vec![
            Cell::text(difference.case.reveal()),
            word(name_of(one), stands(one)),
            word(name_of(two), stands(two)),
            word(machine(reason.kind), words(reason.kind)),
            role,
            table.map_or(Cell::Blank, |table| Cell::text(table.name.clone())),
            Cell::day(days.map(|days| days.start)),
            Cell::day(last),
            self.detail(reason),
            Cell::text(first.clone()),
            Cell::text(second.clone()),
        ]
    }

    /// `status: gennemført / annulleret`, `28 dage senere`, `890`
    fn detail(&self, reason: &Reason) -> Cell {
        if let Some((field, [first, second])) = &reason.field {
            let table = reason.table.and_then(|id| self.model.tables.get(id.0));
            let name = table.and_then(|table| table.fields.get(*field));
            let name = name.map_or("", |field| field.name.as_str());
            return Cell::text(format!("{name}: {first} / {second}"));
        }
        if let Some(code) = &reason.code {
            let text = Text::new(format!("kode {code}"), format!("code {code}"));
            return Cell::Word(code.clone(), text);
        }
        reason.shift.map_or(Cell::Blank, |days| {
            let (size, later) = (days.unsigned_abs(), days > 0);
            let text = if later {
                Text::new(
                    format!("{size} dage senere i B"),
                    format!("{size} days later in B"),
                )
            } else {
                Text::new(
                    format!("{size} dage tidligere i B"),
                    format!("{size} days earlier in B"),
                )
            };
            Cell::Word(format!("days {days:+}"), text)
        })
    }

    /// The line that says what it rests on.
    pub(crate) fn rests_on(&self, provenance: &Provenance) -> String {
        let short = |hash: &str| hash.chars().take(12).collect::<String>();
        let line = format!(
            "{} {} · A {} · B {} · hjemmel {}",
            self.session.say("Regler", "Rules"),
            short(&provenance.rule_set_hash),
            short(self.first.hash),
            short(self.second.hash),
            provenance.engine_version,
        );
        paint().dim(&line) + "\n" + &summary::approval(self.session, provenance)
    }
}

fn paint() -> Paint {
    Paint {
        on: print::colour_on_stdout(),
    }
}

fn columns() -> Vec<Column> {
    let column = |id: &str, da: &str, en: &str, holds| Column::new(id, Text::new(da, en), holds);
    vec![
        column("case", "Sag", "Case", Holds::Text),
        column("in_a", "I A", "In A", Holds::Text),
        column("in_b", "I B", "In B", Holds::Text),
        column("reason", "Hvorfor", "Why", Holds::LongText),
        column("role", "Vægt", "Weight", Holds::Text),
        column("table", "Tabel", "Table", Holds::Text),
        column("from", "Fra", "From", Holds::Day),
        column("to", "Til", "To", Holds::Day),
        column("detail", "Nærmere", "Detail", Holds::Text),
        column("rows_a", "Rækker i A", "Rows of A", Holds::LongText),
        column("rows_b", "Rækker i B", "Rows of B", Holds::LongText),
    ]
}

fn name_of(standing: Standing) -> &'static str {
    match standing {
        Standing::Counted => "counted",
        Standing::NotCounted => "not_counted",
        Standing::Outside => "outside",
        Standing::Unknown => "unknown",
    }
}

fn stands(standing: Standing) -> Text {
    match standing {
        Standing::Counted => Text::new("talt", "counted"),
        Standing::NotCounted => Text::new("kun i nævneren", "in the denominator only"),
        Standing::Outside => Text::new("ikke med", "in neither"),
        Standing::Unknown => Text::new("ukendt", "unknown"),
    }
}

fn machine(kind: Kind) -> &'static str {
    match kind {
        Kind::MissingInFirst => "missing_in_a",
        Kind::MissingInSecond => "missing_in_b",
        Kind::Definition => "definition",
        Kind::RegisteredLater => "registered_later",
        Kind::Overwritten => "overwritten",
        Kind::OtherValues => "other_values",
        Kind::WholeWeeks => "whole_weeks",
        Kind::Shifted => "shifted",
        Kind::RowMissingInFirst => "row_missing_in_a",
        Kind::RowMissingInSecond => "row_missing_in_b",
        Kind::NotCovered => "not_covered",
        Kind::Unexplained => "unexplained",
    }
}

fn words(kind: Kind) -> Text {
    match kind {
        Kind::MissingInFirst => Text::new("Personen findes ikke i A", "The person is not in A"),
        Kind::MissingInSecond => Text::new("Personen findes ikke i B", "The person is not in B"),
        Kind::Definition => Text::new("Målingen er en anden", "The measure is another"),
        Kind::RegisteredLater => Text::new(
            "Registreret efter det andet udtræk",
            "Registered after the other extract",
        ),
        Kind::Overwritten => Text::new(
            "Overskrevet af en anden kode",
            "Overwritten by another code",
        ),
        Kind::OtherValues => Text::new(
            "Rækken siger andet, f.eks. annulleret",
            "The row differs, e.g. cancelled",
        ),
        Kind::WholeWeeks => Text::new("Uger regnes for hele", "Weeks count whole"),
        Kind::Shifted => Text::new("Perioden er forskudt", "The period is shifted"),
        Kind::RowMissingInFirst => Text::new("Rækken mangler i A", "The row is missing in A"),
        Kind::RowMissingInSecond => Text::new("Rækken mangler i B", "The row is missing in B"),
        Kind::NotCovered => Text::new(
            "Oplysningerne mangler i det ene udtræk",
            "One extract lacks the data",
        ),
        Kind::Unexplained => Text::new("Ikke forklaret", "Not explained"),
    }
}
