//! Every keyword and phrase of the language, with its Danish and its English form.
//!
//! This is the only list: translation, "this cannot be a name", the nearest keyword in a hint, the
//! table in `LANGUAGE.md` and a test of the grammar are all made from it. `grammar.pest` names the
//! same words where they stand in a sentence; the test keeps the two together.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use crate::diagnostic::Language;
use crate::syntax::{Kind, Unit};

/// Where a keyword belongs; the groups of the table in `LANGUAGE.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    /// Begins a declaration.
    Declaration,
    /// Begins a clause.
    Clause,
    /// Stands inside a header, a clause or a row.
    Link,
    /// Stands in a condition.
    Condition,
    /// Speaks of time in a condition.
    Time,
    /// A state of a duty.
    State,
}

/// A keyword or a phrase of several words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Keyword {
    /// In Danish.
    pub da: &'static str,
    /// In English.
    pub en: &'static str,
    /// Where it belongs.
    pub group: Group,
    /// Whether it can never be a name, in either language.
    pub reserved: bool,
}

impl Keyword {
    /// The form in `language`.
    #[must_use]
    pub fn get(&self, language: Language) -> &'static str {
        match language {
            Language::Danish => self.da,
            Language::English => self.en,
        }
    }
}

const fn word(group: Group, da: &'static str, en: &'static str) -> Keyword {
    Keyword {
        da,
        en,
        group,
        reserved: false,
    }
}

const fn reserved(group: Group, da: &'static str, en: &'static str) -> Keyword {
    Keyword {
        da,
        en,
        group,
        reserved: true,
    }
}

