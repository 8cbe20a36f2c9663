//! `notat.toml`: what a municipality has chosen that its memo holds.

use crate::comparison::{self, Comparison};
use crate::exit::Failure;
use crate::forecast::target::{Wanted, parse};
use crate::initiatives::{self, Initiatives};
use crate::session::Session;
use crate::{judged, print, small_files};
use hjemmel_engine::model::{ClassificationId, MeasureId, Model, Subject};
use hjemmel_engine::outcome::State;
use hjemmel_engine::time::Day;
use hjemmel_extracts::{FileDay, Problem, small_file, undeclared};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// The file beside an extract.
const NAME: &str = "notat.toml";
/// The keys of the file, for the nearest when one is misspelt.
const KEYS: [&str; 27] = [
    "titel",
    "afsender",
    "modtager",
    "sagsnummer",
    "dato",
    "underskriver",
    "indledning",
    "målinger",
    "gennemgang",
    "opdeling",
    "uden",
    "registreringsfejl",
    "mistanker",
    "serie",
    "fra",
    "til",
    "rytme",
    "afgang",
    "mål",
    "måling",
    "grænse",
    "senest",
    "start",
    "plan",
    "sammenligning",
    "initiativer",
    "tekst",
];

/// The file as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "titel")]
    title: Option<String>,
    #[serde(rename = "afsender")]
    sender: Option<String>,
    #[serde(rename = "modtager")]
    receiver: Option<String>,
    #[serde(rename = "sagsnummer")]
    case_number: Option<String>,
    #[serde(rename = "dato")]
    date: Option<FileDay>,
    #[serde(rename = "underskriver")]
    signed_by: Option<String>,
    #[serde(rename = "indledning")]
    opening: Option<String>,
    #[serde(rename = "målinger", default)]
    measures: Vec<String>,
    #[serde(rename = "gennemgang", default)]
    reviews: Vec<ReviewFile>,
    #[serde(rename = "mistanker")]
    suspects: Option<String>,
    #[serde(rename = "serie")]
    series: Option<SeriesFile>,
    #[serde(rename = "afgang")]
    outflow: Option<ReviewFile>,
    #[serde(rename = "mål")]
    target: Option<TargetFile>,
    #[serde(rename = "plan")]
    plan: Option<String>,
    #[serde(rename = "sammenligning")]
    comparison: Option<PathBuf>,
    #[serde(rename = "initiativer")]
    initiatives: Option<PathBuf>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReviewFile {
    #[serde(rename = "opdeling")]
    classification: String,
    #[serde(rename = "uden", default)]
    without: Vec<String>,
    #[serde(rename = "registreringsfejl")]
    wrong: Option<String>,
    #[serde(rename = "tekst")]
    text: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SeriesFile {
    #[serde(rename = "målinger", default)]
    measures: Vec<String>,
    #[serde(rename = "fra")]
    from: FileDay,
    #[serde(rename = "til")]
    to: Option<FileDay>,
    #[serde(rename = "rytme")]
    rhythm: Option<Rhythm>,
}

/// How often a series is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(crate) enum Rhythm {
    #[serde(rename = "uge")]
    Week,
    #[serde(rename = "måned")]
    Month,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TargetFile {
    #[serde(rename = "måling")]
    measure: Option<String>,
    #[serde(rename = "grænse")]
    target: String,
    #[serde(rename = "senest")]
    by: FileDay,
    start: Option<String>,
}

/// What the memo is to hold, as the rules know it.
#[derive(Default)]
pub(crate) struct Choice {
    /// The file as messages name it; none if there is none.
    pub(crate) file: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) sender: Option<String>,
    pub(crate) receiver: Option<String>,
    pub(crate) case_number: Option<String>,
    pub(crate) date: Option<Day>,
    pub(crate) signed_by: Option<String>,
    pub(crate) opening: Option<String>,
    /// The first is what the memo is about.
    pub(crate) measures: Vec<MeasureId>,
    pub(crate) reviews: Vec<Review>,
    /// The answer behind which registration errors are looked for.
    pub(crate) suspects: Option<(Subject, State)>,
    pub(crate) series: Option<SeriesChoice>,
    pub(crate) outflow: Option<Review>,
    pub(crate) target: Option<TargetChoice>,
    pub(crate) plan: Option<String>,
    pub(crate) comparison: Option<Comparison>,
    pub(crate) initiatives: Option<Initiatives>,
}

