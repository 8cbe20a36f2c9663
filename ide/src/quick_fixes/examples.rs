//! H08xx: examples.

use super::dates::from_iso;
use super::ground::{Ground, in_backticks, replace};
use super::versions::{day, swap};
use super::{Fix, HOLE};
use crate::diagnostics::Diagnostic;
use crate::tokens::{index, line_start, span};
use crate::words;
use hjemmel_grammar::span::{Span, slice};
use hjemmel_grammar::syntax::{
    ClauseKind, Date, Expectation, Expected, ExpectedDays, GivenItem, GivenRow, Shape,
};

/// The fixes of a diagnostic of this group.
pub(super) fn fixes(ground: &Ground<'_>, it: &Diagnostic) -> Vec<Fix> {
    match it.code {
        "H0801" => actual(ground, it).into_iter().collect(),
        "H0802" => with_field(ground, it),
        "H0803" => as_an_event(ground, it).into_iter().collect(),
        "H0804" => swapped(ground, it).into_iter().collect(),
        "H0805" => with_expectations(ground, it).into_iter().collect(),
        "H0807" => without_second(ground, it).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// What the rules say, as the label tells it: a state or a due date, and on which days.
struct Said<'t> {
    what: What<'t>,
    days: String,
    /// The first and the last of the days, where they have one.
    first: Option<Date>,
    last: Option<Date>,
}

impl Said<'_> {
    fn holds_on(&self, date: Date) -> bool {
        let from = self.first.is_none_or(|first| day(first) <= day(date));
        from && self.last.is_none_or(|last| day(date) <= day(last))
    }
}

#[derive(PartialEq, Eq)]
enum What<'t> {
    State(&'t str),
    Due(String),
}

/// The example says what the rules say.
fn actual(ground: &Ground<'_>, it: &Diagnostic) -> Option<Fix> {
    let line = expectation(ground, it.span)?;
    let said = ["reglerne siger ", "the rules say "];
    let said = said.iter().find_map(|head| it.label.strip_prefix(head))?;
    let said: Option<Vec<Said<'_>>> = said.split(", ").map(|it| read(ground, it)).collect();
    let said = said?;
    let title = ground.pick("Vent det som reglerne siger", "Expect what the rules say");
    let edit = match line.days {
        ExpectedDays::On(day) => {
            let one = said.iter().find(|it| it.holds_on(day))?;
            on_one_day(ground, line, one)?
        }
        // A state of all days is no run.
        ExpectedDays::Run { .. } if said.iter().any(|it| it.first.or(it.last).is_none()) => {
            return None;
        }
        ExpectedDays::Run { .. } => replace(line.span, runs(ground, line, &said)),
    };
    Some(Fix::new(title, vec![edit]))
}

fn expectation<'s>(ground: &Ground<'s>, at: Span) -> Option<&'s Expectation> {
    let (_, clause) = ground.clause(at)?;
    let ClauseKind::Expect(lines) = &clause.kind else {
        return None;
    };
    lines.iter().find(|line| line.span == at)
}

/// `` `frist_løber` fra 2017-01-04 til og med 2017-07-04 ``, `frist 2017-01-04 den 2017-01-01`
fn read<'t>(ground: &Ground<'_>, said: &'t str) -> Option<Said<'t>> {
    let (what, days) = match said.strip_prefix('`') {
        Some(rest) => {
            let (state, days) = rest.split_once("` ")?;
            (What::State(state), days)
        }
        None => {
            let rest = ["frist ", "due date "];
            let rest = rest.iter().find_map(|head| said.strip_prefix(head))?;
            let (due, days) = rest.split_once(' ')?;
            (
                What::Due(words::date(from_iso(due)?, ground.language)),
                days,
            )
        }
    };
    let mut dates = days.split(' ').filter_map(from_iso);
    let (one, two) = (dates.next(), dates.next());
    let (first, last) = match days.split(' ').next() {
        Some("fra" | "from") => (one, two),
        Some("til" | "through") => (None, one),
        _ => (one, one),
    };
    let days = days.split(' ').map(|word| match from_iso(word) {
        Some(date) => words::date(date, ground.language),
        None => word.to_owned(),
    });
    Some(Said {
        what,
        days: days.collect::<Vec<_>>().join(" "),
        first,
        last,
    })
}

fn on_one_day(
    ground: &Ground<'_>,
    line: &Expectation,
    said: &Said<'_>,
) -> Option<crate::text_edit::TextEdit> {
    match (&line.expected, &said.what) {
        (Expected::State(old), What::State(new)) => Some(replace(old.span, *new)),
        (Expected::Due(old), What::Due(new)) => Some(replace(old.span, new.as_str())),
        (Expected::Due(_), What::State(new)) => {
            let ExpectedDays::On(day) = line.days else {
                return None;
            };
            let day = slice(ground.text(), day.span);
            let (is, on) = (ground.word("er"), ground.word("den"));
            let name = &line.subject.text;
            Some(replace(line.span, format!("{name} {is} {new} {on} {day}")))
        }
        (Expected::State(_), What::Due(_)) => None,
    }
}

