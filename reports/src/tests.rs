//! A book that tries everything, in every form.

use super::*;
use calamine::{Data, Reader as _, Xlsx};
use hjemmel_engine::time::Day;
use hjemmel_extracts::SaveOptions;
use hjemmel_extracts::write::Provenance;
use hjemmel_grammar::diagnostic::{Language, Text};
use std::io::Cursor;

fn day(year: i32, month: u32, day: u32) -> Day {
    Day::from_ymd(year, month, day).expect("a day")
}

fn book() -> Book {
    let overdue = Text::new("overskredet", "overdue");
    let columns = vec![
        Column::new("case", Text::new("Sag", "Case"), Kind::Text),
        Column::new("state", Text::new("Tilstand", "State"), Kind::Text)
            .toned(vec![(overdue.clone(), Tone::Bad)]),
        Column::new("due", Text::new("Frist", "Due"), Kind::Day),
        Column::new("hours", Text::new("Timer", "Hours"), Kind::Number),
        Column::new("share", Text::new("Andel", "Share"), Kind::Number),
        Column::new("why", Text::new("Hvorfor", "Why"), Kind::LongText),
    ];
    let rows = vec![
        vec![
            Cell::text("=1+1"),
            Cell::Word("overskredet".to_owned(), overdue),
            Cell::Day(day(2017, 7, 31)),
            Cell::Number(-1_500),
            Cell::Percent(34_315),
            Cell::text("en; \"to\""),
        ],
        vec![Cell::text("a"), Cell::Blank, Cell::Blank, Cell::Count(12)],
    ];
    let table = Table {
        rows,
        ..Table::new("worklist", Text::new("Liste", "List"), columns)
    };
    let empty = Table::new(
        "none",
        Text::new("Liste", "List"),
        vec![Column::new("x", Text::same("X"), Kind::Text)],
    );
    Book {
        title: Text::new("Prøve", "Trial"),
        tables: vec![table, empty],
        provenance: Provenance {
            rule_set_hash: "abc".to_owned(),
            as_of: Some(day(2017, 7, 31)),
            ..Provenance::default()
        },
        notes: vec![(Text::new("Uger", "Weeks"), Cell::Count(4))],
    }
}

fn text(form: Form, language: Language) -> String {
    String::from_utf8(bytes(&book(), form, language).expect("bytes")).expect("UTF-8")
}

#[test]
fn csv_for_machines_is_the_same_in_every_language() {
    let csv = Form::Csv(CsvStyle::Machine);
    assert_eq!(text(csv, Language::Danish), text(csv, Language::English));
    assert_eq!(
        text(csv, Language::Danish),
        "case,state,due,hours,share,why\r\n\
         '=1+1,overskredet,2017-07-31,-1.5,34.315,\"en; \"\"to\"\"\"\r\n\
         a,,,12,,\r\n"
    );
}

#[test]
fn csv_for_people_opens_in_danish_excel() {
    assert_eq!(
        text(Form::Csv(CsvStyle::People), Language::Danish),
        "\u{feff}Sag;Tilstand;Frist;Timer;Andel;Hvorfor\r\n\
         '=1+1;overskredet;31-07-2017;-1,5;34,315;\"en; \"\"to\"\"\"\r\n\
         a;;;12;;\r\n"
    );
}

#[test]
fn json_is_exact_and_has_its_provenance() {
    insta::assert_snapshot!(text(Form::Json, Language::English));
}

#[test]
fn the_workbook_holds_typed_cells_and_no_formula() {
    let bytes = bytes(&book(), Form::Xlsx, Language::Danish).expect("bytes");
    let mut workbook = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    assert_eq!(workbook.sheet_names(), ["Liste", "Liste 2", "Grundlag"]);
    let sheet = workbook.worksheet_range("Liste").expect("a sheet");
    let first: Vec<Data> = sheet.rows().nth(1).expect("a row").to_vec();
    assert_eq!(first[0], Data::String("=1+1".to_owned()));
    assert_eq!(first[1], Data::String("overskredet".to_owned()));
    let Data::DateTime(due) = &first[2] else {
        panic!("a date: {:?}", first[2]);
    };
    assert_eq!(due.to_ymd_hms_milli().0, 2017);
    assert!(due.is_datetime());
    assert_eq!(first[3], Data::Float(-1.5));
    assert_eq!(first[4], Data::Float(0.34315));
    let formulas = workbook.worksheet_formula("Liste").expect("formulas");
    assert!(formulas.used_cells().next().is_none());
    workbook.load_tables().expect("tables");
    assert_eq!(workbook.table_names(), ["tabel_1"]);
    let basis = workbook.worksheet_range("Grundlag").expect("a sheet");
    let shown: Vec<String> = basis
        .used_cells()
        .map(|(_, _, it)| it.to_string())
        .collect();
    assert!(shown.contains(&"abc".to_owned()), "{shown:?}");
    let draft = Provenance::default().approval.text().da;
    assert!(shown.contains(&draft), "{shown:?}");
}

#[test]
fn the_same_book_gives_the_same_bytes() {
    let twice = [(); 2].map(|()| bytes(&book(), Form::Xlsx, Language::Danish).expect("bytes"));
    assert!(twice[0] == twice[1]);
}

