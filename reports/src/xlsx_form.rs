//! A form as a workbook: instructions, the lines with drop-down lists and coloured cells to fill, the
//! words to choose from, and a hidden sheet with what it rests on. Nothing is locked.

use crate::questionnaire::Questionnaire;
use crate::table::{Cell, Column, Kind, Table};
use crate::xlsx::{heading_format, headings, mark, properties, width, write_cell};
use hjemmel_extracts::FORM_MARK;
use hjemmel_grammar::diagnostic::{Language, Text};
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Format,
    FormatAlign, FormatBorder, Formula, Table as SheetTable, TableColumn, TableStyle, Workbook,
    Worksheet, XlsxError,
};

/// How wide the instructions are, in characters.
const PAGE: u16 = 100;

/// The bytes of the file.
pub(crate) fn bytes(form: &Questionnaire, language: Language) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(&form.title, &form.provenance, language)?);
    let name = |da, en| Text::new(da, en).get(language).to_owned();
    let words = name("Svarmuligheder", "Answers");
    instructions(
        workbook
            .add_worksheet()
            .set_name(name("Vejledning", "Instructions"))?,
        form,
        language,
    )?;
    let sheet = workbook.add_worksheet().set_name(name("Skema", "Form"))?;
    mark(sheet, &form.provenance.approval, language);
    lines(sheet, form, language)?;
    validate(sheet, form, &words, language)?;
    lists(workbook.add_worksheet().set_name(&words)?, form, language)?;
    let basis = workbook
        .add_worksheet()
        .set_name(name("Grundlag", "What it rests on"))?;
    rests_on(basis, form, language)?;
    basis.set_hidden(true);
    workbook.save_to_buffer()
}

fn instructions(
    sheet: &mut Worksheet,
    form: &Questionnaire,
    language: Language,
) -> Result<(), XlsxError> {
    let title = Format::new().set_bold().set_font_size(14);
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_column_width(0, PAGE)?;
    sheet.write_string_with_format(0, 0, form.title.get(language), &title)?;
    for (row, text) in (2..).zip(&form.instructions) {
        sheet.write_string_with_format(row, 0, text.get(language), &wrapped)?;
    }
    sheet.set_print_fit_to_pages(1, 0);
    Ok(())
}

/// The lines, with the cells to fill coloured and bordered.
fn lines(sheet: &mut Worksheet, form: &Questionnaire, language: Language) -> Result<(), XlsxError> {
    let table = &form.lines;
    let rows = count(table.rows.len());
    let first_blank = table.columns.len().saturating_sub(form.blank);
    for (at, column) in (0_u16..).zip(&table.columns) {
        let index = usize::from(at);
        let wide = width(table, index, column, language);
        let wide = if index < first_blank {
            wide
        } else {
            wide.max(24)
        };
        sheet.set_column_width(at, wide)?;
        sheet.write_string_with_format(0, at, column.heading.get(language), &heading_format())?;
    }
    for (row, cells) in (1..).zip(table.cells()) {
        for ((at, cell), column) in (0_u16..).zip(cells).zip(&table.columns) {
            if usize::from(at) < first_blank {
                write_cell(sheet, (row, at), cell, column.kind, language)?;
            } else {
                sheet.write_blank(row, at, &to_fill(column))?;
            }
        }
    }
    sheet.set_freeze_panes(1, 2)?;
    sheet.set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, 0)?;
    let columns: Vec<TableColumn> = headings(table, language)
        .iter()
        .map(|heading| TableColumn::new().set_header(heading))
        .collect();
    let filtered = SheetTable::new()
        .set_name("skema")
        .set_style(TableStyle::Light1)
        .set_columns(&columns);
    let last = u16::try_from(table.columns.len()).unwrap_or(u16::MAX);
    if rows > 0 {
        sheet.add_table(0, 0, rows, last.saturating_sub(1), &filtered)?;
    }
    Ok(())
}

fn to_fill(column: &Column) -> Format {
    let format = Format::new()
        .set_background_color(Color::RGB(0xFF_F8_DC))
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::RGB(0xB0_A8_80))
        .set_text_wrap()
        .set_align(FormatAlign::Top);
    // Text stays text: `1-2` is no date.
    format.set_num_format(match column.kind {
        Kind::Day => "yyyy-mm-dd",
        Kind::Text | Kind::LongText | Kind::Number => "@",
    })
}

