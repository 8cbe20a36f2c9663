//! A file as pieces that are read one by one: after an edit only what was edited is read again.
//!
//! A piece is a declaration with its summary, and whatever follows it up to the next one. Nothing
//! in a piece depends on what stands outside it, so spans count from the first byte of the piece
//! and stay right when the piece moves. What concerns the file as a whole is said by [`Pieces`]:
//! its language, its limits.

use crate::diagnostic::{Diagnostic, Language};
use crate::layout::{self, MAX_LINE_BYTES};
use crate::limits::Limits;
use crate::lower::Word;
use crate::parse::{Parse, Reading, read};
use crate::share::share;
use crate::span::{FileId, Site, Span};
use crate::syntax::{Declaration, File};
use crate::syntax_errors as errors;
use std::ops::Range;
use std::sync::Arc;
use std::thread;

/// Sites in a piece name no file: whoever places the piece knows which it is.
const NO_FILE: FileId = FileId(0);

/// One piece of a file. Its spans are bytes of [`Piece::text`].
#[derive(Debug)]
pub struct Piece {
    /// All of it.
    pub text: String,
    /// What it declares: one declaration, or none if that could not be told. A summary that is
    /// torn apart can hold two declarations together.
    pub declarations: Vec<Declaration>,
    /// What is wrong in it, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// Its keywords, units, dates and decimals, in the order of the text.
    pub words: Vec<Word>,
    /// The words in it that can be names, in alphabetical order, each once. Whatever the piece
    /// depends on is among them.
    pub mentions: Vec<String>,
    /// The first word that is Danish, and the first that is English.
    spoken: [Option<Span>; 2],
}

impl Piece {
    fn read(text: &str) -> Self {
        let Reading {
            layout,
            declarations,
            found,
            words,
        } = read(NO_FILE, text);
        let mentions = layout.mentions();
        let mut diagnostics = layout.diagnostics;
        diagnostics.extend(found);
        diagnostics.sort_by_key(Diagnostic::site);
        let first = |language| {
            let mut spoken = words.iter().filter(|word| word.language == Some(language));
            spoken.next().map(|word| word.span)
        };
        Self {
            text: text.to_owned(),
            declarations: declarations.into_iter().flatten().collect(),
            diagnostics,
            mentions,
            spoken: [first(Language::Danish), first(Language::English)],
            words,
        }
    }
}

/// So many pieces are worth a thread of their own.
const SHARE: usize = 64;

/// Reads pieces, which know nothing of each other: many of them on all cores.
fn read_all(texts: &[&str]) -> Vec<Arc<Piece>> {
    let read = |texts: &[&str]| -> Vec<Arc<Piece>> {
        let pieces = texts.iter().map(|text| Arc::new(Piece::read(text)));
        pieces.collect()
    };
    let share = share(texts.len(), SHARE);
    let (mine, others) = texts.split_at(texts.len().min(share));
    thread::scope(|scope| {
        let read = &read;
        let others: Vec<_> = others
            .chunks(share)
            .map(|texts| {
                let thread = thread::Builder::new();
                (texts, thread.spawn_scoped(scope, move || read(texts)))
            })
            .collect();
        let mut pieces = read(mine);
        for (texts, thread) in others {
            match thread.map(thread::ScopedJoinHandle::join) {
                Ok(Ok(more)) => pieces.extend(more),
                Ok(Err(panic)) => std::panic::resume_unwind(panic),
                // The system has no thread to spare: it takes longer.
                Err(_) => pieces.extend(read(texts)),
            }
        }
        pieces
    })
}

/// A piece and where it stands.
#[derive(Clone, Debug)]
pub struct Placed {
    /// The byte of the file that it begins at.
    pub start: u32,
    /// The piece.
    pub piece: Arc<Piece>,
}

/// All pieces of a file, in order. Together they are the whole of its text.
#[derive(Clone, Debug)]
pub struct Pieces {
    list: Vec<Placed>,
    limits: Limits,
    refusal: Option<Diagnostic>,
    language: Language,
    mixed: Option<Diagnostic>,
}

impl Pieces {
    /// Reads a file. Never fails: what cannot be read is told in the diagnostics.
    #[must_use]
    pub fn read(text: &str) -> Self {
        Self::read_within(Limits::default(), text)
    }

