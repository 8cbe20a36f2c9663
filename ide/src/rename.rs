//! Another word for a name, everywhere it stands.

use crate::memo::Memo;
use crate::occurrence::{Role, Symbol};
use crate::rule_set::RuleSet;
use crate::text_edit::{FileEdits, TextEdit, apply};
use crate::tokens::is_word;
use crate::words::pick;
use hjemmel_grammar::diagnostic::{Diagnostic, Language, Severity};
use hjemmel_grammar::keyword;
use hjemmel_grammar::span::{FileId, Span};
use std::collections::BTreeMap;

/// Why something cannot be renamed, in one sentence in the language of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(pub String);

/// The name at an offset, if it can be renamed: its place and its word.
pub(crate) fn prepare(set: &RuleSet, file: FileId, offset: u32) -> Result<(Span, String), Refusal> {
    let (span, symbol) = renameable(set, file, offset)?;
    Ok((span, symbol.word().to_owned()))
}

/// The edits of every file that give the name at an offset another word.
///
/// The rules are checked with the new word before it is offered: what would be wrong only then (a
/// word that means something where it stands) is refused.
pub(crate) fn rename(
    set: &RuleSet,
    file: FileId,
    offset: u32,
    new_name: &str,
) -> Result<Vec<FileEdits>, Refusal> {
    let language = set.memo(file).map_or(Language::Danish, Memo::language);
    let (_, symbol) = renameable(set, file, offset)?;
    if symbol.word() == new_name {
        return Ok(Vec::new());
    }
    refuse_word(new_name, language)?;
    refuse_taken(set, &symbol, new_name, language)?;
    let edits = edits(set, &symbol, new_name);
    refuse_new_errors(set, &edits, new_name, language)?;
    Ok(edits)
}

fn renameable(set: &RuleSet, file: FileId, offset: u32) -> Result<(Span, Symbol), Refusal> {
    let language = set.memo(file).map_or(Language::Danish, Memo::language);
    let refusal = |da, en| Refusal(pick(language, da, en).to_owned());
    let Some((span, symbol)) = set.symbol_at(file, offset) else {
        return Err(refusal(
            "her står intet navn der kan omdøbes",
            "there is no name here that can be renamed",
        ));
    };
    if set.sites(&symbol, Role::Declares).is_empty() {
        return Err(refusal(
            "kun det der er erklæret i reglerne, kan omdøbes",
            "only what the rules declare can be renamed",
        ));
    }
    Ok((span, symbol))
}

/// Refuses what is not a name, and keywords.
fn refuse_word(word: &str, language: Language) -> Result<(), Refusal> {
    let is_name = word.starts_with(char::is_alphabetic) && word.chars().all(is_word);
    if !is_name {
        let why = pick(
            language,
            "et navn er et bogstav og derefter bogstaver, tal og `_`",
            "a name is a letter, then letters, digits and `_`",
        );
        return Err(Refusal(why.to_owned()));
    }
    if keyword::reserved_word(word).is_some() {
        let why = pick(
            language,
            "er et nøgleord og kan ikke være et navn",
            "is a keyword and cannot be a name",
        );
        return Err(Refusal(format!("`{word}` {why}")));
    }
    Ok(())
}

/// Refuses a word that something else beside it has.
fn refuse_taken(
    set: &RuleSet,
    symbol: &Symbol,
    word: &str,
    language: Language,
) -> Result<(), Refusal> {
    let mut other = symbol.clone();
    match &mut other {
        Symbol::Name(name)
        | Symbol::Field { field: name, .. }
        | Symbol::Value { value: name, .. }
        | Symbol::BareValue { value: name, .. }
        | Symbol::State { state: name, .. } => word.clone_into(name),
    }
    if set.sites(&other, Role::Declares).is_empty() {
        return Ok(());
    }
    let why = pick(language, "er taget", "is taken");
    Err(Refusal(format!("`{word}` {why}")))
}

fn edits(set: &RuleSet, symbol: &Symbol, word: &str) -> Vec<FileEdits> {
    let mut files: BTreeMap<FileId, Vec<TextEdit>> = BTreeMap::new();
    for (file, occurrence) in set.places(symbol) {
        files.entry(file).or_default().push(TextEdit {
            span: occurrence.span,
            text: word.to_owned(),
        });
    }
    let files = files.into_iter();
    files
        .map(|(file, mut edits)| {
            edits.sort();
            edits.dedup();
            FileEdits { file, edits }
        })
        .collect()
}

/// Refuses a word that makes errors the rules did not have.
fn refuse_new_errors(
    set: &RuleSet,
    edits: &[FileEdits],
    word: &str,
    language: Language,
) -> Result<(), Refusal> {
    let texts = edits.iter().filter_map(|edits| {
        let memo = set.memo(edits.file)?;
        Some((edits.file, apply(&memo.text, &edits.edits).into()))
    });
    let renamed = set.with_texts(texts);
    let before = errors(set.diagnostics());
    for (code, found) in errors(renamed.diagnostics()) {
        let known = before.get(code).map_or(0, Vec::len);
        if let Some(new) = found.get(known..).and_then(<[_]>::first) {
            let why = pick(language, "giver en fejl", "makes an error");
            let told = new.message.get(language);
            return Err(Refusal(format!("`{word}` {why}: {told}")));
        }
    }
    Ok(())
}

