//! Extracts larger than any municipality's, by the shipped rules, in bounded memory: the commands
//! that read in columns, at a million persons; and of those that hold every case, how much more each
//! person costs, so that nobody has to find out.
//!
//! `tests/whole/million` runs it at a million.

use crate::crowd;
use crate::memory::most;
use crate::{figure, folder, setting};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The most memory that a command of any size may take, in KiB.
const MOST: u64 = 1024 * 1024;
/// How many persons the original has.
const ORIGINAL: usize = 1092;

/// How a command went.
struct Ran {
    peak: u64,
    took: Duration,
    said: String,
}

/// Runs the program on an extract; what it says stands in a file.
fn run(words: &str, data: &Path, beside: &Path) -> Ran {
    let mut words = words.split(' ');
    let said = beside.join("sagt");
    let mut command = Command::new(crate::program());
    command
        .arg(words.next().unwrap())
        .arg(folder("rules"))
        .arg("--data")
        .arg(data);
    command
        .args(words)
        .args(["--allow-empty", "--known-on", "2017-08-22", "--lang", "en"]);
    command.current_dir(beside).stdin(Stdio::null());
    command
        .stdout(std::fs::File::create(&said).unwrap())
        .stderr(Stdio::null());
    let began = Instant::now();
    let mut child = command.spawn().unwrap();
    let mut peak = 0;
    let ended = loop {
        // The kernel's own high-water mark, which only grows: the last look before the end counts.
        peak = peak.max(most(child.id(), "VmHWM"));
        if let Some(ended) = child.try_wait().unwrap() {
            break ended;
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    assert!(ended.success(), "{command:?}: {ended}");
    Ran {
        peak,
        took: began.elapsed(),
        said: std::fs::read_to_string(said).unwrap(),
    }
}

/// The first number that a command says: how many persons it is about.
fn persons(ran: &Ran) -> u64 {
    let digits = ran
        .said
        .trim_start()
        .chars()
        .take_while(|c| c.is_ascii_digit() || *c == ',');
    digits
        .filter(char::is_ascii_digit)
        .collect::<String>()
        .parse()
        .unwrap_or(0)
}

#[test]
fn a_million_persons_are_counted_within_a_gibibyte() {
    let wanted = usize::try_from(setting("HJEMMEL_MILLION", 2_000)).unwrap();
    let copies = wanted.div_ceil(ORIGINAL);
    let place = tempfile::Builder::new()
        .prefix("hjemmel-")
        .tempdir()
        .unwrap();
    let mut first_answer = None;
    for (kind, parquet) in [("CSV", false), ("Parquet", true)] {
        let data = place.path().join(kind);
        let written = crowd::write(&data, copies, parquet);
        figure(
            "C9",
            &format!("persons in the {kind} extract"),
            written.persons,
        );
        figure("C9", &format!("rows in the {kind} extract"), written.rows);
        for (what, words) in [
            ("count on a day", "count --as-of 2017-07-31"),
            (
                "count over a year by month",
                "count --from 2016-08-01 --to 2017-07-31 --every month",
            ),
            (
                "count of files said to be sorted",
                "count --as-of 2017-07-31 --sorted",
            ),
            (
                "count with everyone's states in a file",
                "count --as-of 2017-07-31 --sorted --overwrite --out tilstande.parquet",
            ),
            (
                "series of all measures by month",
                "series --from 2017-01-01 --to 2017-07-31 --every month",
            ),
        ] {
            let ran = run(words, &data, place.path());
            figure(
                "C9",
                &format!("MiB at most of {what}, from {kind}"),
                ran.peak.div_ceil(1024),
            );
            figure(
                "C9",
                &format!("seconds of {what}, from {kind}"),
                ran.took.as_secs(),
            );
            assert!(ran.peak <= MOST, "{what}: {} MiB", ran.peak / 1024);
            if words == "count --as-of 2017-07-31" {
                assert_eq!(persons(&ran), written.persons, "{}", ran.said);
                // The same answers from both kinds of file; the line that names the extract differs.
                let answer: Vec<String> = ran
                    .said
                    .lines()
                    .filter(|line| !line.contains("hjemmel 0"))
                    .map(str::to_owned)
                    .collect();
                let before = first_answer.get_or_insert_with(|| answer.clone());
                assert_eq!(*before, answer);
            }
        }
        std::fs::remove_dir_all(&data).unwrap();
    }
}

#[ignore = "most of a minute: tests/whole/million runs it"]
#[test]
fn what_a_person_costs_where_every_case_is_held() {
    let copies = usize::try_from(setting("HJEMMEL_HELD", 1)).unwrap();
    let place = tempfile::Builder::new()
        .prefix("hjemmel-")
        .tempdir()
        .unwrap();
    let sizes = [copies, copies * 3].map(|copies| {
        let data = place.path().join(copies.to_string());
        let written = crowd::write(&data, copies, false);
        (data, written.persons)
    });
    for (what, words) in [
        (
            "run with all answers in a file",
            "run --as-of 2017-07-31 --overwrite --out svar.csv",
        ),
        ("worklist", "worklist --as-of 2017-07-31"),
    ] {
        let ran = sizes
            .each_ref()
            .map(|(data, _)| run(words, data, place.path()));
        let more = ran[1].peak.saturating_sub(ran[0].peak);
        let each = (more * 1024) / (sizes[1].1 - sizes[0].1);
        figure("C9", &format!("bytes more for each person of {what}"), each);
        figure(
            "C9",
            &format!("persons within 1 GiB of {what}"),
            (MOST - ran[0].peak) * 1024 / each.max(1),
        );
        assert!(each < 64 * 1024, "{what}: {each} bytes a person");
    }
}
