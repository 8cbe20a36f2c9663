//! Invented persons on the shipped rules, whose answers are held against those that another author's SQL gives of the
//! same files (`sql/compare`). The SQL was written from the rules and the language reference alone.

use super::number;
use super::ranges::multirange;
use super::shipped::rules;
use crate::oracle::{Random, day, subjects};
use chrono::Months;
use hjemmel_engine::columns::Batch;
use hjemmel_engine::evaluate::subject_name;
use hjemmel_engine::model::{Model, Subject, Table};
use hjemmel_engine::plan::{Plan, Question};
use hjemmel_engine::time::{Day, Days, Period};
use hjemmel_extracts::{Options, read};
use hjemmel_grammar::syntax::Shape;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// The rules that stand in `sql/rules.sql`, each with the years that it is asked about.
const RULES: [(&str, i32, i32); 10] = [
    ("målgruppe_jobparat", 2014, 2021),
    ("målgruppe_aktivitetsparat", 2014, 2021),
    ("målgruppe_ung", 2014, 2021),
    ("hjælp", 2014, 2021),
    ("sammenhængende_hjælp", 2014, 2021),
    ("forløb_som_aktivitetsparat", 2014, 2021),
    ("tilbud_der_tæller", 2014, 2021),
    ("mentorstøtte", 2014, 2019),
    ("opfølgning", 2016, 2019),
    ("første_samtale", 2014, 2019),
];

/// The rows of each table of the rules, a line each.
type Tables = BTreeMap<String, String>;

/// Draws persons: a row often begins, ends or is as long as where a rule turns.
struct Person<'a> {
    random: Random,
    tables: &'a mut Tables,
    key: String,
}

