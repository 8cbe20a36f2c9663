//! What cases add to a measure: who is counted, out of whom and in which group, run by run.

use super::Evaluation;
use super::states::StateLists;
use crate::histories::{Added, MeasureHistories};
use crate::measure::{Group, group_of};
use crate::plan::{AskedMeasure, MeasurePlan, SplitPlan};
use crate::time::{Day, Period, Truth};
use std::collections::BTreeMap;
use std::ops::Range;

/// The code of a classification that says nothing on a day.
const NONE: u16 = u16::MAX;

impl Evaluation<'_> {
    /// Appends what the cases add to a measure.
    pub(super) fn measure(&self, asked: &AskedMeasure, answer: &mut MeasureHistories) {
        let stretches: Vec<_> = asked
            .stretches
            .iter()
            .map(|(days, plan)| (*days, Parts::of(self, plan)))
            .collect();
        // What codes stand for is another matter in another version of the measure.
        let mut groups = vec![BTreeMap::new(); stretches.len()];
        for case in 0..self.cases.len() {
            let start = answer.days.len();
            for ((days, parts), groups) in stretches.iter().zip(&mut groups) {
                parts.add(case, days.and(self.window), start, groups, answer);
            }
            answer.offsets.push(answer.days.len() as u32);
        }
    }
}

/// The lists that a measure is made from.
struct Parts<'e> {
    out_of: &'e StateLists,
    counted: &'e StateLists,
    splits: Vec<Split<'e>>,
}

/// The lists of something that a measure is split by.
struct Split<'e> {
    plan: &'e SplitPlan,
    lists: Vec<&'e StateLists>,
}

impl<'e> Parts<'e> {
    fn of(evaluation: &'e Evaluation<'_>, plan: &'e MeasurePlan) -> Self {
        let split = |plan: &'e SplitPlan| Split {
            plan,
            lists: match plan {
                SplitPlan::NotInForce => Vec::new(),
                SplitPlan::Classification(id, _) => vec![evaluation.states_now(*id)],
                SplitPlan::Values(values) => {
                    let lists = values.iter().map(|(_, id)| evaluation.states_now(*id));
                    lists.collect()
                }
            },
        };
        Self {
            out_of: evaluation.states_now(plan.out_of),
            counted: evaluation.states_now(plan.counted),
            splits: plan.splits.iter().map(split).collect(),
        }
    }

    /// Appends the runs of one case on some days. Its runs begin at `start`.
    fn add(
        &self,
        case: usize,
        days: Period,
        start: usize,
        groups: &mut BTreeMap<Vec<u16>, u32>,
        answer: &mut MeasureHistories,
    ) {
        let mut out_of = Cursor::new(self.out_of, case);
        let mut counted = Cursor::new(self.counted, case);
        let mut splits: Vec<(&SplitPlan, Vec<Cursor<'_>>)> = self
            .splits
            .iter()
            .map(|split| {
                let cursors = split.lists.iter().map(|lists| Cursor::new(lists, case));
                (split.plan, cursors.collect())
            })
            .collect();
        let mut key = Vec::with_capacity(splits.len());
        let mut day = days.start;
        while day < days.end {
            let (code, mut end) = out_of.at(day);
            end = end.min(days.end);
            let sure = truth(code);
            if sure == Truth::No {
                day = end;
                continue;
            }
            let (code, until) = counted.at(day);
            end = end.min(until);
            let added = truth(code).min(sure);
            key.clear();
            for (plan, cursors) in &mut splits {
                let (code, until) = group_on(plan, cursors, day);
                end = end.min(until);
                key.push(code);
            }
            let group = match groups.get(key.as_slice()) {
                Some(group) => *group,
                None => {
                    let words = splits.iter().zip(&key);
                    let words = words.map(|((plan, _), code)| word(plan, *code).to_owned());
                    let group = answer.group(words.collect());
                    groups.insert(key.clone(), group);
                    group
                }
            };
            let run = Added {
                out_of: sure,
                counted: added,
                group,
            };
            answer.push(start, Period::new(day, end), run);
            day = end;
        }
    }
}

/// The code of the group on a day, and until when it stays.
fn group_on(plan: &SplitPlan, cursors: &mut [Cursor<'_>], day: Day) -> (u16, Day) {
    let mut end = Day::END;
    let mut codes = cursors.iter_mut().map(|cursor| {
        let (code, until) = cursor.at(day);
        end = end.min(until);
        code
    });
    let code = match plan {
        SplitPlan::NotInForce => NONE,
        SplitPlan::Classification(..) => codes.next().unwrap_or(NONE),
        SplitPlan::Values(values) => {
            let count = values.len() as u16;
            match group_of(codes.map(truth)) {
                Group::Value(value) => value as u16,
                Group::None => count,
                Group::Several => count.saturating_add(1),
                Group::Unknown => count.saturating_add(2),
            }
        }
    };
    (code, end)
}

/// The word that a code stands for.
fn word(plan: &SplitPlan, code: u16) -> &str {
    let code = usize::from(code);
    match plan {
        SplitPlan::NotInForce => Group::NONE,
        SplitPlan::Classification(_, states) => {
            states.get(code).map_or(Group::NONE, |state| state.name())
        }
        SplitPlan::Values(values) => match (values.get(code), code.checked_sub(values.len())) {
            (Some((name, _)), _) => name,
            (None, Some(0)) => Group::NONE,
            (None, Some(1)) => Group::SEVERAL,
            _ => Group::UNKNOWN,
        },
    }
}

/// The truth that a code of [`crate::plan::States::Truth`] stands for.
fn truth(code: u16) -> Truth {
    match code {
        0 => Truth::No,
        2 => Truth::Yes,
        _ => Truth::Unknown,
    }
}

/// The runs of a case in a list, walked forward.
struct Cursor<'e> {
    lists: &'e StateLists,
    runs: Range<usize>,
}

impl<'e> Cursor<'e> {
    fn new(lists: &'e StateLists, case: usize) -> Self {
        let end = |at: usize| lists.ends.get(at).map_or(0, |end| *end as usize);
        let start = case.checked_sub(1).map_or(0, end);
        let runs = start..end(case);
        Self { lists, runs }
    }

    /// The code on a day that is no earlier than the one asked about before, and from which day on
    /// it may be another.
    fn at(&mut self, day: Day) -> (u16, Day) {
        while let Some(days) = self.lists.days.get(self.runs.start)
            && days.end <= day
            && !self.runs.is_empty()
        {
            self.runs.start = self.runs.start.saturating_add(1);
        }
        let days = self.lists.days.get(self.runs.clone());
        match days.and_then(<[Period]>::first) {
            Some(days) if days.start <= day => {
                let code = self.lists.state.get(self.runs.start);
                (code.copied().unwrap_or(NONE), days.end)
            }
            Some(days) => (NONE, days.start),
            None => (NONE, Day::END),
        }
    }
}
