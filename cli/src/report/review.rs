//! Classifications as tables: the review of the cases by cause, and those who left by where to.

use super::asked::{ALL, Asked, Groups, OUTSIDE, SUM};
use super::choice::Review;
use super::document::{Block, Cell, Column, Row, Section, Table, words};
use super::figures::{Figure, Figures, New, Source};
use crate::language::day_text;
use crate::states;
use hjemmel_engine::model::{ClassificationId, Subject};
use hjemmel_engine::outcome::State;
use hjemmel_grammar::diagnostic::{Language, Text};

/// The review of the cases, or nothing where none is wanted.
pub(crate) fn section(
    asked: &Asked<'_>,
    groups: &Groups,
    figures: &mut Figures,
) -> Option<Section> {
    if asked.choice.reviews.is_empty() {
        return None;
    }
    let mut blocks = Vec::new();
    for review in &asked.choice.reviews {
        blocks.extend(of(asked, groups, figures, review));
    }
    Some(Section {
        id: "gennemgang",
        heading: Text::new("Sagsgennemgang", "Review of the cases"),
        blocks,
    })
}

/// Who left, by where to.
pub(crate) fn outflow(
    asked: &Asked<'_>,
    groups: &Groups,
    figures: &mut Figures,
) -> Option<Section> {
    let review = asked.choice.outflow.as_ref()?;
    Some(Section {
        id: "afgang",
        heading: Text::new("Afgang", "Those who left"),
        blocks: of(asked, groups, figures, review),
    })
}

fn of(asked: &Asked<'_>, groups: &Groups, figures: &mut Figures, review: &Review) -> Vec<Block> {
    let subject = Subject::Classification(review.classification);
    let model = asked.model();
    let name = model.name_of(subject);
    let title = model
        .title_on(subject, asked.day)
        .unwrap_or(name)
        .to_owned();
    let mut blocks: Vec<Block> = review.text.clone().map(Block::Own).into_iter().collect();
    let columns = columns(groups, figures, &format!("{name}/{SUM}"));
    let mut rows = Vec::new();
    for state in states::all(model, subject, asked.day) {
        if review.without.iter().any(|without| without == state.name()) {
            continue;
        }
        // What is not known is shown where somebody is not known.
        if state.is_unknown() && !figures.is_any(&format!("{name}/{}/{ALL}", state.name())) {
            continue;
        }
        let words = |language| states::words(model, subject, &state, asked.day, language);
        let words = Text::new(words(Language::Danish), words(Language::English));
        let row = row(asked, figures, subject, &columns, (&words, state.name()));
        rows.push(Row::of(row));
    }
    let sum = Text::new("I alt", "In all");
    rows.push(Row::sum(row(
        asked,
        figures,
        subject,
        &columns,
        (&sum, SUM),
    )));
    let day = day_text(asked.day);
    blocks.push(Block::Table(Table {
        id: format!("opdeling-{name}"),
        caption: Text::new(
            format!("{title}: personer den {}", day.da),
            format!("{title}: persons on {}", day.en),
        ),
        sheet: Text::same(title.clone()),
        columns: headings("Svar", "Answer", &columns),
        rows,
    }));
    if let Some(basis) = basis(asked, review.classification) {
        blocks.push(words(
            format!("Hjemmel: {basis}."),
            format!("Basis: {basis}."),
        ));
    }
    blocks
}

fn basis(asked: &Asked<'_>, id: ClassificationId) -> Option<String> {
    let rule = asked.model().classifications.get(id.0)?;
    let version = rule.on(asked.model().law_on(asked.day))?;
    version.basis.as_ref().map(ToString::to_string)
}

/// The groups that a table shows, each by its id: those that have anyone, and at last all.
pub(crate) fn columns(groups: &Groups, figures: &Figures, sum: &str) -> Vec<(String, Text)> {
    let mut columns: Vec<(String, Text)> = groups.each().collect();
    let outside = Text::new("uden for målingen", "outside the measure");
    columns.push((OUTSIDE.to_owned(), outside));
    columns.retain(|(group, _)| figures.is_any(&format!("{sum}/{group}")));
    if columns.len() == 1 {
        // It would say the same as all.
        columns.clear();
    }
    columns.push((ALL.to_owned(), Text::new("i alt", "in all")));
    columns
}

/// The heading of the rows, and one for each group.
pub(crate) fn headings(da: &str, en: &str, columns: &[(String, Text)]) -> Vec<Column> {
    let numbers = columns.iter().map(|(_, words)| {
        Column::number(Text::new(
            super::series::capital(&words.da),
            super::series::capital(&words.en),
        ))
    });
    std::iter::once(Column::words(da, en))
        .chain(numbers)
        .collect()
}

fn row(
    asked: &Asked<'_>,
    figures: &mut Figures,
    subject: Subject,
    columns: &[(String, Text)],
    (words, part): (&Text, &str),
) -> Vec<Cell> {
    let name = asked.model().name_of(subject);
    let mut cells = vec![Cell::Text(words.clone())];
    for (group, group_words) in columns {
        let new = New {
            id: format!("{name}/{part}/{group}"),
            importance: importance(part == SUM, group == ALL),
            label: Text::new(
                format!("{}, {}", words.da, group_words.da),
                format!("{}, {}", words.en, group_words.en),
            ),
            source: Source::Answer(subject, asked.day),
        };
        cells.push(Cell::Figure(figures.persons(new)));
    }
    cells
}

/// Sums before parts.
pub(crate) fn importance(is_sum: bool, is_all: bool) -> u32 {
    match (is_sum, is_all) {
        (true, true) => 11,
        (true, false) => 13,
        (false, true) => 15,
        (false, false) => 30,
    }
}

/// How many the review finds to be registered wrongly, in all.
pub(crate) fn wrong(asked: &Asked<'_>, figures: &mut Figures) -> Vec<(Text, Figure)> {
    let mut found = Vec::new();
    for review in &asked.choice.reviews {
        let Some(wrong) = &review.wrong else { continue };
        let subject = Subject::Classification(review.classification);
        let name = asked.model().name_of(subject);
        let state = State::Branch(wrong.clone());
        let words = |language| states::words(asked.model(), subject, &state, asked.day, language);
        let words = Text::new(words(Language::Danish), words(Language::English));
        let new = New {
            id: format!("{name}/{wrong}/{ALL}"),
            importance: importance(false, true),
            label: words.clone(),
            source: Source::Answer(subject, asked.day),
        };
        found.push((words, figures.persons(new)));
    }
    found
}
