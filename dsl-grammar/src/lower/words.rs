//! The words of a file that differ between the languages, each with both its forms.

use std::borrow::Cow;

use pest::iterators::Pairs;

use super::value::{Day, read_date};
use super::{Lower, P};
use crate::diagnostic::Language;
use crate::grammar::Rule;
use crate::keyword;
use crate::span::Span;

/// A keyword, a unit, a date or a number with decimals, as it should be written in each language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where.
    pub span: Span,
    /// In Danish.
    pub da: Cow<'static, str>,
    /// In English.
    pub en: Cow<'static, str>,
    /// The language it is written in, unless it reads the same in both.
    pub language: Option<Language>,
}

impl Word {
    /// The form in `language`.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Danish => &self.da,
            Language::English => &self.en,
        }
    }
}

impl Lower<'_> {
    pub(super) fn collect_words(&mut self, pairs: &Pairs<'_, Rule>) {
        let mut count = 0;
        for pair in pairs.clone().flatten() {
            let word = match pair.as_rule() {
                Rule::count => {
                    count = pair.as_str().parse().unwrap_or(0);
                    None
                }
                Rule::unit => self.unit_word(&pair, count),
                Rule::date => self.date_word(&pair),
                Rule::number => self.number_word(&pair),
                rule if is_keyword(rule) => self.keyword(&pair),
                _ => None,
            };
            self.words.extend(word);
        }
    }

    fn keyword(&self, pair: &P<'_>) -> Option<Word> {
        let (keyword, language) = keyword::find(pair.as_str())?;
        let span = self.span(pair);
        Some(Word {
            span,
            da: keyword.da.into(),
            en: keyword.en.into(),
            language,
        })
    }

    fn unit_word(&self, pair: &P<'_>, count: u32) -> Option<Word> {
        let unit = keyword::unit(pair.as_str())?;
        let [da, en] =
            [Language::Danish, Language::English].map(|l| keyword::unit_word(unit, count, l));
        let danish = keyword::UNITS
            .iter()
            .any(|w| [w.da.0, w.da.1].contains(&pair.as_str()));
        let language = if danish {
            Language::Danish
        } else {
            Language::English
        };
        Some(Word {
            span: self.span(pair),
            da: da.into(),
            en: en.into(),
            language: Some(language),
        })
    }

    fn date_word(&self, pair: &P<'_>) -> Option<Word> {
        let Ok(Day {
            year,
            month,
            day,
            words: Some(words),
        }) = read_date(pair.as_str())
        else {
            return None;
        };
        let (da, en) = keyword::MONTHS.get(usize::try_from(month).ok()?.checked_sub(1)?)?;
        Some(Word {
            span: self.span(pair),
            da: format!("{day}. {da} {year}").into(),
            en: format!("{day} {en} {year}").into(),
            language: words.language,
        })
    }

    fn number_word(&self, pair: &P<'_>) -> Option<Word> {
        let text = pair.as_str();
        let comma = text.contains(',');
        (comma || text.contains('.')).then(|| Word {
            span: self.span(pair),
            da: text.replace('.', ",").into(),
            en: text.replace(',', ".").into(),
            language: Some(if comma {
                Language::Danish
            } else {
                Language::English
            }),
        })
    }
}

/// The grammar lists the keywords side by side, first `lov` and last the states.
pub(crate) fn is_keyword(rule: Rule) -> bool {
    (Rule::k_act..=Rule::k_state).contains(&rule)
}
