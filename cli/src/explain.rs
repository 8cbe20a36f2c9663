//! `hjemmel explain`: the answers for one case, with reasons that a caseworker can use.

use crate::account::journal;
use crate::arguments::ExplainArguments;
use crate::exit::{Exit, Failure};
use crate::language::day as day_words;
use crate::overrides::Overrides;
use crate::print;
use crate::reasons::Reasons;
use crate::run::provenance;
use crate::session::Session;
use crate::what_if::{Beside, WhatIf};
use crate::{files, input, summary};
use hjemmel_engine::case::Case;
use hjemmel_engine::evaluate::{Evaluation, subject_name, subjects};
use hjemmel_engine::explain::explain as reasons_for;
use hjemmel_engine::model::{AssessmentId, DutyState, Model, Subject, TermId};
use hjemmel_engine::outcome::State;
use hjemmel_engine::time::{Day, Truth};
use hjemmel_extracts::Extract;
use hjemmel_extracts::write::Provenance;
use hjemmel_grammar::diagnostic::nearest;
use std::io::Read as _;
use std::path::Path;

/// How many levels of reasons are shown below a step of the answer, unless all are wanted.
const LEVELS: usize = 2;

const NOT_COVERED: State = State::Duty(DutyState::NotCovered);

/// The longest file that holds a key.
const LONGEST: u64 = 4096;

/// Explains what the rules say about one case.
pub(crate) fn explain(session: &Session, arguments: &ExplainArguments) -> Result<Exit, Failure> {
    let day = arguments.day.day()?;
    let known_on = arguments.data.known_on()?;
    let id = given_case(
        arguments.one.case.as_deref(),
        arguments.one.case_file.as_deref(),
    )?;
    let id = id.unwrap_or_default();
    let rules = session.rules(&arguments.rules.rules, hjemmel_engine::check_rules)?;
    let chosen = chosen(&rules.model, &arguments.only)?;
    let mut extract = input::judged_extract(session, &arguments.data, &rules.model, day, known_on)?;
    let case = find(&extract, &id)?.clone();
    journal::persons(|| [case.id.reveal()]);
    let overrides = Overrides::of(
        session,
        arguments.decided.overrides.as_deref(),
        &arguments.data.path,
        (&rules.model, &extract),
        known_on,
    )?;
    let change = match (arguments.with.as_slice(), arguments.without.as_slice()) {
        ([], []) => None,
        (with, without) => Some(WhatIf::new(
            session,
            &rules,
            (&mut extract, &case),
            with,
            without,
        )?),
    };
    let asked = Asked {
        session,
        model: &rules.model,
        extract: &extract,
        day,
        known_on,
        full: arguments.full,
        all: arguments.only.is_empty(),
        overrides: &overrides,
    };
    let mut out = heading(session, &case, day, known_on);
    out += &match &change {
        None => asked.answers(&case, &chosen),
        Some(change) => asked.beside(&case, change, &chosen),
    };
    let provenance = Provenance {
        as_of: Some(day),
        overrides_hash: overrides.hash.clone(),
        ..provenance(&rules, &extract.hash, known_on)
    };
    out += &summary::rests_on(session, &provenance);
    print::out(&out)?;
    Ok(Exit::Done)
}

/// What is asked, whatever the case.
struct Asked<'a> {
    session: &'a Session,
    model: &'a Model,
    extract: &'a Extract,
    day: Day,
    known_on: Option<Day>,
    /// All links are wanted.
    full: bool,
    /// No rule was named.
    all: bool,
    /// What caseworkers have decided.
    overrides: &'a Overrides,
}

