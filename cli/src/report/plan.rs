//! What comes if nothing new is registered, and what it takes to reach the target.

use super::asked::{ALL, Asked, add_measured};
use super::document::{Block, Cell, Column, Lines, Piece, Row, Section, Table, words};
use super::figures::{Figures, New, Source};
use super::people::{People, Scene};
use crate::exit::Failure;
use crate::forecast::Aim;
use crate::forecast::tables::target_words;
use crate::language::day_text;
use hjemmel_engine::forecast::{Plan, days_of, started};
use hjemmel_engine::measure::Contribution;
use hjemmel_engine::model::MeasureId;
use hjemmel_engine::time::{Day, Period};
use hjemmel_grammar::diagnostic::{Language, Text};
use hjemmel_grammar::syntax::Rhythm;

/// What was worked out.
pub(crate) struct Ahead {
    measure: MeasureId,
    days: Vec<Day>,
    by: Day,
    aim: Option<Aim>,
}

/// The second part of the ids: if nothing new is registered.
const STILL: &str = "fremskrevet";
/// The second part of the ids: with those who are to start.
const WITH: &str = "med_begyndelser";
/// The last part of an id: those who are to start.
const START: &str = "begynder";

/// Looks ahead to the day of the target.
pub(crate) fn ahead(asked: &Asked<'_>, people: &mut People) -> Result<Option<Ahead>, Failure> {
    let Some(choice) = &asked.choice.target else {
        return Ok(None);
    };
    let forecast = asked.forecast(choice.by);
    let mut days = days_of(
        Some(Rhythm::Monthly),
        Period::inclusive(asked.day.next(), choice.by),
    );
    days.insert(0, asked.day);
    if days.last() != Some(&choice.by) {
        days.push(choice.by);
    }
    let without = forecast.added(&forecast.cases, choice.measure, &days);
    let name = asked.model().measures.get(choice.measure.0);
    let name = name.map_or("", |rule| rule.name.as_str());
    for (at, added) in without.iter().enumerate() {
        count(
            people,
            at,
            &format!("{name}/{STILL}"),
            (asked.day, &days),
            added,
        );
    }
    let row = choice.start.as_deref().map(|row| asked.start(row));
    let Some((table, row)) = row.transpose()? else {
        return Ok(Some(Ahead {
            measure: choice.measure,
            days,
            by: choice.by,
            aim: None,
        }));
    };
    let plan = Plan {
        from: asked.day,
        by: choice.by,
    };
    let given = choice.start.clone().unwrap_or_default();
    let row = (table, row);
    let aim = forecast.aim(plan, choice.wanted, choice.measure, given, &row)?;
    let starts = &aim.needed.starts;
    let cases = starts.iter().filter_map(|(at, day)| {
        let case = forecast.cases.get(*at)?;
        Some(started(case, row.0, &row.1, *day))
    });
    let cases: Vec<_> = cases.collect();
    let with = forecast.added(&cases, choice.measure, &days);
    let base = format!("{name}/{WITH}");
    for (at, added) in without.iter().enumerate() {
        let own = starts.iter().position(|(case, _)| *case == at);
        let added = own.and_then(|own| with.get(own)).unwrap_or(added);
        count(people, at, &base, (asked.day, &days), added);
        if own.is_some() {
            people.add(Scene::Ahead(choice.by), at, format!("{base}/{START}"));
        }
    }
    Ok(Some(Ahead {
        measure: choice.measure,
        days,
        by: choice.by,
        aim: Some(aim),
    }))
}

fn count(
    people: &mut People,
    at: usize,
    base: &str,
    (today, days): (Day, &[Day]),
    added: &[Option<Contribution>],
) {
    for (day, added) in days.iter().zip(added) {
        if let Some(added) = added {
            let base = format!("{base}/{day}");
            let scene = Scene::of(*day, today);
            add_measured(people, scene, at, &base, (added.out_of, added.counted), &[]);
        }
    }
}

/// The plan, in the municipality's words, and what the forecast says of it.
pub(crate) fn section(
    asked: &Asked<'_>,
    ahead: Option<&Ahead>,
    figures: &mut Figures,
) -> Option<Section> {
    let mut blocks: Vec<Block> = asked
        .choice
        .plan
        .clone()
        .map(Block::Own)
        .into_iter()
        .collect();
    if let Some(ahead) = ahead {
        blocks.extend(ahead.blocks(asked, figures));
    }
    if blocks.is_empty() {
        return None;
    }
    Some(Section {
        id: "plan",
        heading: Text::new("Plan og mål", "Plan and target"),
        blocks,
    })
}

