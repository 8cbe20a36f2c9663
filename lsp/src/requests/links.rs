//! `textDocument/documentLink`

use crate::convert::{page_of, uri_at};
use crate::view::View;
use hjemmel_ide::Destination;
use tower_lsp::ls_types::{DocumentLink, DocumentLinkParams};

/// The words of a document that lead somewhere.
pub(crate) fn links(view: &View, params: DocumentLinkParams) -> Option<Vec<DocumentLink>> {
    let place = view.place(&params.text_document)?;
    let lines = place.lines();
    let found = place.analysis.links(place.file);
    let links = found.iter().filter_map(|link| {
        let target = match &link.to {
            Destination::Page(code) => page_of(code)?,
            Destination::Place(site) => {
                let location = place.location(*site)?;
                uri_at(&location.uri, location.range.start)?
            }
        };
        Some(DocumentLink {
            range: lines.range(link.span),
            target: Some(target),
            tooltip: None,
            data: None,
        })
    });
    Some(links.collect())
}
