//! The blanks within a line of code.

use unicode_normalization::UnicodeNormalization;

/// The code with single blanks where they belong, in NFC; texts in quotes stay as they are.
pub(super) fn spaced(code: &str) -> String {
    let mut line = Line::default();
    for (index, part) in code.split('"').enumerate() {
        match index % 2 {
            0 => part.nfc().for_each(|c| line.push(c)),
            _ => line.push_text(part),
        }
    }
    line.out
}

/// A line in the making.
#[derive(Default)]
struct Line {
    out: String,
    /// A blank is due before the next character, if that one takes one before it.
    blank: bool,
    /// The last character, a comma perhaps, came after a blank: it is no decimal sign.
    apart: bool,
}

impl Line {
    fn push(&mut self, c: char) {
        let last = self.out.chars().next_back();
        let after_word =
            last.is_some_and(|last| last.is_alphanumeric() || matches!(last, '_' | '"' | ')'));
        match c {
            c if c.is_whitespace() => self.blank = true,
            ',' | ':' | ')' => {
                self.apart = std::mem::take(&mut self.blank);
                self.out.push(c);
            }
            c => {
                // Between digits a comma without blanks is a decimal sign.
                let decimal = last == Some(',')
                    && !self.blank
                    && !self.apart
                    && c.is_ascii_digit()
                    && self.ends_in_digit_and_comma();
                self.blank |= matches!(last, Some(',' | ':' | ')')) && !decimal;
                self.blank |= matches!(c, '(' | '§') && after_word;
                self.blank |= last == Some('§') && c != '§';
                self.blank |= last == Some('"');
                self.blank &= !matches!(last, None | Some('('));
                self.flush();
                self.out.push(c);
            }
        }
    }

    fn push_text(&mut self, text: &str) {
        self.blank = !self.out.is_empty() && !self.out.ends_with('(');
        self.flush();
        self.out.extend(['"']);
        self.out.push_str(text);
        self.out.push('"');
    }

    fn ends_in_digit_and_comma(&self) -> bool {
        self.out
            .chars()
            .rev()
            .nth(1)
            .is_some_and(|c| c.is_ascii_digit())
    }

    fn flush(&mut self) {
        if std::mem::take(&mut self.blank) {
            self.out.push(' ');
        }
    }
}
