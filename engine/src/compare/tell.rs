//! Which rules were added, removed and changed, and which rest on what was.

use super::items::{Item, items};
use super::parts::{Part, Words, in_order};
use super::said::value_words;
use super::shape::{Renamed, ShapeId, Shapes};
use super::{Kind, Side};
use crate::model::Model;
use crate::time::{Day, Period};
use hjemmel_grammar::diagnostic::Text;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// What became of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleChange {
    /// What it is.
    pub kind: Kind,
    /// Its name in the old rule set, if it is there.
    pub old: Option<String>,
    /// Its name in the new one, if it is there.
    pub new: Option<String>,
    /// Its title: the new one, if it has any.
    pub title: Option<String>,
    /// What became of what it means.
    pub change: Change,
    /// What it rests on, before and after, where that has changed.
    pub basis: Option<(Option<String>, Option<String>)>,
}

impl RuleChange {
    /// Whether it is called something else.
    #[must_use]
    pub fn is_renamed(&self) -> bool {
        self.old.is_some() && self.new.is_some() && self.old != self.new
    }

    /// Its name: the new one, if it is there.
    #[must_use]
    pub fn name(&self) -> &str {
        self.new
            .as_deref()
            .or(self.old.as_deref())
            .unwrap_or_default()
    }
}

/// What became of what a rule means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is only in the new rule set.
    Added,
    /// It is only in the old one.
    Removed,
    /// It means the same.
    Unchanged,
    /// It means the same, and rests on something else.
    Basis,
    /// It says something else: where.
    Changed(Vec<Difference>),
    /// It says the same, and rests on rules or tables that changed: these, by their new names.
    Affected(Vec<(Kind, String)>),
}

/// A clause that says something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// On which days of the law; `None` where all days that are compared have one law.
    pub days: Option<Period>,
    /// The clause.
    pub clause: Text,
    /// What it said.
    pub old: Option<Words>,
    /// What it says.
    pub new: Option<Words>,
}

