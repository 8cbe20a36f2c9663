//! What stands at an offset: kind, title, summary, basis, validity, use.

mod facts;

use crate::memo::Memo;
use crate::occurrence::Symbol;
use crate::rule_set::{ASSESSMENT_FIELDS, Declared, RuleSet};
use crate::words::{date, in_language, keyword_of, pick};
use facts::with_uses;
use hjemmel_grammar::diagnostic::Language;
use hjemmel_grammar::keyword;
use hjemmel_grammar::span::{FileId, Span, slice};
use hjemmel_grammar::syntax::{Basis, BasisKind, ClauseKind, Date, Kind};

/// An answer about a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The word.
    pub span: Span,
    /// What is known of it, in Markdown.
    pub text: String,
}

/// What stands at an offset, in the language of the file.
pub(crate) fn hover(set: &RuleSet, file: FileId, offset: u32) -> Option<Hover> {
    let memo = set.memo(file)?;
    let language = memo.language();
    if let Some((span, symbol)) = set.symbol_at(file, offset) {
        let text = of_symbol(set, &symbol, language)?;
        return Some(Hover { span, text });
    }
    of_keyword(memo, offset)
}

/// What is known of something that has a name.
pub(crate) fn of_symbol(set: &RuleSet, symbol: &Symbol, language: Language) -> Option<String> {
    match symbol {
        Symbol::Name(name) => of_name(set, name, language),
        Symbol::Field { table, field } => of_field(set, table, field, language),
        Symbol::Value {
            table,
            field,
            value,
        } => {
            let declared = set.field(table, field)?;
            declared.values().iter().find(|it| it.text == *value)?;
            let what = pick(language, "en værdi af", "a value of");
            Some(with_uses(
                set,
                symbol,
                language,
                &format!("`{value}` · {what} `{table}.{field}`"),
            ))
        }
        Symbol::BareValue { .. } => None,
        Symbol::State { of, state } => of_state(set, of, state, language),
    }
}

/// The paragraphs about a declared name: what it is once, then each version.
fn of_name(set: &RuleSet, name: &str, language: Language) -> Option<String> {
    let versions = set.declarations(name);
    let first = versions.first()?;
    let kind = keyword_of(first.declaration.kind, language);
    let mut paragraphs = vec![format!("**{kind}** `{name}`")];
    for version in &versions {
        paragraphs.extend(of_version(version, language));
    }
    paragraphs.extend(facts::type_of(set, first, language));
    let symbol = Symbol::Name(name.to_owned());
    Some(with_uses(set, &symbol, language, &paragraphs.join("\n\n")))
}

fn of_version(version: &Declared<'_>, language: Language) -> Vec<String> {
    let declaration = version.declaration;
    let title = declaration.title.as_ref();
    let mut paragraphs: Vec<String> = title
        .map(|it| format!("*{}*", it.text))
        .into_iter()
        .collect();
    if !declaration.summary.is_empty() {
        paragraphs.push(format!("> {}", declaration.summary.join("\n> ")));
    }
    let mut facts = Vec::new();
    let mut code = Vec::new();
    for clause in &declaration.clauses {
        match &clause.kind {
            ClauseKind::Basis { basis, from, to } => {
                let word = pick(language, "Hjemmel", "Basis");
                let days = in_force(*from, *to, language);
                facts.push(
                    format!("{word}: {} {days}", citation(basis))
                        .trim_end()
                        .to_owned(),
                );
            }
            ClauseKind::Validity { from, to } => {
                facts.push(in_force(*from, *to, language));
            }
            ClauseKind::Unverified { why, from, to } => {
                let word = in_language("ubekræftet", language);
                let days = in_force(*from, *to, language);
                let fact = format!("**{word}**: {} {days}", why.text);
                facts.push(fact.trim_end().to_owned());
            }
            _ => code.extend(shown(version.memo, declaration.kind, clause)),
        }
    }
    if !facts.is_empty() {
        paragraphs.push(facts.join("  \n"));
    }
    if !code.is_empty() {
        paragraphs.push(format!("```regel\n{}\n```", code.join("\n")));
    }
    paragraphs
}

/// `gælder fra … til …`; nothing where there is neither day.
fn in_force(from: Option<Date>, to: Option<Date>, language: Language) -> String {
    let until = match from {
        Some(_) => in_language("til", language),
        None => in_language("gælder til", language),
    };
    let from = from.map(|day| (in_language("gælder fra", language), day));
    let days = from.into_iter().chain(to.map(|day| (until, day)));
    let days = days.map(|(word, day)| format!("{word} {}", date(day, language)));
    days.collect::<Vec<_>>().join(" ")
}

