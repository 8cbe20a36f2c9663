//! `hjemmel audit`: a sample of Helsingør drawn into a form, the form filled by a program, and read
//! back. What is refused is tried on the few cases of the fixtures.

#![expect(
    clippy::indexing_slicing,
    reason = "a test stops where a cell is not there, in its helpers too"
)]

use crate::{fixtures, program, shown};
use calamine::{CellErrorType, Data, Reader as _, SheetVisible, Xlsx, open_workbook};
use rust_xlsxwriter::{Formula, Workbook};
use std::fs;
use std::path::{Path, PathBuf};

const RULES: &str = "rules tests/helsingor/gennemgang.regel --data tests/helsingor/udtræk";
const DRAWN: &str = "--as-of 2017-07-31 --known-on 2017-08-22 --rule tilbud_aktivitetsparat \
                     --rule tilbud_til_unge --size 40 --seed 2017";

/// The same of the fixtures: all their answers.
const FEW: &str = "dansk --data udtræk";
const FEW_DRAWN: &str =
    "--as-of 2017-07-31 --rule tilbudspligt --rule opfølgning --uncovered --size 9 --seed 1";

/// Where forms are written and read.
struct Folder {
    folder: tempfile::TempDir,
    /// Where the program runs, and what it is asked there.
    at: PathBuf,
    rules: &'static str,
    drawn: &'static str,
}

impl Folder {
    /// Of Helsingør, in the project's folder, as the README has it.
    fn helsingor() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a folder"),
            at: Path::new(env!("CARGO_MANIFEST_DIR")).join(".."),
            rules: RULES,
            drawn: DRAWN,
        }
    }

    /// Of the fixtures.
    fn few() -> Self {
        Self {
            at: fixtures(),
            rules: FEW,
            drawn: FEW_DRAWN,
            ..Self::helsingor()
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs the program; `@name` is a file of this folder.
    fn told(&self, line: &str) -> String {
        let here = format!("{}/", self.folder.path().display());
        let mut command = program();
        command.current_dir(&self.at);
        let words = line.split_whitespace();
        command.args(words.map(|word| word.replace('@', &here)));
        let output = command.output().expect("the program runs");
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        shown(&line.replace('@', ""), &output).replace(&here, "")
    }

    /// Draws a form, which must go well.
    fn sample(&self, more: &str, name: &str) -> String {
        let Self { rules, drawn, .. } = self;
        let told = self.told(&format!(
            "audit sample {rules} {drawn} {more} --out @{name}"
        ));
        assert!(told.ends_with("--- 0\n"), "{told}");
        told
    }

    fn read(&self, name: &str, more: &str) -> String {
        self.told(&format!("audit read @{name} {} {more}", self.rules))
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("a file")
    }

    /// Puts another text in a form, beside which stands what the form rests on.
    fn put(&self, name: &str, text: &str, of: &str) {
        fs::write(self.path(name), text).expect("a file");
        let beside = |name: &str| self.path(&format!("{name}.provenance.json"));
        fs::copy(beside(of), beside(name)).expect("a copy");
    }
}

/// The lines of a CSV for machines, cells apart: no cell of the forms here holds a line break.
fn rows(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    let rows = reader.records().map(|row| {
        let row = row.expect("a row");
        row.iter().map(str::to_owned).collect()
    });
    rows.collect()
}

fn joined(rows: &[Vec<String>], separator: u8) -> String {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(separator)
        .from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).expect("a row");
    }
    String::from_utf8(writer.into_inner().expect("bytes")).expect("text")
}

fn at(rows: &[Vec<String>], heading: &str) -> usize {
    let mut headings = rows[0].iter();
    headings.position(|it| it == heading).expect("a column")
}

/// Fills a form that shows the engine's answers: all agree, but that three say something else, two are
/// not reviewed, and the last has a remark without an answer.
fn filled(form: &str) -> Vec<Vec<String>> {
    let mut rows = rows(form);
    let columns = [
        "state",
        "answer",
        "ground",
        "comment",
        "reviewer",
        "reviewed_on",
    ];
    let [state, answer, ground, comment, reviewer, day] = columns.map(|it| at(&rows, it));
    let last = rows.len() - 1;
    for (number, row) in rows.iter_mut().enumerate().skip(1) {
        row[answer] = match number {
            3 | 17 | 29 if row[state] != "fritaget" => "Exempt".to_owned(),
            3 | 17 | 29 => "overskredet".to_owned(),
            8 | 9 => continue,
            _ if number == last => {
                row[comment] = "hemmelig bemærkning".to_owned();
                continue;
            }
            _ => row[state].replace('_', " "),
        };
        if matches!(number, 3 | 17 | 29) {
            row[ground] = "hemmelig begrundelse".to_owned();
            row[comment] = "'=1+1".to_owned();
        }
        row[reviewer] = "AB".to_owned();
        row[day] = "20-09-2017".to_owned();
    }
    rows
}

