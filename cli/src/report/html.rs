//! The memo as one page that needs nothing beside it. How it is laid out stands in
//! `templates/notat.html`; here every figure becomes what may be shown of it.

use super::document::{Block, Cell, Column, Lines, Memo, Piece, Table};
use super::figures::{Figure, Figures, Shown as Value};
use crate::exit::Failure;
use crate::html::{STYLE, code};
use crate::language::{day, thousandths};
use crate::{bug, print};
use askama::Template;
use hjemmel_extracts::write::neutral;
use hjemmel_grammar::diagnostic::{Language, Text};
use hjemmel_reports::chart::{LineChart, Series, Unit};
use std::collections::BTreeSet;

/// How the memo differs from the other pages.
const OWN_STYLE: &str = include_str!("../../templates/notat.css");
/// A table of words with so many columns is one of files and their hashes.
const HASHES: usize = 2;
/// A table with more columns than this is set smaller.
const MANY: usize = 5;

#[derive(Template)]
#[template(path = "notat.html", whitespace = "preserve")]
struct Page {
    lang: &'static str,
    style: &'static str,
    own_style: &'static str,
    version: &'static str,
    title: String,
    sender: Option<String>,
    head: Vec<(String, String)>,
    /// That it is a draft, on top and on every page that is printed.
    draft: Option<String>,
    draft_mark: &'static str,
    skip: &'static str,
    headline_heading: &'static str,
    headline: Headline,
    any_hidden: bool,
    hidden_note: &'static str,
    contents_heading: &'static str,
    sections: Vec<Section>,
    signed_by: Option<String>,
    footer_heading: &'static str,
    footer: Vec<(String, String)>,
}

struct Headline {
    share: Vec<Part>,
    words: Vec<Part>,
    groups: Vec<Vec<Part>>,
    opening: Vec<String>,
}

struct Section {
    id: &'static str,
    heading: String,
    blocks: Vec<Shown>,
}

enum Shown {
    Words(Vec<Part>),
    Own(Vec<String>),
    List(Vec<Vec<Part>>),
    Picture(String, String),
    Table(TableView),
}

/// A text, or a figure with its id.
#[derive(Clone)]
struct Part {
    text: String,
    id: Option<String>,
    /// As machines read it.
    value: String,
    /// An id stands in a page once.
    is_first: bool,
}

struct TableView {
    id: String,
    class: &'static str,
    caption: String,
    /// What columns have in common, above their headings; none if nothing.
    groups: Vec<GroupView>,
    columns: Vec<ColumnView>,
    rows: Vec<RowView>,
}

struct GroupView {
    heading: Option<String>,
    columns: usize,
}

struct ColumnView {
    heading: String,
    is_number: bool,
}

struct RowView {
    cells: Vec<CellView>,
    is_sum: bool,
}

struct CellView {
    text: String,
    part: Part,
    is_number: bool,
}

impl CellView {
    fn pieces(&self) -> &[Part] {
        std::slice::from_ref(&self.part)
    }
}

