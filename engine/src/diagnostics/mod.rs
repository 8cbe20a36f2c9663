//! Every diagnostic about meaning, made by a named function: code, wording in both languages,
//! places, hint. Syntax errors (H01xx) are the grammar's. Each code has a page `H0201.md` in
//! `engine/diagnostics/`, whose examples are executed by the tests.
//!
//! Wording: no full stop in a one-sentence message, the user's words in backticks, the hint says
//! what to do.

pub(crate) mod analysis;
pub(crate) mod examples;
pub(crate) mod law;
pub(crate) mod names;
pub(crate) mod structure;
pub(crate) mod types;
pub(crate) mod versions;

use hjemmel_grammar::diagnostic::Text;
use hjemmel_grammar::syntax::Kind;

/// What a declaration declares, in the indefinite form: "et begreb", "a term".
pub(crate) fn a_kind(kind: Kind) -> Text {
    let (da, en) = match kind {
        Kind::Act => ("en lov", "an act"),
        Kind::Data => ("en tabel", "a table"),
        Kind::Assessment => ("et skøn", "an assessment"),
        Kind::Parameter => ("en parameter", "a parameter"),
        Kind::Term => ("et begreb", "a term"),
        Kind::Duty => ("en pligt", "a duty"),
        Kind::Exemption => ("en fritagelse", "an exemption"),
        Kind::Suspension => ("en udsættelse", "a suspension"),
        Kind::Classification => ("en opdeling", "a classification"),
        Kind::Warning => ("en advarsel", "a warning"),
        Kind::Measure => ("en måling", "a measure"),
        Kind::Transition => ("en overgang", "a transition"),
        Kind::Example => ("et eksempel", "an example"),
    };
    Text::new(da, en)
}

/// "mente du `x`?", where there is a near name.
pub(crate) fn did_you_mean(nearest: &str) -> Text {
    Text::new(
        format!("mente du `{nearest}`?"),
        format!("did you mean `{nearest}`?"),
    )
}

/// Several words in backticks, separated by commas.
pub(crate) fn listed<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    words
        .into_iter()
        .map(|word| format!("`{word}`"))
        .collect::<Vec<_>>()
        .join(", ")
}
