//! Conditions: operands, what they are compared with, and what goes on after them.

use super::clause::is;
use super::place::{Line, ends_with};
use super::{CompletionKind, Offers, Piece};
use crate::words::in_language;
use hjemmel_grammar::keyword;
use hjemmel_grammar::syntax::Kind;

/// What an operand follows, besides `(` and a bullet.
const BEFORE_OPERANDS: [&str; 17] = [
    "når",
    "for",
    "regnet fra",
    "opfyldes af",
    "tæl",
    "ud af",
    "og",
    "eller",
    "ikke",
    "hvor",
    "efter",
    "før",
    "dog ikke når",
    "dog også når",
    "alle af",
    "ingen af",
    "mindst én af",
];

/// What may follow an operand.
const AFTER_OPERANDS: [&str; 9] = [
    "og",
    "eller",
    "i mindst",
    "inden for de seneste",
    "i alt mindst",
    "afbrudt højst",
    "afbrudt af en kalendermåned",
    "i hele uger",
    "dog ikke når",
];

/// What may follow `er`.
const COMPARISONS: [&str; 7] = ["ikke", "en af", "mindst", "højst", "under", "over", "før"];

/// What may stand in a condition.
pub(super) fn condition(offers: &mut Offers<'_>, line: &Line<'_>) {
    let words = line.before.as_slice();
    let table = row_of(words);
    if let [.., owner, "."] = words {
        offers.fields(owner);
    } else if let Some(subject) = compared(words) {
        values(offers, &subject, table);
        if line.ends_with("er") {
            offers.keywords(&COMPARISONS);
        }
    } else if expects_operand(line) {
        operands(offers, table);
    } else {
        continuations(offers, line, table);
    }
}

/// The table whose row is spoken of: that of the last `hvor` that still reaches here.
fn row_of<'t>(words: &[&'t str]) -> Option<&'t str> {
    let at = words.iter().rposition(|word| is(word, "hvor"))?;
    let table = words.get(at.checked_sub(1)?)?;
    let mut depth: i32 = 0;
    for word in words.get(at..)? {
        match *word {
            "(" => depth += 1,
            ")" => depth -= 1,
            _ => {}
        }
        let ends = ["når", "derefter", "hjemmel", "dog"]
            .iter()
            .any(|it| is(word, it));
        if depth < 0 || ends {
            return None;
        }
    }
    Some(table)
}

/// Whose value is compared: `X`, or `X.felt`.
struct Subject<'t> {
    owner: Option<&'t str>,
    word: &'t str,
}

/// The subject of the comparison whose value stands next: after `er`, or in a list after it.
fn compared<'t>(words: &[&'t str]) -> Option<Subject<'t>> {
    let at = words.iter().rposition(|word| is(word, "er"))?;
    let after = words.get(at + 1..)?;
    let list = ["en af", "ikke en af"]
        .iter()
        .any(|it| starts_with(after, it));
    let waits = match after {
        [] => true,
        [only] => is(only, "ikke"),
        [.., last] => list && (*last == "," || ends_with(after, "en af")),
    };
    if !waits {
        return None;
    }
    match words.get(..at)? {
        [.., owner, ".", word] => Some(Subject {
            owner: Some(owner),
            word,
        }),
        [.., word] => Some(Subject { owner: None, word }),
        [] => None,
    }
}

fn starts_with(words: &[&str], danish: &'static str) -> bool {
    let forms = keyword::find(danish).map_or([danish, danish], |(it, _)| [it.da, it.en]);
    let mut forms = forms.iter().map(|form| form.split(' ').collect::<Vec<_>>());
    forms.any(|phrase| words.starts_with(&phrase))
        || (danish == "ikke en af"
            && words.first().is_some_and(|first| is(first, "ikke"))
            && starts_with(words.get(1..).unwrap_or(&[]), "en af"))
}

fn values(offers: &mut Offers<'_>, subject: &Subject<'_>, table: Option<&str>) {
    match (subject.owner, table) {
        (Some(owner), _) => offers.values(owner, subject.word),
        (None, Some(table)) => offers.values(table, subject.word),
        (None, None) => offers.states(subject.word),
    }
}

fn expects_operand(line: &Line<'_>) -> bool {
    match line.before.last() {
        None | Some(&"(" | &"-" | &":") => true,
        Some(_) => BEFORE_OPERANDS.iter().any(|it| line.ends_with(it)),
    }
}

fn operands(offers: &mut Offers<'_>, table: Option<&str>) {
    match table {
        Some(table) => {
            offers.fields(table);
            offers.keywords(&["varighed"]);
        }
        None => {
            offers.names(|kind| {
                let conditions = [Kind::Term, Kind::Data, Kind::Assessment, Kind::Duty];
                conditions.contains(&kind) || kind == Kind::Classification
            });
            offers.keywords(&["alder", "højst"]);
        }
    }
    offers.keywords(&["ikke"]);
    for list in ["alle af", "mindst én af", "ingen af"] {
        let label = format!("{}:", in_language(list, offers.language));
        let insert = vec![
            Piece::Text(format!("{label}\n    - ")),
            Piece::Hole(String::new()),
        ];
        offers.offer_pieces(&label, CompletionKind::Keyword, None, insert);
    }
}

/// What may follow what stands before.
fn continuations(offers: &mut Offers<'_>, line: &Line<'_>, table: Option<&str>) {
    let last = line.before.last().copied().unwrap_or("");
    let second = line.before.iter().nth_back(1).copied();
    let own = match table {
        Some(_) => None,
        None => offers.set.kind_of(last),
    };
    let is_field = match (second, table) {
        (Some("."), _) => true,
        (_, Some(table)) => offers.set.field(table, last).is_some(),
        _ => is(last, "alder") || is(last, "varighed"),
    };
    if is_field || matches!(own, Some(Kind::Duty | Kind::Classification)) {
        offers.keywords(&[
            "er",
            "er ikke",
            "er en af",
            "er mindst",
            "er højst",
            "er under",
            "er over",
        ]);
        return;
    }
    if matches!(own, Some(Kind::Data | Kind::Assessment)) {
        offers.keywords(&["hvor"]);
    }
    offers.keywords(&AFTER_OPERANDS);
    match line.kind {
        Some(Kind::Duty) => offers.keywords(&["når", "derefter", "dog", "på ny når", "hjemmel"]),
        Some(Kind::Classification) => offers.keywords(&["når", "ellers", "hjemmel"]),
        _ => offers.keywords(&["dog også når"]),
    }
}
