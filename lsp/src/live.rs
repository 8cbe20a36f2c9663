//! Live numbers: how many cases of the user's extract each rule covers, and how many have another
//! outcome than by the saved files. Counted in the background; only numbers come back.

use crate::folders;
use crate::view::View;
use hjemmel_ide::Analysis;
use hjemmel_ide::population::{Count, Outcomes, People, Population};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;
use tower_lsp::Client;
use tower_lsp::ls_types::notification::Notification;

/// How many extracts and outcomes are remembered: of the text as it is and as it is saved.
const REMEMBERED: usize = 4;

/// For each rule set of a view the numbers of its rules.
pub(crate) type Counts = Vec<BTreeMap<String, Count>>;

/// `hjemmel/outcomesChanged`
struct OutcomesChanged;

impl Notification for OutcomesChanged {
    type Params = Value;
    const METHOD: &'static str = "hjemmel/outcomesChanged";
}

/// Some outcome may have changed without any diagnostic having changed.
pub(crate) async fn outcomes_changed(client: &Client) {
    client.send_notification::<OutcomesChanged>(json!({})).await;
}

/// What cases are counted with.
#[derive(Clone)]
pub(crate) struct Live {
    population: Option<Arc<dyn Population>>,
    extract: Option<PathBuf>,
    memory: Arc<Mutex<Memory>>,
    /// The generation that is wanted; a count of an earlier one stops.
    wanted: Arc<AtomicU64>,
}

/// What was read and worked out before, the newest last.
#[derive(Default)]
struct Memory {
    people: Vec<(u64, Option<Cases>)>,
    outcomes: Vec<(u64, Arc<Outcomes>)>,
}

/// The cases of an extract, and a number that no others have.
#[derive(Clone)]
struct Cases {
    key: u64,
    people: Arc<People>,
}

/// What came of counting.
#[derive(Debug)]
pub(crate) enum Counted {
    /// The numbers.
    Counts(Counts),
    /// A rule has an error, or something has changed meanwhile.
    Nothing,
    /// The extract cannot be used.
    Unreadable,
}

impl Live {
    /// With someone who can read extracts, if there is one.
    pub(crate) fn new(population: Option<Arc<dyn Population>>) -> Self {
        Self {
            population,
            extract: None,
            memory: Arc::default(),
            wanted: Arc::default(),
        }
    }

    /// The extract that the user named.
    pub(crate) fn set_extract(&mut self, extract: Option<PathBuf>) {
        self.extract = extract;
        *self.memory.lock().unwrap_or_else(PoisonError::into_inner) = Memory::default();
    }

    /// Whether there is anything to count.
    pub(crate) fn is_ready(&self) -> bool {
        self.population.is_some() && self.extract.is_some()
    }

    /// Something has changed: counts of earlier generations are not wanted any more.
    pub(crate) fn want(&self, generation: u64) {
        self.wanted.store(generation, Ordering::SeqCst);
    }

    /// Counts the cases of a view.
    pub(crate) fn count(&self, view: &View, generation: u64) -> Counted {
        let mut all = Counts::new();
        for analysis in &view.sets {
            match self.of_set(view, analysis, generation) {
                Counted::Counts(mut counts) => all.append(&mut counts),
                Counted::Nothing => all.push(BTreeMap::new()),
                Counted::Unreadable => return Counted::Unreadable,
            }
        }
        if self.is_wanted(generation) {
            Counted::Counts(all)
        } else {
            Counted::Nothing
        }
    }

    fn is_wanted(&self, generation: u64) -> bool {
        self.wanted.load(Ordering::SeqCst) == generation
    }

    fn of_set(&self, view: &View, analysis: &Analysis, generation: u64) -> Counted {
        let (Some(now), saved) = (analysis.tables(), saved(view, analysis)) else {
            return Counted::Nothing;
        };
        let Some(people) = self.people(analysis, &now) else {
            return Counted::Unreadable;
        };
        let Some(after) = self.outcomes(analysis, &people, generation) else {
            return Counted::Nothing;
        };
        // Saved rules with errors, or other tables, are nothing to compare with.
        let comparable = saved.tables() == Some(now);
        let before = comparable.then(|| self.outcomes(&saved, &people, generation));
        let before = before.flatten().unwrap_or_else(|| after.clone());
        Counted::Counts(vec![after.counts(&before)])
    }

    /// The cases of the extract, read again only if it or the tables are others.
    fn people(&self, analysis: &Analysis, tables: &str) -> Option<Cases> {
        let path = self.extract.as_deref()?;
        let changed: Option<SystemTime> = path.metadata().and_then(|it| it.modified()).ok();
        let key = number(&(path, changed, tables));
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, known)) = memory.people.iter().find(|(known, _)| *known == key) {
            return known.clone();
        }
        let population = self.population.as_deref()?;
        let people = analysis.load(population, path).map(Arc::new);
        let people = people.map(|people| Cases { key, people });
        memory.people.push((key, people.clone()));
        forget(&mut memory.people);
        people
    }

    /// What comes of the cases, worked out again only if the rules are others.
    fn outcomes(
        &self,
        analysis: &Analysis,
        cases: &Cases,
        generation: u64,
    ) -> Option<Arc<Outcomes>> {
        let files = analysis.files();
        let texts: Vec<_> = files
            .map(|file| (analysis.path(file), analysis.text(file)))
            .collect();
        let key = number(&(texts, analysis.law(), cases.key));
        let memory = || self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        let known = memory()
            .outcomes
            .iter()
            .find_map(|(known, outcomes)| (*known == key).then(|| outcomes.clone()));
        if known.is_some() {
            return known;
        }
        let outcomes = analysis.outcomes(&cases.people, &|| self.is_wanted(generation))?;
        let outcomes = Arc::new(outcomes);
        let mut memory = memory();
        memory.outcomes.push((key, outcomes.clone()));
        forget(&mut memory.outcomes);
        Some(outcomes)
    }
}

fn forget<T>(all: &mut Vec<T>) {
    let over = all.len().saturating_sub(REMEMBERED);
    all.drain(..over);
}

fn number(it: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    it.hash(&mut hasher);
    hasher.finish()
}

/// The same rules as they are saved.
fn saved(view: &View, analysis: &Analysis) -> Analysis {
    let mut saved = analysis.clone();
    for path in view.open.keys() {
        let Some(file) = analysis.file(path) else {
            continue;
        };
        let place = Path::new(path);
        let folder = place.parent().filter(|_| place.is_absolute());
        let text = folder.and_then(|folder| folders::read(folder, place, view.limits));
        if let Some(text) = text.filter(|text| text != analysis.text(file)) {
            saved = saved.with_text(file, text);
        }
    }
    saved
}
