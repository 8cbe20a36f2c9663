//! The completion test: where an answer is definite although a fact is missing, it is the answer
//! whatever the fact may be.

use super::answers;
use super::missing::{cells, drawn, filled, without};
use super::{hold, times};

/// Rule sets of a usual run.
const RULE_SETS: u64 = 6;

/// How many ways to fill in a fact are tried of it: all in a long run.
const MOST: usize = 16;

#[test]
fn a_definite_answer_stays_whatever_the_fact_may_be() {
    let most = MOST * times() as usize;
    let work = |seed: u64| {
        let mut tried = 0;
        for (number, doubt) in [0, 12].into_iter().enumerate() {
            let (model, case, question, mut random) = drawn(seed, 500 + number as u64, doubt);
            let mut edges = answers::edges(&answers::of(&model, &case, question));
            edges.extend(question.known_on);
            let cells = cells(&model, &case);
            // Some cells of each case are enough; there are many cases.
            for _ in 0..cells.len().min(6) {
                let cell = cells[random.below(cells.len())];
                let lacking = without(case.clone(), cell);
                let without = answers::of(&model, &lacking, question);
                let mut filled = filled(&model, &lacking, cell, &edges);
                while filled.len() > most {
                    filled.swap_remove(random.below(filled.len()));
                }
                for completed in filled {
                    let with = answers::of(&model, &completed, question);
                    if let Some(gained) = answers::gained(&with, &without) {
                        let known_on = question.known_on.map(|day| day.to_string());
                        let shown = answers::shown(&model, &completed);
                        return Err(format!("{cell:?}: {gained}\nknown on {known_on:?}{shown}"));
                    }
                    tried += 1;
                }
            }
        }
        Ok(tried)
    };
    hold(
        "A5 completions of a missing fact",
        RULE_SETS * times(),
        work,
    );
}
