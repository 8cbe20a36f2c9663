//! Text from outside that a spreadsheet would run: in no file that is written does it begin a cell, wherever the
//! spreadsheet thinks that cells begin.

use crate::world::{World, tables};
use crate::{contents, process};
use std::collections::BTreeMap;

/// What cells begin with that are run.
const BEGINS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
/// Hostile words: at the beginning, and after what may be taken for the end of a cell.
const WORDS: [&str; 16] = [
    "=HYPERLINK(\"http://x\";\"y\")",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1+1)",
    "＝1+1",
    "＋1",
    "－1",
    "＠a",
    "a;=1+1",
    "a,=1+1",
    "a\"=1+1",
    "a\";=1+1;\"",
    "a\",@b,\"",
    "\"=1+1",
    "'=1+1",
    "a|-1",
];

/// The tables with hostile keys and teams in them.
fn world() -> World {
    let mut tables = tables(48);
    let quoted = |word: &str| format!("\"{}\"", word.replace('"', "\"\""));
    for (at, word) in WORDS.iter().enumerate() {
        let key = hjemmel_tests::tokens::key(at);
        for rows in tables.values_mut() {
            *rows = rows.replace(&key, &quoted(word));
        }
        let team = hjemmel_tests::tokens::word(hjemmel_tests::tokens::Kind::Team, at);
        let rows = tables.get_mut("ansvarlig").expect("a table");
        *rows = rows.replace(&team, &quoted(word));
    }
    let world = World::of(&tables);
    let titled = std::fs::read_to_string(world.path("regler/tilbud.regel")).expect("rules");
    let titled = titled
        .replace("\"Tilbud til aktivitetsparate\"", "\"=1+1 tilbud\"")
        .replace("\"Uden tilbud\"", "\"@uden\"")
        .replace("\"Andel uden tilbud det seneste år\"", "\"-andel;=1+1\"");
    world.write("regler/tilbud.regel", titled);
    let list = "navn;målgruppe;årsag;deltager;måling;start;ansvarlig;status;bemærkning\n\
        =1+1;målgruppe;;tilbud;andel_uden;2017-06-01;=team;igang;-ingen\n\
        ＝1+1;målgruppe;;;;2017-06-01;\"a;=1+1\";igang;\"a\nb\"\n";
    world.write("initiativer.csv", list);
    let memo = std::fs::read_to_string(world.path("notat.toml")).expect("a memo");
    let memo = memo
        .replace("\"Redegørelse\"", "\"=1+1\"")
        .replace("\"Jobcentret\"", "\"@centret\"");
    world.write("notat.toml", memo);
    world
}

/// Every command that writes a file for people.
const LINES: [&str; 25] = [
    "run regler --data udtræk --as-of 2017-07-31 --out ud/a.csv",
    "run regler --data udtræk --timeline --from 2017-05-01 --to 2017-07-31 --out ud/b.csv",
    "count regler --data udtræk --from 2017-05-01 --to 2017-07-31 --out ud/c.csv",
    "series regler --data udtræk --from 2017-05-01 --to 2017-07-31 --out ud/d.csv",
    "series regler --data udtræk --from 2017-05-01 --to 2017-07-31 --out ud/d.xlsx",
    "series regler --data udtræk --from 2017-05-01 --to 2017-07-31 --csv da --out ud/dda.csv",
    "reconcile udtræk register --rules regler --measure andel_uden --as-of 2017-07-31 --out ud/e.csv",
    "reconcile udtræk register --rules regler --measure andel_uden --as-of 2017-07-31 --csv da --out ud/eda.csv",
    "reconcile udtræk register --rules regler --measure andel_uden --as-of 2017-07-31 --out ud/e.xlsx",
    "compare regler nyere --data udtræk --from 2017-05-01 --to 2017-07-31 --persons ud/f.csv",
    "worklist regler --data udtræk --as-of 2017-07-31 --out ud/g.csv",
    "worklist regler --data udtræk --as-of 2017-07-31 --csv da --out ud/gda.csv",
    "worklist regler --data udtræk --as-of 2017-07-31 --cause opfølgning --out ud/g.xlsx",
    "forecast regler --data udtræk --as-of 2017-07-31 --until 2017-10-31 --out ud/h.csv",
    "forecast regler --data udtræk --as-of 2017-07-31 --until 2017-10-31 --out ud/h.xlsx",
    "initiatives regler --data udtræk --list initiativer.csv --as-of 2017-07-31 --out ud/i.csv",
    "initiatives regler --data udtræk --list initiativer.csv --as-of 2017-07-31 --csv da --out ud/ida.csv",
    "initiatives regler --data udtræk --list initiativer.csv --as-of 2017-07-31 --out ud/i.xlsx",
    "suspects regler --data udtræk --as-of 2017-07-31 --state opfølgning=uden_tilbud --out ud/j.csv",
    "suspects regler --data udtræk --as-of 2017-07-31 --state opfølgning=uden_tilbud --out ud/j.xlsx",
    "audit sample regler --data udtræk --as-of 2017-07-31 --rule tilbudspligt --size 30 --seed 1 --show-answer --out ud/k.csv",
    "audit sample regler --data udtræk --as-of 2017-07-31 --rule tilbudspligt --size 30 --seed 1 --show-answer --csv da --out ud/kda.csv",
    "audit sample regler --data udtræk --as-of 2017-07-31 --rule tilbudspligt --size 30 --seed 1 --show-answer --out ud/k.xlsx",
    "report regler --data udtræk --as-of 2017-07-31 --memo notat.toml --out ud/l.html --workbook ud/l.xlsx",
    "coverage regler --out ud/m.html",
];

