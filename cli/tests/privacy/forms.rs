//! The search for tokens finds them in every form that they may have been written in.

use hjemmel_tests::tokens::{Kind, Search, WORDS, key, word};
use sha2::{Digest as _, Sha256};

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
