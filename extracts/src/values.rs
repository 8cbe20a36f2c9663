//! One cell to one value, by the type of its field and the declared formats.
//!
//! What cannot be read is unknown, and a problem says where; a blank cell is unknown without one.

use crate::dates::ReadDate;
use crate::mapping::Decimal;
use crate::messages::values as messages;
use crate::problem::{CellPlace, Place, Problem};
use crate::record::{Cell, CellValue};
use crate::settings::Settings;
use hjemmel_engine::case::{End, Value};
use hjemmel_engine::model::{Choices, Field, FieldType};
use hjemmel_engine::personal::Personal;
use hjemmel_engine::time::Day;
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization as _;

/// Reads cells of one column of one row; gathers what is said about them.
pub(crate) struct CellReader<'a> {
    pub(crate) settings: &'a Settings<'a>,
    pub(crate) place: CellPlace<'a>,
    pub(crate) problems: &'a mut Vec<Problem>,
}

impl CellReader<'_> {
    pub(crate) fn say(&mut self, problem: impl FnOnce(Place) -> Problem) {
        self.problems.push(problem(self.place.place()));
    }

    /// The value of a field.
    pub(crate) fn field(&mut self, field: &Field, cell: &Cell<'_>) -> Option<Value> {
        if cell.is_blank() {
            return None;
        }
        if matches!(cell.value, CellValue::Error) {
            self.say(messages::error_cell);
            return None;
        }
        match &field.ty {
            FieldType::Choice(choices) => self.choice(field, choices, cell).map(Value::Choice),
            FieldType::YesNo => self.yes_no(field, cell).map(Value::YesNo),
            FieldType::Number => self.number(cell).map(Value::Number),
            FieldType::Date | FieldType::BirthDate => {
                let oldest = Day::from_ymd(1800, 1, 1).unwrap_or(Day::FIRST);
                self.date(cell, oldest).map(Value::Date)
            }
            FieldType::Text => Some(Value::Text(Personal::new(self.text(cell)))),
        }
    }

    fn text(&mut self, cell: &Cell<'_>) -> String {
        let text = cell.shown();
        if crate::hide::doubly_encoded(&text) {
            self.say(messages::twice_encoded);
        }
        text
    }

    /// What the mapping says a code means: `Some(None)` is "tells nothing".
    fn mapped(&self, field: &Field, code: &str) -> Option<Option<String>> {
        let meaning = self.settings.codes.get(&field.name)?.get(code)?;
        let nothing = matches!(meaning.as_str(), "ukendt" | "unknown");
        let declared = match &field.ty {
            FieldType::Choice(choices) => choices.position(meaning).is_some(),
            _ => false,
        };
        Some((declared || !nothing).then(|| meaning.clone()))
    }

    fn choice(&mut self, field: &Field, choices: &Choices, cell: &Cell<'_>) -> Option<usize> {
        let position = |name: &str| choices.position(name);
        let mapped = self.settings.codes.contains_key(&field.name);
        if let Some(found) = cell.text().and_then(position).filter(|_| !mapped) {
            return Some(found);
        }
        let shown = cell.shown();
        let code = composed(&shown);
        if let Some(meaning) = self.mapped(field, &code) {
            return meaning.and_then(|meaning| position(&meaning));
        }
        if let Some(found) = position(&code) {
            return Some(found);
        }
        let lower = code.to_lowercase();
        let mut alike = choices
            .iter()
            .enumerate()
            .filter(|(_, choice)| choice.to_lowercase() == lower);
        if let (Some((found, choice)), None) = (alike.next(), alike.next()) {
            self.say(|place| messages::code_case(place, choice));
            return Some(found);
        }
        self.say(|place| messages::code_unknown(place, &code, choices, field.sensitive));
        None
    }

    fn yes_no(&mut self, field: &Field, cell: &Cell<'_>) -> Option<bool> {
        if let CellValue::Yes(yes) = cell.value {
            return Some(yes);
        }
        let shown = cell.shown();
        let code = composed(&shown);
        let mapped = self.mapped(field, &code);
        if mapped == Some(None) {
            return None;
        }
        let word = mapped.flatten().unwrap_or_else(|| code.to_lowercase());
        match word.as_str() {
            "ja" | "yes" => Some(true),
            "nej" | "no" => Some(false),
            _ => {
                self.say(|place| messages::not_yes_no(place, &code));
                None
            }
        }
    }

    fn number(&mut self, cell: &Cell<'_>) -> Option<i64> {
        let shown = cell.shown();
        let read = match cell.value {
            CellValue::Text(_) => thousandths(&shown, self.settings.decimal),
            CellValue::Number(_) | CellValue::Exact(_) => thousandths(&shown, Some(Decimal::Point)),
            _ => Err(NoNumber::Bad),
        };
        match read {
            Ok(number) => Some(number),
            Err(NoNumber::Ambiguous) => {
                self.say(|place| messages::ambiguous_number(place, &shown));
                None
            }
            Err(NoNumber::Bad) => {
                self.say(|place| messages::not_a_number(place, &shown));
                None
            }
        }
    }

    /// A date no earlier than `oldest`; unknown if blank or unreadable.
    pub(crate) fn date(&mut self, cell: &Cell<'_>, oldest: Day) -> Option<Day> {
        let read = match cell.value {
            CellValue::Text(_) => {
                let text = cell.text().unwrap_or_default();
                if text.is_empty() {
                    return None;
                }
                let read = self.settings.dates.read(text);
                if read.is_none() {
                    let dates = self.settings.dates;
                    self.say(|place| messages::not_a_date(place, text, dates));
                }
                read?
            }
            CellValue::Date { day, with_time } => {
                if day.is_none() {
                    self.say(messages::serial_60);
                }
                ReadDate {
                    day: day?,
                    with_time,
                }
            }
            CellValue::Error => {
                self.say(messages::error_cell);
                return None;
            }
            CellValue::Number(_) | CellValue::Exact(_) | CellValue::Yes(_) => {
                let (shown, dates) = (cell.shown(), self.settings.dates);
                self.say(|place| messages::not_a_date(place, &shown, dates));
                return None;
            }
        };
        if read.day < oldest || Day::END <= read.day {
            let shown = cell.shown();
            self.say(|place| messages::outside_range(place, &shown));
            return None;
        }
        if read.with_time {
            self.say(messages::time_left_out);
        }
        Some(read.day)
    }

    /// The last day of a period. `Err` refuses the extract: what it means has not been agreed.
    pub(crate) fn end(&mut self, cell: &Cell<'_>, table: &str) -> Result<End, Box<Problem>> {
        let text = self.as_written(cell);
        if self.settings.ongoing.iter().any(|end| end.trim() == text) {
            return Ok(End::Ongoing);
        }
        match text.to_lowercase().as_str() {
            "" if cell.is_blank() => {
                return match self.settings.blank_end {
                    Some(end) => Ok(end),
                    None => Err(Box::new(messages::blank_end(self.place.place(), table))),
                };
            }
            "fortsat" | "ongoing" => return Ok(End::Ongoing),
            "ukendt" | "unknown" => return Ok(End::Unknown),
            _ => {}
        }
        let read = self.settings.dates.read(&text).map(|read| read.day);
        if read.is_some_and(is_placeholder) {
            return Err(Box::new(messages::sentinel_end(self.place.place(), table)));
        }
        Ok(self.date(cell, Day::FIRST).map_or(End::Unknown, End::On))
    }

    /// The text of a cell; of a date cell the date in the declared format.
    fn as_written(&self, cell: &Cell<'_>) -> String {
        match cell.value {
            CellValue::Date { day: Some(day), .. } => self.settings.dates.write(day),
            _ => cell.text().unwrap_or_default().to_owned(),
        }
    }
}

