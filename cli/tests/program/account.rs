//! Manifests and `hjemmel verify`: what a run rested on, the same again, and every change found.

use crate::{fixtures, program, shown, without_hashes};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use tempfile::TempDir;

pub(crate) const RUN: &str = "run dansk --data udtræk --as-of 2017-07-31";

/// A folder of its own with the rules and the extract, where anything may be changed.
pub(crate) struct Place(TempDir);

impl Place {
    pub(crate) fn new() -> Self {
        let place = Self(tempfile::tempdir().expect("a folder"));
        for folder in ["dansk", "udtræk"] {
            copy(&fixtures().join(folder), &place.path(folder));
        }
        place
    }

    pub(crate) fn path(&self, below: &str) -> PathBuf {
        self.0.path().join(below)
    }

    pub(crate) fn run(&self, line: &str) -> Output {
        let mut command = program();
        command.current_dir(self.0.path()).args(line.split(' '));
        command.output().expect("the program runs")
    }

    /// The command and all that came of it.
    pub(crate) fn told(&self, line: &str) -> String {
        shown(line, &self.run(line))
    }

    pub(crate) fn code(&self, line: &str) -> Option<i32> {
        self.run(line).status.code()
    }

    /// Changes one bit of a file.
    fn flip(&self, below: &str, at: usize) {
        let mut bytes = fs::read(self.path(below)).expect("a file");
        *bytes.get_mut(at).expect("a byte") ^= 1;
        fs::write(self.path(below), bytes).expect("a file");
    }

    fn length(&self, below: &str) -> usize {
        fs::read(self.path(below)).expect("a file").len()
    }
}

/// Copies a folder with all in it.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let from = entry.expect("an entry").path();
        let to = to.join(from.file_name().expect("a name"));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(&from, &to).expect("a copy");
        }
    }
}

/// A manifest without what changes with every comma and every second.
fn picture(text: &str) -> String {
    let timeless = text.lines().map(|line| {
        let time = ["  \"started\": ", "  \"ended\": ", "    \"commit\": "];
        match time.iter().find(|key| line.starts_with(*key)) {
            Some(key) => format!("{key}<of its time>\n"),
            None => format!("{line}\n"),
        }
    });
    without_hashes(&timeless.collect::<String>())
}

#[test]
fn a_manifest_holds_what_a_run_rested_on_and_no_person() {
    let place = Place::new();
    let told = place.told(&format!("{RUN} --out svar.csv --manifest kørsel.json"));
    let manifest = fs::read_to_string(place.path("kørsel.json")).expect("a manifest");
    let rows = fs::read_to_string(place.path("svar.csv")).expect("the answers");
    let cases = rows.lines().skip(1).filter_map(|row| row.split(',').next());
    let program = fs::read(env!("CARGO_BIN_EXE_hjemmel")).expect("the program");
    let hash = Sha256::digest(program);
    let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    assert!(manifest.contains(&format!("\"sha256\": \"{hash}\"")));
    let mut seen = 0;
    for case in cases {
        assert!(!manifest.contains(&format!("\"{case}\"")), "{case}");
        seen += 1;
    }
    assert!(seen > 0);
    insta::assert_snapshot!(format!("{told}\n{}", picture(&manifest)));
}

#[test]
fn the_same_run_gives_the_same_again() {
    let place = Place::new();
    place.run(&format!("{RUN} --out svar.csv --manifest kørsel.json"));
    insta::assert_snapshot!(place.told("verify kørsel.json"));
}

#[test]
fn every_command_that_gives_answers_can_be_verified() {
    let days = "--from 2017-06-01 --to 2017-07-31";
    let lines = [
        format!("{RUN} --out svar.json"),
        format!("{RUN} --out svar.parquet"),
        format!("{RUN} --lang en"),
        format!("run dansk --data udtræk --timeline {days} --out forløb.csv"),
        format!("count dansk --data udtræk {days} --every week --out tilstande.csv"),
        "count dansk --data udtræk --as-of 2017-07-31 --format json --threads 1".to_owned(),
        "worklist dansk --data udtræk --as-of 2017-07-31 --out liste.xlsx".to_owned(),
        format!("compare dansk dansk@2017-01-01 --data udtræk {days} --persons ændret.csv"),
        "audit sample dansk --data udtræk --as-of 2017-07-31 --rule opfølgning --size 2 --seed 7 --out skema.xlsx".to_owned(),
    ];
    let place = Place::new();
    for (number, line) in lines.iter().enumerate() {
        let told = place.told(&format!("{line} --manifest {number}.json"));
        assert!(place.path(&format!("{number}.json")).exists(), "{told}");
        let verified = place.told(&format!("verify {number}.json"));
        assert!(verified.ends_with("--- 0\n"), "{told}{verified}");
    }
    println!(
        "FIGURE;H1;kinds of runs with a manifest that was verified;{}",
        lines.len()
    );
}