impl Choice {
    /// The reviews, and at last the outflow.
    pub(crate) fn all_reviews(&self) -> impl Iterator<Item = &Review> {
        self.reviews.iter().chain(&self.outflow)
    }
}

/// A classification whose states are counted.
#[derive(Debug)]
pub(crate) struct Review {
    pub(crate) classification: ClassificationId,
    /// The states that are not part of it.
    pub(crate) without: Vec<String>,
    /// The state of those whose registration was wrong.
    pub(crate) wrong: Option<String>,
    /// What the municipality says of it.
    pub(crate) text: Option<String>,
}

/// The measures over time.
#[derive(Debug)]
pub(crate) struct SeriesChoice {
    pub(crate) measures: Vec<MeasureId>,
    pub(crate) from: Day,
    pub(crate) to: Option<Day>,
    pub(crate) rhythm: Option<Rhythm>,
}

/// What is to be reached.
#[derive(Debug)]
pub(crate) struct TargetChoice {
    pub(crate) measure: MeasureId,
    pub(crate) wanted: Wanted,
    pub(crate) by: Day,
    /// The row that begins, as in an example.
    pub(crate) start: Option<String>,
}

/// Reads the choice: of the file that is named, else of the one beside the extract. Without a file
/// the memo is about all measures in force.
pub(crate) fn read(
    session: &Session,
    named: Option<&Path>,
    extract: &Path,
    model: &Model,
    day: Day,
) -> Result<Choice, Failure> {
    let path = match named {
        Some(path) => Some(path.to_owned()),
        None => small_files::beside(extract, NAME),
    };
    let Some(path) = path else {
        let in_force = judged::measures(model)
            .filter(|id| hjemmel_engine::measure::measure_on(model, *id, day).is_some());
        return Ok(Choice {
            measures: in_force.collect(),
            ..Choice::default()
        });
    };
    let (text, shown) = (small_files::text(&path)?, print::path(&path));
    let unusable = |problem: &Problem| {
        print::err(&(problem.render(session.language()) + "\n"));
        Failure::usage(
            format!("{shown} kan ikke bruges"),
            format!("{shown} cannot be used"),
        )
    };
    let file: File = small_file(&text, &shown, KEYS).map_err(|problem| unusable(&problem))?;
    let names = Names {
        model,
        text: &text,
        file: &shown,
        day,
    };
    let folder = path.parent().unwrap_or(Path::new(""));
    let lists = (file.comparison.clone(), file.initiatives.clone());
    let comparison = lists
        .0
        .map(|list| comparison::read(session, &folder.join(list), model));
    let initiatives = lists
        .1
        .map(|list| initiatives::read(session, &folder.join(list), model, day));
    let choice = names.choice(file).map_err(|fault| match fault {
        Fault::Name(problem) => unusable(&problem),
        Fault::Other(failure) => failure,
    })?;
    Ok(Choice {
        file: Some(shown.clone()),
        comparison: comparison.transpose()?,
        initiatives: initiatives.transpose()?,
        ..choice
    })
}

/// Why a file is no use.
enum Fault {
    Name(Box<Problem>),
    Other(Failure),
}

/// Finds what the file names among the rules.
struct Names<'a> {
    model: &'a Model,
    text: &'a str,
    file: &'a str,
    day: Day,
}

