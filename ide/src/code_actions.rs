//! What can be done at a place: fixes of what is wrong there, and the file in the other language.

use crate::diagnostics::{self, Diagnostic};
use crate::formatting::with_ends_of;
use crate::quick_fixes::{self, Ground};
use crate::refactorings;
use crate::rule_set::RuleSet;
use crate::text_edit::{FileEdits, TextEdit, between};
use crate::tokens::{index, line_end};
use hjemmel_grammar::diagnostic::Language;
use hjemmel_grammar::span::{FileId, Span};
use hjemmel_grammar::translate;

/// What an action is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ActionKind {
    /// It mends what is wrong.
    Fix(Box<Diagnostic>),
    /// It writes the same in another way.
    Rewrite,
    /// It gives a part a name.
    Extract,
    /// It writes out what has a name.
    Inline,
    /// It mends everything that can be mended without a doubt.
    FixAll,
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
    /// The edits, file by file: all of them or none.
    pub edits: Vec<FileEdits>,
}

/// Edits of one file.
pub(crate) fn of_file(file: FileId, edits: Vec<TextEdit>) -> Vec<FileEdits> {
    if edits.is_empty() {
        return Vec::new();
    }
    vec![FileEdits { file, edits }]
}

/// What can be done at a place of a file.
pub(crate) fn code_actions(set: &RuleSet, file: FileId, at: Span) -> Vec<Action> {
    let Some(ground) = Ground::new(set, file) else {
        return Vec::new();
    };
    let found = diagnostics::diagnostics(set, file);
    let here = found
        .iter()
        .filter(|it| it.span.start <= at.end && at.start <= it.span.end);
    let mut actions: Vec<Action> = here.flat_map(|it| fixes(&ground, it)).collect();
    actions.extend(refactorings::refactorings(&ground, at));
    actions.extend(in_other_language(&ground, at));
    actions.extend(fix_all(&ground, &found));
    actions
}

/// The fixes of one diagnostic.
fn fixes(ground: &Ground<'_>, it: &Diagnostic) -> Vec<Action> {
    let fixes = quick_fixes::fixes(ground, it).into_iter();
    let fixes = fixes.map(|fix| Action {
        title: fix.title,
        kind: ActionKind::Fix(Box::new(it.clone())),
        preferred: fix.preferred,
        edits: {
            let mut all = of_file(ground.file, fix.edits);
            all.extend(fix.elsewhere);
            all
        },
    });
    fixes.collect()
}

/// Everything that is certain, at once.
fn fix_all(ground: &Ground<'_>, found: &[Diagnostic]) -> Option<Action> {
    let edits = quick_fixes::all_certain(ground, found);
    let title = ground.pick("Ret alt det sikre", "Mend all that is certain");
    (!edits.is_empty()).then(|| Action {
        title: title.to_owned(),
        kind: ActionKind::FixAll,
        preferred: false,
        edits: of_file(ground.file, edits),
    })
}

/// The whole file in the other language, offered at its first line; none of a file with errors of
/// syntax, which would be left half in each.
fn in_other_language(ground: &Ground<'_>, at: Span) -> Option<Action> {
    let memo = ground.memo;
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
        edits: of_file(ground.file, between(&memo.text, &translated)),
    })
}

#[cfg(test)]
mod tests {
    use crate::fixture::Fixture;
    use hjemmel_grammar::span::Span;

    /// The title of each action and the file after it.
    #[track_caller]
    fn check(fixture: &str, expected: &[(&str, &str)]) {
        let fixture = Fixture::new(fixture);
        let at = Span::new(fixture.cursor, fixture.cursor);
        let found = fixture.analysis.code_actions(fixture.file, at);
        let found: Vec<(String, String)> = found
            .into_iter()
            .map(|action| (action.title, fixture.after(&action.edits, fixture.file)))
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
            &[
                (
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
                ),
                (
                    "Opret `begreb vokesn`",
                    "
lov X
begreb voksen
  hjemmel kilde \"a\"
  når alder er mindst 18
begreb barn
  hjemmel kilde \"a\"
  når ikke vokesn

begreb vokesn
  hjemmel kilde \"udfyld kilden\"
  ubekræftet \"Hjemlen er ikke fundet endnu\"
  når …
",
                ),
            ],
        );
    }

    #[test]
    fn a_basis_that_is_missing() {
        check(
            "\n\nterm grown$0_up # a\n  when age is at least 18\n",
            &[
                (
                    "Add a basis",
                    "\n\nterm grown_up # a\n  basis source \"fill in the source\"\n  unverified \"The basis is not found yet\"\n  when age is at least 18\n",
                ),
                ("Delete `grown_up`", "\n\n"),
                (
                    "Add an example for `grown_up`",
                    "\n\nterm grown_up # a\n  when age is at least 18\n\nexample \"fill in the title\"\n  given\n    …\n  then\n    grown_up is … on …\n",
                ),
            ],
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
