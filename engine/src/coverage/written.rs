//! The conditions that are written in a version of a rule, and what examples made of them.

use super::constant::Constants;
use super::versions::Declared;
use crate::evaluate::View;
use crate::model::{
    ConditionId, ConditionKind, DurationTest, Literal, Model, RowCondition, RowLinkKind, TableId,
};
use crate::time::{Day, Period, Timeline, Truth};
use hjemmel_grammar::span::Site;

/// A condition, or a link of one, as written.
pub(super) struct Written<'m> {
    pub(super) site: Site,
    /// Examples can exercise it; not where parameters alone decide it.
    pub(super) listed: bool,
    /// The one it is part of, by its position, and whether it stands below `ikke` there.
    parent: Option<(usize, bool)>,
    says: Says<'m>,
}

/// What it says.
enum Says<'m> {
    /// Of a day; with the date of the innermost `kendt pr.` around it.
    Condition(ConditionId, Option<Literal<Day>>),
    /// Of a row.
    Row(TableId, &'m RowCondition),
    /// Of the spells of the rows that meet the other links.
    Duration(TableId, &'m RowCondition, DurationTest),
}

/// What was seen of a condition: that it held, and that it did not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) yes: bool,
    pub(super) no: bool,
}

impl Seen {
    pub(super) fn add(&mut self, other: Self) {
        self.yes |= other.yes;
        self.no |= other.no;
    }

    fn all(self) -> bool {
        self.yes && self.no
    }

    fn opposite(self) -> Self {
        Self {
            yes: self.no,
            no: self.yes,
        }
    }
}

/// All that is written in a version; what stands in another comes after it.
pub(super) fn conditions<'m>(
    model: &'m Model,
    declared: &Declared<'m>,
    law_changes: &[Day],
    constants: &mut Constants<'_>,
) -> Vec<Written<'m>> {
    let mut found = Vec::new();
    for condition in &declared.conditions {
        collect(model, *condition, (None, None), &mut found);
    }
    let days = declared.parts.iter().map(|part| part.days);
    let inside = |days: Period| {
        let inside = law_changes.iter().copied();
        let inside = inside.filter(move |day| days.contains(*day));
        std::iter::once(days.start).chain(inside)
    };
    let laws: Vec<Day> = days.flat_map(inside).collect();
    for written in &mut found {
        if let Says::Condition(id, _) = written.says {
            written.listed = !laws.iter().all(|law| constants.of(id, *law).is_some());
        }
    }
    found
}

type Around = (Option<(usize, bool)>, Option<Literal<Day>>);

fn collect<'m>(
    model: &'m Model,
    id: ConditionId,
    (parent, known): Around,
    found: &mut Vec<Written<'m>>,
) {
    let condition = model.condition(id);
    if let ConditionKind::Not(part) = condition.kind {
        // `ikke A` is seen where A is; of `ikke ikke A` the one undoes the other.
        let parent = parent.map(|(at, below)| (at, !below));
        return collect(model, part, (parent, known), found);
    }
    let at = found.len();
    found.push(Written {
        site: whole(model, id),
        listed: true,
        parent,
        says: Says::Condition(id, known),
    });
    links(model, id, at, found);
    let known = match condition.kind {
        ConditionKind::KnownOn(_, date) => Some(date),
        _ => known,
    };
    for part in condition.kind.operands() {
        collect(model, part, (Some((at, false)), known), found);
    }
}

/// Where a condition stands: `A når B` from A to B.
fn whole(model: &Model, id: ConditionId) -> Site {
    let condition = model.condition(id);
    let mut site = condition.site;
    if let ConditionKind::All(parts) = &condition.kind {
        for part in parts.iter().map(|part| model.condition(*part).site) {
            if part.file == site.file {
                site.span = site.span.to(part.span);
            }
        }
    }
    site
}

/// The links of a condition on rows.
fn links<'m>(model: &'m Model, id: ConditionId, at: usize, found: &mut Vec<Written<'m>>) {
    let (table, filter) = match &model.condition(id).kind {
        ConditionKind::Rows { table, filter, .. } => (*table, filter),
        ConditionKind::Assessed { assessment, filter } => {
            let rule = model.assessments.get(assessment.0);
            let Some(version) = rule.and_then(|rule| rule.versions.first()) else {
                return;
            };
            (version.body.table, filter)
        }
        _ => return,
    };
    for link in model.row_links.get(&id).into_iter().flatten() {
        found.push(Written {
            site: link.site,
            listed: true,
            parent: Some((at, false)),
            says: match &link.says {
                RowLinkKind::Row(test) => Says::Row(table, test),
                RowLinkKind::Duration(test) => Says::Duration(table, filter, *test),
            },
        });
    }
}

impl Written<'_> {
    /// What a view makes of it on some days.
    pub(super) fn seen(&self, view: &View<'_>, days: Period) -> Seen {
        match &self.says {
            Says::Condition(id, None) => on_days(&view.timeline(*id), days),
            Says::Condition(id, Some(date)) => match view.date(*date) {
                Some(known_on) => on_days(&view.with_known_on(known_on).timeline(*id), days),
                None => Seen::default(),
            },
            Says::Row(table, test) => {
                let mut seen = Seen::default();
                for row in view.rows(*table) {
                    let met = view.row_meets(row, test);
                    seen.add(Seen {
                        yes: met == Truth::Yes,
                        no: met == Truth::No,
                    });
                }
                seen
            }
            Says::Duration(table, filter, test) => {
                let spells = view.row_days(*table, filter, &[]);
                let lasting = view.row_days(*table, filter, &[*test]);
                let failing = spells.and(&lasting.not());
                Seen {
                    yes: on_days(&lasting, days).yes,
                    no: on_days(&failing, days).yes,
                }
            }
        }
    }
}

/// Whether a condition surely holds on some of the days, and surely does not on some.
fn on_days(timeline: &Timeline, days: Period) -> Seen {
    let all = days.end.since(days.start);
    Seen {
        yes: timeline.sure().count_in(days) > 0,
        no: timeline.possible().count_in(days) < all,
    }
}

/// The conditions that were not seen both to hold and not to, by their positions. One whose part
/// explains it is left out: what the part lacks is what it lacks.
pub(super) fn gaps(written: &[Written<'_>], seen: &[Seen]) -> Vec<(usize, Seen)> {
    let mut explained = vec![Seen::default(); written.len()];
    for (part, seen) in written.iter().zip(seen) {
        let Some((parent, below_not)) = part.parent else {
            continue;
        };
        let seen = if below_not { seen.opposite() } else { *seen };
        if let Some(explained) = explained.get_mut(parent) {
            explained.add(Seen {
                yes: !seen.yes,
                no: !seen.no,
            });
        }
    }
    let each = written.iter().zip(seen).zip(explained).enumerate();
    let gaps = each.filter_map(|(at, ((written, seen), explained))| {
        let left = Seen {
            yes: seen.yes || explained.yes,
            no: seen.no || explained.no,
        };
        (written.listed && !left.all()).then_some((at, left))
    });
    gaps.collect()
}
