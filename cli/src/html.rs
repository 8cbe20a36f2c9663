//! What the pages share. Each is one file that needs nothing beside it: no script, no network. How
//! a page is laid out stands in `templates/`.

use hjemmel_grammar::diagnostic::Language;

/// How pages look, on a screen and on paper (A4).
pub(crate) const STYLE: &str = include_str!("../templates/style.css");

/// The code of a language, as a page names it.
pub(crate) fn code(language: Language) -> &'static str {
    match language {
        Language::Danish => "da",
        Language::English => "en",
    }
}
