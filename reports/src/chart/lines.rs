//! Lines over days.

use super::ink::{self, AXIS, GRID, Ink, Paper, Point};
use super::scale::{Days, marks};
use super::{Frame, LineChart, Series, Unit};
use hjemmel_engine::time::Day;
use hjemmel_grammar::diagnostic::{Language, Text};
use plotters::prelude::{IntoDrawingArea as _, SVGBackend};
use plotters::style::text_anchor::HPos;
use std::io;

/// The width of the picture; its height grows with the legend.
const WIDTH: i32 = 760;
/// The field between the axes.
const FIELD: (Point, Point) = ((64, 16), (536, 268));
/// From the lower axis to the first line of the legend, and from each to the next.
const TO_LEGEND: i32 = 64;
const LINE: i32 = 22;
/// Labels at the ends of lines are at least so far apart.
const APART: i32 = 17;
/// The longest name at the end of a line.
const NAME: usize = 18;
/// At most so many markers stand on a line.
const MARKERS: usize = 30;

/// The picture, in the language of the reader.
///
/// # Errors
///
/// What the drawing says; on a text that is nothing.
pub fn lines(chart: &LineChart, language: Language) -> io::Result<String> {
    let legend = i32::try_from(chart.series.len()).unwrap_or(i32::MAX / LINE);
    let height = FIELD.1.1 + TO_LEGEND + legend.saturating_mul(LINE);
    let size = (WIDTH.unsigned_abs(), height.unsigned_abs());
    let mut drawn = String::new();
    {
        let paper = SVGBackend::with_string(&mut drawn, size).into_drawing_area();
        match Field::of(chart, language) {
            Some(field) => field.draw(&paper)?,
            None => nothing(&paper, language)?,
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

fn nothing(paper: &Paper<'_>, language: Language) -> io::Result<()> {
    let words = Text::new("Ingen tal at vise", "No figures to show");
    ink::text(paper, words.get(language), (WIDTH / 2, 140), HPos::Center)
}

/// Days from left to right, values from the bottom.
struct Field<'a> {
    chart: &'a LineChart,
    language: Language,
    days: Days,
    marks: Vec<i64>,
}

impl<'a> Field<'a> {
    /// None if no value is known on any day.
    fn of(chart: &'a LineChart, language: Language) -> Option<Self> {
        let days = Days::of(&chart.series)?;
        let points = chart.series.iter().flat_map(|series| &series.points);
        let mut values = points.filter_map(|(_, value)| *value).peekable();
        values.peek()?;
        let marks = marks(values, chart.unit);
        Some(Self {
            chart,
            language,
            days,
            marks,
        })
    }

    fn draw(&self, paper: &Paper<'_>) -> io::Result<()> {
        self.axes(paper)?;
        let each = || self.chart.series.iter().enumerate();
        for (number, series) in each() {
            self.line(paper, Ink::of(number), series)?;
        }
        self.names(paper)?;
        for (number, series) in each() {
            self.legend(paper, number, series)?;
        }
        Ok(())
    }

    fn x(&self, day: Day) -> i32 {
        let (first, last) = self.days.ends;
        let ((left, _), (right, _)) = FIELD;
        // A single day stands in the middle.
        let (part, whole) = match last.since(first) {
            0 => (1, 2),
            whole => (day.since(first), whole),
        };
        left + scaled(part.into(), whole.into(), right - left)
    }

    fn y(&self, value: i64) -> i32 {
        let low = self.marks.first().copied().unwrap_or_default();
        let high = self.marks.last().copied().unwrap_or_default();
        let ((_, top), (_, bottom)) = FIELD;
        let (part, whole) = (value.saturating_sub(low), high.saturating_sub(low));
        bottom - scaled(part, whole, bottom - top)
    }

    fn axes(&self, paper: &Paper<'_>) -> io::Result<()> {
        let ((left, _), (right, bottom)) = FIELD;
        for mark in &self.marks {
            let y = self.y(*mark);
            let style = if *mark == 0 { AXIS } else { GRID };
            ink::rule(paper, (left, y), (right, y), style)?;
            let label = self.mark(*mark);
            ink::text(paper, &label, (left - 8, y), HPos::Right)?;
        }
        for day in &self.days.named {
            let x = self.x(*day);
            ink::rule(paper, (x, bottom), (x, bottom + 5), AXIS)?;
            let label = self.days.label(*day, self.language);
            ink::text(paper, &label, (x, bottom + 16), HPos::Center)?;
        }
        let below = self.days.below(self.language);
        let middle = (left + right) / 2;
        ink::text(paper, &below, (middle, bottom + 36), HPos::Center)
    }

    /// A value on the axis: `20 %`, without the decimals that all marks lack.
    fn mark(&self, value: i64) -> String {
        let whole = self.marks.iter().all(|mark| mark % 1_000 == 0);
        let shown = self.chart.unit.shown(value, self.language);
        match self.chart.unit {
            Unit::Percent if whole => shown.replace(",0", "").replace(".0", ""),
            _ => shown,
        }
    }

    /// The line, broken where there is no value, and its markers.
    fn line(&self, paper: &Paper<'_>, ink: Ink, series: &Series) -> io::Result<()> {
        let place = |(day, value): &(Day, Option<i64>)| Some((self.x(*day), self.y((*value)?)));
        let points: Vec<Option<Point>> = series.points.iter().map(place).collect();
        for run in points.split(Option::is_none) {
            let run: Vec<Point> = run.iter().copied().flatten().collect();
            if run.len() > 1 {
                ink.line(paper, run)?;
            }
        }
        // A value with none beside it has no line, and must not vanish.
        let at = |at: Option<usize>| at.and_then(|at| points.get(at)).copied().flatten();
        let every = points.len().div_ceil(MARKERS).max(1);
        for (number, point) in points.iter().enumerate() {
            let back = points.len().saturating_sub(number.saturating_add(1));
            let alone = at(number.checked_sub(1)).is_none() && at(number.checked_add(1)).is_none();
            if let Some(point) = point.filter(|_| back.is_multiple_of(every) || alone) {
                ink.marker(paper, point)?;
            }
        }
        Ok(())
    }

    /// At the end of each line its name and its last value, moved down where they would meet.
    fn names(&self, paper: &Paper<'_>) -> io::Result<()> {
        let (_, (right, bottom)) = FIELD;
        let mut ends: Vec<(i32, usize, &Series, Day, i64)> = Vec::new();
        for (number, series) in self.chart.series.iter().enumerate() {
            let known = series.points.iter().rev();
            let mut known = known.filter_map(|(day, value)| Some((*day, (*value)?)));
            if let Some((day, value)) = known.next() {
                ends.push((self.y(value), number, series, day, value));
            }
        }
        ends.sort_by_key(|(y, number, ..)| (*y, *number));
        let room = i32::try_from(ends.len()).unwrap_or(i32::MAX / APART);
        // They begin so high that the lowest still stands beside the field.
        let mut left = room.saturating_mul(APART);
        let mut above = i32::MIN;
        for (y, _, series, day, value) in ends {
            let end = y;
            let y = y
                .min(bottom + APART - left)
                .max(above.saturating_add(APART));
            (above, left) = (y, left - APART);
            // From the end to its name, which may have had to give way.
            ink::rule(paper, (right + 8, end), (right + 22, y), AXIS)?;
            let name = ink::cut(series.name.get(self.language), NAME);
            // The value of an earlier day is not the last one's.
            let label = if day == self.days.ends.1 {
                format!("{} {name}", self.chart.unit.shown(value, self.language))
            } else {
                name
            };
            ink::text(paper, &label, (right + 28, y), HPos::Left)?;
        }
        Ok(())
    }

    fn legend(&self, paper: &Paper<'_>, number: usize, series: &Series) -> io::Result<()> {
        let ((left, _), (_, bottom)) = FIELD;
        let down = i32::try_from(number)
            .unwrap_or_default()
            .saturating_mul(LINE);
        let y = bottom + TO_LEGEND + down;
        let ink = Ink::of(number);
        ink.line(paper, vec![(left, y), (left + 44, y)])?;
        ink.marker(paper, (left + 22, y))?;
        let name = series.name.get(self.language);
        ink::text(paper, name, (left + 56, y), HPos::Left)
    }
}

/// So much of a length.
fn scaled(part: i64, whole: i64, length: i32) -> i32 {
    let scaled = part.saturating_mul(length.into()).checked_div(whole);
    scaled
        .and_then(|it| i32::try_from(it).ok())
        .unwrap_or(length)
}
