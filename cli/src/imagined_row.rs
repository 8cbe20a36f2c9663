//! A row that a flag imagines, written as a row of an example.

use crate::exit::{Exit, Failure};
use crate::print::{self, Paint, text};
use crate::session::{Rules, Session};
use hjemmel_engine::case::Row;
use hjemmel_engine::given::{self, NotARow};
use hjemmel_engine::model::TableId;
use hjemmel_grammar::diagnostic::Text;

/// The row that `words` means. What is wrong with it is shown where it stands in `flag`, and
/// `hint` says how it is written.
pub(crate) fn row(
    session: &Session,
    rules: &Rules,
    flag: &str,
    words: &str,
    hint: &Text,
) -> Result<(TableId, Row), Failure> {
    let mut sources = rules.sources.clone();
    let file = sources.add(flag, words);
    match given::row(&rules.model, file, words) {
        Ok(found) => Ok(found),
        Err(NotARow::NotOne) => Err(Failure::usage(
            format!("{flag} skal være én række, som i et eksempel"),
            format!("{flag} must be one row, as in an example"),
        )
        .hint(hint.da.clone(), hint.en.clone())),
        Err(NotARow::Wrong(found)) => {
            let paint = Paint {
                on: print::colour_on_stderr(),
            };
            print::err(&text::render(&sources, &found, session.language(), paint));
            Err(Failure::new(
                Exit::Usage,
                format!("rækken i {flag} kan ikke bruges"),
                format!("the row in {flag} cannot be used"),
            )
            .hint(hint.da.clone(), hint.en.clone()))
        }
    }
}
