//! Fixes of what is wrong: one file for each group of codes.
//!
//! A fix never makes law: a basis that is added says that it is not verified, and where only the
//! author knows what must stand, `…` stands, which no rule set accepts.

pub(crate) mod dates;
mod days;
mod declared;
mod examples;
mod ground;
mod links;
mod names;
mod structure;
mod text;
mod types;
pub(crate) mod versions;

pub(crate) use ground::Ground;

use crate::diagnostics::Diagnostic;
use crate::text_edit::{FileEdits, TextEdit};
use hjemmel_grammar::diagnostic::Language;
use hjemmel_grammar::span::{FileId, slice};

/// What only the author can fill in.
pub(crate) const HOLE: &str = "…";

/// The replacements that change nothing of what a file says.
const CERTAIN: [&str; 3] = ["H0105", "H0111", "H0121"];

/// The codes that have a fix without a doubt, at least sometimes: other fixes are not worked out
/// before they are asked for.
const MAYBE_CERTAIN: [&str; 5] = ["H0105", "H0110", "H0111", "H0121", "H0704"];

/// A way to mend something.
#[derive(Clone, Debug)]
pub(crate) struct Fix {
    /// What it does.
    pub(crate) title: String,
    /// There is no doubt: it can be done together with others of its kind.
    pub(crate) certain: bool,
    /// It is most likely what is wanted.
    pub(crate) preferred: bool,
    /// The edits of the file, in order of place.
    pub(crate) edits: Vec<TextEdit>,
    /// The edits of other files, which are made together with those.
    pub(crate) elsewhere: Vec<FileEdits>,
}

impl Fix {
    /// One of several ways.
    fn new(title: impl Into<String>, mut edits: Vec<TextEdit>) -> Self {
        edits.sort();
        Self {
            title: title.into(),
            certain: false,
            preferred: false,
            edits,
            elsewhere: Vec::new(),
        }
    }

    /// One of several ways, with edits of any files.
    fn across(
        ground: &Ground<'_>,
        title: impl Into<String>,
        edits: impl IntoIterator<Item = (FileId, TextEdit)>,
    ) -> Self {
        let (own, elsewhere) = FileEdits::collect(edits)
            .into_iter()
            .partition::<Vec<_>, _>(|it| it.file == ground.file);
        let own = own.into_iter().flat_map(|it| it.edits).collect();
        Self {
            elsewhere,
            ..Self::new(title, own)
        }
    }

    /// The likely way.
    fn preferred(self) -> Self {
        Self {
            preferred: true,
            ..self
        }
    }

    /// The only way.
    fn certain(self) -> Self {
        Self {
            certain: true,
            preferred: true,
            ..self
        }
    }
}

/// The fixes of one diagnostic.
pub(crate) fn fixes(ground: &Ground<'_>, it: &Diagnostic) -> Vec<Fix> {
    let mut all: Vec<Fix> = replacement(ground, it).into_iter().collect();
    all.extend(match it.code.get(..3) {
        Some("H01") => text::fixes(ground, it),
        Some("H02" | "H04") => {
            let mut all = declared::fixes(ground, it);
            all.extend(names::fixes(ground, it));
            all.extend(days::fixes(ground, it));
            all
        }
        Some("H03") => types::fixes(ground, it),
        Some("H05") => {
            let mut all = versions::fixes(ground, it);
            all.extend(days::fixes(ground, it));
            all
        }
        Some("H06" | "H07") => structure::fixes(ground, it),
        Some("H08") => examples::fixes(ground, it),
        _ => Vec::new(),
    });
    all
}

/// What the message itself offers instead.
fn replacement(ground: &Ground<'_>, it: &Diagnostic) -> Option<Fix> {
    let new = it.replacement.clone()?;
    let old = slice(ground.text(), it.span);
    let title = replacing(old, &new, ground.language);
    let edit = TextEdit {
        span: it.span,
        text: new,
    };
    let fix = Fix::new(title, vec![edit]).preferred();
    Some(if CERTAIN.contains(&it.code) {
        fix.certain()
    } else {
        fix
    })
}

fn replacing(old: &str, new: &str, language: Language) -> String {
    let pick = |da, en| crate::words::pick(language, da, en);
    match (is_visible(old), is_visible(new)) {
        (_, true) => format!("{} `{new}`", pick("Ret til", "Change to")),
        (true, false) => format!("{} `{old}`", pick("Slet", "Delete")),
        (false, false) if new.is_empty() => {
            pick("Slet det usynlige", "Delete what cannot be seen").to_owned()
        }
        (false, false) => pick("Ret", "Mend").to_owned(),
    }
}

/// Whether a text can be shown in a title: marks that turn what follows round cannot.
fn is_visible(text: &str) -> bool {
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{AD}' | '\u{FEFF}' | '\u{200B}'..='\u{200F}')
            || matches!(c, '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}')
    };
    !text.trim().is_empty() && !text.contains(hidden)
}

/// Everything of the file that can be mended without a doubt, at once.
pub(crate) fn all_certain(ground: &Ground<'_>, found: &[Diagnostic]) -> Vec<TextEdit> {
    let certain = found.iter().filter(|it| MAYBE_CERTAIN.contains(&it.code));
    let certain = certain.flat_map(|it| fixes(ground, it));
    let mut edits: Vec<TextEdit> = certain
        .filter(|fix| fix.certain)
        .flat_map(|fix| fix.edits)
        .collect();
    edits.sort();
    edits.dedup();
    let mut done = 0;
    edits.retain(|edit| {
        let apart = done <= edit.span.start;
        done = if apart { edit.span.end } else { done };
        apart
    });
    edits
}

#[cfg(test)]
mod tests;
