//! How well the answers of the engine and of reviewers agree.
//!
//! A line *counts* in a share if it was reviewed and the engine's answer is definite. Whoever
//! reviews may answer `ukendt`: against a definite answer that differs. Where the engine itself
//! says `ukendt`, it has claimed nothing that could be wrong: such lines are told by themselves. A line that was
//! not reviewed is never an agreement.
//!
//! A counting line stands for others of its stratum. Its weight is the stratum's definite answers in
//! the population (which are all known, for the engine has given them) by its counting lines; a
//! share is the weight that agrees by all weight (a ratio estimate). Its interval is Wilson's, of 95 per
//! cent, with Kish's effective number (Σw)² / Σw² in place of the number of lines: for equal
//! weights that is their number. What is gained by stratifying, and by a sample that is a
//! large part of the population, is left out: the interval is rather too wide than too narrow.

use super::wilson;
use crate::model::Subject;
use crate::outcome::State;
use std::collections::{BTreeMap, BTreeSet};

/// An answer that was drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Which case.
    pub case: usize,
    /// The rule.
    pub rule: Subject,
    /// Which stratum it was drawn from.
    pub stratum: usize,
    /// What the engine says.
    pub engine: State,
    /// What the reviewer says; none if it was not reviewed.
    pub reviewer: Option<State>,
}

impl Line {
    /// Whether it counts in a share.
    fn counts(&self) -> bool {
        self.reviewer.is_some() && !self.engine.is_unknown()
    }

    /// Whether the reviewer says what the engine says.
    #[must_use]
    pub fn agrees(&self) -> bool {
        self.reviewer.as_ref() == Some(&self.engine)
    }
}

/// What became of lines: `drawn` is `reviewed` and those that are not; `reviewed` is the other three.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Lines.
    pub drawn: u64,
    /// Those that somebody has given an answer.
    pub reviewed: u64,
    /// Definite answers that the reviewer gives too.
    pub agree: u64,
    /// Definite answers in place of which the reviewer gives another, `ukendt` too.
    pub differ: u64,
    /// Reviewed, and `ukendt` by the engine, whatever the reviewer says.
    pub unknown: u64,
}

impl Counts {
    fn add(&mut self, line: &Line) {
        let add = |count: &mut u64| *count = count.saturating_add(1);
        add(&mut self.drawn);
        if line.reviewer.is_none() {
            return;
        }
        add(&mut self.reviewed);
        match (line.engine.is_unknown(), line.agrees()) {
            (true, _) => add(&mut self.unknown),
            (false, true) => add(&mut self.agree),
            (false, false) => add(&mut self.differ),
        }
    }

    /// Lines without an answer. They agree with nothing.
    #[must_use]
    pub fn not_reviewed(self) -> u64 {
        self.drawn.saturating_sub(self.reviewed)
    }
}

/// A share of agreement in thousandths of a per cent: 97,500 is 97.5 per cent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// Of the lines that count, by their weights.
    pub share: u32,
    /// Wilson's bounds of 95 per cent. None where whole cases were drawn and one of them has several
    /// lines here: answers about one person are not independent of each other.
    pub bounds: Option<(u32, u32)>,
    /// What it would be if every line that was not reviewed differed.
    pub at_least: u32,
}

/// How well some lines agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// Lines as they were drawn, without weights.
    pub counts: Counts,
    /// The share of the population; none if no line counts.
    pub share: Option<Share>,
}

/// The lines of a sample, with what each of them stands for.
#[derive(Clone, Debug)]
pub struct Audit {
    lines: Vec<Line>,
    /// Of each stratum the weight of a line that counts, in millionths.
    weights: Vec<Option<u128>>,
    /// The same if every definite line counted.
    weights_of_drawn: Vec<Option<u128>>,
    /// Definite answers of each stratum's population.
    definite: Vec<u64>,
    whole_cases: bool,
}

impl Audit {
    /// Lines of a sample. `definite` says how many definite answers the population of each stratum
    /// has, `whole_cases` that cases were drawn with all their answers.
    #[must_use]
    pub fn new(lines: Vec<Line>, definite: Vec<u64>, whole_cases: bool) -> Self {
        let weights = |counts: fn(&Line) -> bool| -> Vec<Option<u128>> {
            let weight = |(stratum, definite): (usize, &u64)| {
                let mine = |line: &&Line| line.stratum == stratum && counts(line);
                let counted = u128::try_from(lines.iter().filter(mine).count()).ok()?;
                let rounded =
                    (u128::from(*definite).saturating_mul(2_000_000)).saturating_add(counted);
                rounded.checked_div(counted.saturating_mul(2))
            };
            definite.iter().enumerate().map(weight).collect()
        };
        Self {
            weights: weights(Line::counts),
            weights_of_drawn: weights(|line| !line.engine.is_unknown()),
            lines,
            definite,
            whole_cases,
        }
    }