/// A line for each run of what was expected; if there is none, for each run there is.
fn runs(ground: &Ground<'_>, line: &Expectation, said: &[Said<'_>]) -> String {
    let expected = |it: &&Said<'_>| match (&line.expected, &it.what) {
        (Expected::State(state), What::State(said)) => {
            state.text.as_str() == *said || slice(ground.text(), state.span) == *said
        }
        _ => false,
    };
    let mut told: Vec<&Said<'_>> = said.iter().filter(expected).collect();
    if told.is_empty() {
        told = said.iter().collect();
    }
    let text = ground.text();
    let at = index(text, line.span.start);
    let indent = slice(text, span(line_start(text, at), at));
    let name = &line.subject.text;
    let lines: Vec<String> = told
        .iter()
        .map(|it| {
            let days = &it.days;
            match &it.what {
                What::State(state) => format!("{name} {} {state} {days}", ground.word("er")),
                What::Due(due) => format!("{name} {} {due} {days}", ground.word("har frist")),
            }
        })
        .collect();
    lines.join(&format!("{}{indent}", ground.end_of_line()))
}

/// The name of each field that the value may stand in.
fn with_field(ground: &Ground<'_>, it: &Diagnostic) -> Vec<Fix> {
    let Some((_, fields)) = it.message.rsplit_once(": ") else {
        return Vec::new();
    };
    let value = slice(ground.text(), it.span);
    let fields = in_backticks(fields).into_iter();
    let fixes = fields.map(|field| {
        let new = format!("{field} {value}");
        let title = format!("{} `{new}`", ground.pick("Skriv", "Write"));
        Fix::new(title, vec![replace(it.span, new)])
    });
    fixes.collect()
}

/// The row that a place lies in.
fn row<'s>(ground: &Ground<'s>, at: Span) -> Option<&'s GivenRow> {
    let (_, clause) = ground.clause(at)?;
    let ClauseKind::Given(rows) = &clause.kind else {
        return None;
    };
    let mut rows = rows.iter();
    rows.find(|row| row.span.start <= at.start && at.end <= row.span.end)
}

/// An event has one day: the first of those that are written.
fn as_an_event(ground: &Ground<'_>, it: &Diagnostic) -> Option<Fix> {
    let row = row(ground, it.span)?;
    let clauses = ground.set.declarations(&row.table.text);
    let mut clauses = clauses.iter().flat_map(|it| &it.declaration.clauses);
    let events = clauses.any(|clause| {
        matches!(
            clause.kind,
            ClauseKind::Shape {
                shape: Shape::Events,
                ..
            }
        )
    });
    let (from, to) = days(row);
    let from = from.filter(|_| events)?;
    let ongoing = row.items.iter().find_map(|item| match item {
        GivenItem::Ongoing(span) | GivenItem::EndUnknown(span) => Some(*span),
        _ => None,
    });
    let text = ground.text();
    let tokens = ground.memo.tokens();
    let word = tokens
        .iter()
        .rev()
        .find(|token| token.span.end <= from.span.start)?;
    let last = to.map(|to| to.span).or(ongoing);
    let end = last.map_or(from.span.end, |last| last.end);
    let written = format!("{} {}", ground.word("den"), slice(text, from.span));
    let title = format!("{} `{written}`", ground.pick("Skriv", "Write"));
    let edit = replace(Span::new(word.span.start, end), written);
    Some(Fix::new(title, vec![edit]))
}

/// `så`, and a line to be filled in.
fn with_expectations(ground: &Ground<'_>, it: &Diagnostic) -> Option<Fix> {
    let example = ground.declaration(it.span)?;
    let then = ground.word("så");
    let lines = [format!("  {then}"), format!("    {HOLE}")];
    let title = format!("{} `{then}`", ground.pick("Tilføj", "Add"));
    let edit = ground.below(example.span.end, &lines);
    Some(Fix::new(title, vec![edit]))
}

/// The second of two values of one field goes, with the comma before it.
fn without_second(ground: &Ground<'_>, it: &Diagnostic) -> Option<Fix> {
    let row = row(ground, it.span)?;
    let value = row.items.iter().find_map(|item| match item {
        GivenItem::Field(name, value) if name.span == it.span => value.as_ref(),
        _ => None,
    })?;
    let tokens = ground.memo.tokens();
    let at = tokens.iter().position(|token| token.span == it.span)?;
    let before = tokens.get(at.checked_sub(1)?)?;
    let text = ground.text();
    let from = match slice(text, before.span) {
        "," => before.span.start,
        _ => it.span.start,
    };
    let written = slice(text, it.span.to(value.span()));
    let title = format!("{} `{written}`", ground.pick("Slet", "Delete"));
    let gone = Span::new(from, value.span().end);
    Some(Fix::new(title, vec![replace(gone, "")]))
}

fn swapped(ground: &Ground<'_>, it: &Diagnostic) -> Option<Fix> {
    let (from, to) = days(row(ground, it.span)?);
    Some(swap(ground, from?, to?))
}

fn days(row: &GivenRow) -> (Option<Date>, Option<Date>) {
    let from = row.items.iter().find_map(|item| match item {
        GivenItem::From(date) => Some(*date),
        _ => None,
    });
    let to = row.items.iter().find_map(|item| match item {
        GivenItem::To(date) => Some(*date),
        _ => None,
    });
    (from, to)
}
