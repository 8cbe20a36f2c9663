//! The same rules and the same extract give the same bytes: on any number of threads, in any language and
//! time zone of the surroundings, and however often they are asked.

use crate::{program, run};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Rules and an extract, by the days that they are asked about. The shipped rules take longer: a long run has them too.
const SETS: [[&str; 4]; 2] = [
    ["dansk", "udtræk", "2017-07-31", "2017-01-01"],
    [
        "../../../../rules",
        "../../../../vejledning/øvelse/udtræk",
        "2017-09-13",
        "2017-01-01",
    ],
];

/// A command line, the name of the file that it writes (none: what it says is all), and whether it takes `--threads`.
const COMMANDS: [(&str, Option<&str>, bool); 8] = [
    ("run RULES --data DATA --as-of DAY", Some("run.csv"), false),
    (
        "run RULES --data DATA --as-of DAY",
        Some("run.parquet"),
        false,
    ),
    (
        "run RULES --data DATA --timeline --from FIRST --to DAY",
        Some("timeline.json"),
        false,
    ),
    (
        "count RULES --data DATA --from FIRST --to DAY --every week --format json",
        None,
        true,
    ),
    (
        "series RULES --data DATA --from FIRST --to DAY",
        Some("series.csv"),
        true,
    ),
    (
        "worklist RULES --data DATA --as-of DAY",
        Some("worklist.csv"),
        false,
    ),
    (
        "worklist RULES --data DATA --as-of DAY",
        Some("worklist.xlsx"),
        false,
    ),
    (
        "report RULES --data DATA --as-of DAY",
        Some("memo.html"),
        false,
    ),
];

/// Zones in which it is another day, and languages of the surroundings with other decimals, other capitals, or none.
const SURROUNDINGS: [(&str, &str); 6] = [
    ("UTC", "C"),
    ("Europe/Copenhagen", "da_DK.UTF-8"),
    ("Pacific/Kiritimati", "tr_TR.UTF-8"),
    ("America/Anchorage", "C"),
    ("Asia/Kathmandu", "tr_TR.UTF-8"),
    ("odd zone", "da_DK.UTF-8"),
];

/// All that a command says and writes in a time zone and a language: stdout, and each file in the folder by its name.
fn all_of(
    line: &str,
    out: Option<&str>,
    set: [&str; 4],
    (zone, language): (&str, &str),
) -> BTreeMap<String, Vec<u8>> {
    let mut command = program();
    command
        .env("TZ", zone)
        .env("LANG", language)
        .env("LC_ALL", language);
    all_that(command, line, out, set)
}

/// The same of a program in whatever surroundings.
fn all_that(
    mut command: Command,
    line: &str,
    out: Option<&str>,
    [rules, data, day, first]: [&str; 4],
) -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().expect("a folder");
    for word in line.split(' ') {
        command.arg(match word {
            "RULES" => rules,
            "DATA" => data,
            "DAY" => day,
            "FIRST" => first,
            word => word,
        });
    }
    if let Some(name) = out {
        command.arg("--out").arg(folder.path().join(name));
    }
    command.args(["--lang", "da"]);
    let output = command.output().expect("the program runs");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{line}: {stderr}");
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder.path()).expect("the folder") {
        let path = entry.expect("a file").path();
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        files.insert(name, fs::read(path).expect("its bytes"));
    }
    assert_eq!(files.is_empty(), out.is_none(), "{line}");
    // The folder has another name each time.
    let told = String::from_utf8_lossy(&output.stdout);
    let told = told.replace(&folder.path().display().to_string(), "");
    files.insert("stdout".to_owned(), told.into_bytes());
    files
}

/// How often a long run repeats each; a usual one does it once, on the small rule set.
fn repeats() -> Option<usize> {
    std::env::var("HJEMMEL_REPEATS").ok()?.parse().ok()
}

fn assert_same(line: &str, first: &BTreeMap<String, Vec<u8>>, again: &BTreeMap<String, Vec<u8>>) {
    assert_eq!(
        first.keys().collect::<Vec<_>>(),
        again.keys().collect::<Vec<_>>(),
        "{line}"
    );
    for ((name, bytes), other) in first.iter().zip(again.values()) {
        assert!(bytes == other, "{line}: other bytes in {name}");
    }
}

