//! What is new since an earlier list: new, changed, solved and gone, and what was registered late.

use super::earlier::{Earlier, Tells, Then};
use super::tables::asks;
use super::{Asked, Listed};
use crate::language::{count, day_text};
use crate::session::Session;
use hjemmel_engine::case::Case;
use hjemmel_engine::evaluate::subject_name;
use hjemmel_engine::follow_up::{Item, items};
use hjemmel_engine::model::DutyState;
use hjemmel_engine::personal::Personal;
use hjemmel_grammar::diagnostic::Text;
use hjemmel_reports::Cell;
use std::collections::{BTreeMap, BTreeSet};

/// What has become of a duty of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum News {
    /// On the list now, and not then.
    New,
    /// On both, with another state, ground, last day or other missing facts.
    Changed,
    /// On the list then; now the duty covers the person and asks for nothing.
    Solved,
    /// On the list then; now the duty does not cover the person, or he is not in the extract.
    Gone,
}

impl News {
    /// The word for machines, and what people read.
    pub(crate) fn words(self) -> (&'static str, Text) {
        match self {
            Self::New => ("ny", Text::new("Ny", "New")),
            Self::Changed => ("ændret", Text::new("Ændret", "Changed")),
            Self::Solved => ("løst", Text::new("Løst", "Solved")),
            Self::Gone => ("udgået", Text::new("Udgået", "Gone")),
        }
    }
}

/// A duty of a case of which there is news.
pub(crate) struct Line {
    pub(crate) case: Personal,
    pub(crate) rule: String,
    pub(crate) news: News,
    /// What is known now tells another state of the earlier day than was told then; none if the
    /// person is no longer in the extract.
    pub(crate) late: Option<bool>,
    /// The state then, if it was told.
    pub(crate) then: Option<String>,
    /// The state now; none where the duty does not cover the person.
    pub(crate) now: Option<String>,
    /// What has changed, in words.
    pub(crate) what: Text,
}

/// All of it.
pub(crate) struct Since {
    pub(crate) lines: Vec<Line>,
    day: hjemmel_engine::time::Day,
    known_on: Option<hjemmel_engine::time::Day>,
}

/// Compares, and marks what is on the list.
pub(crate) fn compare(asked: &Asked<'_>, earlier: &Earlier, listed: &mut [Listed<'_>]) -> Since {
    let name = |it: &Listed<'_>| subject_name(asked.model, it.item.subject()).to_owned();
    let mut keys: BTreeSet<(Personal, String)> = BTreeSet::new();
    let mut now: BTreeMap<(Personal, String), usize> = BTreeMap::new();
    for (at, it) in listed.iter().enumerate() {
        let key = (it.case.id.clone(), name(it));
        if it.item.urgency.is_some() {
            keys.insert(key.clone());
        }
        now.insert(key, at);
    }
    let named = asked.named();
    // A duty that the rules no longer have is news, if none was chosen; a classification is not.
    let all = !asked.chosen && earlier.tells != Tells::Rules;
    let then = earlier
        .rows
        .iter()
        .filter(|((_, rule), then)| then.listed && (all || named.contains(&rule.as_str())));
    keys.extend(then.map(|(key, _)| key.clone()));
    let mut again = Again {
        asked,
        earlier,
        known: BTreeMap::new(),
    };
    let mut lines = Vec::new();
    for key in keys {
        let at = now.get(&key).copied();
        let item = at.and_then(|at| listed.get(at)).map(|it| &it.item);
        let then = earlier.rows.get(&key);
        let Some((news, what)) = news(asked, item, then) else {
            continue;
        };
        let state = |item: &Item| item.outcome.run.state.name().to_owned();
        let line = Line {
            late: again.is_late(&key, then),
            then: then.map(|then| then.state.clone()),
            now: item.map(state),
            what,
            case: key.0,
            rule: key.1,
            news,
        };
        lines.push(line);
        let it = at.and_then(|at| listed.get_mut(at));
        if let Some(it) = it.filter(|it| it.item.urgency.is_some()) {
            it.news = Some(news);
        }
    }
    // By case and rule already.
    lines.sort_by_key(|line| line.news);
    Since {
        lines,
        day: earlier.day,
        known_on: earlier.known_on,
    }
}

fn news(asked: &Asked<'_>, item: Option<&Item>, then: Option<&Then>) -> Option<(News, Text)> {
    let on_list = item.is_some_and(|item| item.urgency.is_some());
    let was_on_list = then.is_some_and(|then| then.listed);
    let nothing = || Text::same("");
    match (on_list, was_on_list) {
        (true, false) => Some((News::New, nothing())),
        (false, true) if item.is_some() => Some((News::Solved, nothing())),
        (false, true) => Some((News::Gone, nothing())),
        (false, false) => None,
        (true, true) => {
            let what = changed(asked, item?, then?);
            (!what.da.is_empty()).then_some((News::Changed, what))
        }
    }
}

