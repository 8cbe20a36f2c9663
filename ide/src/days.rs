//! Days, runs of days, states and citations in the words of a rule file.

use crate::words::{date, in_language, pick};
use hjemmel_engine::model::{Basis, BasisKind, DayExpectation, Expectation, Expected};
use hjemmel_engine::outcome::{Due, State, StateRun};
use hjemmel_engine::time::{Day, Period};
use hjemmel_grammar::diagnostic::Language;
use hjemmel_grammar::keyword;
use hjemmel_grammar::span::Span;
use hjemmel_grammar::syntax::Date;

/// The day that a text names as `2017-07-01`, if it can be judged.
pub(crate) fn parsed(text: &str) -> Option<Day> {
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let digits = |part: &str, width: usize| {
        part.len() == width && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !digits(year, 4) || !digits(month, 2) || !digits(day, 2) {
        return None;
    }
    let day = Day::from_ymd(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
    Period::ALL.contains(day).then_some(day)
}

/// The day of a date in a rule file.
pub(crate) fn of_date(date: Date) -> Option<Day> {
    Day::from_ymd(date.year, date.month, date.day)
}

/// A day as a rule file writes it: `10. juli 2017`, `10 July 2017`.
pub(crate) fn day_words(day: Day, language: Language) -> String {
    let iso = day.to_string();
    let mut parts = iso.splitn(3, '-');
    let mut next = || parts.next().and_then(|part| part.parse::<u32>().ok());
    let (Some(year), Some(month), Some(number)) = (next(), next(), next()) else {
        return iso;
    };
    let written = Date {
        year: i32::try_from(year).unwrap_or(0),
        month,
        day: number,
        span: Span::default(),
    };
    date(written, language)
}

/// A sentence with its ISO dates written out.
pub(crate) fn dated(text: &str, language: Language) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let inside = out.chars().next_back().is_some_and(|c| c.is_ascii_digit());
        let head = rest
            .split_at_checked(10)
            .filter(|(_, after)| !inside && !after.starts_with(|c: char| c.is_ascii_digit()));
        if let Some((day, after)) = head.and_then(|(head, after)| Some((parsed(head)?, after))) {
            out += &day_words(day, language);
            rest = after;
        } else {
            out.push(c);
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
        }
    }
    out
}

/// The days of a run: `fra … til og med …`, `den …`; open where they are.
pub(crate) fn days_words(days: Period, language: Language) -> String {
    let from = (Period::ALL.start < days.start).then_some(days.start);
    let to = (days.end < Period::ALL.end).then(|| days.last());
    let word = |danish| in_language(danish, language);
    match (from, to) {
        (Some(from), Some(to)) if from == to => {
            format!("{} {}", word("den"), day_words(from, language))
        }
        (None, None) => pick(language, "alle dage", "on all days").to_owned(),
        _ => {
            let from = from.map(|day| format!("{} {}", word("fra"), day_words(day, language)));
            let to = to.map(|day| format!("{} {}", word("til og med"), day_words(day, language)));
            let both: Vec<String> = from.into_iter().chain(to).collect();
            both.join(" ")
        }
    }
}

/// A state in the language of a file; the names of branches are never translated.
pub(crate) fn state_words(state: &str, language: Language) -> String {
    match (language, state) {
        (Language::English, "ja") => "yes".to_owned(),
        (Language::English, "nej") => "no".to_owned(),
        _ => keyword::state(state)
            .map_or_else(|| state.to_owned(), |word| word.get(language).to_owned()),
    }
}

/// The state of a run.
pub(crate) fn run_state(state: &State, language: Language) -> String {
    state_words(state.name(), language)
}

/// The last timely day; two days if something unknown can move it.
pub(crate) fn due_words(due: Due, language: Language) -> String {
    let earliest = day_words(due.earliest, language);
    match due.certain() {
        Some(_) => earliest,
        None => format!("{earliest} – {}", day_words(due.latest, language)),
    }
}

/// What a line of an example expects, without the rule's name.
pub(crate) fn expected_words(expectation: &Expectation, language: Language) -> String {
    let what = match &expectation.expected {
        Expected::State(state) => state_words(state, language),
        Expected::Due(day) => format!(
            "{} {}",
            in_language("frist", language),
            day_words(*day, language)
        ),
    };
    format!(
        "{what} {}",
        days_words(expected_days(expectation), language)
    )
}

/// The days that a line of an example is about.
pub(crate) fn expected_days(expectation: &Expectation) -> Period {
    match expectation.days {
        DayExpectation::On(day) => Period::inclusive(day, day),
        DayExpectation::Run { from, to } => {
            Period::new(from.unwrap_or(Day::FIRST), to.map_or(Day::END, Day::next))
        }
    }
}

/// A run that came out, beside a line of an example: with its due date if the line is about that.
pub(crate) fn actual_words(run: &StateRun, expected: &Expected, language: Language) -> String {
    let what = match (expected, run.due) {
        (Expected::Due(_), Some(due)) => format!(
            "{} {}",
            in_language("frist", language),
            due_words(due, language)
        ),
        _ => run_state(&run.state, language),
    };
    format!("{what} {}", days_words(run.days, language))
}

/// Each provision by itself.
pub(crate) fn provisions(basis: &Basis) -> Vec<String> {
    match &basis.kind {
        BasisKind::Source(source) => vec![source.to_string()],
        BasisKind::Provisions(all) => all.iter().map(ToString::to_string).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Language, day_words, days_words, parsed, state_words};
    use hjemmel_engine::time::{Day, Period};

    #[test]
    fn days_are_written_as_in_a_rule_file() {
        let day = parsed("2017-07-10").unwrap();
        assert_eq!(day_words(day, Language::Danish), "10. juli 2017");
        assert_eq!(day_words(day, Language::English), "10 July 2017");
        let one = Period::inclusive(day, day);
        assert_eq!(days_words(one, Language::Danish), "den 10. juli 2017");
        let open = Period::new(day, Day::END);
        assert_eq!(days_words(open, Language::English), "from 10 July 2017");
        let until = Period::new(Day::FIRST, day);
        assert_eq!(
            days_words(until, Language::Danish),
            "til og med 9. juli 2017"
        );
    }

    #[test]
    fn what_is_no_day_is_none() {
        for text in [
            "",
            "2017-7-1",
            "2017-02-30",
            "1899-01-01",
            "x",
            "2017-07-010",
        ] {
            assert_eq!(parsed(text), None, "{text}");
        }
    }

    #[test]
    fn states_are_words_of_the_language() {
        assert_eq!(
            state_words("frist_løber", Language::English),
            "deadline_running"
        );
        assert_eq!(state_words("min_gren", Language::English), "min_gren");
        assert_eq!(state_words("ja", Language::Danish), "ja");
    }
}
