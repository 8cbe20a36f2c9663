//! Where a name is declared.

use crate::occurrence::{Role, Symbol};
use crate::rule_set::RuleSet;
use hjemmel_grammar::span::{FileId, Site, Span};

/// A place to go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// The name that is looked for, or where the cursor should stand.
    pub focus: Site,
    /// All of what is declared there.
    pub whole: Span,
    /// The word the question was about.
    pub origin: Span,
}

/// The declarations of the name at an offset: one for each version, in the order of the files.
pub(crate) fn definition(set: &RuleSet, file: FileId, offset: u32) -> Vec<Target> {
    let Some((origin, symbol)) = set.symbol_at(file, offset) else {
        return Vec::new();
    };
    let found = set.sites(&symbol, Role::Declares);
    found
        .into_iter()
        .map(|focus| Target {
            focus,
            whole: whole(set, focus, &symbol),
            origin,
        })
        .collect()
}

/// The declaration or the clause around a name.
fn whole(set: &RuleSet, focus: Site, symbol: &Symbol) -> Span {
    let declarations = set.memo(focus.file).map(|memo| &memo.tree().declarations);
    let around = |span: Span| span.start <= focus.span.start && focus.span.end <= span.end;
    let declaration = declarations
        .into_iter()
        .flatten()
        .find(|declaration| around(declaration.span));
    let Some(declaration) = declaration else {
        return focus.span;
    };
    let clause = declaration.clauses.iter().find(|it| around(it.span));
    match (symbol, clause) {
        (Symbol::Name(_), _) => declaration.span,
        (_, Some(clause)) => clause.span,
        (_, None) => focus.span,
    }
}

#[cfg(test)]
mod tests {
    use crate::fixture::Fixture;

    /// Draws the line of every target, its name in angle brackets.
    #[track_caller]
    fn check(fixture: &str, expected: &str) {
        let fixture = Fixture::new(fixture);
        let targets = fixture.analysis.definition(fixture.file, fixture.cursor);
        let drawn: Vec<String> = targets
            .iter()
            .map(|target| fixture.line_with(target.focus))
            .collect();
        assert_eq!(drawn.join("\n"), expected);
    }

    #[test]
    fn of_a_term_in_another_file() {
        check(
            "
//- /a.regel
begreb voksen
  når alder er mindst 18
//- /b.regel
begreb ung
  når ikke vok$0sen
",
            "/a.regel: begreb <voksen>",
        );
    }

    #[test]
    fn of_a_field_a_value_and_a_bare_value() {
        let data = "
data ydelse
  perioder
  art er en af kontanthjælp, integrationsydelse
  grund er en af sygdom, barsel
";
        let field = format!("{data}begreb a\n  når ydelse.a$0rt er kontanthjælp\n");
        check(
            &field,
            "/a.regel: <art> er en af kontanthjælp, integrationsydelse",
        );
        let value = format!("{data}begreb a\n  når ydelse hvor grund er barsel$0\n");
        check(&value, "/a.regel: grund er en af sygdom, <barsel>");
        let bare = format!(
            "{data}eksempel \"a\"\n  givet\n    ydelse $0sygdom fra 1. maj 2017, fortsat\n"
        );
        check(&bare, "/a.regel: grund er en af <sygdom>, barsel");
    }

    #[test]
    fn of_a_state_an_act_and_a_parameter() {
        check(
            "
opdeling opfølgning
  med når a
  uden ellers
begreb b
  når opfølgning er ude$0n
",
            "/a.regel: <uden> ellers",
        );
        check(
            "\nlov LAB \"x\"\nbegreb b\n  hjemmel L$0AB § 2, og § 3\n",
            "/a.regel: lov <LAB> \"x\"",
        );
        check(
            "\nparameter pause\n  værdi 4 uger\nbegreb b\n  når a i mindst $0pause\n",
            "/a.regel: parameter <pause>",
        );
    }

    #[test]
    fn every_version_is_a_target() {
        check(
            "
begreb a
  når $0b
begreb b
  gælder til 31. maj 2017
begreb b
  gælder fra 1. juni 2017
",
            "/a.regel: begreb <b>\n/a.regel: begreb <b>",
        );
    }

    #[test]
    fn in_a_line_that_cannot_be_read() {
        check(
            "
data ydelse
  art er tal
begreb a
  når og ydelse.$0art er
",
            "/a.regel: <art> er tal",
        );
        check("begreb a\n  når og $0a\n", "/a.regel: begreb <a>");
    }

    #[test]
    fn of_nothing() {
        check("begreb a\n  n$0år b\n", "");
        check("begreb a\n  når $0b\n", "");
        check("begreb a # a$0\n", "");
    }
}
