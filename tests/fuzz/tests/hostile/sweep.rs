//! Sound files of every kind, cut off anywhere and with a byte changed anywhere: never a panic, no row lost
//! without a word, and where the number of rows is declared no person.
//!
//! A share in every run; `HJEMMEL_SWEEP=10000` cuts and changes each file at so many places.

use crate::columns;
use crate::seeds::workbook;
use hjemmel_engine::model::Model;
use hjemmel_extracts::{Extract, Options, Refused, RefusedKind, read};
use hjemmel_grammar::{FileId, Sources, parse_bytes};
use std::path::Path;

/// A file: its name, its bytes, and the rows of each table in it.
struct Sample {
    name: String,
    bytes: Vec<u8>,
    rows: &'static [(&'static str, usize)],
}

const CSV: &str = "sag;fra;til;art;timer\na1;2017-01-04;fortsat;kontanthjælp;37\na2;2016-02-29;2017-01-04;uddannelseshjælp;\n\
    \"b\";2017-01-04;ukendt;\"kontanthjælp\";0,5\n";
const LINES: &str = "{\"sag\":\"a1\",\"fra\":\"2017-01-04\",\"til\":\"fortsat\",\"art\":\"kontanthjælp\",\"timer\":37}\n\
    {\"sag\":\"a2\",\"fra\":\"2016-02-29\",\"til\":\"2017-01-04\",\"art\":null,\"timer\":null}\n\
    {\"sag\":\"b\",\"fra\":\"2017-01-04\",\"til\":\"ukendt\",\"art\":\"kontanthjælp\",\"timer\":0.5}\n";

fn samples() -> Vec<Sample> {
    let three: &[_] = &[("ydelse", 3)];
    let sample = |name: &str, bytes: Vec<u8>, rows| Sample {
        name: name.to_owned(),
        bytes,
        rows,
    };
    let mut samples = vec![
        sample("ydelse.csv", CSV.into(), three),
        sample("ydelse.jsonl", LINES.into(), three),
        sample("udtræk.xlsx", workbook(), &[("ydelse", 1), ("samtale", 1)]),
    ];
    let tables = columns::tables();
    let (_, batch) = &tables[0];
    let ways = [
        ("parquet", columns::parquet(batch)),
        ("arrow", columns::arrow(batch)),
    ];
    for (ending, files) in ways {
        for (_, bytes) in files {
            samples.push(sample(&format!("ydelse.{ending}"), bytes, three));
        }
    }
    samples
}

/// Reads a file that stands where it did, beside a mapping that says how many rows there are.
struct Reader {
    folder: tempfile::TempDir,
    model: Model,
}

impl Reader {
    fn new() -> Self {
        let mut sources = Sources::new();
        sources.add("model.regel", include_str!("../../src/model.regel"));
        Self {
            folder: tempfile::tempdir().unwrap(),
            model: hjemmel_engine::check_rules(&sources).model,
        }
    }

    fn read(&self, sample: &Sample, bytes: &[u8], declared: bool) -> Result<Extract, Refused> {
        let folder = self.folder.path();
        let said = |(table, rows): &(&str, usize)| format!("[tabel.{table}]\nrækker = {rows}\n");
        let rows = sample.rows.iter().filter(|_| declared).map(said);
        let mapping = "blank_slutdato = \"fortsat\"\n".to_owned() + &rows.collect::<String>();
        let path = folder.join(&sample.name);
        let workbook = sample.name.ends_with(".xlsx");
        let beside = if workbook {
            path.with_extension("toml")
        } else {
            folder.join("udtræk.toml")
        };
        std::fs::write(&path, bytes).unwrap();
        std::fs::write(&beside, mapping).unwrap();
        let read = read(
            if workbook { &path } else { folder },
            &self.model,
            &Options::default(),
        );
        std::fs::remove_file(&path).unwrap();
        std::fs::remove_file(&beside).unwrap();
        read
    }
}

/// How many places of each file.
fn share() -> usize {
    let asked = std::env::var("HJEMMEL_SWEEP").ok();
    asked.map_or(120, |count| count.parse().expect("a number"))
}

#[test]
fn a_file_cut_off_anywhere_loses_nobody_without_a_word() {
    let reader = Reader::new();
    let (mut cuts, mut refused) = (0, 0);
    for sample in samples() {
        let whole = reader.read(&sample, &sample.bytes, true);
        let persons = whole
            .unwrap_or_else(|error| panic!("{}: {error}", sample.name))
            .cases
            .len();
        let step = sample.bytes.len().div_ceil(share()).max(1);
        for length in (0..sample.bytes.len()).step_by(step) {
            cuts += 1;
            match reader.read(&sample, &sample.bytes[..length], true) {
                Ok(read) => assert!(persons <= read.cases.len(), "{} to {length}", sample.name),
                Err(error) => {
                    assert_ne!(error.kind(), RefusedKind::Internal, "{error}");
                    refused += 1;
                }
            }
        }
    }
    assert!(refused > cuts / 2, "{refused} of {cuts} are refused");
    println!("FIGURE;C8;files cut off;{cuts}");
    println!("FIGURE;C8;cut files that were refused;{refused}");
    println!("FIGURE;C8;cut files read with fewer persons than declared;0");
}

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

#[test]
fn a_file_with_a_changed_byte_is_another_and_never_breaks_the_reader() {
    hjemmel_fuzz::quiet_libraries();
    let reader = Reader::new();
    let mut dice = Dice(1);
    let (mut changes, mut refused) = (0, 0);
    for sample in samples() {
        let whole = reader.read(&sample, &sample.bytes, false).unwrap();
        for _ in 0..share() {
            let mut bytes = sample.bytes.clone();
            let at = dice.roll(bytes.len());
            bytes[at] ^= u8::try_from(1 + dice.roll(255)).unwrap();
            changes += 1;
            match reader.read(&sample, &bytes, false) {
                Ok(read) => {
                    assert_ne!(read.hash, whole.hash, "{} at {at}", sample.name);
                    for rows in &read.rows {
                        assert_eq!(
                            rows.read,
                            rows.used + rows.refused,
                            "{} at {at}",
                            sample.name
                        );
                    }
                }
                Err(error) => {
                    assert_ne!(error.kind(), RefusedKind::Internal, "{error}");
                    refused += 1;
                }
            }
        }
    }
    println!("FIGURE;C8;bytes changed in sound files;{changes}");
    println!("FIGURE;C8;changed files that were refused;{refused}");
    let caught = hjemmel_fuzz::passed_on();
    assert!(
        caught > 0,
        "no library panicked: nothing shows that it would be caught"
    );
    println!("FIGURE;C7;panics of libraries that became a clean error;{caught}");
}

#[test]
fn rules_cut_off_or_changed_anywhere_are_read() {
    let text = std::fs::read(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../bad/grund/rules/tilbud.regel"),
    )
    .unwrap();
    let mut dice = Dice(2);
    let step = text.len().div_ceil(share()).max(1);
    let mut tried = 0;
    for length in (0..text.len()).step_by(step) {
        let _ = parse_bytes(FileId(0), &text[..length]);
        let mut changed = text.clone();
        changed[length] ^= u8::try_from(1 + dice.roll(255)).unwrap();
        let _ = parse_bytes(FileId(0), &changed);
        tried += 2;
    }
    println!("FIGURE;C8;rule files cut off or changed;{tried}");
}
