//! The report: first all implementations must agree, byte for byte; then each is timed, and the
//! costs stand in a table beside those of the hand-written loop.

use crate::measure::Measured;
use crate::workload::Question;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the report is about.
#[derive(Clone, Debug)]
pub struct Options {
    /// How many cases.
    pub cases: usize,
    /// The seed of the cases.
    pub seed: u64,
    /// How many runs the medians are of.
    pub runs: usize,
    /// A Python with DuckDB and Polars; without it only our own are compared.
    pub python: Option<PathBuf>,
    /// Whether the engine takes part: it is slow.
    pub engine: bool,
    /// Where the extract and the answers are written.
    pub folder: PathBuf,
}

/// A column of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Implementation {
    Loop,
    Engine,
    DuckDb,
    Polars,
}

impl Implementation {
    fn name(self) -> &'static str {
        match self {
            Self::Loop => "loop",
            Self::Engine => "engine",
            Self::DuckDb => "duckdb",
            Self::Polars => "polars",
        }
    }
}

impl Options {
    fn implementations(&self) -> Vec<Implementation> {
        let mut list = vec![Implementation::Loop];
        list.extend(self.engine.then_some(Implementation::Engine));
        if self.python.is_some() {
            list.extend([Implementation::DuckDb, Implementation::Polars]);
        }
        list
    }

    /// One implementation in a process of its own; it writes its answer to the file.
    fn run(
        &self,
        implementation: Implementation,
        question: Question,
        runs: usize,
        answer: &Path,
    ) -> Result<Measured, String> {
        let name = implementation.name();
        let mut command = match (implementation, &self.python) {
            (Implementation::DuckDb | Implementation::Polars, Some(python)) => {
                let script = format!("peers/{name}_peer.py");
                let script = Path::new(env!("CARGO_MANIFEST_DIR")).join(script);
                let mut command = Command::new(python);
                // No compiled files beside the scripts.
                command.arg("-B").arg(script);
                command
            }
            _ => {
                let itself = std::env::current_exe().map_err(|error| error.to_string())?;
                let mut command = Command::new(itself);
                command.args(["measure", name]);
                command
            }
        };
        command
            .arg(question.name())
            .arg(self.folder.join("extract"));
        command.arg(runs.to_string()).arg(answer);
        let output = command.output().map_err(|error| error.to_string())?;
        let said = String::from_utf8_lossy(&output.stdout);
        Measured::parse(&said).ok_or_else(|| {
            let error = String::from_utf8_lossy(&output.stderr).into_owned();
            format!("{name} {}: {said}{error}", question.name())
        })
    }

    fn answer_file(&self, implementation: Implementation, question: Question) -> PathBuf {
        let name = format!("{}_{}.csv", question.name(), implementation.name());
        self.folder.join(name)
    }
}

/// Compares the answers of all implementations to all questions.
///
/// # Errors
///
/// The first line in which one differs from the loop, or what went wrong.
pub fn agree(options: &Options) -> Result<(), String> {
    for question in Question::ALL {
        let mut expected = Vec::new();
        for implementation in options.implementations() {
            let file = options.answer_file(implementation, question);
            options.run(implementation, question, 1, &file)?;
            let answer = std::fs::read(&file).map_err(|error| error.to_string())?;
            if implementation == Implementation::Loop {
                expected = answer;
            } else if answer != expected {
                let name = implementation.name();
                let difference = difference(&expected, &answer);
                return Err(format!("{name} {}: {difference}", question.name()));
            }
        }
    }
    Ok(())
}

fn difference(expected: &[u8], answer: &[u8]) -> String {
    let (expected, answer) = (
        String::from_utf8_lossy(expected),
        String::from_utf8_lossy(answer),
    );
    let lines = expected.lines().zip(answer.lines()).enumerate();
    let differing = lines.into_iter().find(|(_, (one, other))| one != other);
    match differing {
        Some((at, (one, other))) => {
            format!("line {}: the loop says {one:?}, it says {other:?}", at + 1)
        }
        None => format!(
            "the loop has {} lines, it has {}",
            expected.lines().count(),
            answer.lines().count()
        ),
    }
}

/// Times every implementation, the loop again beside each question, and tells it as Markdown.
///
/// # Errors
///
/// What went wrong in a process.
pub fn table(options: &Options) -> Result<String, String> {
    let mut out = String::from(
        "| question | implementation | CPU a case | × loop | wall a case | × loop | load, CPU | load, wall | peak memory |\n\
         | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for question in Question::ALL {
        let mut by_hand = Measured::default();
        for implementation in options.implementations() {
            let file = options.answer_file(implementation, question);
            let found = options.run(implementation, question, options.runs, &file)?;
            if implementation == Implementation::Loop {
                by_hand = found;
            }
            let (cpu, wall) = (found.evaluation.cpu, found.evaluation.wall);
            let _ = writeln!(
                out,
                "| {} | {} | {} | {} | {} | {} | {} ms | {} ms | {} MiB |",
                question.name().to_uppercase(),
                implementation.name(),
                per_case(cpu, options.cases),
                ratio(cpu, by_hand.evaluation.cpu),
                per_case(wall, options.cases),
                ratio(wall, by_hand.evaluation.wall),
                found.load.cpu / 1_000_000,
                found.load.wall / 1_000_000,
                found.peak_kib / 1024,
            );
        }
    }
    Ok(out)
}

/// Nanoseconds for each case.
fn per_case(nanoseconds: u64, cases: usize) -> String {
    let cases = u64::try_from(cases).unwrap_or(1).max(1);
    format!("{} ns", nanoseconds / cases)
}

/// With one decimal, in whole numbers.
fn ratio(cost: u64, limit: u64) -> String {
    match cost.saturating_mul(10).checked_div(limit) {
        Some(tenths) => format!("{}.{}", tenths / 10, tenths % 10),
        None => "-".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{difference, ratio};

    #[test]
    fn a_ratio_has_one_decimal() {
        assert_eq!(ratio(35, 10), "3.5");
        assert_eq!(ratio(1, 0), "-");
    }

    #[test]
    fn the_first_difference_is_named() {
        let told = difference(b"a\nb\n", b"a\nc\n");
        assert_eq!(told, "line 2: the loop says \"b\", it says \"c\"");
        assert_eq!(difference(b"a\n", b""), "the loop has 1 lines, it has 0");
    }
}
