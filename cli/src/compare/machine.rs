//! A comparison for programs: JSON, CSV, and a row for each person whose answer differs. States and
//! grounds are in Danish, as in all files.

use super::found::{Group, Told, groups};
use super::{Compared, words};
use crate::bug;
use crate::exit::Failure;
use hjemmel_engine::compare::{Change, Deciding, Difference, RuleChange};
use hjemmel_engine::measure::Counts;
use hjemmel_engine::outcome::{Due, State};
use hjemmel_engine::personal::Personal;
use hjemmel_engine::time::Day;
use hjemmel_extracts::write::{Provenance, ResultCell, ResultRow};
use hjemmel_grammar::diagnostic::Language;
use hjemmel_grammar::keyword::declares;
use serde::Serialize;
use std::fmt::Write as _;

#[derive(Serialize)]
struct File<'a> {
    provenance: &'a Provenance,
    old: Rules<'a>,
    new: Rules<'a>,
    persons: usize,
    changed_persons: u64,
    rules_unchanged: usize,
    /// The others.
    rules: Vec<Rule>,
    answers: Vec<Answers<'a>>,
    measures: Vec<Measure<'a>>,
}

#[derive(Serialize)]
struct Rules<'a> {
    given: &'a str,
    hash: &'a str,
    commit: Option<&'a str>,
    law_of: Option<String>,
    tables_of_its_own: Vec<&'a str>,
}

#[derive(Serialize)]
struct Rule {
    kind: String,
    name: String,
    old_name: Option<String>,
    title: Option<String>,
    change: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    differences: Vec<Clause>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    through: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    old_basis: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    basis: Option<String>,
}

#[derive(Serialize)]
struct Clause {
    from: Option<String>,
    to: Option<String>,
    clause: String,
    old: Option<String>,
    new: Option<String>,
}

#[derive(Serialize)]
struct Answers<'a> {
    rule: &'a str,
    changed_persons: u64,
    changed_days: u64,
    states: Vec<Crossing<'a>>,
    groups: Vec<Reasons>,
}

#[derive(Serialize)]
struct Crossing<'a> {
    old: Option<&'a str>,
    new: Option<&'a str>,
    persons: u64,
    days: u64,
    other_due: u64,
}

#[derive(Serialize)]
struct Reasons {
    old: Reason,
    new: Reason,
    persons: u64,
    days: u64,
    from: Vec<From>,
}

#[derive(Serialize)]
struct Reason {
    state: Option<String>,
    ground: String,
}

#[derive(Serialize)]
struct From {
    day: String,
    persons: u64,
}

#[derive(Serialize)]
struct Measure<'a> {
    measure: &'a str,
    day: String,
    old: Option<Counted>,
    new: Option<Counted>,
}

#[derive(Serialize)]
struct Counted {
    counted: u64,
    out_of: u64,
    unknown: u64,
}

impl Counted {
    fn of(counts: Counts) -> Self {
        Self {
            counted: counts.counted,
            out_of: counts.out_of,
            unknown: counts.unknown,
        }
    }
}

/// One JSON object: everything but who the persons are.
pub(crate) fn json(compared: &Compared<'_>) -> Result<String, Failure> {
    let [old_tables, new_tables] = compared.own_tables();
    let rules = |side: usize, tables| {
        let read = compared.sides.get(side);
        Rules {
            given: read.map_or("", |it| &it.source.given),
            hash: read.map_or("", |it| &it.rules.hash),
            commit: read.and_then(|it| it.commit.as_deref()),
            law_of: read.and_then(|it| it.source.law).map(|day| day.to_string()),
            tables_of_its_own: tables,
        }
    };
    let told = |it: &&RuleChange| it.change != Change::Unchanged || it.is_renamed();
    let told: Vec<&RuleChange> = compared.changes.iter().filter(told).collect();
    let file = File {
        provenance: &compared.provenance,
        old: rules(0, old_tables),
        new: rules(1, new_tables),
        persons: compared.extract.cases.len(),
        changed_persons: compared.persons(),
        rules_unchanged: compared.changes.len().saturating_sub(told.len()),
        rules: told.into_iter().map(|it| rule(compared, it)).collect(),
        answers: answers(compared),
        measures: compared
            .measures
            .iter()
            .map(|it| Measure {
                measure: &it.name,
                day: compared.window.last().to_string(),
                old: it.old.map(Counted::of),
                new: it.new.map(Counted::of),
            })
            .collect(),
    };
    let text = crate::print::json_text(&file).map_err(|_| bug())?;
    Ok(text + "\n")
}

fn rule(compared: &Compared<'_>, rule: &RuleChange) -> Rule {
    let change = match rule.change {
        Change::Added => "added",
        Change::Removed => "removed",
        Change::Unchanged => "unchanged",
        Change::Basis => "basis",
        Change::Changed(_) => "changed",
        Change::Affected(_) => "affected",
    };
    let differences = match &rule.change {
        Change::Changed(differences) => differences.iter().map(|it| clause(compared, it)).collect(),
        _ => Vec::new(),
    };
    let through = match &rule.change {
        Change::Affected(through) => through.iter().map(|(_, name)| name.clone()).collect(),
        _ => Vec::new(),
    };
    let basis = rule.basis.clone().unwrap_or_default();
    Rule {
        kind: declares(rule.kind, Language::Danish).to_owned(),
        name: rule.name().to_owned(),
        old_name: rule.old.clone(),
        title: rule.title.clone(),
        change,
        differences,
        through,
        old_basis: basis.0,
        basis: basis.1,
    }
}

