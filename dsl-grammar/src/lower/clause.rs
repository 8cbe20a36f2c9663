//! Clauses, one function for each that has parts.

use super::citation::numbered_act;
use super::{Lower, P, find, first};
use crate::grammar::Rule;
use crate::syntax::{
    Basis, Branch, ClauseKind, Condition, CountedFrom, Date, Deadline, DeadlineException,
    FieldType, Fulfilment, Length, Next, Order, Restart, Rhythm, Shape,
};

impl Lower<'_> {
    /// A clause; `givet` and `så` get their rows afterwards.
    pub(crate) fn clause(&mut self, pair: &P<'_>) -> Option<ClauseKind> {
        Some(match pair.as_rule() {
            Rule::basis_clause => {
                let basis = self.basis(&find(pair, Rule::basis)?);
                let (from, to) = self.optional_validity(pair)?;
                ClauseKind::Basis {
                    basis: basis?,
                    from,
                    to,
                }
            }
            Rule::validity_clause => {
                let (from, to) = self.validity(&first(pair)?)?;
                ClauseKind::Validity { from, to }
            }
            Rule::unverified => {
                let why = self.quoted(&find(pair, Rule::quoted)?);
                let (from, to) = self.optional_validity(pair)?;
                ClauseKind::Unverified { why, from, to }
            }
            Rule::when => ClauseKind::When(self.only_condition(pair)?),
            Rule::scope => ClauseKind::Scope(self.only_condition(pair)?),
            Rule::counted_from => ClauseKind::CountedFrom(self.counted_from(pair)?),
            Rule::tally => ClauseKind::Count(self.only_condition(pair)?),
            Rule::out_of => ClauseKind::OutOf(self.only_condition(pair)?),
            Rule::deadline => ClauseKind::Deadline(self.deadline(pair)?),
            Rule::fulfilment => ClauseKind::FulfilledBy(self.fulfilment(pair)?),
            Rule::timely => ClauseKind::TimelyInWeek {
                basis: self.basis_tail(pair)?,
            },
            Rule::on_entry => self.on_entry(pair)?,
            Rule::requires => ClauseKind::RequiresAssessment {
                assessment: self.name(&find(pair, Rule::name)?),
                when: self.only_when(pair)?,
                basis: self.basis_tail(pair)?,
            },
            Rule::grace => ClauseKind::Grace(self.only_length(pair)?),
            Rule::reassessed => ClauseKind::ReassessedAfter(self.only_length(pair)?),
            Rule::in_order => ClauseKind::InOrder,
            Rule::branch => ClauseKind::Branch(self.branch(pair)?),
            Rule::split_by => {
                let paths = pair
                    .clone()
                    .into_inner()
                    .filter(|part| part.as_rule() == Rule::path);
                ClauseKind::SplitBy(paths.map(|part| self.path(&part)).collect::<Option<_>>()?)
            }
            Rule::limit => self.limit(pair)?,
            Rule::every => ClauseKind::Every(rhythm(&first(pair)?)?),
            Rule::edition => self.edition(pair)?,
            Rule::shape => shape(pair)?,
            Rule::field => self.field(pair)?,
            Rule::decided_by => {
                let words = pair
                    .clone()
                    .into_inner()
                    .filter(|part| part.as_rule() == Rule::word);
                ClauseKind::DecidedBy(words.map(|part| self.name(&part)).collect())
            }
            Rule::value => self.value(pair)?,
            Rule::pinned => {
                let mut dates = self.dates(pair)?.into_iter();
                ClauseKind::Pinned {
                    begun_before: dates.next()?,
                    law_of: dates.next()?,
                }
            }
            Rule::given => ClauseKind::Given(Vec::new()),
            Rule::then => ClauseKind::Expect(Vec::new()),
            Rule::known_on => ClauseKind::KnownOn(self.dates(pair)?.into_iter().next()?),
            _ => return None,
        })
    }

    fn only_condition(&mut self, pair: &P<'_>) -> Option<Condition> {
        self.condition(&find(pair, Rule::condition)?)
    }

    fn only_length(&mut self, pair: &P<'_>) -> Option<Length> {
        self.length(&find(pair, Rule::length)?)
    }

    /// The condition after `når`; the outer `None` means that it could not be read.
    fn only_when(&mut self, pair: &P<'_>) -> Option<Option<Condition>> {
        find(pair, Rule::only_when).map_or(Some(None), |part| self.only_condition(&part).map(Some))
    }

    /// The basis at the end of a line; the outer `None` means that it could not be read.
    pub(super) fn basis_tail(&mut self, pair: &P<'_>) -> Option<Option<Basis>> {
        let Some(tail) = find(pair, Rule::basis_tail) else {
            return Some(None);
        };
        self.basis(&find(&tail, Rule::basis)?).map(Some)
    }

    fn validity(&mut self, pair: &P<'_>) -> Option<(Option<Date>, Option<Date>)> {
        let mut dates = self.dates(pair)?.into_iter();
        match find(pair, Rule::k_in_force_from) {
            Some(_) => Some((dates.next(), dates.next())),
            None => Some((None, dates.next())),
        }
    }

    fn optional_validity(&mut self, pair: &P<'_>) -> Option<(Option<Date>, Option<Date>)> {
        find(pair, Rule::validity).map_or(Some((None, None)), |part| self.validity(&part))
    }

    fn counted_from(&mut self, pair: &P<'_>) -> Option<CountedFrom> {
        let condition = self.only_condition(pair);
        let restarts = pair
            .clone()
            .into_inner()
            .filter(|part| part.as_rule() == Rule::restart);
        let restarts: Option<Vec<_>> = restarts.map(|part| self.restart(&part)).collect();
        Some(CountedFrom {
            condition: condition?,
            restarts: restarts?,
        })
    }

    fn restart(&mut self, pair: &P<'_>) -> Option<Restart> {
        Some(Restart {
            begins: self.condition(&find(pair, Rule::chain)?)?,
            basis: self.basis_tail(pair)?,
        })
    }

    fn deadline(&mut self, pair: &P<'_>) -> Option<Deadline> {
        let length = self.only_length(pair);
        let anchor = find(pair, Rule::anchor).map(|part| self.anchor(&part));
        let exceptions = self.deadline_exceptions(pair);
        Some(Deadline {
            length: length?,
            anchor: optional(anchor)?,
            exceptions: exceptions?,
        })
    }

    fn deadline_exceptions(&mut self, pair: &P<'_>) -> Option<Vec<DeadlineException>> {
        let parts = pair
            .clone()
            .into_inner()
            .filter(|part| part.as_rule() == Rule::deadline_exception);
        parts.map(|part| self.deadline_exception(&part)).collect()
    }

    fn deadline_exception(&mut self, pair: &P<'_>) -> Option<DeadlineException> {
        let length = self.only_length(pair)?;
        let when = self.condition(&find(pair, Rule::chain)?)?;
        Some(DeadlineException {
            length,
            when,
            basis: self.basis_tail(pair)?,
        })
    }

    fn fulfilment(&mut self, pair: &P<'_>) -> Option<Fulfilment> {
        let by = self.condition(&find(pair, Rule::chain)?);
        let when = self.only_when(pair);
        let then = find(pair, Rule::thereafter).map(|part| self.thereafter(&part));
        let exceptions = self.deadline_exceptions(pair);
        let basis = self.basis_tail(pair);
        Some(Fulfilment {
            by: by?,
            when: when?,
            then: optional(then)?,
            exceptions: exceptions?,
            basis: basis?,
        })
    }

    fn thereafter(&mut self, pair: &P<'_>) -> Option<Next> {
        match find(pair, Rule::k_at_once) {
            Some(straks) => Some(Next::AtOnce(self.span(&straks))),
            None => self.only_length(pair).map(Next::After),
        }
    }

    fn on_entry(&mut self, pair: &P<'_>) -> Option<ClauseKind> {
        let lengths = pair
            .clone()
            .into_inner()
            .filter(|part| part.as_rule() == Rule::length);
        let lengths: Option<Vec<_>> = lengths.map(|part| self.length(&part)).collect();
        let mut lengths = lengths?.into_iter();
        let (length, at_most) = (lengths.next()?, lengths.next());
        Some(ClauseKind::OnEntry {
            length,
            at_most,
            basis: self.basis_tail(pair)?,
        })
    }

    fn limit(&mut self, pair: &P<'_>) -> Option<ClauseKind> {
        let mut parts = pair.clone().into_inner().map(|part| part.as_rule());
        let order = parts.find_map(|rule| match rule {
            Rule::k_at_least => Some(Order::AtLeast),
            Rule::k_at_most => Some(Order::AtMost),
            Rule::k_under => Some(Order::Under),
            Rule::k_over => Some(Order::Over),
            _ => None,
        })?;
        Some(ClauseKind::Limit {
            order,
            percent: self.literal(&find(pair, Rule::percentage)?)?,
            basis: self.basis_tail(pair)?,
        })
    }

    fn branch(&mut self, pair: &P<'_>) -> Option<Branch> {
        let when = find(pair, Rule::condition).map(|part| self.condition(&part));
        Some(Branch {
            state: self.name(&find(pair, Rule::name)?),
            title: find(pair, Rule::quoted).map(|part| self.quoted(&part)),
            when: optional(when)?,
            basis: self.basis_tail(pair)?,
        })
    }

    fn edition(&mut self, pair: &P<'_>) -> Option<ClauseKind> {
        let reference = numbered_act(&find(pair, Rule::numbered_act)?)?;
        let (from, to) = self.optional_validity(pair)?;
        Some(ClauseKind::Edition {
            reference,
            from,
            to,
        })
    }

    fn field(&mut self, pair: &P<'_>) -> Option<ClauseKind> {
        let ty = first(&find(pair, Rule::field_type)?)?;
        Some(ClauseKind::Field {
            name: self.name(&find(pair, Rule::name)?),
            ty: match ty.as_rule() {
                Rule::one_of => FieldType::OneOf(self.names(ty)),
                Rule::k_number => FieldType::Number,
                Rule::k_date => FieldType::Date,
                Rule::k_birth_date => FieldType::BirthDate,
                Rule::k_yes_or_no => FieldType::YesNo,
                _ => FieldType::Text,
            },
            sensitive: find(pair, Rule::k_sensitive).is_some(),
        })
    }

    fn value(&mut self, pair: &P<'_>) -> Option<ClauseKind> {
        let value = self.literal(&find(pair, Rule::literal)?);
        let validity = self.optional_validity(pair);
        let (from, to) = validity?;
        Some(ClauseKind::Value {
            value: value?,
            from,
            to,
        })
    }
}

/// A part that may be absent, but must be readable if it is there.
fn optional<T>(part: Option<Option<T>>) -> Option<Option<T>> {
    part.map_or(Some(None), |part| part.map(Some))
}

fn shape(pair: &P<'_>) -> Option<ClauseKind> {
    let shape = match first(pair)?.as_rule() {
        Rule::k_periods => Shape::Periods,
        Rule::k_events => Shape::Events,
        _ => Shape::Facts,
    };
    let complete = find(pair, Rule::k_complete).is_some();
    Some(ClauseKind::Shape {
        shape,
        complete,
        exclusive: find(pair, Rule::k_exclusive).is_some(),
    })
}

fn rhythm(pair: &P<'_>) -> Option<Rhythm> {
    const WEEKDAYS: [&str; 7] = [
        "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag",
    ];
    match pair.as_rule() {
        Rule::k_every_week => Some(Rhythm::Weekly(0)),
        Rule::k_every_month => Some(Rhythm::Monthly),
        _ => {
            let (keyword, _) = crate::keyword::find(pair.as_str())?;
            let day = WEEKDAYS.iter().position(|day| keyword.da.ends_with(day))?;
            u8::try_from(day).ok().map(Rhythm::Weekly)
        }
    }
}