/// All of them.
pub const ALL: &[Keyword] = {
    use Group::{Clause, Condition, Declaration, Link, State, Time};
    &[
        word(Declaration, "lov", "act"),
        word(Declaration, "data", "data"),
        word(Declaration, "skøn", "assessment"),
        word(Declaration, "parameter", "parameter"),
        word(Declaration, "begreb", "term"),
        word(Declaration, "pligt", "duty"),
        word(Declaration, "fritagelse", "exemption"),
        word(Declaration, "udsættelse", "suspension"),
        word(Declaration, "opdeling", "classification"),
        word(Declaration, "advarsel", "warning"),
        word(Declaration, "måling", "measure"),
        word(Declaration, "overgang", "transition"),
        word(Declaration, "eksempel", "example"),
        reserved(Clause, "hjemmel", "basis"),
        word(Clause, "gælder fra", "in force from"),
        word(Clause, "gælder til", "in force to"),
        word(Clause, "ubekræftet", "unverified"),
        reserved(Clause, "når", "when"),
        word(Clause, "for", "for"),
        word(Clause, "regnet fra", "counted from"),
        word(Clause, "frist", "deadline"),
        word(Clause, "opfyldes af", "fulfilled by"),
        word(
            Clause,
            "rettidig i kalenderugen",
            "timely in the calendar week",
        ),
        word(Clause, "ved overgang frist", "on entry deadline"),
        word(Clause, "kræver skøn", "requires assessment"),
        word(Clause, "herefter frist", "afterwards deadline"),
        word(Clause, "i rækkefølge", "in order"),
        word(Clause, "tæl", "count"),
        word(Clause, "ud af", "out of"),
        word(Clause, "fordelt på", "split by"),
        word(Clause, "grænse", "limit"),
        word(Clause, "hver uge", "every week"),
        word(Clause, "hver måned", "every month"),
        word(Clause, "hver mandag", "every monday"),
        word(Clause, "hver tirsdag", "every tuesday"),
        word(Clause, "hver onsdag", "every wednesday"),
        word(Clause, "hver torsdag", "every thursday"),
        word(Clause, "hver fredag", "every friday"),
        word(Clause, "hver lørdag", "every saturday"),
        word(Clause, "hver søndag", "every sunday"),
        word(Clause, "udgave", "edition"),
        word(Clause, "perioder", "periods"),
        word(Clause, "hændelser", "events"),
        word(Clause, "stamdata", "facts"),
        word(Clause, "afgøres af", "decided by"),
        word(Clause, "revurderes efter", "reassessed after"),
        word(Clause, "værdi", "value"),
        word(Clause, "perioder begyndt før", "spells begun before"),
        word(Clause, "givet", "given"),
        word(Clause, "så", "then"),
        word(Clause, "kendt pr.", "known on"),
        word(Link, "fra", "from"),
        word(Link, "af", "of"),
        word(Link, "ved", "at"),
        word(Link, "kilde", "source"),
        word(Link, "til", "to"),
        word(Link, "til og med", "through"),
        reserved(Link, "dog", "however"),
        word(Link, "dog højst", "however at most"),
        reserved(Link, "derefter", "thereafter"),
        reserved(Link, "straks", "at once"),
        word(Link, "på ny når", "anew when"),
        word(Link, "ellers", "otherwise"),
        word(Link, "under", "under"),
        word(Link, "over", "over"),
        word(Link, "procent", "percent"),
        word(Link, "fuldstændig", "complete"),
        word(Link, "uden overlap", "without overlap"),
        word(Link, "følsom", "sensitive"),
        word(Link, "en af", "one of"),
        word(Link, "tal", "number"),
        word(Link, "dato", "date"),
        word(Link, "fødselsdato", "birth_date"),
        word(Link, "ja eller nej", "yes or no"),
        word(Link, "tekst", "text"),
        word(
            Link,
            "bedømmes efter reglerne",
            "are judged by the rules of",
        ),
        word(Link, "den", "on"),
        reserved(Link, "fortsat", "ongoing"),
        word(Link, "slutdato ukendt", "end unknown"),
        word(Link, "registreret", "registered"),
        word(Link, "ikke fuldstændig", "not complete"),
        word(Link, "har frist", "has deadline"),
        reserved(Condition, "og", "and"),
        reserved(Condition, "eller", "or"),
        reserved(Condition, "ikke", "not"),
        reserved(Condition, "hvor", "where"),
        word(Condition, "alle af", "all of"),
        word(Condition, "mindst én af", "at least one of"),
        word(Condition, "ingen af", "none of"),
        word(Condition, "mindst", "at least"),
        word(Condition, "dog ikke når", "however not when"),
        word(Condition, "dog også når", "however also when"),
        reserved(Condition, "er", "is"),
        word(Condition, "er ikke", "is not"),
        word(Condition, "er en af", "is one of"),
        word(Condition, "er ikke en af", "is not one of"),
        word(Condition, "er mindst", "is at least"),
        word(Condition, "er højst", "is at most"),
        word(Condition, "er under", "is under"),
        word(Condition, "er over", "is over"),
        word(Condition, "er før", "is before"),
        word(Condition, "er efter", "is after"),
        reserved(Condition, "alder", "age"),
        reserved(Condition, "varighed", "duration"),
        reserved(Condition, "ja", "yes"),
        reserved(Condition, "nej", "no"),
        word(Time, "i mindst", "for at least"),
        word(Time, "inden for de seneste", "within the last"),
        word(Time, "i alt mindst", "in total at least"),
        word(Time, "afbrudt højst", "broken at most"),
        word(
            Time,
            "afbrudt af en kalendermåned",
            "broken by a calendar month",
        ),
        word(Time, "i hele uger", "in whole weeks"),
        word(Time, "højst", "at most"),
        word(Time, "efter", "after"),
        word(Time, "før", "before"),
        word(Time, "begynder", "begins"),
        word(Time, "slutter", "ends"),
        reserved(State, "ikke_omfattet", "not_covered"),
        reserved(State, "fritaget", "exempt"),
        reserved(State, "udsat", "suspended"),
        reserved(State, "i_tilbud", "in_offer"),
        reserved(State, "afventer_skøn", "awaits_assessment"),
        reserved(State, "skal_revurderes", "must_be_reassessed"),
        reserved(State, "indfriet", "discharged"),
        reserved(State, "frist_løber", "deadline_running"),
        reserved(State, "overskredet", "overdue"),
        reserved(State, "ukendt", "unknown"),
    ]
};

/// The months in Danish and English, January first.
pub const MONTHS: [(&str, &str); 12] = [
    ("januar", "January"),
    ("februar", "February"),
    ("marts", "March"),
    ("april", "April"),
    ("maj", "May"),
    ("juni", "June"),
    ("juli", "July"),
    ("august", "August"),
    ("september", "September"),
    ("oktober", "October"),
    ("november", "November"),
    ("december", "December"),
];

/// The words of a unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct UnitWords {
    /// The unit.
    pub unit: Unit,
    /// Danish: one, and several.
    pub da: (&'static str, &'static str),
    /// English: one, and several.
    pub en: (&'static str, &'static str),
}

