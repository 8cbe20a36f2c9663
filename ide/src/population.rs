//! How many cases of an extract each duty and classification covers, and how many have another
//! outcome than before. Only numbers leave this module, never anything about a person.

use crate::analysis::Analysis;
use crate::examples::header;
use crate::words::pick;
use hjemmel_engine::case::Start;
use hjemmel_engine::evaluate::{Evaluation, subject_name, subjects};
use hjemmel_engine::model::{DutyState, Subject};
use hjemmel_engine::outcome::State;
use hjemmel_engine::time::Period;
use hjemmel_grammar::diagnostic::Language;
use hjemmel_grammar::span::{FileId, Span};
use hjemmel_grammar::syntax::Kind;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::Path;

pub use hjemmel_engine::case::Case;
pub use hjemmel_engine::model::Model;
pub use hjemmel_engine::time::Day;

/// The cases of an extract.
#[derive(Clone, Debug, Default)]
pub struct People {
    /// The cases.
    pub cases: Vec<Case>,
    /// The day the extract was made, if that is known.
    pub day: Option<Day>,
}

/// Someone who can read an extract; this crate cannot.
pub trait Population: Send + Sync {
    /// The cases of the extract at a path, as tables of a model; none if it cannot be used.
    fn load(&self, path: &Path, model: &Model) -> Option<People>;
}

/// The numbers of one duty or classification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// How many cases it covers.
    pub covered: usize,
    /// How many cases there are.
    pub of: usize,
    /// How many have another outcome than before.
    pub changed: usize,
}

/// What came of every case, to be compared with what comes of it later.
#[derive(Clone, Debug, Default)]
pub struct Outcomes {
    rules: BTreeMap<String, Vec<Mark>>,
}

/// Whether a case is covered, and a number that stands for its outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Mark {
    covered: bool,
    outcome: u64,
}

impl Outcomes {
    /// The numbers, with what has changed since `before`.
    #[must_use]
    pub fn counts(&self, before: &Self) -> BTreeMap<String, Count> {
        let each = self.rules.iter().map(|(name, marks)| {
            let earlier = before.rules.get(name);
            let changed = match earlier {
                // A rule that was not there has changed nothing that was.
                None => 0,
                Some(earlier) => {
                    let both = marks.iter().zip(earlier);
                    both.filter(|(now, then)| now.outcome != then.outcome)
                        .count()
                }
            };
            let count = Count {
                covered: marks.iter().filter(|mark| mark.covered).count(),
                of: marks.len(),
                changed,
            };
            (name.clone(), count)
        });
        each.collect()
    }
}

impl Count {
    /// `omfatter 412 af 10.000; 31 ændret`
    #[must_use]
    pub fn words(&self, language: Language) -> String {
        let number = |number| grouped(number, language);
        let (covered, of) = (number(self.covered), number(self.of));
        let mut told = match language {
            Language::Danish => format!("omfatter {covered} af {of}"),
            Language::English => format!("covers {covered} of {of}"),
        };
        if 0 < self.changed {
            let word = pick(language, "ændret", "changed");
            told += &format!("; {} {word}", number(self.changed));
        }
        told
    }
}

/// A number with marks between the thousands.
fn grouped(number: usize, language: Language) -> String {
    let mark = pick(language, ".", ",");
    let digits = number.to_string();
    let mut out = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if 0 < n && (digits.len() - n).is_multiple_of(3) {
            out.push_str(mark);
        }
        out.push(digit);
    }
    out
}

impl Analysis {
    /// The rules that have numbers in a file: the heads of their declarations, and their names.
    #[must_use]
    pub fn countable(&self, file: FileId) -> Vec<(Span, String)> {
        let Some(memo) = self.set.memo(file) else {
            return Vec::new();
        };
        let rules = memo.tree().declarations.iter();
        let rules = rules.filter(|it| matches!(it.kind, Kind::Duty | Kind::Classification));
        rules
            .filter_map(|it| Some((header(it), it.name.as_ref()?.text.clone())))
            .collect()
    }

    /// What the tables of the rules are, in words that are the same as long as the tables are;
    /// none while a rule has an error.
    #[must_use]
    pub fn tables(&self) -> Option<String> {
        let mut out = String::new();
        for table in &self.set.model()?.tables {
            let (name, shape) = (&table.name, table.shape);
            let kind = (table.complete, table.exclusive, table.assessment);
            out += &format!("{name:?} {shape:?} {kind:?}\n");
            for field in &table.fields {
                out += &format!("  {:?} {:?}\n", field.name, field.ty);
            }
        }
        Some(out)
    }

    /// Has the cases of an extract read for the tables of the rules.
    pub fn load(&self, population: &dyn Population, path: &Path) -> Option<People> {
        population.load(path, self.set.model()?)
    }