/// Every row of every table is used or refused, and every rule puts every person in one state: as the manifest has it,
/// and as the files are counted without the program.
#[test]
fn no_row_and_no_person_disappears() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let (rules, place) = (root.join("rules"), Place::new());
    let (mut rows, mut answers) = (0, 0);
    for (data, day) in [
        ("tests/helsingor/udtræk", "2017-07-31"),
        ("vejledning/øvelse/udtræk", "2017-09-13"),
    ] {
        let data = root.join(data);
        let (rules, path) = (rules.display(), data.display());
        let line = format!("run {rules} --data {path} --as-of {day} --manifest k.json");
        assert_eq!(place.code(&line), Some(0));
        let manifest = fs::read_to_string(place.path("k.json")).expect("a manifest");
        let manifest: Value = serde_json::from_str(&manifest).expect("json");
        fs::remove_file(place.path("k.json")).expect("a manifest");
        let number = |value: &Value| value.as_u64().expect("a number");
        let extract = &manifest["account"]["extracts"][0];
        for table in extract["tables"].as_array().expect("tables") {
            let [read, used, refused] = ["rows", "used", "refused"].map(|key| number(&table[key]));
            assert_eq!(read, used + refused, "{table}");
            if let Some(file) = table["file"].as_str() {
                let text = fs::read(data.join(file)).expect("a table");
                let lines = text.iter().filter(|byte| **byte == b'\n').count();
                assert_eq!(read, lines as u64 - 1, "{table}");
            }
            rows += read;
        }
        let persons = number(&extract["persons"]);
        let states = manifest["account"]["states"].as_object().expect("states");
        assert!(10 < states.len());
        for (rule, states) in states {
            let states = states.as_object().expect("states");
            // Of a rule that is not part of the law that day there are none.
            if !states.is_empty() {
                assert_eq!(states.values().map(number).sum::<u64>(), persons, "{rule}");
                answers += persons;
            }
        }
    }
    assert!(10_000 < answers, "{answers}");
    println!("FIGURE;A13;rows that were read, each used or refused;{rows}");
    println!("FIGURE;A13;answers, one for each person and rule;{answers}");
    println!("FIGURE;A13;rows and persons that disappeared;0");
}

#[test]
fn a_changed_byte_of_rules_extract_or_output_is_found() {
    let place = Place::new();
    place.run(&format!("{RUN} --out svar.csv --manifest kørsel.json"));
    let mut pictures = String::new();
    let output = place.length("svar.csv") / 2;
    for (file, at) in [("svar.csv", output), ("svar.csv.provenance.json", 5)] {
        place.flip(file, at);
        pictures += &place.told("verify kørsel.json --no-rerun");
        place.flip(file, at);
    }
    let rules = fs::read_dir(place.path("dansk")).expect("rules");
    let rules = rules.map(|entry| entry.expect("an entry").path());
    let rules = rules.filter(|path| path.extension().is_some_and(|it| it == "regel"));
    let path = rules.min().expect("a rule file");
    let text = fs::read_to_string(&path).expect("rules");
    fs::write(&path, format!("{text}\n")).expect("rules");
    pictures += &place.told("verify kørsel.json");
    fs::write(&path, text).expect("rules");
    let mapping = place.path("udtræk/ydelse.csv");
    let text = fs::read_to_string(&mapping).expect("a table");
    fs::write(&mapping, text.trim_end()).expect("a table");
    pictures += &place.told("verify kørsel.json");
    fs::write(&mapping, text).expect("a table");
    assert_eq!(place.code("verify kørsel.json"), Some(0));
    insta::assert_snapshot!(pictures);
}

#[test]
fn a_manifest_that_was_edited_is_refused() {
    let place = Place::new();
    place.run(&format!("{RUN} --manifest kørsel.json"));
    let length = place.length("kørsel.json");
    for at in (0..length).step_by(length / 20) {
        place.flip("kørsel.json", at);
        assert_eq!(place.code("verify kørsel.json --no-rerun"), Some(3), "{at}");
        place.flip("kørsel.json", at);
    }
    place.flip("kørsel.json", length / 2);
    insta::assert_snapshot!(place.told("verify kørsel.json --no-rerun"));
}

