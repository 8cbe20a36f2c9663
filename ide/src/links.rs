//! Words of a file that lead somewhere: a cited act to its declaration, a code to its page.

use crate::occurrence::{Role, Symbol};
use crate::rule_set::RuleSet;
use crate::tokens::{TokenKind, span};
use hjemmel_grammar::span::{FileId, Site, Span, slice};
use hjemmel_grammar::syntax::Kind;

/// Where a word leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// To a place in the rules.
    Place(Site),
    /// To the page of a diagnostic.
    Page(String),
}

/// A word that leads somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The word.
    pub span: Span,
    /// Where to.
    pub to: Destination,
}

/// The links of a file, in order of place.
pub(crate) fn links(set: &RuleSet, file: FileId) -> Vec<Link> {
    let Some(memo) = set.memo(file) else {
        return Vec::new();
    };
    let acts = memo.occurrences().iter().filter_map(|it| {
        let (Symbol::Name(name), Role::Uses) = (&it.symbol, it.role) else {
            return None;
        };
        if set.kind_of(name) != Some(Kind::Act) {
            return None;
        }
        let declared = set.sites(&it.symbol, Role::Declares).into_iter().next()?;
        Some(Link {
            span: it.span,
            to: Destination::Place(declared),
        })
    });
    let mut links: Vec<Link> = acts.collect();
    let comments = memo.tokens().iter();
    let comments = comments.filter(|token| token.kind == TokenKind::Comment);
    for comment in comments {
        links.extend(codes(slice(&memo.text, comment.span), comment.span.start));
    }
    links.sort_by_key(|link| link.span);
    links
}

/// The codes in a comment: `# H0201: …`
fn codes(comment: &str, start: u32) -> Vec<Link> {
    let start = usize::try_from(start).unwrap_or_default();
    let codes = comment.match_indices('H').filter_map(|(at, _)| {
        let code = comment.get(at..at + 5)?;
        let digits = code.get(1..)?.chars().all(|c| c.is_ascii_digit());
        let word = |c: char| c.is_alphanumeric();
        let alone =
            !comment.get(..at)?.ends_with(word) && !comment.get(at + 5..)?.starts_with(word);
        (digits && alone).then(|| Link {
            span: span(start + at, start + at + 5),
            to: Destination::Page(code.to_owned()),
        })
    });
    codes.collect()
}

#[cfg(test)]
mod tests {
    use super::Destination;
    use crate::fixture::Fixture;
    use hjemmel_grammar::span::slice;

    #[test]
    fn acts_and_codes_in_a_broken_file() {
        let fixture = Fixture::new(
            "
//- /a.regel
begreb æ  # H0201, ikke XH0202 eller H02033
  hjemmel LAB § 2, og § 3
  når og
term b
  basis UKENDT § 2
//- /b.regel
lov LAB
",
        );
        let text = fixture.analysis.text(fixture.file);
        let drawn: Vec<String> = fixture
            .analysis
            .links(fixture.file)
            .iter()
            .map(|link| {
                let to = match &link.to {
                    Destination::Place(site) => fixture.line_with(*site),
                    Destination::Page(code) => code.clone(),
                };
                format!("{} -> {to}", slice(text, link.span))
            })
            .collect();
        assert_eq!(drawn, ["H0201 -> H0201", "LAB -> /b.regel: lov <LAB>"]);
    }
}