#[test]
fn a_stratified_sample() {
    let folder = Folder::helsingor();
    insta::assert_snapshot!(folder.sample("--stratify ydelse.art", "skema.xlsx"));
    insta::assert_snapshot!(folder.sample("--stratify tilstand --equal --lang en", "skema.csv"));
    let cases = folder.sample(
        "--stratify opfølgning --whole-cases --state opfølgning=uden_indsats",
        "sager.csv",
    );
    insta::assert_snapshot!(cases);
    for told in [cases, folder.text("skema.csv.provenance.json")] {
        assert!(!told.contains("H0"), "keys stand in the form alone");
    }
}

/// What a reviewer opens: the lines without the system's answers, lists, and a hidden sheet.
#[test]
fn the_form_as_a_workbook() {
    let folder = Folder::helsingor();
    folder.sample("--stratify ydelse.art", "skema.xlsx");
    let mut workbook: Xlsx<_> = open_workbook(folder.path("skema.xlsx")).expect("a workbook");
    let visible: Vec<String> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect();
    assert_eq!(visible, ["Vejledning", "Skema", "Svarmuligheder"]);
    let mut text = String::new();
    for name in workbook.sheet_names() {
        text += &format!("── {name}\n");
        let sheet = workbook.worksheet_range(&name).expect("a sheet");
        for row in sheet.rows().take(14) {
            let cells: Vec<String> = row.iter().map(ToString::to_string).collect();
            text += &format!("{}\n", cells.join(" | ").trim_end());
        }
        let formulas = workbook.worksheet_formula(&name).expect("formulas");
        assert!(formulas.used_cells().next().is_none(), "{name}");
    }
    insta::assert_snapshot!(crate::without_hashes(&text));
}

#[test]
fn the_same_question_gives_the_same_bytes() {
    let folder = Folder::few();
    for ending in ["xlsx", "csv"] {
        for name in ["a", "b"] {
            folder.sample("--stratify tilstand", &format!("{name}.{ending}"));
        }
        let bytes = |name: &str| fs::read(folder.path(&format!("{name}.{ending}"))).expect("bytes");
        assert!(bytes("a") == bytes("b"), "{ending}");
    }
    let other = FEW_DRAWN.replace("--size 9 --seed 1", "--size 5 --seed");
    for seed in ["1", "2"] {
        folder.told(&format!(
            "audit sample {FEW} {other} {seed} --out @seed{seed}.csv"
        ));
    }
    assert!(
        folder.text("seed1.csv") != folder.text("seed2.csv"),
        "another seed, another sample"
    );
}

#[test]
fn what_reviewers_said() {
    let folder = Folder::helsingor();
    folder.sample("--stratify ydelse.art --show-answer", "skema.csv");
    let rows = filled(&folder.text("skema.csv"));
    folder.put("udfyldt.csv", &joined(&rows, b','), "skema.csv");
    let told = folder.read("udfyldt.csv", "--out @resultat.csv");
    insta::assert_snapshot!(told);
    insta::assert_snapshot!(folder.text("resultat.csv").replace('\r', ""));
    assert!(!told.contains("hemmelig") && !told.contains("H0"), "{told}");
    // Sorted, and saved by Danish Excel in another character set: the same.
    let mut sorted = rows;
    sorted[1..].reverse();
    let windows: Vec<u8> = joined(&sorted, b';')
        .chars()
        .map(|c| u8::try_from(u32::from(c)).expect("a letter of Windows-1252"))
        .collect();
    folder.put("sorteret.csv", "", "skema.csv");
    fs::write(folder.path("sorteret.csv"), windows).expect("a file");
    let again = folder.read("sorteret.csv", "--fail-under 95,1 --lang en");
    assert!(
        again.contains("Agreement") && again.ends_with("--- 1\n"),
        "{again}"
    );
    insta::assert_snapshot!(again);
}

