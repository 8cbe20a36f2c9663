//! Everything that can be wrong with the text of a rule file: one function for each message.
//!
//! The codes are H0101 to H0199; they never change meaning. What is wrong with the meaning of
//! rules is the engine's business.

mod characters;
mod values;

pub(crate) use characters::*;
pub(crate) use values::*;

use crate::diagnostic::{Code, Diagnostic, Language, Text};
use crate::keyword::Keyword;
use crate::span::Site;

fn text(da: impl Into<String>, en: impl Into<String>) -> Text {
    Text::new(da, en)
}

/// H0101: `found` stands where one of `expected` should.
pub(crate) fn unexpected(site: Site, found: Option<&str>, expected: &Text) -> Diagnostic {
    let message = match found {
        Some(found) => text(
            format!("„{found}“ kan ikke stå her"),
            format!("“{found}” cannot stand here"),
        ),
        None => text("Her mangler noget", "Something is missing here"),
    };
    let label = text(
        format!("her ventes {}", expected.da),
        format!("expected {}", expected.en),
    );
    Diagnostic::error(Code("H0101"), message, site, label).hint(text(
        "Ret stedet; de andre dele af erklæringen er læst som de står",
        "Mend this place; the other parts of the declaration were read as they stand",
    ))
}

/// H0101: a clause that begins with nothing known.
pub(crate) fn unknown_clause(site: Site, word: &str) -> Diagnostic {
    let expected = text(
        "et led, fx „hjemmel“ eller „når“",
        "a clause, such as “basis” or “when”",
    );
    unexpected(site, Some(word), &expected)
}

/// H0101: `hjemmel` at the end of a clause that takes none.
pub(crate) fn basis_out_of_place(site: Site, word: &str) -> Diagnostic {
    let message = text(
        format!("„{word}“ kan ikke stå sidst i dette led"),
        format!("“{word}” cannot stand at the end of this clause"),
    );
    Diagnostic::error(
        Code("H0101"),
        message,
        site,
        text("hører ikke til her", "does not belong here"),
    )
    .hint(text(
        "Skriv hjemlen som et led for sig, på sin egen linje",
        "Write the basis as a clause of its own, on its own line",
    ))
}

/// H0102: a line in column 0 that begins no declaration.
pub(crate) fn unknown_declaration(site: Site, word: &str, nearest: Option<&str>) -> Diagnostic {
    let message = text(
        format!("„{word}“ begynder ingen erklæring"),
        format!("“{word}” begins no declaration"),
    );
    let label = text("ukendt nøgleord", "unknown keyword");
    let error = Diagnostic::error(Code("H0102"), message, site, label);
    match nearest {
        Some(nearest) => {
            error.hint(text(format!("Mente du „{nearest}“?"), format!("Did you mean “{nearest}”?"))).replace_with(nearest)
        }
        None => error.hint(text(
            "En linje uden indrykning begynder med lov, data, skøn, parameter, begreb, pligt, fritagelse, udsættelse, \
             opdeling, advarsel, måling, overgang eller eksempel; hører den til det ovenfor, skal den rykkes ind",
            "A line that is not indented begins with act, data, assessment, parameter, term, duty, exemption, suspension, \
             classification, warning, measure, transition or example; if it belongs to the one above, indent it",
        )),
    }
}

/// H0103: Danish and English keywords in one file.
pub(crate) fn mixed_languages(site: Site, first: Site, file_is: Language) -> Diagnostic {
    let names = |danish: bool| {
        if danish {
            ("dansk", "Danish")
        } else {
            ("engelsk", "English")
        }
    };
    let (of_file, other) = match file_is {
        Language::Danish => (names(true), names(false)),
        Language::English => (names(false), names(true)),
    };
    let message = text(
        "Filen blander danske og engelske nøgleord",
        "The file mixes Danish and English keywords",
    );
    Diagnostic::error(Code("H0103"), message, site, text(format!("dette er {}", other.0), format!("this is {}", other.1)))
        .also(first, text(format!("filen er begyndt på {}", of_file.0), format!("the file began in {}", of_file.1)))
        .hint(text(
            "Brug ét sprog i hele filen; „hjemmel fmt --to da“ (eller „en“) oversætter nøgleordene",
            "Use one language in the whole file; “hjemmel fmt --to en” (or “da”) translates the keywords",
        ))
}

