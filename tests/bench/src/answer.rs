//! Answers as columns, and as the text in which all implementations are compared.

use crate::columns::Rows;
use crate::csv::{Text, case_id};
use crate::workload::{BENEFIT_GROUPS, CELLS, MISSING, Mondays, OUTCOMES, cell};

/// The answer to a question, about all cases in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Q1: outcomes; where it is `missing`, the first day of the unbroken run, else 0; the counts.
    AsOf(Vec<u8>, Vec<i32>, [u32; CELLS]),
    /// Q2: the counts on each Monday.
    Series(Mondays, Vec<[u32; CELLS]>),
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
    /// Adds the answer about the cases that follow. An answer to another question adds nothing.
    pub fn add(&mut self, other: &Self) {
        fn sum(counts: &mut [u32], more: &[u32]) {
            counts
                .iter_mut()
                .zip(more)
                .for_each(|(count, more)| *count += more);
        }
        match (self, other) {
            (Self::AsOf(outcomes, since, counts), Self::AsOf(more, more_since, more_counts)) => {
                outcomes.extend_from_slice(more);
                since.extend_from_slice(more_since);
                sum(counts, more_counts);
            }
            (Self::Series(_, weeks), Self::Series(_, more)) => {
                let both = weeks.iter_mut().zip(more);
                both.for_each(|(counts, more)| sum(counts, more));
            }
            (Self::Compare(one, other, cross), Self::Compare(more, more_other, more_cross)) => {
                one.extend_from_slice(more);
                other.extend_from_slice(more_other);
                sum(cross, more_cross);
            }
            (Self::Timelines(rows), Self::Timelines(more)) => rows.append(more),
            _ => {}
        }
    }

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
            Self::Series(mondays, weeks) => series(&mut text, *mondays, weeks),
            Self::Compare(one, other, cross) => {
                compared(&mut text, one, other);
                crosses(&mut text, cross);
            }
            Self::Timelines(rows) => timelines(&mut text, rows),
        }
        text.bytes()
    }

    /// Only what was counted: of timelines how many runs of each outcome, and of how many days.
    #[must_use]
    pub fn counts(&self) -> Vec<u8> {
        let mut text = Text::default();
        match self {
            Self::AsOf(_, _, counts) => counted(&mut text, None, counts),
            Self::Series(mondays, weeks) => series(&mut text, *mondays, weeks),
            Self::Compare(_, _, cross) => crosses(&mut text, cross),
            Self::Timelines(rows) => runs(&mut text, rows),
        }
        text.bytes()
    }

    /// The answer about these cases and, after them, those of the other answer to the same question.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        match (&mut self, other) {
            (Self::AsOf(outcomes, since, counts), Self::AsOf(more, more_since, others)) => {
                outcomes.extend(more);
                since.extend(more_since);
                add_all(counts, &others);
            }
            (Self::Series(_, weeks), Self::Series(_, others)) => {
                for (counts, others) in weeks.iter_mut().zip(&others) {
                    add_all(counts, others);
                }
            }
            (Self::Compare(one, other, cross), Self::Compare(more, more_other, others)) => {
                one.extend(more);
                other.extend(more_other);
                add_all(cross, &others);
            }
            (Self::Timelines(rows), Self::Timelines(more)) => rows.append(&more),
            _ => {}
        }
        self
    }
}

fn add_all(counts: &mut [u32], others: &[u32]) {
    for (count, other) in counts.iter_mut().zip(others) {
        *count += other;
    }
}

fn series(text: &mut Text, mondays: Mondays, weeks: &[[u32; CELLS]]) {
    for (day, counts) in mondays.days().zip(weeks) {
        counted(text, Some(day), counts);
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

fn compared(text: &mut Text, one: &[u8], other: &[u8]) {
    for ((case, one), other) in one.iter().enumerate().zip(other) {
        text.word(&case_id(case))
            .word(outcome(*one))
            .word(outcome(*other))
            .end();
    }
}

fn crosses(text: &mut Text, cross: &[u32; 25]) {
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

fn runs(text: &mut Text, rows: &Rows) {
    let mut counts = [(0_u64, 0_u64); OUTCOMES.len()];
    let days = rows.starts.iter().zip(&rows.ends).zip(&rows.kinds);
    for ((start, end), kind) in days {
        if let Some((number, days)) = counts.get_mut(usize::from(*kind)) {
            *number += 1;
            *days += u64::from(end.abs_diff(*start)) + 1;
        }
    }
    for (name, (number, days)) in OUTCOMES.iter().zip(counts) {
        text.word(name)
            .word(&number.to_string())
            .word(&days.to_string())
            .end();
    }
}
