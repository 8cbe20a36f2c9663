//! The coverage as one page that needs nothing beside it: no script, no network.

use super::report::{Cited, OfAct, Report, has_example};
use super::text::{place_in_act, summary};
use crate::language::period;
use hjemmel_engine::coverage::{
    Citation, Entry, PartCoverage, ProvisionCoverage, RuleCoverage, Status,
};
use hjemmel_grammar::Language;
use hjemmel_grammar::span::Site;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use std::collections::BTreeSet;

/// How the page looks, on a screen and on paper.
const STYLE: &str = include_str!("page.css");

/// The whole page.
pub(super) fn render(report: &Report<'_>) -> String {
    let page = Page { report };
    let language = match report.session.language() {
        Language::Danish => "da",
        Language::English => "en",
    };
    let title = page.say("Dækning af bestemmelser", "Coverage of provisions");
    let markup = html! {
        (DOCTYPE)
        html lang=(language) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    h1 { (title) }
                    (page.summary())
                    (page.contents())
                }
                main {
                    (page.findings())
                    @for (at, of_act) in report.acts().iter().enumerate() {
                        (page.act(at, of_act))
                    }
                    (page.rules())
                    (page.all_examples())
                }
                footer { (page.provenance()) }
            }
        }
    };
    lines(&markup.into_string())
}

/// Each block on a line of its own, for those who compare two pages. No text holds a `<`.
fn lines(page: &str) -> String {
    let blocks = [
        "head>", "meta ", "title>", "style>", "body>", "header>", "main>", "footer>", "nav ",
        "section>", "article ", "h1>", "h2", "h3>", "h4>", "p>", "p ", "ul", "ol>", "li", "div ",
        "table>", "thead>", "tbody>", "tr ", "tr>", "td>", "th ",
    ];
    let mut out = String::with_capacity(page.len().saturating_mul(2));
    for (number, piece) in page.split('<').enumerate() {
        if number > 0 {
            if blocks.iter().any(|block| piece.starts_with(block)) {
                out.push('\n');
            }
            out.push('<');
        }
        out.push_str(piece);
    }
    out + "\n"
}

/// Makes the parts of the page.
struct Page<'r> {
    report: &'r Report<'r>,
}

