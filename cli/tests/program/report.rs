//! `hjemmel report`: the memo, its workbook, and what is behind a figure.

use crate::{program, shown, told};
use calamine::{Data, Reader as _, Xlsx, open_workbook};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const HELSINGOR: &str = "report rules tests/helsingor/gennemgang.regel tests/helsingor/initiativer.regel --data tests/helsingor/udtræk --as-of 2017-07-31 --known-on 2017-08-22";
const ODENSE: &str =
    "report rules tests/odense/opgørelse.regel --data tests/odense/udtræk --as-of 2017-12-04";
const SMALL: &str = "report dansk --data udtræk --as-of 2017-07-31";

fn home() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The program in the project's folder, as the README has it.
fn at_home(line: &str) -> Command {
    let mut command = program();
    command.current_dir(home()).args(line.split(' '));
    command
}

fn output(mut command: Command) -> Output {
    command.output().expect("the program runs")
}

/// A memo that is written, and the workbook with the same tables.
struct Written {
    page: String,
    /// The text of the page, a line for each row of a table.
    text: String,
    workbook: Xlsx<std::io::BufReader<fs::File>>,
}

fn written(command: Command) -> Written {
    let folder = tempfile::tempdir().expect("a folder");
    let (page, workbook) = (
        folder.path().join("notat.html"),
        folder.path().join("notat.xlsx"),
    );
    let mut command = command;
    command
        .arg("--out")
        .arg(&page)
        .arg("--workbook")
        .arg(&workbook);
    let output = output(command);
    assert!(output.status.success(), "{}", shown("report", &output));
    let page = fs::read_to_string(page).expect("a page");
    Written {
        text: text_of(&page),
        page,
        workbook: open_workbook(workbook).expect("a workbook"),
    }
}

/// The words of a page: a line for each block, the cells of a row apart by ` | `.
fn text_of(page: &str) -> String {
    let body = page.split_once("<main id=\"indhold\">");
    let body = body.map_or("", |(_, body)| body);
    let mut text = String::new();
    let mut rest = body;
    while let Some((before, after)) = rest.split_once('<') {
        // A line of the source is none of the page.
        text += &before.replace('\n', " ");
        let (tag, after) = after.split_once('>').unwrap_or((after, ""));
        let name = tag.split([' ', '>']).next().unwrap_or_default();
        match name {
            "/th" | "/td" | "/dt" => text += " | ",
            "/tr" | "/p" | "/li" | "/h2" | "/h3" | "/caption" | "/figcaption" | "/div" => {
                text.push('\n');
            }
            // What is drawn stands in the table beside it.
            "svg" => {
                rest = after.split_once("</svg>").map_or("", |(_, after)| after);
                continue;
            }
            _ => {}
        }
        rest = after;
    }
    let lines = text
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines
        .filter(|line| !line.is_empty())
        .map(|line| line.trim_end_matches(" |").to_owned() + "\n")
        .collect()
}

/// The part of a text from one line to another, which is not part of it.
fn part<'t>(text: &'t str, from: &str, to: &str) -> String {
    let lines = text.lines().skip_while(|line| *line != from);
    let part: Vec<&'t str> = lines.take_while(|line| *line != to).collect();
    assert!(!part.is_empty(), "{from}");
    part.join("\n")
}

#[test]
fn the_memo_of_helsingor() {
    let mut memo = written(at_home(HELSINGOR));
    // The rules are those of `coverage`; their hashes change with every comma.
    let figures = part(&memo.text, "Hovedtallet", "10. Reglerne");
    insta::assert_snapshot!(figures);
    assert!(memo.text.contains("Datakvalitet"));
    for caption in [
        "Sagsgennemgangens resultat: personer",
        "Årsag til, at der ikke er givet indsats: personer",
        "Sagerne efter den rimeligste registreringsfejl",
    ] {
        nothing_is_left_over(&memo.text, caption);
    }
    needs_nothing_beside_it(&memo.page);
    ids_stand_once(&memo.page);
    names_nobody(&memo.page, "tests/helsingor/udtræk");
    workbook_is_plain(&mut memo, "tests/helsingor/udtræk");
}

