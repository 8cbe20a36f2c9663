//! The coverage as one page that needs nothing beside it: no script, no network. How it is laid
//! out stands in `templates/coverage.html`; here is what stands in it.

use super::report::{Cited, OfAct, Report, has_example};
use super::text::{place_in_act, summary};
use crate::exit::Failure;
use crate::html;
use crate::language::period;
use askama::Template;
use hjemmel_engine::coverage::{
    Citation, Entry, Gap, PartCoverage, ProvisionCoverage, RuleCoverage, Status,
};
use hjemmel_grammar::span::Site;
use std::collections::BTreeSet;

/// The whole page.
pub(super) fn render(report: &Report<'_>) -> Result<String, Failure> {
    let page = report.page();
    let page = page.render().map_err(|_| crate::bug())?;
    Ok(crate::print::harmless_lines(&page))
}

#[derive(Template)]
#[template(path = "coverage.html", whitespace = "preserve")]
struct Page<'r> {
    report: &'r Report<'r>,
    lang: &'static str,
    style: &'static str,
    is_complete: bool,
    summary: String,
    findings: Findings,
    acts: Vec<Act<'r>>,
    rules: Vec<Rule<'r>>,
    /// Title and place.
    examples: Vec<(&'r str, String)>,
    hash: &'r str,
    version: &'static str,
    /// The registers: path and hash.
    files: Vec<(&'r str, &'r str)>,
}

impl Page<'_> {
    fn say<'t>(&self, da: &'t str, en: &'t str) -> &'t str {
        self.report.session.say(da, en)
    }
}

/// A link to a place in the page.
struct Link {
    target: String,
    name: String,
}

/// What lacks something.
struct Findings {
    missing: Vec<Missing>,
    without_example: Vec<Placed>,
    /// With how many there are.
    with_gaps: Vec<(Link, usize)>,
    astray: Vec<Astray>,
    /// By act.
    without_register: Vec<(String, Vec<Link>)>,
}

struct Missing {
    row: Link,
    subject: String,
    days: String,
    place: String,
}

struct Placed {
    rule: Link,
    place: String,
}

struct Astray {
    provision: String,
    rule: Link,
    place: String,
    is_of_other_days: bool,
}

struct Act<'r> {
    act: String,
    title: Option<&'r str>,
    rows: Vec<Row<'r>>,
}

/// A provision.
struct Row<'r> {
    id: String,
    class: &'static str,
    provision: String,
    subject: &'r str,
    days: String,
    not_encoded: Option<&'r str>,
    rules: Vec<Resting>,
    without_rule: Option<String>,
}

/// A rule that rests on a provision.
struct Resting {
    rule: Link,
    examples: String,
    has_example: bool,
}

struct Rule<'r> {
    kind: &'static str,
    name: &'r str,
    title: Option<&'r str>,
    place: String,
    parts: Vec<Part>,
    gaps: Vec<Never>,
}

/// The days of a rule on which it has the same basis.
struct Part {
    days: String,
    has_example: bool,
    own: Vec<Link>,
    others: usize,
    /// The others by number, as runs from a first to a last, where that is another.
    runs: Vec<(Link, Option<Link>)>,
}

/// A condition that was never seen to be something.
struct Never {
    never: &'static str,
    written: String,
    place: String,
}

impl<'r> Report<'r> {
    fn page(&'r self) -> Page<'r> {
        let examples = self.rules.model.examples.iter();
        let files = self.registers.files.iter();
        let rules = self.coverage.rules.iter();
        Page {
            report: self,
            lang: html::code(self.session.language()),
            style: html::STYLE,
            is_complete: self.coverage.is_complete(),
            summary: summary(self),
            findings: self.findings(),
            acts: self.acts().into_iter().map(|act| self.act(act)).collect(),
            rules: rules.map(|rule| self.rule_shown(rule)).collect(),
            examples: examples
                .map(|it| (it.title.as_str(), self.line(it.site)))
                .collect(),
            hash: &self.rules.hash,
            version: env!("CARGO_PKG_VERSION"),
            files: files
                .map(|it| (it.path.as_str(), it.sha256.as_str()))
                .collect(),
        }
    }

    fn findings(&self) -> Findings {
        let coverage = self.coverage;
        let missing = coverage.missing().filter_map(|it| self.missing(it));
        let bare = coverage.without_example().into_iter();
        let bare = bare.filter_map(|(at, part)| {
            let cited = self.part(at, part)?;
            Some(Placed {
                rule: self.part_link(at, cited),
                place: self.line(cited.rule.site),
            })
        });
        let rules = coverage.rules.iter().enumerate();
        let gaps = rules.filter(|(_, rule)| !rule.gaps.is_empty());
        let astray = coverage.astray.iter().filter_map(|each| {
            let Citation { rule, part, .. } = each.citation;
            Some(Astray {
                provision: each.citation.provision.to_string(),
                rule: self.part_link(rule, self.part(rule, part)?),
                place: self.line(each.citation.site),
                is_of_other_days: each.other_days,
            })
        });
        let without = coverage.without_register.iter();
        let without = without.map(|(act, citations)| {
            let rules: BTreeSet<usize> = citations.iter().map(|it| it.rule).collect();
            let links = rules.into_iter();
            let links = links.filter_map(|at| Some(self.link(at, self.rule(at)?)));
            (act.to_string(), links.collect())
        });
        Findings {
            missing: missing.collect(),
            without_example: bare.collect(),
            with_gaps: gaps
                .map(|(at, rule)| (self.link(at, rule), rule.gaps.len()))
                .collect(),
            astray: astray.collect(),
            without_register: without.collect(),
        }
    }

    fn missing(&self, provision: &ProvisionCoverage) -> Option<Missing> {
        let entry = self.registers.entries.get(provision.entry)?;
        Some(Missing {
            row: Link {
                target: row_id(provision),
                name: entry.provision.to_string(),
            },
            subject: entry.subject.clone(),
            days: period(entry.days, self.session.language()),
            place: self.register_place(provision)?.to_string(),
        })
    }

    fn act(&'r self, of_act: OfAct<'r>) -> Act<'r> {
        let rows = of_act.provisions.into_iter();
        Act {
            act: of_act.act.to_string(),
            title: of_act.title,
            rows: rows.map(|(it, entry)| self.row(it, entry)).collect(),
        }
    }

