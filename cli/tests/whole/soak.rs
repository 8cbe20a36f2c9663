//! A user who edits the shipped rules for a long time and never stops to think: ten edits a second,
//! questions about any place, files that come and go; and at every check point the server must have
//! the same texts as the editor, and have told what a cold check of the same bytes finds.
//!
//! `HJEMMEL_SOAK_SECONDS` says how long (`tests/whole/soak` runs half an hour), `HJEMMEL_SEED` which
//! session.

use crate::cold::Cold;
use crate::desk::{Desk, about};
use crate::dice::Dice;
use crate::editor::Editor;
use crate::memory::{median, ratio, resident};
use crate::questions;
use crate::{figure, is_night, setting};
use serde_json::json;
use std::time::{Duration, Instant};

/// From one edit to the next: with the stops at check points, ten a second in all.
const PACE: Duration = Duration::from_millis(80);
/// How many edits lie between two check points.
const BURST: usize = 25;
/// Nothing is said for so long when the server is done.
const QUIET: Duration = Duration::from_millis(300);
/// How long the server may take until it has told all of the newest texts.
const CONVERGES: Duration = Duration::from_secs(120);
/// How often memory is looked at.
const SAMPLE: Duration = Duration::from_secs(10);

/// A session under way.
struct Soak {
    dice: Dice,
    desk: Desk,
    editor: Editor,
    cold: Cold,
    began: Instant,
    /// Seconds and KiB.
    samples: Vec<(u64, u64)>,
    sampled: Instant,
    points: u64,
    wrong_texts: u64,
    wrong_diagnostics: u64,
    slowest: Duration,
}

#[test]
fn a_long_session_stays_right_quick_and_small() {
    let seed = setting("HJEMMEL_SEED", 2017);
    let length = Duration::from_secs(setting("HJEMMEL_SOAK_SECONDS", 4));
    let folder = tempfile::Builder::new()
        .prefix("hjemmel-")
        .tempdir()
        .unwrap();
    let root = folder.path().canonicalize().unwrap();
    let [rules, cold] = ["regler på dansk", "kold"].map(|name| root.join(name));
    let desk = Desk::new(&rules);
    let files = desk.count();
    let mut soak = Soak {
        dice: Dice::new(seed),
        editor: Editor::start(&[&rules]),
        desk,
        cold: Cold::new(&cold),
        began: Instant::now(),
        samples: Vec::new(),
        sampled: Instant::now(),
        points: 0,
        wrong_texts: 0,
        wrong_diagnostics: 0,
        slowest: Duration::ZERO,
    };
    soak.warm_up();
    soak.check();
    let start = resident(soak.editor.process());
    soak.desk.open_many(&mut soak.dice, &mut soak.editor, 24);
    soak.began = Instant::now();
    while soak.began.elapsed() < length {
        soak.burst();
        soak.check();
    }
    let took = soak.began.elapsed();
    soak.desk.close_all(&mut soak.editor);
    soak.check();
    let closed = resident(soak.editor.process());
    soak.report(files, took, start, closed, seed);
}

impl Soak {
    /// Everything is asked of every file once: what is worked out then is kept, also when all is closed.
    /// In the share of it some files are enough, since there memory is not held to anything.
    fn warm_up(&mut self) {
        let step = if is_night() { 1 } else { 8 };
        let texts = self.desk.texts().step_by(step);
        let paths: Vec<String> = texts.map(|(path, ..)| path.to_owned()).collect();
        for path in paths {
            questions::all_about(&path, &mut self.editor);
        }
        self.editor.settle();
        // A thousand questions at once are nobody's wait.
        self.editor.counted.late.clear();
        self.editor.counted.slowest = Duration::ZERO;
    }

    fn burst(&mut self) {
        let edits = self.desk.edits + u64::try_from(BURST).unwrap();
        while self.desk.edits < edits {
            let next = Instant::now() + PACE;
            self.desk.act(&mut self.dice, &mut self.editor);
            for _ in 0..self.dice.roll(4) {
                questions::any(&mut self.dice, &self.desk, &mut self.editor);
            }
            self.editor
                .listen(next.saturating_duration_since(Instant::now()));
            self.sample();
        }
        if self.dice.chance(25) {
            self.take_edits();
        }
    }

    fn sample(&mut self) {
        if self.samples.is_empty() || SAMPLE <= self.sampled.elapsed() {
            let at = self.began.elapsed().as_secs();
            self.samples.push((at, resident(self.editor.process())));
            self.sampled = Instant::now();
        }
    }

    /// Formats a document or renames something in it, by the edits that the server works out.
    fn take_edits(&mut self) {
        let (path, text) = self.desk.asked(&mut self.dice);
        let mut params = about(&path);
        let at = crate::places::cursor(text, self.dice.roll(text.len() + 1));
        params["position"] = crate::places::told(text, at);
        params["newName"] = json!(format!("nyt_navn_{}", self.points));
        let all = match self.dice.chance(50) {
            true => {
                let edits = self.editor.request("textDocument/formatting", params);
                vec![(path, edits)]
            }
            false => {
                let edits = self.editor.request("textDocument/rename", params);
                let files = edits["changes"].as_object().into_iter().flatten();
                files
                    .map(|(uri, edits)| (crate::wire::path(uri), edits.clone()))
                    .collect()
            }
        };
        for (path, edits) in all {
            let edits = edits.as_array().map_or(&[][..], Vec::as_slice);
            if let Err(fault) = self.desk.take_edits(&mut self.editor, &path, edits) {
                self.editor.faults.push(fault);
            }
        }
    }