/// H0104: `og` and `eller` side by side.
pub(crate) fn mixed_links(first: Site, second: Site) -> Diagnostic {
    let message = text(
        "„og“ og „eller“ er blandet uden parenteser",
        "“and” and “or” are mixed without parentheses",
    );
    Diagnostic::error(Code("H0104"), message, second, text("et andet bindeord her", "another link here"))
        .also(first, text("end her", "than here"))
        .hint(text(
            "Sæt parentes om det der hører sammen, eller skriv det som punkter under „alle af:“ eller „mindst én af:“",
            "Put parentheses around what belongs together, or write bullets below “all of:” or “at least one of:”",
        ))
}

/// H0105: it cannot be seen whether `ikke` or the operator of time comes first.
pub(crate) fn not_before_time(
    site: Site,
    not: Site,
    not_inner: &str,
    not_outer: &str,
) -> Diagnostic {
    let message = text(
        "„ikke“ og en tidsangivelse kan læses på to måder",
        "“not” and an operator of time can be read in two ways",
    );
    Diagnostic::error(
        Code("H0105"),
        message,
        site,
        text(
            "gælder dette det med „ikke“?",
            "does this apply to what “not” says?",
        ),
    )
    .also(
        not,
        text(
            "eller er det hele benægtet her?",
            "or is all of it negated here?",
        ),
    )
    .hint(text(
        format!("Skriv enten „{not_inner}“ eller „{not_outer}“"),
        format!("Write either “{not_inner}” or “{not_outer}”"),
    ))
}

/// H0105: a list of values runs straight into an operator of time.
pub(crate) fn list_before_time(
    comparison: Site,
    operator: Site,
    with_parentheses: String,
) -> Diagnostic {
    let message = text(
        "En liste af værdier skal i parentes før en tidsangivelse",
        "A list of values needs parentheses before an operator of time",
    );
    let hint = text(
        format!("Skriv „{with_parentheses} …“"),
        format!("Write “{with_parentheses} …”"),
    );
    Diagnostic::error(
        Code("H0105"),
        message,
        comparison,
        text("sæt parentes om dette", "put parentheses around this"),
    )
    .also(
        operator,
        text(
            "tidsangivelsen begynder her",
            "the operator of time begins here",
        ),
    )
    .hint(hint)
    .replace_with(with_parentheses)
}

/// H0107: a reserved word where a name should stand.
pub(crate) fn reserved_as_name(site: Site, word: &str, keyword: &Keyword) -> Diagnostic {
    let message = text(
        format!("„{word}“ er et reserveret ord og kan ikke være et navn"),
        format!("“{word}” is a reserved word and cannot be a name"),
    );
    let twins = text(
        format!("reserveret på begge sprog: {}/{}", keyword.da, keyword.en),
        format!("reserved in both languages: {}/{}", keyword.da, keyword.en),
    );
    Diagnostic::error(Code("H0107"), message, site, twins).hint(text(
        format!("Giv det et andet navn, fx „{word}_1“ eller et ord der siger mere"),
        format!("Give it another name, such as “{word}_1” or a word that says more"),
    ))
}

/// H0109: a line between two indentations.
pub(crate) fn wrong_indentation(site: Site, column: usize) -> Diagnostic {
    let message = text(
        "Linjen er rykket forkert ind",
        "The line is indented wrongly",
    );
    let label = text(
        format!("erklæringens andre led begynder i kolonne {}", column + 1),
        format!(
            "the other clauses of the declaration begin in column {}",
            column + 1
        ),
    );
    Diagnostic::error(Code("H0109"), message, site, label).hint(text(
        "Et led rykkes ind med to mellemrum; det der fortsætter et led, rykkes længere ind",
        "A clause is indented by two spaces; what continues a clause is indented deeper",
    ))
}

