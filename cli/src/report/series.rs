//! The measures over time: pictures with their tables beside.

use super::asked::{ALL, Asked, Groups, add_measured};
use super::choice::Rhythm;
use super::document::{Block, Cell, Column, Lines, Row, Section, Table, words};
use super::figures::{Figure, Figures, Source};
use super::people::{People, Scene};
use crate::arguments::Rhythmic;
use crate::bug;
use crate::counted_days::CountedDays;
use crate::exit::Failure;
use crate::language::day_text;
use crate::series::is_taken;
use crate::summary::in_order;
use hjemmel_engine::columns::Batch;
use hjemmel_engine::model::MeasureId;
use hjemmel_engine::plan::{Plan, Question};
use hjemmel_engine::time::{Day, Period};
use hjemmel_grammar::diagnostic::Text;
use std::collections::BTreeSet;

/// A measure over time: its days, and the groups that ever have anyone.
pub(crate) struct Series {
    measure: MeasureId,
    days: Vec<Day>,
    groups: Vec<Vec<String>>,
}

/// Takes the measures on their days, all in one pass.
pub(crate) fn taken(asked: &Asked<'_>, people: &mut People) -> Result<Vec<Series>, Failure> {
    let Some(choice) = &asked.choice.series else {
        return Ok(Vec::new());
    };
    let to = choice.to.unwrap_or(asked.day);
    if to < choice.from {
        return Ok(Vec::new());
    }
    let window = Period::inclusive(choice.from, to);
    let every = choice.rhythm.map(|rhythm| match rhythm {
        Rhythm::Week => Rhythmic::Week,
        Rhythm::Month => Rhythmic::Month,
    });
    let model = asked.model();
    let headline = asked.headline();
    let measures: Vec<MeasureId> = if choice.measures.is_empty() {
        headline.into_iter().collect()
    } else {
        choice.measures.clone()
    };
    let question = Question {
        window,
        known_on: asked.known_on,
    };
    let plan = Plan::new(model, &[], question).with_measures(model, &measures);
    let batch = Batch::from_cases(model, &asked.extract.cases).map_err(|_| bug())?;
    let mut found = Vec::new();
    for (measure, histories) in measures.iter().zip(plan.answer_measures(&batch)) {
        let taken = |day| is_taken(model, *measure, every, day);
        let Some(days) = CountedDays::new(window, taken) else {
            continue;
        };
        let name = model
            .measures
            .get(measure.0)
            .map_or("", |rule| rule.name.as_str());
        let mut groups = BTreeSet::new();
        for case in 0..batch.cases() {
            for run in histories.runs_of(case) {
                let (Some(period), Some(added)) =
                    (histories.days.get(run), histories.added.get(run))
                else {
                    continue;
                };
                let group = usize::try_from(added.group).ok();
                let group = group.and_then(|at| histories.groups.get(at));
                let group = group.map_or(&[][..], Vec::as_slice);
                let within = days.before(period.start)..days.before(period.end);
                for day in days.days.get(within).unwrap_or_default() {
                    let base = base(name, *day);
                    let scene = Scene::of(*day, asked.day);
                    let counted = (added.out_of, added.counted);
                    add_measured(people, scene, case, &base, counted, group);
                    groups.insert(group.to_vec());
                }
            }
        }
        let groups = groups.into_iter().filter(|group| !group.is_empty());
        let mut groups: Vec<(Vec<String>, ())> = groups.map(|group| (group, ())).collect();
        let version = days
            .days
            .last()
            .and_then(|day| asked.measure(*measure, *day));
        if let Some((_, version)) = version {
            in_order(model, &version.body, &mut groups);
        }
        found.push(Series {
            measure: *measure,
            days: days.days,
            groups: groups.into_iter().map(|(group, ())| group).collect(),
        });
    }
    Ok(found)
}

/// The first parts of an id.
fn base(name: &str, day: Day) -> String {
    format!("{name}/{day}")
}