/// The sheets of a workbook with their cells changed, as a spreadsheet saves them.
fn refilled(from: &Path, to: &Path, change: impl Fn(&mut Vec<Vec<Data>>)) {
    let mut old: Xlsx<_> = open_workbook(from).expect("a workbook");
    let mut new = Workbook::new();
    for name in old.sheet_names() {
        let range = old.worksheet_range(&name).expect("a sheet");
        let width = range.width().max(10);
        let mut rows: Vec<Vec<Data>> = range.rows().map(<[Data]>::to_vec).collect();
        for row in &mut rows {
            row.resize(width, Data::Empty);
        }
        if name == "Skema" {
            change(&mut rows);
        }
        let sheet = new.add_worksheet().set_name(&name).expect("a sheet");
        for (at, row) in (0..).zip(&rows) {
            for (column, cell) in (0..).zip(row) {
                match cell {
                    Data::Empty => {}
                    Data::Float(number) => {
                        sheet.write_number(at, column, *number).expect("a cell");
                    }
                    Data::Error(_) => {
                        let broken = Formula::new("=1/0").set_result("#DIV/0!");
                        sheet.write_formula(at, column, broken).expect("a cell");
                    }
                    other => {
                        sheet
                            .write_string(at, column, other.to_string())
                            .expect("a cell");
                    }
                }
            }
        }
    }
    new.save(to).expect("a file");
}

fn text(text: &str) -> Data {
    Data::String(text.to_owned())
}

#[test]
fn a_blind_form_filled_in_a_spreadsheet() {
    let folder = Folder::helsingor();
    folder.sample("", "skema.xlsx");
    let (form, answered) = (folder.path("skema.xlsx"), folder.path("udfyldt.xlsx"));
    refilled(&form, &answered, |rows| {
        for row in rows.iter_mut().skip(1) {
            row[5] = text("overskredet");
        }
        rows.swap(2, 5);
    });
    insta::assert_snapshot!(folder.read("udfyldt.xlsx", "--out @resultat.xlsx"));
    let mut book: Xlsx<_> = open_workbook(folder.path("resultat.xlsx")).expect("a workbook");
    let names = ["Forskelle", "Regler", "Lag", "Svar mod svar", "Grundlag"];
    assert_eq!(book.sheet_names(), names);
    let lines = book.worksheet_range("Forskelle").expect("a sheet");
    assert_eq!(lines.get((1, 9)), Some(&text("overskredet")));
    // Nobody has reviewed anything: nothing is known, and nothing is enough.
    let told = folder.read("skema.xlsx", "--fail-under 0");
    assert!(told.ends_with("--- 1\n"), "{told}");
}

/// A share that speaks for some strata only is enough for no limit.
#[test]
fn strata_that_nobody_reviewed() {
    let folder = Folder::few();
    folder.sample("--stratify ydelse.art", "skema.csv");
    let mut rows = rows(&folder.text("skema.csv"));
    let answer = at(&rows, "answer");
    let rule = at(&rows, "rule");
    for row in rows.iter_mut().skip(1).take(4) {
        let duty = row[rule] == "tilbudspligt";
        row[answer] = if duty { "overdue" } else { "uden_tilbud" }.to_owned();
    }
    folder.put("udfyldt.csv", &joined(&rows, b','), "skema.csv");
    insta::assert_snapshot!(folder.read("udfyldt.csv", "--fail-under 1"));
}

#[test]
fn whole_cases_have_one_interval_for_each_rule() {
    let folder = Folder::helsingor();
    let more = "--whole-cases --rule løbende_samtaler --show-answer";
    folder.sample(more, "skema.csv");
    let rows = filled(&folder.text("skema.csv"));
    folder.put("udfyldt.csv", &joined(&rows, b','), "skema.csv");
    insta::assert_snapshot!(folder.read("udfyldt.csv", ""));
}

