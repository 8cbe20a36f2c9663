//! How good the data are: what the extract holds, what could not be read, and what is not known.

use super::asked::{ALL, Asked, EXTRACT, UNKNOWN};
use super::document::{Block, Cell, Column, Piece, Row, Section, Table, words};
use super::figures::{Figures, New, Source};
use crate::language::day_text;
use hjemmel_engine::model::{DutyId, Subject};
use hjemmel_extracts::check::{TableReport, examine};
use hjemmel_grammar::diagnostic::{Severity, Text};

/// The section.
pub(crate) fn section(asked: &Asked<'_>, figures: &mut Figures) -> Section {
    let mut blocks = vec![age(asked)];
    let persons = |id: &str, da: &str, en: &str, importance| New {
        id: format!("{EXTRACT}/{id}"),
        importance,
        label: Text::new(da, en),
        source: Source::Extract,
    };
    let all = figures.persons(persons(
        "personer",
        "Personer i udtrækket",
        "Persons in the extract",
        5,
    ));
    let unreadable = persons(
        "ulæselige",
        "Personer med oplysninger, der ikke kunne læses",
        "Persons with data that could not be read",
        80,
    );
    let unreadable = figures.persons(unreadable);
    blocks.push(Block::Words(vec![
        Piece::text("Udtrækket har ", "The extract has "),
        Piece::Figure(all),
        Piece::text(" personer; ", " persons; "),
        Piece::Figure(unreadable),
        Piece::text(
            " har oplysninger, der ikke kunne læses, og som derfor er ukendte.",
            " have data that could not be read and are therefore unknown.",
        ),
    ]));
    blocks.push(problems(asked));
    blocks.extend(tables(asked, figures));
    blocks.extend(doubts(asked, figures));
    Section {
        id: "datakvalitet",
        heading: Text::new("Datakvalitet", "Quality of the data"),
        blocks,
    }
}

fn age(asked: &Asked<'_>) -> Block {
    let day = day_text(asked.day);
    let Some(made) = asked.extract.date else {
        return words(
            "Udtræksdatoen er ikke oplyst.",
            "The day of the extract is not given.",
        );
    };
    let days = made.since(asked.day);
    let made = day_text(made);
    let known = asked.known_on.map(day_text);
    let known = known.map_or_else(
        || {
            Text::new(
                "Alt, hvad der er registreret, er brugt.",
                "Everything registered is used.",
            )
        },
        |known| {
            Text::new(
                format!("Kun registreringer til og med {} er brugt.", known.da),
                format!("Only what was registered by {} is used.", known.en),
            )
        },
    );
    let apart = if days >= 0 {
        Text::new(
            format!("{days} dage efter opgørelsesdagen, {}", day.da),
            format!("{days} days after the day of the memo, {}", day.en),
        )
    } else {
        Text::new(
            format!(
                "{} dage før opgørelsesdagen, {}; hvad der skete derefter, er ukendt",
                days.unsigned_abs(),
                day.da
            ),
            format!(
                "{} days before the day of the memo, {}; what happened after it is unknown",
                days.unsigned_abs(),
                day.en
            ),
        )
    };
    words(
        format!("Udtrækket er fra {}: {}. {}", made.da, apart.da, known.da),
        format!("The extract is of {}: {}. {}", made.en, apart.en, known.en),
    )
}

/// How many remarks the reading of the extract gave rise to.
fn problems(asked: &Asked<'_>) -> Block {
    let problems = &asked.extract.problems;
    let errors = problems
        .iter()
        .filter(|it| it.severity == Severity::Error)
        .count();
    let warnings = problems.len().saturating_sub(errors);
    if problems.is_empty() {
        return words(
            "Læsningen gav ingen bemærkninger.",
            "Reading it gave rise to no remarks.",
        );
    }
    words(
        format!(
            "Læsningen gav {errors} fejl og {warnings} advarsler; hjemmel extract check viser dem."
        ),
        format!(
            "Reading it gave rise to {errors} errors and {warnings} warnings; hjemmel extract check shows them."
        ),
    )
}

fn tables(asked: &Asked<'_>, figures: &mut Figures) -> Vec<Block> {
    let report = examine(asked.extract, asked.model());
    let (filled, empty): (Vec<&TableReport>, Vec<&TableReport>) =
        report.tables.iter().partition(|table| table.used > 0);
    let mut rows = Vec::new();
    for table in filled {
        let name = &table.table;
        let persons = format!("{EXTRACT}/{name}/personer");
        let new = |part: &str, da: &str, en: &str| New {
            id: format!("{EXTRACT}/{name}/{part}"),
            importance: 85,
            label: Text::new(format!("{name}: {da}"), format!("{name}: {en}")),
            source: Source::Extract,
        };
        let missing = table
            .missing
            .values()
            .fold(0_u64, |sum, count| sum.saturating_add(*count));
        let mut things = |part: &str, da: &str, en: &str, number: u64| {
            Cell::Figure(figures.things(new(part, da, en), number, Some(persons.clone())))
        };
        let mut cells = vec![
            Cell::same(name.clone()),
            things("rækker", "rækker", "rows", table.read),
            things("brugte", "brugte rækker", "rows used", table.used),
            things(
                "gentagne",
                "gentagne rækker",
                "repeated rows",
                table.refused,
            ),
            things(
                "blanke",
                "blanke eller ulæselige felter",
                "blank or unreadable fields",
                missing,
            ),
        ];
        cells.push(Cell::Figure(
            figures.persons(new("personer", "personer", "persons")),
        ));
        rows.push(Row::of(cells));
    }
    let number = |da, en| Column::number(Text::new(da, en));
    let mut blocks = vec![Block::Table(Table {
        id: "udtræk".to_owned(),
        caption: Text::new("Udtrækkets tabeller", "The tables of the extract"),
        sheet: Text::new("Udtræk", "Extract"),
        columns: vec![
            Column::words("Tabel", "Table"),
            number("Rækker", "Rows"),
            number("Brugte", "Used"),
            number("Gentagne", "Repeated"),
            number("Blanke felter", "Blank fields"),
            number("Personer", "Persons"),
        ],
        rows,
    })];
    if !empty.is_empty() {
        let missing = |wanted: bool| {
            let names = empty.iter().filter(|it| it.file.is_none() == wanted);
            names
                .map(|it| it.table.as_str())
                .collect::<Vec<_>>()
                .join(", ")
        };
        let (without_rows, not_there) = (missing(false), missing(true));
        if !without_rows.is_empty() {
            blocks.push(words(
                format!("Tabeller uden rækker: {without_rows}."),
                format!("Tables without rows: {without_rows}."),
            ));
        }
        if !not_there.is_empty() {
            blocks.push(words(
                format!("Tabeller, som udtrækket ikke har: {not_there}. Hvad der beror på dem, er ukendt."),
                format!("Tables that the extract does not have: {not_there}. What depends on them is unknown."),
            ));
        }
    }
    blocks
}

