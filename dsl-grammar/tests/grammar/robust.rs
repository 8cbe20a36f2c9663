//! Whatever the text is: no panic, places that lie in it, and a formatter that keeps its promises.

use hjemmel_grammar::{FileId, Language, Parse, format, parse, translate};

use crate::common::{corpus, good, language_blocks, read};
use crate::tree;

/// Every place in a message and in the tree lies on characters of the text.
#[track_caller]
fn check_places(text: &str, parsed: &Parse) {
    let on_characters = |start: u32, end: u32| text.get(start as usize..end as usize).is_some();
    for label in parsed
        .diagnostics
        .iter()
        .flat_map(|diagnostic| &diagnostic.labels)
    {
        let span = label.site.span;
        assert!(on_characters(span.start, span.end), "{span:?} of {text:?}");
    }
    for word in &parsed.words {
        assert!(
            on_characters(word.span.start, word.span.end),
            "{word:?} of {text:?}"
        );
    }
    let debug = format!("{:?}", parsed.file);
    for span in debug.split("Span { start: ").skip(1) {
        let mut numbers = span
            .split(|c: char| !c.is_ascii_digit())
            .filter(|digits| !digits.is_empty());
        let mut number = || {
            numbers
                .next()
                .and_then(|digits| digits.parse().ok())
                .expect("a span has two numbers")
        };
        let (start, end) = (number(), number());
        assert!(on_characters(start, end), "{start}..{end} of {text:?}");
    }
}

/// What must hold of every text. The formatter keeps the meaning of what has no syntax error.
#[track_caller]
fn check(text: &str) {
    let parsed = parse(FileId(0), text);
    check_places(text, &parsed);
    let formatted = format(text).text;
    assert_eq!(
        formatted,
        format(&formatted).text,
        "formatting twice differs for {text:?}"
    );
    let declarations = |parsed: &Parse| {
        let whole = parsed.file.declarations.iter().filter(|each| !each.broken);
        whole.map(tree::declaration).collect::<Vec<_>>()
    };
    assert_eq!(
        declarations(&parsed),
        declarations(&read(&formatted)),
        "the meaning of {text:?}"
    );
    if parsed.is_ok() {
        assert!(read(&formatted).is_ok(), "{text:?}");
    }
}

fn rich() -> String {
    let (_, text) = corpus("ok")
        .into_iter()
        .find(|(name, _)| name == "every_clause")
        .expect("it is there");
    text
}

#[test]
fn a_text_cut_off_anywhere() {
    let text = rich();
    for (count, (at, _)) in text.char_indices().enumerate() {
        let start = text[..at].rfind("\n\n").map_or(0, |at| at + 2);
        check_places(&text[start..at], &read(&text[start..at]));
        // The formatter reads a text several times: every twentieth cut is enough for it.
        if count % 20 == 0 {
            check(&text[start..at]);
        }
    }
}

/// A small generator of numbers, the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

/// One small change to a text: a piece goes, comes twice, moves, or something strange comes in.
fn mutate(text: &str, dice: &mut Dice) -> String {
    const STRANGE: [&str; 24] = [
        "(",
        ")",
        "\"",
        "#",
        "\n",
        "\n  ",
        "\n    - ",
        "    ",
        "\t",
        ",",
        ":",
        " og ",
        " eller ",
        " ikke ",
        "- ",
        ">",
        "\u{202E}",
        "a\u{30A}",
        "\r\n",
        "\u{1}",
        "\u{2}",
        "§",
        "1",
        " hjemmel LAB § 1",
    ];
    let bounds: Vec<_> = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect();
    let mut at = || bounds[dice.roll(bounds.len())];
    let (mut a, mut b) = (at(), at());
    if b < a {
        (a, b) = (b, a);
    }
    b = bounds
        .iter()
        .copied()
        .find(|bound| a + 12 <= *bound)
        .unwrap_or(b)
        .min(b);
    let (before, piece, after) = (&text[..a], &text[a..b], &text[b..]);
    match dice.roll(4) {
        0 => format!("{before}{after}"),
        1 => format!("{before}{piece}{piece}{after}"),
        _ => format!(
            "{before}{}{piece}{after}",
            STRANGE[dice.roll(STRANGE.len())]
        ),
    }
}

#[test]
fn a_text_with_small_changes() {
    let texts: Vec<_> = corpus("ok")
        .into_iter()
        .chain(corpus("format"))
        .map(|(_, text)| text)
        .collect();
    let chunks: Vec<_> = texts.iter().flat_map(|text| text.split("\n\n")).collect();
    let mut dice = Dice(20261121);
    for round in 0..300 {
        let mut text =
            chunks[dice.roll(chunks.len())].to_owned() + "\n\n" + chunks[dice.roll(chunks.len())];
        for _ in 0..=round % 3 {
            text = mutate(&text, &mut dice);
        }
        check(&text);
    }
}

#[test]
fn every_block_of_the_reference_holds() {
    language_blocks().iter().for_each(|block| check(block));
}

#[test]
fn line_ends_and_marks_change_nothing() {
    let text = rich();
    let plain = tree::file(&good(&text).file);
    for variant in [
        text.replace('\n', "\r\n"),
        format!("\u{FEFF}{text}"),
        text.trim_end().to_owned(),
    ] {
        let parsed = good(&variant);
        check_places(&variant, &parsed);
        assert_eq!(plain, tree::file(&parsed.file));
        assert_eq!(format(&text), format(&variant));
    }
}

#[test]
fn loose_accents_are_the_same_name() {
    use unicode_normalization::UnicodeNormalization;
    let text = rich();
    let loose: String = text.nfd().collect();
    let parsed = read(&loose);
    assert!(
        parsed.is_ok()
            && parsed
                .diagnostics
                .iter()
                .all(|diagnostic| diagnostic.code.0 == "H0121")
    );
    check_places(&loose, &parsed);
    let names = |parsed: &Parse| tree::file(&parsed.file).nfc().collect::<String>();
    assert_eq!(names(&good(&text)), names(&parsed));
    let tilbud = &parsed.file.declarations[4]
        .name
        .as_ref()
        .expect("the assessment has a name");
    assert_eq!(tilbud.text, "særligt_tilfælde");
    assert_eq!(
        &loose[tilbud.span.start as usize..tilbud.span.end as usize],
        "særligt_tilfælde".nfd().collect::<String>()
    );
}

/// If a parenthesis were tried in two ways, this would not end.
#[test]
fn nested_parentheses_are_read_in_one_way() {
    let nested = format!("{}b{}", "(ikke (a og ".repeat(6), "))".repeat(6));
    good(&format!("begreb a\n  hjemmel LAB § 1\n  når {nested}\n"));
    good(&format!(
        "begreb a\n  når {}b{}\n",
        "(".repeat(64),
        ")".repeat(64)
    ));
    let open = format!("begreb a\n  når t hvor {}b\n", "(".repeat(64));
    assert!(!read(&open).is_ok());
}

#[test]
fn a_long_file_is_read() {
    let blocks = language_blocks();
    let parsed = read(&blocks.join("\n").repeat(50));
    assert!(parsed.is_ok());
    let once: usize = blocks
        .iter()
        .map(|it| read(it).file.declarations.len())
        .sum();
    assert_eq!(parsed.file.declarations.len(), 50 * once);
}

#[test]
fn translating_what_is_broken_touches_only_the_rest() {
    let text = "begreb a\n  når (b\n\nbegreb c\n  når d\n";
    let translated = translate(text, Language::English);
    assert_eq!(translated.text, "begreb a\n  når (b\n\nterm c\n  when d\n");
    assert_eq!(translated.kept.len(), 1);
}
