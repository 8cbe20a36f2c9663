//! The coverage for programs: one JSON object of a stable shape. Kinds of rules are named in Danish
//! whatever the language, as states are.

use super::register::File;
use super::report::{Counts, Report};
use super::text::place_in_act;
use crate::bug;
use crate::exit::Failure;
use crate::lists::Place;
use hjemmel_engine::coverage::{
    Citation, Entry, Never, PartCoverage, ProvisionCoverage, RuleCoverage, Status,
};
use hjemmel_engine::model;
use hjemmel_engine::time::{Day, Period};
use hjemmel_grammar::Language;
use hjemmel_grammar::keyword::declares;
use serde::Serialize;

/// The whole output. A field never changes meaning or disappears within a version.
#[derive(Serialize)]
struct Whole<'r> {
    version: u32,
    rule_set_hash: &'r str,
    registers: &'r [File],
    engine_version: &'static str,
    complete: bool,
    counts: Counts,
    acts: Vec<Act<'r>>,
    rules: Vec<Rule<'r>>,
    examples: Vec<Example<'r>>,
    citations_not_in_register: Vec<NotInRegister>,
    acts_without_register: Vec<NoRegister>,
}

#[derive(Serialize)]
struct Act<'r> {
    act: String,
    title: Option<&'r str>,
    provisions: Vec<Provision<'r>>,
}

#[derive(Serialize)]
struct Provision<'r> {
    provision: String,
    subject: &'r str,
    #[serde(flatten)]
    days: Days,
    /// `covered`, `not_encoded` or `missing`.
    status: &'static str,
    reason: Option<&'r str>,
    citations: Vec<Cited>,
    /// The days on which no rule rests on a provision that has some.
    without_rule: Vec<Days>,
    #[serde(flatten)]
    place: Option<Spot>,
}

/// A citation by a part of a rule, by their positions among `rules` and its `parts`.
#[derive(Serialize)]
struct Cited {
    rule: usize,
    part: usize,
    cited: String,
    #[serde(flatten)]
    place: Spot,
}

#[derive(Serialize)]
struct Rule<'r> {
    kind: &'static str,
    name: &'r str,
    title: Option<&'r str>,
    #[serde(flatten)]
    place: Spot,
    /// Its days in force: a part for each basis, and for each value of a parameter.
    parts: Vec<Part>,
    conditions: usize,
    not_exercised: Vec<Gap>,
}

#[derive(Serialize)]
struct Part {
    #[serde(flatten)]
    days: Days,
    /// The examples that name it, by their positions among `examples`.
    examples: Vec<usize>,
    /// Those that name a rule that rests on it.
    examples_of_others: Vec<usize>,
}

#[derive(Serialize)]
struct Example<'r> {
    title: &'r str,
    #[serde(flatten)]
    place: Spot,
}

#[derive(Serialize)]
struct Gap {
    condition: String,
    /// What was never seen: `yes`, `no` or `either`.
    never: &'static str,
    #[serde(flatten)]
    place: Spot,
}

#[derive(Serialize)]
struct NotInRegister {
    #[serde(flatten)]
    citation: Cited,
    /// The register holds the place, but for other days.
    other_days: bool,
}

#[derive(Serialize)]
struct NoRegister {
    act: String,
    citations: Vec<Cited>,
}

/// The first and the last day; none where it is open.
#[derive(Serialize)]
struct Days {
    from: Option<String>,
    to: Option<String>,
}

#[derive(Serialize)]
struct Spot {
    file: String,
    line: u64,
}

impl From<Period> for Days {
    fn from(days: Period) -> Self {
        Self {
            from: (Day::FIRST < days.start).then(|| days.start.to_string()),
            to: (days.end < Day::END).then(|| days.last().to_string()),
        }
    }
}

impl From<Place> for Spot {
    fn from(Place { file, line }: Place) -> Self {
        Self { file, line }
    }
}

/// The report as JSON.
pub(super) fn render<'r>(report: &Report<'r>) -> Result<String, Failure> {
    let coverage = report.coverage;
    let acts = report.acts().into_iter().map(|of_act| Act {
        act: of_act.act.to_string(),
        title: of_act.title,
        provisions: of_act
            .provisions
            .into_iter()
            .map(|(coverage, entry)| provision(report, coverage, entry))
            .collect(),
    });
    let astray = coverage.astray.iter().map(|each| NotInRegister {
        citation: cited(report, &each.citation),
        other_days: each.other_days,
    });
    let without = coverage.without_register.iter();
    let without = without.map(|(act, citations)| NoRegister {
        act: act.to_string(),
        citations: citations.iter().map(|it| cited(report, it)).collect(),
    });
    let example = |example: &'r model::Example| Example {
        title: &example.title,
        place: report.place(example.site).into(),
    };
    let file = Whole {
        version: 1,
        rule_set_hash: &report.rules.hash,
        registers: &report.registers.files,
        engine_version: env!("CARGO_PKG_VERSION"),
        complete: coverage.is_complete(),
        counts: report.counts(),
        acts: acts.collect(),
        rules: coverage.rules.iter().map(|it| rule(report, it)).collect(),
        examples: report.rules.model.examples.iter().map(example).collect(),
        citations_not_in_register: astray.collect(),
        acts_without_register: without.collect(),
    };
    let text = crate::print::json_text(&file).map_err(|_| bug())?;
    Ok(text + "\n")
}

fn provision<'r>(
    report: &Report<'r>,
    coverage: &ProvisionCoverage,
    entry: &'r Entry,
) -> Provision<'r> {
    Provision {
        provision: place_in_act(entry),
        subject: &entry.subject,
        days: entry.days.into(),
        status: match coverage.status {
            Status::Covered => "covered",
            Status::NotEncoded => "not_encoded",
            Status::Missing => "missing",
        },
        reason: entry.not_encoded.as_deref(),
        citations: coverage
            .citations
            .iter()
            .map(|it| cited(report, it))
            .collect(),
        without_rule: coverage
            .without_rule
            .iter()
            .map(|it| Days::from(*it))
            .collect(),
        place: report.register_place(coverage).cloned().map(Spot::from),
    }
}

fn cited(report: &Report<'_>, citation: &Citation) -> Cited {
    Cited {
        rule: citation.rule,
        part: citation.part,
        cited: citation.provision.to_string(),
        place: report.place(citation.site).into(),
    }
}

fn rule<'r>(report: &Report<'r>, rule: &'r RuleCoverage) -> Rule<'r> {
    let gaps = rule.gaps.iter().map(|gap| Gap {
        condition: report.written(gap.site),
        never: match gap.never {
            Never::Yes => "yes",
            Never::No => "no",
            Never::Either => "either",
        },
        place: report.place(gap.site).into(),
    });
    Rule {
        kind: declares(rule.kind, Language::Danish),
        name: &rule.name,
        title: rule.title.as_deref(),
        place: report.place(rule.site).into(),
        parts: rule.parts.iter().map(part).collect(),
        conditions: rule.conditions,
        not_exercised: gaps.collect(),
    }
}

fn part(part: &PartCoverage) -> Part {
    let examples = |direct: bool| {
        let used = part.examples.iter().filter(|it| it.direct == direct);
        used.map(|it| it.example).collect()
    };
    Part {
        days: part.days.into(),
        examples: examples(true),
        examples_of_others: examples(false),
    }
}
