//! A book as a workbook: a sheet with a real table for each table, and a last one with what they
//! rest on. Every text is written as a text, so that no cell is a formula.

use crate::numbers::float;
use crate::table::{Book, Cell, Column, Kind, Table, Tone};
use hjemmel_engine::time::Day;
use hjemmel_extracts::write::{Approval, Provenance};
use hjemmel_grammar::diagnostic::{Language, Text};
use rust_xlsxwriter::{
    Color, ConditionalFormatCell, ConditionalFormatCellRule, DocProperties, ExcelDateTime, Format,
    FormatAlign, FormatBorder, Table as SheetTable, TableColumn, TableStyle, Workbook, Worksheet,
    XlsxError,
};

/// The longest name of a sheet.
const NAME: usize = 31;
/// The longest text of a cell; Excel refuses a workbook with a longer one.
const TEXT: usize = 32_767;
/// The first row of a table, after its headings.
const FIRST: u32 = 1;

/// The bytes of the file.
pub(crate) fn bytes(book: &Book, language: Language) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(&book.title, &book.provenance, language)?);
    let mut names = Vec::new();
    for (number, table) in (1_usize..).zip(&book.tables) {
        let name = unique(sheet_name(table.title.get(language)), &names);
        let sheet = workbook.add_worksheet();
        sheet.set_name(&name)?;
        names.push(name);
        write_table(sheet, table, number, language)?;
        mark(sheet, &book.provenance.approval, language);
    }
    let sheet = workbook.add_worksheet();
    let basis = Text::new("Grundlag", "What it rests on");
    sheet.set_name(unique(sheet_name(basis.get(language)), &names))?;
    write_basis(sheet, book, language)?;
    mark(sheet, &book.provenance.approval, language);
    workbook.save_to_buffer()
}

/// The day that was judged instead of the clock's: the same book gives the same bytes.
pub(crate) fn properties(
    title: &Text,
    provenance: &Provenance,
    language: Language,
) -> Result<DocProperties, XlsxError> {
    let made = date(provenance.as_of.or(provenance.to).unwrap_or(Day::FIRST))?;
    Ok(DocProperties::new()
        .set_title(title.get(language))
        .set_comment(format!(
            "hjemmel {} · {}",
            provenance.engine_version,
            provenance.approval.text().get(language)
        ))
        .set_creation_datetime(&made))
}

fn write_table(
    sheet: &mut Worksheet,
    table: &Table,
    number: usize,
    language: Language,
) -> Result<(), XlsxError> {
    let heading = heading_format();
    for (at, column) in (0..).zip(&table.columns) {
        sheet.write_string_with_format(0, at, column.heading.get(language), &heading)?;
        sheet.set_column_width(at, width(table, usize::from(at), column, language))?;
    }
    for (row, cells) in (FIRST..).zip(table.cells()) {
        for ((at, cell), column) in (0..).zip(cells).zip(&table.columns) {
            write_cell(sheet, (row, at), cell, column.kind, language)?;
        }
    }
    sheet.set_freeze_panes(FIRST, 1)?;
    sheet.set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, 0)?;
    let rows = u32::try_from(table.rows.len()).unwrap_or(u32::MAX);
    let columns = u16::try_from(table.columns.len()).unwrap_or(u16::MAX);
    let Some(last_column) = columns.checked_sub(1) else {
        return Ok(());
    };
    for (at, column) in (0..).zip(&table.columns) {
        colour(sheet, at, rows, column, language)?;
    }
    if rows == 0 {
        // Excel has no table without rows; the headings can be filtered all the same.
        sheet.autofilter(0, 0, 0, last_column)?;
        return Ok(());
    }
    let headings = headings(table, language);
    let columns: Vec<TableColumn> = headings
        .iter()
        .map(|heading| TableColumn::new().set_header(heading))
        .collect();
    let sheet_table = SheetTable::new()
        .set_name(format!("tabel_{number}"))
        .set_style(TableStyle::Light1)
        .set_columns(&columns);
    sheet.add_table(0, 0, rows, last_column, &sheet_table)?;
    Ok(())
}

