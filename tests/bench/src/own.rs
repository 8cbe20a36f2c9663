//! Our own implementations, as the process that measures one of them runs it.

use crate::answer::Answer;
use crate::columnar::Columnar;
use crate::columns::Columns;
use crate::hand_loop::Tables;
use crate::implementation::Implementation;
use crate::measure::{Measured, measure};
use crate::reference::{self, Reference};
use crate::workload::Question;
use crate::{csv, hand_loop};
use std::path::Path;

/// What is said of one that another program answers for, or that is not there.
const NOT_HERE: &str = "not one of our own";

/// Measures one, and gives its answer.
///
/// # Errors
///
/// The extract cannot be read, or a rule says something that is not an outcome.
pub fn measured(
    implementation: Implementation,
    question: Question,
    extract: &Path,
    runs: usize,
    threads: usize,
) -> Result<(Measured, Answer), String> {
    match implementation {
        Implementation::Loop => measure(
            runs,
            || loaded(extract),
            |(columns, tables)| by_hand(threads, columns, tables, question),
        ),
        Implementation::Engine => {
            let engine = Reference::new().ok_or("workload.regel does not check")?;
            measure(
                runs,
                || reference::read(extract, engine.model()),
                |cases| engine.answer(cases, question).ok_or("ukendt".to_owned()),
            )
        }
        Implementation::Columnar => {
            let engine = columnar(threads)?;
            measure(
                runs,
                || engine.read(extract),
                |batch| engine.answer(batch, question).ok_or("ukendt".to_owned()),
            )
        }
        _ => Err(NOT_HERE.to_owned()),
    }
}

/// From the files of a folder, which are of that kind, to the answer.
///
/// # Errors
///
/// As [`measured`].
pub fn whole(
    implementation: Implementation,
    question: Question,
    folder: &Path,
    kind: &str,
    threads: usize,
) -> Result<Answer, String> {
    match (implementation, kind) {
        (Implementation::Loop, "csv") => {
            let (columns, tables) = loaded(folder)?;
            by_hand(threads, &columns, &tables, question)
        }
        (Implementation::Columnar, _) => columnar(threads)?.read_and_answer(folder, question),
        _ => Err(NOT_HERE.to_owned()),
    }
}

/// Answers once about columns that are there already.
///
/// # Errors
///
/// It is not there.
pub fn once(
    implementation: Implementation,
    question: Question,
    columns: &Columns,
    tables: &Tables,
) -> Result<Answer, String> {
    match implementation {
        Implementation::Loop => by_hand(1, columns, tables, question),
        Implementation::Columnar => {
            let engine = columnar(1)?;
            let batch = engine.batch(columns).map_err(|error| error.to_string())?;
            engine.answer(&batch, question).ok_or("ukendt".to_owned())
        }
        _ => Err(NOT_HERE.to_owned()),
    }
}

fn loaded(folder: &Path) -> Result<(Columns, Tables), String> {
    let columns = csv::read(folder).map_err(|error| error.to_string())?;
    Ok((columns, Tables::default()))
}

fn by_hand(
    threads: usize,
    columns: &Columns,
    tables: &Tables,
    question: Question,
) -> Result<Answer, String> {
    if threads <= 1 {
        return Ok(hand_loop::answer(columns, tables, question));
    }
    let answer = hand_loop::answer_on(threads, columns, tables, question);
    answer.ok_or_else(|| "no cases".to_owned())
}

fn columnar(threads: usize) -> Result<Columnar, String> {
    Columnar::new(threads).ok_or_else(|| "workload.regel does not check".to_owned())
}
