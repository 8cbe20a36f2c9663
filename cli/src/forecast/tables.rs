//! The tables of a forecast, and what is said of a target.

use super::{Aim, Asked, Point, Series};
use crate::language::{count, day_text, thousandths};
use hjemmel_engine::forecast::Target;
use hjemmel_engine::measure::{Counts, limit_on, measure_on};
use hjemmel_engine::model::MeasureId;
use hjemmel_engine::time::Truth;
use hjemmel_grammar::diagnostic::{Language, Text};
use hjemmel_grammar::syntax::Order;
use hjemmel_reports::{Cell, Column, Kind, Table, Tone};
use std::collections::BTreeMap;

fn column(id: &str, da: &str, en: &str, kind: Kind) -> Column {
    Column::new(id, Text::new(da, en), kind)
}

/// A measure's title.
pub(crate) fn title(asked: &Asked<'_>, measure: MeasureId) -> String {
    let name = asked.model.measures.get(measure.0);
    let name = name.map_or("", |rule| rule.name.as_str());
    let version = measure_on(asked.model, measure, asked.day);
    let title = version.and_then(|version| version.title.clone());
    title.unwrap_or_else(|| name.replace('_', " "))
}

/// The measures day by day, in all and by group.
pub(crate) fn series(asked: &Asked<'_>, series: &[Series], with_starts: bool) -> Table {
    let mut columns = vec![
        column("rule", "Måling", "Measure", Kind::Text),
        column("day", "Dag", "Day", Kind::Day),
        column("group", "Gruppe", "Group", Kind::Text),
        column("counted", "Tæller", "Count", Kind::Number),
        column("out_of", "Nævner", "Out of", Kind::Number),
        column(
            "share",
            "Andel i procent",
            "Share in per cent",
            Kind::Number,
        ),
        column("unknown", "Ukendt", "Unknown", Kind::Number),
    ];
    let limited = series.iter().any(|each| {
        let version = measure_on(asked.model, each.measure, asked.day);
        version.is_some_and(|version| version.body.limit.is_some())
    });
    if limited {
        let words = [
            (Text::new("ikke overholdt", "not kept"), Tone::Bad),
            (Text::new("overholdt", "kept"), Tone::Good),
            (Text::new("ukendt", "unknown"), Tone::Unknown),
        ];
        let limit = column("limit", "Grænse", "Limit", Kind::Text);
        columns.push(limit.toned(words.to_vec()));
    }
    if with_starts {
        columns.extend([
            column(
                "counted_with",
                "Tæller med nye",
                "Count with starts",
                Kind::Number,
            ),
            column(
                "out_of_with",
                "Nævner med nye",
                "Out of with starts",
                Kind::Number,
            ),
            column(
                "share_with",
                "Procent med nye",
                "Per cent with starts",
                Kind::Number,
            ),
        ]);
    }
    let mut rows = Vec::new();
    for each in series {
        for point in &each.points {
            rows.extend(point_rows(asked, each.measure, point, limited, with_starts));
        }
    }
    Table {
        rows,
        ..Table::new("forecast", Text::new("Fremskrivning", "Forecast"), columns)
    }
}

fn point_rows(
    asked: &Asked<'_>,
    measure: MeasureId,
    point: &Point,
    limited: bool,
    with_starts: bool,
) -> Vec<Vec<Cell>> {
    let version = measure_on(asked.model, measure, point.day);
    let (Some(counted), Some(version)) = (&point.counts, version) else {
        return Vec::new();
    };
    let limit = limit_on(asked.model, &version.body, point.day);
    let name = asked.model.measures.get(measure.0);
    let name = name.map_or("", |rule| rule.name.as_str());
    let with = point.with.as_ref();
    let with_groups: BTreeMap<_, _> = with
        .map(|with| with.in_order(asked.model, &version.body))
        .unwrap_or_default()
        .into_iter()
        .collect();
    let row = |group: Cell, counts: Counts, with: Option<Counts>| {
        let mut cells = vec![
            Cell::Word(name.to_owned(), Text::same(title(asked, measure))),
            Cell::Day(point.day),
            group,
            Cell::count(counts.counted),
            Cell::count(counts.out_of),
            share(counts),
            Cell::count(counts.unknown),
        ];
        if limited {
            cells.push(limit.map_or(Cell::Blank, |limit| kept(counts, limit)));
        }
        if with_starts {
            let with = with.unwrap_or(counts);
            cells.extend([
                Cell::count(with.counted),
                Cell::count(with.out_of),
                share(with),
            ]);
        }
        cells
    };
    let mut rows = vec![row(Cell::Blank, counted.all, with.map(|with| with.all))];
    for (group, counts) in counted.in_order(asked.model, &version.body) {
        let words = group.join(", ");
        let with = with_groups.get(&group).copied();
        let cell = Cell::Word(words.clone(), Text::same(words.replace('_', " ")));
        rows.push(row(cell, counts, with));
    }
    rows
}

