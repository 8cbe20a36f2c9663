//! `hjemmel count`: how many persons each rule puts in each state, of an extract of any size.
//!
//! Slices of the population are judged on all cores and then forgotten; what is kept are counts.

use crate::arguments::{CountArguments, CountFormat, Every};
use crate::count_text::{self, Counted};
use crate::exit::{Exit, Failure};
use crate::progress::{self, Progress};
use crate::run::{no_law, not_conserved, not_written, provenance, written};
use crate::series::{CountedDays, RuleCounts};
use crate::session::Session;
use crate::{input, print};
use hjemmel_engine::evaluate::subjects;
use hjemmel_engine::histories::Histories;
use hjemmel_engine::model::{Model, Subject};
use hjemmel_engine::plan::{Plan, Question};
use hjemmel_engine::time::{Day, Period};
use hjemmel_extracts::arrow::ResultFile;
use hjemmel_extracts::write::{Format, Provenance};
use hjemmel_extracts::{ColumnExtract, ColumnOptions, SaveOptions, Slice};
use std::num::NonZero;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::Ordering;
use std::thread;

/// How many persons are judged at a time.
const SLICE: usize = 16 * 1024;

/// Counts.
pub(crate) fn count(session: &Session, arguments: &CountArguments) -> Result<Exit, Failure> {
    let asked = Asked::new(arguments)?;
    let target = target(arguments)?;
    let rules = session.rules(&arguments.rules.rules, hjemmel_engine::check_rules)?;
    let model = &rules.model;
    let subjects = subjects(model);
    if let Some(day) = asked.single()
        && !subjects.iter().any(|rule| model.spans(*rule, day))
    {
        return Err(no_law(day));
    }
    let question = Question {
        window: asked.window,
        known_on: asked.known_on,
    };
    let plan = Plan::new(model, &subjects, question);
    let progress = Progress::default();
    let mut counting = Counting::new(model, &subjects, &plan, &asked, &progress);
    counting.threads = arguments.threads.or(thread::available_parallelism().ok());
    counting.out = target
        .map(|(path, format)| ResultFile::create(path, format, save_options(arguments)))
        .transpose()
        .map_err(|error| not_written(&error))?;
    let extract = progress::shown(session, &progress, || {
        counting.read(session, arguments, model)
    })?;
    let known_on = asked.known_on;
    input::warn_if_old(session, extract.date, asked.window.last());
    input::warn_of_knowledge(session, extract.date, &undated(&extract, model), known_on);
    let mut provenance = provenance(&rules, &extract.hash, known_on);
    match asked.single() {
        Some(day) => provenance.as_of = Some(day),
        None => {
            provenance.from = Some(asked.window.start);
            provenance.to = Some(asked.window.last());
        }
    }
    let (counts, out) = (counting.counts, counting.out);
    let counts = counts.iter().map(|counts| counts.persons(extract.persons));
    let counted = Counted {
        session,
        model,
        subjects: &subjects,
        days: &asked.days.days,
        window: asked.window,
        known_on,
        extract: &extract,
        counts: counts.collect::<Option<_>>().ok_or_else(not_conserved)?,
        provenance: &provenance,
    };
    let mut text = match arguments.format {
        CountFormat::Text => counted.text(),
        CountFormat::Csv => counted.csv(),
        CountFormat::Json => counted.json()?,
    };
    if let (Some(out), Some(target)) = (out, target) {
        let told = close(session, target, out, &provenance)?;
        // Where the counts are for a program, it reads nothing else.
        if arguments.format == CountFormat::Text {
            text += &told;
        }
    }
    if arguments.format == CountFormat::Text {
        text += &count_text::rests_on(session, &provenance);
    }
    print::out(&text)?;
    Ok(Exit::Done)
}

/// The file for dated states that is asked for.
fn target(arguments: &CountArguments) -> Result<Option<(&Path, Format)>, Failure> {
    let Some(path) = arguments.out.as_deref() else {
        return Ok(None);
    };
    let ending = path.extension().and_then(|ending| ending.to_str());
    match ending.and_then(Format::of_ending) {
        Some(format) if format != Format::Json => Ok(Some((path, format))),
        _ => {
            let shown = print::path(path);
            Err(Failure::usage(
                format!("--out {shown}: navnet skal ende på .csv, .parquet eller .arrow"),
                format!("--out {shown}: the name must end in .csv, .parquet or .arrow"),
            ))
        }
    }
}

fn save_options(arguments: &CountArguments) -> SaveOptions<'_> {
    SaveOptions {
        replace: arguments.overwrite,
        extract: Some(&arguments.data.path),
    }
}

/// Puts the file of dated states in its place, and says so.
fn close(
    session: &Session,
    (path, format): (&Path, Format),
    out: ResultFile,
    provenance: &Provenance,
) -> Result<String, Failure> {
    let rows = out
        .finish(provenance)
        .map_err(|error| not_written(&error))?;
    Ok(written(session, path, rows, format))
}

/// The tables whose rows have no days of registration.
fn undated<'a>(extract: &ColumnExtract, model: &'a Model) -> Vec<&'a str> {
    let tables = model.tables.iter().zip(&extract.rows).zip(&extract.dated);
    let undated = tables.filter(|((_, rows), dated)| rows.used > 0 && !**dated);
    undated.map(|((table, _), _)| table.name.as_str()).collect()
}

/// What is asked about.
struct Asked {
    window: Period,
    days: CountedDays,
    known_on: Option<Day>,
}

