//! Two persons: what is said of the one does not change, whatever the registers say of the other. In the batches
//! that the columnar evaluator judges together, and in files from which one person is read and explained.

use super::answers;
use super::shipped::{root, rules};
use super::storage::{Stored, stored};
use super::{hold, times};
use crate::oracle::{Random, cases, day, generate};
use hjemmel_engine::case::Case;
use hjemmel_engine::evaluate::{Evaluation, subjects};
use hjemmel_engine::explain::explain;
use hjemmel_engine::model::Model;
use hjemmel_engine::plan::Question;
use hjemmel_engine::time::Period;
use hjemmel_extracts::{Options, read};
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

/// Persons beside whom one is judged, for each rule set.
const BESIDE: u64 = 100;

fn drawn(model: &Model, seed: u64) -> Case {
    let mut random = Random::new(seed);
    let doubt = random.pick(&[0, 0, 8, 20]);
    let mut case = cases::case(model, &mut random, cases::Doubt(doubt));
    for table in &mut case.tables {
        table.dated = random.one_in(3);
    }
    case
}

/// One person before, after and between others, again and again in one batch.
fn judged_beside(seed: u64) -> Result<u64, String> {
    let model = generate::model(seed);
    let mut random = Random::new(seed);
    let question = Question {
        window: Period::inclusive(day(2015, 12, 28), day(2016, 11, 15)),
        known_on: cases::known_on(&mut random),
    };
    let own = drawn(&model, seed * 100_000);
    let others = (1..=BESIDE).map(|number| drawn(&model, seed * 100_000 + number));
    let mut batch = vec![own.clone()];
    for other in others {
        batch.extend([other, own.clone()]);
    }
    let alone = answers::of_all(&model, std::slice::from_ref(&own), question);
    let beside = answers::of_all(&model, &batch, question);
    for (at, answers) in beside.iter().enumerate().step_by(2) {
        if *answers != alone[0] {
            let shown = answers::shown(&model, &own);
            let other = answers::shown(&model, &batch[at.max(1) - 1]);
            return Err(format!("{shown}\nbeside\n{other}"));
        }
    }
    Ok(BESIDE)
}

#[test]
fn nobody_is_judged_by_what_stands_about_another() {
    let law = "F7 a person judged beside another";
    hold(law, 20 * times(), judged_beside);
    println!(
        "FIGURE;F7;pairs of persons judged together;{}",
        20 * times() * BESIDE
    );
}

/// All that `hjemmel explain` is made of, of one person in an extract.
fn told(folder: &Path, key: &str) -> Result<String, String> {
    let extract = read(folder, rules(), &Options::default());
    let extract = extract.map_err(|_| "the extract is refused".to_owned())?;
    let at = extract
        .cases
        .iter()
        .position(|case| case.id.reveal() == key);
    let at = at.ok_or("the person is gone")?;
    let case = &extract.cases[at];
    let mut out = format!("{:?} {case:?}\n", extract.unreadable[at]);
    for row in case.tables.iter().flat_map(|table| &table.rows) {
        out += &format!("{}\n", extract.place(row.source));
    }
    let evaluation = Evaluation::new(rules(), case, Some(day(2017, 8, 22)));
    for subject in subjects(rules()) {
        let explained = explain(rules(), &evaluation, subject, day(2017, 7, 31));
        out += &format!("{explained:?}\n");
    }
    Ok(out)
}

/// Other values in the rows of all but one person: those of other rows, and some that cannot be read.
fn disturbed(table: &Stored, key: &str, random: &mut Random) -> Vec<Vec<String>> {
    let mut rows = table.rows.clone();
    for row in &mut rows {
        if row[0] == key {
            continue;
        }
        // Not the key; and the days of registration are dates of the whole table.
        for column in 1..row.len().saturating_sub(1) {
            let other = random.below(table.rows.len());
            match random.below(6) {
                0 | 1 => row[column] = table.rows[other][column].clone(),
                2 => row[column] = "kan ikke læses".to_owned(),
                _ => {}
            }
        }
    }
    rows
}

#[test]
fn nobody_is_explained_by_what_stands_about_another() {
    let (settings, tables) = stored();
    let expected = root().join("vejledning/øvelse/udtræk");
    let (explained, pairs) = (AtomicU64::new(0), AtomicU64::new(0));
    let law = "F7 a person explained beside changed rows of the others";
    hold(law, 13 * times(), |seed| {
        let key = format!("S{:02}", 1 + seed % 13);
        let mut random = Random::new(seed);
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        fs::write(folder.path().join("udtræk.toml"), &settings).unwrap();
        let mut changed = 0;
        for table in &tables {
            let rows = disturbed(table, &key, &mut random);
            changed += u64::from(rows != table.rows);
            let file = folder.path().join(format!("{}.csv", table.name));
            fs::write(file, table.csv(&rows)).unwrap();
        }
        let (before, after) = (told(&expected, &key)?, told(folder.path(), &key)?);
        explained.fetch_add(u64::from(before.len() > 1000), Ordering::Relaxed);
        pairs.fetch_add(12, Ordering::Relaxed);
        match before == after {
            true => Ok(changed.min(1) * 12),
            false => Err(format!("{key}:\n{before}\n{after}")),
        }
    });
    assert_eq!(
        explained.into_inner(),
        13 * times(),
        "somebody is not explained"
    );
    println!(
        "FIGURE;F7;pairs of persons, one explained, the other's rows changed;{}",
        pairs.into_inner()
    );
}
