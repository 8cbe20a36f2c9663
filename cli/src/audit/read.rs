//! `hjemmel audit read`: a form that was filled, against the answers it was drawn from.

use super::form::Form;
use super::population::{Drawn, Population};
use super::question::{Question, Written, day_named};
use super::result::Outcome;
use super::words;
use crate::arguments::ReadArguments;
use crate::exit::{Exit, Failure};
use crate::run::provenance;
use crate::session::{Rules, Session};
use crate::{book, forecast, input, print, summary};
use hjemmel_engine::audit::{Audit, Line};
use hjemmel_engine::model::Model;
use hjemmel_engine::time::Day;
use hjemmel_extracts::codes::{NOT_FOUND, UNREADABLE};
use hjemmel_extracts::write::Provenance;
use hjemmel_extracts::{FilledLine, FormFile, Problem};
use hjemmel_grammar::diagnostic::Text;
use std::collections::BTreeMap;

/// Reads the form.
pub(crate) fn read(session: &Session, arguments: &ReadArguments) -> Result<Exit, Failure> {
    let as_of = input::optional_day("--as-of", arguments.as_of.as_deref())?;
    let known_on = arguments.data.known_on()?;
    let least = arguments.fail_under.as_deref().map(percent).transpose()?;
    let target = book::target(&arguments.book)?;
    let rules = session.rules(&arguments.rules.rules, hjemmel_engine::check_rules)?;
    let model = &rules.model;
    let file = FormFile::open(&arguments.form).map_err(|faults| unusable(session, &faults))?;
    let question = question(session, model, file.named(), (as_of, known_on))?;
    same(file.named(), "rule_set_hash", &rules.hash, &RULES)?;
    let extract = input::extract(session, &arguments.data, model)?;
    same(file.named(), "extract_hash", &extract.hash, &EXTRACT)?;
    let population = Population::of(session, model, &extract, &question);
    let drawn = population.sample(model, &question)?;
    let form = Form {
        model,
        extract: &extract,
        question: &question,
        population: &population,
        drawn: &drawn,
        answers: true,
    };
    let filled = file.lines(&form.expected());
    let filled = filled.map_err(|faults| unusable(session, &faults))?;
    for problem in &filled.problems {
        print::err(&(problem.render(session.language()) + "\n"));
    }
    let outcome = Outcome {
        session,
        form: &form,
        audit: audit(model, &question, &population, (&drawn, &filled.lines)),
        filled: &filled.lines,
    };
    let provenance = made_by(&rules, &extract.hash, &question);
    let mut out = outcome.text();
    if let Some(target) = target {
        let found = outcome.book(provenance.clone());
        let data = &arguments.data.path;
        out += &book::write(session, &arguments.book, data, target, &found)?;
    }
    out += &summary::rests_on(session, &provenance);
    print::out(&out)?;
    Ok(if least.is_none_or(|least| outcome.is_enough(least)) {
        Exit::Done
    } else {
        Exit::Findings
    })
}

fn made_by(rules: &Rules, extract: &str, question: &Question) -> Provenance {
    Provenance {
        as_of: Some(question.day),
        question: question.written.named(),
        ..provenance(rules, extract, question.known_on)
    }
}

/// The lines with both answers, and what each of them stands for.
fn audit(
    model: &Model,
    question: &Question,
    population: &Population,
    (drawn, filled): (&[Drawn], &[FilledLine]),
) -> Audit {
    let line = |(drawn, filled): (&Drawn, &FilledLine)| {
        let rule = drawn.answer.rule;
        let answers = words::answers(model, rule, question.day);
        let given = filled.answer.and_then(|at| answers.get(at));
        Line {
            case: drawn.answer.case,
            rule,
            stratum: drawn.stratum,
            engine: drawn.answer.state.clone(),
            reviewer: given.map(|answer| answer.state.clone()),
        }
    };
    let lines = drawn.iter().zip(filled).map(line).collect();
    let strata = population.strata.iter();
    let definite = strata.map(|stratum| stratum.definite()).collect();
    Audit::new(lines, definite, question.written.whole_cases)
}

