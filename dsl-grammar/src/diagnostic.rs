//! The one kind of message a person ever sees about a rule file.
//!
//! Made by named functions (in `syntax_errors.rs` here and in the engine's `diagnostics/`), never
//! by building a [`Diagnostic`] at the place of the error; rendered by the program and the editor.

pub use crate::nearest::{Lookalikes, nearest};

use crate::span::Site;

/// The language that a message is shown in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// Danish.
    #[default]
    Danish,
    /// English.
    English,
}

/// The same text in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Text {
    /// Danish.
    pub da: String,
    /// English.
    pub en: String,
}

impl Text {
    /// A text from its Danish and its English wording.
    pub fn new(da: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            da: da.into(),
            en: en.into(),
        }
    }

    /// A text that reads the same in both languages (a name, a citation).
    pub fn same(text: impl Into<String>) -> Self {
        let text = text.into();
        Self {
            da: text.clone(),
            en: text,
        }
    }

    /// The wording in `language`.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Danish => &self.da,
            Language::English => &self.en,
        }
    }
}

/// A stable code such as `H0201`. It never changes meaning and has a page of the same name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(pub &'static str);

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

/// How serious a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The rules cannot be used.
    Error,
    /// The rules can be used; the author should look.
    Warning,
}

/// A place involved in a diagnostic, and what is the matter there.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Label {
    /// Where.
    pub site: Site,
    /// What, in a few words.
    pub text: Text,
}

/// What can be told of a diagnostic's text beyond its severity; an editor draws these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tag {
    /// The place has no effect.
    Unused,
    /// The place is no longer in force.
    Obsolete,
}

/// One message about rule files.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Diagnostic {
    /// Stable code.
    pub code: Code,
    /// Error or warning.
    pub severity: Severity,
    /// One sentence without a full stop; makes sense alone.
    pub message: Text,
    /// Every place involved; the first is where the reader should look.
    pub labels: Vec<Label>,
    /// What to do about it.
    pub hint: Option<Text>,
    /// How an editor may draw the first place.
    pub tag: Option<Tag>,
    /// The text that should stand instead of the first label's, where it is certain enough to offer.
    pub replacement: Option<String>,
}

impl Diagnostic {
    /// An error with `message` at `site`; `label` says what is the matter there.
    #[must_use]
    pub fn error(code: Code, message: Text, site: Site, label: Text) -> Self {
        Self {
            code,
            severity: Severity::Error,
            message,
            labels: vec![Label { site, text: label }],
            hint: None,
            tag: None,
            replacement: None,
        }
    }

    /// The same as a warning.
    #[must_use]
    pub fn warning(code: Code, message: Text, site: Site, label: Text) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(code, message, site, label)
        }
    }

    /// Adds a further place involved.
    #[must_use]
    pub fn also(mut self, site: Site, label: Text) -> Self {
        self.labels.push(Label { site, text: label });
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn hint(mut self, hint: Text) -> Self {
        self.hint = Some(hint);
        self
    }

    /// Offers `text` instead of the first label's text.
    #[must_use]
    pub fn replace_with(mut self, text: impl Into<String>) -> Self {
        self.replacement = Some(text.into());
        self
    }

    /// Draws the first place as unused or obsolete.
    #[must_use]
    pub fn tagged(mut self, tag: Tag) -> Self {
        self.tag = Some(tag);
        self
    }

    /// The same with every place where `place` puts it.
    #[must_use]
    pub fn moved(mut self, place: impl Fn(Site) -> Site) -> Self {
        for label in &mut self.labels {
            label.site = place(label.site);
        }
        self
    }

    /// Where the reader should look first.
    #[must_use]
    pub fn site(&self) -> Option<Site> {
        self.labels.first().map(|label| label.site)
    }
}