/// 31 December 2099 and everything from 2199-12-31 on: nobody knows that far ahead.
pub(crate) fn is_placeholder(day: Day) -> bool {
    day == PLACEHOLDER || Day::END.previous() <= day
}

/// 31 December 2099.
const PLACEHOLDER: Day = Day::from_number(47_481);

/// The text in composed form, as names of the model are.
fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
}

/// Why a text is not a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NoNumber {
    Bad,
    /// It could be read in two ways.
    Ambiguous,
}

/// `1,5` in thousandths.
fn thousandths(text: &str, decimal: Option<Decimal>) -> Result<i64, NoNumber> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let decimal = match decimal {
        Some(decimal) => decimal,
        None => guess_decimal(digits)?,
    };
    let (point, group) = match decimal {
        Decimal::Comma => (',', '.'),
        Decimal::Point => ('.', ','),
    };
    let (whole, fraction) = digits.split_once(point).unwrap_or((digits, "0"));
    let whole = ungrouped(whole, group).ok_or(NoNumber::Bad)?;
    let fraction = fraction.trim_end_matches('0');
    let all_digits = whole
        .chars()
        .chain(fraction.chars())
        .all(|c| c.is_ascii_digit());
    if !all_digits || fraction.len() > 3 || digits.ends_with(point) {
        return Err(NoNumber::Bad);
    }
    let text = format!("{}{whole}{fraction:0<3}", if negative { "-" } else { "" });
    text.parse().map_err(|_| NoNumber::Bad)
}

