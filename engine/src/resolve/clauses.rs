//! Clauses: which may stand where, and how often.

use super::{Declared, Resolver};
use crate::diagnostics::{law, structure, versions};
use crate::model::{Basis, BasisKind, Validity, Version};
use crate::time::{Day, Period};
use hjemmel_grammar::diagnostic::Text;
use hjemmel_grammar::span::{Site, Span};
use hjemmel_grammar::syntax::{self, ActReference, Clause, ClauseKind, Kind};

/// A clause's keyword in both languages, whether it may be repeated, and where it may stand.
struct Rule {
    da: &'static str,
    en: &'static str,
    many: bool,
    kinds: &'static [Kind],
}

/// The kinds that rest on a provision and are in force for a time.
const RULES: &[Kind] = &[
    Kind::Assessment,
    Kind::Parameter,
    Kind::Term,
    Kind::Duty,
    Kind::Exemption,
    Kind::Suspension,
    Kind::Classification,
    Kind::Warning,
    Kind::Measure,
    Kind::Transition,
];

fn rule(clause: &ClauseKind) -> Rule {
    let (da, en, many, kinds): (_, _, _, &[Kind]) = match clause {
        ClauseKind::Basis(_) => ("hjemmel", "basis", false, RULES),
        ClauseKind::Validity { .. } => ("gælder fra", "in force from", false, RULES),
        ClauseKind::Unverified(_) => ("ubekræftet", "unverified", false, RULES),
        ClauseKind::When(_) => (
            "når",
            "when",
            false,
            &[Kind::Term, Kind::Exemption, Kind::Suspension, Kind::Warning],
        ),
        ClauseKind::Scope(_) => ("for", "for", false, &[Kind::Duty]),
        ClauseKind::CountedFrom(_) => ("regnet fra", "counted from", false, &[Kind::Duty]),
        ClauseKind::Deadline(_) => ("frist", "deadline", false, &[Kind::Duty]),
        ClauseKind::FulfilledBy(_) => ("opfyldes af", "fulfilled by", true, &[Kind::Duty]),
        ClauseKind::TimelyInWeek { .. } => (
            "rettidig i kalenderugen",
            "timely in the calendar week",
            false,
            &[Kind::Duty],
        ),
        ClauseKind::OnEntry { .. } => (
            "ved overgang frist",
            "on entry deadline",
            false,
            &[Kind::Duty],
        ),
        ClauseKind::RequiresAssessment { .. } => {
            ("kræver skøn", "requires assessment", true, &[Kind::Duty])
        }
        ClauseKind::Grace(_) => (
            "herefter frist",
            "afterwards deadline",
            false,
            &[Kind::Exemption],
        ),
        ClauseKind::Limit { .. } => ("grænse", "limit", false, &[Kind::Measure]),
        ClauseKind::InOrder => ("i rækkefølge", "in order", false, &[Kind::Classification]),
        ClauseKind::Branch(_) => (
            "tilstand når …",
            "state when …",
            true,
            &[Kind::Classification],
        ),
        ClauseKind::Count(_) => ("tæl", "count", false, &[Kind::Measure]),
        ClauseKind::OutOf(_) => ("ud af", "out of", false, &[Kind::Measure]),
        ClauseKind::SplitBy(_) => ("fordelt på", "split by", false, &[Kind::Measure]),
        ClauseKind::Every(_) => ("hver uge", "every week", false, &[Kind::Measure]),
        ClauseKind::Edition { .. } => ("udgave", "edition", true, &[Kind::Act]),
        ClauseKind::Shape { .. } => (
            "perioder, hændelser eller stamdata",
            "periods, events or facts",
            false,
            &[Kind::Data],
        ),
        ClauseKind::Field { .. } => (
            "felt er …",
            "field is …",
            true,
            &[Kind::Data, Kind::Assessment],
        ),
        ClauseKind::DecidedBy(_) => ("afgøres af", "decided by", false, &[Kind::Assessment]),
        ClauseKind::ReassessedAfter(_) => (
            "revurderes efter",
            "reassessed after",
            false,
            &[Kind::Assessment],
        ),
        ClauseKind::Value { .. } => ("værdi", "value", true, &[Kind::Parameter]),
        ClauseKind::Pinned { .. } => (
            "perioder begyndt før",
            "spells begun before",
            false,
            &[Kind::Transition],
        ),
        ClauseKind::Given(_) => ("givet", "given", false, &[Kind::Example]),
        ClauseKind::Expect(_) => ("så", "then", false, &[Kind::Example]),
        ClauseKind::KnownOn(_) => ("kendt pr.", "known on", false, &[Kind::Example]),
    };
    Rule {
        da,
        en,
        many,
        kinds,
    }
}

