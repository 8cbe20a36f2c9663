//! The number first, in plain words; then the population and the measures with their definition.

use super::asked::{ALL, Asked, Groups};
use super::document::{Block, Cell, Column, Headline, Limit, Piece, Row, Section, Table, words};
use super::figures::{Figure, Figures, Source};
use super::series::capital;
use crate::language::day_text;
use hjemmel_engine::coverage::{Footing, Stands, footing};
use hjemmel_engine::measure::limit_on;
use hjemmel_engine::model::{Measure, MeasureId, Version};
use hjemmel_grammar::diagnostic::Text;
use hjemmel_grammar::syntax::Kind;
use std::collections::BTreeMap;

/// The figures of a measure in a group.
struct Line {
    words: Text,
    figures: [Figure; 4],
}

/// A measure's lines: all, and each group.
fn lines(asked: &Asked<'_>, groups: &Groups, figures: &mut Figures, id: MeasureId) -> Vec<Line> {
    let Some((name, version)) = asked.measure(id, asked.day) else {
        return Vec::new();
    };
    let headline = asked.headline() == Some(id);
    let title = asked.title(id, asked.day);
    let all = (ALL.to_owned(), Text::new("alle", "all"));
    let mut columns = vec![all];
    // The groups of the headline are those of a measure that is split in the same way.
    if !version.body.split_by.is_empty() {
        columns.extend(groups.each());
    }
    let each = columns
        .into_iter()
        .enumerate()
        .filter_map(|(tier, (group, words))| {
            let base = format!("{name}/{group}");
            let label = Text::new(
                format!("{title}, {}", words.da),
                format!("{title}, {}", words.en),
            );
            let is_any = figures.is_any(&format!("{base}/nævner"))
                || figures.is_any(&format!("{base}/ukendt"));
            if tier > 0 && !is_any {
                return None;
            }
            let importance = match (headline, tier) {
                (true, 0) => 0,
                (false, 0) => 10,
                (true, _) => 20,
                (false, _) => 35,
            };
            let source = Source::Measure(id, asked.day);
            Some(Line {
                words,
                figures: figures.measured(&base, importance, &label, &source),
            })
        });
    each.collect()
}

/// The number that the memo is about.
pub(crate) fn headline(
    asked: &Asked<'_>,
    groups: &Groups,
    figures: &mut Figures,
) -> Option<Headline> {
    let id = asked.headline()?;
    let lines = lines(asked, groups, figures, id);
    let mut lines = lines.iter();
    let all = lines.next()?;
    let title = asked.title(id, asked.day);
    let day = day_text(asked.day);
    let [counted, out_of, share, _] = all.figures;
    let words = vec![
        Piece::text(
            format!("{title} den {}: ", day.da),
            format!("{title} on {}: ", day.en),
        ),
        Piece::Figure(counted),
        Piece::text(" af ", " of "),
        Piece::Figure(out_of),
        Piece::text(" personer.", " persons."),
    ];
    let each = lines.map(|line| {
        let [counted, out_of, share, _] = line.figures;
        vec![
            Piece::text(
                format!("{}: ", capital(&line.words.da)),
                format!("{}: ", capital(&line.words.en)),
            ),
            Piece::Figure(counted),
            Piece::text(" af ", " of "),
            Piece::Figure(out_of),
            Piece::text(" (", " ("),
            Piece::Figure(share),
            Piece::text(")", ")"),
        ]
    });
    Some(Headline {
        share,
        words,
        groups: each.collect(),
        opening: asked.choice.opening.clone(),
    })
}

/// Population and measures.
pub(crate) fn section(asked: &Asked<'_>, groups: &Groups, figures: &mut Figures) -> Section {
    let mut blocks = Vec::new();
    if let Some((name, version)) = asked.headline().and_then(|id| asked.measure(id, asked.day)) {
        blocks.extend(definition(asked, name, version));
    }
    let mut rows = Vec::new();
    for id in &asked.choice.measures {
        let title = asked.title(*id, asked.day);
        let limit = limit(asked, *id);
        for (tier, line) in lines(asked, groups, figures, *id).into_iter().enumerate() {
            let [counted, out_of, share, unknown] = line.figures;
            let heading = if tier == 0 {
                Cell::same(title.clone())
            } else {
                Cell::Text(indented(&line.words))
            };
            let kept = match &limit {
                Some(limit) => Cell::Limit(share, *limit),
                None => Cell::Blank,
            };
            let figures = [counted, out_of, share, unknown].map(Cell::Figure);
            let cells: Vec<Cell> = std::iter::once(heading)
                .chain(figures)
                .chain([if tier == 0 { kept } else { Cell::Blank }])
                .collect();
            rows.push(if tier == 0 {
                Row::sum(cells)
            } else {
                Row::of(cells)
            });
        }
    }
    let number = |da, en| Column::number(Text::new(da, en));
    let mut columns = vec![
        Column::words("Måling", "Measure"),
        number("Tæller", "Count"),
        number("Af", "Out of"),
        number("Andel", "Share"),
        number("Ukendt", "Unknown"),
        Column::words("Grænse", "Limit"),
    ];
    let limited = asked
        .choice
        .measures
        .iter()
        .any(|id| limit(asked, *id).is_some());
    if !limited {
        columns.pop();
        for row in &mut rows {
            row.cells.truncate(columns.len());
        }
    }
    let day = day_text(asked.day);
    blocks.push(Block::Table(Table {
        id: "målinger".to_owned(),
        caption: Text::new(
            format!("Målingerne den {}, i alt og for hver ydelsesgruppe", day.da),
            format!("The measures on {}, in all and for each group", day.en),
        ),
        sheet: Text::new("Målinger", "Measures"),
        columns,
        rows,
    }));
    Section {
        id: "måling",
        heading: Text::new("Hvem der tælles, og hvordan", "Who is counted, and how"),
        blocks,
    }
}

