//! Names from outside that would move a cursor, turn text around or forge a line of a log: escaped in all that
//! is said.

use crate::process;
use crate::world::{World, tables};
use std::fs;

/// Escape sequences of both widths, a bell, returns, line ends of four kinds, and text turned around.
const NAME: &str = "x\u{1b}[31m\u{9b}2J\u{7}\rR\nFALSK\u{85}FALSK\u{2028}FALSK\u{2029}FALSK\u{b}\u{202e}\u{2066}\u{61c}\u{200f}y";

/// What does that.
fn is_hostile(c: char) -> bool {
    let turns = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() || turns || matches!(c, '\u{2028}' | '\u{2029}')
}

/// What is wrong with what was said.
fn wrong(said: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(said).replace("\r\n", "\n");
    let lines = text
        .split('\n')
        .filter(|line| line.chars().any(is_hostile) || line.trim_start().starts_with("FALSK"));
    lines.map(|line| line.escape_debug().to_string()).collect()
}

/// A text in quotes, as TOML has it.
fn toml(text: &str) -> String {
    let escaped = text.chars().map(|c| match c {
        c if is_hostile(c) => format!("\\u{:04x}", u32::from(c)),
        c => c.to_string(),
    });
    format!("\"{}\"", escaped.collect::<String>())
}

/// The hostile name in quotes, as CSV has it.
fn csv() -> String {
    format!("\"{NAME}\"")
}

/// The tables with hostile headings, codes, keys and teams.
fn world() -> World {
    let mut tables = tables(12);
    for (table, from, to) in [
        ("person", "kontonummer".to_owned(), csv()),
        ("fravær", "barsel".to_owned(), csv()),
        ("visitation", "jobparat".to_owned(), "\u{1b}[2J".to_owned()),
    ] {
        let rows = tables.get_mut(table).expect("a table");
        *rows = rows.replace(&from, &to);
    }
    for rows in tables.values_mut() {
        *rows = rows.replace(&hjemmel_tests::tokens::key(2), &csv());
    }
    let team = |person| {
        format!(
            "{};2017-01-01;;{}\n",
            hjemmel_tests::tokens::key(person),
            csv()
        )
    };
    let teams: String = (3..12).map(team).collect();
    tables.insert("ansvarlig", format!("sag;fra;til;team\n{teams}"));
    let world = World::of(&tables);
    for folder in ["regler", "udtræk"] {
        fs::rename(world.path(folder), world.path(&format!("{folder} {NAME}"))).expect("renamed");
    }
    let settings = format!(
        "udtræksdato = 2017-08-01\nblank_slutdato = \"fortsat\"\n[arbejdsliste]\nkolonner = [\"ansvarlig.team\"]\n\
         [tabel.helbred]\nfil = {}\n",
        toml(&format!("{NAME}.csv"))
    );
    let extract = |name: &str| format!("udtræk {NAME}/{name}");
    world.write(&extract("udtræk.toml"), settings);
    fs::rename(
        world.path(&extract("helbred.csv")),
        world.path(&extract(&format!("{NAME}.csv"))),
    )
    .expect("renamed");
    world.write(
        &extract("initiativer.csv"),
        format!(
            "navn;målgruppe;årsag;deltager;måling;start;ansvarlig;status;bemærkning\n\
             {name};målgruppe;;tilbud;andel_uden;2017-06-01;{name};igang;{name}\n",
            name = csv()
        ),
    );
    world.write("sag.txt", "findes ikke\n");
    world.write("notat.toml", format!("titel = {0}\nafsender = {0}\nmodtager = {0}\ndato = 2017-09-13\nmålinger = [\"andel_uden\"]\n", toml(NAME)));
    world
}

