//! Workbooks made cell by cell, for tests here and of the program.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;

/// A workbook: the parts of its archive.
pub(crate) struct Book {
    pub(crate) sheets: Vec<(String, String)>,
    pub(crate) extra: Vec<(String, Vec<u8>)>,
    pub(crate) workbook_attributes: String,
    pub(crate) sheet_attributes: String,
}

/// Rows of cells: `#1` a number, `d1` a date by its day, `!x` an error, `=x` a formula without a
/// value, `?` yes, an empty text nothing, everything else a text.
pub(crate) fn rows(rows: &[&[&str]]) -> String {
    let mut xml = String::from("<sheetData>");
    for (line, row) in rows.iter().enumerate() {
        write!(xml, "<row r=\"{}\">", line + 1).unwrap();
        for (column, cell) in row.iter().enumerate() {
            let at = format!(
                "{}{}",
                char::from(b'A' + u8::try_from(column).unwrap()),
                line + 1
            );
            if let Some(number) = cell.strip_prefix('#') {
                write!(xml, "<c r=\"{at}\"><v>{number}</v></c>").unwrap();
            } else if let Some(day) = cell
                .strip_prefix('d')
                .filter(|day| day.starts_with(|c: char| c.is_ascii_digit()))
            {
                write!(xml, "<c r=\"{at}\" s=\"1\"><v>{day}</v></c>").unwrap();
            } else if let Some(error) = cell.strip_prefix('!') {
                write!(xml, "<c r=\"{at}\" t=\"e\"><v>#{error}</v></c>").unwrap();
            } else if let Some(formula) = cell.strip_prefix('=') {
                write!(xml, "<c r=\"{at}\"><f>{formula}</f></c>").unwrap();
            } else if *cell == "?" {
                write!(xml, "<c r=\"{at}\" t=\"b\"><v>1</v></c>").unwrap();
            } else if !cell.is_empty() {
                write!(
                    xml,
                    "<c r=\"{at}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>"
                )
                .unwrap();
            }
        }
        xml += "</row>";
    }
    xml + "</sheetData>"
}

pub(crate) fn book(sheets: &[(&str, String)]) -> Book {
    Book {
        sheets: sheets
            .iter()
            .map(|(name, xml)| ((*name).to_owned(), xml.clone()))
            .collect(),
        extra: Vec::new(),
        workbook_attributes: String::new(),
        sheet_attributes: String::new(),
    }
}

const NS: &str = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
const REL: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

impl Book {
    /// The archive.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut entries = self.extra.clone();
        let (mut sheets, mut relations) = (String::new(), String::new());
        for (i, (name, xml)) in self.sheets.iter().enumerate() {
            write!(
                sheets,
                "<sheet name=\"{name}\" sheetId=\"{0}\" r:id=\"r{0}\" {1}/>",
                i + 1,
                self.sheet_attributes
            )
            .unwrap();
            write!(relations, "<Relationship Id=\"r{0}\" Type=\"{REL}/worksheet\" Target=\"worksheets/sheet{0}.xml\"/>", i + 1).unwrap();
            let xml = format!("<?xml version=\"1.0\"?><worksheet {NS}>{xml}</worksheet>");
            entries.push((
                format!("xl/worksheets/sheet{}.xml", i + 1),
                xml.into_bytes(),
            ));
        }
        write!(
            relations,
            "<Relationship Id=\"s\" Type=\"{REL}/styles\" Target=\"styles.xml\"/>"
        )
        .unwrap();
        let mut part = |name: &str, xml: String| entries.push((name.to_owned(), xml.into_bytes()));
        part(
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"w\" Type=\"{REL}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        );
        part(
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{relations}</Relationships>"
            ),
        );
        part(
            "xl/workbook.xml",
            format!(
                "<workbook {NS}><workbookPr {}/><sheets>{sheets}</sheets></workbook>",
                self.workbook_attributes
            ),
        );
        part(
            "xl/styles.xml",
            format!(
                "<styleSheet {NS}><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
            ),
        );
        archive(&entries)
    }
}

/// An archive of these entries.
pub(crate) fn archive(entries: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(name.as_str(), SimpleFileOptions::default())
            .unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
