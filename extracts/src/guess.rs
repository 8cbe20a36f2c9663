//! Which heading or file name was probably meant.

use crate::columns::{Expected, Role, normal};
use crate::kinds;

/// A heading that was chosen for a column.
#[derive(Clone, Debug)]
pub(crate) struct Guess {
    pub(crate) index: usize,
    pub(crate) heading: String,
    /// It is the declared name.
    pub(crate) exact: bool,
}

/// How alike two words must be, from 0 to 1.
const ALIKE: f64 = 0.87;

/// The heading of a column among those that are not taken.
pub(crate) fn heading(column: &Expected, headings: &[String], taken: &[usize]) -> Option<Guess> {
    let free = || {
        let numbered = headings.iter().enumerate();
        numbered.filter(|(index, heading)| !taken.contains(index) && !heading.is_empty())
    };
    let guess = |(index, heading): (usize, &String), exact| Guess {
        index,
        heading: normal(heading),
        exact,
    };
    let exact = |(_, heading): &(usize, &String)| column.headings.contains(&normal(heading));
    if let Some(found) = free().find(exact) {
        return Some(guess(found, true));
    }
    let mut words: Vec<String> = column.headings.iter().map(|word| plain(word)).collect();
    words.extend(synonyms(column.role).iter().map(|word| (*word).to_owned()));
    let best = free()
        .map(|found| (likeness(&plain(found.1), &words), found))
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    best.map(|(_, found)| guess(found, false))
}

/// The file or sheet of a table.
pub(crate) fn file<'a>(table: &str, names: &[&'a str]) -> Option<&'a str> {
    let stem = |name: &str| plain(&kinds::stem(name).to_lowercase());
    let table = plain(table);
    let exact = names.iter().copied().find(|name| stem(name) == table);
    let holds = || {
        names
            .iter()
            .copied()
            .find(|name| stem(name).contains(&table))
    };
    let alike = || {
        let words = [table.clone()];
        names
            .iter()
            .copied()
            .map(|name| (likeness(&stem(name), &words), name))
            .filter(|(likeness, _)| *likeness >= ALIKE)
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, name)| name)
    };
    exact.or_else(holds).or_else(alike)
}

/// What such columns are called in Danish case systems, in plain letters.
fn synonyms(role: Role) -> &'static [&'static str] {
    match role {
        Role::Key => &[
            "cpr",
            "cprnr",
            "cprnummer",
            "cprnogle",
            "personnummer",
            "borger",
            "borgerid",
            "personid",
            "sagsnr",
            "sagsnummer",
            "sagid",
            "nogle",
            "id",
        ],
        Role::From => &[
            "start",
            "startdato",
            "fradato",
            "gyldigfra",
            "begyndelsesdato",
            "periodestart",
            "periodefra",
            "startdate",
        ],
        Role::To => &[
            "slut",
            "slutdato",
            "tildato",
            "gyldigtil",
            "ophorsdato",
            "periodeslut",
            "periodetil",
            "enddate",
        ],
        Role::Date => &["haendelsesdato", "afholdt", "afholdtdato", "modedato"],
        Role::Registered => &[
            "registreringsdato",
            "oprettet",
            "oprettetdato",
            "opdateret",
            "registreretdato",
        ],
        Role::Field(_) => &[],
    }
}

/// How alike a heading is to the nearest of the words.
fn likeness(heading: &str, words: &[String]) -> f64 {
    words
        .iter()
        .map(|word| strsim::jaro_winkler(heading, word))
        .fold(0.0, f64::max)
}

/// Lower case letters and digits, without the Danish ones: `CPR_nøgle` is `cprnogle`.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    for c in normal(text).to_lowercase().chars() {
        match c {
            'æ' => plain.push_str("ae"),
            'ø' => plain.push('o'),
            'å' => plain.push('a'),
            c if c.is_alphanumeric() => plain.push(c),
            _ => {}
        }
    }
    plain
}
