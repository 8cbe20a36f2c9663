//! What a view has found out, by condition.

use crate::model::ConditionId;
use crate::time::Timeline;
use std::rc::Rc;

/// A rule set has thousands of conditions, and a view is asked about those of a few rules, which lie
/// together: only the pages that are written to are there.
pub(super) struct Memo {
    pages: Vec<Option<Box<Page>>>,
}

/// Conditions on a page.
const PAGE: usize = 32;

type Page = [Option<Rc<Timeline>>; PAGE];

impl Memo {
    /// Nothing is known of this many conditions.
    pub(super) fn new(conditions: usize) -> Self {
        let mut pages = Vec::new();
        pages.resize_with(conditions.div_ceil(PAGE), || None);
        Self { pages }
    }

    /// What is known of a condition.
    pub(super) fn get(&self, id: ConditionId) -> Option<&Rc<Timeline>> {
        let page = self.pages.get(id.0 / PAGE)?.as_ref()?;
        page.get(id.0 % PAGE)?.as_ref()
    }

    /// Keeps what a condition comes to.
    pub(super) fn keep(&mut self, id: ConditionId, timeline: &Rc<Timeline>) {
        let Some(page) = self.pages.get_mut(id.0 / PAGE) else {
            return;
        };
        let page = page.get_or_insert_default();
        if let Some(slot) = page.get_mut(id.0 % PAGE) {
            *slot = Some(Rc::clone(timeline));
        }
    }

    /// The conditions of which something is known.
    pub(super) fn known(&self) -> impl Iterator<Item = ConditionId> {
        let pages = self.pages.iter().zip((0_usize..).step_by(PAGE));
        pages.flat_map(|(page, first)| {
            let slots = page.iter().flat_map(|page| page.iter());
            let known = (first..).zip(slots).filter(|(_, slot)| slot.is_some());
            known.map(|(id, _)| ConditionId(id))
        })
    }
}
