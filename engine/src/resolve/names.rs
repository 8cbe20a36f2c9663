//! Which name means what: one namespace for everything that is declared. And which is used where.

use super::Declared;
use crate::diagnostics::names as errors;
use crate::model::{Model, Rule};
use hjemmel_grammar::diagnostic::{Diagnostic, Lookalikes};
use hjemmel_grammar::span::Site;
use hjemmel_grammar::syntax::{ClauseKind, Kind};
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What names are declared as, in a whole rule set of which only a part is resolved.
pub(crate) type Kinds = BTreeMap<String, Kind>;

/// What a name means.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meaning {
    /// What it was declared as.
    pub(super) kind: Kind,
    /// Its position among the rules of its kind.
    pub(super) index: usize,
    /// Its position among all names.
    id: usize,
    /// Where it was first declared.
    pub(super) site: Site,
}

/// All names of a rule set.
pub(super) struct Names {
    meanings: BTreeMap<String, Meaning>,
    /// The states of each classification, of all its versions; `None` if one could not be read.
    states: BTreeMap<String, Option<Vec<String>>>,
    /// For each declaration the ids of the names it uses.
    uses: RefCell<Vec<Vec<usize>>>,
    /// The declaration that is being resolved.
    at: Cell<usize>,
    /// All names that an author may have meant, if not all of them are here.
    all: Option<Arc<Kinds>>,
    /// These by what they look like, once one is unknown.
    lookalikes: OnceCell<Lookalikes<(String, Kind)>>,
}

/// Which declaration uses which names.
#[derive(Debug, Default)]
pub(crate) struct Uses {
    /// The names, by id.
    pub(crate) names: Vec<Known>,
    /// For each declaration the ids of the names it uses, each once.
    pub(crate) of: Vec<Vec<usize>>,
}

/// A name that is declared.
#[derive(Debug)]
pub(crate) struct Known {
    /// The name.
    pub(crate) text: String,
    /// What it was first declared as.
    pub(crate) kind: Kind,
    /// Where it was first declared.
    pub(crate) site: Site,
}

