//! Results as Parquet and Arrow: what is written can be read again, with its provenance.

use super::*;
use crate::arrow::{PROVENANCE, ResultFile, mapping, partition, states};
use crate::batches;
use crate::kinds::{Kind, Part};
use crate::tests::kinds::{parquet_bytes, typed};
use crate::write::{Format, OutcomeRow, Provenance};
use crate::{SaveOptions, save};
use arrow_array::{RecordBatch, StringArray};
use hjemmel_engine::columns::Reads;
use hjemmel_engine::histories::Histories;
use hjemmel_engine::model::{DutyId, DutyState, Subject};
use hjemmel_engine::outcome::{Due, State};
use hjemmel_engine::personal::Personal;
use hjemmel_engine::time::{Day, Period};
use insta::assert_snapshot;
use parquet::file::reader::FileReader as _;

fn day(number: i32) -> Day {
    Day::FIRST.plus(number)
}

/// One duty of which something is said of two of three cases.
fn histories() -> (StringArray, Histories) {
    let due = |earliest, latest| {
        Some(Due {
            earliest: day(earliest),
            latest: day(latest),
        })
    };
    let days = [(0, 10), (10, 20), (5, 9)];
    let days = days.map(|(start, end)| Period::new(day(start), day(end)));
    let histories = Histories {
        subject: Subject::Duty(DutyId(0)),
        states: vec![
            State::Duty(DutyState::Unknown),
            State::Duty(DutyState::NotCovered),
        ]
        .into(),
        offsets: vec![0, 2, 2, 3],
        days: days.to_vec(),
        state: vec![1, 0, 1],
        due: vec![due(9, 9), due(9, 12), None],
    };
    (StringArray::from(vec!["=a", "b", "c"]), histories)
}

fn provenance() -> Provenance {
    Provenance {
        rule_set_hash: "r".to_owned(),
        known_on: Some(day(30)),
        ..Provenance::default()
    }
}

/// The rows and the provenance of a result file.
fn shown(path: &Path) -> String {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let kind = Kind::of(&name).unwrap();
    if kind == Kind::Text {
        return std::fs::read_to_string(path).unwrap();
    }
    let said = provenance_in(path, kind);
    let path = path.to_owned();
    let mut file = batches::open(&Part { name, path }, kind).unwrap();
    let schema = file.schema();
    let mut text = format!("{said}\n");
    for field in schema.fields() {
        writeln!(text, "{}: {}", field.name(), field.data_type()).unwrap();
    }
    while let Some(batch) = file.next().unwrap() {
        text += &rows(&batch);
    }
    text
}

/// As other programs find it.
fn provenance_in(path: &Path, kind: Kind) -> String {
    let file = std::fs::File::open(path).unwrap();
    if kind == Kind::Arrow {
        let reader = arrow_ipc::reader::FileReader::try_new(file, None).unwrap();
        return reader.custom_metadata()[PROVENANCE].clone();
    }
    let reader = parquet::file::reader::SerializedFileReader::new(file).unwrap();
    let metadata = reader.metadata().file_metadata();
    let said = metadata.key_value_metadata().unwrap();
    let said = said.iter().find(|said| said.key == PROVENANCE).unwrap();
    said.value.clone().unwrap()
}

fn rows(batch: &RecordBatch) -> String {
    let columns = batch.columns().iter();
    let columns: Vec<_> = columns
        .map(|column| crate::typed::Values::of(column).unwrap())
        .collect();
    let mut text = String::new();
    for row in 0..batch.num_rows() {
        let cells = columns.iter().map(|column| {
            let (line, value) = (0, column.cell(row));
            let cell = crate::record::Cell {
                value,
                line,
                column: 0,
            };
            cell.shown()
        });
        text += &(cells.collect::<Vec<_>>().join("|") + "\n");
    }
    text
}

