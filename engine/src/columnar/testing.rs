//! Pictures for the operators' tests: a rule, cases, and the dated states of 2016 that come out.

use crate::check_rules;
use crate::columns::Batch;
use crate::model::Subject;
use crate::plan::{Plan, Question};
use crate::time::{Day, Period};
use hjemmel_grammar::Sources;
use hjemmel_grammar::diagnostic::Severity;

/// The tables that the rules of the tests ask about.
const TABLES: &str = "data person\n  stamdata\n  født er fødselsdato\n\n\
    data ydelse\n  perioder fuldstændig\n  art er en af x, y\n\n\
    data tilbud\n  perioder\n  art er en af x, y\n\n\
    skøn særligt\n  hjemmel kilde \"k\"\n  afgøres af kommunen\n  revurderes efter 3 måneder\n\n\
    begreb andet\n  hjemmel kilde \"k\"\n  når ydelse\n\n";

/// The days of `window` on which the rule `a` says something else than `nej` of each case, whose rows
/// are given as in an example.
fn said(rules: &str, cases: &[&str], window: Period) -> Vec<String> {
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
    let model = checked.model;
    let subject = crate::evaluate::subjects(&model)
        .into_iter()
        .chain((0..model.terms.len()).map(|id| Subject::Term(crate::model::TermId(id))))
        .find(|subject| model.name_of(*subject) == "a")
        .unwrap();
    let cases: Vec<_> = model.examples.iter().map(|it| it.case.clone()).collect();
    let batch = Batch::from_cases(&model, &cases).unwrap();
    let known_on = None;
    let question = Question { window, known_on };
    let alone = Plan::new(&model, &[subject], question).answer(&batch);
    // What classifications have in common is worked out once where they are asked together.
    let mut all = crate::evaluate::subjects(&model);
    all.insert(0, subject);
    let answers = Plan::new(&model, &all, question).answer(&batch);
    assert_eq!(alone[0].days, answers[0].days, "alone, and with the others");
    assert_eq!(alone[0].due, answers[0].due, "alone, and with the others");
    let each = 0..cases.len();
    each.map(|case| {
        let runs = answers[0].runs_of(case);
        let run = |at: usize| {
            let name = answers[0].states[usize::from(answers[0].state[at])]
                .name()
                .to_owned();
            let due = answers[0].due.get(at).copied().flatten();
            let due = due.and_then(crate::outcome::Due::certain);
            let due = due.map(|due| format!(" frist {due}")).unwrap_or_default();
            let days = answers[0].days[at];
            (name, format!("{}..{}", days.start, days.last()), due)
        };
        let runs = runs.map(run).filter(|(name, ..)| name != "nej");
        let runs = runs.map(|(name, days, due)| format!("{days} {name}{due}"));
        runs.collect::<Vec<_>>().join(", ")
    })
    .collect()
}

/// What the rule says in 2016.
pub(super) fn in_2016(rules: &str, cases: &[&str]) -> Vec<String> {
    let day = |year| Day::from_ymd(year, 1, 1).unwrap();
    said(rules, cases, Period::new(day(2016), day(2017)))
}

/// What the rule says on 1 July 2016.
pub(super) fn on_1_july(rules: &str, cases: &[&str]) -> Vec<String> {
    let day = Day::from_ymd(2016, 7, 1).unwrap();
    said(rules, cases, Period::inclusive(day, day))
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
