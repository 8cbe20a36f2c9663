//! Stands between the client and the library's reader, which ends for good at one bad frame.
//!
//! Every frame that reaches the reader is one plain header and a body that it can decode. A body
//! that cannot be decoded is replaced by a request that the server answers with the error the
//! client should see; a frame that is too large is passed over. The guard reads on while the
//! server is busy, up to a bound, so that the client is not held up in writing.

use crate::addresses::standard;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot};
use tower_lsp::jsonrpc::{Request, Response};

/// The method that stands for a frame that cannot be read; its parameter is the error's code.
pub(crate) const UNREADABLE: &str = "hjemmel/unreadable";

/// The largest body.
const MAX_BODY: usize = 16 << 20;
/// The longest line of a header.
const MAX_HEADER_LINE: usize = 8 << 10;
/// The longest header.
const MAX_HEADER: usize = 64 << 10;
/// How many bytes may wait for the server before the guard stops reading.
const MAX_WAITING: usize = 64 << 20;

/// The body is no JSON.
const PARSE_ERROR: i64 = -32700;
/// The body is JSON, but no message; or it is too large.
const INVALID_REQUEST: i64 = -32600;

type Frame = (Vec<u8>, Option<OwnedSemaphorePermit>);

/// How the client ends.
pub(crate) struct End {
    /// A signal when the client has gone or has said `exit`.
    pub(crate) gone: oneshot::Receiver<()>,
    /// It has asked for the end with `shutdown`. Known here and not from the handler, which may
    /// never run if `exit` follows at once.
    pub(crate) orderly: Arc<AtomicBool>,
}

/// The guarded input, and how it ends.
pub(crate) fn guard(input: impl AsyncRead + Unpin + Send + 'static) -> (DuplexStream, End) {
    let (mut out, guarded) = duplex(1 << 16);
    let (frames, mut waiting) = mpsc::unbounded_channel::<Frame>();
    let (leave, gone) = oneshot::channel();
    let orderly = Arc::new(AtomicBool::new(false));
    let end = End {
        gone,
        orderly: orderly.clone(),
    };
    tokio::spawn(async move {
        while let Some((frame, permit)) = waiting.recv().await {
            if out.write_all(&frame).await.is_err() {
                return;
            }
            drop(permit);
        }
    });
    tokio::spawn(async move {
        let reader = Reader {
            input,
            buffer: Vec::new(),
        };
        forward(reader, &frames, &orderly).await;
        // The receiver is gone when the server has ended by itself.
        let _ = leave.send(());
    });
    (guarded, end)
}

/// Passes frames on until the input ends or the client says `exit`.
async fn forward(
    mut reader: Reader<impl AsyncRead + Unpin>,
    frames: &mpsc::UnboundedSender<Frame>,
    orderly: &AtomicBool,
) {
    let room = Arc::new(Semaphore::new(MAX_WAITING));
    loop {
        let body = match reader.body().await {
            Body::Whole(body) => standard(decodable(body)),
            Body::Refused(code) => refusal(code),
            Body::End => return,
        };
        let (shuts_down, exits) = (says(&body, "shutdown"), says(&body, "exit"));
        if shuts_down {
            orderly.store(true, Ordering::SeqCst);
        }
        let mut frame = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
        frame.extend_from_slice(&body);
        let size = u32::try_from(frame.len().min(MAX_WAITING)).unwrap_or(u32::MAX);
        let permit = room.clone().acquire_many_owned(size).await.ok();
        if frames.send((frame, permit)).is_err() || exits {
            return;
        }
    }
}

/// What was read.
enum Body {
    /// A body, as it came.
    Whole(Vec<u8>),
    /// A frame without a body that could be read; the code of the answer.
    Refused(i64),
    /// The input is over, or nothing tells where the next frame begins.
    End,
}

struct Reader<I> {
    input: I,
    buffer: Vec<u8>,
}

impl<I: AsyncRead + Unpin> Reader<I> {
    async fn body(&mut self) -> Body {
        let Some(header) = self.header().await else {
            return Body::End;
        };
        match content_length(&header) {
            // Without a length the next header is the next thing that can be understood.
            None => Body::Refused(PARSE_ERROR),
            Some(length) if MAX_BODY < length => {
                if self.skip(length).await {
                    Body::Refused(INVALID_REQUEST)
                } else {
                    Body::End
                }
            }
            Some(length) => match self.take(length).await {
                Some(body) => Body::Whole(body),
                None => Body::End,
            },
        }
    }

