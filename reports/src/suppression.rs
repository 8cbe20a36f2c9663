//! Which counts of persons may be shown where small ones may not.
//!
//! The rule, in one place:
//!
//! 1. A count of 1 to 4 is hidden. 0 is shown.
//! 2. Counts are shown in the order of their importance, of equal ones the greatest first, each only if nothing hidden could then be
//!    worked out of what is shown by adding and subtracting, wherever in the publication it
//!    stands: it could, if the hidden count is a sum of multiples of the shown ones.
//! 3. Of everything hidden there must be another population in which it has another value, while
//!    all that is shown is the same and no hidden count is 0. Where none is found, the least
//!    important count around it is hidden too, until there is one.
//! 4. A count that is hidden to protect another looks like the other: which is which tells nothing.
//!    A share is shown only where both its counts are.
//!
//! It is assumed that whoever reads knows of every combination of counts whether anyone belongs to
//! exactly these: more than any reader knows. Both steps are then exact but for one: that 2 finds
//! no sum of multiples is worked out modulo a large prime, and 3 is what is relied on.

use std::cmp::Reverse;

/// Whose count may not be shown: from one person to one less than this.
pub const FEWEST: u64 = 5;

/// A count that is printed, or one that a reader must not be able to work out either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// The lower, the sooner it is shown.
    pub importance: u32,
    /// Whether it is printed at all. One that is not is protected like those that are.
    pub printed: bool,
}

/// The persons who belong to the very same counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Persons {
    /// The counts that they belong to: positions, each once.
    pub counts: Vec<usize>,
    /// How many they are; groups of none are left out.
    pub number: u64,
}

/// Which of the counts may be shown.
#[must_use]
pub fn shown(counts: &[Count], persons: &[Persons]) -> Vec<bool> {
    let problem = Problem::new(counts, persons);
    let mut shown = problem.by_importance();
    while let Some(unsafe_count) = problem.unprotected(&shown) {
        let Some(worst) = problem.protecting(&shown, unsafe_count) else {
            break;
        };
        put(&mut shown, worst, false);
    }
    shown
}

struct Problem<'a> {
    counts: &'a [Count],
    persons: &'a [Persons],
    values: Vec<u64>,
    /// For each count the groups of persons in it.
    members: Vec<Vec<usize>>,
}

impl<'a> Problem<'a> {
    fn new(counts: &'a [Count], persons: &'a [Persons]) -> Self {
        let mut values = vec![0_u64; counts.len()];
        let mut members = vec![Vec::new(); counts.len()];
        for (group, of) in persons.iter().enumerate() {
            for count in &of.counts {
                if let (Some(value), Some(list)) = (values.get_mut(*count), members.get_mut(*count))
                {
                    *value = value.saturating_add(of.number);
                    list.push(group);
                }
            }
        }
        Self {
            counts,
            persons,
            values,
            members,
        }
    }

    fn is_small(&self, count: usize) -> bool {
        let value = self.values.get(count).copied().unwrap_or_default();
        (1..FEWEST).contains(&value)
    }

    fn small(&self) -> Vec<usize> {
        let all = 0..self.counts.len();
        all.filter(|count| self.is_small(*count)).collect()
    }

    fn row(&self, count: usize) -> Vec<u64> {
        let mut row = vec![0; self.persons.len()];
        for group in self.members.get(count).into_iter().flatten() {
            if let Some(cell) = row.get_mut(*group) {
                *cell = 1;
            }
        }
        row
    }

    /// Steps 1 and 2.
    fn by_importance(&self) -> Vec<bool> {
        let small = self.small();
        let mut left: Vec<Vec<u64>> = small.iter().map(|count| self.row(*count)).collect();
        let mut shown = vec![false; self.counts.len()];
        let mut basis = Basis::default();
        for count in self.order() {
            if self.is_small(count) {
                continue;
            }
            let row = basis.reduced(self.row(count));
            let Some((pivot, first)) = pivot(&row) else {
                // It says no more than what is shown already.
                put(&mut shown, count, true);
                continue;
            };
            let row = scaled(row, inverse(first));
            let rest = left.iter().map(|left| without(left.clone(), &row, pivot));
            let rest: Vec<Vec<u64>> = rest.collect();
            if rest.iter().all(|left| left.iter().any(|cell| *cell != 0)) {
                left = rest;
                basis.add(row, pivot);
                put(&mut shown, count, true);
            }
        }
        shown
    }