impl Person<'_> {
    fn draw(&mut self) {
        let start = self.begin();
        self.person(start);
        self.benefits(start);
        self.visitations(start);
        self.efforts(start);
        self.absences(start);
        self.talks(start);
    }

    /// A day on which a life with benefits may begin.
    fn begin(&mut self) -> Day {
        let year = self.random.between(2012, 2020);
        match self.random.below(6) {
            0 => day(year, self.random.between(1, 12) as u32, 1),
            1 => day(year, self.random.pick(&[1, 3, 5, 8, 12]), 31),
            2 => day(year, 3, 1).plus(-1),
            3 => day(self.random.pick(&[2014, 2015, 2016, 2020]), 1, 1)
                .plus(self.random.between(-3, 3)),
            _ => day(year, 1, 1).plus(self.random.between(0, 364)),
        }
    }

    fn code(&mut self, blank: usize, codes: &[&'static str]) -> &'static str {
        if self.random.below(100) < blank {
            return "";
        }
        self.random.pick(codes)
    }

    fn row(&mut self, table: &str, fields: &[&str]) {
        let lines = self.tables.get_mut(table).unwrap();
        let _ = writeln!(lines, "{};{}", self.key, fields.join(";"));
    }

    /// A row of some length; without a length it goes on, or nobody knows when it ends.
    fn period(&mut self, table: &str, from: Day, length: Option<i32>, fields: &[&str]) {
        let to = match length {
            Some(length) => from.plus(length - 1).to_string(),
            None if self.random.one_in(3) => "ukendt".to_owned(),
            None => "fortsat".to_owned(),
        };
        let mut all = vec![from.to_string(), to];
        all.extend(fields.iter().map(|&field| field.to_owned()));
        let all: Vec<_> = all.iter().map(String::as_str).collect();
        self.row(table, &all);
    }

    fn person(&mut self, start: Day) {
        let born = match self.random.below(8) {
            0 => String::new(),
            1 => day(self.random.pick(&[1984, 1988, 1992]), 2, 29).to_string(),
            // Thirty years old about then.
            2 => start
                .plus(-10_957 + self.random.between(-2, 40))
                .to_string(),
            _ => day(1965, 1, 1)
                .plus(self.random.between(0, 13_500))
                .to_string(),
        };
        let educated = self.code(8, &["ja", "nej", "nej"]);
        self.row("person", &[&born, educated]);
    }

    /// Days without a benefit, or without a category.
    fn gap(&mut self, after: Day) -> i32 {
        let month = month_from(after.plus(1)).since(after.plus(1));
        match self.random.below(9) {
            0 => month,
            1 => month - 1,
            2 => month + 1,
            // A whole calendar month, or a day less of it.
            3 => 31 + self.random.between(27, 31),
            4 => self.random.between(1, 27),
            5 => self.random.between(28, 62),
            6 => self.random.between(63, 400),
            _ => 0,
        }
    }

    /// Days until some last day, often that of a month.
    fn length(&mut self, from: Day, longest: i32) -> i32 {
        let some = self.random.between(1, longest);
        if self.random.one_in(3) {
            return from.plus(some).next_month().since(from);
        }
        some
    }

    /// Rows one after another, the last of them perhaps without an end.
    fn chain(&mut self, start: Day, mut row: impl FnMut(&mut Self, Day, Option<i32>)) {
        let mut from = start;
        for left in (0..1 + self.random.below(4)).rev() {
            if left == 0 && self.random.one_in(2) {
                return row(self, from, None);
            }
            let length = self.length(from, 700);
            row(self, from, Some(length));
            let last = from.plus(length - 1);
            from = last.plus(1 + self.gap(last));
        }
    }

    fn benefits(&mut self, start: Day) {
        let usual = self.random.pick(&[
            "kontanthjælp",
            "kontanthjælp",
            "uddannelseshjælp",
            "integrationsydelse",
        ]);
        self.chain(start, |person, from, length| {
            let any = [
                usual,
                usual,
                usual,
                "kontanthjælp",
                "overgangsydelse",
                "integrationsydelse",
            ];
            let kind = person.code(4, &any);
            let program = person.code(12, &["nej", "nej", "nej", "ja"]);
            person.period("ydelse", from, length, &[kind, program]);
        });
    }

    fn visitations(&mut self, start: Day) {
        let start = start.plus(self.random.pick(&[0, 0, 0, -10, 5, 40]));
        let usual = self
            .random
            .pick(&["jobparat", "aktivitetsparat", "uddannelsesparat"]);
        self.chain(start, |person, from, length| {
            let any = [
                usual,
                "aktivitetsparat",
                "jobparat",
                "aktivitetsparat",
                "åbenlyst_uddannelsesparat",
            ];
            let category = person.code(5, &any);
            person.period("visitation", from, length, &[category]);
        });
    }

    fn efforts(&mut self, start: Day) {
        let mut last = start;
        for _ in 0..self.random.below(6) {
            // The day after the last one ends, on its last day, or some time later.
            let from = match self.random.below(5) {
                0 => last.plus(1),
                1 => last.plus(self.random.between(-20, 3)),
                2 => day(2020, 1, 1).plus(self.random.between(-20, 2)),
                _ => last.plus(self.random.between(2, 500)),
            };
            let length = match self.random.below(8) {
                0 => None,
                1 => Some(13),
                2 => Some(14),
                3 => Some(self.random.between(1, 13)),
                _ => Some(self.random.between(1, 250)),
            };
            let kinds = [
                "mentor",
                "virksomhedspraktik",
                "vejledning_opkvalificering",
                "løntilskud",
                "nytteindsats",
                "læse_skrive_regnekursus",
                "realkompetencevurdering",
            ];
            let kind = self.code(4, &kinds);
            let states = [
                "gennemført",
                "igang",
                "gennemført",
                "igang",
                "afbrudt",
                "planlagt",
                "annulleret",
            ];
            let state = self.code(4, &states);
            let hours = self.code(10, &["2", "12,5", "37"]);
            let ordinary = self.code(20, &["ja", "nej"]);
            self.period("indsats", from, length, &[kind, state, hours, ordinary]);
            last = from.plus(length.unwrap_or(30) - 1);
        }
    }

    fn absences(&mut self, start: Day) {
        for table in ["fravær", "nært_forestående"] {
            for _ in 0..self.random.pick(&[0, 0, 1, 2]) {
                let from = start.plus(self.random.between(-30, 900));
                let length = (!self.random.one_in(8)).then(|| self.random.between(1, 120));
                let reasons: &[_] = match table {
                    "fravær" => &["barsel", "barsel", "sygdom", "ferie"],
                    _ => &["fuldtidsjob", "fleksjob", "vejrlig", "arbejdsfordeling"],
                };
                let reason = self.code(5, reasons);
                let decided = self.code(8, &["ja", "nej"]);
                self.period(table, from, length, &[reason, decided]);
            }
        }
        if self.random.one_in(8) {
            let from = start.plus(self.random.between(-30, 200));
            let reasons = ["pensionsalder", "uden_optjent_førtidspension", "under_18"];
            let reason = self.code(5, &reasons);
            let length = self.random.pick(&[None, Some(7), Some(100)]);
            self.period("uden_for_kontaktforløb", from, length, &[reason]);
        }
        if self.random.one_in(10) {
            let from = start.plus(self.random.between(-30, 400));
            let length = self.random.pick(&[None, Some(3), Some(300)]);
            self.period("særligt_tilrettelagt_ungdomsuddannelse", from, length, &[]);
        }
    }

    fn talks(&mut self, start: Day) {
        for _ in 0..self.random.below(5) {
            let at = match self.random.below(3) {
                0 => start.plus(self.random.between(5, 9)),
                1 => start.plus(self.random.between(-5, 20)),
                _ => start.plus(self.random.between(0, 1_500)),
            };
            let form = self.code(5, &["fremmøde", "fremmøde", "telefonisk", "digital"]);
            self.row("samtale", &[&at.to_string(), form]);
        }
    }
}

/// The same day of the next month, or its last.
fn month_from(day: Day) -> Day {
    Day::from_date(day.date() + Months::new(1))
}

/// An empty table for each that the rules know.
fn headings(model: &Model) -> Tables {
    let heading = |table: &Table| {
        let time: &[_] = match table.shape {
            Shape::Periods => &["fra", "til"],
            Shape::Events => &["dato"],
            Shape::Facts => &[],
        };
        let fields = table.fields.iter().map(|field| field.name.as_str());
        let columns: Vec<_> = ["sag"].into_iter().chain(time.iter().copied()).collect();
        let columns: Vec<_> = columns.into_iter().chain(fields).collect();
        (table.name.clone(), columns.join(";") + "\n")
    };
    model.tables.iter().map(heading).collect()
}

/// Writes so many persons into a folder as an extract.
fn write_extract(folder: &Path, seed: u64, persons: usize) -> Tables {
    let mut tables = headings(rules());
    for number in 1..=persons as u64 {
        let mut person = Person {
            random: Random::new(seed * 1_000_000 + number),
            tables: &mut tables,
            key: format!("p{number}"),
        };
        person.draw();
    }
    for (table, text) in &tables {
        fs::write(folder.join(format!("{table}.csv")), text).unwrap();
    }
    tables
}

fn subject(model: &Model, name: &str) -> Subject {
    let found = subjects(model)
        .into_iter()
        .find(|it| subject_name(model, *it) == name);
    found.unwrap()
}

/// What the engine says of an extract: of each person and rule the days of each state, but of terms not those of no.
fn answers(folder: &Path) -> String {
    let options = Options {
        allow_empty: true,
        ..Options::default()
    };
    let read = read(folder, rules(), &options).unwrap();
    let batch = Batch::from_cases(rules(), &read.cases).unwrap();
    let mut text = String::new();
    for (name, first, last) in RULES {
        let question = Question {
            window: Period::inclusive(day(first, 1, 1), day(last, 12, 31)),
            known_on: None,
        };
        let plan = Plan::new(rules(), &[subject(rules(), name)], question);
        let histories = &plan.answer(&batch)[0];
        for (at, case) in read.cases.iter().enumerate() {
            let mut states = BTreeMap::<_, Vec<Period>>::new();
            for run in histories.runs_of(at) {
                let state = histories.states[usize::from(histories.state[run])].name();
                states.entry(state).or_default().push(histories.days[run]);
            }
            for (state, days) in states {
                if state != "nej" {
                    let days = multirange(&Days::from_periods(days));
                    let _ = writeln!(text, "{};{name};{state};\"{days}\"", case.id.reveal());
                }
            }
        }
    }
    text
}

#[test]
fn persons_are_written_for_the_rules_in_sql() {
    let seed = number("HJEMMEL_SEED").unwrap_or(1);
    let Some(folder) = std::env::var_os("HJEMMEL_SQL") else {
        let folder = tempfile::tempdir().unwrap();
        let tables = write_extract(folder.path(), seed, 3);
        let with_rows = tables.values().filter(|text| 1 < text.lines().count());
        let rows: String = with_rows.map(String::as_str).collect();
        return insta::assert_snapshot!(rows + "\n" + &answers(folder.path()));
    };
    let folder = Path::new(&folder);
    write_extract(folder, seed, number("HJEMMEL_PERSONS").unwrap() as usize);
    fs::write(folder.join("answers"), answers(folder)).unwrap();
}
