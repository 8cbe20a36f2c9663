//! What is to be written where the cursor is: the parts of `frist`, of `inden for de seneste` and
//! of the rows of an example, with the one at the cursor marked.
//!
//! Asked while a line is being typed, so it reads lines, not trees.

use crate::rule_set::RuleSet;
use crate::tokens::index;
use crate::words::{in_language, pick};
use hjemmel_grammar::diagnostic::Language;
use hjemmel_grammar::keyword;
use hjemmel_grammar::span::FileId;
use hjemmel_grammar::syntax::{FieldType, Kind};

/// The parts of what is being written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The parts in their order, fixed words among them.
    pub parts: Vec<SignaturePart>,
    /// Which of the parts that are to be filled in is at the cursor.
    pub active: usize,
}

/// A part of a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignaturePart {
    /// Words that stand there as they are.
    Fixed(String),
    /// Something to be filled in.
    Hole(String),
}

/// The signature at an offset.
pub(crate) fn signature(set: &RuleSet, file: FileId, offset: u32) -> Option<Signature> {
    let memo = set.memo(file)?;
    let language = memo.language();
    let before = memo.text.get(..index(&memo.text, offset))?;
    let start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let (above, line) = before.split_at_checked(start)?;
    if line.contains(['#', '"']) {
        return None;
    }
    match section(above, line, language) {
        Some(Section::Given) => row(set, line, language),
        Some(Section::Then) => Some(expectation(line, language)),
        None => within(line, language).or_else(|| deadline(line, language)),
    }
}