    /// What comes of every case on the day whose law is shown, else on the day of the extract;
    /// none if a rule has an error, or as soon as nobody wants it any more.
    pub fn outcomes(&self, people: &People, wanted: &dyn Fn() -> bool) -> Option<Outcomes> {
        let model = self.set.model()?;
        let day = self.law.or(people.day).or_else(|| last_day(people))?;
        let day = Period::inclusive(day, day);
        let counted: Vec<Subject> = subjects(model)
            .into_iter()
            .filter(|it| matches!(it, Subject::Duty(_) | Subject::Classification(_)))
            .collect();
        let mut rules: Vec<Vec<Mark>> = vec![Vec::new(); counted.len()];
        for case in &people.cases {
            if !wanted() {
                return None;
            }
            let evaluation = Evaluation::new(model, case, None);
            for (subject, marks) in counted.iter().zip(&mut rules) {
                let runs = evaluation.history(*subject, day);
                let mut hasher = DefaultHasher::new();
                let run = runs.first();
                run.map(|run| (&run.state, run.due)).hash(&mut hasher);
                marks.push(Mark {
                    covered: run.is_some_and(|run| is_covered(&run.state)),
                    outcome: hasher.finish(),
                });
            }
        }
        let names = counted.iter();
        let names = names.map(|subject| subject_name(model, *subject).to_owned());
        Some(Outcomes {
            rules: names.zip(rules).collect(),
        })
    }
}

fn is_covered(state: &State) -> bool {
    *state != State::Duty(DutyState::NotCovered) && !state.is_unknown()
}

/// The last day on which a row begins.
fn last_day(people: &People) -> Option<Day> {
    let tables = people.cases.iter().flat_map(|case| &case.tables);
    let days = tables
        .flat_map(|table| &table.rows)
        .filter_map(|row| match row.from {
            Start::On(day) => Some(day),
            Start::Unknown => None,
        });
    days.filter(|day| Period::ALL.contains(*day)).max()
}

#[cfg(test)]
mod tests {
    use super::{Count, Model, People, Population};
    use crate::Language;
    use crate::fixture::Fixture;
    use std::path::Path;

    /// The cases of the examples.
    struct Examples;

    impl Population for Examples {
        fn load(&self, _: &Path, model: &Model) -> Option<People> {
            let cases = model.examples.iter().map(|it| it.case.clone());
            Some(People {
                cases: cases.collect(),
                day: None,
            })
        }
    }

    const RULES: &str = "
lov LAB \"Lov\"
  udgave LBK 1342/2016 gælder fra 1. januar 1900
data ydelse
  perioder fuldstændig
begreb hjælp
  hjemmel kilde \"Prøve\"
  når ydelse
pligt tilbud \"😀\"
  hjemmel LAB § 92
  for ydelse
  regnet fra ydelse
  frist 2 uger
  opfyldes af hjælp i mindst 1 år
eksempel \"a\"
  givet
    ydelse fra 1. maj 2017, fortsat
  så
    hjælp er ja fra 1. maj 2017
eksempel \"b\"
  givet
    ydelse fra 1. juni 2017, fortsat
  så
    hjælp er ja fra 1. juni 2017
eksempel \"c\"
  givet
    ydelse fra 1. maj 2016 til 31. maj 2016
  så
    hjælp er nej fra 1. juni 2016
";

    #[test]
    fn covered_and_changed() {
        let now = Fixture::new(&RULES.replace("2 uger", "8 uger")).analysis;
        let then = Fixture::new(RULES).analysis;
        let people = now.load(&Examples, Path::new("")).unwrap();
        let before = then.outcomes(&people, &|| true).unwrap();
        let counts = now.outcomes(&people, &|| true).unwrap().counts(&before);
        let count = counts["tilbud"];
        assert_eq!(count.words(Language::Danish), "omfatter 2 af 3; 2 ændret");
        assert_eq!(then.tables(), now.tables());
        assert!(now.outcomes(&people, &|| false).is_none(), "cancelled");
        let countable = now.countable(crate::FileId(0));
        assert_eq!(countable.len(), 1);
    }

    #[test]
    fn nothing_is_counted_while_a_rule_is_broken() {
        let broken = Fixture::new(&RULES.replace("når ydelse", "når og")).analysis;
        assert!(broken.load(&Examples, Path::new("")).is_none());
        assert!(broken.outcomes(&People::default(), &|| true).is_none());
        assert_eq!(broken.tables(), None);
    }

    #[test]
    fn numbers_have_marks_between_the_thousands() {
        let count = Count {
            covered: 412,
            of: 10_000,
            changed: 0,
        };
        assert_eq!(count.words(Language::Danish), "omfatter 412 af 10.000");
        let count = Count {
            changed: 1_031,
            of: 1_234_567,
            ..count
        };
        assert_eq!(
            count.words(Language::English),
            "covers 412 of 1,234,567; 1,031 changed"
        );
    }
}