/// The whole page.
pub(crate) fn page(memo: &Memo, figures: &Figures, language: Language) -> Result<String, Failure> {
    let mut writer = Writer {
        figures,
        language,
        seen: BTreeSet::new(),
    };
    let say = |da: &'static str, en: &'static str| match language {
        Language::Danish => da,
        Language::English => en,
    };
    let head = memo.head.iter();
    let headline = Headline {
        share: vec![writer.figure(memo.headline.share)],
        words: writer.line(&memo.headline.words),
        groups: memo
            .headline
            .groups
            .iter()
            .map(|line| writer.line(line))
            .collect(),
        opening: paragraphs(memo.headline.opening.as_deref().unwrap_or_default()),
    };
    let sections = memo.sections.iter().map(|section| writer.section(section));
    let page = Page {
        lang: code(language),
        style: STYLE,
        own_style: OWN_STYLE,
        version: env!("CARGO_PKG_VERSION"),
        title: print::harmless(memo.title.get(language)),
        sender: memo.sender.as_deref().map(print::harmless),
        head: head
            .map(|(label, value)| (label.get(language).to_owned(), print::harmless(value)))
            .collect(),
        draft_mark: say("UDKAST", "DRAFT"),
        draft: memo.draft.as_ref().map(|it| it.get(language).to_owned()),
        skip: say("Gå til indholdet", "Skip to the content"),
        headline_heading: say("Hovedtallet", "The main figure"),
        headline,
        any_hidden: figures.any_hidden(),
        hidden_note: say(
            "»Skjult« er et antal fra 1 til 4, eller et tal, som et sådant kunne regnes ud af. 0 er vist.",
            "“Hidden” is a number from 1 to 4, or one that such a number could be worked out of. 0 is shown.",
        ),
        contents_heading: say("Indhold", "Contents"),
        sections: sections.collect::<Result<_, _>>()?,
        signed_by: memo.signed_by.clone(),
        footer_heading: say("Grundlag", "What it rests on"),
        footer: memo
            .footer
            .iter()
            .map(|(label, value)| {
                (
                    label.get(language).to_owned(),
                    value.get(language).to_owned(),
                )
            })
            .collect(),
    };
    let page = page.render().map_err(|_| bug())?;
    Ok(print::harmless_lines(&page))
}

/// Paragraphs apart by a blank line.
fn paragraphs(text: &str) -> Vec<String> {
    let text = text.replace("\r\n", "\n");
    let each = text
        .split("\n\n")
        .map(|it| it.split_whitespace().collect::<Vec<_>>().join(" "));
    each.filter(|it| !it.is_empty()).collect()
}

struct Writer<'a> {
    figures: &'a Figures,
    language: Language,
    seen: BTreeSet<Figure>,
}

