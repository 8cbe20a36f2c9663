//! How well likely registration errors are found in the Helsingør extract.
//!
//! The truth is taken from the extract itself and not from its generator: a person on the list was
//! wrongly registered if the answer on the same day is another once the corrections are known.

#![cfg(test)]

use hjemmel_engine::case::Case;
use hjemmel_engine::model::{ClassificationId, Model, Subject};
use hjemmel_engine::outcome::State;
use hjemmel_engine::suspects::{Search, Slips, Suspect};
use hjemmel_engine::time::Day;
use hjemmel_extracts::{Options, read, slips};
use hjemmel_grammar::Sources;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Adds the rule files of a folder and of those in it.
fn add(sources: &mut Sources, folder: &Path) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            add(sources, &path);
        } else if path.extension().is_some_and(|ending| ending == "regel") {
            let text = std::fs::read_to_string(&path).unwrap();
            sources.add(path.display().to_string(), text);
        }
    }
}

fn rules() -> (Model, Slips) {
    let mut sources = Sources::new();
    add(&mut sources, &root().join("rules"));
    let model = hjemmel_engine::check_rules(&sources).model;
    let text = std::fs::read_to_string(root().join("rules/mistanke.toml")).unwrap();
    let slips = slips(&text, "mistanke.toml", &model).unwrap();
    (model, slips)
}

fn day(year: i32, month: u32, day: u32) -> Day {
    Day::from_ymd(year, month, day).unwrap()
}

/// Somebody on the list: whether wrongly registered, and what is suspected, the likeliest first.
struct Person {
    wrong: bool,
    suspects: Vec<Suspect>,
}

/// Everybody on the list, the most suspicious first; equals by their keys.
fn ranked(model: &Model, slips: &Slips, cases: &[Case]) -> Vec<Person> {
    let list = model.classifications.iter();
    let position = list.clone().position(|it| it.name == "opfølgning").unwrap();
    let subject = Subject::Classification(ClassificationId(position));
    let search = |known_on| {
        Search::new(
            model,
            slips,
            cases,
            subject,
            day(2017, 7, 31),
            Some(known_on),
        )
    };
    let (drawn, corrected) = (search(day(2017, 8, 22)), search(day(2017, 9, 13)));
    let bad = State::Branch("uden_indsats".to_owned());
    let listed = cases
        .iter()
        .filter(|case| drawn.answer(case).as_ref() == Some(&bad));
    let mut persons: Vec<Person> = listed
        .map(|case| Person {
            wrong: corrected.answer(case).as_ref() != Some(&bad),
            suspects: drawn.suspects(case, &bad),
        })
        .collect();
    let points = |person: &Person| person.suspects.first().map(|it| it.points.total());
    persons.sort_by_key(|person| std::cmp::Reverse(points(person)));
    persons
}

/// What was found, in numbers. Shares are in thousandths.
#[derive(Clone, Copy)]
struct Figures {
    listed: usize,
    wrong: usize,
    /// Wrong ones among the first 28, and among the first 50.
    first: [usize; 2],
    /// Mean precision over the places of the wrong ones (the area below precision by recall).
    precision: usize,
    /// How often a wrong one stands before a right one (the area below the ROC curve).
    before: usize,
}

fn figures(persons: &[Person]) -> Figures {
    let wrong = persons.iter().filter(|it| it.wrong).count();
    let right = persons.len() - wrong;
    let (mut seen, mut precision, mut before) = (0, 0, 0);
    for (place, person) in persons.iter().enumerate() {
        if person.wrong {
            seen += 1;
            // What nothing is suspected of stands nowhere, and is found by nobody.
            if !person.suspects.is_empty() {
                precision += 1000 * seen / (place + 1);
            }
            before += right - (place + 1 - seen);
        }
    }
    let among = |count: usize| persons.iter().take(count).filter(|it| it.wrong).count();
    Figures {
        listed: persons.len(),
        wrong,
        first: [among(28), among(50)],
        precision: precision / wrong.max(1),
        before: 1000 * before / (wrong * right).max(1),
    }
}

