//! The files of one moment together: which name is declared where, and what the engine says.

use crate::memo::Memo;
use crate::occurrence::{Occurrence, Role, Symbol};
use hjemmel_engine::Checker;
use hjemmel_engine::model::Model;
use hjemmel_grammar::diagnostic::{Diagnostic, Severity};
use hjemmel_grammar::span::{FileId, Site, Span};
use hjemmel_grammar::syntax::{Branch, ClauseKind, Declaration, FieldType, Kind, Name};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// The fields that the table of every assessment has without declaring them.
pub(crate) const ASSESSMENT_FIELDS: [&str; 2] = ["afgørelse", "revurderes"];

/// The code of an expectation that the rules contradict.
pub(crate) const CONTRADICTION: &str = "H0801";

/// The files of a rule set.
#[derive(Debug)]
pub(crate) struct RuleSet {
    files: Vec<Arc<Memo>>,
    /// What is known of the rule set as it was when it was last asked what is wrong.
    checker: Arc<Mutex<Checker>>,
    diagnostics: OnceLock<Vec<Diagnostic>>,
    model: OnceLock<Option<Model>>,
    names: OnceLock<BTreeMap<String, Vec<(FileId, usize)>>>,
}

/// A declaration and its file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Declared<'s> {
    /// The file.
    pub(crate) memo: &'s Memo,
    /// The declaration.
    pub(crate) declaration: &'s Declaration,
}

/// A declared field and its declaration's file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DeclaredField<'s> {
    /// The table or assessment.
    pub(crate) owner: Declared<'s>,
    /// The field's name.
    pub(crate) name: &'s Name,
    /// Its type.
    pub(crate) ty: &'s FieldType,
    /// Its values are kept out of messages.
    pub(crate) sensitive: bool,
    /// The clause.
    pub(crate) span: Span,
}

impl DeclaredField<'_> {
    /// The words the field can be, if it is enumerated.
    pub(crate) fn values(&self) -> &[Name] {
        match self.ty {
            FieldType::OneOf(values) => values,
            _ => &[],
        }
    }
}

impl RuleSet {
    /// The files, by path. The checker follows them, whatever it knew before.
    pub(crate) fn new(files: Vec<Arc<Memo>>, checker: Arc<Mutex<Checker>>) -> Self {
        Self {
            files,
            checker,
            diagnostics: OnceLock::new(),
            model: OnceLock::new(),
            names: OnceLock::new(),
        }
    }

    /// The same files, some of them with another text; each other one is read only once for both,
    /// and what is wrong is worked out from what is known of these.
    pub(crate) fn with_texts(&self, texts: impl IntoIterator<Item = (FileId, Arc<str>)>) -> Self {
        let mut files = self.files.clone();
        for (file, text) in texts {
            let place = usize::try_from(file.0).ok();
            if let Some(memo) = place.and_then(|n| files.get_mut(n)) {
                *memo = Arc::new(memo.edited(text));
            }
        }
        // One that broke down knows nothing that can be trusted.
        let known = self.checker.lock().map(|checker| checker.clone());
        Self::new(files, Arc::new(Mutex::new(known.unwrap_or_default())))
    }

    /// The number of the file with this path.
    pub(crate) fn file(&self, path: &str) -> Option<FileId> {
        let found = self
            .files
            .binary_search_by(|memo| memo.path.as_ref().cmp(path));
        found.ok().and_then(|n| u32::try_from(n).ok()).map(FileId)
    }

    /// A file.
    pub(crate) fn memo(&self, file: FileId) -> Option<&Memo> {
        let n = usize::try_from(file.0).ok()?;
        self.files.get(n).map(AsRef::as_ref)
    }

