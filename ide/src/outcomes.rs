//! The questions about what the rules say of cases, as methods of [`Analysis`].

use crate::analysis::Analysis;
use crate::bars;
use crate::compare;
use crate::examples::{self, ExampleOutcome};
use crate::explain::{self, Document};
use crate::hover::Hover;
use crate::inlay_hints::{self, InlayHint};
use crate::law::{self, LawDate, LawMark};
use crate::lenses::{self, ActionLens};
use crate::occurrence::Symbol;
use crate::population::Count;
use crate::signature::{self, Signature};
use crate::text_edit::TextEdit;
use crate::timelines::{self, Timelines};
use crate::translate;
use hjemmel_grammar::diagnostic::Language;
use hjemmel_grammar::span::{FileId, Span};
use std::collections::BTreeMap;
use std::sync::Arc;

impl Analysis {
    /// The examples of a file and what came of them.
    #[must_use]
    pub fn examples(&self, file: FileId) -> Vec<ExampleOutcome> {
        examples::examples(&self.set, file)
    }

    /// What every rule says of the case of the example around an offset.
    #[must_use]
    pub fn timelines(&self, file: FileId, offset: u32) -> Option<Timelines> {
        timelines::timelines(&self.set, file, offset)
    }

    /// The reasons for what the rules say of the example around an offset.
    #[must_use]
    pub fn explain(&self, file: FileId, offset: u32, language: Language) -> Option<Document> {
        explain::explain(&self.set, file, offset, language)
    }

    /// The edits that give a file the keywords of a language; `None` if it has syntax errors.
    #[must_use]
    pub fn translate(&self, file: FileId, to: Language) -> Option<Vec<TextEdit>> {
        translate::translate(&self.set, file, to)
    }

    /// What can be done with the declarations of a file.
    #[must_use]
    pub fn action_lenses(&self, file: FileId) -> Vec<ActionLens> {
        lenses::action_lenses(&self.set, file)
    }

    /// The small texts between the words of a stretch.
    #[must_use]
    pub fn inlay_hints(&self, file: FileId, span: Span) -> Vec<InlayHint> {
        inlay_hints::inlay_hints(&self.set, file, span)
    }

    /// What is to be written at an offset.
    #[must_use]
    pub fn signature(&self, file: FileId, offset: u32) -> Option<Signature> {
        signature::signature(&self.set, file, offset)
    }

    /// The same rules with another text of one file.
    #[must_use]
    pub fn with_text(&self, file: FileId, text: impl Into<Arc<str>>) -> Self {
        Self {
            set: Arc::new(self.set.with_texts([(file, text.into())])),
            law: self.law,
        }
    }

    /// What differs in the outcomes of examples from an earlier picture of the same files, and how
    /// many cases do, where they have been counted.
    #[must_use]
    pub fn compare(
        &self,
        before: &Self,
        file: FileId,
        cases: &BTreeMap<String, Count>,
        language: Language,
    ) -> Option<Document> {
        compare::compare(&self.set, &before.set, file, cases, language)
    }

    /// The same files under the law of a day; all versions if none.
    #[must_use]
    pub fn as_of(&self, law: Option<LawDate>) -> Self {
        Self {
            set: self.set.clone(),
            law: law.map(|law| law.0),
        }
    }

    /// The day whose law is shown.
    #[must_use]
    pub fn law(&self) -> Option<LawDate> {
        self.law.map(LawDate)
    }

    /// What of a file is not in force on the day whose law is shown, and what will change.
    #[must_use]
    pub fn law_marks(&self, file: FileId) -> Vec<LawMark> {
        let marks = self.law.map(|law| law::marks(&self.set, file, law));
        marks.unwrap_or_default()
    }

    /// A hover with the timeline of the example there, and with the versions under the law shown.
    pub(crate) fn hover_with_outcomes(
        &self,
        file: FileId,
        offset: u32,
        hover: Option<Hover>,
    ) -> Option<Hover> {
        let mut hover = bars::with_bars(&self.set, file, offset, hover)?;
        if let (Some(law), Some((_, Symbol::Name(name)))) =
            (self.law, self.set.symbol_at(file, offset))
        {
            let told = law::versions(&self.set, &name, law, self.language(file));
            let told = told.map(|told| format!("\n\n{told}"));
            hover.text.push_str(&told.unwrap_or_default());
        }
        Some(hover)
    }
}