impl Asked {
    fn new(arguments: &CountArguments) -> Result<Self, Failure> {
        let known_on = input::optional_day("--known-on", arguments.data.known_on.as_deref())?;
        let as_of = input::optional_day("--as-of", arguments.as_of.as_deref())?;
        let from = input::optional_day("--from", arguments.from.as_deref())?.or(as_of);
        let to = input::optional_day("--to", arguments.to.as_deref())?.or(as_of);
        let window = input::window(from, to)?;
        let days = match arguments.every.unwrap_or(Every::Day) {
            Every::Day => CountedDays::new(window, |_| true),
            Every::Week => CountedDays::new(window, |day| day.monday() == day),
            Every::Month => CountedDays::new(window, |day| day.previous().next_month() == day),
        };
        let Some(days) = days else {
            return Err(Failure::usage(
                "ingen af de dage ligger mellem --from og --to",
                "none of those days lies between --from and --to",
            )
            .hint(
                "week er hver mandag, month den 1. i hver måned",
                "week is every Monday, month the 1st of every month",
            ));
        };
        Ok(Self {
            window,
            days,
            known_on,
        })
    }

    /// The day, if it is one.
    fn single(&self) -> Option<Day> {
        let day = self.window.start;
        (day == self.window.last()).then_some(day)
    }
}

/// The counts so far, and the slices that wait to be judged.
struct Counting<'a> {
    plan: &'a Plan,
    asked: &'a Asked,
    progress: &'a Progress,
    model: &'a Model,
    threads: Option<NonZero<usize>>,
    waiting: Vec<Slice>,
    counts: Vec<RuleCounts>,
    out: Option<ResultFile>,
    failed: Option<Failure>,
}

/// What came of one slice.
struct Judged {
    counts: Vec<RuleCounts>,
    /// Only if they are to be written.
    histories: Vec<Histories>,
}

impl<'a> Counting<'a> {
    fn new(
        model: &'a Model,
        subjects: &[Subject],
        plan: &'a Plan,
        asked: &'a Asked,
        progress: &'a Progress,
    ) -> Self {
        Self {
            plan,
            asked,
            progress,
            model,
            threads: None,
            waiting: Vec::new(),
            counts: vec![RuleCounts::default(); subjects.len()],
            out: None,
            failed: None,
        }
    }

    /// Reads the extract and judges everyone in it.
    fn read(
        &mut self,
        session: &Session,
        arguments: &CountArguments,
        model: &Model,
    ) -> Result<ColumnExtract, Failure> {
        let options = ColumnOptions {
            extract: input::options(&arguments.data),
            reads: self.plan.reads(),
            sorted: arguments.sorted,
            cases: SLICE,
            progress: Some(&self.progress.rows),
        };
        let path = &arguments.data.path;
        let extract = input::columns(session, path, model, &options, &mut |slice| {
            self.waiting.push(slice);
            if self.waiting.len() < self.threads.map_or(1, NonZero::get) {
                return ControlFlow::Continue(());
            }
            self.judge()
        })?;
        let _ = self.judge();
        match (extract, self.failed.take()) {
            (Some(extract), None) => Ok(extract),
            (_, failed) => Err(failed.unwrap_or_else(crate::bug)),
        }
    }

    /// Judges the slices that wait, each on a thread, and counts them in their order.
    fn judge(&mut self) -> ControlFlow<()> {
        let slices = std::mem::take(&mut self.waiting);
        let (plan, days, keep) = (self.plan, &self.asked.days, self.out.is_some());
        let judged = each(&slices, |slice| {
            let histories = plan.answer(&slice.batch);
            let counts = histories.iter().map(|rule| RuleCounts::of(rule, days));
            Judged {
                counts: counts.collect(),
                histories: if keep { histories } else { Vec::new() },
            }
        });
        for (slice, judged) in slices.iter().zip(judged) {
            if let Err(failure) = self.take(slice, judged) {
                self.failed.get_or_insert(failure);
                return ControlFlow::Break(());
            }
        }
        ControlFlow::Continue(())
    }

    /// Adds what came of a slice.
    fn take(&mut self, slice: &Slice, judged: Judged) -> Result<(), Failure> {
        if judged.counts.len() != self.counts.len() {
            return Err(not_conserved());
        }
        for (mine, more) in self.counts.iter_mut().zip(judged.counts) {
            mine.merge(more);
        }
        let persons = u64::try_from(slice.keys.len()).unwrap_or(u64::MAX);
        self.progress.persons.fetch_add(persons, Ordering::Relaxed);
        let written = match &mut self.out {
            Some(out) => out.add(self.model, &slice.keys, &judged.histories),
            None => Ok(()),
        };
        written.map_err(|error| not_written(&error))
    }
}

/// Does the same with each slice, the first here and each other on a thread of its own; the
/// results are in the order of the slices.
fn each<T: Send>(slices: &[Slice], work: impl Fn(&Slice) -> T + Sync) -> Vec<T> {
    let Some((first, others)) = slices.split_first() else {
        return Vec::new();
    };
    thread::scope(|scope| {
        let work = &work;
        let spawn = |slice| thread::Builder::new().spawn_scoped(scope, move || work(slice));
        let others: Vec<_> = others.iter().map(|slice| (slice, spawn(slice))).collect();
        let mut results = vec![work(first)];
        for (slice, thread) in others {
            results.push(match thread.map(thread::ScopedJoinHandle::join) {
                Ok(Ok(result)) => result,
                Ok(Err(panic)) => std::panic::resume_unwind(panic),
                // The system has no thread to spare: it takes longer.
                Err(_) => work(slice),
            });
        }
        results
    })
}
