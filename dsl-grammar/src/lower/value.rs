//! Dates, numbers, lengths of time, and the other values.

use super::{Lower, P, find, first};
use crate::diagnostic::Language;
use crate::grammar::Rule;
use crate::keyword;
use crate::syntax::{Date, Length, Literal, Name, Path};
use crate::syntax_errors as errors;

/// The largest whole number of a literal.
const MAX_WHOLE: i64 = 999_999_999_999;
/// The largest count of days, weeks, months or years.
const MAX_COUNT: u32 = 9_999;

/// A date as read, whether the day exists or not.
pub(super) struct Day {
    pub(super) year: u32,
    pub(super) month: u32,
    pub(super) day: u32,
    /// Written with the name of the month.
    pub(super) words: Option<InWords>,
}

/// A date in words.
pub(super) struct InWords {
    /// The language, unless it reads the same in both.
    pub(super) language: Option<Language>,
}

/// What is wrong with the form of a date.
pub(super) enum BadDate {
    /// Not in the order year, month, day, or not a number that a date can have.
    Unreadable,
    /// The year does not have four digits.
    Year,
}

/// Reads `4. januar 2017`, `4 January 2017` or `2017-01-04`.
pub(super) fn read_date(text: &str) -> Result<Day, BadDate> {
    let number = |digits: &str| digits.parse::<u32>().map_err(|_| BadDate::Unreadable);
    if let Some((year, rest)) = text.split_once('-') {
        let (month, day) = rest.split_once('-').ok_or(BadDate::Unreadable)?;
        let [year, month, day] = match [year.len(), month.len(), day.len()] {
            [4, 2, 2] => [number(year)?, number(month)?, number(day)?],
            _ => return Err(BadDate::Unreadable),
        };
        return match (year, month, day) {
            (..1000, _, _) => Err(BadDate::Year),
            (_, 1..=12, 1..) => Ok(Day {
                year,
                month,
                day,
                words: None,
            }),
            _ => Err(BadDate::Unreadable),
        };
    }
    let is_digit = |c: char| c.is_ascii_digit();
    let digits = text.trim_start_matches(is_digit);
    let day = number(text.strip_suffix(digits).unwrap_or(""))?;
    let word = digits
        .trim_start_matches(['.', ' '])
        .trim_end_matches(is_digit)
        .trim_end();
    let (month, language) = keyword::month(word).ok_or(BadDate::Unreadable)?;
    let year = text.rsplit(' ').next().unwrap_or("");
    match (year.len(), number(year)?, day) {
        (4, year @ 1000.., 1..) => {
            let language = language.or(digits.starts_with('.').then_some(Language::Danish));
            Ok(Day {
                year,
                month,
                day,
                words: Some(InWords { language }),
            })
        }
        (_, _, 0) => Err(BadDate::Unreadable),
        _ => Err(BadDate::Year),
    }
}

fn days_in(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(400) || (year.is_multiple_of(4) && !year.is_multiple_of(100)) => {
            29
        }
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl Lower<'_> {
    pub(super) fn date(&mut self, pair: &P<'_>) -> Option<Date> {
        let site = self.site(pair);
        let problem = match read_date(pair.as_str()) {
            Ok(Day {
                year, month, day, ..
            }) if day <= days_in(year, month) => {
                return Some(Date {
                    year: i32::try_from(year).ok()?,
                    month,
                    day,
                    span: site.span,
                });
            }
            Ok(Day { year, month, .. }) => {
                errors::impossible_day(site, year, month, days_in(year, month))
            }
            Err(BadDate::Year) => errors::year_of_four_digits(site),
            Err(BadDate::Unreadable) => errors::unreadable_date(site),
        };
        self.report(problem);
        None
    }

    /// The dates among the parts of a pair, in order; all of them are checked.
    pub(super) fn dates(&mut self, pair: &P<'_>) -> Option<Vec<Date>> {
        let dates = pair
            .clone()
            .into_inner()
            .filter(|part| part.as_rule() == Rule::date);
        let dates: Vec<_> = dates.map(|part| self.date(&part)).collect();
        dates.into_iter().collect()
    }

    pub(super) fn length(&mut self, pair: &P<'_>) -> Option<Length> {
        let inner = first(pair)?;
        match inner.as_rule() {
            Rule::fixed_length => self.fixed_length(&inner),
            _ => Some(Length::Parameter(self.name(&inner))),
        }
    }

    fn fixed_length(&mut self, pair: &P<'_>) -> Option<Length> {
        let count = find(pair, Rule::count)?;
        let unit = keyword::unit(find(pair, Rule::unit)?.as_str())?;
        match count.as_str().parse::<u32>() {
            Ok(count @ 1..=MAX_COUNT) => Some(Length::Fixed {
                count,
                unit,
                span: self.span(pair),
            }),
            _ => {
                let site = self.site(&count);
                self.report(errors::length_out_of_range(site));
                None
            }
        }
    }

    /// A whole number of years, or of bullets.
    pub(super) fn count(&mut self, pair: &P<'_>) -> Option<u32> {
        match pair.as_str().parse::<u32>() {
            Ok(count @ 0..=MAX_COUNT) => Some(count),
            _ => {
                let site = self.site(pair);
                self.report(errors::length_out_of_range(site));
                None
            }
        }
    }

    /// A number in thousandths.
    fn number(&mut self, pair: &P<'_>) -> Option<Literal> {
        let site = self.site(pair);
        let text = pair.as_str();
        let (sign, digits) = text
            .strip_prefix('-')
            .map_or((1, text), |digits| (-1, digits));
        let (whole, decimals) = digits.split_once([',', '.']).unwrap_or((digits, ""));
        if 3 < decimals.len() {
            self.report(errors::too_many_decimals(site));
            return None;
        }
        let Some(whole) = whole
            .parse::<i64>()
            .ok()
            .filter(|whole| *whole <= MAX_WHOLE)
        else {
            self.report(errors::number_too_large(site));
            return None;
        };
        let thousandths = format!("{decimals:0<3}").parse::<i64>().ok()?;
        Some(Literal::Number(
            sign * (whole * 1000 + thousandths),
            site.span,
        ))
    }

    pub(super) fn literal(&mut self, pair: &P<'_>) -> Option<Literal> {
        let inner = first(pair)?;
        match inner.as_rule() {
            Rule::date => self.date(&inner).map(Literal::Date),
            Rule::fixed_length => self.fixed_length(&inner).map(Literal::Length),
            Rule::number => self.number(&inner),
            Rule::k_yes => Some(Literal::YesNo(true, self.span(&inner))),
            Rule::k_no => Some(Literal::YesNo(false, self.span(&inner))),
            Rule::quoted => Some(Literal::Text(self.quoted(&inner))),
            _ => Some(Literal::Name(self.state_or_name(&inner))),
        }
    }

    /// A keyword by its Danish name, in either language; any other name as written.
    pub(super) fn state_or_name(&self, pair: &P<'_>) -> Name {
        let danish = match pair.as_rule() {
            Rule::name => None,
            _ => keyword::find(pair.as_str()).map(|(keyword, _)| keyword.da),
        };
        Name {
            text: danish.unwrap_or(pair.as_str()).to_owned(),
            span: self.span(pair),
        }
    }

    pub(super) fn path(&self, pair: &P<'_>) -> Option<Path> {
        let mut names = self.names(pair.clone()).into_iter();
        Some(Path {
            head: names.next()?,
            field: names.next(),
        })
    }
}
