//! The files of a rule set: path and text, addressed by [`FileId`].

use crate::span::{FileId, Site};

/// One file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The path as it is shown to people; the language gives it no meaning.
    pub path: String,
    /// The text as read, unchanged: all spans are bytes of it.
    pub text: String,
    /// What is shown of a file that is not UTF-8 and whose `text` is therefore empty.
    shown: Option<String>,
}

/// The files of a rule set. A [`FileId`] is a position in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// No files.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file and says which it is.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(Source {
            path: path.into(),
            text: text.into(),
            shown: None,
        });
        id
    }

    /// Adds a file that is not UTF-8: it says nothing, but places in it can be shown. A byte that
    /// is no text stands there as `?`, so that all others keep their places.
    pub fn add_unreadable(&mut self, path: impl Into<String>, bytes: &[u8]) -> FileId {
        let id = self.add(path, "");
        let mut shown = String::with_capacity(bytes.len());
        for chunk in bytes.utf8_chunks() {
            shown.push_str(chunk.valid());
            shown.extend(chunk.invalid().iter().map(|_| '?'));
        }
        if let Some(file) = self.files.last_mut() {
            file.shown = Some(shown);
        }
        id
    }

    /// The file, if there is one.
    #[must_use]
    pub fn get(&self, file: FileId) -> Option<&Source> {
        self.files.get(usize::try_from(file.0).ok()?)
    }

    /// The path of a file; empty if there is no such file.
    #[must_use]
    pub fn path(&self, file: FileId) -> &str {
        self.get(file).map_or("", |source| &source.path)
    }

    /// The text of a file; empty if there is no such file.
    #[must_use]
    pub fn text(&self, file: FileId) -> &str {
        self.get(file).map_or("", |source| &source.text)
    }

    /// What may be shown of a file; empty if there is no such file.
    #[must_use]
    pub fn shown(&self, file: FileId) -> &str {
        let shown = self.get(file).and_then(|source| source.shown.as_deref());
        shown.unwrap_or_else(|| self.text(file))
    }

    /// The text at a place; empty if the place does not lie in the file.
    #[must_use]
    pub fn slice(&self, site: Site) -> &str {
        crate::span::slice(self.text(site.file), site.span)
    }

    /// All files with their numbers, in the order added.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        (0..).map(FileId).zip(&self.files)
    }

    /// How many files there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}