#[test]
fn histories_are_written_batch_by_batch() {
    let folder = tempfile::tempdir().unwrap();
    let (keys, histories) = histories();
    let model = model();
    let batch = states(&model, &keys, &[histories]).unwrap();
    let mut said = Vec::new();
    for (name, format) in [
        ("x.parquet", Format::Parquet),
        ("x.arrow", Format::Arrow),
        ("x.csv", Format::Csv),
    ] {
        let path = folder.path().join(name);
        let options = SaveOptions::default();
        let mut file = ResultFile::create(&path, format, options).unwrap();
        file.write(&batch.slice(0, 2)).unwrap();
        assert!(!path.exists(), "half a file is there");
        file.write(&batch.slice(2, 1)).unwrap();
        assert_eq!(file.finish(&provenance()).unwrap(), 3);
        said.push(shown(&path));
        let again = ResultFile::create(&path, format, options);
        assert!(again.is_err(), "a file was replaced");
    }
    assert_eq!(said[0], said[1]);
    assert_snapshot!(said[0], @r#"
    {"rule_set_hash":"r","extract_hash":"","engine_version":"","approval":"draft","as_of":null,"from":null,"to":null,"known_on":"1900-01-31"}
    case: Utf8
    rule: Dictionary(Int32, Utf8)
    state: Dictionary(Int32, Utf8)
    from: Date32
    to: Date32
    due: Date32
    =a||ikke_omfattet|1900-01-01|1900-01-10|1900-01-10
    =a||ukendt|1900-01-11|1900-01-20|
    c||ikke_omfattet|1900-01-06|1900-01-09|
    "#);
    assert_snapshot!(said[2].replace('\r', ""), @r#"
    case,rule,state,from,to,due
    '=a,,ikke_omfattet,1900-01-01,1900-01-10,1900-01-10
    '=a,,ukendt,1900-01-11,1900-01-20,
    c,,ikke_omfattet,1900-01-06,1900-01-09,
    "#);
    let mut names: Vec<String> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_snapshot!(names.join(" "), @"x.arrow x.csv x.csv.provenance.json x.parquet");
}

#[test]
fn a_file_that_is_not_finished_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.parquet");
    let options = SaveOptions::default();
    let file = ResultFile::create(&path, Format::Parquet, options).unwrap();
    drop(file);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn outcomes_are_typed_in_parquet_and_arrow() {
    let folder = tempfile::tempdir().unwrap();
    let row = OutcomeRow {
        case: Personal::new("a"),
        rule: "pligt".to_owned(),
        state: "ukendt".to_owned(),
        since: Some(day(0)),
        missing: "=x, \"y\"".to_owned(),
        ..OutcomeRow::default()
    };
    let mut said = Vec::new();
    for (name, format) in [("x.parquet", Format::Parquet), ("x.arrow", Format::Arrow)] {
        let path = folder.path().join(name);
        let rows = [row.clone(), row.clone()];
        save(&path, format, &provenance(), &rows, SaveOptions::default()).unwrap();
        said.push(shown(&path));
    }
    assert_eq!(said[0], said[1]);
    assert_snapshot!(said[0], @r#"
    {"rule_set_hash":"r","extract_hash":"","engine_version":"","approval":"draft","as_of":null,"from":null,"to":null,"known_on":"1900-01-31"}
    case: Utf8
    rule: Dictionary(Int32, Utf8)
    state: Dictionary(Int32, Utf8)
    since: Date32
    until: Date32
    due: Date32
    ground: Dictionary(Int32, Utf8)
    basis: Dictionary(Int32, Utf8)
    missing: Dictionary(Int32, Utf8)
    override_state: Dictionary(Int32, Utf8)
    override_by: Dictionary(Int32, Utf8)
    override_registered: Date32
    a|pligt|ukendt|1900-01-01|||||=x, "y"|||
    a|pligt|ukendt|1900-01-01|||||=x, "y"|||
    "#);
}

#[test]
fn other_numbers_of_keys_than_of_cases_are_refused() {
    let (_, histories) = histories();
    let keys = StringArray::from(vec!["a"]);
    let refused = states(&model(), &keys, &[histories]).unwrap_err();
    assert_snapshot!(refused, @"Invalid argument error: 1 keys were given for 3 cases");
}

/// A partition says the same as the extract of the same rows.
#[test]
fn a_partition_is_an_extract() {
    let toml = "blank_slutdato = \"fortsat\"\n";
    let model = model();
    let typed = typed();
    let bytes = parquet_bytes(&typed);
    let folder = folder(&[("ydelse.parquet", &bytes), ("udtræk.toml", toml.as_bytes())]);
    let extract = read_path(&model, folder.path()).unwrap();
    let (first, rest) = (typed.slice(0, 1), typed.slice(1, 4));
    let mapping = mapping(toml, &model).unwrap();
    let tables = [("ydelse", &rest), ("ydelse", &first)];
    let all = Reads::all(&model);
    let made = partition(&model, &mapping, &all, &tables).unwrap();
    let expected = hjemmel_engine::columns::Batch::from_cases(&model, &extract.cases).unwrap();
    assert_eq!(made.batch, expected);
    assert_eq!(made.unreadable, extract.unreadable);
    assert_eq!(made.problems.len(), extract.problems.len());
    let ids: Vec<&str> = extract.cases.iter().map(|case| case.id.reveal()).collect();
    assert_eq!(made.keys.iter().flatten().collect::<Vec<_>>(), ids);
    // What no rule reads may be left out; what one reads may not.
    let narrow = typed.project(&[0, 1, 2]).unwrap();
    let mut reads = Reads::none(&model);
    reads.add_table(&model, hjemmel_engine::model::TableId(1));
    let made = partition(&model, &mapping, &reads, &[("ydelse", &narrow)]).unwrap();
    assert_eq!(made.batch.tables()[1].rows(), 5);
    let refused = partition(&model, &mapping, &all, &[("ydelse", &narrow)]).unwrap_err();
    assert_snapshot!(refused.render(Language::Danish), @r#"
    fejl[E3010] ydelse: kolonnerne "art", "timer" mangler
      hjælp: hedder den andet, så skriv kolonner i udtræk.toml; har udtrækket ikke feltet, så skriv mangler
    "#);
    let refused = partition(&model, &mapping, &all, &[("ydelser", &narrow)]).unwrap_err();
    assert_snapshot!(refused.render(Language::Danish), @"fejl[E3008] ydelser: reglerne har ingen tabel af det navn");
}
