//! Every kind of file says the same as the CSV of the same rows; bad ones are refused.

use super::*;
use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Decimal128Array, DictionaryArray, Float64Array,
    Int64Array, LargeStringArray, RecordBatch, RecordBatchOptions, StringArray,
    TimestampMicrosecondArray, types::Int32Type,
};
use arrow_ipc::writer::{FileWriter, IpcWriteOptions, StreamWriter};
use arrow_schema::Schema;
use insta::assert_snapshot;
use parquet::arrow::ArrowWriter;
use std::sync::Arc;

pub(crate) fn batch(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
    RecordBatch::try_from_iter_with_nullable(
        columns.into_iter().map(|(name, array)| (name, array, true)),
    )
    .unwrap()
}

pub(crate) fn parquet_bytes(batch: &RecordBatch) -> Vec<u8> {
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), None).unwrap();
    writer.write(batch).unwrap();
    writer.into_inner().unwrap()
}

pub(crate) fn file_bytes(batch: &RecordBatch) -> Vec<u8> {
    let mut writer = FileWriter::try_new(Vec::new(), &batch.schema()).unwrap();
    writer.write(batch).unwrap();
    writer.into_inner().unwrap()
}

fn packed_bytes(batch: &RecordBatch, kind: arrow_ipc::CompressionType) -> Vec<u8> {
    let options = IpcWriteOptions::default();
    let options = options.try_with_compression(Some(kind)).unwrap();
    let mut writer =
        FileWriter::try_new_with_options(Vec::new(), &batch.schema(), options).unwrap();
    writer.write(batch).unwrap();
    writer.into_inner().unwrap()
}

pub(crate) fn stream_bytes(batch: &RecordBatch) -> Vec<u8> {
    let mut writer = StreamWriter::try_new(Vec::new(), &batch.schema()).unwrap();
    writer.write(batch).unwrap();
    writer.into_inner().unwrap()
}

pub(crate) fn texts(values: &[Option<&str>]) -> ArrayRef {
    Arc::new(StringArray::from(values.to_vec()))
}

pub(crate) fn shared(values: &[Option<&str>]) -> ArrayRef {
    Arc::new(
        values
            .iter()
            .copied()
            .collect::<DictionaryArray<Int32Type>>(),
    )
}

pub(crate) fn days(values: &[Option<&str>]) -> ArrayRef {
    let day = |text: &&str| {
        crate::dates::DateFormat::Iso
            .read(text)
            .unwrap()
            .day
            .number()
    };
    let days = values.iter().map(|text| text.as_ref().map(day));
    Arc::new(days.collect::<Date32Array>())
}

const CSV: &str = "\
sag;fra;til;art;timer;registreret
a;2017-01-04;2017-02-01;kontanthjælp;1,5;2017-01-10
a;2016-01-01;;uddannelseshjælp;;2016-01-01
b;;2017-03-01;ZZ;37;
c;2017-03-02;2017-03-01;Kontanthjælp;2;2017-03-02
d;1850-01-01;2017-03-01;kontanthjælp;0,25;2017-03-02
";

const TOML: &str = "blank_slutdato = \"fortsat\"\n";

const KEYS: [Option<&str>; 5] = [Some("a"), Some("a"), Some("b"), Some("c"), Some("d")];
const FROM: [Option<&str>; 5] = [
    Some("2017-01-04"),
    Some("2016-01-01"),
    None,
    Some("2017-03-02"),
    Some("1850-01-01"),
];
const TO: [Option<&str>; 5] = [
    Some("2017-02-01"),
    None,
    Some("2017-03-01"),
    Some("2017-03-01"),
    Some("2017-03-01"),
];
const ART: [Option<&str>; 5] = [
    Some("kontanthjælp"),
    Some("uddannelseshjælp"),
    Some("ZZ"),
    Some("Kontanthjælp"),
    Some("kontanthjælp"),
];
const REGISTERED: [Option<&str>; 5] = [
    Some("2017-01-10"),
    Some("2016-01-01"),
    None,
    Some("2017-03-02"),
    Some("2017-03-02"),
];