/// The errors by their code.
fn errors(all: &[Diagnostic]) -> BTreeMap<&'static str, Vec<&Diagnostic>> {
    let mut by_code: BTreeMap<&'static str, Vec<&Diagnostic>> = BTreeMap::new();
    for it in all.iter().filter(|it| it.severity == Severity::Error) {
        by_code.entry(it.code.0).or_default().push(it);
    }
    by_code
}

#[cfg(test)]
mod tests {
    use crate::fixture::Fixture;
    use crate::text_edit::apply;

    /// The files after a renaming, or why it is refused.
    fn renamed(fixture: &str, word: &str) -> String {
        let fixture = Fixture::new(fixture);
        let analysis = &fixture.analysis;
        match analysis.rename(fixture.file, fixture.cursor, word) {
            Err(refusal) => refusal.0,
            Ok(files) => {
                let texts = files.iter().map(|it| {
                    let text = apply(analysis.text(it.file), &it.edits);
                    format!("{}\n{text}", analysis.path(it.file))
                });
                texts.collect()
            }
        }
    }

    #[track_caller]
    fn check(fixture: &str, word: &str, expected: &str) {
        assert_eq!(renamed(fixture, word), expected.trim_start());
    }

    #[test]
    fn a_term_in_all_files() {
        check(
            "
//- /a.regel
begreb stor \"stor\" # stor
  når alder er mindst 18
//- /b.regel
begreb lille
  når ikke st$0or eller (stor i mindst 2 uger)
//- /c.regel
begreb andet
  når lille
",
            "øst_2",
            "
/a.regel
begreb øst_2 \"stor\" # stor
  når alder er mindst 18
/b.regel
begreb lille
  når ikke øst_2 eller (øst_2 i mindst 2 uger)
",
        );
    }

    #[test]
    fn a_field_a_value_and_a_state_where_they_belong() {
        let rules = |field: &str, value: &str, state: &str| {
            format!(
                "data t
  perioder fuldstændig
  {field} er en af {value}, c
begreb b
  når t.{field} er {value} og t hvor {field} er {value}
opdeling o
  {state} når t
  andet ellers
eksempel \"a\"
  givet
    t {value} fra 1. maj 2017, fortsat
  så
    o er {state} fra 1. maj 2017
"
            )
        };
        let field = rules("a", "v", "s").replacen("a er", "a$0 er", 1);
        check(
            &field,
            "nyt",
            &format!("/a.regel\n{}", rules("nyt", "v", "s")),
        );
        check(
            &rules("a", "v", "s").replacen("er en af v", "er en af v$0", 1),
            "nyt",
            &format!("/a.regel\n{}", rules("a", "nyt", "s")),
        );
        check(
            &rules("a", "v", "s").replacen("s når", "$0s når", 1),
            "nyt",
            &format!("/a.regel\n{}", rules("a", "v", "nyt")),
        );
    }

    #[test]
    fn words_in_lines_that_cannot_be_read_too() {
        check(
            "
begreb a$0
  når b
begreb c
  når og a
",
            "d",
            "
/a.regel
begreb d
  når b
begreb c
  når og d
",
        );
    }

    #[test]
    fn what_is_no_name_is_refused() {
        let fixture = "begreb a$0\n  når b\n";
        for word in ["", "2a", "a b", "a-b", "_a"] {
            assert_eq!(
                renamed(fixture, word),
                "et navn er et bogstav og derefter bogstaver, tal og `_`"
            );
        }
        assert_eq!(
            renamed(fixture, "når"),
            "`når` er et nøgleord og kan ikke være et navn"
        );
        assert_eq!(
            renamed(fixture, "overdue"),
            "`overdue` er et nøgleord og kan ikke være et navn"
        );
    }

    #[test]
    fn what_is_taken_is_refused() {
        assert_eq!(renamed("begreb a$0\n  når b\nlov b\n", "b"), "`b` er taget");
        assert_eq!(renamed("term a$0\n  when b\nact b\n", "b"), "`b` is taken");
        let data = "data t\n  perioder\n  a$0 er tal\n  b er tal\n";
        assert_eq!(renamed(data, "b"), "`b` er taget");
        assert!(
            renamed(data, "t").contains("  t er tal"),
            "a field may be called as its table"
        );
    }

    #[test]
    fn a_word_that_would_be_read_otherwise_is_refused() {
        // Two fields could then have the bare value of the example.
        let rules = "
data t
  perioder fuldstændig
  f er en af a$0, x
  g er en af b, y
eksempel \"a\"
  givet
    t a fra 1. maj 2017, fortsat
";
        assert!(
            renamed(rules, "b").starts_with("`b` giver en fejl: "),
            "{}",
            renamed(rules, "b")
        );
    }

    #[test]
    fn what_is_not_declared_is_refused() {
        for fixture in [
            "begreb a\n  n$0år b\n",
            "# a$0\nbegreb a\n",
            "begreb a \"b$0\"\n",
        ] {
            assert_eq!(
                renamed(fixture, "x"),
                "her står intet navn der kan omdøbes",
                "{fixture}"
            );
        }
        for fixture in [
            "begreb a\n  når b$0\n",
            "pligt p\n  for a\nbegreb b\n  når p er fri$0taget\n",
            "skøn s\n  afgøres af kommunen\nbegreb b\n  når s.afgø$0relse er ja\n",
        ] {
            assert_eq!(
                renamed(fixture, "x"),
                "kun det der er erklæret i reglerne, kan omdøbes",
                "{fixture}"
            );
        }
    }
}
