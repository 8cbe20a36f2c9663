//! The documents as the editor has them, on disk and open, and what a user does with them.

use crate::dice::Dice;
use crate::editor::Editor;
use crate::edits::{Edit, any, between};
use crate::places::{byte, told};
use crate::wire::uri;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// How many texts can be gone back to.
const MOST_BEFORE: usize = 12;
/// How many edits away from where it began a text may be; then it is taken back, so that most of
/// the rules stay sound and are judged.
const FARTHEST: u32 = 25;

/// A document that is open.
struct Open {
    version: i64,
    text: String,
    before: Vec<String>,
    away: u32,
}

/// A file.
#[derive(Default)]
struct File {
    /// What it was at the beginning; none of one that came later.
    at_first: Option<String>,
    disk: Option<String>,
    open: Option<Open>,
}

/// All documents.
pub(crate) struct Desk {
    pub(crate) root: PathBuf,
    files: BTreeMap<String, File>,
    /// The file that was edited last: the next edit is most often there too.
    here: Option<String>,
    /// The text of all rules.
    rules: String,
    made: u32,
    pub(crate) edits: u64,
    pub(crate) on_disk: u64,
}

impl Desk {
    /// Copies the rules into a folder.
    pub(crate) fn new(root: &Path) -> Self {
        let mut desk = Self {
            root: root.to_owned(),
            files: BTreeMap::new(),
            here: None,
            rules: String::new(),
            made: 0,
            edits: 0,
            on_disk: 0,
        };
        for (name, text) in rule_files(&crate::folder("rules")) {
            let path = root.join(&name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, &text).unwrap();
            desk.rules.push_str(&text);
            let file = File {
                at_first: Some(text.clone()),
                disk: Some(text),
                open: None,
            };
            desk.files.insert(path.to_str().unwrap().to_owned(), file);
        }
        desk
    }

    /// How many files there are.
    pub(crate) fn count(&self) -> usize {
        self.texts().count()
    }