    /// The same for a file that may be larger, or must be smaller, than others.
    #[must_use]
    pub fn read_within(limits: Limits, text: &str) -> Self {
        Self::made(text, limits, &[])
    }

    /// Reads the file again after an edit. Pieces before and after what was edited are the same
    /// as before, not copies.
    #[must_use]
    pub fn reread(&self, text: &str) -> Self {
        Self::made(text, self.limits, &self.list)
    }

    fn made(text: &str, limits: Limits, before: &[Placed]) -> Self {
        if let Some(refusal) = limits.refuse(NO_FILE, text) {
            return Self {
                limits,
                ..Self::refused(refusal)
            };
        }
        let ranges = cut(text);
        let is = |range: &Range<usize>, placed: &Placed| {
            text.get(range.clone()) == Some(placed.piece.text.as_str())
        };
        let pairs = ranges.iter().zip(before);
        let head = pairs
            .take_while(|(range, placed)| is(range, placed))
            .count();
        let rest = before.get(head..).unwrap_or_default();
        let pairs = ranges.iter().skip(head).rev().zip(rest.iter().rev());
        let tail = pairs
            .take_while(|(range, placed)| is(range, placed))
            .count();
        let (same, moved) = (before.iter().take(head), rest.iter());
        let moved = moved.skip(rest.len().saturating_sub(tail));
        let changed = head..ranges.len().saturating_sub(tail);
        let new = ranges.get(changed).unwrap_or_default().iter();
        let new: Vec<&str> = new.map(|it| text.get(it.clone()).unwrap_or("")).collect();
        let new = read_all(&new).into_iter();
        let pieces = same.map(|placed| Arc::clone(&placed.piece));
        let pieces = pieces
            .chain(new)
            .chain(moved.map(|placed| Arc::clone(&placed.piece)));
        let placed = ranges.iter().zip(pieces).map(|(range, piece)| Placed {
            start: offset(range.start),
            piece,
        });
        Self {
            limits,
            ..Self::of(placed.collect())
        }
    }

    fn of(list: Vec<Placed>) -> Self {
        let (language, mixed) = language(&list);
        Self {
            list,
            limits: Limits::default(),
            refusal: None,
            language,
            mixed,
        }
    }

    /// A file of which nothing is read.
    pub(crate) fn refused(refusal: Diagnostic) -> Self {
        Self {
            refusal: Some(refusal),
            ..Self::of(Vec::new())
        }
    }

    /// The pieces.
    #[must_use]
    pub fn list(&self) -> &[Placed] {
        &self.list
    }

    /// The language of the first word that has one; Danish if none has.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// Whether the file is over a limit, so that nothing of it was read.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.refusal.is_some()
    }

    /// Whether nothing is declared.
    #[must_use]
    pub fn declares_nothing(&self) -> bool {
        self.list.iter().all(|it| it.piece.declarations.is_empty())
    }

    /// What is wrong with the file as a whole: it is over a limit, or speaks two languages. Its
    /// sites count from the first byte of the file.
    #[must_use]
    pub fn of_the_whole(&self) -> Option<&Diagnostic> {
        self.refusal.as_ref().or(self.mixed.as_ref())
    }

    /// The file as one tree, whose spans count from its first byte.
    #[must_use]
    pub fn join(&self, file: FileId) -> Parse {
        let mut parse = Parse {
            file: File {
                language: self.language,
                declarations: Vec::new(),
            },
            diagnostics: Vec::new(),
            words: Vec::new(),
        };
        for Placed { start, piece } in &self.list {
            let declarations = piece.declarations.iter().cloned();
            parse.file.declarations.extend(declarations.map(|mut it| {
                it.shift(*start);
                it
            }));
            let words = piece.words.iter().cloned().map(|word| Word {
                span: word.span.shifted(*start),
                ..word
            });
            parse.words.extend(words);
            let found = piece.diagnostics.iter().cloned();
            parse
                .diagnostics
                .extend(found.map(|it| it.moved(|site| place(file, *start, site))));
        }
        let whole = self.of_the_whole().cloned();
        parse
            .diagnostics
            .extend(whole.map(|it| it.moved(|site| place(file, 0, site))));
        parse.diagnostics.sort_by_key(Diagnostic::site);
        parse
    }
}

