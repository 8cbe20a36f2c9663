//! Headers and clauses: which may begin, and what follows their first words.

use super::place::Line;
use super::{CompletionKind, Offers, condition, snippet};
use crate::words::in_language;
use hjemmel_grammar::diagnostic::Language;
use hjemmel_grammar::keyword;
use hjemmel_grammar::keyword::MONTHS;
use hjemmel_grammar::syntax::Kind;

/// The clauses of every kind that rests on a provision.
const OF_RULES: [&str; 4] = ["hjemmel", "gælder fra", "gælder til", "ubekræftet"];

/// The clauses that one kind has of its own. Those that may be repeated end with `*`.
fn own_clauses(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Act => &["udgave*"],
        Kind::Data => &["perioder", "hændelser", "stamdata"],
        Kind::Assessment => &["afgøres af", "revurderes efter"],
        Kind::Parameter => &["værdi*"],
        Kind::Term | Kind::Suspension | Kind::Warning => &["når"],
        Kind::Duty => &[
            "for",
            "regnet fra",
            "frist",
            "opfyldes af*",
            "rettidig i kalenderugen",
            "ved overgang frist",
            "kræver skøn*",
        ],
        Kind::Exemption => &["når", "herefter frist"],
        Kind::Classification => &["i rækkefølge"],
        Kind::Measure => &["tæl", "ud af", "fordelt på", "hver uge", "hver måned"],
        Kind::Transition => &["perioder begyndt før"],
        Kind::Example => &["givet", "så", "kendt pr."],
    }
}

/// The clauses that may begin here: those that the declaration lacks, or may have again.
pub(super) fn beginnings(offers: &mut Offers<'_>, line: &Line<'_>) {
    let Some(kind) = line.kind else {
        return;
    };
    let rules: &[&'static str] = match kind {
        Kind::Act | Kind::Data | Kind::Example => &[],
        _ => &OF_RULES,
    };
    for clause in own_clauses(kind).iter().chain(rules) {
        let word = clause.trim_end_matches('*');
        let again = clause.ends_with('*');
        let forms = keyword::find(word).map_or([word, word], |(it, _)| [it.da, it.en]);
        let stands = |form: &&str| line.others.iter().any(|other| begins(other, form));
        if again || !forms.iter().any(stands) {
            offers.keywords(&[word]);
        }
    }
    snippet::clauses(offers, kind);
}

