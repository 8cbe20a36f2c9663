//! Wider and wider stretches round a place: the word, the conditions, the clause, the declaration.

use crate::quick_fixes::Ground;
use crate::rule_set::RuleSet;
use crate::tokens::span;
use hjemmel_grammar::span::{FileId, Span};

/// The stretches round an offset, the narrowest first; each holds the one before it.
pub(crate) fn selection(set: &RuleSet, file: FileId, offset: u32) -> Vec<Span> {
    let Some(ground) = Ground::new(set, file) else {
        return Vec::new();
    };
    let tokens = ground.memo.tokens().iter().map(|token| token.span);
    let word = tokens.rev().find(|span| span.touches(offset));
    let mut all: Vec<Span> = word.into_iter().collect();
    for declaration in &ground.memo.tree().declarations {
        if !declaration.span.touches(offset) {
            continue;
        }
        for clause in declaration
            .clauses
            .iter()
            .filter(|it| it.span.touches(offset))
        {
            if let Some(condition) = crate::refactorings::condition(clause) {
                crate::refactorings::nested(condition, offset, &mut all);
            }
            all.push(clause.span);
        }
        all.push(declaration.span);
        all.push(ground.whole(declaration));
    }
    all.push(span(0, ground.text().len()));
    all.sort_by_key(|it| (it.end.saturating_sub(it.start), it.start));
    let mut chain: Vec<Span> = Vec::new();
    for each in all {
        let holds = chain
            .last()
            .is_none_or(|last| each.start <= last.start && last.end <= each.end && each != *last);
        if holds {
            chain.push(each);
        }
    }
    chain
}

#[cfg(test)]
mod tests {
    use crate::fixture::Fixture;
    use hjemmel_grammar::span::slice;

    #[track_caller]
    fn check(fixture: &str, expected: &[&str]) {
        let fixture = Fixture::new(fixture);
        let text = fixture.analysis.text(fixture.file);
        let found = fixture.analysis.selection(fixture.file, fixture.cursor);
        let drawn: Vec<&str> = found.iter().map(|span| slice(text, *span)).collect();
        assert_eq!(drawn, expected);
    }

    #[test]
    fn from_the_word_to_the_file_past_a_clause_that_cannot_be_read() {
        check(
            "> Kort\nbegreb æ\n  når a og (ikke b$0øf i mindst 2 uger)\nlov X\n",
            &[
                "bøf",
                "begreb æ\n  når a og (ikke bøf i mindst 2 uger)",
                "> Kort\nbegreb æ\n  når a og (ikke bøf i mindst 2 uger)\n",
                "> Kort\nbegreb æ\n  når a og (ikke bøf i mindst 2 uger)\nlov X\n",
            ],
        );
    }

    #[test]
    fn through_the_parts_of_a_condition() {
        check(
            "term a\n  when b and (not $0c or d)\n",
            &[
                "c",
                "not c",
                "(not c or d)",
                "b and (not c or d)",
                "when b and (not c or d)",
                "term a\n  when b and (not c or d)",
                "term a\n  when b and (not c or d)\n",
            ],
        );
    }
}