impl Asked<'_> {
    fn reasons<'a>(&'a self, case: &'a Case) -> Reasons<'a> {
        let levels = if self.full { usize::MAX } else { LEVELS };
        Reasons::new(
            self.session,
            self.model,
            self.extract,
            case,
            self.day,
            levels,
            self.overrides,
        )
    }

    /// The answers for a case, each with its reasons.
    fn answers(&self, case: &Case, chosen: &[Subject]) -> String {
        let (session, model, day) = (self.session, self.model, self.day);
        let evaluation = Evaluation::new(model, case, self.known_on);
        let reasons = self.reasons(case);
        let mut out = String::new();
        let mut outside: Vec<&str> = Vec::new();
        let mut not_covered: Vec<&str> = Vec::new();
        for &subject in chosen {
            match reasons_for(model, &evaluation, subject, day) {
                None => outside.push(subject_name(model, subject)),
                Some(found) if self.is_decided(case, subject) => out += &reasons.render(&found),
                // A remark that is not made needs no reasons unless someone asks.
                Some(found) if self.all && found.outcome.run.state == State::Truth(Truth::No) => {}
                // Nor does a duty that the person is not covered by.
                Some(found) if self.all && !self.full && found.outcome.run.state == NOT_COVERED => {
                    let title = model.title_on(subject, day);
                    not_covered.push(title.unwrap_or(subject_name(model, subject)));
                }
                Some(found) => out += &reasons.render(&found),
            }
        }
        let not_covered_by = session.say("Ikke omfattet af", "Not covered by");
        let outside_of = session.say(
            "Ikke en del af loven den dag",
            "Not part of the law that day",
        );
        for (text, names) in [(not_covered_by, not_covered), (outside_of, outside)] {
            if !names.is_empty() {
                out += &format!("{text}: {}\n\n", names.join(", "));
            }
        }
        out + self.more()
    }

    /// Whether a caseworker has decided something: then the answer is shown whatever it is.
    fn is_decided(&self, case: &Case, subject: Subject) -> bool {
        self.overrides.on(&case.id, subject, self.day).is_some()
    }

    fn more(&self) -> &str {
        if self.full {
            return "";
        }
        self.session
            .say("Alle led: --full\n", "All links: --full\n")
    }

    /// The answers for a case beside those with a change: of the rules that it makes a difference
    /// to, or of those that were named; with the reasons of both.
    fn beside(&self, case: &Case, change: &WhatIf, chosen: &[Subject]) -> String {
        let (session, model, day) = (self.session, self.model, self.day);
        change.warn(session, day);
        let before = Evaluation::new(model, case, self.known_on);
        let after = Evaluation::new(model, &change.case, self.known_on);
        let beside = Beside {
            session,
            model,
            day,
            before: &before,
            after: &after,
        };
        let (differ, same): (Vec<Subject>, Vec<Subject>) =
            chosen.iter().partition(|subject| beside.differs(**subject));
        let shown = if self.all { differ.as_slice() } else { chosen };
        let mut out = change.told(session, model, self.extract, case);
        if !shown.is_empty() {
            out += &beside.table(shown);
        }
        // As without a change: not what does not cover the person, or is no law that day.
        let told = same.iter().filter(|subject| {
            let nothing = [NOT_COVERED, State::Truth(Truth::No)];
            let outcome = before.judge(**subject, day);
            outcome.is_some_and(|outcome| !nothing.contains(&outcome.run.state))
        });
        let names: Vec<&str> = told
            .map(|subject| {
                let title = model.title_on(*subject, day);
                title.unwrap_or(subject_name(model, *subject))
            })
            .collect();
        if self.all && !names.is_empty() {
            let text = session.say("Det samme svar", "The same answer");
            out += &format!("{text}: {}\n\n", names.join(", "));
        }
        out += &self.told(
            session.say("Som registreret", "As registered"),
            (case, &before),
            shown.iter(),
        );
        // Where the answer is the same, so are its reasons.
        let changed = shown.iter().filter(|subject| differ.contains(subject));
        out += &self.told(
            session.say("Med ændringen", "With the change"),
            (&change.case, &after),
            changed,
        );
        out + self.more()
    }

    /// The reasons of some rules' answers, below a heading.
    fn told<'e, 's>(
        &'e self,
        heading: &str,
        (case, evaluation): (&Case, &Evaluation<'e>),
        subjects: impl Iterator<Item = &'s Subject>,
    ) -> String {
        let reasons = self.reasons(case);
        let found = subjects.filter_map(|it| reasons_for(self.model, evaluation, *it, self.day));
        let told: String = found.map(|found| reasons.render(&found)).collect();
        if told.is_empty() {
            return told;
        }
        let paint = print::Paint {
            on: print::colour_on_stdout(),
        };
        format!("── {} ──\n\n{told}", paint.bold(heading))
    }
}

