//! H05xx: when things are in force.

use super::dates::{after, before};
use super::ground::{Ground, replace};
use super::{Fix, HOLE};
use crate::diagnostics::Diagnostic;
use crate::text_edit::TextEdit;
use crate::tokens::{index, span};
use crate::words;
use hjemmel_grammar::span::{Span, slice};
use hjemmel_grammar::syntax::{ClauseKind, Date, Declaration};

/// The fixes of a diagnostic of this group.
pub(super) fn fixes(ground: &Ground<'_>, it: &Diagnostic) -> Vec<Fix> {
    match it.code {
        "H0501" => {
            let split = split(ground, it).or_else(|| undated(ground, it));
            split.into_iter().collect()
        }
        "H0502" => closed(ground, it),
        "H0503" => swapped(ground, it).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// What is in force from a day to a day: a version of a rule, or a value.
pub(crate) struct Dated<'s> {
    from: Option<Date>,
    to: Option<Date>,
    /// The clause that says so.
    clause: Option<Span>,
    /// It says `gælder` already.
    says: bool,
    declaration: &'s Declaration,
}

impl<'s> Dated<'s> {
    /// The value at a place, else the whole version.
    fn at(ground: &Ground<'s>, place: Span) -> Option<Self> {
        let declaration = ground.declaration(place)?;
        if let Some((_, clause)) = ground.clause(place) {
            let (ClauseKind::Value { from, to, .. } | ClauseKind::Edition { from, to, .. }) =
                &clause.kind
            else {
                return Some(Self::of(declaration));
            };
            return Some(Self {
                from: *from,
                to: *to,
                clause: Some(clause.span),
                says: from.is_some() || to.is_some(),
                declaration,
            });
        }
        Some(Self::of(declaration))
    }

    /// A version of a rule.
    pub(crate) fn of(declaration: &'s Declaration) -> Self {
        let mut clauses = declaration.clauses.iter();
        let found = clauses.find_map(|clause| match clause.kind {
            ClauseKind::Validity { from, to } => Some((from, to, clause.span)),
            _ => None,
        });
        let (from, to, clause) = found.map_or((None, None, None), |(from, to, span)| {
            (from, to, Some(span))
        });
        Self {
            from,
            to,
            clause,
            says: clause.is_some(),
            declaration,
        }
    }

    /// Its first day.
    pub(crate) fn first(&self) -> Option<Date> {
        self.from
    }

    /// Its last day.
    pub(crate) fn last(&self) -> Option<Date> {
        self.to
    }

    /// The clause that says when, if it is one of its own.
    pub(crate) fn clause(&self) -> Option<Span> {
        self.clause
    }

    /// Gives it a last day, in the words of its file.
    pub(crate) fn ends(&self, ground: &Ground<'_>, date: Date) -> TextEdit {
        self.ends_on(ground, words::date(date, ground.language))
    }

    fn ends_on(&self, ground: &Ground<'_>, written: String) -> TextEdit {
        match (self.to, self.clause) {
            (Some(to), _) => replace(to.span, written),
            (None, Some(clause)) => {
                let word = if self.says {
                    ground.word("til")
                } else {
                    ground.word("gælder til")
                };
                let end = index(ground.text(), clause.end);
                replace(span(end, end), format!(" {word} {written}"))
            }
            (None, None) => {
                let line = format!("  {} {written}", ground.word("gælder til"));
                ground.below(self.declaration.span.start, &[line])
            }
        }
    }
}

/// The older ends the day before the newer begins.
fn split(ground: &Ground<'_>, it: &Diagnostic) -> Option<Fix> {
    let (home, place) = ground.beside(it)?;
    let newer = Dated::at(ground, it.span)?;
    let older = Dated::at(&home, place)?;
    let first = newer.first()?;
    if older.first().is_some_and(|other| day(first) <= day(other)) {
        return None;
    }
    let last = before(first);
    let title = format!(
        "{} {}",
        ground.pick("Lad den ældre slutte", "Let the older end on"),
        words::date(last, ground.language)
    );
    let edit = older.ends(&home, last);
    let title = ground.title_in(&home, title);
    Some(Fix::across(ground, title, [(home.file, edit)]).preferred())
}

/// Where neither says when: a last day for the one and a first day for the other, to be filled in.
fn undated(ground: &Ground<'_>, it: &Diagnostic) -> Option<Fix> {
    let (home, place) = ground.beside(it)?;
    let newer = Dated::at(ground, it.span)?;
    let older = Dated::at(&home, place)?;
    if older.clause.is_some() || newer.clause.is_some() {
        return None;
    }
    let line = format!("  {} {HOLE}", ground.word("gælder fra"));
    let edits = [
        (home.file, older.ends_on(&home, HOLE.to_owned())),
        (
            ground.file,
            ground.below(newer.declaration.span.start, &[line]),
        ),
    ];
    let title = ground.pick(
        "Skriv hvornår hver af dem gælder",
        "Write when each is in force",
    );
    Some(Fix::across(ground, title, edits))
}

/// The older lasts until the newer begins, or the newer begins when the older ends.
fn closed(ground: &Ground<'_>, it: &Diagnostic) -> Vec<Fix> {
    let both = || {
        let newer = Dated::at(ground, it.span)?;
        let (home, place) = ground.beside(it)?;
        let older = Dated::at(&home, place)?.last()?;
        Some((home, older, newer.first()?))
    };
    let Some((home, last, first)) = both() else {
        return Vec::new();
    };
    let until = words::date(before(first), ground.language);
    let from = words::date(after(last), ground.language);
    let longer = format!(
        "{} {until}",
        ground.pick("Lad den ældre gælde til", "Let the older be in force to")
    );
    let earlier = format!(
        "{} {from}",
        ground.pick("Lad den nyere gælde fra", "Let the newer be in force from")
    );
    let written = words::date(before(first), home.language);
    let longer = ground.title_in(&home, longer);
    vec![
        Fix::across(ground, longer, [(home.file, replace(last.span, written))]),
        Fix::new(earlier, vec![replace(first.span, from)]),
    ]
}

fn swapped(ground: &Ground<'_>, it: &Diagnostic) -> Option<Fix> {
    let (_, clause) = ground.clause(it.span)?;
    let (ClauseKind::Validity { from, to }
    | ClauseKind::Value { from, to, .. }
    | ClauseKind::Edition { from, to, .. }) = &clause.kind
    else {
        return None;
    };
    Some(swap(ground, (*from)?, (*to)?))
}

/// Both dates in each other's place.
pub(super) fn swap(ground: &Ground<'_>, from: Date, to: Date) -> Fix {
    let text = ground.text();
    let title = ground.pick("Byt om på datoerne", "Swap the dates");
    let edits = vec![
        replace(from.span, slice(text, to.span)),
        replace(to.span, slice(text, from.span)),
    ];
    Fix::new(title, edits).preferred()
}

/// A date without its place, to compare.
pub(crate) fn day(date: Date) -> (i32, u32, u32) {
    (date.year, date.month, date.day)
}
