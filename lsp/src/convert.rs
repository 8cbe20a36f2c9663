//! Between the protocol's places and ours: positions and byte offsets, addresses and paths.
//! Both directions, and nowhere else.

use hjemmel_ide::{Analysis, FileId, LineStarts, Span};
use std::borrow::Cow;
use std::path::Path;
use std::str::FromStr;
use tower_lsp::ls_types::{Position, PositionEncodingKind, Range, Uri};

/// What a column counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// Bytes.
    Utf8,
    /// Units of UTF-16: what every client understands.
    #[default]
    Utf16,
}

impl Encoding {
    /// Bytes if the client knows them, since then nothing is converted.
    pub(crate) fn negotiated(offered: Option<&[PositionEncodingKind]>) -> Self {
        let utf8 = offered.is_some_and(|all| all.contains(&PositionEncodingKind::UTF8));
        if utf8 { Self::Utf8 } else { Self::Utf16 }
    }

    /// How many columns a character takes.
    fn width(self, c: char) -> usize {
        match self {
            Self::Utf8 => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
        }
    }

    /// The protocol's word for it.
    pub(crate) fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
        }
    }
}

/// The lines of a text, to convert places in it.
pub(crate) struct Lines<'t> {
    text: &'t str,
    starts: Cow<'t, LineStarts>,
    encoding: Encoding,
}

impl<'t> Lines<'t> {
    /// The lines of `text`.
    pub(crate) fn new(text: &'t str, encoding: Encoding) -> Self {
        Self {
            text,
            starts: Cow::Owned(LineStarts::new(text)),
            encoding,
        }
    }

    /// The lines of a file, which are found once for all who ask.
    pub(crate) fn of(analysis: &'t Analysis, file: FileId, encoding: Encoding) -> Self {
        Self {
            text: analysis.text(file),
            starts: Cow::Borrowed(analysis.lines(file)),
            encoding,
        }
    }

    /// The byte at a position. One beyond the line is its end, one beyond the text the text's.
    pub(crate) fn offset(&self, position: Position) -> u32 {
        let Some(line) = self.starts.line(position.line) else {
            return self.starts.end();
        };
        let content = self.slice(line.start, line.end);
        let content = content.trim_end_matches(['\n', '\r']);
        let mut units = 0;
        // A column inside a character is before it.
        let before = content.chars().take_while(|c| {
            units += self.encoding.width(*c);
            units <= position.character as usize
        });
        let bytes: usize = before.map(char::len_utf8).sum();
        line.start
            .saturating_add(u32::try_from(bytes).unwrap_or(u32::MAX))
    }

    /// The position of a byte. One inside a character is before it.
    pub(crate) fn position(&self, offset: u32) -> Position {
        let mut at = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        let (line, start) = self.starts.line_of(at);
        let before = self.slice(start, at).chars();
        let units: usize = before.map(|c| self.encoding.width(c)).sum();
        Position::new(line, u32::try_from(units).unwrap_or(u32::MAX))
    }

    fn slice(&self, start: u32, end: u32) -> &'t str {
        self.text.get(start as usize..end as usize).unwrap_or("")
    }

    /// The range of a stretch of bytes.
    pub(crate) fn range(&self, span: Span) -> Range {
        Range::new(self.position(span.start), self.position(span.end))
    }

    /// The bytes of a range, whichever of its ends comes first.
    pub(crate) fn span(&self, range: Range) -> Span {
        let (one, two) = (self.offset(range.start), self.offset(range.end));
        Span::new(one.min(two), one.max(two))
    }

    /// How wide a stretch of one line is, in the client's units.
    pub(crate) fn width(&self, span: Span) -> u32 {
        let range = self.range(span);
        range.end.character.saturating_sub(range.start.character)
    }
}

/// What names a document in here: the path of a file, else the whole address.
///
/// Editors differ in how they write one and the same address, so addresses are never compared.
pub(crate) fn path_of(uri: &Uri) -> String {
    let is_file = uri.scheme().as_str().eq_ignore_ascii_case("file");
    let path = uri.to_file_path().filter(|_| is_file);
    path.map_or_else(
        || uri.as_str().to_owned(),
        |path| path.to_string_lossy().into_owned(),
    )
}

