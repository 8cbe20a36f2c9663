//! `textDocument/documentSymbol`

use crate::convert::Lines;
use crate::view::View;
use hjemmel_ide::{self as ide, Kind};
use tower_lsp::ls_types::{
    DocumentSymbol, DocumentSymbolParams, DocumentSymbolResponse, SymbolKind,
};

/// The outline of a document.
pub(crate) fn document_symbols(
    view: &View,
    params: DocumentSymbolParams,
) -> Option<DocumentSymbolResponse> {
    let place = view.place(&params.text_document)?;
    let lines = place.lines();
    let found = place.analysis.document_symbols(place.file);
    let symbols = found.into_iter().map(|it| symbol(it, &lines));
    Some(DocumentSymbolResponse::Nested(symbols.collect()))
}

#[expect(deprecated, reason = "the field must be given even so")]
fn symbol(it: ide::DocumentSymbol, lines: &Lines<'_>) -> DocumentSymbol {
    let children = it.children.into_iter().map(|child| symbol(child, lines));
    let children: Vec<_> = children.collect();
    DocumentSymbol {
        // Clients refuse an empty name.
        name: Some(it.name)
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| "…".to_owned()),
        detail: it.detail,
        kind: kind(it.kind),
        tags: None,
        deprecated: None,
        range: lines.range(it.span),
        selection_range: lines.range(it.focus),
        children: Some(children).filter(|all| !all.is_empty()),
    }
}

/// The protocol knows no legal rules: the kinds are chosen for their pictures.
pub(crate) fn kind(kind: ide::SymbolKind) -> SymbolKind {
    match kind {
        ide::SymbolKind::Field => SymbolKind::FIELD,
        ide::SymbolKind::State => SymbolKind::ENUM_MEMBER,
        ide::SymbolKind::Declaration(kind) => match kind {
            Kind::Act => SymbolKind::PACKAGE,
            Kind::Data => SymbolKind::STRUCT,
            Kind::Assessment => SymbolKind::INTERFACE,
            Kind::Parameter => SymbolKind::CONSTANT,
            Kind::Term => SymbolKind::FUNCTION,
            Kind::Duty => SymbolKind::CLASS,
            Kind::Exemption | Kind::Suspension | Kind::Transition => SymbolKind::METHOD,
            Kind::Classification => SymbolKind::ENUM,
            Kind::Warning => SymbolKind::EVENT,
            Kind::Measure => SymbolKind::NUMBER,
            Kind::Example => SymbolKind::OBJECT,
        },
    }
}
