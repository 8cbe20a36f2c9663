//! `textDocument/prepareRename`, `textDocument/rename`

use crate::requests::edits::workspace_edit;
use crate::view::View;
use hjemmel_ide::Refusal;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types::{
    PrepareRenameResponse, RenameParams, TextDocumentPositionParams, WorkspaceEdit,
};

/// The protocol's code for a request that is in order but cannot be met.
const REQUEST_FAILED: i64 = -32803;

/// Whether the name at a position can be renamed, and what it is.
pub(crate) fn prepare(
    view: &View,
    at: TextDocumentPositionParams,
) -> Result<Option<PrepareRenameResponse>> {
    let Some(place) = view.place(&at.text_document) else {
        return Ok(None);
    };
    let lines = place.lines();
    let found = place
        .analysis
        .prepare_rename(place.file, lines.offset(at.position));
    let (span, placeholder) = found.map_err(refused)?;
    Ok(Some(PrepareRenameResponse::RangeWithPlaceholder {
        range: lines.range(span),
        placeholder,
    }))
}

/// The edits that give a name another word.
pub(crate) fn rename(view: &View, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
    let at = params.text_document_position;
    let Some(place) = view.place(&at.text_document) else {
        return Ok(None);
    };
    let offset = place.offset(at.position);
    let edits = place.analysis.rename(place.file, offset, &params.new_name);
    let edits = edits.map_err(refused)?;
    Ok(Some(workspace_edit(&place, edits)))
}

fn refused(refusal: Refusal) -> Error {
    Error {
        code: ErrorCode::ServerError(REQUEST_FAILED),
        message: refusal.0.into(),
        data: None,
    }
}
