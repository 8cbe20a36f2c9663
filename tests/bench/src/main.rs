//! The benchmark's commands: `report` does all; `generate` and `measure` are its parts.

use hjemmel_bench::measure::measure;
use hjemmel_bench::reference::Reference;
use hjemmel_bench::report::{Options, agree, table};
use hjemmel_bench::workload::Question;
use hjemmel_bench::{csv, generate, hand_loop, reference};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "\
hjemmel-bench report [--cases N] [--seed N] [--runs N] [--python PYTHON] [--without-engine] [--folder FOLDER]
hjemmel-bench generate CASES SEED FOLDER
hjemmel-bench measure loop|engine q1|q2|q3|q4 EXTRACT RUNS ANSWER_FILE";

/// Agreement is checked on so many cases, however many are timed.
const COMPARED: usize = 10_000;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["report", options @ ..] => report(options),
        ["generate", cases, seed, folder] => {
            write(cases.parse().ok(), seed.parse().ok(), Path::new(folder))
        }
        ["measure", name, question, extract, runs, answer] => measured(
            name,
            question,
            Path::new(extract),
            runs.parse().unwrap_or(7),
            Path::new(answer),
        ),
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(said) => {
            println!("{said}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn write(cases: Option<usize>, seed: Option<u64>, folder: &Path) -> Result<String, String> {
    let (Some(cases), Some(seed)) = (cases, seed) else {
        return Err(USAGE.to_owned());
    };
    let columns = generate::generate(cases, seed);
    csv::write(&columns, folder).map_err(|error| error.to_string())?;
    Ok(format!("{cases} cases, {} rows", columns.rows()))
}

/// Measures one of our own, and writes its answer.
fn measured(
    name: &str,
    question: &str,
    extract: &Path,
    runs: usize,
    file: &Path,
) -> Result<String, String> {
    let question = Question::named(question).ok_or(USAGE)?;
    let (costs, answer) = match name {
        "loop" => measure(
            runs,
            || match csv::read(extract) {
                Ok(columns) => Ok((columns, hand_loop::Tables::default())),
                Err(error) => Err(error.to_string()),
            },
            |(columns, tables)| Ok(hand_loop::answer(columns, tables, question)),
        )?,
        "engine" => {
            let engine = Reference::new().ok_or("workload.regel does not check")?;
            measure(
                runs,
                || reference::read(extract, engine.model()),
                |cases| engine.answer(cases, question).ok_or("ukendt".to_owned()),
            )?
        }
        _ => return Err(USAGE.to_owned()),
    };
    std::fs::write(file, answer.text()).map_err(|error| error.to_string())?;
    Ok(costs.to_string())
}

fn report(words: &[&str]) -> Result<String, String> {
    let options = options(words).ok_or(USAGE)?;
    let extract = options.folder.join("extract");
    let fewer = Options {
        cases: options.cases.min(COMPARED),
        ..options.clone()
    };
    write(Some(fewer.cases), Some(options.seed), &extract)?;
    agree(&fewer)?;
    eprintln!("all agree on {} cases", fewer.cases);
    let written = write(Some(options.cases), Some(options.seed), &extract)?;
    Ok(format!(
        "{written}, seed {}; medians of {} runs\n\n{}",
        options.seed,
        options.runs,
        table(&options)?
    ))
}

fn options(words: &[&str]) -> Option<Options> {
    let mut options = Options {
        cases: 100_000,
        seed: 2017,
        runs: 7,
        python: None,
        engine: true,
        folder: std::env::temp_dir().join("hjemmel-bench"),
    };
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match *word {
            "--cases" => options.cases = words.next()?.parse().ok()?,
            "--seed" => options.seed = words.next()?.parse().ok()?,
            "--runs" => options.runs = words.next()?.parse().ok()?,
            "--python" => options.python = Some(PathBuf::from(words.next()?)),
            "--folder" => options.folder = PathBuf::from(words.next()?),
            "--without-engine" => options.engine = false,
            _ => return None,
        }
    }
    Some(options)
}