/// Words in which `{n}` is a hostile name, `{r}` the rules and `{d}` the extract.
const LINES: [&[&str]; 51] = [
    &["check", "{r}"],
    &["check", "{r}", "--format", "json"],
    &["check", "{r}", "--format", "github"],
    &["check", "{r}", "--format", "sarif"],
    &["check", "forkert"],
    &["check", "forkert", "--format", "json"],
    &["check", "forkert", "--format", "sarif"],
    &["check", "forkert", "--format", "github"],
    &["check", "{n}"],
    &["check", "--page", "{n}"],
    &["test", "{r}"],
    &["test", "forkert"],
    &["coverage", "{r}"],
    &["coverage", "{r}", "--format", "json"],
    &["coverage", "{r}", "--out", "ud/dækning.html"],
    &["fmt", "--check", "{r}"],
    &["fmt", "--check", "forkert"],
    &["extract", "check", "{d}", "{r}"],
    &["extract", "check", "{d}", "{r}", "--json"],
    &["extract", "draft", "{d}", "{r}", "--print"],
    &["run", "{r}", "--data", "{d}", "--as-of", "2017-07-31"],
    &["run", "{r}", "--data", "{d}", "--as-of", "{n}"],
    &[
        "run",
        "{r}",
        "--data",
        "{d}",
        "--as-of",
        "2017-07-31",
        "--out",
        "ud/{n}.csv",
        "--manifest",
        "ud/m.json",
    ],
    &[
        "run",
        "{r}",
        "--data",
        "{d}",
        "--as-of",
        "2017-07-31",
        "--out",
        "ud/{n}.csv",
    ],
    &["verify", "ud/m.json"],
    &["verify", "ud/ændret.json"],
    &["run", "{r}", "--data", "{n}", "--as-of", "2017-07-31"],
    &["count", "{r}", "--data", "{d}", "--as-of", "2017-07-31"],
    &[
        "count",
        "{r}",
        "--data",
        "{d}",
        "--as-of",
        "2017-07-31",
        "--format",
        "csv",
    ],
    &[
        "series",
        "{r}",
        "--data",
        "{d}",
        "--from",
        "2017-05-01",
        "--to",
        "2017-07-31",
        "--measure",
        "{n}",
    ],
    &[
        "series",
        "{r}",
        "--data",
        "{d}",
        "--from",
        "2017-05-01",
        "--to",
        "2017-07-31",
        "--format",
        "json",
    ],
    &[
        "reconcile",
        "{d}",
        "register",
        "--rules",
        "{r}",
        "--measure",
        "andel_uden",
        "--as-of",
        "2017-07-31",
    ],
    &[
        "reconcile",
        "{d}",
        "{n}",
        "--rules",
        "{r}",
        "--measure",
        "{n}",
        "--as-of",
        "2017-07-31",
    ],
    &[
        "compare",
        "{r}",
        "nyere",
        "--data",
        "{d}",
        "--as-of",
        "2017-07-31",
    ],
    &[
        "compare",
        "{r}",
        "nyere",
        "--data",
        "{d}",
        "--as-of",
        "2017-07-31",
        "--format",
        "json",
    ],
    &[
        "compare",
        "{r}",
        "nyere",
        "--data",
        "{d}",
        "--as-of",
        "2017-07-31",
        "--format",
        "github",
    ],
    &[
        "compare",
        "{n}",
        "nyere",
        "--data",
        "{d}",
        "--as-of",
        "2017-07-31",
    ],
    &["worklist", "{r}", "--data", "{d}", "--as-of", "2017-07-31"],
    &[
        "worklist",
        "{r}",
        "--data",
        "{d}",
        "--as-of",
        "2017-07-31",
        "--rule",
        "{n}",
    ],
    &[
        "worklist",
        "{r}",
        "--data",
        "{d}",
        "--as-of",
        "2017-07-31",
        "--cause",
        "{n}",
        "--since",
        "{n}",
    ],
    &[
        "forecast",
        "{r}",
        "--data",
        "{d}",
        "--as-of",
        "2017-07-31",
        "--until",
        "2017-10-31",
        "--measure",
        "{n}",
    ],
    &[
        "forecast",
        "{r}",
        "--data",
        "{d}",
        "--as-of",
        "2017-07-31",
        "--by",
        "2017-10-31",
        "--target",
        "{n}",
        "--start",
        "{n}",
    ],
    &[
        "initiatives",
        "{r}",
        "--data",
        "{d}",
        "--list",
        "{d}/initiativer.csv",
        "--as-of",
        "2017-07-31",
    ],
    &[
        "suspects",
        "{r}",
        "--data",
        "{d}",
        "--as-of",
        "2017-07-31",
        "--state",
        "{n}={n}",
    ],
    &[
        "suspects",
        "{r}",
        "--data",
        "{d}",
        "--as-of",
        "2017-07-31",
        "--state",
        "opfølgning=uden_tilbud",
    ],
    &[
        "report",
        "{r}",
        "--data",
        "{d}",
        "--as-of",
        "2017-07-31",
        "--memo",
        "notat.toml",
        "--out",
        "ud/notat.html",
    ],
    &[
        "report",
        "{r}",
        "--data",
        "{d}",
        "--as-of",
        "2017-07-31",
        "--memo",
        "notat.toml",
        "--trace",
        "{n}",
    ],
    &[
        "explain",
        "{r}",
        "--data",
        "{d}",
        "--case",
        "{n}",
        "--as-of",
        "2017-07-31",
    ],
    &[
        "explain",
        "{r}",
        "--data",
        "{d}",
        "--case",
        "{n}",
        "--as-of",
        "2017-07-31",
        "--with",
        "{n}",
        "--without",
        "{n}",
    ],
    &[
        "audit",
        "sample",
        "{r}",
        "--data",
        "{d}",
        "--as-of",
        "2017-07-31",
        "--rule",
        "{n}",
        "--size",
        "9",
        "--seed",
        "1",
        "--out",
        "ud/s.csv",
    ],
    &[
        "sign",
        "rules",
        "{r}",
        "--key",
        "{n}",
        "--as",
        "{n}",
        "--day",
        "{n}",
        "--signatures",
        "ud/{n}",
    ],
];

