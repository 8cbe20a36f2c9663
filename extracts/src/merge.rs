//! Files that are sorted by key, read side by side: a slice of the persons at a time, and no more
//! than that in memory.

use crate::cases::of_digits;
use crate::chunk::{Chunk, Chunks};
use crate::messages::files;
use crate::part::Part;
use crate::place_of;
use crate::problem::Problem;
use crate::slice::{Slice, Slicer, Who, empty_parts};
use hjemmel_engine::case::Source;
use hjemmel_engine::model::Table;
use std::ops::ControlFlow;

/// A file whose rows are taken person by person.
pub(crate) struct Sorted<S> {
    pub(crate) stream: S,
    chunk: Chunk,
    /// The run of `chunk` that is next, and where its rows begin.
    run: usize,
    row: usize,
    /// Where the rows begin that are taken, and not yet in a part.
    taken: usize,
    /// The first key that may have lost a zero.
    short: Option<Source>,
    /// There are keys that have it.
    long: bool,
}

impl<S: Chunks> Sorted<S> {
    /// Reads the first stretch.
    pub(crate) fn new(stream: S, table: &Table) -> Result<Self, Box<Problem>> {
        let mut sorted = Self {
            stream,
            chunk: Chunk::new(table, false),
            run: 0,
            row: 0,
            taken: 0,
            short: None,
            long: false,
        };
        sorted.fill()?;
        Ok(sorted)
    }

    /// The rows that were read and not taken.
    pub(crate) fn rows(&self) -> &Chunk {
        &self.chunk
    }

    fn key(&self) -> Option<&str> {
        self.chunk.persons.run(self.run).map(|(key, _)| key)
    }

    /// Where the next row stands.
    fn source(&self) -> Source {
        self.chunk.sources.of(self.row)
    }

    /// Reads the next stretch if all rows are taken.
    fn fill(&mut self) -> Result<(), Box<Problem>> {
        if self.row < self.chunk.rows() {
            return Ok(());
        }
        self.chunk.clear();
        (self.run, self.row, self.taken) = (0, 0, 0);
        self.stream.next(&mut self.chunk)?;
        Ok(())
    }

    /// Takes the rows of the person with this key, if they are next.
    /// They come into the part once the stretch is used up, or by [`Self::put`]. Tells where a key
    /// stands that should have come before.
    fn take(
        &mut self,
        key: &str,
        part: &mut Part,
        of: &mut Taking,
    ) -> Result<Option<Source>, Box<Problem>> {
        while self.key() == Some(key) {
            let Some((_, end)) = self.chunk.persons.run(self.run) else {
                break;
            };
            of.unreadable = of
                .unreadable
                .saturating_add(self.chunk.unreadable_in(self.row..end));
            of.doubtful |= self.chunk.is_doubtful_in(self.row..end);
            if self.short.is_none() && of_digits(key, 9) {
                self.short = Some(self.source());
            }
            self.long |= of_digits(key, 10);
            self.row = end;
            self.run = self.run.saturating_add(1);
            if self.row == self.chunk.rows() {
                self.put(part);
                self.fill()?;
            }
        }
        // It was the first of all that were next: what follows it in a sorted file is later.
        let late = self.key().is_some_and(|next| next < key);
        Ok(late.then(|| self.source()))
    }

    /// Puts the rows that were taken into the part.
    fn put(&mut self, part: &mut Part) {
        part.rows.append(&self.chunk, self.taken..self.row);
        self.taken = self.row;
    }

    /// How many rows were taken and are not yet in the part.
    fn waiting(&self) -> usize {
        self.row.saturating_sub(self.taken)
    }

    /// Reads what is left, so that every fault of the file is found.
    pub(crate) fn drain(&mut self) -> Result<(), Box<Problem>> {
        self.row = self.chunk.rows();
        self.fill()?;
        while self.chunk.rows() > 0 {
            self.row = self.chunk.rows();
            self.fill()?;
        }
        Ok(())
    }
}

/// What is known of the person whose rows are being taken.
#[derive(Debug, Default)]
struct Taking {
    unreadable: u32,
    doubtful: bool,
}

/// Hands over all persons, so many at a time. Breaks off if `sink` does.
///
/// # Errors
///
/// A key that comes before the one above it, and whatever the files refuse.
pub(crate) fn slices<S: Chunks>(
    slicer: &mut Slicer<'_>,
    files: &mut [Option<Sorted<S>>],
    cases: usize,
    sink: &mut dyn FnMut(Slice) -> ControlFlow<()>,
) -> Result<ControlFlow<()>, Box<Problem>> {
    let mut key = String::new();
    loop {
        let mut who = Who::default();
        let mut parts = empty_parts(slicer.model, &slicer.tables);
        while who.keys.len() < cases.max(1) {
            let Some(next) = files.iter().flatten().filter_map(Sorted::key).min() else {
                break;
            };
            next.clone_into(&mut key);
            let mut taking = Taking::default();
            for (file, part) in files.iter_mut().zip(&mut parts) {
                let mut waiting = 0;
                if let Some(file) = file {
                    if let Some(late) = file.take(&key, part, &mut taking)? {
                        let place = place_of(slicer.names, late);
                        return Err(Box::new(files::not_sorted(place)));
                    }
                    waiting = file.waiting();
                }
                part.end_person(waiting);
            }
            who.keys.push(&key);
            who.unreadable.push(taking.unreadable);
            who.doubtful.push(taking.doubtful);
        }
        for (file, part) in files.iter_mut().zip(&mut parts) {
            if let Some(file) = file {
                file.put(part);
            }
        }
        if who.keys.is_empty() {
            return refuse_short(files, slicer.names).map(ControlFlow::Continue);
        }
        if sink(slicer.slice(who, parts)?).is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
}

/// Refuses keys of nine digits among keys of ten: whose rows lack was to be known before they
/// were handed over.
fn refuse_short<S>(files: &[Option<Sorted<S>>], names: &[String]) -> Result<(), Box<Problem>> {
    let mut files = files.iter().flatten();
    let long = files.clone().any(|file| file.long);
    match files.find_map(|file| file.short).filter(|_| long) {
        Some(short) => Err(Box::new(files::sorted_key_zero(place_of(names, short)))),
        None => Ok(()),
    }
}