/// Each line offers the words of its list, and takes no other; a day is a day.
fn validate(
    sheet: &mut Worksheet,
    form: &Questionnaire,
    words: &str,
    language: Language,
) -> Result<(), XlsxError> {
    let choice = u16::try_from(form.choice).unwrap_or(u16::MAX);
    let ranges = ranges(form);
    let say = |da, en| Text::new(da, en).get(language).to_owned();
    for (row, list) in (1..).zip(&form.list_of_line) {
        let Some((first, last)) = ranges.get(*list) else {
            continue;
        };
        let range = format!("='{words}'!$B${first}:$B${last}");
        let offered = DataValidation::new()
            .allow_list_formula(Formula::new(range))
            .set_error_style(DataValidationErrorStyle::Stop)
            .set_error_title(say("Ikke på listen", "Not on the list"))?
            .set_error_message(say(
                "Vælg et svar på listen, eller lad cellen stå tom.",
                "Choose an answer on the list, or leave the cell blank.",
            ))?;
        sheet.add_data_validation(row, choice, row, choice, &offered)?;
    }
    let rows = count(form.lines.rows.len());
    let day = u16::try_from(form.day).unwrap_or(u16::MAX);
    if rows > 0 {
        let first = ExcelDateTime::from_ymd(1900, 3, 1)?;
        let last = ExcelDateTime::from_ymd(2199, 12, 31)?;
        let dated = DataValidation::new()
            .allow_date(DataValidationRule::Between(first, last))
            .set_error_title(say("Ikke en dato", "Not a date"))?
            .set_error_message(say("Skriv dagen: 2017-07-31", "Write the day: 2017-07-31"))?;
        sheet.add_data_validation(1, day, rows, day, &dated)?;
    }
    Ok(())
}

/// The first and the last row of each list on its sheet, as Excel counts them.
fn ranges(form: &Questionnaire) -> Vec<(u32, u32)> {
    let mut next = 2_u32;
    let lists = form.lists.iter().map(|list| {
        let first = next;
        next = next.saturating_add(count(list.words.len()));
        (first, next.saturating_sub(1))
    });
    lists.collect()
}

/// The words that may be chosen, list by list.
fn lists(sheet: &mut Worksheet, form: &Questionnaire, language: Language) -> Result<(), XlsxError> {
    let column = |id: &str, da: &str, en: &str, kind| Column::new(id, Text::new(da, en), kind);
    let columns = vec![
        column("rule", "Regel", "Rule", Kind::Text),
        column("word", "Svar", "Answer", Kind::Text),
        column("meaning", "Betyder", "Means", Kind::LongText),
    ];
    let rows = form.lists.iter().flat_map(|list| {
        list.words.iter().map(|(word, meaning)| {
            let cell = |text: &Text| Cell::text(text.get(language));
            vec![cell(&list.title), cell(word), cell(meaning)]
        })
    });
    let table = Table {
        rows: rows.collect(),
        ..Table::new("answers", Text::same(""), columns)
    };
    plain(sheet, &table, 0, language)?;
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

/// A table of words without filters, from a row on.
fn plain(
    sheet: &mut Worksheet,
    table: &Table,
    from: u32,
    language: Language,
) -> Result<(), XlsxError> {
    for (at, column) in (0_u16..).zip(&table.columns) {
        let heading = column.heading.get(language);
        sheet.write_string_with_format(from, at, heading, &heading_format())?;
        sheet.set_column_width(at, width(table, usize::from(at), column, language))?;
    }
    for (row, cells) in (from.saturating_add(1)..).zip(table.cells()) {
        for ((at, cell), column) in (0_u16..).zip(cells).zip(&table.columns) {
            write_cell(sheet, (row, at), cell, column.kind, language)?;
        }
    }
    Ok(())
}

/// Names and values that the form is read back by, and for people how its lines were chosen.
fn rests_on(
    sheet: &mut Worksheet,
    form: &Questionnaire,
    language: Language,
) -> Result<(), XlsxError> {
    sheet.write_string(0, 0, FORM_MARK)?;
    let named = form.provenance.named();
    for (row, (name, value)) in (1..).zip(&named) {
        sheet.write_string(row, 0, name)?;
        sheet.write_string(row, 1, value)?;
    }
    let below = count(named.len()).saturating_add(3);
    plain(sheet, &form.account, below, language)?;
    sheet.set_column_width(0, 30)?;
    sheet.set_column_width(1, 70)?;
    Ok(())
}

fn count(rows: usize) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
}
