//! The rules that the figures rest on: name, basis, days in force, doubt, and the hashes.

use super::asked::Asked;
use super::document::{Block, Cell, Column, Row, Section, Table, words};
use super::figures::{Figures, Source};
use crate::language::{day_text, period};
use crate::print;
use crate::small_files;
use hjemmel_engine::coverage::{Footing, Stands, footing};
use hjemmel_engine::time::Day;
use hjemmel_grammar::diagnostic::{Language, Text};
use hjemmel_grammar::span::Site;
use hjemmel_grammar::syntax::Kind;
use std::collections::BTreeMap;

/// The section.
pub(crate) fn section(asked: &Asked<'_>, figures: &Figures) -> Section {
    let rules = all(asked, figures);
    let doubtful = rules
        .iter()
        .filter(|rule| rule.unverified.is_some())
        .count();
    let rows = rules.iter().map(|rule| row(asked, rule)).collect();
    let mut blocks = vec![words(
        "Tallene hviler på disse regler, som de gjaldt den dag, hvert tal er fra. »Ubekræftet« mærker det, der ikke er bekræftet i en kilde; hvorfor, står i regnearket og i reglen selv.",
        "The figures rest on these rules as they were in force on the day of each figure. “Unverified” marks what no source has confirmed; why stands in the workbook and in the rule itself.",
    )];
    if doubtful > 0 {
        blocks.push(words(
            format!("Ubekræftede: {doubtful} af {} regler.", rules.len()),
            format!("Unverified: {doubtful} of {} rules.", rules.len()),
        ));
    }
    blocks.push(Block::Table(Table {
        id: "regler".to_owned(),
        caption: Text::new("Reglerne bag tallene", "The rules behind the figures"),
        sheet: Text::new("Regler", "Rules"),
        columns: vec![
            Column::words("Regel", "Rule"),
            Column::words("Slags", "Kind"),
            Column::words("Hjemmel", "Basis"),
            Column::words("Gælder", "In force"),
            Column::words("Bekræftet", "Verified"),
            Column::in_the_workbook("Hvorfor ikke", "Why not"),
            Column::in_the_workbook("Navn", "Name"),
            Column::in_the_workbook("Sted", "Place"),
        ],
        rows,
    }));
    blocks.push(Block::Table(files(asked, &rules)));
    Section {
        id: "regler",
        heading: Text::new("Reglerne", "The rules"),
        blocks,
    }
}

/// What a figure rests on, with the day whose law is meant.
pub(crate) fn stands(source: &Source) -> Option<(Stands, Day)> {
    match source {
        Source::Measure(id, day) | Source::Forecast(id, day) => Some((Stands::Measure(*id), *day)),
        Source::Answer(subject, day) => Some((Stands::Answer(*subject), *day)),
        Source::Exemption(id, day) => Some((Stands::Exemption(*id), *day)),
        Source::Extract | Source::Published(_) => None,
    }
}

fn all<'a>(asked: &Asked<'a>, figures: &Figures) -> Vec<Footing<'a>> {
    let mut found: BTreeMap<(Site, Day), Footing<'a>> = BTreeMap::new();
    let mut seen: Vec<(Stands, Day)> = Vec::new();
    for figure in figures.all() {
        let Some(what) = figures.source(figure).and_then(stands) else {
            continue;
        };
        if seen.contains(&what) {
            continue;
        }
        seen.push(what);
        for rule in footing(asked.model(), what.0, what.1) {
            found.insert((rule.site, rule.days.start), rule);
        }
    }
    found.into_values().collect()
}

fn row(asked: &Asked<'_>, rule: &Footing<'_>) -> Row {
    let title = rule
        .title
        .map_or_else(|| rule.name.replace('_', " "), str::to_owned);
    let verified = match rule.unverified {
        Some(_) => Cell::text("ubekræftet", "unverified"),
        None => Cell::text("ja", "yes"),
    };
    let days = |language| period(rule.days, language);
    let sources = &asked.rules.sources;
    let line = print::range(sources, rule.site).0.line;
    Row::of(vec![
        Cell::same(title),
        Cell::Text(kind(rule.kind)),
        Cell::same(rule.basis.map(ToString::to_string).unwrap_or_default()),
        Cell::text(days(Language::Danish), days(Language::English)),
        verified,
        Cell::same(rule.unverified.unwrap_or_default()),
        Cell::same(rule.name),
        Cell::same(format!("{}:{line}", sources.path(rule.site.file))),
    ])
}

/// The kind of a rule, as its keyword says it.
pub(crate) fn kind(kind: Kind) -> Text {
    let (da, en) = match kind {
        Kind::Parameter => ("parameter", "parameter"),
        Kind::Assessment => ("skøn", "assessment"),
        Kind::Term => ("begreb", "term"),
        Kind::Duty => ("pligt", "duty"),
        Kind::Exemption => ("fritagelse", "exemption"),
        Kind::Suspension => ("udsættelse", "suspension"),
        Kind::Classification => ("opdeling", "classification"),
        Kind::Warning => ("advarsel", "warning"),
        Kind::Measure => ("måling", "measure"),
        Kind::Transition => ("overgang", "transition"),
        _ => ("regel", "rule"),
    };
    Text::new(da, en)
}

/// The files that hold these rules, each with its hash.
fn files(asked: &Asked<'_>, rules: &[Footing<'_>]) -> Table {
    let sources = &asked.rules.sources;
    let rows = sources.iter().filter_map(|(id, source)| {
        let any = rules.iter().any(|rule| rule.site.file == id);
        any.then(|| {
            Row::of(vec![
                Cell::same(source.path.clone()),
                Cell::same(small_files::hash(source.text.as_bytes())),
            ])
        })
    });
    let mut rows: Vec<Row> = rows.collect();
    rows.push(Row::sum(vec![
        Cell::text("Alle regler, der blev læst", "All rules that were read"),
        Cell::same(asked.rules.hash.clone()),
    ]));
    let day = day_text(asked.day);
    Table {
        id: "regelfiler".to_owned(),
        caption: Text::new(
            format!(
                "Regelfilerne bag tallene den {}, med kontrolsum (SHA-256)",
                day.da
            ),
            format!(
                "The rule files behind the figures of {}, with their hashes (SHA-256)",
                day.en
            ),
        ),
        sheet: Text::new("Regelfiler", "Rule files"),
        columns: vec![
            Column::words("Fil", "File"),
            Column::words("Kontrolsum", "Hash"),
        ],
        rows,
    }
}