#[test]
fn the_same_bytes_on_any_threads_in_any_zone_and_language() {
    let mut runs = 0;
    let sets = if repeats().is_some() { 2 } else { 1 };
    for set in SETS.into_iter().take(sets) {
        for (line, out, threads) in COMMANDS {
            let first = all_of(line, out, set, ("UTC", "C"));
            for round in 0..repeats().unwrap_or(1) {
                for surroundings in SURROUNDINGS {
                    assert_same(line, &first, &all_of(line, out, set, surroundings));
                    runs += 1;
                }
                for count in [1, 2, 8, 16].into_iter().filter(|_| threads) {
                    let line = format!("{line} --threads {count}");
                    let surroundings = SURROUNDINGS[round % SURROUNDINGS.len()];
                    assert_same(&line, &first, &all_of(&line, out, set, surroundings));
                    runs += 1;
                }
            }
        }
    }
    println!("FIGURE;A14;runs with the same bytes;{runs}");
}

/// The days that a machine may believe it has; the last ones are beyond what 32 bits of seconds hold.
const CLOCKS: [&str; 4] = ["1970-01-02", "2016-02-29", "2038-01-20", "2099-12-31"];

/// A manifest tells when its run began, and so that the clock is another.
#[test]
#[ignore = "needs libfaketime: tests/clock"]
fn the_same_bytes_whatever_the_clock_says() {
    let library = std::env::var("HJEMMEL_FAKETIME").expect("the library of libfaketime");
    let at = |day: &str| {
        let mut command = program();
        command
            .env("LD_PRELOAD", &library)
            .env("FAKETIME", format!("@{day} 12:00:00"));
        command
    };
    let mut runs = 0;
    for (line, out, _) in COMMANDS {
        let [first, others @ ..] = CLOCKS.map(|day| all_that(at(day), line, out, SETS[0]));
        for other in others {
            assert_same(line, &first, &other);
            runs += 1;
        }
        assert_same(line, &first, &all_of(line, out, SETS[0], ("UTC", "C")));
    }
    let folder = tempfile::tempdir().expect("a folder");
    for day in CLOCKS {
        let path = folder.path().join(format!("{day}.json"));
        let mut command = at(day);
        command.args([
            "count",
            "dansk",
            "--data",
            "udtræk",
            "--as-of",
            "2017-07-31",
        ]);
        let ended = command.arg("--manifest").arg(&path).output();
        assert!(ended.expect("the program runs").status.success());
        let manifest = fs::read_to_string(&path).expect("a manifest");
        assert!(
            manifest.contains(&format!("\"started\": \"{day}T")),
            "{manifest}"
        );
    }
    println!("FIGURE;B5;runs with the same bytes in 1970, 2038 and 2099;{runs}");
}

/// The extract with the rows of its files the other way round.
fn reversed() -> (tempfile::TempDir, PathBuf) {
    let kept = tempfile::tempdir().expect("a folder");
    let folder = kept.path().join("udtræk");
    fs::create_dir(&folder).expect("a folder");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/program/fixtures/udtræk");
    for entry in fs::read_dir(source).expect("the extract") {
        let path = entry.expect("a file").path();
        let text = fs::read_to_string(&path).expect("its text");
        let text = if path.extension().is_some_and(|ending| ending == "csv") {
            let mut lines: Vec<&str> = text.lines().collect();
            if let Some(rows) = lines.get_mut(1..) {
                rows.reverse();
            }
            lines.join("\n") + "\n"
        } else {
            text
        };
        fs::write(folder.join(path.file_name().expect("a name")), text).expect("a copy");
    }
    (kept, folder)
}

/// The text without the lines that missing facts stand on: those are others.
fn without_places(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let parts = text.split(".csv:").enumerate();
    let part = |(at, part): (usize, &str)| match at {
        0 => part.to_owned(),
        _ => part
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .to_owned(),
    };
    parts.map(part).collect::<Vec<_>>().join(".csv")
}

#[test]
fn the_order_of_rows_changes_no_answer() {
    let (_kept, folder) = reversed();
    let folder = folder.display().to_string();
    let [set, _] = SETS;
    let [rules, data, day, first] = set;
    let mut compared = 0;
    for (line, out, _) in COMMANDS {
        let Some(name @ ("run.csv" | "series.csv" | "worklist.csv")) = out else {
            continue;
        };
        let of = |data| {
            let mut files = all_of(line, out, [rules, data, day, first], ("UTC", "C"));
            without_places(&files.remove(name).expect("the file"))
        };
        assert!(of(data) == of(&folder), "{line}: another {name}");
        compared += 1;
    }
    assert_eq!(compared, 3);
    let counted = |data: &str| {
        let line = format!("count {rules} --data {data} --as-of {day} --format csv");
        let output = run(&line);
        assert_eq!(output.status.code(), Some(0), "{line}");
        output.stdout
    };
    assert_eq!(counted(data), counted(&folder));
}
