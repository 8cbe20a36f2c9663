//! `textDocument/typeDefinition`, `textDocument/implementation`

use crate::requests::definition::answer;
use crate::view::View;
use tower_lsp::ls_types::{GotoDefinitionParams, GotoDefinitionResponse};

/// What the name at a position belongs to.
pub(crate) fn type_definition(
    view: &View,
    params: GotoDefinitionParams,
) -> Option<GotoDefinitionResponse> {
    let at = params.text_document_position_params;
    let place = view.place(&at.text_document)?;
    let offset = place.offset(at.position);
    let found = place.analysis.type_definition(place.file, offset);
    Some(answer(&place, &found))
}

/// What belongs to the name at a position.
pub(crate) fn implementation(
    view: &View,
    params: GotoDefinitionParams,
) -> Option<GotoDefinitionResponse> {
    let at = params.text_document_position_params;
    let place = view.place(&at.text_document)?;
    let offset = place.offset(at.position);
    let found = place.analysis.implementation(place.file, offset);
    Some(answer(&place, &found))
}