/// The figures as the memo of 2017 gave them.
#[test]
fn with_small_counts_it_says_what_helsingor_said() {
    let memo = written(at_home(&format!("{HELSINGOR} --allow-small-counts")));
    for line in [
        "Registreret forkert | 25 | 3 | 28",
        "Fritaget | 5 | 1 | 6",
        "Uden indsats | 216 | 18 | 234",
        "I alt | 246 | 22 | 268",
        "Psykiatrisk diagnose | 64 | 0 | 64",
        "Barsel i perioden | 4 | 0 | 4",
        "Mentor bør tilbydes | 0 | 10 | 10",
        "Ordinært arbejde | 29",
    ] {
        assert!(memo.text.contains(line), "{line}\n{}", memo.text);
    }
    assert!(!memo.text.contains("skjult"));
}

#[test]
fn the_memo_of_odense() {
    let memo = written(at_home(ODENSE));
    for line in [
        "59,5 %",
        "952 af 1.600 personer",
        "Kontanthjælp: 748 af 1.360 (55,0 %)",
        "Uddannelseshjælp: 204 af 240 (85,0 %)",
        "4. september 2017, uge 36 | 884 | 1.640 | 53,9 %",
    ] {
        assert!(memo.text.contains(line), "{line}\n{}", memo.text);
    }
    insta::assert_snapshot!(part(&memo.text, "3. Udvikling", "5. Reglerne"));
    ids_stand_once(&memo.page);
    names_nobody(&memo.page, "tests/odense/udtræk");
}

#[test]
fn in_english_and_without_a_choice() {
    let mut command = program();
    command.args(format!("{SMALL} --lang en").split(' '));
    let memo = written(command);
    insta::assert_snapshot!(memo.text.split("SHA-256").next().unwrap_or_default());
    assert!(memo.page.contains("<html lang=\"en\">"));
}

#[test]
fn what_is_behind_a_figure() {
    for id in [
        "andel_uden_indsats/kontanthjælp/andel",
        "gennemgang/fejlregistreret/alle",
        "helt_særligt_fritaget/uddannelseshjælp",
    ] {
        let line = format!("{HELSINGOR} --trace {id}");
        let name = format!("trace_{}", id.replace('/', "_"));
        insta::assert_snapshot!(name, shown(&line, &output(at_home(&line))));
    }
    insta::assert_snapshot!(told(&format!(
        "{SMALL} --trace andel_uden_indsats/alle/tæler"
    )));
}

#[test]
fn a_choice_that_cannot_be_used() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("notat.toml");
    let mut all = String::new();
    for text in [
        "titel = \"Notat\"\nmaalinger = [\"andel_uden_indsats\"]\n",
        "målinger = [\"andel_uden_indsat\"]\n",
        "[[gennemgang]]\nopdeling = \"opfølgning\"\nuden = [\"ikke_medd\"]\n",
        "[serie]\nfra = \"i fjor\"\n",
        "[mål]\ngrænse = \"højst 0\"\nsenest = 2017-01-01\n",
        "mistanker = \"opfølgning\"\n",
    ] {
        fs::write(&path, text).expect("written");
        let mut command = program();
        command
            .args(SMALL.split(' '))
            .arg("--out")
            .arg(folder.path().join("n.html"));
        command.arg("--memo").arg(&path);
        let told = shown(text, &output(command));
        all += &told.replace(&folder.path().display().to_string(), "…");
        all.push('\n');
    }
    insta::assert_snapshot!(all);
    assert!(!folder.path().join("n.html").exists());
}

#[test]
fn a_file_is_not_replaced_unasked() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("notat.html");
    let run = |more: &str| {
        let mut command = program();
        command
            .args(format!("{SMALL}{more}").split(' '))
            .arg("--out")
            .arg(&path);
        output(command).status.code()
    };
    assert_eq!(run(""), Some(0));
    assert_eq!(run(""), Some(2));
    assert_eq!(run(" --overwrite"), Some(0));
    insta::assert_snapshot!(told(&format!("{SMALL} --out notat.pdf")));
}