/// What a declaration of this kind can have, for a hint.
fn allowed(kind: Kind) -> Text {
    let (da, en) = match kind {
        Kind::Act => ("`udgave`", "`edition`"),
        Kind::Data => (
            "`perioder`, `hændelser` eller `stamdata`, og felter",
            "`periods`, `events` or `facts`, and fields",
        ),
        Kind::Assessment => (
            "`hjemmel`, felter, `afgøres af`, `revurderes efter`, `gælder fra`, `ubekræftet`",
            "`basis`, fields, `decided by`, `reassessed after`, `in force from`, `unverified`",
        ),
        Kind::Parameter => (
            "`hjemmel`, `værdi`, `gælder fra`, `ubekræftet`",
            "`basis`, `value`, `in force from`, `unverified`",
        ),
        Kind::Term | Kind::Suspension | Kind::Warning => (
            "`hjemmel`, `når`, `gælder fra`, `ubekræftet`",
            "`basis`, `when`, `in force from`, `unverified`",
        ),
        Kind::Duty => (
            "`hjemmel`, `for`, `regnet fra`, `frist`, `opfyldes af`, `rettidig i kalenderugen`, `ved overgang frist`, `kræver skøn`, `gælder fra`, `ubekræftet`",
            "`basis`, `for`, `counted from`, `deadline`, `fulfilled by`, `timely in the calendar week`, `on entry deadline`, `requires assessment`, `in force from`, `unverified`",
        ),
        Kind::Exemption => (
            "`hjemmel`, `når`, `herefter frist`, `gælder fra`, `ubekræftet`",
            "`basis`, `when`, `afterwards deadline`, `in force from`, `unverified`",
        ),
        Kind::Classification => (
            "`hjemmel`, `i rækkefølge`, grene, `gælder fra`, `ubekræftet`",
            "`basis`, `in order`, branches, `in force from`, `unverified`",
        ),
        Kind::Measure => (
            "`hjemmel`, `tæl`, `ud af`, `fordelt på`, `grænse`, `hver uge`, `gælder fra`, `ubekræftet`",
            "`basis`, `count`, `out of`, `split by`, `limit`, `every week`, `in force from`, `unverified`",
        ),
        Kind::Transition => (
            "`hjemmel`, `perioder begyndt før`, `gælder fra`, `ubekræftet`",
            "`basis`, `spells begun before`, `in force from`, `unverified`",
        ),
        Kind::Example => ("`givet`, `så`, `kendt pr.`", "`given`, `then`, `known on`"),
    };
    Text::new(da, en)
}

/// What is common to all versions of rules.
pub(super) struct Header {
    validity: Validity,
    basis: Option<Basis>,
    unverified: Option<String>,
}

impl Header {
    /// The first day in force.
    pub(super) fn start(&self) -> Day {
        self.validity.period.start
    }
}

impl Resolver {
    /// Reports clauses that do not belong, and clauses that stand twice.
    pub(super) fn check_clauses(&mut self, item: Declared<'_>) {
        let kind = item.declaration.kind;
        let mut seen: Vec<(&'static str, Span)> = Vec::new();
        for clause in &item.declaration.clauses {
            let rule = rule(&clause.kind);
            let word = Text::new(rule.da, rule.en);
            if !rule.kinds.contains(&kind) {
                let allowed = allowed(kind);
                self.report(structure::misplaced_clause(
                    item.site(clause.span),
                    kind,
                    &word,
                    &allowed,
                ));
                continue;
            }
            match seen.iter().find(|(da, _)| *da == rule.da) {
                Some((_, first)) if !rule.many => {
                    let first = item.site(*first);
                    self.report(structure::repeated_clause(
                        item.site(clause.span),
                        &word,
                        first,
                    ));
                }
                _ => seen.push((rule.da, clause.span)),
            }
        }
    }

    /// The first clause that `pick` accepts; reports that it is missing, if it is required.
    pub(super) fn required<'s, T>(
        &mut self,
        item: Declared<'s>,
        (da, en): (&str, &str),
        pick: impl Fn(&'s ClauseKind) -> Option<T>,
    ) -> Option<T> {
        let found = optional(item, pick);
        if found.is_none() && !item.declaration.broken {
            let (site, kind) = (item.name_site(), item.declaration.kind);
            self.report(structure::missing_clause(
                site,
                kind,
                item.name(),
                &Text::new(da, en),
            ));
        }
        found
    }

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
        let basis = optional(item, |clause| match clause {
            ClauseKind::Basis(basis) => Some(basis),
            _ => None,
        });
        let kind = item.declaration.kind;
        if basis.is_none() && kind != Kind::Warning && !item.declaration.broken {
            self.report(law::missing_basis(item.name_site(), kind, item.name()));
        }
        let basis = basis.map(|basis| self.basis(item, basis, validity));
        let unverified = optional(item, |clause| match clause {
            ClauseKind::Unverified(why) => Some(why.text.clone()),
            _ => None,
        });
        Header {
            validity,
            basis,
            unverified,
        }
    }

    /// A version with this header and body.
    pub(super) fn version<T>(&self, item: Declared<'_>, header: Header, body: T) -> Version<T> {
        Version {
            validity: header.validity,
            title: item
                .declaration
                .title
                .as_ref()
                .map(|title| title.text.clone()),
            basis: header.basis,
            summary: item.declaration.summary.clone(),
            unverified: header.unverified,
            site: item.site(item.declaration.span),
            name_site: item.name_site(),
            body,
        }
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
            syntax::BasisKind::Source(source) => BasisKind::Source(source.text.clone()),
            syntax::BasisKind::Provisions(provisions) => {
                for provision in provisions {
                    self.check_act(item.site(provision.span), &provision.act, validity);
                }
                BasisKind::Provisions(provisions.clone())
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
            let known = self.names.of(|kind| kind == Kind::Act);
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

/// The first clause that `pick` accepts.
pub(super) fn optional<'s, T>(
    item: Declared<'s>,
    pick: impl Fn(&'s ClauseKind) -> Option<T>,
) -> Option<T> {
    item.declaration
        .clauses
        .iter()
        .find_map(|clause| pick(&clause.kind))
}

/// All clauses that `pick` accepts, with their places.
pub(super) fn all<'s, T>(
    item: Declared<'s>,
    pick: impl Fn(&'s ClauseKind) -> Option<T>,
) -> Vec<(T, Span)> {
    let clauses: &'s [Clause] = &item.declaration.clauses;
    clauses
        .iter()
        .filter_map(|clause| Some((pick(&clause.kind)?, clause.span)))
        .collect()
}
