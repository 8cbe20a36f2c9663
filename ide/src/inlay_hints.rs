//! Small texts between the words: what a parameter is, which field a bare value belongs to, due
//! dates in examples, and the end of a decision whose length is given elsewhere.

use crate::days::{day_words, expected_days, of_date};
use crate::examples::meant;
use crate::occurrence::{Role, Symbol};
use crate::rule_set::RuleSet;
use crate::words::{in_language, pick};
use hjemmel_engine::evaluate::Evaluation;
use hjemmel_engine::model::{Expected, Subject};
use hjemmel_engine::outcome::Due;
use hjemmel_engine::time::{self, Day};
use hjemmel_grammar::diagnostic::Language;
use hjemmel_grammar::span::{FileId, Span, slice};
use hjemmel_grammar::syntax::{
    ClauseKind, Declaration, GivenItem, GivenRow, Kind, Length, Literal,
};

/// A small text at a place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct InlayHint {
    /// Where.
    pub offset: u32,
    /// The text, without the blank around it.
    pub text: String,
    /// It belongs to the word after it; else to the one before.
    pub before: bool,
}

/// The hints of a stretch of a file, in order of place.
pub(crate) fn inlay_hints(set: &RuleSet, file: FileId, span: Span) -> Vec<InlayHint> {
    let Some(memo) = set.memo(file) else {
        return Vec::new();
    };
    let mut hints = of_names(set, file, span);
    let declared = memo.tree().declarations.iter();
    let examples = declared.filter(|it| {
        it.kind == Kind::Example && it.span.start <= span.end && span.start <= it.span.end
    });
    for example in examples {
        hints.extend(reassessments(set, example, memo.language()));
        hints.extend(due_dates(set, file, example, memo.language()));
    }
    hints.retain(|hint| span.touches(hint.offset));
    hints.sort();
    hints.dedup();
    hints
}

/// The values of parameters, and the fields of bare values.
fn of_names(set: &RuleSet, file: FileId, span: Span) -> Vec<InlayHint> {
    let occurrences = set.memo(file).map_or(&[][..], |memo| memo.occurrences());
    let used = occurrences.iter().filter(|it| {
        it.role == Role::Uses && span.start <= it.span.end && it.span.start <= span.end
    });
    let hints = used.filter_map(|it| match &it.symbol {
        Symbol::Name(name) => Some(InlayHint {
            offset: it.span.end,
            text: format!("= {}", parameter(set, name)?),
            before: false,
        }),
        Symbol::BareValue { .. } => match set.meaning(&it.symbol) {
            Symbol::Value { field, .. } => Some(InlayHint {
                offset: it.span.start,
                text: format!("{field}:"),
                before: true,
            }),
            _ => None,
        },
        _ => None,
    });
    hints.collect()
}

/// The values of a parameter, in the order written.
fn parameter(set: &RuleSet, name: &str) -> Option<String> {
    let versions = set.declarations(name).into_iter();
    let versions = versions.filter(|it| it.declaration.kind == Kind::Parameter);
    let values: Vec<&str> = versions
        .flat_map(|version| {
            let clauses = version.declaration.clauses.iter();
            clauses.filter_map(move |clause| match &clause.kind {
                ClauseKind::Value { value, .. } => Some(slice(&version.memo.text, value.span())),
                _ => None,
            })
        })
        .collect();
    (!values.is_empty()).then(|| values.join(" → "))
}

/// The last timely day at lines about a duty's state.
fn due_dates(
    set: &RuleSet,
    file: FileId,
    declared: &Declaration,
    language: Language,
) -> Vec<InlayHint> {
    let example = set
        .model()
        .and_then(|model| Some((model, meant(model, file, declared)?)));
    let Some((model, example)) = example else {
        return Vec::new();
    };
    let evaluation = Evaluation::new(model, &example.case, example.known_on);
    let lines = example.expectations.iter();
    let lines = lines.filter(|line| {
        let state = matches!(line.expected, Expected::State(_));
        state && matches!(line.subject, Subject::Duty(_))
    });
    let hints = lines.filter_map(|line| {
        let history = evaluation.history(line.subject, expected_days(line));
        let mut due = history.iter().filter_map(|run| run.due);
        let first = due.next().and_then(Due::certain)?;
        // Where it moves on the way, no one day says it.
        if due.any(|other| other.certain() != Some(first)) {
            return None;
        }
        Some(InlayHint {
            offset: line.site.span.end,
            text: format!(
                "{} {}",
                in_language("har frist", language),
                day_words(first, language)
            ),
            before: false,
        })
    });
    hints.collect()
}

