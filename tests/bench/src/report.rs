//! The report: agreement, then for each size what evaluation, threads and whole processes cost, and
//! at last how the costs grow from the smallest size to the largest.

use crate::agreement::{agree, difference};
use crate::implementation::Implementation;
use crate::measure::{Measured, Whole};
use crate::process::Processes;
use crate::tables::Table;
use crate::workload::Question;
use crate::{csv, generate};

/// What the report is about.
#[derive(Clone, Debug)]
pub struct Options {
    /// How many cases, for each size.
    pub sizes: Vec<usize>,
    /// The seed of the cases.
    pub seed: u64,
    /// How many runs the medians are of.
    pub runs: usize,
    /// Who answers, the loop first.
    pub implementations: Vec<Implementation>,
    /// Which tables are made.
    pub parts: Vec<Part>,
    /// How a measurement is started.
    pub processes: Processes,
}

/// A part of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Load and evaluation apart.
    Evaluation,
    /// What a second thread gains.
    Threads,
    /// Whole processes, from files to counts.
    Whole,
}

impl Part {
    /// All, in their order.
    pub const ALL: [Self; 3] = [Self::Evaluation, Self::Threads, Self::Whole];

    /// The part of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "evaluation" => Some(Self::Evaluation),
            "threads" => Some(Self::Threads),
            "whole" => Some(Self::Whole),
            _ => None,
        }
    }
}

/// Agreement is checked on so many cases, however many are timed.
const COMPARED: usize = 10_000;

/// What the evaluation cost at a size.
type Costs = Vec<(Question, Implementation, Measured)>;

/// The whole report as Markdown; each part is also told on stderr when it is done.
///
/// # Errors
///
/// Two disagree, or what went wrong in a process.
pub fn report(options: &Options) -> Result<String, String> {
    let fewest = options.sizes.iter().copied().min().unwrap_or(COMPARED);
    write(options, fewest.min(COMPARED))?;
    agree(&options.processes, &options.implementations)?;
    eprintln!("all agree on {} cases", fewest.min(COMPARED));
    let mut out = String::new();
    let mut sizes = Vec::new();
    for cases in &options.sizes {
        let said = write(options, *cases)?;
        let runs = options.runs;
        let mut tell = |text: String| {
            eprint!("{text}");
            out.push_str(&text);
        };
        tell(format!(
            "{said}, seed {}; medians of {runs} runs\n\n",
            options.seed
        ));
        let has = |part| options.parts.contains(&part);
        let mut costs = Costs::new();
        if has(Part::Evaluation) || has(Part::Threads) {
            costs = evaluated(options, *cases, 1)?;
            tell(evaluation(&costs, *cases));
        }
        if has(Part::Threads) {
            tell(threads(&costs, &evaluated(options, *cases, 2)?));
        }
        if has(Part::Whole) {
            tell(whole(options)?);
        }
        sizes.push((*cases, costs));
    }
    if let (Some(first), Some(last)) = (sizes.first(), sizes.last())
        && first.0 < last.0
    {
        out.push_str(&growth(first, last));
    }
    Ok(out)
}

/// Writes the extract for so many cases, and says how many rows it has.
fn write(options: &Options, cases: usize) -> Result<String, String> {
    let columns = generate::generate(cases, options.seed);
    let folder = options.processes.extract("csv");
    csv::write(&columns, &folder).map_err(|error| error.to_string())?;
    if options.processes.python.is_some() {
        options.processes.write_parquet()?;
    }
    Ok(format!("{cases} cases, {} rows", columns.rows()))
}

fn evaluated(options: &Options, cases: usize, threads: usize) -> Result<Costs, String> {
    let mut costs = Vec::new();
    for question in Question::ALL {
        for implementation in &options.implementations {
            if implementation.answers(cases) && (threads == 1 || implementation.has_threads()) {
                let runs = (options.runs, threads);
                let found = options
                    .processes
                    .measured(*implementation, question, runs)?;
                costs.push((question, *implementation, found));
            }
        }
    }
    Ok(costs)
}

