//! `hjemmel fmt`: the canonical form of rule files, and their translation.

use crate::arguments::FmtArguments;
use crate::check::one;
use crate::exit::{Exit, Failure};
use crate::files::{self, Found};
use crate::language::named;
use crate::print;
use crate::run::not_written;
use crate::session::Session;
use hjemmel_grammar::diagnostic::Text;
use hjemmel_grammar::{Formatted, format, translate};
use std::io::Read as _;
use std::path::Path;

/// Rewrites rule files, all or none, or names those that are not canonical.
pub(crate) fn fmt(session: &Session, arguments: &FmtArguments) -> Result<Exit, Failure> {
    if arguments.paths.iter().any(|path| path == Path::new("-")) {
        return stdin(session, arguments);
    }
    let mut out = String::new();
    let (mut changed, mut kept): (usize, usize) = (0, 0);
    let files = files::find(&arguments.paths)?;
    for Found { path, .. } in &files {
        let text = text(files::bytes(path)?, path)?;
        let formatted = formatted(arguments, &text);
        kept = kept.saturating_add(formatted.kept.len());
        tell_kept(session, path, &text, &formatted);
        if formatted.text != text {
            changed = changed.saturating_add(1);
            out += &(print::path(path) + "\n");
            if !arguments.check {
                let amended = session.outputs.amend(path, formatted.text.as_bytes());
                amended.map_err(|error| not_written(&error))?;
            }
        }
    }
    out += &summary(session, files.len(), changed, arguments.check);
    print::out(&out)?;
    let clean = kept == 0 && (changed == 0 || !arguments.check);
    Ok(if clean { Exit::Done } else { Exit::Findings })
}

/// From stdin to stdout, for editors.
fn stdin(session: &Session, arguments: &FmtArguments) -> Result<Exit, Failure> {
    let check = arguments.check;
    if arguments.paths.len() > 1 {
        return Err(Failure::usage(
            "- kan kun stå alene",
            "- can only stand alone",
        ));
    }
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .read_to_end(&mut bytes)
        .map_err(|error| {
            let kind = error.kind();
            Failure::new(
                Exit::Io,
                format!("stdin kan ikke læses ({kind})"),
                format!("stdin cannot be read ({kind})"),
            )
        })?;
    let text = text(bytes, Path::new("-"))?;
    let formatted = formatted(arguments, &text);
    tell_kept(session, Path::new("-"), &text, &formatted);
    if !check {
        print::out(&formatted.text)?;
    }
    let clean = formatted.kept.is_empty() && (formatted.text == text || !check);
    Ok(if clean { Exit::Done } else { Exit::Findings })
}

fn formatted(arguments: &FmtArguments, text: &str) -> Formatted {
    match arguments.to.as_deref().and_then(named) {
        Some(language) => translate(text, language),
        None => format(text),
    }
}

fn text(bytes: Vec<u8>, path: &Path) -> Result<String, Failure> {
    String::from_utf8(bytes).map_err(|_| {
        let shown = print::path(path);
        Failure::usage(
            format!("{shown} er ikke UTF-8"),
            format!("{shown} is not UTF-8"),
        )
    })
}

/// What could not be read is left as it is; that is told.
fn tell_kept(session: &Session, path: &Path, text: &str, formatted: &Formatted) {
    let shown = print::path(path);
    for span in &formatted.kept {
        let start = usize::try_from(span.start).unwrap_or_default();
        let line = text
            .get(..start)
            .unwrap_or_default()
            .matches('\n')
            .count()
            .saturating_add(1);
        session.warn(&Text::new(
            format!("{shown}:{line}: kan ikke læses og er ikke ændret; se hjemmel check"),
            format!("{shown}:{line}: cannot be read and is not changed; see hjemmel check"),
        ));
    }
}

fn summary(session: &Session, files: usize, changed: usize, check: bool) -> String {
    let (fil, file) = (one(files, "fil", "filer"), one(files, "file", "files"));
    let text = match (changed, check) {
        (0, _) => Text::new(
            format!("{files} {fil} har den faste form"),
            format!("{files} {file} in canonical form"),
        ),
        (_, true) => Text::new(
            format!("{changed} af {files} {fil} har ikke den faste form; hjemmel fmt retter dem"),
            format!("{changed} of {files} {file} not in canonical form; hjemmel fmt mends that"),
        ),
        (_, false) => Text::new(
            format!("{changed} af {files} {fil} er skrevet om"),
            format!("{changed} of {files} {file} rewritten"),
        ),
    };
    text.get(session.language()).to_owned() + "\n"
}
