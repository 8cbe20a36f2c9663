//! The outline of a file: its declarations, their fields and their states.

use crate::hover::citation;
use crate::rule_set::RuleSet;
use hjemmel_grammar::span::{FileId, Span};
use hjemmel_grammar::syntax::{BasisKind, Clause, ClauseKind, Declaration, Kind};

/// What an entry of the outline is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolKind {
    /// A declaration.
    Declaration(Kind),
    /// A field of a table or an assessment.
    Field,
    /// A state of a classification.
    State,
}

/// An entry of the outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentSymbol {
    /// Its name; of an example its title.
    pub name: String,
    /// Its title, if it has both, and the provisions that it rests on.
    pub detail: Option<String>,
    /// What it is.
    pub kind: SymbolKind,
    /// All of it.
    pub span: Span,
    /// Its name.
    pub focus: Span,
    /// What it holds.
    pub children: Vec<DocumentSymbol>,
}

/// The declarations of a file, in order.
pub(crate) fn document_symbols(set: &RuleSet, file: FileId) -> Vec<DocumentSymbol> {
    let declarations = set.memo(file).map(|memo| &memo.tree().declarations);
    declarations.into_iter().flatten().map(symbol).collect()
}

fn symbol(declaration: &Declaration) -> DocumentSymbol {
    let title = declaration.title.as_ref();
    let (name, focus, detail) = match &declaration.name {
        Some(name) => (
            name.text.clone(),
            name.span,
            title.map(|title| title.text.clone()),
        ),
        None => (
            title.map_or_else(|| "…".to_owned(), |title| title.text.clone()),
            title.map_or(declaration.keyword, |title| title.span),
            None,
        ),
    };
    let children = declaration.clauses.iter();
    let basis = declaration.clauses.iter().find_map(provisions);
    let detail: Vec<String> = detail.into_iter().chain(basis).collect();
    DocumentSymbol {
        name,
        detail: (!detail.is_empty()).then(|| detail.join(" · ")),
        kind: SymbolKind::Declaration(declaration.kind),
        span: declaration.span,
        focus,
        children: children
            .filter_map(|clause| child(clause, declaration.kind))
            .collect(),
    }
}

/// The provisions that a clause cites; a source has no place in an act.
fn provisions(clause: &Clause) -> Option<String> {
    match &clause.kind {
        ClauseKind::Basis { basis, .. } if matches!(basis.kind, BasisKind::Provisions(_)) => {
            Some(citation(basis))
        }
        _ => None,
    }
}

fn child(clause: &Clause, of: Kind) -> Option<DocumentSymbol> {
    let (name, title, kind) = match (&clause.kind, of) {
        (ClauseKind::Field { name, .. }, Kind::Data | Kind::Assessment) => {
            (name, None, SymbolKind::Field)
        }
        (ClauseKind::Branch(branch), Kind::Classification) => {
            (&branch.state, branch.title.as_ref(), SymbolKind::State)
        }
        _ => return None,
    };
    Some(DocumentSymbol {
        name: name.text.clone(),
        detail: title.map(|title| title.text.clone()),
        kind,
        span: clause.span,
        focus: name.span,
        children: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::DocumentSymbol;
    use crate::fixture::Fixture;

    fn draw(symbol: &DocumentSymbol, depth: usize, out: &mut String) {
        let detail = symbol.detail.as_deref().unwrap_or("");
        let line = format!(
            "{}{:?} {} {detail}",
            "  ".repeat(depth),
            symbol.kind,
            symbol.name
        );
        out.push_str(line.trim_end());
        out.push('\n');
        for child in &symbol.children {
            draw(child, depth + 1, out);
        }
    }

    #[test]
    fn the_outline_of_a_file_with_a_broken_declaration() {
        let fixture = Fixture::new(
            "
data ydelse \"Ydelser\"
  perioder
  art er en af a, b
begreb b
  hjemmel LAB § 92, stk. 2, og § 94
  når og
opdeling c
  hjemmel kilde \"Et brev\"
  med \"Med\" når b
  uden ellers
eksempel \"Det første\"
  så
    b er ja den 1. maj 2017
",
        );
        let mut drawn = String::new();
        for symbol in fixture.analysis.document_symbols(fixture.file) {
            draw(&symbol, 0, &mut drawn);
        }
        assert_eq!(
            drawn,
            "\
Declaration(Data) ydelse Ydelser
  Field art
Declaration(Term) b LAB § 92, stk. 2; LAB § 94
Declaration(Classification) c
  State med Med
  State uden
Declaration(Example) Det første
"
        );
    }
}
