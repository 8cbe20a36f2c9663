//! From syntax trees to the model: names become ids, types are checked, versions are gathered.
//!
//! Nothing here stops at an error: what cannot be resolved becomes a diagnostic and a condition
//! that is unknown everywhere, and everything else keeps its meaning.

mod clauses;
mod conditions;
mod examples;
mod names;
mod rows;
mod rules;
mod schema;
mod values;

use crate::model::Model;
use hjemmel_grammar::diagnostic::Diagnostic;
use hjemmel_grammar::span::{FileId, Site, Span};
use hjemmel_grammar::syntax::{Declaration, File, Kind};
use names::Names;

/// The model of a rule set, and what is wrong with it.
pub(crate) fn resolve(files: &[(FileId, &File)]) -> (Model, Vec<Diagnostic>) {
    let declared: Vec<Declared<'_>> = files
        .iter()
        .flat_map(|(file, tree)| {
            tree.declarations.iter().map(|declaration| Declared {
                file: *file,
                declaration,
            })
        })
        .collect();
    let mut diagnostics = Vec::new();
    let names = Names::collect(&declared, &mut diagnostics);
    let mut resolver = Resolver {
        names,
        model: Model::default(),
        diagnostics,
        birth_date: None,
    };
    resolver.schema(&declared);
    resolver.parameters(&declared);
    resolver.rules(&declared);
    for example in declared
        .iter()
        .filter(|declared| declared.declaration.kind == Kind::Example)
    {
        resolver.example(*example);
    }
    // What could not be read, or names nothing, may have meant any of them.
    let unread = declared.iter().any(|item| item.declaration.broken);
    let mut found = resolver.diagnostics.iter();
    if !unread && !found.any(|diagnostic| diagnostic.code.0.starts_with("H02")) {
        resolver.report_unused();
    }
    (resolver.model, resolver.diagnostics)
}

/// A declaration and the file it stands in.
#[derive(Clone, Copy)]
struct Declared<'s> {
    file: FileId,
    declaration: &'s Declaration,
}

impl Declared<'_> {
    fn site(&self, span: Span) -> Site {
        Site {
            file: self.file,
            span,
        }
    }

    /// The place of the declaration's name, or of its keyword.
    fn name_site(&self) -> Site {
        let name = self.declaration.name.as_ref();
        self.site(name.map_or(self.declaration.keyword, |name| name.span))
    }

    /// The declaration's name; empty if it is broken.
    fn name(&self) -> &str {
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
    /// Reports names that nothing uses: no rule, no citation, no example.
    fn report_unused(&mut self) {
        for (name, meaning) in
            self.names
                .unused(&[Kind::Act, Kind::Term, Kind::Parameter, Kind::Assessment])
        {
            self.report(crate::diagnostics::analysis::unused(
                meaning.site,
                meaning.kind,
                &name,
            ));
        }
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }
}
