//! What the fuzzer begins with: rule texts, tables and messages that stand in the repository, and files of each
//! format that are read as they should be.
//!
//! `HJEMMEL_SEEDS=FOLDER` writes them there, a folder to each target.

use crate::{columns, files, root};
use hjemmel_fuzz::TARGETS;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use serde_json::json;
use std::io::{Cursor, Read as _};
use std::path::Path;
use zip::ZipArchive;

/// A seed: its target, its name, its bytes.
type Seed = (&'static str, String, Vec<u8>);

/// Rule texts longer than this are cut at a blank line: mutations of short texts are faster.
const LONGEST_TEXT: usize = 6_000;

fn seeds() -> Vec<Seed> {
    let all = [
        rule_texts(),
        tables(),
        lines(),
        packed(),
        workbooks(),
        messages(),
        choices(),
    ];
    all.into_iter().flatten().collect()
}

fn rule_texts() -> Vec<Seed> {
    let mut seeds = Vec::new();
    let mut add = |name: &str, text: &str| {
        for target in ["rules", "format"] {
            seeds.push((target, name.to_owned(), text.as_bytes().to_vec()));
        }
    };
    for folder in [
        "dsl-grammar/test_data",
        "tests/bad",
        "tests/oracle/small_world",
        "rules",
    ] {
        let texts = files(&root().join(folder)).into_iter();
        let texts = texts.filter(|path| path.extension().is_some_and(|ending| ending == "regel"));
        for (number, path) in texts.enumerate() {
            let Ok(text) = std::fs::read_to_string(&path) else {
                continue;
            };
            let mut piece = String::new();
            let mut pieces = 0;
            for paragraph in text.split_inclusive("\n\n") {
                if LONGEST_TEXT < piece.len() + paragraph.len() {
                    add(
                        &format!("{}_{number}_{pieces}", folder.replace('/', "_")),
                        &piece,
                    );
                    (piece, pieces) = (String::new(), pieces + 1);
                }
                piece.push_str(paragraph);
            }
            if piece.len() <= LONGEST_TEXT {
                add(
                    &format!("{}_{number}_{pieces}", folder.replace('/', "_")),
                    &piece,
                );
            }
        }
    }
    seeds
}

/// The tables of the reader's own tests, with the mapping beside them.
fn tables() -> Vec<Seed> {
    let mut seeds = Vec::new();
    let bad = root().join("extracts/test_data/bad");
    for path in files(&bad) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let table = ["person", "ydelse", "samtale", "fravær", "særligt"];
        let Some(table) = table.iter().position(|it| *name == format!("{it}.csv")) else {
            continue;
        };
        let mapping = std::fs::read(path.with_file_name("udtræk.toml")).unwrap_or_default();
        let content = std::fs::read(&path).unwrap();
        if content.len() < 4_000 {
            let entry = path
                .parent()
                .unwrap()
                .file_name()
                .unwrap()
                .to_string_lossy();
            seeds.push((
                "csv",
                format!("{entry}_{table}"),
                with_mapping(&mapping, table, &content),
            ));
        }
    }
    let mapping = "udtræksdato = 2017-07-31\ntegnsæt = \"windows-1252\"\nseparator = \",\"\ndatoformat = \"DD-MM-ÅÅÅÅ\"\ndecimaltegn = \",\"\n\
        blank_slutdato = \"fortsat\"\n[tabel.ydelse]\nkolonner = { sag = \"Nøgle\", fra = \"Start\", til = \"Slut\", art = \"Kode\" }\n\
        registreret = \"Opdateret\"\nmangler = [\"timer\"]\nrækker = 2\nslutdato_fortsat = [\"31-12-9999\"]\nfuldstændig = { fra = 2015-01-01, til = 2017-07-31 }\n\
        [tabel.ydelse.koder.art]\n\"730\" = \"kontanthjælp\"\n\"999\" = \"ukendt\"\n";
    let content = "N\u{f8}gle,Start,Slut,Kode,Opdateret\na,01-01-2017,31-12-9999,730,02-01-2017\n\"b\",01-02-2017,,999,\n";
    // As Windows-1252 writes it: these letters are their own numbers.
    let content: Vec<u8> = content
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    seeds.push((
        "csv",
        "mapped".to_owned(),
        with_mapping(mapping.as_bytes(), 1, &content),
    ));
    seeds
}

/// The digit of a table is one whose remainder by five is its number.
fn with_mapping(mapping: &[u8], table: usize, content: &[u8]) -> Vec<u8> {
    let between: &[u8] = if mapping.is_empty() { b"" } else { b"\n%%\n" };
    [
        mapping,
        between,
        format!("{}", table + 2).as_bytes(),
        content,
    ]
    .concat()
}

