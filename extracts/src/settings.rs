//! How one table is to be read: its part of the mapping, with the defaults filled in.

use crate::dates::DateFormat;
use crate::mapping::{BlankEnd, Complete, Decimal, Encoding, Mapping, TableMapping};
use crate::weeks::Weeks;
use hjemmel_engine::case::End;
use hjemmel_engine::model::Table;
use hjemmel_engine::time::Days;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How one table is to be read.
#[derive(Clone, Debug)]
pub(crate) struct Settings<'a> {
    pub(crate) mapping: &'a TableMapping,
    pub(crate) encoding: Encoding,
    pub(crate) separator: Option<char>,
    pub(crate) dates: DateFormat,
    pub(crate) decimal: Option<Decimal>,
    pub(crate) blank_end: Option<End>,
    pub(crate) ongoing: &'a [String],
    pub(crate) codes: &'a BTreeMap<String, BTreeMap<String, String>>,
    pub(crate) complete: Days,
}

impl<'a> Settings<'a> {
    pub(crate) fn new(mapping: &'a Mapping, table: &Table, default: &'a TableMapping) -> Self {
        let own = mapping.tables.get(&table.name).unwrap_or(default);
        let blank_end = own.blank_end.or(mapping.blank_end);
        let complete = match own.complete {
            Some(complete) => complete.days(mapping.date),
            // Want of a decision is never unknown.
            None if table.assessment => Days::all(),
            None => Complete::Whole(table.complete).days(mapping.date),
        };
        Self {
            mapping: own,
            encoding: own.encoding.or(mapping.encoding).unwrap_or_default(),
            separator: own.separator.or(mapping.separator),
            dates: own.date_format.or(mapping.date_format).unwrap_or_default(),
            decimal: own.decimal.or(mapping.decimal),
            blank_end: blank_end.map(|end| match end {
                BlankEnd::Ongoing => End::Ongoing,
                BlankEnd::Unknown => End::Unknown,
            }),
            ongoing: &own.ongoing,
            codes: &own.codes,
            complete,
        }
    }

    /// The weekly file that the table comes from, once it has been looked at.
    pub(crate) fn weeks(&self) -> Option<&'a Arc<Weeks>> {
        self.mapping.weeks.as_ref()?.looked.as_ref()
    }
}
