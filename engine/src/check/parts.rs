//! What can be said of declarations together: of all of a rule set, or of some of them and
//! everything that these depend on.

use super::{dependencies, health, is_error, logic, versions};
use crate::examples;
use crate::model::{Model, Subject};
use crate::resolve::{Declared, Kinds, Resolved, Uses, resolve};
use hjemmel_grammar::Piece;
use hjemmel_grammar::diagnostic::Diagnostic;
use hjemmel_grammar::span::{FileId, Site};
use hjemmel_grammar::syntax::{Declaration, Kind};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A piece of a file and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Part<'p> {
    pub(super) file: FileId,
    /// The byte of the file that it begins at.
    pub(super) start: u32,
    pub(super) piece: &'p Piece,
}

/// How far the errors in a part reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// There are none, or no rule rests on the part.
    Nothing,
    /// Whatever rests on what it declares.
    Dependents,
    /// What it declares cannot be told, so it may be anything.
    Everything,
}

/// What was found.
pub(super) struct Examined {
    /// What the parts mean.
    pub(super) model: Model,
    /// What is wrong, apart from examples that the rules contradict.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// How far the errors of each part reach.
    pub(super) reach: Vec<Reach>,
    /// Which declaration uses which names.
    pub(super) uses: Uses,
    /// The part of each declaration.
    pub(super) part_of: Vec<usize>,
    /// The names of rules that rest on an error.
    sick: BTreeSet<String>,
}

/// Checks parts. They stand in the order of their places. `kinds`: see [`resolve`].
pub(super) fn examine(parts: &[Part<'_>], kinds: Option<Arc<Kinds>>) -> Examined {
    let (declared, part_of) = declarations(parts);
    let Resolved {
        mut model,
        diagnostics: resolved,
        uses,
    } = resolve(&declared, kinds);
    let mut diagnostics: Vec<Diagnostic> = parts.iter().flat_map(Part::read_with).collect();
    diagnostics.extend(resolved);
    diagnostics.extend(dependencies::check(&mut model));
    diagnostics.extend(versions::check(&model));
    diagnostics.extend(logic::check(&model));
    let reach = reach(parts, &diagnostics);
    let sick = health::sick(&declared, &part_of, &reach, &uses);
    Examined {
        model,
        diagnostics,
        reach,
        uses,
        part_of,
        sick,
    }
}

impl Examined {
    /// The expectations that the rules contradict, of rules that no error can reach.
    pub(super) fn contradictions(&self) -> Vec<Diagnostic> {
        let sound = |rule: Subject| !self.sick.contains(self.model.name_of(rule));
        examples::contradictions(&self.model, sound)
    }
}

impl Part<'_> {
    fn site(&self, site: Site) -> Site {
        Site {
            file: self.file,
            span: site.span.shifted(self.start),
        }
    }

    /// What was wrong when it was read.
    fn read_with(&self) -> impl Iterator<Item = Diagnostic> {
        let found = self.piece.diagnostics.iter().cloned();
        found.map(|it| it.moved(|site| self.site(site)))
    }
}

/// The declarations, and the part of each.
pub(super) fn declarations<'p>(parts: &[Part<'p>]) -> (Vec<Declared<'p>>, Vec<usize>) {
    let mut declared = Vec::with_capacity(parts.len());
    let mut part_of = Vec::with_capacity(parts.len());
    for (n, part) in parts.iter().enumerate() {
        for declaration in &part.piece.declarations {
            declared.push(Declared {
                file: part.file,
                start: part.start,
                number: declared.len(),
                declaration,
            });
            part_of.push(n);
        }
    }
    (declared, part_of)
}

/// The part that a place lies in.
pub(super) fn part_at(parts: &[Part<'_>], site: Site) -> Option<usize> {
    let place = (site.file, site.span.start);
    let after = parts.partition_point(|part| (part.file, part.start) <= place);
    after.checked_sub(1)
}

fn reach(parts: &[Part<'_>], diagnostics: &[Diagnostic]) -> Vec<Reach> {
    let mut reach = vec![Reach::Nothing; parts.len()];
    for site in diagnostics
        .iter()
        .filter(|it| is_error(it))
        .filter_map(Diagnostic::site)
    {
        let Some(n) = part_at(parts, site) else {
            continue;
        };
        if let (Some(part), Some(known)) = (parts.get(n), reach.get_mut(n)) {
            let far = part.reach_of(site);
            if *known != Reach::Everything && far != Reach::Nothing {
                *known = far;
            }
        }
    }
    reach
}

impl Part<'_> {
    /// How far an error at a place of the part reaches.
    fn reach_of(&self, site: Site) -> Reach {
        let [only] = self.piece.declarations.as_slice() else {
            return Reach::Everything;
        };
        match only.kind {
            Kind::Example | Kind::Measure => Reach::Nothing,
            _ if only.name.is_none() => Reach::Everything,
            // Which rules it changes is written in its header.
            Kind::Exemption | Kind::Suspension | Kind::Transition
                if site.span.start < self.start.saturating_add(header_end(only)) =>
            {
                Reach::Everything
            }
            _ => Reach::Dependents,
        }
    }
}

/// Where the first clause begins, or the declaration ends if it has none.
fn header_end(declaration: &Declaration) -> u32 {
    let first = declaration.clauses.first();
    first.map_or(declaration.span.end, |clause| clause.span.start)
}
