//! Rules for a program that holds the rows already: two partitions of record batches, each judged by
//! itself. `cargo run -p hjemmel-extracts --example per_partition`

use arrow_array::{Array as _, ArrayRef, Date32Array, DictionaryArray, RecordBatch, StringArray};
use arrow_array::{cast::AsArray as _, types::Int32Type};
use hjemmel_engine::evaluate::subjects;
use hjemmel_engine::plan::{Plan, Question};
use hjemmel_engine::time::{Day, Period};
use hjemmel_extracts::arrow::{mapping, partition, states};
use hjemmel_grammar::Sources;
use std::error::Error;
use std::sync::Arc;

const RULES: &str = "\
data ydelse
  perioder fuldstændig
  art er en af kontanthjælp, uddannelseshjælp

data tilbud
  hændelser fuldstændig

pligt første_tilbud
  hjemmel kilde \"Eksemplets regel\"
  gælder fra 1. januar 2016
  for ydelse
  regnet fra ydelse
  frist 3 måneder
  opfyldes af tilbud
";

fn main() -> Result<(), Box<dyn Error>> {
    let mut sources = Sources::new();
    sources.add("eksempel.regel", RULES);
    let checked = hjemmel_engine::check(&sources);
    if let Some(diagnostic) = checked.diagnostics.first() {
        return Err(diagnostic.message.en.clone().into());
    }
    let model = &checked.model;
    let mapping = mapping("blank_slutdato = \"fortsat\"", model).map_err(|_| "mapping")?;
    let window = Period::inclusive(day(2017, 1, 1)?, day(2017, 12, 31)?);
    let question = Question {
        window,
        known_on: None,
    };
    let plan = Plan::new(model, &subjects(model), question);
    let partitions = [
        (
            ydelse(&[("a", day(2017, 1, 4)?, None)])?,
            tilbud(&[("a", day(2017, 3, 1)?)])?,
        ),
        (
            ydelse(&[
                ("c", day(2017, 5, 1)?, Some(day(2017, 6, 30)?)),
                ("b", day(2017, 2, 1)?, None),
            ])?,
            tilbud(&[])?,
        ),
    ];
    for (number, (ydelse, tilbud)) in partitions.iter().enumerate() {
        println!("partition {}", number.saturating_add(1));
        let tables = [("ydelse", ydelse), ("tilbud", tilbud)];
        let cases = partition(model, &mapping, plan.reads(), &tables)?;
        let answers = plan.answer(&cases.batch);
        print(&states(model, &cases.keys, &answers)?);
    }
    Ok(())
}

fn day(year: i32, month: u32, day: u32) -> Result<Day, &'static str> {
    Day::from_ymd(year, month, day).ok_or("not a day")
}

fn ydelse(rows: &[(&str, Day, Option<Day>)]) -> Result<RecordBatch, Box<dyn Error>> {
    let keys = StringArray::from_iter_values(rows.iter().map(|(key, ..)| key));
    let from = Date32Array::from_iter_values(rows.iter().map(|(_, from, _)| from.number()));
    let to = rows.iter().map(|(.., to)| to.map(Day::number));
    let art: DictionaryArray<Int32Type> = rows.iter().map(|_| "kontanthjælp").collect();
    let columns: [(&str, ArrayRef); 4] = [
        ("sag", Arc::new(keys)),
        ("fra", Arc::new(from)),
        ("til", Arc::new(to.collect::<Date32Array>())),
        ("art", Arc::new(art)),
    ];
    Ok(RecordBatch::try_from_iter(columns)?)
}

fn tilbud(rows: &[(&str, Day)]) -> Result<RecordBatch, Box<dyn Error>> {
    let keys = StringArray::from_iter_values(rows.iter().map(|(key, _)| key));
    let days = Date32Array::from_iter_values(rows.iter().map(|(_, day)| day.number()));
    let columns: [(&str, ArrayRef); 2] = [("sag", Arc::new(keys)), ("dato", Arc::new(days))];
    Ok(RecordBatch::try_from_iter(columns)?)
}

fn print(batch: &RecordBatch) {
    let schema = batch.schema();
    let names: Vec<&str> = schema
        .fields()
        .iter()
        .map(|it| it.name().as_str())
        .collect();
    println!("{}", names.join(" "));
    for row in 0..batch.num_rows() {
        let cells = batch.columns().iter().map(|column| cell(column, row));
        println!("{}", cells.collect::<Vec<_>>().join(" "));
    }
}

fn cell(column: &ArrayRef, row: usize) -> String {
    if column.is_null(row) {
        return "-".to_owned();
    }
    if let Some(days) = column.as_primitive_opt::<arrow_array::types::Date32Type>() {
        return Day::from_number(days.value(row)).to_string();
    }
    if let Some(words) = column.as_dictionary_opt::<Int32Type>() {
        let words = words.downcast_dict::<StringArray>();
        return words.map_or_else(String::new, |words| {
            let key = words.keys().value(row);
            let at = usize::try_from(key).unwrap_or_default();
            words.values().value(at).to_owned()
        });
    }
    column.as_string::<i32>().value(row).to_owned()
}
