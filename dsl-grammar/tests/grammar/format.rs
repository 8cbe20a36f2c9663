//! The formatter and the translator: what they change, and what they must not.

use crate::common::{corpus, good, language_blocks, read};
use crate::tree;
use hjemmel_grammar::{Language, format, translate};

/// Formatting twice is formatting once, and means the same.
#[track_caller]
fn check_format(text: &str) -> String {
    let once = format(text).text;
    pretty(&once, &format(&once).text);
    pretty(
        &tree::file(&read(text).file),
        &tree::file(&read(&once).file),
    );
    once
}

#[track_caller]
fn pretty(left: &str, right: &str) {
    let differs = left
        .lines()
        .zip(right.lines())
        .find(|(left, right)| left != right);
    assert!(
        left == right,
        "differs at {differs:?}\n{left}\n---\n{right}"
    );
}

#[test]
fn the_reference_is_in_canonical_form() {
    for block in language_blocks() {
        pretty(&block, &check_format(&block));
    }
}

#[test]
fn every_good_file_keeps_its_meaning() {
    for (path, text) in corpus("ok") {
        println!("{path}");
        good(&text);
        check_format(&text);
    }
}

#[test]
fn translating_there_and_back_is_the_identity() {
    for (path, text) in corpus("ok") {
        println!("{path}");
        let danish = translate(&text, Language::Danish).text;
        let english = translate(&danish, Language::English).text;
        pretty(&danish, &translate(&english, Language::Danish).text);
        pretty(
            &english,
            &translate(
                &translate(&english, Language::Danish).text,
                Language::English,
            )
            .text,
        );
        let (danish, english) = (good(&danish).file, good(&english).file);
        assert_eq!(english.language, Language::English);
        pretty(
            &tree::file(&danish).replacen("Danish", "English", 1),
            &tree::file(&english),
        );
    }
}

#[test]
fn untidy_files_become_tidy() {
    for (path, text) in corpus("format") {
        insta::with_settings!({ snapshot_suffix => path, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!("tidy", check_format(&text));
        });
    }
}

#[test]
fn a_broken_declaration_stays_as_it_is() {
    let text = "begreb   a\n  når b\nbegreb  c\n    når (b og\n\t# her\n  hjemmel   LAB § 1\n\n\n\nbegreb d\n   når b";
    let formatted = format(text);
    assert_eq!(
        formatted.text,
        "begreb a\n  når b\n\nbegreb  c\n    når (b og\n\t# her\n  hjemmel   LAB § 1\n\nbegreb d\n  når b\n"
    );
    assert_eq!(formatted.kept.len(), 1);
    assert_eq!(format(&formatted.text).text, formatted.text);
}

/// At the beginning it would be the mark of the text, and be gone when the text is read again.
#[test]
fn a_byte_order_mark_that_is_not_the_texts_own_does_not_become_it() {
    for text in [
        "\u{FEFF}\u{FEFF}begreb a\n",
        "\n\n\u{FEFF}begreb a\n",
        "\n\u{FEFF}begreb a\n  hjemmel LAB § 1\n  når b\n",
        "\u{FEFF}\n\u{FEFF}> en sammenfatning\n",
        "\n\u{FEFF}# en bemærkning\n",
    ] {
        let formatted = format(text).text;
        assert!(
            formatted.starts_with("\n\u{FEFF}"),
            "{text:?}: {formatted:?}"
        );
        assert_eq!(formatted, check_format(&formatted));
        assert!(!read(&formatted).is_ok(), "{text:?}");
    }
}

/// Two numbers would become one.
#[test]
fn a_comma_after_a_blank_becomes_no_decimal_sign() {
    for (row, laid_out) in [
        ("20 ,20", "20, 20"),
        ("20\t,20", "20, 20"),
        ("20 , 20", "20, 20"),
        ("20, 20", "20, 20"),
        ("20,20", "20,20"),
        ("20 ,20,5", "20, 20,5"),
        ("1,5 ,2", "1,5, 2"),
    ] {
        let text = |row| format!("eksempel \"to tal\"\n  givet\n    samtale {row}\n");
        assert_eq!(format(&text(row)).text, text(laid_out), "{row}");
    }
}

#[test]
fn a_broken_line_keeps_no_carriage_return() {
    for text in ["\u{2}\r", "begreb  a (\r", "begreb  a (\r\r\n", "=[\r\r"] {
        let once = format(text).text;
        assert_eq!(once.split('\r').count(), 1, "{text:?}");
        assert_eq!(format(&once).text, once, "{text:?}");
    }
}

#[test]
fn a_sign_that_may_not_stand_in_a_comment_line_breaks_nothing_above_it() {
    for line in ["\r\r# her", "\u{B}", " \u{85} # her"] {
        let text = format!("begreb a\n  når b\n\n{line}\n");
        assert!(!read(&text).is_ok(), "{line:?}");
        assert!(format(&text).kept.is_empty(), "{line:?}");
        check_format(&text);
    }
}

#[test]
fn a_mixed_file_is_brought_to_one_language() {
    let text = "begreb a\n  basis LAB § 1\n  når b and c i mindst 2 weeks\n";
    let translated = translate(text, Language::Danish).text;
    assert_eq!(
        translated,
        "begreb a\n  hjemmel LAB § 1\n  når b og c i mindst 2 uger\n"
    );
    good(&translated);
}
