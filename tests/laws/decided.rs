//! What exemptions and declarations do: nobody is exempt without an exemption that holds, a rule that is
//! said twice says no more, and one that is declared twice is refused.

use super::answers;
use super::missing::drawn;
use super::{hold, times};
use crate::oracle::{generate, print};
use hjemmel_engine::check;
use hjemmel_engine::model::{DutyId, Model, Rule, Term};
use hjemmel_grammar::Sources;
use hjemmel_grammar::diagnostic::Severity;

const RULE_SETS: u64 = 20;

/// Adds the condition of each exemption as a term. The names of those that exempt from each duty.
fn with_terms(model: &mut Model) -> Vec<Vec<String>> {
    let mut names = vec![Vec::new(); model.duties.len()];
    for exemption in &model.exemptions {
        // A version may exempt from other duties than the next: each is a term of its own.
        for (number, version) in exemption.versions.iter().enumerate() {
            let name = format!("når_{}_{number}", exemption.name);
            for DutyId(duty) in &version.body.duties {
                names[*duty].push(name.clone());
            }
            let when = version.body.when;
            let versions = vec![generate::version(version.validity.period, Term { when })];
            model.terms.push(Rule { name, versions });
        }
    }
    names
}

#[test]
fn who_is_exempt_has_an_exemption_that_holds_and_the_other_way_round() {
    hold(
        "A6 verdicts, exempt only by an exemption",
        RULE_SETS * times(),
        |seed| {
            let mut tried = 0;
            for number in 0..4 {
                let doubt = if number == 3 { 8 } else { 0 };
                let (mut model, case, question, _) = drawn(seed, 900 + number, doubt);
                let names = with_terms(&mut model);
                let answers = answers::of(&model, &case, question);
                for (duty, names) in model.duties.iter().zip(&names) {
                    for run in &answers[&duty.name] {
                        let mut day = run.days.start;
                        while day < run.days.end {
                            let holds = |name: &String| {
                                let mut runs = answers[name].iter();
                                runs.any(|run| run.days.contains(day) && run.state == "ja")
                            };
                            let exempting = names.iter().any(holds);
                            let right = match run.state.as_str() {
                                "fritaget" => exempting,
                                "ikke_omfattet" | "ukendt" => true,
                                _ => !exempting,
                            };
                            if !right {
                                let shown = answers::shown(&model, &case);
                                return Err(format!(
                                    "{} is {} on {day}{shown}",
                                    duty.name, run.state
                                ));
                            }
                            tried += 1;
                            day = day.next();
                        }
                    }
                }
            }
            Ok(tried)
        },
    );
}

#[test]
fn nobody_is_exempt_where_nothing_exempts() {
    hold(
        "A6 verdicts, nobody exempt without exemptions",
        RULE_SETS * times(),
        |seed| {
            let mut tried = 0;
            for number in 0..4 {
                let (mut model, case, question, _) =
                    drawn(seed, 900 + number, 8 * usize::from(number == 3));
                model.exemptions.clear();
                let answers = answers::of(&model, &case, question);
                for duty in &model.duties {
                    for run in &answers[&duty.name] {
                        if run.state == "fritaget" {
                            return Err(format!("{run:?}{}", answers::shown(&model, &case)));
                        }
                        tried += run.days.end.since(run.days.start) as u64;
                    }
                }
            }
            Ok(tried)
        },
    );
}

/// The answers to a rule set, and to the same with each exemption and suspension under another name too.
fn said_twice(seed: u64) -> Result<u64, String> {
    let mut tried = 0;
    for number in 0..4 {
        let (model, case, question, _) = drawn(seed, 900 + number, 8 * usize::from(number == 3));
        let mut twice = model.clone();
        for exemption in &model.exemptions {
            let name = format!("igen_{}", exemption.name);
            twice.exemptions.push(Rule {
                name,
                ..exemption.clone()
            });
        }
        for suspension in &model.suspensions {
            let name = format!("igen_{}", suspension.name);
            let again = Rule {
                name,
                ..suspension.clone()
            };
            twice.suspensions.insert(0, again);
        }
        let (once, twice) = (
            answers::of(&model, &case, question),
            answers::of(&twice, &case, question),
        );
        if once != twice {
            return Err(format!(
                "{once:?}\n{twice:?}{}",
                answers::shown(&model, &case)
            ));
        }
        tried += answers::definite_days(&once).0;
    }
    Ok(tried)
}

#[test]
fn an_exemption_or_suspension_said_twice_says_no_more() {
    hold(
        "A6 verdicts with exemptions and suspensions twice",
        RULE_SETS * times(),
        said_twice,
    );
}

#[test]
fn a_rule_set_of_which_more_was_missing_the_second_time() {
    // What was missing for the exemption was taken for nothing the second time, and more was looked for.
    if let Err(differs) = said_twice(2437) {
        panic!("{differs}");
    }
}

#[test]
fn a_rule_that_is_declared_twice_is_refused() {
    hold("A6 rules declared twice", RULE_SETS / 4 * times(), |seed| {
        let text = print::text(&generate::model(seed));
        let declared: Vec<&str> = text.split("\n\n").map(str::trim).collect();
        for again in &declared {
            let mut sources = Sources::new();
            sources.add("regler.regel", format!("{text}\n\n{again}\n"));
            let refused = check(&sources)
                .diagnostics
                .iter()
                .any(|it| it.severity == Severity::Error);
            if !refused {
                return Err(format!("no error about this one:\n{again}"));
            }
        }
        Ok(declared.len() as u64)
    });
}