fn indented(words: &Text) -> Text {
    Text::new(format!("– {}", words.da), format!("– {}", words.en))
}

fn limit(asked: &Asked<'_>, id: MeasureId) -> Option<Limit> {
    let (_, version) = asked.measure(id, asked.day)?;
    limit_on(asked.model(), &version.body, asked.day)
}

/// What the measure counts, in the words of the rules, and the terms it is made of.
fn definition(asked: &Asked<'_>, name: &str, version: &Version<Measure>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let summary = version.summary.join(" ");
    if !summary.is_empty() {
        blocks.push(words(summary.clone(), summary));
    }
    let text = |condition| {
        let site = asked.model().condition(condition).site;
        let text = asked.rules.sources.text(site.file);
        let (from, to) = (
            usize::try_from(site.span.start),
            usize::try_from(site.span.end),
        );
        let range = from.unwrap_or(usize::MAX)..to.unwrap_or(usize::MAX);
        let text = text.get(range).unwrap_or_default();
        let say = |quotes| in_plain_words(asked, text, quotes);
        Text::new(say(["»", "«"]), say(["“", "”"]))
    };
    let (count, out_of) = (text(version.body.count), text(version.body.out_of));
    let basis = version
        .basis
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default();
    let mut list = vec![
        vec![Piece::text(
            format!("Tælles: {}.", count.da),
            format!("Counted: {}.", count.en),
        )],
        vec![Piece::text(
            format!("Ud af: {}.", out_of.da),
            format!("Out of: {}.", out_of.en),
        )],
        vec![Piece::text(
            format!("Hjemmel: {basis}."),
            format!("Basis: {basis}."),
        )],
    ];
    let rests = asked.headline().map(Stands::Measure);
    let rests = rests.map(|what| footing(asked.model(), what, asked.day));
    let own = |it: &&Footing<'_>| it.name != name && !it.summary.is_empty();
    let kinds = [Kind::Classification, Kind::Term];
    for rule in rests.iter().flatten().filter(own) {
        if kinds.contains(&rule.kind) {
            let title = rule.title.unwrap_or(rule.name);
            let summary = rule.summary.join(" ");
            list.push(vec![Piece::text(
                format!("{title}: {summary}"),
                format!("{title}: {summary}"),
            )]);
        }
    }
    blocks.push(Block::List(list));
    blocks
}

/// A condition as it is written, with the titles of what it names.
fn in_plain_words(asked: &Asked<'_>, text: &str, [open, close]: [&str; 2]) -> String {
    let model = asked.model();
    let law = model.law_on(asked.day);
    let mut titles: BTreeMap<&str, &str> = BTreeMap::new();
    for rule in &model.classifications {
        let Some(version) = rule.on(law) else {
            continue;
        };
        titles.extend(
            version
                .title
                .as_deref()
                .map(|title| (rule.name.as_str(), title)),
        );
        let branches = version.body.branches.iter();
        titles.extend(branches.filter_map(|it| Some((it.state.as_str(), it.title.as_deref()?))));
    }
    let terms = model.terms.iter();
    titles.extend(terms.filter_map(|it| Some((it.name.as_str(), it.on(law)?.title.as_deref()?))));
    let words = text.split_whitespace().map(|word| {
        let name = word.trim_matches(|c: char| !(c.is_alphanumeric() || c == '_'));
        match titles.get(name) {
            Some(title) => word.replacen(name, &format!("{open}{title}{close}"), 1),
            None => word.to_owned(),
        }
    });
    words.collect::<Vec<_>>().join(" ")
}