    /// The text of every file that there is, as the rules are read from: what is open counts.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&str, &str, Option<i64>)> {
        self.files
            .iter()
            .filter_map(|(path, file)| match &file.open {
                Some(open) => Some((path.as_str(), open.text.as_str(), Some(open.version))),
                None => Some((path.as_str(), file.disk.as_deref()?, None)),
            })
    }

    fn paths(&self, wanted: impl Fn(&File) -> bool) -> Vec<String> {
        let found = self.files.iter().filter(|(_, file)| wanted(file));
        found.map(|(path, _)| path.clone()).collect()
    }

    /// A document that questions are asked about, and its text: most often one that is open.
    pub(crate) fn asked(&self, dice: &mut Dice) -> (String, &str) {
        let here = self.here.as_ref().filter(|_| dice.chance(60));
        let path = match here {
            Some(path) => path.clone(),
            None => dice
                .pick(&self.paths(|file| file.open.is_some() || file.disk.is_some()))
                .clone(),
        };
        let file = &self.files[&path];
        let text = file
            .open
            .as_ref()
            .map(|open| open.text.as_str())
            .or(file.disk.as_deref());
        (path, text.unwrap_or(""))
    }

    /// One thing that a user does.
    pub(crate) fn act(&mut self, dice: &mut Dice, editor: &mut Editor) {
        match dice.weighted(&[92, 2, 2, 4]) {
            0 => self.edit(dice, editor),
            1 => self.open_one(dice, editor),
            2 => self.close_one(dice, editor),
            _ => self.change_disk(dice, editor),
        }
    }

    /// Opens so many files.
    pub(crate) fn open_many(&mut self, dice: &mut Dice, editor: &mut Editor, files: usize) {
        for _ in 0..files {
            self.open_one(dice, editor);
        }
    }

    fn open_one(&mut self, dice: &mut Dice, editor: &mut Editor) {
        let closed = self.paths(|file| file.open.is_none() && file.disk.is_some());
        if closed.is_empty() {
            return;
        }
        let path = dice.pick(&closed).clone();
        let file = self.files.get_mut(&path).unwrap();
        let text = file.disk.clone().unwrap();
        // A document that is opened again may begin with any version.
        let version = i64::try_from(dice.roll(3)).unwrap();
        editor.open(&path, version, &text);
        file.open = Some(Open {
            version,
            text,
            before: Vec::new(),
            away: 0,
        });
        self.here = Some(path);
    }

    fn close_one(&mut self, dice: &mut Dice, editor: &mut Editor) {
        let open = self.paths(|file| file.open.is_some());
        if open.len() < 8 {
            return self.open_one(dice, editor);
        }
        self.close(&dice.pick(&open).clone(), editor);
    }

    fn close(&mut self, path: &str, editor: &mut Editor) {
        editor.close(path);
        self.files.get_mut(path).unwrap().open = None;
        self.here = self.here.take().filter(|here| here != path);
    }

    pub(crate) fn close_all(&mut self, editor: &mut Editor) {
        for path in self.paths(|file| file.open.is_some()) {
            self.close(&path, editor);
        }
    }

    fn edit(&mut self, dice: &mut Dice, editor: &mut Editor) {
        let open = self.paths(|file| file.open.is_some());
        if open.is_empty() {
            return self.open_one(dice, editor);
        }
        let path = match self.here.take().filter(|_| dice.chance(70)) {
            Some(path) => path,
            None => dice.pick(&open).clone(),
        };
        let file = self.files.get_mut(&path).unwrap();
        let at_first = file.at_first.clone().or_else(|| file.disk.clone());
        let Some(document) = &mut file.open else {
            return;
        };
        let changes = document.changes(dice, &self.rules, at_first);
        editor.change(&path, document.version, changes);
        self.edits += 1;
        self.here = Some(path);
    }

    /// What happens outside the editor: files come, change, move and go.
    fn change_disk(&mut self, dice: &mut Dice, editor: &mut Editor) {
        self.on_disk += 1;
        let closed = self.paths(|file| file.open.is_none() && file.disk.is_some());
        let later = self
            .paths(|file| file.at_first.is_none() && file.open.is_none() && file.disk.is_some());
        let path = dice.pick(&closed).clone();
        match dice.roll(5) {
            0 if later.len() < 3 => {
                self.made += 1;
                let n = self.made;
                let path = self
                    .root
                    .join(format!("ny mappe/nyt_{n}å.regel"))
                    .to_str()
                    .unwrap()
                    .to_owned();
                self.write(&path, &format!("begreb nyt_{n} \"😀\"\n  hjemmel kilde \"Prøve\"\n  når alder er over {n}\n"));
                editor.watched(&[(&path, 1)]);
            }
            0 | 1 if !later.is_empty() => {
                let path = dice.pick(&later).clone();
                self.remove(&path);
                editor.watched(&[(&path, 3)]);
            }
            // Moves, and back when it is taken next.
            2 => {
                let text = self.files[&path].disk.clone().unwrap();
                let other = match path.strip_suffix(" flyttet.regel") {
                    Some(stem) => format!("{stem}.regel"),
                    None => format!("{} flyttet.regel", path.strip_suffix(".regel").unwrap()),
                };
                if !self
                    .files
                    .get(&other)
                    .is_some_and(|file| file.disk.is_some() || file.open.is_some())
                {
                    self.remove(&path);
                    self.write(&other, &text);
                    self.files.get_mut(&other).unwrap().at_first =
                        self.files[&path].at_first.clone();
                    editor.watched(&[(&path, 3), (&other, 1)]);
                }
            }
            // One that is open: what is open counts until it is closed.
            3 => {
                let open = self.paths(|file| file.open.is_some() && file.at_first.is_some());
                if !open.is_empty() {
                    let path = dice.pick(&open).clone();
                    self.change_file(dice, &path);
                    editor.watched(&[(&path, 2)]);
                }
            }
            _ => {
                self.change_file(dice, &path);
                editor.watched(&[(&path, 2)]);
            }
        }
    }

    /// A small change of a file on disk; every other time it becomes what it was at first.
    fn change_file(&mut self, dice: &mut Dice, path: &str) {
        let file = &self.files[path];
        let text = file.disk.clone().unwrap_or_default();
        let text = match file
            .at_first
            .clone()
            .filter(|first| *first != text || dice.chance(20))
        {
            Some(first) => first,
            None => any(dice, &text, &self.rules).apply(&text),
        };
        self.write(path, &text);
    }

    fn write(&mut self, path: &str, text: &str) {
        fs::create_dir_all(Path::new(path).parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self.files.entry(path.to_owned()).or_default().disk = Some(text.to_owned());
    }

    fn remove(&mut self, path: &str) {
        fs::remove_file(path).unwrap();
        self.files.get_mut(path).unwrap().disk = None;
    }

    /// Makes edits that the server has worked out: of a rename, or of formatting. Nothing may have
    /// been said since they were asked for.
    pub(crate) fn take_edits(
        &mut self,
        editor: &mut Editor,
        path: &str,
        edits: &[Value],
    ) -> Result<(), String> {
        let file = self
            .files
            .get_mut(path)
            .ok_or("an edit of a file that is not there")?;
        let Some(document) = &mut file.open else {
            return Ok(());
        };
        let mut placed = Vec::new();
        for edit in edits {
            let range = &edit["range"];
            let (from, to) = (
                byte(&document.text, &range["start"]),
                byte(&document.text, &range["end"]),
            );
            let (Some(from), Some(to)) = (from, to) else {
                return Err(format!("an edit of a place that is not there: {range}"));
            };
            placed.push(Edit {
                from,
                to,
                text: edit["newText"].as_str().unwrap_or("").to_owned(),
            });
        }
        placed.sort_by_key(|edit| (edit.from, edit.to));
        let mut text = document.text.clone();
        for edit in placed.iter().rev() {
            text = edit.apply(&text);
        }
        if text != document.text {
            let change = document.becomes(text);
            editor.change(path, document.version, vec![change]);
            self.edits += 1;
        }
        Ok(())
    }
}

