//! The memo as it is put together: sections of words, figures, tables and pictures. How it looks
//! is decided in [`super::html`] and [`super::workbook`].

use super::figures::Figure;
use hjemmel_engine::time::Day;
use hjemmel_grammar::diagnostic::Text;
use hjemmel_grammar::syntax::Order;

/// A memo.
pub(crate) struct Memo {
    pub(crate) title: Text,
    pub(crate) sender: Option<String>,
    /// Who writes to whom about which case: label and value.
    pub(crate) head: Vec<(Text, String)>,
    /// The number it is about.
    pub(crate) headline: Headline,
    pub(crate) sections: Vec<Section>,
    /// Who signs.
    pub(crate) signed_by: Option<String>,
    /// What all of it rests on: label and value.
    /// That it is a draft, if it is.
    pub(crate) draft: Option<Text>,
    pub(crate) footer: Vec<(Text, Text)>,
}

/// The number first, and in plain words.
pub(crate) struct Headline {
    pub(crate) share: Figure,
    pub(crate) words: Vec<Piece>,
    /// The same for each group: a line each.
    pub(crate) groups: Vec<Vec<Piece>>,
    /// What the municipality says first.
    pub(crate) opening: Option<String>,
}

/// A section with its heading.
pub(crate) struct Section {
    /// Its id in the page.
    pub(crate) id: &'static str,
    pub(crate) heading: Text,
    pub(crate) blocks: Vec<Block>,
}

/// A part of a section.
pub(crate) enum Block {
    Words(Vec<Piece>),
    /// What the municipality writes itself: paragraphs apart by a blank line.
    Own(String),
    List(Vec<Vec<Piece>>),
    Table(Table),
    Lines(Lines),
}

/// A part of a sentence.
pub(crate) enum Piece {
    Text(Text),
    Figure(Figure),
}

/// A table; the first cell of each row is its heading.
pub(crate) struct Table {
    pub(crate) id: String,
    pub(crate) caption: Text,
    /// The name of its sheet.
    pub(crate) sheet: Text,
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Row>,
}

/// A column of a table.
pub(crate) struct Column {
    /// What it and those beside it have in common, above their headings.
    pub(crate) group: Option<Text>,
    pub(crate) heading: Text,
    pub(crate) is_number: bool,
    /// It stands in the workbook only: too wide for paper.
    pub(crate) is_off_page: bool,
}

/// A row of a table.
pub(crate) struct Row {
    pub(crate) cells: Vec<Cell>,
    /// It sums others up.
    pub(crate) is_sum: bool,
}

/// A cell of a table.
pub(crate) enum Cell {
    Blank,
    Text(Text),
    Day(Day),
    Figure(Figure),
    /// A limit, and whether this share keeps it.
    Limit(Figure, Limit),
}

/// How a share is held against what, in thousandths of a per cent.
pub(crate) type Limit = (Order, i64);

/// Lines over days, each point a figure.
pub(crate) struct Lines {
    pub(crate) id: String,
    pub(crate) title: Text,
    pub(crate) series: Vec<(Text, Vec<(Day, Figure)>)>,
}

impl Column {
    pub(crate) fn words(da: &str, en: &str) -> Self {
        Self {
            group: None,
            heading: Text::new(da, en),
            is_number: false,
            is_off_page: false,
        }
    }

    pub(crate) fn in_the_workbook(da: &str, en: &str) -> Self {
        Self {
            is_off_page: true,
            ..Self::words(da, en)
        }
    }

    pub(crate) fn number(heading: Text) -> Self {
        Self {
            group: None,
            heading,
            is_number: true,
            is_off_page: false,
        }
    }

    pub(crate) fn grouped(group: Text, da: &str, en: &str) -> Self {
        Self {
            group: Some(group),
            ..Self::number(Text::new(da, en))
        }
    }

    /// The whole heading on one line.
    pub(crate) fn full(&self) -> Text {
        match &self.group {
            None => self.heading.clone(),
            Some(group) => Text::new(
                format!("{}: {}", group.da, self.heading.da.to_lowercase()),
                format!("{}: {}", group.en, self.heading.en.to_lowercase()),
            ),
        }
    }
}

impl Row {
    pub(crate) fn of(cells: Vec<Cell>) -> Self {
        Self {
            cells,
            is_sum: false,
        }
    }

    pub(crate) fn sum(cells: Vec<Cell>) -> Self {
        Self {
            cells,
            is_sum: true,
        }
    }
}

impl Cell {
    /// A text that is the same in both languages; a blank if it is empty.
    pub(crate) fn same(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() {
            Self::Blank
        } else {
            Self::Text(Text::same(text))
        }
    }

    pub(crate) fn text(da: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Text(Text::new(da, en))
    }
}

impl Piece {
    pub(crate) fn text(da: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Text(Text::new(da, en))
    }
}

/// A sentence without figures.
pub(crate) fn words(da: impl Into<String>, en: impl Into<String>) -> Block {
    Block::Words(vec![Piece::text(da, en)])
}
