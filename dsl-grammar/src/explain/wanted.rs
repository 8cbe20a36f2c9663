//! Which clause the first words of a text call for.

use crate::diagnostic::nearest;
use crate::grammar::Rule;
use crate::keyword::{self, Group};

/// The rule of each clause keyword (by its Danish form); weekdays are found by `hver`.
const CLAUSES: &[(&str, Rule)] = &[
    ("hjemmel", Rule::basis_clause),
    ("gælder fra", Rule::validity),
    ("gælder til", Rule::validity),
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

/// The rule of the clause whose keyword the text begins with: the longest keyword that fits, else
/// the one that shares the first word.
pub(super) fn clause(text: &str) -> Option<Rule> {
    let words = |phrase: &str| phrase.split(' ').count();
    let fitting = forms().filter(|(form, _)| begins_with(text, form));
    let whole = fitting.max_by_key(|(form, _)| words(form));
    let first = text.split([' ', '\n']).next().unwrap_or("");
    let partial = || forms().find(|(form, _)| form.split(' ').next() == Some(first));
    whole.or_else(partial).map(|(_, rule)| rule)
}

/// The misspelt beginning of a text and the clause keyword it comes near.
pub(super) fn nearest_clause(text: &str) -> Option<(&str, &'static str)> {
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
        let forms = forms()
            .map(|(form, _)| form)
            .filter(|form| form.split(' ').count() == length);
        nearest(word, forms).map(|form| (word, form))
    })
}

fn begins_with(text: &str, form: &str) -> bool {
    text.strip_prefix(form)
        .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
}

/// Both forms of every clause keyword.
fn forms() -> impl Iterator<Item = (&'static str, Rule)> {
    let keywords = keyword::ALL
        .iter()
        .filter(|keyword| keyword.group == Group::Clause);
    keywords.flat_map(|keyword| {
        let rule = CLAUSES
            .iter()
            .find(|(da, _)| *da == keyword.da)
            .map_or(Rule::every, |(_, rule)| *rule);
        [(keyword.da, rule), (keyword.en, rule)]
    })
}
