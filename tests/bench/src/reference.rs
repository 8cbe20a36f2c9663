//! The engine's answers: the reference evaluator, case by case, through its public interface.

use crate::answer::{Answer, crossed};
use crate::columns::Rows;
use crate::workload::{
    AS_OF, CELLS, MISSING, Mondays, OUTCOMES, PRESENT, Parameters, Question, REFORM, TIMELINE, cell,
};
use hjemmel_engine::case::Case;
use hjemmel_engine::evaluate::Evaluation;
use hjemmel_engine::model::{ClassificationId, Model, Subject};
use hjemmel_engine::outcome::StateRun;
use hjemmel_engine::time::{Day, Period};
use hjemmel_engine::{Checked, check};
use hjemmel_extracts::{Extract, Options};
use hjemmel_grammar::Sources;
use hjemmel_grammar::diagnostic::Language;
use std::path::Path;

/// The workload as rules.
pub const RULES: &str = include_str!("../workload.regel");

/// The states of `benefit_on_day`, in the order of the groups that are counted.
const ON_DAY: [&str; 3] = ["on_kontanthjaelp", "on_uddannelseshjaelp", "no_benefit"];

/// The workload's rules with these parameters; none if they do not check without a remark.
#[must_use]
pub fn model(parameters: Parameters) -> Option<Model> {
    let look_back = format!("værdi {} måneder", parameters.look_back);
    let bridged = format!("værdi {} dage", parameters.bridged);
    let text = RULES
        .replace("værdi 12 måneder", &look_back)
        .replace("værdi 28 dage", &bridged);
    // The examples are about the parameters as they stand.
    if parameters == PRESENT {
        model_of(text)
    } else {
        sound(hjemmel_engine::check_rules(&sources(text)))
    }
}

/// What such a text means; none if it does not check without a remark.
pub(crate) fn model_of(text: String) -> Option<Model> {
    sound(check(&sources(text)))
}

fn sources(text: String) -> Sources {
    let mut sources = Sources::new();
    sources.add("workload.regel", text);
    sources
}

fn sound(checked: Checked) -> Option<Model> {
    checked.diagnostics.is_empty().then_some(checked.model)
}

/// Reads the cases; the text of what is wrong, if they are refused.
///
/// # Errors
///
/// The extract is refused, or something in it is remarked on.
pub fn read(folder: &Path, model: &Model) -> Result<Vec<Case>, String> {
    let read = hjemmel_extracts::read(folder, model, &Options::default());
    let Extract {
        cases, problems, ..
    } = read.map_err(|refused| refused.render(Language::English))?;
    match problems.first() {
        Some(problem) => Err(problem.render(Language::English)),
        None => Ok(cases),
    }
}

/// Rules and what they answer about.
#[derive(Clone, Debug)]
pub struct Reference {
    present: Model,
    reform: Model,
    outcome: Subject,
    benefit: Subject,
}

impl Reference {
    /// The workload's rules under both parameter sets; none if they do not check.
    #[must_use]
    pub fn new() -> Option<Self> {
        let (present, reform) = (model(PRESENT)?, model(REFORM)?);
        let named = |name: &str| {
            let mut rules = present.classifications.iter();
            let id = rules.position(|rule| rule.name == name)?;
            Some(Subject::Classification(ClassificationId(id)))
        };
        let (outcome, benefit) = (named("outcome")?, named("benefit_on_day")?);
        Some(Self {
            present,
            reform,
            outcome,
            benefit,
        })
    }

