//! What may stand at an offset: keywords by place in the language of the file, names by kind,
//! values after `er`, whole declarations.

mod citation;
mod clause;
mod condition;
mod date;
mod place;
mod row;
mod snippet;

use crate::hover;
use crate::occurrence::Symbol;
use crate::rule_set::{Declared, RuleSet};
use crate::words::in_language;
use hjemmel_grammar::diagnostic::Language;
use hjemmel_grammar::keyword;
use hjemmel_grammar::span::{FileId, Span};
use hjemmel_grammar::syntax::Kind;
use place::Place;
use std::collections::BTreeSet;

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
    /// A day.
    Date,
    /// What rules rest on already.
    Citation,
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
    /// Whose it is: the table of a field, the field of a value (`ydelse.art`), the rule of a state.
    pub of: Option<String>,
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
        offered: BTreeSet::new(),
    };
    match &place {
        Place::Declaration => snippet::declarations(&mut offers),
        Place::Header(line) => clause::header(&mut offers, line),
        Place::Clause(line) if line.before.is_empty() => clause::beginnings(&mut offers, line),
        Place::Clause(line) if date::stands_in_clause(line) => date::dates(&mut offers, memo),
        Place::Clause(line) => {
            if clause::in_citation(line) {
                citation::citations(&mut offers, memo, line);
            }
            clause::continued(&mut offers, line);
        }
        Place::Given(line) | Place::Expect(line) if date::stands_in_row(line) => {
            date::dates(&mut offers, memo);
        }
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
    /// What is found, each once.
    offered: BTreeSet<(CompletionKind, String)>,
}

impl<'s> Offers<'s> {
    fn offer(&mut self, label: &str, kind: CompletionKind, detail: Option<String>) {
        let insert = vec![Piece::Text(label.to_owned())];
        self.offer_pieces(label, kind, detail, insert);
    }

    /// Something that belongs to something else.
    fn offer_of(&mut self, label: &str, kind: CompletionKind, of: &str, detail: String) {
        self.offer(label, kind, Some(detail));
        if let Some(last) = self.found.last_mut().filter(|last| last.label == label) {
            last.of = Some(of.to_owned());
        }
    }

    fn offer_pieces(
        &mut self,
        label: &str,
        kind: CompletionKind,
        detail: Option<String>,
        insert: Vec<Piece>,
    ) {
        if self.offered.insert((kind, label.to_owned())) {
            self.found.push(Completion {
                label: label.to_owned(),
                kind,
                detail,
                of: None,
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
        let kind = keyword::declares(declared.declaration.kind, self.language);
        match &declared.declaration.title {
            Some(title) => format!("{kind}: {}", title.text),
            None => kind.to_owned(),
        }
    }

    /// The fields of a table or an assessment.
    fn fields(&mut self, table: &str) {
        for field in self.set.fields(table) {
            let detail = format!("{table}.{}", field.name.text);
            self.offer_of(&field.name.text, CompletionKind::Field, table, detail);
        }
        if self.set.kind_of(table) == Some(Kind::Assessment) {
            for field in crate::rule_set::ASSESSMENT_FIELDS {
                let detail = format!("{table}.{field}");
                self.offer_of(field, CompletionKind::Field, table, detail);
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
                let of = format!("{table}.{field}");
                for value in values {
                    self.offer_of(&value.text, CompletionKind::Value, &of, of.clone());
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
                    self.offer_of(word, CompletionKind::State, of, of.to_owned());
                }
            }
            Some(Kind::Classification) => {
                for (_, branch) in self.set.branches(of) {
                    let title = branch.title.as_ref().map(|title| title.text.clone());
                    let detail = title.unwrap_or_else(|| of.to_owned());
                    self.offer_of(&branch.state.text, CompletionKind::State, of, detail);
                }
            }
            Some(Kind::Term | Kind::Assessment | Kind::Warning) => {
                self.keywords(&["ja", "nej", "ukendt"]);
            }
            _ => {}
        }
    }
}

/// What is told of a completion, in Markdown, in the language of a file.
pub(crate) fn documentation(
    set: &RuleSet,
    file: FileId,
    label: &str,
    kind: CompletionKind,
    of: Option<&str>,
) -> Option<String> {
    let language = set.memo(file)?.language();
    let word = label.to_owned();
    let symbol = match kind {
        CompletionKind::Name(_) => Symbol::Name(word),
        CompletionKind::Field => Symbol::Field {
            table: of?.to_owned(),
            field: word,
        },
        CompletionKind::Value => {
            let (table, field) = of?.split_once('.')?;
            Symbol::Value {
                table: table.to_owned(),
                field: field.to_owned(),
                value: word,
            }
        }
        CompletionKind::State => Symbol::State {
            of: of?.to_owned(),
            state: word,
        },
        CompletionKind::Keyword => return hover::of_word(label.trim_end_matches(':'), language),
        CompletionKind::Snippet | CompletionKind::Date | CompletionKind::Citation => return None,
    };
    hover::of_symbol(set, &symbol, language)
}

#[cfg(test)]
mod tests;
