//! The one task that owns all documents.
//!
//! Everything the client says goes through one queue in the order it was said. Reading files is
//! waited for here, so that nothing overtakes it; checking rules is not.

mod counting;
mod telling;

use crate::document::Document;
use crate::findings::{Findings, findings};
use crate::folders;
use crate::live::{Counted, Counts, Live};
use crate::progress::{Progress, Work};
use crate::settings::Settings;
use crate::view::{Abilities, View};
use hjemmel_ide::{Host, LawDate, Limits};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use tokio::task::{JoinHandle, spawn_blocking};
use tower_lsp::Client;
use tower_lsp::ls_types::{MessageType, TextDocumentContentChangeEvent, Uri};

/// How long the client may take to answer what the server asks of it.
const PATIENCE: Duration = Duration::from_secs(10);

/// Something that happened.
#[derive(Debug)]
pub(crate) enum Event {
    /// The client is ready.
    Start {
        /// What it can do.
        abilities: Abilities,
        /// The folders it works in.
        roots: Vec<PathBuf>,
    },
    /// A document was opened.
    Open {
        /// Its path.
        path: String,
        /// Its address as the client writes it.
        uri: Uri,
        /// Its version.
        version: i32,
        /// Its text.
        text: String,
    },
    /// A document was changed.
    Change {
        /// Its path.
        path: String,
        /// The version that the changes make.
        version: i32,
        /// The changes.
        changes: Vec<TextDocumentContentChangeEvent>,
    },
    /// A document was closed: the file on disk counts again.
    Close {
        /// Its path.
        path: String,
    },
    /// Files on disk were made, changed or removed.
    Disk(Vec<String>),
    /// Folders came or went.
    Roots {
        /// Came.
        added: Vec<PathBuf>,
        /// Went.
        removed: Vec<PathBuf>,
    },
    /// Someone wants to know how things stand after all that was said before.
    Ask(oneshot::Sender<Arc<View>>),
    /// From now on the law of a day is shown; all versions if none.
    Law(Option<LawDate>),
    /// A document was saved: what is saved is what outcomes are compared with.
    Saved,
    /// The user has set something.
    Set(Settings),
    /// The cases have been counted.
    Counted {
        /// What was counted.
        generation: u64,
        /// What came of it.
        counted: Counted,
    },
    /// A check is done.
    Checked {
        /// What was checked.
        generation: u64,
        /// What was found; nothing if the check broke down.
        found: Option<Vec<Findings>>,
    },
}

/// A rule set: a folder, or one document that is in none.
#[derive(Debug)]
struct RuleSet {
    root: PathBuf,
    host: Host,
}

/// How many bytes the texts of open documents may take together; one that is too much is told of as
/// too large.
const MOST_OPEN: usize = 64 << 20;

/// Everything the server knows.
pub(crate) struct Session {
    /// How large a rule file may be.
    limits: Limits,
    /// The last check was out of date when it was done.
    skipped: bool,
    client: Client,
    queue: mpsc::WeakUnboundedSender<Event>,
    abilities: Abilities,
    sets: Vec<RuleSet>,
    documents: BTreeMap<String, Document>,
    /// Stands for every document for which there is no room: one byte more than a file may have.
    too_large: Option<Arc<str>>,
    open: Arc<BTreeMap<String, (Uri, i32)>>,
    view: Option<Arc<View>>,
    /// Views that are out of date. What was worked out for them takes a while to let go of, so
    /// they are let go of when the client has been told what it waits for.
    retired: Vec<Arc<View>>,
    /// The day whose law is shown.
    law: Option<LawDate>,
    /// Counts the changes.
    generation: u64,
    /// A check is under way.
    checking: bool,
    /// What cases are counted with.
    live: Live,
    /// A count is under way.
    counting: bool,
    /// The numbers, if nothing has changed since.
    counts: Option<Arc<Counts>>,
    /// The client has been told that the extract cannot be used.
    complained: bool,
    /// What the client was last told of each file.
    told: BTreeMap<String, telling::Told>,
}