/// The headings, each once: a table of Excel's has no two that are the same.
pub(crate) fn headings(table: &Table, language: Language) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for column in &table.columns {
        let heading = column.heading.get(language).to_owned();
        found.push(unique(heading, &found));
    }
    found
}

pub(crate) fn heading_format() -> Format {
    Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_border_bottom(FormatBorder::Thin)
}

pub(crate) fn write_cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    kind: Kind,
    language: Language,
) -> Result<(), XlsxError> {
    let format = Format::new().set_align(FormatAlign::Top);
    let format = if kind == Kind::LongText {
        format.set_text_wrap()
    } else {
        format
    };
    match cell {
        Cell::Blank => return Ok(()),
        Cell::Text(_) | Cell::Word(..) => {
            let text = fitting(cell.shown(language));
            sheet.write_string_with_format(row, column, text, &format)?
        }
        Cell::Count(count) => {
            let thousandths = float(count.saturating_mul(1000), 3);
            sheet.write_number_with_format(row, column, thousandths, &format)?
        }
        Cell::Number(number) => {
            let format = format.set_num_format("General");
            sheet.write_number_with_format(row, column, float(*number, 3), &format)?
        }
        Cell::Percent(share) => {
            let format = format.set_num_format("0.0 %");
            sheet.write_number_with_format(row, column, float(*share, 5), &format)?
        }
        Cell::Day(day) => {
            let format = format.set_num_format("yyyy-mm-dd");
            sheet.write_datetime_with_format(row, column, date(*day)?, &format)?
        }
    };
    Ok(())
}

/// As much of a text as a cell holds; where some is left out, it ends in `…`.
fn fitting(text: String) -> String {
    // Excel counts in units of UTF-16.
    let mut units = 0_usize;
    let holds = |most: usize| {
        move |c: &char| {
            units = units.saturating_add(c.len_utf16());
            units <= most
        }
    };
    let kept: String = text.chars().take_while(holds(TEXT)).collect();
    if kept.len() == text.len() {
        return text;
    }
    let mut shortened: String = text.chars().take_while(holds(TEXT - 1)).collect();
    shortened.push('…');
    shortened
}

fn date(day: Day) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::parse_from_str(&day.to_string())
}

/// The colours of a column's values. The word itself stands in the cell: no colour says anything alone.
fn colour(
    sheet: &mut Worksheet,
    at: u16,
    rows: u32,
    column: &Column,
    language: Language,
) -> Result<(), XlsxError> {
    for (value, tone) in &column.tones {
        if rows == 0 {
            break;
        }
        let (back, front) = match tone {
            Tone::Bad => (0xF8_CB_CB, 0x7A_00_00),
            Tone::Warning => (0xFF_E6_99, 0x5C_45_00),
            Tone::Unknown => (0xD9_D9_D9, 0x26_26_26),
            Tone::Good => (0xD5_E8_D4, 0x1E_4A_1C),
        };
        let format = Format::new()
            .set_background_color(Color::RGB(back))
            .set_font_color(Color::RGB(front));
        let equal = ConditionalFormatCell::new()
            .set_rule(ConditionalFormatCellRule::EqualTo(
                value.get(language).to_owned(),
            ))
            .set_format(format);
        sheet.add_conditional_format(FIRST, at, rows, at, &equal)?;
    }
    Ok(())
}