/// The cells of a CSV as a spreadsheet finds them that takes `separator` for what parts them.
fn cells(text: &[u8], separator: u8) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new();
    reader
        .has_headers(false)
        .flexible(true)
        .delimiter(separator);
    let mut reader = reader.from_reader(text);
    let records = reader
        .byte_records()
        .map(|record| record.expect("a record"));
    let cells = records.flat_map(|record| {
        let cells = record
            .iter()
            .map(|cell| String::from_utf8_lossy(cell).into_owned());
        cells.collect::<Vec<_>>()
    });
    cells.collect()
}

/// Whether a cell is run: it begins as a formula and is no number.
fn runs(cell: &str) -> bool {
    let cell = cell.trim_start_matches(['"', '\u{feff}']);
    let number = cell
        .trim_end_matches(" %")
        .replace(',', ".")
        .parse::<f64>()
        .is_ok();
    cell.starts_with(BEGINS) && !number
}

#[test]
fn no_cell_of_a_file_is_a_formula() {
    let world = world();
    for line in LINES {
        let output = process::run(&world, line, None);
        let (code, said) = (
            output.status.code(),
            String::from_utf8_lossy(&output.stderr),
        );
        assert!(matches!(code, Some(0 | 1)), "{line}: {code:?} {said}");
    }
    let files = world.picture("ud");
    let (mut tried, mut wrong) = (0, Vec::new());
    for (name, bytes) in &files {
        if name.ends_with(".csv") {
            for separator in *b",;\t|" {
                let all = cells(bytes, separator);
                tried += all.len();
                let run = all.into_iter().filter(|cell| runs(cell));
                wrong
                    .extend(run.map(|cell| format!("{name} by {}: {cell}", char::from(separator))));
            }
        } else if name.ends_with(".xlsx") {
            for (part, text) in contents::workbook(bytes) {
                let text = String::from_utf8_lossy(&text).into_owned();
                tried += text.matches("<c ").count();
                let formulas = ["<f>", "<f ", "<f/>", "<ddeLink", "<hyperlink"];
                let found = formulas.iter().filter(|formula| text.contains(**formula));
                wrong.extend(found.map(|formula| format!("{name} {part}: {formula}")));
            }
        } else if name.ends_with(".html") {
            let text = String::from_utf8_lossy(bytes).into_owned();
            for cell in text.split("<td").skip(1).chain(text.split("<th").skip(1)) {
                let cell = cell.split_once('>').map_or("", |(_, cell)| cell);
                let words = cell
                    .split('<')
                    .map(str::trim)
                    .find(|words| !words.is_empty());
                tried += 1;
                wrong.extend(
                    words
                        .filter(|cell| runs(cell))
                        .map(|cell| format!("{name}: {cell}")),
                );
            }
        }
    }
    println!(
        "FIGURE;F3;files of people with hostile cells;{}",
        files.len()
    );
    println!("FIGURE;F3;cells read by four separators;{tried}");
    println!(
        "FIGURE;F3;cells that a spreadsheet would run;{}",
        wrong.len()
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    hostile_words_are_there(&files);
}

/// What was hostile is in the files, as the words they are.
fn hostile_words_are_there(files: &BTreeMap<String, Vec<u8>>) {
    let all = |name: &str| cells(files.get(name).unwrap_or_else(|| panic!("{name}")), b',');
    for name in ["ud/a.csv", "ud/b.csv", "ud/c.csv"] {
        let cells = all(name);
        for word in WORDS {
            let kept = cells
                .iter()
                .any(|cell| cell.replace('\'', "") == word.replace('\'', ""));
            assert!(kept, "{name} lacks {word}");
        }
    }
    let book = contents::of("g.xlsx", &files["ud/g.xlsx"]);
    let book = String::from_utf8_lossy(&book).into_owned();
    assert!(
        book.contains("=HYPERLINK(") && book.contains(">@SUM(1+1)<"),
        "the workbook has them as text"
    );
    // A formula would be seen.
    assert!(runs("=1") && runs("＝1") && runs("-a") && !runs("-1,5") && !runs("'=1"));
}
