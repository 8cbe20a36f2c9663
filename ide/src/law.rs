//! The law of one day: which versions are not in force, which will change, and how they differ.

use crate::days::{day_words, of_date, parsed};
use crate::rule_set::{Declared, RuleSet};
use crate::words::pick;
use hjemmel_engine::time::{Day, Period};
use hjemmel_grammar::diagnostic::Language;
use hjemmel_grammar::span::{FileId, Span, slice};
use hjemmel_grammar::syntax::{ClauseKind, Date, Declaration};
use std::fmt;

/// The day whose law is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LawDate(pub(crate) Day);

impl LawDate {
    /// The day that a text names as `2017-07-01`; none if there is no such day.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        parsed(text).map(Self)
    }
}

impl fmt::Display for LawDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A stretch that the law of the day tells something about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LawMark {
    /// What is not in force; of what will change the name.
    pub span: Span,
    /// Whether it is in force on the day.
    pub in_force: bool,
    /// What is to be told.
    pub message: String,
}

/// What of a file is not in force on a day, and what will change later, in order of place.
pub(crate) fn marks(set: &RuleSet, file: FileId, law: Day) -> Vec<LawMark> {
    let Some(memo) = set.memo(file) else {
        return Vec::new();
    };
    let language = memo.language();
    let mut marks = Vec::new();
    for declaration in &memo.tree().declarations {
        if !in_force(declaration).contains(law) {
            marks.push(outside(declaration.span, law, language));
            continue;
        }
        marks.extend(coming(set, declaration, law, language));
        for clause in &declaration.clauses {
            let dated = match &clause.kind {
                ClauseKind::Value { from, to, .. } | ClauseKind::Edition { from, to, .. } => {
                    period(*from, *to)
                }
                _ => Period::ALL,
            };
            if !dated.contains(law) {
                marks.push(outside(clause.span, law, language));
            }
        }
    }
    marks
}

fn outside(span: Span, law: Day, language: Language) -> LawMark {
    let day = day_words(law, language);
    LawMark {
        span,
        in_force: false,
        message: match language {
            Language::Danish => format!("ikke i kraft den {day}"),
            Language::English => format!("not in force on {day}"),
        },
    }
}

/// That another version takes over.
fn coming(
    set: &RuleSet,
    declaration: &Declaration,
    law: Day,
    language: Language,
) -> Option<LawMark> {
    let name = declaration.name.as_ref()?;
    let versions = set.declarations(&name.text);
    let next = after(&versions, law)?;
    let day = day_words(in_force(next.declaration).start, language);
    Some(LawMark {
        span: name.span,
        in_force: true,
        message: match language {
            Language::Danish => format!("ændres: en anden version gælder fra {day}"),
            Language::English => format!("changes: another version is in force from {day}"),
        },
    })
}

/// The days that a declaration is in force.
fn in_force(declaration: &Declaration) -> Period {
    let mut clauses = declaration.clauses.iter();
    let validity = clauses.find_map(|clause| match &clause.kind {
        ClauseKind::Validity { from, to } => Some(period(*from, *to)),
        _ => None,
    });
    validity.unwrap_or(Period::ALL)
}

fn period(from: Option<Date>, to: Option<Date>) -> Period {
    let start = from.and_then(of_date).unwrap_or(Day::FIRST);
    let end = to.and_then(of_date).map_or(Day::END, Day::next);
    Period::new(start, end)
}

/// The first version that begins after a day.
fn after<'a, 's>(versions: &'a [Declared<'s>], law: Day) -> Option<&'a Declared<'s>> {
    let later = versions.iter();
    let later = later.filter(|it| law < in_force(it.declaration).start);
    later.min_by_key(|it| in_force(it.declaration).start)
}

/// How the versions around a day differ, in Markdown; none if there is only one.
pub(crate) fn versions(set: &RuleSet, name: &str, law: Day, language: Language) -> Option<String> {
    let all = set.declarations(name);
    if all.len() < 2 {
        return None;
    }
    let now = all.iter().find(|it| in_force(it.declaration).contains(law));
    let day = day_words(law, language);
    let Some(now) = now else {
        return Some(format!(
            "**{day}**: {}",
            pick(
                language,
                "ingen version er i kraft",
                "no version is in force"
            )
        ));
    };
    let earlier = all.iter();
    let earlier = earlier.filter(|it| in_force(it.declaration).end <= law);
    let earlier = earlier.max_by_key(|it| in_force(it.declaration).end);
    let mut out = Vec::new();
    for (old, new) in earlier
        .map(|earlier| (earlier, now))
        .into_iter()
        .chain(after(&all, law).map(|later| (now, later)))
    {
        let from = day_words(in_force(new.declaration).start, language);
        let word = pick(language, "Ændret", "Changed");
        out.push(format!(
            "**{word} {from}**\n\n```diff\n{}```",
            difference(old, new)
        ));
    }
    Some(out.join("\n\n"))
}

