//! Every message, as a picture of the text it speaks of.

use crate::common::{FILE, corpus, pictures, read};
use hjemmel_grammar::{format, parse_bytes};

/// The pictures of all messages of a text.
fn pictures_of(text: &str) -> String {
    pictures(text, &read(text).diagnostics)
}

#[test]
fn broken_files() {
    for (name, text) in corpus("broken") {
        let (code, _) = name.split_once('_').expect("the name begins with the code");
        let found = read(&text).diagnostics;
        assert!(
            found.iter().any(|diagnostic| diagnostic.code.0 == code),
            "{name} has no {code}"
        );
        insta::with_settings!({ snapshot_suffix => &name, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!("messages", pictures_of(&text));
        });
        // What cannot be read is kept, whatever is wrong with it.
        let once = format(&text).text;
        assert_eq!(once, format(&once).text, "{name}");
    }
}

#[test]
fn every_message_has_a_hint() {
    for (name, text) in corpus("broken") {
        for diagnostic in read(&text).diagnostics {
            assert!(diagnostic.hint.is_some(), "{name}: {}", diagnostic.code);
        }
    }
}

#[test]
fn nesting_stops_at_the_65th() {
    let nested = |depth: usize| {
        format!(
            "begreb a\n  når {}b{}\n\nbegreb c\n  når d\n",
            "(".repeat(depth),
            ")".repeat(depth)
        )
    };
    assert!(read(&nested(64)).is_ok());
    let text = nested(65);
    insta::assert_snapshot!(pictures_of(&text));
    assert!(!read(&text).file.declarations[1].broken);
}

#[test]
fn bullets_count_as_nesting() {
    let bullets = |depth: usize| {
        let lines: String = (0..depth)
            .map(|level| format!("{}- alle af:\n", " ".repeat(4 + level)))
            .collect();
        format!(
            "begreb a\n  når alle af:\n{lines}{}- b\n",
            " ".repeat(4 + depth)
        )
    };
    assert!(read(&bullets(63)).is_ok());
    let codes: Vec<_> = read(&bullets(64))
        .diagnostics
        .iter()
        .map(|diagnostic| diagnostic.code.0)
        .collect();
    assert_eq!(codes, ["H0113"]);
}

#[test]
fn a_million_parentheses_are_refused() {
    let line = read(&format!("begreb a\n  når {}", "(".repeat(1_000_000)));
    let lines = read(&format!(
        "begreb a\n  når\n{}",
        format!("    {}\n", "(".repeat(4000)).repeat(250)
    ));
    assert_eq!(line.diagnostics[0].code.0, "H0114");
    assert_eq!(lines.diagnostics[0].code.0, "H0113");
    assert_eq!((line.diagnostics.len(), lines.diagnostics.len()), (1, 1));
}

#[test]
fn a_long_chain_of_operators_is_refused() {
    let text = format!("begreb a\n  når b\n{}", "    i hele uger\n".repeat(9));
    insta::assert_snapshot!(pictures_of(&text));
}

#[test]
fn files_and_lines_have_limits() {
    let fits = format!("#{}\n", "x".repeat(4095)).repeat(255);
    assert!(read(&fits).is_ok());
    insta::assert_snapshot!(
        [
            pictures_of(&"# et år\n".repeat(1 << 17)),
            pictures_of(&"\n".repeat(20_001)),
            pictures_of(&format!("begreb a\n  når b\n  # {}\n", "x".repeat(4093))),
        ]
        .join("\n")
    );
    assert!(read(&"\n".repeat(20_000)).is_ok());
}

#[test]
fn bytes_that_are_not_utf8() {
    let parsed = parse_bytes(FILE, b"begreb a\n  n\xE5r b\n");
    let start = parsed.diagnostics[0].labels[0].site.span.start;
    assert_eq!(start, 12);
    insta::assert_snapshot!(pictures("begreb a\n  n?r b\n", &parsed.diagnostics));
}

#[test]
fn a_mistake_does_not_reach_its_neighbours() {
    let text = "begreb a\n  når (\n  hjemmel LAB § 1\nbegreb b\n  når c\n";
    let file = read(text).file;
    let shapes: Vec<_> = file
        .declarations
        .iter()
        .map(|each| (each.clauses.len(), each.broken))
        .collect();
    assert_eq!(shapes, [(1, true), (1, false)]);
}
