//! What every rule says of the case of one example: runs of days, for a drawing.

use crate::days::{provisions, run_state};
use crate::examples::{around, meant};
use crate::rule_set::RuleSet;
use hjemmel_engine::case::{End, Source, Start};
use hjemmel_engine::evaluate::{Evaluation, subject_name, subjects};
use hjemmel_engine::explain::missing_fact;
use hjemmel_engine::model::{
    DayExpectation, DutyState, Example, Expected, Model, Rule, Subject, Version,
};
use hjemmel_engine::outcome::{Due, State, StateRun};
use hjemmel_engine::time::{Day, Period, Truth};
use hjemmel_grammar::diagnostic::Language;
use hjemmel_grammar::keyword;
use hjemmel_grammar::span::{FileId, Site};
use hjemmel_grammar::syntax::Kind;

/// How many days are shown before the first that the example speaks of.
const BEFORE: i32 = 31;

/// The timelines of an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timelines {
    /// The example's title.
    pub title: String,
    /// The rules: duties, classifications, warnings, then terms and assessments it names.
    pub rules: Vec<RuleTimeline>,
}

/// What one rule says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleTimeline {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// The keyword of its kind, in the language of the example.
    pub kind: &'static str,
    /// Where its name is declared.
    pub site: Option<Site>,
    /// In order, without overlap.
    pub runs: Vec<Run>,
}

/// A run of days with one answer. Days are `2017-07-01`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The first day.
    pub from: String,
    /// The last day; `None` if there is no end.
    pub to: Option<String>,
    /// The state.
    pub state: String,
    /// The provisions it rests on.
    pub basis: Vec<String>,
    /// The last timely day, if it is certain.
    pub due: Option<String>,
    /// The facts that are not known.
    pub missing: Vec<String>,
}

/// The timelines of the example around an offset; none while a rule has an error.
pub(crate) fn timelines(set: &RuleSet, file: FileId, offset: u32) -> Option<Timelines> {
    let language = set.memo(file)?.language();
    let model = set.model()?;
    let example = meant(model, file, around(set, file, offset)?)?;
    let window = Period::new(first_day(example).plus(-BEFORE), Day::END).and(Period::ALL);
    let rules = histories(model, example, window);
    let rules = rules.into_iter().map(|(subject, runs)| {
        let facts = facts(model, subject);
        RuleTimeline {
            name: subject_name(model, subject).to_owned(),
            title: facts.title,
            kind: keyword::declares(facts.kind, language),
            site: facts.site,
            runs: runs
                .iter()
                .map(|run| worded(model, run, language))
                .collect(),
        }
    });
    Some(Timelines {
        title: example.title.clone(),
        rules: rules.collect(),
    })
}

/// Every rule that says something of the case, with its runs in a window.
pub(crate) fn histories(
    model: &Model,
    example: &Example,
    window: Period,
) -> Vec<(Subject, Vec<StateRun>)> {
    let evaluation = Evaluation::new(model, &example.case, example.known_on);
    let named = named(example);
    let mut rules = subjects(model);
    for subject in &named {
        if !rules.contains(subject) {
            rules.push(*subject);
        }
    }
    let all = rules.into_iter().map(|subject| {
        let runs = evaluation.history(subject, window);
        (subject, runs)
    });
    all.filter(|(subject, runs)| named.contains(subject) || says_something(runs))
        .filter(|(_, runs)| !runs.is_empty())
        .collect()
}

/// The rules that an example's lines name, in their order.
fn named(example: &Example) -> Vec<Subject> {
    let mut named = Vec::new();
    for expectation in &example.expectations {
        if !named.contains(&expectation.subject) {
            named.push(expectation.subject);
        }
    }
    named
}

/// Whether a rule has anything to do with the case.
fn says_something(runs: &[StateRun]) -> bool {
    let nothing = [State::Duty(DutyState::NotCovered), State::Truth(Truth::No)];
    runs.iter().any(|run| !nothing.contains(&run.state))
}

/// The first day that an example speaks of.
pub(crate) fn first_day(example: &Example) -> Day {
    days(example).into_iter().min().unwrap_or(Day::FIRST)
}

/// The days that an example speaks of.
pub(crate) fn days(example: &Example) -> Vec<Day> {
    let mut days = Vec::new();
    for row in example.case.tables.iter().flat_map(|table| &table.rows) {
        if let Start::On(day) = row.from {
            days.push(day);
        }
        if let End::On(day) = row.to {
            days.push(day);
        }
    }
    for expectation in &example.expectations {
        match expectation.days {
            DayExpectation::On(day) => days.push(day),
            DayExpectation::Run { from, to } => days.extend(from.into_iter().chain(to)),
        }
        if let Expected::Due(day) = expectation.expected {
            days.push(day);
        }
    }
    // Facts about the person hold from the first day to the last.
    days.retain(|day| Day::FIRST < *day && day.next() < Day::END);
    days
}

