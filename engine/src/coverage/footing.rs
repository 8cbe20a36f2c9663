//! What an answer or a measure rests on, for those who want to read it after: each rule once, with
//! its place, days, basis and doubt.

use super::rests::{below, rests_on, used_by_measure};
use super::versions::RuleId;
use crate::model::{
    Basis, ClassificationId, ExemptionId, MeasureId, Model, Rule, SplitBy, Subject, Version,
};
use crate::time::{Day, Period};
use hjemmel_grammar::span::Site;
use hjemmel_grammar::syntax::Kind;
use std::collections::BTreeSet;

/// A version of a rule that something rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Footing<'m> {
    /// What kind of rule it is.
    pub kind: Kind,
    /// Its name.
    pub name: &'m str,
    /// Its title.
    pub title: Option<&'m str>,
    /// The days on which this version is in force.
    pub days: Period,
    /// What it rests on.
    pub basis: Option<&'m Basis>,
    /// Why it is not verified, if it is not.
    pub unverified: Option<&'m str>,
    /// The author's summary, one string a line.
    pub summary: &'m [String],
    /// The place of its name.
    pub site: Site,
}

/// What is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// An answer of a rule.
    Answer(Subject),
    /// A measure.
    Measure(MeasureId),
    /// An exemption, without the duties it is from.
    Exemption(ExemptionId),
}

/// The rules that an answer or a measure rests on under the law of `day`, itself included, by
/// their places.
#[must_use]
pub fn footing(model: &Model, what: Stands, day: Day) -> Vec<Footing<'_>> {
    let law = model.law_on(day);
    let mut rules: BTreeSet<(RuleId, Day)> = BTreeSet::new();
    match what {
        Stands::Answer(subject) => rules.extend(rests_on(model, subject, law)),
        Stands::Exemption(ExemptionId(index)) => {
            rules.extend(below(model, (Kind::Exemption, index), law));
        }
        Stands::Measure(MeasureId(index)) => {
            rules.insert(((Kind::Measure, index), law));
            let split = model.measures.get(index).and_then(|rule| rule.on(law));
            let split = split.into_iter().flat_map(|version| &version.body.split_by);
            let split = split.filter_map(|by| match by {
                SplitBy::Classification(ClassificationId(index)) => {
                    Some((Kind::Classification, *index))
                }
                SplitBy::Field(..) => None,
            });
            for rule in used_by_measure(model, index, law).into_iter().chain(split) {
                rules.extend(below(model, rule, law));
            }
        }
    }
    let mut found: Vec<Footing<'_>> = rules
        .into_iter()
        .filter_map(|(rule, law)| version_of(model, rule, law))
        .collect();
    found.sort_by_key(|it| (it.site, it.days));
    found.dedup();
    found
}

fn version_of(model: &Model, (kind, index): RuleId, law: Day) -> Option<Footing<'_>> {
    fn of<T>(kind: Kind, rules: &[Rule<T>], index: usize, law: Day) -> Option<Footing<'_>> {
        let rule = rules.get(index)?;
        let version: &Version<T> = rule.on(law)?;
        Some(Footing {
            kind,
            name: &rule.name,
            title: version.title.as_deref(),
            days: version.validity.period,
            basis: version.basis.as_ref(),
            unverified: version.unverified.as_deref(),
            summary: &version.summary,
            site: version.name_site,
        })
    }
    match kind {
        Kind::Parameter => of(kind, &model.parameters, index, law).map(|it| {
            let values = model.parameters.get(index).and_then(|rule| rule.on(law));
            let mut values = values.into_iter().flat_map(|version| &version.body.values);
            // A parameter is in force as its value is.
            let value = values.find(|(validity, _)| validity.period.contains(law));
            Footing {
                days: value.map_or(it.days, |(validity, _)| validity.period.and(it.days)),
                ..it
            }
        }),
        Kind::Assessment => of(kind, &model.assessments, index, law),
        Kind::Term => of(kind, &model.terms, index, law),
        Kind::Duty => of(kind, &model.duties, index, law),
        Kind::Exemption => of(kind, &model.exemptions, index, law),
        Kind::Suspension => of(kind, &model.suspensions, index, law),
        Kind::Classification => of(kind, &model.classifications, index, law),
        Kind::Warning => of(kind, &model.warnings, index, law),
        Kind::Measure => of(kind, &model.measures, index, law),
        Kind::Transition => of(kind, &model.transitions, index, law),
        _ => None,
    }
}
