//! `--trace`: the rules and counts behind one figure of the memo, and never a person.

use super::asked::Asked;
use super::figures::{Figure, Figures, PARTS, Source};
use super::rules::{kind, stands};
use crate::exit::Failure;
use crate::language::{day_text, period};
use crate::print::{self, Paint};
use crate::summary;
use hjemmel_engine::coverage::footing;
use hjemmel_extracts::write::Provenance;
use hjemmel_grammar::diagnostic::Text;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// How many ids are offered where there is none such.
const OFFERED: usize = 5;

/// What is told of the figure of that id.
pub(crate) fn text(
    asked: &Asked<'_>,
    figures: &Figures,
    id: &str,
    provenance: &Provenance,
) -> Result<String, Failure> {
    let figure = figures.named(id).ok_or_else(|| no_such(figures, id))?;
    let paint = Paint {
        on: print::colour_on_stdout(),
    };
    let session = asked.session;
    let language = session.language();
    let mut out = paint.bold(figures.id(figure)) + "\n";
    let _ = writeln!(
        out,
        "{}: {}\n",
        figures.label(figure).get(language),
        figures.text(figure, language)
    );
    out += &counts(asked, figures, figure);
    let source = figures.source(figure);
    out += &days(asked, source);
    if let Some((what, day)) = source.and_then(stands) {
        let _ = writeln!(
            out,
            "{}",
            session.say("Reglerne bag", "The rules behind it")
        );
        for rule in footing(asked.model(), what, day) {
            let sources = &asked.rules.sources;
            let line = print::range(sources, rule.site).0.line;
            let title = rule
                .title
                .map_or(String::new(), |title| format!(" »{title}«"));
            let _ = writeln!(
                out,
                "  {} {}{title}  {}",
                kind(rule.kind).get(language),
                rule.name,
                paint.dim(&format!("{}:{line}", sources.path(rule.site.file)))
            );
            let basis = rule.basis.map(ToString::to_string).unwrap_or_default();
            let _ = writeln!(out, "    {} · {basis}", period(rule.days, language));
            if let Some(reason) = rule.unverified {
                let word = session.say("ubekræftet", "unverified");
                let _ = writeln!(out, "    {word}: {reason}");
            }
        }
        out.push('\n');
    }
    let rules = session.say("Regler", "Rules");
    let extract = session.say("udtræk", "extract");
    let _ = writeln!(out, "{rules}  {}", provenance.rule_set_hash);
    let _ = writeln!(
        out,
        "{} {}",
        super::series::capital(extract),
        provenance.extract_hash
    );
    out += &summary::approval(session, provenance);
    out += &persons(asked, source);
    Ok(out)
}

/// The counts that the figure belongs to, or is one of.
fn counts(asked: &Asked<'_>, figures: &Figures, figure: Figure) -> String {
    let id = figures.id(figure);
    let Some((base, last)) = id.rsplit_once('/') else {
        return String::new();
    };
    if !PARTS.contains(&last) {
        return String::new();
    }
    let session = asked.session;
    let mut out = String::new();
    let words = [
        ("tæller", "count"),
        ("nævner", "out of"),
        ("andel", "share"),
        ("ukendt", "unknown"),
    ];
    for (part, (da, en)) in PARTS.iter().zip(words) {
        if let Some(figure) = figures.named(&format!("{base}/{part}")) {
            let word = session.say(da, en);
            let _ = writeln!(
                out,
                "  {word:<8} {}",
                figures.text(figure, session.language())
            );
        }
    }
    out + "\n"
}

/// The law of which day, and what was known.
fn days(asked: &Asked<'_>, source: Option<&Source>) -> String {
    let session = asked.session;
    let language = session.language();
    let day = match source {
        Some(
            Source::Measure(_, day)
            | Source::Forecast(_, day)
            | Source::Answer(_, day)
            | Source::Exemption(_, day),
        ) => *day,
        _ => asked.day,
    };
    let law = day_text(asked.model().law_on(day));
    let mut out = Text::new(
        format!("Loven den {}.", law.da),
        format!("The law of {}.", law.en),
    )
    .get(language)
    .to_owned();
    out += match asked.known_on.map(day_text) {
        Some(known) => Text::new(
            format!(" Brugt er, hvad der var registreret {}.", known.da),
            format!(" Used is what was registered by {}.", known.en),
        ),
        None => Text::new(
            " Alt registreret er brugt.",
            " Everything registered is used.",
        ),
    }
    .get(language);
    if matches!(source, Some(Source::Forecast(..))) {
        out += session.say(
            " Fremskrevet uden nye registreringer.",
            " Forecast without anything new.",
        );
    }
    out + "\n\n"
}

/// The command that lists the persons, where they may be listed.
fn persons(asked: &Asked<'_>, source: Option<&Source>) -> String {
    let quoted = |word: &str| {
        let plain = |c: char| c.is_alphanumeric() || "/._-:\\".contains(c);
        if word.chars().all(plain) {
            word.to_owned()
        } else {
            format!("\"{word}\"")
        }
    };
    let rules: Vec<String> = asked.named.iter().map(|path| quoted(path)).collect();
    let (rules, data) = (rules.join(" "), quoted(&asked.data));
    let known = asked
        .known_on
        .map(|day| format!(" --known-on {day}"))
        .unwrap_or_default();
    let command = match source {
        Some(Source::Extract) => format!("hjemmel extract check {data} {rules}"),
        Some(Source::Measure(_, day) | Source::Answer(_, day) | Source::Exemption(_, day)) => {
            format!("hjemmel run {rules} --data {data} --as-of {day}{known} --out svar.csv")
        }
        Some(Source::Forecast(..)) => format!(
            "hjemmel worklist {rules} --data {data} --as-of {}{known} --out liste.xlsx",
            asked.day
        ),
        Some(Source::Published(source)) => {
            let word = asked.session.say("Offentliggjort i", "Published in");
            return format!("\n{word}: {source}\n");
        }
        None => String::new(),
    };
    let word = asked.session.say(
        "Personerne bag, kun lokalt",
        "The persons behind it, locally only",
    );
    format!("\n{word}:\n  {command}\n")
}

fn no_such(figures: &Figures, id: &str) -> Failure {
    let mut known: Vec<&str> = figures.all().map(|figure| figures.id(figure)).collect();
    // Most alike in three letters each, whatever their order.
    known.sort_by_key(|known| Reverse(alike(id, known)));
    let near: Vec<&str> = known.into_iter().take(OFFERED).collect();
    let (shown, near) = (print::harmless(id), near.join("\n    "));
    Failure::usage(
        format!("notatet har intet tal med id {shown}"),
        format!("the memo has no figure with the id {shown}"),
    )
    .hint(
        format!("de nærmeste er\n    {near}"),
        format!("the nearest are\n    {near}"),
    )
}

/// How much two ids are alike: of the triples of letters that either has, how many both have, in
/// thousandths.
fn alike(one: &str, other: &str) -> usize {
    let triples = |text: &str| -> BTreeSet<Vec<char>> {
        let letters: Vec<char> = text.to_lowercase().chars().collect();
        letters.windows(3).map(<[char]>::to_vec).collect()
    };
    let (one, other) = (triples(one), triples(other));
    let both = one.intersection(&other).count().saturating_mul(1000);
    both.checked_div(one.union(&other).count())
        .unwrap_or_default()
}