/// Every mistake names its cell; no key and no remark stands in a message.
#[test]
fn forms_that_cannot_be_used() {
    let folder = Folder::few();
    folder.sample("", "skema.xlsx");
    let bad = folder.path("dårlig.xlsx");
    refilled(&folder.path("skema.xlsx"), &bad, |rows| {
        rows[1][5] = text("måske");
        rows[2][0] = Data::Float(1.0);
        rows[3][1] = text("S9");
        rows[4][2] = text("en_anden_regel");
        rows[5][0] = Data::Float(10.0);
        rows[6][9] = text("i går");
        rows[7] = vec![Data::Empty; 10];
        rows[8][6] = text("hemmelig bemærkning");
        rows[9][7] = Data::Error(CellErrorType::Div0);
        rows.push(vec![text("hemmelig"); 10]);
    });
    insta::assert_snapshot!(folder.read("dårlig.xlsx", ""));
    insta::assert_snapshot!(folder.read("dårlig.xlsx", "--lang en"));
    refilled(&folder.path("skema.xlsx"), &bad, |rows| {
        rows[0][5] = text("Svar");
    });
    let mut told = vec![folder.read("dårlig.xlsx", "")];
    fs::write(&bad, "PK").expect("a file");
    told.push(folder.read("dårlig.xlsx", ""));
    told.push(folder.read("findes_ikke.xlsx", ""));
    folder.sample("", "skema.csv");
    fs::remove_file(folder.path("skema.csv.provenance.json")).expect("removed");
    told.push(folder.read("skema.csv", ""));
    insta::assert_snapshot!(told.join("\n"));
}

/// The extract of the fixtures, and one benefit less.
fn without_its_last_row(folder: &Path) {
    fs::create_dir(folder).expect("a folder");
    for entry in fs::read_dir(fixtures().join("udtræk")).expect("the extract") {
        let path = entry.expect("a file").path();
        let text = fs::read_to_string(&path).expect("text");
        let name = path.file_name().expect("a name").to_string_lossy();
        let lines = text.lines().count() - usize::from(name == "ydelse.csv");
        let kept = text.lines().take(lines).flat_map(|line| [line, "\n"]);
        fs::write(folder.join(name.as_ref()), kept.collect::<String>()).expect("a copy");
    }
}

/// A form says of which rules and rows it was drawn, and is never read against others.
#[test]
fn forms_of_other_rules_and_extracts() {
    let folder = Folder::few();
    folder.sample("", "skema.csv");
    without_its_last_row(&folder.path("udtræk"));
    let of = |rules: &str, data: &str| format!("audit read @skema.csv {rules} --data {data}");
    let told = [
        folder.told(&of("ændret", "udtræk")),
        folder.told(&of("dansk", "@udtræk")),
        folder.read("skema.csv", "--as-of 2017-08-01"),
        folder.read("skema.csv", "--known-on 2017-09-13"),
    ];
    insta::assert_snapshot!(told.join("\n"));
    let beside = "skema.csv.provenance.json";
    let other = folder
        .text(beside)
        .replace("fisher-yates-1", "fisher-yates-2");
    fs::write(folder.path(beside), other).expect("a file");
    let told = folder.read("skema.csv", "");
    assert!(
        told.contains("på en anden måde") && told.ends_with("--- 3\n"),
        "{told}"
    );
}

#[test]
fn samples_that_cannot_be_drawn() {
    let folder = Folder::few();
    let sample = |more: &str| folder.told(&format!("audit sample {FEW} {more}"));
    let day = "--as-of 2017-07-31 --seed 1";
    let told = [
        sample(&format!("{day} --size 5 --out @a.csv")),
        sample(&format!("{day} --size 5 --rule tilbudsplikt --out @a.csv")),
        sample(&format!("{day} --size 0 --rule opfølgning --out @a.csv")),
        sample(&format!(
            "{day} --size 1 --rule opfølgning --stratify tilstand --out @a.csv"
        )),
        sample(&format!(
            "{day} --size 5 --rule opfølgning --stratify ydelse.arter --out @a.csv"
        )),
        sample(&format!(
            "{day} --size 5 --rule opfølgning --stratify regel --whole-cases --out @a.csv"
        )),
        sample(&format!("{day} --size 5 --rule opfølgning --out @a.json")),
        sample("--as-of 1850-07-31 --seed 1 --size 5 --rule opfølgning --out @a.csv"),
        sample(&format!(
            "{day} --size 5 --rule opfølgning --out udtræk/a.csv"
        )),
    ];
    insta::assert_snapshot!(told.join("\n"));
    let all = sample(&format!(
        "{day} --size 5000 --state opfølgning=uden_tilbud --out @a.csv"
    ));
    assert!(
        all.contains("alle er med") && all.ends_with("--- 0\n"),
        "{all}"
    );
}
