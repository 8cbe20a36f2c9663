//! Keys of persons: what may stand in the key column, and what only looks like a key.

use crate::messages::files as messages;
use crate::problem::{CellPlace, Problem};
use crate::record::{Cell, CellValue};
use std::borrow::Cow;

/// A key that was read.
pub(crate) struct Key<'a> {
    pub(crate) text: Cow<'a, str>,
    /// A no-break space stood around it.
    pub(crate) had_no_break_space: bool,
    /// It is a number of nine digits, as a CPR number becomes in a sheet.
    pub(crate) may_lack_zero: bool,
}

/// The key in a cell. A row without one cannot be used, nor left out in silence.
pub(crate) fn read<'a>(cell: &Cell<'a>, place: CellPlace<'_>) -> Result<Key<'a>, Box<Problem>> {
    let text = match (cell.text(), cell.value) {
        (Some(text), _) => Cow::Borrowed(text),
        (None, CellValue::Number(_) | CellValue::Exact(_)) => Cow::Owned(cell.shown()),
        (None, _) => Cow::Borrowed(""),
    };
    if text.is_empty() {
        return Err(Box::new(messages::key_blank(place.place())));
    }
    let is_number = matches!(cell.value, CellValue::Number(_) | CellValue::Exact(_));
    let is_exact = matches!(cell.value, CellValue::Exact(_)) && !text.contains(['.', '-']);
    if is_scientific(&text) || (is_number && !is_exact && !is_whole(&text)) {
        return Err(Box::new(messages::key_number(place.place())));
    }
    let no_break = |c: char| c == '\u{a0}';
    let raw = match cell.value {
        CellValue::Text(raw) => raw.trim_matches(|c: char| c.is_whitespace() && !no_break(c)),
        _ => "",
    };
    Ok(Key {
        may_lack_zero: is_number && text.len() == 9,
        had_no_break_space: raw.starts_with(no_break) || raw.ends_with(no_break),
        text,
    })
}

/// A number that a sheet holds exactly.
fn is_whole(text: &str) -> bool {
    text.len() <= 15 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `1,01E+09`: digits are lost.
fn is_scientific(text: &str) -> bool {
    let Some((number, power)) = text.split_once(['E', 'e']) else {
        return false;
    };
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let Some((whole, fraction)) = number.split_once([',', '.']) else {
        return false;
    };
    let power = power.strip_prefix('+').unwrap_or(power);
    all_digits(whole) && all_digits(fraction) && all_digits(power)
}

/// `I alt`, `Total:`
pub(crate) fn is_sum(cell: &Cell<'_>) -> bool {
    let Some(text) = cell
        .text()
        .filter(|text| text.starts_with(char::is_alphabetic))
    else {
        return false;
    };
    let sums = [
        "i alt",
        "ialt",
        "total",
        "sum",
        "subtotal",
        "hovedtotal",
        "grand total",
    ];
    let words = text.trim_end_matches(':').trim_end();
    sums.iter().any(|sum| words.eq_ignore_ascii_case(sum))
}
