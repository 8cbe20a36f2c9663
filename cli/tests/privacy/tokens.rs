//! Tokens: texts that occur nowhere else, one for each personal field of each person; and the search for them
//! in whatever form they may have been written.

use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// What a token stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// The person's number.
    Key,
    Name,
    Address,
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
const WORDS: [Kind; 7] = [
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
pub(crate) type Found = BTreeSet<(Kind, usize)>;

/// `Zqvbbbbcd`: begins like a name, and is one word.
pub(crate) fn word(kind: Kind, person: usize) -> String {
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
pub(crate) fn key(person: usize) -> String {
    let (day, year) = (1 + person % 28, 40 + person / 28 % 50);
    let rest = 4000 + (person * 37 + person / 28) % 6000;
    format!("{day:02}{:02}{year:02}{rest:04}", 20 + person % 70)
}

/// Finds tokens.
pub(crate) struct Search {
    keys: BTreeMap<String, usize>,
    hashes: BTreeMap<String, usize>,
}

impl Search {
    /// Of so many persons.
    pub(crate) fn new(persons: usize) -> Self {
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
    pub(crate) fn in_bytes(&self, bytes: &[u8]) -> Found {
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

/// Nothing that is looked for is missed in any of the forms.
#[test]
fn a_token_is_found_in_every_form() {
    let persons = 2000;
    let search = Search::new(persons);
    let utf16 =
        |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_be_bytes).collect() };
    let hex = |bytes: &[u8]| -> Vec<u8> {
        bytes
            .iter()
            .flat_map(|byte| format!("{byte:02x}").into_bytes())
            .collect()
    };
    let mut tried = 0;
    for person in [0, 1, 27, 28, 700, persons - 1] {
        let words = WORDS.map(|kind| (kind, word(kind, person)));
        let key = key(person);
        let (day, rest) = key.split_at(6);
        let keys = [
            key.clone(),
            format!("{day}-{rest}"),
            format!("{day} {rest}"),
            format!("{day}\u{a0}{rest}"),
        ];
        let keys = keys.map(|key| (Kind::Key, key));
        for (kind, text) in words.into_iter().chain(keys) {
            let coded = |skip: usize| encoded(format!("{}{text}", "-".repeat(skip)).as_bytes());
            let forms = [
                text.clone().into_bytes(),
                text.to_uppercase().into_bytes(),
                format!("a{text}b").into_bytes(),
                utf16(&text),
                text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
                hex(text.as_bytes()),
                hex(text.as_bytes()).to_ascii_uppercase(),
                text.bytes()
                    .flat_map(|byte| format!("%{byte:02X}").into_bytes())
                    .collect(),
                coded(0),
                coded(1),
                coded(2),
            ];
            for form in forms {
                let shown = String::from_utf8_lossy(&form).into_owned();
                let found = search.in_bytes(&form);
                assert!(found.contains(&(kind, person)), "{text} as {shown}");
                tried += 1;
            }
        }
        let hash = hex(&Sha256::digest(key.as_bytes()));
        assert!(search.in_bytes(&hash).contains(&(Kind::Hash, person)));
    }
    assert!(
        search
            .in_bytes(b"Zqv er ikke et ord, 2017-07-31 12:00")
            .is_empty()
    );
    println!("FIGURE;F2;planted tokens found, in eleven forms;{tried}");
}

/// Base64 with the alphabet of the web.
fn encoded(bytes: &[u8]) -> Vec<u8> {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let groups = bytes.chunks(3).map(|group| {
        let mut all = [0; 4];
        all[1..=group.len()].copy_from_slice(group);
        let bits = u32::from_be_bytes(all);
        let digits = (0..=group.len()).map(move |at| DIGITS[(bits >> (18 - 6 * at)) as usize & 63]);
        digits.collect::<Vec<u8>>()
    });
    groups.flatten().collect()
}