fn of(costs: &Costs, question: Question, implementation: Implementation) -> Option<&Measured> {
    let mut costs = costs.iter();
    let found = costs.find(|it| it.0 == question && it.1 == implementation)?;
    Some(&found.2)
}

/// The costs a case, beside the loop's and beside those of the same implementation's Q1 and Q2.
fn evaluation(costs: &Costs, cases: usize) -> String {
    let mut table = Table::new(&[
        "question",
        "implementation",
        "CPU a case",
        "× loop",
        "× own Q1",
        "wall a case",
        "× loop",
        "load, CPU",
        "load, wall",
        "peak memory",
    ]);
    for (question, implementation, found) in costs {
        let evaluation = found.evaluation;
        let by_hand = of(costs, *question, Implementation::Loop).map(|it| it.evaluation);
        let by_hand = by_hand.unwrap_or_default();
        let own = of(costs, Question::AsOf, *implementation).map(|it| it.evaluation);
        table
            .word(&question.name().to_uppercase())
            .word(implementation.name())
            .per_case(evaluation.cpu, cases)
            .ratio(evaluation.cpu, by_hand.cpu)
            .ratio(evaluation.cpu, own.unwrap_or_default().cpu)
            .per_case(evaluation.wall, cases)
            .ratio(evaluation.wall, by_hand.wall)
            .milliseconds(found.load.cpu)
            .milliseconds(found.load.wall)
            .mebibytes(found.peak_kib)
            .end();
    }
    table.text()
}

/// What two threads gain over one in the evaluation, and what that costs.
fn threads(one: &Costs, two: &Costs) -> String {
    let mut table = Table::new(&[
        "question",
        "implementation",
        "wall, 1 thread",
        "wall, 2 threads",
        "gain",
        "CPU, 2 × 1",
    ]);
    for (question, implementation, found) in two {
        let Some(alone) = of(one, *question, *implementation) else {
            continue;
        };
        table
            .word(&question.name().to_uppercase())
            .word(implementation.name())
            .microseconds(alone.evaluation.wall)
            .microseconds(found.evaluation.wall)
            .ratio(alone.evaluation.wall, found.evaluation.wall)
            .ratio(found.evaluation.cpu, alone.evaluation.cpu)
            .end();
    }
    table.text()
}

/// Whole processes; all must count the same.
fn whole(options: &Options) -> Result<String, String> {
    let mut table = Table::new(&[
        "question",
        "implementation",
        "from",
        "wall",
        "CPU",
        "peak memory",
    ]);
    for question in Question::ALL {
        let mut expected = Vec::new();
        for implementation in &options.implementations {
            for kind in implementation.reads() {
                if *kind == "parquet" && options.processes.python.is_none() {
                    continue;
                }
                let mut runs = Vec::new();
                for _ in 0..options.runs {
                    let (cost, counts) =
                        options.processes.whole(*implementation, question, kind)?;
                    if expected.is_empty() {
                        expected = counts;
                    } else if expected != counts {
                        let name = implementation.name();
                        let difference = difference(&expected, &counts);
                        return Err(format!("{name} {}: {difference}", question.name()));
                    }
                    runs.push(cost);
                }
                let median = Whole::median(&runs);
                table
                    .word(&question.name().to_uppercase())
                    .word(implementation.name())
                    .word(kind)
                    .milliseconds(median.cost.wall)
                    .milliseconds(median.cost.cpu)
                    .mebibytes(median.peak_kib)
                    .end();
            }
        }
    }
    Ok(table.text())
}

/// How many times the CPU of the smallest size the largest takes.
fn growth(first: &(usize, Costs), last: &(usize, Costs)) -> String {
    let (from, to) = (first.0.to_string(), last.0.to_string());
    let heading = format!("growth from {from} to {to} cases");
    let mut table = Table::new(&["question", "implementation", &heading, "of the load"]);
    for (question, implementation, less) in &first.1 {
        if let Some(more) = of(&last.1, *question, *implementation) {
            table
                .word(&question.name().to_uppercase())
                .word(implementation.name())
                .ratio(more.evaluation.cpu, less.evaluation.cpu)
                .ratio(more.load.cpu, less.load.cpu)
                .end();
        }
    }
    table.text()
}