#[test]
fn manifests_are_a_chain() {
    let place = Place::new();
    place.run(&format!("{RUN} --manifest 1.json"));
    place.run(&format!("{RUN} --manifest 2.json --follows 1.json"));
    place.run(&format!("{RUN} --manifest 3.json --follows 2.json"));
    let mut pictures = place.told("verify 3.json --no-rerun");
    let first = fs::read(place.path("1.json")).expect("a manifest");
    place.flip("1.json", 100);
    pictures += &place.told("verify 3.json --no-rerun");
    // One that is whole, and another: its seal fits, and the chain does not.
    fs::remove_file(place.path("1.json")).expect("a manifest");
    place.run(&format!("{RUN} --known-on 2017-07-30 --manifest 1.json"));
    pictures += &place.told("verify 3.json --no-rerun");
    fs::remove_file(place.path("1.json")).expect("a manifest");
    pictures += &place.told("verify 3.json --no-rerun");
    fs::write(place.path("1.json"), first).expect("a manifest");
    assert_eq!(place.code("verify 3.json"), Some(0));
    insta::assert_snapshot!(pictures);
}

#[test]
fn rules_and_data_may_have_moved() {
    let place = Place::new();
    place.run(&format!("{RUN} --out svar.csv --manifest kørsel.json"));
    for (old, new) in [("dansk", "regler"), ("udtræk", "data")] {
        fs::rename(place.path(old), place.path(new)).expect("a folder");
    }
    let mut pictures = place.told("verify kørsel.json");
    pictures += &place.told("verify kørsel.json regler --data data");
    insta::assert_snapshot!(pictures);
}

#[test]
fn what_cannot_be_accounted_for_is_said_first() {
    let place = Place::new();
    place.run(&format!("{RUN} --manifest 1.json"));
    fs::create_dir(place.path("andre")).expect("a folder");
    let mut pictures = String::new();
    for line in [
        format!("{RUN} --manifest 1.json"),
        format!("{RUN} --manifest udtræk/1.json"),
        format!("{RUN} --manifest intet/1.json"),
        format!("{RUN} --manifest andre/2.json --follows 1.json"),
        format!("{RUN} --manifest 2.json --follows udtræk/ydelse.csv"),
        "compare dansk dansk --data udtræk --as-of 2017-07-31 --case 1 --manifest 2.json"
            .to_owned(),
        "verify findes-ikke.json".to_owned(),
    ] {
        pictures += &place.told(&line);
    }
    assert!(!place.path("2.json").exists());
    insta::assert_snapshot!(pictures);
}

impl Place {
    /// Makes a key, and gives its public half.
    pub(crate) fn key(&self, file: &str) -> String {
        let output = self.run(&format!("sign key --out {file}"));
        let text = String::from_utf8(output.stdout).expect("text");
        let line = text
            .lines()
            .find_map(|line| line.strip_prefix("offentlig = \""));
        line.expect("a public key").trim_end_matches('"').to_owned()
    }

    /// The list of approvers.
    pub(crate) fn approvers(&self, list: &[(&str, &str)]) {
        let entry = |(name, key): &(&str, &str)| {
            format!(
                "[[godkender]]\nnavn = \"{name}\"\noffentlig = \"{key}\"\nfra = \"2026-01-01\"\n\n"
            )
        };
        let text: String = list.iter().map(entry).collect();
        fs::write(self.path("godkendere.toml"), text).expect("a list");
    }

    pub(crate) fn sign(&self, key: &str, name: &str) -> String {
        self.told(&format!(
            "sign rules dansk --key {key} --as {name} --day 2026-06-01 --signatures underskrifter.toml"
        ))
    }
}

pub(crate) const PRODUCTION: &str =
    "--profile production --approvers godkendere.toml --signatures underskrifter.toml";

#[test]
fn production_needs_the_signatures_of_two_approvers() {
    let place = Place::new();
    let (first, second) = (place.key("jurist.nøgle"), place.key("leder.nøgle"));
    assert_ne!(first, second);
    place.approvers(&[("jurist", &first), ("leder", &second)]);
    let run = format!("{RUN} {PRODUCTION} --manifest kørsel.json");
    let mut pictures = place.sign("jurist.nøgle", "jurist");
    pictures += &place.told(&run);
    assert!(!place.path("kørsel.json").exists());
    place.sign("jurist.nøgle", "leder");
    pictures += &place.told(&run);
    place.sign("leder.nøgle", "leder");
    assert_eq!(place.code(&run), Some(0));
    let manifest = fs::read_to_string(place.path("kørsel.json")).expect("a manifest");
    let approved = manifest.find("\"jurist\",\n          \"leder\"");
    assert!(approved.is_some(), "{manifest}");
    assert_eq!(place.code("verify kørsel.json"), Some(0));
    let rules = place.path("dansk/tilbud.regel");
    let text = fs::read_to_string(&rules).expect("rules");
    fs::write(&rules, format!("{text}\n")).expect("rules");
    pictures += &place.told(&format!("{RUN} {PRODUCTION} --manifest efter.json"));
    insta::assert_snapshot!(pictures);
}

