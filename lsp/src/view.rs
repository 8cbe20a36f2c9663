//! What a request is answered from: all rule sets and open documents at one moment.

use crate::convert::{Encoding, Lines, path_of, uri_of};
use crate::live::Counts;
use hjemmel_ide::population::Count;
use hjemmel_ide::{Analysis, FileId, Language, Limits, Site};
use std::collections::BTreeMap;
use std::sync::Arc;
use tower_lsp::ls_types::{Location, Position, TextDocumentIdentifier, Uri};

/// What the client can do, as far as it matters here.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Abilities {
    /// What its columns count.
    pub(crate) encoding: Encoding,
    /// It takes the addresses of pages about diagnostics.
    pub(crate) pages: bool,
    /// It asks for diagnostics itself; they are not sent to it as well.
    pub(crate) pulls: bool,
    /// It lets itself be told that diagnostics should be asked for again.
    pub(crate) refreshes: bool,
    /// It takes text with places to fill in.
    pub(crate) snippets: bool,
    /// It takes links with their origin for a definition.
    pub(crate) links: bool,
    /// It takes edits with the versions they were made for.
    pub(crate) versioned_edits: bool,
    /// It lets the server ask to be told of changed files.
    pub(crate) watches: bool,
    /// The language it wants to be answered in; without one, the file's.
    pub(crate) language: Option<Language>,
    /// It is one of ours: it knows the messages of `lsp/editors/PROTOCOL.md`.
    pub(crate) own_messages: bool,
    /// It shows work that takes long.
    pub(crate) progress: bool,
    /// It can be asked to ask for lenses again.
    pub(crate) lens_refresh: bool,
    /// It can be asked to ask for inlay hints again.
    pub(crate) hint_refresh: bool,
}

/// An immutable picture of everything.
#[derive(Debug)]
pub(crate) struct View {
    /// What the client can do.
    pub(crate) abilities: Abilities,
    /// How large a rule file may be.
    pub(crate) limits: Limits,
    /// The rule sets; no file is in two.
    pub(crate) sets: Vec<Analysis>,
    /// The open documents by path: their address as the client writes it, and their version.
    pub(crate) open: Arc<BTreeMap<String, (Uri, i32)>>,
    /// How many cases of the extract each rule covers, once they are counted.
    pub(crate) counts: Option<Arc<Counts>>,
}

/// A file of a view.
pub(crate) struct Place<'v> {
    /// The view.
    pub(crate) view: &'v View,
    /// Its rule set.
    pub(crate) analysis: &'v Analysis,
    /// Its number there.
    pub(crate) file: FileId,
}

impl View {
    /// The file that a request is about, if the server has it.
    pub(crate) fn place(&self, document: &TextDocumentIdentifier) -> Option<Place<'_>> {
        let path = path_of(&document.uri);
        self.sets.iter().find_map(|analysis| {
            Some(Place {
                view: self,
                analysis,
                file: analysis.file(&path)?,
            })
        })
    }

    /// The address of a path: as the client writes it, if the document is open.
    pub(crate) fn uri(&self, path: &str) -> Option<Uri> {
        match self.open.get(path) {
            Some((uri, _)) => Some(uri.clone()),
            None => uri_of(path),
        }
    }

    /// The version of a document, if it is open.
    pub(crate) fn version(&self, path: &str) -> Option<i32> {
        self.open.get(path).map(|(_, version)| *version)
    }
}

impl<'v> Place<'v> {
    /// The numbers of the rules of this rule set, once they are counted.
    pub(crate) fn counts(&self) -> Option<&'v BTreeMap<String, Count>> {
        let mut sets = self.view.sets.iter();
        let set = sets.position(|each| std::ptr::eq(each, self.analysis))?;
        self.view.counts.as_deref()?.get(set)
    }

    /// The lines of the file.
    pub(crate) fn lines(&self) -> Lines<'v> {
        self.lines_of(self.file)
    }

    /// The lines of another file of the same rule set.
    pub(crate) fn lines_of(&self, file: FileId) -> Lines<'v> {
        Lines::of(self.analysis, file, self.view.abilities.encoding)
    }

    /// The byte at a position of the file.
    pub(crate) fn offset(&self, position: Position) -> u32 {
        self.lines().offset(position)
    }

    /// The address of a file of the same rule set.
    pub(crate) fn uri_of(&self, file: FileId) -> Option<Uri> {
        self.view.uri(self.analysis.path(file))
    }

    /// A place of the same rule set as the protocol writes it.
    pub(crate) fn location(&self, site: Site) -> Option<Location> {
        Some(Location {
            uri: self.uri_of(site.file)?,
            range: self.lines_of(site.file).range(site.span),
        })
    }
}
