//! The hole test: take facts away, and no answer becomes definite that was not.

use super::answers::{self, Answers};
use super::missing::{self, cells, without};
use super::{hold, times};
use crate::oracle::Random;
use hjemmel_engine::case::{Case, End, Start};
use hjemmel_engine::model::{ConditionKind, Model};
use hjemmel_engine::plan::Question;
use hjemmel_engine::time::Days;

/// Rule sets of a usual run; each with two cases without doubt and one with.
const RULE_SETS: u64 = 6;
const DOUBTS: [usize; 3] = [0, 0, 12];

struct Held<'a> {
    model: &'a Model,
    question: Question,
    with: Answers,
}

impl<'a> Held<'a> {
    fn new(model: &'a Model, case: &Case, question: Question) -> Self {
        let with = answers::of(model, case, question);
        Self {
            model,
            question,
            with,
        }
    }

    /// The answers about a case that lacks facts, if they say no more.
    fn against(&self, lacking: &Case) -> Result<Answers, String> {
        let without = answers::of(self.model, lacking, self.question);
        match answers::gained(&self.with, &without) {
            None => Ok(without),
            Some(gained) => {
                let known_on = self.question.known_on.map(|day| day.to_string());
                let shown = answers::shown(self.model, lacking);
                Err(format!("{gained}\nknown on {known_on:?}{shown}"))
            }
        }
    }
}

fn all_drawn(
    work: impl Fn(&Model, &Case, Question, &mut Random) -> Result<u64, String>,
) -> impl Fn(u64) -> Result<u64, String> {
    move |seed| {
        let mut tried = 0;
        for (number, doubt) in DOUBTS.into_iter().enumerate() {
            let (model, case, question, mut random) = missing::drawn(seed, number as u64, doubt);
            let said = work(&model, &case, question, &mut random);
            tried += said.map_err(|breach| format!("case {number}: {breach}"))?;
        }
        Ok(tried)
    }
}

#[test]
fn a_blank_cell_makes_nothing_definite() {
    let work = all_drawn(|model, case, question, _| {
        let held = Held::new(model, case, question);
        let cells = cells(model, case);
        for cell in &cells {
            let said = held.against(&without(case.clone(), *cell));
            said.map_err(|breach| format!("without {cell:?}: {breach}"))?;
        }
        Ok(cells.len() as u64)
    });
    hold("A4 a cell blank", RULE_SETS * times(), work);
}

#[test]
fn two_blank_cells_make_nothing_definite() {
    // All pairs in a long run, else some of each case. A pair is held against one of its two alone too.
    let most = 12 * times() as usize;
    let work = all_drawn(|model, case, question, random| {
        let held = Held::new(model, case, question);
        let cells = cells(model, case);
        let pairs = (0..cells.len()).flat_map(|i| (0..i).map(move |j| (i, j)));
        let mut pairs: Vec<_> = pairs.collect();
        while pairs.len() > most {
            pairs.swap_remove(random.below(pairs.len()));
        }
        for (i, j) in &pairs {
            let one = without(case.clone(), cells[*i]);
            let two = without(one.clone(), cells[*j]);
            let of_two = held.against(&two).map_err(|breach| {
                format!("without {:?} and {:?}: {breach}", cells[*i], cells[*j])
            })?;
            let of_one = answers::of(model, &one, question);
            if let Some(gained) = answers::gained(&of_one, &of_two) {
                let shown = answers::shown(model, &two);
                return Err(format!(
                    "after {:?} without {:?} too: {gained}{shown}",
                    cells[*i], cells[*j]
                ));
            }
        }
        Ok(pairs.len() as u64)
    });
    hold("A4 two cells blank", RULE_SETS * times(), work);
}

/// The case with a register that is not complete on any day.
fn incomplete(mut case: Case, table: usize) -> Case {
    case.tables[table].complete = Days::none();
    case
}

/// The row lies alone: on no day of it, does another speak of that day.
fn alone(case: &Case, table: usize, at: usize) -> bool {
    let rows = &case.tables[table].rows;
    let first = |i: usize| match rows[i].from {
        Start::On(day) => day.number(),
        Start::Unknown => i32::MIN,
    };
    let last = |i: usize| match rows[i].to {
        End::On(day) => day.number(),
        End::Ongoing | End::Unknown => i32::MAX,
    };
    (0..rows.len()).all(|i| i == at || last(i) < first(at) || last(at) < first(i))
}

#[test]
fn a_row_that_an_incomplete_register_lacks_makes_nothing_definite() {
    // Decisions apart: there, no row means that nobody has decided so. And on a day with a row, what it says
    // is all that a register says.
    let work = all_drawn(|model, case, question, _| {
        let mut tried = 0;
        for table in (0..model.tables.len()).filter(|at| !model.tables[*at].assessment) {
            let case = incomplete(case.clone(), table);
            let held = Held::new(model, &case, question);
            let rows = case.tables[table].rows.len();
            for row in (0..rows).filter(|row| alone(&case, table, *row)) {
                let mut lacking = case.clone();
                lacking.tables[table].rows.remove(row);
                let said = held.against(&lacking);
                said.map_err(|breach| format!("table {table}, row {row}: {breach}"))?;
                tried += 1;
            }
            let mut lacking = case.clone();
            lacking.tables[table].rows.clear();
            let said = held.against(&lacking);
            said.map_err(|breach| format!("table {table}, all rows: {breach}"))?;
            tried += 1;
        }
        Ok(tried)
    });
    hold("A4 rows and files gone", RULE_SETS * times(), work);
}

#[test]
fn no_register_at_all_makes_nothing_definite() {
    let work = all_drawn(|model, case, question, random| {
        let mut case = case.clone();
        let registers = || {
            model
                .tables
                .iter()
                .enumerate()
                .filter(|(_, table)| !table.assessment)
        };
        for (at, _) in registers() {
            case = incomplete(case, at);
        }
        let mut held = Held::new(model, &case, question);
        let mut left: Vec<usize> = registers().map(|(at, _)| at).collect();
        let mut tried = 0;
        while !left.is_empty() {
            let table = left.swap_remove(random.below(left.len()));
            case.tables[table].rows.clear();
            // With each file gone no more is definite than before it went.
            held.with = held
                .against(&case)
                .map_err(|breach| format!("table {table}: {breach}"))?;
            tried += 1;
        }
        Ok(tried)
    });
    hold(
        "A4 one file after another gone",
        RULE_SETS * 2 * times(),
        work,
    );
}

#[test]
fn a_rule_that_cannot_be_read_makes_nothing_definite() {
    let work = all_drawn(|model, case, question, random| {
        let held = Held::new(model, case, question);
        let (some, mut tried) = (model.conditions.len().min(8), 0);
        for _ in 0..some {
            let mut unread = model.clone();
            let at = random.below(unread.conditions.len());
            unread.conditions[at].kind = ConditionKind::Unreadable;
            let without = answers::of(&unread, case, question);
            if let Some(gained) = answers::gained(&held.with, &without) {
                let shown = answers::shown(model, case);
                return Err(format!("without condition {at}: {gained}{shown}"));
            }
            tried += answers::definite_days(&without).0;
        }
        Ok(tried)
    });
    hold(
        "A6 verdicts with a condition that cannot be read",
        RULE_SETS * times(),
        work,
    );
}
