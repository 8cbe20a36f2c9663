//! What is known of each piece, and what that says of the whole rule set.

use super::index::PieceId;
use super::{Checker, Places};
use crate::check::parts::{Examined, Part, Reach, part_at};
use crate::check::{
    declares_nothing, names_nothing, nothing_declared, of_the_file, should_be_used, sort,
};
use crate::diagnostics::analysis;
use hjemmel_grammar::Pieces;
use hjemmel_grammar::diagnostic::Diagnostic;
use hjemmel_grammar::span::{FileId, Site};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What was found of a piece. Sites name a piece as their file, and count from its first byte.
#[derive(Debug)]
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
        let place = |site: Site| places.site(site);
        let pieces = files.iter().map(|(_, pieces)| pieces);
        let of_files = (0..).map(FileId).zip(pieces.clone());
        let of_files = of_files.filter_map(|(file, pieces)| of_the_file(file, pieces));
        let mut all: Vec<_> = of_files.collect();
        let found = self.findings.values();
        let own = found.clone().flat_map(|finding| &finding.diagnostics);
        all.extend(own.map(|it| it.clone().moved(place)));
        let lost = pieces.clone().any(|pieces| pieces.is_refused())
            || found
                .clone()
                .any(|finding| finding.reach == Reach::Everything);
        if !lost {
            let contradictions = found.flat_map(|finding| &finding.contradictions);
            all.extend(contradictions.map(|it| it.clone().moved(place)));
        }
        if !lost && !self.index.is_broken() && !all.iter().any(names_nothing) {
            all.extend(self.unused(places));
        }
        if declares_nothing(pieces) && all.is_empty() {
            all.push(nothing_declared());
        }
        sort(&mut all);
        all
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
