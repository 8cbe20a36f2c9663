//! `workspace/symbol`

use crate::requests::document_symbols::kind;
use crate::view::{Place, View};
use tower_lsp::ls_types::{OneOf, WorkspaceSymbol, WorkspaceSymbolParams, WorkspaceSymbolResponse};

/// What is declared in any rule set and fits a query.
#[expect(
    clippy::unnecessary_wraps,
    reason = "the protocol's answer may be nothing"
)]
pub(crate) fn workspace_symbols(
    view: &View,
    params: WorkspaceSymbolParams,
) -> Option<WorkspaceSymbolResponse> {
    let mut symbols = Vec::new();
    for analysis in &view.sets {
        for found in analysis.workspace_symbols(&params.query) {
            let place = Place {
                view,
                analysis,
                file: found.site.file,
            };
            symbols.extend(place.location(found.site).map(|location| WorkspaceSymbol {
                name: found.name,
                kind: kind(found.kind),
                tags: None,
                container_name: found.detail,
                location: OneOf::Left(location),
                data: None,
            }));
        }
    }
    Some(WorkspaceSymbolResponse::Nested(symbols))
}
