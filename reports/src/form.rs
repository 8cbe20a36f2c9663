//! The kinds of files a book is written to.

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A workbook for Excel and LibreOffice.
    Xlsx,
    /// The first table as comma-separated values.
    Csv(CsvStyle),
    /// Everything, as one JSON object.
    Json,
}

/// For whom a CSV is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CsvStyle {
    /// Commas, decimal points, ISO dates, headings and words that are the same in every language.
    #[default]
    Machine,
    /// As Danish Excel opens it: semicolons, decimal commas, days as `31-07-2017`, headings and
    /// words for people, UTF-8 with a byte order mark.
    People,
}

impl Form {
    /// The form that the ending of a file's name asks for (`xlsx`, `csv`, `json`).
    #[must_use]
    pub fn of_ending(ending: &str, style: CsvStyle) -> Option<Self> {
        match ending {
            "xlsx" => Some(Self::Xlsx),
            "csv" => Some(Self::Csv(style)),
            "json" => Some(Self::Json),
            _ => None,
        }
    }
}
