//! Canaries: an extract in which every personal field of every person is a text of its own, and the search for
//! these texts in all that every command says and leaves behind.

use crate::commands::{ALL, Asked};
use crate::world::World;
use crate::{contents, process};
use hjemmel_tests::tokens::{Found, Kind, Search};
use std::collections::{BTreeMap, BTreeSet};

/// So many persons, of whom each has eight tokens.
const PERSONS: usize = 1450;

/// What was looked through.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) commands: usize,
    pub(crate) bytes: usize,
    pub(crate) hits: usize,
    pub(crate) wrong: Vec<String>,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.commands += other.commands;
        self.bytes += other.bytes;
        self.hits += other.hits;
        self.wrong.extend(other.wrong);
    }

    /// Looks through what may tell of some kinds, of anybody or of one person, and must tell of each of them.
    pub(crate) fn expect(
        &mut self,
        search: &Search,
        (place, bytes): (&str, &[u8]),
        told: &[Kind],
        person: Option<usize>,
    ) {
        self.bytes += bytes.len();
        let found = search.in_bytes(bytes);
        let allowed = |(kind, of): &&(Kind, usize)| {
            told.contains(kind) && person.is_none_or(|person| person == *of)
        };
        let leaked: Found = found.iter().filter(|it| !allowed(it)).copied().collect();
        if !leaked.is_empty() {
            self.hits += leaked.len();
            let some: Vec<_> = leaked.iter().take(3).collect();
            let text = excerpt(bytes);
            self.wrong.push(format!(
                "{place} tells {} tokens: {some:?}\n{text}",
                leaked.len()
            ));
        }
        let kinds: BTreeSet<Kind> = found.iter().map(|(kind, _)| *kind).collect();
        let missing: Vec<&Kind> = told.iter().filter(|kind| !kinds.contains(kind)).collect();
        if !missing.is_empty() {
            self.wrong.push(format!(
                "{place} does not tell what it is asked for: {missing:?}"
            ));
        }
    }
}

/// The lines that hold a word or a number that looks like a token.
fn excerpt(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let lines = text
        .lines()
        .filter(|line| line.to_lowercase().contains("zqv"));
    let lines: Vec<String> = lines
        .take(4)
        .map(|line| line.chars().take(300).collect())
        .collect();
    lines.join("\n")
}

/// 10,000 tokens and more, and every command; in the other language too, on a tenth of them.
#[test]
fn no_command_tells_more_of_persons_than_it_is_asked_for() {
    let search = Search::new(PERSONS);
    let both = std::thread::scope(|scope| {
        let search = &search;
        let languages = [("da", PERSONS), ("en", PERSONS / 10)];
        let languages = languages
            .map(|(language, persons)| scope.spawn(move || all(search, language, persons)));
        languages.map(|language| language.join().expect("all of them"))
    });
    let [(there, mut tally), (_, english)] = both;
    tally.add(english);
    assert!(10_000 <= there, "{there} tokens are too few");
    println!("FIGURE;F2;personal tokens in the extract;{there}");
    println!(
        "FIGURE;F2;command lines run on the tokens;{}",
        tally.commands
    );
    println!("FIGURE;F2;bytes searched, outputs unpacked;{}", tally.bytes);
    println!("FIGURE;F2;tokens outside designated outputs;{}", tally.hits);
    assert!(tally.wrong.is_empty(), "{}", tally.wrong.join("\n\n"));
}

fn tokens(search: &Search, files: &BTreeMap<String, Vec<u8>>) -> usize {
    let found = files.values().map(|bytes| search.in_bytes(bytes));
    found.fold(Found::new(), |all, more| &all | &more).len()
}

/// Every command in one language, in a world of its own: how many tokens are in it, and what was found.
fn all(search: &Search, language: &str, persons: usize) -> (usize, Tally) {
    let world = World::new(persons);
    let inputs = ["udtræk", "register", "regler", "nyere"];
    let before = inputs.map(|folder| world.picture(folder));
    world.sweep();
    let mut tally = Tally::default();
    for asked in ALL {
        one(&world, search, asked, language, &mut tally);
    }
    let after = inputs.map(|folder| world.picture(folder));
    assert_eq!(before, after, "inputs are as they were");
    (tokens(search, &before[0]), tally)
}

/// One command: what it says, writes and leaves behind.
fn one(world: &World, search: &Search, asked: &Asked, language: &str, tally: &mut Tally) {
    let before = world.picture("ud");
    let line = format!("{} --lang {language}", asked.line);
    let output = process::run(world, &line, None);
    tally.commands += 1;
    let code = output.status.code();
    if code != Some(asked.code) {
        let told = String::from_utf8_lossy(&output.stderr);
        tally
            .wrong
            .push(format!("`{line}` ended with {code:?}:\n{told}"));
    }
    // Where stdout is about a person, it is the one who was asked about.
    let person = asked.line.contains("--case-file sag.txt").then_some(1);
    tally.expect(
        search,
        (&format!("stdout of `{line}`"), &output.stdout),
        asked.shows,
        person,
    );
    tally.expect(
        search,
        (&format!("stderr of `{line}`"), &output.stderr),
        &[],
        None,
    );
    let mut held = Vec::new();
    for (name, bytes) in world.picture("ud") {
        if before.get(&name) != Some(&bytes) {
            held.extend(contents::of(&name, &bytes));
            tally.expect(
                search,
                (&format!("the name of {name}"), name.as_bytes()),
                &[],
                None,
            );
        }
    }
    tally.expect(
        search,
        (&format!("the files of `{line}`"), &held),
        asked.holds,
        None,
    );
    for folder in ["tmp", "hjem"] {
        for (name, _) in world.picture(folder) {
            tally.wrong.push(format!("`{line}` leaves {name} behind"));
        }
    }
}

/// Every command of the program is among those that are tried.
#[test]
fn no_command_is_forgotten() {
    let world = World::new(2);
    let help = process::run(&world, "--help --lang en", None);
    let help = String::from_utf8_lossy(&help.stdout).into_owned();
    let listed = help.split("Commands:").nth(1).expect("commands");
    let names = listed.lines().skip(1).take_while(|line| !line.is_empty());
    let names: Vec<&str> = names
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(20 < names.len(), "{names:?}");
    // The editor's server has a session of its own.
    for name in names
        .into_iter()
        .filter(|name| !["lsp", "help"].contains(name))
    {
        let tried = ALL
            .iter()
            .any(|asked| asked.line.split(' ').next() == Some(name));
        assert!(tried, "{name} is not tried with canaries");
    }
}

/// A print that tells of a person is seen, as is one in a file or left in a temporary folder.
#[test]
fn a_planted_print_is_found() {
    let search = Search::new(50);
    let planted = hjemmel_tests::tokens::word(Kind::Diagnosis, 7);
    let mut tally = Tally::default();
    let text = format!("advarsel: {planted}\n");
    tally.expect(&search, ("planted", text.as_bytes()), &[], None);
    tally.expect(
        &search,
        ("planted", text.as_bytes()),
        &[Kind::Diagnosis],
        Some(7),
    );
    tally.expect(
        &search,
        ("planted", text.as_bytes()),
        &[Kind::Diagnosis],
        Some(8),
    );
    tally.expect(&search, ("planted", b"intet"), &[Kind::Key], None);
    assert_eq!((tally.hits, tally.wrong.len()), (2, 3));
}