/// How many wrong and right persons are suspected of each slip first.
fn kinds(slips: &Slips, persons: &[Person]) -> String {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for person in persons {
        let first = person.suspects.first();
        let name = first.map_or("-", |it| slips.kinds[it.slip].name.as_str());
        let (wrong, right) = counts.entry(name).or_default();
        *(if person.wrong { wrong } else { right }) += 1;
    }
    let mut text = String::from("suspected of first: wrongly registered, rightly\n");
    for (name, (wrong, right)) in counts {
        let _ = writeln!(text, "{name}: {wrong}, {right}");
    }
    text
}

/// The beginning of the ranking: place, whether wrong, points and the slip.
fn top(slips: &Slips, persons: &[Person], count: usize) -> String {
    let mut text = String::new();
    for (place, person) in persons.iter().take(count).enumerate() {
        let Some(first) = person.suspects.first() else {
            break;
        };
        let p = first.points;
        let _ = writeln!(
            text,
            "{:2} {} {:3} = {} {:+} {:+} {:+} {:+}  {}",
            place + 1,
            if person.wrong { "wrong" } else { "right" },
            p.total(),
            p.kind,
            p.size,
            p.weekday,
            p.length,
            p.delay,
            slips.kinds[first.slip].name,
        );
    }
    text
}

fn told(figures: &Figures) -> String {
    let Figures {
        listed,
        wrong,
        first: [at_28, at_50],
        precision,
        before,
    } = figures;
    format!(
        "{listed} listed, {wrong} wrong; {at_28} among the first 28, {at_50} among the first 50; \
         mean precision 0.{precision:03}, before a right one 0.{before:03}"
    )
}

fn extract_at(model: &Model, path: &Path) -> Vec<Case> {
    read(path, model, &Options::default()).unwrap().cases
}

#[test]
fn in_the_shipped_extract() {
    let (model, slips) = rules();
    let cases = extract_at(&model, &root().join("tests/helsingor/udtræk"));
    let persons = ranked(&model, &slips, &cases);
    let measured = |slips: &Slips| told(&figures(&ranked(&model, slips, &cases)));
    let mut alike = slips.clone();
    alike.kinds.iter_mut().for_each(|kind| kind.points = 6);
    let blind = Slips {
        kinds: slips.kinds.clone(),
        weekday: 0,
        length: 0,
        delay: 0,
    };
    let text = format!(
        "{}\nall kinds alike: {}\nwithout habits: {}\n\n{}\n{}",
        told(&figures(&persons)),
        measured(&alike),
        measured(&blind),
        kinds(&slips, &persons),
        top(&slips, &persons, 50)
    );
    insta::assert_snapshot!(text);
}

/// Least, mean and most of some figures, the mean in tenths.
fn spread(figures: &[Figures], of: fn(&Figures) -> usize) -> String {
    let all = || figures.iter().map(of);
    let (least, most) = (all().min().unwrap(), all().max().unwrap());
    let mean = 10 * all().sum::<usize>() / figures.len();
    format!("{least} – {most}, mean {}.{}", mean / 10, mean % 10)
}

/// `HJEMMEL_SEEDS=20 cargo test -p hjemmel-tests other_seeds -- --nocapture` measures as many
/// other extracts, and prints what stands in the README beside the extract. A usual run takes one.
#[test]
fn in_extracts_of_other_seeds() {
    let seeds = std::env::var("HJEMMEL_SEEDS").ok();
    let seeds: u64 = seeds.map_or(1, |text| text.parse().unwrap());
    let (model, slips) = rules();
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let mut all: Vec<Figures> = Vec::new();
    for seed in 1..=seeds {
        let path = folder.join(format!("suspects-{seed}"));
        std::fs::create_dir_all(&path).unwrap();
        for (name, text) in crate::helsingor::generate(seed, 0) {
            std::fs::write(path.join(name), text).unwrap();
        }
        let persons = ranked(&model, &slips, &extract_at(&model, &path));
        std::fs::remove_dir_all(&path).unwrap();
        let figures = figures(&persons);
        println!("seed {seed}: {}", told(&figures));
        assert_eq!((figures.listed, figures.wrong), (268, 28), "seed {seed}");
        // Chance alone would find 5 of them among 50.
        assert!(figures.first[1] >= 18, "seed {seed}: {}", told(&figures));
        all.push(figures);
    }
    println!("among the first 28: {}", spread(&all, |it| it.first[0]));
    println!("among the first 50: {}", spread(&all, |it| it.first[1]));
    println!("mean precision: {}", spread(&all, |it| it.precision));
    println!("before a right one: {}", spread(&all, |it| it.before));
}
