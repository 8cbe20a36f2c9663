//! Dates as they are written in extracts: one declared format, four-digit years, nothing guessed.

use hjemmel_engine::time::Day;

/// How dates are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Deserialize)]
pub enum DateFormat {
    /// `2017-07-31`
    #[default]
    #[serde(rename = "ÅÅÅÅ-MM-DD", alias = "YYYY-MM-DD")]
    Iso,
    /// `31-07-2017`
    #[serde(rename = "DD-MM-ÅÅÅÅ", alias = "DD-MM-YYYY")]
    Hyphens,
    /// `31.07.2017`
    #[serde(rename = "DD.MM.ÅÅÅÅ", alias = "DD.MM.YYYY")]
    Points,
    /// `31/07/2017`
    #[serde(rename = "DD/MM/ÅÅÅÅ", alias = "DD/MM/YYYY")]
    Slashes,
}

/// A date that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ReadDate {
    /// The date.
    pub(crate) day: Day,
    /// A time of day stood after it and was left out.
    pub(crate) with_time: bool,
}

impl DateFormat {
    /// All, the default first.
    pub const ALL: [Self; 4] = [Self::Iso, Self::Hyphens, Self::Points, Self::Slashes];

    /// As in `udtræk.toml`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Iso => "ÅÅÅÅ-MM-DD",
            Self::Hyphens => "DD-MM-ÅÅÅÅ",
            Self::Points => "DD.MM.ÅÅÅÅ",
            Self::Slashes => "DD/MM/ÅÅÅÅ",
        }
    }

    /// As in English messages.
    #[must_use]
    pub fn english_name(self) -> &'static str {
        match self {
            Self::Iso => "YYYY-MM-DD",
            Self::Hyphens => "DD-MM-YYYY",
            Self::Points => "DD.MM.YYYY",
            Self::Slashes => "DD/MM/YYYY",
        }
    }

    /// The date that stands in `text`, which has been trimmed.
    pub(crate) fn read(self, text: &str) -> Option<ReadDate> {
        let (date, time) = split_time(text);
        if time.is_some_and(|time| !is_time(time)) {
            return None;
        }
        let mut parts = date.split(self.separator());
        let (a, b, c) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() {
            return None;
        }
        let (year, day) = if self == Self::Iso { (a, c) } else { (c, a) };
        let year = i32::try_from(digits(year, 4)?).ok()?;
        let day = Day::from_ymd(year, digits(b, 2)?, digits(day, 2)?)?;
        Some(ReadDate {
            day,
            with_time: time.is_some(),
        })
    }

    /// The date as this format writes it.
    pub(crate) fn write(self, day: Day) -> String {
        let date = day.to_string();
        let mut parts = date.splitn(3, '-');
        match (self, parts.next(), parts.next(), parts.next()) {
            (Self::Iso, ..) | (_, _, _, None) => date,
            (_, year, month, Some(day)) => {
                let (year, month) = (year.unwrap_or_default(), month.unwrap_or_default());
                let separator = self.separator();
                format!("{day}{separator}{month}{separator}{year}")
            }
        }
    }

    fn separator(self) -> char {
        match self {
            Self::Iso | Self::Hyphens => '-',
            Self::Points => '.',
            Self::Slashes => '/',
        }
    }
}

/// The day of a sheet's day number, in the calendar from 1900 or from 1904. Day 60 of the former is
/// 29 February 1900, which never was.
pub(crate) fn of_serial(days: i64, from_1904: bool) -> Option<Day> {
    let epoch = match (from_1904, days) {
        (true, _) => Day::from_ymd(1904, 1, 1),
        (false, 61..) => Day::from_ymd(1899, 12, 30),
        (false, 60) => None,
        (false, _) => Day::from_ymd(1899, 12, 31),
    };
    // Farther than any date that counts, and no farther than a calendar reaches.
    let days = i32::try_from(days)
        .ok()
        .filter(|days| days.abs() < 4_000_000);
    Some(epoch?.plus(days?))
}

/// A number of exactly so many ASCII digits.
fn digits(text: &str, count: usize) -> Option<u32> {
    let all_digits = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    all_digits.then(|| text.parse().ok()).flatten()
}

/// The date and, after a blank or `T`, the time of day.
fn split_time(text: &str) -> (&str, Option<&str>) {
    match text.split_once([' ', 'T']) {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    }
}

/// `00:00`, `13:37:59`, `13:37:59.000`, `13:37:59Z`, `13.37.59`
fn is_time(time: &str) -> bool {
    let shape = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | ',' | 'Z' | '+' | '-');
    let hours = time.get(..2).and_then(|hours| digits(hours, 2));
    let minutes = time.get(3..5).and_then(|minutes| digits(minutes, 2));
    time.chars().all(shape) && hours.is_some_and(|h| h < 24) && minutes.is_some_and(|m| m < 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(format: DateFormat, text: &str) -> String {
        match format.read(text) {
            Some(date) if date.with_time => format!("{} and a time", date.day),
            Some(date) => date.day.to_string(),
            None => "no".to_owned(),
        }
    }

    #[test]
    fn a_date_is_read_by_its_declared_format_alone() {
        for (format, text, expected) in [
            (DateFormat::Iso, "2017-07-31", "2017-07-31"),
            (DateFormat::Hyphens, "31-07-2017", "2017-07-31"),
            (DateFormat::Points, "31.07.2017", "2017-07-31"),
            (DateFormat::Slashes, "31/07/2017", "2017-07-31"),
            (DateFormat::Iso, "31-07-2017", "no"),
            (DateFormat::Hyphens, "2017-07-31", "no"),
            (DateFormat::Hyphens, "31-07-17", "no"),
            (DateFormat::Hyphens, "1-7-2017", "no"),
            (DateFormat::Iso, "2017-02-29", "no"),
            (DateFormat::Iso, "2016-02-29", "2016-02-29"),
            (
                DateFormat::Iso,
                "2017-07-31 00:00:00.000",
                "2017-07-31 and a time",
            ),
            (
                DateFormat::Iso,
                "2017-07-31T23:59:59Z",
                "2017-07-31 and a time",
            ),
            (DateFormat::Iso, "2017-07-31 i går", "no"),
            (DateFormat::Iso, "٢٠١٧-٠٧-٣١", "no"),
            (DateFormat::Iso, "", "no"),
        ] {
            assert_eq!(read(format, text), expected, "{text}");
        }
    }

    #[test]
    fn the_day_that_never_was_is_unknown() {
        let day = |days, from_1904| of_serial(days, from_1904).map(|day| day.to_string());
        assert_eq!(day(59, false).as_deref(), Some("1900-02-28"));
        assert_eq!(day(60, false), None);
        assert_eq!(day(61, false).as_deref(), Some("1900-03-01"));
        assert_eq!(day(42_736, false).as_deref(), Some("2017-01-01"));
        assert_eq!(day(41_274, true).as_deref(), Some("2017-01-01"));
        assert_eq!(day(i64::MAX, false), None);
    }
}
