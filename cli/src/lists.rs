//! Small lists that people keep beside rules and extracts: a line each, semicolons between the
//! fields, the first line names the columns. All that is wrong with one is told at once, each with
//! its place and what to do.

use crate::exit::Failure;
use crate::session::Session;
use crate::{files, input, print};
use csv::{Position, ReaderBuilder};
use hjemmel_engine::time::Day;
use hjemmel_grammar::diagnostic::{Language, nearest};
use std::path::Path;

/// How many mistakes are shown.
const SHOWN: usize = 20;

/// A line of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) file: String,
    pub(crate) line: u64,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// What a kind of list is called, and its columns in their order.
pub(crate) struct Kind<const N: usize> {
    pub(crate) columns: [&'static str; N],
    /// `et register`, `a register`
    pub(crate) one: (&'static str, &'static str),
    /// What to do with one that is too large.
    pub(crate) divide: (&'static str, &'static str),
}

/// A line with its fields, without blanks around them.
pub(crate) struct Line<const N: usize> {
    pub(crate) place: Place,
    pub(crate) fields: [String; N],
}

/// What is wrong, gathered.
#[derive(Debug, Default)]
pub(crate) struct Mistakes(Vec<(Place, Failure)>);

impl Mistakes {
    /// Something wrong at a place, and what to do.
    pub(crate) fn wrong(&mut self, place: &Place, (da, en): (&str, &str), hint: (&str, &str)) {
        let (da, en) = (print::harmless(da), print::harmless(en));
        let mistake = Failure::usage(format!("{place}: {da}"), format!("{place}: {en}"));
        self.0.push((place.clone(), mistake.hint(hint.0, hint.1)));
    }

    /// A name that nothing has, with the nearest of those there are; `otherwise` is what to do
    /// where none is near.
    pub(crate) fn unknown<'n>(
        &mut self,
        place: &Place,
        (da, en): (&str, &str),
        name: &str,
        known: impl Iterator<Item = &'n str>,
        otherwise: (&str, &str),
    ) {
        let (hint_da, hint_en) = match nearest(name, known) {
            Some(near) => (format!("mente du {near}?"), format!("did you mean {near}?")),
            None => (otherwise.0.to_owned(), otherwise.1.to_owned()),
        };
        self.wrong(place, (da, en), (&hint_da, &hint_en));
    }

    /// The day in a field.
    pub(crate) fn day(&mut self, place: &Place, column: &str, text: &str) -> Option<Day> {
        match input::day(&format!("{place}: {column}"), text) {
            Ok(day) => Some(day),
            Err(mistake) => {
                self.0.push((place.clone(), mistake));
                None
            }
        }
    }

    /// The first mistakes in words, a line or two for each, from the top of each file.
    pub(crate) fn render(&self, language: Language) -> String {
        let mut each: Vec<_> = self.0.iter().collect();
        each.sort_by_key(|(place, _)| (&place.file, place.line));
        let each = each.into_iter().take(SHOWN);
        each.map(|(_, mistake)| mistake.render(language)).collect()
    }

    /// Tells the mistakes, if there are any: `what` cannot be used.
    pub(crate) fn refuse(self, session: &Session, (da, en): (&str, &str)) -> Result<(), Failure> {
        let count = self.0.len();
        if count == 0 {
            return Ok(());
        }
        print::err(&self.render(session.language()));
        let (more_da, more_en) = match count.saturating_sub(SHOWN) {
            0 => (String::new(), String::new()),
            more => (
                format!(" ({more} er ikke vist)"),
                format!(" ({more} are not shown)"),
            ),
        };
        let mistakes = crate::check::one(count, "mistake", "mistakes");
        Err(Failure::usage(
            format!("{da} kan ikke bruges: {count} fejl{more_da}"),
            format!("{en} cannot be used: {count} {mistakes}{more_en}"),
        ))
    }
}

/// Whether a text that must name a role or a team looks like an address or a number of a person.
pub(crate) fn looks_like_a_person(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    text.contains('@') || digits >= 8
}

/// The lines of a list.
pub(crate) fn lines<const N: usize>(
    path: &Path,
    bytes: Vec<u8>,
    kind: &Kind<N>,
    mistakes: &mut Mistakes,
) -> Vec<Line<N>> {
    let file = print::path(path);
    let first = Place {
        file: file.clone(),
        line: 1,
    };
    if files::is_cut(&bytes) {
        let wrong = ("filen er større end 1 MiB", "the file is larger than 1 MiB");
        mistakes.wrong(&first, wrong, kind.divide);
        return Vec::new();
    }
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            not_utf8(file, error.as_bytes(), mistakes);
            return Vec::new();
        }
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut reader = ReaderBuilder::new()
        .delimiter(b';')
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    // Text that is UTF-8 and may have any number of fields can always be read.
    let mut records = reader.records().flatten();
    let header = records.next().unwrap_or_default();
    let place = |position: Option<&Position>| Place {
        file: file.clone(),
        line: position.map_or(1, |at| line_at(text, at)),
    };
    if header.iter().ne(kind.columns) {
        wrong_header(&place(header.position()), kind, mistakes);
    }
    let mut found = Vec::new();
    for record in records {
        let place = place(record.position());
        let fields: Vec<String> = record.iter().map(|it| it.trim().to_owned()).collect();
        match <[String; N]>::try_from(fields) {
            Ok(fields) => found.push(Line { place, fields }),
            Err(fields) => wrong_width(&place, fields.len(), kind, mistakes),
        }
    }
    found
}

fn not_utf8(file: String, bytes: &[u8], mistakes: &mut Mistakes) {
    let valid = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    let before = bytes.iter().take(valid).filter(|byte| **byte == b'\n');
    let line = u64::try_from(before.count()).map_or(1, |lines| lines.saturating_add(1));
    mistakes.wrong(
        &Place { file, line },
        ("er ikke UTF-8", "is not UTF-8"),
        ("gem filen som UTF-8", "save the file as UTF-8"),
    );
}

fn wrong_header<const N: usize>(place: &Place, kind: &Kind<N>, mistakes: &mut Mistakes) {
    let header = kind.columns.join(";");
    let (da, en) = kind.one;
    mistakes.wrong(
        place,
        (
            &format!("første linje er ikke {da}s"),
            &format!("the first line is not that of {en}"),
        ),
        (
            &format!("skriv {header} (semikolon mellem felterne)"),
            &format!("write {header} (semicolons between the fields)"),
        ),
    );
}

fn wrong_width<const N: usize>(
    place: &Place,
    count: usize,
    kind: &Kind<N>,
    mistakes: &mut Mistakes,
) {
    let header = kind.columns.join(";");
    mistakes.wrong(
        place,
        (
            &format!("linjen har {count} felter og skal have {N}"),
            &format!("the line has {count} fields and must have {N}"),
        ),
        (
            &format!("skriv {header}; en tekst med semikolon sættes i anførselstegn"),
            &format!("write {header}; a text with a semicolon is put into quotation marks"),
        ),
    );
}

/// The line of a record; the position is that of the blank lines before it, if there are any.
fn line_at(text: &str, position: &Position) -> u64 {
    let at = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let rest = text.get(at..).unwrap_or_default().chars();
    let blank = rest.take_while(|c| matches!(c, '\n' | '\r'));
    let blank = blank.filter(|c| *c == '\n').count();
    let blank = u64::try_from(blank).unwrap_or(u64::MAX);
    position.line().saturating_add(blank)
}
