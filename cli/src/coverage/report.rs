//! What the coverage says in words, whatever the format.

use super::register::Registers;
use crate::check::one;
use crate::lists::Place;
use crate::print::{self, range};
use crate::session::{Rules, Session};
use hjemmel_engine::coverage::{
    Citation, Coverage, Entry, Gap, Never, PartCoverage, ProvisionCoverage, RuleCoverage, Status,
};
use hjemmel_engine::model::Example;
use hjemmel_engine::time::Period;
use hjemmel_grammar::keyword::declares;
use hjemmel_grammar::span::Site;
use hjemmel_grammar::syntax::{ActReference, Kind};
use std::collections::BTreeSet;

/// A coverage, and what its places and positions mean.
pub(super) struct Report<'r> {
    pub(super) session: &'r Session,
    pub(super) rules: &'r Rules,
    pub(super) registers: &'r Registers,
    pub(super) coverage: &'r Coverage,
}

/// How many there are of each.
#[derive(Clone, Copy, Debug, serde::Serialize)]
pub(super) struct Counts {
    pub(super) provisions: usize,
    pub(super) covered: usize,
    pub(super) not_encoded: usize,
    pub(super) missing: usize,
    /// Versions of rules that rest on a provision of a register.
    pub(super) rules: usize,
    pub(super) without_example: usize,
    /// Conditions of all rules.
    pub(super) conditions: usize,
    pub(super) not_exercised: usize,
    pub(super) citations_not_in_register: usize,
    pub(super) acts_without_register: usize,
}

/// The provisions of one act.
pub(super) struct OfAct<'r> {
    pub(super) act: &'r ActReference,
    pub(super) title: Option<&'r str>,
    pub(super) provisions: Vec<(&'r ProvisionCoverage, &'r Entry)>,
}

impl<'r> Report<'r> {
    pub(super) fn counts(&self) -> Counts {
        let coverage = self.coverage;
        let with = |status| {
            let provisions = coverage.provisions.iter();
            provisions.filter(|it| it.status == status).count()
        };
        let cited = coverage.provisions.iter().flat_map(|it| &it.citations);
        let rules: BTreeSet<_> = cited.map(|it| (it.rule, it.part)).collect();
        Counts {
            provisions: coverage.provisions.len(),
            covered: with(Status::Covered),
            not_encoded: with(Status::NotEncoded),
            missing: with(Status::Missing),
            rules: rules.len(),
            without_example: coverage.without_example().len(),
            conditions: coverage.rules.iter().map(|rule| rule.conditions).sum(),
            not_exercised: coverage.rules.iter().map(|rule| rule.gaps.len()).sum(),
            citations_not_in_register: coverage.astray.len(),
            acts_without_register: coverage.without_register.len(),
        }
    }

