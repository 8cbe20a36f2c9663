//! H04xx: the legal basis.

use super::a_kind;
use crate::time::Period;
use hjemmel_grammar::diagnostic::{Code, Diagnostic, Text};
use hjemmel_grammar::span::Site;
use hjemmel_grammar::syntax::Kind;

/// H0401: a rule without its basis.
pub(crate) fn missing_basis(site: Site, kind: Kind, name: &str) -> Diagnostic {
    let kind = a_kind(kind);
    Diagnostic::error(
        Code("H0401"),
        Text::new(
            format!("`{name}` har ingen hjemmel"),
            format!("`{name}` has no basis"),
        ),
        site,
        Text::new(
            format!("{} skal have en `hjemmel`", kind.da),
            format!("{} must have a `basis`", kind.en),
        ),
    )
    .hint(Text::new(
        "tilføj en linje som `hjemmel LAB § 92, stk. 2` eller `hjemmel kilde \"…\"`",
        "add a line such as `basis LAB § 92, stk. 2` or `basis source \"…\"`",
    ))
}

/// H0403: days of a rule's validity on which none of its bases is one.
pub(crate) fn days_without_basis(site: Site, name: &str, days: Period) -> Diagnostic {
    let (first, last) = (days.start, days.last());
    Diagnostic::error(
        Code("H0403"),
        Text::new(
            format!("`{name}` har ingen hjemmel fra {first}"),
            format!("`{name}` has no basis from {first} on"),
        ),
        site,
        Text::new(
            format!("reglen gælder også {first} – {last}"),
            format!("the rule is in force {first} – {last} too"),
        ),
    )
    .hint(Text::new(
        "skriv en `hjemmel … gælder fra … til …` for de dage, eller afgræns reglen",
        "write a `basis … in force from … to …` for those days, or limit the rule",
    ))
}

/// H0402: a rule is in force on days when none of the act's editions is.
pub(crate) fn edition_not_in_force(site: Site, act: &str, declared: Site) -> Diagnostic {
    Diagnostic::warning(
        Code("H0402"),
        Text::new(
            format!("ingen udgave af `{act}` gælder i hele reglens gyldighed"),
            format!("no edition of `{act}` is in force for the whole of the rule's validity"),
        ),
        site,
        Text::new(
            "henvisningen rækker uden for loven",
            "the citation reaches beyond the act",
        ),
    )
    .also(
        declared,
        Text::new("lovens udgaver står her", "the act's editions stand here"),
    )
    .hint(Text::new(
        "giv reglen `gælder fra … til …`, eller tilføj en `udgave`",
        "give the rule `in force from … to …`, or add an `edition`",
    ))
}