fn clause(compared: &Compared<'_>, difference: &Difference) -> Clause {
    let [old, new] = compared.sides.map(|side| &side.rules.sources);
    let words = |words: &Option<_>, sources| {
        let words = words.as_ref()?;
        Some(words::clause(Some(words), sources, Language::Danish))
    };
    Clause {
        from: difference.days.map(|days| days.start.to_string()),
        to: difference
            .days
            .filter(|days| days.end < Day::END)
            .map(|days| days.last().to_string()),
        clause: difference.clause.da.clone(),
        old: words(&difference.old, old),
        new: words(&difference.new, new),
    }
}

fn answers<'c>(compared: &'c Compared<'_>) -> Vec<Answers<'c>> {
    let crossed = compared.pairs.iter().zip(&compared.crossed).enumerate();
    let answers = crossed.map(|(at, (pair, crossed))| {
        let states = crossed.cells.iter().map(|((old, new), cell)| Crossing {
            old: old.as_ref().map(State::name),
            new: new.as_ref().map(State::name),
            persons: cell.persons,
            days: cell.days,
            other_due: cell.other_due,
        });
        Answers {
            rule: &pair.name,
            changed_persons: crossed.persons,
            changed_days: crossed.days,
            states: states.collect(),
            groups: groups(&compared.found, at).iter().map(reasons).collect(),
        }
    });
    answers.collect()
}

fn reasons(group: &Group<'_>) -> Reasons {
    let reason = |deciding: &Deciding| Reason {
        state: deciding.state.as_ref().map(|state| state.name().to_owned()),
        ground: words::ground(deciding),
    };
    let from = group.from.iter().map(|(day, persons)| From {
        day: day.to_string(),
        persons: *persons,
    });
    Reasons {
        old: reason(group.old),
        new: reason(group.new),
        persons: group.persons,
        days: group.days,
        from: from.collect(),
    }
}

/// CSV (RFC 4180): a row for each rule, old state and new state. A rule that is not part of the law
/// has a blank state.
pub(crate) fn csv(compared: &Compared<'_>) -> String {
    let mut out = String::from("rule,old_state,new_state,persons,days,other_due\r\n");
    for (pair, crossed) in compared.pairs.iter().zip(&compared.crossed) {
        for ((old, new), cell) in &crossed.cells {
            // Names of rules and states hold letters, digits and underscores.
            let name = |state: &'_ Option<State>| -> String {
                state
                    .as_ref()
                    .map(|state| state.name().to_owned())
                    .unwrap_or_default()
            };
            let _ = write!(
                out,
                "{},{},{},{},{},{}\r\n",
                pair.name,
                name(old),
                name(new),
                cell.persons,
                cell.days,
                cell.other_due
            );
        }
    }
    out
}

/// A person whose answer differs.
pub(crate) struct PersonRow {
    case: Personal,
    rule: String,
    since: Day,
    from: Day,
    to: Day,
    old: Side,
    new: Side,
}

struct Side {
    state: String,
    due: Option<Day>,
    ground: String,
    basis: String,
}

impl Side {
    fn of(told: &Told) -> Self {
        let state = told.deciding.state.as_ref();
        Self {
            state: state
                .map(|state| state.name().to_owned())
                .unwrap_or_default(),
            due: told.due.and_then(Due::certain),
            ground: words::ground(&told.deciding),
            basis: told.basis.join("; "),
        }
    }
}

impl ResultRow for PersonRow {
    const HEADER: &'static [&'static str] = &[
        "case",
        "rule",
        "differs_since",
        "from",
        "to",
        "old_state",
        "new_state",
        "old_due",
        "new_due",
        "old_ground",
        "new_ground",
        "old_basis",
        "new_basis",
    ];

    fn cells(&self) -> Vec<ResultCell> {
        let text = |text: &String| ResultCell::Text(text.clone());
        vec![
            ResultCell::Text(self.case.reveal().to_owned()),
            text(&self.rule),
            ResultCell::Day(Some(self.since)),
            ResultCell::Day(Some(self.from)),
            ResultCell::Day(Some(self.to)),
            text(&self.old.state),
            text(&self.new.state),
            ResultCell::Day(self.old.due),
            ResultCell::Day(self.new.due),
            text(&self.old.ground),
            text(&self.new.ground),
            text(&self.old.basis),
            text(&self.new.basis),
        ]
    }
}

/// A row for each person, rule and run of days with the same two states.
pub(crate) fn persons(compared: &Compared<'_>) -> Vec<PersonRow> {
    let rows = compared.found.iter().filter_map(|one| {
        Some(PersonRow {
            case: compared.extract.cases.get(one.case)?.id.clone(),
            rule: compared.pairs.get(one.pair)?.name.clone(),
            since: one.from,
            from: one.days.start,
            to: one.days.last(),
            old: Side::of(&one.old),
            new: Side::of(&one.new),
        })
    });
    rows.collect()
}
