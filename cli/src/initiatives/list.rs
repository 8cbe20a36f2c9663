//! `initiativer.csv`: what the municipality has begun, for whom, and who answers for it.

use crate::account::journal;
use crate::exit::Failure;
use crate::language::day_text;
use crate::lists::{self, Kind, Line, Mistakes, Place};
use crate::session::Session;
use crate::{files, print, small_files, states};
use hjemmel_engine::evaluate::{subject_name, subjects};
use hjemmel_engine::initiative::{Initiative, Sign};
use hjemmel_engine::measure::measure_on;
use hjemmel_engine::model::{AssessmentId, MeasureId, Model, Subject, TermId};
use hjemmel_engine::outcome::State;
use hjemmel_engine::time::{Day, Truth};
use hjemmel_grammar::diagnostic::Text;
use std::path::Path;

/// The list.
const KIND: Kind<9> = Kind {
    columns: [
        "navn",
        "målgruppe",
        "årsag",
        "deltager",
        "måling",
        "start",
        "ansvarlig",
        "status",
        "bemærkning",
    ],
    one: ("en liste over initiativer", "a list of initiatives"),
    divide: ("kort listen af", "shorten the list"),
};

/// The list as it was read.
pub(crate) struct Initiatives {
    pub(crate) entries: Vec<Entry>,
    /// SHA-256 (hexadecimal) of the file.
    pub(crate) hash: String,
}

/// A line of it.
pub(crate) struct Entry {
    pub(crate) name: String,
    /// How it is counted.
    pub(crate) initiative: Initiative,
    pub(crate) status: Status,
    /// A role or a team.
    pub(crate) owner: String,
    pub(crate) remark: String,
}

/// How far it has come, as the list says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    Planned,
    Running,
    Ended,
    GivenUp,
}

impl Status {
    const ALL: [Self; 4] = [Self::Planned, Self::Running, Self::Ended, Self::GivenUp];

    /// As the list has it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Planned => "planlagt",
            Self::Running => "igang",
            Self::Ended => "afsluttet",
            Self::GivenUp => "opgivet",
        }
    }

    /// As people read it.
    pub(crate) fn text(self) -> Text {
        match self {
            Self::Planned => Text::new("planlagt", "planned"),
            Self::Running => Text::new("i gang", "running"),
            Self::Ended => Text::new("afsluttet", "ended"),
            Self::GivenUp => Text::new("opgivet", "given up"),
        }
    }
}

/// Reads the list; its names are those of the rules in force on `day`.
pub(crate) fn read(
    session: &Session,
    path: &Path,
    model: &Model,
    day: Day,
) -> Result<Initiatives, Failure> {
    let bytes = files::bytes(path)?;
    let hash = small_files::hash(&bytes);
    journal::settings(print::name(path), hash.clone());
    let mut reader = Reader {
        model,
        day,
        mistakes: Mistakes::default(),
    };
    let lines = lists::lines(path, bytes, &KIND, &mut reader.mistakes);
    let mut entries: Vec<Entry> = Vec::with_capacity(lines.len());
    for line in &lines {
        let Some(entry) = reader.entry(line) else {
            continue;
        };
        if entries.iter().any(|other| other.name == entry.name) {
            reader.twice(&line.place, &entry.name);
        }
        entries.push(entry);
    }
    let shown = print::path(path);
    reader.mistakes.refuse(session, (&shown, &shown))?;
    Ok(Initiatives { entries, hash })
}

/// Reads lines, and gathers what is wrong with them.
struct Reader<'m> {
    model: &'m Model,
    day: Day,
    mistakes: Mistakes,
}

