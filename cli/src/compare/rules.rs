//! What became of the rules, as text for people: what is changed in full, the rest by name.

use super::{Compared, words};
use crate::language::{count, period};
use crate::print::Paint;
use hjemmel_engine::compare::{Change, Difference, Kind, RuleChange};
use hjemmel_engine::time::Period;
use hjemmel_grammar::diagnostic::Language;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// So many rules of which only the basis has changed are told in full.
const BASES: usize = 8;
/// How wide lists of names are.
const WIDTH: usize = 100;

/// The section.
pub(crate) fn rules(compared: &Compared<'_>, paint: Paint) -> String {
    let section = Section {
        compared,
        language: compared.session.language(),
    };
    let title = section.say("Reglerne", "The rules");
    format!("{}\n{}\n", paint.bold(title), section.text())
}

struct Section<'a> {
    compared: &'a Compared<'a>,
    language: Language,
}

impl Section<'_> {
    fn say<'t>(&self, da: &'t str, en: &'t str) -> &'t str {
        self.compared.session.say(da, en)
    }

    fn text(&self) -> String {
        let changes = &self.compared.changes;
        let mut out = String::new();
        for rule in changes.iter().filter(|it| it.is_renamed()) {
            out += &self.renamed(rule);
        }
        for rule in changes {
            if let Change::Changed(differences) = &rule.change {
                out += &self.changed(rule, differences);
            }
        }
        for (change, da, en) in [
            (Change::Added, "tilføjet", "added"),
            (Change::Removed, "fjernet", "removed"),
        ] {
            let these = changes.iter().filter(|it| it.change == change);
            out += &self.list(self.say(da, en), &these.collect::<Vec<_>>());
        }
        out += &self.affected();
        out += &self.bases();
        let same = changes.iter().filter(|it| it.change == Change::Unchanged);
        let same = count(
            u64::try_from(same.count()).unwrap_or(u64::MAX),
            self.language,
        );
        let _ = writeln!(out, "  {same} {}", self.say("uændret", "unchanged"));
        out
    }

    fn renamed(&self, rule: &RuleChange) -> String {
        let old = rule.old.as_deref().unwrap_or_default();
        let words = words::rule(rule, self.language);
        let (renamed, before) = (self.say("omdøbt", "renamed"), self.say("før", "before"));
        format!("  {renamed}: {words}, {before} {old}\n")
    }

    fn changed(&self, rule: &RuleChange, differences: &[Difference]) -> String {
        let word = words::change(rule);
        let mut out = format!(
            "  {}: {}\n",
            word.get(self.language),
            words::rule(rule, self.language)
        );
        for difference in differences {
            out += &self.difference(difference);
        }
        out + &self.basis(rule)
    }

    fn difference(&self, difference: &Difference) -> String {
        let [old, new] = self.compared.sides.map(|side| &side.rules.sources);
        let clause = difference.clause.get(self.language);
        let days = difference.days.filter(|days| *days != Period::ALL);
        let days = days.map(|days| format!(" ({})", period(days, self.language)));
        let days = days.unwrap_or_default();
        if difference.old.is_none() && difference.new.is_none() {
            return format!("      {clause}{days}\n");
        }
        format!(
            "      {clause}{days}: {} → {}\n",
            words::clause(difference.old.as_ref(), old, self.language),
            words::clause(difference.new.as_ref(), new, self.language),
        )
    }

    fn basis(&self, rule: &RuleChange) -> String {
        let changed = rule.basis.as_ref();
        let Some((old, new)) = changed.filter(|(old, new)| old != new) else {
            return String::new();
        };
        let or_none = |basis: &Option<String>| basis.clone().unwrap_or_else(|| "–".to_owned());
        let word = self.say("hjemmel", "basis");
        format!("      {word}: {} → {}\n", or_none(old), or_none(new))
    }

    /// The rules that rest on what has changed, by what that is.
    fn affected(&self) -> String {
        let mut by_what: BTreeMap<&[(Kind, String)], Vec<&RuleChange>> = BTreeMap::new();
        for rule in &self.compared.changes {
            if let Change::Affected(through) = &rule.change {
                by_what.entry(through).or_default().push(rule);
            }
        }
        let affected = self.say("påvirket af", "affected by");
        let lists = by_what.into_iter().map(|(through, rules)| {
            let through = words::through(through, self.language);
            self.list(&format!("{affected} {through}"), &rules)
        });
        lists.collect()
    }

    /// The rules that mean the same and rest on something else.
    fn bases(&self) -> String {
        let changes = self.compared.changes.iter();
        let rules: Vec<&RuleChange> = changes.filter(|it| it.change == Change::Basis).collect();
        let word = self.say("kun hjemmel", "only the basis");
        if BASES < rules.len() {
            return self.list(word, &rules);
        }
        let told = rules.into_iter().map(|rule| {
            let words = words::rule(rule, self.language);
            format!("  {word}: {words}\n{}", self.basis(rule))
        });
        told.collect()
    }

    /// `fjernet: begreb mentorstøtte, pligt nyt_tilbud_jobparat`, wrapped.
    fn list(&self, word: &str, rules: &[&RuleChange]) -> String {
        if rules.is_empty() {
            return String::new();
        }
        let mut out = format!("  {word} ({}):\n", rules.len());
        let mut line = String::new();
        for (at, rule) in rules.iter().enumerate() {
            let kind = rule.kind.words();
            let comma = if at.saturating_add(1) < rules.len() {
                ","
            } else {
                ""
            };
            let name = format!("{} {}{comma}", kind.get(self.language), rule.name());
            let wide = line.chars().count().saturating_add(name.chars().count());
            if WIDTH < wide && !line.is_empty() {
                let _ = writeln!(out, "     {line}");
                line.clear();
            }
            line.push(' ');
            line += &name;
        }
        let _ = writeln!(out, "     {line}");
        out
    }
}
