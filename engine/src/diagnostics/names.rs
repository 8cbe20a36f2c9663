//! H02xx: names.

use super::{a_kind, did_you_mean, listed};
use hjemmel_grammar::diagnostic::{Code, Diagnostic, Text, nearest};
use hjemmel_grammar::span::Site;
use hjemmel_grammar::syntax::Kind;

/// Adds the nearest of the known words as a fix, or lists them if they are few.
fn suggest<'a>(
    diagnostic: Diagnostic,
    word: &str,
    known: impl IntoIterator<Item = &'a str>,
    otherwise: Text,
) -> Diagnostic {
    let known: Vec<&str> = known.into_iter().collect();
    match nearest(word, known.iter().copied()) {
        Some(near) => diagnostic.hint(did_you_mean(near)).replace_with(near),
        None if (1..=12).contains(&known.len()) => {
            let known = listed(known);
            diagnostic.hint(Text::new(
                format!("her kan stå {known}"),
                format!("here may stand {known}"),
            ))
        }
        None => diagnostic.hint(otherwise),
    }
}

/// H0201: a name that nothing declares.
pub(crate) fn unknown_name<'a>(
    site: Site,
    name: &str,
    wanted: Kind,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        Code("H0201"),
        Text::new(
            format!("navnet `{name}` er ikke erklæret"),
            format!("the name `{name}` is not declared"),
        ),
        site,
        Text::new("ukendt navn", "unknown name"),
    );
    let known: Vec<&str> = known.into_iter().collect();
    match nearest(name, known) {
        Some(near) => diagnostic.hint(did_you_mean(near)).replace_with(near),
        None => {
            let (da, en) = declaration(wanted);
            diagnostic.hint(Text::new(
                format!("ret navnet, eller erklær det: `{da} {name}`"),
                format!("correct the name, or declare it: `{en} {name}`"),
            ))
        }
    }
}

/// The keyword that declares what a name can be here.
fn declaration(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Data => ("data", "data"),
        Kind::Assessment => ("skøn", "assessment"),
        Kind::Parameter => ("parameter", "parameter"),
        Kind::Duty => ("pligt", "duty"),
        Kind::Classification => ("opdeling", "classification"),
        _ => ("begreb", "term"),
    }
}

/// H0202: one name for two things.
pub(crate) fn name_taken(site: Site, name: &str, other: Site, other_kind: Kind) -> Diagnostic {
    let kind = a_kind(other_kind);
    Diagnostic::error(
        Code("H0202"),
        Text::new(
            format!("navnet `{name}` er allerede {}", kind.da),
            format!("the name `{name}` is already {}", kind.en),
        ),
        site,
        Text::new("samme navn igen", "the same name again"),
    )
    .also(other, Text::new("første gang her", "first here"))
    .hint(Text::new(
        "giv den ene et andet navn",
        "give one of them another name",
    ))
}

/// H0203: a field that the table does not have.
pub(crate) fn unknown_field<'a>(
    site: Site,
    name: &str,
    table: &str,
    declared: Site,
    fields: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        Code("H0203"),
        Text::new(
            format!("`{table}` har intet felt `{name}`"),
            format!("`{table}` has no field `{name}`"),
        ),
        site,
        Text::new("ukendt felt", "unknown field"),
    )
    .also(
        declared,
        Text::new("tabellen er erklæret her", "the table is declared here"),
    );
    let otherwise = Text::new(
        "tilføj feltet i tabellens erklæring",
        "add the field to the table's declaration",
    );
    suggest(diagnostic, name, fields, otherwise)
}

/// H0204: a value that an enumerated field cannot have.
pub(crate) fn unknown_value<'a>(
    site: Site,
    value: &str,
    field: &str,
    declared: Site,
    values: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        Code("H0204"),
        Text::new(
            format!("`{field}` kan ikke være `{value}`"),
            format!("`{field}` cannot be `{value}`"),
        ),
        site,
        Text::new("ukendt værdi", "unknown value"),
    )
    .also(
        declared,
        Text::new("feltets værdier står her", "the field's values stand here"),
    );
    let otherwise = Text::new(
        "tilføj værdien i feltets erklæring",
        "add the value to the field's declaration",
    );
    suggest(diagnostic, value, values, otherwise)
}

