//! What the municipality has begun, for whom, and what became of them.

use super::asked::Asked;
use super::document::{Block, Cell, Column, Row, Section, Table, words};
use super::figures::{Figures, New, PARTS, REST, Source};
use super::people::{People, Scene};
use crate::initiatives::{Entry, no_effect, part_words};
use crate::judged;
use crate::language::day_text;
use crate::progress::{self, Progress};
use hjemmel_engine::evaluate::Evaluation;
use hjemmel_engine::initiative::{Part, Standing};
use hjemmel_engine::measure::Contribution;
use hjemmel_engine::time::{Day, Truth};
use hjemmel_grammar::diagnostic::Text;
use std::sync::atomic::Ordering;

/// The first part of the ids.
const FIRST: &str = "initiativ";
/// The last parts of the ids of the groups.
const TARGET: &str = "målgruppe";
const TARGET_UNKNOWN: &str = "målgruppe_ukendt";
const PARTICIPANTS: &str = "deltagere";
const UNKNOWN: &str = "deltagelse_ukendt";

/// Counts everybody in the initiatives.
pub(crate) fn count(asked: &Asked<'_>, people: &mut People) {
    let Some(list) = &asked.choice.initiatives else {
        return;
    };
    let (model, day, known_on) = (asked.model(), asked.day, asked.known_on);
    let progress = Progress::default();
    let standings = progress::shown(asked.session, &progress, || {
        judged::each(&asked.extract.cases, |case| {
            let evaluation = Evaluation::new(model, case, known_on);
            let each = list.entries.iter();
            let each = each.map(|it| it.initiative.standing(model, &evaluation, day));
            let each: Vec<Standing> = each.collect();
            progress.persons.fetch_add(1, Ordering::Relaxed);
            each
        })
    });
    for (at, standings) in standings.iter().enumerate() {
        for (entry, standing) in list.entries.iter().zip(standings) {
            add(people, at, entry, standing, day);
        }
    }
}

fn add(people: &mut People, at: usize, entry: &Entry, standing: &Standing, day: Day) {
    let base = base(entry);
    let mut today = |part: &str| people.add(Scene::Today, at, format!("{base}/{part}"));
    match standing.target {
        Truth::Yes => today(TARGET),
        Truth::Unknown => today(TARGET_UNKNOWN),
        Truth::No => {}
    }
    match standing.takes_part {
        Some(Truth::Yes) => today(PARTICIPANTS),
        Some(Truth::Unknown) => today(UNKNOWN),
        Some(Truth::No) | None => {}
    }
    let Some(part) = standing.part() else { return };
    let start = entry.initiative.start.unwrap_or(day);
    let days = [(start, &standing.at_start), (day, &standing.on_the_day)];
    for (on, added) in days {
        let Some(added) = added else { continue };
        let base = format!("{base}/{}/{on}", part_id(part));
        for part in parts(added) {
            let id = format!("{base}/{part}");
            people.add(Scene::of(on, day), at, id);
        }
    }
}

/// The last parts of the ids that somebody who adds this belongs to.
fn parts(added: &Contribution) -> Vec<&'static str> {
    let [counted, out_of, _, unknown] = PARTS;
    let all = [
        (added.counted == Truth::Yes, counted),
        (added.out_of == Truth::Yes, out_of),
        (
            added.out_of == Truth::Yes && added.counted == Truth::No,
            REST,
        ),
        (
            added.out_of == Truth::Unknown || added.counted == Truth::Unknown,
            unknown,
        ),
    ];
    let own = all.into_iter().filter(|(own, _)| *own);
    own.map(|(_, part)| part).collect()
}

fn part_id(part: Part) -> &'static str {
    match part {
        Part::Participants => "deltagere",
        Part::Others => "øvrige_i_målgruppen",
    }
}

fn base(entry: &Entry) -> String {
    format!("{FIRST}/{}", as_id(&entry.name))
}

/// A name as a part of an id; two names never give the same.
pub(crate) fn as_id(name: &str) -> String {
    let mut id = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            '%' => id.push_str("%25"),
            '/' => id.push_str("%2F"),
            '_' => id.push_str("%5F"),
            c if c.is_whitespace() => id.push('_'),
            c => id.push(c),
        }
    }
    id
}

