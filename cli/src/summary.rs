//! The summary of a run: how many persons each rule puts in each state, and the measures.

use crate::judged::{Answers, Tally, measures};
use crate::language::{count, day as day_words, limit_of, period, share_of};
use crate::print::{self, Paint};
use crate::session::Session;
use crate::table::{shown, table};
use crate::{check::one, states};
use hjemmel_engine::evaluate::subject_name;
use hjemmel_engine::measure::{Contribution, Counts, limit_on, measure_on};
use hjemmel_engine::model::{FieldType, Measure, Model, SplitBy, Subject};
use hjemmel_engine::outcome::State;
use hjemmel_engine::time::{Day, Period, Truth};
use hjemmel_extracts::Extract;
use hjemmel_extracts::write::Provenance;
use hjemmel_grammar::Language;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What a summary is made from.
pub(crate) struct Summary<'a> {
    pub(crate) session: &'a Session,
    pub(crate) model: &'a Model,
    pub(crate) extract: &'a Extract,
    pub(crate) answers: &'a [Answers],
    pub(crate) tallies: &'a [(Subject, Tally)],
    pub(crate) day: Day,
    pub(crate) known_on: Option<Day>,
}

impl Summary<'_> {
    /// The whole summary.
    pub(crate) fn render(&self) -> String {
        let mut out = self.heading();
        out += &self.states();
        out += &self.measures();
        out += &self.unknown();
        out
    }

    fn language(&self) -> Language {
        self.session.language()
    }

    fn paint() -> Paint {
        Paint {
            on: print::colour_on_stdout(),
        }
    }

    fn heading(&self) -> String {
        heading(
            self.session,
            &Heading {
                persons: number(self.extract.cases.len()),
                days: Period::inclusive(self.day, self.day),
                made: self.extract.date,
                known_on: self.known_on,
            },
        )
    }

    /// Duties, classifications and warnings with their states.
    fn states(&self) -> String {
        let session = self.session;
        let mut rows = table(
            &[
                session.say("Regel", "Rule"),
                session.say("Personer", "Persons"),
            ],
            1,
        );
        let mut outside: Vec<&str> = Vec::new();
        for (subject, tally) in self.tallies {
            if tally.states.is_empty() && tally.not_in_force > 0 {
                outside.push(subject_name(self.model, *subject));
                continue;
            }
            rows.add_row([
                states::heading(self.model, *subject, self.day),
                String::new(),
            ]);
            let persons = |state: &State| tally.states.get(state).copied().unwrap_or(0);
            for (state, persons) in counted(self.model, *subject, self.day, persons) {
                let words = states::words(self.model, *subject, &state, self.day, self.language());
                rows.add_row([format!("  {words}"), count(persons, self.language())]);
            }
        }
        let mut out = shown(&rows);
        out.push('\n');
        if !outside.is_empty() {
            let text = session.say(
                "Ikke en del af loven den dag",
                "Not part of the law that day",
            );
            let _ = writeln!(out, "{text}: {}\n", outside.join(", "));
        }
        out
    }

    /// Every measure with both its counts, in all and for each group.
    fn measures(&self) -> String {
        let session = self.session;
        let headings = [
            session.say("Måling", "Measure"),
            session.say("Tæller", "Count"),
            session.say("Nævner", "Out of"),
            session.say("Andel", "Share"),
            session.say("Ukendt", "Unknown"),
        ];
        let mut rows = table(&headings, 1);
        let mut any = false;
        for (i, id) in measures(self.model).enumerate() {
            let Some(version) = measure_on(self.model, id, self.day) else {
                continue;
            };
            any = true;
            let contributions = self
                .answers
                .iter()
                .filter_map(|answer| answer.contributions.get(i)?.as_ref());
            let counted = Counted::of(contributions);
            let name = self
                .model
                .measures
                .get(id.0)
                .map_or("", |rule| rule.name.as_str());
            rows.add_row(self.row(version.title.as_deref().unwrap_or(name), counted.all));
            if let Some(limit) = limit_on(self.model, &version.body, self.day) {
                rows.add_row([limit_of(limit, counted.all, session)]);
            }
            for (group, counts) in counted.in_order(self.model, &version.body) {
                rows.add_row(
                    self.row(&format!("  {}", group.join(", ").replace('_', " ")), counts),
                );
            }
        }
        if any {
            shown(&rows) + "\n"
        } else {
            String::new()
        }
    }

    fn row(&self, name: &str, counts: Counts) -> [String; 5] {
        let language = self.language();
        [
            name.to_owned(),
            count(counts.counted, language),
            count(counts.out_of, language),
            share_of(counts, language),
            count(counts.unknown, language),
        ]
    }

    /// How many persons have an unknown answer, and how many values that could not be read.
    fn unknown(&self) -> String {
        let unknown = self
            .answers
            .iter()
            .filter(|answer| answer.any_unknown())
            .count();
        let unreadable = self
            .extract
            .unreadable
            .iter()
            .filter(|count| **count > 0)
            .count();
        let session = self.session;
        let mut out = if unknown == 0 {
            session
                .say(
                    "Ingen har et ukendt svar.\n",
                    "Nobody has an unknown answer.\n",
                )
                .to_owned()
        } else {
            let what = session.say(
                "mindst ét ukendt svar; hvad der mangler, står i --out og i hjemmel explain.",
                "at least one unknown answer; what is missing stands in --out and in hjemmel explain.",
            );
            format!("{} {what}\n", self.persons_have(unknown))
        };
        if unreadable > 0 {
            let what = session.say(
                "oplysninger, der ikke kunne læses; se hjemmel extract check.",
                "data that could not be read; see hjemmel extract check.",
            );
            out += &format!("{} {what}\n", self.persons_have(unreadable));
        }
        out
    }

    /// `3 personer har`
    fn persons_have(&self, persons: usize) -> String {
        let words = match self.language() {
            Language::Danish => one(persons, "person har", "personer har"),
            Language::English => one(persons, "person has", "persons have"),
        };
        format!("{} {words}", count(number(persons), self.language()))
    }
}

