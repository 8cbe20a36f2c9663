//! Every history of up to two periods in eight days, against a handful of rule sets: one for each
//! kind of operator, one for each feature of the duty clock. `HJEMMEL_DAYS` gives them more days; the
//! nightly run has ten.
//!
//! A period has a known end, is ongoing, or has an unknown end. Where an end is unknown the answer
//! of the engine must be that of every completion, and all of them are tried.

mod faults;

use super::compared::{Compared, Tally};
use super::days::Window;
use super::differ::Scope;
use super::generate::day;
use super::judge::{Answer, Oracle, subjects};
use super::world::{Fault, World};
use hjemmel_engine::case::{Case, End, Row, Source, Start, TableRows, Value};
use hjemmel_engine::check;
use hjemmel_engine::evaluate::{Evaluation, subject_name};
use hjemmel_engine::model::Model;
use hjemmel_engine::outcome::StateRun;
use hjemmel_engine::time::{Day, Days, Period};
use hjemmel_grammar::Sources;
use std::collections::HashMap;

/// A rule set, the tables of the two periods, and the days on which they begin and end.
struct Corner {
    name: &'static str,
    text: &'static str,
    slots: [&'static str; 2],
    spread: bool,
}

macro_rules! corners {
    ($($name:literal $slots:expr, $spread:literal;)*) => {
        &[$(Corner {
            name: $name,
            text: include_str!(concat!($name, ".regel")),
            slots: $slots,
            spread: $spread,
        }),*]
    };
}

const CORNERS: &[Corner] = corners! {
    "operatorer" ["a", "a"], false;
    "måneder" ["a", "a"], true;
    "gentagelse" ["a", "b"], false;
    "udsættelse" ["a", "b"], false;
    "indtræden" ["a", "b"], false;
    "uge" ["a", "b"], false;
    "skøn" ["s", "b"], false;
    "dog" ["a", "b"], false;
    "forløb" ["a", "a"], false;
    "anker" ["a", "b"], false;
    "på_ny" ["a", "b"], false;
};

/// A period between two of the days, by their positions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Span {
    first: usize,
    last: Last,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Last {
    On(usize),
    Ongoing,
    Unknown,
}

type History = [Option<Span>; 2];

/// A corner, read and laid out.
struct Small {
    model: Model,
    slots: [usize; 2],
    /// The days on which periods begin and end, and after them some on which an unknown end may lie.
    days: Vec<Day>,
    /// How many of them periods begin and end on.
    count: usize,
    scope: Scope,
    compared: Vec<Day>,
}

/// The days in a usual run: an end of February, of a month and of a week are among them.
const DAYS: usize = 8;
/// The days after them on which an unknown end may lie.
const AFTER: usize = 3;
/// The most days there may be.
const MOST: usize = 10;

impl Small {
    fn named(name: &str) -> Self {
        let corner = CORNERS.iter().find(|corner| corner.name == name);
        Self::new(corner.expect("a corner of that name"))
    }

    fn new(corner: &Corner) -> Self {
        let mut sources = Sources::new();
        sources.add("skema.regel", include_str!("skema.regel"));
        sources.add("regler.regel", corner.text);
        let checked = check(&sources);
        assert!(
            checked.is_usable(),
            "{}: {:#?}",
            corner.name,
            checked.diagnostics
        );
        let position = |name: &str| {
            checked
                .model
                .table_named(name)
                .expect("a table of the schema")
                .0
                .0
        };
        // 29 February, the end of a month and the end of a week.
        let start = day(2016, 2, 24);
        let count = super::differential::number("HJEMMEL_DAYS")
            .map_or(DAYS, |days| days.try_into().unwrap());
        assert!(
            (DAYS..=MOST).contains(&count),
            "HJEMMEL_DAYS is {DAYS} to {MOST}"
        );
        let mut days: Vec<Day> = (0..MOST + AFTER).map(|i| start.plus(i as i32)).collect();
        if corner.spread {
            days = [
                (1, 30),
                (1, 31),
                (2, 1),
                (2, 28),
                (2, 29),
                (3, 1),
                (3, 30),
                (3, 31),
                (4, 1),
                (4, 30),
                (5, 1),
                (5, 31),
                (6, 30),
            ]
            .map(|(month, on)| day(2016, month, on))
            .into();
        }
        days.truncate(count + AFTER);
        // Margins for the lengths that the rule sets use.
        let (before, after) = if corner.spread { (65, 40) } else { (12, 18) };
        let last = days[count - 1].plus(8);
        let scope = Scope {
            window: Window {
                first: days[0].plus(-before),
                last: last.plus(after),
            },
            compared: Window {
                first: days[0].plus(-1),
                last,
            },
            ..Scope::around_2016()
        };
        let near = |day: &Day| !corner.spread || days.iter().any(|it| day.since(*it).abs() <= 1);
        let compared = scope.compared.days().filter(near).collect();
        let slots = corner.slots.map(position);
        Self {
            slots,
            days,
            count,
            scope,
            compared,
            model: checked.model,
        }
    }

