//! `textDocument/semanticTokens/full`, `…/full/delta`, `…/range`

use crate::convert::path_of;
use crate::view::View;
use hjemmel_ide::{Kind, TokenType};
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Mutex, PoisonError};
use tower_lsp::ls_types::{
    Range, SemanticToken, SemanticTokenModifier, SemanticTokenType, SemanticTokens,
    SemanticTokensDelta, SemanticTokensDeltaParams, SemanticTokensEdit,
    SemanticTokensFullDeltaResult, SemanticTokensFullOptions, SemanticTokensLegend,
    SemanticTokensOptions, SemanticTokensParams, SemanticTokensRangeParams,
    SemanticTokensRangeResult, SemanticTokensResult, TextDocumentIdentifier,
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
        full: Some(SemanticTokensFullOptions::Delta { delta: Some(true) }),
        range: Some(true),
        ..SemanticTokensOptions::default()
    }
}

/// The tokens that were told last of each document, with the id of that answer.
#[derive(Debug, Default)]
pub(crate) struct Told(Mutex<BTreeMap<String, (String, Vec<SemanticToken>)>>);

/// How many documents are remembered; beyond that a client is told all again.
const MAX_TOLD: usize = 64;

impl Told {
    /// Remembers what is told of a document now; the tokens of the answer before, if it has that id.
    fn replace(
        &self,
        path: String,
        id: &str,
        tokens: &[SemanticToken],
        before: Option<&str>,
    ) -> Option<Vec<SemanticToken>> {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if MAX_TOLD <= told.len() && !told.contains_key(&path) {
            told.clear();
        }
        let old = told.insert(path, (id.to_owned(), tokens.to_vec()));
        let (old_id, tokens) = old?;
        (Some(old_id.as_str()) == before).then_some(tokens)
    }
}

/// What each word of a document is.
pub(crate) fn semantic_tokens(
    view: &View,
    params: SemanticTokensParams,
    told: &Told,
) -> Option<SemanticTokensResult> {
    let data = tokens(view, &params.text_document, None)?;
    let id = id(&data);
    told.replace(path_of(&params.text_document.uri), &id, &data, None);
    Some(SemanticTokensResult::Tokens(SemanticTokens {
        result_id: Some(id),
        data,
    }))
}

/// What is different from what was told last; all, if that is not known.
pub(crate) fn delta(
    view: &View,
    params: SemanticTokensDeltaParams,
    told: &Told,
) -> Option<SemanticTokensFullDeltaResult> {
    let data = tokens(view, &params.text_document, None)?;
    let id = id(&data);
    let before = Some(params.previous_result_id.as_str());
    let old = told.replace(path_of(&params.text_document.uri), &id, &data, before);
    Some(match old {
        Some(old) => SemanticTokensFullDeltaResult::TokensDelta(SemanticTokensDelta {
            result_id: Some(id),
            edits: edit(&old, data).into_iter().collect(),
        }),
        None => SemanticTokensFullDeltaResult::Tokens(SemanticTokens {
            result_id: Some(id),
            data,
        }),
    })
}

/// The words of a part of a document.
pub(crate) fn range(
    view: &View,
    params: SemanticTokensRangeParams,
) -> Option<SemanticTokensRangeResult> {
    let data = tokens(view, &params.text_document, Some(params.range))?;
    Some(SemanticTokensRangeResult::Tokens(SemanticTokens {
        result_id: None,
        data,
    }))
}

/// The one stretch that is different.
fn edit(old: &[SemanticToken], mut new: Vec<SemanticToken>) -> Option<SemanticTokensEdit> {
    /// The protocol counts numbers, of which a token is five.
    const NUMBERS: usize = 5;
    if old == new.as_slice() {
        return None;
    }
    let same = |(a, b): &(&SemanticToken, &SemanticToken)| a == b;
    let start = old.iter().zip(&new).take_while(same).count();
    let rest = old.len().min(new.len()) - start;
    let ends = old.iter().rev().zip(new.iter().rev());
    let end = ends.take(rest).take_while(same).count();
    new.truncate(new.len() - end);
    let number = |count: usize| u32::try_from(count * NUMBERS).unwrap_or(u32::MAX);
    Some(SemanticTokensEdit {
        start: number(start),
        delete_count: number(old.len() - end - start),
        data: Some(new.split_off(start)),
    })
}

fn id(tokens: &[SemanticToken]) -> String {
    let mut hasher = DefaultHasher::new();
    for token in tokens {
        (token.delta_line, token.delta_start, token.length).hash(&mut hasher);
        (token.token_type, token.token_modifiers_bitset).hash(&mut hasher);
    }
    format!("{:016x}", hasher.finish())
}

/// The tokens of a document, or of a part; each place is told from the one before.
fn tokens(
    view: &View,
    document: &TextDocumentIdentifier,
    part: Option<Range>,
) -> Option<Vec<SemanticToken>> {
    let place = view.place(document)?;
    let lines = place.lines();
    let part = part.map(|range| lines.span(range));
    let (mut line, mut column) = (0, 0);
    let found = place.analysis.semantic_tokens(place.file).into_iter();
    let found = found.filter(|token| {
        part.is_none_or(|part| token.span.start < part.end && part.start < token.span.end)
    });
    let tokens = found.map(|token| {
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
    Some(tokens.collect())
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
