//! The front of the crate: [`Host`] takes changes, [`Analysis`] answers questions.

use crate::calls::{self, Call, Item};
use crate::code_actions::{self, Action};
use crate::code_lens::{self, Lens};
use crate::completion::{self, Completion};
use crate::definition::{self, Target};
use crate::diagnostics::{self, Diagnostic};
use crate::document_symbols::{self, DocumentSymbol};
use crate::folding::{self, Fold};
use crate::formatting;
use crate::highlight::{self, Highlight};
use crate::hover::{self, Hover};
use crate::lines::LineStarts;
use crate::links::{self, Link};
use crate::memo::Memo;
use crate::references;
use crate::relations;
use crate::rename::{self, Refusal};
use crate::rule_set::RuleSet;
use crate::selection;
use crate::semantic_tokens::{self, SemanticToken};
use crate::text_edit::{FileEdits, TextEdit};
use hjemmel_engine::Checker;
use hjemmel_engine::time::Day;
use hjemmel_grammar::diagnostic::Language;
use hjemmel_grammar::span::{FileId, Site, Span};
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex};

/// The rule files of one rule set as they are now.
#[derive(Debug, Default)]
pub struct Host {
    files: BTreeMap<Arc<str>, Arc<Memo>>,
    /// What is known of the rule set as it was last checked.
    checker: Arc<Mutex<Checker>>,
    snapshot: Option<Analysis>,
}

impl Host {
    /// No files.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file or gives it a new text. The same text again changes nothing.
    pub fn set_file(&mut self, path: impl Into<Arc<str>>, text: impl Into<Arc<str>>) {
        let (path, text) = (path.into(), text.into());
        let memo = match self.files.get(&path) {
            Some(memo) if memo.text == text => return,
            Some(memo) => memo.edited(text),
            None => Memo::new(path.clone(), text),
        };
        self.files.insert(path, Arc::new(memo));
        self.snapshot = None;
    }

    /// Takes a file away.
    pub fn remove_file(&mut self, path: &str) {
        if self.files.remove(path).is_some() {
            self.snapshot = None;
        }
    }

    /// The files as they are now; later changes do not reach it.
    #[must_use]
    pub fn snapshot(&mut self) -> Analysis {
        let (files, checker) = (&self.files, &self.checker);
        self.snapshot
            .get_or_insert_with(|| Analysis {
                set: Arc::new(RuleSet::new(
                    files.values().cloned().collect(),
                    checker.clone(),
                )),
                law: None,
            })
            .clone()
    }
}

/// An immutable picture of a rule set. Cheap to clone; what one clone works out, all have.
///
/// Files are numbered by path. A number is valid for this picture only; all offsets are bytes.
#[derive(Clone, Debug)]
pub struct Analysis {
    pub(crate) set: Arc<RuleSet>,
    /// The day whose law is shown; all versions if none.
    pub(crate) law: Option<Day>,
}