/// Of how many it is not known how a duty stands, and for want of what.
fn doubts(asked: &Asked<'_>, figures: &mut Figures) -> Vec<Block> {
    if !figures.is_any(&format!("{UNKNOWN}/{ALL}")) {
        return vec![words(
            "Ingen pligt er ukendt for nogen.",
            "No duty is unknown for anyone.",
        )];
    }
    let source = |duty| Source::Answer(Subject::Duty(duty), asked.day);
    let mut rows = Vec::new();
    let mut first = None;
    for duty in (0..asked.model().duties.len()).map(DutyId) {
        let name = asked.model().name_of(Subject::Duty(duty));
        let id = format!("{name}/ukendt");
        if !figures.is_any(&id) {
            continue;
        }
        first = first.or(Some(duty));
        let title = asked
            .model()
            .title_on(Subject::Duty(duty), asked.day)
            .unwrap_or(name);
        let figure = figures.persons(New {
            id,
            importance: 82,
            label: Text::new(format!("{title}: ukendt"), format!("{title}: unknown")),
            source: source(duty),
        });
        rows.push(Row::of(vec![Cell::same(title), Cell::Figure(figure)]));
    }
    let all = figures.persons(New {
        id: format!("{UNKNOWN}/{ALL}"),
        importance: 81,
        label: Text::new(
            "Personer med en ukendt pligt",
            "Persons with an unknown duty",
        ),
        source: first.map_or(Source::Extract, source),
    });
    let mut facts = Vec::new();
    for (id, words) in facts_of(asked) {
        if figures.is_any(&format!("{UNKNOWN}/{id}")) {
            let figure = figures.persons(New {
                id: format!("{UNKNOWN}/{id}"),
                importance: 83,
                label: words.clone(),
                source: Source::Extract,
            });
            facts.push(Row::of(vec![Cell::Text(words), Cell::Figure(figure)]));
        }
    }
    let line = Block::Words(vec![
        Piece::text(
            "Personer, for hvem det ikke vides, hvordan mindst én pligt står: ",
            "Persons of whom it is not known how at least one duty stands: ",
        ),
        Piece::Figure(all),
        Piece::text(
            ". Det ukendte regnes aldrig for overholdt.",
            ". What is unknown never counts as kept.",
        ),
    ]);
    let table = |id: &str, caption: Text, first: (&str, &str), rows| {
        Block::Table(Table {
            id: id.to_owned(),
            sheet: caption.clone(),
            caption,
            columns: vec![
                Column::words(first.0, first.1),
                Column::number(Text::new("Personer", "Persons")),
            ],
            rows,
        })
    };
    vec![
        line,
        table(
            "ukendte-pligter",
            Text::new("Ukendte pligter", "Unknown duties"),
            ("Pligt", "Duty"),
            rows,
        ),
        table(
            "manglende-oplysninger",
            Text::new("Manglende oplysninger", "Missing facts"),
            ("Hvad der mangler", "What is missing"),
            facts,
        ),
    ]
}

/// Everything that may be missing: by the part of its id, and in words.
fn facts_of(asked: &Asked<'_>) -> Vec<(String, Text)> {
    let mut all = Vec::new();
    for table in &asked.model().tables {
        let name = &table.name;
        all.push((
            name.clone(),
            Text::new(
                format!("{name}: registeret er ikke fuldstændigt, og ingen række dækker dagen"),
                format!("{name}: the register is not complete, and no row covers the day"),
            ),
        ));
        let fixed = [
            ("fra", "første dag", "first day"),
            ("til", "sidste dag", "last day"),
            ("registreret", "registreringsdag", "day of registration"),
            (
                "modstrid",
                "rækker, der modsiger hinanden",
                "rows that contradict each other",
            ),
        ];
        for (part, da, en) in fixed {
            let words = Text::new(format!("{name}: {da}"), format!("{name}: {en}"));
            all.push((format!("{name}.{part}"), words));
        }
        let fields = table.fields.iter().map(|field| {
            (
                format!("{name}.{}", field.name),
                Text::same(format!("{name}: {}", field.name)),
            )
        });
        all.extend(fields);
    }
    let rules = asked.model().outline().into_iter().map(|(name, _)| {
        let words = Text::new(
            format!("reglen {name} har ingen udgave, der gælder"),
            format!("the rule {name} has no version in force"),
        );
        (format!("regel.{name}"), words)
    });
    all.extend(rules);
    all
}
