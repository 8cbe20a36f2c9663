//! What a sample is drawn from and how: as it is asked, and as the form holds it by names.

use crate::exit::Failure;
use crate::{input, named, print};
use hjemmel_engine::audit::{Allocation, METHOD};
use hjemmel_engine::evaluate::subject_name;
use hjemmel_engine::model::{ClassificationId, FieldId, FieldType, Model, SplitBy, Subject};
use hjemmel_engine::outcome::State;
use hjemmel_engine::time::Day;
use hjemmel_grammar::diagnostic::nearest;
use std::collections::BTreeMap;

/// What stands between names in a list: no name holds it.
const BETWEEN: &str = "; ";

/// What is asked, as it was written.
#[derive(Clone, Debug, Default)]
pub(crate) struct Written {
    pub(crate) rules: Vec<String>,
    pub(crate) states: Vec<String>,
    pub(crate) uncovered: bool,
    pub(crate) stratify: Option<String>,
    pub(crate) equal: bool,
    pub(crate) whole_cases: bool,
    pub(crate) size: usize,
    pub(crate) seed: u64,
}

/// What is asked of a model.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    pub(crate) day: Day,
    pub(crate) known_on: Option<Day>,
    /// By their names.
    pub(crate) rules: Vec<Subject>,
    /// Of the rules named here, only these answers.
    pub(crate) states: Vec<(Subject, State)>,
    pub(crate) stratify: Option<By>,
    pub(crate) written: Written,
}

/// What answers are divided into strata by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    Rule,
    State,
    Group(SplitBy),
}

impl Question {
    /// What the names mean.
    pub(crate) fn new(
        model: &Model,
        day: Day,
        known_on: Option<Day>,
        written: Written,
    ) -> Result<Self, Failure> {
        let mut states = Vec::new();
        for text in &written.states {
            let named = named::state(model, text, day, true);
            states.push(named.map_err(|failure| failure.within("--state"))?);
        }
        let mut rules: Vec<Subject> = states.iter().map(|(rule, _)| *rule).collect();
        for name in &written.rules {
            rules.push(named::rule(model, name)?);
        }
        rules.sort_by_key(|rule| subject_name(model, *rule));
        rules.dedup();
        if let Some(rule) = rules.iter().find(|rule| !model.spans(**rule, day)) {
            let name = subject_name(model, *rule);
            let day = crate::language::day_text(day);
            return Err(Failure::usage(
                format!("{name} er ikke en del af loven {}", day.da),
                format!("{name} is not part of the law on {}", day.en),
            ));
        }
        let by = written.stratify.as_deref();
        let stratify = by.map(|name| by_name(model, name)).transpose()?;
        if written.whole_cases && matches!(stratify, Some(By::Rule | By::State)) {
            return Err(Failure::usage(
                "--whole-cases trækker sager, og en sag har flere regler og tilstande",
                "--whole-cases draws cases, and a case has several rules and states",
            )
            .hint(
                "lagdel efter en opdeling eller et felt",
                "stratify by a classification or a field",
            ));
        }
        Ok(Self {
            day,
            known_on,
            rules,
            states,
            stratify,
            written,
        })
    }

    /// The way the sample is shared out.
    pub(crate) fn allocation(&self) -> Allocation {
        if self.written.equal {
            Allocation::Equal
        } else {
            Allocation::Proportional
        }
    }
}

impl Written {
    /// By names, as a form holds it.
    pub(crate) fn named(&self) -> BTreeMap<String, String> {
        let yes = |yes: bool| if yes { "ja" } else { "nej" }.to_owned();
        let all = [
            ("method", METHOD.to_owned()),
            ("rules", self.rules.join(BETWEEN)),
            ("states", self.states.join(BETWEEN)),
            ("uncovered", yes(self.uncovered)),
            ("stratify", self.stratify.clone().unwrap_or_default()),
            ("equal", yes(self.equal)),
            ("whole_cases", yes(self.whole_cases)),
            ("size", self.size.to_string()),
            ("seed", self.seed.to_string()),
        ];
        let all = all.into_iter().filter(|(_, value)| !value.is_empty());
        all.map(|(name, value)| (name.to_owned(), value)).collect()
    }

    /// The same read back; none if a name is missing or the sample was drawn in another way.
    pub(crate) fn of_named(named: &BTreeMap<String, String>) -> Option<Self> {
        let text = |name: &str| named.get(name).map(String::as_str);
        let list = |name: &str| {
            let list = text(name).into_iter().flat_map(|it| it.split(BETWEEN));
            list.map(str::to_owned).collect::<Vec<_>>()
        };
        if text("method") != Some(METHOD) {
            return None;
        }
        Some(Self {
            rules: list("rules"),
            states: list("states"),
            uncovered: text("uncovered")? == "ja",
            stratify: text("stratify").map(str::to_owned),
            equal: text("equal")? == "ja",
            whole_cases: text("whole_cases")? == "ja",
            size: text("size")?.parse().ok()?,
            seed: text("seed")?.parse().ok()?,
        })
    }
}

/// A day as a form holds it.
pub(crate) fn day_named(
    named: &BTreeMap<String, String>,
    name: &str,
) -> Result<Option<Day>, Failure> {
    input::optional_day(name, named.get(name).map(String::as_str))
}

/// What a word says to stratify by.
fn by_name(model: &Model, name: &str) -> Result<By, Failure> {
    let mut rules = model.classifications.iter();
    if let Some(at) = rules.position(|rule| rule.name == name) {
        return Ok(By::Group(SplitBy::Classification(ClassificationId(at))));
    }
    match name {
        "regel" | "rule" => return Ok(By::Rule),
        "tilstand" | "state" => return Ok(By::State),
        _ => {}
    }
    if let Some(by) = field(model, name) {
        return Ok(By::Group(by));
    }
    let shown = print::harmless(name);
    let failure = Failure::usage(
        format!("--stratify {shown}: hverken en opdeling eller et felt med faste værdier"),
        format!("--stratify {shown}: neither a classification nor a field of fixed values"),
    );
    let names = model.classifications.iter().map(|rule| rule.name.as_str());
    Err(match nearest(name, names) {
        Some(near) => failure.hint(format!("mente du {near}?"), format!("did you mean {near}?")),
        None => failure.hint(
            "skriv en opdeling, TABEL.FELT (ydelse.art), regel eller tilstand",
            "write a classification, TABLE.FIELD (ydelse.art), rule or state",
        ),
    })
}

/// `ydelse.art`
fn field(model: &Model, name: &str) -> Option<SplitBy> {
    let (table, field) = name.split_once('.')?;
    let (id, table) = model.table_named(table)?;
    let mut fields = table.fields.iter();
    let at = fields.position(|it| it.name == field && matches!(it.ty, FieldType::Choice(_)))?;
    Some(SplitBy::Field(id, FieldId(at)))
}
