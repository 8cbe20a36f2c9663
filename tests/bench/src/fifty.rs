//! Fifty rules over the workload's terms: what an evaluator costs that works out a shared term once,
//! beside one that works it out fifty times.

use crate::columnar::Columnar;
use crate::generate::generate;
use crate::measure::measure;
use crate::reference::{RULES, model_of};
use crate::workload::{AS_OF, TIMELINE};
use hjemmel_engine::histories::Histories;
use hjemmel_engine::model::{ClassificationId, Model, Subject};
use hjemmel_engine::plan::{Plan, Question};
use hjemmel_engine::time::{Day, Period};
use std::fmt::Write as _;

/// How many.
pub const FIFTY: usize = 50;

/// The branches of a rule, in one of their orders: what they are called, and when they apply.
const BRANCHES: [(&str, &str); 5] = [
    ("out_of_scope", "ikke in_scope"),
    (
        "exempted",
        "exemptions.ground er en af indlaeggelse, pensionssag, laegedokumenteret_skade",
    ),
    ("paused", "exemptions.ground er barsel"),
    ("compliant", "treated"),
    (
        "ready",
        "a_year_on_benefit og status_periods.status er jobparat",
    ),
];

/// The workload's rules and fifty classifications over the same terms, each with its own order of the
/// branches; and which these are. None if they do not check without a remark.
#[must_use]
pub fn fifty() -> Option<(Model, Vec<Subject>)> {
    let model = model_of(text())?;
    let names = (0..FIFTY).map(name);
    let subjects: Option<Vec<Subject>> = names
        .map(|name| {
            let mut rules = model.classifications.iter();
            let id = rules.position(|rule| rule.name == name)?;
            Some(Subject::Classification(ClassificationId(id)))
        })
        .collect();
    Some((model, subjects?))
}

/// What fifty rules cost beside one of them: their dated states over four years, and on one day.
///
/// # Errors
///
/// The rules do not check.
pub fn compared(cases: usize, runs: usize) -> Result<String, String> {
    let (model, subjects) = fifty().ok_or("the fifty rules do not check")?;
    let columns = generate(cases, 2017);
    let engine = Columnar::new(1).ok_or("workload.regel does not check")?;
    let batch = engine.batch(&columns).map_err(|error| error.to_string())?;
    let day = |number: i32| Day::from_number(number);
    let windows = [
        ("one day", Period::inclusive(day(AS_OF), day(AS_OF))),
        (
            "four years",
            Period::inclusive(day(TIMELINE.0), day(TIMELINE.1)),
        ),
    ];
    let mut said = String::new();
    for (name, window) in windows {
        let known_on = None;
        let cost = |subjects: &[Subject]| {
            let question = Question { window, known_on };
            let load = || Ok::<_, String>(Plan::new(&model, subjects, question));
            let counted = |_, answers: &[Histories]| -> usize {
                answers.iter().map(|answer| answer.days.len()).sum()
            };
            let (measured, _) = measure(runs, load, |plan| {
                Ok(plan
                    .answer_in_parts(&batch, 1, counted)
                    .into_iter()
                    .sum::<usize>())
            })?;
            Ok::<u64, String>(measured.evaluation.cpu)
        };
        let (one, all) = (
            cost(subjects.get(..1).unwrap_or_default())?,
            cost(&subjects)?,
        );
        let tenths = all.saturating_mul(10) / one.max(1);
        let _ = writeln!(
            said,
            "{name}: one rule {} ns a case, {FIFTY} rules {} ns: {}.{} times",
            one / cases as u64,
            all / cases as u64,
            tenths / 10,
            tenths % 10
        );
    }
    Ok(said)
}

fn name(rule: usize) -> String {
    format!("outcome_{rule}")
}

fn text() -> String {
    let mut text = RULES.to_owned();
    for rule in 0..FIFTY {
        let _ = write!(
            text,
            "\nopdeling {} \"Status, {rule}\"\n  hjemmel kilde \"Målingens opgave\"\n  gælder fra 1. januar 2000\n  i rækkefølge\n",
            name(rule)
        );
        for (state, when) in order(rule) {
            let _ = writeln!(text, "  {state} når {when}");
        }
        text += "  missing ellers\n";
    }
    text
}

/// The branches in the order of that number: the permutations of five, in the factorial system.
fn order(number: usize) -> Vec<(&'static str, &'static str)> {
    let mut left = BRANCHES.to_vec();
    let mut rest = number;
    let mut order = Vec::new();
    while !left.is_empty() {
        let at = rest % left.len();
        rest /= left.len();
        order.push(left.remove(at));
    }
    order
}

#[cfg(test)]
mod tests {
    use super::{FIFTY, fifty, order};
    use std::collections::BTreeSet;

    #[test]
    fn fifty_rules_check() {
        let (_, subjects) = fifty().expect("no remarks");
        assert_eq!(subjects.len(), FIFTY);
    }

    #[test]
    fn no_two_have_the_same_order() {
        let orders: BTreeSet<_> = (0..FIFTY).map(order).collect();
        assert_eq!(orders.len(), FIFTY);
    }
}