/// The clauses that only one of two versions has.
fn difference(old: &Declared<'_>, new: &Declared<'_>) -> String {
    let (before, after) = (clauses(old), clauses(new));
    let gone = before.iter().filter(|clause| !after.contains(clause));
    let come = after.iter().filter(|clause| !before.contains(clause));
    let signed = |sign: char, clause: &String| -> String {
        let lines = clause.lines();
        lines.map(|line| format!("{sign} {line}\n")).collect()
    };
    let gone: String = gone.map(|clause| signed('-', clause)).collect();
    let come: String = come.map(|clause| signed('+', clause)).collect();
    gone + &come
}

/// The clauses as written, apart from when they are in force.
fn clauses(version: &Declared<'_>) -> Vec<String> {
    let clauses = version.declaration.clauses.iter();
    clauses
        .filter(|clause| !matches!(clause.kind, ClauseKind::Validity { .. }))
        .map(|clause| slice(&version.memo.text, clause.span).replace("\r\n", "\n"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::LawDate;
    use crate::fixture::{Fixture, picture};

    const RULES: &str = "
begreb ung \"😀\"
  hjemmel kilde \"a\"
  gælder fra 1. januar 2014 til 31. december 2016
  når alder er under 25
begreb u$0ng
  hjemmel kilde \"a\"
  gælder fra 1. januar 2017
  når alder er under 30
parameter grænse
  hjemmel kilde \"a\"
  værdi 4 uger gælder fra 1. januar 2014 til 31. december 2016
  værdi 5 uger gælder fra 1. januar 2017
begreb a
  når og
";

    fn at(fixture: &str, law: &str) -> Fixture {
        let mut fixture = Fixture::new(fixture);
        fixture.analysis = fixture.analysis.as_of(LawDate::parse(law));
        fixture
    }

    #[track_caller]
    fn check(law: &str, expected: &str) {
        let fixture = at(RULES, law);
        let marks = fixture.analysis.law_marks(fixture.file);
        let marks: Vec<_> = marks.into_iter().map(|it| (it.span, it.message)).collect();
        let drawn = picture(fixture.analysis.text(fixture.file), &marks);
        assert_eq!(drawn, expected.trim_start());
    }

    #[test]
    fn what_is_not_in_force_and_what_changes() {
        check(
            "2017-07-01",
            "
begreb ung \"😀\"
^^^^^^^^^^^^^^ ikke i kraft den 1. juli 2017
  værdi 4 uger gælder fra 1. januar 2014 til 31. december 2016
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ikke i kraft den 1. juli 2017
",
        );
        check(
            "2016-07-01",
            "
begreb ung \"😀\"
       ^^^ ændres: en anden version gælder fra 1. januar 2017
begreb ung
^^^^^^^^^^ ikke i kraft den 1. juli 2016
  værdi 5 uger gælder fra 1. januar 2017
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ikke i kraft den 1. juli 2016
",
        );
        check("ingen dag", "");
    }

    #[test]
    fn hover_compares_the_versions() {
        let fixture = at(RULES, "2016-07-01");
        let hover = fixture
            .analysis
            .hover(fixture.file, fixture.cursor)
            .unwrap();
        let wanted = "**Ændret 1. januar 2017**\n\n```diff\n- når alder er under 25\n+ når alder er under 30\n```";
        assert!(hover.text.ends_with(wanted), "{}", hover.text);
        let english = "term old$0\n  in force from 1 January 2017 to 31 December 2017\n  when a\nterm old\n  in force from 1 January 2018\n  when b\n";
        let fixture = at(english, "2016-07-01");
        let hover = fixture
            .analysis
            .hover(fixture.file, fixture.cursor)
            .unwrap();
        assert!(
            hover.text.ends_with("no version is in force"),
            "{}",
            hover.text
        );
    }
}