/// Starts the task; what is sent to it is done in the order sent. It ends when the queue is let
/// go of, or by a bug, and then the server cannot go on.
pub(crate) fn start(
    client: Client,
    live: Live,
    limits: Limits,
) -> (mpsc::UnboundedSender<Event>, JoinHandle<()>) {
    let (queue, mut events) = mpsc::unbounded_channel();
    // It must not hold on to the queue itself.
    let own = queue.downgrade();
    let task = tokio::spawn(async move {
        let mut session = Session::new(client, own.clone(), live, limits);
        while let Some(event) = events.recv().await {
            let found = matches!(event, Event::Checked { .. });
            match own.upgrade().filter(|_| found && !events.is_empty()) {
                // What the client has said meanwhile comes first: it may make this out of date.
                Some(queue) => {
                    let _ = queue.send(event);
                }
                None => session.handle(event).await,
            }
        }
    });
    (queue, task)
}

impl Session {
    fn new(
        client: Client,
        queue: mpsc::WeakUnboundedSender<Event>,
        live: Live,
        limits: Limits,
    ) -> Self {
        Self {
            skipped: false,
            limits,
            client,
            queue,
            abilities: Abilities::default(),
            sets: Vec::new(),
            documents: BTreeMap::new(),
            too_large: None,
            open: Arc::default(),
            view: None,
            retired: Vec::new(),
            law: None,
            generation: 0,
            checking: false,
            live,
            counting: false,
            counts: None,
            complained: false,
            told: BTreeMap::new(),
        }
    }

    async fn handle(&mut self, event: Event) {
        match event {
            Event::Ask(answer) => {
                // Whoever asked may have been cancelled.
                let _ = answer.send(self.view());
                return;
            }
            Event::Checked { generation, found } => {
                return self.checked(generation, found).await;
            }
            Event::Counted {
                generation,
                counted,
            } => return self.counted(generation, counted).await,
            Event::Saved => {}
            Event::Set(settings) => {
                self.abilities.language = settings.language;
                self.live.set_extract(settings.extract);
                self.complained = false;
            }
            Event::Start { abilities, roots } => {
                self.abilities = abilities;
                let _reading = Progress::of(Work::Reading, &self.client, abilities);
                self.add_roots(roots).await;
            }
            Event::Open {
                path,
                uri,
                version,
                text,
            } => self.open(path, uri, version, text).await,
            Event::Change {
                path,
                version,
                changes,
            } => self.change(&path, version, changes),
            Event::Close { path } => self.close(&path).await,
            Event::Disk(paths) => self.disk(paths).await,
            Event::Law(law) => self.law = law,
            Event::Roots { added, removed } => self.move_roots(added, &removed).await,
        }
        self.changed();
    }

    /// Something is different now: the view is out of date, and the rules are checked again.
    fn changed(&mut self) {
        self.generation += 1;
        self.live.want(self.generation);
        self.counts = None;
        self.retired.extend(self.view.take());
        self.check();
    }

    fn view(&mut self) -> Arc<View> {
        let (abilities, limits) = (self.abilities, self.limits);
        let (sets, open) = (&mut self.sets, &self.open);
        let (law, counts) = (self.law, &self.counts);
        let view = self.view.get_or_insert_with(|| {
            Arc::new(View {
                abilities,
                limits,
                sets: sets
                    .iter_mut()
                    .map(|set| set.host.snapshot().as_of(law))
                    .collect(),
                open: open.clone(),
                counts: counts.clone(),
            })
        });
        view.clone()
    }

    /// Checks the rules, one check at a time.
    fn check(&mut self) {
        if self.checking {
            return;
        }
        self.checking = true;
        let (view, queue, generation) = (self.view(), self.queue.clone(), self.generation);
        spawn_blocking(move || {
            // It answers by itself: a task that waits for it would be woken first.
            let found = catch_unwind(AssertUnwindSafe(|| findings(&view))).ok();
            drop(view);
            // The server may have ended meanwhile.
            if let Some(queue) = queue.upgrade() {
                let _ = queue.send(Event::Checked { generation, found });
            }
        });
    }

    async fn open(&mut self, path: String, uri: Uri, version: i32, text: String) {
        self.settle(&path).await;
        self.documents
            .insert(path.clone(), Document::new(version, text));
        self.read(&path);
        Arc::make_mut(&mut self.open).insert(path, (uri, version));
    }

    /// Takes the text of an open document, if there is room for it among the others.
    fn read(&mut self, path: &str) {
        let room: usize = self.documents.values().map(Document::room).sum();
        let Some(document) = self.documents.get_mut(path) else {
            return;
        };
        if MOST_OPEN < room {
            let one_more = self.limits.bytes.min(MOST_OPEN).saturating_add(1);
            let blank = || " ".repeat(one_more).into();
            document.let_go(self.too_large.get_or_insert_with(blank).clone());
        }
        let text = document.text.clone();
        self.set_file(path, &text);
    }

