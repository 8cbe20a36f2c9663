//! Duties made ready: who they cover, what starts and stops their clock, and what fulfils them.

use super::compile::{Compiler, Context};
use super::node::{DutyPlan, LengthsPlan, NextPlan, NodeId, States};
use crate::evaluate::{Decided, attached};
use crate::model::{
    Anchor, ConditionId, DeadlineException, Duty, DutyId, EntryGrace, LengthValue, Next, Required,
    RowCondition,
};
use crate::time::{Length, Truth};

impl Compiler<'_> {
    /// The clock of a duty, with all it asks, as it is read under a law.
    pub(super) fn duty(&mut self, id: DutyId, duty: &Duty, context: Context) -> States {
        let (scope, counted) = (duty.scope, duty.counted);
        let (scope, counted) = (
            self.condition(scope, context),
            self.condition(counted, context),
        );
        let restarts = duty.restarts.iter();
        let restarts = restarts
            .map(|restart| self.condition(restart.begins, context))
            .collect();
        let deadline = self.lengths(duty.deadline.length, &duty.deadline.exceptions, context);
        let anchor = duty.deadline.anchor.map(
            |Anchor {
                 condition,
                 edge,
                 side,
             }| { (self.condition(condition, context), edge, side) },
        );
        let mut fulfilments = Vec::new();
        for fulfilment in &duty.fulfilments {
            let by = self.condition(fulfilment.by, context);
            fulfilments.push((by, self.next(&fulfilment.next, context)));
        }
        let exemptions = self.exemptions(id, context);
        let suspensions = self.suspensions(id, context);
        let suspended = self.or(suspensions.clone());
        let required = duty.required.iter();
        let required = required
            .filter_map(|required| self.required(required, context))
            .collect();
        let entry = duty.entry.as_ref();
        States::Duty(Box::new(DutyPlan {
            duty: id,
            scope,
            counted,
            restarts,
            deadline,
            anchor,
            fulfilments,
            exemptions,
            suspensions,
            suspended,
            required,
            grace: self.grace(entry.map(|entry| entry.length), context),
            cap: entry
                .and_then(|EntryGrace { at_most, .. }| *at_most)
                .map(|cap| self.length(cap, context)),
            week: duty.timely_in_week.is_some(),
        }))
    }

    fn exemptions(
        &mut self,
        id: DutyId,
        context: Context,
    ) -> Vec<(NodeId, NodeId, Option<Length>)> {
        let model = self.model;
        let attached = attached(&model.exemptions, context.law, |body| {
            body.duties.contains(&id)
        });
        let lenient = Context {
            expired_counts: true,
            ..context
        };
        let exemptions = attached.into_iter().map(|(_, version)| {
            let when = version.map(|version| version.body.when);
            let held = self.when(when, context);
            // Days on which only a decision past its reassessment date would exempt.
            let (expired, not_held) = (self.when(when, lenient), self.not(held));
            let expired = self.and(vec![expired, not_held]);
            let grace = match version {
                Some(version) => self.grace(version.body.grace, context),
                None => Some(Length::ZERO),
            };
            (held, expired, grace)
        });
        exemptions.collect()
    }

    fn suspensions(&mut self, id: DutyId, context: Context) -> Vec<NodeId> {
        let model = self.model;
        let attached = attached(&model.suspensions, context.law, |body| {
            body.duties.contains(&id)
        });
        let suspensions = attached.into_iter();
        suspensions
            .map(|(_, version)| self.when(version.map(|version| version.body.when), context))
            .collect()
    }

    fn required(&mut self, required: &Required, context: Context) -> Option<(NodeId, NodeId)> {
        self.model.assessments.get(required.assessment.0)?;
        let when = match required.when {
            Some(when) => self.condition(when, context),
            None => self.constant(Truth::Yes),
        };
        let any = RowCondition::All(Vec::new());
        let id = required.assessment;
        let valid = self.decisions(id, &any, Decided::Either, false, context);
        let expired = self.decisions(id, &any, Decided::Either, true, context);
        let (not_valid, not_expired) = (self.not(valid), self.not(expired));
        let awaiting = self.and(vec![when, not_valid, not_expired]);
        let expired = self.and(vec![when, not_valid, expired]);
        Some((awaiting, expired))
    }

    /// What a condition says; unknown for want of a rule where there is none.
    fn when(&mut self, condition: Option<ConditionId>, context: Context) -> NodeId {
        match condition {
            Some(condition) => self.condition(condition, context),
            None => self.unknown(),
        }
    }

    fn next(&mut self, next: &Next, context: Context) -> NextPlan {
        match next {
            Next::Discharged => NextPlan::Discharged,
            Next::AtOnce => NextPlan::AtOnce,
            Next::After(length, exceptions) => {
                NextPlan::After(self.lengths(*length, exceptions, context))
            }
        }
    }

    fn lengths(
        &mut self,
        base: LengthValue,
        exceptions: &[DeadlineException],
        context: Context,
    ) -> LengthsPlan {
        let exceptions = exceptions.iter().map(|exception| {
            let length = self.length(exception.length, context);
            (self.condition(exception.when, context), length)
        });
        let exceptions = exceptions.collect();
        LengthsPlan {
            base: self.length(base, context),
            exceptions,
        }
    }

    /// A grace that may be left out (none at all).
    fn grace(&self, value: Option<LengthValue>, context: Context) -> Option<Length> {
        value.map_or(Some(Length::ZERO), |value| self.length(value, context))
    }
}