impl Writer<'_> {
    fn say(&self, text: &Text) -> String {
        text.get(self.language).to_owned()
    }

    fn figure(&mut self, figure: Figure) -> Part {
        let value = match self.figures.shown(figure) {
            Value::Number(number) => number.to_string(),
            Value::Percent(number) | Value::Quoted(number) => {
                thousandths(number, Language::English)
            }
            Value::Hidden | Value::None => String::new(),
        };
        Part {
            text: self.figures.text(figure, self.language),
            id: Some(self.figures.id(figure).to_owned()),
            value,
            is_first: self.seen.insert(figure),
        }
    }

    fn line(&mut self, pieces: &[Piece]) -> Vec<Part> {
        let each = pieces.iter().map(|piece| match piece {
            Piece::Text(text) => plain(self.say(text)),
            Piece::Figure(figure) => self.figure(*figure),
        });
        each.collect()
    }

    fn section(&mut self, section: &super::document::Section) -> Result<Section, Failure> {
        let blocks = section.blocks.iter().map(|block| self.block(block));
        Ok(Section {
            id: section.id,
            blocks: blocks.collect::<Result<_, _>>()?,
            heading: self.say(&section.heading),
        })
    }

    fn block(&mut self, block: &Block) -> Result<Shown, Failure> {
        Ok(match block {
            Block::Words(line) => Shown::Words(self.line(line)),
            Block::Own(text) => Shown::Own(paragraphs(text)),
            Block::List(lines) => Shown::List(lines.iter().map(|line| self.line(line)).collect()),
            Block::Table(table) => Shown::Table(self.table(table)),
            Block::Lines(lines) => Shown::Picture(self.picture(lines)?, self.say(&lines.title)),
        })
    }

    fn table(&mut self, table: &Table) -> TableView {
        let numbers = table
            .columns
            .iter()
            .filter(|column| column.is_number)
            .count();
        let class = match (numbers, table.columns.len()) {
            (0, columns) if columns == HASHES => "hashes",
            (0, _) => "words",
            (_, columns) if columns > MANY => "many",
            _ => "numbers",
        };
        let groups = self.groups(table);
        let on_page = |column: &&Column| !column.is_off_page;
        let columns = table
            .columns
            .iter()
            .filter(on_page)
            .map(|column| ColumnView {
                heading: tabled(self.say(&column.heading)),
                is_number: column.is_number,
            });
        let columns = columns.collect();
        let rows = table.rows.iter().map(|row| {
            let cells = row.cells.iter().zip(&table.columns);
            let cells = cells.filter(|(_, column)| !column.is_off_page);
            let cells = cells.map(|(cell, column)| CellView {
                is_number: column.is_number,
                ..self.cell(cell)
            });
            RowView {
                cells: cells.collect(),
                is_sum: row.is_sum,
            }
        });
        TableView {
            rows: rows.collect(),
            groups,
            id: table.id.clone(),
            class,
            caption: self.say(&table.caption),
            columns,
        }
    }

    fn groups(&self, table: &Table) -> Vec<GroupView> {
        let mut groups: Vec<GroupView> = Vec::new();
        for column in table.columns.iter().filter(|column| !column.is_off_page) {
            let heading = column.group.as_ref();
            let heading = heading.map(|group| tabled(self.say(group)));
            match groups.last_mut() {
                Some(last) if last.heading == heading => {
                    last.columns = last.columns.saturating_add(1);
                }
                _ => groups.push(GroupView {
                    heading,
                    columns: 1,
                }),
            }
        }
        if groups.iter().all(|group| group.heading.is_none()) {
            groups.clear();
        }
        groups
    }

    fn cell(&mut self, cell: &Cell) -> CellView {
        let part = match cell {
            Cell::Blank => plain(String::new()),
            Cell::Text(text) => plain(tabled(self.say(text))),
            Cell::Day(on) => plain(day(*on, self.language)),
            Cell::Figure(figure) => self.figure(*figure),
            Cell::Limit(share, limit) => plain(self.say(&self.figures.limit(*share, *limit))),
        };
        CellView {
            text: part.text.clone(),
            is_number: part.id.is_some(),
            part,
        }
    }

    /// The picture has only what the table beside it shows.
    fn picture(&self, lines: &Lines) -> Result<String, Failure> {
        let series = lines.series.iter().map(|(name, points)| Series {
            name: name.clone(),
            points: points
                .iter()
                .map(|(day, figure)| match self.figures.shown(*figure) {
                    Value::Percent(share) => (*day, Some(share)),
                    _ => (*day, None),
                })
                .collect(),
        });
        let chart = LineChart {
            id: lines.id.clone(),
            title: lines.title.clone(),
            description: self.description(lines),
            unit: Unit::Percent,
            series: series.collect(),
        };
        let svg = hjemmel_reports::chart::lines(&chart, self.language).map_err(|_| bug())?;
        // In a page it is known what it is.
        Ok(svg.replace(" xmlns=\"http://www.w3.org/2000/svg\"", ""))
    }

    /// From where to where each line goes.
    fn description(&self, lines: &Lines) -> Text {
        let of = |language| {
            let each = lines.series.iter().filter_map(|(name, points)| {
                let (first, last) = (points.first()?, points.last()?);
                let value = |figure: Figure| self.figures.text(figure, language);
                let (from, to) = (day(first.0, language), day(last.0, language));
                let (first, last) = (value(first.1), value(last.1));
                let name = name.get(language);
                Some(match language {
                    Language::Danish => format!("{name}: {first} den {from}, {last} den {to}."),
                    Language::English => format!("{name}: {first} on {from}, {last} on {to}."),
                })
            });
            each.collect::<Vec<_>>().join(" ")
        };
        Text::new(of(Language::Danish), of(Language::English))
    }
}

/// A text in a table, which may be copied into a spreadsheet: not as a formula.
fn tabled(text: String) -> String {
    let first = neutral(&text).starts_with('\'') && !text.starts_with('\'');
    if first { format!("'{text}") } else { text }
}

fn plain(text: String) -> Part {
    Part {
        text,
        id: None,
        value: String::new(),
        is_first: false,
    }
}