impl Names {
    /// Gathers the names. Versions of one rule share a name; a name for two things is an error.
    pub(super) fn collect(
        declared: &[Declared<'_>],
        all: Option<Arc<Kinds>>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut meanings: BTreeMap<String, Meaning> = BTreeMap::new();
        let mut counts: BTreeMap<u8, usize> = BTreeMap::new();
        for item in declared {
            let kind = item.declaration.kind;
            let Some(name) = item
                .declaration
                .name
                .as_ref()
                .filter(|_| kind != Kind::Example)
            else {
                continue;
            };
            let site = item.site(name.span);
            match meanings.get(&name.text) {
                Some(other) if other.kind != kind || !has_versions(kind) => {
                    diagnostics.push(errors::name_taken(site, &name.text, other.site, other.kind));
                }
                Some(_) => {}
                None => {
                    let (count, id) = (counts.entry(kind as u8).or_default(), meanings.len());
                    meanings.insert(
                        name.text.clone(),
                        Meaning {
                            kind,
                            index: *count,
                            id,
                            site,
                        },
                    );
                    *count = count.saturating_add(1);
                }
            }
        }
        Self {
            meanings,
            states: states(declared),
            uses: RefCell::new(vec![Vec::new(); declared.len()]),
            at: Cell::default(),
            all,
            lookalikes: OnceCell::new(),
        }
    }

    /// The names of rules that have been resolved, for a row that is read alone.
    pub(super) fn of_model(model: &Model) -> Self {
        fn of<T>(kind: Kind, rules: &[Rule<T>]) -> Vec<(Kind, usize, &str, Site)> {
            let site = |rule: &Rule<T>| rule.versions.first().map(|version| version.name_site);
            let numbered = rules.iter().enumerate();
            numbered
                .filter_map(|(i, rule)| Some((kind, i, rule.name.as_str(), site(rule)?)))
                .collect()
        }
        let tables = model.tables.iter().enumerate();
        let tables = tables.filter(|(_, table)| !table.assessment);
        let acts = model.acts.iter().enumerate();
        let mut known = vec![
            tables
                .map(|(i, it)| (Kind::Data, i, it.name.as_str(), it.site))
                .collect(),
            acts.map(|(i, it)| (Kind::Act, i, it.name.as_str(), it.site))
                .collect(),
            of(Kind::Parameter, &model.parameters),
        ];
        known.extend([
            of(Kind::Assessment, &model.assessments),
            of(Kind::Term, &model.terms),
            of(Kind::Duty, &model.duties),
            of(Kind::Exemption, &model.exemptions),
            of(Kind::Suspension, &model.suspensions),
            of(Kind::Classification, &model.classifications),
            of(Kind::Warning, &model.warnings),
            of(Kind::Measure, &model.measures),
            of(Kind::Transition, &model.transitions),
        ]);
        let numbered = known.into_iter().flatten().enumerate();
        let meanings = numbered.map(|(id, (kind, index, name, site))| {
            let meaning = Meaning {
                kind,
                index,
                id,
                site,
            };
            (name.to_owned(), meaning)
        });
        Self {
            meanings: meanings.collect(),
            states: BTreeMap::new(),
            uses: RefCell::new(vec![Vec::new()]),
            at: Cell::default(),
            all: None,
            lookalikes: OnceCell::new(),
        }
    }

    /// From here on names are used by this declaration.
    pub(super) fn begin(&self, item: &Declared<'_>) {
        self.at.set(item.number);
    }

    /// Who has used what.
    pub(super) fn into_uses(self) -> Uses {
        let mut names: Vec<_> = self.meanings.into_iter().collect();
        names.sort_by_key(|(_, meaning)| meaning.id);
        let names = names.into_iter().map(|(text, meaning)| Known {
            text,
            kind: meaning.kind,
            site: meaning.site,
        });
        let names = names.collect();
        let mut of = self.uses.into_inner();
        for used in &mut of {
            used.sort_unstable();
            used.dedup();
        }
        Uses { names, of }
    }

    /// What a name means.
    pub(super) fn get(&self, name: &str) -> Option<Meaning> {
        self.meanings.get(name).copied()
    }

    /// The states of a classification; `None` if they are not all known.
    pub(super) fn states(&self, name: &str) -> Option<&[String]> {
        self.states.get(name)?.as_deref()
    }

    /// What a name that is used somewhere means.
    pub(super) fn lookup(&self, name: &str) -> Option<Meaning> {
        let meaning = self.get(name)?;
        if let Some(used) = self.uses.borrow_mut().get_mut(self.at.get()) {
            used.push(meaning.id);
        }
        Some(meaning)
    }

    /// Whether this declaration is (a version of) what its name means, not a second use of it.
    pub(super) fn owns(&self, item: &Declared<'_>) -> bool {
        self.get(item.name()).is_some_and(|meaning| {
            meaning.kind == item.declaration.kind
                && (has_versions(meaning.kind) || meaning.site == item.name_site())
        })
    }

    /// The names of the kinds that `wanted` accepts that look like `name`: among them is the nearest of all that an
    /// author may have meant.
    pub(super) fn like(&self, name: &str, wanted: impl Fn(Kind) -> bool) -> Vec<&str> {
        let known = self.lookalikes.get_or_init(|| self.lookalikes());
        let alike = known.of(name).filter(|(_, kind)| wanted(*kind));
        alike.map(|(name, _)| name.as_str()).collect()
    }

    fn lookalikes(&self) -> Lookalikes<(String, Kind)> {
        let all = self.all();
        all.map(|(name, kind)| (name, (name.to_owned(), kind)))
            .collect()
    }

    /// The names of the kinds that `wanted` accepts, in alphabetical order: all that an author may
    /// have meant.
    pub(super) fn of(&self, wanted: impl Fn(Kind) -> bool) -> impl Iterator<Item = &str> {
        let wanted = self.all().filter(move |(_, kind)| wanted(*kind));
        wanted.map(|(name, _)| name)
    }

    fn all(&self) -> impl Iterator<Item = (&str, Kind)> {
        let whole = self.all.as_deref().into_iter().flatten();
        let whole = whole.map(|(name, kind)| (name.as_str(), *kind));
        let own = self.meanings.iter().filter(|_| self.all.is_none());
        let own = own.map(|(name, meaning)| (name.as_str(), meaning.kind));
        whole.chain(own)
    }
}

fn states(declared: &[Declared<'_>]) -> BTreeMap<String, Option<Vec<String>>> {
    let mut all: BTreeMap<String, Option<Vec<String>>> = BTreeMap::new();
    for item in declared {
        if item.declaration.kind != Kind::Classification {
            continue;
        }
        let states = all
            .entry(item.name().to_owned())
            .or_insert_with(|| Some(Vec::new()));
        if item.declaration.broken {
            *states = None;
        }
        let clauses = item.declaration.clauses.iter();
        let branches = clauses.filter_map(|clause| match &clause.kind {
            ClauseKind::Branch(branch) => Some(branch.state.text.clone()),
            _ => None,
        });
        if let Some(states) = states {
            states.extend(branches);
        }
    }
    all
}

/// Whether several declarations of one name are versions of one rule.
fn has_versions(kind: Kind) -> bool {
    !matches!(kind, Kind::Act | Kind::Data)
}