fn worded(model: &Model, run: &StateRun, language: Language) -> Run {
    let place = |source: Source| match language {
        Language::Danish => format!("række {}", source.line),
        Language::English => format!("row {}", source.line),
    };
    let grounds = run
        .grounds
        .iter()
        .filter_map(|ground| ground.basis.as_ref());
    let mut basis: Vec<String> = Vec::new();
    for each in run.basis.iter().chain(grounds).flat_map(provisions) {
        if !basis.contains(&each) {
            basis.push(each);
        }
    }
    let missing = run.missing.iter();
    let missing = missing.map(|fact| missing_fact(model, fact, place));
    Run {
        from: run.days.start.to_string(),
        to: (run.days.end < Day::END).then(|| run.days.last().to_string()),
        state: run_state(&run.state, language),
        basis,
        due: run.due.and_then(Due::certain).map(|day| day.to_string()),
        missing: missing.map(|text| text.get(language).to_owned()).collect(),
    }
}

/// What is told of a rule beside its runs.
pub(crate) struct Facts {
    kind: Kind,
    title: Option<String>,
    site: Option<Site>,
}

/// The facts of a rule, from its last version.
pub(crate) fn facts(model: &Model, subject: Subject) -> Facts {
    fn of<T>(kind: Kind, rule: Option<&Rule<T>>) -> Facts {
        let version: Option<&Version<T>> = rule.and_then(|rule| rule.versions.last());
        Facts {
            kind,
            title: version.and_then(|version| version.title.clone()),
            site: version.map(|version| version.name_site),
        }
    }
    match subject {
        Subject::Duty(id) => of(Kind::Duty, model.duties.get(id.0)),
        Subject::Classification(id) => of(Kind::Classification, model.classifications.get(id.0)),
        Subject::Term(id) => of(Kind::Term, model.terms.get(id.0)),
        Subject::Assessment(id) => of(Kind::Assessment, model.assessments.get(id.0)),
        Subject::Warning(id) => of(Kind::Warning, model.warnings.get(id.0)),
    }
}

#[cfg(test)]
mod tests {
    use crate::fixture::Fixture;

    #[track_caller]
    fn check(fixture: &str, expected: &str) {
        let fixture = Fixture::new(fixture);
        let found = fixture.analysis.timelines(fixture.file, fixture.cursor);
        let mut drawn = String::new();
        for rule in found.into_iter().flat_map(|found| found.rules) {
            let at = rule.site.map(|site| fixture.line_with(site));
            drawn += &format!("{} ({})\n", at.unwrap_or_default(), rule.kind);
            for run in rule.runs {
                drawn += &format!("  {} – {}", run.from, run.to.unwrap_or_default());
                drawn += &format!(" {} {:?}", run.state, run.basis);
                drawn += &run
                    .due
                    .map_or_else(String::new, |due| format!(" frist {due}"));
                drawn += &format!("{}\n", run.missing.join("; "));
            }
        }
        assert_eq!(drawn, expected.trim_start());
    }

    const RULES: &str = "
data ydelse
  perioder fuldstændig
begreb hjælp
  hjemmel kilde \"Prøve\"
  når ydelse
data sag
  perioder fuldstændig
begreb sagen
  hjemmel kilde \"Prøve\"
  når sag
pligt tilbud_i_tide \"Tilbud\"
  hjemmel LAB § 92, stk. 2
  for hjælp
  regnet fra hjælp
  frist 2 uger
  opfyldes af hjælp i mindst 1 år
pligt en_anden
  hjemmel LAB § 93
  for sagen
  regnet fra hjælp
  frist 2 uger
  opfyldes af hjælp i mindst 1 år
lov LAB \"Lov\"
  udgave LBK 1342/2016 gælder fra 1. januar 1900
";

    #[test]
    fn duties_and_the_terms_that_are_named() {
        check(
            &format!(
                "{RULES}eksempel \"a\"\n  givet\n    ydelse fra 1. maj 2017 til 31. maj 2017\n  s$0å\n    hjælp er ja den 1. maj 2017\n"
            ),
            "
/a.regel: pligt <tilbud_i_tide> \"Tilbud\" (pligt)
  2017-03-31 – 2017-04-30 ikke_omfattet [\"LAB § 92, stk. 2\"]
  2017-05-01 – 2017-05-15 frist_løber [\"LAB § 92, stk. 2\"] frist 2017-05-15
  2017-05-16 – 2017-05-31 overskredet [\"LAB § 92, stk. 2\"] frist 2017-05-15
  2017-06-01 –  ikke_omfattet [\"LAB § 92, stk. 2\"]
/a.regel: begreb <hjælp> (begreb)
  2017-03-31 – 2017-04-30 nej [\"Prøve\"]
  2017-05-01 – 2017-05-31 ja [\"Prøve\"]
  2017-06-01 –  nej [\"Prøve\"]
",
        );
    }

    #[test]
    fn states_are_in_the_language_of_the_file() {
        check(
            "
data benefit
  periods complete
term help
  basis source \"Test\"
  when benefit
example \"a\"
  given
    benefit from 1 May 2017 to 31 May 2017
  then
    help is yes on $01 May 2017
",
            "
/a.regel: term <help> (term)
  2017-03-31 – 2017-04-30 no [\"Test\"]
  2017-05-01 – 2017-05-31 yes [\"Test\"]
  2017-06-01 –  no [\"Test\"]
",
        );
    }

    #[test]
    fn outside_an_example_and_with_an_error_there_are_none() {
        check(
            &RULES.replace("hjælp\n", "hjæ$0lp\n").replacen("$0", "", 3),
            "",
        );
        check(
            &format!(
                "{RULES}begreb x\n  når og\neksempel \"a\"\n  s$0å\n    hjælp er nej den 1. maj 2017\n"
            ),
            "",
        );
    }
}