    fn row(&'r self, provision: &ProvisionCoverage, entry: &'r Entry) -> Row<'r> {
        let rules = self.cited(&provision.citations).into_iter();
        let rules = rules.map(|(citation, cited)| Resting {
            rule: self.part_link(citation.rule, cited),
            examples: self.examples(cited.part),
            has_example: !cited.part.examples.is_empty(),
        });
        Row {
            id: row_id(provision),
            class: match provision.status {
                Status::Covered => "covered",
                Status::NotEncoded => "not-encoded",
                Status::Missing => "missing",
            },
            provision: place_in_act(entry).to_string(),
            subject: &entry.subject,
            days: period(entry.days, self.session.language()),
            not_encoded: entry.not_encoded.as_deref(),
            rules: rules.collect(),
            without_rule: self.without_rule(provision),
        }
    }

    fn rule_shown(&self, rule: &'r RuleCoverage) -> Rule<'r> {
        // Without any example every condition would stand here.
        let gaps = rule.gaps.iter().filter(|_| has_example(rule));
        Rule {
            kind: self.kind(rule.kind),
            name: &rule.name,
            title: rule.title.as_deref(),
            place: self.line(rule.site),
            parts: rule.parts.iter().map(|it| self.part_shown(it)).collect(),
            gaps: gaps.map(|gap| self.gap(gap)).collect(),
        }
    }

    fn part_shown(&self, part: &PartCoverage) -> Part {
        let examples = |direct: bool| {
            let used = part.examples.iter().filter(move |it| it.direct == direct);
            used.map(|it| it.example)
        };
        let own = examples(true).filter_map(|at| {
            let name = self.example(at)?.title.clone();
            Some(example_link(at, name))
        });
        let others: Vec<usize> = examples(false).collect();
        Part {
            days: period(part.days, self.session.language()),
            has_example: !part.examples.is_empty(),
            own: own.collect(),
            others: others.len(),
            runs: runs(&others),
        }
    }

    fn gap(&self, gap: &Gap) -> Never {
        Never {
            never: self.never(gap),
            written: self.written(gap.site),
            place: self.line(gap.site),
        }
    }

    fn link(&self, at: usize, rule: &RuleCoverage) -> Link {
        Link {
            target: format!("rule-{at}"),
            name: self.name(rule),
        }
    }

    fn part_link(&self, at: usize, cited: Cited<'_>) -> Link {
        Link {
            target: format!("rule-{at}"),
            name: self.part_name(cited),
        }
    }

    fn line(&self, site: Site) -> String {
        self.place(site).to_string()
    }
}

fn row_id(provision: &ProvisionCoverage) -> String {
    format!("provision-{}", provision.entry)
}

fn example_link(at: usize, name: String) -> Link {
    Link {
        target: format!("example-{at}"),
        name,
    }
}

/// `1, 3–7`: numbers from 1, each run by its ends.
fn runs(positions: &[usize]) -> Vec<(Link, Option<Link>)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for at in positions {
        match runs.last_mut() {
            Some((_, last)) if last.saturating_add(1) == *at => *last = *at,
            _ => runs.push((*at, *at)),
        }
    }
    let number = |at: usize| example_link(at, at.saturating_add(1).to_string());
    let ends = runs.into_iter();
    let ends = ends.map(|(first, last)| (number(first), (first != last).then(|| number(last))));
    ends.collect()
}
