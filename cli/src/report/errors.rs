//! Registration errors: those that the review found, and the likely ones.

use super::asked::{ALL, ANY_SLIP, Asked, NO_SLIP, SLIP};
use super::document::{Block, Cell, Column, Piece, Row, Section, Table, words};
use super::figures::{Figures, New, Source};
use super::review::wrong;
use crate::states;
use hjemmel_grammar::diagnostic::{Language, Text};

/// The section, or nothing where neither is wanted.
pub(crate) fn section(asked: &Asked<'_>, figures: &mut Figures) -> Option<Section> {
    let mut blocks = Vec::new();
    for (words, figure) in wrong(asked, figures) {
        blocks.push(Block::Words(vec![
            Piece::text(
                format!("Sagsgennemgangen fandt »{}«: ", words.da),
                format!("The review of the cases found “{}”: ", words.en),
            ),
            Piece::Figure(figure),
            Piece::text(" personer.", " persons."),
        ]));
    }
    blocks.extend(suspected(asked, figures));
    if blocks.is_empty() {
        return None;
    }
    Some(Section {
        id: "registreringsfejl",
        heading: Text::new("Registreringsfejl", "Registration errors"),
        blocks,
    })
}

fn suspected(asked: &Asked<'_>, figures: &mut Figures) -> Vec<Block> {
    let (Some((subject, state)), Some(slips)) = (&asked.choice.suspects, asked.slips) else {
        return Vec::new();
    };
    let source = || Source::Answer(*subject, asked.day);
    let state = |language| states::words(asked.model(), *subject, state, asked.day, language);
    let (da, en) = (state(Language::Danish), state(Language::English));
    let new = |part: &str, label: Text, importance| New {
        id: format!("{SLIP}/{part}"),
        importance,
        label,
        source: source(),
    };
    let all = Text::new(format!("Sager med »{da}«"), format!("Cases with “{en}”"));
    let all = figures.persons(new(ALL, all, 11));
    let any = Text::new(
        "Sager, hvor én rettelse ville ændre svaret",
        "Cases in which one correction would change the answer",
    );
    let any = figures.persons(new(ANY_SLIP, any, 16));
    let mut blocks = vec![Block::Words(vec![
        Piece::text(
            format!("Blandt de sager, hvis svar er »{da}« ("),
            format!("Among the cases whose answer is “{en}” ("),
        ),
        Piece::Figure(all),
        Piece::text(
            "), ville en enkelt rettelse i registeret ændre svaret i ",
            "), one correction of the register would change the answer in ",
        ),
        Piece::Figure(any),
        Piece::text(
            ". Det er spørgsmål til den, der fører registeret, ikke fejl, der er konstateret.",
            ". These are questions to whoever keeps the register, not errors that were established.",
        ),
    ])];
    let mut rows = Vec::new();
    for slip in &slips.kinds {
        if figures.is_any(&format!("{SLIP}/{}", slip.name)) {
            let figure = figures.persons(new(&slip.name, slip.title.clone(), 52));
            rows.push(Row::of(vec![
                Cell::Text(slip.title.clone()),
                Cell::Figure(figure),
            ]));
        }
    }
    let none = Text::new("Ingen mistanke", "Nothing is suspected");
    let figure = figures.persons(new(NO_SLIP, none.clone(), 52));
    rows.push(Row::of(vec![Cell::Text(none), Cell::Figure(figure)]));
    rows.push(Row::sum(vec![
        Cell::text("I alt", "In all"),
        Cell::Figure(all),
    ]));
    blocks.push(Block::Table(Table {
        id: "mistanker".to_owned(),
        caption: Text::new(
            "Sagerne efter den rimeligste registreringsfejl, der ville ændre svaret",
            "The cases by the most plausible slip that would change the answer",
        ),
        sheet: Text::new("Mulige fejl", "Possible errors"),
        columns: vec![
            Column::words("Mulig fejl", "Possible error"),
            Column::number(Text::new("Sager", "Cases")),
        ],
        rows,
    }));
    blocks.push(words(
        "De enkelte sager står i den lokale liste, som hjemmel suspects skriver.",
        "The cases themselves stand in the local list that hjemmel suspects writes.",
    ));
    blocks
}
