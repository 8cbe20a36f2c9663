//! What the views of one case have found out, each answer with the views that give it.
//!
//! Most epochs of a case differ by a row of one table, or by the law of one rule. What an answer was made of, the rows of some
//! tables and the versions of some rules, is noted while it is made; every view that sees the same of these gives the same
//! answer.

use crate::model::{ConditionId, Model, Rule, Subject};
use crate::outcome::StateRun;
use crate::time::{Day, Period, Timeline};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

/// The views that see the same of all that an answer was made of: by the day up to which rows have begun, and by the
/// day of the law.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sight {
    pub(super) begun_by: Period,
    pub(super) law: Period,
}

impl Sight {
    /// Nothing has been looked at.
    pub(super) const ALL: Self = Self {
        begun_by: EVER,
        law: EVER,
    };

    /// The views that see the same of both.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            begun_by: self.begun_by.and(other.begun_by),
            law: self.law.and(other.law),
        }
    }

    fn sees(self, begun_by: Day, law: Day) -> bool {
        self.begun_by.contains(begun_by) && self.law.contains(law)
    }
}

/// All days, also those that are not judged.
const EVER: Period = Period {
    start: Day::from_number(i32::MIN),
    end: Day::from_number(i32::MAX),
};

/// The stretch around `day` in which nothing changes: from the last change on or before it to the first after it.
pub(super) fn unchanged(changes: impl Iterator<Item = Day>, day: Day) -> Period {
    changes.fold(EVER, |stretch, change| {
        if change <= day {
            Period::new(stretch.start.max(change), stretch.end)
        } else {
            Period::new(stretch.start, stretch.end.min(change))
        }
    })
}

/// The days on which the version in force of a rule changes.
pub(super) fn changes<T>(rule: &Rule<T>) -> impl Iterator<Item = Day> {
    let periods = rule.versions.iter().map(|it| it.validity.period);
    periods.flat_map(|period| [period.start, period.end])
}

/// The answers to one question, by the views that give them.
struct Answers<T>(Vec<(Sight, T)>);

impl<T> Default for Answers<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Clone> Answers<T> {
    fn get(&self, begun_by: Day, law: Day) -> Option<(Sight, T)> {
        // The newest are asked for most.
        let mut newest = self.0.iter().rev();
        newest.find(|(sight, _)| sight.sees(begun_by, law)).cloned()
    }
}

/// What is known of a case, as known on one day.
///
/// A rule set has thousands of conditions, and a view is asked about those of a few rules, which lie together: only the
/// pages that are written to are there.
pub(super) struct Memo {
    pages: Vec<Option<Box<Page>>>,
    runs: BTreeMap<Subject, Answers<States>>,
}

/// Conditions on a page.
const PAGE: usize = 32;

type Page = [Answers<Rc<Timeline>>; PAGE];

/// The states of a rule; `None` if it has no version in force.
pub(super) type States = Option<Rc<Vec<StateRun>>>;

impl Memo {
    /// Nothing is known of this many conditions.
    pub(super) fn new(conditions: usize) -> Self {
        let mut pages = Vec::new();
        pages.resize_with(conditions.div_ceil(PAGE), || None);
        Self {
            pages,
            runs: BTreeMap::new(),
        }
    }

    /// What is known of a condition.
    pub(super) fn timeline(
        &self,
        id: ConditionId,
        begun_by: Day,
        law: Day,
    ) -> Option<(Sight, Rc<Timeline>)> {
        let page = self.pages.get(id.0 / PAGE)?.as_ref()?;
        page.get(id.0 % PAGE)?.get(begun_by, law)
    }

    /// Keeps what a condition comes to.
    pub(super) fn keep_timeline(&mut self, id: ConditionId, sight: Sight, timeline: Rc<Timeline>) {
        let Some(page) = self.pages.get_mut(id.0 / PAGE) else {
            return;
        };
        let page = page.get_or_insert_default();
        if let Some(slot) = page.get_mut(id.0 % PAGE) {
            slot.0.push((sight, timeline));
        }
    }

    /// What is known of a rule.
    pub(super) fn runs(
        &self,
        subject: Subject,
        begun_by: Day,
        law: Day,
    ) -> Option<(Sight, States)> {
        self.runs.get(&subject)?.get(begun_by, law)
    }

    /// Keeps the states of a rule.
    pub(super) fn keep_runs(&mut self, subject: Subject, sight: Sight, states: States) {
        self.runs
            .entry(subject)
            .or_default()
            .0
            .push((sight, states));
    }

    /// The conditions of which something is known.
    pub(super) fn known(&self) -> impl Iterator<Item = ConditionId> {
        let pages = self.pages.iter().zip((0_usize..).step_by(PAGE));
        pages.flat_map(|(page, first)| {
            let slots = page.iter().flat_map(|page| page.iter());
            let known = (first..).zip(slots).filter(|(_, slot)| !slot.0.is_empty());
            known.map(|(id, _)| ConditionId(id))
        })
    }
}

/// What tells views of the same day apart, but for the law: the knowledge date, and whether decisions past their
/// reassessment date count.
type Key = (Option<Day>, bool);

pub(super) type SharedMemo = Rc<RefCell<Memo>>;

/// What all views of one case share.
pub(super) struct Kept {
    memos: RefCell<BTreeMap<Key, SharedMemo>>,
    /// What has been looked at for the answer that is being made.
    seen: Cell<Sight>,
}

