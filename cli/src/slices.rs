//! Reading an extract of any size in columns: slices of the population are worked on, on all
//! cores, and then forgotten.

use crate::arguments::{DataArguments, ReadingArguments};
use crate::exit::Failure;
use crate::input;
use crate::progress::Progress;
use crate::session::Session;
use hjemmel_engine::columns::Reads;
use hjemmel_engine::model::Model;
use hjemmel_engine::time::Day;
use hjemmel_extracts::{ColumnExtract, ColumnOptions, Slice};
use std::num::NonZero;
use std::ops::ControlFlow;
use std::sync::atomic::Ordering;
use std::thread;

/// How many persons are judged at a time.
const SLICE: usize = 16 * 1024;

/// How an extract is read.
pub(crate) struct Reading<'a> {
    pub(crate) session: &'a Session,
    pub(crate) data: &'a DataArguments,
    pub(crate) model: &'a Model,
    pub(crate) reads: &'a Reads,
    pub(crate) how: &'a ReadingArguments,
    pub(crate) progress: &'a Progress,
}

impl Reading<'_> {
    /// Reads the extract, works on each slice, and takes what came of them in their order.
    pub(crate) fn each<T: Send>(
        &self,
        work: impl Fn(&Slice) -> T + Sync,
        mut take: impl FnMut(&Slice, T) -> Result<(), Failure>,
    ) -> Result<ColumnExtract, Failure> {
        let options = ColumnOptions {
            extract: input::options(self.data),
            reads: self.reads,
            sorted: self.how.sorted,
            cases: SLICE,
            progress: Some(&self.progress.rows),
        };
        let threads = self.how.threads.or(thread::available_parallelism().ok());
        let mut waiting: Vec<Slice> = Vec::new();
        let mut failed = None;
        let mut judge = |slices: Vec<Slice>| {
            let results = each(&slices, &work);
            for (slice, result) in slices.iter().zip(results) {
                let persons = u64::try_from(slice.keys.len()).unwrap_or(u64::MAX);
                self.progress.persons.fetch_add(persons, Ordering::Relaxed);
                if let Err(failure) = take(slice, result) {
                    failed.get_or_insert(failure);
                    return ControlFlow::Break(());
                }
            }
            ControlFlow::Continue(())
        };
        let (path, model) = (&self.data.path, self.model);
        let extract = input::columns(self.session, path, model, &options, &mut |slice| {
            waiting.push(slice);
            if waiting.len() < threads.map_or(1, NonZero::get) {
                return ControlFlow::Continue(());
            }
            judge(std::mem::take(&mut waiting))
        })?;
        let _ = judge(waiting);
        match (extract, failed) {
            (Some(extract), None) => Ok(extract),
            (_, failed) => Err(failed.unwrap_or_else(crate::bug)),
        }
    }
}

/// The tables whose rows have no days of registration.
fn undated<'a>(extract: &ColumnExtract, model: &'a Model) -> Vec<&'a str> {
    let tables = model.tables.iter().zip(&extract.rows).zip(&extract.dated);
    let undated = tables.filter(|((_, rows), dated)| rows.used > 0 && !**dated);
    undated.map(|((table, _), _)| table.name.as_str()).collect()
}

/// Warns of what an extract may not know of the days until `last`.
pub(crate) fn warn(
    session: &Session,
    extract: &ColumnExtract,
    model: &Model,
    last: Day,
    known_on: Option<Day>,
) {
    input::warn_if_old(session, extract.date, last);
    input::warn_of_knowledge(session, extract.date, &undated(extract, model), known_on);
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
