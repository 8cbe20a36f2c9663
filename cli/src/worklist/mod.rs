//! `hjemmel worklist`: the cases to act on, the most urgent first.

mod columns;
mod earlier;
mod since;
mod tables;
mod words;

use crate::account::journal;
use crate::arguments::WorklistArguments;
use crate::exit::{Exit, Failure};
use crate::language::{count, day_text};
use crate::overrides::Overrides;
use crate::progress::{self, Progress};
use crate::run::{no_law, provenance};
use crate::session::{Rules, Session};
use crate::usage::is_cpr;
use crate::{book, input, judged, print, summary, table};
use hjemmel_engine::case::Case;
use hjemmel_engine::evaluate::{Evaluation, subject_name, subjects};
use hjemmel_engine::follow_up::{Item, Urgency, items};
use hjemmel_engine::model::{ClassificationId, DutyId, Model, Subject};
use hjemmel_engine::outcome::State;
use hjemmel_engine::time::{Day, Period};
use hjemmel_extracts::Extract;
use hjemmel_extracts::write::Provenance;
use hjemmel_grammar::diagnostic::{Text, nearest};
use hjemmel_reports::Book;
use hjemmel_reports::terminal::text;
use since::News;
use std::sync::atomic::Ordering;

/// How many cases a terminal shows.
const SHOWN: usize = 10;

/// A duty of a case, ready for the list.
pub(crate) struct Listed<'a> {
    pub(crate) case: &'a Case,
    pub(crate) item: Item,
    /// The state of the classification that gives the cause.
    pub(crate) cause: Option<State>,
    /// What has become of it since the earlier list.
    pub(crate) news: Option<News>,
}

/// What the list is made from.
pub(crate) struct Asked<'a> {
    pub(crate) session: &'a Session,
    pub(crate) model: &'a Model,
    pub(crate) extract: &'a Extract,
    /// The duties that it is about.
    pub(crate) duties: Vec<DutyId>,
    /// They are those that were named, and not all.
    pub(crate) chosen: bool,
    pub(crate) day: Day,
    pub(crate) known_on: Option<Day>,
    /// How many days it looks ahead.
    pub(crate) ahead: i32,
    pub(crate) cause: Option<ClassificationId>,
    /// What caseworkers have decided; it puts nobody on the list and takes nobody off it.
    pub(crate) overrides: Overrides,
}

/// Writes the list.
pub(crate) fn worklist(session: &Session, arguments: &WorklistArguments) -> Result<Exit, Failure> {
    let day = arguments.day.day()?;
    let known_on = arguments.data.known_on()?;
    let since_known = input::optional_day("--since-known", arguments.since_known.as_deref())?;
    let target = book::target(&arguments.book)?;
    let earlier = arguments.since.as_deref().map(earlier::read).transpose()?;
    let rules = session.rules(&arguments.rules.rules, hjemmel_engine::check_rules)?;
    let model = &rules.model;
    if !subjects(model).iter().any(|rule| model.spans(*rule, day)) {
        return Err(no_law(day));
    }
    let duties = duties(model, &arguments.only)?;
    let cause = arguments.cause.as_deref();
    let cause = cause.map(|name| classification(model, name)).transpose()?;
    let extract = input::judged_extract(session, &arguments.data, model, day, known_on)?;
    let asked = Asked {
        session,
        model,
        extract: &extract,
        duties,
        chosen: !arguments.only.is_empty(),
        day,
        known_on,
        ahead: i32::from(arguments.weeks).saturating_mul(7),
        cause,
        overrides: Overrides::of(
            session,
            arguments.decided.overrides.as_deref(),
            &arguments.data.path,
            (model, &extract),
            known_on,
        )?,
    };
    let mut listed = asked.listed();
    let on_list = listed.iter().filter(|it| it.item.urgency.is_some());
    journal::persons(|| on_list.map(|it| it.case.id.reveal()));
    let earlier = match (earlier, since_known) {
        (Some(earlier), _) => Some(earlier),
        (None, Some(known)) => Some(asked.known_earlier(known)),
        (None, None) => None,
    };
    if let Some(earlier) = &earlier {
        earlier.warn_of_other_rules(session, &rules.hash);
    }
    let since = earlier.map(|earlier| since::compare(&asked, &earlier, &mut listed));
    let provenance = Provenance {
        as_of: Some(day),
        overrides_hash: asked.overrides.hash.clone(),
        ..provenance(&rules, &extract.hash, known_on)
    };
    let book = asked.book(&listed, since.as_ref(), &provenance, &rules);
    let mut out = asked.text(&book, &listed, since.as_ref());
    if let Some(target) = target {
        let data = &arguments.data.path;
        out += &book::write(session, &arguments.book, data, target, &book)?;
    }
    out += &summary::rests_on(session, &provenance);
    print::out(&out)?;
    Ok(Exit::Done)
}