/// Not known where some may or may not be counted.
fn share(counts: Counts) -> Cell {
    if counts.unknown > 0 {
        return Cell::Blank;
    }
    let (part, whole) = (i128::from(counts.counted), i128::from(counts.out_of));
    let doubled = part.saturating_mul(200_000).saturating_add(whole);
    let rounded = doubled.checked_div(whole.saturating_mul(2));
    rounded
        .and_then(|share| i64::try_from(share).ok())
        .map_or(Cell::Blank, Cell::Percent)
}

fn kept(counts: Counts, (order, percent): (Order, i64)) -> Cell {
    let (code, text) = match counts.keeps(order, percent) {
        Some(Truth::Yes) => ("overholdt", Text::new("overholdt", "kept")),
        Some(Truth::No) => ("ikke_overholdt", Text::new("ikke overholdt", "not kept")),
        Some(Truth::Unknown) => ("ukendt", Text::new("ukendt", "unknown")),
        None => return Cell::Blank,
    };
    Cell::Word(code.to_owned(), text)
}

/// How many start on each of the days.
pub(crate) fn plan(aim: &Aim) -> Table {
    let columns = vec![
        column("day", "Dag", "Day", Kind::Day),
        column("starts", "Begynder", "Start", Kind::Number),
        column("in_all", "I alt", "In all", Kind::Number),
    ];
    let mut in_all = 0_usize;
    let mut rows = Vec::new();
    for day in aim.plan.days() {
        let starts = aim
            .needed
            .starts
            .iter()
            .filter(|(_, on)| *on == day)
            .count();
        in_all = in_all.saturating_add(starts);
        rows.push(vec![
            Cell::Day(day),
            Cell::count(starts),
            Cell::count(in_all),
        ]);
    }
    Table {
        rows,
        ..Table::new("starts", Text::new("Begyndelser", "Starts"), columns)
    }
}

/// `højst 0 %`
pub(crate) fn target_words(target: Target, language: Language) -> String {
    let words = match target.order {
        Order::AtLeast => Text::new("mindst", "at least"),
        Order::AtMost => Text::new("højst", "at most"),
        Order::Under => Text::new("under", "under"),
        Order::Over => Text::new("over", "over"),
    };
    let sign = Text::new(" %", "%");
    let percent = thousandths(target.percent, language);
    format!("{} {percent}{}", words.get(language), sign.get(language))
}

