//! `hjemmel run`: judges every case of an extract; a summary for people, a row for each case and
//! rule in a file.

use crate::account::journal;
use crate::arguments::RunArguments;
use crate::exit::{Exit, Failure};
use crate::judged::{self, Answers};
use crate::overrides::Overrides;
use crate::session::{Rules, Session};
use crate::{bug, input, print, summary, timeline};
use hjemmel_engine::evaluate::{subject_name, subjects};
use hjemmel_engine::explain::missing_fact;
use hjemmel_engine::model::{Basis, BasisKind, Model};
use hjemmel_engine::outcome::{Due, Ground, MissingFact, Outcome, StateRun};
use hjemmel_engine::personal::Personal;
use hjemmel_engine::time::Day;
use hjemmel_extracts::Extract;
use hjemmel_extracts::write::{Format, OutcomeRow, Provenance, ResultRow};
use hjemmel_extracts::{WriteError, save};
use hjemmel_grammar::diagnostic::{Language, Text};
use std::path::Path;

/// Judges all cases.
pub(crate) fn run(session: &Session, arguments: &RunArguments) -> Result<Exit, Failure> {
    let known_on = arguments.data.known_on()?;
    let as_of = input::optional_day("--as-of", arguments.as_of.as_deref())?;
    let format = arguments.out.as_deref().map(format_of).transpose()?;
    let target = arguments.out.as_deref().zip(format);
    match as_of {
        Some(day) => one_day(session, arguments, target, day, known_on),
        None => timeline::run(session, arguments, target, known_on),
    }
}

/// The format that a file's name asks for.
pub(crate) fn format_of(path: &Path) -> Result<Format, Failure> {
    let ending = path.extension().and_then(|extension| extension.to_str());
    ending.and_then(Format::of_ending).ok_or_else(|| {
        let shown = print::path(path);
        Failure::usage(
            format!("--out {shown}: navnet skal ende på .csv, .json, .parquet eller .arrow"),
            format!("--out {shown}: the name must end in .csv, .json, .parquet or .arrow"),
        )
    })
}

fn one_day(
    session: &Session,
    arguments: &RunArguments,
    target: Option<(&Path, Format)>,
    day: Day,
    known_on: Option<Day>,
) -> Result<Exit, Failure> {
    let rules = session.rules(&arguments.rules.rules, hjemmel_engine::check_rules)?;
    if !subjects(&rules.model)
        .iter()
        .any(|rule| rules.model.spans(*rule, day))
    {
        return Err(no_law(day));
    }
    let extract = input::judged_extract(session, &arguments.data, &rules.model, day, known_on)?;
    let answers = judged::judge(&rules.model, &extract.cases, day, known_on);
    let tallies =
        judged::tallies(&rules.model, &extract.cases, &answers).ok_or_else(not_conserved)?;
    for (subject, tally) in &tallies {
        let states = tally.states.iter();
        let states = states.map(|(state, persons)| (state.name().to_owned(), *persons));
        journal::states(subject_name(&rules.model, *subject), states.collect());
    }
    let overrides = Overrides::of(
        session,
        arguments.decided.overrides.as_deref(),
        &arguments.data.path,
        (&rules.model, &extract),
        known_on,
    )?;
    let provenance = Provenance {
        as_of: Some(day),
        overrides_hash: overrides.hash.clone(),
        ..provenance(&rules, &extract.hash, known_on)
    };
    let mut out = summary::Summary {
        session,
        model: &rules.model,
        extract: &extract,
        answers: &answers,
        tallies: &tallies,
        day,
        known_on,
    }
    .render();
    if let Some((path, format)) = target {
        let rows = rows(&rules.model, &extract, &answers, (&overrides, day));
        let judged: usize = answers
            .iter()
            .map(|answer| answer.outcomes.iter().flatten().count())
            .sum();
        if rows.len() != judged {
            return Err(not_conserved());
        }
        journal::persons(|| extract.cases.iter().map(|case| case.id.reveal()));
        out += &write(session, arguments, path, format, &provenance, &rows)?;
    }
    out += &beside(session, &overrides, &extract, (&answers, day));
    out += &summary::rests_on(session, &provenance);
    print::out(&out)?;
    let unknown = answers.iter().any(Answers::any_unknown);
    Ok(if unknown && arguments.fail_on_unknown {
        Exit::Findings
    } else {
        Exit::Done
    })
}

/// No rule is part of the law that day: nobody can be judged by another day's.
pub(crate) fn no_law(day: Day) -> Failure {
    let text = |language| crate::language::day(day, language);
    Failure::usage(
        format!(
            "ingen regel er en del af loven {}; ingen er bedømt",
            text(Language::Danish)
        ),
        format!(
            "no rule is part of the law on {}; nobody has been judged",
            text(Language::English)
        ),
    )
    .hint(
        "vælg en dag, hvor reglerne gælder, eller tilføj en version af dem",
        "choose a day on which the rules are in force, or add a version of them",
    )
}

/// What the results of a run rest on.
pub(crate) fn provenance(rules: &Rules, extract_hash: &str, known_on: Option<Day>) -> Provenance {
    Provenance {
        rule_set_hash: rules.hash.clone(),
        extract_hash: extract_hash.to_owned(),
        engine_version: env!("CARGO_PKG_VERSION").to_owned(),
        approval: rules.approval.clone(),
        known_on,
        ..Provenance::default()
    }
}

/// Writes the file, and says so.
pub(crate) fn write<R: ResultRow>(
    session: &Session,
    arguments: &RunArguments,
    path: &Path,
    format: Format,
    provenance: &Provenance,
    rows: &[R],
) -> Result<String, Failure> {
    let options = session.save_options(arguments.overwrite, Some(&arguments.data.path));
    save(path, format, provenance, rows, options).map_err(|error| not_written(&error))?;
    let rows = u64::try_from(rows.len()).unwrap_or(u64::MAX);
    Ok(written(session, path, rows, format))
}

