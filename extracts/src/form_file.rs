//! Reading back a form that people have filled: each line by its number, its answer one of those to
//! choose from, and everything else as it was written.
//!
//! What the form rests on stands in it by names, so that whoever reads it can draw the same lines
//! again and say what each of them must be. Rows may have been sorted; a line that is not as it
//! was drawn, that is missing or that stands there twice refuses the form.

use crate::columns::normal;
use crate::grid::{self, Grid, GridCell};
use crate::messages::{form as messages, values};
use crate::problem::{Collector, Place, Problem};
use crate::source;
use hjemmel_engine::personal::Personal;
use hjemmel_engine::time::Day;
use hjemmel_grammar::diagnostic::Severity;
use std::collections::BTreeMap;
use std::path::Path;

/// What stands in the first cell of the sheet that says what a form rests on.
pub const FORM_MARK: &str = "hjemmel";

/// The largest file beside a CSV, in bytes.
const BESIDE: u64 = 1024 * 1024;

/// A form as it was opened.
#[derive(Debug)]
pub struct FormFile {
    place: Place,
    named: BTreeMap<String, String>,
    grids: Vec<Grid>,
}

/// What the lines of a form must be.
#[derive(Clone, Debug, Default)]
pub struct ExpectedForm {
    /// The headings.
    pub columns: FormColumns,
    /// The lines; their numbers count from 1.
    pub lines: Vec<ExpectedLine>,
}

/// For each column the headings that are understood; the first is the one to name.
#[derive(Clone, Debug, Default)]
pub struct FormColumns {
    /// The number of the line.
    pub number: Vec<String>,
    /// The key of the case.
    pub case: Vec<String>,
    /// The name of the rule.
    pub rule: Vec<String>,
    /// The answer.
    pub answer: Vec<String>,
    /// Why.
    pub ground: Vec<String>,
    /// A remark.
    pub comment: Vec<String>,
    /// Who reviewed it.
    pub reviewer: Vec<String>,
    /// When.
    pub day: Vec<String>,
}

/// What a line was drawn with, and may be answered by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExpectedLine {
    /// The key of the case.
    pub case: Personal,
    /// The name of the rule.
    pub rule: String,
    /// The answers, each in all the ways it may be written; the first is the one to name.
    pub answers: Vec<Vec<String>>,
}

/// What people have written in a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FilledLine {
    /// A position in [`ExpectedLine::answers`]; none if it was not reviewed.
    pub answer: Option<usize>,
    /// Why, as it was written.
    pub ground: Personal,
    /// A remark, as it was written.
    pub comment: Personal,
    /// Who reviewed it.
    pub reviewer: Personal,
    /// When.
    pub day: Option<Day>,
}

/// A form that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormRead {
    /// One for each expected line, in their order.
    pub lines: Vec<FilledLine>,
    /// What the reader should know.
    pub problems: Vec<Problem>,
}

impl FormFile {
    /// Opens a form: an `.xlsx`, or a `.csv` with its `.provenance.json` beside it.
    ///
    /// # Errors
    ///
    /// What is wrong with the file.
    pub fn open(path: &Path) -> Result<Self, Vec<Problem>> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let place = Place::file(name.as_ref());
        if !path.is_file() {
            let shown = path.display().to_string();
            return Err(vec![messages::not_found(Place::file(shown))]);
        }
        let grids = grid::grids(path, &name).map_err(|problem| vec![*problem])?;
        let is_text = grids.iter().all(|grid| !grid.place.sheet);
        let named = if is_text {
            beside(path)
        } else {
            grids.iter().find_map(named)
        };
        let Some(named) = named else {
            return Err(vec![messages::no_basis(place)]);
        };
        Ok(Self {
            place,
            named,
            grids,
        })
    }

    /// What the form rests on, by name.
    #[must_use]
    pub fn named(&self) -> &BTreeMap<String, String> {
        &self.named
    }

    /// The lines, as they were expected.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with them.
    pub fn lines(&self, expected: &ExpectedForm) -> Result<FormRead, Vec<Problem>> {
        let Sheet {
            grid,
            header,
            columns,
        } = self.sheet(&expected.columns)?;
        let mut reader = Reader {
            grid,
            columns,
            expected,
            found: BTreeMap::new(),
            problems: Collector::default(),
        };
        for (line, cells) in grid.rows.iter().filter(|(line, _)| *line > header) {
            reader.row(*line, cells);
        }
        reader.finish()
    }

    /// The sheet with the columns.
    fn sheet(&self, columns: &FormColumns) -> Result<Sheet<'_>, Vec<Problem>> {
        let mut fewest: Option<Vec<String>> = None;
        for grid in &self.grids {
            let filled = |(_, cells): &&(u32, Vec<GridCell>)| !cells.iter().all(GridCell::is_blank);
            let Some((line, headings)) = grid.rows.iter().find(filled) else {
                continue;
            };
            let (mut found, mut missing) = (BTreeMap::new(), Vec::new());
            for (part, known) in columns.parts() {
                let is = |cell: &GridCell| known.iter().any(|it| normal(it) == normal(&cell.text));
                match headings.iter().position(is) {
                    Some(at) => {
                        found.insert(part, at);
                    }
                    None => missing.extend(known.first().cloned()),
                }
            }
            if missing.is_empty() {
                return Ok(Sheet {
                    grid,
                    header: *line,
                    columns: found,
                });
            }
            if fewest
                .as_ref()
                .is_none_or(|fewest| missing.len() < fewest.len())
            {
                fewest = Some(missing);
            }
        }
        let missing = fewest.unwrap_or_default();
        Err(vec![messages::no_columns(self.place.clone(), &missing)])
    }
}