/// Whether a line begins with a phrase.
fn begins(line: &str, phrase: &str) -> bool {
    line.strip_prefix(phrase)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// After the keyword of a header: what it is attached to.
pub(super) fn header(offers: &mut Offers<'_>, line: &Line<'_>) {
    let (link, wanted) = match line.kind {
        Some(Kind::Exemption) => ("fra", Kind::Duty),
        Some(Kind::Suspension) => ("af", Kind::Duty),
        Some(Kind::Warning) => ("ved", Kind::Duty),
        Some(Kind::Transition) => ("for", Kind::Term),
        _ => return,
    };
    let forms = keyword::find(link).map_or([link, link], |(it, _)| [it.da, it.en]);
    let linked = line.before.iter().any(|word| forms.contains(word));
    if line.ends_with(link) || (linked && line.before.last() == Some(&",")) {
        offers.names(|kind| kind == wanted);
    } else if !linked && 2 <= line.before.len() {
        offers.keywords(&[link]);
    }
}

/// After the first words of a clause.
pub(super) fn continued(offers: &mut Offers<'_>, line: &Line<'_>) {
    if days_and_lengths(offers, line) {
        return;
    }
    if after_basis(line) {
        offers.names(|kind| kind == Kind::Act);
        offers.keywords(&["kilde"]);
        offers.words(["LBK", "BEK", "Lov", "VEJ"]);
    } else if line.before.iter().any(|word| is(word, "hjemmel")) {
        // Within a citation anything may stand, and nothing that could be offered.
    } else if line.ends_with("kræver skøn") {
        offers.names(|kind| kind == Kind::Assessment);
    } else if line.ends_with("fordelt på") {
        offers.names(|kind| matches!(kind, Kind::Data | Kind::Classification));
    } else if let Some(Kind::Data | Kind::Assessment) = line.kind {
        types(offers, line);
    } else if line.kind == Some(Kind::Parameter) {
        if line.ends_with("værdi") {
            offers.keywords(&["ja", "nej"]);
        } else if 2 < line.before.len() {
            offers.keywords(&["gælder fra", "gælder til"]);
        }
    } else {
        condition::condition(offers, line);
    }
}

/// After `hjemmel`, or an act behind it.
pub(super) fn in_citation(line: &Line<'_>) -> bool {
    match line.before.as_slice() {
        [.., before, act] => is(before, "hjemmel") && !is(act, "kilde") || is(act, "hjemmel"),
        [only] => is(only, "hjemmel"),
        [] => false,
    }
}

/// `hjemmel`, and `og` with another act.
fn after_basis(line: &Line<'_>) -> bool {
    line.ends_with("hjemmel")
}

/// Whether a word is a keyword, given in Danish, in either language.
pub(super) fn is(word: &str, danish: &'static str) -> bool {
    keyword::find(danish).is_some_and(|(it, _)| it.da == word || it.en == word)
}

/// After the name of a field, its type; after a table's shape, what it promises.
fn types(offers: &mut Offers<'_>, line: &Line<'_>) {
    let shape = ["perioder", "hændelser", "stamdata"];
    if line
        .before
        .first()
        .is_some_and(|first| shape.iter().any(|it| is(first, it)))
    {
        offers.keywords(&["fuldstændig", "uden overlap"]);
    } else if line.ends_with("er") {
        offers.keywords(&[
            "en af",
            "ja eller nej",
            "tal",
            "dato",
            "fødselsdato",
            "tekst",
        ]);
    } else if line.before.len() == 1 {
        offers.keywords(&["er"]);
    } else if line.before.last() == Some(&",") && line.before.len() < 6 {
        offers.keywords(&["følsom"]);
    }
}

/// Where a day or a length of time stands. Whether anything was to be said.
pub(super) fn days_and_lengths(offers: &mut Offers<'_>, line: &Line<'_>) -> bool {
    let number = |word: &&str| word.chars().all(|c| c.is_ascii_digit());
    match line.before.as_slice() {
        [.., day, "."] if number(day) => months(offers),
        // `4 January`, but a count wants its unit first.
        [.., count] if number(count) => {
            units(offers, count);
            if offers.language == Language::English {
                months(offers);
            }
        }
        _ if LENGTHS.iter().any(|it| line.ends_with(it)) => {
            offers.names(|kind| kind == Kind::Parameter);
            if line.ends_with("derefter") {
                offers.keywords(&["straks"]);
            }
        }
        _ => return false,
    }
    true
}

/// What a length of time follows.
const LENGTHS: [&str; 14] = [
    "frist",
    "herefter frist",
    "ved overgang frist",
    "dog",
    "dog højst",
    "derefter",
    "revurderes efter",
    "i mindst",
    "inden for de seneste",
    "i alt mindst",
    "afbrudt højst",
    "højst",
    "er mindst",
    "er højst",
];

fn months(offers: &mut Offers<'_>) {
    let language = offers.language;
    offers.words(MONTHS.map(|(da, en)| match language {
        Language::Danish => da,
        Language::English => en,
    }));
}

fn units(offers: &mut Offers<'_>, count: &str) {
    let count = count.parse().unwrap_or(2);
    for words in keyword::UNITS {
        let word = keyword::unit_word(words.unit, count, offers.language);
        offers.offer(word, CompletionKind::Keyword, None);
    }
    let of = in_language("af", offers.language);
    offers.offer(of, CompletionKind::Keyword, None);
}
