//! The language that the program speaks, and how it writes days and numbers in it.

use crate::session::Session;
use hjemmel_engine::measure::Counts;
use hjemmel_engine::time::{Day, Period, Truth};
use hjemmel_grammar::diagnostic::{Language, Text};
use hjemmel_grammar::keyword::MONTHS;
use hjemmel_grammar::syntax::Order;

/// The language of the surroundings: English if `LC_ALL` or else `LANG` says so, else Danish.
pub(crate) fn of_locale() -> Language {
    let variables = ["LC_ALL", "LC_MESSAGES", "LANG"];
    let set = variables.into_iter().filter_map(std::env::var_os);
    let first = set
        .map(|value| value.to_string_lossy().into_owned())
        .find(|value| !value.is_empty());
    match first {
        Some(locale) if locale.starts_with("en") => Language::English,
        _ => Language::Danish,
    }
}

/// The language that a word names.
pub(crate) fn named(word: &str) -> Option<Language> {
    match word {
        "da" => Some(Language::Danish),
        "en" => Some(Language::English),
        _ => None,
    }
}

/// A day as people write it: `10. juli 2017`, `10 July 2017`.
pub(crate) fn day(day: Day, language: Language) -> String {
    let iso = day.to_string();
    let mut parts = iso.splitn(3, '-');
    let (Some(year), Some(month), Some(number)) = (parts.next(), parts.next(), parts.next()) else {
        return iso;
    };
    let month = month
        .parse::<usize>()
        .ok()
        .and_then(|month| MONTHS.get(month.checked_sub(1)?));
    let (Some((da, en)), number) = (month, number.trim_start_matches('0')) else {
        return iso;
    };
    match language {
        Language::Danish => format!("{number}. {da} {year}"),
        Language::English => format!("{number} {en} {year}"),
    }
}

/// A day in both languages.
pub(crate) fn day_text(day_: Day) -> Text {
    Text::new(day(day_, Language::Danish), day(day_, Language::English))
}

/// The days of a period: `4. januar 2017 – 9. juli 2017`, open where it reaches the first or the
/// last day that is judged.
pub(crate) fn period(days: Period, language: Language) -> String {
    let open_start = days.start <= Day::FIRST;
    let open_end = Day::END <= days.end;
    let (first, last) = (day(days.start, language), day(days.last(), language));
    let from = Text::new(format!("fra {first}"), format!("from {first}"));
    let to = Text::new(format!("til og med {last}"), format!("until {last}"));
    let always = Text::new("alle dage", "every day");
    match (open_start, open_end) {
        (false, false) if days.start == days.last() => first,
        (false, false) => format!("{first} – {last}"),
        (false, true) => from.get(language).to_owned(),
        (true, false) => to.get(language).to_owned(),
        (true, true) => always.get(language).to_owned(),
    }
}

/// A count with its thousands apart: `12.345`, `12,345`.
pub(crate) fn count(number: u64, language: Language) -> String {
    let separator = match language {
        Language::Danish => '.',
        Language::English => ',',
    };
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len().saturating_mul(2));
    for (i, digit) in digits.chars().enumerate() {
        let left = digits.len().saturating_sub(i);
        if i > 0 && left.is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

/// The share of a measure; a dash where some may or may not be counted, for then it is not known.
pub(crate) fn share_of(counts: Counts, language: Language) -> String {
    if counts.unknown > 0 {
        return "–".to_owned();
    }
    share(counts.counted, counts.out_of, language)
}

/// What a measure is held against, and whether it keeps it: `  grænse under 20 %: overskredet`.
pub(crate) fn limit_of(
    (order, percent): (Order, i64),
    counts: Counts,
    session: &Session,
) -> String {
    let kept = match counts.keeps(order, percent) {
        Some(Truth::Yes) => session.say("overholdt", "kept"),
        Some(Truth::No) => session.say("ikke overholdt", "not kept"),
        Some(Truth::Unknown) => session.say("ukendt", "unknown"),
        None => "–",
    };
    let words = limit_words((order, percent), session.language());
    let limit = session.say("grænse", "limit");
    format!("  {limit} {words}: {kept}")
}

/// What a share is held against: `under 20 %`.
pub(crate) fn limit_words((order, percent): (Order, i64), language: Language) -> String {
    let words = match order {
        Order::AtLeast => Text::new("mindst", "at least"),
        Order::AtMost => Text::new("højst", "at most"),
        Order::Under => Text::new("under", "under"),
        Order::Over => Text::new("over", "over"),
    };
    let sign = Text::new(" %", "%");
    let (words, sign) = (words.get(language), sign.get(language));
    format!("{words} {}{sign}", thousandths(percent, language))
}

/// A number given in thousandths: `1,5`.
pub(crate) fn thousandths(number: i64, language: Language) -> String {
    let (sign, size) = (if number < 0 { "-" } else { "" }, number.unsigned_abs());
    let (whole, rest) = (size / 1000, size % 1000);
    let decimals = format!("{rest:03}");
    let decimals = decimals.trim_end_matches('0');
    let point = match language {
        Language::Danish => ",",
        Language::English => ".",
    };
    if decimals.is_empty() {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}{point}{decimals}")
    }
}

/// A share in per cent with one decimal, rounded half up; a dash where nobody is counted.
fn share(part: u64, whole: u64, language: Language) -> String {
    let (part, whole) = (u128::from(part), u128::from(whole));
    let doubled = part.saturating_mul(2000).saturating_add(whole);
    let Some(thousandths) = doubled.checked_div(whole.saturating_mul(2)) else {
        return "–".to_owned();
    };
    let (percent, tenths) = (thousandths / 10, thousandths % 10);
    match language {
        Language::Danish => format!("{percent},{tenths} %"),
        Language::English => format!("{percent}.{tenths}%"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_in_the_language() {
        assert_eq!(count(1_234_567, Language::Danish), "1.234.567");
        assert_eq!(count(901, Language::English), "901");
        assert_eq!(share(268, 781, Language::Danish), "34,3 %");
        assert_eq!(share(1, 2000, Language::English), "0.1%");
        assert_eq!(share(0, 0, Language::English), "–");
    }

    #[test]
    fn days_read_as_in_the_language() {
        let first = Day::from_ymd(2017, 7, 1).unwrap();
        assert_eq!(day(first, Language::Danish), "1. juli 2017");
        assert_eq!(day(first, Language::English), "1 July 2017");
        let week = Period::inclusive(first, first.plus(6));
        assert_eq!(
            period(week, Language::Danish),
            "1. juli 2017 – 7. juli 2017"
        );
    }
}
