//! `tilsidesættelser.csv`: decisions that caseworkers have registered where they see it otherwise than the engine.
//! Each is shown beside the answer and never in its place: nothing is judged, counted or sorted by them.

use crate::account::journal;
use crate::exit::Failure;
use crate::language::{day as day_words, day_text};
use crate::lists::{self, Kind, Line, Mistakes, Place};
use crate::session::Session;
use crate::{files, print, small_files, states};
use hjemmel_engine::evaluate::{subject_name, subjects};
use hjemmel_engine::model::{Model, Subject};
use hjemmel_engine::outcome::State;
use hjemmel_engine::personal::Personal;
use hjemmel_engine::time::{Day, Period};
use hjemmel_extracts::Extract;
use hjemmel_grammar::diagnostic::Text;
use std::collections::BTreeMap;
use std::path::Path;

const NAME: &str = "tilsidesættelser.csv";

/// The list.
const KIND: Kind<8> = Kind {
    columns: [
        "sag",
        "regel",
        "fra",
        "til",
        "tilstand",
        "begrundelse",
        "besluttet_af",
        "registreret",
    ],
    one: ("en liste over tilsidesættelser", "a list of overrides"),
    divide: (
        "lad afgørelser, der er udløbet, blive i arkivet",
        "leave decisions that have run out in the archive",
    ),
};

/// A decision about one case and one rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Override {
    /// The days it is about; until further notice if no last day stands.
    days: Period,
    until_further_notice: bool,
    pub(crate) state: State,
    /// Shown where this case is explained, and nowhere else.
    reason: Personal,
    /// A role or a team.
    pub(crate) by: String,
    pub(crate) registered: Day,
    line: u64,
}

/// The decisions by case and rule; none if there is no list.
#[derive(Debug, Default)]
pub(crate) struct Overrides {
    found: BTreeMap<(Personal, Subject), Vec<Override>>,
    /// SHA-256 (hexadecimal) of the list, if there is one.
    pub(crate) hash: Option<String>,
    known_on: Option<Day>,
}

impl Overrides {
    /// The list that is named, or that lies beside the extract; none is no mistake.
    pub(crate) fn of(
        session: &Session,
        named: Option<&Path>,
        data: &Path,
        about: (&Model, &Extract),
        known_on: Option<Day>,
    ) -> Result<Self, Failure> {
        match named
            .map(Path::to_owned)
            .or_else(|| small_files::beside(data, NAME))
        {
            Some(path) => read(session, &path, about, known_on),
            None => Ok(Self::default()),
        }
    }

    /// Whether there is a list.
    pub(crate) fn is_given(&self) -> bool {
        self.hash.is_some()
    }

    /// What has been decided about a case and a rule on a day, and was registered in time to be known.
    pub(crate) fn on(&self, case: &Personal, rule: Subject, day: Day) -> Option<&Override> {
        let decided = self.found.get(&(case.clone(), rule))?;
        decided.iter().find(|decision| {
            let known = self
                .known_on
                .is_none_or(|known| decision.registered <= known);
            known && decision.days.contains(day)
        })
    }
}

impl Override {
    /// What a caseworker is told of it, a line each.
    pub(crate) fn told(
        &self,
        session: &Session,
        (model, rule, day): (&Model, Subject, Day),
    ) -> [String; 2] {
        let language = session.language();
        let state = states::words(model, rule, &self.state, day, language);
        let from = day_words(self.days.start, language);
        let to = if self.until_further_notice {
            session
                .say("indtil videre", "until further notice")
                .to_owned()
        } else {
            let word = session.say("til og med", "until");
            format!("{word} {}", day_words(self.days.last(), language))
        };
        let registered = day_words(self.registered, language);
        let by = print::harmless(&self.by);
        let decision = match language {
            hjemmel_grammar::Language::Danish => format!(
                "Registreret afgørelse: {state}, fra {from} {to} ({by}, registreret {registered})"
            ),
            hjemmel_grammar::Language::English => format!(
                "Registered decision: {state}, from {from} {to} ({by}, registered {registered})"
            ),
        };
        let word = session.say(
            "Den står ved siden af svaret og ændrer det ikke. Begrundelse",
            "It stands beside the answer and does not change it. Reason",
        );
        [
            decision,
            format!("{word}: {}", print::harmless(self.reason.reveal())),
        ]
    }
}

fn read(
    session: &Session,
    path: &Path,
    (model, extract): (&Model, &Extract),
    known_on: Option<Day>,
) -> Result<Overrides, Failure> {
    let bytes = files::bytes(path)?;
    let hash = small_files::hash(&bytes);
    journal::settings(print::name(path), hash.clone());
    let mut reader = Reader {
        model,
        extract,
        mistakes: Mistakes::default(),
    };
    let mut found: BTreeMap<_, Vec<Override>> = BTreeMap::new();
    for line in &lists::lines(path, bytes, &KIND, &mut reader.mistakes) {
        if let Some((about, decision)) = reader.decision(line) {
            let others = found.entry(about).or_default();
            if let Some(other) = others
                .iter()
                .find(|it| !it.days.and(decision.days).is_empty())
            {
                reader.overlap(&line.place, other.line);
            }
            others.push(decision);
        }
    }
    let shown = print::path(path);
    reader.mistakes.refuse(session, (&shown, &shown))?;
    Ok(Overrides {
        found,
        hash: Some(hash),
        known_on,
    })
}

