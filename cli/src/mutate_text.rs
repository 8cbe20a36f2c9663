//! What came of mutants, for people: the survivors rule by rule, where they stand, and the sum.

use crate::check::one;
use crate::equivalents::Equivalent;
use crate::language::count;
use crate::mutate::Report;
use crate::print::{self, Paint, harmless, harmless_lines, range};
use crate::session::Session;
use hjemmel_engine::mutate::Mutant;
use hjemmel_grammar::Sources;
use hjemmel_grammar::diagnostic::{Language, Text};
use hjemmel_grammar::span::Site;
use std::fmt::Write as _;

/// The whole report.
pub(crate) fn render(session: &Session, sources: &Sources, report: &Report<'_>) -> String {
    let drawing = Drawing {
        sources,
        language: session.language(),
        paint: Paint {
            on: print::colour_on_stdout(),
        },
    };
    let limit = report.limit.unwrap_or(usize::MAX);
    let shown = report.survived.iter().take(limit);
    let shown: Vec<(&Mutant, usize)> = shown.copied().collect();
    let mut out = String::new();
    for of_rule in shown.chunk_by(|a, b| a.0.rule == b.0.rule) {
        let rule = of_rule.first().map_or("", |(mutant, _)| &mutant.rule);
        let all = report.survived.iter();
        let all = all.filter(|(mutant, _)| mutant.rule == rule).count();
        out += &drawing.rule(rule, all, of_rule);
    }
    let more = report.survived.len().saturating_sub(shown.len());
    if more > 0 {
        let more = drawing.number(more);
        let text = Text::new(format!("… og {more} til"), format!("… and {more} more"));
        let _ = writeln!(out, "{}\n", text.get(drawing.language));
    }
    for finding in &report.findings {
        out += &drawing.finding(finding);
    }
    out + &drawing.summary(report)
}

/// What everything is drawn from and with.
struct Drawing<'s> {
    sources: &'s Sources,
    language: Language,
    paint: Paint,
}