    /// The provisions, act by act.
    pub(super) fn acts(&self) -> Vec<OfAct<'r>> {
        let mut acts: Vec<OfAct<'r>> = Vec::new();
        for provision in &self.coverage.provisions {
            let Some(entry) = self.registers.entries.get(provision.entry) else {
                continue;
            };
            let act = &entry.provision.act;
            match acts.last_mut().filter(|last| last.act == act) {
                Some(last) => last.provisions.push((provision, entry)),
                None => acts.push(OfAct {
                    act,
                    title: self.act_title(act),
                    provisions: vec![(provision, entry)],
                }),
            }
        }
        acts
    }

    fn act_title(&self, act: &ActReference) -> Option<&'r str> {
        let ActReference::Named(name) = act else {
            return None;
        };
        let mut acts = self.rules.model.acts.iter();
        acts.find(|act| act.name == *name)?.title.as_deref()
    }

    /// The line of a register that a provision is.
    pub(super) fn register_place(&self, provision: &ProvisionCoverage) -> Option<&'r Place> {
        self.registers.places.get(provision.entry)
    }

    pub(super) fn rule(&self, at: usize) -> Option<&'r RuleCoverage> {
        self.coverage.rules.get(at)
    }

    /// A rule and a part of it, by their positions.
    pub(super) fn part(&self, rule: usize, part: usize) -> Option<Cited<'r>> {
        let rule = self.rule(rule)?;
        let part = rule.parts.get(part)?;
        Some(Cited { rule, part })
    }

    pub(super) fn example(&self, at: usize) -> Option<&'r Example> {
        self.rules.model.examples.get(at)
    }

    /// The parts of rules that are cited from, each once, with the first citation of each.
    pub(super) fn cited<'c>(&self, citations: &'c [Citation]) -> Vec<(&'c Citation, Cited<'r>)> {
        let mut seen = BTreeSet::new();
        let first = citations
            .iter()
            .filter(|it| seen.insert((it.rule, it.part)));
        first
            .filter_map(|it| Some((it, self.part(it.rule, it.part)?)))
            .collect()
    }

    /// `pligt tilbudspligt`; with its days where the rule has had several versions or bases.
    pub(super) fn part_name(&self, Cited { rule, part }: Cited<'_>) -> String {
        let same = |other: &&RuleCoverage| other.kind == rule.kind && other.name == rule.name;
        let versions = self.coverage.rules.iter().filter(same);
        self.named(rule, versions.map(|it| it.parts.len()).sum(), part.days)
    }

    /// The same of all its days.
    pub(super) fn name(&self, rule: &RuleCoverage) -> String {
        let same = |other: &&RuleCoverage| other.kind == rule.kind && other.name == rule.name;
        let versions = self.coverage.rules.iter().filter(same).count();
        self.named(rule, versions, days(rule))
    }

    fn named(&self, rule: &RuleCoverage, versions: usize, days: Period) -> String {
        let word = self.kind(rule.kind);
        if versions < 2 {
            return format!("{word} {}", rule.name);
        }
        let days = crate::language::period(days, self.session.language());
        format!("{word} {} ({days})", rule.name)
    }

    /// `12 eksempler, heraf 3 om reglen selv`
    pub(super) fn examples(&self, part: &PartCoverage) -> String {
        let say = |da, en| self.session.say(da, en);
        let all = part.examples.len();
        let direct = part.examples.iter().filter(|it| it.direct).count();
        let examples = one(
            all,
            say("eksempel", "example"),
            say("eksempler", "examples"),
        );
        match (all, direct) {
            (0, _) => say("intet eksempel", "no example").to_owned(),
            (_, 0) => {
                let through = say("gennem andre regler", "through other rules");
                format!("{all} {examples} {through}")
            }
            _ if direct == all => format!("{all} {examples}"),
            _ => {
                let (of_them, itself) = (
                    say("heraf", "of them"),
                    say("om reglen selv", "about the rule itself"),
                );
                format!("{all} {examples}, {of_them} {direct} {itself}")
            }
        }
    }

    /// The keyword of a kind of rule.
    pub(super) fn kind(&self, kind: Kind) -> &'static str {
        declares(kind, self.session.language())
    }

    /// The file and the line.
    pub(super) fn place(&self, site: Site) -> Place {
        Place {
            file: self.rules.sources.path(site.file).to_owned(),
            line: u64::from(range(&self.rules.sources, site).0.line),
        }
    }

    /// What is written there, on one line.
    pub(super) fn written(&self, site: Site) -> String {
        let text = print::harmless_lines(self.rules.sources.slice(site));
        let lines = text.lines().map(|line| {
            // A comment at the end of a line is not part of what it says.
            let line = line.split_once(" #").map_or(line, |(before, _)| before);
            line.split_whitespace().collect::<Vec<_>>().join(" ")
        });
        lines.collect::<Vec<_>>().join(" ")
    }

    /// What was never seen of a condition.
    pub(super) fn never(&self, gap: &Gap) -> &'static str {
        let (da, en) = match gap.never {
            Never::Yes => ("aldrig ja", "never yes"),
            Never::No => ("aldrig nej", "never no"),
            Never::Either => ("hverken ja eller nej", "neither yes nor no"),
        };
        match self.session.language() {
            hjemmel_grammar::Language::Danish => da,
            hjemmel_grammar::Language::English => en,
        }
    }

    /// The days on which no rule rests on a provision that has some.
    pub(super) fn without_rule(&self, provision: &ProvisionCoverage) -> Option<String> {
        let language = self.session.language();
        let days = provision.without_rule.iter();
        let days: Vec<String> = days
            .map(|days| crate::language::period(*days, language))
            .collect();
        let word = self.session.say("ingen regel", "no rule");
        (!days.is_empty()).then(|| format!("{word} {}", days.join(", ")))
    }

    /// The rules with conditions that no example exercises.
    pub(super) fn with_gaps(&self) -> impl Iterator<Item = &'r RuleCoverage> {
        self.coverage
            .rules
            .iter()
            .filter(|rule| !rule.gaps.is_empty())
    }
}

/// A rule that is cited from, and the part of it that is.
#[derive(Clone, Copy)]
pub(super) struct Cited<'r> {
    pub(super) rule: &'r RuleCoverage,
    pub(super) part: &'r PartCoverage,
}

/// The days in force of a rule, from the first to the last.
pub(super) fn days(rule: &RuleCoverage) -> Period {
    let parts = rule.parts.iter().map(|part| part.days);
    let all =
        parts.reduce(|all, days| Period::new(all.start.min(days.start), all.end.max(days.end)));
    all.unwrap_or(Period::ALL)
}

/// Whether some example speaks of a rule.
pub(super) fn has_example(rule: &RuleCoverage) -> bool {
    rule.parts.iter().any(|part| !part.examples.is_empty())
}
