//! Plain tables with typed cells to files and terminals: workbooks, CSV for people and for
//! machines, JSON; and figures. Knows no rules and no clock; what a table says is decided above.
//!
//! ```text
//! Book { tables, what they rest on } -xlsx, csv, json-> bytes -save-> a file, whole or not there
//! Table -terminal-> text
//! LineChart, BarChart -chart-> SVG in a page
//! Questionnaire { lines to fill, lists to choose from } -xlsx_form, csv-> bytes -save-> a form
//! ```
//!
//! Two promises: a text never becomes a formula, whatever it begins with; and the same book gives
//! the same bytes.

#![cfg_attr(not(test), deny(clippy::disallowed_methods, clippy::disallowed_types))]

pub mod chart;
mod csv;
mod form;
mod json;
mod numbers;
mod questionnaire;
mod save;
pub mod suppression;
mod table;
pub mod terminal;
mod xlsx;
mod xlsx_form;

pub use form::{CsvStyle, Form};
pub use questionnaire::{FormKind, List, Questionnaire};
pub use save::{bytes, save};
pub use table::{Book, Cell, Column, Kind, Table, Tone};

#[cfg(test)]
mod tests;