#[test]
fn a_terminal_shows_the_first_rows_of_chosen_columns() {
    let mut book = book();
    let table = &mut book.tables[0];
    table.rows[1][0] = Cell::text("a\u{1b}[2J");
    let shown = terminal::text(table, Language::English, 9, &["case", "due", "hours"]);
    assert_eq!(
        shown,
        "Case    Due          Hours\n──────────────────────────\n=1+1    2017-07-31    -1.5\na�[2J                   12\n"
    );
    assert!(!terminal::text(table, Language::English, 1, &[]).contains("[2J"));
}

#[test]
fn a_file_is_never_replaced_unasked() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("liste.csv");
    let form = Form::Csv(CsvStyle::People);
    let save_it = |replace| {
        let options = SaveOptions {
            replace,
            ..SaveOptions::default()
        };
        save(&path, form, &book(), Language::Danish, options)
    };
    assert!(save_it(false).is_ok());
    assert!(save_it(false).is_err());
    assert!(save_it(true).is_ok());
    let beside = folder.path().join("liste.csv.provenance.json");
    let beside = std::fs::read_to_string(beside).expect("provenance");
    assert!(beside.contains("\"as_of\": \"2017-07-31\""), "{beside}");
}

#[test]
fn a_text_that_no_cell_holds_says_that_it_goes_on() {
    let column = Column::new("why", Text::same("Hvorfor"), Kind::LongText);
    let cell = |text: String| -> String {
        let table = Table {
            rows: vec![vec![Cell::text(text)]],
            ..Table::new("t", Text::same("T"), vec![column.clone()])
        };
        let book = Book {
            tables: vec![table],
            ..book()
        };
        let bytes = bytes(&book, Form::Xlsx, Language::Danish).expect("a workbook");
        let mut workbook = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
        let sheet = workbook.worksheet_range("T").expect("a sheet");
        sheet
            .get_value((1, 0))
            .map(ToString::to_string)
            .expect("a cell")
    };
    assert_eq!(cell("æ".repeat(32_767)), "æ".repeat(32_767));
    assert_eq!(cell("æ".repeat(32_768)), "æ".repeat(32_766) + "…");
}

/// A form of two lines, each with its own list.
fn form() -> Questionnaire {
    let column = |id: &str, kind| Column::new(id, Text::same(id), kind);
    let columns = vec![
        column("number", Kind::Number),
        column("case", Kind::Text),
        column("answer", Kind::Text),
        column("day", Kind::Day),
    ];
    let rows = vec![
        vec![Cell::Count(1), text_cell("=1+1")],
        vec![Cell::Count(2), text_cell("a")],
    ];
    let list = |words: &[&str]| List {
        title: Text::same("rule"),
        words: words
            .iter()
            .map(|word| (Text::same(*word), Text::same("meaning")))
            .collect(),
    };
    Questionnaire {
        title: Text::new("Skema", "Form"),
        instructions: vec![Text::new("Udfyld", "Fill")],
        lines: Table {
            rows,
            ..Table::new("form", Text::new("Skema", "Form"), columns)
        },
        blank: 2,
        choice: 2,
        day: 3,
        list_of_line: vec![1, 0],
        lists: vec![
            list(&["ja", "nej"]),
            list(&["i tilbud", "overskredet", "ukendt"]),
        ],
        account: Table::new(
            "strata",
            Text::same("Lag"),
            vec![column("stratum", Kind::Text)],
        ),
        provenance: Provenance {
            rule_set_hash: "abc".to_owned(),
            question: [("seed".to_owned(), "7".to_owned())].into(),
            ..Provenance::default()
        },
    }
}

fn text_cell(text: &str) -> Cell {
    Cell::text(text)
}

/// A file of the archive that a workbook is.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut part = archive.by_name(name).expect("a part");
    let mut text = String::new();
    std::io::Read::read_to_string(&mut part, &mut text).expect("text");
    text
}

#[test]
fn each_line_of_a_form_offers_its_own_words() {
    let bytes = form()
        .bytes(FormKind::Xlsx, Language::Danish)
        .expect("bytes");
    let lines = part(&bytes, "xl/worksheets/sheet2.xml");
    let offered = |cell: &str, rows: &str| {
        let validation = lines.split("<dataValidation ").find(|it| it.contains(cell));
        let validation = validation.expect("a validation");
        validation.contains(&format!("<formula1>'Svarmuligheder'!{rows}</formula1>"))
    };
    assert!(offered("sqref=\"C2\"", "$B$4:$B$6"), "{lines}");
    assert!(offered("sqref=\"C3\"", "$B$2:$B$3"), "{lines}");
    assert!(!lines.contains("<f>"), "no cell is a formula: {lines}");
    assert!(!lines.contains("sheetProtection"), "nothing is locked");
    let mut workbook = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let words = workbook.worksheet_range("Svarmuligheder").expect("a sheet");
    assert_eq!(
        words.get((3, 1)),
        Some(&Data::String("i tilbud".to_owned()))
    );
    let basis = workbook.worksheet_range("Grundlag").expect("a sheet");
    assert_eq!(basis.get((0, 0)), Some(&Data::String("hjemmel".to_owned())));
}

#[test]
fn a_form_as_csv_has_its_columns_to_fill() {
    let bytes = form()
        .bytes(FormKind::Csv(CsvStyle::Machine), Language::Danish)
        .expect("bytes");
    assert_eq!(
        String::from_utf8(bytes).expect("UTF-8"),
        "number,case,answer,day\r\n1,'=1+1,,\r\n2,a,,\r\n"
    );
}