    /// All files with their numbers.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (FileId, &Memo)> {
        (0..).map(FileId).zip(self.files.iter().map(AsRef::as_ref))
    }

    /// Whether the rules give answers: none has an error, apart from examples that they contradict.
    pub(crate) fn is_usable(&self) -> bool {
        let broken = |it: &Diagnostic| it.severity == Severity::Error && it.code.0 != CONTRADICTION;
        !self.diagnostics().iter().any(broken)
    }

    /// What the rules mean, if they give answers.
    pub(crate) fn model(&self) -> Option<&Model> {
        let model = self.model.get_or_init(|| {
            let sound = self.is_usable();
            let pieces = self.files.iter().map(|memo| Arc::clone(memo.pieces()));
            sound.then(|| hjemmel_engine::resolve_pieces(&pieces.collect::<Vec<_>>()))
        });
        model.as_ref()
    }

    /// What is wrong, by file and place. Only what an edit can have changed is checked again.
    pub(crate) fn diagnostics(&self) -> &[Diagnostic] {
        self.diagnostics.get_or_init(|| {
            let files = self.files.iter();
            let files = files.map(|memo| (memo.path.clone(), Arc::clone(memo.pieces())));
            let files: Vec<_> = files.collect();
            let mut checker = self.checker.lock().unwrap_or_else(|poisoned| {
                // A check broke down half way: nothing that it knew can be trusted.
                let mut checker = PoisonError::into_inner(poisoned);
                *checker = Checker::default();
                checker
            });
            checker.check(&files)
        })
    }

    /// The declarations of a name: several, if it has versions.
    pub(crate) fn declarations(&self, name: &str) -> Vec<Declared<'_>> {
        self.declared(name).collect()
    }

    fn declared(&self, name: &str) -> impl Iterator<Item = Declared<'_>> {
        let names = self.names.get_or_init(|| self.collect_names());
        let places = names.get(name).into_iter().flatten();
        places.filter_map(|(file, n)| {
            let memo = self.memo(*file)?;
            let declaration = memo.tree().declarations.get(*n)?;
            Some(Declared { memo, declaration })
        })
    }

    fn collect_names(&self) -> BTreeMap<String, Vec<(FileId, usize)>> {
        let mut names: BTreeMap<String, Vec<(FileId, usize)>> = BTreeMap::new();
        for (file, memo) in self.iter() {
            for (n, declaration) in memo.tree().declarations.iter().enumerate() {
                if let Some(name) = &declaration.name {
                    names.entry(name.text.clone()).or_default().push((file, n));
                }
            }
        }
        names
    }

    /// What a name is declared as.
    pub(crate) fn kind_of(&self, name: &str) -> Option<Kind> {
        let first = self.declared(name).next()?;
        Some(first.declaration.kind)
    }

    /// Every declared name with its first declaration, in alphabetical order.
    pub(crate) fn names(&self) -> impl Iterator<Item = (&str, Declared<'_>)> {
        let names = self.names.get_or_init(|| self.collect_names());
        names.keys().filter_map(|name| {
            let first = self.declared(name).next()?;
            Some((name.as_str(), first))
        })
    }

    /// The fields that a table or an assessment declares.
    pub(crate) fn fields(&self, table: &str) -> Vec<DeclaredField<'_>> {
        let owners = self.declarations(table).into_iter();
        let owners =
            owners.filter(|owner| matches!(owner.declaration.kind, Kind::Data | Kind::Assessment));
        let fields = owners.flat_map(|owner| {
            let clauses = owner.declaration.clauses.iter();
            clauses.filter_map(move |clause| match &clause.kind {
                ClauseKind::Field {
                    name,
                    ty,
                    sensitive,
                } => Some(DeclaredField {
                    owner,
                    name,
                    ty,
                    sensitive: *sensitive,
                    span: clause.span,
                }),
                _ => None,
            })
        });
        fields.collect()
    }

    /// The field of that name.
    pub(crate) fn field(&self, table: &str, field: &str) -> Option<DeclaredField<'_>> {
        let fields = self.fields(table).into_iter();
        fields.into_iter().find(|each| each.name.text == field)
    }

    /// The branches of all versions of a classification.
    pub(crate) fn branches(&self, classification: &str) -> Vec<(Declared<'_>, &Branch)> {
        let versions = self.declarations(classification).into_iter();
        let branches = versions.flat_map(|version| {
            let clauses = version.declaration.clauses.iter();
            clauses.filter_map(move |clause| match &clause.kind {
                ClauseKind::Branch(branch) => Some((version, branch)),
                _ => None,
            })
        });
        branches.collect()
    }

    /// The name at an offset: its place and what it means.
    pub(crate) fn symbol_at(&self, file: FileId, offset: u32) -> Option<(Span, Symbol)> {
        let occurrences = self.memo(file)?.occurrences();
        let touching = occurrences
            .iter()
            .filter(|occurrence| occurrence.span.touches(offset));
        // Between two names the one that begins here is meant.
        let occurrence = touching.max_by_key(|occurrence| occurrence.span.start)?;
        Some((occurrence.span, self.meaning(&occurrence.symbol)))
    }

    /// A symbol that can be compared: a bare value becomes the value of the one field that has it.
    pub(crate) fn meaning(&self, symbol: &Symbol) -> Symbol {
        let Symbol::BareValue { table, value } = symbol else {
            return symbol.clone();
        };
        let fields = self.fields(table);
        let mut owners = fields
            .iter()
            .filter(|field| field.values().iter().any(|each| each.text == *value));
        match (owners.next(), owners.next()) {
            (Some(field), None) => Symbol::Value {
                table: table.clone(),
                field: field.name.text.clone(),
                value: value.clone(),
            },
            _ => symbol.clone(),
        }
    }

    /// Every place where something is named.
    pub(crate) fn places(&self, symbol: &Symbol) -> Vec<(FileId, &Occurrence)> {
        let mut found = Vec::new();
        for (file, memo) in self.iter() {
            let same = memo.occurrences().iter().filter(|occurrence| {
                occurrence.symbol.word() == symbol.word()
                    && self.meaning(&occurrence.symbol) == *symbol
            });
            found.extend(same.map(|occurrence| (file, occurrence)));
        }
        found
    }

    /// The places where something is declared, or used.
    pub(crate) fn sites(&self, symbol: &Symbol, role: Role) -> Vec<Site> {
        let places = self.places(symbol).into_iter();
        let places = places.filter(|(_, occurrence)| occurrence.role == role);
        places
            .map(|(file, occurrence)| Site {
                file,
                span: occurrence.span,
            })
            .collect()
    }
}
