//! `hjemmel forecast`: measures over the days to come if nothing new is registered, and how many
//! must start each week for one of them to reach a target.

pub(crate) mod start;
pub(crate) mod tables;
pub(crate) mod target;

pub(crate) use target::thousandths;

use crate::arguments::ForecastArguments;
use crate::exit::{Exit, Failure};
use crate::language::day_text;
use crate::progress::{self, Progress};
use crate::run::provenance;
use crate::session::Session;
use crate::summary::Counted;
use crate::{book, input, judged, print, summary};
use hjemmel_engine::case::{Case, Row};
use hjemmel_engine::evaluate::Evaluation;
use hjemmel_engine::forecast::{Needed, Plan, Target, days_of, if_nothing_new, started};
use hjemmel_engine::measure::{Contribution, contribution, measure_on};
use hjemmel_engine::model::{MeasureId, Model, TableId};
use hjemmel_engine::time::{Day, Period};
use hjemmel_extracts::write::Provenance;
use hjemmel_grammar::diagnostic::{Text, nearest};
use hjemmel_reports::Book;
use hjemmel_reports::terminal::text;
use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

/// What is asked.
pub(crate) struct Asked<'a> {
    pub(crate) session: &'a Session,
    pub(crate) model: &'a Model,
    /// The cases as they stay if nothing new is registered.
    pub(crate) cases: Vec<Case>,
    pub(crate) day: Day,
    pub(crate) until: Day,
    pub(crate) known_on: Option<Day>,
}

/// A measure on the days of its rhythm.
pub(crate) struct Series {
    pub(crate) measure: MeasureId,
    pub(crate) points: Vec<Point>,
}

/// A measure on a day; without counts where it is not in force.
pub(crate) struct Point {
    pub(crate) day: Day,
    pub(crate) counts: Option<Counted>,
    /// With the starts that are needed.
    pub(crate) with: Option<Counted>,
}

/// What is to be reached, and what it takes.
pub(crate) struct Aim {
    pub(crate) plan: Plan,
    pub(crate) target: Target,
    /// The row that begins, as it was given.
    pub(crate) row: String,
    pub(crate) needed: Needed,
}

/// Forecasts.
pub(crate) fn forecast(session: &Session, arguments: &ForecastArguments) -> Result<Exit, Failure> {
    let day = input::day("--as-of", &arguments.as_of)?;
    let known_on = arguments.data.known_on()?;
    let by = input::optional_day("--by", arguments.by.as_deref())?;
    let until = input::optional_day("--until", arguments.until.as_deref())?;
    let until = until.into_iter().chain(by).max().unwrap_or(day);
    for (flag, later) in [("--until", until), ("--by", by.unwrap_or(until))] {
        if later <= day {
            return Err(Failure::usage(
                format!("{flag} skal ligge efter --as-of"),
                format!("{flag} must lie after --as-of"),
            ));
        }
    }
    let file = book::target(&arguments.book)?;
    let wanted = arguments.target.as_deref();
    let wanted = wanted
        .map(|wanted| target::parse(wanted).map_err(|failure| failure.within("--target")))
        .transpose()?;
    let rules = session.rules(&arguments.rules.rules, hjemmel_engine::check_rules)?;
    let model = &rules.model;
    let measures = chosen(model, &arguments.measures, day)?;
    let row = arguments.start.as_deref();
    let row = row
        .map(|row| start::row(session, &rules, row, day))
        .transpose()?;
    let extract = input::judged_extract(session, &arguments.data, model, day, known_on)?;
    let cases = extract.cases.iter();
    let asked = Asked {
        session,
        model,
        cases: cases.map(|case| if_nothing_new(case, day)).collect(),
        day,
        until,
        known_on,
    };
    let aim = match (wanted, by, row, measures.as_slice()) {
        (Some(wanted), Some(by), Some(row), [measure]) => {
            let plan = Plan { from: day, by };
            let given = arguments.start.clone().unwrap_or_default();
            Some((asked.aim(plan, wanted, *measure, given, &row)?, row))
        }
        (Some(_), _, _, _) => return Err(one_measure()),
        _ => None,
    };
    let starts = aim
        .as_ref()
        .map(|(aim, row)| (aim.needed.starts.as_slice(), row));
    let series: Vec<Series> = measures
        .iter()
        .map(|measure| asked.series(*measure, starts))
        .collect();
    let aim = aim.map(|(aim, _)| aim);
    let provenance = Provenance {
        as_of: Some(day),
        to: Some(until),
        ..provenance(&rules, &extract.hash, known_on)
    };
    let book = asked.book(&series, aim.as_ref(), &provenance);
    let mut out = asked.text(&series, aim.as_ref());
    if let Some(file) = file {
        let data = &arguments.data.path;
        out += &book::write(session, &arguments.book, data, file, &book)?;
    }
    out += &summary::rests_on(session, &provenance);
    print::out(&out)?;
    Ok(Exit::Done)
}

