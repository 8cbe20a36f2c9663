//! Dates straight from their bytes: a look-up instead of arithmetic.

use crate::dates::DateFormat;
use hjemmel_engine::time::Day;

/// The days of a date format, by year, month and day.
pub(crate) struct PlainDates {
    format: DateFormat,
    /// For each month of the years that count: the day before its first, and how many days it has.
    months: Vec<(i32, u8)>,
}

/// The years that count.
const FIRST_YEAR: u32 = 1900;
const LAST_YEAR: u32 = 2199;
/// How long a date is.
pub(crate) const DATE_LENGTH: usize = 10;

impl PlainDates {
    /// Of that format.
    pub(crate) fn new(format: DateFormat) -> Self {
        let leap = |year: u32| {
            year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
        };
        let february = |year| if leap(year) { 29 } else { 28 };
        let years = FIRST_YEAR..=LAST_YEAR;
        let lengths =
            years.flat_map(|year| [31, february(year), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]);
        let mut before = Day::FIRST.previous().number();
        let months = lengths.map(|length: u8| {
            let month = (before, length);
            before = before.wrapping_add(i32::from(length));
            month
        });
        let months = months.collect();
        Self { format, months }
    }

    /// The date from 1900 to 2199 that `text` begins with.
    #[inline]
    pub(crate) fn read(&self, text: &[u8]) -> Option<Day> {
        let (year, month, day) = match (self.format, text.first_chunk::<DATE_LENGTH>()?) {
            (DateFormat::Iso, &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2])
            | (DateFormat::Hyphens, &[d1, d2, b'-', m1, m2, b'-', y1, y2, y3, y4])
            | (DateFormat::Points, &[d1, d2, b'.', m1, m2, b'.', y1, y2, y3, y4])
            | (DateFormat::Slashes, &[d1, d2, b'/', m1, m2, b'/', y1, y2, y3, y4]) => {
                let century = two(y1, y2)?.wrapping_mul(100);
                (
                    century.wrapping_add(two(y3, y4)?),
                    two(m1, m2)?,
                    two(d1, d2)?,
                )
            }
            _ => return None,
        };
        let month = month.checked_sub(1).filter(|month| *month < 12)?;
        let at = year
            .checked_sub(FIRST_YEAR)?
            .wrapping_mul(12)
            .wrapping_add(month);
        let (before, length) = *self.months.get(at as usize)?;
        let fits = 0 < day && day <= u32::from(length);
        fits.then(|| Day::from_number(before.wrapping_add(day.cast_signed())))
    }
}

/// Two digits.
#[inline]
fn two(ten: u8, one: u8) -> Option<u32> {
    let (ten, one) = (ten.wrapping_sub(b'0'), one.wrapping_sub(b'0'));
    (ten < 10 && one < 10).then(|| u32::from(ten) * 10 + u32::from(one))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_is_the_one_that_the_reader_of_dates_finds() {
        for format in DateFormat::ALL {
            let days = PlainDates::new(format);
            let mut day = Day::FIRST;
            while day < Day::END {
                assert_eq!(days.read(format.write(day).as_bytes()), Some(day));
                day = day.next();
            }
            for text in [
                "2017-02-29",
                "2017-13-01",
                "2017-00-10",
                "1899-12-31",
                "2200-01-01",
                "2017-01-1x",
            ] {
                assert_eq!(days.read(text.as_bytes()), None, "{text}");
            }
        }
    }
}
