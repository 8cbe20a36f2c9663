//! What may be shown of a value: its shape. And text from outside, made harmless for a terminal.

use hjemmel_grammar::diagnostic::Text;
use hjemmel_grammar::outside::does_harm;

/// `Debug` of types that hold what stands in an extract: it tells nothing.
macro_rules! sealed {
    ($type:ty) => {
        impl std::fmt::Debug for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(hjemmel_engine::personal::HIDDEN)
            }
        }
    };
}
pub(crate) use sealed;

/// `værdi skjult, 10 tegn`
pub(crate) fn shape(value: &str) -> Text {
    let count = value.chars().count();
    Text::new(
        format!("værdi skjult, {count} tegn"),
        format!(
            "value hidden, {count} character{}",
            if count == 1 { "" } else { "s" }
        ),
    )
}

/// A code that may be shown: of a field that is not sensitive, short, not like a CPR number, and a
/// code rather than words (a diagnosis in the wrong column is in small letters).
pub(crate) fn showable(value: &str, sensitive: bool) -> Option<String> {
    let short = value.chars().count() <= 20;
    let words = 3 < value.chars().filter(|c| c.is_lowercase()).count();
    (short && !words && !sensitive && !holds_cpr(value)).then(|| escaped(value))
}

/// Whether somewhere in the text stand six digits, perhaps a hyphen or blank, and four digits.
pub(crate) fn holds_cpr(value: &str) -> bool {
    let mut digits = 0_u32;
    let mut separated = false;
    for c in value.chars() {
        match c {
            '0'..='9' => {
                digits = digits.saturating_add(1);
                if digits >= 10 {
                    return true;
                }
            }
            '-' | ' ' | '\u{a0}' if digits >= 6 && !separated => {
                digits = 6;
                separated = true;
            }
            _ => {
                digits = 0;
                separated = false;
            }
        }
    }
    false
}

/// The text with control characters (and those that reorder text) written as `\u{1b}`, and cut
/// after 80 characters.
pub(crate) fn escaped(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars().take(80) {
        if does_harm(c) {
            shown.extend(c.escape_unicode());
        } else {
            shown.push(c);
        }
    }
    if text.chars().nth(80).is_some() {
        shown.push('…');
    }
    shown
}

/// Whether the text looks like UTF-8 that was read as Windows-1252 and written again: `Ã¦`.
pub(crate) fn doubly_encoded(text: &str) -> bool {
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let continues = |c: &char| matches!(c, '\u{80}'..='\u{bf}' | '˜' | '†' | '…');
        if c == 'Ã' && chars.peek().is_some_and(continues) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cpr_numbers_are_recognised_wherever_they_stand() {
        for cpr in [
            "0101011234",
            "010101-1234",
            "x 010101-1234 y",
            "010101 1234",
            "990101011234",
        ] {
            assert!(holds_cpr(cpr), "{cpr}");
        }
        for other in ["730", "2017-07-31", "010101", "12345-6789", "010101-123"] {
            assert!(!holds_cpr(other), "{other}");
        }
    }

    #[test]
    fn text_from_outside_cannot_move_the_cursor() {
        assert_eq!(
            escaped("a\u{1b}[2Jæ\n\u{202e}"),
            "a\\u{1b}[2Jæ\\u{a}\\u{202e}"
        );
    }
}
