//! What is wrong in a file, in the file's own language.

use crate::days::dated;
use crate::rule_set::{CONTRADICTION, RuleSet};
use crate::words::pick;
use hjemmel_grammar::diagnostic::{self, Language, Severity, Tag};
use hjemmel_grammar::span::{FileId, Site, Span};

/// Something that is wrong, or worth a look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its stable code: `H0201`.
    pub code: &'static str,
    /// How serious it is.
    pub severity: Severity,
    /// Where to look.
    pub span: Span,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What is the matter at the place itself, in a few words.
    pub label: String,
    /// What to do.
    pub hint: Option<String>,
    /// The other places involved, and what is the matter there.
    pub related: Vec<(Site, String)>,
    /// How the place may be drawn.
    pub tag: Option<Tag>,
    /// The text that should stand instead, where that is certain enough to offer.
    pub replacement: Option<String>,
}

/// What is wrong in a file, in order of place.
pub(crate) fn diagnostics(set: &RuleSet, file: FileId) -> Vec<Diagnostic> {
    let Some(memo) = set.memo(file) else {
        return Vec::new();
    };
    let all = set.diagnostics().iter();
    all.filter_map(|it| worded(it, file, memo.language()))
        .collect()
}

/// The diagnostic in one language, if its first place is in the file.
fn worded(it: &diagnostic::Diagnostic, file: FileId, language: Language) -> Option<Diagnostic> {
    let (first, others) = it.labels.split_first()?;
    if first.site.file != file {
        return None;
    }
    let related = others.iter();
    Some(Diagnostic {
        code: it.code.0,
        severity: it.severity,
        span: first.site.span,
        // An editor shows no label: what came out instead must stand in the sentence.
        message: expected_and_got(it, language)
            .unwrap_or_else(|| it.message.get(language).to_owned()),
        label: first.text.get(language).to_owned(),
        hint: it.hint.as_ref().map(|hint| hint.get(language).to_owned()),
        related: related
            .map(|label| (label.site, label.text.get(language).to_owned()))
            .collect(),
        tag: it.tag,
        replacement: it.replacement.clone(),
    })
}

/// What a line of an example expects, and what the rules say instead; of that alone.
fn expected_and_got(it: &diagnostic::Diagnostic, language: Language) -> Option<String> {
    let says = it.labels.first().filter(|_| it.code.0 == CONTRADICTION)?;
    let message = it.message.get(language);
    let expects = message.split_once(pick(language, ", men ", ", but "));
    let expects = expects.map_or(message, |(expects, _)| expects);
    let told = format!("{expects}; {}", says.text.get(language));
    Some(dated(&told, language))
}

#[cfg(test)]
mod tests {
    use super::Severity;
    use crate::fixture::{Fixture, picture};

    /// Draws every error under its line.
    #[track_caller]
    fn check(fixture: &str, expected: &str) {
        let fixture = Fixture::new(fixture);
        let mut drawn = String::new();
        for file in fixture.analysis.files() {
            let found = fixture.analysis.diagnostics(file);
            let marks: Vec<_> = found
                .iter()
                .filter(|it| it.severity == Severity::Error)
                .map(|it| (it.span, format!("{} {}", it.code, it.message)))
                .collect();
            drawn.push_str(&picture(fixture.analysis.text(file), &marks));
        }
        assert_eq!(drawn.trim_end(), expected.trim_matches('\n'));
    }

    #[test]
    fn messages_are_in_the_language_of_the_file() {
        check(
            "
//- /da.regel
begreb voksen
  hjemmel kilde \"Prøve\"
  når tilbud
//- /en.regel
term grown_up
  basis source \"Test\"
  when offer
",
            "
  når tilbud
      ^^^^^^ H0201 navnet `tilbud` er ikke erklæret
  when offer
       ^^^^^ H0201 the name `offer` is not declared
",
        );
    }

    #[test]
    fn a_broken_line_leaves_the_rest_standing() {
        check(
            "
begreb a
  hjemmel kilde \"Prøve\"
  når b og

begreb b
  hjemmel kilde \"Prøve\"
  når c
",
            "
  når b og
          ^ H0119 Her mangler en betingelse
  når c
      ^ H0201 navnet `c` er ikke erklæret
",
        );
    }
}