    /// The lines, in the order given.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The strata with definite answers of which no line counts: no share speaks for them.
    #[must_use]
    pub fn silent(&self) -> Vec<usize> {
        let strata = self.definite.iter().zip(&self.weights).enumerate();
        let silent = strata.filter(|(_, (definite, weight))| **definite > 0 && weight.is_none());
        silent.map(|(stratum, _)| stratum).collect()
    }

    /// How well the lines that are wanted agree.
    #[must_use]
    pub fn agreement(&self, wanted: impl Fn(&Line) -> bool) -> Agreement {
        let lines: Vec<&Line> = self.lines.iter().filter(|line| wanted(line)).collect();
        let mut counts = Counts::default();
        lines.iter().for_each(|line| counts.add(line));
        Agreement {
            counts,
            share: self.share(&lines),
        }
    }

    fn share(&self, lines: &[&Line]) -> Option<Share> {
        let weigh = |weights: &[Option<u128>], line: &Line| {
            weights.get(line.stratum).copied().flatten().unwrap_or(0)
        };
        let (mut agree, mut all, mut squares) = (0_u128, 0_u128, 0_u128);
        let (mut surely, mut drawn) = (0_u128, 0_u128);
        for line in lines.iter().filter(|line| !line.engine.is_unknown()) {
            let of_drawn = weigh(&self.weights_of_drawn, line);
            drawn = drawn.saturating_add(of_drawn);
            if line.agrees() {
                surely = surely.saturating_add(of_drawn);
            }
            if line.counts() {
                let weight = weigh(&self.weights, line);
                all = all.saturating_add(weight);
                squares = squares.saturating_add(weight.saturating_mul(weight));
                agree = agree.saturating_add(if line.agrees() { weight } else { 0 });
            }
        }
        let found = wilson::interval(agree, all, wilson::effective(all, squares))?;
        Some(Share {
            share: found.share,
            bounds: (!self.is_clustered(lines)).then_some((found.low, found.high)),
            at_least: wilson::share(surely, drawn)?.min(found.share),
        })
    }

    /// Whether one case has several of these lines because whole cases were drawn.
    fn is_clustered(&self, lines: &[&Line]) -> bool {
        let mut cases = BTreeSet::new();
        let mut counting = lines.iter().filter(|line| line.counts());
        self.whole_cases && !counting.all(|line| cases.insert(line.case))
    }

    /// What the engine says against what the reviewer says, of one rule: how many lines have each
    /// pair. Lines that were not reviewed stand under none.
    #[must_use]
    pub fn crossing(&self, rule: Subject) -> BTreeMap<(State, Option<State>), u64> {
        let mut crossing = BTreeMap::new();
        for line in self.lines.iter().filter(|line| line.rule == rule) {
            let pair = (line.engine.clone(), line.reviewer.clone());
            let count: &mut u64 = crossing.entry(pair).or_default();
            *count = count.saturating_add(1);
        }
        crossing
    }

    /// Cohen's kappa of the lines of one rule that count, in thousandths, without weights: how much
    /// better they agree than two who answer as often but by lot. None where that cannot be said:
    /// both always say the same one thing, or no line counts.
    #[must_use]
    pub fn kappa(&self, rule: Subject) -> Option<i64> {
        let lines = self.lines.iter();
        let counting = lines.filter(|line| line.rule == rule && line.counts());
        let (mut all, mut agree) = (0_i128, 0_i128);
        let mut margins: BTreeMap<&State, (i128, i128)> = BTreeMap::new();
        for line in counting {
            let reviewer = line.reviewer.as_ref()?;
            all = all.saturating_add(1);
            agree = agree.saturating_add(i128::from(line.agrees()));
            let (engine, _) = margins.entry(&line.engine).or_default();
            *engine = engine.saturating_add(1);
            let (_, given) = margins.entry(reviewer).or_default();
            *given = given.saturating_add(1);
        }
        let products = margins.values().map(|(a, b)| a.saturating_mul(*b));
        let by_lot = products.fold(0_i128, i128::saturating_add);
        let better = agree.saturating_mul(all).saturating_sub(by_lot);
        let most = all.saturating_mul(all).saturating_sub(by_lot);
        // Rounded half away from zero.
        let doubled = better.saturating_mul(2000);
        let half = if better < 0 {
            most.saturating_neg()
        } else {
            most
        };
        let kappa = doubled
            .saturating_add(half)
            .checked_div(most.saturating_mul(2))?;
        i64::try_from(kappa).ok()
    }
}
