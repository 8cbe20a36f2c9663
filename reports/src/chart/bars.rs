//! Horizontal bars, each with its name and its value.

use super::ink::{self, AXIS, Paper};
use super::{Bar, BarChart, Frame};
use hjemmel_grammar::diagnostic::{Language, Text};
use plotters::prelude::{Color as _, IntoDrawingArea as _, RGBColor, Rectangle, SVGBackend};
use plotters::style::text_anchor::HPos;
use std::io;

/// The width of the picture; its height grows with the bars.
const WIDTH: i32 = 760;
/// Where bars may stand; on both sides there is room for a value.
const LEFT: i32 = 330;
const RIGHT: i32 = 670;
/// From one bar to the next, and how thick they are.
const ROW: i32 = 40;
const HALF: i32 = 10;
/// The longest line of a name; it has two.
const NAME: usize = 36;
const MAIN: RGBColor = RGBColor(0x0b, 0x4f, 0x8a);

/// The picture, in the language of the reader.
///
/// # Errors
///
/// What the drawing says; on a text that is nothing.
pub fn bars(chart: &BarChart, language: Language) -> io::Result<String> {
    let rows = i32::try_from(chart.bars.len()).unwrap_or(i32::MAX / ROW);
    let height = rows.max(1).saturating_mul(ROW) + 16;
    let size = (WIDTH.unsigned_abs(), height.unsigned_abs());
    let mut drawn = String::new();
    {
        let paper = SVGBackend::with_string(&mut drawn, size).into_drawing_area();
        let field = Field::of(chart, language);
        for (bar, row) in chart.bars.iter().zip(0..) {
            field.bar(&paper, bar, 8 + ROW / 2 + ROW * row)?;
        }
        if chart.bars.is_empty() {
            let words = Text::new("Ingen tal at vise", "No figures to show");
            ink::text(
                &paper,
                words.get(language),
                (WIDTH / 2, height / 2),
                HPos::Center,
            )?;
        } else {
            ink::rule(&paper, (field.zero, 4), (field.zero, height - 4), AXIS)?;
        }
        paper.present().map_err(ink::failed)?;
    }
    let frame = Frame {
        id: &chart.id,
        title: &chart.title,
        description: &chart.description,
        size,
    };
    Ok(frame.around(&drawn, language))
}

struct Field<'a> {
    chart: &'a BarChart,
    language: Language,
    /// The most below and above zero.
    low: i64,
    high: i64,
    /// Where zero is.
    zero: i32,
}

impl<'a> Field<'a> {
    fn of(chart: &'a BarChart, language: Language) -> Self {
        let values = || chart.bars.iter().filter_map(|bar| bar.value);
        let mut field = Self {
            chart,
            language,
            low: values().min().unwrap_or_default().min(0),
            high: values().max().unwrap_or_default().max(0),
            zero: LEFT,
        };
        // Left of a bar below zero stands its value.
        let room = if field.low < 0 { 70 } else { 0 };
        field.zero = LEFT + room + field.length(field.low).abs();
        field
    }

    /// How long the bar of a value is; below zero to the left.
    fn length(&self, value: i64) -> i32 {
        let room = if self.low < 0 { 70 } else { 0 };
        let whole = self.high.saturating_sub(self.low).max(1);
        let length = value.saturating_mul((RIGHT - LEFT - room).into()) / whole;
        i32::try_from(length).unwrap_or_default()
    }

    fn bar(&self, paper: &Paper<'_>, bar: &Bar, y: i32) -> io::Result<()> {
        match wrapped(bar.name.get(self.language)).as_slice() {
            [one] => ink::text(paper, one, (LEFT - 12, y), HPos::Right)?,
            [first, second, ..] => {
                ink::text(paper, first, (LEFT - 12, y - 8), HPos::Right)?;
                ink::text(paper, second, (LEFT - 12, y + 8), HPos::Right)?;
            }
            [] => {}
        }
        let Some(value) = bar.value else {
            let words = Text::new("ikke oplyst", "not given");
            let place = (self.zero + 8, y);
            return ink::text(paper, words.get(self.language), place, HPos::Left);
        };
        let end = self.zero + self.length(value);
        let (from, to) = (self.zero.min(end), self.zero.max(end));
        let corners = [(from, y - HALF), (to, y + HALF)];
        let style = if bar.is_main {
            MAIN.filled()
        } else {
            MAIN.stroke_width(2)
        };
        paper
            .draw(&Rectangle::new(corners, style))
            .map_err(ink::failed)?;
        let shown = self.chart.unit.shown(value, self.language);
        let (place, side) = if value < 0 {
            ((from - 8, y), HPos::Right)
        } else {
            ((to + 8, y), HPos::Left)
        };
        ink::text(paper, &shown, place, side)
    }
}

/// A name on one line or two, cut if that is not enough.
fn wrapped(name: &str) -> Vec<String> {
    if name.chars().count() <= NAME {
        return vec![name.to_owned()];
    }
    let mut first = String::new();
    let mut words = name.split_whitespace().peekable();
    while let Some(word) = words.peek() {
        let longer = first.chars().count().saturating_add(word.chars().count());
        if !first.is_empty() && longer >= NAME {
            break;
        }
        if !first.is_empty() {
            first.push(' ');
        }
        first.push_str(word);
        words.next();
    }
    let rest = words.collect::<Vec<_>>().join(" ");
    let lines = [ink::cut(&first, NAME), ink::cut(&rest, NAME)];
    lines.into_iter().filter(|line| !line.is_empty()).collect()
}
