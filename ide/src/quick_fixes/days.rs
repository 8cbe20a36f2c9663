//! H0402, H0504, H0505: rules on days when what they rest on is not there, or that nobody judges.

use super::Fix;
use super::dates::after;
use super::ground::{Ground, replace};
use super::versions::{Dated, day};
use crate::diagnostics::Diagnostic;
use crate::text_edit::TextEdit;
use crate::tokens::{index, span};
use crate::words;
use hjemmel_grammar::syntax::{ClauseKind, Date, Declaration, Kind};

/// A first and a last day; none where it is open.
type Days = (Option<Date>, Option<Date>);

/// The fixes of a diagnostic of this group.
pub(super) fn fixes(ground: &Ground<'_>, it: &Diagnostic) -> Vec<Fix> {
    let fix = match it.code {
        "H0402" | "H0504" => limited(ground, it),
        "H0505" => without_end(ground, it),
        _ => None,
    };
    fix.into_iter().collect()
}

/// The rule is in force only on days when what it rests on is.
fn limited(ground: &Ground<'_>, it: &Diagnostic) -> Option<Fix> {
    let rule = ground.declaration(it.span)?;
    let own = Dated::of(rule);
    let (home, place) = ground.beside(it)?;
    let (first, last) = all_days(&home, home.declaration(place)?)?;
    let from = later(own.first(), first);
    let to = earlier(own.last(), last);
    let is_empty = from.zip(to).is_some_and(|(from, to)| day(to) < day(from));
    if is_empty || rule.kind == Kind::Parameter {
        return None;
    }
    let written = written(ground, (from, to))?;
    let title = format!("{} `{written}`", ground.pick("Skriv", "Write"));
    let edit = match own.clause() {
        Some(clause) => replace(clause, written),
        None => ground.below(rule.span.start, &[format!("  {written}")]),
    };
    Some(Fix::new(title, vec![edit]))
}

fn later(own: Option<Date>, first: Option<Date>) -> Option<Date> {
    own.into_iter().chain(first).max_by_key(|date| day(*date))
}

fn earlier(own: Option<Date>, last: Option<Date>) -> Option<Date> {
    own.into_iter().chain(last).min_by_key(|date| day(*date))
}

/// The days of all versions together, if there is no hole between them.
fn all_days(home: &Ground<'_>, declaration: &Declaration) -> Option<Days> {
    let name = &declaration.name.as_ref()?.text;
    let versions = home.set.declarations(name);
    let mut all: Vec<Days> = versions
        .iter()
        .flat_map(|version| days(version.declaration))
        .collect();
    all.sort_by_key(|(from, _)| from.map(day));
    let joined = all.windows(2).all(|two| match two {
        [(_, Some(to)), (Some(from), _)] => day(after(*to)) == day(*from),
        _ => false,
    });
    let (first, last) = (all.first()?.0, all.last()?.1);
    joined.then_some((first, last))
}

/// The days of a version, of each edition of an act, of each value of a parameter.
fn days(declaration: &Declaration) -> Vec<Days> {
    let clauses = declaration.clauses.iter();
    let dated = clauses.filter_map(|clause| match &clause.kind {
        ClauseKind::Edition { from, to, .. } | ClauseKind::Value { from, to, .. } => {
            Some((*from, *to))
        }
        _ => None,
    });
    let dated: Vec<Days> = dated.collect();
    if dated.is_empty() {
        let whole = Dated::of(declaration);
        return vec![(whole.first(), whole.last())];
    }
    dated
}

/// `gælder fra … til …`
fn written(ground: &Ground<'_>, days: Days) -> Option<String> {
    let date = |date| words::date(date, ground.language);
    match days {
        (Some(from), Some(to)) => Some(format!(
            "{} {} {} {}",
            ground.word("gælder fra"),
            date(from),
            ground.word("til"),
            date(to)
        )),
        (Some(from), None) => Some(format!("{} {}", ground.word("gælder fra"), date(from))),
        (None, Some(to)) => Some(format!("{} {}", ground.word("gælder til"), date(to))),
        (None, None) => None,
    }
}

/// A last day that means „no last day“ goes.
fn without_end(ground: &Ground<'_>, it: &Diagnostic) -> Option<Fix> {
    let (_, clause) = ground.clause(it.span)?;
    let (ClauseKind::Validity { from, to }
    | ClauseKind::Edition { from, to, .. }
    | ClauseKind::Value { from, to, .. }) = &clause.kind
    else {
        return None;
    };
    let (from, to) = ((*from)?, to.filter(|to| to.span == it.span)?);
    let text = ground.text();
    let gone = span(index(text, from.span.end), index(text, to.span.end));
    let title = ground.pick("Udelad slutdatoen", "Leave out the last day");
    let edit: TextEdit = replace(gone, "");
    Some(Fix::new(title, vec![edit]).preferred())
}
