//! The timelines of an example drawn with characters, for hovers.

use crate::days::{day_words, days_words, due_words, run_state};
use crate::examples::{around, expectations, meant};
use crate::hover::Hover;
use crate::rule_set::RuleSet;
use crate::timelines::{days, histories};
use crate::words::{in_language, pick};
use hjemmel_engine::evaluate::subject_name;
use hjemmel_engine::model::{DutyState, Example};
use hjemmel_engine::outcome::{State, StateRun};
use hjemmel_engine::time::{Day, Period, Truth};
use hjemmel_grammar::diagnostic::Language;
use hjemmel_grammar::span::FileId;

/// How many characters a bar is wide.
const WIDTH: i32 = 48;
/// How many days are shown on either side of those the example speaks of.
const AROUND: i32 = 31;
/// How many rules are drawn; a hover is small.
const MOST: usize = 8;
/// The characters of the branches of a classification.
const BRANCHES: [char; 6] = ['█', '░', '▓', '▒', '▪', '○'];

/// A hover, with bars if it is in an example: of the rule that the line names, else of all.
pub(crate) fn with_bars(
    set: &RuleSet,
    file: FileId,
    offset: u32,
    hover: Option<Hover>,
) -> Option<Hover> {
    let Some(declaration) = around(set, file, offset) else {
        return hover;
    };
    let mut lines = expectations(declaration);
    let line = lines.find(|line| line.span.touches(offset));
    let named = line.map(|line| line.subject.text.as_str());
    // A word of a row is told by itself.
    let head = crate::examples::header(declaration);
    if hover.is_some() && named.is_none() && !head.touches(offset) {
        return hover;
    }
    let Some(bars) = drawn(set, file, offset, named) else {
        return hover;
    };
    let (span, before) = match hover {
        Some(hover) => (hover.span, format!("{}\n\n", hover.text)),
        None => (line.map_or(head, |line| line.span), String::new()),
    };
    Some(Hover {
        span,
        text: format!("{before}{bars}"),
    })
}

fn drawn(set: &RuleSet, file: FileId, offset: u32, named: Option<&str>) -> Option<String> {
    let language = set.memo(file)?.language();
    let model = set.model()?;
    let example = meant(model, file, around(set, file, offset)?)?;
    let window = window(example)?;
    let mut bars = String::new();
    for (subject, runs) in histories(model, example, window)
        .iter()
        .filter(|(subject, _)| named.is_none_or(|name| subject_name(model, *subject) == name))
        .take(MOST)
    {
        bars += &bar(subject_name(model, *subject), runs, window, language);
    }
    if bars.is_empty() {
        return None;
    }
    let (first, last) = (
        day_words(window.start, language),
        day_words(window.last(), language),
    );
    let scale = pick(language, "Vist er", "Shown is");
    Some(format!("```text\n{bars}```\n\n{scale} {first} – {last}"))
}

/// The days that the example speaks of, and some on either side.
fn window(example: &Example) -> Option<Period> {
    let days = days(example);
    let (first, last) = (days.iter().min()?, days.iter().max()?);
    let window = Period::inclusive(first.plus(-AROUND), last.plus(AROUND)).and(Period::ALL);
    (!window.is_empty()).then_some(window)
}

/// A rule's bar, and below it what each of its characters is.
fn bar(name: &str, runs: &[StateRun], window: Period, language: Language) -> String {
    let mut branches: Vec<&State> = Vec::new();
    for run in runs {
        let branch = matches!(run.state, State::Branch(_));
        if branch && !branches.contains(&&run.state) {
            branches.push(&run.state);
        }
    }
    let sign = |state: &State| character(state, &branches);
    let all = window.end.since(window.start).max(1);
    let columns = (0..WIDTH.min(all)).map(|n| {
        let day = window.start.plus(column_day(n, all));
        let run = runs.iter().find(|run| run.days.contains(day));
        run.map_or(' ', |run| sign(&run.state))
    });
    let drawn: String = columns.collect();
    let mut out = format!("{name}\n{drawn}\n");
    for run in runs {
        let due = run.due.map_or_else(String::new, |due| {
            let word = in_language("frist", language);
            format!(", {word} {}", due_words(due, language))
        });
        // Where the window cuts a run, it says nothing of its end.
        let days = open(run.days, window);
        out += &format!(
            "  {} {} {}{due}\n",
            sign(&run.state),
            run_state(&run.state, language),
            days_words(days, language)
        );
    }
    out
}

