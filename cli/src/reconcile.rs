//! `hjemmel reconcile`: two extracts about the same persons, who counts in one and not in the
//! other, and why.

use crate::arguments::{DataArguments, ReconcileArguments};
use crate::exit::{Exit, Failure};
use crate::reconcile_book::{Difference, Reconciled, Taken};
use crate::run::{no_law, provenance};
use crate::session::Session;
use crate::{book, input, judged, print, series};
use hjemmel_engine::case::Case;
use hjemmel_engine::evaluate::Evaluation;
use hjemmel_engine::measure::{Contribution, Counts, contribution, measure_on};
use hjemmel_engine::model::{MeasureId, Model};
use hjemmel_engine::personal::Personal;
use hjemmel_engine::reconcile::{Kind, Side, Standing, explain};
use hjemmel_engine::time::Day;
use hjemmel_extracts::{Extract, WeeklyCodes, weekly_codes};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// One of the two extracts.
struct Read<'a> {
    path: &'a Path,
    extract: Extract,
    measure: MeasureId,
    known_on: Option<Day>,
    /// What each person adds, in the order of the cases.
    added: Vec<Option<Contribution>>,
}

/// Reconciles.
pub(crate) fn reconcile(
    session: &Session,
    arguments: &ReconcileArguments,
) -> Result<Exit, Failure> {
    let day = arguments.day.day()?;
    let known_on = input::optional_day("--known-on", arguments.known_on.as_deref())?;
    let known_on_b = input::optional_day("--known-on-b", arguments.known_on_b.as_deref())?;
    let target = book::target(&arguments.book)?;
    let rules = session.rules(&arguments.rules, hjemmel_engine::check_rules)?;
    let model = &rules.model;
    let first = measure(model, &arguments.measure, day)?;
    let second = match &arguments.measure_b {
        Some(name) => measure(model, name, day)?,
        None => first,
    };
    let first = read(session, model, (&arguments.first, first, known_on), day)?;
    let second = read(session, model, (&arguments.second, second, known_on_b), day)?;
    let differences = differences(session, model, day, &first, &second)?;
    let mut provenance = provenance(&rules, "", known_on);
    provenance.as_of = Some(day);
    provenance.extract_hash = format!("{}+{}", first.extract.hash, second.extract.hash);
    let reconciled = Reconciled {
        session,
        model,
        day,
        first: taken(&first),
        second: taken(&second),
        differences: &differences,
    };
    let mut text = reconciled.text();
    if let Some(target) = target {
        let book = reconciled.book(provenance.clone());
        text += &book::write(session, &arguments.book, first.path, target, &book)?;
    }
    text += &reconciled.rests_on(&provenance);
    print::out(&text)?;
    let unexplained = differences.iter().any(|difference| {
        let mut reasons = difference.explained.reasons.iter();
        reasons.any(|reason| reason.kind == Kind::Unexplained)
    });
    Ok(if unexplained {
        Exit::Findings
    } else {
        Exit::Done
    })
}

/// The measure of a name, which must be in force.
fn measure(model: &Model, name: &str, day: Day) -> Result<MeasureId, Failure> {
    let found = series::chosen(model, &[name.to_owned()])?;
    let found = found.into_iter().next();
    found
        .filter(|id| measure_on(model, *id, day).is_some())
        .ok_or_else(|| no_law(day))
}

/// Reads one of the extracts, and takes its measure.
fn read<'a>(
    session: &Session,
    model: &Model,
    (path, measure, known_on): (&'a Path, MeasureId, Option<Day>),
    day: Day,
) -> Result<Read<'a>, Failure> {
    let data = DataArguments {
        path: path.to_owned(),
        allow_empty: false,
        allow_full_sheet: false,
        known_on: None,
    };
    let extract = input::judged_extract(session, &data, model, day, known_on)?;
    let added = judged::each(&extract.cases, |case| {
        contribution(model, &Evaluation::new(model, case, known_on), measure, day)
    });
    Ok(Read {
        path,
        extract,
        measure,
        known_on,
        added,
    })
}

/// Every person who stands in two places.
fn differences(
    session: &Session,
    model: &Model,
    day: Day,
    first: &Read<'_>,
    second: &Read<'_>,
) -> Result<Vec<Difference>, Failure> {
    let pairs = pairs(first, second);
    let differing: Vec<(&str, [Option<usize>; 2])> = pairs
        .into_iter()
        .filter(|(_, [one, two])| standing(first, *one) != standing(second, *two))
        .collect();
    let keys: BTreeSet<&str> = differing.iter().map(|(key, _)| *key).collect();
    let codes = [
        codes(session, model, first, &keys)?,
        codes(session, model, second, &keys)?,
    ];
    let mut found = Vec::new();
    for (key, [one, two]) in differing {
        let [mine, theirs] = &codes;
        let (one, two) = (
            side(first, one, mine.as_ref(), key),
            side(second, two, theirs.as_ref(), key),
        );
        let Some(explained) = explain(model, day, &one, &two) else {
            continue;
        };
        let places = explained.reasons.iter().map(|reason| {
            let of = |read: &Read<'_>, sources: &[_]| {
                let places = sources.iter().map(|source| read.extract.place(*source));
                places.collect::<Vec<_>>().join(", ")
            };
            [of(first, &reason.first), of(second, &reason.second)]
        });
        found.push(Difference {
            case: Personal::new(key),
            standings: [one.standing(model, day), two.standing(model, day)],
            places: places.collect(),
            explained,
        });
    }
    Ok(found)
}

/// Every key with its position in each of the extracts.
fn pairs<'e>(first: &'e Read<'_>, second: &'e Read<'_>) -> BTreeMap<&'e str, [Option<usize>; 2]> {
    let mut pairs: BTreeMap<&str, [Option<usize>; 2]> = BTreeMap::new();
    for (at, case) in first.extract.cases.iter().enumerate() {
        pairs.insert(case.id.reveal(), [Some(at), None]);
    }
    for (at, case) in second.extract.cases.iter().enumerate() {
        let [_, theirs] = pairs.entry(case.id.reveal()).or_default();
        *theirs = Some(at);
    }
    pairs
}

fn standing(read: &Read<'_>, at: Option<usize>) -> Standing {
    let added = at.and_then(|at| read.added.get(at)?.as_ref());
    Standing::of(added)
}

fn side<'e>(
    read: &'e Read<'_>,
    at: Option<usize>,
    codes: Option<&'e WeeklyCodes>,
    key: &str,
) -> Side<'e> {
    let case: Option<&Case> = at.and_then(|at| read.extract.cases.get(at));
    Side {
        case,
        measure: read.measure,
        known_on: read.known_on,
        drawn: read.extract.date,
        codes: codes.and_then(|codes| codes.get(key)),
    }
}

/// The codes of those who differ, if the extract has one a week.
fn codes(
    session: &Session,
    model: &Model,
    read: &Read<'_>,
    keys: &BTreeSet<&str>,
) -> Result<Option<WeeklyCodes>, Failure> {
    weekly_codes(read.path, model, &|key| keys.contains(key))
        .map_err(|refusal| input::unusable(session, &refusal))
}

/// The counts of an extract.
fn taken<'a>(read: &'a Read<'_>) -> Taken<'a> {
    let mut counts = Counts::default();
    for added in read.added.iter().flatten() {
        counts.add(added);
    }
    Taken {
        path: read.path,
        hash: &read.extract.hash,
        date: read.extract.date,
        known_on: read.known_on,
        measure: read.measure,
        counts,
    }
}
