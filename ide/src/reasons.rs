//! The reasons for what the rules say of a line of an example, as a hierarchy to be unfolded: each
//! step leads to what it follows from, and to its place in the rules.

use crate::calls::{Item, around as declaration_around};
use crate::days::{dated, days_words};
use crate::document_symbols::SymbolKind;
use crate::examples::{around, expectations, header, meant};
use crate::explain::{day_of, mark, outside};
use crate::rule_set::RuleSet;
use crate::words::pick;
use hjemmel_engine::evaluate::{Evaluation, subject_name};
use hjemmel_engine::explain::{Explanation, Reason, explain, missing_fact};
use hjemmel_engine::model::{Example, Expectation, Model};
use hjemmel_engine::time::Truth;
use hjemmel_grammar::diagnostic::Language;
use hjemmel_grammar::keyword;
use hjemmel_grammar::span::{FileId, Site, Span};
use hjemmel_grammar::syntax::{Declaration, Kind};

/// Where a step stands: told in words that hold after an edit elsewhere in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReasonPlace {
    /// The title of the example.
    pub example: String,
    /// Which of the examples of this title, from 0.
    pub nth: usize,
    /// Which of its expectations, from 0.
    pub line: usize,
    /// From the answer down: which step of each; empty for the answer itself.
    pub path: Vec<usize>,
}

/// The answer about the line of an example at an offset; at its head, the answers about all lines.
pub(crate) fn prepare(set: &RuleSet, file: FileId, offset: u32) -> Vec<Item> {
    let Some(example) = around(set, file, offset) else {
        return Vec::new();
    };
    let title = title(example);
    let same = examples(set, file).filter(|it| self::title(it) == title);
    let nth = same.take_while(|it| it.span != example.span).count();
    let head = header(example).touches(offset);
    let lines = expectations(example).enumerate();
    let asked = lines.filter(|(_, line)| head || line.span.touches(offset));
    let items = asked.filter_map(|(line, _)| {
        let place = ReasonPlace {
            example: title.to_owned(),
            nth,
            line,
            path: Vec::new(),
        };
        Tree::new(set, file, &place)?.item(&place)
    });
    items.collect()
}

/// What a step follows from.
pub(crate) fn because(set: &RuleSet, file: FileId, place: &ReasonPlace) -> Vec<Item> {
    let Some(tree) = Tree::new(set, file, place) else {
        return Vec::new();
    };
    let below = (0..).map_while(|n| {
        let mut place = place.clone();
        place.path.push(n);
        tree.item(&place)
    });
    below.collect()
}

/// The step that a step is a reason for; none of the answer.
pub(crate) fn because_of(set: &RuleSet, file: FileId, place: &ReasonPlace) -> Option<Item> {
    let mut place = place.clone();
    place.path.pop()?;
    Tree::new(set, file, &place)?.item(&place)
}

fn examples(set: &RuleSet, file: FileId) -> impl Iterator<Item = &Declaration> {
    let declarations = set.memo(file).map(|memo| memo.tree().declarations.iter());
    let all = declarations.into_iter().flatten();
    all.filter(|it| it.kind == Kind::Example)
}

fn title(example: &Declaration) -> &str {
    example.title.as_ref().map_or("", |title| &title.text)
}

/// The reasons of one line.
struct Tree<'s> {
    set: &'s RuleSet,
    model: &'s Model,
    language: Language,
    /// The line.
    line: &'s Expectation,
    /// Nothing, if the rule is not part of the law on the day.
    found: Option<Explanation>,
}

impl<'s> Tree<'s> {
    fn new(set: &'s RuleSet, file: FileId, place: &ReasonPlace) -> Option<Self> {
        let model = set.model()?;
        let mut same = examples(set, file).filter(|it| title(it) == place.example);
        let declared = same.nth(place.nth)?;
        let written = expectations(declared).nth(place.line)?;
        let example: &Example = meant(model, file, declared)?;
        let mut lines = example.expectations.iter();
        let line = lines.find(|line| line.site.span == written.span)?;
        let evaluation = Evaluation::new(model, &example.case, example.known_on);
        Some(Self {
            set,
            model,
            language: set.memo(file)?.language(),
            line,
            found: explain(model, &evaluation, line.subject, day_of(line, example)),
        })
    }

    /// The step at a place.
    fn item(&self, place: &ReasonPlace) -> Option<Item> {
        let Some(found) = &self.found else {
            let name = subject_name(self.model, self.line.subject);
            let told = format!("{name}: {}", outside(self.language));
            return place
                .path
                .is_empty()
                .then(|| self.at(self.line.site, told, None, place));
        };
        let mut step = &found.reason;
        // Where a step has no place of its own, it is that of the one above.
        let mut site = step.site.unwrap_or(self.line.site);
        for (depth, n) in place.path.iter().enumerate() {
            match step.because.get(*n) {
                Some(below) => step = below,
                None if depth == 0 && place.path.len() == 1 => {
                    return self.missing(found, n.checked_sub(step.because.len())?, place);
                }
                None => return None,
            }
            site = step.site.unwrap_or(site);
        }
        let mut name = self.told(step);
        if place.path.is_empty()
            && let Some(rule) = declaration_around(self.set, site)
        {
            name = format!("{} {name}", keyword::declares(rule.kind, self.language));
        }
        Some(self.at(site, name, self.detail(step, place), place))
    }

    /// A fact whose absence makes the answer unknown.
    fn missing(&self, found: &Explanation, n: usize, place: &ReasonPlace) -> Option<Item> {
        let fact = found.missing.get(n)?;
        let row = pick(self.language, "række", "row");
        let fact = missing_fact(self.model, fact, |at| format!("{row} {}", at.line));
        let word = pick(self.language, "det mangler", "missing");
        let told = format!("? {word}: {}", plain(fact.get(self.language)));
        Some(self.at(self.line.site, told, None, place))
    }

    fn told(&self, step: &Reason) -> String {
        let text = dated(step.text.get(self.language), self.language);
        format!("{}{}", mark(step.truth), plain(&text))
    }

    /// What it rests on, and its days: those of the answer stand in its name.
    fn detail(&self, step: &Reason, place: &ReasonPlace) -> Option<String> {
        let basis = step.basis.as_ref().map(ToString::to_string);
        let days = step.days.filter(|_| !place.path.is_empty());
        let days = days.filter(|_| step.truth != Some(Truth::No));
        let days = days.map(|days| days_words(days, self.language));
        let facts: Vec<String> = basis.into_iter().chain(days).collect();
        (!facts.is_empty()).then(|| facts.join(" · "))
    }

    fn at(&self, site: Site, name: String, detail: Option<String>, place: &ReasonPlace) -> Item {
        let rule = declaration_around(self.set, site);
        let (kind, whole) = rule.map_or((Kind::Example, site.span), |it| (it.kind, it.span));
        Item {
            name,
            detail,
            kind: SymbolKind::Declaration(kind),
            focus: site,
            whole: Span::new(whole.start, whole.end.max(site.span.end)),
            reason: Some(place.clone()),
        }
    }
}

/// A sentence in which names are not marked: a hierarchy is no Markdown.
fn plain(text: &str) -> String {
    text.replace('`', "").replace('\n', " ")
}

#[cfg(test)]
mod tests;
