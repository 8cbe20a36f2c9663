//! The two ways to read an extract, held against each other: by cases, and in columns.

use super::*;
use crate::{ColumnExtract, ColumnOptions, NotRead, Slice, read_columns};
use hjemmel_engine::columns::{Batch, Column, Reads};
use hjemmel_engine::model::{FieldId, TableId};
use std::ops::ControlFlow;

/// Reads the extract in columns in several ways, each of which must say what `by_cases` says.
#[track_caller]
pub(crate) fn same_in_columns(
    model: &Model,
    path: &Path,
    options: Options,
    by_cases: &Result<Extract, Refused>,
) {
    let reads = Reads::all(model);
    for (cases, sorted) in [(1000, false), (2, false), (3, true)] {
        let asked = ColumnOptions {
            extract: options,
            reads: &reads,
            sorted,
            cases,
            progress: None,
        };
        let (slices, read) = in_columns(model, path, &asked);
        match (&read, by_cases) {
            (Ok(read), Ok(extract)) => same(model, extract, read, &slices, cases),
            (Err(NotRead::Refused(refused)), Err(expected)) if sorted => {
                let first = |refused: &Refused| {
                    let mut problems = refused.problems.clone();
                    problems.sort();
                    problems
                };
                if !not_sorted(refused) {
                    assert_eq!(first(refused), first(expected));
                }
            }
            (Err(NotRead::Refused(refused)), Err(expected)) => assert_eq!(refused, expected),
            (Err(NotRead::Refused(refused)), Ok(_)) if sorted && not_sorted(refused) => {}
            (read, _) => panic!("{read:?} in columns, {by_cases:?} by cases"),
        }
    }
}

fn not_sorted(refused: &Refused) -> bool {
    use crate::codes::{NOT_SORTED, SORTED_KEY_ZERO};
    let mut codes = refused.problems.iter().map(|problem| problem.code);
    codes.any(|code| code == NOT_SORTED || code == SORTED_KEY_ZERO)
}

pub(crate) fn in_columns(
    model: &Model,
    path: &Path,
    options: &ColumnOptions<'_>,
) -> (Vec<Slice>, Result<ColumnExtract, NotRead>) {
    let mut slices = Vec::new();
    let read = read_columns(path, model, options, &mut |slice| {
        slices.push(slice);
        ControlFlow::Continue(())
    });
    (slices, read)
}

#[track_caller]
fn same(model: &Model, extract: &Extract, read: &ColumnExtract, slices: &[Slice], cases: usize) {
    assert_eq!(read.problems, extract.problems);
    assert_eq!(read.hash, extract.hash);
    assert_eq!(read.rows, extract.rows);
    assert_eq!(read.files, extract.files);
    assert_eq!(read.date, extract.date);
    assert_eq!(read.unknown_codes, extract.unknown_codes);
    assert_eq!(read.persons, extract.cases.len() as u64);
    let expected = extract.cases.chunks(cases);
    assert_eq!(slices.len(), expected.len());
    let counts = extract.unreadable.chunks(cases);
    for ((slice, expected), unreadable) in slices.iter().zip(expected).zip(counts) {
        let keys: Vec<&str> = expected.iter().map(|case| case.id.reveal()).collect();
        assert_eq!(slice.keys.iter().collect::<Vec<_>>(), keys);
        assert_eq!(slice.unreadable, unreadable);
        assert_eq!(slice.batch, Batch::from_cases(model, expected).unwrap());
    }
}

/// Numbers that look random, from a seed.
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }

    /// The first word mostly, now and then one of the others.
    fn mostly<'a>(&mut self, words: &[&'a str]) -> &'a str {
        if self.below(30) > 0 {
            words[0]
        } else {
            self.of(words)
        }
    }

    fn day(&mut self) -> String {
        let odd = [
            "2017-02-30",
            " 2017-01-01 ",
            "\"2017-01-01\"",
            "2017-01-01 13:37",
            "1899-12-31",
            "nej",
            "",
            "1850-06-01",
        ];
        let day = format!(
            "{}-{:02}-{:02}",
            1950 + self.below(70),
            1 + self.below(12),
            1 + self.below(28)
        );
        if self.below(40) > 0 {
            day
        } else {
            self.of(&odd).to_owned()
        }
    }

    fn end(&mut self) -> String {
        let words = [
            "fortsat",
            "ukendt",
            "",
            "9999-12-31",
            "\"fortsat\"",
            " ongoing",
        ];
        if self.below(3) > 0 {
            self.day()
        } else {
            self.of(&words).to_owned()
        }
    }
}