/// The day in the middle of a column.
fn column_day(n: i32, all: i32) -> i32 {
    if all <= WIDTH {
        return n;
    }
    let twice = n.saturating_mul(2).saturating_add(1);
    twice.saturating_mul(all) / WIDTH.saturating_mul(2)
}

fn open(days: Period, window: Period) -> Period {
    let start = if days.start == window.start {
        Day::FIRST
    } else {
        days.start
    };
    let end = if days.end == window.end {
        Day::END
    } else {
        days.end
    };
    Period::new(start, end)
}

fn character(state: &State, branches: &[&State]) -> char {
    match state {
        State::Duty(state) => match state {
            DutyState::NotCovered => '·',
            DutyState::Exempt => '○',
            DutyState::Suspended => '‖',
            DutyState::InOffer => '▓',
            DutyState::MustBeReassessed => '!',
            DutyState::AwaitsAssessment => '…',
            DutyState::Discharged => '✓',
            DutyState::DeadlineRunning => '░',
            DutyState::Overdue => '█',
            DutyState::Unknown => '?',
        },
        State::Truth(Truth::Yes) => '█',
        State::Truth(Truth::No) => '·',
        State::UnknownBranch | State::Truth(Truth::Unknown) => '?',
        State::Branch(_) => {
            let place = branches.iter().position(|it| *it == state).unwrap_or(0);
            let place = place % BRANCHES.len();
            BRANCHES.get(place).copied().unwrap_or('█')
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::fixture::Fixture;

    #[track_caller]
    fn check(fixture: &str, expected: &str) {
        let fixture = Fixture::new(fixture);
        let hover = fixture.analysis.hover(fixture.file, fixture.cursor);
        let text = hover.map_or_else(String::new, |hover| hover.text);
        let bars = text.find("```text").and_then(|at| text.get(at..));
        assert_eq!(bars.unwrap_or(""), expected.trim());
    }

    const RULES: &str = "
data ydelse
  perioder fuldstændig
begreb hjælp
  hjemmel kilde \"Prøve\"
  når ydelse
eksempel \"æ\"
  givet
    ydelse fra 1. maj 2017 til 31. maj 2017
  så
    hjælp er ja fra 1. maj 2017
";

    #[test]
    fn of_the_rule_that_a_line_names() {
        check(
            &RULES.replace("    hjælp er", "    hj$0ælp er"),
            "
```text
hjælp
················████████████████················
  · nej til og med 30. april 2017
  █ ja fra 1. maj 2017 til og med 31. maj 2017
  · nej fra 1. juni 2017
```

Vist er 31. marts 2017 – 1. juli 2017",
        );
    }

    #[test]
    fn of_all_rules_at_the_head_of_an_example_in_english() {
        check(
            "
data benefit
  periods complete
term help
  basis source \"Test\"
  when benefit
example \"a$0\"
  given
    benefit from 1 May 2017 to 31 May 2017
  then
    help is yes from 1 May 2017
",
            "
```text
help
················████████████████················
  · no through 30 April 2017
  █ yes from 1 May 2017 through 31 May 2017
  · no from 1 June 2017
```

Shown is 31 March 2017 – 1 July 2017",
        );
    }

    #[test]
    fn a_word_of_a_row_and_a_broken_rule_have_none() {
        check(&RULES.replace("    ydelse fra", "    yd$0else fra"), "");
        check(
            &RULES
                .replace("når ydelse", "når og")
                .replace("    hjælp er", "    hj$0ælp er"),
            "",
        );
    }
}
