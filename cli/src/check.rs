//! `hjemmel check`: what is wrong with rules, and on request what is not verified.

use crate::arguments::{CheckArguments, Format};
use crate::exit::{Exit, Failure};
use crate::print::{self, Paint, counts, github, json, range, sarif, text};
use crate::session::Session;
use crate::{bug, files, pages};
use hjemmel_engine::Checked;
use hjemmel_engine::model::Model;
use hjemmel_grammar::Sources;
use hjemmel_grammar::diagnostic::{Text, nearest};
use hjemmel_grammar::span::Site;
use std::fmt::Write as _;

/// Checks rules and prints what is found.
pub(crate) fn check(session: &Session, arguments: &CheckArguments) -> Result<Exit, Failure> {
    if let Some(code) = &arguments.page {
        return page(session, code);
    }
    let files = files::read(&arguments.rules)?;
    let checked = files.checked(hjemmel_engine::check);
    session.speak_as(&checked.files);
    let sources = &files.sources;
    let (language, found) = (session.language(), &checked.diagnostics);
    let output = match arguments.format {
        Format::Text => people(session, sources, &checked, arguments.unverified),
        Format::Json => json::render(sources, found).map_err(|_| bug())?,
        Format::Sarif => sarif::render(sources, found, language).map_err(|_| bug())?,
        Format::Github => github::render(sources, found, language),
    };
    print::out(&output)?;
    Ok(if checked.is_usable() {
        Exit::Done
    } else {
        Exit::Findings
    })
}

/// Explains a code.
fn page(session: &Session, code: &str) -> Result<Exit, Failure> {
    let code = code.to_uppercase();
    let Some(page) = pages::page(&code, session.language()) else {
        let shown = print::harmless(&code);
        let failure = Failure::usage(
            format!("ingen meddelelse har koden {shown}"),
            format!("no message has the code {shown}"),
        );
        return Err(match nearest(&code, pages::codes()) {
            Some(near) => {
                failure.hint(format!("mente du {near}?"), format!("did you mean {near}?"))
            }
            None => failure,
        });
    };
    print::out(&page)?;
    Ok(Exit::Done)
}

/// The diagnostics, what is not verified, and a line that sums up.
fn people(session: &Session, sources: &Sources, checked: &Checked, unverified: bool) -> String {
    let paint = Paint {
        on: print::colour_on_stdout(),
    };
    let mut out = text::render(sources, &checked.diagnostics, session.language(), paint);
    if unverified {
        out += &listed(session, sources, &checked.model, paint);
    }
    let (errors, warnings) = counts(&checked.diagnostics);
    let files = sources.len();
    let examples = checked.model.examples.len();
    let read = Text::new(
        format!(
            "{files} {}, {examples} {}",
            one(files, "fil", "filer"),
            one(examples, "eksempel", "eksempler")
        ),
        format!(
            "{files} {}, {examples} {}",
            one(files, "file", "files"),
            one(examples, "example", "examples")
        ),
    );
    let summary = text::summary(&checked.diagnostics);
    let summary = summary.get(session.language());
    let summary = match (errors, warnings) {
        (0, 0) => paint.green(session.say("Ingen fejl", "No errors")),
        (0, _) => paint.yellow(summary),
        _ => paint.red(summary),
    };
    let _ = writeln!(out, "{summary} ({})", read.get(session.language()));
    out
}

/// The word for one, or for several.
pub(crate) fn one<'t>(count: usize, singular: &'t str, plural: &'t str) -> &'t str {
    if count == 1 { singular } else { plural }
}

/// The rules that rest on something that is not verified, each with its place and the reason.
fn listed(session: &Session, sources: &Sources, model: &Model, paint: Paint) -> String {
    let found = unverified(model);
    if found.is_empty() {
        return session
            .say("Alt er bekræftet.\n\n", "Everything is verified.\n\n")
            .to_owned();
    }
    let mut out = paint.bold(session.say("Ikke bekræftet", "Not verified")) + "\n";
    for (name, reason, site) in found {
        let line = range(sources, site).0.line;
        let place = format!("{}:{line}", sources.path(site.file));
        let _ = writeln!(
            out,
            "  {} {}",
            paint.bold(name),
            paint.dim(&format!("({place})"))
        );
        let _ = writeln!(out, "    {}", print::harmless(reason));
    }
    out + "\n"
}

/// Name, reason and place of every version that is not verified, by place.
fn unverified(model: &Model) -> Vec<(&str, &str, Site)> {
    let mut found = Vec::new();
    for (name, headings) in model.outline() {
        let unverified = headings
            .iter()
            .filter_map(|it| Some((name, it.unverified?, it.name_site)));
        found.extend(unverified);
    }
    found.sort_by_key(|(_, _, site)| *site);
    // A rule that has had several bases is one place with one reason.
    found.dedup();
    found
}
