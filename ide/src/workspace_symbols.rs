//! Everything declared in all files, searched by a few letters.

use crate::document_symbols::SymbolKind;
use crate::rule_set::RuleSet;
use hjemmel_grammar::span::{FileId, Site};

/// How many are told at once.
const MAX_FOUND: usize = 500;

/// Something declared somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkspaceSymbol {
    /// Its name; of an example its title.
    pub name: String,
    /// The declaration it is part of, or its title.
    pub detail: Option<String>,
    /// What it is.
    pub kind: SymbolKind,
    /// Where.
    pub site: Site,
}

/// The declarations, fields and states whose names hold the letters of a query in their order, or
/// whose titles or provisions hold it; the best first.
pub(crate) fn workspace_symbols(set: &RuleSet, query: &str) -> Vec<WorkspaceSymbol> {
    let query = query.to_lowercase();
    let mut found: Vec<(u32, WorkspaceSymbol)> = Vec::new();
    for (file, _) in set.iter() {
        for symbol in crate::document_symbols::document_symbols(set, file) {
            let parent = symbol.name.clone();
            let own = told(
                file,
                &symbol.name,
                symbol.detail.as_ref(),
                symbol.kind,
                symbol.focus,
            );
            let mut all = vec![own];
            all.extend(
                symbol
                    .children
                    .iter()
                    .map(|child| told(file, &child.name, Some(&parent), child.kind, child.focus)),
            );
            found.extend(
                all.into_iter()
                    .filter_map(|it| Some((rank(&it, &query)?, it))),
            );
        }
    }
    found.sort_by(|(one, a), (two, b)| one.cmp(two).then_with(|| a.site.cmp(&b.site)));
    found.truncate(MAX_FOUND);
    found.into_iter().map(|(_, it)| it).collect()
}

fn told(
    file: FileId,
    name: &str,
    detail: Option<&String>,
    kind: SymbolKind,
    span: hjemmel_grammar::span::Span,
) -> WorkspaceSymbol {
    WorkspaceSymbol {
        name: name.to_owned(),
        detail: detail.cloned(),
        kind,
        site: Site { file, span },
    }
}

/// How well a symbol fits: the same word, its beginning, a part, a part of the title, the letters.
fn rank(symbol: &WorkspaceSymbol, query: &str) -> Option<u32> {
    let name = symbol.name.to_lowercase();
    let title = symbol.detail.as_deref().unwrap_or("").to_lowercase();
    let mut letters = name.chars();
    let in_order = query.chars().all(|wanted| letters.any(|c| c == wanted));
    match () {
        () if name == query => Some(0),
        () if name.starts_with(query) => Some(1),
        () if name.contains(query) => Some(2),
        () if title.contains(query) => Some(3),
        () if in_order => Some(4),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::fixture::Fixture;

    #[track_caller]
    fn check(query: &str, expected: &[&str]) {
        let fixture = Fixture::new(
            "
//- /a.regel
pligt tilbudspligt \"Første tilbud\"
  for og
data indsats
  tilbud er ja eller nej
//- /b.regel
classification løn \"Wages\"
  basis LAB § 92, stk. 2
  tilbud when x
  none otherwise
",
        );
        let found = fixture.analysis.workspace_symbols(query);
        let drawn: Vec<String> = found
            .iter()
            .map(|it| {
                format!(
                    "{} {}",
                    fixture.line_with(it.site),
                    it.detail.as_deref().unwrap_or("")
                )
            })
            .collect();
        assert_eq!(drawn, expected);
    }

    #[test]
    fn the_best_come_first() {
        check(
            "Tilbud",
            &[
                "/a.regel: <tilbud> er ja eller nej indsats",
                "/b.regel: <tilbud> when x løn",
                "/a.regel: pligt <tilbudspligt> \"Første tilbud\" Første tilbud",
            ],
        );
        check(
            "LØ",
            &[
                "/b.regel: classification <løn> \"Wages\" Wages · LAB § 92, stk. 2",
                "/b.regel: <tilbud> when x løn",
                "/b.regel: <none> otherwise løn",
            ],
        );
        check(
            "tlbplgt",
            &["/a.regel: pligt <tilbudspligt> \"Første tilbud\" Første tilbud"],
        );
        check(
            "§ 92",
            &["/b.regel: classification <løn> \"Wages\" Wages · LAB § 92, stk. 2"],
        );
        check("zz", &[]);
    }
}