/// The duties of those names; all if none is named.
fn duties(model: &Model, names: &[String]) -> Result<Vec<DutyId>, Failure> {
    if names.is_empty() {
        return Ok((0..model.duties.len()).map(DutyId).collect());
    }
    let duty = |name: &String| {
        let mut rules = model.duties.iter();
        let found = rules.position(|rule| rule.name == *name);
        found.map(DutyId).ok_or_else(|| {
            let shown = print::harmless(name);
            let failure = Failure::usage(
                format!("--rule: ingen pligt hedder {shown}"),
                format!("--rule: no duty is called {shown}"),
            );
            let names = model.duties.iter().map(|rule| rule.name.as_str());
            near(failure, name, names)
        })
    };
    let mut duties: Vec<DutyId> = names.iter().map(duty).collect::<Result<_, _>>()?;
    duties.sort_unstable();
    duties.dedup();
    Ok(duties)
}

/// With the nearest name as a hint, if one is near.
fn near<'n>(failure: Failure, name: &str, names: impl Iterator<Item = &'n str>) -> Failure {
    match nearest(name, names) {
        Some(near) => failure.hint(format!("mente du {near}?"), format!("did you mean {near}?")),
        None => failure,
    }
}

/// The classification of that name.
fn classification(model: &Model, name: &str) -> Result<ClassificationId, Failure> {
    let mut rules = model.classifications.iter();
    if let Some(found) = rules.position(|rule| rule.name == name) {
        return Ok(ClassificationId(found));
    }
    let shown = print::harmless(name);
    let failure = Failure::usage(
        format!("--cause: ingen opdeling hedder {shown}"),
        format!("--cause: no classification is called {shown}"),
    );
    let names = model.classifications.iter().map(|rule| rule.name.as_str());
    Err(near(failure, name, names))
}

/// What the classification says of a case.
fn cause_of(
    model: &Model,
    case: &Case,
    cause: ClassificationId,
    day: Day,
    known_on: Option<Day>,
) -> Option<State> {
    let evaluation = Evaluation::new(model, case, known_on);
    let day = Period::inclusive(day, day);
    let history = evaluation.history(Subject::Classification(cause), day);
    Some(history.into_iter().next()?.state)
}

