//! Lengths and values in words.

use crate::model::ParameterValue;
use crate::time::{Length, Unit};
use hjemmel_grammar::diagnostic::Text;

/// `6 måneder`
#[must_use]
pub fn length_words(length: Length) -> Text {
    let words = match (length.unit, length.count) {
        (Unit::Days, 1) => ("dag", "day"),
        (Unit::Days, _) => ("dage", "days"),
        (Unit::Weeks, 1) => ("uge", "week"),
        (Unit::Weeks, _) => ("uger", "weeks"),
        (Unit::Months, 1) => ("måned", "month"),
        (Unit::Months, _) => ("måneder", "months"),
        (Unit::Years, 1) => ("år", "year"),
        (Unit::Years, _) => ("år", "years"),
    };
    let count = length.count;
    Text::new(
        format!("{count} {}", words.0),
        format!("{count} {}", words.1),
    )
}

/// A parameter's value in words; a day as ISO writes it.
#[must_use]
pub fn value_words(value: ParameterValue) -> Text {
    match value {
        ParameterValue::Length(length) => length_words(length),
        ParameterValue::Number(thousandths) => {
            let (whole, part) = (thousandths / 1000, (thousandths % 1000).abs());
            let text = match part {
                0 => whole.to_string(),
                _ => format!("{whole}.{part:03}")
                    .trim_end_matches('0')
                    .to_owned(),
            };
            Text::new(text.replace('.', ","), text)
        }
        ParameterValue::Date(day) => Text::new(day.to_string(), day.to_string()),
        ParameterValue::YesNo(true) => Text::new("ja", "yes"),
        ParameterValue::YesNo(false) => Text::new("nej", "no"),
    }
}