    fn change(&mut self, path: &str, version: i32, changes: Vec<TextDocumentContentChangeEvent>) {
        let Some(document) = self.documents.get_mut(path) else {
            return;
        };
        document.change(version, changes, self.abilities.encoding);
        let version = document.version;
        self.read(path);
        if let Some((_, known)) = Arc::make_mut(&mut self.open).get_mut(path) {
            *known = version;
        }
    }

    async fn close(&mut self, path: &str) {
        if self.documents.remove(path).is_some() {
            Arc::make_mut(&mut self.open).remove(path);
            self.disk(vec![path.to_owned()]).await;
        }
    }

    /// Takes files from disk, unless they are open: then what the client says counts.
    async fn disk(&mut self, paths: Vec<String>) {
        let mut placed: Vec<(PathBuf, String)> = Vec::new();
        for path in paths {
            if self.documents.contains_key(&path) {
                continue;
            }
            let root = self.set_of(&path).map(|set| set.root.clone());
            placed.extend(root.map(|root| (root, path)));
        }
        let limits = self.limits;
        let read = spawn_blocking(move || {
            let texts = placed.into_iter().map(|(root, path)| {
                let text = folders::read(&root, Path::new(&path), limits);
                (path, text)
            });
            texts.collect::<Vec<_>>()
        });
        for (path, text) in read.await.unwrap_or_default() {
            match (text, self.set_of(&path)) {
                (Some(text), Some(set)) => set.host.set_file(path, text),
                (None, Some(set)) => set.host.remove_file(&path),
                (_, None) => {}
            }
        }
    }

    /// Takes folders of the client as rule sets. One that lies in another belongs to it.
    async fn add_roots(&mut self, roots: Vec<PathBuf>) {
        for root in roots {
            self.sets.retain(|set| !set.root.starts_with(&root));
            self.add_root(root).await;
        }
    }

    /// Takes a folder as a rule set, apart from what in it is one already.
    async fn add_root(&mut self, root: PathBuf) {
        if self.sets.iter().any(|set| root.starts_with(&set.root)) {
            return;
        }
        let folder = root.clone();
        let limits = self.limits;
        let scan = spawn_blocking(move || folders::scan(&folder, limits)).await;
        let scan = scan.unwrap_or_default();
        if scan.cut {
            let told = "hjemmel: mappen er for stor; ikke alle regelfiler er læst";
            self.client.log_message(MessageType::WARNING, told).await;
        }
        let mut host = Host::with_limits(self.limits);
        for (path, text) in scan.files {
            if self.set_of(&path).is_none() {
                host.set_file(path, text);
            }
        }
        self.sets.push(RuleSet { root, host });
        // What is open counts, also in the new folder.
        let open = self.documents.iter();
        let open: Vec<(String, Arc<str>)> = open
            .map(|(path, document)| (path.clone(), document.text.clone()))
            .collect();
        for (path, text) in open {
            self.set_file(&path, &text);
        }
    }

    async fn move_roots(&mut self, added: Vec<PathBuf>, removed: &[PathBuf]) {
        self.sets.retain(|set| !removed.contains(&set.root));
        self.add_roots(added).await;
        let open: Vec<String> = self.documents.keys().cloned().collect();
        for path in open {
            self.settle(&path).await;
        }
    }

    /// Sees to it that a document belongs to a rule set: in no folder of the client, it goes with
    /// the rules beside it.
    async fn settle(&mut self, path: &str) {
        if self.set_of(path).is_none() {
            let path = Path::new(path);
            let folder = path.parent().filter(|_| path.is_absolute());
            self.add_root(folder.unwrap_or(path).to_owned()).await;
        }
    }

    fn set_file(&mut self, path: &str, text: &Arc<str>) {
        if let Some(set) = self.set_of(path) {
            set.host.set_file(path, text.clone());
        }
    }

    /// The rule set that a path belongs to: the innermost, if there are several.
    fn set_of(&mut self, path: &str) -> Option<&mut RuleSet> {
        let path = Path::new(path);
        let sets = self.sets.iter_mut();
        sets.filter(|set| path.starts_with(&set.root))
            .max_by_key(|set| set.root.components().count())
    }
}
