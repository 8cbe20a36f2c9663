//! What each word of a file is, for colours.

use crate::memo::Memo;
use crate::occurrence::{Occurrence, Role, Symbol};
use crate::rule_set::RuleSet;
use crate::tokens::{Token, TokenKind, index, line_start};
use hjemmel_grammar::Word;
use hjemmel_grammar::keyword::{self, Group};
use hjemmel_grammar::span::{FileId, Span, slice};
use hjemmel_grammar::syntax::{Basis, ClauseKind, Kind};

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TokenType {
    /// A keyword.
    Keyword,
    /// A number, a date or a length of time.
    Number,
    /// A text in quotes.
    Text,
    /// A comment.
    Comment,
    /// A summary line.
    Summary,
    /// Part of a citation.
    Citation,
    /// A declared name.
    Name(Kind),
    /// A field.
    Field,
    /// A word that an enumerated field can be.
    Value,
    /// A state.
    State,
}

/// A word, or a stretch of a line, and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SemanticToken {
    /// Where; never more than one line.
    pub span: Span,
    /// What.
    pub ty: TokenType,
    /// It is declared here.
    pub declares: bool,
}

/// The words of a file that are something, in order of place and without overlap.
pub(crate) fn semantic_tokens(set: &RuleSet, file: FileId) -> Vec<SemanticToken> {
    let Some(memo) = set.memo(file) else {
        return Vec::new();
    };
    let citations = citations(memo);
    let mut painter = Painter {
        set,
        text: &memo.text,
        words: Cursor::new(&memo.parse().words, |word| word.span),
        names: Cursor::new(memo.occurrences(), |found| found.span),
        citations: Cursor::new(&citations, |cited| *cited),
    };
    let tokens = memo.tokens().iter();
    tokens.filter_map(|token| painter.paint(token)).collect()
}

/// A walk through items that are sorted by where they begin, side by side with the tokens.
struct Cursor<'s, T> {
    rest: &'s [T],
    last: Option<&'s T>,
    place: fn(&T) -> Span,
}

impl<'s, T> Cursor<'s, T> {
    fn new(items: &'s [T], place: fn(&T) -> Span) -> Self {
        Self {
            rest: items,
            last: None,
            place,
        }
    }

    /// The last item that begins at or before a span, which begins no earlier than the one asked about before.
    fn before(&mut self, span: Span) -> Option<&'s T> {
        while let Some((next, rest)) = self.rest.split_first()
            && (self.place)(next).start <= span.start
        {
            (self.last, self.rest) = (Some(next), rest);
        }
        self.last
    }
}

struct Painter<'s> {
    set: &'s RuleSet,
    text: &'s str,
    /// Keywords, units, dates and numbers with decimals.
    words: Cursor<'s, Word>,
    names: Cursor<'s, Occurrence>,
    citations: Cursor<'s, Span>,
}

impl Painter<'_> {
    fn paint(&mut self, token: &Token) -> Option<SemanticToken> {
        let span = token.span;
        let mut declares = false;
        let ty = match token.kind {
            TokenKind::Comment => TokenType::Comment,
            TokenKind::Summary => TokenType::Summary,
            TokenKind::Text => TokenType::Text,
            TokenKind::Number | TokenKind::Mark => self
                .keyword(span)
                .or_else(|| self.cited(span))
                .or((token.kind == TokenKind::Number).then_some(TokenType::Number))?,
            TokenKind::Word => match self.named(span) {
                Some((ty, role)) => {
                    declares = role == Role::Declares;
                    ty
                }
                None => self
                    .keyword(span)
                    .or_else(|| self.cited(span))
                    .or_else(|| self.likely_keyword(span))?,
            },
        };
        Some(SemanticToken { span, ty, declares })
    }

    /// The keyword, unit, date or number with decimals that a token is part of.
    fn keyword(&mut self, span: Span) -> Option<TokenType> {
        let word = self.words.before(span)?;
        if !covers(word.span, span) {
            return None;
        }
        let is_number = keyword::find(&word.da).is_none();
        Some(if is_number {
            TokenType::Number
        } else {
            TokenType::Keyword
        })
    }

    /// What the name at a place is, if it is one that means something.
    fn named(&mut self, span: Span) -> Option<(TokenType, Role)> {
        let found = self.names.before(span)?;
        if found.span != span {
            return None;
        }
        Some((self.symbol(&found.symbol)?, found.role))
    }

    /// A word in a line that cannot be read (yet) and that is a keyword if anything, so that a
    /// line does not lose its colours while it is written.
    fn likely_keyword(&self, span: Span) -> Option<TokenType> {
        let text = self.text;
        let word = slice(text, span);
        let at = index(text, span.start);
        let first = text.get(line_start(text, at)..at)?.trim().is_empty();
        let begins = |keyword: &keyword::Keyword| {
            let clause = matches!(keyword.group, Group::Declaration | Group::Clause);
            let mut forms = [keyword.da, keyword.en].into_iter();
            clause && forms.any(|form| form.split(' ').next() == Some(word))
        };
        let likely =
            keyword::reserved_word(word).is_some() || (first && keyword::ALL.iter().any(begins));
        likely.then_some(TokenType::Keyword)
    }

    fn symbol(&self, symbol: &Symbol) -> Option<TokenType> {
        Some(match symbol {
            Symbol::Name(name) => TokenType::Name(self.set.kind_of(name)?),
            Symbol::Field { .. } => TokenType::Field,
            Symbol::Value { .. } | Symbol::BareValue { .. } => TokenType::Value,
            Symbol::State { .. } => TokenType::State,
        })
    }

    fn cited(&mut self, span: Span) -> Option<TokenType> {
        let cited = self.citations.before(span)?;
        covers(*cited, span).then_some(TokenType::Citation)
    }
}

