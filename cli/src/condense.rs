//! Explanations shortened to what a reader needs: links and negations give way to what they link,
//! what has been explained is not explained again, and a row stands where it is read.

use hjemmel_engine::explain::{Reason, RowRead};
use hjemmel_engine::model::{Basis, ConditionKind, Heading, Model};
use hjemmel_engine::time::{Day, Period};
use hjemmel_grammar::span::Site;
use std::collections::BTreeSet;

/// Shortens the explanation of one answer.
pub(crate) struct Condenser<'a> {
    /// The places of links, negations and exceptions: steps that only say what their parts say.
    links: BTreeSet<Site>,
    /// What has been explained.
    told: BTreeSet<Site>,
    /// How many levels of reasons are shown below a step of the answer.
    levels: usize,
    model: &'a Model,
    day: Day,
}

/// A step, ready to be shown.
pub(crate) struct Step<'r> {
    pub(crate) reason: &'r Reason,
    /// What it rests on, where the step above does not rest on the same.
    pub(crate) basis: Option<&'r Basis>,
    /// The days, where they are not those of the step above.
    pub(crate) days: Option<Period>,
    /// The rows that no step below reads.
    pub(crate) rows: Vec<RowRead>,
    /// Whether its reasons have been given before.
    pub(crate) above: bool,
    pub(crate) steps: Vec<Step<'r>>,
}

/// What the step above says already.
#[derive(Clone, Copy, Default)]
struct Above<'r> {
    days: Option<Period>,
    basis: Option<&'r Basis>,
}

impl<'a> Condenser<'a> {
    pub(crate) fn new(model: &'a Model, day: Day, levels: usize) -> Self {
        let links = model.conditions.iter().filter(|condition| {
            let kind = &condition.kind;
            matches!(
                kind,
                ConditionKind::All(_)
                    | ConditionKind::Any(_)
                    | ConditionKind::Not(_)
                    | ConditionKind::Except { .. }
            )
        });
        Self {
            links: links.map(|condition| condition.site).collect(),
            told: BTreeSet::new(),
            levels,
            model,
            day,
        }
    }

    /// The steps to show for some reasons.
    pub(crate) fn steps<'r>(&mut self, reasons: &'r [Reason]) -> Vec<Step<'r>> {
        self.below(reasons, Above::default(), 0)
    }

    fn below<'r>(
        &mut self,
        reasons: &'r [Reason],
        above: Above<'r>,
        level: usize,
    ) -> Vec<Step<'r>> {
        let mut steps = Vec::new();
        for reason in reasons {
            if self.is_link(reason) {
                steps.extend(self.below(&reason.because, above, level));
            } else {
                steps.push(self.step(reason, above, level));
            }
        }
        steps
    }

    fn is_link(&self, reason: &Reason) -> bool {
        let bare = reason.basis.is_none() && reason.rows.is_empty() && !reason.because.is_empty();
        bare && reason.site.is_some_and(|site| self.links.contains(&site))
    }

    fn step<'r>(&mut self, reason: &'r Reason, above: Above<'r>, level: usize) -> Step<'r> {
        let cut = self.levels <= level;
        let known = !cut
            && reason.site.is_some_and(|site| !self.told.insert(site))
            && !reason.because.is_empty();
        let days = reason
            .days
            .filter(|days| Some(*days) != above.days && *days != Period::ALL);
        let own = reason.basis.as_ref();
        let same = own.map(ToString::to_string) == above.basis.map(ToString::to_string);
        let next = Above {
            days: reason.days.or(above.days),
            basis: own.or(above.basis),
        };
        let steps = if known || cut {
            Vec::new()
        } else {
            self.below(&reason.because, next, level.saturating_add(1))
        };
        let mut read = BTreeSet::new();
        steps.iter().for_each(|step| rows(step, &mut read));
        let mut rows: Vec<RowRead> = reason.rows.clone();
        if cut {
            below_cut(reason, &mut rows);
        }
        rows.sort_unstable();
        rows.dedup();
        rows.retain(|row| !read.contains(row));
        Step {
            reason,
            basis: own.filter(|_| !same && !known),
            days,
            rows,
            above: known,
            steps,
        }
    }

    /// A sentence without names for the machine: a title where there is one, else the name in words.
    pub(crate) fn worded(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut parts = text.split('`');
        out += parts.next().unwrap_or_default();
        while let Some(name) = parts.next() {
            let after = parts.next().unwrap_or_default();
            // `Titel (`navn`)`
            if let (Some(before), Some(rest)) = (out.strip_suffix(" ("), after.strip_prefix(')')) {
                out = format!("{before}{rest}");
                continue;
            }
            let title = self.title(name).unwrap_or(name);
            out += &if after.starts_with(':') {
                title.to_owned()
            } else {
                format!("\"{title}\"")
            };
            out += after;
        }
        let links = [
            ("alle led", "alle disse"),
            ("mindst ét led", "en af disse"),
            ("all links", "all of these"),
            ("at least one link", "any of these"),
            ("_", " "),
        ];
        links
            .iter()
            .fold(out, |out, (link, words)| out.replace(link, words))
    }

    /// The title of the rule or branch with this name.
    fn title(&self, name: &str) -> Option<&'a str> {
        let (model, day) = (self.model, self.day);
        let mut named = model.outline().into_iter().filter(|rule| rule.0 == name);
        let rule = named.find_map(|(_, headings)| {
            let in_force = |it: &&Heading<'_>| it.validity.period.contains(day);
            headings.iter().find(in_force)?.title
        });
        rule.or_else(|| {
            let versions = model.classifications.iter().filter_map(|rule| rule.on(day));
            let mut branches = versions.flat_map(|version| &version.body.branches);
            let branch = branches.find(|branch| branch.state == name)?;
            branch.title.as_deref()
        })
    }
}

/// The rows read by what is not shown.
fn below_cut(reason: &Reason, rows: &mut Vec<RowRead>) {
    for below in &reason.because {
        rows.extend(below.rows.iter().copied());
        below_cut(below, rows);
    }
}

fn rows(step: &Step<'_>, read: &mut BTreeSet<RowRead>) {
    read.extend(step.rows.iter().copied());
    step.steps.iter().for_each(|step| rows(step, read));
}
