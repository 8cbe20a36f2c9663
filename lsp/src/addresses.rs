//! Addresses as some editors write them: `file:///regler på dansk/a.regel`, with letters and blanks
//! that stand for themselves (Kate 22.12). The library takes none of these, so they are written as
//! the standard wants it before it sees them.

use std::borrow::Cow;
use std::ops::Range;

/// The message, with every address in it as the standard wants it.
pub(crate) fn standard(body: Vec<u8>) -> Vec<u8> {
    let mut out = Vec::new();
    let mut copied = 0;
    for literal in literals(&body) {
        let written = body.get(literal.clone()).unwrap_or(&[]);
        let Ok(address) = serde_json::from_slice::<Cow<'_, str>>(written) else {
            continue;
        };
        let Cow::Owned(escaped) = escaped(&address) else {
            continue;
        };
        out.extend_from_slice(body.get(copied..literal.start).unwrap_or(&[]));
        out.extend(format!("\"{escaped}\"").into_bytes());
        copied = literal.end;
    }
    if copied == 0 {
        return body;
    }
    out.extend_from_slice(body.get(copied..).unwrap_or(&[]));
    out
}

/// Where the addresses of a message stand: texts, with their quotes, whose key ends in `uri`.
///
/// A quote inside a text has a backslash before it. One that follows `ri` and is followed by a
/// colon is therefore the end of a key, wherever it stands.
fn literals(body: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = body.get(from..)?;
            let quote = from + rest.iter().position(|byte| *byte == b'"')?;
            from = quote + 1;
            let key = body.get(..quote).unwrap_or(&[]);
            if !key.ends_with(b"uri") && !key.ends_with(b"Uri") {
                continue;
            }
            if let Some(literal) = text_after_colon(body, from) {
                from = literal.end;
                return Some(literal);
            }
        }
    })
}

/// The text that is the value of the key that ends before `at`.
fn text_after_colon(body: &[u8], at: usize) -> Option<Range<usize>> {
    let colon = at + blanks(body, at);
    let start = colon + 1 + blanks(body, colon + 1);
    if body.get(colon) != Some(&b':') || body.get(start) != Some(&b'"') {
        return None;
    }
    let mut escaped = false;
    let end = body.get(start + 1..)?.iter().position(|byte| {
        let closes = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        closes
    })?;
    Some(start..start + end + 2)
}

fn blanks(body: &[u8], at: usize) -> usize {
    let rest = body.get(at..).unwrap_or(&[]);
    let blank = |byte: &&u8| byte.is_ascii_whitespace();
    rest.iter().take_while(blank).count()
}

/// The address with `%XX` for every byte that may not stand in one.
fn escaped(address: &str) -> Cow<'_, str> {
    let bytes = address.as_bytes();
    let is_file = address.starts_with("file:");
    let is_escape = |at: usize| {
        let digits = bytes.get(at + 1..at + 3).unwrap_or(&[]);
        digits.len() == 2 && digits.iter().all(u8::is_ascii_hexdigit)
    };
    let stays = |at: usize, byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => true,
        b'%' => is_escape(at),
        // In a path they are no brackets of a host.
        b'[' | b']' => !is_file,
        other => b"-._~:/?#@!$&'()*+,;=".contains(&other),
    };
    let each = || bytes.iter().enumerate();
    if each().all(|(at, byte)| stays(at, *byte)) {
        return address.into();
    }
    let written = each().map(|(at, byte)| {
        if stays(at, *byte) {
            char::from(*byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    });
    written.collect::<String>().into()
}

#[cfg(test)]
mod tests {
    use super::standard;

    #[track_caller]
    fn check(body: &str, expected: &str) {
        let out = standard(body.as_bytes().to_vec());
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn letters_and_blanks_are_escaped() {
        check(
            r#"{"uri":"file:///på æ/a.regel","rootUri" : "file:///løn [1]"}"#,
            r#"{"uri":"file:///p%C3%A5%20%C3%A6/a.regel","rootUri" : "file:///l%C3%B8n%20%5B1%5D"}"#,
        );
        check(
            r#"{"newUri":"file:\/\/\/l\u00f8n\"\\"}"#,
            r#"{"newUri":"file:///l%C3%B8n%22%5C"}"#,
        );
        check(
            r#"{"uri":"file:///100%/a%20b"}"#,
            r#"{"uri":"file:///100%25/a%20b"}"#,
        );
    }

    #[test]
    fn what_is_right_and_what_is_no_address_stays() {
        for body in [
            r#"{"uri":"file:///l%C3%B8n/a.regel"}"#,
            r#"{"uri":"file:///l%c3%b8n/a.regel"}"#,
            r#"{"uri":"http://[::1]/a"}"#,
            r#"{"uri":null,"x":"æ"}"#,
            r#"{"text":"\"uri\":\"på\"","a":["uri","æ b"]}"#,
            r#"{"uri":"file:///på"#,
            r#"{"uri":"#,
            "",
        ] {
            check(body, body);
        }
    }
}
