//! Every figure of the memo: what it counts, what it rests on, and whether it may be shown.
//!
//! A number reaches a page, a workbook or a terminal as a [`Figure`] only, and a figure has an id
//! that is made of what it is: `andel_uden_indsats/kontanthjælp/tæller`.

use super::document::Limit;
use super::people::{People, Scene};
use crate::language::{count, limit_words, thousandths};
use hjemmel_engine::measure::Counts;
use hjemmel_engine::model::{ExemptionId, MeasureId, Subject};
use hjemmel_engine::time::{Day, Truth};
use hjemmel_grammar::diagnostic::{Language, Text};
use hjemmel_reports::Cell;
use hjemmel_reports::suppression::{self, Count};
use std::collections::{BTreeMap, BTreeSet};

/// A figure: a position in [`Figures`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Figure(usize);

/// What a figure says.
#[derive(Clone, Debug)]
enum What {
    /// How many persons belong to the count of its id.
    Persons,
    /// The share of one count in another; where anyone is unknown there is none.
    Share {
        counted: String,
        out_of: String,
        unknown: String,
    },
    /// A number of something else than persons. It is hidden with the count named, if one is.
    Things(u64, Option<String>),
    /// A number that somebody else has published; a share in thousandths of a per cent.
    Published(i64, bool),
}

/// What a figure rests on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Source {
    /// A measure on a day.
    Measure(MeasureId, Day),
    /// The same, if nothing new is registered.
    Forecast(MeasureId, Day),
    /// The answer of a rule on a day.
    Answer(Subject, Day),
    /// An exemption on a day.
    Exemption(ExemptionId, Day),
    /// What stands in the extract.
    Extract,
    /// What somebody else has published, by the source.
    Published(String),
}

/// A figure as it is registered.
#[derive(Clone, Debug)]
struct Entry {
    id: String,
    what: What,
    importance: u32,
    label: Text,
    source: Source,
}

/// What may be shown of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    /// A number of persons or things.
    Number(u64),
    /// A share in thousandths of a per cent.
    Percent(i64),
    /// The same with all its decimals.
    Quoted(i64),
    /// It may not be shown.
    Hidden,
    /// There is none: nobody to take a share of, or somebody of whom it is not known.
    None,
}

/// What a new figure is.
pub(crate) struct New {
    pub(crate) id: String,
    /// The lower, the sooner it is shown where not all may be.
    pub(crate) importance: u32,
    /// What it counts, in words.
    pub(crate) label: Text,
    pub(crate) source: Source,
}

/// The figures of a memo.
pub(crate) struct Figures {
    people: People,
    entries: Vec<Entry>,
    by_id: BTreeMap<String, Figure>,
    /// The counts of persons that may not be shown; all, until it is decided.
    hidden: Option<BTreeSet<String>>,
}

/// The share's own part of an id, and those of its counts.
pub(crate) const PARTS: [&str; 4] = ["tæller", "nævner", "andel", "ukendt"];

impl Figures {
    pub(crate) fn new(people: People) -> Self {
        Self {
            people,
            entries: Vec::new(),
            by_id: BTreeMap::new(),
            hidden: None,
        }
    }

    /// Whether anyone belongs to a count.
    pub(crate) fn is_any(&self, id: &str) -> bool {
        self.people.is_any(id)
    }

    fn add(&mut self, new: New, what: What) -> Figure {
        if let Some(known) = self.by_id.get(&new.id) {
            return *known;
        }
        let figure = Figure(self.entries.len());
        self.by_id.insert(new.id.clone(), figure);
        self.entries.push(Entry {
            id: new.id,
            what,
            importance: new.importance,
            label: new.label,
            source: new.source,
        });
        figure
    }

    /// How many persons belong to the count of that id.
    pub(crate) fn persons(&mut self, new: New) -> Figure {
        self.add(new, What::Persons)
    }

    /// A number that counts no persons; hidden with the count of persons `with`.
    pub(crate) fn things(&mut self, new: New, number: u64, with: Option<String>) -> Figure {
        self.add(new, What::Things(number, with))
    }

    /// A number that somebody else has published; a share in thousandths of a per cent.
    pub(crate) fn published(&mut self, new: New, number: i64, is_share: bool) -> Figure {
        self.add(new, What::Published(number, is_share))
    }

