//! The counts of initiatives, on a terminal and in files.

use super::list::{Entry, Initiatives};
use crate::language::{count, day as day_words, share_of};
use crate::print;
use crate::series_book::share;
use crate::session::Session;
use crate::table::{shown, table, titled};
use hjemmel_engine::initiative::{Change, Part, Tally};
use hjemmel_engine::measure::{Counts, measure_on};
use hjemmel_engine::model::Model;
use hjemmel_engine::time::Day;
use hjemmel_extracts::write::Provenance;
use hjemmel_grammar::diagnostic::Text;
use hjemmel_reports::{Book, Cell, Column, Kind, Table};

/// The initiatives of a list, counted.
pub(crate) struct Counted<'a> {
    pub(crate) session: &'a Session,
    pub(crate) model: &'a Model,
    pub(crate) day: Day,
    pub(crate) list: &'a Initiatives,
    /// One for each of them.
    pub(crate) tallies: Vec<Tally>,
}

/// What must stand wherever the two parts are compared.
pub(crate) fn no_effect() -> Text {
    Text::new(
        "Forskellen mellem deltagere og øvrige er ikke virkningen af initiativet: de er ikke fordelt ved lodtrækning. Hvem der deltager, er, som det er på dagen. Ukendte er i ingen af grupperne.",
        "The difference between participants and others is not the effect of the initiative: they were not drawn by lot. Who takes part is as it is on the day. The unknown are in neither group.",
    )
}

/// A part of a target group in words.
pub(crate) fn part_words(part: Part) -> Text {
    match part {
        Part::Participants => Text::new("deltagere", "participants"),
        Part::Others => Text::new("øvrige i målgruppen", "others in the target group"),
    }
}

impl<'a> Counted<'a> {
    fn each(&self) -> impl Iterator<Item = (&'a Entry, &Tally)> {
        self.list.entries.iter().zip(&self.tallies)
    }

    /// For people.
    pub(crate) fn text(&self) -> String {
        let session = self.session;
        let headings = [
            session.say("Initiativ", "Initiative"),
            session.say("Tæller", "Count"),
            session.say("Nævner", "Out of"),
            session.say("Andel", "Share"),
            session.say("Ukendt", "Unknown"),
        ];
        let mut rows = table(&headings, 1);
        for (entry, tally) in self.each() {
            rows.add_row([print::harmless(&entry.name)]);
            for line in [self.status(entry), print::harmless(&entry.owner)] {
                rows.add_row([format!("  {line}")]);
            }
            self.groups(&mut rows, tally);
            let changes = [
                (Part::Participants, tally.of_participants),
                (Part::Others, tally.of_others),
            ];
            if let Some(title) = self.measure(entry).filter(|_| is_measured(tally)) {
                rows.add_row([format!("  {title}")]);
                for (part, change) in changes {
                    self.change(&mut rows, entry, part, change);
                }
            }
        }
        let mut out = shown(&rows) + "\n";
        if self.tallies.iter().any(is_measured) {
            out += no_effect().get(session.language());
            out += "\n\n";
        }
        out
    }

    /// `i gang fra 4. september 2017`
    fn status(&self, entry: &Entry) -> String {
        let language = self.session.language();
        let status = entry.status.text();
        let status = status.get(language);
        let from = self.session.say("fra", "from");
        let start = entry.initiative.start;
        let start = start.map(|day| format!(" {from} {}", day_words(day, language)));
        format!("{status}{}", start.unwrap_or_default())
    }

    fn groups(&self, rows: &mut comfy_table::Table, tally: &Tally) {
        let (session, language) = (self.session, self.session.language());
        let mut group = |label: String, number, unknown| {
            let (number, unknown) = (count(number, language), count(unknown, language));
            rows.add_row([label, number, String::new(), String::new(), unknown]);
        };
        let day = day_words(self.day, language);
        let target = session.say("  i målgruppen", "  in the target group");
        group(
            format!("{target}, {day}"),
            tally.target,
            tally.target_unknown,
        );
        let Some(counted) = tally.participants else {
            return;
        };
        let then = session.say(
            "  i målgruppen ved begyndelsen eller nu",
            "  in the target group at the start or now",
        );
        group(
            then.to_owned(),
            tally.then_or_now,
            tally.then_or_now_unknown,
        );
        let counts = Counts {
            counted,
            out_of: tally.then_or_now,
            unknown: tally.participants_unknown,
        };
        let label = session.say("  heraf deltagere", "  of them participants");
        rows.add_row(self.row(label.to_owned(), counts));
    }

    fn change(&self, rows: &mut comfy_table::Table, entry: &Entry, part: Part, change: Change) {
        let language = self.session.language();
        let words = part_words(part);
        for (day, counts) in self.days(entry, change) {
            let day = day_words(day, language);
            let label = format!("    {}, {day}", words.get(language));
            rows.add_row(self.row(label, counts));
        }
    }

    /// The first day and the day itself, with their counts.
    fn days(&self, entry: &Entry, change: Change) -> Vec<(Day, Counts)> {
        let first = entry.initiative.start.zip(change.at_start);
        let now = change.on_the_day.map(|counts| (self.day, counts));
        // On its first day there is no earlier one.
        let first = first.filter(|(day, _)| *day < self.day);
        first.into_iter().chain(now).collect()
    }

