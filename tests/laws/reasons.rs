//! Every answer can be given reasons: what an administrative decision must name is there, for everybody in the
//! Helsingør extract and every rule.

use super::shipped::{add, root};
use hjemmel_engine::evaluate::{Evaluation, subjects};
use hjemmel_engine::explain::{Explanation, Reason, explain};
use hjemmel_engine::model::{BasisKind, DutyId, DutyState, Model, Subject};
use hjemmel_engine::outcome::State;
use hjemmel_engine::time::{Day, Truth};
use hjemmel_extracts::{Options, read};
use hjemmel_grammar::Sources;
use std::collections::BTreeMap;

/// What an answer has, and what it lacks.
#[derive(Default)]
struct Found {
    counts: BTreeMap<&'static str, u64>,
    lacking: Vec<String>,
}

impl Found {
    fn count(&mut self, what: &'static str, count: usize) {
        *self.counts.entry(what).or_default() += count as u64;
    }

    fn merge(&mut self, other: Self) {
        for (what, count) in other.counts {
            *self.counts.entry(what).or_default() += count;
        }
        self.lacking.extend(other.lacking);
    }
}

/// All steps of an explanation.
fn steps<'r>(reason: &'r Reason, into: &mut Vec<&'r Reason>) {
    into.push(reason);
    reason.because.iter().for_each(|step| steps(step, into));
}

/// Whether every provision of a basis is of an act with an edition in force on the day: so its version is known.
fn has_version(model: &Model, explanation: &Explanation, day: Day) -> bool {
    let Some(basis) = &explanation.outcome.run.basis else {
        return false;
    };
    match &basis.kind {
        BasisKind::Source(source) => !source.is_empty(),
        BasisKind::Provisions(provisions) => provisions.iter().all(|provision| {
            let act = model
                .acts
                .iter()
                .find(|act| act.name == provision.act.to_string());
            // An act that is cited by number is its own version.
            act.is_none_or(|act| {
                let mut editions = act.editions.iter();
                act.editions.is_empty() || editions.any(|it| it.validity.period.contains(day))
            })
        }),
    }
}

/// Of the exemptions in force that a duty has, each must stand among the reasons with a yes or no and why.
fn exemptions(model: &Model, duty: DutyId, explanation: &Explanation, day: Day, found: &mut Found) {
    let attached = model.exemptions.iter().filter_map(|rule| rule.on(day));
    let attached = attached.filter(|version| version.body.duties.contains(&duty));
    for version in attached {
        let step = explanation
            .reason
            .because
            .iter()
            .find(|step| step.site == Some(version.name_site));
        match step {
            Some(step) if step.truth.is_some() && !step.because.is_empty() => {
                let named = step.basis.is_some();
                found.count("exemptions tried and told with why or why not", 1);
                if !named {
                    found
                        .lacking
                        .push("an exemption without its provision".to_owned());
                }
            }
            _ => found
                .lacking
                .push(format!("exemption {:?} is not told", version.title)),
        }
    }
}

/// What people are to decide names what it rests on.
fn assessments(explanation: &Explanation, found: &mut Found) {
    let mut steps = explanation.reason.because.iter();
    let asked = steps.any(|step| {
        let rests = step.basis.is_some() || step.because.iter().any(|it| it.basis.is_some());
        step.truth == Some(Truth::Yes) && rests && !step.because.is_empty()
    });
    found.count(
        "answers that wait for an assessment, with what it rests on",
        usize::from(asked),
    );
    if !asked {
        found
            .lacking
            .push("an assessment without what it rests on".to_owned());
    }
}

fn look(model: &Model, subject: Subject, explanation: &Explanation, day: Day, found: &mut Found) {
    let state = &explanation.outcome.run.state;
    let name = model.name_of(subject);
    if !has_version(model, explanation, day) {
        found
            .lacking
            .push(format!("{name}: no provision of a known version"));
    }
    if state.is_unknown() {
        found.count("unknown answers with the facts that are missing", 1);
        if explanation.missing.is_empty() {
            found
                .lacking
                .push(format!("{name}: unknown, and nothing is missing"));
        }
        return;
    }
    found.count("definite answers", 1);
    let mut all = Vec::new();
    steps(&explanation.reason, &mut all);
    if all.iter().any(|step| !step.rows.is_empty()) {
        found.count("definite answers with the source rows of their facts", 1);
    } else if all.len() > 1 && all.iter().all(|step| !step.text.da.is_empty()) {
        // Nothing is registered: that is the fact, and each step says of what.
        found.count("definite answers that rest on no row being registered", 1);
    } else {
        found
            .lacking
            .push(format!("{name}: neither rows nor what there is no row of"));
    }
    if let (Subject::Duty(duty), State::Duty(state)) = (subject, state) {
        if *state != DutyState::NotCovered {
            exemptions(model, duty, explanation, day, found);
        }
        if *state == DutyState::AwaitsAssessment {
            assessments(explanation, found);
        }
    }
}

#[test]
fn every_answer_for_helsingør_can_be_given_reasons() {
    let mut sources = Sources::new();
    add(&mut sources, &root().join("rules"));
    let review = root().join("tests/helsingor/gennemgang.regel");
    sources.add("gennemgang.regel", std::fs::read_to_string(review).unwrap());
    let model = hjemmel_engine::check_rules(&sources).model;
    let data = root().join("tests/helsingor/udtræk");
    let extract = read(&data, &model, &Options::default()).unwrap();
    let day = Day::from_ymd(2017, 7, 31).unwrap();
    let known_on = Day::from_ymd(2017, 8, 22);
    let all = subjects(&model);
    let share = extract.cases.len().div_ceil(2);
    let found = std::thread::scope(|scope| {
        let parts = extract.cases.chunks(share).map(|cases| {
            let (model, all) = (&model, &all);
            scope.spawn(move || {
                let mut found = Found::default();
                for case in cases {
                    let evaluation = Evaluation::new(model, case, known_on);
                    for subject in all {
                        if let Some(told) = explain(model, &evaluation, *subject, day) {
                            look(model, *subject, &told, day, &mut found);
                        }
                    }
                }
                found
            })
        });
        let parts: Vec<_> = parts.collect();
        let mut found = Found::default();
        for part in parts {
            found.merge(part.join().unwrap());
        }
        found
    });
    for (what, count) in &found.counts {
        println!("FIGURE;H5;{what};{count}");
    }
    println!(
        "FIGURE;H5;answers without their reasons;{}",
        found.lacking.len()
    );
    let counted = |what: &str| found.counts.get(what).copied().unwrap_or(0);
    assert!(
        found.lacking.is_empty(),
        "{:#?}",
        &found.lacking[..found.lacking.len().min(10)]
    );
    assert!(counted("definite answers") > 15_000);
    assert!(counted("exemptions tried and told with why or why not") > 1_000);
    assert!(counted("answers that wait for an assessment, with what it rests on") > 0);
}
