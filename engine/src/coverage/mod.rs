//! Coverage by provision: which rules rest on each provision of a register, which examples speak of
//! them, and which of their conditions no example exercises.
//!
//! A register is a plain list of the provisions of an act. The program reads it; here it is data.

mod constant;
mod exercised;
mod footing;
mod place;
mod rests;
mod versions;
mod written;

pub use footing::{Footing, Stands, footing};

use crate::evaluate::Occasions;
use crate::model::{Basis, BasisKind, Model};
use crate::time::{Days, Period};
use constant::Constants;
use hjemmel_grammar::span::Site;
use hjemmel_grammar::syntax::{ActReference, Kind, Provision};
use place::{Place, source};
use std::cmp::Ordering;
use std::collections::BTreeMap;
use versions::{Declared, Part};

/// A line of a register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The provision.
    pub provision: Provision,
    /// The days on which it is the law.
    pub days: Period,
    /// What it is about, in one line.
    pub subject: String,
    /// Why no rule is meant to rest on it, if that is so.
    pub not_encoded: Option<String>,
}

/// What a rule set covers of its registers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Every version of every rule, by its place in the files.
    pub rules: Vec<RuleCoverage>,
    /// Every line of the registers, in the order of the acts.
    pub provisions: Vec<ProvisionCoverage>,
    /// Citations of an act whose register does not hold the place: they are likely wrong.
    pub astray: Vec<Astray>,
    /// Acts that are cited and have no register, each with the citations of it.
    pub without_register: Vec<(ActReference, Vec<Citation>)>,
}

/// A version of a rule, as declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleCoverage {
    /// What kind of rule it is.
    pub kind: Kind,
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// The place of its name.
    pub site: Site,
    /// Its days in force, in order: a part for each basis that it has had, and for each value of a
    /// parameter.
    pub parts: Vec<PartCoverage>,
    /// How many conditions and links are written in it.
    pub conditions: usize,
    /// Those of them that no example exercises.
    pub gaps: Vec<Gap>,
}

/// The days of a version of a rule on which it rests on one basis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartCoverage {
    /// The days.
    pub days: Period,
    /// The examples that speak of it on some of them, in the order of the files.
    pub examples: Vec<ExampleUse>,
}

/// An example that speaks of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExampleUse {
    /// Its position in [`Model::examples`].
    pub example: usize,
    /// It names the rule itself; else one that rests on it.
    pub direct: bool,
}

/// A condition that was not seen both to hold and not to hold in the examples that speak of its
/// rule, on the days that these are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Where it is written.
    pub site: Site,
    /// What was never seen.
    pub never: Never,
}

/// What was never seen of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Never {
    /// That it holds.
    Yes,
    /// That it does not hold.
    No,
    /// Either.
    Either,
}

/// A line of a register, and what rests on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProvisionCoverage {
    /// Its position among the entries.
    pub entry: usize,
    /// The citations that cover it.
    pub citations: Vec<Citation>,
    /// What follows.
    pub status: Status,
    /// Where rules rest on it: its days on which none of them is in force.
    pub without_rule: Vec<Period>,
}

/// How a provision stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// A rule rests on it.
    Covered,
    /// The register says why no rule is meant to.
    NotEncoded,
    /// Neither.
    Missing,
}

/// A citation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The rule, by its position in [`Coverage::rules`].
    pub rule: usize,
    /// Its part, by its position in [`RuleCoverage::parts`].
    pub part: usize,
    /// What is cited.
    pub provision: Provision,
    /// Where the basis that it is part of stands.
    pub site: Site,
}

/// A citation that the register of its act does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Astray {
    /// The citation.
    pub citation: Citation,
    /// The register holds the place, but not in the days of the rule.
    pub other_days: bool,
}

impl Coverage {
    /// The lines of the registers with neither a rule nor a reason.
    pub fn missing(&self) -> impl Iterator<Item = &ProvisionCoverage> {
        let provisions = self.provisions.iter();
        provisions.filter(|it| it.status == Status::Missing)
    }

