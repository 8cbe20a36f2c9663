//! How a line is told from the others, and how text stands: by dashes and markers first, by
//! colours for those who see them.

use plotters::coord::Shift;
use plotters::drawing::DrawingAreaErrorKind;
use plotters::element::DashedPathElement;
use plotters::prelude::{
    BLACK, Circle, Color as _, DrawingArea, IntoTextStyle as _, PathElement, Polygon, RGBColor,
    SVGBackend, ShapeStyle,
};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use std::io;

/// A place in the picture, from its upper left corner.
pub(super) type Point = (i32, i32);
/// What is drawn on.
pub(super) type Paper<'a> = DrawingArea<SVGBackend<'a>, Shift>;

/// The size of text, which plotters makes smaller by 1.24.
const TEXT: i32 = 16;
/// Lines of the grid, and axes.
pub(super) const GRID: RGBColor = RGBColor(0xd9, 0xd9, 0xd9);
pub(super) const AXIS: RGBColor = RGBColor(0x57, 0x57, 0x57);
/// Half the size of a marker.
const HALF: i32 = 4;

/// How a line looks.
#[derive(Clone, Copy)]
pub(super) struct Ink {
    colour: RGBColor,
    /// The length of a dash and of the gap after it; none of a line without gaps.
    dashes: Option<(i32, i32)>,
    marker: Marker,
}

#[derive(Clone, Copy)]
enum Marker {
    Disc,
    Square,
    Triangle,
    Ring,
    Diamond,
    Cross,
}

/// Dark enough on white for text; apart in grey by their dashes and markers.
const INKS: [Ink; 6] = [
    Ink {
        colour: RGBColor(0x1b, 0x1b, 0x1b),
        dashes: None,
        marker: Marker::Disc,
    },
    Ink {
        colour: RGBColor(0x0b, 0x4f, 0x8a),
        dashes: Some((10, 5)),
        marker: Marker::Square,
    },
    Ink {
        colour: RGBColor(0xa3, 0x43, 0x05),
        dashes: Some((3, 4)),
        marker: Marker::Triangle,
    },
    Ink {
        colour: RGBColor(0x14, 0x60, 0x1f),
        dashes: Some((18, 4)),
        marker: Marker::Ring,
    },
    Ink {
        colour: RGBColor(0x6b, 0x2a, 0x7d),
        dashes: Some((6, 8)),
        marker: Marker::Diamond,
    },
    Ink {
        colour: RGBColor(0x57, 0x57, 0x57),
        dashes: Some((1, 3)),
        marker: Marker::Cross,
    },
];

impl Ink {
    /// The ink of a line by its number; from the seventh on they begin again.
    pub(super) fn of(number: usize) -> Self {
        let [first, ..] = INKS;
        INKS.get(number % INKS.len()).copied().unwrap_or(first)
    }

    /// The line through some points.
    pub(super) fn line(self, paper: &Paper<'_>, points: Vec<Point>) -> io::Result<()> {
        let style = self.colour.stroke_width(2);
        let drawn = match self.dashes {
            None => paper.draw(&PathElement::new(points, style)),
            Some((dash, gap)) => paper.draw(&DashedPathElement::new(points, dash, gap, style)),
        };
        drawn.map_err(failed)
    }

    /// The marker of a point.
    pub(super) fn marker(self, paper: &Paper<'_>, (x, y): Point) -> io::Result<()> {
        let (fill, thin) = (self.colour.filled(), self.colour.stroke_width(2));
        let shape = |points: &[Point]| {
            let points = points.iter().map(|(dx, dy)| (x + dx * HALF, y + dy * HALF));
            paper.draw(&Polygon::new(points.collect::<Vec<_>>(), fill))
        };
        let stroke = |from: Point, to: Point| {
            let end = |(dx, dy): Point| (x + dx * HALF, y + dy * HALF);
            paper.draw(&PathElement::new(vec![end(from), end(to)], thin))
        };
        let drawn = match self.marker {
            Marker::Disc => paper.draw(&Circle::new((x, y), HALF, fill)),
            Marker::Square => shape(&[(-1, -1), (1, -1), (1, 1), (-1, 1)]),
            Marker::Triangle => shape(&[(0, -1), (1, 1), (-1, 1)]),
            Marker::Ring => paper
                .draw(&Circle::new(
                    (x, y),
                    HALF,
                    RGBColor(0xff, 0xff, 0xff).filled(),
                ))
                .and_then(|()| paper.draw(&Circle::new((x, y), HALF, thin))),
            Marker::Diamond => shape(&[(0, -1), (1, 0), (0, 1), (-1, 0)]),
            Marker::Cross => stroke((-1, -1), (1, 1)).and_then(|()| stroke((-1, 1), (1, -1))),
        };
        drawn.map_err(failed)
    }
}

/// A straight line.
pub(super) fn rule(
    paper: &Paper<'_>,
    from: Point,
    to: Point,
    style: impl Into<ShapeStyle>,
) -> io::Result<()> {
    paper
        .draw(&PathElement::new(vec![from, to], style))
        .map_err(failed)
}

/// A line of text, from, around or up to a point.
pub(super) fn text(paper: &Paper<'_>, text: &str, at: Point, side: HPos) -> io::Result<()> {
    let place = Pos::new(side, VPos::Center);
    let style = ("sans-serif", TEXT)
        .with_color(BLACK)
        .with_anchor::<RGBColor>(place)
        .into_text_style(paper);
    let clean: String = text.chars().filter(|c| !c.is_control()).collect();
    paper.draw_text(&clean, &style, at).map_err(failed)
}

/// What drawing on a text cannot really say.
pub(super) fn failed<E>(error: DrawingAreaErrorKind<E>) -> io::Error
where
    E: std::error::Error + Send + Sync + 'static,
{
    io::Error::other(error.to_string())
}

/// A text of at most so many characters; a longer one is cut, and it shows.
pub(super) fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    kept.trim_end().to_owned() + "…"
}