    fn row(&self, label: String, counts: Counts) -> [String; 5] {
        let language = self.session.language();
        [
            label,
            count(counts.counted, language),
            count(counts.out_of, language),
            share_of(counts, language),
            count(counts.unknown, language),
        ]
    }

    /// The measure of an initiative, in words.
    fn measure(&self, entry: &Entry) -> Option<String> {
        let id = entry.initiative.measure?;
        let name = &self.model.measures.get(id.0)?.name;
        let version = measure_on(self.model, id, self.day);
        let title = version.and_then(|version| version.title.as_deref());
        Some(titled(title, name))
    }

    /// For files: a row for each initiative, and a row for each part and day.
    pub(crate) fn book(&self, provenance: Provenance) -> Book {
        let mut all = Table::new(
            "initiatives",
            Text::new("Initiativer", "Initiatives"),
            columns(&INITIATIVES),
        );
        let mut measured = Table::new(
            "measured",
            Text::new("Før og nu", "Then and now"),
            columns(&MEASURED),
        );
        for (entry, tally) in self.each() {
            all.rows.push(summary(entry, tally));
            measured.rows.extend(self.cells(entry, tally));
        }
        Book {
            title: Text::new("Initiativer", "Initiatives"),
            tables: vec![all, measured],
            provenance,
            notes: vec![
                (no_effect(), Cell::Blank),
                (
                    Text::new(
                        "Listen over initiativer (SHA-256)",
                        "The list of initiatives (SHA-256)",
                    ),
                    Cell::text(&self.list.hash),
                ),
            ],
        }
    }

    fn cells(&self, entry: &Entry, tally: &Tally) -> Vec<Vec<Cell>> {
        let id = entry.initiative.measure;
        let name = id.and_then(|id| self.model.measures.get(id.0));
        let name = name.map_or("", |rule| rule.name.as_str());
        let parts = [
            (Part::Participants, "deltagere", tally.of_participants),
            (Part::Others, "øvrige", tally.of_others),
        ];
        let each = parts.into_iter().flat_map(|(part, word, change)| {
            let days = self.days(entry, change).into_iter();
            days.map(move |(day, counts)| {
                vec![
                    Cell::text(&entry.name),
                    Cell::text(name),
                    Cell::Word(word.to_owned(), part_words(part)),
                    Cell::Day(day),
                    Cell::count(counts.counted),
                    Cell::count(counts.out_of),
                    share(counts).map_or(Cell::Blank, Cell::Percent),
                    Cell::count(counts.unknown),
                ]
            })
        });
        each.collect()
    }
}

/// Whether a measure was taken of its parts.
fn is_measured(tally: &Tally) -> bool {
    tally.of_participants != Change::default()
}

fn summary(entry: &Entry, tally: &Tally) -> Vec<Cell> {
    let participants = tally.participants.map(Cell::count);
    let is_told = participants.is_some();
    let told = |count: u64| {
        if is_told {
            Cell::count(count)
        } else {
            Cell::Blank
        }
    };
    vec![
        Cell::text(&entry.name),
        Cell::Word(entry.status.name().to_owned(), entry.status.text()),
        Cell::day(entry.initiative.start),
        Cell::text(&entry.owner),
        Cell::count(tally.target),
        Cell::count(tally.target_unknown),
        told(tally.then_or_now),
        told(tally.then_or_now_unknown),
        participants.unwrap_or_default(),
        told(tally.participants_unknown),
        Cell::text(&entry.remark),
    ]
}

/// Name for machines, headings, and what the cells hold.
type Heading = (&'static str, &'static str, &'static str, Kind);

const INITIATIVES: [Heading; 11] = [
    ("initiative", "Initiativ", "Initiative", Kind::Text),
    ("status", "Status", "Status", Kind::Text),
    ("start", "Fra", "From", Kind::Day),
    ("owner", "Ansvarlig", "Answers for it", Kind::Text),
    (
        "target",
        "I målgruppen",
        "In the target group",
        Kind::Number,
    ),
    (
        "target_unknown",
        "Målgruppe ukendt",
        "Target group unknown",
        Kind::Number,
    ),
    (
        "then_or_now",
        "I målgruppen ved begyndelsen eller nu",
        "In the target group at the start or now",
        Kind::Number,
    ),
    (
        "then_or_now_unknown",
        "Målgruppe da eller nu ukendt",
        "Target group then or now unknown",
        Kind::Number,
    ),
    ("participants", "Deltagere", "Participants", Kind::Number),
    (
        "participants_unknown",
        "Deltagelse ukendt",
        "Participation unknown",
        Kind::Number,
    ),
    ("remark", "Bemærkning", "Remark", Kind::LongText),
];

const MEASURED: [Heading; 8] = [
    ("initiative", "Initiativ", "Initiative", Kind::Text),
    ("measure", "Måling", "Measure", Kind::Text),
    ("part", "Gruppe", "Group", Kind::Text),
    ("day", "Dag", "Day", Kind::Day),
    ("count", "Tæller", "Count", Kind::Number),
    ("out_of", "Nævner", "Out of", Kind::Number),
    ("share", "Andel", "Share", Kind::Number),
    ("unknown", "Ukendt", "Unknown", Kind::Number),
];

fn columns(headings: &[Heading]) -> Vec<Column> {
    let each = headings.iter();
    each.map(|(id, da, en, kind)| Column::new(*id, Text::new(*da, *en), *kind))
        .collect()
}