/// The day a decision must be reassessed, where its row does not say.
fn reassessments(set: &RuleSet, example: &Declaration, language: Language) -> Vec<InlayHint> {
    let clauses = example.clauses.iter();
    let rows = clauses.flat_map(|clause| match &clause.kind {
        ClauseKind::Given(rows) => rows.as_slice(),
        _ => &[],
    });
    let hints = rows.filter_map(|row| {
        let day = reassessed(set, row)?;
        let word = pick(language, "revurderes", "reassessed");
        Some(InlayHint {
            offset: row.span.end,
            text: format!("{word} {}", day_words(day, language)),
            before: false,
        })
    });
    hints.collect()
}

fn reassessed(set: &RuleSet, row: &GivenRow) -> Option<Day> {
    let told = row.items.iter();
    let mut told =
        told.filter(|it| matches!(it, GivenItem::Field(name, _) if name.text == "revurderes"));
    let yes = row
        .items
        .iter()
        .any(|it| matches!(it, GivenItem::Value(Literal::YesNo(true, _))));
    if told.next().is_some() || !yes {
        return None;
    }
    let first = row.items.iter().find_map(|it| match it {
        GivenItem::From(date) => of_date(*date),
        _ => None,
    })?;
    let versions = set.declarations(&row.table.text);
    let [version] = versions.as_slice() else {
        return None;
    };
    let mut clauses = version.declaration.clauses.iter();
    clauses.find_map(|clause| match &clause.kind {
        ClauseKind::ReassessedAfter(Length::Fixed { count, unit, .. }) => {
            Some(time::Length::new(*count, *unit).after(first))
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use crate::Span;
    use crate::fixture::{Fixture, picture};

    #[track_caller]
    fn check(fixture: &str, expected: &str) {
        let fixture = Fixture::new(fixture);
        let all = Span::new(0, u32::MAX);
        let hints = fixture.analysis.inlay_hints(fixture.file, all);
        let marks: Vec<_> = hints
            .into_iter()
            .map(|it| (Span::new(it.offset, it.offset), it.text))
            .collect();
        let drawn = picture(fixture.analysis.text(fixture.file), &marks);
        assert_eq!(drawn, expected.trim_start_matches('\n'));
    }

    const RULES: &str = "
lov LAB \"Lov\"
  udgave LBK 1342/2016 gælder fra 1. januar 1900
data ydelse
  perioder fuldstændig
  art er en af hjælp, løn
skøn særligt
  hjemmel kilde \"Prøve\"
  afgøres af kommunen
  revurderes efter 6 måneder
parameter længde
  hjemmel kilde \"Prøve\"
  værdi 2 uger gælder til 31. december 2021
  værdi 3 uger gælder fra 1. januar 2022
pligt tilbud
  hjemmel LAB § 92
  for ydelse
  regnet fra ydelse
  frist længde
  opfyldes af særligt
eksempel \"😀 æ\"
  givet
    ydelse hjælp fra 1. maj 2017 til 31. maj 2017
    særligt ja fra 1. juli 2017 til 31. december 2018
  så
    tilbud er frist_løber fra 1. maj 2017 til og med 15. maj 2017
";

    #[test]
    fn everywhere_in_danish() {
        check(
            RULES,
            "
  frist længde
              ^ = 2 uger → 3 uger
    ydelse hjælp fra 1. maj 2017 til 31. maj 2017
           ^ art:
    særligt ja fra 1. juli 2017 til 31. december 2018
                                                     ^ revurderes 1. januar 2018
    tilbud er frist_løber fra 1. maj 2017 til og med 15. maj 2017
                                                                 ^ har frist 15. maj 2017
",
        );
    }

    #[test]
    fn in_english_and_beside_what_is_broken() {
        check(
            "
parameter limit
  value 2 weeks
term a
  when b for at least limit
term c
  when and
example \"a\"
  given
    b x from 1 May 2017
  then
    d is overdue on 1 May 2017
",
            "
  when b for at least limit
                           ^ = 2 weeks
",
        );
    }
}
