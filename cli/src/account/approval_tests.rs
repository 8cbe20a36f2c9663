//! Twelve rule sets with signatures, of which one is approved.

use super::*;
use ed25519_dalek::{Signer as _, SigningKey};
use std::fmt::Write as _;

const HASH: &str = "5f2b";

fn secret(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

/// `jurist` and `leder`, each with a key; `leder` has two, of which one is out of time; `afløser` has the key of
/// `jurist`; the key of `tidligere` was withdrawn.
fn list() -> Vec<Approver> {
    let entry = |name: &str, seed: u8, rest: &str| {
        let key = small_files::hex(secret(seed).verifying_key().as_bytes());
        format!(
            "[[godkender]]\nnavn = \"{name}\"\noffentlig = \"{key}\"\nfra = \"2026-01-01\"\n{rest}\n"
        )
    };
    let text = entry("jurist", 1, "")
        + &entry("leder", 2, "")
        + &entry("leder", 3, "")
        + &entry("afløser", 1, "")
        + &entry("vikar", 4, "til = \"2026-02-01\"")
        + &entry("tidligere", 5, "tilbagekaldt = \"2026-12-01\"");
    approvers_of(&text).expect("a list")
}

fn signed(name: &str, seed: u8, day: &str, hash: &str) -> Signed {
    let date = input::day("dag", day).expect("a day");
    let signature = secret(seed).sign(&message(hash, name, date, None));
    Signed {
        virkning: None,
        godkender: name.to_owned(),
        dag: day.to_owned(),
        regler: hash.to_owned(),
        underskrift: small_files::hex(&signature.to_bytes()),
    }
}

fn flipped(mut signed: Signed) -> Signed {
    let last = signed.underskrift.pop();
    signed
        .underskrift
        .push(if last == Some('0') { '1' } else { '0' });
    signed
}

#[test]
fn of_twelve_rule_sets_one_is_approved() {
    let day = "2026-06-01";
    let jurist = || signed("jurist", 1, day, HASH);
    let leder = || signed("leder", 2, day, HASH);
    let renamed = Signed {
        godkender: "leder".to_owned(),
        ..jurist()
    };
    let redated = Signed {
        dag: "2026-06-02".to_owned(),
        ..leder()
    };
    let rehashed = Signed {
        regler: HASH.to_owned(),
        ..signed("leder", 2, day, "5f2c")
    };
    let cases: [(&str, Vec<Signed>); 12] = [
        ("nobody", vec![]),
        ("one", vec![jurist()]),
        ("one twice", vec![jurist(), jurist()]),
        ("two", vec![jurist(), leder()]),
        (
            "one key under two names",
            vec![jurist(), signed("afløser", 1, day, HASH)],
        ),
        (
            "two keys of one approver",
            vec![leder(), signed("leder", 3, day, HASH)],
        ),
        (
            "one out of time",
            vec![jurist(), signed("vikar", 4, day, HASH)],
        ),
        (
            "one withdrawn",
            vec![jurist(), signed("tidligere", 5, day, HASH)],
        ),
        (
            "one of other rules",
            vec![jurist(), signed("leder", 2, day, "5f2c"), rehashed],
        ),
        ("one byte changed", vec![jurist(), flipped(leder())]),
        (
            "one who is not in the list",
            vec![jurist(), signed("hvem", 9, day, HASH)],
        ),
        (
            "another name or day than was signed",
            vec![jurist(), renamed, redated],
        ),
    ];
    let list = list();
    let mut picture = String::new();
    let mut approved = 0;
    for (name, underskrift) in cases {
        let verdict = judge(HASH, &list, &SignatureFile { underskrift });
        let yes = if verdict.is_enough() {
            "approved"
        } else {
            "refused"
        };
        approved += u32::from(verdict.is_enough());
        let _ = writeln!(
            picture,
            "{name}: {yes}, {:?}, {:?}",
            verdict.approved, verdict.refused
        );
    }
    println!(
        "FIGURE;H4;rule sets with other signatures tried;{}",
        picture.lines().count()
    );
    println!("FIGURE;H4;rule sets approved of them;{approved}");
    assert_eq!(approved, 1);
    insta::assert_snapshot!(picture);
}

#[test]
fn a_signature_counts_on_the_first_and_the_last_day_of_its_key_and_no_other() {
    let list = list();
    let counts = |name: &str, seed, day: &str| {
        let underskrift = vec![signed(name, seed, day, HASH)];
        !judge(HASH, &list, &SignatureFile { underskrift })
            .approved
            .is_empty()
    };
    let days = ["2025-12-31", "2026-01-01", "2026-02-01", "2026-02-02"];
    let found: Vec<bool> = days.iter().map(|day| counts("vikar", 4, day)).collect();
    assert_eq!(found, [false, true, true, false]);
}

#[test]
fn every_other_bit_of_a_signature_is_refused() {
    let list = list();
    let good = signed("jurist", 1, "2026-06-01", HASH);
    for at in 0..good.underskrift.len() {
        for bit in 0..4 {
            let mut digits: Vec<u32> = good
                .underskrift
                .chars()
                .filter_map(|c| c.to_digit(16))
                .collect();
            digits[at] ^= 1 << bit;
            let underskrift = digits
                .iter()
                .filter_map(|digit| char::from_digit(*digit, 16))
                .collect();
            let bad = Signed {
                underskrift,
                ..good.clone()
            };
            let verdict = judge(
                HASH,
                &list,
                &SignatureFile {
                    underskrift: vec![bad],
                },
            );
            assert!(verdict.approved.is_empty(), "digit {at}, bit {bit}");
        }
    }
}