#[test]
fn no_name_from_outside_moves_the_cursor_or_forges_a_line() {
    let world = world();
    fs::create_dir(world.path("forkert")).expect("made");
    let rules = format!(
        "begreb {NAME} \"{NAME}\"\n  når findes_ikke\n\nbegreb a \"{}\"\n  hjemmel kilde \"b\"\n  når b\n",
        NAME.replace('\n', "")
    );
    world.write(&format!("forkert/{NAME}.regel"), rules);
    let (rules, extract) = (format!("regler {NAME}"), format!("udtræk {NAME}"));
    let mut found = Vec::new();
    for line in LINES {
        let mut command = process::program(&world);
        let fill = |word: &&str| {
            word.replace("{n}", NAME)
                .replace("{r}", &rules)
                .replace("{d}", &extract)
        };
        let output = command.args(line.iter().map(fill)).output().expect("runs");
        assert!(
            matches!(output.status.code(), Some(0..=5)),
            "{line:?}: {output:?}"
        );
        for said in [output.stdout, output.stderr] {
            found.extend(
                wrong(&said)
                    .into_iter()
                    .map(|text| format!("{line:?}:\n    {text}")),
            );
        }
        if let Ok(text) = fs::read_to_string(world.path("ud/m.json")) {
            world.write(
                "ud/ændret.json",
                text.replace("Max", "Min").replace("2017", "2016"),
            );
        }
    }
    for (name, page) in world
        .picture("ud")
        .into_iter()
        .filter(|(name, _)| name.ends_with(".html"))
    {
        found.extend(
            wrong(&page)
                .into_iter()
                .map(|text| format!("{name}:\n    {text}")),
        );
    }
    println!("FIGURE;F5;command lines with hostile names;{}", LINES.len());
    println!(
        "FIGURE;F5;lines with a sign that does harm, or forged;{}",
        found.len()
    );
    assert!(found.is_empty(), "{}", found.join("\n"));
    // Harm is seen.
    assert_eq!(
        wrong("a\u{1b}b\nc\n FALSK\n\u{202e}\r\nd\re".as_bytes()).len(),
        4
    );
}