/// What is told otherwise than then.
fn changed(asked: &Asked<'_>, item: &Item, then: &Then) -> Text {
    let run = &item.outcome.run;
    let told = crate::run::told(asked.model, asked.extract, run);
    let last_day = item
        .last_day
        .map_or_else(String::new, |day| day.to_string());
    let parts = [
        ("tilstand", "state", Some(&then.state), run.state.name()),
        (
            "begrundelse",
            "ground",
            Some(&then.ground),
            told.ground.as_str(),
        ),
        (
            "mangler",
            "missing",
            Some(&then.missing),
            told.missing.as_str(),
        ),
        (
            "sidste dag",
            "last day",
            then.last_day.as_ref(),
            last_day.as_str(),
        ),
    ];
    let (mut da, mut en) = (Vec::new(), Vec::new());
    for (name_da, name_en, before, after) in parts {
        let Some(before) = before.filter(|before| *before != after) else {
            continue;
        };
        let shown = |text: &str| if text.is_empty() { "–" } else { text }.to_owned();
        let (before, after) = (shown(before), shown(after));
        da.push(format!("{name_da}: {before} → {after}"));
        en.push(format!("{name_en}: {before} → {after}"));
    }
    Text::new(da.join("; "), en.join("; "))
}

/// What the earlier day looks like by what is known now.
struct Again<'a> {
    asked: &'a Asked<'a>,
    earlier: &'a Earlier,
    known: BTreeMap<Personal, Option<Vec<Item>>>,
}

impl Again<'_> {
    /// Whether it differs from what was told then.
    fn is_late(&mut self, (case, rule): &(Personal, String), then: Option<&Then>) -> Option<bool> {
        let (asked, day) = (self.asked, self.earlier.day);
        // The same day and the same rules: only what was registered can make the difference.
        if self.earlier.tells == Tells::Covered {
            return Some(true);
        }
        let days = (day, asked.known_on);
        let judge = |case: &Case| items(asked.model, &asked.duties, case, days, asked.ahead);
        let known = self.known.entry(case.clone()).or_insert_with(|| {
            let cases = &asked.extract.cases;
            let at = cases.binary_search_by(|other| other.id.cmp(case));
            Some(judge(cases.get(at.ok()?)?))
        });
        let mut items = known.as_ref()?.iter();
        let item = items.find(|item| subject_name(asked.model, item.subject()) == rule);
        Some(match then {
            Some(then) => {
                let state = item.map(|item| item.outcome.run.state.name());
                state.unwrap_or(DutyState::NotCovered.name()) != then.state
            }
            // What has only come near since then was not on the list, and is not late.
            None if self.earlier.tells == Tells::Listed => {
                item.is_some_and(|item| asks(&item.outcome.run.state))
            }
            // Of a run every rule in force is told.
            None => false,
        })
    }
}

impl Since {
    /// `Siden 31. juli 2017: nye 3 · …`
    pub(crate) fn text(&self, session: &Session) -> String {
        let language = session.language();
        let number = |number: usize| count(u64::try_from(number).unwrap_or(u64::MAX), language);
        let of = |news: News| number(self.lines.iter().filter(|it| it.news == news).count());
        let late = self.lines.iter().filter(|it| it.late == Some(true)).count();
        let words = [
            (News::New, "nye", "new"),
            (News::Changed, "ændrede", "changed"),
            (News::Solved, "løste", "solved"),
            (News::Gone, "udgåede", "gone"),
        ];
        let parts = words.map(|(news, da, en)| format!("{} {}", session.say(da, en), of(news)));
        let (day, known) = (day_text(self.day), self.known_on.map(day_text));
        let known = known.map_or_else(String::new, |known| {
            let words = Text::new(
                format!(", som den var kendt {}", known.da),
                format!(", as known on {}", known.en),
            );
            words.get(language).to_owned()
        });
        let since = session.say("Siden", "Since");
        let late_words = session.say("heraf registreret sent", "of these registered late");
        format!(
            "{since} {}{known}: {} · {late_words} {}\n\n",
            day.get(language),
            parts.join(" · "),
            number(late),
        )
    }

    /// What a reader must know of the comparison.
    pub(crate) fn notes(&self) -> Vec<(Text, Cell)> {
        let explained = Text::new(
            "Ny: på listen nu og ikke da. Ændret: på begge, med anden tilstand, anden begrundelse, anden sidste dag eller andet, der mangler. Løst: ikke mere på listen. Udgået: ikke omfattet mere, eller ikke i udtrækket. Sen registrering: det, der er kendt nu, giver den tidligere dag en anden tilstand, end der blev sagt da; sammenlignes der med en tidligere kendt dag, skyldes alt det.",
            "New: on the list now and not then. Changed: on both, with another state, ground, last day or other missing facts. Solved: no longer on the list. Gone: no longer covered, or not in the extract. Late registration: what is known now gives the earlier day another state than was told then; compared with an earlier knowledge date, everything is due to it.",
        );
        let mut notes = vec![
            (
                Text::new("Sammenlignet med", "Compared with"),
                Cell::Day(self.day),
            ),
            (
                Text::new("Siden sidst", "Since last time"),
                Cell::Word(explained.da.clone(), explained),
            ),
        ];
        if let Some(known) = self.known_on {
            let label = Text::new("Som kendt den dag", "As known on that day");
            notes.insert(1, (label, Cell::Day(known)));
        }
        notes
    }
}
