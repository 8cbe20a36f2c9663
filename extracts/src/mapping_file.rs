//! Reading `udtræk.toml`, and checking it against the declared tables.

use crate::kinds::Kind;
use crate::mapping::{Complete, KEYS, Mapping, TableMapping};
use crate::messages::mapping as messages;
use crate::messages::weeks as week_messages;
use crate::problem::{Place, Problem};
use crate::weeks;
use hjemmel_engine::model::{FieldId, FieldType, Model, Table, TableId};
use hjemmel_engine::time::{Day, Period};
use hjemmel_grammar::syntax::Shape;

/// The names of the columns that are always there.
const STANDARD: [&str; 10] = [
    "sag",
    "fra",
    "til",
    "dato",
    "registreret",
    "case",
    "from",
    "to",
    "date",
    "registered",
];

/// What the text says, or everything that is wrong with it.
pub(crate) fn parse(text: &str, file: &str, model: &Model) -> Result<Mapping, Vec<Problem>> {
    let quoted = quote_keys(text);
    match toml::from_str::<Mapping>(&quoted) {
        Ok(mapping) => {
            let problems = Checker { text, file, model }.check(&mapping);
            if problems.is_empty() {
                Ok(mapping)
            } else {
                Err(problems)
            }
        }
        Err(error) => Err(vec![syntax_problem(&quoted, file, &error, KEYS)]),
    }
}

/// The field that a column of a worklist shows: `tabel.felt`. What is sensitive is shown nowhere.
pub(crate) fn worklist_column(
    model: &Model,
    name: &str,
) -> Result<(TableId, FieldId), impl FnOnce(Place) -> Problem + use<>> {
    let found = name.split_once('.').and_then(|(table, field)| {
        let (id, table) = model.table_named(table.trim())?;
        let (field_id, field) = table.field_named(field.trim())?;
        Some(((id, field_id), field.sensitive))
    });
    if let Some((found, false)) = found {
        return Ok(found);
    }
    let sensitive = found.is_some();
    let fields = model.tables.iter().flat_map(|table| {
        let open = table.fields.iter().filter(|field| !field.sensitive);
        open.map(|field| format!("{}.{}", table.name, field.name))
    });
    let (name, known): (String, Vec<String>) = (name.to_owned(), fields.collect());
    Err(move |place| {
        if sensitive {
            return messages::sensitive_column(place, &name);
        }
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        messages::unknown_name(place, &name, &known)
    })
}

/// The text with quotes around every bare key that has a letter beyond ASCII.
///
/// TOML wants them; nobody who writes `udtræksdato` does. Outside texts and comments such a letter
/// can stand in a key only, so nothing else changes.
pub(crate) fn quote_keys(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '#' => rest.find('\n').unwrap_or(rest.len()),
            '"' | '\'' => string_length(rest, c),
            _ if is_bare(c) => rest.find(|c| !is_bare(c)).unwrap_or(rest.len()),
            _ => c.len_utf8(),
        };
        let (token, after) = rest.split_at(length);
        if is_bare(c) && !token.is_ascii() {
            out.extend(["\"", token, "\""]);
        } else {
            out.push_str(token);
        }
        rest = after;
    }
    out
}

fn is_bare(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-') || (!c.is_ascii() && !c.is_whitespace())
}

/// The length of a text in (three) quotes; to its line's end if it is not closed.
fn string_length(rest: &str, quote: char) -> usize {
    let three: String = [quote; 3].iter().collect();
    let (open, closing) = if rest.starts_with(&three) {
        (3, three.as_str())
    } else {
        (1, three.get(..1).unwrap_or_default())
    };
    let mut at: usize = open;
    loop {
        let tail = rest.get(at..).unwrap_or_default();
        let Some(c) = tail.chars().next() else {
            return rest.len();
        };
        if tail.starts_with(closing) {
            return at.saturating_add(open);
        }
        if c == '\n' && open == 1 {
            return at;
        }
        let escape = c == '\\' && quote == '"';
        let escaped = tail.chars().nth(1).filter(|_| escape);
        at = at.saturating_add(c.len_utf8());
        at = at.saturating_add(escaped.map_or(0, char::len_utf8));
    }
}

/// What is wrong with a text that cannot be read. `keys` are those that may stand in it.
pub(crate) fn syntax_problem<'k>(
    text: &str,
    file: &str,
    error: &toml::de::Error,
    keys: impl IntoIterator<Item = &'k str>,
) -> Problem {
    let span = error.span().unwrap_or(0..0);
    let before = text.get(..span.start).unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |at| at.saturating_add(1));
    let on_line = before.get(line_start..).unwrap_or_default();
    let column = on_line
        .chars()
        .count()
        .saturating_sub(quotes_added(on_line));
    let number = |count: usize| u32::try_from(count.saturating_add(1)).unwrap_or(u32::MAX);
    let place = Place::at(file, number(before.matches('\n').count()), number(column));
    if error.message().starts_with("unknown field") {
        let key = error.message().split('`').nth(1).unwrap_or_default();
        return messages::unknown_key(place, key, keys);
    }
    if error.message() == crate::mapping::NO_DATE {
        return messages::not_a_date(place);
    }
    if error.message().starts_with("unknown variant") {
        let mut words = error.message().split('`').skip(1).step_by(2);
        let value = words.next().unwrap_or_default();
        return messages::unknown_value(place, value, &words.collect::<Vec<_>>());
    }
    let detail = error.message().lines().next().unwrap_or_default();
    messages::syntax(place, detail)
}

/// How many quotes [`quote_keys`] put into a stretch of a line: those around keys beyond ASCII.
fn quotes_added(stretch: &str) -> usize {
    let keys = stretch.split('"').skip(1).step_by(2);
    let added = keys.filter(|key| !key.is_ascii() && key.chars().all(is_bare));
    added.count().saturating_mul(2)
}

