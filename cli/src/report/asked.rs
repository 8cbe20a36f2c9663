//! What the memo is made from: the rules, the cases, the day and the choice; and everybody judged
//! once, each counted where they belong.

use super::choice::Choice;
use super::judge::{Judge, Judged};
use super::people::{People, Scene};
use crate::exit::Failure;
use crate::forecast;
use crate::progress::{self, Progress};
use crate::session::{Rules, Session};
use crate::{judged, summary};
use hjemmel_engine::measure::measure_on;
use hjemmel_engine::model::{Measure, MeasureId, Model, Subject, Version};
use hjemmel_engine::outcome::MissingFact;
use hjemmel_engine::suspects::{Search, Slips};
use hjemmel_engine::time::{Day, Truth};
use hjemmel_extracts::Extract;
use hjemmel_grammar::diagnostic::Text;
use std::collections::BTreeSet;
use std::sync::atomic::Ordering;

/// What the memo is made from.
pub(crate) struct Asked<'a> {
    pub(crate) session: &'a Session,
    pub(crate) rules: &'a Rules,
    pub(crate) extract: &'a Extract,
    pub(crate) choice: &'a Choice,
    pub(crate) day: Day,
    pub(crate) known_on: Option<Day>,
    pub(crate) slips: Option<&'a Slips>,
    /// Where the data stand, as they were named.
    pub(crate) data: String,
    /// The rules, as they were named.
    pub(crate) named: Vec<String>,
}

/// The groups of the headline's measure, in the order in which they are declared.
pub(crate) struct Groups {
    names: Vec<Vec<String>>,
}

/// The part of an id for all persons.
pub(crate) const ALL: &str = "alle";
/// The part of an id for persons in none of the headline's groups.
pub(crate) const OUTSIDE: &str = "uden_for_målingen";

impl Groups {
    /// The part of an id for a group.
    pub(crate) fn id(group: &[String]) -> String {
        group.join("+")
    }

    /// The groups by id and in words.
    pub(crate) fn each(&self) -> impl Iterator<Item = (String, Text)> {
        let names = self.names.iter();
        names.map(|group| {
            (
                Self::id(group),
                Text::same(group.join(", ").replace('_', " ")),
            )
        })
    }

    /// The part of an id for a person's group.
    fn of(&self, group: &[String]) -> String {
        if self.names.iter().any(|known| known == group) {
            Self::id(group)
        } else {
            OUTSIDE.to_owned()
        }
    }
}