    /// The parts of rules that rest on a provision of a register and have no example: the positions
    /// of the rule and of its part.
    #[must_use]
    pub fn without_example(&self) -> Vec<(usize, usize)> {
        let citations = self.provisions.iter().flat_map(|it| &it.citations);
        let mut parts: Vec<_> = citations.map(|it| (it.rule, it.part)).collect();
        parts.sort_unstable();
        parts.dedup();
        parts.retain(|(rule, part)| {
            let part = self.rules.get(*rule).and_then(|it| it.parts.get(*part));
            part.is_some_and(|part| part.examples.is_empty())
        });
        parts
    }

    /// Whether every provision has a rule or a reason, and every rule on one has an example.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.missing().next().is_none() && self.without_example().is_empty()
    }
}

/// Compares a rule set with registers, and runs its examples.
#[must_use]
pub fn coverage(model: &Model, entries: &[Entry]) -> Coverage {
    let versions = versions::all(model);
    let occasions = Occasions::of(model);
    let mut constants = Constants::new(model);
    let written: Vec<_> = versions
        .iter()
        .map(|version| written::conditions(model, version, occasions.law(), &mut constants))
        .collect();
    let exercised = exercised::run(model, &occasions, &versions, &written);
    let each = versions.iter().zip(&written);
    let each = each.zip(exercised.examples.iter().zip(&exercised.seen));
    let rules = each.map(|((version, written), (examples, seen))| RuleCoverage {
        kind: version.rule.0,
        name: version.name.to_owned(),
        title: version.title.map(str::to_owned),
        site: version.site,
        parts: version.parts.iter().zip(examples).map(part).collect(),
        conditions: written.iter().filter(|it| it.listed).count(),
        gaps: gaps(written, seen),
    });
    let mut found = Coverage {
        rules: rules.collect(),
        ..Coverage::default()
    };
    Register { model, entries }.compare(&versions, &mut found);
    found
}

