//! The shipped Danish rules over many persons and five years: every duty, classification and warning.

use crate::measure::{Cost, measure};
use hjemmel_engine::case::Case;
use hjemmel_engine::check_rules;
use hjemmel_engine::columns::Batch;
use hjemmel_engine::evaluate::{Evaluation, subjects};
use hjemmel_engine::model::Model;
use hjemmel_engine::plan::{Plan, Question};
use hjemmel_engine::time::{Day, Period};
use hjemmel_extracts::Options;
use hjemmel_grammar::Sources;
use hjemmel_grammar::diagnostic::Language;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The project's folder.
fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The rule files of a folder and of those in it.
fn add(sources: &mut Sources, folder: &Path) -> std::io::Result<()> {
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        paths.push(entry?.path());
    }
    paths.sort();
    for path in paths {
        if path.is_dir() {
            add(sources, &path)?;
        } else if path.extension().is_some_and(|it| it == "regel") {
            sources.add(path.display().to_string(), std::fs::read_to_string(&path)?);
        }
    }
    Ok(())
}

/// The shipped rules, and the invented persons of Helsingør over and over until there are so many.
fn population(persons: usize) -> Result<(Model, Vec<Case>), String> {
    let mut sources = Sources::new();
    add(&mut sources, &project().join("rules")).map_err(|error| error.to_string())?;
    let model = check_rules(&sources).model;
    let folder = project().join("tests/helsingor/udtræk");
    let read = hjemmel_extracts::read(&folder, &model, &Options::default());
    let cases = read
        .map_err(|refused| refused.render(Language::English))?
        .cases;
    let cases: Vec<Case> = cases.iter().cycle().take(persons).cloned().collect();
    Ok((model, cases))
}

/// What it costs, in one thread: the plan made anew, then the batch asked.
///
/// # Errors
///
/// The rules or the extract cannot be read.
pub fn shipped(persons: usize, runs: usize) -> Result<String, String> {
    let (model, cases) = population(persons)?;
    let subjects = subjects(&model);
    let batch = Batch::from_cases(&model, &cases).map_err(|error| error.to_string())?;
    let day = |year, month, day| Day::from_ymd(year, month, day).unwrap_or(Day::FIRST);
    let window = Period::inclusive(day(2013, 1, 1), day(2017, 12, 31));
    let known_on = None;
    let question = Question { window, known_on };
    let load = || Ok::<_, String>(Plan::new(&model, &subjects, question));
    let (columnar, runs_of_days) = measure(runs, load, |plan| {
        let parts = plan.answer_in_parts(&batch, 1, |_, answers| {
            answers
                .iter()
                .map(|answer| answer.days.len())
                .sum::<usize>()
        });
        Ok(parts.into_iter().sum::<usize>())
    })?;
    let few: Vec<&Case> = cases.iter().take(200).collect();
    let (readable, _) = measure(
        1,
        || Ok::<_, String>(()),
        |()| {
            let runs = few.iter().map(|case| {
                let evaluation = Evaluation::new(&model, case, known_on);
                let each = subjects.iter();
                each.map(|subject| evaluation.history(*subject, window).len())
                    .sum::<usize>()
            });
            Ok(runs.sum::<usize>())
        },
    )?;
    let each = |cost: Cost, persons: usize| cost.cpu / u64::try_from(persons).unwrap_or(u64::MAX);
    let mut said = String::new();
    let rows: usize = batch.tables().iter().map(|table| table.rows()).sum();
    let _ = writeln!(
        said,
        "{persons} persons, {rows} rows, {} rules, 2013-2017: {runs_of_days} dated states\n\
         plan {} ms; all states {} ms of one processor, {} ns a person; the readable evaluator {} ns",
        subjects.len(),
        columnar.load.cpu / 1_000_000,
        columnar.evaluation.cpu / 1_000_000,
        each(columnar.evaluation, persons),
        each(readable.evaluation, few.len()),
    );
    Ok(said)
}
