//! Pictures: files in, rows and problems out.

mod any_kind;
mod book;
mod canary;
mod catalogue;
mod check;
mod columnar;
mod csv;
mod draft;
mod kinds;
mod outputs;
mod page;
mod results;
mod slips;
mod typed;
mod weeks;
mod write;
mod xlsx;

use crate::{Extract, Options, Refused};
use hjemmel_engine::case::{End, Row, Start, Value};
use hjemmel_engine::model::{Field, FieldType, Model, Table};
use hjemmel_engine::time::Days;
use hjemmel_grammar::diagnostic::Language;
use hjemmel_grammar::span::{FileId, Site, Span};
use hjemmel_grammar::syntax::Shape;
use std::fmt::Write as _;
use std::path::Path;

const SITE: Site = Site {
    file: FileId(0),
    span: Span { start: 0, end: 0 },
};

fn field(name: &str, ty: FieldType) -> Field {
    Field {
        name: name.to_owned(),
        ty,
        sensitive: false,
        site: SITE,
    }
}

fn one_of(name: &str, words: &[&str]) -> Field {
    let words = words.iter().map(|&word| word.to_owned()).collect();
    field(name, FieldType::Choice(words))
}

fn table(name: &str, shape: Shape, fields: Vec<Field>) -> Table {
    Table {
        name: name.to_owned(),
        title: None,
        shape,
        complete: false,
        exclusive: false,
        assessment: false,
        fields,
        site: SITE,
    }
}

/// Four tables, none of them complete, and an assessment.
pub(crate) fn model() -> Model {
    let born = field("født", FieldType::BirthDate);
    let grounds = Field {
        sensitive: true,
        ..one_of("grund", &["sygdom", "barsel"])
    };
    let tables = vec![
        table(
            "person",
            Shape::Facts,
            vec![born, one_of("køn", &["kvinde", "mand"])],
        ),
        Table {
            exclusive: true,
            ..table(
                "ydelse",
                Shape::Periods,
                vec![
                    one_of("art", &["kontanthjælp", "uddannelseshjælp"]),
                    field("timer", FieldType::Number),
                ],
            )
        },
        table(
            "samtale",
            Shape::Events,
            vec![field("fremmøde", FieldType::YesNo)],
        ),
        table(
            "fravær",
            Shape::Periods,
            vec![grounds, field("note", FieldType::Text)],
        ),
        Table {
            assessment: true,
            ..table(
                "særligt",
                Shape::Periods,
                vec![
                    one_of("afgørelse", &["ja", "nej", "afventer"]),
                    field("revurderes", FieldType::Date),
                ],
            )
        },
    ];
    Model {
        tables,
        ..Model::default()
    }
}

/// A model in which `name` is complete.
pub(crate) fn complete(name: &str) -> Model {
    let mut model = model();
    for table in &mut model.tables {
        table.complete = table.name == name;
    }
    model
}

/// A folder with these files.
pub(crate) fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

/// What comes out of these files, by `model`, as text.
#[track_caller]
pub(crate) fn read_with(model: &Model, files: &[(&str, &[u8])]) -> String {
    let folder = folder(files);
    show(model, &read_path(model, folder.path()))
}

#[track_caller]
pub(crate) fn read_path(model: &Model, path: &Path) -> Result<Extract, Refused> {
    read_allowing(model, path, Options::default())
}

/// Reads an extract by cases; in columns the same must come out.
#[track_caller]
pub(crate) fn read_allowing(
    model: &Model,
    path: &Path,
    options: Options,
) -> Result<Extract, Refused> {
    let read = crate::read(path, model, &options);
    columnar::same_in_columns(model, path, options, &read);
    read
}

/// The same by the model of this page, for texts.
#[track_caller]
pub(crate) fn read(files: &[(&str, &str)]) -> String {
    let files: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(name, text)| (*name, text.as_bytes()))
        .collect();
    read_with(&model(), &files)
}

/// `ydelse.csv` alone.
#[track_caller]
pub(crate) fn ydelse(text: &str) -> String {
    read(&[("ydelse.csv", text)])
}

pub(crate) fn show(model: &Model, result: &Result<Extract, Refused>) -> String {
    let mut out = String::new();
    match result {
        Err(refused) => {
            writeln!(out, "REFUSED ({:?})", refused.kind()).unwrap();
            out.push_str(&refused.render(Language::Danish));
        }
        Ok(extract) => {
            for (case, unreadable) in extract.cases.iter().zip(&extract.unreadable) {
                write!(out, "{}", case.id.reveal()).unwrap();
                if *unreadable > 0 {
                    write!(out, " ({unreadable} unreadable)").unwrap();
                }
                out.push('\n');
                for (table, slot) in model.tables.iter().zip(&case.tables) {
                    for row in &slot.rows {
                        let row = show_row(extract, table, row);
                        writeln!(out, "  {} {row}", table.name).unwrap();
                    }
                    if !slot.complete.is_empty() && !table.assessment {
                        writeln!(out, "  {} complete {}", table.name, days(&slot.complete))
                            .unwrap();
                    }
                }
            }
            for problem in &extract.problems {
                writeln!(out, "{}", problem.render(Language::Danish)).unwrap();
            }
        }
    }
    out
}

fn show_row(extract: &Extract, table: &Table, row: &Row) -> String {
    let from = match row.from {
        Start::On(day) => day.to_string(),
        Start::Unknown => "?".to_owned(),
    };
    let to = match row.to {
        End::On(day) => day.to_string(),
        End::Ongoing => "…".to_owned(),
        End::Unknown => "?".to_owned(),
    };
    let mut out = match table.shape {
        Shape::Facts => String::new(),
        _ => format!("{from}–{to} "),
    };
    for (field, value) in table.fields.iter().zip(&row.values) {
        let value = match (value, &field.ty) {
            (None, _) => "?".to_owned(),
            (Some(Value::Choice(i)), FieldType::Choice(words)) => words[*i].clone(),
            (Some(Value::Number(number)), _) => number.to_string(),
            (Some(Value::Date(day)), _) => day.to_string(),
            (Some(Value::YesNo(yes)), _) => yes.to_string(),
            (Some(Value::Text(text)), _) => format!("{:?}", text.reveal()),
            (Some(other), _) => format!("{other:?}"),
        };
        write!(out, "{}={value} ", field.name).unwrap();
    }
    if let Some(day) = row.registered {
        write!(out, "registered {day} ").unwrap();
    }
    write!(out, "({})", extract.place(row.source)).unwrap();
    out
}

fn days(days: &Days) -> String {
    let run = |run: &hjemmel_engine::time::Period| format!("{}–{}", run.start, run.last());
    days.runs().iter().map(run).collect::<Vec<_>>().join(" ")
}
