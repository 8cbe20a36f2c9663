//! For tests: files in one text, the cursor in it, and answers drawn as source.
//!
//! `//- /a.regel` begins a file (without any, all is `/a.regel`); `$0` is the cursor.

use crate::{Analysis, FileEdits, Host, apply};
use hjemmel_grammar::span::{FileId, Site, Span};

/// The files of a test and the cursor in them.
pub(crate) struct Fixture {
    /// The files.
    pub(crate) analysis: Analysis,
    /// The file with the cursor; the first, if there is none.
    pub(crate) file: FileId,
    /// The cursor; 0, if there is none.
    pub(crate) cursor: u32,
}

impl Fixture {
    /// Reads a fixture.
    #[track_caller]
    pub(crate) fn new(fixture: &str) -> Self {
        let mut host = Host::new();
        let mut cursor = None;
        for (path, text) in files(fixture) {
            let at = text.find("$0");
            let text = text.replacen("$0", "", 1);
            assert!(!text.contains("$0"), "two cursors in {path}");
            if let Some(at) = at {
                assert!(cursor.is_none(), "a second cursor in {path}");
                cursor = Some((path.clone(), u32::try_from(at).unwrap()));
            }
            host.set_file(path, text);
        }
        let analysis = host.snapshot();
        let (file, cursor) = match cursor {
            Some((path, at)) => (analysis.file(&path).unwrap(), at),
            None => (FileId(0), 0),
        };
        Self {
            analysis,
            file,
            cursor,
        }
    }

    /// A file after edits.
    pub(crate) fn after(&self, edits: &[FileEdits], file: FileId) -> String {
        let edits = edits.iter().find(|it| it.file == file);
        let edits = edits.map_or(&[][..], |it| &it.edits);
        apply(self.analysis.text(file), edits)
    }

    /// The path, and the line of a place with the place in angle brackets.
    pub(crate) fn line_with(&self, site: Site) -> String {
        let text = self.analysis.text(site.file);
        let (start, end) = range(site.span);
        let line_start = part(text, 0, start).rfind('\n').map_or(0, |at| at + 1);
        let line_end = part(text, end, text.len())
            .find('\n')
            .map_or(text.len(), |at| end + at);
        format!(
            "{}: {}<{}>{}",
            self.analysis.path(site.file),
            part(text, line_start, start).trim_start(),
            part(text, start, end),
            part(text, end, line_end).trim_end()
        )
    }
}

/// Path and text of each file.
pub(crate) fn files(fixture: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    let fixture = fixture.strip_prefix('\n').unwrap_or(fixture);
    for line in fixture.split_inclusive('\n') {
        match line.strip_prefix("//- ") {
            Some(path) => files.push((path.trim_end().to_owned(), String::new())),
            None => {
                if files.is_empty() {
                    files.push(("/a.regel".to_owned(), String::new()));
                }
                files.last_mut().unwrap().1.push_str(line);
            }
        }
    }
    files
}

fn part(text: &str, from: usize, to: usize) -> &str {
    text.get(from..to).expect("a stretch of whole characters")
}

fn range(span: Span) -> (usize, usize) {
    (
        usize::try_from(span.start).unwrap(),
        usize::try_from(span.end).unwrap(),
    )
}

/// The lines that have marks, each mark drawn below its line with its text.
pub(crate) fn picture(text: &str, marks: &[(Span, String)]) -> String {
    let mut out = String::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        let here = marks.iter().filter(|(span, _)| {
            let at = range(*span).0;
            start <= at && (at < end || (at == end && end == text.len() && !line.ends_with('\n')))
        });
        let mut shown = false;
        for (span, mark) in here {
            if !shown {
                out.push_str(line.trim_end());
                out.push('\n');
                shown = true;
            }
            let (from, to) = range(*span);
            let to = to.min(start + line.trim_end().len()).max(from);
            let blanks = part(text, start, from).chars().count();
            let width = part(text, from, to).chars().count().max(1);
            out.push_str(&format!(
                "{}{} {mark}\n",
                " ".repeat(blanks),
                "^".repeat(width)
            ));
        }
        start = end;
    }
    out
}
