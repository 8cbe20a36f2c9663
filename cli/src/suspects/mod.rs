//! `hjemmel suspects`: likely registration errors behind bad answers, the likeliest first.
//!
//! On the terminal rows are named by their places; the keys of cases stand in the file alone.

pub(crate) mod asked;
mod found;

use crate::arguments::SuspectsArguments;
use crate::exit::{Exit, Failure};
use crate::language::count;
use crate::progress::{self, Progress};
use crate::run::provenance;
use crate::session::Session;
use crate::table::{shown, table};
use crate::{book, input, judged, print, states, summary};
use asked::Bad;
use found::{Found, Words};
use hjemmel_engine::case::Case;
use hjemmel_engine::suspects::{Search, Slips};
use hjemmel_engine::time::{Day, Period};
use hjemmel_extracts::write::Provenance;
use hjemmel_grammar::diagnostic::Text;
use hjemmel_reports::{Book, Cell, Table, terminal};
use std::sync::atomic::Ordering;

/// Looks for slips behind the bad answers of an extract.
pub(crate) fn suspects(session: &Session, arguments: &SuspectsArguments) -> Result<Exit, Failure> {
    let day = arguments.day.day()?;
    let known_on = arguments.data.known_on()?;
    let target = book::target(&arguments.book)?;
    let rules = session.rules(&arguments.rules.rules, hjemmel_engine::check_rules)?;
    let model = &rules.model;
    let asked = asked::bad(model, arguments, day)?;
    let (slips, hash) = asked::slips(arguments, model, session.language())?;
    let extract = input::judged_extract(session, &arguments.data, model, day, known_on)?;
    let searches: Vec<(&Bad, Search<'_>)> = asked
        .iter()
        .filter(|bad| model.spans(bad.subject, day))
        .map(|bad| {
            let cases = &extract.cases;
            let search = Search::new(model, &slips, cases, bad.subject, day, known_on);
            (bad, search)
        })
        .collect();
    let progress = Progress::default();
    let found = progress::shown(session, &progress, || {
        each(&searches, &extract.cases, &progress)
    });
    let words = Words {
        session,
        model,
        extract: &extract,
        slips: &slips,
        day,
    };
    let table = words.table(&found);
    let provenance = Provenance {
        as_of: Some(day),
        ..provenance(&rules, &extract.hash, known_on)
    };
    let heading = summary::Heading {
        persons: u64::try_from(extract.cases.len()).unwrap_or(u64::MAX),
        days: Period::inclusive(day, day),
        made: extract.date,
        known_on,
    };
    let mut out = summary::heading(session, &heading);
    out += &overview(&words, &asked, &found, day);
    book::shows_persons(&table);
    out += &listed(session, &table, arguments.top);
    if let Some(target) = target {
        let found = found_book(table, provenance.clone(), &hash);
        out += &book::write(
            session,
            &arguments.book,
            &arguments.data.path,
            target,
            &found,
        )?;
    }
    out += &summary::rests_on(session, &provenance);
    print::out(&out)?;
    Ok(Exit::Done)
}

/// The bad answers of all cases with what is suspected, by case and then by rule.
fn each<'a>(
    searches: &[(&'a Bad, Search<'_>)],
    cases: &'a [Case],
    progress: &Progress,
) -> Vec<Found<'a>> {
    let found = judged::each(cases, |case| {
        let each = searches.iter().filter_map(|(bad, search)| {
            let is_bad = search.answer(case).as_ref() == Some(&bad.state);
            is_bad.then(|| (*bad, search.suspects(case, &bad.state)))
        });
        let found: Vec<_> = each.collect();
        progress.persons.fetch_add(1, Ordering::Relaxed);
        found
    });
    let found = cases.iter().zip(found);
    found
        .flat_map(|(case, found)| {
            let each = found.into_iter();
            each.map(move |(bad, suspects)| Found {
                case,
                bad,
                suspects,
            })
        })
        .collect()
}

/// For every bad answer how many cases have it, how many of them an edit would change, and by
/// which slip first.
fn overview(words: &Words<'_>, asked: &[Bad], found: &[Found<'_>], day: Day) -> String {
    let session = words.session;
    let language = session.language();
    let headings = [
        session.say(
            "Dårligt svar, og den rimeligste fejl",
            "Bad answer, and the most plausible error",
        ),
        session.say("Sager", "Cases"),
        session.say("Point højst", "Points at most"),
    ];
    let number = |cases: usize| count(u64::try_from(cases).unwrap_or(u64::MAX), language);
    let mut rows = table(&headings, 1);
    for bad in asked {
        let of_bad: Vec<&Found<'_>> = found.iter().filter(|it| it.bad == bad).collect();
        let state = states::words(words.model, bad.subject, &bad.state, day, language);
        let rule = states::heading(words.model, bad.subject, day);
        let all = number(of_bad.len());
        rows.add_row([format!("{rule}: {state}"), all, String::new()]);
        for (title, cases, most) in by_slip(words.slips, &of_bad) {
            let none = session.say("ingen mistanke", "nothing is suspected");
            let title = title.map_or(none, |title| title.get(language));
            let most = most.map_or_else(String::new, |points| points.to_string());
            rows.add_row([format!("  {title}"), number(cases), most]);
        }
    }
    shown(&rows) + "\n"
}

/// How many cases each slip is the most plausible of, with the most points it has in one of them;
/// the slips by these points, and at last of how many cases nothing is suspected.
fn by_slip<'s>(
    slips: &'s Slips,
    found: &[&Found<'_>],
) -> Vec<(Option<&'s Text>, usize, Option<i32>)> {
    let of = |slip: Option<usize>| {
        let firsts = found.iter().map(|it| it.suspects.first());
        firsts.filter(move |first| first.map(|it| it.slip) == slip)
    };
    let most = |slip| of(slip).flatten().map(|first| first.points.total()).max();
    let kinds = slips.kinds.iter().enumerate();
    let mut all: Vec<_> = kinds
        .map(|(at, slip)| (Some(&slip.title), of(Some(at)).count(), most(Some(at))))
        .collect();
    all.sort_by_key(|(_, _, most)| std::cmp::Reverse(*most));
    all.push((None, of(None).count(), None));
    all.retain(|(_, cases, _)| *cases > 0);
    all
}

/// The beginning of the list.
fn listed(session: &Session, table: &Table, top: usize) -> String {
    if table.rows.is_empty() || top == 0 {
        return String::new();
    }
    let columns = ["rank", "points", "slip", "place", "change", "state_after"];
    let list = terminal::text(table, session.language(), top, &columns);
    let question = session.say(
        "En mistanke er et spørgsmål til den, der fører registret. Intet svar er ændret.",
        "A suspicion is a question to whoever keeps the register. No answer has been changed.",
    );
    format!("{list}\n{question}\n")
}

/// The table with what it rests on.
fn found_book(table: Table, provenance: Provenance, slips: &str) -> Book {
    let notes = vec![
        (
            Text::new(
                "mistanke.toml, som fejlene står i (SHA-256)",
                "mistanke.toml, which holds the errors (SHA-256)",
            ),
            Cell::Text(slips.to_owned()),
        ),
        (
            Text::new(
                "10 point mere er ti gange så rimeligt; point er ingen sandsynlighed",
                "10 points more are ten times as plausible; points are no probability",
            ),
            Cell::Blank,
        ),
    ];
    Book {
        title: Text::new(
            "Sandsynlige registreringsfejl",
            "Likely registration errors",
        ),
        tables: vec![table],
        provenance,
        notes,
    }
}