/// Files with all that a line may hold, ordinary and not.
pub(super) fn invented(seed: u64) -> Vec<(&'static str, Vec<u8>)> {
    let mut random = Random(seed);
    let (persons, long) = (2 + random.below(40), random.below(4) == 0);
    let (sorted, ansi) = (random.below(2) == 0, random.below(4) == 0);
    let key = |at: usize| match (long, at % 7) {
        (true, 3) => format!("{:09}", 100_000_000 + at),
        (true, _) => format!("{:010}", 100_000_000 + at),
        (_, 5) => format!("k {at:03}"),
        _ => format!("K{at:03}"),
    };
    let mut rows = |count: usize, headings: &str, line: &mut dyn FnMut(&mut Random) -> String| {
        let mut lines: Vec<String> = Vec::new();
        for _ in 0..count {
            let row = format!("{};{}", key(random.below(persons)), line(&mut random));
            for _ in 0..1 + usize::from(random.below(9) == 0) {
                lines.push(row.clone());
            }
        }
        if sorted {
            lines.sort();
        }
        let mut text = headings.to_owned();
        for line in lines {
            text += random.mostly(&["\n", "\r\n", "\n\n"]);
            text += &line;
        }
        text += random.mostly(&["\n", ""]);
        if ansi {
            encoding_rs::WINDOWS_1252.encode(&text).0.into_owned()
        } else {
            text.into_bytes()
        }
    };
    let person = rows(persons, "sag;født;køn", &mut |random| {
        format!(
            "{};{}",
            random.day(),
            random.mostly(&["kvinde", "mand", "KVINDE", "x", "\"mand\""])
        )
    });
    let ydelse = rows(
        persons * 3,
        "sag;andet;fra;til;art;timer;registreret",
        &mut |random| {
            let timer = ["37", "1,5", "", "1.234", "mange", "0"];
            let art = ["kontanthjælp", "uddannelseshjælp", "730", "999", "ZZ", ""];
            let (from, to, seen) = (random.day(), random.end(), random.day());
            let andet = random.of(&["", "æ", "\"a;b\"", "x"]);
            format!(
                "{andet};{from};{to};{};{};{seen}",
                random.of(&art),
                random.of(&timer)
            )
        },
    );
    let samtale = rows(persons * 2, "dato;fremmøde;sag", &mut |_| String::new());
    let samtale_rows = |random: &mut Random| {
        format!(
            "{};{};{}",
            random.day(),
            random.mostly(&["ja", "NEJ", "måske", ""]),
            key(random.below(persons))
        )
    };
    let mut text = String::from("dato;fremmøde;sag\n");
    let mut other = Random(seed ^ 77);
    for _ in 0..samtale.len() / 20 {
        text += &(samtale_rows(&mut other) + "\n");
    }
    let samtale = if ansi {
        encoding_rs::WINDOWS_1252.encode(&text).0.into_owned()
    } else {
        text.into_bytes()
    };
    let absence = rows(persons, "sag;note;grund;fra;til", &mut |random| {
        let note = random.of(&["", "en", "to", "\"linje\nto\"", "Ã¦"]);
        format!(
            "{note};{};2017-01-0{};fortsat",
            random.mostly(&["sygdom", "barsel", "?"]),
            1 + random.below(3)
        )
    });
    let special = rows(persons, "sag;fra;til;afgørelse;revurderes", &mut |random| {
        format!(
            "2017-01-01;{};{};{}",
            random.end(),
            random.mostly(&["ja", "afventer"]),
            random.day()
        )
    });
    let mut mapping = String::from("blank_slutdato = \"ukendt\"\n");
    if ansi {
        mapping += "tegnsæt = \"Windows-1252\"\n";
    }
    mapping += "[tabel.ydelse]\nfuldstændig = true\nslutdato_fortsat = [\"9999-12-31\"]\n";
    mapping += "[tabel.ydelse.koder.art]\n\"730\" = \"kontanthjælp\"\n\"999\" = \"ukendt\"\n";
    mapping += "[tabel.særligt]\nslutdato_fortsat = [\"9999-12-31\"]\n";
    mapping += "[tabel.person]\nfuldstændig = true\n";
    vec![
        ("person.csv", person),
        ("ydelse.csv", ydelse),
        ("samtale.csv", samtale),
        ("fravær.csv", absence),
        ("særligt.csv", special),
        ("udtræk.toml", mapping.into_bytes()),
    ]
}

