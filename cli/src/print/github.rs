//! Diagnostics as GitHub workflow commands: `::error file=…,line=…::…`.

use super::range;
use hjemmel_grammar::Sources;
use hjemmel_grammar::diagnostic::{Diagnostic, Language, Severity};

/// One command a diagnostic.
pub(crate) fn render(sources: &Sources, diagnostics: &[Diagnostic], language: Language) -> String {
    diagnostics
        .iter()
        .map(|each| command(sources, each, language))
        .collect()
}

fn command(sources: &Sources, diagnostic: &Diagnostic, language: Language) -> String {
    let kind = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let place = diagnostic
        .site()
        .filter(|site| sources.get(site.file).is_some())
        .map(|site| {
            let (start, end) = range(sources, site);
            let file = property(sources.path(site.file));
            let mut place = format!("file={file},line={},endLine={},", start.line, end.line);
            if start.line == end.line {
                // Columns are understood within one line only.
                place += &format!("col={},endColumn={},", start.column, end.column);
            }
            place
        });
    let mut message = diagnostic.message.get(language).to_owned();
    if let Some(label) = diagnostic.labels.first() {
        message += &format!("\n{}", label.text.get(language));
    }
    if let Some(hint) = &diagnostic.hint {
        message += &format!("\n{}", hint.get(language));
    }
    let title = property(diagnostic.code.0);
    format!(
        "::{kind} {}title={title}::{}\n",
        place.unwrap_or_default(),
        data(&message)
    )
}

/// The text of a command: a line break would end it.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// The value of a property: a comma or colon would end it.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_message_can_begin_another_command() {
        assert_eq!(data("50 %\n::error::x"), "50 %25%0A::error::x");
        assert_eq!(property("a,b:c"), "a%2Cb%3Ac");
    }
}
