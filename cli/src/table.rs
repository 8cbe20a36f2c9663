//! Tables on a terminal.

pub(crate) use hjemmel_reports::terminal::{layout as table, shown};

/// `Tilbud til aktivitetsparate (tilbud_aktivitetsparat)`; the name alone without a title.
pub(crate) fn titled(title: Option<&str>, name: &str) -> String {
    title.map_or_else(|| name.to_owned(), |title| format!("{title} ({name})"))
}