/// The address of a line of a document.
pub(crate) fn uri_at(uri: &Uri, at: Position) -> Option<Uri> {
    Uri::from_str(&format!("{}#L{}", uri.as_str(), at.line.saturating_add(1))).ok()
}

/// The address of the page about a diagnostic. An editor that knows none of our addresses leaves it.
pub(crate) fn page_of(code: &str) -> Option<Uri> {
    Uri::from_str(&format!("hjemmel-page:{code}")).ok()
}

/// The address of what [`path_of`] names.
pub(crate) fn uri_of(path: &str) -> Option<Uri> {
    if Path::new(path).is_absolute() {
        Uri::from_file_path(path)
    } else {
        Uri::from_str(path).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::{Encoding, Lines, path_of, uri_of};
    use std::str::FromStr;
    use tower_lsp::ls_types::{Position, Uri};

    /// `|` marks a place; its position in both encodings, and back.
    #[track_caller]
    fn check(marked: &str, utf8: (u32, u32), utf16: (u32, u32)) {
        let at = u32::try_from(marked.find('|').unwrap()).unwrap();
        let text = marked.replacen('|', "", 1);
        for (encoding, (line, column)) in [(Encoding::Utf8, utf8), (Encoding::Utf16, utf16)] {
            let lines = Lines::new(&text, encoding);
            let position = Position::new(line, column);
            assert_eq!(lines.position(at), position, "{encoding:?}");
            assert_eq!(lines.offset(position), at, "{encoding:?}");
        }
    }

    #[test]
    fn letters_of_one_two_and_four_bytes() {
        check("|", (0, 0), (0, 0));
        check("når |", (0, 5), (0, 4));
        check("a\næøå|b", (1, 6), (1, 3));
        check("😀𝕊|x", (0, 8), (0, 4));
        check("😀|𝕊x\n", (0, 4), (0, 2));
        check("\u{FEFF}be|greb", (0, 5), (0, 3));
    }

    #[test]
    fn all_ends_of_line() {
        check("æ\r\nø|", (1, 2), (1, 1));
        check("æ|\r\nø", (0, 2), (0, 1));
        check("æ\rø|\nå", (1, 2), (1, 1));
        check("a\n\n|", (2, 0), (2, 0));
    }

    #[test]
    fn a_place_that_is_none_is_the_nearest_before() {
        let text = "a😀b\r\nc";
        let lines = Lines::new(text, Encoding::Utf16);
        assert_eq!(lines.offset(Position::new(0, 2)), 1, "inside the pair");
        assert_eq!(lines.offset(Position::new(0, 99)), 6, "beyond the line");
        assert_eq!(lines.offset(Position::new(0, u32::MAX)), 6);
        assert_eq!(lines.offset(Position::new(99, 0)), 9, "beyond the text");
        assert_eq!(
            lines.position(3),
            Position::new(0, 1),
            "inside the character"
        );
        assert_eq!(lines.position(99), Position::new(1, 1));
        let lines = Lines::new(text, Encoding::Utf8);
        assert_eq!(lines.offset(Position::new(0, 3)), 1);
        assert_eq!(lines.offset(Position::new(0, u32::MAX)), 6);
    }

    #[test]
    fn one_file_has_one_name_however_it_is_written() {
        let named = |uri: &str| path_of(&Uri::from_str(uri).unwrap());
        assert_eq!(named("file:///l%C3%B8n/a%20b.regel"), "/løn/a b.regel");
        assert_eq!(named("file:///l%c3%b8n/a%20b.regel"), "/løn/a b.regel");
        assert_eq!(named("untitled:Untitled-1"), "untitled:Untitled-1");
        let back = uri_of("/løn/a b.regel").unwrap();
        assert_eq!(back.as_str(), "file:///l%C3%B8n/a%20b.regel");
        assert_eq!(
            uri_of("untitled:Untitled-1").unwrap().as_str(),
            "untitled:Untitled-1"
        );
    }
}