fn needs_nothing_beside_it(page: &str) {
    for outside in [
        "http:", "https:", "src=", "<script", "<link", "@import", "url(",
    ] {
        assert!(!page.contains(outside), "{outside}");
    }
}

/// No row and no column of a table with sums has one hidden cell alone.
fn nothing_is_left_over(text: &str, caption: &str) {
    let lines = text.lines().skip_while(|line| !line.starts_with(caption));
    let rows = lines.skip(2).take_while(|line| line.contains(" | "));
    let rows: Vec<Vec<&str>> = rows
        .map(|line| line.split(" | ").skip(1).collect())
        .collect();
    assert!(rows.len() > 3, "{caption}");
    let alone = |cells: &[&str]| cells.iter().filter(|cell| **cell == "skjult").count() == 1;
    let width = rows.first().map_or(0, Vec::len);
    for column in 0..width {
        let cells: Vec<&str> = rows
            .iter()
            .filter_map(|row| row.get(column).copied())
            .collect();
        assert_eq!(cells.len(), rows.len(), "{caption}");
        assert!(!alone(&cells), "{caption}: {cells:?}");
    }
    for row in rows.iter().filter(|_| width > 1) {
        assert!(!alone(row), "{caption}: {row:?}");
    }
}

/// Every figure has its id, and no id stands twice.
fn ids_stand_once(page: &str) {
    let ids = page
        .split(" id=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next());
    let mut seen = BTreeSet::new();
    for id in ids {
        assert!(seen.insert(id), "{id} stands twice");
    }
    let later = page
        .split("data-tal=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next());
    for id in later {
        assert!(seen.contains(id), "{id} stands nowhere first");
    }
    let figures = page.matches("<data ").count();
    assert!(figures > 50, "{figures}");
}

/// The keys of all cases of an extract.
fn keys(extract: &str) -> BTreeSet<String> {
    let person = fs::read_to_string(home().join(extract).join("person.csv")).expect("persons");
    let keys = person
        .lines()
        .skip(1)
        .filter_map(|line| line.split(';').next());
    let keys: BTreeSet<String> = keys.map(str::to_owned).collect();
    assert!(keys.len() > 500, "{}", keys.len());
    keys
}

fn names_nobody(text: &str, extract: &str) {
    let words: BTreeSet<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
    for key in keys(extract) {
        assert!(!words.contains(key.as_str()), "{key}");
    }
}

/// No formula, nobody's key, and every figure of the page by its id.
fn workbook_is_plain(memo: &mut Written, extract: &str) {
    let mut text = String::new();
    for sheet in memo.workbook.sheet_names() {
        let formulas = memo.workbook.worksheet_formula(&sheet).expect("formulas");
        assert!(formulas.used_cells().next().is_none(), "{sheet}");
        let range = memo.workbook.worksheet_range(&sheet).expect("a sheet");
        for (_, _, cell) in range.used_cells() {
            if let Data::String(cell) = cell {
                text += cell;
                text.push('\n');
            }
        }
    }
    names_nobody(&text, extract);
    let figures = memo
        .workbook
        .worksheet_range("Alle tal")
        .expect("all figures");
    let ids: BTreeSet<String> = figures
        .rows()
        .filter_map(|row| Some(row.first()?.to_string()))
        .collect();
    let on_page = memo.page.split("<data id=\"").skip(1);
    for id in on_page.filter_map(|rest| rest.split('"').next()) {
        assert!(ids.contains(id), "{id}");
    }
}

#[test]
fn the_page_and_the_workbook_appear_together_or_not_at_all() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    let run = || {
        let mut command = program();
        command.args(SMALL.split(' ')).arg("--out");
        command.arg(path("notat.html")).arg("--workbook");
        command.arg(path("notat.xlsx"));
        output(command)
    };
    fs::write(path("notat.html"), "et tidligere notat").expect("a page");
    assert_ne!(run().status.code(), Some(0));
    assert!(!path("notat.xlsx").exists(), "the workbook is there alone");
    fs::rename(path("notat.html"), path("notat.xlsx")).expect("another name");
    assert_ne!(run().status.code(), Some(0));
    assert!(!path("notat.html").exists(), "the page is there alone");
}
