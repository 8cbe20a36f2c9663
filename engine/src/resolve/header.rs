//! What is common to all rules: when they are in force, what they rest on, what is not verified.

use super::clauses::{all, optional};
use super::{Declared, Resolver};
use crate::diagnostics::{law, versions};
use crate::model::{Basis, BasisKind, Validity, Version};
use crate::time::{Day, Days, Period};
use hjemmel_grammar::span::Site;
use hjemmel_grammar::syntax::{self, ActReference, ClauseKind, Kind};

/// What is common to all versions of rules.
pub(super) struct Header {
    /// What it rests on, and when; in the order of days.
    bases: Vec<(Validity, Option<Basis>)>,
    /// What is not verified, and when.
    unverified: Vec<(Validity, String)>,
}

impl Header {
    /// The first day in force.
    pub(super) fn start(&self) -> Day {
        let first = self.bases.first();
        first.map_or(Day::FIRST, |(validity, _)| validity.period.start)
    }

    /// The parts of a period that have the same marks of doubt throughout.
    fn parts(&self, period: Period) -> Vec<Period> {
        let marks = self.unverified.iter();
        let mut edges: Vec<Day> = marks
            .flat_map(|(on, _)| [on.period.start, on.period.end])
            .filter(|edge| period.start < *edge && *edge < period.end)
            .chain([period.start, period.end])
            .collect();
        edges.sort_unstable();
        edges.dedup();
        let parts = edges.iter().zip(edges.iter().skip(1));
        parts
            .map(|(start, end)| Period::new(*start, *end))
            .collect()
    }

    /// What is not verified on a day.
    fn unverified_on(&self, day: Day) -> Option<String> {
        let marks = self
            .unverified
            .iter()
            .filter(|(on, _)| on.period.contains(day));
        let marks: Vec<&str> = marks.map(|(_, why)| why.as_str()).collect();
        (!marks.is_empty()).then(|| marks.join(" "))
    }
}

impl Resolver {
    /// The clauses that every rule has: validity, basis, mark of doubt.
    pub(super) fn header(&mut self, item: Declared<'_>) -> Header {
        let validity = optional(item, |clause| match clause {
            ClauseKind::Validity { from, to } => Some((*from, *to)),
            _ => None,
        });
        let validity = match validity {
            Some((from, to)) => self.validity(item, from, to),
            None => Validity::ALWAYS,
        };
        let bases = self.bases(item, validity);
        let unverified = all(item, |clause| match clause {
            ClauseKind::Unverified { why, from, to } => Some((why, *from, *to)),
            _ => None,
        });
        let mark = |((why, from, to), _): ((&syntax::Quoted, _, _), _)| {
            (self.validity(item, from, to), why.text.clone())
        };
        let unverified = unverified.into_iter().map(mark).collect();
        Header { bases, unverified }
    }

    /// What a declaration rests on, and on which days of its validity.
    fn bases(&mut self, item: Declared<'_>, validity: Validity) -> Vec<(Validity, Option<Basis>)> {
        let written = all(item, |clause| match clause {
            ClauseKind::Basis { basis, from, to } => Some((basis, *from, *to)),
            _ => None,
        });
        let kind = item.declaration.kind;
        if written.is_empty() {
            if kind != Kind::Warning && !item.declaration.broken {
                self.report(law::missing_basis(item.name_site(), kind, item.name()));
            }
            return vec![(validity, None)];
        }
        let mut bases = Vec::new();
        for ((basis, from, to), span) in written {
            let on = self.validity(item, from, to).period.and(validity.period);
            let on = Validity { period: on };
            bases.push((on, self.basis(item, basis, on), item.site(span)));
        }
        bases.sort_by_key(|(on, ..)| on.period);
        let periods: Vec<_> = bases
            .iter()
            .map(|(on, _, site)| (on.period, *site))
            .collect();
        self.check_bases(item, validity, &periods);
        let bases = bases.into_iter().filter(|(on, ..)| !on.period.is_empty());
        bases.map(|(on, basis, _)| (on, Some(basis))).collect()
    }

    /// Reports days with two bases, and days of the declaration's validity with none.
    fn check_bases(&mut self, item: Declared<'_>, validity: Validity, bases: &[(Period, Site)]) {
        let found = crate::check::compare(item.name(), bases);
        let open = found.is_empty() && validity != Validity::ALWAYS;
        self.diagnostics.extend(found);
        let covered = Days::from_periods(bases.iter().map(|(period, _)| *period).collect());
        let without = covered.not().within(validity.period);
        if let (true, Some((_, site)), Some(days)) = (open, bases.first(), without.runs().first()) {
            self.report(law::days_without_basis(*site, item.name(), *days));
        }
    }

    /// The versions with this header and body: one for each basis and mark of doubt that it has had.
    pub(super) fn versions<T: Clone>(
        &self,
        item: Declared<'_>,
        header: &Header,
        body: &T,
    ) -> Vec<Version<T>> {
        let title = item.declaration.title.as_ref();
        let version = |(period, basis): (Period, &Option<Basis>)| Version {
            validity: Validity { period },
            title: title.map(|title| title.text.clone()),
            basis: basis.clone(),
            summary: item.declaration.summary.clone(),
            unverified: header.unverified_on(period.start),
            site: item.site(item.declaration.span),
            name_site: item.name_site(),
            body: body.clone(),
        };
        let bases = header.bases.iter();
        let parts = bases.flat_map(|(on, basis)| {
            let parts = header.parts(on.period).into_iter();
            parts.map(move |period| (period, basis))
        });
        parts.map(version).collect()
    }