/// Checks names and values of a mapping against the model.
struct Checker<'a> {
    text: &'a str,
    file: &'a str,
    model: &'a Model,
}

impl Checker<'_> {
    fn check(&self, mapping: &Mapping) -> Vec<Problem> {
        let mut problems = Vec::new();
        let odd = |separator: &char| {
            !separator.is_ascii() || separator.is_alphanumeric() || *separator == '"'
        };
        let separators = mapping.tables.values().map(|table| table.separator);
        if separators
            .chain([mapping.separator])
            .flatten()
            .any(|c| odd(&c))
        {
            problems.push(messages::bad_separator(self.place("", "separator")));
        }
        for (name, own) in &mapping.tables {
            match self.model.table_named(name) {
                Some((_, table)) => self.table(table, own, &mut problems),
                None => {
                    let tables = self.model.tables.iter().map(|table| table.name.as_str());
                    let place = self.place(name, "");
                    problems.push(messages::unknown_name(
                        place,
                        name,
                        &tables.collect::<Vec<_>>(),
                    ));
                }
            }
        }
        for name in &mapping.worklist.columns {
            if let Err(problem) = worklist_column(self.model, name) {
                problems.push(problem(self.place("", name)));
            }
        }
        problems
    }

    fn table(&self, table: &Table, own: &TableMapping, problems: &mut Vec<Problem>) {
        let fields: Vec<&str> = table
            .fields
            .iter()
            .map(|field| field.name.as_str())
            .collect();
        let mut known = fields.clone();
        known.extend(STANDARD);
        for name in own
            .columns
            .keys()
            .filter(|name| !known.contains(&name.as_str()))
        {
            let place = self.place(&table.name, name);
            problems.push(messages::unknown_name(place, name, &known));
        }
        for name in own
            .absent
            .iter()
            .filter(|name| !fields.contains(&name.as_str()))
        {
            let place = self.place(&table.name, name);
            problems.push(messages::unknown_name(place, name, &fields));
        }
        for (name, codes) in &own.codes {
            match table.field_named(name) {
                Some((_, field)) => {
                    let meanings: Vec<&str> = codes.values().map(String::as_str).collect();
                    self.codes(table, name, &field.ty, &meanings, problems);
                }
                None => {
                    let place = self.place(&table.name, &format!("koder.{name}"));
                    problems.push(messages::unknown_name(place, name, &fields));
                }
            }
        }
        let is_path = |file: &String| file.contains(['/', '\\']) || file == ".." || file.is_empty();
        if own.file.as_ref().is_some_and(is_path) {
            problems.push(messages::bad_file(self.place(&table.name, "fil")));
        }
        self.weeks(table, own, problems);
        if own.header_row == Some(0) {
            problems.push(messages::bad_header_row(
                self.place(&table.name, "header_row"),
            ));
        }
        if let Some(Complete::Span(span)) = own.complete {
            let from = span.from.unwrap_or(Day::FIRST);
            let to = span.to.unwrap_or(Day::END.previous());
            if Period::inclusive(from, to).is_empty() {
                problems.push(messages::bad_bounds(self.place(&table.name, "fuldstændig")));
            }
        }
    }

    fn weeks(&self, table: &Table, own: &TableMapping, problems: &mut Vec<Problem>) {
        let Some(mapping) = &own.weeks else {
            return;
        };
        let place = || self.place(&table.name, "uger");
        if weeks::Pattern::parse(&mapping.columns).is_none() {
            problems.push(week_messages::pattern(place()));
        }
        if table.shape != Shape::Periods || table.assessment {
            problems.push(week_messages::not_periods(place()));
        }
        let is_csv = |file: &String| Kind::of(file) == Some(Kind::Text);
        if own.file.as_ref().is_some_and(|file| !is_csv(file)) || !is_csv(&mapping.codes) {
            problems.push(week_messages::not_csv(place()));
        }
    }

    fn codes(
        &self,
        table: &Table,
        field: &str,
        ty: &FieldType,
        meanings: &[&str],
        problems: &mut Vec<Problem>,
    ) {
        let choices: Vec<&str> = match ty {
            FieldType::Choice(choices) => choices.iter().map(String::as_str).collect(),
            FieldType::YesNo => vec!["ja", "nej", "yes", "no"],
            _ => {
                let place = self.place(&table.name, field);
                problems.push(messages::no_codes(place, field));
                return;
            }
        };
        let nothing = ["ukendt", "unknown"];
        for meaning in meanings {
            if !choices.contains(meaning) && !nothing.contains(meaning) {
                let place = self.place(&table.name, meaning);
                problems.push(messages::unknown_name(place, meaning, &choices));
            }
        }
    }

    /// The first line that holds `word`, below the heading of the table.
    fn place(&self, table: &str, word: &str) -> Place {
        let numbered = || self.text.lines().zip(1_u32..);
        let heading = format!("[tabel.{table}");
        let start = match table {
            "" => 1,
            _ => numbered()
                .find(|(line, _)| line.replace(['"', ' '], "").contains(&heading))
                .map_or(1, |(_, number)| number),
        };
        let found = numbered().find(|(line, number)| *number >= start && line.contains(word));
        let (column, line) = match found {
            Some((line, number)) => {
                let before = line.split(word).next().unwrap_or_default();
                (before.chars().count(), number)
            }
            None => (0, start),
        };
        let column = if word.is_empty() { 0 } else { column };
        let column = u32::try_from(column.saturating_add(1)).unwrap_or(u32::MAX);
        Place::at(self.file, line, column)
    }
}