    /// The next header, up to its empty line.
    async fn header(&mut self) -> Option<Vec<u8>> {
        let mut searched: usize = 0;
        loop {
            let from = searched.saturating_sub(3);
            let rest = self.buffer.get(from..).unwrap_or(&[]);
            if let Some(at) = rest.windows(4).position(|four| four == b"\r\n\r\n") {
                let end = from + at + 4;
                if MAX_HEADER < end || has_long_line(self.buffer.get(..end)?) {
                    return None;
                }
                return Some(self.buffer.drain(..end).collect());
            }
            searched = self.buffer.len();
            if MAX_HEADER < searched || has_long_line(&self.buffer) || !self.fill().await {
                return None;
            }
        }
    }

    /// The next `length` bytes.
    async fn take(&mut self, length: usize) -> Option<Vec<u8>> {
        while self.buffer.len() < length {
            if !self.fill().await {
                return None;
            }
        }
        Some(self.buffer.drain(..length).collect())
    }

    /// Passes over `length` bytes without keeping them.
    async fn skip(&mut self, mut length: usize) -> bool {
        loop {
            let here = length.min(self.buffer.len());
            self.buffer.drain(..here);
            length -= here;
            if length == 0 {
                return true;
            }
            if !self.fill().await {
                return false;
            }
        }
    }

    async fn fill(&mut self) -> bool {
        self.buffer.reserve(1 << 16);
        matches!(self.input.read_buf(&mut self.buffer).await, Ok(read) if 0 < read)
    }
}

fn has_long_line(header: &[u8]) -> bool {
    let mut lines = header.split(|byte| *byte == b'\n');
    lines.any(|line| MAX_HEADER_LINE < line.len())
}

/// The length that a header tells, whatever its capitals and whatever else it says.
fn content_length(header: &[u8]) -> Option<usize> {
    let header = String::from_utf8_lossy(header);
    let mut fields = header.lines().filter_map(|line| line.split_once(':'));
    let (_, value) = fields.find(|(name, _)| name.trim().eq_ignore_ascii_case("content-length"))?;
    value.trim().parse().ok()
}

/// The body, mended if that helps, or the request that stands for it.
fn decodable(body: Vec<u8>) -> Vec<u8> {
    if is_message(&body) {
        return body;
    }
    let mended = mend(&body);
    if is_message(&mended) {
        return mended;
    }
    let json: Result<serde_json::Value, _> = serde_json::from_slice(&mended);
    refusal(if json.is_ok() {
        INVALID_REQUEST
    } else {
        PARSE_ERROR
    })
}

/// Whether the library can decode a body: this is what its reader does.
fn is_message(body: &[u8]) -> bool {
    let request = serde_json::from_slice::<Request>(body);
    if request.is_ok_and(|request| !request.method().is_empty()) {
        return true;
    }
    serde_json::from_slice::<Response>(body).is_ok()
}

fn refusal(code: i64) -> Vec<u8> {
    format!(r#"{{"jsonrpc":"2.0","id":null,"method":"{UNREADABLE}","params":[{code}]}}"#)
        .into_bytes()
}

/// Whether a message is of a method without parameters.
fn says(body: &[u8], method: &str) -> bool {
    // Most messages are long, these are short.
    body.len() < 200
        && serde_json::from_slice::<Request>(body).is_ok_and(|request| request.method() == method)
}

/// Invalid UTF-8 and halves of surrogate pairs (an editor that cut an emoji in two) become U+FFFD.
/// Half a pair is one unit of UTF-16, and so is U+FFFD: positions stay right.
fn mend(body: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(body);
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_ref();
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(before);
        let (first, second) = (unit(escape), escape.get(6..).and_then(unit));
        let kept = match (first, second) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => 12,
            (Some(0xD800..=0xDFFF), _) => {
                out.push('\u{FFFD}');
                rest = escape.get(6..).unwrap_or("");
                continue;
            }
            (Some(_), _) => 6,
            // Any other escape is a backslash and one character.
            (None, _) => 1 + escape.chars().nth(1).map_or(0, char::len_utf8),
        };
        out.push_str(escape.get(..kept).unwrap_or(escape));
        rest = escape.get(kept..).unwrap_or("");
    }
    out.push_str(rest);
    out.into_bytes()
}

