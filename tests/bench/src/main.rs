//! The benchmark's commands: `report` does all; `generate`, `measure` and `whole` are its parts.

use hjemmel_bench::columnar::Columnar;
use hjemmel_bench::hand_loop::Tables;
use hjemmel_bench::implementation::Implementation;
use hjemmel_bench::language::{self, language};
use hjemmel_bench::measure::Whole;
use hjemmel_bench::process::Processes;
use hjemmel_bench::report::{Options, Part, report};
use hjemmel_bench::workload::Question;
use hjemmel_bench::{csv, fifty, generate, own, shipped};
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "\
hjemmel-bench report [--cases N,N...] [--seed N] [--runs N] [--parts evaluation,threads,whole]
              [--python PYTHON] [--without-engine] [--folder FOLDER]
hjemmel-bench generate CASES SEED FOLDER
hjemmel-bench measure loop|columnar|engine q1|q2|q3|q4|q2x10 EXTRACT RUNS ANSWER_FILE [--threads N]
hjemmel-bench whole loop|columnar q1|q2|q3|q4|q2x10 FOLDER [csv|parquet] [--threads N]
hjemmel-bench fifty
hjemmel-bench shipped [PERSONS]
hjemmel-bench language [RUNS]
hjemmel-bench once none|check|loop-q1|...|columnar-none|columnar-q1|... SIZE";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match done(&mut words) {
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

fn done(words: &mut Vec<&str>) -> Result<String, String> {
    if let ["report", options @ ..] = words.as_slice() {
        return report(&self::options(options).ok_or(USAGE)?);
    }
    let threads = threads(words).ok_or(USAGE)?;
    match words.as_slice() {
        ["generate", cases, seed, folder] => {
            write(cases.parse().ok(), seed.parse().ok(), Path::new(folder))
        }
        ["measure", name, question, extract, runs, file] => {
            let (who, question) = asked(name, question)?;
            let runs = runs.parse().map_err(|_| USAGE)?;
            let (costs, answer) = own::measured(who, question, Path::new(extract), runs, threads)?;
            std::fs::write(file, answer.text()).map_err(|error| error.to_string())?;
            Ok(costs.to_string())
        }
        ["whole", name, question, folder, kind @ ..] => {
            let (who, question) = asked(name, question)?;
            let kind = kind.first().unwrap_or(&"csv");
            let answer = own::whole(who, question, Path::new(folder), kind, threads)?;
            let counts = answer.counts();
            eprintln!("{}", Whole::line());
            Ok(String::from_utf8_lossy(&counts).trim_end().to_owned())
        }
        ["fifty"] => fifty::compared(100_000, 7),
        ["shipped"] => shipped::shipped(100_000, 7),
        ["shipped", persons] => shipped::shipped(persons.parse().map_err(|_| USAGE)?, 7),
        ["language"] => language(7),
        ["language", runs] => language(runs.parse().map_err(|_| USAGE)?),
        ["once", what, size] => once(what, size.parse().map_err(|_| USAGE)?),
        _ => Err(USAGE.to_owned()),
    }
}

/// Does one thing once, for `guard` and for a profile; `none` does what comes before the others.
fn once(what: &str, size: usize) -> Result<String, String> {
    if what == "check" {
        language::once(size)?;
        return Ok(String::new());
    }
    let (columns, tables) = (generate::generate(size, 2017), Tables::default());
    if what == "columnar-none" {
        let engine = Columnar::new(1).ok_or(USAGE)?;
        black_box(engine.batch(&columns).map_err(|error| error.to_string())?);
    } else if let Some((name, question)) = what.split_once('-') {
        let (who, question) = asked(name, question)?;
        black_box(own::once(who, question, &columns, &tables)?);
    }
    black_box(tables);
    Ok(String::new())
}

fn asked(name: &str, question: &str) -> Result<(Implementation, Question), String> {
    let who = Implementation::named(name).ok_or(USAGE)?;
    Ok((who, Question::named(question).ok_or(USAGE)?))
}

/// Takes `--threads N` from the end.
fn threads(words: &mut Vec<&str>) -> Option<usize> {
    if let [.., "--threads", number] = words.as_slice() {
        let number = number.parse().ok()?;
        words.truncate(words.len().saturating_sub(2));
        return Some(number);
    }
    Some(1)
}

fn write(cases: Option<usize>, seed: Option<u64>, folder: &Path) -> Result<String, String> {
    let (Some(cases), Some(seed)) = (cases, seed) else {
        return Err(USAGE.to_owned());
    };
    let columns = generate::generate(cases, seed);
    csv::write(&columns, folder).map_err(|error| error.to_string())?;
    Ok(format!("{cases} cases, {} rows", columns.rows()))
}

fn options(words: &[&str]) -> Option<Options> {
    let mut options = Options {
        sizes: vec![100_000],
        seed: 2017,
        runs: 7,
        implementations: Vec::new(),
        parts: Part::ALL.to_vec(),
        processes: Processes {
            python: None,
            folder: std::env::temp_dir().join("hjemmel-bench"),
        },
    };
    let mut engine = true;
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match *word {
            "--cases" => options.sizes = each(words.next()?, |it| it.parse().ok())?,
            "--seed" => options.seed = words.next()?.parse().ok()?,
            "--runs" => options.runs = words.next()?.parse().ok()?,
            "--parts" => options.parts = each(words.next()?, Part::named)?,
            "--python" => options.processes.python = Some(PathBuf::from(words.next()?)),
            "--folder" => options.processes.folder = PathBuf::from(words.next()?),
            "--without-engine" => engine = false,
            _ => return None,
        }
    }
    let peers = options.processes.python.is_some();
    let takes_part = |it: &Implementation| match it {
        Implementation::Loop | Implementation::Columnar => true,
        Implementation::Engine => engine,
        Implementation::DuckDb | Implementation::Polars => peers,
    };
    options.implementations = Implementation::ALL.into_iter().filter(takes_part).collect();
    Some(options)
}

fn each<T>(words: &str, read: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    words.split(',').map(read).collect()
}
