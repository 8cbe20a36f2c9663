//! Branches of a classification that are never reached, or not known to exclude each other.
//!
//! Each branch is held against the earlier ones. So that a list of thousands does not take millions of
//! comparisons, an index tells those that could matter: of branches that give one subject different
//! values, none has to be looked at.

use super::logic::{Alternative, Fact, Logic};
use crate::case::Value;
use crate::diagnostics::{analysis, structure};
use crate::model::{
    Branch, ClassificationId, ConditionId, ConditionKind, DutyId, DutyState, FieldId, RowCondition,
    RowTest, TableId,
};
use hjemmel_grammar::diagnostic::Diagnostic;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// How many branches may be silent about a subject before the index forgets it.
const MOST_SILENT: usize = 64;
/// How many facts are kept of a condition; those of a longer one are worked out each time.
const MOST_KEPT: usize = 64;

impl Logic<'_> {
    /// Reports branches that an earlier one leaves nothing, or does not exclude.
    pub(super) fn check_branches(
        &self,
        branches: &[Branch],
        in_order: bool,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let mut together = Together::default();
        let mut shadows = Shadows::default();
        let mut seen: Vec<(&Branch, Said)> = Vec::new();
        for later in branches {
            let Some(when) = later.when else { continue };
            let said = Said::new(self, when, in_order);
            let alternatives = said.holds(self);
            let candidates = if in_order {
                shadows.of(self, when, alternatives.as_deref())
            } else {
                together.with(&self.answers(alternatives.as_deref()))
            };
            // One earlier branch for each says enough.
            let found = candidates.into_iter().find_map(|at| {
                let (earlier, before) = seen.get(at)?;
                let matters = self.matters(before, &said, alternatives.as_deref(), in_order);
                matters.then_some(*earlier)
            });
            if let Some(earlier) = found {
                let (state, site) = (&later.state, later.site);
                diagnostics.push(if in_order {
                    analysis::shadowed(site, state, earlier.site)
                } else {
                    structure::branches_may_overlap(site, state, earlier.site, &earlier.state)
                });
            }
            if in_order {
                shadows.add(self, when, said.fails(self).as_deref());
            } else {
                together.add(&self.answers(alternatives.as_deref()));
            }
            seen.push((later, said));
        }
    }

    /// Whether an earlier branch leaves nothing to a later one, or does not exclude it.
    fn matters(
        &self,
        before: &Said,
        later: &Said,
        alternatives: Option<&[Alternative]>,
        in_order: bool,
    ) -> bool {
        if in_order {
            self.canonical(before.when) == self.canonical(later.when)
                || self.apart(alternatives, before.fails(self).as_deref())
        } else {
            !self.apart(before.holds(self).as_deref(), alternatives)
        }
    }

    /// Whether no alternative of the one can hold together with one of the other. Not if there are too
    /// many to say.
    fn apart(&self, one: Option<&[Alternative]>, two: Option<&[Alternative]>) -> bool {
        let (Some(one), Some(two)) = (one, two) else {
            return false;
        };
        let contradict = |first: &Alternative, second: &Alternative| {
            first
                .iter()
                .any(|fact| second.iter().any(|other| self.contradict(*fact, *other)))
        };
        one.iter()
            .all(|first| two.iter().all(|second| contradict(first, second)))
    }

    /// The subjects of which every alternative speaks, each with all answers that they give.
    fn answers(&self, alternatives: Option<&[Alternative]>) -> Answers<'_> {
        let Some((first, rest)) = alternatives.and_then(<[Alternative]>::split_first) else {
            return Answers::new();
        };
        let mut sum = self.answers_of(first);
        for other in rest {
            let more = self.answers_of(other);
            sum.retain(|subject, _| more.contains_key(subject));
            for (subject, answers) in &mut sum {
                answers.extend(more.get(subject).into_iter().flatten().copied());
            }
        }
        sum
    }

    fn answers_of(&self, facts: &Alternative) -> Answers<'_> {
        let mut told = Answers::new();
        for fact in facts {
            let held = BTreeSet::from([Answer::Held(fact.holds)]);
            told.insert(Subject::Condition(fact.condition), held);
            if !fact.holds {
                continue;
            }
            match self.kind(fact.condition) {
                ConditionKind::ClassifiedAs(id, states) => {
                    let states = states.iter().map(|it| Answer::State(it)).collect();
                    told.insert(Subject::Classification(*id), states);
                }
                ConditionKind::DutyIs(id, states) => {
                    let states = states.iter().map(|it| Answer::Duty(*it)).collect();
                    told.insert(Subject::Duty(*id), states);
                }
                ConditionKind::Rows { table, filter, .. } if self.has_one_row(*table) => {
                    for (field, values) in values(filter) {
                        let values = values.iter().map(Answer::Value).collect();
                        told.insert(Subject::Field(*table, field), values);
                    }
                }
                _ => {}
            }
        }
        told
    }
}

