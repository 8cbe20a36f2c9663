//! From syntax trees to the model: names become ids, types are checked, versions are gathered.
//!
//! Nothing here stops at an error: what cannot be resolved becomes a diagnostic and a condition
//! that is unknown everywhere, and everything else keeps its meaning.

mod clauses;
mod conditions;
mod examples;
mod header;
mod links;
mod names;
mod rows;
mod rules;
mod schema;
mod values;

use crate::case::Case;
use crate::model::Model;
use hjemmel_grammar::diagnostic::Diagnostic;
use hjemmel_grammar::span::{FileId, Site, Span};
use hjemmel_grammar::syntax::{Declaration, Kind};
use names::Names;
pub(crate) use names::{Kinds, Uses};
use std::sync::Arc;

/// What came of resolving declarations.
pub(crate) struct Resolved {
    /// What they mean.
    pub(crate) model: Model,
    /// What is wrong with them.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Which of them uses which names.
    pub(crate) uses: Uses,
}

/// Resolves declarations: all of a rule set, or some of them and everything that these depend on.
/// In that case `kinds` are the names of all, so that a misspelt one can be told from the nearest.
pub(crate) fn resolve(declared: &[Declared<'_>], kinds: Option<Arc<Kinds>>) -> Resolved {
    let mut diagnostics = Vec::new();
    let names = Names::collect(declared, kinds, &mut diagnostics);
    let mut resolver = Resolver {
        names,
        model: Model::default(),
        diagnostics,
        birth_date: None,
    };
    resolver.schema(declared);
    resolver.parameters(declared);
    resolver.rules(declared);
    for example in declared
        .iter()
        .filter(|declared| declared.declaration.kind == Kind::Example)
    {
        resolver.example(*example);
    }
    Resolved {
        model: resolver.model,
        diagnostics: resolver.diagnostics,
        uses: resolver.names.into_uses(),
    }
}

/// The rows of an example that is read alone, for rules that have been resolved.
pub(crate) fn given(model: &Model, declared: Declared<'_>) -> (Case, Vec<Diagnostic>) {
    let mut resolver = Resolver {
        names: Names::of_model(model),
        model: model.clone(),
        diagnostics: Vec::new(),
        birth_date: None,
    };
    let case = resolver.given(declared);
    (case, resolver.diagnostics)
}

/// A declaration and where it stands.
#[derive(Clone, Copy)]
pub(crate) struct Declared<'s> {
    /// Its file.
    pub(crate) file: FileId,
    /// The byte of the file that its spans count from.
    pub(crate) start: u32,
    /// Its position among all that are resolved together.
    pub(crate) number: usize,
    /// What is written.
    pub(crate) declaration: &'s Declaration,
}

impl<'s> Declared<'s> {
    fn site(&self, span: Span) -> Site {
        Site {
            file: self.file,
            span: span.shifted(self.start),
        }
    }

    /// The place of the declaration's name, or of its keyword.
    pub(crate) fn name_site(&self) -> Site {
        let name = self.declaration.name.as_ref();
        self.site(name.map_or(self.declaration.keyword, |name| name.span))
    }

    /// The declaration's name; empty if it is broken.
    pub(crate) fn name(&self) -> &'s str {
        self.declaration.name.as_ref().map_or("", |name| &name.text)
    }
}

/// The model as far as it is made, and what is needed to make the rest.
struct Resolver {
    names: Names,
    model: Model,
    diagnostics: Vec<Diagnostic>,
    /// The field that `alder` is counted from.
    birth_date: Option<(crate::model::TableId, crate::model::FieldId)>,
}

impl Resolver {
    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }
}