fn place(file: FileId, start: u32, site: Site) -> Site {
    Site {
        file,
        span: site.span.shifted(start),
    }
}

/// The language of the first word that has one, and the first word of the other language.
fn language(list: &[Placed]) -> (Language, Option<Diagnostic>) {
    let first = |n: usize| {
        list.iter().find_map(|Placed { start, piece }| {
            let span = piece.spoken.get(n).copied().flatten()?;
            Some(span.shifted(*start))
        })
    };
    let site = |span| Site {
        file: NO_FILE,
        span,
    };
    let (language, own, other) = match (first(0), first(1)) {
        (Some(danish), Some(english)) if english < danish => (Language::English, english, danish),
        (Some(danish), Some(english)) => (Language::Danish, danish, english),
        (None, Some(_)) => return (Language::English, None),
        _ => return (Language::Danish, None),
    };
    let mixed = errors::mixed_languages(site(other), site(own), language);
    (language, Some(mixed))
}

/// The stretches of a text that are its pieces. The first begins at 0; a text has at least one.
fn cut(text: &str) -> Vec<Range<usize>> {
    let mut starts = vec![0];
    let mut summary = Summary::None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let seen = line.strip_prefix('\u{FEFF}').filter(|_| start == 0);
        let opening = match summary {
            // Most lines: whether there is more in it than a comment makes no difference.
            Summary::None | Summary::Torn if line.starts_with(' ') => Opening::Blank,
            _ => Opening::of(seen.unwrap_or(line)),
        };
        match (opening, summary) {
            (Opening::Summary, Summary::None) => {
                starts.push(start);
                summary = Summary::Whole;
            }
            (Opening::Header, Summary::None) => starts.push(start),
            (Opening::Header, _) => summary = Summary::None,
            (Opening::Inside, Summary::Whole) => {
                starts.pop();
                summary = Summary::Torn;
            }
            _ => {}
        }
        start += line.len();
    }
    starts.dedup();
    let ends = starts.iter().copied().skip(1).chain([text.len()]);
    let ranges = starts.iter().copied().zip(ends);
    ranges.map(|(start, end)| start..end).collect()
}

/// What of a summary stands before a declaration that is still to come.
#[derive(Clone, Copy)]
enum Summary {
    /// Nothing.
    None,
    /// All of it: a piece has begun with it.
    Whole,
    /// Its lines, and between them a line of the declaration before: the two cannot be read apart.
    Torn,
}

/// How a line begins, as far as it matters for where a piece begins.
enum Opening {
    /// `>` in column 0.
    Summary,
    /// A word in column 0.
    Header,
    /// What belongs to the line above, or to nothing.
    Inside,
    /// Nothing, or a comment.
    Blank,
}

impl Opening {
    fn of(line: &str) -> Self {
        let content = layout::content(line);
        // Such a line is not read, and the mark of a text's beginning is only one at its beginning.
        if MAX_LINE_BYTES < content.len() || content.starts_with('\u{FEFF}') {
            return Self::Inside;
        }
        match content.chars().next() {
            Some('>') => Self::Summary,
            None | Some('#') => Self::Blank,
            Some(first) if !first.is_whitespace() => Self::Header,
            _ if content.trim_start().is_empty() || content.trim_start().starts_with('#') => {
                Self::Blank
            }
            _ => Self::Inside,
        }
    }
}

