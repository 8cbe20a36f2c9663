//! The files: one for each table, as a municipality delivers them, and the description beside them.

use super::calendar::{EXTRACTED, day, plus};
use super::history::{History, Row, Table};
use chrono::NaiveDate;
use hjemmel_tests::tables::EMPTY;

/// The tables, each with its name, its columns of time and its fields.
const TABLES: &[(Table, &str, &str, &str)] = &[
    (
        Table::Person,
        "person",
        "",
        "født;erhvervskompetencegivende_uddannelse",
    ),
    (
        Table::Benefit,
        "ydelse",
        "fra;til",
        "art;integrationsprogram",
    ),
    (Table::Visitation, "visitation", "fra;til", "kategori"),
    (
        Table::Effort,
        "indsats",
        "fra;til",
        "art;status;timer_pr_uge",
    ),
    (Table::Absence, "fravær", "fra;til", "grund;afgjort"),
    (
        Table::Imminent,
        "nært_forestående",
        "fra;til",
        "grund;pligt_opretholdt",
    ),
    (Table::Cause, "årsag", "fra;til", "art"),
    (Table::Talk, "samtale", "dato", "form"),
    (
        Table::ExceptionalCase,
        "helt_særligt_tilfælde",
        "fra;til",
        "afgørelse;revurderes;grund",
    ),
    (
        Table::CannotTakePart,
        "kan_ikke_deltage",
        "fra;til",
        "afgørelse;revurderes",
    ),
    (
        Table::OtherCircumstances,
        "andre_forhold",
        "fra;til",
        "afgørelse;revurderes",
    ),
    (Table::Departure, "afgang", "dato", "art"),
];

/// Every file with its name, the description last.
pub(crate) fn files(cases: &[(usize, History)], weeks: i64) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut description = description(weeks);
    for &(table, name, time, fields) in TABLES {
        let text = text(cases, weeks, table, time, fields);
        let rows = text.lines().count() - 1;
        description += &format!("\n[tabel.{}]\n\"rækker\" = {rows}\n", key(name));
        if matches!(table, Table::Talk | Table::Departure) {
            let from = later(day(2016, 1, 1), weeks);
            description += &format!("\"fuldstændig\" = {{ fra = {from} }}\n");
        }
        if table == Table::Effort {
            description += "mangler = [\"ordinær_uddannelse\"]\n";
        }
        files.push((format!("{name}.csv"), text));
    }
    for &(name, time, fields) in EMPTY {
        description += &format!("\n[tabel.{}]\n\"rækker\" = 0\n", key(name));
        files.push((format!("{name}.csv"), header(time, fields) + "\n"));
    }
    files.push(("udtræk.toml".to_owned(), description));
    files
}

/// A key of TOML: in quotes if it has letters that a bare key may not have.
fn key(name: &str) -> String {
    let bare = name
        .chars()
        .all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    if bare {
        name.to_owned()
    } else {
        format!("\"{name}\"")
    }
}

/// One table: sorted by person, then by day.
fn text(cases: &[(usize, History)], weeks: i64, table: Table, time: &str, fields: &str) -> String {
    let mut lines = vec![header(time, fields)];
    for (id, history) in cases {
        let mut rows: Vec<&Row> = history
            .rows
            .iter()
            .filter(|row| row.table == table)
            .collect();
        rows.sort_by_key(|row| (row.from, row.registered));
        lines.extend(rows.into_iter().map(|row| line(*id, weeks, time, row)));
    }
    lines.join("\n") + "\n"
}

fn header(time: &str, fields: &str) -> String {
    let columns = ["sag", time, fields, "registreret"];
    columns
        .into_iter()
        .filter(|column| !column.is_empty())
        .collect::<Vec<_>>()
        .join(";")
}

fn line(id: usize, weeks: i64, time: &str, row: &Row) -> String {
    let danish = |date| danish(later(date, weeks));
    let mut cells = vec![format!("H{id:04}")];
    if !time.is_empty() {
        cells.push(danish(row.from));
    }
    if time == "fra;til" {
        cells.push(row.to.map(danish).unwrap_or_default());
    }
    cells.extend(row.values.iter().map(|value| {
        // Dates of birth and of reassessment are moved with the rest.
        let date = NaiveDate::parse_from_str(value, FORMAT);
        date.map_or_else(|_| value.clone(), danish)
    }));
    cells.push(danish(row.registered));
    cells.join(";")
}

/// How dates are written.
const FORMAT: &str = "%d-%m-%Y";

fn danish(date: NaiveDate) -> String {
    date.format(FORMAT).to_string()
}

/// So many weeks later: the same day of the week.
fn later(date: NaiveDate, weeks: i64) -> NaiveDate {
    plus(date, 7 * weeks)
}

/// How the files are to be read. (TOML wants quotes around a key that has Danish letters.)
fn description(weeks: i64) -> String {
    let drawn = later(EXTRACTED, weeks);
    format!(
        "\
\"udtræksdato\" = {drawn}
separator = \";\"
\"tegnsæt\" = \"UTF-8\"
datoformat = \"DD-MM-ÅÅÅÅ\"
decimaltegn = \",\"
blank_slutdato = \"fortsat\"
"
    )
}