/// The clauses that say the most about a declaration, as written.
fn shown(memo: &Memo, kind: Kind, clause: &hjemmel_grammar::syntax::Clause) -> Option<String> {
    let says = matches!(
        (&clause.kind, kind),
        (
            ClauseKind::When(_) | ClauseKind::Scope(_) | ClauseKind::CountedFrom(_),
            _
        ) | (ClauseKind::Deadline(_) | ClauseKind::Grace(_), _)
            | (ClauseKind::FulfilledBy(_) | ClauseKind::Value { .. }, _)
            | (ClauseKind::Shape { .. } | ClauseKind::Field { .. }, _)
            | (ClauseKind::Edition { .. } | ClauseKind::Branch(_), _)
            | (
                ClauseKind::Count(_) | ClauseKind::OutOf(_) | ClauseKind::Pinned { .. },
                _
            )
    );
    let text = slice(&memo.text, clause.span);
    (says && !text.is_empty()).then(|| text.replace("\r\n", "\n"))
}

/// A basis as lawyers write it.
pub(crate) fn citation(basis: &Basis) -> String {
    match &basis.kind {
        BasisKind::Source(source) => source.text.clone(),
        BasisKind::Provisions(provisions) => {
            let all: Vec<String> = provisions.iter().map(ToString::to_string).collect();
            all.join("; ")
        }
    }
}

fn of_field(set: &RuleSet, table: &str, field: &str, language: Language) -> Option<String> {
    let what = pick(language, "felt", "field");
    let head = format!("**{what}** `{table}.{field}`");
    let Some(declared) = set.field(table, field) else {
        let built_in =
            set.kind_of(table) == Some(Kind::Assessment) && ASSESSMENT_FIELDS.contains(&field);
        let told = match field {
            "afgørelse" => pick(
                language,
                "`ja`, `nej` eller `afventer`",
                "`ja` (yes), `nej` (no) or `afventer` (awaits)",
            ),
            _ => pick(
                language,
                "den sidste dag før afgørelsen skal revurderes",
                "the last day before the decision must be reassessed",
            ),
        };
        return built_in.then(|| format!("{head}\n\n{told}"));
    };
    let written = slice(&declared.owner.memo.text, declared.span).replace("\r\n", "\n");
    let title = declared.owner.declaration.title.as_ref();
    let title = title.map_or_else(String::new, |title| format!(" · *{}*", title.text));
    let mut text = format!("{head}{title}\n\n```regel\n{written}\n```");
    if declared.sensitive {
        text.push_str("\n\n");
        text.push_str(pick(
            language,
            "Feltets værdier vises aldrig i meddelelser.",
            "The field's values never appear in messages.",
        ));
    }
    let symbol = Symbol::Field {
        table: table.to_owned(),
        field: field.to_owned(),
    };
    Some(with_uses(set, &symbol, language, &text))
}

fn of_state(set: &RuleSet, of: &str, state: &str, language: Language) -> Option<String> {
    let what = pick(language, "en tilstand af", "a state of");
    let head = format!("`{state}` · {what} `{of}`");
    let branches = set.branches(of);
    let branch = branches.iter().find(|(_, it)| it.state.text == state);
    let Some((declared, branch)) = branch else {
        let known = keyword::state(state).filter(|_| set.kind_of(of) == Some(Kind::Duty));
        return known.map(|word| format!("`{}` · {what} `{of}`", word.get(language)));
    };
    let title = branch.title.as_ref();
    let title = title.map_or_else(String::new, |title| format!("\n\n*{}*", title.text));
    let around =
        |span: Span| span.start <= branch.state.span.start && branch.state.span.end <= span.end;
    let clause = declared
        .declaration
        .clauses
        .iter()
        .find(|it| around(it.span));
    let written = clause.map_or("", |clause| slice(&declared.memo.text, clause.span));
    let symbol = Symbol::State {
        of: of.to_owned(),
        state: state.to_owned(),
    };
    let text = format!(
        "{head}{title}\n\n```regel\n{}\n```",
        written.replace("\r\n", "\n")
    );
    Some(with_uses(set, &symbol, language, &text))
}

/// A keyword, and its form in the other language.
fn of_keyword(memo: &Memo, offset: u32) -> Option<Hover> {
    let words = memo.parse().words.iter();
    let mut touching = words.filter(|word| word.span.touches(offset));
    let word = touching.next_back()?;
    keyword::find(&word.da)?;
    Some(Hover {
        span: word.span,
        text: translated(&word.da, &word.en, memo.language()),
    })
}

/// A keyword in either language, and its form in the other.
pub(crate) fn of_word(word: &str, language: Language) -> Option<String> {
    let (word, _) = keyword::find(word)?;
    Some(translated(word.da, word.en, language))
}

