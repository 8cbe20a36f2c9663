//! `hjemmel test`: runs the examples that stand beside the rules.

use crate::arguments::TestArguments;
use crate::check::one;
use crate::exit::{Exit, Failure};
use crate::mutate;
use crate::print::{self, Paint, range};
use crate::session::{Rules, Session};
use crate::timelines;
use hjemmel_engine::examples::{self, ExpectationResult};
use hjemmel_engine::model::Example;
use hjemmel_grammar::diagnostic::Text;
use std::fmt::Write as _;

/// Runs all examples; a failing one is shown with what came out.
pub(crate) fn test(session: &Session, arguments: &TestArguments) -> Result<Exit, Failure> {
    if arguments.mutate {
        return mutate::mutate(session, arguments);
    }
    let rules = session.rules(&arguments.rules.rules, hjemmel_engine::check_rules)?;
    let mut out = String::new();
    let mut failed: usize = 0;
    for example in &rules.model.examples {
        let results = examples::run(&rules.model, example);
        let wrong: Vec<_> = results.iter().filter(|result| !result.passed).collect();
        if !wrong.is_empty() {
            failed = failed.saturating_add(1);
            out += &failing(session, &rules, example, &wrong);
        }
    }
    out += &summary(session, rules.model.examples.len(), failed);
    print::out(&out)?;
    Ok(if failed == 0 {
        Exit::Done
    } else {
        Exit::Findings
    })
}

/// An example with every line that the rules contradict.
fn failing(
    session: &Session,
    rules: &Rules,
    example: &Example,
    wrong: &[&ExpectationResult<'_>],
) -> String {
    let paint = Paint {
        on: print::colour_on_stdout(),
    };
    let line = range(&rules.sources, example.site).0.line;
    let place = format!("({}:{line})", rules.sources.path(example.site.file));
    let head = paint.red(session.say("Fejlet", "Failed"));
    let mut out = format!(
        "{head}: {} {}\n",
        paint.bold(&example.title),
        paint.dim(&place)
    );
    for result in wrong {
        let says = rules.sources.slice(result.expectation.site).trim();
        let _ = writeln!(out, "\n  {}", print::harmless_lines(says));
        out += &timelines::draw(session, &rules.model, result, paint);
    }
    out + "\n"
}

fn summary(session: &Session, all: usize, failed: usize) -> String {
    let paint = Paint {
        on: print::colour_on_stdout(),
    };
    let passed = all.saturating_sub(failed);
    if failed == 0 {
        let text = match all {
            0 => Text::new("Der er ingen eksempler", "There are no examples"),
            1 => Text::new("Eksemplet er bestået", "The example passed"),
            _ => Text::new(
                format!("Alle {all} eksempler er bestået"),
                format!("All {all} examples passed"),
            ),
        };
        return paint.green(text.get(session.language())) + "\n";
    }
    let text = Text::new(
        format!(
            "{failed} {} fejlet, {passed} bestået",
            one(failed, "eksempel", "eksempler")
        ),
        format!(
            "{failed} {} failed, {passed} passed",
            one(failed, "example", "examples")
        ),
    );
    paint.red(text.get(session.language())) + "\n"
}
