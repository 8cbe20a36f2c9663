//! An explanation as text: the answer, what it rests on, and a tree of reasons with the days and
//! the source rows of each.

use crate::condense::{Condenser, Step};
use crate::language::{day as day_words, period};
use crate::overrides::Overrides;
use crate::print::{self, Paint, harmless};
use crate::session::Session;
use crate::source_rows::SourceRows;
use crate::states;
use hjemmel_engine::case::{Case, Source};
use hjemmel_engine::evaluate::subject_name;
use hjemmel_engine::explain::{Explanation, RowRead, missing_fact};
use hjemmel_engine::model::{DutyState, Model, Subject};
use hjemmel_engine::outcome::{Ground, Outcome, State};
use hjemmel_engine::time::{Day, Truth};
use hjemmel_extracts::Extract;
use hjemmel_grammar::Language;
use std::collections::BTreeSet;

/// How wide a page is.
const WIDTH: usize = 110;

/// What explanations of one case are made from.
pub(crate) struct Reasons<'a> {
    session: &'a Session,
    model: &'a Model,
    rows: SourceRows<'a>,
    day: Day,
    levels: usize,
    overrides: &'a Overrides,
    paint: Paint,
}

/// The lines of one explanation, and what has been shown in them.
struct Page<'a> {
    condenser: Condenser<'a>,
    /// Rows that have been shown with their values.
    shown: BTreeSet<Source>,
    lines: Vec<String>,
}

impl<'a> Reasons<'a> {
    pub(crate) fn new(
        session: &'a Session,
        model: &'a Model,
        extract: &'a Extract,
        case: &'a Case,
        day: Day,
        levels: usize,
        overrides: &'a Overrides,
    ) -> Self {
        let paint = Paint {
            on: print::colour_on_stdout(),
        };
        let rows = SourceRows {
            session,
            model,
            extract,
            case,
        };
        Self {
            session,
            model,
            rows,
            day,
            levels,
            overrides,
            paint,
        }
    }

    /// One answer with its reasons.
    pub(crate) fn render(&self, explanation: &Explanation) -> String {
        let Explanation {
            outcome,
            reason,
            missing,
        } = explanation;
        let mut condenser = Condenser::new(self.model, self.day, self.levels);
        let steps = condenser.steps(&reason.because);
        let mut page = Page {
            condenser,
            shown: BTreeSet::new(),
            lines: self.answer(outcome),
        };
        page.lines.extend(
            reason
                .summary
                .iter()
                .map(|line| format!("  » {}", harmless(line))),
        );
        page.lines.push(String::new());
        self.tree(&steps, "  ", &mut page);
        let mut lines = page.lines;
        if !missing.is_empty() {
            lines.push(String::new());
            lines.push(format!(
                "  {}",
                self.paint
                    .yellow(self.session.say("Det mangler:", "What is missing:"))
            ));
            let place = |source| self.rows.extract.place(source);
            lines.extend(missing.iter().map(|fact| {
                let text = missing_fact(self.model, fact, place);
                format!("  - {}", harmless(text.get(self.language())))
            }));
        }
        lines
            .iter()
            .map(|line| line.trim_end().to_owned() + "\n")
            .collect::<String>()
            + "\n"
    }

    fn language(&self) -> Language {
        self.session.language()
    }

    /// The answer itself, since when, and what it rests on.
    fn answer(&self, outcome: &Outcome) -> Vec<String> {
        let (session, language) = (self.session, self.language());
        let subject = outcome.subject;
        let name = subject_name(self.model, subject);
        let title = self.model.title_on(subject, self.day);
        let state = states::words(self.model, subject, &outcome.run.state, self.day, language);
        let state = if outcome.run.state.is_unknown() {
            self.paint.yellow(&state)
        } else {
            self.paint.bold(&state)
        };
        let apart = if title.is_some() {
            self.paint.dim(&format!("  ({name})"))
        } else {
            String::new()
        };
        let mut lines = vec![format!(
            "{}: {state}{apart}",
            self.paint.bold(title.unwrap_or(name))
        )];
        let since = outcome.since.map(|since| {
            format!(
                "{} {}",
                session.say("siden", "since"),
                day_words(since, language)
            )
        });
        let until = outcome.until.map(|until| {
            let words = session.say(
                "uden nye registreringer til og med",
                "without new registrations until",
            );
            format!("{words} {}", day_words(until, language))
        });
        let days: Vec<String> = since.into_iter().chain(until).collect();
        if !days.is_empty() {
            lines.push(format!("  {}", days.join(", ")));
        }
        lines.extend(self.due(outcome));
        if let Some(basis) = &outcome.run.basis {
            lines.push(format!("  {}: {basis}", session.say("Hjemmel", "Basis")));
        }
        // The branch of a classification is its state.
        if !matches!(subject, Subject::Classification(_)) {
            lines.extend(outcome.run.grounds.iter().map(|ground| self.ground(ground)));
        }
        let case = &self.rows.case.id;
        if let Some(decided) = self.overrides.on(case, subject, self.day) {
            let told = decided.told(session, (self.model, subject, self.day));
            lines.extend(told.map(|line| format!("  {line}")));
        }
        lines
    }

    /// The last timely day, where the duty stands and falls with it.
    fn due(&self, outcome: &Outcome) -> Option<String> {
        let clock = [DutyState::DeadlineRunning, DutyState::Overdue].map(State::Duty);
        let due = outcome
            .run
            .due
            .filter(|_| clock.contains(&outcome.run.state))?;
        let language = self.language();
        let words = self.session.say("Sidste rettidige dag", "Last timely day");
        let (earliest, latest) = (
            day_words(due.earliest, language),
            day_words(due.latest, language),
        );
        Some(match due.certain() {
            Some(_) => format!("  {words}: {earliest}"),
            None => format!("  {words}: {earliest} – {latest}"),
        })
    }