/// The fields that a row must have one of some values of.
fn values(filter: &RowCondition) -> Vec<(FieldId, &[Value])> {
    match filter {
        RowCondition::Field(field, RowTest::OneOf(values)) => vec![(*field, values)],
        RowCondition::All(parts) => parts.iter().flat_map(values).collect(),
        _ => Vec::new(),
    }
}

/// The condition of a branch, expanded once if that is not too long to keep.
struct Said {
    when: ConditionId,
    holds: Kept,
    fails: Kept,
}

/// Alternatives that are kept, if they are; inside, none if there are too many to say.
type Kept = Option<Option<Vec<Alternative>>>;

impl Said {
    /// What is needed of it where the branches are `in_order`, and where they are not.
    fn new(logic: &Logic<'_>, when: ConditionId, in_order: bool) -> Self {
        let kept = |holds| {
            let all = logic.alternatives(when, holds);
            let facts = all.iter().flatten().map(Vec::len);
            (facts.sum::<usize>() <= MOST_KEPT).then_some(all)
        };
        Self {
            when,
            holds: if in_order { None } else { kept(true) },
            fails: if in_order { kept(false) } else { None },
        }
    }

    fn holds(&self, logic: &Logic<'_>) -> Option<Vec<Alternative>> {
        let again = || logic.alternatives(self.when, true);
        self.holds.clone().unwrap_or_else(again)
    }

    fn fails(&self, logic: &Logic<'_>) -> Option<Vec<Alternative>> {
        let again = || logic.alternatives(self.when, false);
        self.fails.clone().unwrap_or_else(again)
    }
}

/// Of what a fact speaks.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Subject {
    Condition(ConditionId),
    Classification(ClassificationId),
    Duty(DutyId),
    /// A field of a table that has one row a day.
    Field(TableId, FieldId),
}

/// What a fact says of its subject.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Answer<'m> {
    Held(bool),
    State(&'m str),
    Duty(DutyState),
    Value(&'m Value),
}

type Answers<'m> = BTreeMap<Subject, BTreeSet<Answer<'m>>>;

/// Branches by what they answer. Two that give one subject no answer in common exclude each other.
#[derive(Default)]
struct Together<'m> {
    count: usize,
    subjects: Vec<(Subject, Answered<'m>)>,
}

/// What the branches answer about a subject, and those that say nothing of it.
#[derive(Default)]
struct Answered<'m> {
    by: BTreeMap<Answer<'m>, Vec<usize>>,
    silent: Vec<usize>,
}

impl<'m> Together<'m> {
    /// The branches that could hold together with one that answers so, in order.
    fn with(&self, answers: &Answers<'m>) -> Vec<usize> {
        let told = self.subjects.iter();
        let told = told.filter_map(|(subject, told)| {
            let given = answers.get(subject)?.iter();
            let given = given.filter_map(|answer| told.by.get(answer)).flatten();
            let could: BTreeSet<usize> = given.chain(&told.silent).copied().collect();
            Some(could)
        });
        match told.min_by_key(BTreeSet::len) {
            Some(fewest) => fewest.into_iter().collect(),
            None => (0..self.count).collect(),
        }
    }

    fn add(&mut self, answers: &Answers<'m>) {
        if self.count <= MOST_SILENT {
            for subject in answers.keys() {
                if !self.subjects.iter().any(|(known, _)| known == subject) {
                    let silent = (0..self.count).collect();
                    let by = BTreeMap::new();
                    self.subjects.push((*subject, Answered { by, silent }));
                }
            }
        }
        for (subject, told) in &mut self.subjects {
            match answers.get(subject) {
                Some(given) => {
                    for answer in given {
                        told.by.entry(*answer).or_default().push(self.count);
                    }
                }
                None => told.silent.push(self.count),
            }
        }
        self.subjects
            .retain(|(_, told)| told.silent.len() <= MOST_SILENT);
        self.count = self.count.saturating_add(1);
    }
}

