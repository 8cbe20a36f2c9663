//! What can be done at a place: fixes of what is wrong there, and the file in the other language.

use crate::diagnostics::{self, Diagnostic};
use crate::formatting::with_ends_of;
use crate::memo::Memo;
use crate::rule_set::RuleSet;
use crate::text_edit::{TextEdit, between};
use crate::tokens::{index, line_end, span};
use crate::words::{in_language, pick};
use hjemmel_grammar::diagnostic::Language;
use hjemmel_grammar::span::{FileId, Span, slice};
use hjemmel_grammar::translate;

/// A rule without its basis.
const MISSING_BASIS: &str = "H0401";

/// What an action is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ActionKind {
    /// It mends what is wrong.
    Fix(Box<Diagnostic>),
    /// It writes the same in another way.
    Rewrite,
}

/// Something that can be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// What it does, in a few words.
    pub title: String,
    /// What it is for.
    pub kind: ActionKind,
    /// It is surely what is wanted.
    pub preferred: bool,
    /// The edits of the file.
    pub edits: Vec<TextEdit>,
}

/// What can be done at a place of a file.
pub(crate) fn code_actions(set: &RuleSet, file: FileId, at: Span) -> Vec<Action> {
    let Some(memo) = set.memo(file) else {
        return Vec::new();
    };
    let found = diagnostics::diagnostics(set, file);
    let here = found
        .into_iter()
        .filter(|it| it.span.start <= at.end && at.start <= it.span.end);
    let mut actions: Vec<Action> = here.flat_map(|it| fixes(memo, it)).collect();
    actions.extend(in_other_language(memo, at));
    actions
}

/// The fixes of one diagnostic.
fn fixes(memo: &Memo, it: Diagnostic) -> Vec<Action> {
    let language = memo.language();
    let fix = |title: String, preferred: bool, edit: TextEdit| Action {
        title,
        kind: ActionKind::Fix(Box::new(it.clone())),
        preferred,
        edits: vec![edit],
    };
    let mut actions = Vec::new();
    if let Some(replacement) = &it.replacement {
        let title = replacing(slice(&memo.text, it.span), replacement, language);
        let edit = TextEdit {
            span: it.span,
            text: replacement.clone(),
        };
        actions.push(fix(title, true, edit));
    }
    if it.code == MISSING_BASIS {
        let title = pick(language, "Tilføj hjemmel", "Add a basis");
        actions.push(fix(title.to_owned(), false, basis(memo, it.span)));
    }
    actions
}

fn replacing(old: &str, new: &str, language: Language) -> String {
    let visible = |text: &str| !text.trim().is_empty() && !text.contains('\n');
    match (visible(old), visible(new)) {
        (_, true) => format!("{} `{new}`", pick(language, "Ret til", "Change to")),
        (true, false) => format!("{} `{old}`", pick(language, "Slet", "Delete")),
        (false, false) => pick(language, "Ret", "Mend").to_owned(),
    }
}

/// A line with a basis to be filled in, below the header; it says itself that it is not verified.
fn basis(memo: &Memo, header: Span) -> TextEdit {
    let language = memo.language();
    let at = line_end(&memo.text, index(&memo.text, header.start));
    let end = if memo.text.contains("\r\n") {
        "\r\n"
    } else {
        "\n"
    };
    let [basis, source, unverified] =
        ["hjemmel", "kilde", "ubekræftet"].map(|word| in_language(word, language));
    let fill_in = pick(language, "udfyld kilden", "fill in the source");
    let why = pick(
        language,
        "Hjemlen er ikke fundet endnu",
        "The basis is not found yet",
    );
    TextEdit {
        span: span(at, at),
        text: format!("{end}  {basis} {source} \"{fill_in}\"{end}  {unverified} \"{why}\""),
    }
}

/// The whole file in the other language, offered at its first line; none of a file with errors of
/// syntax, which would be left half in each.
fn in_other_language(memo: &Memo, at: Span) -> Option<Action> {
    let first_line = line_end(&memo.text, 0);
    let asked = index(&memo.text, at.start) <= first_line;
    if !asked || !memo.parse().is_ok() || memo.tree().declarations.is_empty() {
        return None;
    }
    let (to, title) = match memo.language() {
        Language::Danish => (Language::English, "Skriv filen på engelsk"),
        Language::English => (Language::Danish, "Write the file in Danish"),
    };
    let translated = with_ends_of(&memo.text, translate(&memo.text, to).text);
    Some(Action {
        title: title.to_owned(),
        kind: ActionKind::Rewrite,
        preferred: false,
        edits: between(&memo.text, &translated),
    })
}

#[cfg(test)]
mod tests {
    use crate::fixture::Fixture;
    use crate::text_edit::apply;
    use hjemmel_grammar::span::Span;

    /// The title of each action and the file after it.
    #[track_caller]
    fn check(fixture: &str, expected: &[(&str, &str)]) {
        let fixture = Fixture::new(fixture);
        let at = Span::new(fixture.cursor, fixture.cursor);
        let text = fixture.analysis.text(fixture.file);
        let found = fixture.analysis.code_actions(fixture.file, at);
        let found: Vec<(String, String)> = found
            .into_iter()
            .map(|action| (action.title, apply(text, &action.edits)))
            .collect();
        let expected: Vec<(String, String)> = expected
            .iter()
            .map(|(title, text)| {
                (
                    (*title).to_owned(),
                    text.strip_prefix('\n').unwrap_or(text).to_owned(),
                )
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_nearest_name() {
        check(
            "
lov X
begreb voksen
  hjemmel kilde \"a\"
  når alder er mindst 18
begreb barn
  hjemmel kilde \"a\"
  når ikke vo$0kesn
",
            &[(
                "Ret til `voksen`",
                "
lov X
begreb voksen
  hjemmel kilde \"a\"
  når alder er mindst 18
begreb barn
  hjemmel kilde \"a\"
  når ikke voksen
",
            )],
        );
    }

    #[test]
    fn a_basis_that_is_missing() {
        check(
            "\n\nterm grown$0_up # a\n  when age is at least 18\n",
            &[(
                "Add a basis",
                "\n\nterm grown_up # a\n  basis source \"fill in the source\"\n  unverified \"The basis is not found yet\"\n  when age is at least 18\n",
            )],
        );
    }

    #[test]
    fn the_file_in_the_other_language() {
        check(
            "$0\nbegreb a\n  når b i mindst 2 uger\n",
            &[(
                "Skriv filen på engelsk",
                "term a\n  when b for at least 2 weeks\n",
            )],
        );
        check("$0\nbegreb a\n  når og\n", &[]);
    }
}
