//! Messages of the protocol as they stand on the wire.

use serde_json::Value;

/// A body with its header.
pub(crate) fn frame(body: &[u8]) -> Vec<u8> {
    let mut bytes = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

/// A message with its header.
pub(crate) fn message(message: &Value) -> Vec<u8> {
    frame(message.to_string().as_bytes())
}

/// Takes the first whole message out of what came; none if it is not all there. Panics at what is no
/// message: a server writes nothing else.
pub(crate) fn take(buffer: &mut Vec<u8>) -> Option<Value> {
    let end = buffer.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let header = std::str::from_utf8(&buffer[..end]).unwrap();
    let length = header
        .lines()
        .find_map(|line| line.strip_prefix("Content-Length: "))
        .unwrap();
    let whole = end + length.parse::<usize>().unwrap();
    if buffer.len() < whole {
        return None;
    }
    let message = serde_json::from_slice(&buffer[end..whole]).unwrap();
    buffer.drain(..whole);
    Some(message)
}
