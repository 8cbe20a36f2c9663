//! `textDocument/signatureHelp`

use crate::view::View;
use hjemmel_ide::SignaturePart;
use tower_lsp::ls_types::{
    ParameterInformation, ParameterLabel, SignatureHelp, SignatureHelpParams, SignatureInformation,
};

/// What is to be written at a position.
pub(crate) fn signature(view: &View, params: SignatureHelpParams) -> Option<SignatureHelp> {
    let at = params.text_document_position_params;
    let place = view.place(&at.text_document)?;
    let found = place
        .analysis
        .signature(place.file, place.offset(at.position))?;
    let mut label = String::new();
    let mut holes = Vec::new();
    for part in &found.parts {
        let (SignaturePart::Fixed(text) | SignaturePart::Hole(text)) = part;
        if !label.is_empty() && !text.starts_with(',') {
            label.push(' ');
        }
        let start = width(&label);
        label.push_str(text);
        if matches!(part, SignaturePart::Hole(_)) {
            holes.push(ParameterInformation {
                label: ParameterLabel::LabelOffsets([start, width(&label)]),
                documentation: None,
            });
        }
    }
    Some(SignatureHelp {
        signatures: vec![SignatureInformation {
            label,
            documentation: None,
            parameters: Some(holes),
            active_parameter: None,
        }],
        active_signature: Some(0),
        active_parameter: u32::try_from(found.active).ok(),
    })
}

/// Offsets in a label are counted in UTF-16 whatever was negotiated.
fn width(text: &str) -> u32 {
    u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX)
}
