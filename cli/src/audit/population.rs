//! The answers that a sample is drawn from, in strata, and the drawing.

use super::question::{By, Question};
use crate::exit::{Exit, Failure};
use crate::progress::{self, Progress};
use crate::session::Session;
use crate::{judged, states};
use hjemmel_engine::audit::{NotDrawn, draw};
use hjemmel_engine::case::Case;
use hjemmel_engine::evaluate::{Evaluation, subject_name};
use hjemmel_engine::measure::group_on;
use hjemmel_engine::model::{DutyState, Model, SplitBy, Subject};
use hjemmel_engine::outcome::State;
use hjemmel_engine::time::Period;
use hjemmel_extracts::Extract;
use hjemmel_grammar::diagnostic::{Language, Text};
use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

/// An answer of the engine.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// A position among the cases.
    pub(crate) case: usize,
    pub(crate) rule: Subject,
    pub(crate) state: State,
}

/// A stratum: what is drawn from it is an answer, or all answers of a case.
#[derive(Clone, Debug)]
pub(crate) struct Stratum {
    /// Its name for machines; blank if there is only one.
    pub(crate) name: String,
    pub(crate) title: Text,
    /// Each with its answers, by case and then by the name of the rule.
    members: Vec<Vec<Answer>>,
}

/// All answers that are asked about.
#[derive(Clone, Debug)]
pub(crate) struct Population {
    /// By their names.
    pub(crate) strata: Vec<Stratum>,
}

/// An answer that was drawn.
#[derive(Clone, Debug)]
pub(crate) struct Drawn {
    pub(crate) answer: Answer,
    /// A position among the strata.
    pub(crate) stratum: usize,
}

/// What a case adds to the population.
type OfCase = Vec<(String, Answer)>;

impl Stratum {
    /// How many there are to draw from.
    pub(crate) fn size(&self) -> usize {
        self.members.len()
    }

    /// How many of its answers are definite.
    pub(crate) fn definite(&self) -> u64 {
        let answers = self.members.iter().flatten();
        let definite = answers.filter(|answer| !answer.state.is_unknown());
        u64::try_from(definite.count()).unwrap_or(u64::MAX)
    }
}

impl Population {
    /// Judges everyone, and keeps what is asked about.
    pub(crate) fn of(
        session: &Session,
        model: &Model,
        extract: &Extract,
        question: &Question,
    ) -> Self {
        let progress = Progress::default();
        let numbered: Vec<(usize, &Case)> = extract.cases.iter().enumerate().collect();
        let found = progress::shown(session, &progress, || {
            judged::each(&numbered, |(at, case)| {
                let answers = of_case(model, question, *at, case);
                progress.persons.fetch_add(1, Ordering::Relaxed);
                answers
            })
        });
        let mut strata: BTreeMap<String, Stratum> = BTreeMap::new();
        for answers in found {
            let mut here: BTreeMap<String, Vec<Answer>> = BTreeMap::new();
            for (name, answer) in answers {
                here.entry(name).or_default().push(answer);
            }
            for (name, answers) in here {
                let first = answers.first();
                let title = first.map(|answer| title(model, question, &name, answer));
                let stratum = strata.entry(name).or_insert_with_key(|name| Stratum {
                    name: name.clone(),
                    title: title.unwrap_or_else(|| Text::same(name.clone())),
                    members: Vec::new(),
                });
                if question.written.whole_cases {
                    stratum.members.push(answers);
                } else {
                    stratum
                        .members
                        .extend(answers.into_iter().map(|it| vec![it]));
                }
            }
        }
        Self {
            strata: strata.into_values().collect(),
        }
    }

    /// How many there are to draw from in all.
    pub(crate) fn size(&self) -> usize {
        self.strata.iter().map(Stratum::size).sum()
    }

