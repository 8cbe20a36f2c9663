//! `hjemmel compare`: who gets another answer by other rules, and why.
//!
//! ```text
//! OLD, NEW -source, git-> two rule sets -crossing-> old state by new state, and whose answers differ
//!                                       -found-> the reasons of those -text, github, machine-> printed
//! ```

mod crossing;
mod found;
mod git;
mod github;
mod machine;
mod rules;
mod source;
mod text;
mod words;

use crate::account::journal;
use crate::arguments::{CompareArguments, CompareFormat, DataArguments};
use crate::exit::{Exit, Failure};
use crate::run::{not_written, provenance, written};
use crate::session::Session;
use crate::{explain, input, judged, print, run, summary};
use crossing::{Asked, Crossed};
use found::Found;
use hjemmel_engine::compare::{
    Change, Conflict, Pair, Projection, RuleChange, Side, changes, is_judged, pairs, union,
};
use hjemmel_engine::evaluate::{Evaluation, subjects};
use hjemmel_engine::measure::{Counts, contribution, measure_on};
use hjemmel_engine::model::{MeasureId, Model, Subject};
use hjemmel_engine::plan::Question;
use hjemmel_engine::time::{Day, Period};
use hjemmel_extracts::write::{Format, Provenance};
use hjemmel_extracts::{Extract, save};
use hjemmel_grammar::syntax::Kind;
use source::{Read, Source};
use std::path::Path;

/// Everything that a comparison found.
pub(crate) struct Compared<'a> {
    pub(crate) session: &'a Session,
    pub(crate) sides: [&'a Read; 2],
    pub(crate) extract: &'a Extract,
    pub(crate) window: Period,
    pub(crate) known_on: Option<Day>,
    pub(crate) changes: Vec<RuleChange>,
    pub(crate) pairs: &'a [Pair],
    pub(crate) crossed: Vec<Crossed>,
    pub(crate) found: Vec<Found>,
    pub(crate) measures: Vec<MeasureChange>,
    pub(crate) provenance: Provenance,
}

/// A measure before and after; `None` where it is not in force.
pub(crate) struct MeasureChange {
    pub(crate) name: String,
    pub(crate) title: Option<String>,
    pub(crate) old: Option<Counts>,
    pub(crate) new: Option<Counts>,
}

impl Compared<'_> {
    pub(crate) fn old(&self) -> &Model {
        &self.sides[0].rules.model
    }

    pub(crate) fn new_model(&self) -> &Model {
        &self.sides[1].rules.model
    }

    /// Whether one day is asked about.
    pub(crate) fn is_one_day(&self) -> bool {
        self.window.start.next() == self.window.end
    }

    /// The tables that only one of the rule sets declares: the old one's, the new one's.
    pub(crate) fn own_tables(&self) -> [Vec<&str>; 2] {
        let of = |these: usize, those: usize| {
            let model = |side: usize| self.sides.get(side).map(|side| &side.rules.model);
            let tables = model(these).into_iter().flat_map(|model| &model.tables);
            let lacks = |name: &str| model(those).is_none_or(|it| it.table_named(name).is_none());
            tables
                .map(|table| table.name.as_str())
                .filter(|name| lacks(name))
                .collect()
        };
        [of(0, 1), of(1, 0)]
    }

    /// What became of the rule itself.
    pub(crate) fn change_of(&self, pair: &Pair) -> Option<&RuleChange> {
        let mut judged = self.changes.iter().filter(|it| is_judged(it.kind));
        judged.find(|it| it.name() == pair.name)
    }

    /// How many persons get another answer of any rule.
    pub(crate) fn persons(&self) -> u64 {
        let mut cases: Vec<usize> = self.found.iter().map(|one| one.case).collect();
        cases.dedup();
        cases.sort_unstable();
        cases.dedup();
        u64::try_from(cases.len()).unwrap_or(u64::MAX)
    }

    /// The keys of those who get another answer of any rule.
    fn differing(&self) -> impl Iterator<Item = &str> {
        let cases = self.found.iter();
        cases.filter_map(|one| Some(self.extract.cases.get(one.case)?.id.reveal()))
    }

    /// Whether any rule means something else, or anyone gets another answer.
    fn is_changed(&self) -> bool {
        let same = |it: &RuleChange| matches!(it.change, Change::Unchanged | Change::Basis);
        !self.found.is_empty() || !self.changes.iter().all(same)
    }
}

