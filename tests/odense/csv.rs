//! The files: one for each table, as a municipality delivers them, and the description beside them.

use super::life::{Life, Row, Table};
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
];

/// Every file with its name, the description last.
pub(crate) fn files(lives: &[(usize, Life)]) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut description = DESCRIPTION.to_owned();
    for &(table, name, time, fields) in TABLES {
        let text = text(lives, table, time, fields);
        let rows = text.lines().count() - 1;
        description += &format!("\n[tabel.\"{name}\"]\n\"rækker\" = {rows}\n");
        if table == Table::Effort {
            description += "mangler = [\"ordinær_uddannelse\"]\n";
        }
        files.push((format!("{name}.csv"), text));
    }
    for &(name, time, fields) in EMPTY {
        description += &format!("\n[tabel.\"{name}\"]\n\"rækker\" = 0\n");
        files.push((format!("{name}.csv"), header(time, fields) + "\n"));
    }
    description +=
        "\n# Samtalerne er ikke med i udtrækket.\n[tabel.samtale]\n\"fuldstændig\" = false\n";
    files.push(("udtræk.toml".to_owned(), description));
    files
}

/// One table: sorted by person, then by day.
fn text(lives: &[(usize, Life)], table: Table, time: &str, fields: &str) -> String {
    let mut lines = vec![header(time, fields)];
    for (id, life) in lives {
        let mut rows: Vec<&Row> = life.rows.iter().filter(|row| row.table == table).collect();
        rows.sort_by_key(|row| (row.from, row.registered));
        lines.extend(rows.into_iter().map(|row| line(*id, time, row)));
    }
    lines.join("\n") + "\n"
}

fn header(time: &str, fields: &str) -> String {
    let columns = ["sag", time, fields, "registreret"];
    let columns = columns.into_iter().filter(|name| !name.is_empty());
    columns.collect::<Vec<_>>().join(";")
}

fn line(id: usize, time: &str, row: &Row) -> String {
    let mut cells = vec![format!("O{id:04}")];
    if !time.is_empty() {
        cells.push(danish(row.from));
        cells.push(row.to.map(danish).unwrap_or_default());
    }
    cells.extend(row.values.iter().cloned());
    cells.push(danish(row.registered));
    cells.join(";")
}

fn danish(date: NaiveDate) -> String {
    date.format("%d-%m-%Y").to_string()
}

/// How the files are to be read.
const DESCRIPTION: &str = "\
\"udtræksdato\" = 2017-12-11
separator = \";\"
\"tegnsæt\" = \"UTF-8\"
datoformat = \"DD-MM-ÅÅÅÅ\"
decimaltegn = \",\"
blank_slutdato = \"fortsat\"
";
