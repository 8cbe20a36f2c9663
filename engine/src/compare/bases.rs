//! Which rules there are of each kind, and what is rested on inside them, clause by clause.

use super::Kind;
use crate::model::{
    Assessment, Basis, Classification, ConditionId, ConditionKind, DeadlineException, Duty,
    Exemption, Measure, Model, Next, Rule, Suspension, Term, Transition, Warning,
};

/// The rules that a model has of one kind.
pub(super) trait OfKind: Sized {
    const KIND: Kind;
    fn rules(model: &Model) -> &[Rule<Self>];
    /// What is rested on inside it, clause by clause.
    fn bases<'m>(&'m self, model: &'m Model) -> Vec<&'m Basis>;
}

macro_rules! of_kind {
    ($($body:ident $rules:ident |$it:ident, $model:ident| $bases:expr;)*) => {$(
        impl OfKind for $body {
            const KIND: Kind = Kind::$body;
            fn rules(model: &Model) -> &[Rule<Self>] {
                &model.$rules
            }
            fn bases<'m>(&'m self, $model: &'m Model) -> Vec<&'m Basis> {
                let $it = self;
                $bases
            }
        }
    )*};
}

of_kind! {
    Assessment assessments |_it, _model| Vec::new();
    Term terms |it, model| inside(model, &[it.when]);
    Duty duties |it, model| of_duty(it, model);
    Exemption exemptions |it, model| inside(model, &[it.when]);
    Suspension suspensions |it, model| inside(model, &[it.when]);
    Classification classifications |it, model| {
        let whens: Vec<ConditionId> = it.branches.iter().filter_map(|it| it.when).collect();
        let own = it.branches.iter().filter_map(|it| it.basis.as_ref());
        own.chain(inside(model, &whens)).collect()
    };
    Warning warnings |it, model| inside(model, &[it.when]);
    Measure measures |it, model| {
        let own = it.limit.iter().filter_map(|limit| limit.basis.as_ref());
        own.chain(inside(model, &[it.count, it.out_of])).collect()
    };
    Transition transitions |_it, _model| Vec::new();
}

fn of_duty<'m>(duty: &'m Duty, model: &'m Model) -> Vec<&'m Basis> {
    let mut exceptions: Vec<&DeadlineException> = duty.deadline.exceptions.iter().collect();
    let mut bases: Vec<&Basis> = Vec::new();
    let mut conditions = vec![duty.scope, duty.counted];
    for fulfilment in &duty.fulfilments {
        bases.extend(&fulfilment.basis);
        conditions.push(fulfilment.by);
        if let Next::After(_, more) = &fulfilment.next {
            exceptions.extend(more);
        }
    }
    for exception in exceptions {
        bases.extend(&exception.basis);
        conditions.push(exception.when);
    }
    bases.extend(duty.timely_in_week.iter().flatten());
    for restart in &duty.restarts {
        bases.extend(&restart.basis);
        conditions.push(restart.begins);
    }
    bases.extend(duty.entry.iter().flat_map(|entry| &entry.basis));
    for required in &duty.required {
        bases.extend(&required.basis);
        conditions.extend(required.when);
    }
    bases.extend(inside(model, &conditions));
    bases
}

/// What the exceptions inside conditions rest on.
fn inside<'m>(model: &'m Model, conditions: &[ConditionId]) -> Vec<&'m Basis> {
    let mut bases = Vec::new();
    for id in conditions {
        let kind = &model.condition(*id).kind;
        if let ConditionKind::Except { exceptions, .. } = kind {
            bases.extend(exceptions.iter().filter_map(|it| it.basis.as_ref()));
        }
        bases.extend(inside(model, &kind.operands()));
    }
    bases
}
