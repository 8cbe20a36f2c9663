//! `hjemmel count`: how many persons each rule puts in each state, of an extract of any size.
//!
//! Slices of the population are judged on all cores and then forgotten; what is kept are counts.

use crate::account::journal;
use crate::arguments::{CountArguments, CountFormat, Every};
use crate::count_text::{self, Counted};
use crate::counted_days::{CountedDays, RuleCounts};
use crate::exit::{Exit, Failure};
use crate::print;
use crate::progress::{self, Progress};
use crate::run::{no_law, not_conserved, not_written, provenance, written};
use crate::session::Session;
use crate::slices::{self, Reading};
use crate::summary::warn_of_draft;
use hjemmel_engine::evaluate::subjects;
use hjemmel_engine::histories::Histories;
use hjemmel_engine::model::Model;
use hjemmel_engine::plan::{Plan, Question};
use hjemmel_engine::time::{Day, Period};
use hjemmel_extracts::arrow::ResultFile;
use hjemmel_extracts::write::{Format, Provenance};
use hjemmel_extracts::{ColumnExtract, Slice};
use std::path::Path;

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
    let options = session.save_options(arguments.overwrite, Some(&arguments.data.path));
    let mut counting = Counting {
        model,
        plan: &plan,
        days: &asked.days,
        counts: vec![RuleCounts::default(); subjects.len()],
        out: target
            .map(|(path, format)| ResultFile::create(path, format, options))
            .transpose()
            .map_err(|error| not_written(&error))?,
    };
    let reading = Reading {
        session,
        data: &arguments.data,
        model,
        reads: plan.reads(),
        how: &arguments.reading,
        progress: &progress,
    };
    let extract = progress::shown(session, &progress, || counting.read(&reading))?;
    let known_on = asked.known_on;
    slices::warn(session, &extract, model, asked.window.last(), known_on);
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
    } else if arguments.format == CountFormat::Csv {
        warn_of_draft(session, &provenance);
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

/// Ends the file of dated states, and says so.
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

/// What is asked about.
struct Asked {
    window: Period,
    days: CountedDays,
    known_on: Option<Day>,
}

impl Asked {
    fn new(arguments: &CountArguments) -> Result<Self, Failure> {
        let known_on = arguments.data.known_on()?;
        let window = arguments.window.days()?;
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

/// The counts so far.
struct Counting<'a> {
    model: &'a Model,
    plan: &'a Plan,
    days: &'a CountedDays,
    counts: Vec<RuleCounts>,
    out: Option<ResultFile>,
}

/// What came of one slice.
struct Judged {
    counts: Vec<RuleCounts>,
    /// Only if they are to be written.
    histories: Vec<Histories>,
}

impl Counting<'_> {
    /// Reads the extract and judges everyone in it.
    fn read(&mut self, reading: &Reading<'_>) -> Result<ColumnExtract, Failure> {
        let (plan, days, keep) = (self.plan, self.days, self.out.is_some());
        let judge = |slice: &Slice| {
            let histories = plan.answer(&slice.batch);
            let counts = histories.iter().map(|rule| RuleCounts::of(rule, days));
            Judged {
                counts: counts.collect(),
                histories: if keep { histories } else { Vec::new() },
            }
        };
        reading.each(judge, |slice, judged| self.take(slice, judged))
    }

    /// Adds what came of a slice.
    fn take(&mut self, slice: &Slice, judged: Judged) -> Result<(), Failure> {
        if judged.counts.len() != self.counts.len() {
            return Err(not_conserved());
        }
        for (mine, more) in self.counts.iter_mut().zip(judged.counts) {
            mine.merge(more);
        }
        if self.out.is_some() {
            journal::persons(|| slice.keys.iter());
        }
        let written = match &mut self.out {
            Some(out) => out.add(self.model, &slice.keys, &judged.histories),
            None => Ok(()),
        };
        written.map_err(|error| not_written(&error))
    }
}
