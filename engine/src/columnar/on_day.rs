//! Conditions on one day: truths, where a whole timeline need not be made.

use super::fused::Fused;
use super::{Evaluation, Mode, cell};
use crate::plan::{Node, NodeId};
use crate::time::{Day, Truth};
use std::rc::Rc;

impl Evaluation<'_> {
    /// What is known of a condition on the one day that is asked about, case by case.
    pub(super) fn on_day(&self, id: NodeId) -> Rc<Vec<Truth>> {
        let make = || Rc::new(self.truths_on(id, self.window.start));
        match cell(&self.on_day, id) {
            Some(cell) => Rc::clone(cell.get_or_init(make)),
            None => make(),
        }
    }

    fn truths_on(&self, id: NodeId, day: Day) -> Vec<Truth> {
        let node = self.plan.node(id);
        match node {
            Node::Constant(truth) => vec![*truth; self.cases.len()],
            Node::And(parts) => self.folded(parts, Truth::Yes, Truth::min),
            Node::Or(parts) => self.folded(parts, Truth::No, Truth::max),
            Node::Not(part) => self.on_day(*part).iter().map(|truth| truth.not()).collect(),
            _ => match Fused::of(self.plan, id) {
                Some(fused) => self.of_rows(id, &fused, day),
                None => self.looked_up(id, day),
            },
        }
    }

    fn of_rows(&self, id: NodeId, fused: &Fused<'_>, day: Day) -> Vec<Truth> {
        match self.asked(fused.rows) {
            Some(asked) if asked.is_plain() => match self.plan.node(id) {
                Node::Rows(_) => asked.any_holds(day, day),
                // A row that ends within so long: its last day is not before the window's first.
                Node::Within(_, length) => asked.any_holds(day, length.before(day)),
                _ => fused.on(&asked, day),
            },
            _ => self.looked_up(id, day),
        }
    }

    fn looked_up(&self, id: NodeId, day: Day) -> Vec<Truth> {
        let value = self.value(id, Mode::Hindsight);
        let lanes = 0..self.cases.len();
        lanes.map(|lane| value.get(lane).at(day)).collect()
    }

    fn folded(
        &self,
        parts: &[NodeId],
        start: Truth,
        fold: fn(Truth, Truth) -> Truth,
    ) -> Vec<Truth> {
        let mut sum = vec![start; self.cases.len()];
        for part in parts {
            for (sum, truth) in sum.iter_mut().zip(self.on_day(*part).iter()) {
                *sum = fold(*sum, *truth);
            }
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use crate::columnar::testing::{branch, on_1_july, when};

    #[test]
    fn one_day_is_asked_about_by_what_had_begun() {
        let cases = [
            "ydelse x fra 1. april 2016 til 1. april 2016",
            "ydelse x fra 31. marts 2016 til 31. marts 2016",
            "ydelse x fra 2. juli 2016, fortsat",
        ];
        assert_eq!(
            on_1_july(&when("ydelse inden for de seneste 3 måneder"), &cases),
            ["2016-07-01..2016-07-01 ja", "", ""]
        );
    }

    /// Rows that begin and end around 1 July 2016, and around the days that lengths of months reach from it.
    const CASES: [&str; 14] = [
        "ydelse x fra 1. januar 2016 til 30. juni 2016",
        "ydelse x fra 1. januar 2016 til 1. juli 2016",
        "ydelse x fra 1. juli 2016, fortsat",
        "ydelse x fra 2. juli 2016, fortsat",
        "ydelse x fra 1. april 2016, fortsat",
        "ydelse x fra 2. april 2016, fortsat",
        "ydelse x fra 1. januar 2016 til 31. marts 2016",
        "ydelse x fra 1. januar 2016 til 1. april 2016",
        "ydelse x fra 1. januar 2016 til 16. juni 2016; ydelse y fra 1. juli 2016, fortsat",
        "ydelse x fra 1. januar 2016 til 15. juni 2016; ydelse y fra 1. juli 2016, fortsat",
        "ydelse x fra 1. april 2016 til 10. maj 2016; ydelse y fra 20. maj 2016 til 1. juli 2016",
        "ydelse x fra 1. april 2016 til 10. maj 2016; ydelse y fra 20. maj 2016 til 30. juni 2016",
        "tilbud x fra 1. maj 2016, slutdato ukendt",
        "ydelse x fra 1. maj 2016, fortsat; tilbud y fra 1. april 2016 til 30. juni 2016",
    ];

    #[test]
    fn a_branch_says_of_one_day_what_the_condition_says() {
        for condition in [
            "ydelse",
            "ydelse.art er x",
            "ydelse inden for de seneste 3 måneder",
            "ydelse i mindst 3 måneder",
            "ydelse afbrudt højst 14 dage",
            "(ydelse afbrudt højst 14 dage) i mindst 3 måneder",
            "(ydelse inden for de seneste 14 dage) i mindst 3 måneder",
            "ydelse og ikke tilbud",
            "ydelse eller tilbud",
            "ikke (ydelse eller tilbud)",
            "mindst 2 af:\n      - ydelse\n      - tilbud\n      - ydelse.art er y",
        ] {
            let of_term = on_1_july(&when(condition), &CASES);
            assert!(
                of_term.iter().any(|said| *said != of_term[0]),
                "{condition}: some do and some do not"
            );
            let expected = of_term.iter().map(|said| match said.as_str() {
                "" => "2016-07-01..2016-07-01 holder_ikke".to_owned(),
                said => said.replace(" ja", " holder"),
            });
            let expected: Vec<String> = expected.collect();
            assert_eq!(
                on_1_july(&branch(condition), &CASES),
                expected,
                "{condition}"
            );
        }
    }
}
