//! Text from outside as it may be shown: names of files and columns, codes, what a list says. On a terminal or in
//! a log such a text could move the cursor, change colours, turn other text around, or look like a line of ours.

/// Whether a sign moves the cursor, ends a line or turns text around: control characters of both sets, the
/// separators of lines and paragraphs, and what sets the direction.
#[must_use]
pub fn does_harm(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{61c}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{2028}'
                | '\u{2029}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2066}'..='\u{2069}'
        )
}

/// The text on one line, with `�` for each sign that does harm.
#[must_use]
pub fn harmless(text: &str) -> String {
    text.chars().map(shown).collect()
}

/// The same of a text that has lines.
#[must_use]
pub fn harmless_lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let shown = |c| if c == '\n' { c } else { shown(c) };
    text.chars().map(shown).collect()
}

fn shown(c: char) -> char {
    match c {
        '\t' => ' ',
        c if does_harm(c) => '\u{fffd}',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_that_does_harm_and_nothing_else_is_changed() {
        let hostile = "a\u{1b}[2J\u{9b}\r\u{7}\u{85}\u{2028}\u{2029}\u{202e}\u{2066}\u{61c}\u{200f}\u{0}\nb\tc";
        assert_eq!(harmless(hostile), format!("a�[2J{}b c", "�".repeat(12)));
        assert!(!harmless(hostile).chars().any(does_harm));
        assert_eq!(harmless_lines("a\r\nb\u{1b}\rc"), "a\nb��c");
        let plain = "Æblegrød på § 92, stk. 2 – 日本 🙂 e\u{301}";
        assert_eq!(harmless(plain), plain);
    }
}
