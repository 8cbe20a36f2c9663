//! Goes through the rules and makes their mutants.

use super::Mutant;
use super::change::Change;
use super::edit::{Edit, RuleId, spare};
use super::reach::Reach;
use super::written::{Library, Written, length_span};
use crate::model::{
    AssessmentId, ClassificationId, ConditionId, DutyId, ExemptionId, LengthValue, Literal, Model,
    ParameterId, Rule, SuspensionId, TermId, Version, WarningId,
};
use crate::time::{Day, Period};
use hjemmel_grammar::Sources;
use hjemmel_grammar::diagnostic::Text;
use hjemmel_grammar::span::Span;
use hjemmel_grammar::syntax;
use std::collections::BTreeMap;

/// All mutants of a rule set without errors, in the order of the rules. `sources` are what it was
/// read from.
#[must_use]
pub fn mutants(model: &Model, sources: &Sources) -> Vec<Mutant> {
    let library = Library::read(sources);
    let mut making = Making {
        model,
        reach: Reach::with_parameters(model),
        proven: None,
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

    /// Every declaration of rules of one kind, and when each is in force. One that rests on one
    /// provision after the other is several versions in the model: it changes as a whole.
    fn each<T: Clone>(
        &mut self,
        library: &Library,
        rules: &[Rule<T>],
        id: impl Fn(usize) -> RuleId,
        mutate: impl Fn(&mut Self, &Place<'_>, (usize, usize), &Version<T>),
    ) {
        for (n, rule) in rules.iter().enumerate() {
            for declared in declarations(rule) {
                let Declared { first, whole, .. } = &declared;
                let Some(written) = library.find(whole.site) else {
                    continue;
                };
                let place = Place {
                    rule: &rule.name,
                    days: whole.validity.period,
                    written,
                    clause: "",
                };
                let before = self.found.len();
                mutate(self, &place, (n, *first), whole);
                for mutant in self.found.iter_mut().skip(before) {
                    let others = mutant.edits.iter().flat_map(|edit| declared.others(edit));
                    let others: Vec<Edit> = others.collect();
                    mutant.edits.extend(others);
                }
                self.in_force(
                    &place.in_clause("gælder"),
                    id(n),
                    rule,
                    (*first, declared.last),
                );
            }
        }
    }
}

/// A declaration, and the versions that the model makes of it.
struct Declared<T> {
    first: usize,
    last: usize,
    /// In force on all its days.
    whole: Version<T>,
}

impl<T> Declared<T> {
    /// The same edit of its other versions.
    fn others<'e>(&self, edit: &'e Edit) -> impl Iterator<Item = Edit> + 'e {
        let others = self.first.saturating_add(1)..=self.last;
        others.filter_map(|at| edit.of_version(at))
    }
}

/// The declarations of a rule: the versions that stand at one place and follow each other.
fn declarations<T: Clone>(rule: &Rule<T>) -> Vec<Declared<T>> {
    let mut found: Vec<Declared<T>> = Vec::new();
    for (at, version) in rule.versions.iter().enumerate() {
        match found.last_mut().filter(|it| it.whole.site == version.site) {
            Some(declared) => {
                let days = declared.whole.validity.period;
                declared.last = at;
                declared.whole.validity.period =
                    Period::new(days.start, version.validity.period.end);
            }
            None => found.push(Declared {
                first: at,
                last: at,
                whole: version.clone(),
            }),
        }
    }
    found
}