#[test]
fn a_secret_key_is_never_printed_overwritten_or_read_by_others() {
    let place = Place::new();
    let told = place.told("sign key --out jurist.nøgle");
    let secret = fs::read_to_string(place.path("jurist.nøgle")).expect("a key");
    let digits = secret.trim_end().rsplit(' ').next().expect("digits");
    assert_eq!(digits.len(), 64);
    assert!(!told.contains(digits) && !place.sign("jurist.nøgle", "jurist").contains(digits));
    let mut pictures = place.told("sign key --out jurist.nøgle");
    assert_eq!(
        fs::read_to_string(place.path("jurist.nøgle")).expect("a key"),
        secret
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let path = place.path("jurist.nøgle");
        let mode = |path: &Path| fs::metadata(path).expect("a key").permissions().mode() & 0o777;
        assert_eq!(mode(&path), 0o600);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).expect("a mode");
        pictures += &place.sign("jurist.nøgle", "jurist");
    }
    insta::assert_snapshot!(pictures);
}

#[test]
fn every_answer_for_helsingør_has_its_basis_or_what_it_lacks() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("svar.json");
    let line = "run rules tests/helsingor/gennemgang.regel --data tests/helsingor/udtræk --as-of 2017-07-31 --known-on 2017-08-22 --out";
    let mut command = program();
    command.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let output = command.args(line.split(' ')).arg(&path).output();
    assert!(output.expect("the program runs").status.success());
    let text = fs::read_to_string(path).expect("the answers");
    let file: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let rows = file["rows"].as_array().expect("rows");
    let blank = |row: &serde_json::Value, key: &str| row[key].as_str().is_none_or(str::is_empty);
    let mut unknown = 0;
    for row in rows {
        assert!(!blank(row, "basis"), "{} has no basis", row["rule"]);
        let is_unknown = row["state"]
            .as_str()
            .is_some_and(|it| it.contains("ukendt"));
        assert_eq!(is_unknown, !blank(row, "missing"), "{}", row["rule"]);
        unknown += u32::from(is_unknown);
    }
    assert!(
        rows.len() > 18_000 && unknown > 0,
        "{} rows, {unknown} unknown",
        rows.len()
    );
}

/// A number from the environment.
fn number(name: &str, usual: u32) -> u32 {
    let given = std::env::var(name).ok();
    given.and_then(|it| it.parse().ok()).unwrap_or(usual)
}

/// Runs on other days, by other commands and with other knowledge, each followed by the next; all verified later.
/// `HJEMMEL_MANIFESTS` is how many a long run keeps.
#[test]
fn kept_manifests_are_verified() {
    let place = Place::new();
    let wanted = number("HJEMMEL_MANIFESTS", 4);
    let mut state = 7_u64;
    let mut random = |below: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) % below
    };
    for kept in 1..=wanted {
        let day = format!("2017-{:02}-{:02}", 1 + random(7), 1 + random(28));
        let known = if random(2) == 0 {
            ""
        } else {
            " --known-on 2017-07-15"
        };
        let line = match random(6) {
            0 => format!("run dansk --data udtræk --as-of {day}{known} --out {kept}.csv"),
            1 => format!("run dansk --data udtræk --as-of {day}{known} --out {kept}.parquet"),
            2 => format!("run dansk --data udtræk --as-of {day}{known}"),
            3 => format!(
                "count dansk --data udtræk --from 2017-01-01 --to {day}{known} --format csv"
            ),
            4 => format!("worklist dansk --data udtræk --as-of {day}{known} --out {kept}.xlsx"),
            _ => format!("compare dansk dansk@2017-01-01 --data udtræk --as-of {day}{known}"),
        };
        let follows = match kept {
            1 => String::new(),
            _ => format!(" --follows {}.json", kept - 1),
        };
        let told = place.told(&format!("{line} --manifest {kept}.json{follows}"));
        assert!(place.path(&format!("{kept}.json")).exists(), "{told}");
    }
    let same = (1..=wanted).filter(|kept| place.code(&format!("verify {kept}.json")) == Some(0));
    let same = same.count();
    println!("FIGURE;H2;manifests verified by a second run;{wanted}");
    println!("FIGURE;H2;manifests of them with the same bytes again;{same}");
    assert_eq!(u32::try_from(same), Ok(wanted));
}
