//! H03xx: types and units.

use super::listed;
use hjemmel_grammar::diagnostic::{Code, Diagnostic, Text};
use hjemmel_grammar::span::Site;
use hjemmel_grammar::syntax::Kind;

/// H0301: a value of another type than the field's.
pub(crate) fn wrong_type(
    site: Site,
    found: &Text,
    field: &str,
    wanted: &Text,
    declared: Site,
) -> Diagnostic {
    Diagnostic::error(
        Code("H0301"),
        Text::new(
            format!(
                "`{field}` er {}, men sammenlignes med {}",
                wanted.da, found.da
            ),
            format!(
                "`{field}` is {}, but is compared with {}",
                wanted.en, found.en
            ),
        ),
        site,
        Text::new(
            format!("her skal stå {}", wanted.da),
            format!("here must stand {}", wanted.en),
        ),
    )
    .also(declared, Text::new("erklæret her", "declared here"))
    .hint(Text::new(
        "ret værdien, eller erklæringen",
        "correct the value, or the declaration",
    ))
}

/// H0302: `mindst`, `under` … of values that have no order.
pub(crate) fn no_order(site: Site, field: &str, declared: Site) -> Diagnostic {
    Diagnostic::error(
        Code("H0302"),
        Text::new(
            format!("værdierne af `{field}` har ingen rækkefølge"),
            format!("the values of `{field}` have no order"),
        ),
        site,
        Text::new(
            "kan ikke sammenlignes sådan",
            "cannot be compared like this",
        ),
    )
    .also(declared, Text::new("erklæret her", "declared here"))
    .hint(Text::new(
        "brug `er` eller `er en af`",
        "use `is` or `is one of`",
    ))
}

/// H0303: months or years where a number of days is needed.
pub(crate) fn needs_days(site: Site) -> Diagnostic {
    Diagnostic::error(
        Code("H0303"),
        Text::new(
            "en samlet varighed tælles i dage eller uger",
            "a total is counted in days or weeks",
        ),
        site,
        Text::new(
            "måneder har ikke et fast antal dage",
            "months do not have a fixed number of days",
        ),
    )
    .hint(Text::new(
        "skriv for eksempel `26 uger`",
        "write for example `26 weeks`",
    ))
}

/// H0304: free text in a condition.
pub(crate) fn text_in_condition(site: Site, field: &str, declared: Site) -> Diagnostic {
    Diagnostic::error(
        Code("H0304"),
        Text::new(
            format!("`{field}` er fritekst og kan aldrig afgøre noget"),
            format!("`{field}` is free text and can never decide anything"),
        ),
        site,
        Text::new("fritekst i en betingelse", "free text in a condition"),
    )
    .also(
        declared,
        Text::new("erklæret som `tekst` her", "declared as `text` here"),
    )
    .hint(Text::new(
        "registrér forholdet som et felt med faste værdier, eller som et `skøn`",
        "register the matter as a field with fixed values, or as an `assessment`",
    ))
}

/// H0305: a name that is not a condition by itself.
pub(crate) fn not_a_condition(site: Site, name: &str, example: &Text) -> Diagnostic {
    Diagnostic::error(
        Code("H0305"),
        Text::new(
            format!("`{name}` er ikke en betingelse i sig selv"),
            format!("`{name}` is not a condition by itself"),
        ),
        site,
        Text::new(
            "her mangler en sammenligning",
            "a comparison is missing here",
        ),
    )
    .hint(Text::new(
        format!("skriv {}", example.da),
        format!("write {}", example.en),
    ))
}

/// H0314: a comparison of something that has no values to compare.
pub(crate) fn not_comparable(
    site: Site,
    written: &str,
    kind: Kind,
    declared: Site,
    hint: Text,
) -> Diagnostic {
    let kind = super::a_kind(kind);
    Diagnostic::error(
        Code("H0314"),
        Text::new(
            format!("`{written}` har ingen værdi at sammenligne med"),
            format!("`{written}` has no value to compare with"),
        ),
        site,
        Text::new(
            "kan ikke stå foran en sammenligning",
            "cannot stand before a comparison",
        ),
    )
    .also(
        declared,
        Text::new(format!("{} her", kind.da), format!("{} here", kind.en)),
    )
    .hint(hint)
}

/// H0306: `varighed` where it has no spells to speak of.
pub(crate) fn misplaced_duration(site: Site) -> Diagnostic {
    Diagnostic::error(
        Code("H0306"),
        Text::new(
            "`varighed` kan kun stå som et led af `alle af` eller `og` efter en tabels `hvor`",
            "`duration` can only be a link of `all of` or `and` after the `where` of a table",
        ),
        site,
        Text::new("ikke her", "not here"),
    )
    .hint(Text::new(
        "varighed gælder de sammenlagte perioder, ikke den enkelte række",
        "duration is that of the merged spells, not of a single row",
    ))
}