impl Ahead {
    fn blocks(&self, asked: &Asked<'_>, figures: &mut Figures) -> Vec<Block> {
        let mut blocks = Vec::new();
        let name = asked.model().measures.get(self.measure.0);
        let name = name.map_or("", |rule| rule.name.as_str());
        if let Some(aim) = &self.aim {
            blocks.push(self.told(asked, aim, name, figures));
        }
        blocks.extend(self.table(asked, name, figures));
        blocks.push(words(
            "Fremskrevet uden nye registreringer: intet begynder, det registrerede slutter som registreret, ingen kommer til, og hver dag bedømmes efter den dags lov.",
            "Forecast without anything new: nothing begins, what is registered ends as registered, nobody joins, and each day is judged by the law of that day.",
        ));
        blocks
    }

    /// The target, and what it takes.
    fn told(&self, asked: &Asked<'_>, aim: &Aim, name: &str, figures: &mut Figures) -> Block {
        let title = asked.title(self.measure, self.by);
        let target = |language| target_words(aim.target, language);
        let by = day_text(self.by);
        let mut line = vec![Piece::text(
            format!("Mål: {title} {} den {}. ", target(Language::Danish), by.da),
            format!(
                "Target: {title} {} on {}. ",
                target(Language::English),
                by.en
            ),
        )];
        let source = Source::Forecast(self.measure, self.by);
        let start = figures.persons(New {
            id: format!("{name}/{WITH}/{START}"),
            importance: 70,
            label: Text::new("Begynder i alt", "Start in all"),
            source: source.clone(),
        });
        let row = aim.row.replace('_', " ");
        match aim.needed.per_week {
            Some(0) => line.push(Piece::text(
                "Det er nået, uden at nogen begynder.",
                "It is reached without anyone starting.",
            )),
            Some(per_week) => {
                let per_week = figures.things(
                    New {
                        id: format!("{name}/{WITH}/om_ugen"),
                        importance: 70,
                        label: Text::new("Begynder om ugen", "Start each week"),
                        source,
                    },
                    per_week,
                    Some(format!("{name}/{WITH}/{START}")),
                );
                line.push(Piece::text("Det kræver, at ", "It takes that "));
                line.push(Piece::Figure(per_week));
                line.push(Piece::text(
                    format!(" om ugen begynder et forløb som »{row}«, "),
                    format!(" each week start something like “{row}”, "),
                ));
                line.push(Piece::Figure(start));
                line.push(Piece::text(" i alt.", " in all."));
            }
            None => {
                line.push(Piece::text(
                    format!("Det kan ikke nås ved »{row}« alene: begynder alle, som det hjælper, straks ("),
                    format!("It cannot be reached by “{row}” alone: if everybody whom it helps starts at once ("),
                ));
                line.push(Piece::Figure(start));
                line.push(Piece::text(
                    "), er det ikke nok. Tabellen viser, hvor langt det rækker.",
                    "), it is not enough. The table shows how far it goes.",
                ));
            }
        }
        Block::Words(line)
    }

    fn table(&self, asked: &Asked<'_>, name: &str, figures: &mut Figures) -> Vec<Block> {
        let kinds = [
            (STILL, Text::new("uden nye", "without starts"), 72),
            (WITH, Text::new("med nye", "with starts"), 74),
        ];
        let kinds = kinds
            .into_iter()
            .take(if self.aim.is_some() { 2 } else { 1 });
        let title = asked.title(self.measure, self.by);
        let mut rows: Vec<Vec<Cell>> = self.days.iter().map(|day| vec![Cell::Day(*day)]).collect();
        let mut columns = vec![Column::words("Dag", "Day")];
        let mut lines = Vec::new();
        for (kind, words, importance) in kinds {
            let mut points = Vec::new();
            for (day, row) in self.days.iter().zip(&mut rows) {
                let when = day_text(*day);
                let label = Text::new(
                    format!("{title}, {}, {}", words.da, when.da),
                    format!("{title}, {}, {}", words.en, when.en),
                );
                let base = format!("{name}/{kind}/{day}/{ALL}");
                let source = Source::Forecast(self.measure, *day);
                let [counted, out_of, share, _] =
                    figures.measured(&base, importance, &label, &source);
                row.extend([counted, out_of, share].map(Cell::Figure));
                points.push((*day, share));
            }
            columns.extend(super::series::grouped(&words));
            lines.push((words, points));
        }
        let caption = Text::new(
            format!("Fremskrivning: {title}"),
            format!("Forecast: {title}"),
        );
        vec![
            Block::Lines(Lines {
                id: "figur-fremskrivning".to_owned(),
                title: caption,
                series: lines,
            }),
            Block::Table(Table {
                id: "fremskrivning".to_owned(),
                caption: Text::new(
                    format!("Tallene bag fremskrivningen: {title}"),
                    format!("The figures behind the forecast: {title}"),
                ),
                sheet: Text::new("Fremskrivning", "Forecast"),
                columns,
                rows: rows.into_iter().map(Row::of).collect(),
            }),
        ]
    }
}