/// As wide as the widest of its first cells, within bounds.
pub(crate) fn width(table: &Table, at: usize, column: &Column, language: Language) -> u16 {
    const LOOKED_AT: usize = 200;
    let longest = |text: &str| {
        let words = text.lines().map(|line| line.chars().count());
        words.max().unwrap_or_default()
    };
    let cells = table.rows.iter().take(LOOKED_AT);
    let widest = cells
        .filter_map(|row| row.get(at))
        .map(|cell| longest(&cell.shown(language)))
        .max()
        .unwrap_or_default();
    // The button of the filter takes room beside the heading.
    let heading = longest(column.heading.get(language)).saturating_add(4);
    let most = match column.kind {
        Kind::LongText => 60,
        _ => 40,
    };
    let wide = widest.saturating_add(2).max(heading).min(most);
    u16::try_from(wide).unwrap_or(u16::MAX)
}

/// Title, notes and provenance, a line each.
fn write_basis(sheet: &mut Worksheet, book: &Book, language: Language) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    sheet.set_column_width(0, 40)?;
    sheet.set_column_width(1, 70)?;
    sheet.write_string_with_format(0, 0, book.title.get(language), &bold)?;
    let lines = book.notes.iter().cloned().chain(rests_on(book));
    for (row, (label, value)) in (2..).zip(lines) {
        let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        sheet.write_string_with_format(row, 0, label.get(language), &wrapped)?;
        // The values stand left, as the labels do.
        let value = match value {
            Cell::Count(_) | Cell::Number(_) | Cell::Percent(_) => {
                Cell::Text(value.shown(language))
            }
            other => other,
        };
        write_cell(sheet, (row, 1), &value, Kind::LongText, language)?;
    }
    Ok(())
}

fn rests_on(book: &Book) -> Vec<(Text, Cell)> {
    let from = &book.provenance;
    let lines = [
        (
            Text::new("Bedømt pr.", "Judged as of"),
            Cell::day(from.as_of),
        ),
        (Text::new("Fra", "From"), Cell::day(from.from)),
        (Text::new("Til og med", "Until"), Cell::day(from.to)),
        (
            Text::new("Registreret senest", "Registered by"),
            Cell::day(from.known_on),
        ),
        (
            Text::new(
                "Reglernes kontrolsum (SHA-256)",
                "Hash of the rules (SHA-256)",
            ),
            Cell::text(&from.rule_set_hash),
        ),
        (
            Text::new(
                "Udtrækkets kontrolsum (SHA-256)",
                "Hash of the extract (SHA-256)",
            ),
            Cell::text(&from.extract_hash),
        ),
        (
            Text::new("Program", "Program"),
            Cell::text(format!("hjemmel {}", from.engine_version)),
        ),
        (
            Text::new("Godkendelse", "Approval"),
            approval(&from.approval),
        ),
    ];
    lines
        .into_iter()
        .filter(|(_, value)| *value != Cell::Blank)
        .collect()
}

/// Whether the rules were approved, as a word in both languages.
fn approval(approval: &Approval) -> Cell {
    let text = approval.text();
    Cell::Word(text.da.clone(), text)
}

/// That it is a draft stands on every page that is printed.
pub(crate) fn mark(sheet: &mut Worksheet, approval: &Approval, language: Language) {
    if approval.is_draft() {
        sheet.set_header(format!("&C&B{}", approval.text().get(language)));
    }
}

/// A title without what may not stand in the name of a sheet.
fn sheet_name(title: &str) -> String {
    let allowed = |c: char| if "[]:*?/\\'".contains(c) { ' ' } else { c };
    let name: String = title.chars().map(allowed).take(NAME).collect();
    let name = name.trim();
    if name.is_empty() { "-" } else { name }.to_owned()
}

/// The name, or the name with a number, so that no two (in whatever case) are the same.
fn unique(name: String, taken: &[String]) -> String {
    let is_taken = |name: &str| {
        let lower = name.to_lowercase();
        taken.iter().any(|other| other.to_lowercase() == lower)
    };
    if !is_taken(&name) {
        return name;
    }
    let numbered = |number: usize| {
        let short: String = name.chars().take(NAME.saturating_sub(4)).collect();
        format!("{short} {number}")
    };
    (2..)
        .map(numbered)
        .find(|name| !is_taken(name))
        .unwrap_or(name.clone())
}
