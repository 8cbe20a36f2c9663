//! H08xx: examples.

use super::versions::in_words;
use super::{did_you_mean, listed};
use crate::time::{Day, Period};
use hjemmel_grammar::diagnostic::{Code, Diagnostic, Text, nearest};
use hjemmel_grammar::span::Site;

/// H0801: the rules say something else than the example expects.
pub(crate) fn contradicts(
    site: Site,
    name: &str,
    expected: &Text,
    actual: &[Text],
    rule: Option<Site>,
) -> Diagnostic {
    let join = |get: fn(&Text) -> &str, nothing: &str| match actual {
        [] => nothing.to_owned(),
        _ => actual.iter().map(get).collect::<Vec<_>>().join(", "),
    };
    let (da, en) = (
        join(|it| &it.da, "ingenting de dage"),
        join(|it| &it.en, "nothing on those days"),
    );
    let diagnostic = Diagnostic::error(
        Code("H0801"),
        Text::new(
            format!(
                "eksemplet venter {} for `{name}`, men reglerne siger noget andet",
                expected.da
            ),
            format!(
                "the example expects {} for `{name}`, but the rules say something else",
                expected.en
            ),
        ),
        site,
        Text::new(
            format!("reglerne siger {da}"),
            format!("the rules say {en}"),
        ),
    );
    let diagnostic = match rule {
        Some(rule) => diagnostic.also(rule, Text::new("reglen står her", "the rule stands here")),
        None => diagnostic,
    };
    diagnostic.hint(Text::new(
        "ret eksemplet eller reglen",
        "correct the example or the rule",
    ))
}

/// A state in words.
pub(crate) fn state(state: &str) -> Text {
    let keyword = hjemmel_grammar::keyword::ALL
        .iter()
        .find(|keyword| keyword.da == state);
    let en = keyword.map_or(state, |keyword| keyword.en);
    Text::new(format!("`{state}`"), format!("`{en}`"))
}

/// A due date, or the days between which it lies.
pub(crate) fn due(earliest: Day, latest: Day) -> Text {
    if earliest == latest {
        return Text::new(format!("frist {earliest}"), format!("due date {earliest}"));
    }
    Text::new(
        format!("frist mellem {earliest} og {latest}"),
        format!("due date between {earliest} and {latest}"),
    )
}

/// What holds on these days.
pub(crate) fn on_days(what: &Text, days: Period) -> Text {
    let days = in_words(days);
    Text::new(
        format!("{} {}", what.da, days.da),
        format!("{} {}", what.en, days.en),
    )
}

/// H0802: a bare value that no field, or more than one, can have.
pub(crate) fn ambiguous_value(
    site: Site,
    value: &Text,
    table: &str,
    fields: &[&str],
) -> Diagnostic {
    let (message, hint) = match fields {
        [] => (
            Text::new(
                format!("intet felt i `{table}` kan være {}", value.da),
                format!("no field of `{table}` can be {}", value.en),
            ),
            Text::new(
                "ret værdien, eller tilføj den i tabellens erklæring",
                "correct the value, or add it to the table's declaration",
            ),
        ),
        [first, ..] => {
            let fields = listed(fields.iter().copied());
            (
                Text::new(
                    format!("{} kan stå i flere felter: {fields}", value.da),
                    format!("{} may stand in several fields: {fields}", value.en),
                ),
                Text::new(
                    format!("skriv feltets navn foran: `{first} …`"),
                    format!("write the field's name before it: `{first} …`"),
                ),
            )
        }
    };
    let label = Text::new("hvilket felt?", "which field?");
    Diagnostic::error(Code("H0802"), message, site, label).hint(hint)
}

/// Offers the nearest of the values that the table's fields can have.
pub(crate) fn nearest_value<'a>(
    diagnostic: Diagnostic,
    value: &str,
    all: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    match nearest(value, all) {
        Some(near) => diagnostic.hint(did_you_mean(near)).replace_with(near),
        None => diagnostic,
    }
}

/// H0803: a row whose days do not fit its table.
pub(crate) fn wrong_days(site: Site, table: &str, form: &Text) -> Diagnostic {
    Diagnostic::error(
        Code("H0803"),
        Text::new(
            format!("en række i `{table}` skrives {}", form.da),
            format!("a row of `{table}` is written {}", form.en),
        ),
        site,
        Text::new(
            "dagene passer ikke til tabellen",
            "the days do not fit the table",
        ),
    )
    .hint(Text::new(
        format!("skriv {}", form.da),
        format!("write {}", form.en),
    ))
}

/// H0804: a row that ends before it begins.
pub(crate) fn row_ends_before_it_begins(site: Site) -> Diagnostic {
    Diagnostic::error(
        Code("H0804"),
        Text::new(
            "rækken slutter før den begynder",
            "the row ends before it begins",
        ),
        site,
        Text::new(
            "den sidste dag ligger før den første",
            "the last day lies before the first",
        ),
    )
    .hint(Text::new("ret datoerne", "correct the dates"))
}

/// H0805: an example that expects nothing.
pub(crate) fn expects_nothing(site: Site) -> Diagnostic {
    Diagnostic::error(
        Code("H0805"),
        Text::new("eksemplet venter ingenting", "the example expects nothing"),
        site,
        Text::new("`så` mangler", "`then` is missing"),
    )
    .hint(Text::new(
        "tilføj `så` og hvad der skal komme ud",
        "add `then` and what must come out",
    ))
}

/// H0806: an expectation of something that has no state.
pub(crate) fn has_no_state(site: Site, name: &str, declared: Site) -> Diagnostic {
    Diagnostic::error(
        Code("H0806"),
        Text::new(
            format!("`{name}` har ingen tilstand at vente"),
            format!("`{name}` has no state to expect"),
        ),
        site,
        Text::new("kan ikke forventes", "cannot be expected"),
    )
    .also(declared, Text::new("erklæret her", "declared here"))
    .hint(Text::new(
        "vent en pligt, en opdeling, et begreb, et skøn eller en advarsel",
        "expect a duty, a classification, a term, an assessment or a warning",
    ))
}

/// H0807: a field is given twice in one row.
pub(crate) fn given_twice(site: Site, field: &str) -> Diagnostic {
    Diagnostic::error(
        Code("H0807"),
        Text::new(
            format!("`{field}` er givet to gange i samme række"),
            format!("`{field}` is given twice in one row"),
        ),
        site,
        Text::new("anden gang", "second time"),
    )
    .hint(Text::new(
        "fjern den ene, eller skriv to rækker",
        "remove one, or write two rows",
    ))
}

/// H0808: an expectation whose rule has no due date.
pub(crate) fn has_no_deadline(site: Site, name: &str) -> Diagnostic {
    Diagnostic::error(
        Code("H0808"),
        Text::new(
            format!("`{name}` har ingen frist"),
            format!("`{name}` has no deadline"),
        ),
        site,
        Text::new("kun en pligt har en frist", "only a duty has a deadline"),
    )
    .hint(Text::new(
        "skriv `er …` i stedet, og `den D`",
        "write `is …` instead, and `on D`",
    ))
}
