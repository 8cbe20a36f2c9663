//! The rows of an example.

use super::{Lower, P, find, first};
use crate::grammar::Rule;
use crate::syntax::{Date, Expectation, Expected, ExpectedDays, GivenItem, GivenRow, Literal};

impl Lower<'_> {
    pub(crate) fn given_row(&mut self, pair: &P<'_>) -> Option<GivenRow> {
        let mut parts = pair.clone().into_inner();
        let table = self.name(&parts.next()?);
        let items = parts.filter(|part| !matches!(part.as_rule(), Rule::comma | Rule::EOI));
        let items = items
            .map(|part| self.given_item(&part))
            .collect::<Option<_>>()?;
        Some(GivenRow {
            table,
            items,
            span: self.span(pair),
        })
    }

    fn given_item(&mut self, pair: &P<'_>) -> Option<GivenItem> {
        let span = self.span(pair);
        Some(match pair.as_rule() {
            Rule::k_ongoing => GivenItem::Ongoing(span),
            Rule::k_end_unknown => GivenItem::EndUnknown(span),
            Rule::k_not_complete => GivenItem::NotComplete(span),
            Rule::from_day => GivenItem::From(self.day(pair)?),
            Rule::to_day => GivenItem::To(self.day(pair)?),
            Rule::on_day => GivenItem::On(self.day(pair)?),
            Rule::registered_day => GivenItem::Registered(self.day(pair)?),
            Rule::given_field => {
                let name = self.name(&find(pair, Rule::name)?);
                match self.literal(&find(pair, Rule::literal)?)? {
                    Literal::Name(value) if value.text == "ukendt" => GivenItem::Field(name, None),
                    value => GivenItem::Field(name, Some(value)),
                }
            }
            _ => GivenItem::Value(self.literal(pair)?),
        })
    }

    fn day(&mut self, pair: &P<'_>) -> Option<Date> {
        self.date(&find(pair, Rule::date)?)
    }

    pub(crate) fn expectation(&mut self, pair: &P<'_>) -> Option<Expectation> {
        let subject = self.name(&first(pair)?);
        let expected = match find(pair, Rule::expected_state) {
            Some(state) => Expected::State(self.state_or_name(&first(&state)?)),
            None => Expected::Due(self.day(pair)?),
        };
        Some(Expectation {
            subject,
            expected,
            days: self.expected_days(pair)?,
            span: self.span(pair),
        })
    }

    fn expected_days(&mut self, pair: &P<'_>) -> Option<ExpectedDays> {
        if let Some(on) = find(pair, Rule::on_day) {
            return self.day(&on).map(ExpectedDays::On);
        }
        let from = find(pair, Rule::from_day).map(|part| self.day(&part));
        let to = find(pair, Rule::to_day).map(|part| self.day(&part));
        let read = |day: Option<Option<Date>>| day.map_or(Some(None), |day| day.map(Some));
        Some(ExpectedDays::Run {
            from: read(from)?,
            to: read(to)?,
        })
    }
}