/// JSON Lines of every table.
fn lines() -> Vec<Seed> {
    let of = |table: usize, rows: &[serde_json::Value]| {
        let rows: Vec<String> = rows.iter().map(ToString::to_string).collect();
        with_mapping(b"", table, (rows.join("\n") + "\n").as_bytes())
    };
    let tables = [
        of(
            0,
            &[
                json!({ "sag": "a", "født": "1980-02-29", "navn": "N" }),
                json!({ "sag": "b", "født": null, "navn": "" }),
            ],
        ),
        of(
            1,
            &[
                json!({ "sag": "a", "fra": "2017-01-04", "til": "fortsat", "art": "kontanthjælp", "timer": 37 }),
                json!({ "sag": "a", "fra": "2016-01-04", "til": "2016-12-31", "art": "ZZ", "timer": 0.5 }),
            ],
        ),
        of(
            2,
            &[
                json!({ "sag": "æ\u{1f600}", "dato": "2017-01-04", "fremmøde": true }),
                json!({ "sag": "b", "dato": "x", "fremmøde": "nej" }),
            ],
        ),
        of(
            3,
            &[
                json!({ "sag": "a", "fra": "2017-01-04T00:00:00", "til": null, "grund": "barsel", "afgjort": false, "note": "\"\\\u{8}" }),
            ],
        ),
        of(
            4,
            &[
                json!({ "sag": "a", "fra": "2017-01-04", "til": "ukendt", "afgørelse": "ja", "revurderes": "2017-07-04" }),
            ],
        ),
    ];
    let mut seeds: Vec<Seed> = (0..)
        .zip(tables)
        .map(|(n, bytes): (usize, _)| ("json", format!("table_{n}"), bytes))
        .collect();
    let mapping = b"[tabel.ydelse]\nfil = \"ydelse.jsonl\"\nkolonner = { art = \"Kode\" }\n[tabel.ydelse.koder.art]\n\"1\" = \"kontanthj\xc3\xa6lp\"\n";
    let row = of(
        1,
        &[json!({ "sag": 123, "fra": "2017-01-04", "til": "fortsat", "Kode": 1, "timer": "1,5" })],
    );
    seeds.push((
        "json",
        "mapped".to_owned(),
        with_mapping(mapping, 1, &row[1..]),
    ));
    let bad = files(&root().join("tests/bad")).into_iter();
    for (number, path) in bad
        .filter(|path| path.extension().is_some_and(|it| it == "jsonl"))
        .enumerate()
    {
        let content = std::fs::read(path).unwrap();
        if content.len() < 4_000 {
            seeds.push((
                "json",
                format!("bad_{number}"),
                with_mapping(b"", 1, &content),
            ));
        }
    }
    seeds
}

fn packed() -> Vec<Seed> {
    let mut seeds = Vec::new();
    for (table, batch) in columns::tables() {
        let mut add = |target, ways: Vec<(&str, Vec<u8>)>| {
            for (way, bytes) in ways {
                seeds.push((
                    target,
                    format!("{way}_{table}"),
                    [&[table], bytes.as_slice()].concat(),
                ));
            }
        };
        add("parquet", columns::parquet(&batch));
        add("arrow", columns::arrow(&batch));
    }
    seeds
}

/// A workbook of two sheets, as a program writes it.
pub(crate) fn workbook() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("ydelse").unwrap();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    for (column, heading) in (0..).zip(["sag", "fra", "til", "art", "timer"]) {
        sheet.write(0, column, heading).unwrap();
    }
    sheet.write(1, 0, "a").unwrap();
    sheet
        .write_with_format(1, 1, ExcelDateTime::from_ymd(2017, 1, 4).unwrap(), &day)
        .unwrap();
    sheet.write(1, 2, "fortsat").unwrap();
    sheet.write(1, 3, "kontanthjælp").unwrap();
    let hours = Formula::new("=30+7").set_result("37");
    sheet.write_formula(1, 4, hours).unwrap();
    let sheet = workbook.add_worksheet().set_name("samtale").unwrap();
    for (column, heading) in (0..).zip(["sag", "dato", "fremmøde"]) {
        sheet.write(0, column, heading).unwrap();
    }
    sheet.write(1, 0, "b").unwrap();
    sheet.write(1, 1, "2017-01-04").unwrap();
    sheet.write(1, 2, true).unwrap();
    workbook.save_to_buffer().unwrap()
}

/// The same, and its parts.
fn workbooks() -> Vec<Seed> {
    let bytes = workbook();
    let mut archive = ZipArchive::new(Cursor::new(bytes.clone())).unwrap();
    let mut parts = String::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let needed = [
            "[Content_Types]",
            "_rels/",
            "xl/workbook",
            "xl/styles",
            "xl/shared",
            "xl/worksheets",
        ];
        if needed.iter().any(|it| name.contains(it)) {
            parts.push_str(&format!("%% {name}\n"));
            part.read_to_string(&mut parts).unwrap();
        }
    }
    vec![
        ("xlsx", "packed".to_owned(), bytes),
        ("xlsx", "parts".to_owned(), parts.into_bytes()),
    ]
}

