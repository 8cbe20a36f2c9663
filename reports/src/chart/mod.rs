//! Figures as SVG: lines over days, and horizontal bars.
//!
//! A figure stands in a page as it is, or in a file of its own: the text is text in the reader's
//! own font, nothing is fetched, the width follows the page. It can be read in black and white
//! (dashes, markers, and a name at the end of each line) and by a screen reader (a title and a
//! description, which is where the figures belong that the picture shows).

mod bars;
mod ink;
mod lines;
mod scale;

pub use bars::bars;
pub use lines::lines;

use crate::numbers;
use hjemmel_engine::time::Day;
use hjemmel_grammar::diagnostic::{Language, Text};

/// Lines over days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineChart {
    /// Its id in the page; what is marked in the picture has ids that begin with it.
    pub id: String,
    /// What it shows, in a few words.
    pub title: Text,
    /// The same for those who do not see it: what goes from where to where.
    pub description: Text,
    /// What the values are.
    pub unit: Unit,
    /// The lines. More than six cannot be told apart.
    pub series: Vec<Series>,
}

/// A line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// What it is called, at its end and in the legend.
    pub name: Text,
    /// A value for each day; a day without one breaks the line, it is never zero.
    pub points: Vec<(Day, Option<i64>)>,
}

/// Horizontal bars, from the top.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BarChart {
    /// As of [`LineChart`].
    pub id: String,
    /// As of [`LineChart`].
    pub title: Text,
    /// As of [`LineChart`].
    pub description: Text,
    /// What the values are.
    pub unit: Unit,
    /// The bars.
    pub bars: Vec<Bar>,
}

/// A bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// What it is called.
    pub name: Text,
    /// How long it is; none if that is not known, which is said and not drawn.
    pub value: Option<i64>,
    /// Filled, where it is what the figure is about; others have an outline only.
    pub is_main: bool,
}

/// What the values of a figure are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Shares in thousandths of a per cent: 34,3 per cent is 34,300.
    Percent,
    /// Numbers of things.
    Count,
}

impl Unit {
    /// A value as people read it: `34,3 %`, `1.234`.
    fn shown(self, value: i64, language: Language) -> String {
        match self {
            Self::Percent => numbers::percent(value, language),
            Self::Count => numbers::count(value, language),
        }
    }

    /// The finest step between two marks on an axis.
    fn finest(self) -> i64 {
        match self {
            Self::Percent => 100,
            Self::Count => 1,
        }
    }
}

/// What a screen reader says of a figure, and its size in its own units.
struct Frame<'a> {
    id: &'a str,
    title: &'a Text,
    description: &'a Text,
    size: (u32, u32),
}

impl Frame<'_> {
    /// The drawing of plotters in an element of ours: named, as wide as its page.
    fn around(&self, drawn: &str, language: Language) -> String {
        let (_, body) = drawn.split_once(">\n").unwrap_or_default();
        let body = body.trim_end().strip_suffix("</svg>").unwrap_or(body);
        // What is said of each shape and each text alike, is said once, or goes without saying.
        let alike = [
            " opacity=\"1\"",
            " font-family=\"sans-serif\" font-size=\"12.903225806451614\" fill=\"#000000\"",
        ];
        let body = alike
            .iter()
            .fold(body.to_owned(), |body, said| body.replace(said, ""));
        let (id, (width, height)) = (escaped(self.id), self.size);
        let title = escaped(self.title.get(language));
        let description = escaped(self.description.get(language));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" id=\"{id}\" viewBox=\"0 0 {width} {height}\" font-family=\"system-ui, sans-serif\" font-size=\"13\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\">\n\
             <title id=\"{id}-title\">{title}</title>\n\
             <desc id=\"{id}-desc\">{description}</desc>\n\
             {body}</svg>\n"
        )
    }
}

/// A text as XML holds it, without what XML cannot hold.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !c.is_control()) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests;
