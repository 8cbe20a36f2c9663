//! A comparison as a comment on a change of rules: counts only, and small counts hidden.

use super::crossing::{Cell, Crossed, differs};
use super::found::{Group, groups};
use super::{Compared, MeasureChange, sides, words};
use crate::language::{count, day as day_words, period, share_of};
use hjemmel_engine::compare::{Change, Deciding, Pair, RuleChange};
use hjemmel_engine::measure::Counts;
use hjemmel_engine::model::{Model, Subject};
use hjemmel_engine::outcome::State;
use hjemmel_grammar::diagnostic::Language;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A count of persons below this may tell who they are.
const SMALL: u64 = 5;
/// How many lines of a kind are shown: a comment is read, a file is studied.
const LINES: usize = 10;

/// The whole comment.
pub(crate) fn markdown(compared: &Compared<'_>, small_counts: bool) -> String {
    let page = Page {
        compared,
        language: compared.session.language(),
        least: if small_counts { 1 } else { SMALL },
    };
    let mut out = page.heading();
    out += &page.rules();
    out += &page.answers();
    out += &page.measures();
    out += &page.foot();
    out
}

struct Page<'a> {
    compared: &'a Compared<'a>,
    language: Language,
    /// The least count that is told.
    least: u64,
}

impl Page<'_> {
    fn say<'t>(&self, da: &'t str, en: &'t str) -> &'t str {
        self.compared.session.say(da, en)
    }

    /// A count; a small one is only said to be small.
    fn number(&self, number: u64) -> String {
        match number {
            0 => "0".to_owned(),
            number if number < self.least => format!("<{SMALL}"),
            number => count(number, self.language),
        }
    }

    fn is_hidden(&self, number: u64) -> bool {
        number > 0 && number < self.least
    }

    fn heading(&self) -> String {
        let compared = self.compared;
        let [old, new] = compared.sides.map(|read| code(&read.source.given));
        let days = match compared.is_one_day() {
            true => day_words(compared.window.start, self.language),
            false => period(compared.window, self.language),
        };
        let title = self.say("Hvad regelændringen gør", "What the change of rules does");
        let all = u64::try_from(compared.extract.cases.len()).unwrap_or(u64::MAX);
        let persons = self.number(all);
        let word = self.say("personer", "persons");
        let mut out = format!("### {title}\n\n`{old}` → `{new}` · {days} · {persons} {word}");
        // With a hidden count beside it, the sum would tell it.
        if !compared.crossed.iter().any(|crossed| self.hides(crossed)) {
            let changed = self.number(compared.persons());
            let another = self.say("får et andet svar", "get another answer");
            let _ = write!(out, " · **{changed} {another}**");
        }
        out += "\n\n";
        out
    }

    /// Whether a count of those whose answer differs is hidden.
    fn hides(&self, crossed: &Crossed) -> bool {
        let moved = self.moved(crossed);
        self.is_hidden(crossed.persons)
            || moved
                .iter()
                .any(|(_, _, cell)| self.is_hidden(cell.persons))
    }

    fn rules(&self) -> String {
        let told = |it: &&RuleChange| it.change != Change::Unchanged || it.is_renamed();
        let mut changes: Vec<&RuleChange> = self.compared.changes.iter().filter(told).collect();
        // What is changed itself comes first.
        changes.sort_by_key(|it| !matches!(it.change, Change::Changed(_)));
        if changes.is_empty() {
            let text = self.say(
                "Ingen regel betyder noget andet.",
                "No rule means anything else.",
            );
            return format!("{text}\n\n");
        }
        let mut out = String::new();
        for change in changes.iter().take(LINES) {
            out += &self.rule(change);
        }
        out += &self.more(changes.len());
        out.push('\n');
        out
    }

    fn more(&self, lines: usize) -> String {
        match lines.saturating_sub(LINES) {
            0 => String::new(),
            more => format!("- … {more} {}\n", self.say("mere", "more")),
        }
    }

    fn rule(&self, rule: &RuleChange) -> String {
        let word = words::change(rule);
        let mut out = format!(
            "- **{}** {}",
            word.get(self.language),
            escaped(&words::rule(rule, self.language))
        );
        if let Some(old) = rule.old.as_deref().filter(|_| rule.is_renamed()) {
            let _ = write!(out, " ({} `{old}`)", self.say("før", "before"));
        }
        if let Change::Affected(through) = &rule.change {
            let names: Vec<String> = through
                .iter()
                .map(|(_, name)| format!("`{name}`"))
                .collect();
            let _ = write!(
                out,
                ": {} {}",
                self.say("hviler på", "rests on"),
                names.join(", ")
            );
        }
        out.push('\n');
        let [old, new] = self.compared.sides.map(|side| &side.rules.sources);
        let differences = match &rule.change {
            Change::Changed(differences) => differences.as_slice(),
            _ => &[],
        };
        for difference in differences.iter().take(LINES) {
            let days = difference
                .days
                .filter(|days| *days != hjemmel_engine::time::Period::ALL);
            let days = days.map(|days| format!(" ({})", period(days, self.language)));
            let _ = writeln!(
                out,
                "  - {}{}: {} → {}",
                difference.clause.get(self.language),
                days.unwrap_or_default(),
                escaped(&words::clause(difference.old.as_ref(), old, self.language)),
                escaped(&words::clause(difference.new.as_ref(), new, self.language)),
            );
        }
        if let Some((old, new)) = rule.basis.as_ref().filter(|(old, new)| old != new) {
            let or_none = |basis: &Option<String>| escaped(basis.as_deref().unwrap_or("–"));
            let word = self.say("hjemmel", "basis");
            let _ = writeln!(out, "  - {word}: {} → {}", or_none(old), or_none(new));
        }
        out
    }

    /// The states that persons have moved between, the most first.
    fn moved<'c>(&self, crossed: &'c Crossed) -> Vec<(&'c Option<State>, &'c Option<State>, Cell)> {
        let cells = crossed
            .cells
            .iter()
            .map(|((old, new), cell)| (old, new, *cell));
        let mut moved: Vec<_> = cells
            .filter(|(old, new, _)| {
                let bare = |it: &Option<State>| it.clone().map(|state| (state, None));
                old != new && differs(&bare(old), &bare(new))
            })
            .collect();
        moved.sort_by_key(|(_, _, cell)| std::cmp::Reverse(cell.persons));
        moved
    }

    fn answers(&self) -> String {
        let compared = self.compared;
        let mut out = String::new();
        for (at, (pair, crossed)) in compared.pairs.iter().zip(&compared.crossed).enumerate() {
            if crossed.persons > 0 {
                out += &self.answer(at, pair, crossed);
            }
        }
        out
    }

    fn answer(&self, at: usize, pair: &Pair, crossed: &Crossed) -> String {
        let compared = self.compared;
        let day = compared.window.last();
        let heading = words::heading(compared.old(), compared.new_model(), pair, day);
        let mut out = format!("#### {}\n\n", escaped(&heading));
        let [was, is, persons] = [
            self.say("før", "before"),
            self.say("nu", "now"),
            self.say("personer", "persons"),
        ];
        let _ = writeln!(out, "| {was} | {is} | {persons} |\n| --- | --- | ---: |");
        let [old, new] = sides(compared, pair);
        let word = |side, state: &Option<State>| {
            escaped(&words::state(side, state.as_ref(), day, self.language))
        };
        for (from, to, cell) in self.moved(crossed).into_iter().take(LINES) {
            let _ = writeln!(
                out,
                "| {} | {} | {} |",
                word(old, from),
                word(new, to),
                self.number(cell.persons)
            );
        }
        let due = crossed
            .cells
            .values()
            .map(|cell| cell.other_due)
            .fold(0, u64::saturating_add);
        if due > 0 {
            let text = self.say(
                "samme tilstand, anden frist",
                "same state, another deadline",
            );
            let _ = writeln!(out, "| {text} | | {} |", self.number(due));
        }
        out.push('\n');
        for group in self.shown(groups(&compared.found, at)).iter().take(LINES) {
            let was = self.reason(old, group.old, group.new);
            let is = self.reason(new, group.new, group.old);
            let _ = writeln!(out, "- {}: {was} → {is}", self.number(group.persons));
        }
        out.push('\n');
        out
    }

    /// The groups that may be told: what is hidden of a movement from one state to another must not
    /// follow from the rest of it.
    fn shown<'f>(&self, all: Vec<Group<'f>>) -> Vec<Group<'f>> {
        let movement = |group: &Group<'_>| (group.old.state.clone(), group.new.state.clone());
        let mut hidden: BTreeMap<_, (usize, u64)> = BTreeMap::new();
        let mut shown = Vec::new();
        // The least first: one that is not small is hidden where the small ones could be told.
        for group in all.into_iter().rev() {
            let (groups, persons) = hidden.entry(movement(&group)).or_default();
            let told = *groups > 0 && (*groups == 1 || *persons < self.least);
            if self.is_hidden(group.persons) || told {
                *groups = groups.saturating_add(1);
                *persons = persons.saturating_add(group.persons);
            } else {
                shown.push(group);
            }
        }
        shown.reverse();
        shown
    }

    fn reason(&self, side: (&Model, Option<Subject>), one: &Deciding, other: &Deciding) -> String {
        let day = self.compared.window.last();
        let text = words::reason(side, one, other, day, self.language);
        escaped(&text)
    }

    fn measures(&self) -> String {
        let changed = self.compared.measures.iter().filter(|it| it.old != it.new);
        let changed: Vec<&MeasureChange> = changed.collect();
        if changed.is_empty() {
            return String::new();
        }
        let mut out = String::new();
        for measure in changed {
            let name = crate::table::titled(measure.title.as_deref(), &measure.name);
            let told = match self.tells_of_few(measure) {
                true => self
                    .say(
                        "ændret for så få, at tallene ikke vises",
                        "changed for too few to show the numbers",
                    )
                    .to_owned(),
                false => format!(
                    "{} → {}",
                    self.counts(measure.old),
                    self.counts(measure.new)
                ),
            };
            let _ = writeln!(out, "- {}: {told}", escaped(&name));
        }
        out.push('\n');
        out
    }

    /// Whether the difference of its counts is a small count.
    fn tells_of_few(&self, measure: &MeasureChange) -> bool {
        let (Some(old), Some(new)) = (measure.old, measure.new) else {
            return false;
        };
        let numbers = |counts: Counts| [counts.counted, counts.out_of, counts.unknown];
        let mut both = numbers(old).into_iter().zip(numbers(new));
        both.any(|(old, new)| self.is_hidden(old.abs_diff(new)))
    }

    fn counts(&self, counts: Option<Counts>) -> String {
        let Some(counts) = counts else {
            return self.say("ikke i kraft", "not in force").to_owned();
        };
        let of = self.say("af", "of");
        let (counted, out_of) = (self.number(counts.counted), self.number(counts.out_of));
        // A share tells a count that is hidden.
        match self.is_hidden(counts.counted) || self.is_hidden(counts.out_of) {
            true => format!("{counted} {of} {out_of}"),
            false => format!(
                "{counted} {of} {out_of} ({})",
                share_of(counts, self.language)
            ),
        }
    }

    fn foot(&self) -> String {
        let text = super::text::line(self.compared);
        let approval = self.compared.provenance.approval.text();
        let approval = approval.get(self.language);
        format!(
            "<sub>{}</sub>\n<sub>{}</sub>\n",
            escaped(&text),
            escaped(approval)
        )
    }
}

/// Text between backticks, where nothing else is read.
fn code(text: &str) -> String {
    crate::print::harmless_lines(text).replace(['`', '\n'], " ")
}

/// Text that Markdown leaves as it is.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in crate::print::harmless_lines(text).chars() {
        match sign {
            '\n' => out.push(' '),
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '&' => out += "&amp;",
            '|' | '*' | '[' | ']' | '`' | '\\' | '@' | '#' => {
                out.push('\\');
                out.push(sign);
            }
            sign => out.push(sign),
        }
    }
    out
}