    /// The days that are compared: before a history begins it is the empty one.
    fn compared(&self, history: History) -> impl Iterator<Item = Day> {
        let first = history
            .iter()
            .flatten()
            .map(|span| self.days[span.first])
            .min();
        let compared = self.compared.iter().copied();
        compared.filter(move |day| first.is_none_or(|first| first <= *day))
    }

    /// Histories of none, one or two periods; two of one table in either order are one history.
    fn histories(&self) -> Vec<History> {
        let mut spans = vec![None];
        for first in 0..self.count {
            let lasts = (first..self.count)
                .map(Last::On)
                .chain([Last::Ongoing, Last::Unknown]);
            spans.extend(lasts.map(|last| Some(Span { first, last })));
        }
        let mut histories = Vec::new();
        for (i, one) in spans.iter().enumerate() {
            let others = if self.slots[0] == self.slots[1] {
                &spans[..=i]
            } else {
                &spans[..]
            };
            histories.extend(others.iter().map(|other| [*one, *other]));
        }
        histories
    }

    /// Every history that fills in the unknown ends of this one.
    fn completions(&self, history: History) -> Vec<History> {
        let of = |span: Option<Span>| match span {
            Some(Span {
                first,
                last: Last::Unknown,
            }) => {
                let lasts = (first..self.days.len())
                    .map(Last::On)
                    .chain([Last::Ongoing]);
                lasts.map(|last| Some(Span { first, last })).collect()
            }
            known => vec![known],
        };
        let mut all = Vec::new();
        for one in of(history[0]) {
            all.extend(of(history[1]).into_iter().map(|other| [one, other]));
        }
        all
    }

    fn values(&self, table: usize) -> Vec<Option<Value>> {
        // Of an assessment: `ja`, without a date of its own.
        let assessed = self.model.tables[table].assessment;
        if assessed {
            vec![Some(Value::Choice(0)), Some(Value::NotGiven)]
        } else {
            Vec::new()
        }
    }

    fn registered(&self, span: Span) -> Day {
        self.days[span.first].plus(2)
    }

    /// What is there in every history: the person and what is counted from.
    fn case(&self, history: History) -> Case {
        let row = |from, to, values, registered| Row {
            from,
            to,
            values,
            registered,
            source: Source::default(),
        };
        let mut case = Case::empty(&self.model, "1");
        for (table, rows) in self.model.tables.iter().zip(&mut case.tables) {
            *rows = TableRows {
                rows: Vec::new(),
                complete: Days::all(),
                dated: false,
            };
            match table.name.as_str() {
                "person" => rows.rows.push(row(
                    Start::On(Day::FIRST),
                    End::Ongoing,
                    vec![Some(Value::Date(day(1996, 2, 29)))],
                    None,
                )),
                "grundlag" => rows.rows.push(row(
                    Start::On(self.days[0].plus(-1)),
                    End::Ongoing,
                    Vec::new(),
                    None,
                )),
                _ => {}
            }
        }
        for (slot, span) in self.slots.iter().zip(history) {
            let Some(span) = span else {
                continue;
            };
            let to = match span.last {
                Last::On(i) => End::On(self.days[i]),
                Last::Ongoing => End::Ongoing,
                Last::Unknown => End::Unknown,
            };
            let from = Start::On(self.days[span.first]);
            case.tables[*slot].rows.push(row(
                from,
                to,
                self.values(*slot),
                Some(self.registered(span)),
            ));
        }
        case
    }

