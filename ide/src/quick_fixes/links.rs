//! `og` and `eller` side by side: both ways to read it, with parentheses or with bullets.

use super::Fix;
use super::ground::{Ground, replace};
use crate::diagnostics::Diagnostic;
use crate::tokens::{Token, TokenKind, index, line_end, line_start};
use hjemmel_grammar::keyword;
use hjemmel_grammar::span::{Span, slice};

/// A link word, by its Danish form.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Link {
    And,
    Or,
}

/// The parts between links, and the links.
struct Chain<'t> {
    span: Span,
    parts: Vec<&'t str>,
    links: Vec<Link>,
    /// Nothing but the clause's keyword stands before it, and nothing after it.
    alone: bool,
}

/// Parentheses round what either link holds together; bullets, where the condition stands alone.
pub(super) fn fixes(ground: &Ground<'_>, it: &Diagnostic) -> Vec<Fix> {
    let Some(chain) = chain(ground, it.span) else {
        return Vec::new();
    };
    let mut fixes = Vec::new();
    for outer in [Link::Or, Link::And] {
        let groups = chain.groups(outer);
        if chain.alone {
            fixes.push(bullets(ground, &chain, outer, &groups));
        }
        fixes.push(parentheses(ground, &chain, outer, &groups));
    }
    fixes
}

impl Chain<'_> {
    /// The parts that the inner link holds together, by the outer links between them.
    fn groups(&self, outer: Link) -> Vec<Vec<&str>> {
        let mut groups = vec![Vec::new()];
        for (n, part) in self.parts.iter().enumerate() {
            let before = n.checked_sub(1).and_then(|n| self.links.get(n));
            if before == Some(&outer) {
                groups.push(Vec::new());
            }
            if let Some(last) = groups.last_mut() {
                last.push(*part);
            }
        }
        groups
    }
}

fn word(ground: &Ground<'_>, link: Link) -> &'static str {
    match link {
        Link::And => ground.word("og"),
        Link::Or => ground.word("eller"),
    }
}

fn inner(outer: Link) -> Link {
    match outer {
        Link::And => Link::Or,
        Link::Or => Link::And,
    }
}

fn parentheses(ground: &Ground<'_>, chain: &Chain<'_>, outer: Link, groups: &[Vec<&str>]) -> Fix {
    let held = format!(" {} ", word(ground, inner(outer)));
    let groups: Vec<String> = groups
        .iter()
        .map(|group| match group.as_slice() {
            [one] => (*one).to_owned(),
            several => format!("({})", several.join(&held)),
        })
        .collect();
    let new = groups.join(&format!(" {} ", word(ground, outer)));
    let title = format!("{} `{new}`", ground.pick("Skriv", "Write"));
    Fix::new(title, vec![replace(chain.span, new)])
}

fn bullets(ground: &Ground<'_>, chain: &Chain<'_>, outer: Link, groups: &[Vec<&str>]) -> Fix {
    let head = match outer {
        Link::And => ground.word("alle af"),
        Link::Or => ground.word("mindst én af"),
    };
    let held = format!(" {} ", word(ground, inner(outer)));
    let end_of_line = ground.end_of_line();
    let bullets = groups
        .iter()
        .map(|group| format!("{end_of_line}    - {}", group.join(&held)));
    let new = format!("{head}:{}", bullets.collect::<String>());
    let title = format!(
        "{} `{head}:`",
        ground.pick("Skriv som punkter under", "Write as bullets below")
    );
    Fix::new(title, vec![replace(chain.span, new)])
}

/// The chain around a link, if it stands on one line.
fn chain<'t>(ground: &Ground<'t>, link: Span) -> Option<Chain<'t>> {
    let text = ground.text();
    let at = index(text, link.start);
    let (from, to) = (line_start(text, at), line_end(text, at));
    let tokens = ground.memo.tokens().iter().filter(|token| {
        let start = index(text, token.span.start);
        from <= start && start < to && token.kind != TokenKind::Comment
    });
    let tokens: Vec<&Token> = tokens.collect();
    let here = tokens.iter().position(|token| token.span == link)?;
    let first = first_token(text, &tokens, here)?;
    let last = last_token(text, &tokens, here)?;
    let inside = tokens.get(first..=last)?;
    let mut depth = 0_u32;
    let mut links: Vec<(Link, Span)> = Vec::new();
    for token in inside {
        let word = slice(text, token.span);
        match word {
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            _ if depth == 0 => links.extend(link_of(word).map(|link| (link, token.span))),
            _ => {}
        }
    }
    let (start, end) = (inside.first()?.span.start, inside.last()?.span.end);
    let mut parts = Vec::new();
    let mut done = start;
    for (_, span) in &links {
        parts.push(slice(text, Span::new(done, span.start)).trim());
        done = span.end;
    }
    parts.push(slice(text, Span::new(done, end)).trim());
    let whole_line = last + 1 == tokens.len() && first <= 2 && !continues(text, to);
    let begins = tokens.first().map(|token| slice(text, token.span));
    let bullet = begins == Some("-");
    Some(Chain {
        span: Span::new(start, end),
        alone: whole_line && !bullet && !inside_row(text, &tokens, first),
        parts: parts.clone(),
        links: links.iter().map(|(link, _)| *link).collect(),
    })
    .filter(|_| parts.iter().all(|part| !part.is_empty()))
}

