//! `hjemmel explain` of one person, whatever stands about another: not a byte of difference but the hash of the
//! extract. In numbers beyond this, in process: `tests/laws/others.rs`.

use crate::process;
use crate::world::{World, tables};
use hjemmel_tests::tokens::key;

/// What stands about the other person, in the same number of rows.
const OTHERS: [(&str, &str, &str); 8] = [
    ("visitation", "aktivitetsparat", "jobparat"),
    ("ydelse", "2016-0", "2017-0"),
    ("ydelse", "kontanthjælp", "uddannelseshjælp"),
    ("fravær", "barsel", "sygdom"),
    ("indsats", "2017-08-31", "2017-06-30"),
    ("indsats", "1,5", "37"),
    ("helbred", "kan ikke sove", "har sovet godt"),
    ("bopæl", "2010-01-01", "2015-03-09"),
];

#[test]
fn what_is_explained_of_one_person_says_nothing_of_another() {
    let asked = "explain regler --data udtræk --case-file sag.txt --as-of 2017-07-31 --full";
    let told = |world: &World| {
        let output = process::run(world, asked, None);
        assert!(output.status.success());
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let hashes = text.split(|c: char| !c.is_ascii_alphanumeric());
        let hashes: Vec<String> = hashes
            .filter(|word| 12 <= word.len() && word.bytes().all(|byte| byte.is_ascii_hexdigit()))
            .filter(|word| *word != key(1))
            .map(str::to_owned)
            .collect();
        let text = hashes
            .iter()
            .fold(text, |text, hash| text.replace(hash, "<hash>"));
        // What is wrong in the files is told of their lines, whoever asks.
        let told = String::from_utf8_lossy(&output.stderr);
        assert!((0..9).all(|person| !told.contains(&key(person))), "{told}");
        text
    };
    let plain = tables(9);
    let expected = told(&World::of(&plain));
    assert!(expected.contains(&key(1)));
    let mut tried = 0;
    for person in [0, 2, 6, 7] {
        for (table, from, to) in OTHERS {
            let mut changed = plain.clone();
            let rows = changed.get_mut(table).expect("a table");
            let of_person = |row: &str| row.starts_with(&key(person));
            let other = rows.split_inclusive('\n').map(|row| match of_person(row) {
                true => row.replace(from, to),
                false => row.to_owned(),
            });
            let other: String = other.collect();
            tried += usize::from(other != *rows);
            *rows = other;
            assert_eq!(told(&World::of(&changed)), expected, "{table} of {person}");
        }
    }
    assert!(16 < tried, "{tried}");
    println!("FIGURE;F7;explanations by the program beside another's changed rows;{tried}");
}