    /// The four figures of a measure in a group: count, out of, share, unknown. `base` is the id
    /// without its last part.
    pub(crate) fn measured(
        &mut self,
        base: &str,
        importance: u32,
        label: &Text,
        source: &Source,
    ) -> [Figure; 4] {
        let id = |part: &str| format!("{base}/{part}");
        let new = |part: &str, words: (&str, &str)| New {
            id: id(part),
            importance,
            label: Text::new(
                format!("{}: {}", label.da, words.0),
                format!("{}: {}", label.en, words.1),
            ),
            source: source.clone(),
        };
        let [counted, out_of, share, unknown] = PARTS;
        let what = What::Share {
            counted: id(counted),
            out_of: id(out_of),
            unknown: id(unknown),
        };
        [
            self.persons(new(counted, ("tæller", "count"))),
            self.persons(new(out_of, ("nævner", "out of"))),
            self.add(new(share, ("andel", "share")), what),
            self.persons(new(unknown, ("ukendt", "unknown"))),
        ]
    }

    /// Decides which counts may be shown, once all figures are there.
    pub(crate) fn decide(&mut self, allow_small: bool) {
        let mut importance: BTreeMap<String, Count> = BTreeMap::new();
        for entry in &self.entries {
            let of = |importance, printed| Count {
                importance,
                printed,
            };
            match &entry.what {
                What::Persons => {
                    importance.insert(entry.id.clone(), of(entry.importance, true));
                }
                What::Share { counted, .. } => {
                    // All but a few of a group tell as much of these few.
                    let rest = rest_of(counted);
                    importance
                        .entry(rest)
                        .or_insert(of(entry.importance, false));
                }
                What::Things(_, Some(with)) => {
                    importance
                        .entry(with.clone())
                        .or_insert(of(entry.importance, false));
                }
                What::Things(_, None) | What::Published(..) => {}
            }
        }
        if allow_small {
            self.hidden = Some(BTreeSet::new());
            return;
        }
        let mut scenes: BTreeMap<Scene, Vec<(&str, Count)>> = BTreeMap::new();
        for (id, count) in &importance {
            if let Some(scene) = self.people.scene(id) {
                scenes.entry(scene).or_default().push((id, *count));
            }
        }
        let mut hidden = BTreeSet::new();
        for counts in scenes.values() {
            let (ids, counts): (Vec<&str>, Vec<Count>) = counts.iter().copied().unzip();
            let shown = suppression::shown(&counts, &self.people.groups(&ids));
            for ((id, count), shown) in ids.iter().zip(&counts).zip(shown) {
                // What is not printed is hidden only if it is small itself.
                let small = || (1..suppression::FEWEST).contains(&self.people.count(id));
                if !shown && (count.printed || small()) {
                    hidden.insert((*id).to_owned());
                }
            }
        }
        self.hidden = Some(hidden);
    }

    fn may_show(&self, id: &str) -> bool {
        self.hidden
            .as_ref()
            .is_some_and(|hidden| !hidden.contains(id))
    }

    /// What may be shown of a figure.
    pub(crate) fn shown(&self, figure: Figure) -> Shown {
        let Some(entry) = self.entries.get(figure.0) else {
            return Shown::None;
        };
        match &entry.what {
            What::Persons if self.may_show(&entry.id) => {
                Shown::Number(self.people.count(&entry.id))
            }
            What::Share {
                counted,
                out_of,
                unknown,
            } => self.share(counted, out_of, unknown),
            What::Things(number, with) => match with {
                Some(with) if !self.may_show(with) => Shown::Hidden,
                _ => Shown::Number(*number),
            },
            What::Published(number, false) => {
                u64::try_from(*number).map_or(Shown::None, Shown::Number)
            }
            // With the decimals it was published with.
            What::Published(number, true) => Shown::Quoted(*number),
            What::Persons => Shown::Hidden,
        }
    }

