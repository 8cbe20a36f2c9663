//! Runs the steps of an entry and tells what is not as it must be.

use crate::entry::{Entry, Step};
use crate::process::{self, Ended};
use crate::world::{Picture, World};

/// Keys and names of the extracts: none of them may ever be said.
const CANARIES: [&str; 5] = [
    "0101701234",
    "0202801235",
    "010170-1234",
    "Hemmelig",
    "hemmelig",
];

/// What differs from what the entry says.
pub(crate) fn faults(entry: &Entry, aloud: bool) -> Vec<String> {
    let mut faults = held_elsewhere(entry);
    if entry.step.is_empty() {
        return faults;
    }
    let world = World::of(entry);
    for step in &entry.step {
        let before = world.picture();
        let ended = process::run(&world, step);
        if aloud {
            eprintln!(
                "$ {} {}\n{}--- {}",
                entry.name(),
                step.run,
                ended.said,
                ended.code
            );
        }
        let found = [
            code(step, &ended),
            words(&world, step, &ended),
            files(step, &before, &world.picture(), ended.code),
            answers(&world, step, ended.code),
        ];
        let found: Vec<String> = found.into_iter().flatten().collect();
        if !found.is_empty() {
            faults.extend(found);
            faults.push(format!(
                "said by `{}`:\n{}",
                step.run,
                start_of(&ended.said)
            ));
        }
    }
    faults
}

fn start_of(text: &str) -> String {
    text.chars().take(2_000).collect()
}

/// The tests elsewhere must be there.
fn held_elsewhere(entry: &Entry) -> Vec<String> {
    let missing = entry.by.iter().filter(|by| {
        let (path, name) = by.split_once(": ").unwrap_or((by, ""));
        let text = std::fs::read_to_string(crate::catalogue().join("../..").join(path));
        name.is_empty() || !text.is_ok_and(|text| text.contains(&format!("fn {name}()")))
    });
    let mut faults: Vec<String> = missing.map(|by| format!("there is no test {by}")).collect();
    if entry.step.is_empty()
        && entry.by.is_empty()
        && entry.otherwise.is_none()
        && entry.open.is_none()
    {
        faults.push("nothing is run".to_owned());
    }
    faults
}

/// Post-conditions 1, 5 and 6: the exit code. Beyond memory or time the process ends by a signal.
fn code(step: &Step, ended: &Ended) -> Vec<String> {
    if step.exit.holds(ended.code) {
        return Vec::new();
    }
    vec![format!("code {}, expected {:?}", ended.code, step.exit)]
}

/// Post-conditions 2 and 7: the place, the words, no personal data, nothing that steers a terminal.
fn words(world: &World, step: &Step, ended: &Ended) -> Vec<String> {
    let wanted = step
        .place
        .iter()
        .chain(&step.says)
        .map(|text| world.filled(text));
    let unsaid = wanted.filter(|text| !ended.said.contains(text.as_str()));
    let mut faults: Vec<String> = unsaid.map(|text| format!("not said: {text}")).collect();
    let banned = step
        .never
        .iter()
        .map(String::as_str)
        .chain(CANARIES)
        .chain(["\u{1b}"]);
    let said = banned.filter(|text| ended.said.contains(text));
    faults.extend(said.map(|text| format!("said: {text:?}")));
    let failed = ended.code == 2 || ended.code == 3 || ended.code == 5;
    if failed && step.says.is_empty() && step.place.is_none() {
        faults.push("the entry does not say what must be said".to_owned());
    }
    faults
}

/// Post-conditions 3 and 4: nothing is written but what the entry says, and nothing is left.
fn files(step: &Step, before: &Picture, after: &Picture, code: i32) -> Vec<String> {
    let usual = || {
        let finished = (code == 0 || code == 1) && step.run.contains("--out ud/svar.csv");
        let names = ["ud/svar.csv", "ud/svar.csv.provenance.json"];
        names
            .into_iter()
            .filter(|_| finished)
            .map(str::to_owned)
            .collect()
    };
    let writes: Vec<String> = step.writes.clone().unwrap_or_else(usual);
    let written = step.send.iter().filter_map(|send| match send {
        crate::entry::Send::Write { write, .. } => Some(write.clone()),
        _ => None,
    });
    let writes: Vec<String> = writes.into_iter().chain(written).collect();
    let mut faults = Vec::new();
    let names: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    for name in names {
        let same = before.get(name) == after.get(name);
        if !same && !writes.contains(name) {
            faults.push(format!("changed on disk: {name}"));
        }
    }
    let missing = writes.iter().filter(|name| !after.contains_key(*name));
    faults.extend(missing.map(|name| format!("not written: {name}")));
    faults
}

fn answers(world: &World, step: &Step, code: i32) -> Vec<String> {
    if step.answers.is_empty() || code != 0 {
        return Vec::new();
    }
    let text = std::fs::read_to_string(world.work().join(&step.file)).unwrap_or_default();
    let missing = step
        .answers
        .iter()
        .filter(|answer| !text.lines().any(|line| goes(line, answer)));
    let missing: Vec<&String> = missing.collect();
    if missing.is_empty() {
        return Vec::new();
    }
    vec![format!(
        "no line of {} begins with {missing:?}:\n{text}",
        step.file
    )]
}

/// Whether a line goes as written; `…` stands for anything.
fn goes(line: &str, answer: &str) -> bool {
    let mut pieces = answer.split('…');
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = line.strip_prefix(first) else {
        return false;
    };
    pieces.all(|piece| match rest.split_once(piece) {
        Some((_, after)) => {
            rest = after;
            true
        }
        None => false,
    })
}