fn covers(outer: Span, inner: Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// The bases of all clauses. Those at the end of a line within a condition keep the colours of
/// their words.
fn citations(memo: &Memo) -> Vec<Span> {
    let clauses = memo.tree().declarations.iter().flat_map(|it| &it.clauses);
    let bases = clauses.filter_map(|clause| -> Option<&Basis> {
        match &clause.kind {
            ClauseKind::Basis { basis, .. } => Some(basis),
            ClauseKind::TimelyInWeek { basis }
            | ClauseKind::OnEntry { basis, .. }
            | ClauseKind::RequiresAssessment { basis, .. } => basis.as_ref(),
            ClauseKind::FulfilledBy(fulfilment) => fulfilment.basis.as_ref(),
            ClauseKind::Branch(branch) => branch.basis.as_ref(),
            _ => None,
        }
    });
    let mut spans: Vec<Span> = bases.map(|basis| basis.span).collect();
    spans.sort_unstable();
    spans
}

#[cfg(test)]
mod tests {
    use crate::fixture::Fixture;
    use hjemmel_grammar::span::slice;

    #[track_caller]
    fn check(fixture: &str, expected: &str) {
        let fixture = Fixture::new(fixture);
        let text = fixture.analysis.text(fixture.file);
        let tokens = fixture.analysis.semantic_tokens(fixture.file);
        let drawn: Vec<String> = tokens
            .iter()
            .map(|token| {
                let mark = if token.declares { "!" } else { "" };
                format!("{}={:?}{mark}", slice(text, token.span), token.ty)
            })
            .collect();
        assert_eq!(drawn.join(" "), expected);
    }

    #[test]
    fn every_word_of_a_rule_is_told() {
        check(
            "
> Kort
pligt tilbud \"Titel\" # note
  hjemmel LAB § 92, stk. 2
  for ydelse hvor art er kontant
  frist 6 måneder
lov LAB
data ydelse
  art er en af kontant
",
            "> Kort=Summary pligt=Keyword tilbud=Name(Duty)! \"Titel\"=Text # note=Comment \
             hjemmel=Keyword LAB=Name(Act) §=Citation 92=Citation ,=Citation stk=Citation .=Citation 2=Citation \
             for=Keyword ydelse=Name(Data) hvor=Keyword art=Field er=Keyword kontant=Value \
             frist=Keyword 6=Number måneder=Number \
             lov=Keyword LAB=Name(Act)! data=Keyword ydelse=Name(Data)! \
             art=Field! er=Keyword en=Keyword af=Keyword kontant=Value!",
        );
    }

    #[test]
    fn a_line_keeps_its_colours_while_it_is_written() {
        check(
            "
begreb a
  når (b og
pligt p
  opfyldes a
  noget frist
",
            "begreb=Keyword a=Name(Term)! når=Keyword og=Keyword \
             pligt=Keyword p=Name(Duty)! opfyldes=Keyword a=Name(Term)",
        );
    }
}
