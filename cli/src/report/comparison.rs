//! What others have published, as they published it, and our own figure beside it.

use super::asked::{ALL, Asked};
use super::document::{Block, Cell, Column, Row, Section, Table, words};
use super::figures::{Figures, New, PARTS, Source};
use super::initiatives::as_id;
use crate::comparison::{Published, What};
use crate::language::day_text;
use hjemmel_engine::model::MeasureId;
use hjemmel_grammar::diagnostic::{Language, Text};

/// The section, or nothing without a list.
pub(crate) fn section(asked: &Asked<'_>, figures: &mut Figures) -> Option<Section> {
    let comparison = asked.choice.comparison.as_ref()?;
    let mut rows = Vec::new();
    let mut own: Vec<MeasureId> = Vec::new();
    for published in &comparison.figures {
        if let What::Measure(id) = published.what
            && !own.contains(&id)
        {
            own.push(id);
            rows.extend(ours(asked, id, figures));
        }
        rows.push(row(asked, published, figures));
    }
    Some(Section {
        id: "sammenligning",
        heading: Text::new("Sammenligning", "Comparison"),
        blocks: vec![
            words(
                "Tallene er andres, som de er offentliggjort; de er ikke regnet af dette udtræk.",
                "The figures are those of others, as published; they were not worked out from this extract.",
            ),
            Block::Table(Table {
                id: "sammenligning-tal".to_owned(),
                caption: Text::new(
                    "Hvad andre har offentliggjort",
                    "What others have published",
                ),
                sheet: Text::new("Sammenligning", "Comparison"),
                columns: vec![
                    Column::words("Hvem", "Who"),
                    Column::words("Hvad", "What"),
                    Column::words("Hvornår", "When"),
                    Column::number(Text::new("Tæller", "Count")),
                    Column::number(Text::new("Af", "Out of")),
                    Column::number(Text::new("Andel", "Share")),
                    Column::words("Kilde", "Source"),
                ],
                rows,
            }),
        ],
    })
}

fn row(asked: &Asked<'_>, published: &Published, figures: &mut Figures) -> Row {
    let what = match &published.what {
        What::Measure(id) => asked.title(*id, asked.day),
        What::Words(words) => words.clone(),
    };
    let when = published.period.text();
    let base = format!(
        "sammenligning/{}/{}/{}",
        as_id(&published.who),
        as_id(&what),
        as_id(when.get(Language::Danish))
    );
    // Two sources may differ about the same.
    let is_there = PARTS
        .iter()
        .any(|part| figures.named(&format!("{base}/{part}")).is_some());
    let base = if is_there {
        format!("{base}/{}", as_id(&published.source))
    } else {
        base
    };
    let [counted, out_of, share, _] = PARTS;
    let mut figure = |part: &str, number: Option<i64>, is_percent| {
        let Some(number) = number else {
            return Cell::Blank;
        };
        let words = format!("{}, {what}", published.who);
        let new = New {
            id: format!("{base}/{part}"),
            importance: 0,
            label: Text::new(
                format!("{words}, {}", when.da),
                format!("{words}, {}", when.en),
            ),
            source: Source::Published(published.source.clone()),
        };
        Cell::Figure(figures.published(new, number, is_percent))
    };
    let figures = [
        figure(counted, published.counted, false),
        figure(out_of, published.out_of, false),
        figure(share, published.share, true),
    ];
    let mut cells = vec![
        Cell::same(published.who.clone()),
        Cell::same(what.clone()),
        Cell::Text(when.clone()),
    ];
    cells.extend(figures);
    cells.push(Cell::same(published.source.clone()));
    Row::of(cells)
}

/// The figure of this memo, if it has the measure.
fn ours(asked: &Asked<'_>, id: MeasureId, figures: &Figures) -> Option<Row> {
    let (name, _) = asked.measure(id, asked.day)?;
    let [counted, out_of, share, _] = PARTS;
    let figure = |part: &str| {
        figures
            .named(&format!("{name}/{ALL}/{part}"))
            .map(Cell::Figure)
    };
    let figures = [figure(counted)?, figure(out_of)?, figure(share)?];
    let mut cells = vec![
        Cell::text("Dette notat", "This memo"),
        Cell::same(asked.title(id, asked.day)),
        Cell::Text(day_text(asked.day)),
    ];
    cells.extend(figures);
    cells.push(Cell::text("udtrækket", "the extract"));
    Some(Row::sum(cells))
}
