//! `callHierarchy/outgoingCalls`, `callHierarchy/incomingCalls` of what the rules say of an example.
//!
//! A step is found again by what the client keeps for it: the example, its line, the way down.

use crate::requests::calls::to_protocol;
use crate::view::{Place, View};
use hjemmel_ide::{FileId, ReasonPlace};
use serde_json::{Value, json};
use tower_lsp::ls_types::{
    CallHierarchyIncomingCall, CallHierarchyItem, CallHierarchyOutgoingCall,
    TextDocumentIdentifier, Uri,
};

/// What a step follows from. Each is "called" at its own place, or where that lies in another file
/// than the step's, at the step's.
pub(super) fn outgoing(
    view: &View,
    item: &CallHierarchyItem,
    data: &Value,
) -> Option<Vec<CallHierarchyOutgoingCall>> {
    let (place, reason) = read(view, data)?;
    let steps = place.analysis.because(place.file, &reason).into_iter();
    let calls = steps.filter_map(|step| {
        let to = to_protocol(&place, &step, place.file)?;
        let here = if to.uri == item.uri { &to } else { item };
        Some(CallHierarchyOutgoingCall {
            from_ranges: vec![here.selection_range],
            to,
        })
    });
    Some(calls.collect())
}

/// The step that a step is a reason for.
pub(super) fn incoming(view: &View, data: &Value) -> Option<Vec<CallHierarchyIncomingCall>> {
    let (place, reason) = read(view, data)?;
    let above = place.analysis.because_of(place.file, &reason);
    let calls = above.into_iter().filter_map(|step| {
        let from = to_protocol(&place, &step, place.file)?;
        Some(CallHierarchyIncomingCall {
            from_ranges: vec![from.selection_range],
            from,
        })
    });
    Some(calls.collect())
}

/// What the client keeps for a step.
pub(super) fn written(place: &Place<'_>, file: FileId, reason: &ReasonPlace) -> Option<Value> {
    let ReasonPlace {
        example,
        nth,
        line,
        path,
    } = reason;
    let uri = place.uri_of(file)?;
    Some(json!({ "uri": uri, "example": example, "nth": nth, "line": line, "path": path }))
}

fn read<'v>(view: &'v View, data: &Value) -> Option<(Place<'v>, ReasonPlace)> {
    let kept = |name: &str| data.get(name).cloned();
    let uri: Uri = serde_json::from_value(kept("uri")?).ok()?;
    let number = |name: &str| serde_json::from_value(kept(name)?).ok();
    let reason = ReasonPlace {
        example: serde_json::from_value(kept("example")?).ok()?,
        nth: number("nth")?,
        line: number("line")?,
        path: serde_json::from_value(kept("path")?).ok()?,
    };
    Some((view.place(&TextDocumentIdentifier { uri })?, reason))
}