impl Open {
    /// What one edit tells the server; the text is then the new one.
    fn changes(&mut self, dice: &mut Dice, rules: &str, at_first: Option<String>) -> Vec<Value> {
        let far = FARTHEST < self.away || 200_000 < self.text.len();
        let lost = self.text.len() < 200 || 60_000 < self.text.len();
        if far || (lost && dice.chance(40)) || dice.chance(2) {
            let text = at_first.unwrap_or_default();
            self.away = 0;
            self.before.clear();
            // As an editor that throws the edits away, or as one that sends all of a text.
            return if dice.chance(50) {
                vec![self.becomes(text)]
            } else {
                vec![self.is_whole(text)]
            };
        }
        if dice.chance(30)
            && let Some(text) = self.before.pop()
        {
            self.away = self.away.saturating_sub(1);
            let kept = std::mem::take(&mut self.before);
            let change = self.becomes(text);
            self.before = kept;
            return vec![change];
        }
        if dice.chance(1) {
            let text = match self.text.contains("\r\n") {
                true => self.text.replace("\r\n", "\n"),
                false => self.text.replace('\n', "\r\n"),
            };
            return vec![self.is_whole(text)];
        }
        // Several cursors: each change is of the text that the one before it left.
        let cursors = if dice.chance(8) { 3 } else { 1 };
        self.keep();
        self.version += 1 + i64::from(dice.chance(5));
        let mut changes = Vec::new();
        for _ in 0..cursors {
            let edit = any(dice, &self.text, rules);
            let range =
                json!({ "start": told(&self.text, edit.from), "end": told(&self.text, edit.to) });
            changes.push(json!({ "range": range, "text": edit.text }));
            self.text = edit.apply(&self.text);
        }
        changes
    }

    fn keep(&mut self) {
        self.away += 1;
        self.before.push(self.text.clone());
        if MOST_BEFORE < self.before.len() {
            self.before.remove(0);
        }
    }

    /// The change that makes this text, and no more than is different.
    fn becomes(&mut self, text: String) -> Value {
        let edit = between(&self.text, &text);
        let range =
            json!({ "start": told(&self.text, edit.from), "end": told(&self.text, edit.to) });
        self.keep();
        self.version += 1;
        self.text = text;
        json!({ "range": range, "text": edit.text })
    }

    fn is_whole(&mut self, text: String) -> Value {
        self.keep();
        self.version += 1;
        self.text = text;
        json!({ "text": self.text })
    }
}

/// The rule files below a folder, by the path from there, in order.
pub(crate) fn rule_files(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "regel") {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path.strip_prefix(folder).unwrap().to_owned(), text));
            }
        }
    }
    found.sort();
    found
}

/// The parameters of a request about a document.
pub(crate) fn about(path: &str) -> Value {
    json!({ "textDocument": { "uri": uri(path) }, "options": { "tabSize": 2, "insertSpaces": true } })
}
