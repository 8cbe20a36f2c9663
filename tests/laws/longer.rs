//! A longer offer makes nothing overdue, and an exemption less nobody exempt: of the rules as they are shipped, and of the
//! persons of Helsingør.

use super::answers::{Answers, of_all};
use super::shipped::{root, rules};
use super::{hold, times};
use crate::oracle::{Random, day, say};
use hjemmel_engine::case::{Case, End, Start};
use hjemmel_engine::model::DutyState;
use hjemmel_engine::plan::Question;
use hjemmel_engine::time::Period;
use hjemmel_extracts::{Options, read};
use std::sync::LazyLock;

/// How many persons are changed in one go.
const PERSONS: usize = 100;

static HELSINGØR: LazyLock<Vec<Case>> = LazyLock::new(|| {
    let path = root().join("tests/helsingor/udtræk");
    read(&path, rules(), &Options::default()).unwrap().cases
});

/// What must not become of a state on any day.
struct Turn {
    from: &'static [DutyState],
    to: DutyState,
}

const OVERDUE: Turn = Turn {
    from: &[
        DutyState::Discharged,
        DutyState::InOffer,
        DutyState::DeadlineRunning,
    ],
    to: DutyState::Overdue,
};

const EXEMPT: Turn = Turn {
    from: &[DutyState::Overdue],
    to: DutyState::Exempt,
};

/// The first duty, and day, on which it is so all the same.
fn turned(before: &Answers, after: &Answers, turn: &Turn) -> Option<String> {
    let was = |state: &str| turn.from.iter().any(|from| from.name() == state);
    for duty in &rules().duties {
        for run in before[&duty.name].iter().filter(|run| was(&run.state)) {
            let others = after[&duty.name].iter();
            for other in others.filter(|other| other.state == turn.to.name()) {
                let days = run.days.and(other.days);
                if !days.is_empty() {
                    let name = &duty.name;
                    return Some(format!("{name} on {}: {run:?}, {other:?}", days.start));
                }
            }
        }
    }
    None
}

/// The case with each of its offers longer, and with each of its exemptions taken away, one at a time.
fn neighbours(case: &Case, random: &mut Random) -> Vec<(Case, &'static Turn)> {
    let mut all = Vec::new();
    for (at, table) in rules().tables.iter().enumerate() {
        for (line, row) in case.tables[at].rows.iter().enumerate() {
            let mut other = case.clone();
            match (table.name.as_str(), row.to) {
                ("indsats", End::On(last)) => {
                    let longer = last.plus(random.between(1, 90));
                    other.tables[at].rows[line].to = End::On(longer);
                    // In a new spell of help it would begin a pause of four weeks, where without it there was a month.
                    if !begins_within(case, "ydelse", Period::inclusive(last.next(), longer)) {
                        all.push((other, &OVERDUE));
                    }
                }
                (_, _) if table.assessment => {
                    other.tables[at].rows.remove(line);
                    all.push((other, &EXEMPT));
                }
                _ => {}
            }
        }
    }
    all
}

/// Whether a row of a table begins in some days.
fn begins_within(case: &Case, table: &str, days: Period) -> bool {
    let at = rules()
        .tables
        .iter()
        .position(|it| it.name == table)
        .unwrap();
    let mut rows = case.tables[at].rows.iter();
    rows.any(|row| matches!(row.from, Start::On(day) if days.contains(day)))
}

#[test]
fn r11_a_longer_offer_makes_nothing_overdue_and_one_exemption_less_nobody_exempt() {
    let question = Question {
        window: Period::inclusive(day(2016, 1, 1), day(2017, 12, 31)),
        known_on: Some(day(2017, 9, 13)),
    };
    let groups: Vec<&[Case]> = HELSINGØR.chunks(PERSONS).collect();
    // A night goes some forty times through all of them; a usual run takes two groups.
    let seeds = (groups.len() as u64 * times().min(400) / 10).max(2);
    let law = "A7 relation 11 longer offers, fewer exemptions";
    hold(law, seeds, |seed| {
        let (group, mut random) = (groups[seed as usize % groups.len()], Random::new(seed));
        let (mut cases, mut turns) = (group.to_vec(), Vec::new());
        for (person, case) in group.iter().enumerate() {
            for (other, turn) in neighbours(case, &mut random) {
                cases.push(other);
                turns.push((person, turn));
            }
        }
        let answers = of_all(rules(), &cases, question);
        let others = cases.iter().zip(&answers).skip(group.len());
        for ((other, after), (person, turn)) in others.zip(&turns) {
            if let Some(turned) = turned(&answers[*person], after, turn) {
                return Err(format!("{turned}\n{}", say::case(rules(), other)));
            }
        }
        Ok(turns.len() as u64)
    });
}