impl<'a> Asked<'a> {
    pub(crate) fn model(&self) -> &'a Model {
        &self.rules.model
    }

    /// The measure that the memo is about.
    pub(crate) fn headline(&self) -> Option<MeasureId> {
        self.choice.measures.first().copied()
    }

    /// A measure's version on a day, with its name.
    pub(crate) fn measure(
        &self,
        id: MeasureId,
        day: Day,
    ) -> Option<(&'a str, &'a Version<Measure>)> {
        let name = &self.model().measures.get(id.0)?.name;
        Some((name, measure_on(self.model(), id, day)?))
    }

    /// A measure's title.
    pub(crate) fn title(&self, id: MeasureId, day: Day) -> String {
        let found = self.measure(id, day);
        found.map_or_else(String::new, |(name, version)| {
            let title = version.title.clone();
            title.unwrap_or_else(|| name.replace('_', " "))
        })
    }

    /// Judges everybody on the day.
    pub(crate) fn people(&self) -> (People, Groups) {
        let cases = &self.extract.cases;
        let slips = self.slips.zip(self.choice.suspects.as_ref());
        let search = slips.map(|(slips, (subject, bad))| {
            let (model, day, known_on) = (self.model(), self.day, self.known_on);
            (
                Search::new(model, slips, cases, *subject, day, known_on),
                bad,
            )
        });
        let progress = Progress::default();
        let judge = Judge {
            model: self.model(),
            choice: self.choice,
            day: self.day,
            known_on: self.known_on,
        };
        let judged = progress::shown(self.session, &progress, || {
            judged::each(cases, |case| {
                let judged = judge.judge(case, search.as_ref());
                progress.persons.fetch_add(1, Ordering::Relaxed);
                judged
            })
        });
        let groups = self.groups(&judged);
        let mut people = People::new(cases.len());
        for (at, judged) in judged.iter().enumerate() {
            self.count(&mut people, &groups, at, judged);
        }
        (people, groups)
    }

    fn groups(&self, judged: &[Judged]) -> Groups {
        let of = judged
            .iter()
            .filter_map(|judged| judged.measures.first()?.as_ref());
        let inside = of.filter(|of| of.out_of != Truth::No && !of.group.is_empty());
        let names: BTreeSet<&Vec<String>> = inside.map(|of| &of.group).collect();
        let mut names: Vec<(Vec<String>, ())> =
            names.into_iter().map(|name| (name.clone(), ())).collect();
        let headline = self.headline().and_then(|id| self.measure(id, self.day));
        if let Some((_, version)) = headline {
            summary::in_order(self.model(), &version.body, &mut names);
        }
        Groups {
            names: names.into_iter().map(|(name, ())| name).collect(),
        }
    }

    /// Counts a case where it belongs.
    fn count(&self, people: &mut People, groups: &Groups, at: usize, judged: &Judged) {
        for (id, added) in self.choice.measures.iter().zip(&judged.measures) {
            if let (Some((name, _)), Some(added)) = (self.measure(*id, self.day), added) {
                let scene = Scene::Today;
                let counted = (added.out_of, added.counted);
                add_measured(people, scene, at, name, counted, &added.group);
            }
        }
        let headline = judged.measures.first().and_then(Option::as_ref);
        let group = headline.map_or_else(|| OUTSIDE.to_owned(), |of| groups.of(&of.group));
        let group = match headline {
            Some(of) if of.out_of == Truth::No => OUTSIDE.to_owned(),
            _ => group,
        };
        let wide = headline.map_or_else(|| OUTSIDE.to_owned(), |of| groups.of(&of.group));
        for (review, state) in self.choice.all_reviews().zip(&judged.reviews) {
            let Some(state) = state else { continue };
            if review.without.iter().any(|without| without == state.name()) {
                continue;
            }
            let name = self
                .model()
                .name_of(Subject::Classification(review.classification));
            for group in [ALL, &group] {
                people.add(Scene::Today, at, format!("{name}/{}/{group}", state.name()));
                people.add(Scene::Today, at, format!("{name}/{SUM}/{group}"));
            }
        }
        for exemption in &judged.exempt {
            let rule = self.model().exemptions.get(exemption.0);
            let name = rule.map_or("", |rule| rule.name.as_str());
            for group in [ALL, &wide] {
                people.add(Scene::Today, at, format!("{name}/{group}"));
                people.add(Scene::Today, at, format!("{EXEMPT}/{group}"));
            }
        }
        self.count_doubts(people, at, judged);
    }

    fn count_doubts(&self, people: &mut People, at: usize, judged: &Judged) {
        for (duty, missing) in &judged.unknown {
            let name = self.model().name_of(Subject::Duty(*duty));
            people.add(Scene::Extract, at, format!("{name}/ukendt"));
            people.add(Scene::Extract, at, format!("{UNKNOWN}/{ALL}"));
            for fact in missing {
                people.add(
                    Scene::Extract,
                    at,
                    format!("{UNKNOWN}/{}", self.missing(fact)),
                );
            }
        }
        if let Some(slip) = judged.slip {
            let slips = self.slips.map(|slips| slips.kinds.as_slice());
            let slip = slip.and_then(|at| slips.unwrap_or_default().get(at));
            let name = slip.map_or(NO_SLIP, |slip| slip.name.as_str());
            people.add(Scene::Today, at, format!("{SLIP}/{name}"));
            people.add(Scene::Today, at, format!("{SLIP}/{ALL}"));
            if slip.is_some() {
                people.add(Scene::Today, at, format!("{SLIP}/{ANY_SLIP}"));
            }
        }
        people.add(Scene::Extract, at, format!("{EXTRACT}/personer"));
        if self
            .extract
            .unreadable
            .get(at)
            .is_some_and(|count| *count > 0)
        {
            people.add(Scene::Extract, at, format!("{EXTRACT}/ulæselige"));
        }
        let Some(case) = self.extract.cases.get(at) else {
            return;
        };
        for (table, rows) in self.model().tables.iter().zip(&case.tables) {
            if !rows.rows.is_empty() {
                people.add(
                    Scene::Extract,
                    at,
                    format!("{EXTRACT}/{}/personer", table.name),
                );
            }
        }
    }

    /// What is missing, without the row: a table, or a field of it.
    fn missing(&self, fact: &MissingFact) -> String {
        let table = |id: &hjemmel_engine::model::TableId| self.model().tables.get(id.0);
        let named = |id, what: &str| {
            let name = table(id).map_or("", |table| table.name.as_str());
            format!("{name}.{what}")
        };
        match fact {
            MissingFact::NoRow { table: id } => {
                table(id).map_or_else(String::new, |table| table.name.clone())
            }
            MissingFact::Value {
                table: id, field, ..
            } => {
                let field = table(id).and_then(|table| table.fields.get(field.0));
                named(id, field.map_or("", |field| field.name.as_str()))
            }
            MissingFact::Start { table, .. } => named(table, "fra"),
            MissingFact::End { table, .. } => named(table, "til"),
            MissingFact::Registered { table, .. } => named(table, "registreret"),
            MissingFact::Contradiction { table, .. } => named(table, "modstrid"),
            MissingFact::NoVersion { rule } => format!("regel.{rule}"),
        }
    }

    /// The forecast's own question about the same.
    pub(crate) fn forecast(&self, until: Day) -> forecast::Asked<'a> {
        let cases = self.extract.cases.iter();
        let still = |case| hjemmel_engine::forecast::if_nothing_new(case, self.day);
        forecast::Asked {
            session: self.session,
            model: self.model(),
            cases: cases.map(still).collect(),
            day: self.day,
            until,
            known_on: self.known_on,
        }
    }

    /// A row of the rules' own language, as in an example.
    pub(crate) fn start(&self, row: &str) -> Result<StartRow, Failure> {
        forecast::start::row(self.session, self.rules, row, self.day)
    }
}