/// The units of time.
pub const UNITS: [UnitWords; 4] = [
    UnitWords {
        unit: Unit::Days,
        da: ("dag", "dage"),
        en: ("day", "days"),
    },
    UnitWords {
        unit: Unit::Weeks,
        da: ("uge", "uger"),
        en: ("week", "weeks"),
    },
    UnitWords {
        unit: Unit::Months,
        da: ("måned", "måneder"),
        en: ("month", "months"),
    },
    UnitWords {
        unit: Unit::Years,
        da: ("år", "år"),
        en: ("year", "years"),
    },
];

/// The word for `count` of a unit: `måned`, `måneder`.
#[must_use]
pub fn unit_word(unit: Unit, count: u32, language: Language) -> &'static str {
    let words = UNITS.iter().find(|words| words.unit == unit);
    let (one, several) = words.map_or(("", ""), |words| match language {
        Language::Danish => words.da,
        Language::English => words.en,
    });
    if count == 1 { one } else { several }
}

/// The unit that `word` names, in either language.
#[must_use]
pub fn unit(word: &str) -> Option<Unit> {
    let names =
        |words: &&UnitWords| [words.da.0, words.da.1, words.en.0, words.en.1].contains(&word);
    UNITS.iter().find(names).map(|words| words.unit)
}

/// The number of a month (from 1) and the languages it can be, whatever its capitals.
#[must_use]
pub fn month(word: &str) -> Option<(u32, Option<Language>)> {
    (1..).zip(MONTHS).find_map(|(number, (da, en))| {
        match (word.eq_ignore_ascii_case(da), word.eq_ignore_ascii_case(en)) {
            (true, true) => Some((number, None)),
            (true, false) => Some((number, Some(Language::Danish))),
            (false, true) => Some((number, Some(Language::English))),
            (false, false) => None,
        }
    })
}

/// The keyword that `text` is, and its language unless it reads the same in both.
/// Runs of blanks count as one; `mindst en af` and `every Monday` are accepted spellings.
#[must_use]
pub fn find(text: &str) -> Option<(&'static Keyword, Option<Language>)> {
    static INDEX: LazyLock<HashMap<&str, (&Keyword, Option<Language>)>> = LazyLock::new(|| {
        let mut index = HashMap::new();
        for keyword in ALL {
            let same = keyword.da == keyword.en;
            index.insert(keyword.da, (keyword, (!same).then_some(Language::Danish)));
            index.insert(keyword.en, (keyword, (!same).then_some(Language::English)));
        }
        index
    });
    INDEX
        .get(text)
        .or_else(|| INDEX.get(plain(text).as_ref()))
        .copied()
}

/// The accepted spellings of a phrase brought to the one in the table.
fn plain(text: &str) -> Cow<'_, str> {
    let mut words: Vec<&str> = text.split_ascii_whitespace().collect();
    if let ["mindst", one @ "en", "af"] = words.as_mut_slice() {
        *one = "én";
    }
    let joined = words.join(" ");
    if joined.starts_with("every ") {
        joined.to_lowercase().into()
    } else {
        joined.into()
    }
}

/// The keyword that `word` is, if it can never be a name.
#[must_use]
pub fn reserved_word(word: &str) -> Option<&'static Keyword> {
    ALL.iter()
        .find(|keyword| keyword.reserved && (keyword.da == word || keyword.en == word))
}

/// The Danish name of a state of a duty written in either language; other words are not states.
#[must_use]
pub fn state(word: &str) -> Option<&'static Keyword> {
    let names = |keyword: &&Keyword| keyword.da == word || keyword.en == word;
    ALL.iter()
        .filter(|keyword| keyword.group == Group::State)
        .find(names)
}

/// The word that declares.
#[must_use]
pub fn declares(kind: Kind, language: Language) -> &'static str {
    let danish = match kind {
        Kind::Act => "lov",
        Kind::Data => "data",
        Kind::Assessment => "skøn",
        Kind::Parameter => "parameter",
        Kind::Term => "begreb",
        Kind::Duty => "pligt",
        Kind::Exemption => "fritagelse",
        Kind::Suspension => "udsættelse",
        Kind::Classification => "opdeling",
        Kind::Warning => "advarsel",
        Kind::Measure => "måling",
        Kind::Transition => "overgang",
        Kind::Example => "eksempel",
    };
    find(danish).map_or(danish, |(keyword, _)| keyword.get(language))
}

