//! A rule set under edit: what is checked again after each edit, together with what still stands,
//! is what a check of the whole finds.

#![cfg(test)]

use hjemmel_engine::{Checker, check_pieces};
use hjemmel_grammar::{Diagnostic, Pieces};
use std::path::Path;
use std::sync::Arc;

/// Rules of every kind, that use each other, in two files.
const RULES: [&str; 2] = [
    r#"lov LAB "Loven"

data person
  stamdata
  født er fødselsdato

data ydelse
  perioder fuldstændig, uden overlap
  art er en af kontanthjælp, uddannelseshjælp

data indsats
  perioder fuldstændig
  art er en af praktik, mentor
  timer er tal

skøn særligt_tilfælde
  hjemmel LAB § 3
  grund er en af sygdom, andet
  revurderes efter grænse

parameter grænse
  hjemmel LAB § 4
  værdi 4 uger

begreb i_målgruppen
  hjemmel LAB § 1
  gælder til 31. december 2016
  når ydelse

begreb i_målgruppen
  hjemmel LAB § 1
  gælder fra 1. januar 2017
  når ydelse og alder er under 30

begreb tilbud
  hjemmel LAB § 2
  når indsats.art er praktik i mindst grænse

begreb i_gang
  hjemmel LAB § 2
  når tilbud eller indsats.art er mentor
"#,
    r#"pligt aktivering
  hjemmel LAB § 5
  for i_målgruppen
  regnet fra ydelse
  frist 6 måneder
  opfyldes af tilbud, derefter 12 måneder
  opfyldes af i_gang

fritagelse syg fra aktivering
  hjemmel LAB § 6
  når særligt_tilfælde

udsættelse pause af aktivering
  hjemmel LAB § 7
  når indsats hvor timer er over 30

overgang gamle_forløb for i_målgruppen
  hjemmel LAB § 8
  gælder fra 1. januar 2017
  perioder begyndt før 1. januar 2017 bedømmes efter reglerne 1. juni 2016

opdeling opfølgning
  hjemmel LAB § 9
  i rækkefølge
  i_gang  når i_gang
  pligtig når aktivering er overskredet
  andre   ellers

advarsel få_timer ved aktivering
  når indsats hvor timer er under 2

måling andel
  hjemmel kilde "Notat"
  tæl opfølgning er i_gang
  ud af i_målgruppen
  hver måned

eksempel "I praktik"
  givet
    person født 1. maj 1990
    ydelse kontanthjælp fra 2. januar 2017, fortsat
    indsats praktik, timer 9 fra 1. juni 2017 til 1. august 2017
  så
    i_gang er ja fra 29. juni 2017 til og med 1. august 2017
    opfølgning er andre den 1. maj 2017
    aktivering har frist 2. juli 2017 den 1. maj 2017

eksempel "Syg"
  givet
    person født 1. maj 1990
    ydelse kontanthjælp fra 2. januar 2017, fortsat
    særligt_tilfælde ja, sygdom fra 2. januar 2017, fortsat
  så
    aktivering er fritaget den 9. januar 2017
"#,
];

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(self.0 >> 33).unwrap() % sides.max(1)
    }

    fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
        from[self.roll(from.len())]
    }

    /// A small edit, as an author makes them: sound, half done or wrong.
    fn edit(&mut self, text: &str, all: &str) -> String {
        let lines: Vec<&str> = text.lines().collect();
        let at = self.roll(lines.len());
        let line = lines.get(at).copied().unwrap_or("");
        let words: Vec<&str> = line.split(' ').collect();
        let others: Vec<&str> = all.split_whitespace().collect();
        let blocks: Vec<&str> = all.split("\n\n").collect();
        let new = match self.roll(10) {
            0 => String::new(),
            1 => format!("{line}\n{line}"),
            2 => line
                .chars()
                .take(self.roll(line.chars().count() + 1))
                .collect(),
            3 => format!("{line}\n\n{}\n", self.pick(&blocks)),
            4 => format!("{line}\n{}", self.pick(&lines)),
            5 => format!("{line}x"),
            _ => {
                let n = self.roll(words.len());
                let word = self.pick(&others);
                let swap = |(i, old)| if i == n { word } else { old };
                let words: Vec<&str> = words.iter().copied().enumerate().map(swap).collect();
                words.join(" ")
            }
        };
        let mut lines: Vec<&str> = lines;
        if let Some(line) = lines.get_mut(at) {
            *line = &new;
        }
        lines.join("\n") + "\n"
    }
}

/// Edits files again and again, and compares; now and then it begins anew or takes a file away.
#[track_caller]
fn compare(sound: &[(Arc<str>, String)], seed: u64, edits: usize, longest_error: usize) {
    let all: String = sound.iter().map(|(_, text)| text.as_str()).collect();
    let mut dice = Dice(seed);
    let mut checker = Checker::default();
    let mut files: Vec<(Arc<str>, String, Arc<Pieces>)> = Vec::new();
    for step in 0..edits {
        match dice.roll(longest_error) {
            0 => {
                files = sound
                    .iter()
                    .map(|(path, text)| (path.clone(), text.clone(), Arc::new(Pieces::read(text))))
                    .collect();
            }
            1 if !files.is_empty() => {
                files.remove(dice.roll(files.len()));
            }
            _ => {
                let n = dice.roll(files.len());
                if let Some((_, text, pieces)) = files.get_mut(n) {
                    *text = dice.edit(text, &all);
                    *pieces = Arc::new(pieces.reread(text));
                }
            }
        }
        let now: Vec<_> = files
            .iter()
            .map(|(path, _, pieces)| (path.clone(), pieces.clone()))
            .collect();
        let found = checker.check(&now);
        let pieces = now.into_iter().map(|(_, pieces)| pieces).collect();
        let whole = check_pieces(pieces).diagnostics;
        if found == whole {
            continue;
        }
        let only = |a: &[Diagnostic], b: &[Diagnostic]| -> Vec<String> {
            let missing = a.iter().filter(|it| !b.contains(it));
            missing.map(|it| format!("{it:?}")).collect()
        };
        let texts: Vec<&str> = files.iter().map(|(_, text, _)| text.as_str()).collect();
        panic!(
            "step {step}\nonly after the edit: {:#?}\nonly of the whole: {:#?}\n{}",
            only(&found, &whole),
            only(&whole, &found),
            texts.join("\n=====\n"),
        );
    }
}

#[test]
fn after_every_edit_of_rules_of_every_kind() {
    let files = ["a.regel", "b.regel"].map(Arc::from);
    let files: Vec<_> = files.into_iter().zip(RULES.map(str::to_owned)).collect();
    let pieces = files.iter().map(|(_, text)| Arc::new(Pieces::read(text)));
    let sound = check_pieces(pieces.collect()).diagnostics;
    let wrong: Vec<_> = sound.iter().map(|it| (it.code.0, &it.message.da)).collect();
    assert_eq!(wrong, [], "they are sound before the first edit");
    for seed in 1..=6 {
        compare(&files, seed, 250, 12);
    }
}

#[test]
fn after_edits_of_the_rules_of_the_law() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../rules");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    assert!(10 < files.len());
    compare(&files, 1, 12, 6);
}

fn collect(folder: &Path, files: &mut Vec<(Arc<str>, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|it| it == "regel") {
            let text = std::fs::read_to_string(&path).unwrap();
            files.push((path.to_string_lossy().into(), text));
        }
    }
}
