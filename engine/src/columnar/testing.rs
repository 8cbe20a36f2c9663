//! Pictures for the operators' tests: a rule, cases, and the dated states of 2016 that come out.

use crate::case::Case;
use crate::check_rules;
use crate::columns::Batch;
use crate::evaluate::{Evaluation, subjects};
use crate::model::{Model, Subject, TermId};
use crate::outcome::Due;
use crate::plan::{Plan, Question};
use crate::time::{Day, Days, Period};
use hjemmel_grammar::Sources;
use hjemmel_grammar::diagnostic::Severity;

/// The tables that the rules of the tests ask about.
const TABLES: &str = "data person\n  stamdata\n  født er fødselsdato\n\n\
    data ydelse\n  perioder fuldstændig\n  art er en af x, y\n\n\
    data tilbud\n  perioder\n  art er en af x, y\n\n\
    skøn særligt\n  hjemmel kilde \"k\"\n  afgøres af kommunen\n  revurderes efter 3 måneder\n\n\
    begreb andet\n  hjemmel kilde \"k\"\n  når ydelse\n\n";

/// The rules, and for each case an example that gives its rows.
fn checked(rules: &str, cases: &[&str]) -> Model {
    let mut text = format!("{TABLES}{rules}\n");
    for (number, rows) in cases.iter().enumerate() {
        let rows: String = rows.split("; ").map(|row| format!("    {row}\n")).collect();
        text += &format!(
            "\neksempel \"{number}\"\n  givet\n{rows}  så\n    andet er ja den 1. januar 2016\n"
        );
    }
    let mut sources = Sources::new();
    sources.add("a.regel", text.as_str());
    let checked = check_rules(&sources);
    let errors = checked.diagnostics.iter();
    let errors: Vec<&str> = errors
        .filter(|it| it.severity == Severity::Error)
        .map(|it| it.message.da.as_str())
        .collect();
    assert!(errors.is_empty(), "{errors:?}\n{text}");
    checked.model
}

/// A state, on which days, and the due date beside it.
type Run = (String, Period, Option<Day>);

/// Runs of one state in a row as one.
fn joined(runs: impl Iterator<Item = Run>) -> Vec<Run> {
    let mut joined: Vec<Run> = Vec::new();
    for run in runs {
        match joined.last_mut() {
            Some((state, days, due))
                if (&*state, &*due, days.end) == (&run.0, &run.2, run.1.start) =>
            {
                days.end = run.1.end;
            }
            _ => joined.push(run),
        }
    }
    joined
}

/// What the rule `a` says of each case on the days of `window`: the same by itself, with all others, and of the
/// readable evaluator.
fn said(model: &Model, cases: &[Case], window: Period) -> Vec<Vec<Run>> {
    let terms = (0..model.terms.len()).map(|id| Subject::Term(TermId(id)));
    let subject = subjects(model).into_iter().chain(terms);
    let subject = { subject }
        .find(|subject| model.name_of(*subject) == "a")
        .unwrap();
    let batch = Batch::from_cases(model, cases).unwrap();
    let known_on = None;
    let question = Question { window, known_on };
    let alone = Plan::new(model, &[subject], question).answer(&batch);
    // What classifications have in common is worked out once where they are asked together.
    let mut all = subjects(model);
    all.insert(0, subject);
    let answers = Plan::new(model, &all, question).answer(&batch);
    assert_eq!(alone[0].days, answers[0].days, "alone, and with the others");
    assert_eq!(alone[0].due, answers[0].due, "alone, and with the others");
    let certain = |due: Option<Due>| due.and_then(Due::certain);
    let each = cases.iter().enumerate().map(|(number, case)| {
        let columnar = answers[0].runs_of(number).map(|at| {
            let state = &answers[0].states[usize::from(answers[0].state[at])];
            let due = answers[0].due.get(at).copied().flatten();
            (state.name().to_owned(), answers[0].days[at], certain(due))
        });
        let columnar = joined(columnar);
        let readable = Evaluation::new(model, case, None).history(subject, window);
        let readable = readable.into_iter();
        let readable =
            readable.map(|run| (run.state.name().to_owned(), run.days, certain(run.due)));
        assert_eq!(columnar, joined(readable), "case {number}");
        columnar
    });
    each.collect()
}

/// The days on which something else than `nej` is said.
fn drawn(runs: Vec<Run>) -> String {
    let runs = runs.into_iter().filter(|(state, ..)| state != "nej");
    let runs = runs.map(|(state, days, due)| {
        let due = due.map(|due| format!(" frist {due}")).unwrap_or_default();
        format!("{}..{} {state}{due}", days.start, days.last())
    });
    runs.collect::<Vec<_>>().join(", ")
}

/// The days of `window` on which the rule `a` says something else than `nej` of each case, whose rows
/// are given as in an example.
fn in_window(rules: &str, cases: &[&str], window: Period) -> Vec<String> {
    let model = checked(rules, cases);
    let cases: Vec<_> = model.examples.iter().map(|it| it.case.clone()).collect();
    let runs = said(&model, &cases, window);
    runs.into_iter().map(drawn).collect()
}

/// What the rule says in 2016.
pub(super) fn in_2016(rules: &str, cases: &[&str]) -> Vec<String> {
    in_window(rules, cases, year())
}

/// The same whatever is said of which days each register is complete for.
pub(super) fn in_2016_whatever_is_complete(rules: &str, cases: &[&str]) -> Vec<String> {
    let model = checked(rules, cases);
    let with = |complete: Days| {
        let mut cases: Vec<_> = model.examples.iter().map(|it| it.case.clone()).collect();
        let tables = cases.iter_mut().flat_map(|case| &mut case.tables);
        tables.for_each(|table| table.complete = complete.clone());
        let runs = said(&model, &cases, year());
        runs.into_iter().map(drawn).collect::<Vec<_>>()
    };
    let (all, none) = (with(Days::all()), with(Days::none()));
    assert_eq!(all, none, "complete, and not");
    all
}

fn year() -> Period {
    let day = |year| Day::from_ymd(year, 1, 1).unwrap();
    Period::new(day(2016), day(2017))
}

/// What the rule says on 1 July 2016.
pub(super) fn on_1_july(rules: &str, cases: &[&str]) -> Vec<String> {
    let day = Day::from_ymd(2016, 7, 1).unwrap();
    in_window(rules, cases, Period::inclusive(day, day))
}

/// A term `a` that holds when this does.
pub(super) fn when(condition: &str) -> String {
    format!("begreb a\n  hjemmel kilde \"k\"\n  når {condition}\n")
}

/// A classification `a` that is `holder` where this holds, and else `holder_ikke`.
pub(super) fn branch(condition: &str) -> String {
    format!(
        "opdeling a\n  hjemmel kilde \"k\"\n  i rækkefølge\n  holder når {condition}\n  holder_ikke ellers\n"
    )
}
