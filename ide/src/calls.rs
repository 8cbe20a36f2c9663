//! Which rules a rule uses, and which use it.

use crate::document_symbols::SymbolKind;
use crate::occurrence::{Role, Symbol};
use crate::reasons::{self, ReasonPlace};
use crate::relations::declarations;
use crate::rule_set::RuleSet;
use hjemmel_grammar::span::{FileId, Site, Span};
use hjemmel_grammar::syntax::{Declaration, Kind};

/// A rule, a table, a parameter … in the hierarchy of uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its name; of an example its title.
    pub name: String,
    /// Its title.
    pub detail: Option<String>,
    /// What it is.
    pub kind: SymbolKind,
    /// Its name's place.
    pub focus: Site,
    /// All of it.
    pub whole: Span,
    /// It is a step of the reasons for what the rules say of an example, and stands here among them.
    pub reason: Option<ReasonPlace>,
}

/// A use: the other end, and where it is named, in whose file the uses stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// What uses, or is used.
    pub item: Item,
    /// Where the one names the other.
    pub places: Vec<Span>,
}

/// What the name at an offset stands for, one for each version; on a line that an example expects,
/// also what the rules say of it.
pub(crate) fn prepare(set: &RuleSet, file: FileId, offset: u32) -> Vec<Item> {
    let targets = match set.symbol_at(file, offset) {
        Some((origin, Symbol::Name(name))) => declarations(set, &name, origin),
        _ => Vec::new(),
    };
    let items = targets.iter().filter_map(|target| at(set, target.focus));
    items.chain(reasons::prepare(set, file, offset)).collect()
}

/// The rule that a place is the name of, or lies in.
fn at(set: &RuleSet, site: Site) -> Option<Item> {
    let declaration = around(set, site)?;
    Some(item(site.file, declaration))
}

/// The declaration that a place lies in.
pub(crate) fn around(set: &RuleSet, site: Site) -> Option<&Declaration> {
    let all = &set.memo(site.file)?.tree().declarations;
    let begun = all.partition_point(|it| it.span.start <= site.span.start);
    let last = all.get(begun.checked_sub(1)?)?;
    (site.span.end <= last.span.end).then_some(last)
}

fn item(file: FileId, declaration: &Declaration) -> Item {
    let title = declaration.title.as_ref();
    let (name, detail, span) = match &declaration.name {
        Some(name) => (
            name.text.clone(),
            title.map(|title| title.text.clone()),
            name.span,
        ),
        None => (
            title.map_or_else(|| "…".to_owned(), |title| title.text.clone()),
            None,
            title.map_or(declaration.keyword, |title| title.span),
        ),
    };
    Item {
        name,
        detail,
        kind: SymbolKind::Declaration(declaration.kind),
        focus: Site { file, span },
        whole: declaration.span,
        reason: None,
    }
}

/// What the rule at a place uses; the places are in its own file.
pub(crate) fn outgoing(set: &RuleSet, site: Site) -> Vec<Call> {
    let Some((declaration, memo)) = around(set, site).zip(set.memo(site.file)) else {
        return Vec::new();
    };
    let inside =
        |span: Span| declaration.span.start <= span.start && span.end <= declaration.span.end;
    let used = memo
        .occurrences()
        .iter()
        .filter(|it| it.role == Role::Uses && inside(it.span));
    let mut calls: Vec<Call> = Vec::new();
    for occurrence in used {
        let Symbol::Name(name) = &occurrence.symbol else {
            continue;
        };
        let known = calls.iter_mut().filter(|call| call.item.name == *name);
        let mut found = false;
        for call in known {
            call.places.push(occurrence.span);
            found = true;
        }
        if !found {
            let targets = declarations(set, name, occurrence.span);
            let items = targets.iter().filter_map(|target| at(set, target.focus));
            calls.extend(items.map(|item| Call {
                item,
                places: vec![occurrence.span],
            }));
        }
    }
    calls
}

/// What uses the rule at a place; the places are in the user's file.
pub(crate) fn incoming(set: &RuleSet, site: Site) -> Vec<Call> {
    let name = around(set, site).and_then(|it| it.name.as_ref());
    let Some(name) = name else {
        return Vec::new();
    };
    let symbol = Symbol::Name(name.text.clone());
    let mut calls: Vec<Call> = Vec::new();
    for site in set.sites(&symbol, Role::Uses) {
        let Some(user) = at(set, site) else {
            continue;
        };
        let known = calls.iter_mut().find(|call| call.item.focus == user.focus);
        match known {
            Some(call) => call.places.push(site.span),
            None => calls.push(Call {
                item: user,
                places: vec![site.span],
            }),
        }
    }
    calls.sort_by_key(|call| call.item.kind == SymbolKind::Declaration(Kind::Example));
    calls
}

#[cfg(test)]
mod tests {
    use crate::fixture::Fixture;

    #[test]
    fn uses_and_used_by_in_broken_files() {
        let fixture = Fixture::new(
            "
//- /a.regel
begreb $0æ
  når ydelse og ydelse og b
eksempel \"Et\"
  så
    æ er ja den 1. maj 2017
//- /b.regel
data ydelse
  periods
term b
  when æ and
",
        );
        let analysis = &fixture.analysis;
        let items = analysis.call_hierarchy(fixture.file, fixture.cursor);
        let item = &items[0];
        assert_eq!(fixture.line_with(item.focus), "/a.regel: begreb <æ>");
        let told = |calls: Vec<super::Call>| {
            let told = calls
                .into_iter()
                .map(|call| (call.item.name, call.places.len()));
            told.collect::<Vec<_>>()
        };
        assert_eq!(
            told(analysis.uses(item.focus)),
            [("ydelse".to_owned(), 2), ("b".to_owned(), 1)]
        );
        assert_eq!(
            told(analysis.used_by(item.focus)),
            [("b".to_owned(), 1), ("Et".to_owned(), 1)]
        );
    }
}