/// Where in an example a line is.
enum Section {
    Given,
    Then,
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

fn section(above: &str, line: &str, language: Language) -> Option<Section> {
    if indent(line) < 4 {
        return None;
    }
    let mut found = None;
    for earlier in above.lines().rev() {
        let words = earlier.trim();
        if words.is_empty() || words.starts_with('#') {
            continue;
        }
        match indent(earlier) {
            0 => {
                let example = words.starts_with(in_language("eksempel", language));
                return found.filter(|_| example);
            }
            1..4 if found.is_none() => {
                found = if words == in_language("givet", language) {
                    Some(Section::Given)
                } else if words == in_language("så", language) {
                    Some(Section::Then)
                } else {
                    return None;
                };
            }
            _ => {}
        }
    }
    None
}

fn fixed(text: impl Into<String>) -> SignaturePart {
    SignaturePart::Fixed(text.into())
}

fn hole(text: impl Into<String>) -> SignaturePart {
    SignaturePart::Hole(text.into())
}

/// The word for a length of time, as a thing to be filled in.
fn length(language: Language) -> SignaturePart {
    hole(pick(language, "længde: 6 måneder", "length: 6 months"))
}

/// How many lengths have been written in a text: `6 måneder `, `min_parameter `.
fn has_length(text: &str) -> bool {
    let mut words = text.split(' ').filter(|word| !word.is_empty());
    let first = words.next();
    let number = first.is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
    let unit = words
        .next()
        .is_some_and(|word| keyword::unit(word).is_some());
    let complete = text.ends_with(' ') || text.split(' ').filter(|it| !it.is_empty()).count() > 2;
    first.is_some() && complete && (!number || unit)
}

/// `A inden for de seneste D`, while D is written.
fn within(line: &str, language: Language) -> Option<Signature> {
    let words = in_language("inden for de seneste", language);
    let (head, rest) = line.rsplit_once(words)?;
    if has_length(rest) || !rest.starts_with(' ') {
        return None;
    }
    let total = in_language("i alt mindst", language);
    let condition = hole(pick(language, "betingelse", "condition"));
    let mut parts = vec![condition];
    if head.contains(total) {
        parts.extend([fixed(total), length(language)]);
    }
    parts.extend([fixed(words), length(language)]);
    let holes = parts
        .iter()
        .filter(|it| matches!(it, SignaturePart::Hole(_)));
    let active = holes.count().saturating_sub(1);
    Some(Signature { parts, active })
}

/// `frist D efter A begynder`
fn deadline(line: &str, language: Language) -> Option<Signature> {
    let word = in_language("frist", language);
    let entry = in_language("ved overgang frist", language);
    let afterwards = in_language("herefter frist", language);
    let line = line.trim_start();
    let after = |word: &str| {
        let rest = line.strip_prefix(word)?;
        rest.starts_with(' ').then_some(rest)
    };
    if let Some(rest) = after(entry) {
        let capped = rest.contains(',');
        let cap = format!(
            ", {} {}",
            in_language("dog", language),
            in_language("højst", language)
        );
        return Some(Signature {
            parts: vec![fixed(entry), length(language), fixed(cap), length(language)],
            active: usize::from(capped),
        });
    }
    if after(afterwards).is_some() {
        return Some(Signature {
            parts: vec![fixed(afterwards), length(language)],
            active: 0,
        });
    }
    let rest = after(word)?;
    let anchor = pick(
        language,
        "efter/før betingelse begynder/slutter",
        "after/before condition begins/ends",
    );
    Some(Signature {
        parts: vec![fixed(word), length(language), hole(anchor)],
        active: usize::from(has_length(rest)),
    })
}

/// A row of `givet`: the table's fields, then its days.
fn row(set: &RuleSet, line: &str, language: Language) -> Option<Signature> {
    let (table, rest) = line.trim_start().split_once(' ')?;
    let declared = set.declarations(table);
    let kind = declared.first()?.declaration.kind;
    if !matches!(kind, Kind::Data | Kind::Assessment) {
        return None;
    }
    let mut parts = vec![fixed(table)];
    if kind == Kind::Assessment {
        parts.push(hole(match language {
            Language::Danish => "ja | nej | afventer",
            Language::English => "yes | no | afventer",
        }));
    }
    for field in set.fields(table) {
        parts.push(hole(format!(
            "{}: {}",
            field.name.text,
            type_words(field.ty, language)
        )));
    }
    parts.push(hole(format!(
        "{} … {} …",
        in_language("fra", language),
        in_language("til", language)
    )));
    let last = parts.len().saturating_sub(2);
    let from = in_language("fra", language);
    let days = rest
        .split(' ')
        .any(|word| word == from || word == in_language("den", language));
    // A field that is named is meant, else the order is the table's.
    let item = rest.rsplit(',').next().unwrap_or("").trim_start();
    let named = item.split_once(' ').map_or("", |(name, _)| name);
    let fields = set.fields(table);
    let named = fields.iter().position(|field| field.name.text == named);
    let first = usize::from(kind == Kind::Assessment);
    let active = match named {
        _ if days => last,
        Some(n) => n.saturating_add(first),
        None => rest.matches(',').count().min(last),
    };
    Some(Signature { parts, active })
}

fn type_words(ty: &FieldType, language: Language) -> String {
    match ty {
        FieldType::OneOf(values) => {
            let all: Vec<&str> = values.iter().map(|value| value.text.as_str()).collect();
            all.join(" | ")
        }
        FieldType::Number => in_language("tal", language).to_owned(),
        FieldType::Date => in_language("dato", language).to_owned(),
        FieldType::BirthDate => in_language("fødselsdato", language).to_owned(),
        FieldType::YesNo => in_language("ja eller nej", language).to_owned(),
        FieldType::Text => in_language("tekst", language).to_owned(),
    }
}

/// A line of `så`: `REGEL er TILSTAND fra … til og med …`
fn expectation(line: &str, language: Language) -> Signature {
    let is = in_language("er", language);
    let has = in_language("har frist", language);
    let due = line.contains(has);
    let middle = if due {
        [fixed(has), hole(pick(language, "dato", "date"))]
    } else {
        [fixed(is), hole(pick(language, "tilstand", "state"))]
    };
    let days = format!(
        "{on} … | {from} … {through} …",
        on = in_language("den", language),
        from = in_language("fra", language),
        through = in_language("til og med", language)
    );
    let mut parts = vec![hole(pick(language, "regel", "rule"))];
    parts.extend(middle);
    parts.push(hole(days));
    let words: Vec<&str> = line.split(' ').filter(|word| !word.is_empty()).collect();
    let whole = words
        .len()
        .saturating_sub(usize::from(!line.ends_with(' ')));
    let active = match (whole, due) {
        (0, _) => 0,
        (1..6, true) | (1..3, false) => 1,
        _ => 2,
    };
    Signature { parts, active }
}

#[cfg(test)]
mod tests {
    use super::SignaturePart;
    use crate::fixture::Fixture;

