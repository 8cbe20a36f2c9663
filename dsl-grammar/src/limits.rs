//! How large a file may be: a larger one is refused before anything in it is read.

use crate::diagnostic::Diagnostic;
use crate::layout::flat::span;
use crate::span::{FileId, Site};
use crate::syntax_errors as errors;

/// The largest file that is read. The default holds the rules of a whole act many times over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes; 1 MiB by default.
    pub bytes: usize,
    /// Lines; 20,000 by default.
    pub lines: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 1 << 20,
            lines: 20_000,
        }
    }
}

impl Limits {
    /// Why a text is not read, if it is over a limit.
    pub(crate) fn refuse(self, file: FileId, text: &str) -> Option<Diagnostic> {
        let site = |at: usize| Site {
            file,
            span: span(at, at),
        };
        if self.bytes < text.len() {
            return Some(errors::file_too_large(site(0), text.len(), self.bytes));
        }
        let mut lines = text.split_inclusive('\n');
        let allowed: usize = lines.by_ref().take(self.lines).map(str::len).sum();
        let more = lines.next();
        more.map(|_| errors::too_many_lines(site(allowed), self.lines))
    }
}

#[cfg(test)]
mod tests {
    use super::Limits;
    use crate::Pieces;

    /// What is said of a text, if it is refused, with where.
    fn refusal(limits: Limits, text: &str) -> Option<(u32, String)> {
        let pieces = Pieces::read_within(limits, text);
        let said = pieces.of_the_whole().filter(|_| pieces.is_refused())?;
        Some((said.site()?.span.start, said.message.en.clone()))
    }

    #[test]
    fn a_file_may_be_as_large_as_its_limits() {
        let limits = Limits {
            bytes: 12,
            lines: 2,
        };
        let lines = |start| Some((start, "The file has more than 2 lines".to_owned()));
        let bytes = |size| {
            let told = format!("The file has {size} bytes; the limit is 12");
            Some((0, told))
        };
        assert_eq!(refusal(limits, "a\nb\n"), None);
        assert_eq!(refusal(limits, "a\nb\nc"), lines(4));
        assert_eq!(refusal(limits, "begreb abcde"), None);
        assert_eq!(refusal(limits, "begreb abcdef"), bytes(13));
    }

    #[test]
    fn an_edited_file_keeps_its_limits() {
        let limits = Limits {
            lines: 1,
            ..Limits::default()
        };
        let pieces = Pieces::read_within(limits, "begreb a");
        assert!(pieces.reread("begreb a\n\n").is_refused());
        let again = pieces.reread("begreb a\n\n").reread("begreb b");
        assert_eq!((again.is_refused(), again.list().len()), (false, 1));
    }
}