impl Names<'_> {
    fn choice(&self, file: File) -> Result<Choice, Fault> {
        let mut measures = self.measures(&file.measures)?;
        if measures.is_empty() {
            let in_force = judged::measures(self.model).filter(|id| {
                hjemmel_engine::measure::measure_on(self.model, *id, self.day).is_some()
            });
            measures.extend(in_force);
        }
        let reviews = file.reviews.into_iter().map(|review| self.review(review));
        let reviews = reviews.collect::<Result<_, _>>()?;
        let series = file.series.map(|series| self.series(&series)).transpose()?;
        let target = file.target.map(|target| self.target(target, &measures));
        let suspects = file.suspects.map(|state| self.suspects(&state));
        Ok(Choice {
            file: None,
            title: file.title,
            sender: file.sender,
            receiver: file.receiver,
            case_number: file.case_number,
            date: file.date.map(|day| day.0),
            signed_by: file.signed_by,
            opening: file.opening,
            measures,
            reviews,
            suspects: suspects.transpose()?,
            series,
            outflow: file.outflow.map(|review| self.review(review)).transpose()?,
            target: target.transpose()?,
            plan: file.plan,
            comparison: None,
            initiatives: None,
        })
    }

    fn unknown(&self, name: &str, known: &[&str]) -> Fault {
        Fault::Name(Box::new(undeclared(self.text, self.file, name, known)))
    }

    fn measures(&self, names: &[String]) -> Result<Vec<MeasureId>, Fault> {
        names.iter().map(|name| self.measure(name)).collect()
    }

    fn measure(&self, name: &str) -> Result<MeasureId, Fault> {
        let known: Vec<&str> = self
            .model
            .measures
            .iter()
            .map(|it| it.name.as_str())
            .collect();
        let found = known.iter().position(|known| *known == name);
        found
            .map(MeasureId)
            .ok_or_else(|| self.unknown(name, &known))
    }

    fn review(&self, file: ReviewFile) -> Result<Review, Fault> {
        let rules = &self.model.classifications;
        let known: Vec<&str> = rules.iter().map(|it| it.name.as_str()).collect();
        let found = known.iter().position(|known| *known == file.classification);
        let at = found.ok_or_else(|| self.unknown(&file.classification, &known))?;
        let versions = rules.get(at).into_iter().flat_map(|rule| &rule.versions);
        let states: Vec<&str> = versions
            .flat_map(|version| &version.body.branches)
            .map(|branch| branch.state.as_str())
            .collect();
        let mut named = file.without.iter().chain(&file.wrong);
        if let Some(state) = named.find(|state| !states.contains(&state.as_str())) {
            return Err(self.unknown(state, &states));
        }
        Ok(Review {
            classification: ClassificationId(at),
            without: file.without,
            wrong: file.wrong,
            text: file.text,
        })
    }

    fn series(&self, file: &SeriesFile) -> Result<SeriesChoice, Fault> {
        if file.to.is_some_and(|to| to.0 < file.from.0) {
            let shown = self.file;
            return Err(Fault::Other(Failure::usage(
                format!("{shown}: [serie] til ligger før fra"),
                format!("{shown}: [serie] til lies before fra"),
            )));
        }
        Ok(SeriesChoice {
            measures: self.measures(&file.measures)?,
            from: file.from.0,
            to: file.to.map(|to| to.0),
            rhythm: file.rhythm,
        })
    }

    fn target(&self, file: TargetFile, measures: &[MeasureId]) -> Result<TargetChoice, Fault> {
        let headline = measures.first().copied();
        let measure = match &file.measure {
            Some(name) => self.measure(name)?,
            None => headline.ok_or_else(|| self.unknown("måling", &[]))?,
        };
        if file.by.0 <= self.day {
            let shown = self.file;
            return Err(Fault::Other(Failure::usage(
                format!("{shown}: [mål] senest skal ligge efter --as-of"),
                format!("{shown}: [mål] senest must lie after --as-of"),
            )));
        }
        Ok(TargetChoice {
            measure,
            wanted: parse(&file.target).map_err(|failure| {
                Fault::Other(failure.within(&format!("{}: [mål]", self.file)))
            })?,
            by: file.by.0,
            start: file.start,
        })
    }

    /// `opfølgning=uden_indsats`
    fn suspects(&self, text: &str) -> Result<(Subject, State), Fault> {
        let found = crate::named::state(self.model, text, self.day, false);
        let place = format!("{}: mistanker:", self.file);
        let found = found.map_err(|failure| failure.within(&place));
        found.map_err(Fault::Other)
    }
}