/// H0205: a state that the duty or classification does not have.
pub(crate) fn unknown_state<'a>(
    site: Site,
    state: &str,
    rule: &str,
    declared: Site,
    states: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        Code("H0205"),
        Text::new(
            format!("`{rule}` har ingen tilstand `{state}`"),
            format!("`{rule}` has no state `{state}`"),
        ),
        site,
        Text::new("ukendt tilstand", "unknown state"),
    )
    .also(declared, Text::new("erklæret her", "declared here"));
    let otherwise = Text::new(
        "brug en af reglens tilstande",
        "use one of the rule's states",
    );
    suggest(diagnostic, state, states, otherwise)
}

/// H0206: a citation of an act that no `lov` declares.
pub(crate) fn unknown_act<'a>(
    site: Site,
    act: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        Code("H0206"),
        Text::new(
            format!("loven `{act}` er ikke erklæret"),
            format!("the act `{act}` is not declared"),
        ),
        site,
        Text::new("ukendt lov", "unknown act"),
    );
    let otherwise = Text::new(
        format!(
            "skriv `lov {act} \"…\"`, eller henvis til et nummereret dokument som `BEK 1297/2016`"
        ),
        format!("write `act {act} \"…\"`, or cite a numbered document such as `BEK 1297/2016`"),
    );
    let known: Vec<&str> = known.into_iter().collect();
    match nearest(act, known) {
        Some(near) => diagnostic.hint(did_you_mean(near)),
        None => diagnostic.hint(otherwise),
    }
}

/// H0207: a name of the wrong kind.
pub(crate) fn wrong_kind(
    site: Site,
    name: &str,
    is: Kind,
    declared: Site,
    wanted: Kind,
) -> Diagnostic {
    let (is, wanted) = (a_kind(is), a_kind(wanted));
    Diagnostic::error(
        Code("H0207"),
        Text::new(
            format!("`{name}` er {}, men her skal stå {}", is.da, wanted.da),
            format!("`{name}` is {}, but here must stand {}", is.en, wanted.en),
        ),
        site,
        Text::new(
            format!("her skal stå {}", wanted.da),
            format!("here must stand {}", wanted.en),
        ),
    )
    .also(
        declared,
        Text::new(format!("{} her", is.da), format!("{} here", is.en)),
    )
    .hint(Text::new(
        format!("skriv navnet på {}", wanted.da),
        format!("write the name of {}", wanted.en),
    ))
}

/// H0208: an exemption, suspension or warning for a duty that does not exist.
pub(crate) fn no_such_duty<'a>(
    site: Site,
    name: &str,
    kind: Kind,
    duties: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let kind = a_kind(kind);
    let diagnostic = Diagnostic::error(
        Code("H0208"),
        Text::new(
            format!(
                "{} kan ikke knyttes til `{name}`: der er ingen sådan pligt",
                kind.da
            ),
            format!(
                "{} cannot be attached to `{name}`: there is no such duty",
                kind.en
            ),
        ),
        site,
        Text::new("ingen pligt hedder sådan", "no duty has this name"),
    );
    let otherwise = Text::new("skriv navnet på en `pligt`", "write the name of a `duty`");
    suggest(diagnostic, name, duties, otherwise)
}

/// H0209: the same field, value or branch twice in one declaration.
pub(crate) fn repeated(site: Site, name: &str, first: Site) -> Diagnostic {
    Diagnostic::error(
        Code("H0209"),
        Text::new(
            format!("`{name}` står to gange"),
            format!("`{name}` stands twice"),
        ),
        site,
        Text::new("anden gang", "second time"),
    )
    .also(first, Text::new("første gang", "first time"))
    .hint(Text::new(
        "fjern den ene, eller giv den et andet navn",
        "remove one, or give it another name",
    ))
}

/// H0210: a field with the name of a column that is always there.
pub(crate) fn reserved_column(site: Site, name: &str, kind: Kind) -> Diagnostic {
    let (da, en) = match kind {
        Kind::Assessment => ("alle skøn", "every assessment"),
        _ => ("alle tabeller", "every table"),
    };
    Diagnostic::error(
        Code("H0210"),
        Text::new(
            format!("`{name}` er en kolonne som {da} har"),
            format!("`{name}` is a column that {en} has"),
        ),
        site,
        Text::new("navnet er optaget", "the name is taken"),
    )
    .hint(Text::new(
        "den skal ikke erklæres; giv feltet et andet navn",
        "it needs no declaration; give the field another name",
    ))
}
