//! Rule text: as bytes, as words of the language in any order, and as the formatter lays it out.

use crate::tokens;
use crate::tree;
use hjemmel_engine::check;
use hjemmel_grammar::{FileId, Language, Parse, Sources, parse, parse_bytes, translate};

/// Any bytes are read, and if they are a text they are checked and their examples run.
pub fn bytes(data: &[u8]) {
    let parsed = parse_bytes(FileId(0), data);
    match std::str::from_utf8(data) {
        Ok(text) => checked(text, &parsed),
        Err(_) => assert!(!parsed.is_ok()),
    }
}

/// The same of words of the language.
pub fn structured(data: &[u8]) {
    let text = tokens::text(data);
    checked(&text, &parse(FileId(0), &text));
}

/// Every place lies on characters of the text, and what is wrong is found in the same places again.
fn checked(text: &str, parsed: &Parse) {
    on_characters(text, parsed);
    let mut sources = Sources::new();
    let file = sources.add("a.regel", text);
    let found = check(&sources);
    for diagnostic in &found.diagnostics {
        for label in &diagnostic.labels {
            let span = label.site.span;
            assert_eq!(label.site.file, file, "{diagnostic:?}");
            let there = text.get(span.start as usize..span.end as usize);
            assert!(there.is_some(), "{diagnostic:?} of {text:?}");
        }
    }
    assert!(parsed.is_ok() || !found.is_usable(), "{text:?}");
}

fn on_characters(text: &str, parsed: &Parse) {
    let labels = parsed.diagnostics.iter().flat_map(|it| &it.labels);
    let words = parsed.words.iter().map(|word| word.span);
    for span in labels.map(|label| label.site.span).chain(words) {
        let there = text.get(span.start as usize..span.end as usize);
        assert!(there.is_some(), "{span:?} of {text:?}");
    }
}

/// The formatter does the same twice, keeps what is meant and every sign that is no blank; and a
/// translation means the same in the other language.
pub fn format(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let parsed = parse(FileId(0), text);
    let once = hjemmel_grammar::format(text).text;
    let again = hjemmel_grammar::format(&once).text;
    assert_eq!(once, again, "formatted twice: {text:?}");
    let formatted = parse(FileId(0), &once);
    assert_eq!(
        tree::whole(&parsed),
        tree::whole(&formatted),
        "what is meant: {text:?}"
    );
    assert!(!parsed.is_ok() || formatted.is_ok(), "{text:?}");
    for language in [Language::Danish, Language::English] {
        let translated = translate(text, language).text;
        let read = parse(FileId(0), &translated);
        assert!(!parsed.is_ok() || read.is_ok(), "{text:?}: {translated:?}");
        assert_eq!(
            tree::whole(&parsed),
            tree::whole(&read),
            "translated: {text:?}"
        );
    }
}
