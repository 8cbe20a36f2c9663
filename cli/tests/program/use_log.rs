//! The log of use: a line for each run, persons by stand-ins, and one citizen's lines without the others.

use crate::account::Place;
use std::fs;
use std::time::Instant;

const LOG: &str =
    "--use-log brug.jsonl --log-key log.nøgle --user sagsbehandler --purpose opfølgning";

fn place() -> Place {
    let place = Place::new();
    assert_eq!(
        place.code("sign key --for pseudonyms --out log.nøgle"),
        Some(0)
    );
    place
}

fn log(place: &Place) -> Vec<serde_json::Value> {
    let text = fs::read_to_string(place.path("brug.jsonl")).expect("a log");
    assert!(text.ends_with('\n'));
    let lines = text.lines();
    lines
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect()
}

/// Without the time, and the hashes that change with every comma.
fn picture(told: &str) -> String {
    let mut out = String::new();
    for line in told.lines() {
        match serde_json::from_str::<serde_json::Value>(line) {
            Ok(mut entry) => {
                for key in ["time", "rules", "extracts"] {
                    let entry = entry.as_object_mut().expect("an object");
                    entry.insert(key.to_owned(), format!("<{key}>").into());
                }
                out += &entry.to_string();
            }
            Err(_) => out += line,
        }
        out.push('\n');
    }
    out
}

#[test]
fn a_citizen_gets_the_lines_about_her_and_of_nobody_else() {
    let place = place();
    let day = "--data udtræk --as-of 2017-07-31";
    let lines = [
        format!("explain dansk {day} --case S1 {LOG}"),
        format!("explain dansk {day} --case S2 {LOG}"),
        format!("run dansk {day} --out svar.csv {LOG}"),
        format!("run dansk {day} {LOG}"),
        format!("count dansk {day} --out tilstande.csv {LOG}"),
        format!("worklist dansk {day} {LOG}"),
        format!("explain dansk {day} --case S9999 {LOG}"),
    ];
    for line in &lines {
        place.run(line);
    }
    let entries = log(&place);
    assert_eq!(entries.len(), lines.len());
    let persons = |at: usize| entries[at]["persons"].as_array().map_or(0, Vec::len);
    let all = persons(2);
    assert_eq!(
        [persons(0), persons(1), persons(3), persons(4)],
        [1, 1, 0, all]
    );
    assert!(all > 2 && persons(5) < all);
    assert_ne!(entries[0]["persons"], entries[1]["persons"]);
    assert_eq!(entries[6]["exit"], 2);
    let text = fs::read_to_string(place.path("brug.jsonl")).expect("a log");
    for secret in ["S1", "S2", "Hemmelig"] {
        assert!(!text.contains(&format!("\"{secret}")), "{secret}");
    }
    let begun = Instant::now();
    let told = place.told("use-log brug.jsonl --log-key log.nøgle --case S1");
    let seconds = begun.elapsed().as_secs_f64();
    assert!(
        !told.contains("persons") && told.ends_with("--- 0\n"),
        "{told}"
    );
    let rows = told.lines().filter(|line| line.starts_with('{'));
    let rows: Vec<serde_json::Value> = rows
        .map(|it| serde_json::from_str(it).expect("JSON"))
        .collect();
    let hers = |entry: &&serde_json::Value| {
        let listed = entry["persons"].as_array();
        listed.is_some_and(|all| all.contains(&entries[0]["persons"][0]))
    };
    let expected = entries.iter().filter(hers).count();
    println!(
        "FIGURE;H7;rows of one citizen found in the log of use;{}",
        rows.len()
    );
    println!(
        "FIGURE;H7;rows of others shown with them;{}",
        rows.len().saturating_sub(expected)
    );
    println!("FIGURE;H7;seconds to find the rows of one citizen;{seconds:.2}");
    assert_eq!(rows.len(), expected);
    insta::assert_snapshot!(picture(&told));
}

#[test]
fn with_another_key_nobody_is_found() {
    let place = place();
    place.run(&format!(
        "explain dansk --data udtræk --as-of 2017-07-31 --case S1 {LOG}"
    ));
    place.run("sign key --for pseudonyms --out anden.nøgle");
    let told = place.told("use-log brug.jsonl --log-key anden.nøgle --case S1");
    assert!(!told.contains('{') && told.contains("0 linjer"), "{told}");
}

#[test]
fn an_extract_can_demand_that_its_use_is_logged() {
    let place = place();
    let settings = "fil = \"brug.jsonl\"\nnavne = \"log.nøgle\"\n";
    fs::write(place.path("brugslog.toml"), settings).expect("settings");
    let run = "run dansk --data udtræk --as-of 2017-07-31";
    let mut pictures = place.told(&format!("{run} --out svar.csv"));
    pictures += &place.told(&format!("{run} --user sagsbehandler"));
    pictures += &place.told(&format!("{run} --user en@kommune.dk --purpose opfølgning"));
    assert!(!place.path("svar.csv").exists() && !place.path("brug.jsonl").exists());
    let whole =
        format!("{run} --out svar.csv --user sagsbehandler --purpose opfølgning --manifest m.json");
    assert_eq!(place.code(&whole), Some(0));
    assert_eq!(place.code("verify m.json"), Some(0));
    let users: Vec<_> = log(&place)
        .into_iter()
        .map(|it| it["user"].clone())
        .collect();
    assert_eq!(users, ["sagsbehandler", "hjemmel verify"]);
    fs::write(place.path("brugslog.toml"), "log = 1").expect("settings");
    pictures += &place.told(&format!("{run} --user sagsbehandler --purpose opfølgning"));
    insta::assert_snapshot!(pictures);
}

#[test]
fn a_log_that_cannot_be_written_stops_the_run() {
    let place = place();
    fs::create_dir(place.path("brug.jsonl")).expect("a folder");
    let told = place.told(&format!(
        "run dansk --data udtræk --as-of 2017-07-31 --out svar.csv {LOG}"
    ));
    assert!(
        told.ends_with("--- 5\n") && !place.path("svar.csv").exists(),
        "{told}"
    );
}

/// A crash may cut a line; those after it stay whole, and that something is lost is said.
#[test]
fn a_line_that_was_cut_is_told_and_spoils_no_other() {
    let place = place();
    fs::write(place.path("brug.jsonl"), "{\"time\":\"2026-").expect("a log");
    place.run(&format!(
        "explain dansk --data udtræk --as-of 2017-07-31 --case S1 {LOG}"
    ));
    let told = place.told("use-log brug.jsonl --log-key log.nøgle --case S1");
    assert!(
        told.contains("explain") && told.ends_with("--- 3\n"),
        "{told}"
    );
}

#[test]
fn runs_at_the_same_time_add_whole_lines() {
    let place = place();
    let line = format!("explain dansk --data udtræk --as-of 2017-07-31 --case S1 {LOG}");
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| (0..3).for_each(|_| assert_eq!(place.code(&line), Some(0))));
        }
    });
    assert_eq!(log(&place).len(), 18);
}
