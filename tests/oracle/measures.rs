//! Measures by columns against measures by the readable evaluator, day for day, on random rule
//! sets and random cases.

use super::columnar::case;
use super::generate::{self, cases, day, print, version};
use super::random::Random;
use super::say;
use hjemmel_engine::case::Case;
use hjemmel_engine::columns::Batch;
use hjemmel_engine::evaluate::Evaluation;
use hjemmel_engine::histories::MeasureHistories;
use hjemmel_engine::measure::contribution;
use hjemmel_engine::model::{
    ClassificationId, ConditionId, FieldId, FieldType, Measure, MeasureId, Model, Rule, SplitBy,
    TableId,
};
use hjemmel_engine::plan::{Plan, Question};
use hjemmel_engine::time::{Day, Period, Truth};

/// Rule sets, and cases under each: so many are held against each other in a usual run.
const RULE_SETS: u64 = 60;
const CASES: u64 = 12;

/// Everything that a measure can be split by.
fn splits(model: &Model) -> Vec<SplitBy> {
    let classifications = 0..model.classifications.len();
    let mut splits: Vec<SplitBy> = classifications
        .map(|id| SplitBy::Classification(ClassificationId(id)))
        .collect();
    for (table, declared) in model.tables.iter().enumerate() {
        for (field, declared) in declared.fields.iter().enumerate() {
            if matches!(declared.ty, FieldType::Choice(_)) {
                splits.push(SplitBy::Field(TableId(table), FieldId(field)));
            }
        }
    }
    splits
}

/// A measure of conditions that stand in the rules, with two versions and a hole between them.
fn measure(model: &Model, random: &mut Random) -> Rule<Measure> {
    let splits = splits(model);
    let changes = day(2016, 1, 1).plus(random.between(0, 250));
    let hole = random.between(0, 20);
    let mut body = || Measure {
        count: ConditionId(random.below(model.conditions.len())),
        out_of: ConditionId(random.below(model.conditions.len())),
        split_by: (0..random.below(3)).map(|_| random.pick(&splits)).collect(),
        limit: None,
        rhythm: None,
    };
    let before = Period::new(Day::FIRST, changes);
    let after = Period::new(changes.plus(hole), Day::END);
    Rule {
        name: "måling".into(),
        versions: vec![version(before, body()), version(after, body())],
    }
}

/// What a case adds on a day, as words; nothing where it is outside the measure.
fn readable(
    model: &Model,
    evaluation: &Evaluation<'_>,
    day: Day,
) -> Option<(Truth, Truth, Vec<String>)> {
    let added = contribution(model, evaluation, MeasureId(0), day)?;
    (added.out_of != Truth::No).then_some((added.out_of, added.counted, added.group))
}

fn columnar(
    histories: &MeasureHistories,
    case: usize,
    day: Day,
) -> Option<(Truth, Truth, Vec<String>)> {
    let mut runs = histories.runs_of(case);
    let run = runs.find(|run| histories.days[*run].contains(day))?;
    let added = histories.added[run];
    let group = histories.groups[added.group as usize].clone();
    Some((added.out_of, added.counted, group))
}

fn compared(model: &Model, cases: &[Case], question: Question) -> Result<usize, String> {
    let batch = Batch::from_cases(model, cases).map_err(|error| error.to_string())?;
    let plan = Plan::new(model, &[], question).with_measures(model, &[MeasureId(0)]);
    let answers = plan.answer_measures(&batch);
    let mut counted = 0;
    for (at, case) in cases.iter().enumerate() {
        let evaluation = Evaluation::new(model, case, question.known_on);
        for number in question.window.start.number()..question.window.end.number() {
            let day = Day::from_number(number);
            let expected = readable(model, &evaluation, day);
            let found = columnar(&answers[0], at, day);
            if expected != found {
                return Err(format!(
                    "{day}: readable {expected:?}, columnar {found:?}\nknown on {:?}\n{:?}\n{}\n{}",
                    question.known_on.map(|day| day.to_string()),
                    model
                        .conditions
                        .iter()
                        .map(|c| &c.kind)
                        .enumerate()
                        .collect::<Vec<_>>(),
                    print::rules(model),
                    say::case(model, case),
                ));
            }
            counted += usize::from(expected.is_some());
        }
    }
    Ok(counted)
}

#[test]
fn measures_by_columns_are_those_of_the_readable_evaluator() {
    let mut counted = 0;
    for seed in 1..=RULE_SETS {
        let mut random = Random::new(seed);
        let mut model = generate::model(seed);
        model.measures = vec![measure(&model, &mut random)];
        let cases: Vec<Case> = (0..CASES)
            .map(|number| case(&model, seed * 1000 + number))
            .collect();
        let known_on = cases::known_on(&mut random);
        let year = Period::inclusive(day(2015, 12, 28), day(2016, 11, 15));
        let one = day(2016, 1, 1).plus(random.between(0, 300));
        for window in [year, Period::inclusive(one, one)] {
            let question = Question { window, known_on };
            match compared(&model, &cases, question) {
                Ok(days) => counted += days,
                Err(differs) => panic!("seed {seed}: {differs}"),
            }
        }
    }
    assert!(
        counted > 50_000,
        "on {counted} days somebody was counted: too few to tell"
    );
}
