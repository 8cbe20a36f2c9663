//! `hjemmel series`: every measure week by week or month by month, in all and group by group.

use crate::arguments::{CountFormat, Rhythmic, SeriesArguments};
use crate::counted_days::CountedDays;
use crate::exit::{Exit, Failure};
use crate::measured::{MeasureCounts, Measured};
use crate::progress::{self, Progress};
use crate::run::{not_conserved, provenance};
use crate::series_book::{self, Line, Shown};
use crate::session::Session;
use crate::slices::{self, Reading};
use crate::summary::{in_order, rests_on, warn_of_draft};
use crate::{book, bug, input, judged, print};
use hjemmel_engine::measure::measure_on;
use hjemmel_engine::model::{MeasureId, Model};
use hjemmel_engine::plan::{Plan, Question};
use hjemmel_engine::time::{Day, Period};
use hjemmel_extracts::Slice;
use hjemmel_grammar::syntax::Rhythm;
use hjemmel_reports::{CsvStyle, Form};

/// A measure, and the days it is taken on.
struct Asked {
    measure: MeasureId,
    days: CountedDays,
}

/// Takes the measures.
pub(crate) fn series(session: &Session, arguments: &SeriesArguments) -> Result<Exit, Failure> {
    let known_on = arguments.data.known_on()?;
    let from = input::day("--from", &arguments.from)?;
    let to = input::day("--to", &arguments.to)?;
    let window = input::window(from, to)?;
    let target = book::target(&arguments.book)?;
    let rules = session.rules(&arguments.rules.rules, hjemmel_engine::check_rules)?;
    let model = &rules.model;
    let asked = asked(model, arguments, window)?;
    let ids: Vec<MeasureId> = asked.iter().map(|asked| asked.measure).collect();
    let plan = Plan::new(model, &[], Question { window, known_on }).with_measures(model, &ids);
    let progress = Progress::default();
    let reading = Reading {
        session,
        data: &arguments.data,
        model,
        reads: plan.reads(),
        how: &arguments.reading,
        progress: &progress,
    };
    let mut counts = vec![MeasureCounts::default(); asked.len()];
    let extract = progress::shown(session, &progress, || {
        let work = |slice: &Slice| -> Vec<MeasureCounts> {
            let answers = plan.answer_measures(&slice.batch);
            let each = answers.iter().zip(&asked);
            each.map(|(histories, asked)| MeasureCounts::of(histories, &asked.days))
                .collect()
        };
        reading.each(work, |_, found| {
            for (counts, found) in counts.iter_mut().zip(found) {
                counts.merge(found);
            }
            Ok(())
        })
    })?;
    slices::warn(session, &extract, model, window.last(), known_on);
    let mut provenance = provenance(&rules, &extract.hash, known_on);
    provenance.from = Some(window.start);
    provenance.to = Some(window.last());
    let lines = lines(model, &asked, &counts).ok_or_else(not_conserved)?;
    let shown = Shown {
        session,
        model,
        window,
        known_on,
        extract: &extract,
        lines: &lines,
    };
    let book = shown.book(provenance.clone());
    let mut text = match arguments.format {
        CountFormat::Text => shown.text(),
        CountFormat::Csv => machine(&book, Form::Csv(CsvStyle::Machine), session)?,
        CountFormat::Json => machine(&book, Form::Json, session)?,
    };
    let told = target.map(|target| {
        let path = &arguments.data.path;
        book::write(session, &arguments.book, path, target, &book)
    });
    let told = told.transpose()?.unwrap_or_default();
    // Where the figures are for a program, it reads nothing else.
    if arguments.format == CountFormat::Text {
        text += &told;
        text += &rests_on(session, &provenance);
    } else if arguments.format == CountFormat::Csv {
        warn_of_draft(session, &provenance);
    }
    print::out(&text)?;
    Ok(Exit::Done)
}

