//! `textDocument/definition`

use crate::view::{Place, View};
use hjemmel_ide::Target;
use tower_lsp::ls_types::{GotoDefinitionParams, GotoDefinitionResponse, LocationLink};

/// Where the name at a position is declared.
pub(crate) fn definition(
    view: &View,
    params: GotoDefinitionParams,
) -> Option<GotoDefinitionResponse> {
    let at = params.text_document_position_params;
    let place = view.place(&at.text_document)?;
    let found = place
        .analysis
        .definition(place.file, place.offset(at.position));
    Some(answer(&place, &found))
}

/// Targets as the client takes them.
pub(crate) fn answer(place: &Place<'_>, found: &[Target]) -> GotoDefinitionResponse {
    if place.view.abilities.links {
        let links = found.iter().filter_map(|target| link(place, target));
        GotoDefinitionResponse::Link(links.collect())
    } else {
        let places = found
            .iter()
            .filter_map(|target| place.location(target.focus));
        GotoDefinitionResponse::Array(places.collect())
    }
}

fn link(place: &Place<'_>, target: &Target) -> Option<LocationLink> {
    let lines = place.lines_of(target.focus.file);
    Some(LocationLink {
        origin_selection_range: Some(place.lines().range(target.origin)),
        target_uri: place.uri_of(target.focus.file)?,
        target_range: lines.range(target.whole),
        target_selection_range: lines.range(target.focus.span),
    })
}
