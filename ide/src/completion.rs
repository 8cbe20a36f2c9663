//! What may stand at an offset: keywords by place in the language of the file, names by kind,
//! values after `er`, whole declarations.

mod clause;
mod condition;
mod place;
mod row;
mod snippet;

use crate::rule_set::{Declared, RuleSet};
use crate::words::{in_language, keyword_of};
use hjemmel_grammar::diagnostic::Language;
use hjemmel_grammar::span::{FileId, Span};
use hjemmel_grammar::syntax::Kind;
use place::Place;

/// What a completion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CompletionKind {
    /// A declared name.
    Name(Kind),
    /// A field.
    Field,
    /// A word that an enumerated field can be.
    Value,
    /// A state.
    State,
    /// A keyword, a unit or a month.
    Keyword,
    /// A whole declaration or clause with places to fill in.
    Snippet,
}

/// A part of the text that a completion writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// As it is.
    Text(String),
    /// To be filled in; with a word that may stand until then.
    Hole(String),
}

/// Something that may stand at the offset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What is shown.
    pub label: String,
    /// What it is.
    pub kind: CompletionKind,
    /// What is shown beside it: a title.
    pub detail: Option<String>,
    /// What it writes.
    pub insert: Vec<Piece>,
    /// The word begun, which it replaces.
    pub replace: Span,
}

/// What may stand at an offset, the likeliest kind first.
pub(crate) fn completion(set: &RuleSet, file: FileId, offset: u32) -> Vec<Completion> {
    let Some(memo) = set.memo(file) else {
        return Vec::new();
    };
    let Some((place, replace)) = place::place(memo, offset) else {
        return Vec::new();
    };
    let mut offers = Offers {
        set,
        language: memo.language(),
        replace,
        found: Vec::new(),
    };
    match &place {
        Place::Declaration => snippet::declarations(&mut offers),
        Place::Header(line) => clause::header(&mut offers, line),
        Place::Clause(line) if line.before.is_empty() => clause::beginnings(&mut offers, line),
        Place::Clause(line) => clause::continued(&mut offers, line),
        Place::Given(line) => row::given(&mut offers, line),
        Place::Expect(line) => row::expect(&mut offers, line),
    }
    offers.found
}

/// The completions in the making.
struct Offers<'s> {
    set: &'s RuleSet,
    language: Language,
    replace: Span,
    found: Vec<Completion>,
}

impl<'s> Offers<'s> {
    fn offer(&mut self, label: &str, kind: CompletionKind, detail: Option<String>) {
        let insert = vec![Piece::Text(label.to_owned())];
        self.offer_pieces(label, kind, detail, insert);
    }

    fn offer_pieces(
        &mut self,
        label: &str,
        kind: CompletionKind,
        detail: Option<String>,
        insert: Vec<Piece>,
    ) {
        let known = |it: &Completion| it.label == label && it.kind == kind;
        if !self.found.iter().any(known) {
            self.found.push(Completion {
                label: label.to_owned(),
                kind,
                detail,
                insert,
                replace: self.replace,
            });
        }
    }

    /// Keywords, given in Danish.
    fn keywords(&mut self, danish: &[&'static str]) {
        for word in danish {
            let word = in_language(word, self.language);
            self.offer(word, CompletionKind::Keyword, None);
        }
    }

    /// Words that stand for themselves.
    fn words<'w>(&mut self, words: impl IntoIterator<Item = &'w str>) {
        for word in words {
            self.offer(word, CompletionKind::Keyword, None);
        }
    }

    /// The declared names of the kinds that are wanted.
    fn names(&mut self, wanted: impl Fn(Kind) -> bool) {
        let set = self.set;
        for (name, declared) in set.names() {
            let kind = declared.declaration.kind;
            if wanted(kind) {
                let detail = self.title(&declared);
                self.offer(name, CompletionKind::Name(kind), Some(detail));
            }
        }
    }

    /// The keyword of a declaration, and its title if it has one.
    fn title(&self, declared: &Declared<'_>) -> String {
        let kind = keyword_of(declared.declaration.kind, self.language);
        match &declared.declaration.title {
            Some(title) => format!("{kind}: {}", title.text),
            None => kind.to_owned(),
        }
    }

    /// The fields of a table or an assessment.
    fn fields(&mut self, table: &str) {
        for field in self.set.fields(table) {
            let detail = format!("{table}.{}", field.name.text);
            self.offer(&field.name.text, CompletionKind::Field, Some(detail));
        }
        if self.set.kind_of(table) == Some(Kind::Assessment) {
            for field in crate::rule_set::ASSESSMENT_FIELDS {
                self.offer(
                    field,
                    CompletionKind::Field,
                    Some(format!("{table}.{field}")),
                );
            }
        }
    }

    /// What a field can be, as far as it can be listed.
    fn values(&mut self, table: &str, field: &str) {
        use hjemmel_grammar::syntax::FieldType;
        let Some(declared) = self.set.field(table, field) else {
            if field == "afgørelse" && self.set.kind_of(table) == Some(Kind::Assessment) {
                self.keywords(&["ja", "nej"]);
                self.words(["afventer"]);
            }
            return;
        };
        match declared.ty {
            FieldType::OneOf(values) => {
                for value in values {
                    let detail = format!("{table}.{field}");
                    self.offer(&value.text, CompletionKind::Value, Some(detail));
                }
            }
            FieldType::YesNo => self.keywords(&["ja", "nej"]),
            FieldType::Number | FieldType::Date | FieldType::BirthDate => {
                self.names(|kind| kind == Kind::Parameter);
            }
            FieldType::Text => {}
        }
    }

    /// The states that a duty, a classification or a condition can have.
    fn states(&mut self, of: &str) {
        use hjemmel_grammar::keyword::{ALL, Group};
        match self.set.kind_of(of) {
            Some(Kind::Duty) => {
                let states = ALL.iter().filter(|word| word.group == Group::State);
                for state in states {
                    let word = state.get(self.language);
                    self.offer(word, CompletionKind::State, Some(of.to_owned()));
                }
            }
            Some(Kind::Classification) => {
                for (_, branch) in self.set.branches(of) {
                    let title = branch.title.as_ref().map(|title| title.text.clone());
                    let detail = title.unwrap_or_else(|| of.to_owned());
                    self.offer(&branch.state.text, CompletionKind::State, Some(detail));
                }
            }
            Some(Kind::Term | Kind::Assessment | Kind::Warning) => {
                self.keywords(&["ja", "nej", "ukendt"]);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
