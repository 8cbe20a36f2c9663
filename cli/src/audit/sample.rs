//! `hjemmel audit sample`: draws the sample and writes the form.

use super::form::Form;
use super::population::Population;
use super::question::{Question, Written};
use crate::arguments::{CsvFor, SampleArguments};
use crate::exit::{Exit, Failure};
use crate::run::{no_law, not_written, provenance};
use crate::session::Session;
use crate::{book, input, language, print, summary};
use hjemmel_engine::evaluate::subjects;
use hjemmel_extracts::write::Provenance;
use hjemmel_grammar::diagnostic::Text;
use hjemmel_reports::terminal::text;
use hjemmel_reports::{CsvStyle, FormKind};
use std::path::Path;

/// Draws the sample.
pub(crate) fn sample(session: &Session, arguments: &SampleArguments) -> Result<Exit, Failure> {
    let day = arguments.day.day()?;
    let known_on = arguments.data.known_on()?;
    let kind = kind(&arguments.out, arguments.csv)?;
    let rules = session.rules(&arguments.rules.rules, hjemmel_engine::check_rules)?;
    let model = &rules.model;
    if !subjects(model).iter().any(|rule| model.spans(*rule, day)) {
        return Err(no_law(day));
    }
    let question = Question::new(model, day, known_on, written(arguments))?;
    let extract = input::judged_extract(session, &arguments.data, model, day, known_on)?;
    let population = Population::of(session, model, &extract, &question);
    let drawn = population.sample(model, &question)?;
    warn_if_all(session, &population, &question);
    let form = Form {
        model,
        extract: &extract,
        question: &question,
        population: &population,
        drawn: &drawn,
        answers: arguments.show_answer,
    };
    let mut named = question.written.named();
    if matches!(kind, FormKind::Csv(_)) {
        // A workbook has them as a table.
        named.extend(form.strata_named());
    }
    let provenance = Provenance {
        as_of: Some(day),
        question: named,
        ..provenance(&rules, &extract.hash, known_on)
    };
    let options = session.save_options(arguments.overwrite, Some(&arguments.data.path));
    let questionnaire = form.questionnaire(provenance.clone());
    book::shows_persons(&questionnaire.lines);
    let saved = questionnaire.save(&arguments.out, kind, session.language(), options);
    saved.map_err(|error| not_written(&error))?;
    let mut out = told(session, &form);
    out += &wrote(session, arguments, kind, drawn.len());
    out += &summary::rests_on(session, &provenance);
    print::out(&out)?;
    Ok(Exit::Done)
}

fn written(arguments: &SampleArguments) -> Written {
    Written {
        rules: arguments.rule.clone(),
        states: arguments.states.clone(),
        uncovered: arguments.uncovered,
        stratify: arguments.stratify.clone(),
        equal: arguments.equal,
        whole_cases: arguments.whole_cases,
        size: arguments.size,
        seed: arguments.seed,
    }
}

/// The kind of form that a file's name asks for.
fn kind(path: &Path, csv: Option<CsvFor>) -> Result<FormKind, Failure> {
    let ending = path.extension().and_then(|ending| ending.to_str());
    let shown = print::path(path);
    match (ending, csv) {
        (Some("xlsx"), None) => Ok(FormKind::Xlsx),
        (Some("xlsx"), Some(_)) => Err(Failure::usage(
            format!("--csv gælder kun en fil, der ender på .csv, ikke {shown}"),
            format!("--csv is only for a file that ends in .csv, not {shown}"),
        )),
        (Some("csv"), Some(CsvFor::Da)) => Ok(FormKind::Csv(CsvStyle::People)),
        (Some("csv"), _) => Ok(FormKind::Csv(CsvStyle::Machine)),
        _ => Err(Failure::usage(
            format!("--out {shown}: navnet skal ende på .xlsx eller .csv"),
            format!("--out {shown}: the name must end in .xlsx or .csv"),
        )),
    }
}

fn warn_if_all(session: &Session, population: &Population, question: &Question) {
    let (size, wanted) = (population.size(), question.written.size);
    if size < wanted {
        session.warn(&Text::new(
            format!("der er kun {size} at trække af: alle er med"),
            format!("there are only {size} to draw from: all of them are in it"),
        ));
    }
}

/// What was drawn, stratum by stratum.
fn told(session: &Session, form: &Form<'_>) -> String {
    let language = session.language();
    let paint = print::Paint {
        on: print::colour_on_stdout(),
    };
    let (told, day) = (form.told(), language::day_text(form.question.day));
    let head = Text::new(
        format!("Stikprøve pr. {}: {}", day.da, told.da),
        format!("Audit sample as of {}: {}", day.en, told.en),
    );
    let mut out = format!("{}\n\n", paint.bold(head.get(language)));
    out += &text(&form.account(), language, usize::MAX, &[]);
    out + "\n"
}

fn wrote(session: &Session, arguments: &SampleArguments, kind: FormKind, lines: usize) -> String {
    let lines = u64::try_from(lines).unwrap_or(u64::MAX);
    let beside = match kind {
        FormKind::Csv(_) => session.say(
            "; skal den læses tilbage, hører dens .provenance.json med",
            "; to read it back, its .provenance.json belongs with it",
        ),
        FormKind::Xlsx => "",
    };
    let blind = if arguments.show_answer {
        session.say("med systemets svar", "with the system's answers")
    } else {
        session.say("uden systemets svar", "without the system's answers")
    };
    format!(
        "{}: {} ({} {}, {blind}){beside}\n",
        session.say("Skrevet", "Written"),
        print::path(&arguments.out),
        language::count(lines, session.language()),
        session.say("linjer", "lines"),
    )
}