    /// Waits until the server has told all, and holds it against the editor's texts and a cold check.
    fn check(&mut self) {
        let began = Instant::now();
        self.editor
            .request("hjemmel/lawDate", json!({ "date": null }));
        // A check of the newest texts is done when this is answered.
        self.editor
            .request("workspace/diagnostic", json!({ "previousResultIds": [] }));
        self.editor.settle();
        self.converge();
        self.slowest = self.slowest.max(began.elapsed().saturating_sub(QUIET));
        self.compare_texts();
        let found = self
            .cold
            .differs(&self.desk.root, self.desk.texts(), &self.editor.told);
        if let Some(fault) = found {
            self.wrong_diagnostics += 1;
            self.fault(fault);
        }
        self.points += 1;
    }

    fn converge(&mut self) {
        let until = Instant::now() + CONVERGES;
        while !self.is_told_of_all() || self.editor.quiet() < QUIET {
            if until < Instant::now() {
                return self.fault("not all of the newest versions have been told of".to_owned());
            }
            self.editor.listen(Duration::from_millis(20));
        }
    }

    fn is_told_of_all(&self) -> bool {
        // Of a file that was closed, what was told of it open must have been told anew or taken back.
        let mut texts = self.desk.texts();
        texts.all(|(path, _, version)| match self.editor.told.get(path) {
            Some((told, found)) => *told == version || (version.is_none() && found.is_empty()),
            None => version.is_none(),
        })
    }

    fn compare_texts(&mut self) {
        let texts = self
            .desk
            .texts()
            .map(|(path, text, version)| (path.to_owned(), text.to_owned(), version));
        for (path, text, version) in texts.collect::<Vec<_>>() {
            let server = self.editor.request("hjemmel/fileText", about(&path));
            if server["text"] != *text || server["version"].as_i64() != version {
                self.wrong_texts += 1;
                self.fault(format!("another text of {path}"));
            }
        }
    }

    fn fault(&mut self, what: String) {
        let told = format!("check point {}: {what}", self.points);
        // Early enough to look into a long run.
        eprintln!("{told}");
        self.editor.faults.push(told);
    }

    fn report(mut self, files: usize, took: Duration, start: u64, closed: u64, seed: u64) {
        let complaints = self.editor.complaints();
        let counted = std::mem::take(&mut self.editor.counted);
        let faults = std::mem::take(&mut self.editor.faults);
        let (status, ending) = self.editor.end();
        figure("E1", "seconds of soak", took.as_secs());
        figure("E1", "rule files", files);
        figure("E1", "edits made", self.desk.edits);
        figure("E1", "changes on disk", self.desk.on_disk);
        figure("E1", "requests answered", counted.answers);
        figure("E1", "kinds of request answered", counted.kinds.len());
        figure(
            "E1",
            "requests taken back and answered so",
            counted.cancelled,
        );
        let late: u64 = counted.late.values().sum();
        figure("E1", "requests answered after more than 2 s", late);
        figure("E1", "slowest answer in ms", counted.slowest.as_millis());
        figure("E1", "panics and complaints", complaints.len());
        figure("E2", "check points", self.points);
        figure("E2", "wrong texts at check points", self.wrong_texts);
        figure(
            "E2",
            "check points where diagnostics were not those of a cold check",
            self.wrong_diagnostics,
        );
        figure("E2", "slowest convergence in ms", self.slowest.as_millis());
        figure("E3", "diagnostics published in the soak", counted.published);
        figure("E3", "stale in the soak", counted.stale);
        figure(
            "E3",
            "without a version in the soak",
            counted.without_version,
        );
        let flat = memory_figures(&self.samples, took, start, closed);
        figure("E10", "ms to end after exit", ending.as_millis());
        println!("seed {seed}, {} s", took.as_secs());
        assert!(
            faults.is_empty(),
            "{} faults: {:#?}",
            faults.len(),
            &faults[..faults.len().min(20)]
        );
        assert!(complaints.is_empty(), "{complaints:#?}");
        // The share of it runs beside other tests, on whatever machine: only a night tells how quick it is, and
        // there one in ten thousand may meet something else that the machine does.
        assert!(
            late * 10_000 <= counted.answers || !is_night(),
            "answers that are late: {:?}",
            counted.late
        );
        assert!(
            status.success() && ending < Duration::from_secs(2),
            "{status} {ending:?}"
        );
        // A short session still warms up.
        assert!(
            took < Duration::from_secs(1200) || flat,
            "memory grows: {:?}",
            self.samples
        );
        assert!(
            took < Duration::from_secs(60) || counted.kinds.len() >= questions::KINDS,
            "{:?}",
            counted.kinds
        );
    }
}

/// Says how memory went; whether it was as flat as it must be.
fn memory_figures(samples: &[(u64, u64)], took: Duration, start: u64, closed: u64) -> bool {
    // The ten-minute mark of half an hour, and as far into another session; each the middle of a
    // minute, since one moment may be that of a check.
    let third = took.as_secs() / 3;
    let around = |at: u64| {
        let near = samples
            .iter()
            .filter(|(second, _)| second.abs_diff(at) <= 60);
        median(&near.map(|(_, kib)| *kib).collect::<Vec<_>>())
    };
    let (mark, end) = (around(third), around(took.as_secs()));
    let most = samples.iter().map(|(_, kib)| *kib).max().unwrap_or(0);
    for (what, kib) in [
        ("MiB at the start of the soak", start),
        ("MiB at a third of the soak", mark),
        ("MiB at the end of the soak", end),
        ("MiB at most in samples of the soak", most),
        ("MiB when all is closed", closed),
    ] {
        figure("E6", what, kib / 1024);
    }
    figure("E6", "end over a third of the soak", ratio(end, mark));
    figure("E6", "closed over start", ratio(closed, start));
    end * 10 <= mark * 12 && closed * 10 <= start * 13
}