impl Analysis {
    /// The number of the file with this path.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<FileId> {
        self.set.file(path)
    }

    /// All files, by path.
    pub fn files(&self) -> impl Iterator<Item = FileId> + '_ {
        self.set.iter().map(|(file, _)| file)
    }

    /// The path of a file; empty if there is no such file.
    #[must_use]
    pub fn path(&self, file: FileId) -> &str {
        self.set.memo(file).map_or("", |memo| &memo.path)
    }

    /// The text of a file; empty if there is no such file.
    #[must_use]
    pub fn text(&self, file: FileId) -> &str {
        self.set.memo(file).map_or("", |memo| &memo.text)
    }

    /// Where the lines of a file begin.
    #[must_use]
    pub fn lines(&self, file: FileId) -> &LineStarts {
        static NONE: LazyLock<LineStarts> = LazyLock::new(|| LineStarts::new(""));
        self.set.memo(file).map_or(&NONE, Memo::lines)
    }

    /// The language of a file's keywords, which is the language of all answers about it.
    #[must_use]
    pub fn language(&self, file: FileId) -> Language {
        self.set.memo(file).map_or(Language::Danish, Memo::language)
    }

    /// What is wrong in a file.
    #[must_use]
    pub fn diagnostics(&self, file: FileId) -> Vec<Diagnostic> {
        diagnostics::diagnostics(&self.set, file)
    }

    /// What stands at an offset.
    #[must_use]
    pub fn hover(&self, file: FileId, offset: u32) -> Option<Hover> {
        self.hover_with_outcomes(file, offset, hover::hover(&self.set, file, offset))
    }

    /// Where the name at an offset is declared.
    #[must_use]
    pub fn definition(&self, file: FileId, offset: u32) -> Vec<Target> {
        definition::definition(&self.set, file, offset)
    }

    /// Where the name at an offset stands; with or without its declarations.
    #[must_use]
    pub fn references(&self, file: FileId, offset: u32, declarations: bool) -> Vec<Site> {
        references::references(&self.set, file, offset, declarations)
    }

    /// The declarations of a file.
    #[must_use]
    pub fn document_symbols(&self, file: FileId) -> Vec<DocumentSymbol> {
        document_symbols::document_symbols(&self.set, file)
    }

    /// The stretches of a file that can be folded away.
    #[must_use]
    pub fn folding(&self, file: FileId) -> Vec<Fold> {
        folding::folding(&self.set, file)
    }

    /// The edits that bring a file into its canonical form.
    #[must_use]
    pub fn formatting(&self, file: FileId) -> Vec<TextEdit> {
        formatting::formatting(&self.set, file)
    }

    /// What each word of a file is, in order of place.
    #[must_use]
    pub fn semantic_tokens(&self, file: FileId) -> Vec<SemanticToken> {
        semantic_tokens::semantic_tokens(&self.set, file)
    }

    /// What came of each example in a file.
    #[must_use]
    pub fn code_lens(&self, file: FileId) -> Vec<Lens> {
        code_lens::code_lens(&self.set, file)
    }

    /// What may stand at an offset.
    #[must_use]
    pub fn completion(&self, file: FileId, offset: u32) -> Vec<Completion> {
        completion::completion(&self.set, file, offset)
    }

    /// The name at an offset, if it can be renamed: its place and its word.
    pub fn prepare_rename(&self, file: FileId, offset: u32) -> Result<(Span, String), Refusal> {
        rename::prepare(&self.set, file, offset)
    }

    /// The edits that give the name at an offset another word, everywhere.
    pub fn rename(
        &self,
        file: FileId,
        offset: u32,
        new_name: &str,
    ) -> Result<Vec<FileEdits>, Refusal> {
        rename::rename(&self.set, file, offset, new_name)
    }

    /// What can be done at a place.
    #[must_use]
    pub fn code_actions(&self, file: FileId, span: Span) -> Vec<Action> {
        code_actions::code_actions(&self.set, file, span)
    }

    /// The places of a file that name what stands at an offset.
    #[must_use]
    pub fn highlight(&self, file: FileId, offset: u32) -> Vec<Highlight> {
        highlight::highlight(&self.set, file, offset)
    }

    /// What is declared anywhere and fits a query, the best first.
    #[must_use]
    pub fn workspace_symbols(&self, query: &str) -> Vec<crate::WorkspaceSymbol> {
        crate::workspace_symbols::workspace_symbols(&self.set, query)
    }

    /// What the name at an offset belongs to.
    #[must_use]
    pub fn type_definition(&self, file: FileId, offset: u32) -> Vec<Target> {
        relations::type_definition(&self.set, file, offset)
    }

    /// What belongs to the name at an offset: exemptions of a duty, versions of a rule.
    #[must_use]
    pub fn implementation(&self, file: FileId, offset: u32) -> Vec<Target> {
        relations::implementation(&self.set, file, offset)
    }

    /// What the name at an offset stands for in the hierarchy of uses.
    #[must_use]
    pub fn call_hierarchy(&self, file: FileId, offset: u32) -> Vec<Item> {
        calls::prepare(&self.set, file, offset)
    }

    /// What the rule at a place uses.
    #[must_use]
    pub fn uses(&self, site: Site) -> Vec<Call> {
        calls::outgoing(&self.set, site)
    }

    /// What uses the rule at a place.
    #[must_use]
    pub fn used_by(&self, site: Site) -> Vec<Call> {
        calls::incoming(&self.set, site)
    }

    /// Wider and wider stretches round an offset.
    #[must_use]
    pub fn selection(&self, file: FileId, offset: u32) -> Vec<Span> {
        selection::selection(&self.set, file, offset)
    }

    /// The words of a file that lead somewhere.
    #[must_use]
    pub fn links(&self, file: FileId) -> Vec<Link> {
        links::links(&self.set, file)
    }

    /// The edits of [`Self::formatting`] on the lines of a stretch.
    #[must_use]
    pub fn range_formatting(&self, file: FileId, span: Span) -> Vec<TextEdit> {
        formatting::range(&self.set, file, span)
    }

    /// The edits of the line above an offset, whose line has just been begun.
    #[must_use]
    pub fn on_type_formatting(&self, file: FileId, offset: u32) -> Vec<TextEdit> {
        formatting::on_type(&self.set, file, offset)
    }
}

#[cfg(test)]
mod tests {
    use super::{Analysis, Host};
    use std::sync::Arc;

    fn memo<'a>(analysis: &'a Analysis, path: &str) -> &'a crate::memo::Memo {
        analysis.set.memo(analysis.file(path).unwrap()).unwrap()
    }

    #[test]
    fn an_edit_throws_away_what_is_known_of_one_file() {
        let mut host = Host::new();
        host.set_file("a", "begreb a\n");
        host.set_file("b", "begreb b\n");
        let before = host.snapshot();
        host.set_file("a", "begreb c\n");
        let after = host.snapshot();
        assert!(std::ptr::eq(memo(&before, "b"), memo(&after, "b")));
        assert!(!std::ptr::eq(memo(&before, "a"), memo(&after, "a")));
        assert_eq!(
            before.text(before.file("a").unwrap()),
            "begreb a\n",
            "a picture stays"
        );
    }

    #[test]
    fn the_same_text_changes_nothing() {
        let mut host = Host::new();
        host.set_file("a", "begreb a\n");
        let before = host.snapshot();
        host.set_file("a", "begreb a\n");
        host.remove_file("findes ikke");
        assert!(Arc::ptr_eq(&before.set, &host.snapshot().set));
        host.remove_file("a");
        assert_eq!(host.snapshot().files().count(), 0);
    }
}