/// What two facts have in common that contradict each other, unless both hold.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Key<'m> {
    Condition(ConditionId),
    State(ClassificationId, &'m str),
    Duty(DutyId, DutyState),
    Age(TableId),
    /// Two that both hold, of one table.
    Rows(TableId),
    Classification(ClassificationId),
    OfDuty(DutyId),
}

/// Branches by what contradicts that they fail: whatever implies one of them says so of each way to fail.
#[derive(Default)]
struct Shadows<'m> {
    count: usize,
    same: HashMap<ConditionId, usize>,
    by: HashMap<Key<'m>, Vec<usize>>,
    /// Those that never fail.
    always: Vec<usize>,
    /// All of which it can be said when they fail.
    known: Vec<usize>,
}

impl<'m> Shadows<'m> {
    /// The branches that could hold whenever this condition does, in order.
    fn of(
        &self,
        logic: &'m Logic<'_>,
        when: ConditionId,
        holds: Option<&[Alternative]>,
    ) -> Vec<usize> {
        let mut could: BTreeSet<usize> = self
            .same
            .get(&logic.canonical(when))
            .copied()
            .into_iter()
            .collect();
        match holds.map(<[Alternative]>::first) {
            // It never holds, or too much is to be said of it.
            Some(None) => could.extend(self.known.first()),
            None => {}
            Some(Some(first)) => {
                could.extend(&self.always);
                for key in first.iter().flat_map(|fact| logic.keys(*fact)) {
                    could.extend(self.by.get(&key).into_iter().flatten());
                }
            }
        }
        could.into_iter().collect()
    }

    fn add(&mut self, logic: &'m Logic<'_>, when: ConditionId, fails: Option<&[Alternative]>) {
        let at = self.count;
        self.count = self.count.saturating_add(1);
        self.same.entry(logic.canonical(when)).or_insert(at);
        let Some(fails) = fails else { return };
        self.known.push(at);
        // Each way to fail must be contradicted: that of which the fewest speak tells the most.
        let keys = fails.iter().map(|facts| {
            let keys = facts.iter().flat_map(|fact| logic.keys(*fact));
            keys.collect::<Vec<_>>()
        });
        let speak = |keys: &Vec<Key<'m>>| {
            let lists = keys.iter().filter_map(|key| self.by.get(key));
            lists.fold(0, |sum: usize, list| sum.saturating_add(list.len()))
        };
        match keys.min_by_key(speak) {
            Some(keys) => {
                for key in keys {
                    self.by.entry(key).or_default().push(at);
                }
            }
            None => self.always.push(at),
        }
    }
}

impl Logic<'_> {
    /// What a fact has in common with any that contradicts it.
    fn keys(&self, fact: Fact) -> Vec<Key<'_>> {
        let (mut keys, both) = (vec![Key::Condition(fact.condition)], fact.holds);
        match self.kind(fact.condition) {
            ConditionKind::ClassifiedAs(id, states) => {
                keys.extend(states.iter().map(|state| Key::State(*id, state)));
                keys.extend(both.then_some(Key::Classification(*id)));
            }
            ConditionKind::DutyIs(id, states) => {
                keys.extend(states.iter().map(|state| Key::Duty(*id, *state)));
                keys.extend(both.then_some(Key::OfDuty(*id)));
            }
            ConditionKind::Age { table, .. } => keys.push(Key::Age(*table)),
            ConditionKind::Rows { table, .. } if both => keys.push(Key::Rows(*table)),
            _ => {}
        }
        keys
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check_rules;
    use hjemmel_grammar::Sources;

    const DECLARED: &str = "\
data ydelse
  perioder uden overlap
  art er en af a, b, c, d
  timer er tal

data indsats
  perioder
  art er en af a, b

data person
  stamdata
  født er fødselsdato

pligt p
  hjemmel kilde \"Prøve\"
  for ydelse
  frist 6 måneder
  opfyldes af indsats

opdeling k
  hjemmel kilde \"Prøve\"
  i_gang når ydelse
  slut   ellers