/// The section, or nothing where no series is wanted.
pub(crate) fn section(
    asked: &Asked<'_>,
    series: &[Series],
    figures: &mut Figures,
) -> Option<Section> {
    if series.is_empty() {
        return None;
    }
    let mut blocks = Vec::new();
    for each in series {
        blocks.extend(each.blocks(asked, figures));
    }
    blocks.push(words(
        "Hver dag er bedømt efter den dags lov og af det, der den dag kunne vides.",
        "Each day is judged by the law of that day and by what could be known on it.",
    ));
    Some(Section {
        id: "udvikling",
        heading: Text::new("Udvikling", "Over time"),
        blocks,
    })
}

impl Series {
    fn blocks(&self, asked: &Asked<'_>, figures: &mut Figures) -> Vec<Block> {
        let name = asked.model().measures.get(self.measure.0);
        let name = name.map_or("", |rule| rule.name.as_str());
        let last = self.days.last().copied().unwrap_or(asked.day);
        let title = asked.title(self.measure, last);
        let mut columns: Vec<(String, Text)> = vec![(ALL.to_owned(), Text::new("alle", "all"))];
        if self.groups.len() > 1 {
            columns.extend(self.groups.iter().map(|group| {
                let words = group.join(", ").replace('_', " ");
                (Groups::id(group), Text::same(words))
            }));
        }
        let mut rows: Vec<Vec<Cell>> = self.days.iter().map(|day| vec![day_cell(*day)]).collect();
        let mut lines: Vec<(Text, Vec<(Day, Figure)>)> = Vec::new();
        for (tier, (group, words)) in columns.iter().enumerate() {
            let mut points = Vec::new();
            for (day, row) in self.days.iter().zip(&mut rows) {
                let when = day_text(*day);
                let label = Text::new(
                    format!("{title}, {}, {}", words.da, when.da),
                    format!("{title}, {}, {}", words.en, when.en),
                );
                let base = format!("{}/{group}", base(name, *day));
                let source = Source::Measure(self.measure, *day);
                let importance = if tier == 0 { 40 } else { 60 };
                let [counted, out_of, share, unknown] =
                    figures.measured(&base, importance, &label, &source);
                row.extend([counted, out_of, share].map(Cell::Figure));
                if tier == 0 {
                    row.push(Cell::Figure(unknown));
                }
                points.push((*day, share));
            }
            lines.push((words.clone(), points));
        }
        vec![
            Block::Lines(Lines {
                id: format!("figur-{}", name.replace('_', "-")),
                title: Text::same(title.clone()),
                series: lines,
            }),
            Block::Table(Table {
                id: format!("serie-{name}"),
                caption: Text::new(
                    format!("Tallene bag figuren: {title}"),
                    format!("The figures behind the picture: {title}"),
                ),
                sheet: Text::new("Udvikling", "Over time"),
                columns: headings(&columns),
                rows: rows.into_iter().map(Row::of).collect(),
            }),
        ]
    }
}

/// `uge 31, 31. juli 2017`
fn day_cell(day: Day) -> Cell {
    let ((_, week), when) = (day.iso_week(), day_text(day));
    Cell::text(
        format!("{}, uge {week}", when.da),
        format!("{}, week {week}", when.en),
    )
}

fn headings(columns: &[(String, Text)]) -> Vec<Column> {
    let mut headings = vec![Column::words("Dag", "Day")];
    for (tier, (_, words)) in columns.iter().enumerate() {
        headings.extend(grouped(words));
        if tier == 0 {
            let group = Text::new(capital(&words.da), capital(&words.en));
            headings.push(Column::grouped(group, "Ukendt", "Unknown"));
        }
    }
    headings
}

/// Count, out of and share of a group.
pub(crate) fn grouped(words: &Text) -> [Column; 3] {
    let parts = [("Tæller", "Count"), ("Af", "Out of"), ("Andel", "Share")];
    parts.map(|(da, en)| {
        let group = Text::new(capital(&words.da), capital(&words.en));
        Column::grouped(group, da, en)
    })
}

/// With a capital letter first.
pub(crate) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + chars.as_str()
}