/// A row, and the table that it belongs to.
pub(crate) type StartRow = (hjemmel_engine::model::TableId, hjemmel_engine::case::Row);

/// Counts a case in a measure, in all and in its group. `base` is the first part of the ids.
pub(crate) fn add_measured(
    people: &mut People,
    scene: Scene,
    at: usize,
    base: &str,
    (out_of, counted): (Truth, Truth),
    group: &[String],
) {
    let [counted_part, out_of_part, _, unknown_part] = super::figures::PARTS;
    let mut parts = Vec::new();
    if out_of == Truth::Yes {
        parts.push(out_of_part);
    }
    if counted == Truth::Yes {
        parts.push(counted_part);
    }
    if out_of == Truth::Yes && counted == Truth::No {
        parts.push(super::figures::REST);
    }
    if out_of == Truth::Unknown || counted == Truth::Unknown {
        parts.push(unknown_part);
    }
    for part in parts {
        people.add(scene, at, format!("{base}/{ALL}/{part}"));
        if !group.is_empty() {
            people.add(scene, at, format!("{base}/{}/{part}", Groups::id(group)));
        }
    }
}

/// The part of an id for the sum of a review.
pub(crate) const SUM: &str = "i_alt";
/// The first part of the ids of those who are exempt at all.
pub(crate) const EXEMPT: &str = "fritaget";
/// The first part of the ids of what is not known.
pub(crate) const UNKNOWN: &str = "mangler";
/// The first part of the ids of likely registration errors.
pub(crate) const SLIP: &str = "mistanke";
/// The last part of an id: nothing is suspected.
pub(crate) const NO_SLIP: &str = "ingen";
/// The last part of an id: something is.
pub(crate) const ANY_SLIP: &str = "mindst_én";
/// The first part of the ids of what stands in the extract.
pub(crate) const EXTRACT: &str = "udtræk";