/// The sheet with the lines.
struct Sheet<'a> {
    grid: &'a Grid,
    /// The row of the headings.
    header: u32,
    /// Where each column stands, from 0.
    columns: BTreeMap<Part, usize>,
}

/// The columns of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Number,
    Case,
    Rule,
    Answer,
    Ground,
    Comment,
    Reviewer,
    Day,
}

impl Part {
    /// Those that people fill.
    const FILLED: [Self; 5] = [
        Self::Answer,
        Self::Ground,
        Self::Comment,
        Self::Reviewer,
        Self::Day,
    ];
}

impl FormColumns {
    fn parts(&self) -> [(Part, &[String]); 8] {
        [
            (Part::Number, self.number.as_slice()),
            (Part::Case, &self.case),
            (Part::Rule, &self.rule),
            (Part::Answer, &self.answer),
            (Part::Ground, &self.ground),
            (Part::Comment, &self.comment),
            (Part::Reviewer, &self.reviewer),
            (Part::Day, &self.day),
        ]
    }
}

/// Names and values of the sheet with the mark, up to its first blank row.
fn named(grid: &Grid) -> Option<BTreeMap<String, String>> {
    let mut rows = grid.rows.iter();
    let (_, first) = rows.next()?;
    if first.first()?.text != FORM_MARK {
        return None;
    }
    let mut last = 1;
    let mut named = BTreeMap::new();
    for (line, cells) in rows {
        if *line != u32::saturating_add(last, 1) {
            break;
        }
        last = *line;
        let mut texts = cells.iter().map(|cell| cell.text.clone());
        let (Some(name), Some(value)) = (texts.next(), texts.next()) else {
            break;
        };
        named.insert(name, value);
    }
    Some(named)
}

/// The same of the file beside a CSV.
fn beside(path: &Path) -> Option<BTreeMap<String, String>> {
    let path = crate::save::sidecar_path(path);
    let name = path.file_name()?.to_string_lossy().into_owned();
    let (text, _) = source::read_text(&path, &name, BESIDE).ok()?;
    let file: serde_json::Value = serde_json::from_str(&text).ok()?;
    let mut named = BTreeMap::new();
    let provenance = file.get("provenance")?.as_object()?;
    let question = provenance.get("question").and_then(|it| it.as_object());
    for (name, value) in provenance.iter().chain(question.into_iter().flatten()) {
        if let Some(value) = value.as_str() {
            named.insert(name.clone(), value.to_owned());
        }
    }
    Some(named)
}

/// A form that is being read.
struct Reader<'a> {
    grid: &'a Grid,
    columns: BTreeMap<Part, usize>,
    expected: &'a ExpectedForm,
    /// By their numbers, from 1.
    found: BTreeMap<usize, (Place, FilledLine)>,
    problems: Collector,
}