fn hours(values: [Option<i128>; 5]) -> ArrayRef {
    let hours = Decimal128Array::from(values.to_vec());
    Arc::new(hours.with_precision_and_scale(9, 2).unwrap())
}

/// The rows of [`CSV`] in typed columns.
pub(crate) fn typed() -> RecordBatch {
    let timer = hours([Some(150), None, Some(3700), Some(200), Some(25)]);
    batch(vec![
        ("sag", texts(&KEYS)),
        ("fra", days(&FROM)),
        ("til", days(&TO)),
        ("art", shared(&ART)),
        ("timer", timer),
        ("registreret", days(&REGISTERED)),
    ])
}

/// The same in the types that other programs prefer, in another order.
pub(crate) fn other_types() -> RecordBatch {
    let times = |values: &[Option<&str>]| -> ArrayRef {
        let days = days(values);
        let days = days.as_any().downcast_ref::<Date32Array>().unwrap();
        let times = days
            .iter()
            .map(|day| Some(i64::from(day?) * 86_400_000_000));
        Arc::new(times.collect::<TimestampMicrosecondArray>())
    };
    let timer = Float64Array::from(vec![Some(1.5), None, Some(37.0), Some(2.0), Some(0.25)]);
    let keys: LargeStringArray = KEYS.iter().copied().collect();
    batch(vec![
        ("registreret", times(&REGISTERED)),
        ("timer", Arc::new(timer)),
        ("art", texts(&ART)),
        ("til", times(&TO)),
        ("fra", texts(&FROM)),
        ("sag", Arc::new(keys)),
    ])
}

const JSONL: &str = r#"{"sag":"a","fra":"2017-01-04","til":"2017-02-01","art":"kontanthjælp","timer":1.5,"registreret":"2017-01-10"}
{"sag":"a","fra":"2016-01-01","til":null,"art":"uddannelseshjælp","registreret":"2016-01-01"}
{"art":"ZZ","sag":"b","til":"2017-03-01","timer":37}

{"sag":"c","fra":"2017-03-02","til":"2017-03-01","art":"Kontanthjælp","timer":2,"registreret":"2017-03-02"}
{"sag":"d","fra":"1850-01-01","til":"2017-03-01","art":"kontanthjælp","timer":0.25,"registreret":"2017-03-02"}
"#;

/// The cases, without what tells one kind from another: places, and the names of files.
fn same(files: &[(&str, &[u8])]) -> String {
    let shown = read_with(&model(), files);
    let lines = shown.lines().map(|line| match line.split_once(" (ydelse") {
        Some((row, _)) => row.to_owned(),
        None => match line.split_once("] ") {
            Some((code, rest)) => {
                let said = rest.split_once(' ').map_or(rest, |(_, said)| said);
                format!("{code}] {said}")
            }
            None => line.to_owned(),
        },
    });
    let mut lines: Vec<String> = lines.collect();
    // Remarks of one row are in the order of its columns.
    let remarks = lines.iter().position(|line| line.contains('[')).unwrap();
    lines[remarks..].sort();
    lines.join("\n")
}