/// What became of each rule and table, in the order of kinds; removed ones at the end of theirs.
#[must_use]
pub fn changes(sides: [Side<'_>; 2]) -> Vec<RuleChange> {
    let [old, new] = sides;
    let mut shapes = Shapes::default();
    let none = Renamed::new();
    let before = items(&old, &mut shapes, &none);
    let found = items(&new, &mut shapes, &none);
    let renamed = renamed([old.model, new.model], &before, &found);
    let after = items(&new, &mut shapes, &renamed);
    let telling = Telling::new(&before, &after, old.window == new.window);
    telling.all()
}

/// Rules whose name is gone, and rules of the same meaning whose name is new: the new name to the
/// old. Of several alike the title decides, then the order they are written in. A parameter's value
/// alone is no sign: it must have the title too, or rest on the same.
fn renamed([old, new]: [&Model; 2], before: &[Item], after: &[Item]) -> Renamed {
    // Rules that are declared and not in force have not lost their name.
    let names = |model: &Model| -> BTreeSet<String> {
        let outline = model.outline().into_iter();
        outline.map(|(name, _)| name.to_owned()).collect()
    };
    let (in_old, in_new) = (names(old), names(new));
    let is_rule = |item: &&Item| item.kind != Kind::Data;
    let gone = before.iter().filter(|it| !in_new.contains(&it.name));
    let mut gone: Vec<&Item> = gone.filter(is_rule).collect();
    let come = after.iter().filter(|it| !in_old.contains(&it.name));
    let mut renamed = Renamed::new();
    for item in come.filter(is_rule) {
        let alike = |other: &Item| {
            let sure = item.kind != Kind::Parameter
                || other.title.is_some() && other.title == item.title
                || other.basis.is_some() && other.bases == item.bases;
            other.kind == item.kind && other.meaning == item.meaning && sure
        };
        let titled = gone
            .iter()
            .position(|it| alike(it) && it.title == item.title);
        let Some(at) = titled.or_else(|| gone.iter().position(|it| alike(it))) else {
            continue;
        };
        let other = gone.remove(at);
        renamed.insert((item.kind, item.name.clone()), other.name.clone());
    }
    renamed
}

struct Telling<'a> {
    pairs: Vec<(Option<&'a Item>, Option<&'a Item>)>,
    /// The rules that say something else, by the names they have in both rule sets.
    said_else: BTreeSet<(Kind, &'a str)>,
    by_name: BTreeMap<(Kind, &'a str), [Option<&'a Item>; 2]>,
    /// The law of both is that of the same days.
    same_days: bool,
}

impl<'a> Telling<'a> {
    fn new(old: &'a [Item], new: &'a [Item], same_days: bool) -> Self {
        let mut by_name: BTreeMap<(Kind, &str), [Option<&Item>; 2]> = BTreeMap::new();
        for (side, items) in [old, new].into_iter().enumerate() {
            for item in items {
                let slot = by_name
                    .entry((item.kind, item.shared.as_str()))
                    .or_default();
                if let Some(slot) = slot.get_mut(side) {
                    *slot = Some(item);
                }
            }
        }
        let of_new = new.iter().map(|item| {
            let slots = by_name.get(&(item.kind, item.shared.as_str()));
            (slots.and_then(|[old, _]| *old), Some(item))
        });
        let removed = old.iter().filter(|item| {
            let slots = by_name.get(&(item.kind, item.shared.as_str()));
            slots.is_none_or(|[_, new]| new.is_none())
        });
        let mut pairs: Vec<_> = of_new
            .chain(removed.map(|item| (Some(item), None)))
            .collect();
        pairs.sort_by_key(|(old, new)| new.or(*old).map(|item| item.kind));
        let said_else = by_name.iter().filter(|(_, slots)| match slots {
            [Some(old), Some(new)] => old.own != new.own && old.meaning != new.meaning,
            _ => true,
        });
        let said_else = said_else.map(|(name, _)| *name).collect();
        Self {
            pairs,
            said_else,
            by_name,
            same_days,
        }
    }

    fn all(&self) -> Vec<RuleChange> {
        self.pairs
            .iter()
            .map(|(old, new)| self.one(*old, *new))
            .collect()
    }

    fn one(&self, old: Option<&Item>, new: Option<&Item>) -> RuleChange {
        let kind = new.or(old).map_or(Kind::Data, |item| item.kind);
        let either =
            |get: fn(&Item) -> Option<String>| new.and_then(get).or_else(|| old.and_then(get));
        let (change, basis) = match (old, new) {
            (Some(old), Some(new)) => {
                let basis =
                    (old.bases != new.bases).then(|| (old.basis.clone(), new.basis.clone()));
                (self.change(old, new), basis)
            }
            (None, _) => (Change::Added, None),
            (_, None) => (Change::Removed, None),
        };
        RuleChange {
            kind,
            old: old.map(|item| item.name.clone()),
            new: new.map(|item| item.name.clone()),
            title: either(|item| item.title.clone()),
            change,
            basis,
        }
    }

    fn change(&self, old: &Item, new: &Item) -> Change {
        if old.meaning == new.meaning {
            return match old.bases == new.bases {
                true => Change::Unchanged,
                false => Change::Basis,
            };
        }
        if old.own == new.own {
            return Change::Affected(self.through(old, new));
        }
        let differences = match new.kind {
            Kind::Parameter => self.of_values(old, new),
            _ => self.of_parts(old, new),
        };
        Change::Changed(differences)
    }

    /// The nearest rules and tables that say something else, on every way from this one.
    fn through(&self, old: &Item, new: &Item) -> Vec<(Kind, String)> {
        let mut found = BTreeSet::new();
        let mut met: BTreeSet<(Kind, &str)> = BTreeSet::new();
        let mut next: VecDeque<&Item> = [old, new].into();
        while let Some(item) = next.pop_front() {
            for (kind, name) in &item.rests_on {
                let key = (*kind, name.as_str());
                if !met.insert(key) {
                    continue;
                }
                let Some(slots) = self.by_name.get(&key) else {
                    continue;
                };
                if self.said_else.contains(&key) {
                    let item = slots.iter().rev().find_map(|slot| *slot);
                    found.extend(item.map(|item| (*kind, item.name.clone())));
                } else {
                    next.extend(slots.iter().flatten());
                }
            }
        }
        found.into_iter().collect()
    }

    /// Days of the law on which both are looked at: of two different days, each its own.
    fn days<T>(&self, old: &[(Period, T)], new: &[(Period, T)]) -> Vec<(Option<Period>, Day, Day)> {
        if !self.same_days {
            let first = |items: &[(Period, T)]| items.first().map_or(Day::FIRST, |it| it.0.start);
            return vec![(None, first(old), first(new))];
        }
        let days = old
            .iter()
            .chain(new)
            .flat_map(|(days, _)| [days.start, days.end]);
        let edges: BTreeSet<Day> = days.collect();
        let ends = edges.iter().skip(1);
        edges
            .iter()
            .zip(ends)
            .map(|(start, end)| (Some(Period::new(*start, *end)), *start, *start))
            .collect()
    }

    fn of_values(&self, old: &Item, new: &Item) -> Vec<Difference> {
        let on = |values: &[(Period, _)], day: Day| {
            let mut values = values.iter();
            values
                .find(|(days, _)| days.contains(day))
                .map(|(_, value)| *value)
        };
        let mut differences = Vec::new();
        for (days, then, now) in self.days(&old.values, &new.values) {
            let (was, is) = (on(&old.values, then), on(&new.values, now));
            if was != is {
                let words = |value| Words::Plain(value_words(value));
                join(
                    &mut differences,
                    Difference {
                        days,
                        clause: Text::new("værdi", "value"),
                        old: was.map(words),
                        new: is.map(words),
                    },
                );
            }
        }
        differences
    }

    fn of_parts(&self, old: &Item, new: &Item) -> Vec<Difference> {
        let mut differences = Vec::new();
        for (days, then, now) in self.days(&old.pieces, &new.pieces) {
            let on = |pieces: &'_ [(Period, Vec<Part>)], day: Day| -> Option<Vec<Part>> {
                let mut pieces = pieces.iter();
                pieces
                    .find(|(days, _)| days.contains(day))
                    .map(|(_, parts)| parts.clone())
            };
            match (on(&old.pieces, then), on(&new.pieces, now)) {
                (Some(was), Some(is)) => {
                    for difference in between(days, &was, &is) {
                        join(&mut differences, difference);
                    }
                }
                (None, None) => {}
                (was, is) => {
                    let in_force = |it: Option<Vec<Part>>| {
                        let (da, en) = match it.is_some() {
                            true => ("i kraft", "in force"),
                            false => ("ikke i kraft", "not in force"),
                        };
                        Some(Words::Plain(Text::new(da, en)))
                    };
                    join(
                        &mut differences,
                        Difference {
                            days,
                            clause: Text::new("gælder", "in force"),
                            old: in_force(was),
                            new: in_force(is),
                        },
                    );
                }
            }
        }
        differences
    }
}

