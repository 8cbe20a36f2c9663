//! `hjemmel compare` of the Danish rules on the Helsingør extract: one number changed, and the law of
//! 2019 against that of 2020.

use crate::{program, shown};
use hjemmel_engine::time::Day;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn extract() -> PathBuf {
    root().join("tests/helsingor/udtræk")
}

/// Runs a command line in the project's folder; `{}` stand for the paths, in order.
fn run(line: &str, paths: &[&Path]) -> String {
    let mut paths = paths.iter();
    let words = line.split(' ').map(|word| match word {
        "{}" => paths
            .next()
            .expect("a path for each")
            .as_os_str()
            .to_owned(),
        word => word.into(),
    });
    let mut command = program();
    command.current_dir(root()).args(words);
    let output = command.output().expect("the program runs");
    let told = shown(line, &output);
    assert!(output.status.success(), "{told}");
    told
}

/// The Danish rules with one number changed in one file.
fn changed(file: &str, from: &str, to: &str) -> tempfile::TempDir {
    fn copy(from: &Path, to: &Path) {
        fs::create_dir_all(to).expect("a folder");
        for entry in fs::read_dir(from).expect("the rules") {
            let path = entry.expect("an entry").path();
            let target = to.join(path.file_name().expect("a name"));
            match path.is_dir() {
                true => copy(&path, &target),
                false => drop(fs::copy(&path, &target).expect("copied")),
            }
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    copy(&root().join("rules"), folder.path());
    let path = folder.path().join(file);
    let text = fs::read_to_string(&path).expect("the rules");
    assert_eq!(
        text.matches(from).count(),
        1,
        "{from} stands once in {file}"
    );
    fs::write(&path, text.replace(from, to)).expect("written");
    folder
}

/// The rows of a CSV by the names of its columns. (No cell that is asked for holds a comma.)
fn rows(text: &str, separator: char) -> Vec<BTreeMap<String, String>> {
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().expect("a heading").split(separator).collect();
    let row = |line: &str| {
        let cells = line.split(separator).map(str::to_owned);
        names
            .iter()
            .map(|name| (*name).to_owned())
            .zip(cells)
            .collect()
    };
    lines.map(row).collect()
}

fn day(text: &str) -> Option<Day> {
    let mut parts = text.splitn(3, '-').map(str::parse::<u32>);
    let (day, month, year) = (
        parts.next()?.ok()?,
        parts.next()?.ok()?,
        parts.next()?.ok()?,
    );
    Day::from_ymd(i32::try_from(year).ok()?, month, day)
}

/// Who has an offer of so many hours on a day, found in the file itself: a remark is made on offers of
/// fewer than two hours; of fewer than ten, it is made on these too.
#[test]
fn one_number_changes_exactly_the_persons_whose_rows_lie_between() {
    let rules = changed(
        "fælles/tilbud.regel",
        "  værdi 2 gælder fra",
        "  værdi 10 gælder fra",
    );
    let folder = tempfile::tempdir().expect("a folder");
    let persons = folder.path().join("personer.csv");
    let told = run(
        "compare rules {} --data {} --as-of 2017-07-31 --limit 0 --persons {}",
        &[rules.path(), &extract(), &persons],
    );
    let found = fs::read_to_string(&persons).expect("the persons");
    let found: BTreeSet<(String, String, String, String)> = rows(&found, ',')
        .into_iter()
        .map(|mut row| {
            ["case", "rule", "old_state", "new_state"].map(|name| row.remove(name).expect(name))
        })
        .map(|[case, rule, old, new]| (case, rule, old, new))
        .collect();

    let asked = day("31-07-2017").expect("a day");
    let text = fs::read_to_string(extract().join("indsats.csv")).expect("the extract");
    let mut hours: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for row in rows(&text, ';') {
        let offer = [
            "vejledning_opkvalificering",
            "virksomhedspraktik",
            "nytteindsats",
            "løntilskud",
        ];
        let counts = offer.contains(&row["art"].as_str())
            && !["planlagt", "annulleret"].contains(&row["status"].as_str());
        let begun = day(&row["fra"]).is_some_and(|from| from <= asked);
        let ended = day(&row["til"]).is_some_and(|to| to < asked);
        if counts && begun && !ended {
            let number = row["timer_pr_uge"]
                .replace(',', ".")
                .parse()
                .expect("hours");
            hours.entry(row["sag"].clone()).or_default().push(number);
        }
    }
    let fewest = hours.into_iter().map(|(case, hours)| {
        let fewest = hours.into_iter().fold(f64::INFINITY, f64::min);
        (case, fewest)
    });
    let expected: BTreeSet<_> = fewest
        .filter(|(_, fewest)| (2.0..10.0).contains(fewest))
        .map(|(case, _)| {
            let [rule, old, new] = ["symbolsk_aktivering", "nej", "ja"].map(str::to_owned);
            (case, rule, old, new)
        })
        .collect();
    assert!(expected.len() > 20, "{}", expected.len());
    assert_eq!(found, expected, "{told}");
    assert!(
        told.contains("værdi (1. januar 2014 – 31. december 2019): 2 → 10"),
        "{told}"
    );
}

/// The rows of two full runs that differ are those of the comparison, nobody else's.
#[test]
fn what_a_comparison_finds_is_the_difference_of_two_runs() {
    let rules = changed(
        "lab/kapitel_17_og_15_tilbud.regel",
        "  frist 6 måneder\n    dog 3 måneder",
        "  frist 4 måneder\n    dog 3 måneder",
    );
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str| folder.path().join(name);
    let line = "run {} --data {} --as-of 2017-07-31 --known-on 2017-08-22 --out {}";
    run(line, &[Path::new("rules"), &extract(), &file("før.csv")]);
    run(line, &[rules.path(), &extract(), &file("nu.csv")]);
    run(
        "compare rules {} --data {} --as-of 2017-07-31 --known-on 2017-08-22 --persons {}",
        &[rules.path(), &extract(), &file("ændret.csv")],
    );
    let of_run = |name: &str| -> BTreeMap<(String, String), (String, String)> {
        let text = fs::read_to_string(file(name)).expect("the rows");
        let rows = rows(&text, ',').into_iter();
        let row = |row: BTreeMap<String, String>| {
            let [case, rule, state, due] =
                ["case", "rule", "state", "due"].map(|name| row[name].clone());
            // A due date beside other states tells nothing that is asked.
            let due = if ["frist_løber", "overskredet"].contains(&state.as_str()) {
                due
            } else {
                String::new()
            };
            ((case, rule), (state, due))
        };
        rows.map(row).collect()
    };
    let (old, new) = (of_run("før.csv"), of_run("nu.csv"));
    let expected: BTreeSet<_> = old
        .iter()
        .filter(|(key, answer)| new.get(key) != Some(answer))
        .map(|(key, _)| key.clone())
        .collect();
    let text = fs::read_to_string(file("ændret.csv")).expect("the persons");
    let found: BTreeSet<_> = rows(&text, ',')
        .into_iter()
        .map(|row| (row["case"].clone(), row["rule"].clone()))
        .collect();
    assert!(expected.len() > 20, "{}", expected.len());
    assert_eq!(found, expected);
}

/// The extract so many weeks later, as `helsingor SEED FOLDER WEEKS` writes it.
fn moved(weeks: i32) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let later = |word: &str| {
        let parts: Vec<&str> = word.split('-').collect();
        let digits = parts
            .iter()
            .all(|part| !part.is_empty() && part.bytes().all(|it| it.is_ascii_digit()));
        let ([a, b, c], true) = (parts.as_slice(), digits) else {
            return word.to_owned();
        };
        let iso = a.len() == 4;
        let danish = if iso {
            format!("{c}-{b}-{a}")
        } else {
            word.to_owned()
        };
        let moved = day(&danish).expect("a date").plus(7 * weeks).to_string();
        match moved.split('-').collect::<Vec<_>>().as_slice() {
            [year, month, day] if !iso => format!("{day}-{month}-{year}"),
            _ => moved,
        }
    };
    for entry in fs::read_dir(extract()).expect("the extract") {
        let path = entry.expect("an entry").path();
        let text = fs::read_to_string(&path).expect("the extract");
        let ends = [';', '\n', ' '];
        let words = text.split_inclusive(ends).map(|word| {
            let bare = word.trim_end_matches(ends);
            later(bare) + word.get(bare.len()..).unwrap_or_default()
        });
        let target = folder.path().join(path.file_name().expect("a name"));
        fs::write(target, words.collect::<String>()).expect("written");
    }
    folder
}

/// From 2020 mentor support no longer counts, and one offer is enough.
#[test]
fn the_law_of_2019_against_that_of_2020() {
    let extract = moved(126);
    let told = run(
        "compare rules@2019-12-31 rules@2020-01-01 --data {} --as-of 2020-01-06 --rule tilbud_aktivitetsparat --limit 0",
        &[extract.path()],
    );
    let (rules, answers) = told.split_once("\nSvarene\n").expect("the answers");
    for line in [
        "      frist: 6 måneder → frist_for_tilbud (6 måneder)",
        "      opfyldes af: mentor_kan_afløse_tilbud, derefter straks → –",
    ] {
        assert!(rules.contains(line), "{line}\n{rules}");
    }
    let mut groups = answers.lines().zip(answers.lines().skip(1));
    let mentor = "i tilbud: Mentorstøtte, der kan træde i stedet for tilbud";
    let repeat = "overskredet: frist 12 måneder efter Tilbud af mindst to ugers varighed";
    for reason in [mentor, repeat] {
        let to = |state: &str| {
            let told = groups
                .clone()
                .find(|(old, new)| old.contains(reason) && new.contains(state));
            assert!(told.is_some(), "{reason} → {state}\n{answers}");
        };
        to("→  indfriet: Tilbud af mindst to ugers varighed");
    }
    assert!(
        groups
            .any(|(old, new)| old.contains(mentor)
                && new.contains("→  overskredet: frist 6 måneder")),
        "{answers}"
    );
    insta::assert_snapshot!(answers);
}