/// The counts of a measure, in all and for each group.
#[derive(Default)]
pub(crate) struct Counted {
    pub(crate) all: Counts,
    groups: BTreeMap<Vec<String>, Counts>,
}

impl Counted {
    /// The sum of what the cases add.
    pub(crate) fn of<'a>(contributions: impl Iterator<Item = &'a Contribution>) -> Self {
        let mut counted = Self::default();
        for contribution in contributions {
            counted.all.add(contribution);
            if !contribution.group.is_empty() && contribution.out_of != Truth::No {
                counted
                    .groups
                    .entry(contribution.group.clone())
                    .or_default()
                    .add(contribution);
            }
        }
        counted
    }

    /// The groups in the order in which their values are declared.
    pub(crate) fn in_order(&self, model: &Model, measure: &Measure) -> Vec<(Vec<String>, Counts)> {
        let mut groups: Vec<_> = self
            .groups
            .iter()
            .map(|(group, counts)| (group.clone(), *counts))
            .collect();
        in_order(model, measure, &mut groups);
        groups
    }
}

/// Puts groups in the order in which their values are declared.
pub(crate) fn in_order<T>(model: &Model, measure: &Measure, groups: &mut [(Vec<String>, T)]) {
    let rank = |group: &[String]| -> Vec<usize> {
        let parts = group.iter().zip(&measure.split_by);
        parts
            .map(|(value, by)| position(model, *by, value))
            .collect()
    };
    groups.sort_by_cached_key(|(group, _)| rank(group));
}

/// Where a value stands among those declared; what is none of them comes last.
fn position(model: &Model, by: SplitBy, value: &str) -> usize {
    let declared = match by {
        SplitBy::Field(table, field) => {
            let table = model.tables.get(table.0);
            match table
                .and_then(|table| table.fields.get(field.0))
                .map(|field| &field.ty)
            {
                Some(FieldType::Choice(values)) => values.position(value),
                _ => None,
            }
        }
        SplitBy::Classification(id) => {
            let rule = model.classifications.get(id.0);
            let versions = rule.into_iter().flat_map(|rule| &rule.versions);
            versions
                .flat_map(|version| &version.body.branches)
                .position(|branch| branch.state == value)
        }
    };
    declared.unwrap_or(usize::MAX)
}

