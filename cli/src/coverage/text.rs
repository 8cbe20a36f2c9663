//! The coverage for people at a terminal: by act and provision, what is lacking last.

use super::report::{Cited, Report, has_example};
use crate::check::one;
use crate::language::{count, period};
use crate::print::{self, Paint};
use hjemmel_engine::coverage::Entry;
use hjemmel_engine::coverage::{Citation, ProvisionCoverage, RuleCoverage, Status};
use hjemmel_grammar::diagnostic::Text;
use std::fmt::Write as _;

/// How many characters of a condition are shown.
const WIDEST: usize = 80;

/// The whole report.
pub(super) fn render(report: &Report<'_>, paint: Paint) -> String {
    let listing = Listing { report, paint };
    let mut out = listing.acts();
    out += &listing.missing();
    out += &listing.without_example();
    out += &listing.conditions();
    out += &listing.astray();
    out += &listing.without_register();
    let told = summary(report);
    let complete = report.coverage.is_complete();
    let mut lines = told.lines();
    let first = lines.next().unwrap_or_default();
    let first = if complete {
        paint.green(first)
    } else {
        paint.red(first)
    };
    out += &format!("{first}\n");
    for line in lines {
        out += &format!("{line}\n");
    }
    out
}

/// How many there are of each, in a few lines.
pub(super) fn summary(report: &Report<'_>) -> String {
    let counts = report.counts();
    let language = report.session.language();
    let number = |number: usize| count(u64::try_from(number).unwrap_or(u64::MAX), language);
    let all = number(counts.provisions);
    let (covered, not_encoded) = (number(counts.covered), number(counts.not_encoded));
    let (missing, rules) = (number(counts.missing), number(counts.rules));
    let bare = number(counts.without_example);
    let (conditions, open) = (number(counts.conditions), number(counts.not_exercised));
    let text = Text::new(
        format!(
            "{all} {}: {covered} med regel, {not_encoded} med grund til ikke at være skrevet, {missing} uden begge\n\
             {rules} {} på dem: {bare} uden eksempel\n\
             {conditions} {}: {open} ikke prøvet begge veje\n",
            one(counts.provisions, "bestemmelse", "bestemmelser"),
            one(counts.rules, "regelversion hviler", "regelversioner hviler"),
            one(counts.conditions, "betingelse", "betingelser"),
        ),
        format!(
            "{all} {}: {covered} with a rule, {not_encoded} with a reason not to be encoded, {missing} with neither\n\
             {rules} {} on them: {bare} without an example\n\
             {conditions} {}: {open} not exercised both ways\n",
            one(counts.provisions, "provision", "provisions"),
            one(
                counts.rules,
                "version of a rule rests",
                "versions of rules rest"
            ),
            one(counts.conditions, "condition", "conditions"),
        ),
    );
    text.get(language).to_owned()
}

/// Makes the parts of the report.
struct Listing<'r> {
    report: &'r Report<'r>,
    paint: Paint,
}

