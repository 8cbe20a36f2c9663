//! The stretches of a file that can be folded away.

use crate::rule_set::RuleSet;
use crate::tokens::{Token, TokenKind, line_start};
use hjemmel_grammar::span::{FileId, Span, slice};
use hjemmel_grammar::syntax::ClauseKind;

/// What is folded away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FoldKind {
    /// A declaration or a clause.
    Code,
    /// Comment lines, or a summary.
    Comment,
}

/// A stretch of several lines; its first line stays visible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fold {
    /// From the first line to the end of the last.
    pub span: Span,
    /// What it is.
    pub kind: FoldKind,
}

/// The folds of a file, in order of place.
pub(crate) fn folding(set: &RuleSet, file: FileId) -> Vec<Fold> {
    let Some(memo) = set.memo(file) else {
        return Vec::new();
    };
    let mut folds = Vec::new();
    let code = |span| Fold {
        span,
        kind: FoldKind::Code,
    };
    for declaration in &memo.tree().declarations {
        folds.push(code(declaration.span));
        let lists = declaration
            .clauses
            .iter()
            .filter(|clause| matches!(clause.kind, ClauseKind::Given(_) | ClauseKind::Expect(_)));
        folds.extend(lists.map(|clause| code(clause.span)));
    }
    folds.extend(comments(&memo.text, memo.tokens()));
    folds.retain(|fold| slice(&memo.text, fold.span).contains('\n'));
    folds.sort_unstable();
    folds
}

/// Runs of lines that are nothing but comment, or nothing but summary.
fn comments(text: &str, tokens: &[Token]) -> Vec<Fold> {
    let mut folds: Vec<(TokenKind, Fold)> = Vec::new();
    for token in tokens {
        let alone = match token.kind {
            TokenKind::Summary => true,
            TokenKind::Comment => before(text, token.span).trim().is_empty(),
            _ => false,
        };
        if !alone {
            continue;
        }
        match folds.last_mut() {
            Some((kind, fold)) if *kind == token.kind && next_line(text, fold.span, token.span) => {
                fold.span = fold.span.to(token.span);
            }
            _ => folds.push((
                token.kind,
                Fold {
                    span: token.span,
                    kind: FoldKind::Comment,
                },
            )),
        }
    }
    folds.into_iter().map(|(_, fold)| fold).collect()
}

/// What stands before a token on its line.
fn before(text: &str, token: Span) -> &str {
    let at = usize::try_from(token.start).unwrap_or_default();
    text.get(line_start(text, at)..at).unwrap_or("")
}

/// Whether the second stands on the line after the first.
fn next_line(text: &str, first: Span, second: Span) -> bool {
    let between = slice(text, Span::new(first.end, second.start));
    between.trim().is_empty() && between.matches('\n').count() == 1
}

#[cfg(test)]
mod tests {
    use crate::fixture::Fixture;
    use hjemmel_grammar::span::slice;

    #[test]
    fn declarations_examples_summaries_and_comments_fold() {
        let fixture = Fixture::new(
            "
# en
# to

# alene
> Sagt kort
> på to linjer
begreb b
  når c # d
eksempel \"a\"
  givet
    ydelse fra 1. maj 2017, fortsat
  så
    b er ja den 1. maj 2017
",
        );
        let text = fixture.analysis.text(fixture.file);
        let folds = fixture.analysis.folding(fixture.file);
        let drawn: Vec<String> = folds
            .iter()
            .map(|fold| {
                format!(
                    "{:?}: {}",
                    fold.kind,
                    slice(text, fold.span).replace('\n', "⏎")
                )
            })
            .collect();
        assert_eq!(
            drawn,
            [
                "Comment: # en⏎# to",
                "Comment: > Sagt kort⏎> på to linjer",
                "Code: begreb b⏎  når c",
                "Code: eksempel \"a\"⏎  givet⏎    ydelse fra 1. maj 2017, fortsat⏎  så⏎    b er ja den 1. maj 2017",
                "Code: givet⏎    ydelse fra 1. maj 2017, fortsat",
                "Code: så⏎    b er ja den 1. maj 2017",
            ]
        );
    }
}