/// The book as a program reads it.
fn machine(book: &hjemmel_reports::Book, form: Form, session: &Session) -> Result<String, Failure> {
    let bytes = hjemmel_reports::bytes(book, form, session.language()).map_err(|_| bug())?;
    String::from_utf8(bytes).map_err(|_| bug())
}

/// The measures that are asked for, each on its days in the window.
fn asked(
    model: &Model,
    arguments: &SeriesArguments,
    window: Period,
) -> Result<Vec<Asked>, Failure> {
    let chosen = chosen(model, &arguments.only)?;
    let asked: Vec<Asked> = chosen
        .into_iter()
        .filter_map(|measure| {
            let days =
                CountedDays::new(window, |day| is_taken(model, measure, arguments.every, day));
            Some(Asked {
                measure,
                days: days?,
            })
        })
        .collect();
    if asked.is_empty() {
        return Err(Failure::usage(
            "ingen måling tages på nogen dag fra --from til --to",
            "no measure is taken on any day from --from to --to",
        )
        .hint(
            "en måling tages de dage, dens »hver uge« eller »hver måned« siger, mens den gælder; --every week tager dem hver mandag",
            "a measure is taken on the days that its `every week` or `every month` says, while it is in force; --every week takes them every Monday",
        ));
    }
    Ok(asked)
}

/// The measures of these names; all, if there is none.
pub(crate) fn chosen(model: &Model, names: &[String]) -> Result<Vec<MeasureId>, Failure> {
    let name = |id: MeasureId| {
        model
            .measures
            .get(id.0)
            .map_or("", |rule| rule.name.as_str())
    };
    if let Some(unknown) = names
        .iter()
        .find(|wanted| !judged::measures(model).any(|id| name(id) == wanted.as_str()))
    {
        let all: Vec<&str> = judged::measures(model).map(name).collect();
        let (shown, all) = (print::harmless(unknown), all.join(", "));
        return Err(Failure::usage(
            format!("{shown} er ikke en måling i reglerne"),
            format!("{shown} is not a measure of the rules"),
        )
        .hint(
            format!("målingerne er {all}"),
            format!("the measures are {all}"),
        ));
    }
    let wanted =
        |id: &MeasureId| names.is_empty() || names.iter().any(|wanted| wanted == name(*id));
    Ok(judged::measures(model).filter(wanted).collect())
}

/// Whether a measure is taken on a day.
pub(crate) fn is_taken(model: &Model, id: MeasureId, every: Option<Rhythmic>, day: Day) -> bool {
    let Some(version) = measure_on(model, id, day) else {
        return false;
    };
    let rhythm = match every {
        Some(Rhythmic::Week) => Some(Rhythm::Weekly(0)),
        Some(Rhythmic::Month) => Some(Rhythm::Monthly),
        None => version.body.rhythm,
    };
    rhythm.is_some_and(|rhythm| match rhythm {
        Rhythm::Weekly(weekday) => day.monday().plus(i32::from(weekday)) == day,
        Rhythm::Monthly => day.next().next_month() != day.next_month(),
    })
}

/// The series, measure by measure; `None` if a count is below zero or the groups are not
/// all, which is a bug.
fn lines<'a>(
    model: &'a Model,
    asked: &'a [Asked],
    counts: &[MeasureCounts],
) -> Option<Vec<Line<'a>>> {
    let lines = asked.iter().zip(counts).map(|(asked, counts)| {
        let days = asked.days.days.as_slice();
        let Measured { all, mut groups } = counts.on(days.len())?;
        // As they are declared in the version of the last day.
        if let Some(version) = days
            .last()
            .and_then(|day| measure_on(model, asked.measure, *day))
        {
            in_order(model, &version.body, &mut groups);
        }
        Some(Line {
            measure: asked.measure,
            name: &model.measures.get(asked.measure.0)?.name,
            days,
            all,
            groups,
        })
    });
    let lines: Option<Vec<_>> = lines.collect();
    lines.filter(|lines| series_book::adds_up(lines))
}