#[test]
fn every_kind_says_the_same_as_csv() {
    let toml = ("udtræk.toml", TOML.as_bytes());
    let expected = same(&[("ydelse.csv", CSV.as_bytes()), toml]);
    assert_snapshot!(expected, @r#"
    a
      ydelse 2017-01-04–2017-02-01 art=kontanthjælp timer=1500 registered 2017-01-10
      ydelse 2016-01-01–… art=uddannelseshjælp timer=? registered 2016-01-01
    b (1 unreadable)
      ydelse ?–2017-03-01 art=? timer=37000
    c (1 unreadable)
      ydelse ?–? art=kontanthjælp timer=2000 registered 2017-03-02
    d (1 unreadable)
      ydelse ?–2017-03-01 art=kontanthjælp timer=250 registered 2017-03-02
      hjælp: forventet kontanthjælp, uddannelseshjælp; andre koder skrives under koder i udtræk.toml
    advarsel[E3107] kolonne "art": læst som kontanthjælp, skrevet med andre store og små bogstaver
    advarsel[E3109] kolonne "fra": datoen er blank: rækkens første dag er ukendt
    fejl[E3101] kolonne "art": ukendt kode "ZZ"
    fejl[E3105] kolonne "til": slutdatoen ligger før startdatoen: begge regnes for ukendte
    fejl[E3112] kolonne "fra": datoen ligger ikke mellem 1. januar 1900 og 31. december 2199 (værdi skjult, 10 tegn)
    "#);
    let (typed, other) = (typed(), other_types());
    let lz4 = packed_bytes(&typed, arrow_ipc::CompressionType::LZ4_FRAME);
    let zstd = packed_bytes(&other, arrow_ipc::CompressionType::ZSTD);
    for (name, bytes) in [
        ("ydelse.jsonl", JSONL.as_bytes().to_vec()),
        ("ydelse.parquet", parquet_bytes(&typed)),
        ("ydelse.parquet", parquet_bytes(&other)),
        ("ydelse.arrow", file_bytes(&typed)),
        ("ydelse.arrow", stream_bytes(&other)),
        ("ydelse.arrows", stream_bytes(&typed)),
        ("ydelse.feather", lz4),
        ("ydelse.feather", zstd),
    ] {
        assert_eq!(same(&[(name, &bytes), toml]), expected, "{name}");
    }
}

#[test]
fn places_are_rows() {
    let bytes = parquet_bytes(&typed());
    let toml = ("udtræk.toml", TOML.as_bytes());
    assert_snapshot!(read_with(&model(), &[("ydelse.parquet", &bytes), toml]), @r#"
    a
      ydelse 2017-01-04–2017-02-01 art=kontanthjælp timer=1500 registered 2017-01-10 (ydelse.parquet:1)
      ydelse 2016-01-01–… art=uddannelseshjælp timer=? registered 2016-01-01 (ydelse.parquet:2)
    b (1 unreadable)
      ydelse ?–2017-03-01 art=? timer=37000 (ydelse.parquet:3)
    c (1 unreadable)
      ydelse ?–? art=kontanthjælp timer=2000 registered 2017-03-02 (ydelse.parquet:4)
    d (1 unreadable)
      ydelse ?–2017-03-01 art=kontanthjælp timer=250 registered 2017-03-02 (ydelse.parquet:5)
    fejl[E3101] ydelse.parquet:3 kolonne "art": ukendt kode "ZZ"
      hjælp: forventet kontanthjælp, uddannelseshjælp; andre koder skrives under koder i udtræk.toml
    advarsel[E3109] ydelse.parquet:3 kolonne "fra": datoen er blank: rækkens første dag er ukendt
    advarsel[E3107] ydelse.parquet:4 kolonne "art": læst som kontanthjælp, skrevet med andre store og små bogstaver
    fejl[E3105] ydelse.parquet:4 kolonne "til": slutdatoen ligger før startdatoen: begge regnes for ukendte
    fejl[E3112] ydelse.parquet:5 kolonne "fra": datoen ligger ikke mellem 1. januar 1900 og 31. december 2199 (værdi skjult, 10 tegn)
    "#);
}

#[test]
fn parts_are_read_in_the_order_of_their_names() {
    let typed = typed();
    let folder = folder(&[("udtræk.toml", TOML.as_bytes())]);
    let table = folder.path().join("ydelse");
    std::fs::create_dir(&table).unwrap();
    for (name, bytes) in [
        ("del-2.parquet", parquet_bytes(&typed.slice(2, 3))),
        ("del-1.parquet", parquet_bytes(&typed.slice(0, 2))),
        ("del-3.parquet", parquet_bytes(&typed.slice(0, 0))),
        ("_SUCCESS", Vec::new()),
    ] {
        std::fs::write(table.join(name), bytes).unwrap();
    }
    let extract = read_path(&model(), folder.path());
    assert_snapshot!(show(&model(), &extract), @r#"
    a
      ydelse 2017-01-04–2017-02-01 art=kontanthjælp timer=1500 registered 2017-01-10 (ydelse/del-1.parquet:1)
      ydelse 2016-01-01–… art=uddannelseshjælp timer=? registered 2016-01-01 (ydelse/del-1.parquet:2)
    b (1 unreadable)
      ydelse ?–2017-03-01 art=? timer=37000 (ydelse/del-2.parquet:1)
    c (1 unreadable)
      ydelse ?–? art=kontanthjælp timer=2000 registered 2017-03-02 (ydelse/del-2.parquet:2)
    d (1 unreadable)
      ydelse ?–2017-03-01 art=kontanthjælp timer=250 registered 2017-03-02 (ydelse/del-2.parquet:3)
    fejl[E3101] ydelse/del-2.parquet:1 kolonne "art": ukendt kode "ZZ"
      hjælp: forventet kontanthjælp, uddannelseshjælp; andre koder skrives under koder i udtræk.toml
    advarsel[E3109] ydelse/del-2.parquet:1 kolonne "fra": datoen er blank: rækkens første dag er ukendt
    advarsel[E3107] ydelse/del-2.parquet:2 kolonne "art": læst som kontanthjælp, skrevet med andre store og små bogstaver
    fejl[E3105] ydelse/del-2.parquet:2 kolonne "til": slutdatoen ligger før startdatoen: begge regnes for ukendte
    fejl[E3112] ydelse/del-2.parquet:3 kolonne "fra": datoen ligger ikke mellem 1. januar 1900 og 31. december 2199 (værdi skjult, 10 tegn)
    "#);
    assert_snapshot!(extract.unwrap().files.join("\n"), @r#"
    ydelse/
    ydelse/del-1.parquet
    ydelse/del-2.parquet
    ydelse/del-3.parquet
    "#);
    std::fs::write(table.join("del-4.csv"), CSV).unwrap();
    assert_snapshot!(show(&model(), &read_path(&model(), folder.path())), @r#"
    REFUSED (Data)
    fejl[E3041] ydelse/del-4.csv: er af en anden slags end ydelse/del-1.parquet
      hjælp: en mappe med en tabel holder kun dens dele, alle .csv, .jsonl, .parquet eller .arrow
    "#);
}

#[test]
fn days_of_registration_stand_in_all_parts_or_in_none() {
    let typed = typed();
    let folder = folder(&[("udtræk.toml", TOML.as_bytes())]);
    let table = folder.path().join("ydelse");
    std::fs::create_dir(&table).unwrap();
    let undated = typed.project(&[0, 1, 2, 3, 4]).unwrap();
    std::fs::write(table.join("1.parquet"), parquet_bytes(&undated.slice(0, 2))).unwrap();
    std::fs::write(table.join("2.parquet"), parquet_bytes(&typed.slice(2, 3))).unwrap();
    assert_snapshot!(show(&model(), &read_path(&model(), folder.path())), @r#"
    REFUSED (Data)
    fejl[E3041] ydelse/2.parquet: kun nogle af tabellens dele har en kolonne med registreringsdatoer
      hjælp: lav alle dele med de samme kolonner
    "#);
}

#[test]
fn numbers_and_answers_are_what_their_types_say() {
    let keys = Int64Array::from(vec![7, 123_456_789]);
    let answers = BooleanArray::from(vec![Some(true), None]);
    let samtale = batch(vec![
        ("case", Arc::new(keys)),
        ("date", days(&[Some("2017-03-01"), Some("2017-03-02")])),
        ("fremmøde", Arc::new(answers)),
    ]);
    let bytes = parquet_bytes(&samtale);
    assert_snapshot!(read_with(&model(), &[("samtale.parquet", &bytes)]), @r#"
    123456789 (1 unreadable)
      samtale 2017-03-02–2017-03-02 fremmøde=? (samtale.parquet:2)
    7
      samtale 2017-03-01–2017-03-01 fremmøde=true (samtale.parquet:1)
    fejl[E3032] samtale.parquet:2 kolonne "case": nøglen er et tal på 9 cifre, en foranstillet nul kan være tabt: personens oplysninger regnes ikke for fuldstændige
      hjælp: lav udtrækket igen med nøglen som tekst
    "#);
}

/// What is said of a table whose bytes are bad.
fn bad(name: &str, bytes: &[u8]) -> String {
    read_with(&model(), &[(name, bytes)])
}

#[test]
fn types_that_are_not_read_are_named() {
    let list = arrow_array::ListArray::from_iter_primitive::<Int32Type, _, _>(vec![
        Some(vec![Some(1)]),
        None,
    ]);
    let zone = TimestampMicrosecondArray::from(vec![0, 1]).with_timezone("UTC");
    let answers = BooleanArray::from(vec![true, false]);
    let two = [Some("a"), Some("b")];
    let date = days(&[Some("2017-03-01"), Some("2017-03-02")]);
    let columns = |key: ArrayRef, date: ArrayRef, fremmøde: ArrayRef| {
        let samtale = batch(vec![("sag", key), ("dato", date), ("fremmøde", fremmøde)]);
        bad("samtale.parquet", &parquet_bytes(&samtale))
            + &bad("samtale.arrow", &file_bytes(&samtale))
    };
    assert_snapshot!(columns(texts(&two), date.clone(), Arc::new(list)), @r#"
    REFUSED (Data)
    fejl[E3042] samtale.parquet kolonne "fremmøde": kolonnens type List(Int32) læses ikke
      hjælp: skriv den som tekst, heltal, decimaltal med højst 38 cifre, kommatal, dato eller booleskREFUSED (Data)
    fejl[E3042] samtale.arrow kolonne "fremmøde": kolonnens type List(Int32) læses ikke
      hjælp: skriv den som tekst, heltal, decimaltal med højst 38 cifre, kommatal, dato eller boolesk
    "#);
    assert_snapshot!(columns(texts(&two), Arc::new(zone), texts(&two)), @r#"
    REFUSED (Data)
    fejl[E3042] samtale.parquet kolonne "dato": et tidspunkt med tidszone er ikke en dag: døgnet afhænger af zonen
      hjælp: skriv kolonnen som dato, eller som tidspunkt uden tidszone i dansk tidREFUSED (Data)
    fejl[E3042] samtale.arrow kolonne "dato": et tidspunkt med tidszone er ikke en dag: døgnet afhænger af zonen
      hjælp: skriv kolonnen som dato, eller som tidspunkt uden tidszone i dansk tid
    "#);
    assert_snapshot!(columns(Arc::new(answers), date, texts(&two)), @r#"
    REFUSED (Data)
    fejl[E3042] samtale.parquet kolonne "sag": nøglen har typen Boolean, forventet tekst eller heltal
      hjælp: lav udtrækket igen med nøglen som tekstREFUSED (Data)
    fejl[E3042] samtale.arrow kolonne "sag": nøglen har typen Boolean, forventet tekst eller heltal
      hjælp: lav udtrækket igen med nøglen som tekst
    "#);
}

#[test]
fn damaged_files_are_refused() {
    let bytes = parquet_bytes(&typed());
    let cut = &bytes[..bytes.len() - 20];
    let mut encrypted = bytes.clone();
    let last = encrypted.len() - 1;
    encrypted[last] = b'E';
    let mut long = bytes.clone();
    let length = long.len() - 8;
    long[length..length + 4].copy_from_slice(&u32::MAX.to_le_bytes());
    let mut bomb = b"PAR1".to_vec();
    // Version, then a list of 2,147,483,647 row groups.
    let contents = [0x15, 2, 0x39, 0xfc, 0xff, 0xff, 0xff, 0xff, 7, 0];
    bomb.extend(contents);
    bomb.extend(10_u32.to_le_bytes());
    bomb.extend(b"PAR1");
    // The first page begins with a list of 2,147,483,647 numbers of eight bytes each, in a field of no meaning.
    let mut list = bytes.clone();
    list[4..11].copy_from_slice(&[0x99, 0xf7, 0xff, 0xff, 0xff, 0xff, 7]);
    let said = [
        bad("ydelse.parquet", b""),
        bad("ydelse.parquet", CSV.as_bytes()),
        bad("ydelse.parquet", cut),
        bad("ydelse.parquet", &encrypted),
        bad("ydelse.parquet", &long),
        bad("ydelse.parquet", &bomb),
        bad("ydelse.parquet", &list),
    ];
    assert_snapshot!(said.join("\n"), @r#"
    REFUSED (Data)
    fejl[E3003] ydelse.parquet: tom fil
      hjælp: et tomt udtræk er oftest et mislykket udtræk: lav det igen, eller fjern filen
    REFUSED (Data)
    fejl[E3043] ydelse.parquet: filen er beskadiget eller skåret af: forventet Parquet, og begyndelsen er det ikke
      hjælp: lav udtrækket igen, og vent, til filen er skrevet færdig
    REFUSED (Data)
    fejl[E3043] ydelse.parquet: filen er beskadiget eller skåret af: forventet Parquet, og slutningen er det ikke
      hjælp: lav udtrækket igen, og vent, til filen er skrevet færdig
    REFUSED (Data)
    fejl[E3044] ydelse.parquet: filen er krypteret
      hjælp: skriv den uden kryptering; beskyt mappen i stedet
    REFUSED (Data)
    fejl[E3043] ydelse.parquet: filen er beskadiget eller skåret af: indholdsfortegnelsen kan ikke læses
      hjælp: lav udtrækket igen, og vent, til filen er skrevet færdig
    REFUSED (Data)
    fejl[E3043] ydelse.parquet: filen er beskadiget eller skåret af: indholdsfortegnelsen kan ikke læses
      hjælp: lav udtrækket igen, og vent, til filen er skrevet færdig
    REFUSED (Data)
    fejl[E3043] ydelse.parquet:1: filen er beskadiget eller skåret af: rækkerne herfra kan ikke læses
      hjælp: lav udtrækket igen, og vent, til filen er skrevet færdig
    "#);
    let bytes = file_bytes(&typed());
    let stream = stream_bytes(&typed());
    let mut long = stream.clone();
    long[4..8].copy_from_slice(&i32::MAX.to_le_bytes());
    let said = [
        bad("ydelse.arrow", CSV.as_bytes()),
        bad("ydelse.arrow", &bytes[..bytes.len() - 20]),
        bad("ydelse.arrow", &stream[..stream.len() - 20]),
        bad("ydelse.arrow", &long),
        bad("ydelse.feather", b"FEA1\0\0\0\0\0\0\0\0FEA1"),
    ];
    assert_snapshot!(said.join("\n"), @r#"
    REFUSED (Data)
    fejl[E3043] ydelse.arrow: filen er beskadiget eller skåret af: forventet Arrow IPC, og begyndelsen er det ikke
      hjælp: lav udtrækket igen, og vent, til filen er skrevet færdig
    REFUSED (Data)
    fejl[E3043] ydelse.arrow: filen er beskadiget eller skåret af: indholdsfortegnelsen kan ikke læses
      hjælp: lav udtrækket igen, og vent, til filen er skrevet færdig
    REFUSED (Data)
    fejl[E3043] ydelse.arrow: filen er beskadiget eller skåret af: indholdsfortegnelsen kan ikke læses
      hjælp: lav udtrækket igen, og vent, til filen er skrevet færdig
    REFUSED (Data)
    fejl[E3043] ydelse.arrow: filen er beskadiget eller skåret af: indholdsfortegnelsen kan ikke læses
      hjælp: lav udtrækket igen, og vent, til filen er skrevet færdig
    REFUSED (Data)
    fejl[E3043] ydelse.feather: gammelt Feather-format (version 1), forventet Arrow IPC
      hjælp: skriv den som Feather version 2, Arrow eller Parquet
    "#);
}

#[test]
fn a_packing_that_is_not_read_is_named() {
    let mut bytes = parquet_bytes(&typed());
    // A list of one text, the column's name, and then its packing: none, which becomes gzip.
    let entry = b"\x19\x18\x03sag\x15\x00";
    let at = bytes.windows(8).position(|bytes| bytes == entry).unwrap();
    bytes[at + 7] = 4;
    assert_snapshot!(bad("ydelse.parquet", &bytes), @r"
    REFUSED (Data)
    fejl[E3050] ydelse.parquet:1: kolonnen sag er pakket med GZIP, som ikke læses
      hjælp: skriv filen med Snappy eller Zstandard, eller uden pakning
    ");
}

/// Nothing holds such a number against anything: there is no column that must be as long.
#[test]
fn rows_of_no_columns_are_none_however_many_the_file_says() {
    let many = RecordBatchOptions::new().with_row_count(Some(1 << 60));
    let schema = Arc::new(Schema::empty());
    let batch = RecordBatch::try_new_with_options(schema, vec![], &many).unwrap();
    let file = bad("ydelse.arrow", &file_bytes(&batch));
    assert_eq!(file, bad("ydelse.arrow", &stream_bytes(&batch)));
    assert_snapshot!(file, @r"
    REFUSED (Data)
    fejl[E3003] ydelse.arrow: tom fil
      hjælp: et tomt udtræk er oftest et mislykket udtræk: lav det igen, eller fjern filen
    ");
}

/// Whatever is wrong with the bytes, an answer comes: of every byte set to 255, and of every length.
#[test]
fn no_byte_stops_the_program() {
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    for (name, bytes) in [
        ("ydelse.parquet", parquet_bytes(&typed())),
        ("ydelse.arrow", file_bytes(&typed())),
        ("ydelse.arrow", stream_bytes(&typed())),
        (
            "ydelse.arrow",
            packed_bytes(&typed(), arrow_ipc::CompressionType::ZSTD),
        ),
    ] {
        let folder = folder(&[("udtræk.toml", TOML.as_bytes())]);
        let path = folder.path().join(name);
        // A share: the fuzz targets begin with such files, and their sweep goes through every byte.
        for at in (0..bytes.len()).step_by(17) {
            let mut other = bytes.clone();
            other[at] = 255;
            std::fs::write(&path, &other).unwrap();
            let _ = read_path(&model(), folder.path());
            std::fs::write(&path, &bytes[..at]).unwrap();
            let cut = read_path(&model(), folder.path());
            assert!(cut.is_err(), "{name} cut at {at}");
        }
    }
    std::panic::set_hook(hook);
}

#[test]
fn lines_that_are_not_objects_are_named() {
    let line = |line: &str| {
        bad(
            "ydelse.jsonl",
            format!("{{\"sag\":\"a\"}}\n{line}\n").as_bytes(),
        )
    };
    let said = [
        line("{\"sag\":\"b\",\"sag\":\"c\"}"),
        line("{\"sag\":\"b\"} x"),
        line("{\"sag\":[\"b\"]}"),
        line("{\"sag\":{\"b\":1}}"),
        line("[{\"sag\":\"b\"}]"),
        line("{\"sag\":\"b\""),
        line("{\"sag\":NaN}"),
        line("{\"sag\":\"\\ud800\"}"),
        line("{\"sag\":1e400}"),
        line("{\"sag\":\"b\",\"art\":\"kontanthjælp\"}"),
        bad("ydelse.jsonl", b""),
    ];
    assert_snapshot!(said.join("\n"), @r#"
    REFUSED (Data)
    fejl[E3047] ydelse.jsonl:2:21: samme navn to gange i objektet
      hjælp: hvert navn står én gang: lav udtrækket igen
    REFUSED (Data)
    fejl[E3046] ydelse.jsonl:2:13: linjen er ikke ét JSON-objekt, forventet {"sag": …} og intet efter
      hjælp: skriv ét objekt på hver linje (JSON Lines), ikke en liste
    REFUSED (Data)
    fejl[E3046] ydelse.jsonl:2:8: en liste eller et objekt som værdi, forventet tekst, tal, true, false eller null
      hjælp: giv hver række sit eget objekt med enkle værdier
    REFUSED (Data)
    fejl[E3046] ydelse.jsonl:2:8: en liste eller et objekt som værdi, forventet tekst, tal, true, false eller null
      hjælp: giv hver række sit eget objekt med enkle værdier
    REFUSED (Data)
    fejl[E3046] ydelse.jsonl:2:1: linjen er ikke ét JSON-objekt, forventet {"sag": …} og intet efter
      hjælp: skriv ét objekt på hver linje (JSON Lines), ikke en liste
    REFUSED (Data)
    fejl[E3046] ydelse.jsonl:2:10: linjen er ikke ét JSON-objekt, forventet {"sag": …} og intet efter
      hjælp: skriv ét objekt på hver linje (JSON Lines), ikke en liste
    REFUSED (Data)
    fejl[E3046] ydelse.jsonl:2:8: linjen er ikke ét JSON-objekt, forventet {"sag": …} og intet efter
      hjælp: skriv ét objekt på hver linje (JSON Lines), ikke en liste
    REFUSED (Data)
    fejl[E3046] ydelse.jsonl:2:15: linjen er ikke ét JSON-objekt, forventet {"sag": …} og intet efter
      hjælp: skriv ét objekt på hver linje (JSON Lines), ikke en liste
    REFUSED (Data)
    fejl[E3046] ydelse.jsonl:2:12: linjen er ikke ét JSON-objekt, forventet {"sag": …} og intet efter
      hjælp: skriv ét objekt på hver linje (JSON Lines), ikke en liste
    REFUSED (Data)
    fejl[E3010] ydelse.jsonl: kolonnerne "fra", "til", "timer" mangler
      hjælp: hedder den andet, så skriv kolonner i udtræk.toml; har udtrækket ikke feltet, så skriv mangler
    REFUSED (Data)
    fejl[E3003] ydelse.jsonl: tom fil
      hjælp: et tomt udtræk er oftest et mislykket udtræk: lav det igen, eller fjern filen
    "#);
}

#[test]
fn two_files_of_a_table_refuse_the_extract() {
    let bytes = parquet_bytes(&typed());
    let files: [(&str, &[u8]); 2] = [("ydelse.csv", CSV.as_bytes()), ("ydelse.parquet", &bytes)];
    assert_snapshot!(read_with(&model(), &files), @r#"
    REFUSED (Data)
    fejl[E3040] ydelse.parquet: tabellen ydelse har også filen ydelse.csv, forventet én
      hjælp: fjern den ene, eller skriv fil under [tabel.ydelse] i udtræk.toml
    "#);
}

#[test]
fn a_draft_reads_every_kind() {
    let folder = folder(&[("ydelser.parquet", &parquet_bytes(&typed()))]);
    let draft = crate::draft(folder.path(), &model()).unwrap();
    assert_snapshot!(draft, @r#"
    # Udkast. Ret det, der er gættet forkert, og svar, hvor der står ????.

    # udtræksdato = ????-??-??   # dagen, udtrækket er lavet

    # tabellen person har ingen fil

    [tabel.ydelse]
    fil = "ydelser.parquet"
    # ????: hvad betyder en blank slutdato? Skriv én af dem uden #
    # blank_slutdato = "fortsat"
    # blank_slutdato = "ukendt"
    # ????: hvad betyder koderne? Mulige: kontanthjælp, uddannelseshjælp, ukendt
    # koder.art."ZZ" = "????"   # rækker: 1

    # tabellen samtale har ingen fil

    # tabellen fravær har ingen fil

    # tabellen særligt har ingen fil
    "#);
}