    /// The oracle's answers for a history without unknown ends: by subject, then by day.
    fn answers(&self, history: History, fault: Option<Fault>) -> Vec<Vec<Option<Answer>>> {
        let world = World::known(&self.model, &self.case(history)).expect("no end is unknown");
        let oracle = Oracle::new(&self.model, &world, self.scope.window, None).fault(fault);
        let of = |subject| {
            self.compared(history)
                .map(|day| oracle.judge(subject, day))
                .collect()
        };
        subjects(&self.model).into_iter().map(of).collect()
    }

    /// The engine's runs for a history, by subject.
    fn runs(&self, history: History) -> Vec<Vec<StateRun>> {
        let case = self.case(history);
        let evaluation = Evaluation::new(&self.model, &case, None);
        let period = Period::inclusive(self.scope.compared.first, self.scope.compared.last);
        let of = |subject| evaluation.history(subject, period);
        subjects(&self.model).into_iter().map(of).collect()
    }

    /// Compares a history with the answers for its completions.
    fn compare(
        &self,
        history: History,
        completions: &[&Vec<Vec<Option<Answer>>>],
        tally: &mut Tally,
    ) -> Result<(), String> {
        let known = !history
            .iter()
            .flatten()
            .any(|span| span.last == Last::Unknown);
        tally.days += self.compared(history).count();
        for (i, (subject, runs)) in subjects(&self.model)
            .into_iter()
            .zip(self.runs(history))
            .enumerate()
        {
            for (d, day) in self.compared(history).enumerate() {
                let engine = runs.iter().find(|run| run.days.contains(day));
                let compared = Compared {
                    day,
                    engine,
                    known,
                    scope: self.scope,
                };
                let answers: Vec<_> = completions
                    .iter()
                    .map(|answers| answers[i][d].as_ref())
                    .collect();
                if let Some(differs) = answers.iter().find(|answer| !compared.agrees(**answer)) {
                    let name = subject_name(&self.model, subject);
                    let rows = super::say::case(&self.model, &self.case(history));
                    let engine = engine.map(|run| (&run.state, run.due));
                    return Err(format!(
                        "{name} on {day}\n{rows} engine: {engine:?}\n oracle: {differs:?}\n"
                    ));
                }
                compared.count(answers.into_iter().flatten(), tally);
            }
        }
        Ok(())
    }
}

fn every_history_of(corner: &str) {
    let small = Small::named(corner);
    let mut answers: HashMap<History, Vec<Vec<Option<Answer>>>> = HashMap::new();
    let mut tally = Tally::default();
    let mut failures = Vec::new();
    for history in small.histories() {
        let completions = small.completions(history);
        for completion in &completions {
            if !answers.contains_key(completion) {
                answers.insert(*completion, small.answers(*completion, None));
            }
        }
        let of: Vec<_> = completions
            .iter()
            .map(|completion| &answers[completion])
            .collect();
        failures.extend(small.compare(history, &of, &mut tally).err());
    }
    println!("{corner}: {tally:?}");
    println!(
        "FIGURE;A1;verdicts in the small world, {corner};{}",
        tally.answers
    );
    let (count, first) = (failures.len(), failures.first());
    assert_eq!(count, 0, "{corner}: {}", first.map_or("", String::as_str));
}

macro_rules! tests {
    ($($name:ident $corner:literal;)*) => {$(
        #[test]
        fn $name() {
            every_history_of($corner);
        }
    )*};
}

tests! {
    operators "operatorer";
    months "måneder";
    repeated_duties_with_an_exemption "gentagelse";
    discharged_and_suspended_duties "udsættelse";
    entry_into_scope "indtræden";
    calendar_weeks "uge";
    assessments_required_and_expired "skøn";
    exceptions_of_deadlines "dog";
    runs_of_what_is_counted "forløb";
    anchored_deadlines "anker";
    what_is_counted_anew "på_ny";
}
