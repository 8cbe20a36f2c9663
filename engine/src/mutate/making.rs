//! Goes through the rules and makes their mutants.

use super::Mutant;
use super::change::Change;
use super::edit::{Edit, RuleId, spare};
use super::reach::Reach;
use super::written::{Library, Written, length_span};
use crate::model::{
    AssessmentId, ClassificationId, ConditionId, DutyId, ExemptionId, LengthValue, Literal, Model,
    ParameterId, Rule, SuspensionId, TermId, Validity, Version, WarningId,
};
use crate::time::{Day, Period};
use hjemmel_grammar::Sources;
use hjemmel_grammar::diagnostic::Text;
use hjemmel_grammar::span::Span;
use hjemmel_grammar::syntax;
use std::collections::BTreeMap;
use std::ops::Range;

/// All mutants of a rule set without errors, in the order of the rules. `sources` are what it was
/// read from.
#[must_use]
pub fn mutants(model: &Model, sources: &Sources) -> Vec<Mutant> {
    let library = Library::read(sources);
    let mut making = Making {
        model,
        reach: Reach::with_parameters(model),
        proven: None,
        siblings: 0..0,
        found: Vec::new(),
    };
    making.rules(&library);
    let mut found = making.found;
    found.sort_by_key(|mutant| mutant.site);
    tell_apart(&mut found);
    found
}

/// Equal words in one clause are told apart by their order.
fn tell_apart(mutants: &mut [Mutant]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for mutant in mutants {
        let times = seen.entry(mutant.id.clone()).or_default();
        *times = times.saturating_add(1);
        if 1 < *times {
            mutant.id += &format!("#{times}");
        }
    }
}

/// The mutants made so far.
pub(super) struct Making<'m> {
    pub(super) model: &'m Model,
    pub(super) reach: Reach,
    /// Why no example can notice the mutants that are made now, if none can.
    pub(super) proven: Option<Text>,
    /// The other versions that the same declaration has given, one for each basis it has had: they
    /// have the same mistake.
    siblings: Range<usize>,
    found: Vec<Mutant>,
}

/// A clause of a version of a rule: where mutants are made.
#[derive(Clone, Copy)]
pub(super) struct Place<'p> {
    pub(super) rule: &'p str,
    /// When the version is in force.
    pub(super) days: Period,
    pub(super) written: Written<'p>,
    pub(super) clause: &'p str,
}

impl<'p> Place<'p> {
    /// Another clause of the same version.
    pub(super) fn in_clause(self, clause: &'p str) -> Self {
        Self { clause, ..self }
    }
}