    /// The parts in one line, the one at the cursor in angle brackets.
    #[track_caller]
    fn check(fixture: &str, expected: &str) {
        let fixture = Fixture::new(fixture);
        let found = fixture.analysis.signature(fixture.file, fixture.cursor);
        let mut drawn = Vec::new();
        if let Some(found) = found {
            let mut holes = 0;
            for part in found.parts {
                drawn.push(match part {
                    SignaturePart::Fixed(text) => text,
                    SignaturePart::Hole(text) => {
                        holes += 1;
                        if holes == found.active + 1 {
                            format!("<{text}>")
                        } else {
                            format!("[{text}]")
                        }
                    }
                });
            }
        }
        assert_eq!(drawn.join(" "), expected);
    }

    #[test]
    fn of_a_deadline() {
        let rest = "[efter/før betingelse begynder/slutter]";
        check(
            "pligt a\n  frist $0",
            &format!("frist <længde: 6 måneder> {rest}"),
        );
        check(
            "pligt a\n  frist 6 $0",
            &format!("frist <længde: 6 måneder> {rest}"),
        );
        check(
            "duty a\n  deadline 6 months $0",
            "deadline [length: 6 months] <after/before condition begins/ends>",
        );
        check(
            "pligt a\n  ved overgang frist 1 måned, dog højst $0",
            "ved overgang frist [længde: 6 måneder] , dog højst <længde: 6 måneder>",
        );
        check("begreb a\n  når fr$0ist", "");
    }

    #[test]
    fn of_a_look_back() {
        check(
            "begreb a\n  når b i alt mindst 3 uger inden for de seneste $0",
            "[betingelse] i alt mindst [længde: 6 måneder] inden for de seneste <længde: 6 måneder>",
        );
        check(
            "term a\n  when b within the last 3 $0",
            "[condition] within the last <length: 6 months>",
        );
        check("begreb a\n  når b inden for de seneste 3 uger $0", "");
    }

    const TABLE: &str = "data ydelse\n  perioder\n  art er en af hjælp, løn\n  timer er tal\neksempel \"æ 😀\"\n  givet\n";

    #[test]
    fn of_the_rows_of_an_example() {
        check(
            &format!("{TABLE}    ydelse $0"),
            "ydelse <art: hjælp | løn> [timer: tal] [fra … til …]",
        );
        check(
            &format!("{TABLE}    ydelse timer $0"),
            "ydelse [art: hjælp | løn] <timer: tal> [fra … til …]",
        );
        check(
            &format!("{TABLE}    ydelse hjælp fra 1. $0"),
            "ydelse [art: hjælp | løn] [timer: tal] <fra … til …>",
        );
        check(&format!("{TABLE}    ukendt $0"), "");
    }

    #[test]
    fn of_what_must_come_out() {
        let example = "example \"a\"\n  then\n    ";
        let days = "on … | from … through …";
        check(
            &format!("{example}help is $0"),
            &format!("[rule] is <state> [{days}]"),
        );
        check(
            &format!("{example}help is yes $0"),
            &format!("[rule] is [state] <{days}>"),
        );
        check(
            &format!("{example}a has deadline $0"),
            &format!("[rule] has deadline <date> [{days}]"),
        );
    }
}