fn one_measure() -> Failure {
    Failure::usage(
        "et mål gælder én måling: nævn den med --measure",
        "a target is for one measure: name it with --measure",
    )
}

/// The measures that are asked about; all that are in force, if none is named.
fn chosen(model: &Model, names: &[String], day: Day) -> Result<Vec<MeasureId>, Failure> {
    if names.is_empty() {
        let all = judged::measures(model);
        return Ok(all
            .filter(|id| measure_on(model, *id, day).is_some())
            .collect());
    }
    let known = || model.measures.iter().map(|rule| rule.name.as_str());
    let find = |name: &String| {
        known()
            .position(|known| known == name)
            .map(MeasureId)
            .ok_or_else(|| {
                let shown = print::harmless(name);
                let failure = Failure::usage(
                    format!("ingen måling hedder {shown}"),
                    format!("no measure is called {shown}"),
                );
                match nearest(name, known()) {
                    Some(near) => {
                        failure.hint(format!("mente du {near}?"), format!("did you mean {near}?"))
                    }
                    None => failure,
                }
            })
    };
    names.iter().map(find).collect()
}

/// What the cases that start are, and what each of them begins.
type Starts<'a> = Option<(&'a [(usize, Day)], &'a (TableId, Row))>;

impl Asked<'_> {
    /// What every case adds to a measure on each of some days; the cases in their order.
    pub(crate) fn added(
        &self,
        cases: &[Case],
        measure: MeasureId,
        days: &[Day],
    ) -> Vec<Vec<Option<Contribution>>> {
        let (model, known_on) = (self.model, self.known_on);
        let progress = Progress::default();
        let add = |case: &Case| {
            let evaluation = Evaluation::new(model, case, known_on);
            let add = |day: &Day| contribution(model, &evaluation, measure, *day);
            let added = days.iter().map(add).collect();
            progress.persons.fetch_add(1, Ordering::Relaxed);
            added
        };
        progress::shown(self.session, &progress, || judged::each(cases, add))
    }

    fn series(&self, measure: MeasureId, starts: Starts<'_>) -> Series {
        let version = measure_on(self.model, measure, self.day);
        let rhythm = version.and_then(|version| version.body.rhythm);
        let mut days = days_of(rhythm, Period::inclusive(self.day.next(), self.until));
        // The day itself is where it begins, and the last day where it leads.
        days.insert(0, self.day);
        if days.last() != Some(&self.until) {
            days.push(self.until);
        }
        let without = self.added(&self.cases, measure, &days);
        let with = starts.map(|(starts, (table, row))| {
            let cases = starts
                .iter()
                .filter_map(|(at, day)| Some(started(self.cases.get(*at)?, *table, row, *day)));
            let added = self.added(&cases.collect::<Vec<_>>(), measure, &days);
            let at = starts.iter().map(|(at, _)| *at);
            at.zip(added).collect::<BTreeMap<_, _>>()
        });
        let point = |(i, day): (usize, &Day)| {
            let of = |added: &'_ [Option<Contribution>]| added.get(i)?.clone();
            let each: Vec<Contribution> = without.iter().filter_map(|added| of(added)).collect();
            let in_force = !each.is_empty();
            let with = with.as_ref().map(|with| {
                let cases = without.iter().enumerate();
                let added = cases.map(|(at, added)| with.get(&at).unwrap_or(added));
                Counted::of(
                    added
                        .filter_map(|added| of(added))
                        .collect::<Vec<_>>()
                        .iter(),
                )
            });
            Point {
                day: *day,
                counts: in_force.then(|| Counted::of(each.iter())),
                with: with.filter(|_| in_force),
            }
        };
        Series {
            measure,
            points: days.iter().enumerate().map(point).collect(),
        }
    }

    /// What it takes for the measure to reach the target.
    pub(crate) fn aim(
        &self,
        plan: Plan,
        wanted: target::Wanted,
        measure: MeasureId,
        given: String,
        (table, row): &(TableId, Row),
    ) -> Result<Aim, Failure> {
        let on_the_day = self.added(&self.cases, measure, &[plan.by]);
        let without: Option<Vec<Contribution>> = on_the_day
            .into_iter()
            .map(|mut added| added.pop().flatten())
            .collect();
        let Some(without) = without else {
            return Err(Failure::usage(
                "målingen gælder ikke den dag, målet skal være nået",
                "the measure is not in force on the day of the target",
            ));
        };
        let with = |at: usize, day: Day| {
            let case = self.cases.get(at)?;
            let case = started(case, *table, row, day);
            let evaluation = Evaluation::new(self.model, &case, self.known_on);
            contribution(self.model, &evaluation, measure, plan.by)
        };
        let target = target::of(self.model, wanted, measure, plan.by)?;
        let needed = plan.needed(target, &without, |at, day| {
            // It is in force, as was found above.
            with(at, day)
                .or_else(|| without.get(at).cloned())
                .unwrap_or(NOBODY)
        });
        Ok(Aim {
            plan,
            target,
            row: given,
            needed,
        })
    }

    fn book(&self, series: &[Series], aim: Option<&Aim>, provenance: &Provenance) -> Book {
        let mut tables = vec![tables::series(self, series, aim.is_some())];
        tables.extend(aim.map(tables::plan));
        Book {
            title: Text::new("Fremskrivning", "Forecast"),
            tables,
            provenance: provenance.clone(),
            notes: tables::notes(self, series, aim),
        }
    }

    fn text(&self, series: &[Series], aim: Option<&Aim>) -> String {
        let language = self.session.language();
        let paint = print::Paint {
            on: print::colour_on_stdout(),
        };
        let (day, until) = (day_text(self.day), day_text(self.until));
        let head = Text::new(
            format!("Fremskrivning fra {} til {}", day.da, until.da),
            format!("Forecast from {} to {}", day.en, until.en),
        );
        let assumed = Text::new(
            "Hvis intet nyt registreres: intet begynder, det registrerede slutter som registreret, og ingen kommer til.",
            "If nothing new is registered: nothing begins, what is registered ends as registered, and nobody joins.",
        );
        let mut out = format!(
            "{}\n{}\n\n",
            paint.bold(head.get(language)),
            assumed.get(language)
        );
        for each in series {
            out += &format!("{}\n", paint.bold(&tables::title(self, each.measure)));
            let mut table = tables::series(self, std::slice::from_ref(each), aim.is_some());
            // The groups stand in the file.
            let group = table.columns.iter().position(|column| column.id == "group");
            table.rows.retain(|row| {
                group.and_then(|at| row.get(at)) == Some(&hjemmel_reports::Cell::Blank)
            });
            let shown: Vec<&str> = table
                .columns
                .iter()
                .map(|column| column.id.as_str())
                .collect();
            let hidden = ["rule", "group"];
            let columns: Vec<&str> = shown
                .into_iter()
                .filter(|id| !hidden.contains(id))
                .collect();
            out += &text(&table, language, usize::MAX, &columns);
            out.push('\n');
        }
        if let Some(aim) = aim {
            out += &tables::told(self, aim);
        }
        out
    }
}

/// Somebody who is not part of a measure.
const NOBODY: Contribution = Contribution {
    out_of: hjemmel_engine::time::Truth::No,
    counted: hjemmel_engine::time::Truth::No,
    group: Vec::new(),
};