/// H0307: `alder` without a date of birth.
pub(crate) fn no_birth_date(site: Site) -> Diagnostic {
    Diagnostic::error(
        Code("H0307"),
        Text::new(
            "ingen tabel har en fødselsdato",
            "no table has a date of birth",
        ),
        site,
        Text::new("alder kan ikke beregnes", "age cannot be computed"),
    )
    .hint(Text::new(
        "erklær et felt i en `stamdata`-tabel: `født er fødselsdato`",
        "declare a field in a `facts` table: `born is birth_date`",
    ))
}

/// H0308: a parameter of another type than is needed here.
pub(crate) fn wrong_parameter(site: Site, name: &str, wanted: &Text, declared: Site) -> Diagnostic {
    Diagnostic::error(
        Code("H0308"),
        Text::new(
            format!("parameteren `{name}` er ikke {}", wanted.da),
            format!("the parameter `{name}` is not {}", wanted.en),
        ),
        site,
        Text::new(
            format!("her skal stå {}", wanted.da),
            format!("here must stand {}", wanted.en),
        ),
    )
    .also(declared, Text::new("erklæret her", "declared here"))
    .hint(Text::new(
        "ret parameteren, eller brug en anden",
        "correct the parameter, or use another",
    ))
}

/// H0309: something else than fields in a condition on a row.
pub(crate) fn not_about_the_row(site: Site, table: &str, fields: &[String]) -> Diagnostic {
    let known = listed(fields.iter().map(String::as_str));
    Diagnostic::error(
        Code("H0309"),
        Text::new(
            format!("efter `{table} hvor` kan kun stå betingelser om rækkens egne felter"),
            format!("after `{table} where` only conditions on the row's own fields may stand"),
        ),
        site,
        Text::new("handler ikke om rækken", "is not about the row"),
    )
    .hint(Text::new(
        format!("felterne er {known}; andet skrives uden for `hvor`, med parenteser om rækkens betingelse"),
        format!("the fields are {known}; write the rest outside `where`, with parentheses round the row's condition"),
    ))
}

/// H0310: a field's values of one parameter are of different types.
pub(crate) fn mixed_parameter(site: Site, name: &str, first: Site) -> Diagnostic {
    Diagnostic::error(
        Code("H0310"),
        Text::new(
            format!("værdierne af `{name}` er ikke af samme slags"),
            format!("the values of `{name}` are not of one kind"),
        ),
        site,
        Text::new("en anden slags", "another kind"),
    )
    .also(first, Text::new("den første værdi", "the first value"))
    .hint(Text::new(
        "en parameter er enten længder, tal, datoer eller ja/nej",
        "a parameter is either lengths, numbers, dates or yes/no",
    ))
}

/// H0311: a value that a parameter cannot be.
pub(crate) fn not_a_parameter_value(site: Site) -> Diagnostic {
    Diagnostic::error(
        Code("H0311"),
        Text::new(
            "dette kan ikke være en parameters værdi",
            "this cannot be a parameter's value",
        ),
        site,
        Text::new(
            "hverken længde, tal, dato eller ja/nej",
            "neither length, number, date nor yes/no",
        ),
    )
    .hint(Text::new(
        "skriv for eksempel `6 måneder`, `37` eller `ja`",
        "write for example `6 months`, `37` or `yes`",
    ))
}

/// H0312: the unknown state in a condition.
pub(crate) fn asks_for_unknown(site: Site) -> Diagnostic {
    Diagnostic::error(
        Code("H0312"),
        Text::new(
            "en regel kan ikke bygge på at noget er `ukendt`",
            "a rule cannot rest on something being `unknown`",
        ),
        site,
        Text::new(
            "`ukendt` kan kun forventes i et eksempel",
            "`unknown` can only be expected in an example",
        ),
    )
    .hint(Text::new(
        "en manglende oplysning er aldrig ja, nej eller fritaget; skriv hvad reglen kræver",
        "a missing fact is never yes, no or exempt; write what the rule requires",
    ))
}

/// H0313: a table that `hvor` or a measure cannot use so.
pub(crate) fn not_splittable(site: Site, name: &str, kind: Option<Kind>) -> Diagnostic {
    let is = kind.map_or_else(
        || Text::new("et felt uden faste værdier", "a field without fixed values"),
        super::a_kind,
    );
    Diagnostic::error(
        Code("H0313"),
        Text::new(
            format!("en måling kan ikke fordeles på `{name}`"),
            format!("a measure cannot be split by `{name}`"),
        ),
        site,
        is,
    )
    .hint(Text::new(
        "fordel på et felt med faste værdier (`ydelse.art`) eller en opdeling",
        "split by a field with fixed values (`benefit.kind`) or a classification",
    ))
}