/// Reads lines, and gathers what is wrong with them. No message repeats a key or a reason.
struct Reader<'a> {
    model: &'a Model,
    extract: &'a Extract,
    mistakes: Mistakes,
}

impl Reader<'_> {
    fn decision(&mut self, line: &Line<8>) -> Option<((Personal, Subject), Override)> {
        let place = &line.place;
        let [case, rule, from, to, state, reason, by, registered] = line.fields.each_ref();
        let known = self.case(place, case);
        let rule = self.rule(place, rule);
        let start = self.mistakes.day(place, "fra", from);
        let last = match to.as_str() {
            "" => Some(None),
            to => self.mistakes.day(place, "til", to).map(Some),
        };
        let registered = self.mistakes.day(place, "registreret", registered);
        self.given(place, "begrundelse", reason);
        self.role(place, by);
        let (rule, start) = (rule?, start?);
        let days = self.days(place, start, last?);
        let state = self.state(place, rule, state, start);
        known.then_some(())?;
        let decision = Override {
            days: days?,
            until_further_notice: to.is_empty(),
            state: state?,
            reason: Personal::new(reason),
            by: by.clone(),
            registered: registered?,
            line: place.line,
        };
        Some(((Personal::new(case), rule), decision))
    }

    fn case(&mut self, place: &Place, key: &str) -> bool {
        let cases = &self.extract.cases;
        let found = cases
            .binary_search_by(|case| case.id.reveal().cmp(key))
            .is_ok();
        if !found {
            self.mistakes.wrong(
                place,
                (
                    "sagen findes ikke i udtrækket",
                    "the case is not in the extract",
                ),
                (
                    "skriv sagens nøgle, som den står i udtrækket",
                    "write the key of the case as it stands in the extract",
                ),
            );
        }
        found
    }

    fn rule(&mut self, place: &Place, name: &str) -> Option<Subject> {
        let all = subjects(self.model);
        let found = all
            .iter()
            .find(|rule| subject_name(self.model, **rule) == name);
        if found.is_none() {
            let shown = print::harmless(name);
            let known = all.iter().map(|rule| subject_name(self.model, *rule));
            self.mistakes.unknown(
                place,
                (
                    &format!("ingen regel hedder {shown}"),
                    &format!("no rule is called {shown}"),
                ),
                name,
                known,
                (
                    "skriv navnet på en pligt, en opdeling eller en advarsel",
                    "write the name of a duty, a classification or a warning",
                ),
            );
        }
        found.copied()
    }

    fn days(&mut self, place: &Place, start: Day, last: Option<Day>) -> Option<Period> {
        let last = last.unwrap_or(Period::ALL.last());
        if last < start {
            self.mistakes.wrong(
                place,
                ("til ligger før fra", "til lies before fra"),
                (
                    "byt dagene om, eller lad til stå tom",
                    "exchange the days, or leave til empty",
                ),
            );
            return None;
        }
        Some(Period::inclusive(start, last))
    }

    fn state(&mut self, place: &Place, rule: Subject, name: &str, day: Day) -> Option<State> {
        if !self.model.spans(rule, day) {
            let (rule, day) = (subject_name(self.model, rule), day_text(day));
            self.mistakes.wrong(
                place,
                (
                    &format!("{rule} gælder ikke {}", day.da),
                    &format!("{rule} is not in force on {}", day.en),
                ),
                (
                    "skriv en dag, hvor reglen gælder",
                    "write a day on which the rule is in force",
                ),
            );
            return None;
        }
        let found = states::named(self.model, rule, name, day);
        if found.is_none() {
            let all = states::all(self.model, rule, day);
            let known = || all.iter().filter(|it| !it.is_unknown()).map(State::name);
            let list = known().collect::<Vec<_>>().join(", ");
            let shown = print::harmless(name);
            let rule = subject_name(self.model, rule);
            self.mistakes.unknown(
                place,
                (
                    &format!("{rule} har ikke tilstanden {shown}"),
                    &format!("{rule} has no state {shown}"),
                ),
                name,
                known(),
                (&format!("brug {list}"), &format!("use {list}")),
            );
        }
        found
    }

    fn given(&mut self, place: &Place, column: &str, text: &str) {
        if text.is_empty() {
            let wrong = Text::new(format!("{column} er tom"), format!("{column} is empty"));
            self.mistakes.wrong(
                place,
                (&wrong.da, &wrong.en),
                (
                    "en afgørelse har en begrundelse og en, der har truffet den",
                    "a decision has a reason and someone who took it",
                ),
            );
        }
    }

    /// Nobody is named: the role stands in lists.
    fn role(&mut self, place: &Place, by: &str) {
        self.given(place, "besluttet_af", by);
        if lists::looks_like_a_person(by) {
            self.mistakes.wrong(
                place,
                (
                    "besluttet_af ligner en person",
                    "besluttet_af looks like a person",
                ),
                (
                    "skriv et team eller en rolle, aldrig en person",
                    "write a team or a role, never a person",
                ),
            );
        }
    }

    fn overlap(&mut self, place: &Place, line: u64) {
        self.mistakes.wrong(
            place,
            (
                &format!("samme sag og regel har en anden afgørelse de dage: linje {line}"),
                &format!("the same case and rule have another decision on those days: line {line}"),
            ),
            (
                "afslut den ene med en dag i til",
                "end the one with a day in til",
            ),
        );
    }
}
