//! What the words of a column mean, by their bytes: each was asked of the reader of cells once.

use crate::mapping::Encoding;

/// Words as they stand in a file, each with its value.
#[derive(Clone, Debug)]
pub(crate) struct Words<T> {
    /// By length and bytes.
    known: Vec<(usize, Box<[u8]>, T)>,
}

impl<T: Copy> Words<T> {
    /// The words that `read` knows the meaning of, in the bytes of the encoding.
    pub(crate) fn new<'w>(
        words: impl IntoIterator<Item = &'w str>,
        encoding: Encoding,
        mut read: impl FnMut(&str) -> Option<T>,
    ) -> Self {
        let mut known = Vec::new();
        for word in words {
            if let (Some(bytes), Some(value)) = (bytes(word, encoding), read(word)) {
                known.push((bytes.len(), bytes, value));
            }
        }
        known.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
        Self { known }
    }

    /// The value of a cell that holds one of the words and nothing else.
    #[inline]
    pub(crate) fn get(&self, cell: &[u8]) -> Option<T> {
        let length = cell.len();
        if self.known.len() > 16 {
            let found = self
                .known
                .binary_search_by(|(at, word, _)| (*at, word.as_ref()).cmp(&(length, cell)));
            return found
                .ok()
                .and_then(|at| self.known.get(at))
                .map(|known| known.2);
        }
        let mut known = self.known.iter();
        known
            .find(|(at, word, _)| {
                *at == length && word.last() == cell.last() && word.as_ref() == cell
            })
            .map(|known| known.2)
    }
}

/// A word as bytes of a file, unless a file would be refused for them.
fn bytes(word: &str, encoding: Encoding) -> Option<Box<[u8]>> {
    match encoding {
        Encoding::Utf8 => Some(word.as_bytes().into()),
        Encoding::Windows1252 if word.is_ascii() => Some(word.as_bytes().into()),
        Encoding::Windows1252 => {
            let (bytes, _, lossy) = encoding_rs::WINDOWS_1252.encode(word);
            let letters = bytes.iter().all(|byte| byte.is_ascii() || *byte >= 0xa0);
            (!lossy && letters).then(|| bytes.into())
        }
    }
}
