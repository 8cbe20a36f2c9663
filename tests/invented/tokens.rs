//! Tokens: texts that occur nowhere else, one for each personal field of each person; and the search for them
//! in whatever form they may have been written.

use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// What a token stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The person's number.
    Key,
    /// The name.
    Name,
    /// The address.
    Address,
    /// What a physician wrote.
    Diagnosis,
    /// What somebody wrote in a field that is not declared sensitive.
    Journal,
    /// A column that no rule declares.
    Unread,
    /// Who works with the case, which a worklist may show.
    Team,
    /// A text where a day, a number or a code is expected.
    Misplaced,
    /// A plain hash of a person's number, which is reversed in a minute.
    Hash,
}

/// The kinds that are words.
pub const WORDS: [Kind; 7] = [
    Kind::Name,
    Kind::Address,
    Kind::Diagnosis,
    Kind::Journal,
    Kind::Unread,
    Kind::Team,
    Kind::Misplaced,
];

/// How every word begins; no word of any language or file of ours does.
const MARK: &str = "zqv";
/// The letters of the rest, a digit of 16 each.
const LETTERS: &[u8; 16] = b"bcdfghjklmnpqrst";
const LENGTH: usize = 6;

/// What was found: of which kind, and of which person.
pub type Found = BTreeSet<(Kind, usize)>;

/// `Zqvbbbbcd`: begins like a name, and is one word.
pub fn word(kind: Kind, person: usize) -> String {
    let place = WORDS.iter().position(|word| *word == kind).expect("a word");
    let mut number = place << 16 | person;
    let mut letters = Vec::new();
    for _ in 0..LENGTH {
        letters.push(char::from(LETTERS[number % 16]));
        number /= 16;
    }
    letters.reverse();
    let rest: String = letters.into_iter().collect();
    format!("Z{}{rest}", &MARK[1..])
}

/// A number like a CPR number; nobody's, as there are no such months.
pub fn key(person: usize) -> String {
    let (day, year) = (1 + person % 28, 40 + person / 28 % 50);
    let rest = 4000 + (person * 37 + person / 28) % 6000;
    format!("{day:02}{:02}{year:02}{rest:04}", 20 + person % 70)
}

/// Finds tokens.
pub struct Search {
    keys: BTreeMap<String, usize>,
    hashes: BTreeMap<String, usize>,
}

impl Search {
    /// Of so many persons.
    pub fn new(persons: usize) -> Self {
        let mut search = Self {
            keys: BTreeMap::new(),
            hashes: BTreeMap::new(),
        };
        for person in 0..persons {
            let key = key(person);
            let dashed = format!("{}-{}", &key[..6], &key[6..]);
            for text in [&key, &dashed] {
                let hash: String = Sha256::digest(text.as_bytes())
                    .iter()
                    .take(6)
                    .map(|byte| format!("{byte:02x}"))
                    .collect();
                search.hashes.insert(hash, person);
            }
            assert!(search.keys.insert(key, person).is_none(), "two alike");
        }
        search
    }

    /// The tokens in what was written, plain or in another form.
    pub fn in_bytes(&self, bytes: &[u8]) -> Found {
        let mut found = Found::new();
        let percent = percent(bytes);
        for view in [bytes, &without(bytes, &[0]), &percent] {
            self.plain(view, &mut found);
        }
        for run in runs(bytes, is_base64) {
            for skip in 0..4.min(run.len()) {
                self.plain(&base64(&run[skip..]), &mut found);
            }
        }
        for run in runs(bytes, |byte| byte.is_ascii_hexdigit()) {
            for skip in 0..2.min(run.len()) {
                self.plain(&hex(&run[skip..]), &mut found);
            }
        }
        found
    }

    fn plain(&self, bytes: &[u8], found: &mut Found) {
        let lower = bytes.to_ascii_lowercase();
        for at in memchr(&lower, MARK.as_bytes()) {
            found.extend(decoded(&lower[at + MARK.len()..]));
        }
        for run in runs(&lower, |byte| byte.is_ascii_hexdigit()) {
            for window in run.windows(12) {
                let text = std::str::from_utf8(window).expect("digits");
                found.extend(self.hashes.get(text).map(|person| (Kind::Hash, *person)));
            }
        }
        // `010170-1234`, `010170 1234`, `01.01.70-1234`
        let squeezed = without(&lower, b"-. \xc2\xa0");
        for run in runs(&squeezed, |byte| byte.is_ascii_digit()) {
            for window in run.windows(10) {
                let text = std::str::from_utf8(window).expect("digits");
                found.extend(self.keys.get(text).map(|person| (Kind::Key, *person)));
            }
        }
    }
}

fn memchr<'a>(text: &'a [u8], mark: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    let windows = text.windows(mark.len()).enumerate();
    windows.filter_map(move |(at, window)| (window == mark).then_some(at))
}

/// The kind and the person that the letters after the mark stand for.
fn decoded(rest: &[u8]) -> Option<(Kind, usize)> {
    let mut number = 0;
    for letter in rest.get(..LENGTH)? {
        let digit = LETTERS.iter().position(|known| known == letter)?;
        number = number * 16 + digit;
    }
    Some((*WORDS.get(number >> 16)?, number & 0xffff))
}

fn without(bytes: &[u8], left_out: &[u8]) -> Vec<u8> {
    let kept = bytes.iter().filter(|byte| !left_out.contains(byte));
    kept.copied().collect()
}

fn percent(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let coded = bytes.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        match coded.map(hex).filter(|decoded| !decoded.is_empty()) {
            Some(decoded) => {
                out.extend(decoded);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    out
}

/// The stretches of bytes of one sort that are long enough to hold a token.
fn runs(bytes: &[u8], of: impl Fn(u8) -> bool) -> impl Iterator<Item = &[u8]> {
    let runs = bytes.split(move |byte| !of(*byte));
    runs.filter(|run| 9 <= run.len())
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"+/-_".contains(&byte)
}

fn base64(digits: &[u8]) -> Vec<u8> {
    let digit = |byte: &u8| match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' | b'-' => 62,
        _ => 63,
    };
    let groups = digits.chunks(4).map(|group| {
        let bits = group.iter().map(digit);
        let bits = bits.fold(0_u32, |all, six| all << 6 | u32::from(six));
        let bits = bits << (6 * (4 - group.len()));
        bits.to_be_bytes()[1..].to_vec()
    });
    groups.flatten().collect()
}

fn hex(digits: &[u8]) -> Vec<u8> {
    let pairs = digits.chunks_exact(2);
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    pairs.map_while(byte).collect()
}
