//! All lenses of a document: those that tell something, and those that do something. A code action
//! says and does the same, for editors that show no lenses.

use crate::commands::{Does, of_lens};
use crate::view::Place;
use hjemmel_ide::Span;
use tower_lsp::ls_types::{Command, Position};

/// A lens.
#[derive(Debug)]
pub(crate) struct Lens {
    /// Where it is shown.
    pub(crate) span: Span,
    /// The declaration that it is about.
    pub(crate) whole: Span,
    title: String,
    does: Does,
}

impl Lens {
    /// Its command, for what stands at a position.
    pub(crate) fn command(self, place: &Place<'_>, at: Position) -> Option<Command> {
        let uri = place.uri_of(place.file)?;
        Some(of_lens(self.title, self.does, &uri, at))
    }
}

/// The lenses of a document: what came of its examples, what can be done, how many cases.
pub(crate) fn lenses(place: &Place<'_>) -> Vec<Lens> {
    let (analysis, file) = (place.analysis, place.file);
    let actions: Vec<Lens> = analysis
        .action_lenses(file)
        .into_iter()
        .map(|lens| Lens {
            span: lens.span,
            whole: lens.whole,
            title: lens.title,
            does: Does::Action(lens.action),
        })
        .collect();
    let whole = |span: Span| {
        let around = actions.iter().map(|lens| lens.whole);
        let mut around = around.filter(|whole| whole.touches(span.start));
        around.next().unwrap_or(span)
    };
    let told = |(span, title, does)| Lens {
        span,
        whole: whole(span),
        title,
        does,
    };
    let outcomes = analysis.code_lens(file).into_iter();
    let outcomes = outcomes.map(|lens| (lens.span, lens.title, Does::TellOutcome));
    let mut all: Vec<Lens> = outcomes.map(told).collect();
    let counts: Vec<Lens> = counts(place).into_iter().map(told).collect();
    all.extend(actions);
    all.extend(counts);
    all
}

/// How many cases each rule covers, once they are counted.
fn counts(place: &Place<'_>) -> Vec<(Span, String, Does)> {
    let language = place.analysis.language(place.file);
    let rules = place.analysis.countable(place.file).into_iter();
    let counted = rules.filter_map(|(span, rule)| {
        let count = place.counts()?.get(&rule)?;
        Some((span, count.words(language), Does::TellCount))
    });
    counted.collect()
}
