//! The rules of a rule set as they are compared: each with the numbers of its structures.

use super::bases::OfKind;
use super::kinds::{Parts, table};
use super::parts::Part;
use super::shape::{Names, Renamed, ShapeId, Shaper, Shapes};
use super::{Kind, Side, values};
use crate::model::{
    AssessmentId, Basis, ClassificationId, Duty, DutyId, ParameterId, ParameterValue, Rule, Term,
    TermId,
};
use crate::time::Period;
use std::collections::BTreeSet;

/// A rule, or a table.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) kind: Kind,
    /// As it is called in its own rule set.
    pub(super) name: String,
    /// As it is called in both: that of the old rule set.
    pub(super) shared: String,
    pub(super) title: Option<String>,
    /// What it says, names kept.
    pub(super) own: ShapeId,
    /// What it means, names followed.
    pub(super) meaning: ShapeId,
    /// What it rests on, clause by clause.
    pub(super) bases: ShapeId,
    pub(super) basis: Option<String>,
    /// The rules and tables that it names, by the names they have in both rule sets.
    pub(super) rests_on: BTreeSet<(Kind, String)>,
    /// What it says on which days, clause by clause.
    pub(super) pieces: Vec<(Period, Vec<Part>)>,
    /// Of a parameter, its values.
    pub(super) values: Vec<(Period, ParameterValue)>,
}

/// All rules that are part of the law in the side's window, and all tables.
pub(super) fn items(side: &Side<'_>, shapes: &mut Shapes, renamed: &Renamed) -> Vec<Item> {
    let mut maker = Maker {
        side,
        shapes,
        renamed,
        items: Vec::new(),
    };
    maker.tables();
    maker.parameters();
    maker.all::<crate::model::Assessment>();
    maker.all::<Term>();
    maker.all::<Duty>();
    maker.all::<crate::model::Exemption>();
    maker.all::<crate::model::Suspension>();
    maker.all::<crate::model::Classification>();
    maker.all::<crate::model::Warning>();
    maker.all::<crate::model::Measure>();
    maker.all::<crate::model::Transition>();
    maker.items
}

struct Maker<'a, 'm> {
    side: &'a Side<'m>,
    shapes: &'a mut Shapes,
    renamed: &'a Renamed,
    items: Vec<Item>,
}