impl Page<'_> {
    fn say<'t>(&self, da: &'t str, en: &'t str) -> &'t str {
        self.report.session.say(da, en)
    }

    fn summary(&self) -> Markup {
        let complete = self.report.coverage.is_complete();
        let (class, verdict) = if complete {
            ("good", self.say("Alt er dækket.", "All is covered."))
        } else {
            ("bad", self.say("Noget mangler.", "Something is missing."))
        };
        html! {
            p.verdict.(class) { (verdict) }
            ul.summary {
                @for line in summary(self.report).lines() { li { (line) } }
            }
        }
    }

    fn contents(&self) -> Markup {
        html! {
            nav aria-labelledby="contents" {
                h2 id="contents" { (self.say("Indhold", "Contents")) }
                ul {
                    @for (at, of_act) in self.report.acts().iter().enumerate() {
                        li {
                            a href=(format!("#act-{at}")) { (of_act.act) }
                            @if let Some(title) = of_act.title { " " (title) }
                        }
                    }
                    li { a href="#rules" { (self.say("Reglerne og deres eksempler", "The rules and their examples")) } }
                    li { a href="#examples" { (self.say("Eksemplerne", "The examples")) } }
                }
            }
        }
    }

    /// A section of findings, if there are any.
    fn section(&self, (da, en): (&str, &str), items: &[Markup]) -> Markup {
        html! {
            @if !items.is_empty() {
                section {
                    h2 { (self.say(da, en)) " (" (items.len()) ")" }
                    ul { @for item in items { li { (item) } } }
                }
            }
        }
    }

    fn findings(&self) -> Markup {
        let report = self.report;
        let missing = report.coverage.missing().filter_map(|provision| {
            let entry = report.registers.entries.get(provision.entry)?;
            let place = report.register_place(provision)?;
            let row = format!("#provision-{}", provision.entry);
            let days = period(entry.days, report.session.language());
            Some(html! {
                a href=(row) { strong { (entry.provision) } } " " (entry.subject) ", " (days) " "
                (self.small(&place.to_string()))
            })
        });
        let bare = report.coverage.without_example();
        let bare = bare.iter().filter_map(|(at, part)| {
            let cited = report.part(*at, *part)?;
            Some(html! { (self.part_link(*at, cited)) " " (self.place(cited.rule.site)) })
        });
        let rules = report.coverage.rules.iter().enumerate();
        let gaps = rules.filter(|(_, rule)| !rule.gaps.is_empty());
        let gaps = gaps.map(|(at, rule)| html! { (self.link(at, rule)) ": " (rule.gaps.len()) });
        let astray = report.coverage.astray.iter().filter_map(|each| {
            let cited = report.part(each.citation.rule, each.citation.part)?;
            Some(html! {
                strong { (each.citation.provision) } " "
                (self.part_link(each.citation.rule, cited)) " " (self.place(each.citation.site))
                @if each.other_days {
                    " " (self.say("Registret har den kun for andre dage.", "The register has it for other days only."))
                }
            })
        });
        let without = report
            .coverage
            .without_register
            .iter()
            .map(|(act, citations)| {
                let rules: BTreeSet<usize> = citations.iter().map(|it| it.rule).collect();
                html! {
                    strong { (act) } ": "
                    @for (at, number) in rules.iter().enumerate() {
                        @if at > 0 { ", " }
                        @if let Some(rule) = report.rule(*number) { (self.link(*number, rule)) }
                    }
                }
            });
        html! {
            (self.section(("Bestemmelser med hverken regel eller grund", "Provisions with neither a rule nor a reason"), &missing.collect::<Vec<_>>()))
            (self.section(("Regler uden eksempel", "Rules without an example"), &bare.collect::<Vec<_>>()))
            (self.section(("Regler med betingelser, som intet eksempel prøver begge veje", "Rules with conditions that no example exercises both ways"), &gaps.collect::<Vec<_>>()))
            (self.section(("Henvisninger, som registret ikke har", "Citations that the register does not hold"), &astray.collect::<Vec<_>>()))
            (self.section(("Retskilder uden register", "Sources of law without a register"), &without.collect::<Vec<_>>()))
        }
    }

    fn act(&self, at: usize, of_act: &OfAct<'_>) -> Markup {
        html! {
            section {
                h2 id=(format!("act-{at}")) {
                    (of_act.act)
                    @if let Some(title) = of_act.title { " · " (title) }
                }
                div.wide role="region" tabindex="0" aria-labelledby=(format!("act-{at}")) { table {
                    caption { (self.say("Bestemmelser og det, der hviler på dem", "Provisions and what rests on them")) }
                    thead {
                        tr {
                            th scope="col" { (self.say("Bestemmelse", "Provision")) }
                            th scope="col" { (self.say("Emne", "Subject")) }
                            th scope="col" { (self.say("Gælder", "In force")) }
                            th scope="col" { (self.say("Regler og eksempler", "Rules and examples")) }
                        }
                    }
                    tbody {
                        @for (provision, entry) in &of_act.provisions { (self.provision(provision, entry)) }
                    }
                } }
            }
        }
    }

    fn provision(&self, provision: &ProvisionCoverage, entry: &Entry) -> Markup {
        let class = match provision.status {
            Status::Covered => "covered",
            Status::NotEncoded => "not-encoded",
            Status::Missing => "missing",
        };
        let rules = self.report.cited(&provision.citations);
        html! {
            tr.(class) id=(format!("provision-{}", provision.entry)) {
                th scope="row" { (place_in_act(entry)) }
                td { (entry.subject) }
                td { (period(entry.days, self.report.session.language())) }
                td {
                    @if let Some(reason) = &entry.not_encoded {
                        p { em { (self.say("Ikke skrevet: ", "Not encoded: ")) } (reason) }
                    }
                    @if !rules.is_empty() {
                        ul { @for (citation, cited) in rules { li { (self.rule(citation, cited)) } } }
                    }
                    @if let Some(days) = self.report.without_rule(provision) {
                        p { em { (days) } }
                    }
                    @if provision.status == Status::Missing {
                        p { strong { (self.say("Hverken regel eller grund", "Neither a rule nor a reason")) } }
                    }
                }
            }
        }
    }

    /// A rule, and how many examples speak of it.
    fn rule(&self, citation: &Citation, cited: Cited<'_>) -> Markup {
        let examples = self.report.examples(cited.part);
        html! {
            (self.part_link(citation.rule, cited)) " "
            @if cited.part.examples.is_empty() { strong.bad { (examples) } } @else { (self.small(&examples)) }
        }
    }

    fn rules(&self) -> Markup {
        html! {
            section {
                h2 id="rules" { (self.say("Reglerne og deres eksempler", "The rules and their examples")) }
                @for (at, rule) in self.report.coverage.rules.iter().enumerate() {
                    (self.rule_section(at, rule))
                }
            }
        }
    }

    fn rule_section(&self, at: usize, rule: &RuleCoverage) -> Markup {
        html! {
            article id=(format!("rule-{at}")) {
                h3 { (self.report.kind(rule.kind)) " " code { (rule.name) } }
                p {
                    @if let Some(title) = &rule.title { (title) ". " }
                    (self.place(rule.site))
                }
                @for part in &rule.parts {
                    p.days { (period(part.days, self.report.session.language())) }
                    @if part.examples.is_empty() {
                        p { strong.bad { (self.say("Intet eksempel", "No example")) } }
                    } @else {
                        (self.examples(part))
                    }
                }
                @if !rule.gaps.is_empty() && has_example(rule) { (self.gaps(rule)) }
            }
        }
    }

    fn examples(&self, part: &PartCoverage) -> Markup {
        let examples = |direct: bool| {
            let used = part.examples.iter().filter(move |it| it.direct == direct);
            used.map(|it| it.example).collect::<Vec<_>>()
        };
        let (own, others) = (examples(true), examples(false));
        html! {
            @if !own.is_empty() {
                h4 { (self.say("Eksempler om reglen selv", "Examples about the rule itself")) " (" (own.len()) ")" }
                ul.examples {
                    @for at in own {
                        @if let Some(example) = self.report.example(at) {
                            li { a href=(format!("#example-{at}")) { (example.title) } }
                        }
                    }
                }
            }
            @if !others.is_empty() {
                h4 { (self.say("Eksempler om regler, der hviler på den", "Examples about rules that rest on it")) " (" (others.len()) ")" }
                p { (numbers(&others)) }
            }
        }
    }

    /// All examples, by number.
    fn all_examples(&self) -> Markup {
        html! {
            section {
                h2 id="examples" { (self.say("Eksemplerne", "The examples")) }
                ol {
                    @for (at, example) in self.report.rules.model.examples.iter().enumerate() {
                        li id=(format!("example-{at}")) { (example.title) " " (self.place(example.site)) }
                    }
                }
            }
        }
    }

    fn gaps(&self, rule: &RuleCoverage) -> Markup {
        html! {
            h4 { (self.say("Betingelser, som intet eksempel prøver begge veje", "Conditions that no example exercises both ways")) " (" (rule.gaps.len()) ")" }
            ul {
                @for gap in &rule.gaps {
                    li { strong { (self.report.never(gap)) } ": " code { (self.report.written(gap.site)) } " " (self.place(gap.site)) }
                }
            }
        }
    }

    fn link(&self, at: usize, rule: &RuleCoverage) -> Markup {
        html! { a href=(format!("#rule-{at}")) { (self.report.name(rule)) } }
    }

    fn part_link(&self, at: usize, cited: Cited<'_>) -> Markup {
        html! { a href=(format!("#rule-{at}")) { (self.report.part_name(cited)) } }
    }

    fn place(&self, site: Site) -> Markup {
        self.small(&self.report.place(site).to_string())
    }

    fn small(&self, text: &str) -> Markup {
        html! { small { (text) } }
    }

    fn provenance(&self) -> Markup {
        html! {
            p {
                (self.say("Regelsættets hash", "Hash of the rule set")) ": "
                code { (self.report.rules.hash) } ". hjemmel " (env!("CARGO_PKG_VERSION")) "."
            }
            ul {
                @for file in &self.report.registers.files {
                    li { (file.path) ": " code { (file.sha256) } }
                }
            }
        }
    }
}

/// `1, 3–7`: numbers from 1, each run by its ends, with links to the examples.
fn numbers(positions: &[usize]) -> Markup {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for at in positions {
        match runs.last_mut() {
            Some((_, last)) if last.saturating_add(1) == *at => *last = *at,
            _ => runs.push((*at, *at)),
        }
    }
    let link = |at: usize| html! { a href=(format!("#example-{at}")) { (at.saturating_add(1)) } };
    html! {
        @for (number, (first, last)) in runs.iter().enumerate() {
            @if number > 0 { ", " }
            (link(*first))
            @if first != last { "–" (link(*last)) }
        }
    }
}