fn translated(da: &str, en: &str, language: Language) -> String {
    let (own, other, name) = match language {
        Language::Danish => (da, en, "engelsk"),
        Language::English => (en, da, "Danish"),
    };
    if own == other {
        format!("**{own}**")
    } else {
        format!("**{own}** · {name}: *{other}*")
    }
}

#[cfg(test)]
mod tests {
    use crate::fixture::Fixture;
    use hjemmel_grammar::span::slice;

    /// The word, and what is said of it.
    #[track_caller]
    fn check(fixture: &str, expected: &str) {
        let fixture = Fixture::new(fixture);
        let hover = fixture.analysis.hover(fixture.file, fixture.cursor);
        let drawn = hover.map_or_else(String::new, |hover| {
            let text = fixture.analysis.text(fixture.file);
            format!("<{}>\n{}", slice(text, hover.span), hover.text)
        });
        assert_eq!(drawn, expected.trim());
    }

    #[test]
    fn of_a_term_with_everything() {
        check(
            "
> Den der er fyldt 18 år.
> Så kort er det.
begreb voksen \"Myndig\"
  hjemmel VÆRGEL § 1, stk. 1, og § 2
  gælder fra 1. januar 2014 til 31. december 2020
  ubekræftet \"Ikke set\"
  når alder er mindst 18
begreb a
  når vok$0sen eller voksen
",
            "
<voksen>
**begreb** `voksen`

*Myndig*

> Den der er fyldt 18 år.
> Så kort er det.

Hjemmel: VÆRGEL § 1, stk. 1; VÆRGEL § 2  
gælder fra 1. januar 2014 til 31. december 2020  
**ubekræftet**: Ikke set

```regel
når alder er mindst 18
```

Type: betingelse (`ja`, `nej` eller `ukendt` hver dag)

Brugt 2 steder: `a`
",
        );
    }

    #[test]
    fn in_english() {
        check(
            "
data benefit \"Benefits\"
  periods complete
  kind is one of cash, other, sensitive
term a
  when benefit.$0kind is cash
",
            "
<kind>
**field** `benefit.kind` · *Benefits*

```regel
kind is one of cash, other, sensitive
```

The field's values never appear in messages.

Used in 1 place: `a`
",
        );
    }

    #[test]
    fn of_a_parameter_with_dated_values() {
        check(
            "
parameter pause \"Pause\"
  hjemmel kilde \"Et brev\"
  værdi 4 uger gælder fra 1. januar 2014 til 31. december 2021
  værdi 4 måneder gælder fra 1. januar 2022
begreb a
  når b i mindst p$0ause
",
            "
<pause>
**parameter** `pause`

*Pause*

Hjemmel: Et brev

```regel
værdi 4 uger gælder fra 1. januar 2014 til 31. december 2021
værdi 4 måneder gælder fra 1. januar 2022
```

Type: længde af tid

Brugt 1 sted: `a`
",
        );
    }

    #[test]
    fn of_a_classification_with_its_states_and_users() {
        check(
            "
classification fo$0llow_up
  with \"With\" when x
  without otherwise
//- /b.regel
term a
  when follow_up is with
exemption f from p
  when (not a) and follow_up is with
example \"e\"
  then
    follow_up is with on 1 May 2017
",
            "
<follow_up>
**classification** `follow_up`

```regel
with \"With\" when x
without otherwise
```

Type: one of `with`, `without`

Used in 3 places: `a`, `f`
",
        );
    }

    #[test]
    fn of_values_and_states() {
        check(
            "
data ydelse
  art er en af k$0ontant
",
            "
<kontant>
`kontant` · en værdi af `ydelse.art`

Bruges ikke
",
        );
        check(
            "
opdeling opfølgning
  uden \"Uden noget\" ellers
eksempel \"a\"
  så
    opfølgning er $0uden den 1. maj 2017
",
            "
<uden>
`uden` · en tilstand af `opfølgning`

*Uden noget*

```regel
uden \"Uden noget\" ellers
```

Brugt 1 sted
",
        );
        check(
            "
duty offer
  for a
term b
  when offer is over$0due
",
            "
<overdue>
`overdue` · a state of `offer`
",
        );
    }

    #[test]
    fn of_a_keyword_is_its_translation() {
        check(
            "begreb a\n  når b inden for $0de seneste 2 uger\n",
            "<inden for de seneste>\n**inden for de seneste** · engelsk: *within the last*",
        );
    }

    #[test]
    fn of_nothing() {
        check("begreb a\n  når $0ukendt_navn\n", "");
        check("# kommen$0tar\n", "");
    }
}
