//! Fifty rules over the workload's terms: what an evaluator costs that works out a shared term once,
//! beside one that works it out fifty times.

use crate::reference::{RULES, model_of};
use hjemmel_engine::model::{ClassificationId, Model, Subject};
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
