//! `textDocument/prepareCallHierarchy`, `callHierarchy/outgoingCalls`, `callHierarchy/incomingCalls`
//!
//! A rule "calls" what it uses; what the rules say of an example "calls" its reasons.

use crate::requests::document_symbols::kind;
use crate::requests::reasons;
use crate::view::{Place, View};
use hjemmel_ide::{Call, FileId, Item, Site};
use tower_lsp::ls_types::{
    CallHierarchyIncomingCall, CallHierarchyIncomingCallsParams, CallHierarchyItem,
    CallHierarchyOutgoingCall, CallHierarchyOutgoingCallsParams, CallHierarchyPrepareParams, Range,
    TextDocumentIdentifier,
};

/// What the name at a position stands for.
pub(crate) fn prepare(
    view: &View,
    params: CallHierarchyPrepareParams,
) -> Option<Vec<CallHierarchyItem>> {
    let at = params.text_document_position_params;
    let place = view.place(&at.text_document)?;
    let found = place
        .analysis
        .call_hierarchy(place.file, place.offset(at.position));
    Some(
        found
            .iter()
            .filter_map(|item| to_protocol(&place, item, place.file))
            .collect(),
    )
}

/// What a rule uses, or a step follows from.
pub(crate) fn outgoing(
    view: &View,
    params: CallHierarchyOutgoingCallsParams,
) -> Option<Vec<CallHierarchyOutgoingCall>> {
    if let Some(data) = &params.item.data {
        return reasons::outgoing(view, &params.item, data);
    }
    let (place, site) = find(view, &params.item)?;
    let calls = place.analysis.uses(site).into_iter();
    let calls = calls.filter_map(|call| {
        Some(CallHierarchyOutgoingCall {
            to: to_protocol(&place, &call.item, place.file)?,
            from_ranges: ranges(&place, site.file, &call),
        })
    });
    Some(calls.collect())
}

/// What uses a rule, or follows from a step.
pub(crate) fn incoming(
    view: &View,
    params: CallHierarchyIncomingCallsParams,
) -> Option<Vec<CallHierarchyIncomingCall>> {
    if let Some(data) = &params.item.data {
        return reasons::incoming(view, data);
    }
    let (place, site) = find(view, &params.item)?;
    let calls = place.analysis.used_by(site).into_iter();
    let calls = calls.filter_map(|call| {
        Some(CallHierarchyIncomingCall {
            from: to_protocol(&place, &call.item, place.file)?,
            from_ranges: ranges(&place, call.item.focus.file, &call),
        })
    });
    Some(calls.collect())
}

/// The place of an item that the client was told before.
fn find<'v>(view: &'v View, item: &CallHierarchyItem) -> Option<(Place<'v>, Site)> {
    let document = TextDocumentIdentifier {
        uri: item.uri.clone(),
    };
    let place = view.place(&document)?;
    let site = Site {
        file: place.file,
        span: place.lines().span(item.selection_range),
    };
    Some((place, site))
}

fn ranges(place: &Place<'_>, file: FileId, call: &Call) -> Vec<Range> {
    let lines = place.lines_of(file);
    call.places.iter().map(|span| lines.range(*span)).collect()
}

/// An item as the protocol writes it. Of a step, the file is that of its example.
pub(super) fn to_protocol(
    place: &Place<'_>,
    item: &Item,
    file: FileId,
) -> Option<CallHierarchyItem> {
    let lines = place.lines_of(item.focus.file);
    Some(CallHierarchyItem {
        name: item.name.clone(),
        kind: kind(item.kind),
        tags: None,
        detail: item.detail.clone(),
        uri: place.uri_of(item.focus.file)?,
        range: lines.range(item.whole),
        selection_range: lines.range(item.focus.span),
        data: match &item.reason {
            Some(reason) => Some(reasons::written(place, file, reason)?),
            None => None,
        },
    })
}