    /// The sample, by case and then by the name of the rule.
    pub(crate) fn sample(&self, model: &Model, question: &Question) -> Result<Vec<Drawn>, Failure> {
        let sizes: Vec<usize> = self.strata.iter().map(Stratum::size).collect();
        let written = &question.written;
        let drawn = draw(&sizes, written.size, question.allocation(), written.seed);
        let drawn = drawn.map_err(|why| not_drawn(why, written.size))?;
        let mut found = Vec::new();
        for (at, (stratum, positions)) in self.strata.iter().zip(drawn).enumerate() {
            let members = positions.iter().filter_map(|at| stratum.members.get(*at));
            found.extend(members.flatten().map(|answer| Drawn {
                answer: answer.clone(),
                stratum: at,
            }));
        }
        found.sort_by_key(|it| (it.answer.case, subject_name(model, it.answer.rule)));
        Ok(found)
    }
}

fn not_drawn(why: NotDrawn, size: usize) -> Failure {
    match why {
        NotDrawn::Nobody if size == 0 => Failure::usage(
            "--size 0: der skal trækkes mindst ét svar",
            "--size 0: at least one answer must be drawn",
        ),
        NotDrawn::Nobody => Failure::new(
            Exit::Usage,
            "der er ingen svar at trække af den dag",
            "there are no answers to draw from on that day",
        )
        .hint(
            "--state vælger svar; --uncovered tager dem med, en pligt ikke omfatter",
            "--state chooses answers; --uncovered adds those whom a duty does not cover",
        ),
        NotDrawn::TooFew { strata } => Failure::usage(
            format!("--size {size}: der er {strata} lag, og hvert skal have mindst ét svar med"),
            format!(
                "--size {size}: there are {strata} strata, and each must have at least one answer"
            ),
        ),
    }
}

/// The answers of a case that are asked about, each with the name of its stratum.
fn of_case(model: &Model, question: &Question, at: usize, case: &Case) -> OfCase {
    let evaluation = Evaluation::new(model, case, question.known_on);
    let group = match question.stratify {
        Some(By::Group(by)) => group_on(model, &evaluation, by, question.day),
        _ => None,
    };
    let day = Period::inclusive(question.day, question.day);
    let mut found = Vec::new();
    for rule in &question.rules {
        let runs = evaluation.history(*rule, day);
        let Some(run) = runs.into_iter().next() else {
            continue;
        };
        if !is_asked(question, *rule, &run.state) {
            continue;
        }
        let name = match question.stratify {
            None => String::new(),
            Some(By::Rule) => subject_name(model, *rule).to_owned(),
            Some(By::State) => run.state.name().to_owned(),
            Some(By::Group(_)) => group.clone().unwrap_or_else(|| "ukendt".to_owned()),
        };
        let answer = Answer {
            case: at,
            rule: *rule,
            state: run.state,
        };
        found.push((name, answer));
    }
    found
}

/// Those whom a duty does not cover are asked about only if it is said.
fn is_asked(question: &Question, rule: Subject, state: &State) -> bool {
    let mut named = question.states.iter().filter(|(its, _)| *its == rule);
    match named.clone().next() {
        Some(_) => named.any(|(_, wanted)| wanted == state),
        None => question.written.uncovered || *state != State::Duty(DutyState::NotCovered),
    }
}

/// What people call a stratum.
fn title(model: &Model, question: &Question, name: &str, answer: &Answer) -> Text {
    let day = question.day;
    let words = |subject, state: &State| {
        let of = |language| states::words(model, subject, state, day, language);
        Text::new(of(Language::Danish), of(Language::English))
    };
    match question.stratify {
        None => Text::new("alle", "all"),
        Some(By::Rule) => Text::same(states::heading(model, answer.rule, day)),
        Some(By::State) => words(answer.rule, &answer.state),
        Some(By::Group(SplitBy::Classification(id))) => {
            let subject = Subject::Classification(id);
            let all = states::all(model, subject, day);
            let state = all.iter().find(|state| state.name() == name);
            state.map_or_else(
                || Text::same(name.replace('_', " ")),
                |state| words(subject, state),
            )
        }
        Some(By::Group(SplitBy::Field(..))) => Text::same(name.replace('_', " ")),
    }
}