/// The decimal sign of a number whose file says nothing of it: one sign, and not in front of
/// three digits that could be a group of thousands.
fn guess_decimal(digits: &str) -> Result<Decimal, NoNumber> {
    let mut signs = digits
        .char_indices()
        .filter(|(_, c)| matches!(c, ',' | '.'));
    let (first, second) = (signs.next(), signs.next());
    let Some((at, sign)) = first else {
        return Ok(Decimal::Point);
    };
    let (whole, rest) = digits.split_at(at);
    let could_group = rest.len() == 4 && !whole.is_empty() && !whole.starts_with('0');
    if second.is_some() || could_group {
        return Err(NoNumber::Ambiguous);
    }
    Ok(if sign == ',' {
        Decimal::Comma
    } else {
        Decimal::Point
    })
}

/// The digits of a whole number, whose groups (if it has any) have three digits.
fn ungrouped(whole: &str, group: char) -> Option<String> {
    let mut groups = whole.split(group);
    let first = groups.next().filter(|first| !first.is_empty())?;
    let mut digits = first.to_owned();
    for next in groups {
        if next.len() != 3 || first.len() > 3 {
            return None;
        }
        digits.push_str(next);
    }
    Some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_placeholder_is_the_last_day_of_its_century() {
        assert_eq!(PLACEHOLDER.to_string(), "2099-12-31");
    }

    #[test]
    fn numbers_are_exact_to_a_thousandth_or_not_numbers() {
        let (none, comma, point) = (None, Some(Decimal::Comma), Some(Decimal::Point));
        for (text, decimal, expected) in [
            ("37", none, Ok(37_000)),
            ("1,5", none, Ok(1_500)),
            ("1.5", none, Ok(1_500)),
            ("-0,125", none, Ok(-125)),
            ("1.234", none, Err(NoNumber::Ambiguous)),
            ("1.234,5", none, Err(NoNumber::Ambiguous)),
            ("1.234,5", comma, Ok(1_234_500)),
            ("1,234.5", point, Ok(1_234_500)),
            ("1.234,5", point, Err(NoNumber::Bad)),
            ("1,234.5", comma, Err(NoNumber::Bad)),
            ("12.34,5", comma, Err(NoNumber::Bad)),
            ("1,2345", comma, Err(NoNumber::Bad)),
            ("1,5000", comma, Ok(1_500)),
            ("1,", comma, Err(NoNumber::Bad)),
            (",5", comma, Err(NoNumber::Bad)),
            ("to", none, Err(NoNumber::Bad)),
            ("9223372036854775807", none, Err(NoNumber::Bad)),
        ] {
            assert_eq!(thousandths(text, decimal), expected, "{text}");
        }
    }
}
