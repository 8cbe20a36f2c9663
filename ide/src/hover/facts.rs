//! The last lines of a hover: of what type a rule is, and what uses it.

use crate::calls::around;
use crate::occurrence::{Role, Symbol};
use crate::rule_set::{Declared, RuleSet};
use crate::words::pick;
use hjemmel_grammar::diagnostic::Language;
use hjemmel_grammar::keyword::{ALL, Group};
use hjemmel_grammar::span::Site;
use hjemmel_grammar::syntax::{ClauseKind, Kind, Literal};

/// How many users are named.
const MOST: usize = 5;

/// What a rule is on a day, where its kind does not say it all.
pub(super) fn type_of(set: &RuleSet, version: &Declared<'_>, language: Language) -> Option<String> {
    let word = |da, en| pick(language, da, en);
    let declaration = version.declaration;
    let told = match declaration.kind {
        Kind::Term | Kind::Warning | Kind::Exemption | Kind::Suspension => word(
            "betingelse (`ja`, `nej` eller `ukendt` hver dag)",
            "condition (`yes`, `no` or `unknown` every day)",
        )
        .to_owned(),
        Kind::Duty => {
            let states = ALL.iter().filter(|word| word.group == Group::State);
            let count = states.count();
            let of = word("tilstande", "states");
            format!("{} {count} {of}", word("en af", "one of"))
        }
        Kind::Classification => {
            let name = &declaration.name.as_ref()?.text;
            let branches = set.branches(name).into_iter();
            let mut states: Vec<String> = Vec::new();
            for (_, branch) in branches {
                let state = format!("`{}`", branch.state.text);
                if !states.contains(&state) {
                    states.push(state);
                }
            }
            format!("{} {}", word("en af", "one of"), states.join(", "))
        }
        Kind::Parameter => literal(version, language)?.to_owned(),
        _ => return None,
    };
    Some(format!("Type: {told}"))
}

/// What the first value of a parameter is: the others are of its kind.
fn literal(version: &Declared<'_>, language: Language) -> Option<&'static str> {
    let mut clauses = version.declaration.clauses.iter();
    let value = clauses.find_map(|clause| match &clause.kind {
        ClauseKind::Value { value, .. } => Some(value),
        _ => None,
    })?;
    let (da, en) = match value {
        Literal::Number(..) => ("tal", "number"),
        Literal::Date(_) => ("dato", "date"),
        Literal::Length(_) => ("længde af tid", "length of time"),
        Literal::YesNo(..) => ("ja eller nej", "yes or no"),
        Literal::Text(_) => ("tekst", "text"),
        Literal::Name(_) => return None,
    };
    Some(pick(language, da, en))
}

/// The text with a last line that says how often it is used, and by which rules.
pub(super) fn with_uses(set: &RuleSet, symbol: &Symbol, language: Language, text: &str) -> String {
    let sites = set.sites(symbol, Role::Uses);
    let uses = match (language, sites.len()) {
        (Language::Danish, 0) => "Bruges ikke".to_owned(),
        (Language::Danish, 1) => "Brugt 1 sted".to_owned(),
        (Language::Danish, count) => format!("Brugt {count} steder"),
        (Language::English, 0) => "Not used".to_owned(),
        (Language::English, 1) => "Used in 1 place".to_owned(),
        (Language::English, count) => format!("Used in {count} places"),
    };
    let users = users(set, &sites);
    if users.is_empty() {
        return format!("{text}\n\n{uses}");
    }
    format!("{text}\n\n{uses}: {}", users.join(", "))
}

/// The rules that the places lie in, each once; an example has no name.
fn users(set: &RuleSet, sites: &[Site]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for site in sites {
        let name = around(set, *site).and_then(|user| user.name.as_ref());
        let name = name.map(|name| format!("`{}`", name.text));
        let Some(name) = name.filter(|name| !names.contains(name)) else {
            continue;
        };
        if names.len() == MOST {
            names.push("…".to_owned());
            break;
        }
        names.push(name);
    }
    names
}
