//! `textDocument/semanticTokens/full`

use crate::view::View;
use hjemmel_ide::{Kind, TokenType};
use tower_lsp::ls_types::{
    SemanticToken, SemanticTokenModifier, SemanticTokenType, SemanticTokens,
    SemanticTokensFullOptions, SemanticTokensLegend, SemanticTokensOptions, SemanticTokensParams,
    SemanticTokensResult,
};

/// The types of tokens, by their number: the protocol's own, since every theme has colours for them.
const TYPES: [SemanticTokenType; 15] = [
    SemanticTokenType::KEYWORD,
    SemanticTokenType::NUMBER,
    SemanticTokenType::STRING,
    SemanticTokenType::COMMENT,
    SemanticTokenType::DECORATOR,
    SemanticTokenType::NAMESPACE,
    SemanticTokenType::STRUCT,
    SemanticTokenType::INTERFACE,
    SemanticTokenType::PARAMETER,
    SemanticTokenType::FUNCTION,
    SemanticTokenType::CLASS,
    SemanticTokenType::METHOD,
    SemanticTokenType::ENUM,
    SemanticTokenType::PROPERTY,
    SemanticTokenType::ENUM_MEMBER,
];

/// The bits of the modifiers, in the order of the legend.
const DECLARATION: u32 = 1;
const DOCUMENTATION: u32 = 2;

/// What the client is told beforehand.
pub(crate) fn options() -> SemanticTokensOptions {
    SemanticTokensOptions {
        legend: SemanticTokensLegend {
            token_types: TYPES.to_vec(),
            token_modifiers: vec![
                SemanticTokenModifier::DECLARATION,
                SemanticTokenModifier::DOCUMENTATION,
            ],
        },
        full: Some(SemanticTokensFullOptions::Bool(true)),
        ..SemanticTokensOptions::default()
    }
}

/// What each word of a document is; each place is told from the one before.
pub(crate) fn semantic_tokens(
    view: &View,
    params: SemanticTokensParams,
) -> Option<SemanticTokensResult> {
    let place = view.place(&params.text_document)?;
    let lines = place.lines();
    let (mut line, mut column) = (0, 0);
    let found = place.analysis.semantic_tokens(place.file);
    let tokens = found.into_iter().map(|token| {
        let start = lines.position(token.span.start);
        if start.line != line {
            column = 0;
        }
        let (ty, modifiers) = numbers(token.ty);
        let declares = if token.declares { DECLARATION } else { 0 };
        let told = SemanticToken {
            delta_line: start.line.saturating_sub(line),
            delta_start: start.character.saturating_sub(column),
            length: lines.width(token.span),
            token_type: ty,
            token_modifiers_bitset: modifiers | declares,
        };
        (line, column) = (start.line, start.character);
        told
    });
    Some(SemanticTokensResult::Tokens(SemanticTokens {
        result_id: None,
        data: tokens.collect(),
    }))
}

fn numbers(ty: TokenType) -> (u32, u32) {
    let (told, modifiers) = match ty {
        TokenType::Keyword => (SemanticTokenType::KEYWORD, 0),
        TokenType::Number => (SemanticTokenType::NUMBER, 0),
        TokenType::Text => (SemanticTokenType::STRING, 0),
        TokenType::Comment => (SemanticTokenType::COMMENT, 0),
        TokenType::Summary => (SemanticTokenType::COMMENT, DOCUMENTATION),
        TokenType::Citation => (SemanticTokenType::DECORATOR, 0),
        TokenType::Field => (SemanticTokenType::PROPERTY, 0),
        TokenType::Value | TokenType::State => (SemanticTokenType::ENUM_MEMBER, 0),
        TokenType::Name(kind) => (of_kind(kind), 0),
    };
    let number = TYPES.iter().position(|each| *each == told);
    let number = number.and_then(|number| u32::try_from(number).ok());
    (number.unwrap_or(0), modifiers)
}

fn of_kind(kind: Kind) -> SemanticTokenType {
    match kind {
        Kind::Act => SemanticTokenType::NAMESPACE,
        Kind::Data => SemanticTokenType::STRUCT,
        Kind::Assessment => SemanticTokenType::INTERFACE,
        Kind::Parameter => SemanticTokenType::PARAMETER,
        Kind::Term | Kind::Measure | Kind::Example => SemanticTokenType::FUNCTION,
        Kind::Duty => SemanticTokenType::CLASS,
        Kind::Exemption | Kind::Suspension | Kind::Transition | Kind::Warning => {
            SemanticTokenType::METHOD
        }
        Kind::Classification => SemanticTokenType::ENUM,
    }
}