/// The section, or nothing without a list.
pub(crate) fn section(asked: &Asked<'_>, figures: &mut Figures) -> Option<Section> {
    let list = asked.choice.initiatives.as_ref()?;
    let day = day_text(asked.day);
    let rows = list.entries.iter().map(|entry| row(asked, entry, figures));
    let rows = rows.collect();
    let mut blocks = vec![Block::Table(Table {
        id: "initiativer".to_owned(),
        caption: Text::new(
            format!("Initiativerne, og hvem de er til, den {}", day.da),
            format!("The initiatives, and whom they are for, on {}", day.en),
        ),
        sheet: Text::new("Initiativer", "Initiatives"),
        columns: vec![
            Column::words("Initiativ", "Initiative"),
            Column::words("Status", "Status"),
            Column::words("Fra", "From"),
            Column::words("Ansvarlig", "Answers for it"),
            Column::number(Text::new("I målgruppen", "In the target group")),
            Column::number(Text::new("Deltagere", "Participants")),
            Column::number(Text::new("Ukendte", "Unknown")),
            Column::in_the_workbook("Bemærkning", "Remark"),
        ],
        rows,
    })];
    let measured: Vec<Row> = list
        .entries
        .iter()
        .flat_map(|entry| measured(asked, entry, figures))
        .collect();
    if !measured.is_empty() {
        blocks.push(Block::Table(then_and_now(measured)));
        let no_effect = no_effect();
        blocks.push(words(no_effect.da, no_effect.en));
    }
    Some(Section {
        id: "initiativer",
        heading: Text::new("Initiativer", "Initiatives"),
        blocks,
    })
}

fn row(asked: &Asked<'_>, entry: &Entry, figures: &mut Figures) -> Row {
    let base = base(entry);
    let told = entry.initiative.participant.is_some() && entry.initiative.has_begun(asked.day);
    let mut figure = |part: &str, da: &str, en: &str, importance| {
        let new = New {
            id: format!("{base}/{part}"),
            importance,
            label: Text::new(
                format!("{}: {da}", entry.name),
                format!("{}: {en}", entry.name),
            ),
            source: source(asked, entry),
        };
        Cell::Figure(figures.persons(new))
    };
    let mut cells = vec![
        Cell::same(entry.name.clone()),
        Cell::Text(entry.status.text()),
        entry.initiative.start.map_or(Cell::Blank, Cell::Day),
        Cell::same(entry.owner.clone()),
        figure(TARGET, "i målgruppen", "in the target group", 57),
    ];
    cells.extend(if told {
        [
            figure(PARTICIPANTS, "deltagere", "participants", 58),
            figure(UNKNOWN, "deltagelse ukendt", "participation unknown", 59),
        ]
    } else {
        [
            Cell::text("–", "–"),
            figure(
                TARGET_UNKNOWN,
                "målgruppe ukendt",
                "target group unknown",
                59,
            ),
        ]
    });
    cells.push(Cell::same(entry.remark.clone()));
    Row::of(cells)
}

/// What an initiative is counted by: the first rule of its target group.
fn source(asked: &Asked<'_>, entry: &Entry) -> Source {
    let sign = entry.initiative.target.first();
    sign.map_or(Source::Extract, |sign| {
        Source::Answer(sign.subject, asked.day)
    })
}

/// The measure of those who take part and of the others, on the first day and now.
fn measured(asked: &Asked<'_>, entry: &Entry, figures: &mut Figures) -> Vec<Row> {
    let initiative = &entry.initiative;
    let (Some(measure), Some(start), Some(_)) = (
        initiative.measure,
        initiative.start,
        &initiative.participant,
    ) else {
        return Vec::new();
    };
    if !initiative.has_begun(asked.day) {
        return Vec::new();
    }
    let mut rows = Vec::new();
    for part in [Part::Participants, Part::Others] {
        let words = part_words(part);
        let mut cells = vec![
            Cell::same(entry.name.clone()),
            Cell::same(asked.title(measure, asked.day)),
            Cell::Text(words.clone()),
        ];
        for on in [start, asked.day] {
            let when = day_text(on);
            let label = Text::new(
                format!("{}, {}, {}", entry.name, words.da, when.da),
                format!("{}, {}, {}", entry.name, words.en, when.en),
            );
            let base = format!("{}/{}/{on}", base(entry), part_id(part));
            let source = Source::Measure(measure, on);
            let [counted, out_of, share, _] = figures.measured(&base, 62, &label, &source);
            cells.extend([counted, out_of, share].map(Cell::Figure));
        }
        rows.push(Row::of(cells));
    }
    rows
}

fn then_and_now(rows: Vec<Row>) -> Table {
    let mut columns = vec![
        Column::words("Initiativ", "Initiative"),
        Column::words("Måling", "Measure"),
        Column::words("Gruppe", "Group"),
    ];
    let days = [
        Text::new("Den første dag", "On the first day"),
        Text::new("Nu", "Now"),
    ];
    columns.extend(days.iter().flat_map(super::series::grouped));
    Table {
        id: "initiativer-før-og-nu".to_owned(),
        caption: Text::new(
            "Deltagere og øvrige i målgruppen, da initiativet begyndte, og nu",
            "Participants and others in the target group, when the initiative began and now",
        ),
        sheet: Text::new("Før og nu", "Then and now"),
        columns,
        rows,
    }
}