/// The line that says what a result rests on.
pub(crate) fn rests_on(session: &Session, provenance: &Provenance) -> String {
    let short = |hash: &str| hash.chars().take(12).collect::<String>();
    let line = format!(
        "{} {} · {} {} · hjemmel {}",
        session.say("Regler", "Rules"),
        short(&provenance.rule_set_hash),
        session.say("udtræk", "extract"),
        short(&provenance.extract_hash),
        provenance.engine_version,
    );
    Summary::paint().dim(&line) + "\n" + &approval(session, provenance)
}

/// The line that says whether the rules were approved.
pub(crate) fn approval(session: &Session, provenance: &Provenance) -> String {
    let line = provenance.approval.text();
    let line = line.get(session.language());
    let paint = Summary::paint();
    let painted = if provenance.approval.is_draft() {
        paint.yellow(line)
    } else {
        paint.dim(line)
    };
    painted + "\n"
}

/// The same on stderr, where what is printed is a table that has no place for it.
pub(crate) fn warn_of_draft(session: &Session, provenance: &Provenance) {
    if provenance.approval.is_draft() {
        let line = provenance.approval.text();
        let paint = print::Paint {
            on: print::colour_on_stderr(),
        };
        print::err(&(paint.yellow(line.get(session.language())) + "\n"));
    }
}

/// Whom a summary is about.
pub(crate) struct Heading {
    pub(crate) persons: u64,
    pub(crate) days: Period,
    pub(crate) made: Option<Day>,
    pub(crate) known_on: Option<Day>,
}

/// `901 personer bedømt pr. 31. juli 2017`, and what that rests on.
pub(crate) fn heading(session: &Session, about: &Heading) -> String {
    let language = session.language();
    let single = about.days.start == about.days.last();
    let days = if single {
        day_words(about.days.start, language)
    } else {
        period(about.days, language)
    };
    let persons = usize::try_from(about.persons).unwrap_or(usize::MAX);
    let head = match language {
        Language::Danish => format!(
            "{} {} bedømt {}{days}",
            count(about.persons, language),
            one(persons, "person", "personer"),
            if single { "pr. " } else { "" },
        ),
        Language::English => format!(
            "{} {} judged {}{days}",
            count(about.persons, language),
            one(persons, "person", "persons"),
            if single { "as of " } else { "" },
        ),
    };
    let made = about.made.map(|made| day_words(made, language));
    let made = made.map(|made| format!("{} {made}", session.say("Udtræk fra", "Extract from")));
    let known = about.known_on.map(|known| day_words(known, language));
    let known = known.map_or_else(
        || {
            session
                .say("Alt registreret er brugt", "Everything registered is used")
                .to_owned()
        },
        |known| {
            format!(
                "{} {known}",
                session.say(
                    "Brugt er, hvad der var registreret",
                    "Used is what was registered by"
                )
            )
        },
    );
    let below: Vec<String> = made.into_iter().chain([known]).collect();
    format!(
        "{}\n{}\n\n",
        Summary::paint().bold(&head),
        below.join(" · ")
    )
}

/// The states of a rule that are shown, with their persons: those that have any, every branch of a
/// classification, and always how many are unknown. Of a warning those to whom it is given.
pub(crate) fn counted(
    model: &Model,
    subject: Subject,
    day: Day,
    persons: impl Fn(&State) -> u64,
) -> Vec<(State, u64)> {
    let declared = states::all(model, subject, day).into_iter().map(|state| {
        let persons = persons(&state);
        (state, persons)
    });
    let shown = declared.filter(|(state, persons)| match subject {
        Subject::Duty(_) => *persons > 0 || state.is_unknown(),
        Subject::Warning(_) => *state != State::Truth(Truth::No),
        _ => true,
    });
    shown.collect()
}

fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
