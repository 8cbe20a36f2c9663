//! The two ways to read an extract, held against each other: by cases, and in columns.

use super::*;
use crate::{ColumnExtract, ColumnOptions, NotRead, Slice, read_columns};
use hjemmel_engine::columns::{Batch, Reads};
use std::ops::ControlFlow;

/// Reads the extract in columns in several ways, each of which must say what `by_cases` says.
#[track_caller]
pub(crate) fn same_in_columns(
    model: &Model,
    path: &Path,
    options: Options,
    by_cases: &Result<Extract, Refused>,
) {
    let reads = Reads::all(model);
    for (cases, sorted) in [(1000, false), (2, false), (3, true)] {
        let asked = ColumnOptions {
            extract: options,
            reads: &reads,
            sorted,
            cases,
            progress: None,
        };
        let (slices, read) = in_columns(model, path, &asked);
        match (&read, by_cases) {
            (Ok(read), Ok(extract)) => same(model, extract, read, &slices, cases),
            (Err(NotRead::Refused(refused)), Err(expected)) if sorted => {
                let first = |refused: &Refused| {
                    let mut problems = refused.problems.clone();
                    problems.sort();
                    problems
                };
                if !not_sorted(refused) {
                    assert_eq!(first(refused), first(expected));
                }
            }
            (Err(NotRead::Refused(refused)), Err(expected)) => assert_eq!(refused, expected),
            (Err(NotRead::Refused(refused)), Ok(_)) if sorted && not_sorted(refused) => {}
            (read, _) => panic!("{read:?} in columns, {by_cases:?} by cases"),
        }
    }
}

fn not_sorted(refused: &Refused) -> bool {
    use crate::codes::{NOT_SORTED, SORTED_KEY_ZERO};
    let mut codes = refused.problems.iter().map(|problem| problem.code);
    codes.any(|code| code == NOT_SORTED || code == SORTED_KEY_ZERO)
}

pub(crate) fn in_columns(
    model: &Model,
    path: &Path,
    options: &ColumnOptions<'_>,
) -> (Vec<Slice>, Result<ColumnExtract, NotRead>) {
    let mut slices = Vec::new();
    let read = read_columns(path, model, options, &mut |slice| {
        slices.push(slice);
        ControlFlow::Continue(())
    });
    (slices, read)
}

#[track_caller]
fn same(model: &Model, extract: &Extract, read: &ColumnExtract, slices: &[Slice], cases: usize) {
    assert_eq!(read.problems, extract.problems);
    assert_eq!(read.hash, extract.hash);
    assert_eq!(read.rows, extract.rows);
    assert_eq!(read.files, extract.files);
    assert_eq!(read.date, extract.date);
    assert_eq!(read.unknown_codes, extract.unknown_codes);
    assert_eq!(read.persons, extract.cases.len() as u64);
    let expected = extract.cases.chunks(cases);
    assert_eq!(slices.len(), expected.len());
    let counts = extract.unreadable.chunks(cases);
    for ((slice, expected), unreadable) in slices.iter().zip(expected).zip(counts) {
        let keys: Vec<&str> = expected.iter().map(|case| case.id.as_str()).collect();
        assert_eq!(slice.keys.iter().collect::<Vec<_>>(), keys);
        assert_eq!(slice.unreadable, unreadable);
        assert_eq!(slice.batch, Batch::from_cases(model, expected).unwrap());
    }
}
