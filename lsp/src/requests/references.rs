//! `textDocument/references`

use crate::view::View;
use tower_lsp::ls_types::{Location, ReferenceParams};

/// Where the name at a position is used.
pub(crate) fn references(view: &View, params: ReferenceParams) -> Option<Vec<Location>> {
    let at = params.text_document_position;
    let place = view.place(&at.text_document)?;
    let found = place.analysis.references(
        place.file,
        place.offset(at.position),
        params.context.include_declaration,
    );
    let places = found.into_iter().filter_map(|site| place.location(site));
    Some(places.collect())
}
