//! `textDocument/diagnostic`, `workspace/diagnostic`
//!
//! The id of a result is made of the result, so that nothing needs to be remembered.

use crate::findings::{findings, of_place};
use crate::view::View;
use std::hash::{DefaultHasher, Hash, Hasher};
use tower_lsp::ls_types::*;

/// What is wrong in a document, unless the client knows already.
pub(crate) fn document(
    view: &View,
    params: DocumentDiagnosticParams,
) -> DocumentDiagnosticReportResult {
    let items = view
        .place(&params.text_document)
        .map(|place| of_place(&place))
        .unwrap_or_default();
    let id = id(&items);
    let report = if params.previous_result_id.as_ref() == Some(&id) {
        DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport {
                result_id: id,
            },
        })
    } else {
        DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
            related_documents: None,
            full_document_diagnostic_report: FullDocumentDiagnosticReport {
                result_id: Some(id),
                items,
            },
        })
    };
    report.into()
}

/// What is wrong in each file where it is not what the client knows.
pub(crate) fn workspace(
    view: &View,
    params: WorkspaceDiagnosticParams,
) -> WorkspaceDiagnosticReportResult {
    let mut known = params.previous_result_ids;
    let mut items = Vec::new();
    for found in findings(view) {
        let id = id(&found.diagnostics);
        let version = found.version.map(i64::from);
        let before = known.iter().position(|it| it.uri == found.uri);
        let before = before.map(|n| known.swap_remove(n).value);
        items.push(if before.as_ref() == Some(&id) {
            unchanged(found.uri, version, id)
        } else {
            full(found.uri, version, id, found.diagnostics)
        });
    }
    // What had something wrong and is in order now, or gone.
    for PreviousResultId { uri, value } in known {
        let nothing = id(&[]);
        items.push(if value == nothing {
            unchanged(uri, None, nothing)
        } else {
            full(uri, None, nothing, Vec::new())
        });
    }
    WorkspaceDiagnosticReport { items }.into()
}

fn unchanged(
    uri: Uri,
    version: Option<i64>,
    result_id: String,
) -> WorkspaceDocumentDiagnosticReport {
    WorkspaceUnchangedDocumentDiagnosticReport {
        uri,
        version,
        unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id },
    }
    .into()
}

fn full(
    uri: Uri,
    version: Option<i64>,
    id: String,
    items: Vec<Diagnostic>,
) -> WorkspaceDocumentDiagnosticReport {
    WorkspaceFullDocumentDiagnosticReport {
        uri,
        version,
        full_document_diagnostic_report: FullDocumentDiagnosticReport {
            result_id: Some(id),
            items,
        },
    }
    .into()
}

fn id(items: &[Diagnostic]) -> String {
    let mut hasher = DefaultHasher::new();
    for item in items {
        format!("{item:?}").hash(&mut hasher);
    }
    format!("{:016x}", hasher.finish())
}
