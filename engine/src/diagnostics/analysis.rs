//! H07xx: what is allowed but hardly meant.

use super::a_kind;
use hjemmel_grammar::diagnostic::{Code, Diagnostic, Tag, Text};
use hjemmel_grammar::span::Site;
use hjemmel_grammar::syntax::Kind;

/// H0701: a declaration that nothing uses.
pub(crate) fn unused(site: Site, kind: Kind, name: &str) -> Diagnostic {
    let kind = a_kind(kind);
    Diagnostic::warning(
        Code("H0701"),
        Text::new(
            format!("`{name}` bruges ikke"),
            format!("`{name}` is not used"),
        ),
        site,
        Text::new(
            format!("{} uden brug", kind.da),
            format!("{} without use", kind.en),
        ),
    )
    .hint(Text::new(
        "brug det i en regel, vis det i et eksempel, eller slet det",
        "use it in a rule, show it in an example, or delete it",
    ))
    .tagged(Tag::Unused)
}

/// H0702: a condition that never holds.
pub(crate) fn never_true(site: Site, other: Option<Site>) -> Diagnostic {
    let diagnostic = Diagnostic::warning(
        Code("H0702"),
        Text::new(
            "betingelsen kan aldrig gælde",
            "the condition can never hold",
        ),
        site,
        Text::new("modsiger sig selv", "contradicts itself"),
    );
    let diagnostic = match other {
        Some(other) => diagnostic.also(
            other,
            Text::new("er uforenelig med denne", "is irreconcilable with this"),
        ),
        None => diagnostic,
    };
    diagnostic.hint(Text::new("mente du `eller`?", "did you mean `or`?"))
}

/// H0703: a condition that always holds.
pub(crate) fn always_true(site: Site, other: Option<Site>) -> Diagnostic {
    let diagnostic = Diagnostic::warning(
        Code("H0703"),
        Text::new("betingelsen gælder altid", "the condition always holds"),
        site,
        Text::new("afgør ingenting", "decides nothing"),
    );
    let diagnostic = match other {
        Some(other) => diagnostic.also(other, Text::new("sammen med denne", "together with this")),
        None => diagnostic,
    };
    diagnostic.hint(Text::new("mente du `og`?", "did you mean `and`?"))
}

/// H0704: the same condition twice among alternatives or requirements.
pub(crate) fn said_twice(site: Site, other: Site) -> Diagnostic {
    Diagnostic::warning(
        Code("H0704"),
        Text::new("samme betingelse to gange", "the same condition twice"),
        site,
        Text::new("gentagelse", "repetition"),
    )
    .also(other, Text::new("står allerede her", "stands here already"))
    .hint(Text::new("fjern den ene", "remove one of them"))
    .tagged(Tag::Unused)
}

/// H0705: an earlier branch already covers this one.
pub(crate) fn shadowed(site: Site, state: &str, earlier: Site) -> Diagnostic {
    Diagnostic::warning(
        Code("H0705"),
        Text::new(
            format!("grenen `{state}` nås aldrig: en tidligere gren passer altid når denne gør"),
            format!(
                "the branch `{state}` is never reached: an earlier one applies whenever it does"
            ),
        ),
        site,
        Text::new("nås ikke", "is not reached"),
    )
    .also(
        earlier,
        Text::new("afgør det allerede her", "already decides it here"),
    )
    .hint(Text::new(
        "byt om på grenene, eller fjern den ene",
        "swap the branches, or remove one",
    ))
    .tagged(Tag::Unused)
}
