//! The columns as an extract (a CSV file for each table), and back by a hand-written reader.

use crate::calendar::{ONGOING, day};
use crate::columns::{ACTIVITIES, BENEFITS, Columns, GROUNDS, Rows, STATUSES};
use hjemmel_engine::time::Day;
use std::io;
use std::path::Path;

/// `udtræk.toml`: the columns have English names, and a blank last day is ongoing.
const DESCRIPTION: &str = "\
blank_slutdato = \"fortsat\"
separator = \",\"

[tabel.persons]
kolonner = { sag = \"case_id\" }

[tabel.benefit_periods]
kolonner = { sag = \"case_id\", fra = \"from\", til = \"to\" }

[tabel.status_periods]
kolonner = { sag = \"case_id\", fra = \"from\", til = \"to\" }

[tabel.activities]
kolonner = { sag = \"case_id\", fra = \"from\", til = \"to\" }

[tabel.exemptions]
kolonner = { sag = \"case_id\", fra = \"from\", til = \"to\" }
";

/// Lines of words between commas, as bytes.
#[derive(Debug, Default)]
pub struct Text(Vec<u8>);

impl Text {
    /// Adds a word.
    pub fn word(&mut self, word: &str) -> &mut Self {
        self.0.extend_from_slice(word.as_bytes());
        self.0.push(b',');
        self
    }

    /// Adds a day as ISO 8601; nothing for one that is ongoing.
    pub fn day(&mut self, day: i32) -> &mut Self {
        if day < ONGOING {
            self.word(&Day::from_number(day).to_string())
        } else {
            self.word("")
        }
    }

    /// Ends the line.
    pub fn end(&mut self) {
        if let Some(last) = self.0.last_mut() {
            *last = b'\n';
        }
    }

    /// All lines.
    #[must_use]
    pub fn bytes(self) -> Vec<u8> {
        self.0
    }
}

/// The key of a case: its order is that of its number.
#[must_use]
pub fn case_id(case: usize) -> String {
    format!("C{case:07}")
}

/// Writes the five files and `udtræk.toml`.
///
/// # Errors
///
/// A file that cannot be written.
pub fn write(columns: &Columns, folder: &Path) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let put = |name: &str, bytes: Vec<u8>| std::fs::write(folder.join(name), bytes);
    put("udtræk.toml", DESCRIPTION.into())?;
    put("persons.csv", persons(columns))?;
    let rows = |field, words: &[&str], rows| periods(field, words, rows, None);
    let benefits = rows("benefit", &BENEFITS, &columns.benefits);
    put("benefit_periods.csv", benefits)?;
    let statuses = rows("status", &STATUSES, &columns.statuses);
    put("status_periods.csv", statuses)?;
    let activities = periods(
        "kind",
        &ACTIVITIES,
        &columns.activities,
        Some(&columns.hours),
    );
    put("activities.csv", activities)?;
    put(
        "exemptions.csv",
        rows("ground", &GROUNDS, &columns.exemptions),
    )
}

fn persons(columns: &Columns) -> Vec<u8> {
    let mut text = Text::default();
    text.word("case_id")
        .word("birth_date")
        .word("municipality")
        .end();
    let people = columns.births.iter().zip(&columns.municipalities);
    for (case, (birth, municipality)) in people.enumerate() {
        text.word(&case_id(case))
            .day(*birth)
            .word(&municipality.to_string())
            .end();
    }
    text.bytes()
}

fn periods(field: &str, words: &[&str], rows: &Rows, hours: Option<&[u8]>) -> Vec<u8> {
    let mut text = Text::default();
    text.word("case_id").word(field).word("from").word("to");
    if hours.is_some() {
        text.word("hours_per_week");
    }
    text.end();
    let mut hours = hours.map(|hours| hours.iter());
    for case in 0..rows.offsets.len().saturating_sub(1) {
        let id = case_id(case);
        for (start, end, kind) in rows.of(case).iter() {
            let word = words.get(usize::from(kind)).copied().unwrap_or("?");
            text.word(&id).word(word).day(start).day(end);
            if let Some(hours) = hours.as_mut().and_then(Iterator::next) {
                text.word(&hours.to_string());
            }
            text.end();
        }
    }
    text.bytes()
}

/// Reads what [`write()`] has written, and trusts it.
///
/// # Errors
///
/// A file that cannot be read, or a line that has not been written so.
pub fn read(folder: &Path) -> io::Result<Columns> {
    let mut columns = Columns::default();
    each_line(&folder.join("persons.csv"), |_, birth, municipality, _| {
        columns.births.push(date(birth)?);
        let municipality = std::str::from_utf8(municipality).ok()?;
        columns.municipalities.push(municipality.parse().ok()?);
        Some(())
    })?;
    let cases = columns.births.len();
    let of = |name: &str, words: &[&str]| rows(&folder.join(name), words, cases, |_| Some(()));
    columns.benefits = of("benefit_periods.csv", &BENEFITS)?;
    columns.statuses = of("status_periods.csv", &STATUSES)?;
    columns.exemptions = of("exemptions.csv", &GROUNDS)?;
    let hours = &mut columns.hours;
    let path = folder.join("activities.csv");
    columns.activities = rows(&path, &ACTIVITIES, cases, |word| {
        hours.push(std::str::from_utf8(word).ok()?.parse().ok()?);
        Some(())
    })?;
    Ok(columns)
}

/// One table of periods, sorted by case.
fn rows(
    path: &Path,
    words: &[&str],
    cases: usize,
    mut rest: impl FnMut(&[u8]) -> Option<()>,
) -> io::Result<Rows> {
    let mut rows = Rows::default();
    each_line(path, |case, word, from, to_and_rest| {
        while rows.offsets.len() <= case {
            rows.end_case();
        }
        let mut cells = to_and_rest.splitn(2, |byte| *byte == b',');
        let to = cells.next()?;
        let end = if to.is_empty() { ONGOING } else { date(to)? };
        let kind = words.iter().position(|it| it.as_bytes() == word)?;
        rows.push(date(from)?, end, u8::try_from(kind).ok()?);
        cells.next().map_or(Some(()), &mut rest)
    })?;
    while rows.offsets.len() <= cases {
        rows.end_case();
    }
    Ok(rows)
}

/// Calls with the case and the next three cells of every line but the first; the last of them holds
/// all that follows.
fn each_line(
    path: &Path,
    mut visit: impl FnMut(usize, &[u8], &[u8], &[u8]) -> Option<()>,
) -> io::Result<()> {
    let bytes = std::fs::read(path)?;
    for line in bytes.split(|byte| *byte == b'\n').skip(1) {
        if !line.is_empty() {
            let mut cells = line.splitn(4, |byte| *byte == b',');
            let mut visit_line = || {
                let case = cells.next()?.strip_prefix(b"C")?;
                let (one, two) = (cells.next()?, cells.next()?);
                visit(number(case)?, one, two, cells.next().unwrap_or_default())
            };
            visit_line().ok_or_else(|| io::Error::other(format!("{}", path.display())))?;
        }
    }
    Ok(())
}

fn number(digits: &[u8]) -> Option<usize> {
    digits.iter().try_fold(0_usize, |number, digit| {
        let digit = digit.is_ascii_digit().then(|| digit - b'0')?;
        Some(number * 10 + usize::from(digit))
    })
}

/// `2017-07-31`
fn date(text: &[u8]) -> Option<i32> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text else {
        return None;
    };
    let value = |digits: &[u8]| i32::try_from(number(digits)?).ok();
    let (year, month) = (value(&[y1, y2, y3, y4])?, value(&[m1, m2])?);
    Some(day(year, month, value(&[d1, d2])?))
}

#[cfg(test)]
mod tests {
    use super::{read, write};
    use crate::generate::generate;

    #[test]
    fn what_is_written_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let columns = generate(300, 3);
        write(&columns, folder.path()).unwrap();
        assert_eq!(read(folder.path()).unwrap(), columns);
    }
}