    fn share(&self, counted: &str, out_of: &str, unknown: &str) -> Shown {
        if !self.may_show(counted) || !self.may_show(out_of) {
            return Shown::Hidden;
        }
        let counts = self.counts(counted, out_of, unknown);
        if counts.unknown > 0 {
            return Shown::None;
        }
        let (part, whole) = (u128::from(counts.counted), u128::from(counts.out_of));
        let doubled = part.saturating_mul(200_000).saturating_add(whole);
        let share = doubled.checked_div(whole.saturating_mul(2));
        let share = share.and_then(|share| i64::try_from(share).ok());
        share.map_or(Shown::None, Shown::Percent)
    }

    fn counts(&self, counted: &str, out_of: &str, unknown: &str) -> Counts {
        Counts {
            counted: self.people.count(counted),
            out_of: self.people.count(out_of),
            unknown: self.people.count(unknown),
        }
    }

    /// Whether a share keeps a limit, where it may be shown with its counts.
    fn limit_kept(&self, share: Figure, (order, percent): Limit) -> Option<Truth> {
        let entry = self.entries.get(share.0)?;
        let What::Share {
            counted,
            out_of,
            unknown,
        } = &entry.what
        else {
            return None;
        };
        let open = [counted, out_of, unknown];
        if !open.into_iter().all(|id| self.may_show(id)) {
            return None;
        }
        self.counts(counted, out_of, unknown).keeps(order, percent)
    }

    /// A figure in words.
    pub(crate) fn text(&self, figure: Figure, language: Language) -> String {
        match self.shown(figure) {
            Shown::Number(number) => count(number, language),
            Shown::Percent(share) => percent(share, language),
            Shown::Quoted(share) => {
                let sign = Text::new(" %", "%");
                thousandths(share, language) + sign.get(language)
            }
            Shown::Hidden => hidden().get(language).to_owned(),
            Shown::None => "–".to_owned(),
        }
    }

    /// `højst 20 %: overholdt`; what cannot be shown is not held against anything.
    pub(crate) fn limit(&self, share: Figure, limit: Limit) -> Text {
        let (da, en) = match self.limit_kept(share, limit) {
            Some(Truth::Yes) => (": overholdt", ": kept"),
            Some(Truth::No) => (": ikke overholdt", ": not kept"),
            Some(Truth::Unknown) => (": ukendt", ": unknown"),
            None => ("", ""),
        };
        Text::new(
            limit_words(limit, Language::Danish) + da,
            limit_words(limit, Language::English) + en,
        )
    }

    /// A figure in a workbook.
    pub(crate) fn cell(&self, figure: Figure) -> Cell {
        match self.shown(figure) {
            Shown::Number(number) => Cell::count(number),
            Shown::Percent(share) | Shown::Quoted(share) => Cell::Percent(share),
            Shown::Hidden => Cell::Word("skjult".to_owned(), hidden()),
            Shown::None => Cell::Blank,
        }
    }

    /// Whether any figure is hidden.
    pub(crate) fn any_hidden(&self) -> bool {
        let mut all = (0..self.entries.len()).map(Figure);
        all.any(|figure| self.shown(figure) == Shown::Hidden)
    }

    pub(crate) fn id(&self, figure: Figure) -> &str {
        self.entries
            .get(figure.0)
            .map_or("", |entry| entry.id.as_str())
    }

    pub(crate) fn label(&self, figure: Figure) -> Text {
        let entry = self.entries.get(figure.0);
        entry.map_or_else(|| Text::same(""), |entry| entry.label.clone())
    }

    pub(crate) fn source(&self, figure: Figure) -> Option<&Source> {
        self.entries.get(figure.0).map(|entry| &entry.source)
    }

    /// The figure of that id.
    pub(crate) fn named(&self, id: &str) -> Option<Figure> {
        self.by_id.get(id).copied()
    }

    /// All figures, in the order in which they were registered.
    pub(crate) fn all(&self) -> impl Iterator<Item = Figure> {
        (0..self.entries.len()).map(Figure)
    }
}

/// What is shown in the place of a count that may not be.
fn hidden() -> Text {
    Text::new("skjult", "hidden")
}

/// The count of those who are not counted, beside a count.
fn rest_of(counted: &str) -> String {
    let base = counted.rsplit_once('/').map_or(counted, |(base, _)| base);
    format!("{base}/{REST}")
}

/// The last part of its id.
pub(crate) const REST: &str = "øvrige";

/// `34,3 %`
fn percent(share: i64, language: Language) -> String {
    Cell::Percent(share).shown(language)
}