/// Compares.
pub(crate) fn compare(session: &Session, arguments: &CompareArguments) -> Result<Exit, Failure> {
    let known_on = arguments.data.known_on()?;
    let window = arguments.window.days()?;
    let target = arguments
        .out
        .as_deref()
        .map(|path| Ok((path, run::format_of(path)?)));
    let target = target.transpose()?;
    let (old, new) = (Source::of(&arguments.old)?, Source::of(&arguments.new)?);
    let (old, new) = (old.rules(session)?, new.rules(session)?);
    let models = [&old.rules.model, &new.rules.model];
    models
        .into_iter()
        .try_for_each(|model| in_force(model, window))?;
    let changes = changes(Side::both(models[0], models[1], window));
    let pairs = chosen(pairs(models[0], models[1], &changes), &arguments.only)?;
    let (mut extract, projections) = read(session, &arguments.data, models, known_on)?;
    input::warn_if_old(session, extract.date, window.last());
    let one = explain::given_case(arguments.case.as_deref(), arguments.case_file.as_deref())?;
    if let Some(case) = &one {
        let case = explain::find(&extract, case)?.clone();
        journal::persons(|| [case.id.reveal()]);
        extract.cases = vec![case];
    }
    let asked = Asked {
        old: models[0],
        new: models[1],
        projections,
        pairs: &pairs,
        question: Question { window, known_on },
    };
    let (crossed, differing) = crossing::cross(&asked, &extract.cases)?;
    let found = found::find(&asked, &extract.cases, differing)?;
    let compared = Compared {
        session,
        sides: [&old, &new],
        window,
        known_on,
        pairs: &pairs,
        crossed,
        found,
        measures: measures(&asked, &extract, &changes),
        changes,
        provenance: rests_on(&old, &new, &extract, window, known_on),
        extract: &extract,
    };
    if arguments.format == CompareFormat::Text || target.is_some() {
        journal::persons(|| compared.differing());
    }
    let mut out = match arguments.format {
        CompareFormat::Text => text::text(&compared, arguments.limit, one.is_some()),
        CompareFormat::Json => machine::json(&compared)?,
        CompareFormat::Csv => machine::csv(&compared),
        CompareFormat::Github => github::markdown(&compared, arguments.small_counts),
    };
    if let Some((path, format)) = target {
        let told = persons(&compared, arguments, path, format)?;
        // Where the result is for a program, it reads nothing else.
        match arguments.format {
            CompareFormat::Text => out += &told,
            _ => print::err(&told),
        }
    }
    if arguments.format == CompareFormat::Text {
        out += &text::rests_on(&compared);
    } else if arguments.format == CompareFormat::Csv {
        summary::warn_of_draft(session, &compared.provenance);
    }
    print::out(&out)?;
    let findings = arguments.fail_on_change && compared.is_changed();
    Ok(if findings { Exit::Findings } else { Exit::Done })
}

/// Whether any rule of a side is part of the law on any of the days.
fn in_force(model: &Model, window: Period) -> Result<(), Failure> {
    let (first, last) = (model.law_on(window.start), model.law_on(window.last()));
    let on = |days: Period| {
        let all = subjects(model);
        all.iter()
            .any(|rule| !model.days_in_force(*rule).within(days).is_empty())
    };
    match on(Period::inclusive(first, last)) {
        true => Ok(()),
        false => Err(run::no_law(first)),
    }
}

/// The pairs whose rule is named, by either name; all if none is.
fn chosen(pairs: Vec<Pair>, names: &[String]) -> Result<Vec<Pair>, Failure> {
    if names.is_empty() {
        return Ok(pairs);
    }
    let known: Vec<&str> = pairs.iter().map(|pair| pair.name.as_str()).collect();
    for name in names {
        if !known.contains(&name.as_str()) {
            return Err(explain::no_such_rule(name, known.iter().copied()));
        }
    }
    let named = |pair: &Pair| names.contains(&pair.name);
    Ok(pairs.into_iter().filter(named).collect())
}

