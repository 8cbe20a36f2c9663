//! The laws of missing facts on the rules as they are shipped, and the invented extract of the user
//! guide's exercise.

use super::answers::{self, Answers};
use super::missing::{cells, filled, without};
use super::{hold, times};
use crate::oracle::{Random, day, say};
use hjemmel_engine::case::{Case, Start};
use hjemmel_engine::evaluate::{Evaluation, subjects};
use hjemmel_engine::model::{Model, Subject};
use hjemmel_engine::plan::Question;
use hjemmel_engine::time::{Day, Days, Period};
use hjemmel_extracts::{Options, read};
use hjemmel_grammar::Sources;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

pub(super) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Adds the rule files of a folder and of those in it.
pub(super) fn add(sources: &mut Sources, folder: &Path) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            add(sources, &path);
        } else if path.extension().is_some_and(|ending| ending == "regel") {
            let text = std::fs::read_to_string(&path).unwrap();
            sources.add(path.display().to_string(), text);
        }
    }
}

pub(super) fn rules() -> &'static Model {
    static RULES: OnceLock<Model> = OnceLock::new();
    RULES.get_or_init(|| {
        let mut sources = Sources::new();
        add(&mut sources, &root().join("rules"));
        hjemmel_engine::check_rules(&sources).model
    })
}

fn persons() -> Vec<Case> {
    let path = root().join("vejledning/øvelse/udtræk");
    let mut cases = read(&path, rules(), &Options::default()).unwrap().cases;
    assert_eq!(cases.len(), 13);
    for table in cases.iter_mut().flat_map(|case| &mut case.tables) {
        table.dated = table.rows.iter().any(|row| row.registered.is_some());
    }
    cases
}

fn question() -> Question {
    Question {
        window: Period::inclusive(day(2016, 1, 1), day(2017, 12, 31)),
        known_on: Some(day(2017, 9, 13)),
    }
}

/// The persons, a seed each. A long run takes all where a usual one takes a share, so that once is enough.
fn each_person(law: &str, work: impl Fn(&Case, &mut Random) -> Result<u64, String> + Sync) {
    let persons = persons();
    hold(law, persons.len() as u64, |seed| {
        let case = &persons[seed as usize % persons.len()];
        let mut random = Random::new(seed);
        work(case, &mut random).map_err(|breach| format!("{}: {breach}", case.id.reveal()))
    });
}

/// Some of them: an eighth of them in a usual run.
fn some<T>(mut all: Vec<T>, random: &mut Random, least: usize) -> Vec<T> {
    let wanted = (all.len() * times().min(8) as usize / 8).max(least);
    while all.len() > wanted {
        all.swap_remove(random.below(all.len()));
    }
    all
}

fn against(with: &Answers, lacking: &Case) -> Result<Answers, String> {
    let without = answers::of(rules(), lacking, question());
    match answers::gained(with, &without) {
        Some(gained) => Err(format!("{gained}\n{}", say::case(rules(), lacking))),
        None => Ok(without),
    }
}

#[test]
fn a_blank_cell_of_the_exercise_makes_nothing_definite() {
    each_person("A4 in the exercise: a cell", |case, random| {
        let with = answers::of(rules(), case, question());
        let cells = some(cells(rules(), case), random, 4);
        for cell in &cells {
            let said = against(&with, &without(case.clone(), *cell));
            said.map_err(|breach| format!("without {cell:?}: {breach}"))?;
        }
        Ok(cells.len() as u64)
    });
}

#[test]
fn two_blank_cells_of_the_exercise_make_nothing_definite() {
    each_person("A4 in the exercise: two cells", |case, random| {
        let with = answers::of(rules(), case, question());
        let cells = cells(rules(), case);
        let pairs = 8 * times().min(100);
        for _ in 0..pairs {
            let (one, two) = (random.pick(&cells), random.pick(&cells));
            let said = against(&with, &without(without(case.clone(), one), two));
            said.map_err(|breach| format!("without {one:?} and {two:?}: {breach}"))?;
        }
        Ok(pairs)
    });
}

#[test]
fn files_that_the_exercise_lacks_make_nothing_definite() {
    each_person("A4 in the exercise: files", |case, random| {
        let mut case = case.clone();
        let registers: Vec<usize> = (0..rules().tables.len())
            .filter(|at| !rules().tables[*at].assessment)
            .collect();
        for at in &registers {
            case.tables[*at].complete = Days::none();
        }
        let mut with = answers::of(rules(), &case, question());
        let mut tried = 0;
        for at in registers {
            if case.tables[at].rows.is_empty() || (times() == 1 && random.one_in(2)) {
                continue;
            }
            case.tables[at].rows.clear();
            with = against(&with, &case)
                .map_err(|breach| format!("without {}: {breach}", rules().tables[at].name))?;
            tried += 1;
        }
        Ok(tried)
    });
}

#[test]
fn a_definite_answer_of_the_exercise_stays_whatever_the_fact_may_be() {
    each_person("A5 completions in the exercise", |case, random| {
        let mut edges = answers::edges(&answers::of(rules(), case, question()));
        edges.extend(question().known_on);
        let mut tried = 0;
        // Each costs a judgement for every value that it may have.
        let cells = some(cells(rules(), case), random, 2).into_iter();
        for cell in cells.take(4 * times().min(4) as usize) {
            let lacking = without(case.clone(), cell);
            let without = answers::of(rules(), &lacking, question());
            for completed in some(filled(rules(), &lacking, cell, &edges), random, 4) {
                let with = answers::of(rules(), &completed, question());
                if let Some(gained) = answers::gained(&with, &without) {
                    return Err(format!(
                        "{cell:?}: {gained}\n{}",
                        say::case(rules(), &completed)
                    ));
                }
                tried += 1;
            }
        }
        Ok(tried)
    });
}

/// Whether the rows or the law say something else on `day` than on the day before.
fn news(case: &Case, day: Day) -> bool {
    let rows = || case.tables.iter().flat_map(|table| &table.rows);
    let begins = rows().any(|row| row.from == Start::On(day));
    // These laws change on the first of a month.
    begins || day.previous().next_month() == day
}

#[test]
fn r12_an_answer_changes_on_a_day_that_was_told_or_that_brings_news() {
    let subjects = subjects(rules());
    each_person("A7 relation 12 the next day", |case, random| {
        let evaluation = Evaluation::new(rules(), case, None);
        let mut tried = 0;
        for _ in 0..20 * times().min(20) {
            let today = day(2016, 1, 1).plus(random.between(0, 600));
            let tomorrow = today.next();
            for subject in subjects.iter().filter(|it| matches!(it, Subject::Duty(_))) {
                let (Some(now), Some(then)) = (
                    evaluation.judge(*subject, today),
                    evaluation.judge(*subject, tomorrow),
                ) else {
                    continue;
                };
                let same = now.run.state == then.run.state;
                if !same && now.until != Some(today) && !news(case, tomorrow) {
                    return Err(format!(
                        "{subject:?} on {tomorrow}: {now:?} and then {then:?}"
                    ));
                }
                tried += 1;
            }
        }
        Ok(tried)
    });
}