    /// `Afgørende: Barsel (LAB § 91 a, stk. 3)`
    fn ground(&self, ground: &Ground) -> String {
        let name = ground
            .title
            .clone()
            .unwrap_or_else(|| ground.name.replace('_', " "));
        let basis = ground
            .basis
            .as_ref()
            .map_or_else(String::new, |basis| format!(" ({basis})"));
        format!(
            "  {}: {}{basis}",
            self.session.say("Afgørende", "Decided by"),
            harmless(&name)
        )
    }

    /// Steps as branches of a tree.
    fn tree(&self, steps: &[Step<'_>], indent: &str, page: &mut Page<'_>) {
        for (i, step) in steps.iter().enumerate() {
            let last = i.saturating_add(1) == steps.len();
            let (knee, below) = if last {
                ("└─ ", "   ")
            } else {
                ("├─ ", "│  ")
            };
            let below = format!("{indent}{below}");
            let under = format!("{below}{}", if step.steps.is_empty() { "  " } else { "│ " });
            let sentence = self.sentence(step, page);
            let details = self.details(step, &sentence, page);
            let unknown = step.reason.truth == Some(Truth::Unknown);
            let colour = if unknown {
                Paint::yellow
            } else {
                |_: Paint, text: &str| text.to_owned()
            };
            page.put(&format!("{indent}{knee}"), &under, &sentence, |text| {
                colour(self.paint, text)
            });
            for (detail, rests_on) in details {
                let hanging = format!("{under}{}", if rests_on { "" } else { "  " });
                page.put(&under, &hanging, &detail, |text| {
                    if rests_on {
                        self.paint.dim(text)
                    } else {
                        text.to_owned()
                    }
                });
            }
            self.tree(&step.steps, &below, page);
        }
    }

    fn sentence(&self, step: &Step<'_>, page: &Page<'_>) -> String {
        let text = page.condenser.worded(step.reason.text.get(self.language()));
        let text = harmless(&dated(&text, self.language())).replace("?: ", "? ");
        let above = self.session.say(" (se ovenfor)", " (see above)");
        if step.above { text + above } else { text }
    }

    /// The provision and days of a step, and then its rows; each with whether it is the former.
    fn details(&self, step: &Step<'_>, sentence: &str, page: &mut Page<'_>) -> Vec<(String, bool)> {
        let basis = step.basis.map(ToString::to_string);
        let days = step.days.map(|days| period(days, self.language()));
        let days = days.filter(|days| !sentence.contains(days.as_str()));
        let head: Vec<String> = basis.into_iter().chain(days).collect();
        let mut details = Vec::new();
        if !head.is_empty() {
            details.push((head.join(" · "), true));
        }
        let (new, known): (Vec<RowRead>, Vec<RowRead>) = step
            .rows
            .iter()
            .partition(|row| page.shown.insert(row.source));
        details.extend(
            new.into_iter()
                .filter_map(|row| Some((self.rows.line(row)?, false))),
        );
        let known: Vec<String> = known
            .into_iter()
            .map(|row| self.rows.extract.place(row.source))
            .collect();
        if !known.is_empty() && step.steps.is_empty() {
            details.push((known.join(", "), false));
        }
        details
    }
}

impl Page<'_> {
    /// Adds a text, folded at blanks to the width of a page.
    fn put(&mut self, first: &str, rest: &str, text: &str, colour: impl Fn(&str) -> String) {
        let room = WIDTH.saturating_sub(rest.chars().count()).max(WIDTH / 3);
        let mut line = String::new();
        let mut indent = first;
        for word in unbroken(text) {
            let width = line.chars().count().saturating_add(word.chars().count());
            if !line.is_empty() && width >= room {
                self.lines.push(format!("{indent}{}", colour(&line)));
                line.clear();
                indent = rest;
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line += &word;
        }
        self.lines.push(format!("{indent}{}", colour(&line)));
    }
}

/// The words of a text; a number stays with what it counts or belongs to (`4. januar 2017`, `§ 92`).
fn unbroken(text: &str) -> Vec<String> {
    let number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let mut words: Vec<String> = Vec::new();
    let mut after_number = false;
    for word in text.split(' ') {
        match words.last_mut() {
            Some(last) if after_number || number(word) => {
                last.push(' ');
                last.push_str(word);
            }
            _ => words.push(word.to_owned()),
        }
        after_number = number(word) && word.chars().all(|c| c.is_ascii_digit() || c == '.');
        // A year ends a date.
        after_number &= word.len() < 4;
    }
    words
}

/// A sentence with its ISO dates written out.
fn dated(text: &str, language: Language) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let digits_before = out.chars().next_back().is_some_and(|c| c.is_ascii_digit());
        if let (false, Some((day, after))) = (digits_before, date(rest)) {
            out += &day_words(day, language);
            rest = after;
        } else {
            out.push(c);
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
        }
    }
    out
}

/// The ISO date that a text begins with, and the text after it.
fn date(text: &str) -> Option<(Day, &str)> {
    let (date, after) = text.split_at_checked(10)?;
    let mut parts = date.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let whole =
        year.len() == 4 && month.len() == 2 && !after.starts_with(|c: char| c.is_ascii_digit());
    let day = Day::from_ymd(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    day.filter(|_| whole).map(|day| (day, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_sentences_are_written_out() {
        let text = dated("siden 2017-07-10 (2017-01-04 – fortsat)", Language::Danish);
        assert_eq!(text, "siden 10. juli 2017 (4. januar 2017 – fortsat)");
        assert_eq!(dated("§ 2017-07-100", Language::English), "§ 2017-07-100");
    }
}
