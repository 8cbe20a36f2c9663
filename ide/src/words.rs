//! Words for what the language has, in its two languages.

use hjemmel_grammar::diagnostic::Language;
use hjemmel_grammar::keyword;
use hjemmel_grammar::syntax::Date;

/// One of two wordings.
pub(crate) fn pick<'t>(language: Language, da: &'t str, en: &'t str) -> &'t str {
    match language {
        Language::Danish => da,
        Language::English => en,
    }
}

/// A keyword, given in Danish, in a language.
pub(crate) fn in_language(danish: &'static str, language: Language) -> &'static str {
    keyword::find(danish).map_or(danish, |(word, _)| word.get(language))
}

/// A date as the language writes it: `4. januar 2017`, `4 January 2017`.
pub(crate) fn date(date: Date, language: Language) -> String {
    let month = usize::try_from(date.month).ok();
    let names = month.and_then(|month| keyword::MONTHS.get(month.checked_sub(1)?));
    let (da, en) = names.copied().unwrap_or_default();
    match language {
        Language::Danish => format!("{}. {da} {}", date.day, date.year),
        Language::English => format!("{} {en} {}", date.day, date.year),
    }
}
