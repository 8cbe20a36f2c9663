//! What is known of each piece, and what that says of the whole rule set.

use super::index::PieceId;
use super::{Checker, Places};
use crate::check::parts::{Examined, Part, Reach, part_at};
use crate::check::{Whole, should_be_used};
use crate::diagnostics::analysis;
use hjemmel_grammar::Pieces;
use hjemmel_grammar::diagnostic::Diagnostic;
use hjemmel_grammar::span::{FileId, Site};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What was found of a piece. Sites name a piece as their file, and count from its first byte.
#[derive(Clone, Debug)]
pub(super) struct Finding {
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Expectations in it that the rules contradict.
    contradictions: Vec<Diagnostic>,
    reach: Reach,
}

impl Checker {
    /// Keeps what was found of the affected pieces. `ids` are those of the parts.
    pub(super) fn remember(
        &mut self,
        affected: &BTreeSet<PieceId>,
        ids: &[PieceId],
        parts: &[Part<'_>],
        examined: Examined,
    ) {
        let id_of = |site: Site| ids.get(part_at(parts, site)?).copied();
        let own = |it: &Diagnostic| {
            let id = id_of(it.site()?)?;
            let it = it.clone().moved(|site| Site {
                file: FileId(id_of(site).map_or(u32::MAX, |id| id.0)),
                ..site
            });
            affected.contains(&id).then_some((id, it))
        };
        let contradictions = examined.contradictions();
        for (id, it) in contradictions.iter().filter_map(own) {
            self.finding(id).contradictions.push(it);
        }
        for (id, it) in examined.diagnostics.iter().filter_map(own) {
            self.finding(id).diagnostics.push(it);
        }
        let mut uses: BTreeMap<PieceId, Vec<&str>> = BTreeMap::new();
        for (part, used) in examined.part_of.iter().zip(&examined.uses.of) {
            let names = used.iter().filter_map(|id| examined.uses.names.get(*id));
            if let Some(id) = ids.get(*part) {
                let names = names.map(|known| known.text.as_str());
                uses.entry(*id).or_default().extend(names);
            }
        }
        for (id, reach) in ids.iter().zip(&examined.reach) {
            if affected.contains(id) {
                if *reach != Reach::Nothing {
                    self.finding(*id).reach = *reach;
                }
                let used = uses.remove(id).unwrap_or_default();
                self.index.set_uses(*id, &used);
            }
        }
    }

    fn finding(&mut self, id: PieceId) -> &mut Finding {
        self.findings.entry(id).or_insert_with(|| Finding {
            diagnostics: Vec::new(),
            contradictions: Vec::new(),
            reach: Reach::Nothing,
        })
    }

    /// Everything that is known to be wrong, where it stands now.
    pub(super) fn collect(
        &self,
        files: &[(Arc<str>, Arc<Pieces>)],
        places: &Places,
    ) -> Vec<Diagnostic> {
        let place = |it: &Diagnostic| it.clone().moved(|site| places.site(site));
        let known = self.findings.values();
        let found = known.clone().flat_map(|finding| &finding.diagnostics);
        let whole = Whole {
            found: found.map(place).collect(),
            lost: known.clone().any(|it| it.reach == Reach::Everything),
            broken: self.index.is_broken(),
        };
        let contradictions = known.flat_map(|finding| &finding.contradictions);
        whole.diagnostics(
            files.iter().map(|(_, pieces)| pieces),
            || contradictions.map(place).collect(),
            || self.unused(places).collect(),
        )
    }

    fn unused(&self, places: &Places) -> impl Iterator<Item = Diagnostic> {
        self.index.unused().filter_map(|(name, deciding)| {
            let (id, declaration) = self.declaration(name, deciding, places)?;
            let span = declaration.name.as_ref()?.span;
            let site = places.site(Site {
                file: FileId(id.0),
                span,
            });
            should_be_used(declaration.kind).then(|| analysis::unused(site, declaration.kind, name))
        })
    }
}