impl Maker<'_, '_> {
    fn shaper(&mut self, names: Names) -> Shaper<'_> {
        Shaper::new(self.side.model, self.shapes, names, self.renamed)
    }

    fn tables(&mut self) {
        let model = self.side.model;
        // Those of assessments belong to these.
        for declared in model.tables.iter().filter(|table| !table.assessment) {
            let mut shaper = self.shaper(Names::Kept);
            let parts = table(&mut shaper, declared);
            let own = whole(shaper.shapes, &parts, false);
            let bases = shaper.basis(None);
            self.items.push(Item {
                kind: Kind::Data,
                name: declared.name.clone(),
                shared: declared.name.clone(),
                title: declared.title.clone(),
                own,
                meaning: own,
                bases,
                basis: None,
                rests_on: BTreeSet::new(),
                pieces: vec![(Period::ALL, parts)],
                values: Vec::new(),
            });
        }
    }

    fn parameters(&mut self) {
        let (model, window) = (self.side.model, self.side.window);
        for (at, rule) in model.parameters.iter().enumerate() {
            let values = values(rule, window);
            if values.is_empty() {
                continue;
            }
            let mut shaper = self.shaper(Names::Followed);
            let meaning = shaper.parameter(ParameterId(at), window);
            let (bases, basis) = self.bases(rule, |_| Vec::new());
            let shared = self.shaper(Names::Kept).name(Kind::Parameter, &rule.name);
            let last = Shaper::pieces(rule, window).into_iter().rev();
            let last = last.filter_map(|(_, version)| version).next();
            self.items.push(Item {
                kind: Kind::Parameter,
                name: rule.name.clone(),
                shared,
                title: last.and_then(|version| version.title.clone()),
                own: meaning,
                meaning,
                bases,
                basis,
                rests_on: BTreeSet::new(),
                pieces: Vec::new(),
                values,
            });
        }
    }

    fn all<T: OfKind + Parts>(&mut self) {
        let (model, window) = (self.side.model, self.side.window);
        for (at, rule) in T::rules(model).iter().enumerate() {
            let versions = Shaper::pieces(rule, window);
            let Some(last) = versions.iter().rev().find_map(|(_, version)| *version) else {
                continue;
            };
            let title = last.title.clone();
            let mut shaper = self.shaper(Names::Kept);
            let shared = shaper.name(T::KIND, &rule.name);
            let mut pieces = Vec::new();
            for (days, version) in &versions {
                if let Some(version) = version {
                    pieces.push((*days, version.body.parts(&mut shaper, *days)));
                }
            }
            let own = shaper.rule(rule, window, |shaper, body, days| {
                let parts = body.parts(shaper, days);
                whole(shaper.shapes, &parts, T::KIND.is_ordered())
            });
            let mut rests_on = std::mem::take(&mut shaper.named);
            rests_on.extend(self.attached(T::KIND, at));
            rests_on.remove(&(T::KIND, shared.clone()));
            let meaning = self.meaning(rule, at);
            let (bases, basis) = self.bases(rule, |body| body.bases(model));
            self.items.push(Item {
                kind: T::KIND,
                name: rule.name.clone(),
                shared,
                title,
                own,
                meaning,
                bases,
                basis,
                rests_on,
                pieces,
                values: Vec::new(),
            });
        }
    }

    fn meaning<T: OfKind + Parts>(&mut self, rule: &Rule<T>, at: usize) -> ShapeId {
        let window = self.side.window;
        let mut shaper = self.shaper(Names::Followed);
        match T::KIND {
            Kind::Term => shaper.term(TermId(at), window),
            Kind::Duty => shaper.duty(DutyId(at), window),
            Kind::Classification => shaper.classification(ClassificationId(at), window),
            kind => shaper.rule(rule, window, |shaper, body, days| {
                let parts = body.parts(shaper, days);
                let mut shapes: Vec<ShapeId> = parts.iter().map(|part| part.shape).collect();
                if kind == Kind::Assessment {
                    shapes.push(shaper.assessment(AssessmentId(at), days));
                }
                shapes.push(whole(shaper.shapes, &parts, kind.is_ordered()));
                shapes.sort_unstable();
                shaper.shapes.of(format!("{kind:?}"), shapes)
            }),
        }
    }

    /// The exemptions and suspensions of a duty, the transitional provisions for a term.
    fn attached(&mut self, kind: Kind, at: usize) -> Vec<(Kind, String)> {
        let model = self.side.model;
        let mut names: Vec<(Kind, &str)> = Vec::new();
        match kind {
            Kind::Duty => {
                let id = DutyId(at);
                let to = |duties: &[DutyId]| duties.contains(&id);
                for rule in &model.exemptions {
                    if rule.versions.iter().any(|it| to(&it.body.duties)) {
                        names.push((Kind::Exemption, &rule.name));
                    }
                }
                for rule in &model.suspensions {
                    if rule.versions.iter().any(|it| to(&it.body.duties)) {
                        names.push((Kind::Suspension, &rule.name));
                    }
                }
            }
            Kind::Term => {
                for rule in &model.transitions {
                    if rule.versions.iter().any(|it| it.body.term == TermId(at)) {
                        names.push((Kind::Transition, &rule.name));
                    }
                }
            }
            _ => {}
        }
        let shaper = self.shaper(Names::Kept);
        let names = names.into_iter();
        names
            .map(|(kind, name)| (kind, shaper.name(kind, name)))
            .collect()
    }

    /// What all versions rest on, and the words of the last.
    fn bases<'b, T: 'b>(
        &mut self,
        rule: &'b Rule<T>,
        inside: impl Fn(&'b T) -> Vec<&'b Basis>,
    ) -> (ShapeId, Option<String>) {
        let window = self.side.window;
        let mut shaper = self.shaper(Names::Kept);
        let mut all = Vec::new();
        let mut words = None;
        for (_, version) in Shaper::pieces(rule, window) {
            let Some(version) = version else { continue };
            words = version.basis.as_ref().map(ToString::to_string);
            let own = shaper.basis(version.basis.as_ref());
            let mut parts: Vec<ShapeId> = Vec::new();
            for basis in inside(&version.body) {
                parts.push(shaper.basis(Some(basis)));
            }
            parts.sort_unstable();
            parts.insert(0, own);
            all.push(shaper.shapes.of("bases", parts));
        }
        all.dedup();
        (shaper.shapes.of("all bases", all), words)
    }
}

/// The structure of all parts, each with the clause it stands in.
fn whole(shapes: &mut Shapes, parts: &[Part], ordered: bool) -> ShapeId {
    let parts = parts.iter();
    let parts: Vec<ShapeId> = parts
        .map(|part| shapes.of(part.clause.da.clone(), vec![part.shape]))
        .collect();
    match ordered {
        true => shapes.of("whole", parts),
        false => shapes.unordered("whole", parts),
    }
}