impl Listing<'_> {
    fn say<'t>(&self, da: &'t str, en: &'t str) -> &'t str {
        self.report.session.say(da, en)
    }

    fn heading(&self, da: &str, en: &str, how_many: usize) -> String {
        let head = self.paint.bold(self.say(da, en));
        format!("{head} ({how_many})\n")
    }

    /// The provisions with what rests on them.
    fn acts(&self) -> String {
        let mut out = String::new();
        for of_act in self.report.acts() {
            let act = self.paint.bold(&of_act.act.to_string());
            let title = of_act
                .title
                .map_or_else(String::new, |it| format!("  {it}"));
            let _ = writeln!(out, "{act}{title}");
            for (provision, entry) in &of_act.provisions {
                out += &self.provision(provision, entry);
            }
            out.push('\n');
        }
        out
    }

    fn provision(&self, provision: &ProvisionCoverage, entry: &Entry) -> String {
        let paint = self.paint;
        let place = paint.bold(&place_in_act(entry));
        let subject = print::harmless(&entry.subject);
        let days = period(entry.days, self.report.session.language());
        let mut out = format!("  {place}  {subject} {}\n", paint.dim(&format!("({days})")));
        if let Some(reason) = &entry.not_encoded {
            let word = self.say("ikke skrevet", "not encoded");
            let _ = writeln!(out, "      {word}: {}", print::harmless(reason));
        }
        for (citation, cited) in self.report.cited(&provision.citations) {
            out += &self.rule(citation, cited, entry);
        }
        if let Some(days) = self.report.without_rule(provision) {
            let _ = writeln!(out, "      {}", paint.yellow(&days));
        }
        if provision.status == Status::Missing {
            let word = self.say("hverken regel eller grund", "neither a rule nor a reason");
            let _ = writeln!(out, "      {}", paint.red(word));
        }
        out
    }

    /// A rule, and how many examples speak of it.
    fn rule(&self, citation: &Citation, cited: Cited<'_>, entry: &Entry) -> String {
        let name = self.report.part_name(cited);
        let as_cited = if citation.provision.to_string() == entry.provision.to_string() {
            String::new()
        } else {
            self.paint.dim(&format!("  [{}]", citation.provision))
        };
        let examples = self.report.examples(cited.part);
        let examples = if cited.part.examples.is_empty() {
            self.paint.red(&examples)
        } else {
            examples
        };
        format!("      {name}: {examples}{as_cited}\n")
    }

    fn missing(&self) -> String {
        let missing: Vec<_> = self.report.coverage.missing().collect();
        if missing.is_empty() {
            return String::new();
        }
        let mut out = self.heading(
            "Bestemmelser med hverken regel eller grund",
            "Provisions with neither a rule nor a reason",
            missing.len(),
        );
        for provision in missing {
            let entry = self.report.registers.entries.get(provision.entry);
            let place = self.report.register_place(provision);
            if let (Some(entry), Some(place)) = (entry, place) {
                let days = period(entry.days, self.report.session.language());
                let dim = self.paint.dim(&format!("({place})"));
                let subject = print::harmless(&entry.subject);
                let _ = writeln!(out, "  {}  {subject}, {days} {dim}", entry.provision);
            }
        }
        out + "\n"
    }

    fn without_example(&self) -> String {
        let bare = self.report.coverage.without_example();
        if bare.is_empty() {
            return String::new();
        }
        let mut out = self.heading(
            "Regler uden eksempel",
            "Rules without an example",
            bare.len(),
        );
        let parts = bare.iter();
        for cited in parts.filter_map(|(rule, part)| self.report.part(*rule, *part)) {
            let place = self.report.place(cited.rule.site);
            let place = self.paint.dim(&format!("({place})"));
            let _ = writeln!(out, "  {} {place}", self.report.part_name(cited));
        }
        out + "\n"
    }

    fn conditions(&self) -> String {
        let count = self.report.counts().not_exercised;
        if count == 0 {
            return String::new();
        }
        let mut out = self.heading(
            "Betingelser, som intet eksempel prøver begge veje",
            "Conditions that no example exercises both ways",
            count,
        );
        for rule in self.report.with_gaps() {
            if !has_example(rule) {
                out += &self.untried(rule);
                continue;
            }
            let _ = writeln!(out, "  {}", self.report.name(rule));
            for gap in &rule.gaps {
                let place = self.report.place(gap.site);
                let place = self.paint.dim(&format!("({place})"));
                let written = shortened(&self.report.written(gap.site));
                let _ = writeln!(out, "    {}: {written} {place}", self.report.never(gap));
            }
        }
        out + "\n"
    }

    /// A rule without examples: none of its conditions need be named.
    fn untried(&self, rule: &RuleCoverage) -> String {
        let (name, place) = (self.report.name(rule), self.report.place(rule.site));
        let words = self.say("uden eksempel", "without an example");
        let place = self.paint.dim(&format!("({place})"));
        format!("  {name}: {} {words} {place}\n", rule.gaps.len())
    }

    fn astray(&self) -> String {
        let astray = &self.report.coverage.astray;
        if astray.is_empty() {
            return String::new();
        }
        let mut out = self.heading(
            "Henvisninger, som registret ikke har",
            "Citations that the register does not hold",
            astray.len(),
        );
        for each in astray {
            let citation = &each.citation;
            let name = self
                .report
                .part(citation.rule, citation.part)
                .map(|cited| self.report.part_name(cited));
            let place = self
                .paint
                .dim(&format!("({})", self.report.place(citation.site)));
            let then = if each.other_days {
                self.say(
                    "; registret har den kun for andre dage",
                    "; the register has it for other days only",
                )
            } else {
                ""
            };
            let name = name.unwrap_or_default();
            let _ = writeln!(out, "  {}  {name}{then} {place}", citation.provision);
        }
        out + "\n"
    }

    fn without_register(&self) -> String {
        let acts = &self.report.coverage.without_register;
        if acts.is_empty() {
            return String::new();
        }
        let mut out = self.heading(
            "Retskilder uden register",
            "Sources of law without a register",
            acts.len(),
        );
        for (act, citations) in acts {
            let times = citations.len();
            let word = one(
                times,
                self.say("henvisning", "citation"),
                self.say("henvisninger", "citations"),
            );
            let first = citations.first().map(|it| self.report.place(it.site));
            let first =
                first.map_or_else(String::new, |place| self.paint.dim(&format!(" ({place})")));
            let _ = writeln!(out, "  {act}: {times} {word}{first}");
        }
        out + "\n"
    }
}

/// `§ 92, stk. 2` of `LAB § 92, stk. 2`
pub(super) fn place_in_act(entry: &Entry) -> String {
    let written = entry.provision.to_string();
    let act = entry.provision.act.to_string();
    let place = written.strip_prefix(&act).unwrap_or(&written);
    place.trim_start().to_owned()
}

/// The beginning of a long condition.
fn shortened(text: &str) -> String {
    if text.chars().count() <= WIDEST {
        return text.to_owned();
    }
    let kept: String = text.chars().take(WIDEST).collect();
    format!("{} …", kept.trim_end())
}