    /// The rules as they are, by which an extract is read.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.present
    }

    /// Answers a question; none if a rule says something that is not an outcome (`ukendt`).
    #[must_use]
    pub fn answer(&self, cases: &[Case], question: Question) -> Option<Answer> {
        match question {
            Question::AsOf => self.as_of(cases),
            Question::Series(mondays) => self.series(cases, mondays),
            Question::Compare => self.compare(cases),
            Question::Timelines => self.timelines(cases),
        }
    }

    fn as_of(&self, cases: &[Case]) -> Option<Answer> {
        let day = Day::from_number(AS_OF);
        let (mut outcomes, mut since) = (Vec::new(), Vec::new());
        let mut counts = [0; CELLS];
        for case in cases {
            let evaluation = Evaluation::new(&self.present, case, None);
            let judged = evaluation.judge(self.outcome, day)?;
            let benefit = on_day(&evaluation.judge(self.benefit, day)?.run, &ON_DAY)?;
            let outcome = on_day(&judged.run, &OUTCOMES)?;
            outcomes.push(outcome);
            since.push(match judged.since {
                Some(since) if outcome == MISSING => since.number(),
                _ => 0,
            });
            *counts.get_mut(cell(benefit, outcome))? += 1;
        }
        Some(Answer::AsOf(outcomes, since, counts))
    }

    fn series(&self, cases: &[Case], mondays: Mondays) -> Option<Answer> {
        let (first, last) = (mondays.first, mondays.last());
        let window = Period::inclusive(Day::from_number(first), Day::from_number(last));
        let mut weeks = vec![[0; CELLS]; usize::try_from(mondays.count).ok()?];
        for case in cases {
            let evaluation = Evaluation::new(&self.present, case, None);
            let outcomes = evaluation.history(self.outcome, window);
            let benefits = evaluation.history(self.benefit, window);
            let (mut outcomes, mut benefits) = (outcomes.iter(), benefits.iter());
            let (mut outcome, mut benefit) = (outcomes.next()?, benefits.next()?);
            for (monday, counts) in mondays.days().map(Day::from_number).zip(&mut weeks) {
                while outcome.days.end <= monday {
                    outcome = outcomes.next()?;
                }
                while benefit.days.end <= monday {
                    benefit = benefits.next()?;
                }
                let at = cell(on_day(benefit, &ON_DAY)?, on_day(outcome, &OUTCOMES)?);
                *counts.get_mut(at)? += 1;
            }
        }
        Some(Answer::Series(mondays, weeks))
    }

    fn compare(&self, cases: &[Case]) -> Option<Answer> {
        let day = Day::from_number(AS_OF);
        let window = Period::inclusive(day, day);
        let outcome = |model: &Model, case: &Case| {
            let evaluation = Evaluation::new(model, case, None);
            on_day(evaluation.history(self.outcome, window).first()?, &OUTCOMES)
        };
        let (mut ones, mut others) = (Vec::new(), Vec::new());
        let mut cross = [0; 25];
        for case in cases {
            let (one, other) = (outcome(&self.present, case)?, outcome(&self.reform, case)?);
            ones.push(one);
            others.push(other);
            *cross.get_mut(crossed(one, other))? += 1;
        }
        Some(Answer::Compare(ones, others, cross))
    }

    fn timelines(&self, cases: &[Case]) -> Option<Answer> {
        let (first, last) = TIMELINE;
        let window = Period::inclusive(Day::from_number(first), Day::from_number(last));
        let mut rows = Rows::default();
        for case in cases {
            let mut before: Option<(i32, i32, u8)> = None;
            for run in Evaluation::new(&self.present, case, None).history(self.outcome, window) {
                let outcome = on_day(&run, &OUTCOMES)?;
                let days = (run.days.start.number(), run.days.last().number());
                // A run tells its grounds too; here only its state counts.
                before = match before {
                    Some((start, _, same)) if same == outcome => Some((start, days.1, same)),
                    Some((start, end, other)) => {
                        rows.push(start, end, other);
                        Some((days.0, days.1, outcome))
                    }
                    None => Some((days.0, days.1, outcome)),
                };
            }
            let (start, end, outcome) = before?;
            rows.push(start, end, outcome);
            rows.end_case();
        }
        Some(Answer::Timelines(rows))
    }
}

/// The place of a run's state among the names.
fn on_day(run: &StateRun, names: &[&str]) -> Option<u8> {
    let at = names.iter().position(|name| *name == run.state.name())?;
    u8::try_from(at).ok()
}