    /// The period from a first to a last day, each open if absent.
    pub(super) fn validity(
        &mut self,
        item: Declared<'_>,
        from: Option<syntax::Date>,
        to: Option<syntax::Date>,
    ) -> Validity {
        let start = from.map_or(Day::FIRST, |date| self.day(item, date));
        let end = to.map_or(Day::END, |date| self.day(item, date).next());
        if end <= start {
            if let (Some(from), Some(to)) = (from, to) {
                let site = item.site(from.span.to(to.span));
                self.report(versions::ends_before_it_begins(site));
            }
            return Validity::ALWAYS;
        }
        Validity {
            period: Period::new(start, end),
        }
    }

    /// A date as a day; reports one outside the days that are judged.
    pub(super) fn day(&mut self, item: Declared<'_>, date: syntax::Date) -> Day {
        match Day::from_ymd(date.year, date.month, date.day) {
            Some(day) if Period::ALL.contains(day) => day,
            day => {
                self.report(versions::out_of_range(item.site(date.span)));
                day.unwrap_or(Day::FIRST)
                    .clamp(Day::FIRST, Day::END.previous())
            }
        }
    }

    /// A basis at the end of a clause's line.
    pub(super) fn own_basis(
        &mut self,
        item: Declared<'_>,
        basis: Option<&syntax::Basis>,
    ) -> Option<Basis> {
        basis.map(|basis| self.basis(item, basis, Validity::ALWAYS))
    }

    fn basis(&mut self, item: Declared<'_>, basis: &syntax::Basis, validity: Validity) -> Basis {
        let site = item.site(basis.span);
        let kind = match &basis.kind {
            syntax::BasisKind::Source(source) => BasisKind::Source(source.text.as_str().into()),
            syntax::BasisKind::Provisions(provisions) => {
                for provision in provisions {
                    self.check_act(item.site(provision.span), &provision.act, validity);
                }
                BasisKind::Provisions(provisions.as_slice().into())
            }
        };
        Basis { kind, site }
    }

    /// Reports an act that is not declared, or not in force while the rule is.
    fn check_act(&mut self, site: Site, act: &ActReference, validity: Validity) {
        let ActReference::Named(name) = act else {
            return;
        };
        self.names.lookup(name);
        let Some(act) = self.model.acts.iter().find(|act| act.name == *name) else {
            let known = self.names.like(name, |kind| kind == Kind::Act);
            let diagnostic = crate::diagnostics::names::unknown_act(site, name, known);
            self.report(diagnostic);
            return;
        };
        let editions = act
            .editions
            .iter()
            .map(|edition| edition.validity.period)
            .collect();
        let covered = crate::time::Days::from_periods(editions);
        let declared = act.site;
        let open = covered.not().within(validity.period);
        if !covered.is_empty() && validity != Validity::ALWAYS && !open.is_empty() {
            self.report(law::edition_not_in_force(site, name, declared));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::model::Model;
    use hjemmel_grammar::Sources;

    fn model(header: &str) -> Model {
        let mut sources = Sources::new();
        let rules = "data ydelse\n  perioder\n\nbegreb a\n  når ydelse\n";
        sources.add("a.regel", format!("{rules}{header}"));
        crate::check(&sources).model
    }

    /// Each version of the only term: its days, its basis, its marks of doubt.
    fn versions(header: &str) -> Vec<String> {
        let model = model(header);
        let versions = model.terms.iter().flat_map(|rule| &rule.versions);
        let said = versions.map(|version| {
            let days = version.validity.period;
            let basis = version.basis.as_ref().map(ToString::to_string);
            let marks = version.unverified.clone().unwrap_or_default();
            format!(
                "{}..{} {} [{marks}]",
                days.start,
                days.end.previous(),
                basis.unwrap_or_default()
            )
        });
        said.collect()
    }

    #[test]
    fn a_basis_and_a_mark_of_doubt_have_their_days() {
        let header = "  hjemmel BEK 1/2016 § 2 gælder til 31. december 2019\n  \
            hjemmel BEK 2/2020 § 6 gælder fra 1. januar 2020\n  gælder fra 1. januar 2016\n  \
            ubekræftet \"altid\"\n  ubekræftet \"til sidst\" gælder fra 1. juli 2026\n";
        assert_eq!(
            versions(header),
            [
                "2016-01-01..2019-12-31 BEK 1/2016 § 2 [altid]",
                "2020-01-01..2026-06-30 BEK 2/2020 § 6 [altid]",
                "2026-07-01..2199-12-31 BEK 2/2020 § 6 [altid til sidst]",
            ]
        );
    }

    #[test]
    fn days_with_two_bases_and_days_with_none_are_told() {
        let codes = |header: &str| {
            let mut sources = Sources::new();
            sources.add(
                "a.regel",
                format!("begreb a\n  når alder er over 1\n{header}"),
            );
            let found = crate::check(&sources).diagnostics;
            let codes = found
                .iter()
                .map(|it| it.code.0)
                .filter(|code| *code != "H0701");
            codes.collect::<Vec<_>>().join(" ")
        };
        let twice = "  hjemmel BEK 1/2016 § 2 gælder til 1. januar 2020\n  \
            hjemmel BEK 2/2020 § 6 gælder fra 1. januar 2020\n";
        assert!(codes(twice).contains("H0501"), "{}", codes(twice));
        let none =
            "  hjemmel BEK 1/2016 § 2 gælder til 1. januar 2020\n  gælder til 2. januar 2020\n";
        assert!(codes(none).contains("H0403"), "{}", codes(none));
    }
}