impl Reader<'_> {
    fn row(&mut self, line: u32, cells: &[GridCell]) {
        let blank = GridCell::default();
        let cell = |part: Part| {
            let at = self.columns.get(&part);
            at.and_then(|at| cells.get(*at)).unwrap_or(&blank)
        };
        if cells.iter().all(GridCell::is_blank) {
            return;
        }
        let number = cell(Part::Number).text.parse::<usize>().ok();
        let drawn = number.and_then(|number| self.expected.lines.get(number.checked_sub(1)?));
        let (Some(number), Some(drawn)) = (number, drawn) else {
            let lines = self.expected.lines.len();
            let place = self.place(line, Part::Number);
            self.problems.push(messages::not_a_line(place, lines));
            return;
        };
        let here = self.place(line, Part::Number);
        if let Some((first, _)) = self.found.get(&number) {
            let problem = messages::line_twice(here, number, first);
            self.problems.push(problem);
            return;
        }
        let mut wrong = Vec::new();
        for (part, was) in [
            (Part::Case, drawn.case.reveal()),
            (Part::Rule, drawn.rule.as_str()),
        ] {
            let is = &cell(part).text;
            if is != was.trim() {
                wrong.push(messages::changed(self.place(line, part), number));
            }
        }
        let (filled, faults) = self.filled(line, drawn, cell);
        for problem in wrong.into_iter().chain(faults) {
            self.problems.push(problem);
        }
        self.found.insert(number, (here, filled));
    }

    /// What people have written in a row, and what is wrong with it.
    fn filled<'c>(
        &self,
        line: u32,
        drawn: &ExpectedLine,
        cell: impl Fn(Part) -> &'c GridCell,
    ) -> (FilledLine, Vec<Problem>) {
        // A remark that begins with `=` has become a formula: what was written is lost.
        let broken = Part::FILLED.into_iter().filter(|part| cell(*part).error);
        let mut problems: Vec<Problem> = broken
            .map(|part| values::error_cell(self.place(line, part)))
            .collect();
        let answer = cell(Part::Answer);
        let found = position(drawn, &answer.text);
        let place = || self.place(line, Part::Answer);
        if !answer.text.is_empty() && found.is_none() {
            let answers = drawn.answers.iter().filter_map(|words| words.first());
            let answers: Vec<&str> = answers.map(String::as_str).collect();
            problems.push(messages::not_an_answer(place(), &answer.text, &answers));
        }
        let written = [Part::Ground, Part::Comment].map(|part| cell(part).text.clone());
        if answer.is_blank() && written.iter().any(|text| !text.is_empty()) {
            problems.push(messages::no_answer(place()));
        }
        let day = cell(Part::Day);
        if !day.text.is_empty() && day.day().is_none() {
            let place = self.place(line, Part::Day);
            let format = crate::dates::DateFormat::Iso;
            problems.push(values::not_a_date(place, &day.text, format));
        }
        let [ground, comment] = written;
        let filled = FilledLine {
            answer: found,
            ground: Personal::new(ground),
            comment: Personal::new(comment),
            reviewer: Personal::new(&cell(Part::Reviewer).text),
            day: day.day(),
        };
        (filled, problems)
    }

    fn place(&self, line: u32, part: Part) -> Place {
        let at = self.columns.get(&part).copied().unwrap_or(0);
        let names = self.expected.columns.parts();
        let name = names.iter().find(|(its, _)| *its == part);
        let name = name.and_then(|(_, known)| known.first().cloned());
        Place {
            name,
            ..self.grid.at(line, at)
        }
    }

    fn finish(mut self) -> Result<FormRead, Vec<Problem>> {
        for number in 1..=self.expected.lines.len() {
            if !self.found.contains_key(&number) {
                let place = self.grid.place.clone();
                self.problems.push(messages::line_missing(place, number));
            }
        }
        let problems = self.problems.finish();
        if problems.iter().any(|it| it.severity == Severity::Error) {
            return Err(problems);
        }
        let lines = self.found.into_values().map(|(_, line)| line).collect();
        Ok(FormRead { lines, problems })
    }
}

/// Which of the answers a text is, whatever its case and with blanks or `_` between words.
fn position(drawn: &ExpectedLine, text: &str) -> Option<usize> {
    let plain = |text: &str| normal(text).to_lowercase().replace('_', " ");
    let text = plain(text);
    let same = |words: &Vec<String>| words.iter().any(|word| plain(word) == text);
    drawn.answers.iter().position(same)
}
