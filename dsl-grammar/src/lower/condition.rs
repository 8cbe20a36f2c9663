//! Conditions: links, bullets, operators of time.

use super::{Lower, P, find, first};
use crate::grammar::Rule;
use crate::span::Span;
use crate::syntax::{
    Anchor, Comparison, Condition, ConditionKind, Edge, Exception, Literal, Order, Side,
};
use crate::syntax_errors as errors;

/// Operators of time after each other: each nests the tree once more, so they have a limit too.
const MAX_OPERATORS: usize = 8;

/// `og` or `eller`, and where.
#[derive(Clone, Copy)]
struct Link {
    and: bool,
    span: Span,
}

impl Lower<'_> {
    /// A `condition`, a `chain` or a `row_chain`.
    pub(super) fn condition(&mut self, pair: &P<'_>) -> Option<Condition> {
        if pair.as_rule() != Rule::condition {
            return self.chain(pair);
        }
        let mut parts = pair.clone().into_inner();
        let base = self.chain(&parts.next()?);
        let exceptions: Option<Vec<_>> = parts.map(|part| self.exception(&part)).collect();
        let (base, exceptions) = (base?, exceptions?);
        if exceptions.is_empty() {
            return Some(base);
        }
        let kind = ConditionKind::Except {
            base: Box::new(base),
            exceptions,
        };
        Some(Condition {
            kind,
            span: self.span(pair),
        })
    }

    fn exception(&mut self, pair: &P<'_>) -> Option<Exception> {
        let holds = find(pair, Rule::k_also_when).is_some();
        let when = self.condition(&find(pair, Rule::chain)?)?;
        Some(Exception {
            holds,
            when,
            basis: self.basis_tail(pair)?,
        })
    }

    fn chain(&mut self, pair: &P<'_>) -> Option<Condition> {
        let mut links = Vec::new();
        let mut conditions = Vec::new();
        for part in pair.clone().into_inner() {
            match part.as_rule() {
                Rule::k_and | Rule::k_or => links.push(self.link_word(&part)),
                _ => {
                    links.extend(self.loose_link(&part));
                    conditions.push(self.link(&part));
                }
            }
        }
        if let Some(first) = links.first().copied()
            && let Some(other) = links.iter().find(|link| link.and != first.and)
        {
            let (first, other) = (self.at(first.span), self.at(other.span));
            self.report(errors::mixed_links(first, other));
            return None;
        }
        let mut conditions: Vec<_> = conditions.into_iter().collect::<Option<_>>()?;
        if conditions.len() <= 1 {
            return conditions.pop();
        }
        let kind = if find(pair, Rule::k_and).is_some() {
            ConditionKind::All(conditions)
        } else {
            ConditionKind::Any(conditions)
        };
        Some(Condition {
            kind,
            span: self.span(pair),
        })
    }

    fn link_word(&self, pair: &P<'_>) -> Link {
        Link {
            and: pair.as_rule() == Rule::k_and,
            span: self.span(pair),
        }
    }

    /// The `og` or `eller` in a `hvor` without parentheses: a reader cannot tell it from the links
    /// around it, so it must not differ from them.
    fn loose_link(&self, link: &P<'_>) -> Option<Link> {
        let fact = first(&find(link, Rule::timed)?)?;
        let rows = find(&find(&fact, Rule::filter)?, Rule::row_chain)?;
        let word = rows
            .into_inner()
            .find(|part| matches!(part.as_rule(), Rule::k_and | Rule::k_or))?;
        Some(self.link_word(&word))
    }

    /// A `link` or a `row_link`.
    fn link(&mut self, pair: &P<'_>) -> Option<Condition> {
        let mut parts = pair.clone().into_inner();
        let mut part = parts.next()?;
        let not = (part.as_rule() == Rule::k_not).then(|| part.clone());
        if not.is_some() {
            part = parts.next()?;
        }
        let inner = match part.as_rule() {
            Rule::timed => self.timed(&part, not.as_ref())?,
            _ => self.primary(&part)?,
        };
        match not {
            Some(_) => Some(Condition {
                kind: ConditionKind::Not(Box::new(inner)),
                span: self.span(pair),
            }),
            None => Some(inner),
        }
    }

    /// A `timed` or an `anchored`: what holds, and the operators of time after it.
    fn timed(&mut self, pair: &P<'_>, not: Option<&P<'_>>) -> Option<Condition> {
        let mut parts = pair.clone().into_inner();
        let primary = parts.next()?;
        let operators: Vec<_> = parts.collect();
        if let Some(operator) = operators.first() {
            self.check_before_time(&primary, operator, not)?;
        }
        if let Some(excess) = operators.get(MAX_OPERATORS) {
            let site = self.site(excess);
            self.report(errors::too_many_operators(site, MAX_OPERATORS));
            return None;
        }
        let mut condition = self.primary(&primary)?;
        for operator in &operators {
            let span = condition.span.to(self.span(operator));
            let kind = self.operator(operator, Box::new(condition))?;
            condition = Condition { kind, span };
        }
        Some(condition)
    }

    /// `ikke A i mindst D` and `x er en af a, b i mindst D` can be read in two ways.
    fn check_before_time(
        &mut self,
        primary: &P<'_>,
        operator: &P<'_>,
        not: Option<&P<'_>>,
    ) -> Option<()> {
        let (what, time) = (plain(primary), plain(operator));
        if let Some(not) = not {
            let word = not.as_str();
            let inner = format!("({word} {what}) {time}");
            let outer = format!("{word} ({what} {time})");
            let (operator, not) = (self.site(operator), self.site(not));
            self.report(errors::not_before_time(operator, not, &inner, &outer));
            return None;
        }
        if ends_in_list(primary) {
            let (primary, operator) = (self.site(primary), self.site(operator));
            self.report(errors::list_before_time(
                primary,
                operator,
                format!("({what})"),
            ));
            return None;
        }
        Some(())
    }

    fn operator(&mut self, pair: &P<'_>, of: Box<Condition>) -> Option<ConditionKind> {
        let mut lengths = pair
            .clone()
            .into_inner()
            .filter(|part| part.as_rule() == Rule::length);
        let mut length = || lengths.next();
        Some(match pair.as_rule() {
            Rule::held_for => ConditionKind::HeldFor(of, self.length(&length()?)?),
            Rule::within => ConditionKind::Within(of, self.length(&length()?)?),
            Rule::total_within => ConditionKind::TotalWithin {
                condition: of,
                total: self.length(&length()?)?,
                window: self.length(&length()?)?,
            },
            Rule::bridged => ConditionKind::Bridged(of, self.length(&length()?)?),
            Rule::bridged_month => ConditionKind::BridgedMonth(of),
            Rule::whole_weeks => ConditionKind::WholeWeeks(of),
            _ => ConditionKind::KnownOn(of, self.known_date(pair)?),
        })
    }

    fn known_date(&mut self, pair: &P<'_>) -> Option<Literal> {
        let last = pair.clone().into_inner().last()?;
        match last.as_rule() {
            Rule::date => self.date(&last).map(Literal::Date),
            _ => Some(Literal::Name(self.name(&last))),
        }
    }

    fn primary(&mut self, pair: &P<'_>) -> Option<Condition> {
        let span = self.span(pair);
        let kind = match pair.as_rule() {
            Rule::group | Rule::row_group => {
                let inner = pair.clone().into_inner().nth(1)?;
                self.condition(&inner)?.kind
            }
            Rule::quantified | Rule::row_quantified => self.quantified(pair)?,
            Rule::near => ConditionKind::Near {
                length: self.length(&find(pair, Rule::length)?)?,
                anchor: Box::new(self.anchor(&find(pair, Rule::anchor)?)?),
            },
            Rule::age => {
                let order = order(&find(pair, Rule::order)?)?;
                ConditionKind::Age(order, self.count(&find(pair, Rule::count)?)?)
            }
            Rule::duration => {
                let order = order(&find(pair, Rule::order)?)?;
                ConditionKind::Duration(order, self.length(&find(pair, Rule::length)?)?)
            }
            _ => self.fact(pair)?,
        };
        Some(Condition { kind, span })
    }

    fn quantified(&mut self, pair: &P<'_>) -> Option<ConditionKind> {
        let quantifier = first(pair)?;
        let bullets = pair.clone().into_inner();
        let bullets =
            bullets.filter(|part| matches!(part.as_rule(), Rule::condition | Rule::row_chain));
        let bullets: Vec<_> = bullets.map(|part| self.condition(&part)).collect();
        let bullets: Vec<_> = bullets.into_iter().collect::<Option<_>>()?;
        Some(match quantifier.as_rule() {
            Rule::k_all_of => ConditionKind::All(bullets),
            Rule::k_any_of => ConditionKind::Any(bullets),
            Rule::k_none_of => ConditionKind::None(bullets),
            _ => {
                let count = find(&quantifier, Rule::count)?;
                match self.count(&count)? {
                    1 => ConditionKind::Any(bullets),
                    n if n == 0 || usize::try_from(n).is_ok_and(|n| bullets.len() < n) => {
                        let site = self.site(&count);
                        self.report(errors::count_of_bullets(site, bullets.len()));
                        return None;
                    }
                    n => ConditionKind::AtLeast(n, bullets),
                }
            }
        })
    }

    pub(super) fn anchor(&mut self, pair: &P<'_>) -> Option<Anchor> {
        let side = if find(pair, Rule::k_after).is_some() {
            Side::After
        } else {
            Side::Before
        };
        let edge = if find(pair, Rule::k_begins).is_some() {
            Edge::Begins
        } else {
            Edge::Ends
        };
        let condition = self.timed(&find(pair, Rule::anchored)?, None)?;
        Some(Anchor {
            condition,
            edge,
            side,
        })
    }

    /// A `table_fact` or a `row_fact`.
    fn fact(&mut self, pair: &P<'_>) -> Option<ConditionKind> {
        let mut parts = pair.clone().into_inner();
        let path = self.path(&parts.next()?)?;
        let Some(rest) = parts.next() else {
            return Some(ConditionKind::Name(path));
        };
        if rest.as_rule() == Rule::comparison {
            return Some(ConditionKind::Is {
                subject: path,
                comparison: self.comparison(&rest)?,
            });
        }
        if let Some(field) = &path.field {
            let site = self.at(field.span);
            self.report(errors::field_before_where(site, &field.text));
            return None;
        }
        let filter = self.condition(&find(&rest, Rule::row_chain)?)?;
        Some(ConditionKind::Where {
            table: path.head,
            filter: Box::new(filter),
        })
    }

    fn comparison(&mut self, pair: &P<'_>) -> Option<Comparison> {
        let mut parts = pair.clone().into_inner();
        let how = parts.next()?;
        let what = parts.next()?;
        if how.as_rule() == Rule::order {
            return Some(Comparison::Ordered(order(&how)?, self.literal(&what)?));
        }
        let negated = matches!(how.as_rule(), Rule::k_is_not | Rule::k_is_not_one_of);
        let values = match what.as_rule() {
            Rule::values => {
                let values = what
                    .into_inner()
                    .filter(|part| part.as_rule() == Rule::literal);
                values
                    .map(|part| self.literal(&part))
                    .collect::<Option<_>>()?
            }
            _ => vec![self.literal(&what)?],
        };
        Some(Comparison::OneOf { values, negated })
    }
}

fn order(pair: &P<'_>) -> Option<Order> {
    Some(match first(pair)?.as_rule() {
        Rule::k_is_at_least => Order::AtLeast,
        Rule::k_is_at_most => Order::AtMost,
        Rule::k_is_under | Rule::k_is_before => Order::Under,
        _ => Order::Over,
    })
}

/// Whether a fact ends in a list of two or more values.
fn ends_in_list(pair: &P<'_>) -> bool {
    let Some(last) = pair.clone().into_inner().last() else {
        return false;
    };
    match last.as_rule() {
        Rule::values => {
            1 < last
                .into_inner()
                .filter(|part| part.as_rule() == Rule::literal)
                .count()
        }
        Rule::comparison | Rule::filter | Rule::row_chain | Rule::row_link | Rule::row_fact => {
            ends_in_list(&last)
        }
        _ => false,
    }
}

/// The text of a pair on one line, without marks.
fn plain(pair: &P<'_>) -> String {
    let text: String = pair
        .as_str()
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
