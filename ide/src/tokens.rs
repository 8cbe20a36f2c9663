//! The words of a text, broken or not: what the features use where the tree has a hole.

use hjemmel_grammar::span::Span;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// Letters, digits and `_`, beginning with a letter.
    Word,
    /// Digits.
    Number,
    /// A text in quotes, quotes included; to the end of the line if it is not closed.
    Text,
    /// `# …`
    Comment,
    /// A line that begins with `>`.
    Summary,
    /// Any other character.
    Mark,
}

/// A token and its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// What it is.
    pub(crate) kind: TokenKind,
    /// Where.
    pub(crate) span: Span,
}

/// The tokens of a text in order. Blanks are no tokens.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_end_matches(['\n', '\r']);
        let content_start = if start == 0 && content.starts_with('\u{FEFF}') {
            '\u{FEFF}'.len_utf8()
        } else {
            0
        };
        let content = content.get(content_start..).unwrap_or("");
        of_line(start + content_start, content, &mut out);
        start += line.len();
    }
    out
}

fn of_line(start: usize, line: &str, out: &mut Vec<Token>) {
    let mut push = |kind, from: usize, to: usize| {
        out.push(Token {
            kind,
            span: span(start + from, start + to),
        });
    };
    if line.starts_with('>') {
        return push(TokenKind::Summary, 0, line.trim_end().len());
    }
    let mut at = 0;
    while let Some(rest) = line.get(at..).filter(|rest| !rest.is_empty()) {
        let Some(first) = rest.chars().next() else {
            break;
        };
        let (kind, len) = match first {
            '#' => (TokenKind::Comment, rest.trim_end().len()),
            '"' => (TokenKind::Text, quoted_len(rest)),
            c if c.is_alphabetic() || c == '_' => (TokenKind::Word, word_len(rest)),
            c if c.is_ascii_digit() => (TokenKind::Number, number_len(rest)),
            c if c.is_whitespace() => {
                at += c.len_utf8();
                continue;
            }
            c => (TokenKind::Mark, c.len_utf8()),
        };
        push(kind, at, at + len);
        at += if kind == TokenKind::Comment {
            rest.len()
        } else {
            len
        };
    }
}

fn quoted_len(rest: &str) -> usize {
    let after = rest.get(1..).unwrap_or("");
    match after.find('"') {
        Some(end) => end + 2,
        None => rest.trim_end().len(),
    }
}

fn number_len(rest: &str) -> usize {
    rest.find(|c: char| !c.is_ascii_digit())
        .unwrap_or(rest.len())
}

/// How many bytes of a word stand at the start of `rest`. Marks count, so that a word that is not
/// in NFC is still one word.
fn word_len(rest: &str) -> usize {
    rest.find(|c: char| !is_word(c)).unwrap_or(rest.len())
}

/// Whether a character may stand in a word.
pub(crate) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || matches!(c, '\u{300}'..='\u{36F}')
}

/// A span from byte positions; a position beyond 4 GiB cannot occur in a rule file.
pub(crate) fn span(start: usize, end: usize) -> Span {
    let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span::new(number(start), number(end))
}

/// Where the line begins that byte `offset` stands on.
pub(crate) fn line_start(text: &str, offset: usize) -> usize {
    let before = text.get(..offset).unwrap_or(text);
    before.rfind('\n').map_or(0, |at| at + 1)
}

/// Where the line ends that byte `offset` stands on, its end of line excluded.
pub(crate) fn line_end(text: &str, offset: usize) -> usize {
    let rest = text.get(offset..).unwrap_or("");
    let line = rest.split('\n').next().unwrap_or("");
    offset + line.trim_end_matches('\r').len()
}

/// A byte position as an index; moved back to the start of its character and into the text.
pub(crate) fn index(text: &str, offset: u32) -> usize {
    let mut at = usize::try_from(offset)
        .unwrap_or(usize::MAX)
        .min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::{TokenKind, tokens};
    use hjemmel_grammar::span::slice;

    fn check(text: &str, expected: &str) {
        let all: Vec<String> = tokens(text)
            .iter()
            .map(|token| format!("{:?}:{}", token.kind, slice(text, token.span)))
            .collect();
        assert_eq!(all.join(" "), expected);
        assert!(
            tokens(text)
                .iter()
                .all(|token| token.kind != TokenKind::Comment || token.span.start < token.span.end)
        );
    }

    #[test]
    fn a_line_is_words_texts_and_marks() {
        check(
            "når ydelse.art er 12 \"a # b\" # og så\r\n> Sagt \"kort\n  \"åben",
            "Word:når Word:ydelse Mark:. Word:art Word:er Number:12 Text:\"a # b\" Comment:# og så Summary:> Sagt \"kort Text:\"åben",
        );
    }

    #[test]
    fn a_byte_order_mark_is_no_token() {
        check("\u{FEFF}begreb x", "Word:begreb Word:x");
    }
}