/// Whether the next line belongs to the same clause.
fn continues(text: &str, end: usize) -> bool {
    let next = text.get(end..).unwrap_or("");
    let next = next.split('\n').nth(1).unwrap_or("");
    let blanks = next.len() - next.trim_start_matches(' ').len();
    2 < blanks && !next.trim().is_empty()
}

/// Whether the chain begins behind `hvor`.
fn inside_row(text: &str, tokens: &[&Token], first: usize) -> bool {
    let before = first.checked_sub(1).and_then(|n| tokens.get(n));
    before.is_some_and(|token| keyword_is(slice(text, token.span), "hvor"))
}

fn keyword_is(word: &str, danish: &str) -> bool {
    keyword::find(danish).is_some_and(|(it, _)| it.da == word || it.en == word)
}

fn link_of(word: &str) -> Option<Link> {
    match word {
        "og" | "and" => Some(Link::And),
        "eller" | "or" => Some(Link::Or),
        _ => None,
    }
}

/// The words that a condition follows.
const BEFORE: [&str; 10] = [
    "når", "when", "hvor", "where", "for", "fra", "from", "af", "by", "tæl",
];
/// The words that end a condition.
const BEHIND: [&str; 6] = [
    "dog",
    "however",
    "hjemmel",
    "basis",
    "derefter",
    "thereafter",
];

fn first_token(text: &str, tokens: &[&Token], here: usize) -> Option<usize> {
    let mut depth = 0_u32;
    for n in (0..here).rev() {
        let word = slice(text, tokens.get(n)?.span);
        match word {
            ")" => depth += 1,
            "(" if depth == 0 => return Some(n + 1),
            "(" => depth -= 1,
            "-" | "count" if depth == 0 => return Some(n + 1),
            // `en af a, b` is not the beginning of a condition.
            "af" if depth == 0 && 1 < n => {}
            _ if depth == 0 && BEFORE.contains(&word) => return Some(n + 1),
            _ => {}
        }
    }
    None
}

fn last_token(text: &str, tokens: &[&Token], here: usize) -> Option<usize> {
    let mut depth = 0_u32;
    for n in here + 1..tokens.len() {
        let word = slice(text, tokens.get(n)?.span);
        match word {
            "(" => depth += 1,
            ")" if depth == 0 => return n.checked_sub(1),
            ")" => depth -= 1,
            _ if depth == 0 && BEHIND.contains(&word) => {
                let before = n.checked_sub(1)?;
                let comma = slice(text, tokens.get(before)?.span) == ",";
                return if comma {
                    before.checked_sub(1)
                } else {
                    Some(before)
                };
            }
            _ => {}
        }
    }
    tokens.len().checked_sub(1)
}
