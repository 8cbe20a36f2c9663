//! H06xx: how declarations are put together.

use super::a_kind;
use hjemmel_grammar::diagnostic::{Code, Diagnostic, Text};
use hjemmel_grammar::span::Site;
use hjemmel_grammar::syntax::Kind;

/// H0601: a clause that must be there is not.
pub(crate) fn missing_clause(site: Site, kind: Kind, name: &str, clause: &Text) -> Diagnostic {
    let kind = a_kind(kind);
    Diagnostic::error(
        Code("H0601"),
        Text::new(
            format!("`{name}` mangler `{}`", clause.da),
            format!("`{name}` lacks `{}`", clause.en),
        ),
        site,
        Text::new(
            format!("{} skal have den", kind.da),
            format!("{} must have it", kind.en),
        ),
    )
    .hint(Text::new(
        format!("tilføj en linje `{} …`", clause.da),
        format!("add a line `{} …`", clause.en),
    ))
}

/// H0602: a clause that may stand once stands twice.
pub(crate) fn repeated_clause(site: Site, clause: &Text, first: Site) -> Diagnostic {
    Diagnostic::error(
        Code("H0602"),
        Text::new(
            format!("`{}` står to gange", clause.da),
            format!("`{}` stands twice", clause.en),
        ),
        site,
        Text::new("anden gang", "second time"),
    )
    .also(first, Text::new("første gang", "first time"))
    .hint(Text::new(
        "saml dem i én linje, eller fjern den ene",
        "put them in one line, or remove one",
    ))
}

/// H0603: a clause that does not belong in this declaration.
pub(crate) fn misplaced_clause(
    site: Site,
    kind: Kind,
    clause: &Text,
    allowed: &Text,
) -> Diagnostic {
    let kind = a_kind(kind);
    Diagnostic::error(
        Code("H0603"),
        Text::new(
            format!("{} kan ikke have `{}`", kind.da, clause.da),
            format!("{} cannot have `{}`", kind.en, clause.en),
        ),
        site,
        Text::new("hører ikke til her", "does not belong here"),
    )
    .hint(Text::new(
        format!("{} kan have {}", kind.da, allowed.da),
        format!("{} can have {}", kind.en, allowed.en),
    ))
}

/// H0604: rules that depend on each other in a ring. One label for each step, in order.
pub(crate) fn cycle(steps: &[(String, Site)]) -> Diagnostic {
    let ring: Vec<&str> = steps
        .iter()
        .chain(steps.first())
        .map(|(name, _)| name.as_str())
        .collect();
    let ring = ring.join(" → ");
    let mut sites = steps.iter().map(|(_, site)| *site);
    let first = sites.next().unwrap_or(crate::model::NOWHERE);
    let diagnostic = Diagnostic::error(
        Code("H0604"),
        Text::new(
            format!("reglerne afhænger af hinanden i ring: {ring}"),
            format!("the rules depend on each other in a ring: {ring}"),
        ),
        first,
        Text::new("bruger den næste", "uses the next"),
    );
    sites
        .fold(diagnostic, |diagnostic, site| {
            diagnostic.also(site, Text::new("bruger den næste", "uses the next"))
        })
        .hint(Text::new(
            "skriv den ene uden at bruge den anden",
            "write one of them without using the other",
        ))
}

/// H0605: a classification that may leave a day without a state.
pub(crate) fn no_otherwise(site: Site, name: &str) -> Diagnostic {
    Diagnostic::error(
        Code("H0605"),
        Text::new(
            format!("`{name}` siger ikke hvad der gælder når ingen gren passer"),
            format!("`{name}` does not say what holds when no branch applies"),
        ),
        site,
        Text::new("den sidste gren mangler", "the last branch is missing"),
    )
    .hint(Text::new(
        "tilføj en gren `… ellers`",
        "add a branch `… otherwise`",
    ))
}

/// H0606: branches that are not known to exclude each other.
pub(crate) fn branches_may_overlap(site: Site, one: &str, other: Site, two: &str) -> Diagnostic {
    Diagnostic::error(
        Code("H0606"),
        Text::new(
            format!("`{one}` og `{two}` kan gælde samme dag"),
            format!("`{one}` and `{two}` may apply on the same day"),
        ),
        site,
        Text::new("den ene gren", "one branch"),
    )
    .also(other, Text::new("den anden gren", "the other branch"))
    .hint(Text::new(
        "skriv `i rækkefølge`, så den første der passer afgør det, eller gør grenene uforenelige",
        "write `in order`, so that the first that applies decides, or make the branches exclude each other",
    ))
}

/// H0607: a branch that is never reached.
pub(crate) fn after_otherwise(site: Site, state: &str, otherwise: Site) -> Diagnostic {
    Diagnostic::error(
        Code("H0607"),
        Text::new(
            format!("grenen `{state}` nås aldrig"),
            format!("the branch `{state}` is never reached"),
        ),
        site,
        Text::new("står efter `ellers`", "stands after `otherwise`"),
    )
    .also(
        otherwise,
        Text::new("fanger alt andet", "catches everything else"),
    )
    .hint(Text::new(
        "flyt `ellers` til sidst",
        "move `otherwise` to the end",
    ))
}

/// H0608: a rule set without rules.
pub(crate) fn no_rules(site: Site) -> Diagnostic {
    Diagnostic::error(
        Code("H0608"),
        Text::new("ingen regler", "no rules"),
        site,
        Text::new("filerne erklærer ingenting", "the files declare nothing"),
    )
    .hint(Text::new(
        "begynd med en `data`-tabel og et `begreb`; se sprogreferencen",
        "begin with a `data` table and a `term`; see the language reference",
    ))
}

/// H0609: a transition for more than one term.
pub(crate) fn second_target(site: Site) -> Diagnostic {
    Diagnostic::error(
        Code("H0609"),
        Text::new(
            "en overgang gælder for ét begreb",
            "a transition is for one term",
        ),
        site,
        Text::new("begreb nummer to", "a second term"),
    )
    .hint(Text::new(
        "skriv en `overgang` for hvert begreb",
        "write a `transition` for each term",
    ))
}

/// Whether it says that a ring or a chain was cut.
pub(crate) fn cuts(diagnostic: &Diagnostic) -> bool {
    matches!(diagnostic.code.0, "H0604" | "H0610")
}

/// H0610: a chain of rules that use each other is too long to follow.
pub(crate) fn chain_too_long(site: Site, rules: usize, conditions: usize) -> Diagnostic {
    Diagnostic::error(
        Code("H0610"),
        Text::new(
            "reglerne bruger hinanden i en for lang kæde",
            "the rules use each other in too long a chain",
        ),
        site,
        Text::new(
            "kæden bliver for lang her",
            "the chain becomes too long here",
        ),
    )
    .hint(Text::new(
        format!(
            "saml nogle af begreberne: en kæde er højst {rules} regler og {conditions} betingelser inde i hinanden"
        ),
        format!(
            "join some of the terms: a chain is at most {rules} rules and {conditions} conditions inside each other"
        ),
    ))
}