/// Messages of the catalogue, and one of each request.
fn messages() -> Vec<Seed> {
    let uri = "untitled:a";
    let text = std::fs::read_to_string(root().join("tests/bad/grund/rules/tilbud.regel")).unwrap();
    let open = json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": { "textDocument":
        { "uri": uri, "languageId": "hjemmel", "version": 1, "text": text } } });
    let change = json!({ "jsonrpc": "2.0", "method": "textDocument/didChange", "params": { "textDocument":
        { "uri": uri, "version": 2 }, "contentChanges": [{ "range": { "start": { "line": 3, "character": 2 },
        "end": { "line": 3, "character": 9 } }, "text": "hjemmel" }] } });
    let close = json!({ "jsonrpc": "2.0", "method": "textDocument/didClose", "params": { "textDocument": { "uri": uri } } });
    let at = json!({ "textDocument": { "uri": uri }, "position": { "line": 5, "character": 12 }, "range": { "start":
        { "line": 3, "character": 0 }, "end": { "line": 8, "character": 0 } }, "context": { "diagnostics": [],
        "includeDeclaration": true, "triggerKind": 1 }, "newName": "nyt_navn", "query": "a", "ch": "\n", "language": "en",
        "options": { "tabSize": 2, "insertSpaces": true }, "positions": [{ "line": 5, "character": 12 }], "date": "2017-01-01" });
    let asked = [
        "hover",
        "definition",
        "typeDefinition",
        "implementation",
        "references",
        "documentSymbol",
        "completion",
        "rename",
        "prepareRename",
        "codeAction",
        "codeLens",
        "foldingRange",
        "selectionRange",
        "semanticTokens/full",
        "semanticTokens/range",
        "inlayHint",
        "formatting",
        "rangeFormatting",
        "onTypeFormatting",
        "signatureHelp",
        "documentHighlight",
        "linkedEditingRange",
        "documentLink",
        "prepareCallHierarchy",
        "diagnostic",
    ];
    let own = [
        "examples",
        "timelines",
        "explain",
        "compare",
        "translate",
        "lawDate",
    ];
    let methods = asked.iter().map(|it| format!("textDocument/{it}"));
    let methods = methods
        .chain(own.iter().map(|it| format!("hjemmel/{it}")))
        .chain(["workspace/symbol".to_owned()]);
    let mut seeds = Vec::new();
    for method in methods {
        let ask = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": at });
        let talk = [&open, &change, &ask, &close].map(ToString::to_string);
        seeds.push((
            "lsp_frames",
            method.replace('/', "_"),
            talk.join("\n").into_bytes(),
        ));
    }
    for path in files(&root().join("tests/bad")) {
        let entry = path
            .parent()
            .unwrap()
            .file_name()
            .unwrap()
            .to_string_lossy()
            .into_owned();
        if !entry.starts_with('L') || !path.ends_with("case.toml") {
            continue;
        }
        let case = std::fs::read_to_string(&path).unwrap();
        let sent: Vec<&str> = case
            .lines()
            .filter_map(|line| line.trim().strip_prefix('\'')?.strip_suffix("',"))
            .collect();
        if !sent.is_empty() {
            seeds.push(("lsp_frames", entry.clone(), sent.join("\n").into_bytes()));
            let framed = sent
                .iter()
                .map(|it| format!("Content-Length: {}\r\n\r\n{it}", it.len()));
            seeds.push((
                "lsp_frames",
                format!("{entry}_framed"),
                framed.collect::<String>().into_bytes(),
            ));
        }
    }
    seeds
}

/// Any bytes are choices.
fn choices() -> Vec<Seed> {
    let mut number = 1_u64;
    let mut byte = || {
        number = number
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        u8::try_from(number >> 56).unwrap()
    };
    let mut seeds = Vec::new();
    for target in ["rules_structured", "lsp_edits"] {
        for length in [8, 40, 200, 400, 401] {
            let bytes = (0..length).map(|_| byte()).collect();
            seeds.push((target, format!("choices_{length}"), bytes));
        }
    }
    seeds
}

#[test]
fn every_seed_holds_and_every_target_has_one() {
    let seeds = seeds();
    let folder = std::env::var_os("HJEMMEL_SEEDS");
    for (name, target) in TARGETS {
        let own = seeds.iter().filter(|(of, ..)| *of == name);
        let mut count = 0;
        for (_, seed, bytes) in own {
            count += 1;
            if let Some(folder) = &folder {
                let folder = Path::new(folder).join(name);
                std::fs::create_dir_all(&folder).unwrap();
                std::fs::write(folder.join(seed), bytes).unwrap();
            } else {
                println!("{name}: {seed}");
                target(bytes);
            }
        }
        assert!(count > 0, "{name} has no seed");
    }
}