/// What the form was drawn by; the days on the command line must be its own.
fn question(
    session: &Session,
    model: &Model,
    named: &BTreeMap<String, String>,
    (as_of, known_on): (Option<Day>, Option<Day>),
) -> Result<Question, Failure> {
    let (Some(written), Some(day)) = (Written::of_named(named), day_named(named, "as_of")?) else {
        return Err(Failure::new(
            Exit::Data,
            "skemaet siger ikke, hvordan det blev trukket, eller blev trukket på en anden måde end nu",
            "the form does not say how it was drawn, or was drawn in another way than now",
        )
        .hint(
            "læs det med det program, der skrev det, eller træk en ny stikprøve",
            "read it by the program that wrote it, or draw a new sample",
        ));
    };
    let its = day_named(named, "known_on")?;
    for (flag, asked, its) in [("--as-of", as_of, Some(day)), ("--known-on", known_on, its)] {
        if let Some(asked) = asked.filter(|asked| Some(*asked) != its) {
            let its = its.map_or_else(
                || Text::new(format!("uden {flag}"), format!("without {flag}")),
                |its| Text::new(format!("med {its}"), format!("with {its}")),
            );
            return Err(Failure::usage(
                format!("{flag} {asked}: skemaet er trukket {}", its.da),
                format!("{flag} {asked}: the form was drawn {}", its.en),
            )
            .hint(
                format!("udelad {flag}: skemaet husker det selv"),
                format!("leave {flag} out: the form remembers it"),
            ));
        }
    }
    let (wrote, reads) = (named.get("engine_version"), env!("CARGO_PKG_VERSION"));
    if wrote.is_some_and(|wrote| wrote != reads) {
        session.warn(&Text::new(
            "skemaet er skrevet af en anden udgave af programmet; svarene kan være andre",
            "the form was written by another version of the program; answers may be others",
        ));
    }
    Question::new(model, day, its, written)
}

/// What is called by a hash.
struct Hashed {
    da: &'static str,
    en: &'static str,
}

const RULES: Hashed = Hashed {
    da: "andre regler",
    en: "other rules",
};
const EXTRACT: Hashed = Hashed {
    da: "et andet udtræk",
    en: "another extract",
};

/// The form must have been drawn from the same.
fn same(
    named: &BTreeMap<String, String>,
    name: &str,
    here: &str,
    what: &Hashed,
) -> Result<(), Failure> {
    let its = named.get(name).map_or("", String::as_str);
    if its == here {
        return Ok(());
    }
    let short = |hash: &str| {
        let hash = hash.chars().filter(char::is_ascii_hexdigit);
        hash.take(12).collect::<String>()
    };
    let (its, here) = (short(its), short(here));
    Err(Failure::usage(
        format!("skemaet er trukket af {} ({its}) end her ({here})", what.da),
        format!(
            "the form was drawn from {} ({its}) than here ({here})",
            what.en
        ),
    )
    .hint(
        "læs det med de regler og det udtræk, det blev trukket af, eller træk en ny stikprøve",
        "read it by the rules and the extract that it was drawn from, or draw a new sample",
    ))
}

/// A form that cannot be used: nothing is counted.
fn unusable(session: &Session, problems: &[Problem]) -> Failure {
    for problem in problems {
        print::err(&(problem.render(session.language()) + "\n"));
    }
    let codes = [NOT_FOUND, UNREADABLE];
    let input = problems.iter().any(|problem| codes.contains(&problem.code));
    Failure::new(
        if input { Exit::Io } else { Exit::Data },
        "skemaet kan ikke bruges; intet er talt",
        "the form cannot be used; nothing has been counted",
    )
}

/// `95` or `97,5` in thousandths.
fn percent(text: &str) -> Result<i64, Failure> {
    let found = forecast::thousandths(text.trim().trim_end_matches('%').trim());
    found
        .filter(|it| (0..=100_000).contains(it))
        .ok_or_else(|| {
            let shown = print::harmless(text);
            Failure::usage(
                format!("--fail-under {shown}: ikke et tal fra 0 til 100"),
                format!("--fail-under {shown}: not a number from 0 to 100"),
            )
        })
}