impl Drawing<'_> {
    fn say<'t>(&self, da: &'t str, en: &'t str) -> &'t str {
        match self.language {
            Language::Danish => da,
            Language::English => en,
        }
    }

    fn number(&self, number: usize) -> String {
        count(u64::try_from(number).unwrap_or(u64::MAX), self.language)
    }

    /// The survivors of one rule, of which there are `all`.
    fn rule(&self, name: &str, all: usize, survivors: &[(&Mutant, usize)]) -> String {
        let number = self.number(all);
        let head = Text::new(
            format!("{name}: {number} fejl opdages ikke af noget eksempel"),
            format!(
                "{name}: no example notices {number} {}",
                one(all, "mistake", "mistakes")
            ),
        );
        let mut out = self.paint.bold(head.get(self.language)) + "\n\n";
        let same = |a: &(&Mutant, usize), b: &(&Mutant, usize)| {
            a.0.site == b.0.site && a.0.hint == b.0.hint && a.1 == b.1
        };
        for group in survivors.chunk_by(same) {
            out += &self.place(group);
        }
        out
    }

    /// The survivors that change the same words.
    fn place(&self, survivors: &[(&Mutant, usize)]) -> String {
        let Some((first, tried)) = survivors.first() else {
            return String::new();
        };
        let (start, _) = range(self.sources, first.site);
        let path = self.sources.path(first.site.file);
        let place = format!("{path}:{}:{}", start.line, start.column);
        let mut out = format!("  {}\n", self.paint.dim(&place));
        let changes: Vec<&str> = survivors
            .iter()
            .map(|(mutant, _)| mutant.change.get(self.language))
            .collect();
        out += &self.marked(first.site, start.line, &changes.join(" · "));
        for (mutant, _) in survivors {
            let _ = writeln!(out, "    {}", harmless(&mutant.id));
        }
        let help = self.say("hjælp", "help");
        let hint = match tried {
            0 => Text::new(
                format!("intet eksempel når hertil; skriv {}", first.hint.da),
                format!("no example gets here; write {}", first.hint.en),
            ),
            _ => first.hint.clone(),
        };
        let _ = writeln!(out, "    {help}: {}\n", hint.get(self.language));
        out
    }

    /// The line with the changed words marked, and what they become.
    fn marked(&self, site: Site, line: u32, change: &str) -> String {
        let (text, at) = line_at(self.sources.text(site.file), site);
        let words = self.sources.slice(site).lines().next().unwrap_or_default();
        let blanks = text
            .chars()
            .take(at)
            .map(|c| if c == '\t' { c } else { ' ' });
        let blanks: String = blanks.collect();
        let marks = "^".repeat(words.trim_end().chars().count().max(1));
        let number = line.to_string();
        let margin = " ".repeat(number.len());
        format!(
            "    {} | {}\n    {margin} | {blanks}{}\n",
            self.paint.dim(&number),
            harmless_lines(text.trim_end()),
            self.paint.red(&format!("{marks} {change}")),
        )
    }

    fn finding(&self, (entry, text): &(&Equivalent, Text)) -> String {
        let word = self.paint.red(self.say("fejl", "error"));
        format!(
            "{word}: {}:{}: {}\n    {}\n\n",
            entry.file,
            entry.line,
            text.get(self.language),
            harmless(&entry.id)
        )
    }

    fn summary(&self, report: &Report<'_>) -> String {
        let survived = report.survived.len();
        let numbers = [
            report.made(),
            report.killed,
            report.equivalent.len(),
            survived,
        ];
        let [made, killed, equivalent, alive] = numbers.map(|number| self.number(number));
        let share = self.share(report.killed, report.killed.saturating_add(survived));
        let text = Text::new(
            format!(
                "{made} mutanter: {killed} opdaget, {equivalent} {}, {alive} overlevede – {share} opdaget",
                one(report.equivalent.len(), "ækvivalent", "ækvivalente")
            ),
            format!(
                "{made} mutants: {killed} killed, {equivalent} equivalent, {alive} survived – {share} killed"
            ),
        );
        let text = text.get(self.language);
        let mut out = if report.is_clean() {
            self.paint.green(text)
        } else {
            self.paint.red(text)
        };
        out.push('\n');
        if survived > 0 {
            let text = Text::new(
                "kan en fejl ikke ses i noget svar, så skriv dens id og en begrundelse i ækvivalente_mutanter.csv i regelmappen",
                "if a mistake can be seen in no answer, write its id and a reason in ækvivalente_mutanter.csv in the folder of the rules",
            );
            let _ = writeln!(out, "{}", text.get(self.language));
        }
        if report.measures > 0 {
            let measures = self.number(report.measures);
            let text = Text::new(
                format!(
                    "{measures} {} ikke med: et eksempel kan ikke sige, hvad en måling tæller",
                    one(report.measures, "måling er", "målinger er")
                ),
                format!(
                    "{measures} {} left out: an example cannot say what a measure counts",
                    one(report.measures, "measure is", "measures are")
                ),
            );
            let _ = writeln!(out, "{}", text.get(self.language));
        }
        out
    }

    /// A share in per cent with one decimal, never rounded up to the whole.
    fn share(&self, part: usize, whole: usize) -> String {
        let thousandths = part.saturating_mul(1000).checked_div(whole).unwrap_or(1000);
        let (percent, tenths) = (thousandths / 10, thousandths % 10);
        match self.language {
            Language::Danish => format!("{percent},{tenths} %"),
            Language::English => format!("{percent}.{tenths}%"),
        }
    }
}

/// The line that a place begins on, and how many characters of it stand before the place.
fn line_at(text: &str, site: Site) -> (&str, usize) {
    let start = usize::try_from(site.span.start).unwrap_or(usize::MAX);
    let before = text.get(..start).unwrap_or_default();
    let line_start = before
        .rfind('\n')
        .map_or(0, |newline| newline.saturating_add(1));
    let line = text.get(line_start..).unwrap_or_default();
    let line = line.lines().next().unwrap_or_default();
    let at = before.get(line_start..).unwrap_or_default().chars().count();
    (line, at)
}
