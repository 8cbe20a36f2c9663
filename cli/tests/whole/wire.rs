//! What goes over the wire: frames, and addresses.

use serde_json::Value;
use std::io::{BufRead, BufReader, Read};
use std::process::ChildStdout;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

/// Passes on every frame, with the moment it was heard.
pub(crate) fn frames(output: ChildStdout, say: &Sender<(Instant, Value)>, deaf: &AtomicBool) {
    let mut output = BufReader::with_capacity(1 << 16, output);
    loop {
        while deaf.load(Ordering::SeqCst) {
            std::thread::sleep(Duration::from_millis(1));
        }
        let mut length = 0;
        loop {
            let mut line = String::new();
            match output.read_line(&mut line) {
                Ok(read) if 0 < read => {}
                _ => return,
            }
            if line == "\r\n" {
                break;
            }
            if let Some(told) = line.strip_prefix("Content-Length:") {
                length = told.trim().parse().expect("a length");
            }
        }
        let mut body = vec![0; length];
        if output.read_exact(&mut body).is_err() {
            return;
        }
        let at = Instant::now();
        let message = serde_json::from_slice(&body).expect("JSON");
        if say.send((at, message)).is_err() {
            return;
        }
    }
}

/// The address of a path.
pub(crate) fn uri(path: &str) -> String {
    let escape = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    };
    format!("file://{}", path.bytes().map(escape).collect::<String>())
}

/// The path of an address.
pub(crate) fn path(uri: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = uri.strip_prefix("file://").unwrap_or(uri).as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = (*first == b'%')
            .then(|| std::str::from_utf8(&after[..2]).ok())
            .flatten();
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).expect("UTF-8")
}