/// What it takes, in a few lines.
pub(crate) fn told(asked: &Asked<'_>, aim: &Aim) -> String {
    let language = asked.session.language();
    let line = |(da, en): (String, String)| Text::new(da, en).get(language).to_owned() + "\n";
    let (target, needed) = (target_words(aim.target, language), &aim.needed);
    let by = day_text(aim.plan.by);
    let number = |number: u64| count(number, language);
    let counts = |counts: Counts| {
        let out_of = asked.session.say("af", "of");
        let unknown = match counts.unknown {
            0 => String::new(),
            unknown => format!(
                " ({} {})",
                number(unknown),
                asked.session.say("ukendt", "unknown")
            ),
        };
        format!(
            "{} {out_of} {}{unknown}",
            number(counts.counted),
            number(counts.out_of)
        )
    };
    let mut out = line((
        format!("Mål: {target} {}", by.da),
        format!("Target: {target} on {}", by.en),
    ));
    out += &line((
        format!("Uden nye den dag: {}", counts(needed.without)),
        format!("Without starts on that day: {}", counts(needed.without)),
    ));
    let starts = u64::try_from(needed.starts.len()).unwrap_or(u64::MAX);
    let first = aim.plan.days().into_iter().next().unwrap_or(aim.plan.by);
    out += &match needed.per_week {
        Some(0) => line((
            "Målet er nået, uden at nogen begynder.".to_owned(),
            "The target is reached without anyone starting.".to_owned(),
        )),
        Some(per_week) => line((
            format!(
                "Der skal begynde {} om ugen fra {}, {} i alt; så er det {}.",
                number(per_week),
                day_text(first).da,
                number(starts),
                counts(needed.with)
            ),
            format!(
                "{} must start each week from {}, {} in all; then it is {}.",
                number(per_week),
                day_text(first).en,
                number(starts),
                counts(needed.with)
            ),
        )),
        None => line((
            format!(
                "Målet kan ikke nås: begynder alle {}, som det hjælper, straks, er det {}.",
                number(needed.helped),
                counts(needed.with)
            ),
            format!(
                "The target cannot be reached: if all {} whom it helps start at once, it is {}.",
                number(needed.helped),
                counts(needed.with)
            ),
        )),
    };
    out + "\n"
}

/// What is assumed, and what a target takes.
pub(crate) fn notes(asked: &Asked<'_>, series: &[Series], aim: Option<&Aim>) -> Vec<(Text, Cell)> {
    let word = |da: &str, en: &str| Cell::Word(da.to_owned(), Text::new(da, en));
    let mut notes = vec![(
        Text::new("Forudsat", "Assumed"),
        word(
            "Intet nyt registreres: intet begynder efter dagen, det registrerede slutter som registreret, registrene er fuldstændige, som de er på dagen, og ingen kommer til. Hver dag bedømmes efter den dags lov.",
            "Nothing new is registered: nothing begins after the day, what is registered ends as registered, the registers are as complete as on the day, and nobody joins. Each day is judged by the law of that day.",
        ),
    )];
    for each in series {
        let version = measure_on(asked.model, each.measure, asked.day);
        let basis = version.and_then(|version| version.basis.as_ref());
        let basis = basis.map(ToString::to_string).unwrap_or_default();
        notes.push((Text::same(title(asked, each.measure)), Cell::text(basis)));
    }
    let Some(aim) = aim else { return notes };
    let target = |language| target_words(aim.target, language);
    let (da, en) = (target(Language::Danish), target(Language::English));
    let starts = u64::try_from(aim.needed.starts.len()).unwrap_or(u64::MAX);
    let per_week = aim.needed.per_week.map(Cell::count);
    notes.extend([
        (
            Text::new("Mål", "Target"),
            Cell::Word(da.clone(), Text::new(da, en)),
        ),
        (
            Text::new("Målet skal være nået", "To be reached by"),
            Cell::Day(aim.plan.by),
        ),
        (
            Text::new("Det, der begyndes", "What is begun"),
            Cell::text(&aim.row),
        ),
        (
            Text::new("Skal begynde om ugen", "Must start each week"),
            per_week.unwrap_or_else(|| word("kan ikke nås", "cannot be reached")),
        ),
        (Text::new("I alt", "In all"), Cell::count(starts)),
        (
            Text::new("Sådan er det regnet", "How it is worked out"),
            word(
                "De sager, som en begyndelse i den første uge ville hjælpe, begynder i nøglernes orden, lige mange hver syvende dag fra dagen efter, og bliver ved. Tallet er det mindste, hvormed målet er nået. En ukendt sag regnes aldrig for at opfylde målet.",
                "The cases that a start in the first week would help start in the order of their keys, equally many every seventh day from the day after, and go on. The number is the smallest with which the target is reached. An unknown case never counts towards the target.",
            ),
        ),
    ]);
    notes
}
