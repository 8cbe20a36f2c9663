//! `hjemmel initiatives`: what the municipality has begun for some of its citizens, how many of
//! them take part, and their figures beside those of the others.

mod list;
mod tables;

pub(crate) use list::{Entry, Initiatives, read};
pub(crate) use tables::{no_effect, part_words};

use crate::arguments::InitiativesArguments;
use crate::exit::{Exit, Failure};
use crate::progress::{self, Progress};
use crate::run::provenance;
use crate::session::Session;
use crate::summary::{self, rests_on};
use crate::{book, input, judged, print};
use hjemmel_engine::evaluate::Evaluation;
use hjemmel_engine::initiative::{Standing, Tally};
use hjemmel_engine::time::Period;
use hjemmel_extracts::write::Provenance;
use std::sync::atomic::Ordering;
use tables::Counted;

/// Counts the initiatives of a list in an extract.
pub(crate) fn initiatives(
    session: &Session,
    arguments: &InitiativesArguments,
) -> Result<Exit, Failure> {
    let day = arguments.day.day()?;
    let known_on = arguments.data.known_on()?;
    let target = book::target(&arguments.out)?;
    let rules = session.rules(&arguments.rules.rules, hjemmel_engine::check_rules)?;
    let model = &rules.model;
    let list = list::read(session, &arguments.list, model, day)?;
    let extract = input::judged_extract(session, &arguments.data, model, day, known_on)?;
    let progress = Progress::default();
    let standings: Vec<Vec<Standing>> = progress::shown(session, &progress, || {
        judged::each(&extract.cases, |case| {
            let evaluation = Evaluation::new(model, case, known_on);
            let entries = list.entries.iter();
            let each = entries.map(|it| it.initiative.standing(model, &evaluation, day));
            let each = each.collect();
            progress.persons.fetch_add(1, Ordering::Relaxed);
            each
        })
    });
    let tallies = (0..list.entries.len()).map(|at| {
        let of_one = standings.iter().filter_map(move |each| each.get(at));
        Tally::of(of_one)
    });
    let counted = Counted {
        session,
        model,
        day,
        list: &list,
        tallies: tallies.collect(),
    };
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
    let mut out = summary::heading(session, &heading) + &counted.text();
    if let Some(target) = target {
        let book = counted.book(provenance.clone());
        let path = &arguments.data.path;
        out += &book::write(session, &arguments.out, path, target, &book)?;
    }
    print::out(&(out + &rests_on(session, &provenance)))?;
    Ok(Exit::Done)
}