impl Kept {
    /// Nothing is known yet.
    pub(super) fn new() -> Rc<Self> {
        Rc::new(Self {
            memos: RefCell::default(),
            seen: Cell::new(Sight::ALL),
        })
    }

    /// What is known as known on a day, with expired decisions counting or not.
    pub(super) fn memo(
        &self,
        model: &Model,
        known_on: Option<Day>,
        expired_counts: bool,
    ) -> SharedMemo {
        let mut memos = self.memos.borrow_mut();
        let memo = memos
            .entry((known_on, expired_counts))
            .or_insert_with(|| Rc::new(RefCell::new(Memo::new(model.conditions.len()))));
        Rc::clone(memo)
    }

    /// Marks the conditions that were asked for, by their ids.
    pub(super) fn mark_asked(&self, asked: &mut [bool]) {
        for memo in self.memos.borrow().values() {
            for id in memo.borrow().known() {
                if let Some(asked) = asked.get_mut(id.0) {
                    *asked = true;
                }
            }
        }
    }

    /// Makes an answer, and tells what was looked at for it. (For the answer around it nothing has been looked at by that.)
    pub(super) fn watch<T>(&self, make: impl FnOnce() -> T) -> (Sight, T) {
        let around = self.seen.replace(Sight::ALL);
        let made = make();
        (self.seen.replace(around), made)
    }

    /// Notes what is looked at for the answer that is being made.
    pub(super) fn see(&self, sight: Sight) {
        self.seen.set(self.seen.get().and(sight));
    }
}

#[cfg(test)]
mod tests {
    use crate::evaluate::{Evaluation, testing};
    use crate::model::{Subject, TermId};
    use crate::time::Day;
    use std::rc::Rc;

    const RULES: &str = r#"
data hjælp
  perioder fuldstændig

data tilbud
  perioder fuldstændig

parameter pause
  hjemmel kilde "k"
  værdi 1 uge gælder til 31. december 2016
  værdi 2 uger gælder fra 1. januar 2017

begreb på_hjælp
  hjemmel kilde "k"
  når hjælp

begreb nylig_hjælp
  hjemmel kilde "k"
  når hjælp inden for de seneste pause

begreb ingen_af_dem
  hjemmel kilde "k"
  når ikke (hjælp eller tilbud)

eksempel "e"
  givet
ROWS  så
    på_hjælp er nej den 1. januar 2015
"#;

    /// `=` for each that is the one before it, `+` for one that was made.
    fn shared<T>(answers: &[Rc<T>]) -> String {
        let same = answers
            .windows(2)
            .map(|pair| Rc::ptr_eq(&pair[0], &pair[1]));
        let signs = same.map(|same| if same { '=' } else { '+' });
        std::iter::once('+').chain(signs).collect()
    }

    /// For each term, the views that give the same answer as the view before it.
    #[test]
    fn views_that_see_the_same_of_what_an_answer_is_made_of_share_it() {
        let rows =
            "hjælp fra 1. februar 2016, fortsat; tilbud fra 1. marts 2016 til 31. marts 2016";
        let model = testing::model(RULES, rows);
        let evaluation = Evaluation::new(&model, &model.examples[0].case, None);
        let days = [(2016, 1), (2016, 2), (2016, 3), (2017, 1)];
        let days = days.map(|(year, month)| Day::from_ymd(year, month, 1).unwrap());
        let mut shown = Vec::new();
        for (id, term) in model.terms.iter().enumerate() {
            let condition = term.versions[0].body.when;
            let views = days.map(|day| evaluation.view(day).unwrap());
            let timelines = views.map(|view| view.timeline(condition));
            let states = views.map(|view| view.runs(Subject::Term(TermId(id))).unwrap());
            let line = shared(&timelines);
            assert_eq!(shared(&states), line, "{}", term.name);
            shown.push(format!("{line} {}", term.name));
        }
        assert_eq!(
            shown,
            ["++== på_hjælp", "++=+ nylig_hjælp", "+++= ingen_af_dem"]
        );
    }

    const TRANSITION: &str = r#"
data tilbud
  perioder fuldstændig

begreb et_tilbud
  hjemmel kilde "k"
  når tilbud
  gælder til 31. december 2016

begreb et_tilbud
  hjemmel kilde "k"
  når tilbud i mindst 2 uger
  gælder fra 1. januar 2017

overgang gamle_tilbud for et_tilbud "Tilbud fra før"
  hjemmel kilde "k"
  gælder fra 1. januar 2017
  perioder begyndt før 1. januar 2017 bedømmes efter reglerne 31. december 2016

begreb har_tilbud
  hjemmel kilde "k"
  når et_tilbud

eksempel "e"
  givet
ROWS  så
    har_tilbud er nej den 1. januar 2015
"#;

    /// The old law, by which the earlier spells go, is the same for whoever comes later.
    #[test]
    fn what_goes_partly_by_the_law_of_an_earlier_day_is_shared_by_later_days() {
        let rows = "tilbud fra 1. december 2016 til 31. januar 2017";
        let model = testing::model(TRANSITION, rows);
        let evaluation = Evaluation::new(&model, &model.examples[0].case, None);
        let term = model.terms.iter().find(|term| term.name == "har_tilbud");
        let condition = term.unwrap().versions[0].body.when;
        let days = [(2016, 12), (2017, 3), (2017, 4), (2018, 1)];
        let days = days.map(|(year, month)| Day::from_ymd(year, month, 15).unwrap());
        let timelines = days.map(|day| evaluation.view(day).unwrap().timeline(condition));
        assert_eq!(shared(&timelines), "++==");
    }
}