fn part((part, examples): (&Part<'_>, &BTreeMap<usize, bool>)) -> PartCoverage {
    let examples = examples.iter().map(|(example, direct)| ExampleUse {
        example: *example,
        direct: *direct,
    });
    PartCoverage {
        days: part.days,
        examples: examples.collect(),
    }
}

/// The conditions that examples do not exercise, by their places, each once.
fn gaps(written: &[written::Written<'_>], seen: &[written::Seen]) -> Vec<Gap> {
    let gaps = written::gaps(written, seen).into_iter();
    let mut gaps: Vec<Gap> = gaps
        .filter_map(|(at, seen)| {
            Some(Gap {
                site: written.get(at)?.site,
                never: match (seen.yes, seen.no) {
                    (false, false) => Never::Either,
                    (false, true) => Never::Yes,
                    _ => Never::No,
                },
            })
        })
        .collect();
    gaps.sort_by_key(|gap| gap.site);
    gaps.dedup();
    gaps
}

/// The registers beside the rules.
struct Register<'r> {
    model: &'r Model,
    entries: &'r [Entry],
}

impl Register<'_> {
    fn compare(&self, versions: &[Declared<'_>], found: &mut Coverage) {
        let places: Vec<Place> = self
            .entries
            .iter()
            .map(|it| Place::of(&it.provision))
            .collect();
        let mut citations: Vec<Vec<Citation>> = vec![Vec::new(); self.entries.len()];
        for (rule, version) in versions.iter().enumerate() {
            for (part, each) in version.parts.iter().enumerate() {
                for provision in each.basis.into_iter().flat_map(provisions) {
                    let days = [(part, each.days)];
                    self.find(rule, provision, &days, &places, &mut citations, found);
                }
            }
            // What a clause rests on, it rests on as long as its register says.
            let parts = version.parts.iter().enumerate();
            let days: Vec<_> = parts.map(|(part, each)| (part, each.days)).collect();
            for provision in version.own.iter().flat_map(|basis| provisions(basis)) {
                self.find(rule, provision, &days, &places, &mut citations, found);
            }
        }
        let each = citations.into_iter().zip(self.entries).enumerate();
        found.provisions = each
            .map(|(entry, (citations, it))| ProvisionCoverage {
                entry,
                status: match (&it.not_encoded, citations.is_empty()) {
                    (Some(_), _) => Status::NotEncoded,
                    (None, false) => Status::Covered,
                    (None, true) => Status::Missing,
                },
                without_rule: without_rule(it, &citations, versions),
                citations,
            })
            .collect();
        found
            .provisions
            .sort_by(|a, b| self.order(&places, a.entry, b.entry));
    }

    /// Puts a citation where it belongs, for each part of the rule that it is of.
    fn find(
        &self,
        rule: usize,
        (basis, provision): (&Basis, &Provision),
        parts: &[(usize, Period)],
        places: &[Place],
        citations: &mut [Vec<Citation>],
        found: &mut Coverage,
    ) {
        let citation = |part: usize| Citation {
            rule,
            part,
            provision: provision.clone(),
            site: basis.site,
        };
        let of = source(self.model, &provision.act);
        let place = Place::of(provision);
        let (mut has_register, mut elsewhere, mut covered) = (false, false, false);
        let lines = self.entries.iter().zip(places).zip(citations);
        for ((entry, at), citations) in lines {
            if source(self.model, &entry.provision.act) != of {
                continue;
            }
            has_register = true;
            if at.meets(&place) {
                elsewhere = true;
                let parts = parts.iter();
                let parts = parts.filter(|(_, days)| !days.and(entry.days).is_empty());
                let before = citations.len();
                citations.extend(parts.map(|(part, _)| citation(*part)));
                covered |= before < citations.len();
            }
        }
        let Some((first, _)) = parts.first() else {
            return;
        };
        if !has_register {
            self.without_register(&citation(*first), found);
        } else if !covered {
            found.astray.push(Astray {
                citation: citation(*first),
                other_days: elsewhere,
            });
        }
    }

    fn without_register(&self, citation: &Citation, found: &mut Coverage) {
        let act = &citation.provision.act;
        let of = source(self.model, act);
        let mut known = found.without_register.iter_mut();
        match known.find(|(known, _)| source(self.model, known) == of) {
            Some((_, citations)) => citations.push(citation.clone()),
            None => {
                let first = (act.clone(), vec![citation.clone()]);
                found.without_register.push(first);
            }
        }
    }

    /// By act (those with a name first), then as they stand in it, then by time.
    fn order(&self, places: &[Place], a: usize, b: usize) -> Ordering {
        let key = |at: usize| {
            let entry = self.entries.get(at)?;
            let source = source(self.model, &entry.provision.act);
            Some((source, places.get(at)?, entry.days))
        };
        let (Some((of, place, days)), Some((other, elsewhere, then))) = (key(a), key(b)) else {
            return Ordering::Equal;
        };
        let in_act = of.cmp(&other).then_with(|| place.compare(elsewhere));
        in_act.then_with(|| days.cmp(&then))
    }
}

/// The days of a provision on which no rule that rests on it is in force, if any rests on it.
fn without_rule(entry: &Entry, citations: &[Citation], versions: &[Declared<'_>]) -> Vec<Period> {
    if citations.is_empty() || entry.not_encoded.is_some() {
        return Vec::new();
    }
    let parts = citations.iter();
    let parts = parts.filter_map(|it| versions.get(it.rule)?.parts.get(it.part));
    let in_force = Days::from_periods(parts.map(|part| part.days).collect());
    let open = Days::of(entry.days).without(&in_force);
    open.runs().to_vec()
}

/// The provisions that a basis cites.
fn provisions(basis: &Basis) -> impl Iterator<Item = (&Basis, &Provision)> {
    let provisions: &[Provision] = match &basis.kind {
        BasisKind::Provisions(provisions) => provisions,
        BasisKind::Source(_) => &[],
    };
    provisions.iter().map(move |provision| (basis, provision))
}