/// A byte of a file; a file is at most a mebibyte.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Pieces, cut};
    use crate::parse::{Parse, Reading, read};
    use crate::span::FileId;
    use std::sync::Arc;

    /// The lines that files are made of here, sound and broken, in any order.
    const LINES: [&str; 24] = [
        "begreb a",
        "begreb b \"B\"",
        "term c",
        "begrep d",
        "data ydelse",
        "  perioder",
        "  art er en af x, y",
        "  hjemmel LAB § 2, stk. 3",
        "  når a og b",
        "  når mindst én af:",
        "    - a",
        "    - i mindst 2 uger",
        "  basis LAB § 2",
        "  when (a",
        "eksempel \"æøå 😀\"",
        "  givet",
        "    ydelse x fra 1. maj 2017, fortsat",
        "  så",
        "> En sammenfatning",
        "# en bemærkning",
        "",
        "  # en til",
        "\u{FEFF}begreb e",
        "  hjemmel kilde \"åben",
    ];

    /// Numbers that look random and are the same every time.
    struct Dice(u64);

    impl Dice {
        fn roll(&mut self, sides: usize) -> usize {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            usize::try_from(self.0 >> 33).unwrap() % sides
        }

        fn text(&mut self) -> String {
            let end = ["\n", "\r\n"][self.roll(2)];
            let lines = self.roll(24);
            (0..lines)
                .map(|_| format!("{}{end}", LINES[self.roll(LINES.len())]))
                .collect()
        }
    }

    /// What comes of the text when it is cut into no pieces.
    fn whole(text: &str) -> Parse {
        let Reading {
            layout,
            declarations,
            found,
            words,
        } = read(FileId(3), text);
        let pieces = Pieces::read(text);
        let mut diagnostics = layout.diagnostics;
        diagnostics.extend(found);
        let mixed = pieces.of_the_whole().cloned();
        diagnostics.extend(mixed.map(|it| it.moved(|site| super::place(FileId(3), 0, site))));
        diagnostics.sort_by_key(|it| it.site());
        Parse {
            file: crate::syntax::File {
                language: pieces.language(),
                declarations: declarations.into_iter().flatten().collect(),
            },
            diagnostics,
            words,
        }
    }

    #[test]
    fn pieces_say_together_what_the_whole_says() {
        let mut dice = Dice(1);
        for _ in 0..300 {
            let text = dice.text();
            assert!(
                Pieces::read(&text).join(FileId(3)) == whole(&text),
                "{text}"
            );
        }
    }

    #[test]
    fn a_piece_begins_with_the_summary_of_its_declaration() {
        let text = "# om filen\nbegreb a\n  når b\n# mere\n\n> Kort.\n# hm\nbegreb c\n";
        let pieces: Vec<&str> = cut(text)
            .into_iter()
            .filter_map(|it| text.get(it))
            .collect();
        let expected = [
            "# om filen\n",
            "begreb a\n  når b\n# mere\n\n",
            "> Kort.\n# hm\nbegreb c\n",
        ];
        assert_eq!(pieces, expected);
        let torn = "begreb a\n> Kort.\n  når b\nbegreb c\n";
        assert_eq!(
            cut(torn).len(),
            1,
            "a summary between two clauses holds all together"
        );
    }

    #[test]
    fn words_outside_quotes_and_comments_are_mentioned() {
        let text = "> om tilbud\nbegreb støtte \"En # støtte\"  # se mentor\n  når (ydelse.art er løn)\n  når u\u{30a}r og 12 \"åben\n";
        let pieces = Pieces::read(text);
        let found = &pieces.list()[0].piece.mentions;
        let expected = [
            "art", "begreb", "er", "løn", "når", "og", "støtte", "ydelse", "ůr",
        ];
        assert_eq!(*found, expected);
    }

    #[test]
    fn after_an_edit_only_what_was_edited_is_read_again() {
        let before = Pieces::read("begreb a\nbegreb b\nbegreb c\n");
        let after = before.reread("begreb a\nbegreb xyz\n  når a\nbegreb c\n");
        let same: Vec<bool> = std::iter::zip(before.list(), after.list())
            .map(|(a, b)| Arc::ptr_eq(&a.piece, &b.piece))
            .collect();
        assert_eq!(same, [true, false, true]);
    }

    #[test]
    fn what_is_read_again_is_as_if_it_were_new() {
        let mut dice = Dice(2);
        let mut pieces = Pieces::read("");
        let mut lines: Vec<&str> = Vec::new();
        for _ in 0..300 {
            let at = dice.roll(lines.len() + 1);
            if dice.roll(3) == 0 && at < lines.len() {
                lines.remove(at);
            } else {
                lines.insert(at, LINES[dice.roll(LINES.len())]);
                lines.truncate(40);
            }
            let text = lines.join("\n");
            pieces = pieces.reread(&text);
            let new = Pieces::read(&text);
            assert!(pieces.join(FileId(3)) == new.join(FileId(3)), "{text}");
        }
    }
}
