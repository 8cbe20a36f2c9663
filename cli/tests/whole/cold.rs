//! What `hjemmel check` says of the same bytes, read anew by a program of its own.

use crate::places::Lines;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The message that an editor is told in other words, since it shows no labels.
const CONTRADICTION: &str = "H0801";

/// A folder with the same files as the editor has.
pub(crate) struct Cold {
    root: PathBuf,
    written: BTreeMap<String, String>,
}

/// Something found: all that is told of it but the words, and the words in each language.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Found {
    file: String,
    place: String,
    words: Vec<String>,
}

impl Cold {
    pub(crate) fn new(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            written: BTreeMap::new(),
        }
    }

    /// What is different between what the editor was told and what a cold check finds; none if
    /// nothing is. The texts are by their path below `from`.
    pub(crate) fn differs<'t>(
        &mut self,
        from: &Path,
        texts: impl Iterator<Item = (&'t str, &'t str, Option<i64>)>,
        told: &BTreeMap<String, (Option<i64>, Vec<Value>)>,
    ) -> Option<String> {
        let name = |path: &str| {
            Path::new(path)
                .strip_prefix(from)
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned()
        };
        let texts: BTreeMap<String, &str> =
            texts.map(|(path, text, _)| (name(path), text)).collect();
        self.write(&texts);
        let lines: BTreeMap<&str, Lines<'_>> = texts
            .iter()
            .map(|(name, text)| (name.as_str(), Lines::new(text)))
            .collect();
        let mut cold = self.check(&lines);
        let mut warm: Vec<Found> = Vec::new();
        for (path, (_, all)) in told {
            warm.extend(all.iter().map(|each| of_editor(each, &name(path), &name)));
        }
        for each in &warm {
            let same = |other: &Found| {
                each.file == other.file
                    && each.place == other.place
                    && (other.words.is_empty() || other.words.contains(&each.words[0]))
            };
            match cold.iter().position(same) {
                Some(at) => drop(cold.swap_remove(at)),
                None => return Some(format!("only in the editor: {each:?}")),
            }
        }
        cold.first()
            .map(|each| format!("only in a cold check: {each:?}"))
    }

    fn write(&mut self, texts: &BTreeMap<String, &str>) {
        for gone in self
            .written
            .keys()
            .filter(|name| !texts.contains_key(*name))
        {
            fs::remove_file(self.root.join(gone)).unwrap();
        }
        self.written.retain(|name, _| texts.contains_key(name));
        for (name, text) in texts {
            if self.written.get(name).map(String::as_str) != Some(*text) {
                let path = self.root.join(name);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, text).unwrap();
                self.written.insert(name.clone(), (*text).to_owned());
            }
        }
    }

    fn check(&self, lines: &BTreeMap<&str, Lines<'_>>) -> Vec<Found> {
        let mut command = Command::new(crate::program());
        let said = command
            .args(["check", "--format", "json"])
            .arg(&self.root)
            .output()
            .unwrap();
        let code = said.status.code();
        assert!(
            matches!(code, Some(0 | 1)),
            "a check ends with {code:?}: {}",
            String::from_utf8_lossy(&said.stderr)
        );
        let report: Value = serde_json::from_slice(&said.stdout).unwrap();
        let all = report["diagnostics"].as_array().unwrap().iter();
        all.filter_map(|each| self.of_check(each, lines)).collect()
    }

    /// One that points at nothing has no place in an editor.
    fn of_check(&self, each: &Value, lines: &BTreeMap<&str, Lines<'_>>) -> Option<Found> {
        let place = |label: &Value| {
            let path = Path::new(label["file"].as_str().unwrap());
            let name = path.strip_prefix(&self.root).unwrap().to_str().unwrap();
            let at = |end: &str| {
                let byte = usize::try_from(label[end]["offset"].as_u64().unwrap()).unwrap();
                lines[name].position(byte)
            };
            (
                name.to_owned(),
                format!("{name} {:?}-{:?}", at("start"), at("end")),
            )
        };
        let labels = each["labels"].as_array().unwrap();
        let (first, others) = labels.split_first()?;
        let (file, at) = place(first);
        let severity = if each["severity"] == "error" { 1 } else { 2 };
        let tag = match each["tag"].as_str() {
            Some("unused") => 1,
            Some(_) => 2,
            None => 0,
        };
        let related: Vec<String> = others.iter().map(|label| place(label).1).collect();
        let words = |language: &str| {
            let said = |text: &Value| text[language].as_str().unwrap_or_default().to_owned();
            let mut words = said(&each["message"]);
            if !each["hint"].is_null() {
                words += &format!("\n→ {}", said(&each["hint"]));
            }
            let others = others
                .iter()
                .map(|label| format!("\n{}", said(&label["text"])));
            words + &others.collect::<String>()
        };
        let told_so = each["code"] != CONTRADICTION;
        Some(Found {
            file,
            place: format!(
                "{} {severity} {tag} {at} {related:?}",
                each["code"].as_str().unwrap()
            ),
            words: ["da", "en"]
                .into_iter()
                .filter(|_| told_so)
                .map(words)
                .collect(),
        })
    }
}

/// What the editor was told.
fn of_editor(each: &Value, file: &str, name: &dyn Fn(&str) -> String) -> Found {
    let range = |range: &Value| {
        let at = |end: &str| {
            (
                range[end]["line"].as_u64().unwrap(),
                range[end]["character"].as_u64().unwrap(),
            )
        };
        format!("{:?}-{:?}", at("start"), at("end"))
    };
    let related = each["relatedInformation"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    let places = related.iter().map(|it| {
        let other = name(&crate::wire::path(it["location"]["uri"].as_str().unwrap()));
        format!("{other} {}", range(&it["location"]["range"]))
    });
    let places: Vec<String> = places.collect();
    let tag = each["tags"][0].as_u64().unwrap_or(0);
    let (code, severity) = (each["code"].as_str().unwrap_or(""), &each["severity"]);
    let others = related
        .iter()
        .map(|it| format!("\n{}", it["message"].as_str().unwrap()));
    let words = each["message"].as_str().unwrap().to_owned() + &others.collect::<String>();
    Found {
        file: file.to_owned(),
        place: format!(
            "{code} {severity} {tag} {file} {} {places:?}",
            range(&each["range"])
        ),
        words: vec![words],
    }
}