/// The unit of UTF-16 that an escape `\uXXXX` at the start of `text` stands for.
fn unit(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    u16::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::{content_length, decodable, guard, mend};
    use tokio::io::AsyncReadExt;

    const HELLO: &str = r#"{"jsonrpc":"2.0","method":"hello"}"#;

    fn frame(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    fn refused(code: i64) -> String {
        frame(&format!(
            r#"{{"jsonrpc":"2.0","id":null,"method":"hjemmel/unreadable","params":[{code}]}}"#
        ))
    }

    #[track_caller]
    fn check(input: impl AsRef<[u8]>, expected: &str) {
        let input = std::io::Cursor::new(input.as_ref().to_vec());
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        let out = runtime.block_on(async {
            let (mut guarded, end) = guard(input);
            let mut out = String::new();
            guarded.read_to_string(&mut out).await.unwrap();
            end.gone.await.unwrap();
            out
        });
        assert_eq!(out, expected);
    }

    #[test]
    fn a_frame_passes_with_a_plain_header() {
        check(
            format!(
                "content-LENGTH: {}\r\nX-Other: a\r\nContent-Type: b; charset=latin1\r\n\r\n{HELLO}",
                HELLO.len()
            ),
            &frame(HELLO),
        );
    }

    #[test]
    fn a_body_that_cannot_be_read_is_replaced_and_the_next_passes() {
        let input = [
            frame("{\"jsonrpc\":"),
            frame("[]"),
            frame("7"),
            frame(""),
            frame(HELLO),
        ]
        .concat();
        let expected = [
            refused(-32700),
            refused(-32600),
            refused(-32600),
            refused(-32700),
            frame(HELLO),
        ];
        check(input, &expected.concat());
    }

    #[test]
    fn a_header_without_a_length_is_passed_over() {
        check(
            format!("Nonsense: 3\r\n\r\n{}", frame(HELLO)),
            &[refused(-32700), frame(HELLO)].concat(),
        );
    }

    #[test]
    fn a_body_over_the_limit_is_passed_over() {
        let mut input = format!("Content-Length: {}\r\n\r\n", (16 << 20) + 1).into_bytes();
        input.extend(std::iter::repeat_n(b'x', (16 << 20) + 1));
        input.extend(frame(HELLO).into_bytes());
        check(input, &[refused(-32600), frame(HELLO)].concat());
    }

    #[test]
    fn a_header_over_the_limits_ends_the_input() {
        check(
            format!("A: {}\r\n\r\n{}", "x".repeat(9 << 10), frame(HELLO)),
            "",
        );
        check(
            format!("{}\r\n{}", "A: b\r\n".repeat(12 << 10), frame(HELLO)),
            "",
        );
    }

    #[test]
    fn nothing_is_read_after_exit() {
        let exit = frame(r#"{"jsonrpc":"2.0","method":"exit"}"#);
        check(format!("{exit}{}", frame(HELLO)), &exit);
    }

    #[test]
    fn half_an_emoji_is_mended() {
        let mended = |body: &str| String::from_utf8(mend(body.as_bytes())).unwrap();
        assert_eq!(
            mended(r#""\ud83d\ude00 \ud83d""#),
            "\"\\ud83d\\ude00 \u{FFFD}\""
        );
        assert_eq!(
            mended(r#""\\ud83d \u00e6 \" ø""#),
            r#""\\ud83d \u00e6 \" ø""#
        );
        let body = r#"{"jsonrpc":"2.0","method":"a","params":["\ude00"]}"#;
        let out = String::from_utf8(decodable(body.as_bytes().to_vec())).unwrap();
        assert_eq!(
            out,
            "{\"jsonrpc\":\"2.0\",\"method\":\"a\",\"params\":[\"\u{FFFD}\"]}"
        );
        let cut = b"{\"jsonrpc\":\"2.0\",\"method\":\"a\",\"params\":[\"\xF0\x9F\"]}".to_vec();
        assert!(
            String::from_utf8(decodable(cut))
                .unwrap()
                .contains('\u{FFFD}')
        );
    }

    #[test]
    fn lengths_are_numbers() {
        assert_eq!(content_length(b"Content-Length: 12\r\n\r\n"), Some(12));
        assert_eq!(content_length(b"Content-Length: -1\r\n\r\n"), None);
        assert_eq!(
            content_length(b"Content-Length: 99999999999999999999999\r\n\r\n"),
            None
        );
    }
}