/// Reads the extract by the tables of both rule sets; with what makes of a case that of each, where
/// they declare different tables.
fn read(
    session: &Session,
    arguments: &DataArguments,
    [old, new]: [&Model; 2],
    known_on: Option<Day>,
) -> Result<(Extract, Option<[Projection; 2]>), Failure> {
    let by = |model: &Model| {
        let extract = input::extract(session, arguments, model)?;
        let undated = input::undated(&extract, model);
        input::warn_of_knowledge(session, extract.date, &undated, known_on);
        Ok::<_, Failure>(extract)
    };
    let same = old.tables.len() == new.tables.len();
    let mut pairs = old.tables.iter().zip(&new.tables);
    if same && pairs.all(|(ours, theirs)| ours.reads_as(theirs)) {
        return Ok((by(new)?, None));
    }
    let both = union(old, new).map_err(|conflict| conflicting(&conflict))?;
    let extract = by(&both)?;
    let projections = [old, new].map(|model| Projection::new(&both, model));
    Ok((extract, Some(projections)))
}

fn conflicting(conflict: &Conflict) -> Failure {
    let place = match &conflict.field {
        Some(field) => format!("{}.{field}", conflict.table),
        None => conflict.table.clone(),
    };
    Failure::usage(
        format!(
            "de to regelsæt læser {place} på hver sin måde, så ét udtræk kan ikke bruges til begge"
        ),
        format!(
            "the two rule sets read {place} in different ways, so one extract cannot serve both"
        ),
    )
    .hint(
        "sammenlign reglerne med samme data-erklæring på begge sider",
        "compare the rules with the same data declaration on both sides",
    )
}

/// Every measure on the last day, before and after.
fn measures(asked: &Asked<'_>, extract: &Extract, changes: &[RuleChange]) -> Vec<MeasureChange> {
    let day = asked.question.window.last();
    let mut all = Vec::new();
    let id = |model: &Model, name: Option<&str>| {
        let at = model
            .measures
            .iter()
            .position(|rule| Some(rule.name.as_str()) == name);
        at.map(MeasureId)
    };
    let kind = Kind::Measure;
    for change in changes.iter().filter(|change| change.kind == kind) {
        let side = |model: &Model, name: Option<&str>, at: usize| {
            let id = id(model, name)?;
            measure_on(model, id, day)?;
            let contributions = judged::each(&extract.cases, |case| {
                let projection = asked.projections.as_ref().and_then(|both| both.get(at));
                let own = projection.map(|projection| projection.case(case));
                let case = own.as_ref().unwrap_or(case);
                let evaluation = Evaluation::new(model, case, asked.question.known_on);
                contribution(model, &evaluation, id, day)
            });
            let mut counts = Counts::default();
            contributions.iter().flatten().for_each(|it| counts.add(it));
            Some(counts)
        };
        all.push(MeasureChange {
            name: change.name().to_owned(),
            title: change.title.clone(),
            old: side(asked.old, change.old.as_deref(), 0),
            new: side(asked.new, change.new.as_deref(), 1),
        });
    }
    all
}

/// What a comparison rests on.
fn rests_on(
    old: &Read,
    new: &Read,
    extract: &Extract,
    window: Period,
    known_on: Option<Day>,
) -> Provenance {
    let single = window.start.next() == window.end;
    Provenance {
        as_of: single.then_some(window.start),
        from: (!single).then_some(window.start),
        to: (!single).then_some(window.last()),
        old_rule_set_hash: Some(old.rules.hash.clone()),
        law_of: new.source.law,
        old_law_of: old.source.law,
        ..provenance(&new.rules, &extract.hash, known_on)
    }
}

/// Writes the persons whose answers differ, and says so.
fn persons(
    compared: &Compared<'_>,
    arguments: &CompareArguments,
    path: &Path,
    format: Format,
) -> Result<String, Failure> {
    let rows = machine::persons(compared);
    let options = compared
        .session
        .save_options(arguments.overwrite, Some(&arguments.data.path));
    save(path, format, &compared.provenance, &rows, options)
        .map_err(|error| not_written(&error))?;
    let count = u64::try_from(rows.len()).unwrap_or(u64::MAX);
    Ok(written(compared.session, path, count, format))
}

/// A model and the rule in it, of the old and of the new rule set.
pub(crate) fn sides<'c>(
    compared: &'c Compared<'_>,
    pair: &Pair,
) -> [(&'c Model, Option<Subject>); 2] {
    [(compared.old(), pair.old), (compared.new_model(), pair.new)]
}
