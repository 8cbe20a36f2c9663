//! H05xx: when things are in force.

use crate::time::{Day, Period};
use hjemmel_grammar::diagnostic::{Code, Diagnostic, Tag, Text};
use hjemmel_grammar::span::Site;

/// Days, first and last included: "fra 2017-01-01 til og med 2017-06-30".
pub(super) fn in_words(days: Period) -> Text {
    let (first, last) = (days.start, days.last());
    if first == last {
        return Text::new(format!("den {first}"), format!("on {first}"));
    }
    match (days.start == Day::FIRST, days.end == Day::END) {
        (true, true) => Text::new("på alle dage", "on all days"),
        (true, false) => Text::new(format!("til og med {last}"), format!("through {last}")),
        (false, true) => Text::new(format!("fra {first}"), format!("from {first}")),
        (false, false) => Text::new(
            format!("fra {first} til og med {last}"),
            format!("from {first} through {last}"),
        ),
    }
}

/// H0501: two versions of one rule in force on one day.
pub(crate) fn overlap(site: Site, name: &str, other: Site, days: Period) -> Diagnostic {
    let days = in_words(days);
    Diagnostic::error(
        Code("H0501"),
        Text::new(
            format!("to versioner af `{name}` gælder samtidig {}", days.da),
            format!("two versions of `{name}` are in force at once {}", days.en),
        ),
        site,
        Text::new("den ene version", "one version"),
    )
    .also(other, Text::new("den anden version", "the other version"))
    .hint(Text::new(
        "lad den ældre slutte dagen før den nyere begynder: `gælder fra … til …`",
        "let the older end the day before the newer begins: `in force from … to …`",
    ))
}

/// H0502: a hole between two versions.
pub(crate) fn hole(site: Site, name: &str, other: Site, days: Period) -> Diagnostic {
    let days = in_words(days);
    Diagnostic::warning(
        Code("H0502"),
        Text::new(
            format!("ingen version af `{name}` gælder {}", days.da),
            format!("no version of `{name}` is in force {}", days.en),
        ),
        site,
        Text::new("næste version", "the next version"),
    )
    .also(other, Text::new("forrige version", "the previous version"))
    .hint(Text::new(
        "de dage bliver svaret `ukendt`; ret datoerne, eller tilføj en version",
        "on those days the answer is `unknown`; correct the dates, or add a version",
    ))
}

/// H0503: the last day lies before the first.
pub(crate) fn ends_before_it_begins(site: Site) -> Diagnostic {
    Diagnostic::error(
        Code("H0503"),
        Text::new("slutter før det begynder", "ends before it begins"),
        site,
        Text::new(
            "den sidste dag ligger før den første",
            "the last day lies before the first",
        ),
    )
    .hint(Text::new(
        "byt om på datoerne, eller ret dem",
        "swap the dates, or correct them",
    ))
}

/// H0504: a rule uses another on days when that is not in force.
pub(crate) fn used_out_of_force(
    site: Site,
    name: &str,
    declared: Site,
    days: Period,
) -> Diagnostic {
    let days = in_words(days);
    Diagnostic::warning(
        Code("H0504"),
        Text::new(
            format!("`{name}` gælder ikke {}, hvor reglen bruger det", days.da),
            format!(
                "`{name}` is not in force {}, when the rule uses it",
                days.en
            ),
        ),
        site,
        Text::new("bruges her", "used here"),
    )
    .also(declared, Text::new("erklæret her", "declared here"))
    .hint(Text::new(
        "de dage bliver svaret `ukendt`; forlæng den ene, eller afgræns den anden",
        "on those days the answer is `unknown`; extend the one, or limit the other",
    ))
    .tagged(Tag::Obsolete)
}

/// H0505: a date outside the days that are judged.
pub(crate) fn out_of_range(site: Site) -> Diagnostic {
    Diagnostic::error(
        Code("H0505"),
        Text::new(
            "datoen ligger uden for 1900–2199",
            "the date lies outside 1900–2199",
        ),
        site,
        Text::new("bedømmes ikke", "is not judged"),
    )
    .hint(Text::new(
        "ret årstallet; udelad `til` hvis der ingen slutdato er",
        "correct the year; leave out `to` if there is no last day",
    ))
}

/// H0506: a transitional provision that pins spells to a law that is not earlier.
pub(crate) fn pins_to_later_law(site: Site) -> Diagnostic {
    Diagnostic::error(
        Code("H0506"),
        Text::new(
            "en overgang binder ældre perioder til deres egen lov, men den nævnte lov er ikke ældre",
            "a transition pins older spells to their own law, but the law named is not older",
        ),
        site,
        Text::new("ikke før overgangen gælder", "not before the transition is in force"),
    )
    .hint(Text::new(
        "skriv dagen før lovændringen efter `bedømmes efter reglerne`",
        "write the day before the change of law after `are judged by the rules of`",
    ))
}