";
    const SAID: [&str; 22] = [
        "ydelse.art er a",
        "ydelse.art er b",
        "ydelse.art er en af b, c",
        "ydelse.art er ikke a",
        "ydelse hvor art er a og timer er over 2",
        "ikke ydelse",
        "ydelse",
        "indsats.art er a",
        "ikke indsats.art er a",
        "alder er under 20",
        "alder er mindst 20",
        "alder er mindst 30",
        "alder er mindst 20 og alder er under 30",
        "p er overskredet",
        "p er en af overskredet, fritaget",
        "ikke (p er fritaget)",
        "p er frist_løber og ydelse.art er a",
        "k er i_gang",
        "ikke (k er i_gang)",
        "k er en af i_gang, slut",
        "(ydelse.art er a eller indsats)",
        "(ydelse.art er b og ikke indsats)",
    ];

    /// What is found among these branches with the index, and by holding each against all before it.
    fn both(conditions: &[&str], in_order: bool) -> [Vec<Option<usize>>; 2] {
        let order = if in_order { "  i rækkefølge\n" } else { "" };
        let mut text = format!("{DECLARED}\nopdeling o\n  hjemmel kilde \"Prøve\"\n{order}");
        for (n, condition) in conditions.iter().enumerate() {
            text += &format!("  gren_{n} når {condition}\n");
        }
        let mut sources = Sources::new();
        sources.add("a.regel", text + "  andet ellers\n");
        let model = check_rules(&sources).model;
        let logic = Logic::new(&model);
        let found = model.classifications.iter().find(|it| it.name == "o");
        let branches = &found.expect("it is declared").versions[0].body.branches;
        assert_eq!(branches.len(), conditions.len() + 1);
        let mut told = Vec::new();
        logic.check_branches(branches, in_order, &mut told);
        let of = |branch: &Branch| {
            let mut labels = told.iter().filter(|it| it.labels[0].site == branch.site);
            let earlier = labels.next()?.labels[1].site;
            branches.iter().position(|it| it.site == earlier)
        };
        let indexed = branches.iter().filter(|it| it.when.is_some()).map(of);
        let said: Vec<Said> = branches
            .iter()
            .filter_map(|it| Some(Said::new(&logic, it.when?, in_order)))
            .collect();
        let plainly = said.iter().enumerate().map(|(n, later)| {
            let holds = later.holds(&logic);
            let mut before = said.iter().take(n);
            before.position(|it| logic.matters(it, later, holds.as_deref(), in_order))
        });
        [indexed.collect(), plainly.collect()]
    }

    #[test]
    fn the_index_leaves_out_nothing_that_matters() {
        let mut number = 1_u64;
        let mut roll = |sides: usize| {
            number = number
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(number >> 33).unwrap() % sides
        };
        let mut found = 0;
        for round in 0..400 {
            let count = 2 + roll(9);
            let mut conditions = Vec::new();
            for _ in 0..count {
                let one = SAID[roll(SAID.len())];
                conditions.push(match roll(4) {
                    0 => format!("({one}) og ({})", SAID[roll(SAID.len())]),
                    _ => one.to_owned(),
                });
            }
            let conditions: Vec<&str> = conditions.iter().map(String::as_str).collect();
            let [indexed, plainly] = both(&conditions, round % 2 == 0);
            assert_eq!(indexed, plainly, "{conditions:#?}");
            found += plainly.iter().flatten().count();
        }
        assert!(found > 200, "only {found} matter");
    }

    /// How many pairs of branches are looked at, among so many that answer differently.
    fn pairs(count: usize, in_order: bool) -> usize {
        let conditions = (0..count).map(|n| format!("  gren_{n} når ydelse.art er w{n}\n"));
        let values = (1..count).map(|n| format!(",\n    w{n}"));
        let mut text = "data ydelse\n  perioder uden overlap\n  art er en af w0".to_owned();
        text.extend(values);
        text += "\n\nopdeling o\n  hjemmel kilde \"Prøve\"\n";
        text.extend(conditions);
        let mut sources = Sources::new();
        sources.add("a.regel", text + "  andet ellers\n");
        let model = check_rules(&sources).model;
        let logic = Logic::new(&model);
        let (mut together, mut shadows) = (Together::default(), Shadows::default());
        let mut pairs = 0;
        for when in model.classifications[0].versions[0]
            .body
            .branches
            .iter()
            .filter_map(|it| it.when)
        {
            let said = Said::new(&logic, when, in_order);
            let holds = said.holds(&logic);
            if in_order {
                pairs += shadows.of(&logic, when, holds.as_deref()).len();
                shadows.add(&logic, when, said.fails(&logic).as_deref());
            } else {
                pairs += together.with(&logic.answers(holds.as_deref())).len();
                together.add(&logic.answers(holds.as_deref()));
            }
        }
        pairs
    }

    /// Each against all before it would be 499,500 pairs.
    #[test]
    fn a_thousand_branches_are_not_a_million_pairs() {
        for in_order in [true, false] {
            assert!(pairs(1_000, in_order) <= 1_000, "in order: {in_order}");
        }
    }
}