impl Reader<'_> {
    fn entry(&mut self, line: &Line<9>) -> Option<Entry> {
        let place = &line.place;
        let [
            name,
            target,
            cause,
            participant,
            measure,
            start,
            owner,
            status,
            remark,
        ] = line.fields.each_ref();
        self.given(
            place,
            "navn",
            name,
            (
                "skriv, hvad initiativet hedder",
                "write what the initiative is called",
            ),
        );
        self.given(
            place,
            "målgruppe",
            target,
            (
                "skriv et begreb eller »opdeling er gruppe« fra reglerne",
                "write a term or “opdeling er gruppe” of the rules",
            ),
        );
        let mut signs = Vec::new();
        for (column, text) in [("målgruppe", target), ("årsag", cause)] {
            if !text.is_empty() {
                signs.push(self.sign(place, column, text));
            }
        }
        let participant =
            (!participant.is_empty()).then(|| self.sign(place, "deltager", participant));
        let measure = (!measure.is_empty()).then(|| self.measure(place, measure));
        let start = (!start.is_empty()).then(|| self.mistakes.day(place, "start", start));
        let status = self.status(place, status);
        if start.is_none() && matches!(status, Some(Status::Running | Status::Ended)) {
            self.wrong(
                place,
                (
                    "start er tom, men initiativet er begyndt",
                    "start is empty, but the initiative has begun",
                ),
                (
                    "skriv den første dag: 2017-09-04",
                    "write the first day: 2017-09-04",
                ),
            );
        }
        self.owner(place, owner);
        Some(Entry {
            name: name.clone(),
            initiative: Initiative {
                target: signs.into_iter().collect::<Option<_>>()?,
                participant: all_or_none(participant)?,
                start: all_or_none(start)?,
                measure: all_or_none(measure)?,
            },
            status: status?,
            owner: owner.clone(),
            remark: remark.clone(),
        })
    }

    fn wrong(&mut self, place: &Place, wrong: (&str, &str), hint: (&str, &str)) {
        self.mistakes.wrong(place, wrong, hint);
    }

    fn given(&mut self, place: &Place, column: &str, text: &str, hint: (&str, &str)) {
        if text.is_empty() {
            let (da, en) = (format!("{column} er tom"), format!("{column} is empty"));
            self.wrong(place, (&da, &en), hint);
        }
    }

    fn twice(&mut self, place: &Place, name: &str) {
        self.wrong(
            place,
            (
                &format!("{name} står to gange"),
                &format!("{name} stands twice"),
            ),
            (
                "giv hvert initiativ sit eget navn",
                "give each initiative a name of its own",
            ),
        );
    }

    /// Nobody is named in what is printed and sent on.
    fn owner(&mut self, place: &Place, owner: &str) {
        let hint = (
            "skriv et team eller en rolle, aldrig en person",
            "write a team or a role, never a person",
        );
        self.given(place, "ansvarlig", owner, hint);
        if lists::looks_like_a_person(owner) {
            self.wrong(
                place,
                (
                    "ansvarlig ligner en person",
                    "ansvarlig looks like a person",
                ),
                hint,
            );
        }
    }

    fn status(&mut self, place: &Place, word: &str) -> Option<Status> {
        let found = Status::ALL.into_iter().find(|it| it.name() == word);
        if found.is_none() {
            let known = Status::ALL.map(Status::name).join(", ");
            let words = print::harmless(word);
            self.wrong(
                place,
                (
                    &format!("status „{words}“ kendes ikke"),
                    &format!("status “{words}” is not known"),
                ),
                (&format!("skriv {known}"), &format!("write one of {known}")),
            );
        }
        found
    }

    fn measure(&mut self, place: &Place, name: &str) -> Option<MeasureId> {
        let mut rules = self.model.measures.iter();
        let found = rules.position(|rule| rule.name == name).map(MeasureId);
        let Some(id) = found else {
            let known = self.model.measures.iter().map(|rule| rule.name.as_str());
            self.mistakes.unknown(
                place,
                (
                    &format!("reglerne har ingen måling {name}"),
                    &format!("the rules have no measure {name}"),
                ),
                name,
                known,
                (
                    "skriv navnet på en måling, eller lad feltet stå tomt",
                    "write the name of a measure, or leave the field empty",
                ),
            );
            return None;
        };
        if measure_on(self.model, id, self.day).is_none() {
            self.not_in_force(place, name);
            return None;
        }
        Some(id)
    }

    fn not_in_force(&mut self, place: &Place, name: &str) {
        let day = day_text(self.day);
        self.wrong(
            place,
            (
                &format!("{name} gælder ikke {}", day.da),
                &format!("{name} is not in force on {}", day.en),
            ),
            (
                "brug en regel, der gælder den dag, der gøres op",
                "use a rule that is in force on the day that is counted",
            ),
        );
    }

    /// A term by its name, or `opdeling er gruppe`.
    fn sign(&mut self, place: &Place, column: &str, text: &str) -> Option<Sign> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let (name, state) = match words.as_slice() {
            [name] => (*name, None),
            [name, "er" | "is", state] => (*name, Some(*state)),
            _ => {
                let shown = print::harmless(text);
                self.wrong(
                    place,
                    (&format!("{column}: „{shown}“ kan ikke læses"), &format!("{column}: “{shown}” cannot be read")),
                    ("skriv et begreb, eller »opdeling er gruppe«; hvad der er mere sammensat, bliver et begreb i en regelfil", "write a term, or “opdeling er gruppe”; what is more composed becomes a term in a rule file"),
                );
                return None;
            }
        };
        let subject = self.subject(place, column, name)?;
        if !self.model.spans(subject, self.day) {
            self.not_in_force(place, name);
            return None;
        }
        let found = match state {
            Some(state) => states::named(self.model, subject, state, self.day),
            None => Some(State::Truth(Truth::Yes)).filter(|_| is_yes_or_no(subject)),
        };
        if found.is_none() {
            self.no_state(place, column, (subject, name), state);
        }
        Some(Sign {
            subject,
            state: found?,
        })
    }

    fn subject(&mut self, place: &Place, column: &str, name: &str) -> Option<Subject> {
        let all = everything(self.model);
        let found = all.iter().find(|it| subject_name(self.model, **it) == name);
        if found.is_none() {
            let shown = print::harmless(name);
            let known = all.iter().map(|it| subject_name(self.model, *it));
            self.mistakes.unknown(
                place,
                (
                    &format!("{column}: reglerne har intet, der hedder {shown}"),
                    &format!("{column}: the rules have nothing called {shown}"),
                ),
                name,
                known,
                (
                    "skriv begrebet i en regelfil, og nævn den på kommandolinjen",
                    "write the term in a rule file, and name it on the command line",
                ),
            );
        }
        found.copied()
    }

    /// A state is missing, or there is no such state.
    fn no_state(
        &mut self,
        place: &Place,
        column: &str,
        (subject, name): (Subject, &str),
        state: Option<&str>,
    ) {
        let all = states::all(self.model, subject, self.day);
        let known = || all.iter().filter(|it| !it.is_unknown()).map(State::name);
        let list = known().collect::<Vec<_>>().join(", ");
        let otherwise = (format!("brug {list}"), format!("use {list}"));
        let Some(state) = state else {
            let (da, en) = (
                format!("skriv »{name} er …«: {list}"),
                format!("write “{name} er …”: {list}"),
            );
            self.wrong(
                place,
                (
                    &format!("{column}: {name} har flere tilstande"),
                    &format!("{column}: {name} has several states"),
                ),
                (&da, &en),
            );
            return;
        };
        let shown = print::harmless(state);
        self.mistakes.unknown(
            place,
            (
                &format!("{column}: {name} har ikke tilstanden {shown}"),
                &format!("{column}: {name} has no state {shown}"),
            ),
            state,
            known(),
            (&otherwise.0, &otherwise.1),
        );
    }
}

/// What is given must have been understood; what is left out need not.
fn all_or_none<T>(given: Option<Option<T>>) -> Option<Option<T>> {
    match given {
        Some(None) => None,
        Some(understood) => Some(understood),
        None => Some(None),
    }
}

fn is_yes_or_no(subject: Subject) -> bool {
    matches!(
        subject,
        Subject::Term(_) | Subject::Assessment(_) | Subject::Warning(_)
    )
}

/// All rules that say something of a case on a day.
fn everything(model: &Model) -> Vec<Subject> {
    let terms = (0..model.terms.len()).map(|at| Subject::Term(TermId(at)));
    let assessments = (0..model.assessments.len()).map(|at| Subject::Assessment(AssessmentId(at)));
    let others = subjects(model).into_iter();
    terms.chain(assessments).chain(others).collect()
}
