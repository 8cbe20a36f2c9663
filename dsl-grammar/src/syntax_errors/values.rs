//! Messages about dates, numbers, lengths of time and citations.

use super::text;
use crate::diagnostic::{Code, Diagnostic};
use crate::keyword::MONTHS;
use crate::span::Site;

/// The words for a date, for a hint: `28. februar 2023`, `28 February 2023`.
fn date_words(year: u32, month: u32, day: u32) -> (String, String) {
    let names = month
        .checked_sub(1)
        .and_then(|index| MONTHS.get(usize::try_from(index).ok()?));
    let (da, en) = names.copied().unwrap_or_default();
    (format!("{day}. {da} {year}"), format!("{day} {en} {year}"))
}

/// H0106: a day that the month does not have; `last` is its last day.
pub(crate) fn impossible_day(site: Site, year: u32, month: u32, last: u32) -> Diagnostic {
    let message = text("Datoen findes ikke", "There is no such date");
    let (da, en) = date_words(year, month, last);
    Diagnostic::error(
        Code("H0106"),
        message,
        site,
        text("findes ikke", "does not exist"),
    )
    .hint(text(
        format!("Den sidste dag i måneden er {da}"),
        format!("The last day of the month is {en}"),
    ))
}

/// H0106: the year does not have four digits (1000 to 9999).
pub(crate) fn year_of_four_digits(site: Site) -> Diagnostic {
    let message = text(
        "Årstallet skal have fire cifre",
        "The year must have four digits",
    );
    Diagnostic::error(
        Code("H0106"),
        message,
        site,
        text("et andet årstal", "another kind of year"),
    )
    .hint(text(
        "Skriv fx „4. januar 2017“",
        "Write for example “4 January 2017”",
    ))
}

/// H0106: digits and hyphens in another order than year, month, day.
pub(crate) fn unreadable_date(site: Site) -> Diagnostic {
    let message = text("Datoen kan ikke læses", "The date cannot be read");
    Diagnostic::error(
        Code("H0106"),
        message,
        site,
        text("ingen dato", "not a date"),
    )
    .hint(text(
        "Skriv „4. januar 2017“ eller „2017-01-04“ (år, måned, dag)",
        "Write “4 January 2017” or “2017-01-04” (year, month, day)",
    ))
}

/// H0116: a count of days, weeks, months or years outside 1 to 9,999.
pub(crate) fn length_out_of_range(site: Site) -> Diagnostic {
    let message = text(
        "Antallet er uden for 1 til 9.999",
        "The count is outside 1 to 9,999",
    );
    Diagnostic::error(Code("H0116"), message, site, text("antallet", "the count")).hint(text(
        "En tidslængde er mindst 1 og højst 9.999 dage, uger, måneder eller år",
        "A length of time is at least 1 and at most 9,999 days, weeks, months or years",
    ))
}

/// H0117: a citation that cannot be read.
pub(crate) fn unreadable_citation(site: Site, found: Option<&str>) -> Diagnostic {
    let message = text("Henvisningen kan ikke læses", "The citation cannot be read");
    let label = match found {
        Some(found) => text(
            format!("„{found}“ passer ikke her"),
            format!("“{found}” does not fit here"),
        ),
        None => text("her mangler noget", "something is missing here"),
    };
    Diagnostic::error(Code("H0117"), message, site, label).hint(text(
        "Skriv fx „LAB § 92, stk. 2, nr. 3, 2. pkt.“, „BEK 1297/2016 § 149, stk. 1, og § 151“ eller „kilde \"…\"“, til linjens slutning",
        "Write for example “LAB § 92, stk. 2, nr. 3, 2. pkt.”, “BEK 1297/2016 § 149, stk. 1, og § 151” or “source \"…\"”, to the end of the line",
    ))
}

/// H0117: a part of a citation that has nothing before it to belong to.
pub(crate) fn citation_without_paragraph(site: Site) -> Diagnostic {
    let message = text(
        "Henvisningen mangler lov eller paragraf",
        "The citation lacks its act or paragraph",
    );
    Diagnostic::error(
        Code("H0117"),
        message,
        site,
        text("af hvilken lov og paragraf?", "of which act and paragraph?"),
    )
    .hint(text(
        "Den første henvisning nævner loven og paragraffen: „LAB § 92, stk. 2“",
        "The first citation names the act and the paragraph: “LAB § 92, stk. 2”",
    ))
}

/// H0120: more than three decimals.
pub(crate) fn too_many_decimals(site: Site) -> Diagnostic {
    let message = text(
        "Tallet har mere end tre decimaler",
        "The number has more than three decimals",
    );
    Diagnostic::error(
        Code("H0120"),
        message,
        site,
        text("højst tre decimaler", "at most three decimals"),
    )
    .hint(text(
        "Tal regnes i tusindedele; tusinder skrives uden punktum: „1000“",
        "Numbers are counted in thousandths; thousands are written without a comma: “1000”",
    ))
}

/// H0120: a number that is too large.
pub(crate) fn number_too_large(site: Site) -> Diagnostic {
    let message = text("Tallet er for stort", "The number is too large");
    Diagnostic::error(Code("H0120"), message, site, text("for stort", "too large")).hint(text(
        "Tal er højst 999.999.999.999",
        "Numbers are at most 999,999,999,999",
    ))
}

/// H0123: `mindst 0 af`, or another count of bullets that no list can have.
pub(crate) fn count_of_bullets(site: Site, bullets: usize) -> Diagnostic {
    let message = text(
        format!("Antallet passer ikke til listens {bullets} punkter"),
        format!("The count does not fit the {bullets} bullets of the list"),
    );
    Diagnostic::error(Code("H0123"), message, site, text("antallet", "the count")).hint(text(
        format!("Skriv et antal fra 1 til {bullets}"),
        format!("Write a count from 1 to {bullets}"),
    ))
}

/// H0101: `table.field hvor …`.
pub(crate) fn field_before_where(site: Site, field: &str) -> Diagnostic {
    let message = text(
        "Før „hvor“ står en tabel, ikke et felt",
        "Before “where” stands a table, not a field",
    );
    Diagnostic::error(Code("H0101"), message, site, text("et felt", "a field")).hint(text(
        format!("Flyt feltet ind efter „hvor“: „hvor {field} er …“"),
        format!("Move the field behind “where”: “where {field} is …”"),
    ))
}
