//! Answers as columns, and as the text in which all implementations are compared.

use crate::columns::Rows;
use crate::csv::{Text, case_id};
use crate::workload::{BENEFIT_GROUPS, CELLS, FIRST_MONDAY, MISSING, OUTCOMES, cell};

/// The answer to a question, about all cases in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Q1: outcomes; where it is `missing`, the first day of the unbroken run, else 0; the counts.
    AsOf(Vec<u8>, Vec<i32>, [u32; CELLS]),
    /// Q2: the counts on each Monday.
    Series(Vec<[u32; CELLS]>),
    /// Q3: outcomes under the one and the other parameter set, and how many have which two.
    Compare(Vec<u8>, Vec<u8>, [u32; 25]),
    /// Q4: runs of outcomes, the kind being the outcome.
    Timelines(Rows),
}

/// The place of two outcomes in the cross-table.
#[inline]
#[must_use]
pub fn crossed(one: u8, other: u8) -> usize {
    usize::from(one) * OUTCOMES.len() + usize::from(other)
}

fn outcome(kind: u8) -> &'static str {
    OUTCOMES.get(usize::from(kind)).copied().unwrap_or("?")
}

impl Answer {
    /// Lines of comma-separated words: cases in order, then what was counted, zeros left out.
    #[must_use]
    pub fn text(&self) -> Vec<u8> {
        let mut text = Text::default();
        match self {
            Self::AsOf(outcomes, since, counts) => {
                for ((case, kind), since) in outcomes.iter().enumerate().zip(since) {
                    text.word(&case_id(case)).word(outcome(*kind));
                    if *kind == MISSING {
                        text.day(*since);
                    } else {
                        text.word("");
                    }
                    text.end();
                }
                counted(&mut text, None, counts);
            }
            Self::Series(weeks) => {
                for (week, counts) in (0..).zip(weeks) {
                    counted(&mut text, Some(FIRST_MONDAY + 7 * week), counts);
                }
            }
            Self::Compare(one, other, cross) => compared(&mut text, one, other, cross),
            Self::Timelines(rows) => timelines(&mut text, rows),
        }
        text.bytes()
    }
}

fn counted(text: &mut Text, day: Option<i32>, counts: &[u32; CELLS]) {
    for (benefit, group) in (0..).zip(BENEFIT_GROUPS) {
        for (kind, name) in (0..).zip(OUTCOMES) {
            let count = counts.get(cell(benefit, kind)).copied().unwrap_or(0);
            if 0 < count {
                if let Some(day) = day {
                    text.day(day);
                }
                text.word(group).word(name).word(&count.to_string()).end();
            }
        }
    }
}

fn compared(text: &mut Text, one: &[u8], other: &[u8], cross: &[u32; 25]) {
    for ((case, one), other) in one.iter().enumerate().zip(other) {
        text.word(&case_id(case))
            .word(outcome(*one))
            .word(outcome(*other))
            .end();
    }
    for (first, name) in (0..).zip(OUTCOMES) {
        for (second, other) in (0..).zip(OUTCOMES) {
            let count = cross.get(crossed(first, second)).copied().unwrap_or(0);
            if 0 < count {
                text.word(name).word(other).word(&count.to_string()).end();
            }
        }
    }
}

fn timelines(text: &mut Text, rows: &Rows) {
    for case in 0..rows.offsets.len().saturating_sub(1) {
        for (start, end, kind) in rows.of(case).iter() {
            text.word(&case_id(case))
                .day(start)
                .day(end)
                .word(outcome(kind))
                .end();
        }
    }
}
