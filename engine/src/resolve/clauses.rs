//! Clauses: which may stand where, and how often.

use super::{Declared, Resolver};
use crate::diagnostics::structure;
use hjemmel_grammar::diagnostic::Text;
use hjemmel_grammar::span::Span;
use hjemmel_grammar::syntax::{Clause, ClauseKind, Kind};

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
        ClauseKind::Basis { from, to, .. } => {
            let dated = from.is_some() || to.is_some();
            ("hjemmel", "basis", dated, RULES)
        }
        ClauseKind::Validity { .. } => ("gælder fra", "in force from", false, RULES),
        ClauseKind::Unverified { .. } => ("ubekræftet", "unverified", true, RULES),
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