/// The rules that are asked about; all that give every case an answer, if none is named.
fn chosen(model: &Model, names: &[String]) -> Result<Vec<Subject>, Failure> {
    if names.is_empty() {
        return Ok(subjects(model));
    }
    let terms = (0..model.terms.len()).map(|i| Subject::Term(TermId(i)));
    let assessments = (0..model.assessments.len()).map(|i| Subject::Assessment(AssessmentId(i)));
    let all: Vec<Subject> = subjects(model)
        .into_iter()
        .chain(terms)
        .chain(assessments)
        .collect();
    let find = |name: &String| {
        let found = all
            .iter()
            .find(|subject| subject_name(model, **subject) == name)
            .copied();
        let known = all.iter().map(|subject| subject_name(model, *subject));
        found.ok_or_else(|| no_such_rule(name, known))
    };
    names.iter().map(find).collect()
}

/// There is no rule of that name; perhaps another was meant.
pub(crate) fn no_such_rule<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Failure {
    let shown = print::harmless(name);
    let failure = Failure::usage(
        format!("ingen regel hedder {shown}"),
        format!("no rule is called {shown}"),
    );
    match nearest(name, known) {
        Some(near) => failure.hint(format!("mente du {near}?"), format!("did you mean {near}?")),
        None => failure,
    }
}

/// The key of the case that is asked about, if one is.
pub(crate) fn given_case(
    case: Option<&str>,
    file: Option<&Path>,
) -> Result<Option<String>, Failure> {
    match (case, file) {
        (_, Some(path)) => key(path).map(Some),
        (case, None) => Ok(case.map(str::to_owned)),
    }
}

/// The key that stands in a file, on a line of its own.
fn key(path: &Path) -> Result<String, Failure> {
    let mut text = String::new();
    let read = if path == Path::new("-") {
        std::io::stdin()
            .lock()
            .take(LONGEST)
            .read_to_string(&mut text)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(LONGEST).read_to_string(&mut text))
    };
    read.map_err(|error| files::unreadable(path, &error))?;
    let mut lines = text
        .trim_start_matches('\u{feff}')
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty());
    match (lines.next(), lines.next()) {
        (Some(key), None) => Ok(key.to_owned()),
        _ => Err(Failure::usage(
            "--case-file skal have én linje: sagens nøgle",
            "--case-file must have one line: the key of the case",
        )),
    }
}

/// The case with this key. The key is not repeated in messages.
pub(crate) fn find<'e>(extract: &'e Extract, id: &str) -> Result<&'e Case, Failure> {
    let found = extract
        .cases
        .binary_search_by(|case| case.id.reveal().cmp(id));
    let case = found.ok().and_then(|i| extract.cases.get(i));
    case.ok_or_else(|| {
        Failure::usage(
            "sagen findes ikke i udtrækket",
            "the case is not in the extract",
        )
    })
}

fn heading(session: &Session, case: &Case, day: Day, known_on: Option<Day>) -> String {
    let language = session.language();
    let paint = print::Paint {
        on: print::colour_on_stdout(),
    };
    let head = format!(
        "{} {} · {}",
        session.say("Sag", "Case"),
        print::harmless(case.id.reveal()),
        day_words(day, language)
    );
    let known = known_on.map_or_else(String::new, |known| {
        let words = session.say(
            "Brugt er, hvad der var registreret",
            "Used is what was registered by",
        );
        format!("{words} {}\n", day_words(known, language))
    });
    format!("{}\n{known}\n", paint.bold(&head))
}
