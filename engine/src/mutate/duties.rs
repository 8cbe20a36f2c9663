//! Mutants of duties: every clause.

use super::change::Change;
use super::conditions::other_anchors;
use super::edit::Edit;
use super::making::{Making, Place};
use super::rules::without;
use super::written::length_span;
use crate::model::{
    ConditionKind, DeadlineException, Duty, DutyId, Fulfilment, LengthValue, Next, Version,
};
use hjemmel_grammar::syntax::{self, ClauseKind};

/// A version of a duty, and the clause that mutants are made in.
#[derive(Clone, Copy)]
struct Of<'d> {
    place: Place<'d>,
    id: DutyId,
    version: usize,
    body: &'d Duty,
}

impl<'d> Of<'d> {
    /// A part of the clause.
    fn part<'p>(&self, clause: &'p str) -> Of<'p>
    where
        'd: 'p,
    {
        Of {
            place: self.place.in_clause(clause),
            ..*self
        }
    }

    fn edit(&self, change: impl FnOnce(&mut Duty)) -> Edit {
        let mut duty = self.body.clone();
        change(&mut duty);
        Edit::Duty(self.id, self.version, Box::new(duty))
    }
}

impl Making<'_> {
    pub(super) fn duty(&mut self, place: &Place<'_>, at: (usize, usize), version: &Version<Duty>) {
        let body = &version.body;
        let of = |clause| Of {
            place: place.in_clause(clause),
            id: DutyId(at.0),
            version: at.1,
            body,
        };
        self.scope(&of("for"));
        self.counted(&of("regnet fra"));
        self.deadline(&of("frist"));
        self.fulfilments(&of("opfyldes af"));
        self.week(&of("rettidig i kalenderugen"));
        self.entry(&of("ved overgang frist"));
        self.required(&of("kræver skøn"));
    }

    fn scope(&mut self, of: &Of<'_>) {
        let written = of.place.written.clause(|clause| match clause {
            ClauseKind::Scope(condition) => Some(condition),
            _ => None,
        });
        if let Some((written, _)) = written {
            self.root(&of.place, of.body.scope, written);
        }
    }

    /// `regnet fra …`, with its `på ny når` lines.
    fn counted(&mut self, of: &Of<'_>) {
        let written = of.place.written.clause(|clause| match clause {
            ClauseKind::CountedFrom(counted) => Some(counted),
            _ => None,
        });
        let Some((written, _)) = written else { return };
        self.root(&of.place, of.body.counted, &written.condition);
        let restarts = of.body.restarts.iter().zip(&written.restarts).enumerate();
        for (n, (restart, words)) in restarts {
            let when = of.place.written.words(words.begins.span);
            let line = format!("regnet fra på ny når {when}");
            let of = &of.part(&line);
            let others = of.edit(|duty| duty.restarts = without(&duty.restarts, n));
            self.left_out(&of.place, words.begins.span, others);
            self.condition(&of.place, restart.begins, &words.begins, true);
        }
    }

    fn deadline(&mut self, of: &Of<'_>) {
        let written = of.place.written.clause(|clause| match clause {
            ClauseKind::Deadline(deadline) => Some(deadline),
            _ => None,
        });
        let Some((written, _)) = written else { return };
        let deadline = &of.body.deadline;
        self.length(&of.place, deadline.length, &written.length, |length| {
            of.edit(|duty| duty.deadline.length = length)
        });
        if let (Some(anchor), Some(words)) = (deadline.anchor, &written.anchor) {
            for (change, other) in other_anchors(anchor) {
                let edits = vec![of.edit(|duty| duty.deadline.anchor = Some(other))];
                self.add(&of.place, words.condition.span, change, edits);
            }
            self.condition(&of.place, anchor.condition, &words.condition, true);
        }
        self.exceptions(of, &deadline.exceptions, &written.exceptions, |duty, it| {
            duty.deadline.exceptions = it;
        });
    }

    /// `dog D når A`
    fn exceptions(
        &mut self,
        of: &Of<'_>,
        exceptions: &[DeadlineException],
        written: &[syntax::DeadlineException],
        put: impl Fn(&mut Duty, Vec<DeadlineException>),
    ) {
        for (n, (exception, words)) in exceptions.iter().zip(written).enumerate() {
            let when = of.place.written.words(words.when.span);
            let line = format!("{} dog når {when}", of.place.clause);
            let of = &of.part(&line);
            self.length(&of.place, exception.length, &words.length, |length| {
                let mut others = exceptions.to_vec();
                if let Some(other) = others.get_mut(n) {
                    other.length = length;
                }
                of.edit(|duty| put(duty, others))
            });
            let others = of.edit(|duty| put(duty, without(exceptions, n)));
            let line = length_span(&words.length).to(words.when.span);
            self.left_out(&of.place, line, others);
            self.root(&of.place, exception.when, &words.when);
        }
    }

    fn fulfilments(&mut self, of: &Of<'_>) {
        let written = of.place.written.clauses(|clause| match clause {
            ClauseKind::FulfilledBy(fulfilment) => Some(fulfilment),
            _ => None,
        });
        let fulfilments = of.body.fulfilments.iter().zip(&written).enumerate();
        for (n, (fulfilment, (words, span))) in fulfilments {
            let mut line = format!("opfyldes af {}", of.place.written.words(words.by.span));
            if let Some(when) = &words.when {
                line += &format!(" når {}", of.place.written.words(when.span));
            }
            let of = &of.part(&line);
            let others = of.edit(|duty| duty.fulfilments = without(&duty.fulfilments, n));
            self.left_out(&of.place, *span, others);
            self.fulfilled_by(of, fulfilment, words);
            self.next(of, n, fulfilment, words);
        }
    }

    /// What fulfils, and its `når`.
    fn fulfilled_by(&mut self, of: &Of<'_>, fulfilment: &Fulfilment, words: &syntax::Fulfilment) {
        let Some(when) = &words.when else {
            return self.condition(&of.place, fulfilment.by, &words.by, true);
        };
        let ConditionKind::All(parts) = &self.model.condition(fulfilment.by).kind else {
            return;
        };
        let [by, only_when] = parts.as_slice() else {
            return;
        };
        let edits = vec![Edit::Condition(
            fulfilment.by,
            ConditionKind::All(vec![*by]),
        )];
        self.add(&of.place, when.span, Change::always(), edits);
        self.condition(&of.place, *by, &words.by, true);
        self.condition(&of.place, *only_when, when, true);
    }

    /// `derefter …`
    fn next(&mut self, of: &Of<'_>, n: usize, fulfilment: &Fulfilment, words: &syntax::Fulfilment) {
        let put = |next: Next| {
            of.edit(|duty| {
                if let Some(fulfilment) = duty.fulfilments.get_mut(n) {
                    fulfilment.next = next;
                }
            })
        };
        let span = match &words.then {
            Some(syntax::Next::After(length)) => length_span(length),
            Some(syntax::Next::AtOnce(span)) => *span,
            None => words.by.span,
        };
        if !matches!(fulfilment.next, Next::Discharged) {
            let change = Change::read_as("indfriet", "discharged");
            self.add(&of.place, span, change, vec![put(Next::Discharged)]);
        }
        if !matches!(fulfilment.next, Next::AtOnce) {
            let change = Change::read_as("derefter straks", "thereafter at once");
            self.add(&of.place, span, change, vec![put(Next::AtOnce)]);
        }
        let (Next::After(length, exceptions), Some(syntax::Next::After(written))) =
            (&fulfilment.next, &words.then)
        else {
            return;
        };
        self.length(&of.place, *length, written, |length: LengthValue| {
            put(Next::After(length, exceptions.clone()))
        });
        self.exceptions(of, exceptions, &words.exceptions, |duty, exceptions| {
            if let Some(fulfilment) = duty.fulfilments.get_mut(n) {
                fulfilment.next = Next::After(*length, exceptions);
            }
        });
    }

    fn week(&mut self, of: &Of<'_>) {
        let written = of.place.written.clause(|clause| match clause {
            ClauseKind::TimelyInWeek { .. } => Some(()),
            _ => None,
        });
        if let Some(((), span)) = written {
            self.left_out(&of.place, span, of.edit(|duty| duty.timely_in_week = None));
        }
    }

    fn entry(&mut self, of: &Of<'_>) {
        let written = of.place.written.clause(|clause| match clause {
            ClauseKind::OnEntry {
                length, at_most, ..
            } => Some((length, at_most)),
            _ => None,
        });
        let (Some(((length, at_most), span)), Some(entry)) = (written, &of.body.entry) else {
            return;
        };
        let put = |length, at_most| {
            of.edit(|duty| {
                if let Some(entry) = &mut duty.entry {
                    (entry.length, entry.at_most) = (length, at_most);
                }
            })
        };
        self.left_out(&of.place, span, of.edit(|duty| duty.entry = None));
        self.length(&of.place, entry.length, length, |it| put(it, entry.at_most));
        if let (Some(cap), Some(written)) = (entry.at_most, at_most) {
            self.length(&of.place, cap, written, |cap| put(entry.length, Some(cap)));
            let edits = vec![put(entry.length, None)];
            let span = length_span(written);
            self.add(&of.place, span, Change::left_out(), edits);
        }
    }

    fn required(&mut self, of: &Of<'_>) {
        let written = of.place.written.clauses(|clause| match clause {
            ClauseKind::RequiresAssessment {
                assessment, when, ..
            } => Some((assessment, when)),
            _ => None,
        });
        let required = of.body.required.iter().zip(&written).enumerate();
        for (n, (required, ((name, when), span))) in required {
            let line = format!("kræver skøn {}", name.text);
            let of = &of.part(&line);
            let others = of.edit(|duty| duty.required = without(&duty.required, n));
            self.left_out(&of.place, *span, others);
            if let (Some(id), Some(written)) = (required.when, when) {
                self.root(&of.place, id, written);
            }
        }
    }
}