impl Asked<'_> {
    /// The names of the duties.
    fn named(&self) -> Vec<&str> {
        let rules = self
            .duties
            .iter()
            .filter_map(|duty| self.model.duties.get(duty.0));
        rules.map(|rule| rule.name.as_str()).collect()
    }

    /// Every duty that covers somebody, or may do so; those on the list first, in its order.
    fn listed(&self) -> Vec<Listed<'_>> {
        let Self {
            model,
            day,
            known_on,
            ahead,
            cause,
            ref duties,
            ..
        } = *self;
        let progress = Progress::default();
        let of_case = |case: &Case| {
            let items = items(model, duties, case, (day, known_on), ahead);
            let wanted = items.iter().any(|item| item.urgency.is_some());
            let cause = cause.filter(|_| wanted);
            let cause = cause.and_then(|cause| cause_of(model, case, cause, day, known_on));
            progress.persons.fetch_add(1, Ordering::Relaxed);
            (items, cause)
        };
        let found = progress::shown(self.session, &progress, || {
            judged::each(&self.extract.cases, of_case)
        });
        let mut listed: Vec<Listed<'_>> = Vec::new();
        for (case, (items, cause)) in self.extract.cases.iter().zip(found) {
            listed.extend(items.into_iter().map(|item| Listed {
                case,
                cause: cause.clone().filter(|_| item.urgency.is_some()),
                item,
                news: None,
            }));
        }
        // The cases come by their keys, and stay so where nothing tells them apart.
        listed.sort_by_key(|listed| listed.item.rank());
        listed
    }

    fn book(
        &self,
        listed: &[Listed<'_>],
        since: Option<&since::Since>,
        provenance: &Provenance,
        rules: &Rules,
    ) -> Book {
        let mut tables = vec![
            tables::worklist(self, listed, since.is_some()),
            tables::coming(self, listed),
            tables::counts(self, listed),
        ];
        tables.extend(since.map(|since| tables::since(self, since)));
        Book {
            title: Text::new("Arbejdsliste", "Worklist"),
            tables,
            provenance: provenance.clone(),
            notes: tables::notes(self, listed, since, &rules.model),
        }
    }

    /// The counts and the first cases, for a terminal.
    fn text(&self, book: &Book, listed: &[Listed<'_>], since: Option<&since::Since>) -> String {
        let (session, language) = (self.session, self.session.language());
        let paint = print::Paint {
            on: print::colour_on_stdout(),
        };
        let day = day_text(self.day);
        let weeks = self.ahead / 7;
        let head = Text::new(
            format!("Arbejdsliste pr. {}, {weeks} uger frem", day.da),
            format!("Worklist as of {}, {weeks} weeks ahead", day.en),
        );
        let mut out = format!("{}\n\n", paint.bold(head.get(language)));
        let counts = book.tables.iter().find(|table| table.id == "counts");
        out += &counts.map_or_else(String::new, |table| text(table, language, usize::MAX, &[]));
        out.push('\n');
        if let Some(since) = since {
            out += &since.text(session);
        }
        out + &self.first_rows(book, listed)
    }

    /// The first cases, and how many more there are. CPR numbers are for the file alone.
    fn first_rows(&self, book: &Book, listed: &[Listed<'_>]) -> String {
        let language = self.session.language();
        let on_list = || listed.iter().filter(|it| it.item.urgency.is_some());
        let rows = on_list().count();
        let personal = on_list().any(|it| is_cpr(it.case.id.reveal()));
        let mut out = String::new();
        if let Some(table) = book.tables.first().filter(|_| rows > 0 && !personal) {
            let columns = ["case", "rule", "state", "last_day", "cause", "news"];
            out += &text(table, language, SHOWN, &columns);
            out.push('\n');
        }
        let shown = if personal { 0 } else { SHOWN };
        let more = u64::try_from(rows.saturating_sub(shown)).unwrap_or(0);
        let more = count(more, language);
        let line = if personal {
            Text::new(
                format!("{more} sager; nøglerne ligner CPR-numre, så de skrives kun med --out.\n"),
                format!(
                    "{more} cases; the keys look like CPR numbers, so only --out writes them.\n"
                ),
            )
        } else if rows > shown {
            Text::new(
                format!(
                    "{more} mere; --out skriver dem alle, med næste skridt, hjemmel og kommende ændringer.\n"
                ),
                format!(
                    "{more} more; --out writes all of them, with next step, basis and coming changes.\n"
                ),
            )
        } else {
            return out;
        };
        out + line.get(language)
    }

    /// `Tilbud til aktivitetsparate`; the name where there is no title.
    fn title(&self, item: &Item) -> String {
        let name = subject_name(self.model, item.subject());
        let title = self.model.title_on(item.subject(), self.day);
        title.map_or_else(|| name.replace('_', " "), str::to_owned)
    }
}

/// How many of the list have each urgency, for one duty.
pub(crate) fn count_of(listed: &[Listed<'_>], duty: Subject, urgency: Urgency) -> usize {
    let same = |it: &&Listed<'_>| it.item.subject() == duty && it.item.urgency == Some(urgency);
    listed.iter().filter(same).count()
}

/// A duty's title with its name.
pub(crate) fn heading(asked: &Asked<'_>, item: &Item) -> String {
    table::titled(
        asked.model.title_on(item.subject(), asked.day),
        subject_name(asked.model, item.subject()),
    )
}