#[test]
fn invented_extracts_say_the_same_in_columns() {
    let mut used = 0;
    for seed in 0..60 {
        let files = invented(seed);
        let files: Vec<(&str, &[u8])> = files
            .iter()
            .map(|(name, bytes)| (*name, bytes.as_slice()))
            .collect();
        let folder = folder(&files);
        used += usize::from(read_path(&model(), folder.path()).is_ok());
    }
    assert!(used > 40, "only {used} could be read");
}

#[test]
fn a_file_that_is_not_sorted_refuses_an_extract_that_is_said_to_be() {
    let text = "sag;fra;til;art;timer\nb;2017-01-01;fortsat;;\na;2017-01-01;fortsat;;\n";
    let folder = folder(&[("ydelse.csv", text.as_bytes())]);
    let model = model();
    let reads = Reads::all(&model);
    let mut asked = ColumnOptions {
        extract: Options::default(),
        reads: &reads,
        sorted: true,
        cases: 10,
        progress: None,
    };
    let said = |asked: &ColumnOptions<'_>, folder: &Path| match in_columns(&model, folder, asked) {
        (_, Err(NotRead::Refused(refused))) => refused.render(Language::Danish),
        (_, read) => format!("{read:?}"),
    };
    assert!(
        said(&asked, folder.path())
            .starts_with("fejl[E3035] ydelse.csv:3: nøglen kommer før den i rækken ovenfor")
    );
    asked.sorted = false;
    assert!(said(&asked, folder.path()).starts_with("Ok("));

    let text = text
        .replace("\nb;", "\n0100000001;")
        .replace("\na;", "\n100000002;");
    std::fs::write(folder.path().join("ydelse.csv"), text).unwrap();
    assert!(said(&asked, folder.path()).starts_with("Ok("));
    asked.sorted = true;
    assert!(
        said(&asked, folder.path()).starts_with("fejl[E3036] ydelse.csv:3: nøglen er på 9 cifre")
    );
}

#[test]
fn only_what_is_read_is_handed_over_and_a_reader_may_stop() {
    let text =
        "sag;fra;til;art;timer\na;2017-01-01;fortsat;kontanthjælp;37\nb;2017-01-01;fortsat;;\n";
    let folder = folder(&[("ydelse.csv", text.as_bytes())]);
    let model = model();
    let (ydelse, art) = (TableId(1), FieldId(0));
    let mut reads = Reads::none(&model);
    reads.add_field(&model, ydelse, art);
    for sorted in [false, true] {
        let asked = ColumnOptions {
            extract: Options::default(),
            reads: &reads,
            sorted,
            cases: 1,
            progress: None,
        };
        let mut seen = Vec::new();
        let read = read_columns(folder.path(), &model, &asked, &mut |slice| {
            seen.push(slice);
            ControlFlow::Break(())
        });
        assert_eq!((read, seen.len()), (Err(NotRead::Stopped), 1));
        let table = &seen[0].batch.tables()[ydelse.0];
        assert_eq!(*table.field(art.0), Column::Choice(vec![0]));
        assert_eq!(*table.field(1), Column::Absent);
    }
}

#[test]
fn a_person_may_stand_on_both_sides_of_a_stretch() {
    let mut text = String::from("sag;fra;til;art;timer\n");
    for row in 0..40_000_u32 {
        // One person has all rows around the end of the first stretch.
        let person = if (16_000..17_000).contains(&row) {
            16_000
        } else {
            row - row % 3
        };
        let (year, day) = (1950 + row % 50, 1 + row % 28);
        let timer = if row % 5000 == 7 { "\"7\"" } else { "7" };
        writeln!(
            text,
            "K{person:05};{year}-01-{day:02};fortsat;kontanthjælp;{timer}"
        )
        .unwrap();
    }
    let folder = folder(&[("ydelse.csv", text.as_bytes())]);
    assert!(read_path(&model(), folder.path()).is_ok());
}