/// Adds a difference, joined with one of the days before that says the same.
fn join(differences: &mut Vec<Difference>, next: Difference) {
    let same =
        |it: &Difference| it.clause == next.clause && it.old == next.old && it.new == next.new;
    let before = differences.iter_mut().rev().find(|it| {
        let ends = it.days.map(|days| days.end);
        same(it) && ends == next.days.map(|days| days.start)
    });
    match (before.and_then(|it| it.days.as_mut()), next.days) {
        (Some(before), Some(days)) => before.end = days.end,
        _ => differences.push(next),
    }
}

/// The parts that are only in one, clause by clause, side by side in the order written.
fn between(days: Option<Period>, old: &[Part], new: &[Part]) -> Vec<Difference> {
    let only = |these: &[Part], those: &[Part]| -> Vec<Part> {
        let key = |part: &Part| (part.clause.da.clone(), part.shape);
        let mut left: Vec<(String, ShapeId)> = those.iter().map(key).collect();
        let mut only = these.to_vec();
        only.retain(|part| match left.iter().position(|it| *it == key(part)) {
            Some(at) => {
                left.swap_remove(at);
                false
            }
            None => true,
        });
        only
    };
    let (was, mut is) = (only(old, new), only(new, old));
    let mut differences = Vec::new();
    for part in was {
        let at = is.iter().position(|it| it.clause == part.clause);
        let other = at.map(|at| is.remove(at));
        differences.push(Difference {
            days,
            clause: part.clause,
            old: Some(part.words),
            new: other.map(|part| part.words),
        });
    }
    differences.extend(is.into_iter().map(|part| Difference {
        days,
        clause: part.clause,
        old: None,
        new: Some(part.words),
    }));
    let order = in_order();
    if differences.iter().any(|it| it.clause != order) {
        differences.retain(|it| it.clause != order);
    }
    let shapes = |parts: &[Part]| parts.iter().map(|part| part.shape).collect::<Vec<_>>();
    if differences.is_empty() && shapes(old) != shapes(new) {
        // The same clauses in another order.
        differences.push(Difference {
            days,
            clause: order,
            old: None,
            new: None,
        });
    }
    differences
}
