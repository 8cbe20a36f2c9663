//! Addresses as some editors write them: with letters and blanks where the standard wants `%C3%A6`.
//!
//! A message with such an address could not be decoded. It is written anew before that, in the
//! values of keys that hold addresses and nowhere else: never in the text of a document.

use std::borrow::Cow;
use std::fmt::Write as _;

/// How an address of a file begins in a message.
const BEGINNING: &str = "\"file:";

/// The message with its addresses as the standard has them; one that is no UTF-8 stays.
pub(crate) fn encoded(body: Vec<u8>) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(&body) else {
        return body;
    };
    match in_text(text) {
        Cow::Borrowed(_) => body,
        Cow::Owned(text) => text.into_bytes(),
    }
}

fn in_text(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut done = 0;
    for (at, _) in text.match_indices(BEGINNING) {
        let from = at + 1;
        let before = text.get(..at).unwrap_or("");
        let address = text.get(from..).and_then(|rest| rest.split('"').next());
        let Some(address) = address.filter(|it| is_raw(it) && holds_address(before)) else {
            continue;
        };
        out.push_str(text.get(done..from).unwrap_or(""));
        for byte in address.bytes() {
            if byte.is_ascii() && byte != b' ' {
                out.push(char::from(byte));
            } else {
                // Writing to a string does not fail.
                let _ = write!(out, "%{byte:02X}");
            }
        }
        done = from + address.len();
    }
    if done == 0 {
        return text.into();
    }
    out.push_str(text.get(done..).unwrap_or(""));
    out.into()
}

/// Whether an address holds what it should not. Escapes are left alone.
fn is_raw(address: &str) -> bool {
    !address.contains('\\') && address.bytes().any(|byte| !byte.is_ascii() || byte == b' ')
}

/// Whether a text ends with a key that holds an address: `"uri":`, `"rootUri":`.
fn holds_address(before: &str) -> bool {
    let key = before.trim_end().strip_suffix(':').map(str::trim_end);
    // Within a text quotes are escaped: there is no key.
    key.is_some_and(|key| key.ends_with("uri\"") || key.ends_with("Uri\""))
}

#[cfg(test)]
mod tests {
    use super::in_text;

    #[track_caller]
    fn check(before: &str, after: &str) {
        assert_eq!(in_text(before), after);
    }

    #[test]
    fn letters_and_blanks_in_addresses() {
        check(
            r#"{"uri":"file:///prøve på/a.regel","rootUri" : "file:///løn"}"#,
            r#"{"uri":"file:///pr%C3%B8ve%20p%C3%A5/a.regel","rootUri" : "file:///l%C3%B8n"}"#,
        );
        check(r#"{"uri":"file:///a%20b"}"#, r#"{"uri":"file:///a%20b"}"#);
    }

    #[test]
    fn never_in_the_text_of_a_document() {
        for message in [
            r#"{"text":"file:///prøve på"}"#,
            r#"{"text":"{\"uri\":\"file:///prøve på\"}"}"#,
            r#"{"uri":"untitled:prøve"}"#,
            r#"{"rootUri":null,"text":"æ"}"#,
        ] {
            check(message, message);
        }
    }
}