    /// The printed counts, the most important first, of equal ones the greatest.
    fn order(&self) -> Vec<usize> {
        let printed = self.counts.iter().zip(&self.values).enumerate();
        let mut order: Vec<(u32, Reverse<u64>, usize)> = printed
            .filter(|(_, (count, _))| count.printed)
            .map(|(at, (count, value))| (count.importance, Reverse(*value), at))
            .collect();
        order.sort_unstable();
        order.into_iter().map(|(_, _, at)| at).collect()
    }

    /// A small count of which no other population is found.
    fn unprotected(&self, shown: &[bool]) -> Option<usize> {
        let mut open = self.small();
        if open.is_empty() {
            return None;
        }
        let mut basis = Basis::default();
        for (count, _) in shown.iter().enumerate().filter(|(_, shown)| **shown) {
            let row = basis.reduced(self.row(count));
            if let Some(pivot) = pivot(&row) {
                basis.add(scaled(row, inverse(pivot.1)), pivot.0);
            }
        }
        let changes = basis.changes(self.persons.len());
        let mut close = |change: &[(usize, i64)]| {
            let moved = self.moved(change);
            if self.is_possible(change, &moved, shown) {
                open.retain(|count| moved.get(*count).is_none_or(|moved| *moved == 0));
            }
            open.first().copied()
        };
        let mut left = close(&[]);
        for change in &changes {
            left = close(change);
        }
        // Two together where one alone would take somebody whom there is not.
        let mut tries = 0..TRIED_TOGETHER;
        for one in &changes {
            let touches = |count: usize| self.moved(one).get(count).is_some_and(|by| *by != 0);
            if !left.is_some_and(touches) {
                continue;
            }
            for other in &changes {
                for sign in [1, -1] {
                    if tries.next().is_none() {
                        return left;
                    }
                    left = close(&together(one, other, sign));
                }
            }
        }
        left
    }

    /// By how much each count changes.
    fn moved(&self, change: &[(usize, i64)]) -> Vec<i64> {
        let mut moved = vec![0_i64; self.counts.len()];
        for (group, by) in change {
            for count in self
                .persons
                .get(*group)
                .into_iter()
                .flat_map(|of| &of.counts)
            {
                if let Some(moved) = moved.get_mut(*count) {
                    *moved = moved.saturating_add(*by);
                }
            }
        }
        moved
    }

    /// Whether there may be a population that is changed so, the one way or the other: all that is
    /// shown is the same, nobody is fewer than none, and what is hidden is not 0.
    fn is_possible(&self, change: &[(usize, i64)], moved: &[i64], shown: &[bool]) -> bool {
        let same = moved
            .iter()
            .zip(shown)
            .all(|(by, shown)| !shown || *by == 0);
        same && [1_i64, -1].into_iter().any(|sign| {
            let plus = |number: u64, by: i64| {
                let number = i64::try_from(number).unwrap_or(i64::MAX);
                number.saturating_add(by.saturating_mul(sign))
            };
            let people = change.iter().all(|(group, by)| {
                let of = self.persons.get(*group);
                of.is_some_and(|of| plus(of.number, *by) >= 0)
            });
            let hidden = self.counts.iter().zip(&self.values).zip(moved).zip(shown);
            people
                && hidden.into_iter().all(|(((count, value), by), shown)| {
                    *shown || !count.printed || *value == 0 || plus(*value, *by) >= 1
                })
        })
    }

    /// The count to hide so that a hidden one is protected: of those that a sum may hold together
    /// with it the least important that is enough, else the least important that holds the same
    /// persons.
    fn protecting(&self, shown: &[bool], hidden: usize) -> Option<usize> {
        const TRIED: usize = 12;
        let is_shown = |count: &usize| shown.get(*count).copied().unwrap_or_default();
        let least_first = || self.order().into_iter().rev().filter(is_shown);
        let around: Vec<usize> = least_first()
            .filter(|count| self.meet(*count, hidden))
            .collect();
        let near = |count: &usize| around.iter().any(|other| self.meet(*count, *other));
        let enough = |count: &usize| {
            let mut fewer = shown.to_vec();
            put(&mut fewer, *count, false);
            self.unprotected(&fewer) != Some(hidden)
        };
        let mut tried = least_first().filter(near).take(TRIED);
        tried.find(enough).or_else(|| around.first().copied())
    }