/// H0109: an indented line above every declaration.
pub(crate) fn belongs_to_nothing(site: Site) -> Diagnostic {
    let message = text(
        "Linjen hører ikke til nogen erklæring",
        "The line belongs to no declaration",
    );
    let label = text(
        "rykket ind, men der står ingen erklæring over den",
        "indented, but there is no declaration above it",
    );
    Diagnostic::error(Code("H0109"), message, site, label).hint(text(
        "En erklæring begynder i kolonne 1 med sit nøgleord",
        "A declaration begins in column 1 with its keyword",
    ))
}

fn bullet(site: Site, da: &str, en: &str) -> Diagnostic {
    let message = text(
        "Punktet passer ikke ind i nogen liste",
        "The bullet fits no list",
    );
    Diagnostic::error(Code("H0109"), message, site, text(da, en)).hint(text(
        "Punkterne i en liste står under hinanden, dybere end det led de hører til; en liste i en liste rykkes længere ind",
        "The bullets of a list stand below each other, deeper than their clause; a list in a list is indented deeper",
    ))
}

/// H0109: a bullet as the first clause.
pub(crate) fn bullet_without_list(site: Site) -> Diagnostic {
    bullet(
        site,
        "der står ingen liste over det",
        "there is no list above it",
    )
}

/// H0109: a bullet that is not indented deeper than its clause.
pub(crate) fn bullet_not_indented(site: Site) -> Diagnostic {
    bullet(
        site,
        "står ikke dybere end leddet",
        "not deeper than the clause",
    )
}

/// H0109: a bullet between the columns of two lists.
pub(crate) fn bullet_fits_no_list(site: Site) -> Diagnostic {
    bullet(
        site,
        "står mellem to listers kolonner",
        "between the columns of two lists",
    )
}

/// H0118: a clause keyword that does not exist, near one that does.
pub(crate) fn misspelt_clause(site: Site, word: &str, nearest: &str) -> Diagnostic {
    let message = text(
        format!("„{word}“ begynder intet led"),
        format!("“{word}” begins no clause"),
    );
    Diagnostic::error(
        Code("H0118"),
        message,
        site,
        text("ukendt nøgleord", "unknown keyword"),
    )
    .hint(text(
        format!("Mente du „{nearest}“?"),
        format!("Did you mean “{nearest}”?"),
    ))
    .replace_with(nearest)
}

/// H0119: a condition is missing, or a list has no bullets.
pub(crate) fn missing_condition(site: Site, bullets: bool) -> Diagnostic {
    let (message, label) = match bullets {
        true => (
            text("Listen har ingen punkter", "The list has no bullets"),
            text("her ventes punkter", "expected bullets"),
        ),
        false => (
            text("Her mangler en betingelse", "A condition is missing here"),
            text("her ventes en betingelse", "expected a condition"),
        ),
    };
    Diagnostic::error(Code("H0119"), message, site, label).hint(text(
        "Et punkt står på sin egen linje, rykket ind, og begynder med „- “; en betingelse kan være et begreb eller „tabel.felt er værdi“",
        "A bullet stands on its own line, indented, and begins with “- ”; a condition can be a term or “table.field is value”",
    ))
}

/// H0122: summary lines at the end of a file (warning).
pub(crate) fn summary_of_nothing(site: Site) -> Diagnostic {
    let message = text(
        "Opsummeringen hører ikke til nogen erklæring",
        "The summary belongs to no declaration",
    );
    Diagnostic::warning(
        Code("H0122"),
        message,
        site,
        text("intet følger", "nothing follows"),
    )
    .hint(text(
        "Linjer med „>“ står lige over den erklæring de opsummerer; brug „#“ til en kommentar",
        "Lines with “>” stand just above the declaration they sum up; use “#” for a comment",
    ))
}
