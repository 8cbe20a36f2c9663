//! Citations: `§ 92, stk. 2, nr. 3 og 4, og § 96` becomes three provisions.
//!
//! A citation is a row of places. Each place sets one level of the provision at hand (paragraph,
//! stk., nr., litra, pkt.). It begins a new provision after `og`, or when the one at hand already
//! has something at that level or below; what stands above that level is carried over.

use super::{Lower, P, find, first};
use crate::grammar::Rule;
use crate::span::Span;
use crate::syntax::{ActReference, Basis, BasisKind, Provision};
use crate::syntax_errors as errors;

/// The levels of a provision from the top: paragraph or chapter, stk., nr., litra, pkt.
const LEVELS: usize = 5;

/// The provision at hand.
#[derive(Clone, Default)]
struct Place {
    act: Option<ActReference>,
    chapter: bool,
    levels: [Option<String>; LEVELS],
    span: Option<Span>,
}

impl Place {
    fn deepest(&self) -> Option<usize> {
        self.levels.iter().rposition(Option::is_some)
    }

    /// The same down to `level`, which is left open.
    fn above(&self, level: usize) -> Self {
        let mut above = Self {
            span: None,
            ..self.clone()
        };
        above
            .levels
            .iter_mut()
            .skip(level)
            .for_each(|deeper| *deeper = None);
        above
    }

    fn provision(self) -> Option<Provision> {
        let [paragraph, stk, nr, litra, pkt] = self.levels;
        Some(Provision {
            act: self.act?,
            paragraph: paragraph?,
            chapter: self.chapter,
            stk,
            nr,
            litra,
            pkt,
            span: self.span?,
        })
    }
}

impl Lower<'_> {
    pub(super) fn basis(&mut self, pair: &P<'_>) -> Option<Basis> {
        let span = self.span(pair);
        let kind = match find(pair, Rule::quoted) {
            Some(source) => BasisKind::Source(self.quoted(&source)),
            None => BasisKind::Provisions(self.provisions(&find(pair, Rule::provisions)?)?),
        };
        Some(Basis { kind, span })
    }

    /// Provisions that are no part of a rule; `None` where what is cited has no meaning.
    pub(crate) fn provisions_alone(&mut self, pair: &P<'_>) -> Option<Vec<Provision>> {
        self.provisions(&find(pair, Rule::provisions)?)
    }

    fn provisions(&mut self, pair: &P<'_>) -> Option<Vec<Provision>> {
        let mut done: Vec<Provision> = Vec::new();
        let mut place = Place::default();
        let mut joined_by_and = false;
        for part in pair.clone().into_inner() {
            if part.as_rule() == Rule::cited_link {
                joined_by_and = first(&part).is_some();
                continue;
            }
            for (level, value, span) in self.values(&part, place.deepest())? {
                let occupied = place.deepest().is_some_and(|deepest| level <= deepest);
                if occupied || (joined_by_and && place.deepest().is_some()) {
                    let next = place.above(level);
                    done.extend(std::mem::replace(&mut place, next).provision());
                }
                joined_by_and = false;
                self.set(&mut place, &part, level, value, span)?;
            }
        }
        done.extend(place.provision());
        Some(done)
    }

    fn set(
        &mut self,
        place: &mut Place,
        part: &P<'_>,
        level: usize,
        value: String,
        span: Span,
    ) -> Option<()> {
        let inner = first(part)?;
        if inner.as_rule() == Rule::cited_act {
            place.act = act(&inner);
        }
        if level == 0 {
            place.chapter = find(part, Rule::cited_chapter).is_some()
                || (place.chapter && inner.as_rule() == Rule::cited_number);
        }
        let lacks_above = level != 0 && place.levels.first().is_none_or(Option::is_none);
        if place.act.is_none() || lacks_above {
            let site = self.site(part);
            self.report(errors::citation_without_paragraph(site));
            return None;
        }
        *place.levels.get_mut(level)? = Some(value);
        place.span = Some(place.span.map_or(span, |before| before.to(span)));
        Some(())
    }

    /// The level and the values of a place; a bare number is one more of the level before it.
    fn values(
        &mut self,
        part: &P<'_>,
        before: Option<usize>,
    ) -> Option<Vec<(usize, String, Span)>> {
        let last = part.clone().into_inner().last()?;
        let level = match last.as_rule() {
            Rule::cited_stk => 1,
            Rule::cited_nr => 2,
            Rule::cited_litra => 3,
            Rule::cited_pkt => 4,
            Rule::cited_number => before.unwrap_or(1),
            _ => 0,
        };
        if last.as_rule() != Rule::cited_pkt {
            let number = first(&last).unwrap_or(last);
            return Some(vec![(level, tidy(number.as_str()), self.span(part))]);
        }
        let ordinals = last
            .into_inner()
            .filter(|inner| inner.as_rule() == Rule::cited_ordinal);
        Some(
            ordinals
                .map(|inner| (level, tidy(inner.as_str()), self.span(part)))
                .collect(),
        )
    }
}

fn act(pair: &P<'_>) -> Option<ActReference> {
    let inner = first(pair)?;
    match inner.as_rule() {
        Rule::numbered_act => numbered_act(&inner),
        _ => Some(ActReference::Named(inner.as_str().to_owned())),
    }
}

pub(super) fn numbered_act(pair: &P<'_>) -> Option<ActReference> {
    let text = |rule| find(pair, rule).map(|part| part.as_str().to_owned());
    Some(ActReference::Numbered {
        kind: text(Rule::act_kind)?,
        number: text(Rule::act_number)?.parse().ok()?,
        year: text(Rule::act_year)?.parse().ok()?,
    })
}

/// `92 – 96  c` as `92-96 c`, `91a` as `91 a`, `2.` as `2`.
fn tidy(number: &str) -> String {
    let mut out = String::new();
    for c in number.chars().filter(|c| !matches!(c, ' ' | '.')) {
        if c.is_alphabetic() && out.ends_with(|before: char| before.is_ascii_digit()) {
            out.push(' ');
        }
        out.push(if c == '–' { '-' } else { c });
    }
    out
}