/// The section `## Keywords` of `LANGUAGE.md`, made from the table.
#[must_use]
pub fn table() -> String {
    let mut out = String::from(
        "## Keywords\n\nA word marked * is reserved in both languages: it can never be a name. \
         The others are keywords only where they stand.\n",
    );
    let groups = [
        (Group::Declaration, "Declarations"),
        (Group::Clause, "Clauses"),
        (Group::Link, "Inside headers, clauses and rows"),
        (Group::Condition, "Conditions"),
        (Group::Time, "Time"),
        (Group::State, "States of a duty"),
    ];
    for (group, title) in groups {
        out.push_str(&format!(
            "\n### {title}\n\n| Danish | English |\n| --- | --- |\n"
        ));
        for keyword in ALL.iter().filter(|keyword| keyword.group == group) {
            let mark = |form: &str| match keyword.reserved && !form.contains(' ') {
                true => " *",
                false => "",
            };
            let Keyword { da, en, .. } = keyword;
            out.push_str(&format!("| `{da}`{} | `{en}`{} |\n", mark(da), mark(en)));
        }
    }
    out.push_str("\n### Units and months\n\n| Danish | English |\n| --- | --- |\n");
    for UnitWords { da, en, .. } in UNITS {
        out.push_str(&format!(
            "| `{}`, `{}` | `{}`, `{}` |\n",
            da.0, da.1, en.0, en.1
        ));
    }
    for (da, en) in MONTHS {
        out.push_str(&format!("| `{da}` | `{en}` |\n"));
    }
    out
}

#[cfg(test)]
mod tests {
    use pest::Parser;

    use super::*;
    use crate::grammar::{Grammar, Rule};

    fn accepts(rule: Rule, text: &str) -> bool {
        Grammar::parse(rule, text).is_ok_and(|pairs| pairs.as_str() == text)
    }

    fn keyword_rules() -> Vec<Rule> {
        let rules = Rule::all_rules().iter().copied();
        rules
            .filter(|rule| crate::lower::is_keyword(*rule))
            .collect()
    }

    #[test]
    fn the_keyword_rules_are_neighbours_in_the_grammar() {
        for rule in Rule::all_rules() {
            let named = format!("{rule:?}").starts_with("k_");
            assert_eq!(crate::lower::is_keyword(*rule), named, "{rule:?}");
        }
    }

    #[test]
    fn the_grammar_knows_every_keyword_in_both_languages() {
        for keyword in ALL {
            let rules = |form| {
                keyword_rules()
                    .into_iter()
                    .filter(move |rule| accepts(*rule, form))
            };
            let (da, en): (Vec<_>, Vec<_>) =
                (rules(keyword.da).collect(), rules(keyword.en).collect());
            assert_eq!((da.len(), &da), (1, &en), "{keyword:?}");
        }
    }

    #[test]
    fn the_grammar_knows_no_other_keyword() {
        for rule in keyword_rules() {
            assert!(
                ALL.iter().any(|keyword| accepts(rule, keyword.da)),
                "{rule:?}"
            );
        }
    }

    #[test]
    fn a_form_stands_for_one_keyword() {
        for keyword in ALL {
            assert_eq!(find(keyword.da).map(|(found, _)| found), Some(keyword));
            assert_eq!(find(keyword.en).map(|(found, _)| found), Some(keyword));
        }
    }

    #[test]
    fn exactly_the_reserved_words_cannot_be_names() {
        for form in ALL.iter().flat_map(|keyword| [keyword.da, keyword.en]) {
            if form.chars().all(|c| c.is_alphanumeric() || c == '_') {
                assert_eq!(
                    accepts(Rule::name, form),
                    reserved_word(form).is_none(),
                    "{form}"
                );
            }
        }
    }

    #[test]
    fn a_keyword_ends_at_the_end_of_its_word() {
        for form in ALL.iter().flat_map(|keyword| [keyword.da, keyword.en]) {
            let name = format!("{form}_1");
            if form.chars().all(|c| c.is_alphanumeric() || c == '_') {
                assert!(accepts(Rule::name, &name), "{name}");
            }
        }
    }

    #[test]
    fn months_and_units_are_read_in_both_languages() {
        for (da, en) in MONTHS {
            for date in [format!("4. {da} 2017"), format!("4 {en} 2017")] {
                assert!(accepts(Rule::date, &date), "{date}");
            }
        }
        for UnitWords {
            unit: expected,
            da,
            en,
        } in UNITS
        {
            for word in [da.0, da.1, en.0, en.1] {
                assert_eq!(
                    (accepts(Rule::unit, word), unit(word)),
                    (true, Some(expected)),
                    "{word}"
                );
            }
        }
    }

    #[test]
    fn the_reference_shows_the_table() {
        let page = include_str!("../LANGUAGE.md");
        assert!(
            page.ends_with(&format!("\n{}", table())),
            "keyword::table() makes the section Keywords"
        );
    }
}