/// A result file that could not be written.
pub(crate) fn not_written(error: &WriteError) -> Failure {
    let exit = match error.is_usage() {
        true => Exit::Usage,
        false => Exit::Io,
    };
    Failure {
        exit,
        message: Some(error.message()),
        hint: None,
    }
}

/// What is said of a file that was written.
pub(crate) fn written(session: &Session, path: &Path, rows: u64, format: Format) -> String {
    let shown = print::path(path);
    let rows = crate::language::count(rows, session.language());
    let beside = match format {
        Format::Csv => session.say(
            ", og hvad den hviler på, i .provenance.json ved siden af",
            ", and what it rests on in .provenance.json beside it",
        ),
        Format::Json | Format::Parquet | Format::Arrow => "",
    };
    let (written, words) = (
        session.say("Skrevet", "Written"),
        session.say("rækker", "rows"),
    );
    format!("{written}: {shown} ({rows} {words}){beside}\n")
}

/// How many answers have a registered decision beside them that is another; nothing is counted by it.
fn beside(
    session: &Session,
    overrides: &Overrides,
    extract: &Extract,
    (answers, day): (&[Answers], Day),
) -> String {
    if !overrides.is_given() {
        return String::new();
    }
    let cases = extract.cases.iter().zip(answers);
    let outcomes = cases.flat_map(|(case, answer)| {
        let outcomes = answer.outcomes.iter().flatten();
        outcomes.map(move |outcome| (&case.id, outcome))
    });
    let (mut all, mut other) = (0_u64, 0_u64);
    for (case, outcome) in outcomes {
        if let Some(decided) = overrides.on(case, outcome.subject, day) {
            all = all.saturating_add(1);
            other = other.saturating_add(u64::from(decided.state != outcome.run.state));
        }
    }
    let (all, other) = (
        crate::language::count(all, session.language()),
        crate::language::count(other, session.language()),
    );
    match session.language() {
        Language::Danish => format!(
            "Registrerede afgørelser ved siden af svarene: {all}, heraf {other} med en anden tilstand; intet tal er ændret af dem\n"
        ),
        Language::English => format!(
            "Registered decisions beside the answers: {all}, {other} of them with another state; no count is changed by them\n"
        ),
    }
}

/// A row for each case and rule that is part of the law, in the order of the cases.
fn rows(
    model: &Model,
    extract: &Extract,
    answers: &[Answers],
    (overrides, day): (&Overrides, Day),
) -> Vec<OutcomeRow> {
    let cases = extract.cases.iter().zip(answers);
    let row = |case: &Personal, outcome: &Outcome| {
        let Told {
            ground,
            basis,
            missing,
        } = told(model, extract, &outcome.run);
        let decided = overrides.on(case, outcome.subject, day);
        OutcomeRow {
            override_state: decided.map_or_else(String::new, |it| it.state.name().to_owned()),
            override_by: decided.map_or_else(String::new, |it| it.by.clone()),
            override_registered: decided.map(|it| it.registered),
            case: case.clone(),
            rule: subject_name(model, outcome.subject).to_owned(),
            state: outcome.run.state.name().to_owned(),
            since: outcome.since,
            until: outcome.until,
            due: outcome.run.due.and_then(Due::certain),
            ground,
            basis,
            missing,
        }
    };
    cases
        .flat_map(|(case, answer)| {
            answer
                .outcomes
                .iter()
                .flatten()
                .map(move |outcome| (&case.id, outcome))
        })
        .map(|(case, outcome)| row(case, outcome))
        .collect()
}

/// What decided a state, on which provisions, and what is missing: in files always in Danish, as
/// the states are, so that the same rules and data give the same bytes.
pub(crate) struct Told {
    pub(crate) ground: String,
    pub(crate) basis: String,
    pub(crate) missing: String,
}

pub(crate) fn told(model: &Model, extract: &Extract, run: &StateRun) -> Told {
    let names: Vec<&str> = run
        .grounds
        .iter()
        .map(|ground| ground.name.as_str())
        .collect();
    let missing = |fact: &MissingFact| missing_fact(model, fact, |source| extract.place(source)).da;
    let missing: Vec<String> = run.missing.iter().map(missing).collect();
    Told {
        ground: names.join("; "),
        basis: provisions(run).join("; "),
        missing: missing.join("; "),
    }
}

/// The provisions of a rule and of what decided, each once.
pub(crate) fn provisions(run: &StateRun) -> Vec<String> {
    let grounds = run
        .grounds
        .iter()
        .filter_map(|Ground { basis, .. }| basis.as_ref());
    let mut found: Vec<String> = Vec::new();
    for basis in run.basis.iter().chain(grounds) {
        for provision in provisions_of(basis) {
            if !found.contains(&provision) {
                found.push(provision);
            }
        }
    }
    found
}

/// What a basis names, each as it is cited.
pub(crate) fn provisions_of(basis: &Basis) -> Vec<String> {
    match &basis.kind {
        BasisKind::Source(source) => vec![source.to_string()],
        BasisKind::Provisions(provisions) => provisions.iter().map(ToString::to_string).collect(),
    }
}

/// Somebody was lost, or counted twice. Nothing is written.
pub(crate) fn not_conserved() -> Failure {
    let text = Text::new(
        "personerne i udtrækket og i resultatet stemmer ikke; intet resultat er skrevet",
        "the persons of the extract and of the result do not agree; no result has been written",
    );
    Failure {
        message: Some(text),
        ..bug()
    }
}