impl Making<'_> {
    /// Adds the mutant that changes the words at `span` so.
    pub(super) fn add(&mut self, place: &Place<'_>, span: Span, change: Change, edits: Vec<Edit>) {
        let words = place.written.words(span);
        let path = format!("{}/{words}", place.clause);
        self.add_at(place, &path, span, change, edits);
    }

    /// Adds the mutant that changes the words at `span`, which by themselves say little: the id tells
    /// what they stand in, and which of several values is meant.
    pub(super) fn add_in(
        &mut self,
        place: &Place<'_>,
        (whole, span): (Span, Span),
        mut change: Change,
        edit: Edit,
    ) {
        if change.slug == Change::LEFT_OUT {
            change.slug += &format!(" {}", place.written.words(span));
        }
        let path = format!("{}/{}", place.clause, place.written.words(whole));
        self.add_at(place, &path, span, change, vec![edit]);
    }

    /// Adds the mutant that leaves a whole clause out.
    pub(super) fn left_out(&mut self, place: &Place<'_>, span: Span, edit: Edit) {
        self.whole(place, span, Change::left_out(), edit);
    }

    /// Adds the mutant that changes a whole clause so.
    pub(super) fn whole(&mut self, place: &Place<'_>, span: Span, change: Change, edit: Edit) {
        self.add_at(place, place.clause, span, change, vec![edit]);
    }

    fn add_at(
        &mut self,
        place: &Place<'_>,
        path: &str,
        span: Span,
        change: Change,
        edits: Vec<Edit>,
    ) {
        let siblings = edits.iter().flat_map(|edit| {
            let siblings = self.siblings.clone();
            siblings.filter_map(|version| edit.in_version(version))
        });
        let edits: Vec<Edit> = siblings.chain(edits.iter().cloned()).collect();
        let version = match place.days.start {
            Day::FIRST => String::new(),
            first => format!("@{first}"),
        };
        self.found.push(Mutant {
            id: format!("{}{version}/{path}/{}", place.rule, change.slug),
            rule: place.rule.to_owned(),
            site: place.written.site(span),
            change: change.words,
            hint: change.hint,
            proven: self.proven.clone(),
            edits,
        });
    }

    /// A length that is written out, a day longer and a day shorter; `edit` puts it in its place.
    /// A parameter's is mutated where its value stands.
    pub(super) fn length(
        &mut self,
        place: &Place<'_>,
        value: LengthValue,
        written: &syntax::Length,
        edit: impl Fn(LengthValue) -> Edit,
    ) {
        let Literal::Fixed(length) = value else {
            return;
        };
        for (change, length) in Change::lengths(length) {
            let edits = vec![edit(Literal::Fixed(length))];
            self.add(place, length_span(written), change, edits);
        }
    }

    /// The id of a condition that the rules do not have.
    pub(super) fn spare(&self, which: usize) -> ConditionId {
        spare(self.model.conditions.len(), which)
    }

    fn rules(&mut self, library: &Library) {
        let model = self.model;
        macro_rules! each {
            ($($rules:ident $id:expr, $mutate:ident;)*) => {$(
                self.each(library, &model.$rules, $id, Self::$mutate);
            )*};
        }
        each! {
            parameters |n| RuleId::Parameter(ParameterId(n)), parameter;
            assessments |n| RuleId::Assessment(AssessmentId(n)), assessment;
            terms |n| RuleId::Term(TermId(n)), term;
            duties |n| RuleId::Duty(DutyId(n)), duty;
            exemptions |n| RuleId::Exemption(ExemptionId(n)), exemption;
            suspensions |n| RuleId::Suspension(SuspensionId(n)), suspension;
            classifications |n| RuleId::Classification(ClassificationId(n)), classification;
            warnings |n| RuleId::Warning(WarningId(n)), warning;
            transitions RuleId::Transition, transition;
        }
    }

    /// Every declaration of rules of one kind: versions that differ in their basis alone are one.
    fn each<T: Clone>(
        &mut self,
        library: &Library,
        rules: &[Rule<T>],
        id: impl Fn(usize) -> RuleId,
        mutate: impl Fn(&mut Self, &Place<'_>, (usize, usize), &Version<T>),
    ) {
        for (n, rule) in rules.iter().enumerate() {
            let mut at = 0_usize;
            for versions in rule.versions.chunk_by(|a, b| a.site == b.site) {
                let first = at;
                at = at.saturating_add(versions.len());
                let (Some(version), Some(last)) = (versions.first(), versions.last()) else {
                    continue;
                };
                let Some(written) = library.find(version.site) else {
                    continue;
                };
                let days = Period::new(version.validity.period.start, last.validity.period.end);
                let place = Place {
                    rule: &rule.name,
                    days,
                    written,
                    clause: "",
                };
                let (alone, last) = (first.saturating_add(1), at.saturating_sub(1));
                self.siblings = 0..0;
                self.in_force(&place.in_clause("gælder"), id(n), rule, (first, last));
                self.siblings = alone..at;
                let validity = Validity { period: days };
                let whole = Version {
                    validity,
                    ..version.clone()
                };
                mutate(self, &place, (n, first), &whole);
            }
        }
    }
}
