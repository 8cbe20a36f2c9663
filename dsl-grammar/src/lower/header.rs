//! The line in column 0.

use std::ops::Range;

use pest::Parser;

use super::{Lower, P, first};
use crate::grammar::{Grammar, Rule};
use crate::span::Span;
use crate::syntax::{Kind, Name, Quoted};

/// What stands in the header of a declaration.
#[derive(Clone, Debug)]
pub(crate) struct Header {
    pub(crate) kind: Kind,
    pub(crate) keyword: Span,
    pub(crate) name: Option<Name>,
    pub(crate) title: Option<Quoted>,
    pub(crate) targets: Vec<Name>,
}

impl Lower<'_> {
    pub(crate) fn header(&self, pair: &P<'_>) -> Option<Header> {
        let mut parts = pair.clone().into_inner();
        let keyword = parts.next()?;
        let kind = kind(keyword.as_rule())?;
        let mut header = Header {
            kind,
            keyword: self.span(&keyword),
            name: None,
            title: None,
            targets: Vec::new(),
        };
        for part in parts {
            match part.as_rule() {
                Rule::name => header.name = Some(self.name(&part)),
                Rule::quoted if header.title.is_none() => header.title = Some(self.quoted(&part)),
                Rule::targets => header.targets = self.names(part),
                _ => {}
            }
        }
        Some(header)
    }
}

impl Lower<'_> {
    /// What can be told of a header that the grammar does not accept: its kind, and its name if
    /// that is where it should be. The rest of the declaration can then still be used.
    pub(crate) fn broken_header(&mut self, piece: &Range<usize>, text: &str) -> Option<Header> {
        let known = |rule: &Rule| Grammar::parse(*rule, text).ok();
        let mut keywords = known(&Rule::any_kind)?;
        self.piece(piece.start, &keywords);
        let keyword = keywords.next().and_then(|kind| first(&kind))?;
        let kind = kind(keyword.as_rule())?;
        let span = self.span(&keyword);
        let after = text.get(keyword.as_str().len()..)?;
        let blanks = after.len() - after.trim_start().len();
        self.base += keyword.as_str().len() + blanks;
        let name = Grammar::parse(Rule::name, after.trim_start())
            .ok()
            .and_then(|mut names| names.next());
        let name = name
            .filter(|_| kind != Kind::Example)
            .map(|name| self.name(&name));
        Some(Header {
            kind,
            keyword: span,
            name,
            title: None,
            targets: Vec::new(),
        })
    }
}

fn kind(keyword: Rule) -> Option<Kind> {
    Some(match keyword {
        Rule::k_act => Kind::Act,
        Rule::k_data => Kind::Data,
        Rule::k_assessment => Kind::Assessment,
        Rule::k_parameter => Kind::Parameter,
        Rule::k_term => Kind::Term,
        Rule::k_duty => Kind::Duty,
        Rule::k_exemption => Kind::Exemption,
        Rule::k_suspension => Kind::Suspension,
        Rule::k_classification => Kind::Classification,
        Rule::k_warning => Kind::Warning,
        Rule::k_measure => Kind::Measure,
        Rule::k_transition => Kind::Transition,
        Rule::k_example => Kind::Example,
        _ => return None,
    })
}