    /// Whether two counts have persons in common.
    fn meet(&self, one: usize, other: usize) -> bool {
        let (Some(one), Some(other)) = (self.members.get(one), self.members.get(other)) else {
            return false;
        };
        one.iter().any(|group| other.binary_search(group).is_ok())
    }
}

/// How many changes of populations are put together at most in search of another one.
const TRIED_TOGETHER: usize = 20_000;

/// The sum of a change and a multiple of another.
fn together(one: &[(usize, i64)], other: &[(usize, i64)], sign: i64) -> Vec<(usize, i64)> {
    let mut sum: std::collections::BTreeMap<usize, i64> = one.iter().copied().collect();
    for (group, by) in other {
        let slot = sum.entry(*group).or_default();
        *slot = slot.saturating_add(by.saturating_mul(sign));
    }
    sum.into_iter().collect()
}

fn put(flags: &mut [bool], at: usize, to: bool) {
    if let Some(flag) = flags.get_mut(at) {
        *flag = to;
    }
}

/// 2⁶¹ − 1.
const PRIME: u64 = (1 << 61) - 1;

fn product(a: u64, b: u64) -> u64 {
    let rest = u128::from(a).saturating_mul(u128::from(b)) % u128::from(PRIME);
    u64::try_from(rest).unwrap_or_default()
}

fn difference(a: u64, b: u64) -> u64 {
    if b <= a {
        a.saturating_sub(b)
    } else {
        PRIME.saturating_sub(b).saturating_add(a)
    }
}

fn inverse(number: u64) -> u64 {
    let (mut power, mut left, mut result) = (number, PRIME.saturating_sub(2), 1);
    while left > 0 {
        if left % 2 == 1 {
            result = product(result, power);
        }
        power = product(power, power);
        left /= 2;
    }
    result
}

/// The first place that is not 0, and what stands there.
fn pivot(row: &[u64]) -> Option<(usize, u64)> {
    row.iter().copied().enumerate().find(|(_, cell)| *cell != 0)
}

fn scaled(mut row: Vec<u64>, by: u64) -> Vec<u64> {
    for cell in row.iter_mut().filter(|cell| **cell != 0) {
        *cell = product(*cell, by);
    }
    row
}

/// A row without its part in the direction of another that is 1 at its pivot.
fn without(mut row: Vec<u64>, other: &[u64], pivot: usize) -> Vec<u64> {
    let part = row.get(pivot).copied().unwrap_or_default();
    if part != 0 {
        for (mine, other) in row.iter_mut().zip(other).filter(|(_, other)| **other != 0) {
            *mine = difference(*mine, product(part, *other));
        }
    }
    row
}

/// Rows of which everything shown is a sum of multiples: each is 1 at its pivot, where all others
/// are 0.
#[derive(Default)]
struct Basis {
    rows: Vec<(usize, Vec<u64>)>,
}

impl Basis {
    fn reduced(&self, row: Vec<u64>) -> Vec<u64> {
        self.rows
            .iter()
            .fold(row, |row, (pivot, other)| without(row, other, *pivot))
    }

    fn add(&mut self, row: Vec<u64>, pivot: usize) {
        for (_, other) in &mut self.rows {
            *other = without(std::mem::take(other), &row, pivot);
        }
        self.rows.push((pivot, row));
    }

    /// Changes of the numbers of persons under which everything shown stays the same: for each
    /// group that is no pivot one more, and what follows for the others. Only small whole ones.
    fn changes(&self, groups: usize) -> Vec<Vec<(usize, i64)>> {
        let pivots: std::collections::BTreeSet<usize> =
            self.rows.iter().map(|(pivot, _)| *pivot).collect();
        let free = (0..groups).filter(|group| !pivots.contains(group));
        let change = free.map(|group| {
            let mut change = vec![(group, 1_i64)];
            for (pivot, row) in &self.rows {
                match row.get(group).copied().unwrap_or_default() {
                    0 => {}
                    part => change.push((*pivot, small_whole(part)?.saturating_neg())),
                }
            }
            Some(change)
        });
        change.flatten().collect()
    }
}

/// A number modulo the prime as the small whole number that it stands for.
fn small_whole(number: u64) -> Option<i64> {
    const MOST: u64 = 1 << 20;
    let below = PRIME.saturating_sub(number);
    if number < MOST {
        i64::try_from(number).ok()
    } else if below < MOST {
        i64::try_from(below).ok().map(i64::saturating_neg)
    } else {
        None
    }
}

#[cfg(test)]
mod tests;
