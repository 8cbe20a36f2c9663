//! Which rule of the grammar reads a clause: its first words tell.
//!
//! So every clause is tried once, and a message about it speaks of that clause and no other.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::diagnostic::nearest;
use crate::grammar::Rule;
use crate::keyword::{self, Group};
use crate::syntax::Kind;

/// The rule of each clause keyword (by its Danish form); weekdays are found by `hver`.
const CLAUSES: &[(&str, Rule)] = &[
    ("hjemmel", Rule::basis_clause),
    ("gælder fra", Rule::validity_clause),
    ("gælder til", Rule::validity_clause),
    ("ubekræftet", Rule::unverified),
    ("når", Rule::when),
    ("for", Rule::scope),
    ("regnet fra", Rule::counted_from),
    ("frist", Rule::deadline),
    ("opfyldes af", Rule::fulfilment),
    ("rettidig i kalenderugen", Rule::timely),
    ("ved overgang frist", Rule::on_entry),
    ("kræver skøn", Rule::requires),
    ("herefter frist", Rule::grace),
    ("i rækkefølge", Rule::in_order),
    ("tæl", Rule::tally),
    ("ud af", Rule::out_of),
    ("fordelt på", Rule::split_by),
    ("grænse", Rule::limit),
    ("hver uge", Rule::every),
    ("hver måned", Rule::every),
    ("udgave", Rule::edition),
    ("perioder", Rule::shape),
    ("hændelser", Rule::shape),
    ("stamdata", Rule::shape),
    ("afgøres af", Rule::decided_by),
    ("revurderes efter", Rule::reassessed),
    ("værdi", Rule::value),
    ("perioder begyndt før", Rule::pinned),
    ("givet", Rule::given),
    ("så", Rule::then),
    ("kendt pr.", Rule::known_on),
];

/// The rule that reads a clause of a declaration of that kind. A field or a branch may be called
/// what another clause is called: its second word tells.
pub(crate) fn clause(text: &str, kind: Kind) -> Option<Rule> {
    named(text).or_else(|| keyword(text)).or(match kind {
        Kind::Data | Kind::Assessment => Some(Rule::field),
        Kind::Classification => Some(Rule::branch),
        _ => None,
    })
}

/// A name followed by `er` is a field, a name followed by `når` or `ellers` a branch.
pub(crate) fn named(text: &str) -> Option<Rule> {
    let (name, rest) = text.split_once([' ', '\n'])?;
    let next = match rest.trim_start().strip_prefix('"') {
        Some(title) => title.split_once('"')?.1,
        None => rest,
    };
    let rule = match next.split_ascii_whitespace().next()? {
        "er" | "is" => Rule::field,
        "når" | "when" | "ellers" | "otherwise" => Rule::branch,
        _ => return None,
    };
    keyword::reserved_word(name).is_none().then_some(rule)
}

/// The clause of the longest keyword that the text begins with, else of one that shares its first
/// word.
fn keyword(text: &str) -> Option<Rule> {
    let first = text.split([' ', '\n']).next()?;
    let clauses = FORMS.get(first)?;
    let whole = clauses.iter().filter(|(form, _)| begins_with(text, form));
    whole
        .max_by_key(|(form, _)| form.len())
        .or(clauses.first())
        .map(|(_, rule)| *rule)
}

/// The misspelt beginning of a text and the clause keyword it comes near.
pub(crate) fn nearest_clause(text: &str) -> Option<(&str, &'static str)> {
    let one = text.split([' ', '\n']).next().unwrap_or("");
    let two = text
        .match_indices([' ', '\n'])
        .nth(1)
        .and_then(|(end, _)| text.get(..end))
        .unwrap_or(text);
    // Of words of two letters everything is near.
    let mut words = [two, one]
        .into_iter()
        .filter(|word| 2 < word.chars().count());
    words.find_map(|word| {
        let length = word.split(' ').count();
        let forms = FORMS
            .values()
            .flatten()
            .map(|(form, _)| *form)
            .filter(|form| form.split(' ').count() == length);
        nearest(word, forms).map(|form| (word, form))
    })
}

/// Whether the text begins with the words of a phrase, however many blanks are between them.
fn begins_with(text: &str, form: &str) -> bool {
    let rest = form.split(' ').try_fold(text, |rest, word| {
        rest.trim_start_matches(' ').strip_prefix(word)
    });
    rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
}

/// Both forms of every clause keyword and their rules, by their first words.
static FORMS: LazyLock<BTreeMap<&str, Vec<(&str, Rule)>>> = LazyLock::new(|| {
    let mut forms = BTreeMap::<_, Vec<_>>::new();
    for keyword in keyword::ALL
        .iter()
        .filter(|keyword| keyword.group == Group::Clause)
    {
        let clause = CLAUSES.iter().find(|(da, _)| *da == keyword.da);
        let rule = clause.map_or(Rule::every, |(_, rule)| *rule);
        for form in [keyword.da, keyword.en] {
            let first = form.split(' ').next().unwrap_or(form);
            forms.entry(first).or_default().push((form, rule));
        }
    }
    forms
});
