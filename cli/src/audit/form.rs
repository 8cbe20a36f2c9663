//! The form: its lines, the answers to choose from, how it is filled, and how its lines were drawn.

use super::population::{Drawn, Population};
use super::question::Question;
use super::words;
use crate::language::day_text;
use crate::run::{provisions, provisions_of};
use crate::states;
use hjemmel_engine::evaluate::{judge, subject_name};
use hjemmel_engine::model::{Model, Subject};
use hjemmel_engine::outcome::{Due, Outcome};
use hjemmel_engine::personal::Personal;
use hjemmel_extracts::write::Provenance;
use hjemmel_extracts::{ExpectedForm, ExpectedLine, Extract, FormColumns};
use hjemmel_grammar::diagnostic::Text;
use hjemmel_reports::{Cell, Column, Kind, List, Questionnaire, Table};

/// The columns that people fill, after all others.
const BLANK: [(&str, &str, &str, Kind); 5] = [
    ("answer", "Din vurdering", "Your answer", Kind::Text),
    ("ground", "Din begrundelse", "Your ground", Kind::LongText),
    ("comment", "Kommentar", "Comment", Kind::LongText),
    ("reviewer", "Gennemgået af", "Reviewed by", Kind::Text),
    ("reviewed_on", "Gennemgået den", "Reviewed on", Kind::Day),
];

/// The columns that a form begins with.
const FIRST: [(&str, &str, &str, Kind); 5] = [
    ("number", "Nr.", "No.", Kind::Number),
    ("case", "Sag", "Case", Kind::Text),
    ("rule", "Regel", "Rule", Kind::Text),
    ("title", "Titel", "Title", Kind::Text),
    ("basis", "Hjemmel", "Basis", Kind::LongText),
];

/// The columns with the engine's answers.
const SHOWN: [(&str, &str, &str, Kind); 4] = [
    ("state", "Systemets svar", "The system's answer", Kind::Text),
    ("since", "Siden", "Since", Kind::Day),
    ("due", "Frist", "Due", Kind::Day),
    (
        "reason",
        "Systemets begrundelse",
        "The system's ground",
        Kind::LongText,
    ),
];

/// What a form is made from.
pub(crate) struct Form<'a> {
    pub(crate) model: &'a Model,
    pub(crate) extract: &'a Extract,
    pub(crate) question: &'a Question,
    pub(crate) population: &'a Population,
    pub(crate) drawn: &'a [Drawn],
    /// The engine's answers stand beside the lines.
    pub(crate) answers: bool,
}

pub(crate) fn column((id, da, en, kind): (&str, &str, &str, Kind)) -> Column {
    Column::new(id, Text::new(da, en), kind)
}

/// What an outcome says of its grounds, by title for people.
pub(crate) fn reason(outcome: &Outcome) -> Cell {
    let grounds = outcome.run.grounds.iter();
    let words = grounds.map(|ground| {
        let title = ground.title.clone();
        title.unwrap_or_else(|| ground.name.replace('_', " "))
    });
    Cell::text(words.collect::<Vec<_>>().join("; "))
}

impl Form<'_> {
    /// The form as it is written.
    pub(crate) fn questionnaire(&self, provenance: Provenance) -> Questionnaire {
        let lines = self.lines();
        let columns = lines.columns.len();
        let first_blank = columns.saturating_sub(BLANK.len());
        Questionnaire {
            title: Text::new(
                "Intern revision: gennemgang af en stikprøve",
                "Internal audit: review of a sample",
            ),
            instructions: self.instructions(),
            lines,
            blank: BLANK.len(),
            choice: first_blank,
            day: columns.saturating_sub(1),
            list_of_line: self.drawn.iter().map(|it| self.list_of(it)).collect(),
            lists: self
                .question
                .rules
                .iter()
                .map(|it| self.list(*it))
                .collect(),
            account: self.account(),
            provenance,
        }
    }

    fn list_of(&self, drawn: &Drawn) -> usize {
        let mut rules = self.question.rules.iter();
        let at = rules.position(|rule| *rule == drawn.answer.rule);
        at.unwrap_or_default()
    }

    /// The answers to choose from.
    fn list(&self, rule: Subject) -> List {
        let answers = words::answers(self.model, rule, self.question.day);
        let words = answers.into_iter();
        List {
            title: Text::same(states::heading(self.model, rule, self.question.day)),
            words: words.map(|answer| (answer.label, answer.meaning)).collect(),
        }
    }

    fn lines(&self) -> Table {
        let mut columns: Vec<Column> = FIRST.into_iter().map(column).collect();
        if self.answers {
            columns.extend(SHOWN.into_iter().map(column));
        }
        columns.extend(BLANK.into_iter().map(column));
        let numbered = (1_i64..).zip(self.drawn);
        Table {
            rows: numbered.map(|(number, it)| self.line(number, it)).collect(),
            ..Table::new("form", Text::new("Skema", "Form"), columns)
        }
    }

    fn line(&self, number: i64, drawn: &Drawn) -> Vec<Cell> {
        let (rule, day) = (drawn.answer.rule, self.question.day);
        let case = self.extract.cases.get(drawn.answer.case);
        let outcome =
            case.and_then(|case| judge(self.model, case, rule, day, self.question.known_on));
        // The rule's own basis: that of an exemption would give the answer away.
        let basis = outcome.as_ref().and_then(|it| it.run.basis.as_ref());
        let basis = basis.map(provisions_of).unwrap_or_default();
        let title = self.model.title_on(rule, day).unwrap_or_default();
        let mut cells = vec![
            Cell::Count(number),
            Cell::text(case.map_or("", |case| case.id.reveal())),
            Cell::text(subject_name(self.model, rule)),
            Cell::text(title),
            Cell::text(basis.join("; ")),
        ];
        if let Some(outcome) = outcome.filter(|_| self.answers) {
            if let Some(cell) = cells.last_mut() {
                *cell = Cell::text(provisions(&outcome.run).join("; "));
            }
            cells.push(words::state(self.model, rule, &outcome.run.state, day));
            cells.push(Cell::day(outcome.since));
            cells.push(Cell::day(outcome.run.due.and_then(Due::certain)));
            cells.push(reason(&outcome));
        }
        cells
    }

    /// What the lines must be when the form is read back.
    pub(crate) fn expected(&self) -> ExpectedForm {
        let known = |id: &str| {
            let all = FIRST.into_iter().chain(BLANK);
            let mut found = all.filter(|(its, ..)| *its == id);
            let headings = found.next().map(|(id, da, en, _)| [da, en, id]);
            let headings = headings.into_iter().flatten();
            headings.map(str::to_owned).collect()
        };
        let line = |drawn: &Drawn| {
            let rule = drawn.answer.rule;
            let case = self.extract.cases.get(drawn.answer.case);
            let answers = words::answers(self.model, rule, self.question.day);
            ExpectedLine {
                case: case.map_or_else(Personal::default, |case| case.id.clone()),
                rule: subject_name(self.model, rule).to_owned(),
                answers: answers.into_iter().map(|answer| answer.written).collect(),
            }
        };
        ExpectedForm {
            columns: FormColumns {
                number: known("number"),
                case: known("case"),
                rule: known("rule"),
                answer: known("answer"),
                ground: known("ground"),
                comment: known("comment"),
                reviewer: known("reviewer"),
                day: known("reviewed_on"),
            },
            lines: self.drawn.iter().map(line).collect(),
        }
    }

    /// How many of each stratum were drawn, of how many, and what a line of it stands for.
    pub(crate) fn account(&self) -> Table {
        let columns = vec![
            column(("stratum", "Lag", "Stratum", Kind::Text)),
            column(("population", "At trække af", "To draw from", Kind::Number)),
            column(("drawn", "Trukket", "Drawn", Kind::Number)),
            column(("weight", "Vægt", "Weight", Kind::Number)),
        ];
        let row = |(at, stratum): (usize, &super::population::Stratum)| {
            let drawn = self.members_drawn(at);
            let size = stratum.size();
            // In thousandths, rounded half up.
            let weight = size
                .saturating_mul(2000)
                .saturating_add(drawn)
                .checked_div(drawn.saturating_mul(2));
            let weight = weight.and_then(|it| i64::try_from(it).ok());
            vec![
                Cell::Word(stratum.name.clone(), stratum.title.clone()),
                Cell::count(size),
                Cell::count(drawn),
                weight.map_or(Cell::Blank, Cell::Number),
            ]
        };
        Table {
            rows: self.population.strata.iter().enumerate().map(row).collect(),
            ..Table::new("strata", Text::new("Lag", "Strata"), columns)
        }
    }

    /// The same by names: `stratum kontanthjælp` is `48/690`, whose weight is 690/48.
    pub(crate) fn strata_named(&self) -> Vec<(String, String)> {
        let strata = self.population.strata.iter().enumerate();
        let named = strata.map(|(at, stratum)| {
            let (drawn, size) = (self.members_drawn(at), stratum.size());
            let name = format!("stratum {}", stratum.name);
            (name.trim().to_owned(), format!("{drawn}/{size}"))
        });
        named.collect()
    }

    /// How many answers, or whole cases, were drawn from a stratum.
    fn members_drawn(&self, stratum: usize) -> usize {
        let drawn = self.drawn.iter().filter(|it| it.stratum == stratum);
        if self.question.written.whole_cases {
            let mut cases: Vec<usize> = drawn.map(|it| it.answer.case).collect();
            cases.dedup();
            cases.len()
        } else {
            drawn.count()
        }
    }

    /// `40 af 812 svar, lagdelt efter ydelse.art, frø 7`
    pub(crate) fn told(&self) -> Text {
        let written = &self.question.written;
        let (da, en) = if written.whole_cases {
            ("sager", "cases")
        } else {
            ("svar", "answers")
        };
        let drawn: usize = (0..self.population.strata.len())
            .map(|at| self.members_drawn(at))
            .sum();
        let size = self.population.size();
        let by = written.stratify.as_deref();
        let by = by.map_or_else(
            || Text::same(""),
            |by| {
                let (da, en) = if written.equal {
                    (", lige mange fra hvert", ", the same number from each")
                } else {
                    ("", "")
                };
                Text::new(
                    format!(", lagdelt efter {by}{da}"),
                    format!(", stratified by {by}{en}"),
                )
            },
        );
        let seed = written.seed;
        Text::new(
            format!("{drawn} af {size} {da}{}, frø {seed}", by.da),
            format!("{drawn} of {size} {en}{}, seed {seed}", by.en),
        )
    }

    fn instructions(&self) -> Vec<Text> {
        let day = day_text(self.question.day);
        let known = self.question.known_on.map(day_text);
        let known = known.map_or_else(
            || Text::same(""),
            |known| {
                Text::new(
                    format!(", efter hvad der var registreret {}", known.da),
                    format!(", by what was registered by {}", known.en),
                )
            },
        );
        let blind = if self.answers {
            Text::new(
                "Systemets svar står ved siden af: gennemgangen er ikke blind.",
                "The system's answers stand beside the lines: the review is not blind.",
            )
        } else {
            Text::new(
                "Systemets svar står her ikke, for at de ikke skal påvirke dit.",
                "The system's answers do not stand here, so that they do not sway yours.",
            )
        };
        let told = self.told();
        vec![
            Text::new(
                format!("Stikprøven: {}.", told.da),
                format!("The sample: {}.", told.en),
            ),
            Text::new(
                format!(
                    "Bedøm hver linje, som den så ud {}{}, på sagens egne oplysninger. {}",
                    day.da, known.da, blind.da
                ),
                format!(
                    "Judge each line as it was on {}{}, from the case itself. {}",
                    day.en, known.en, blind.en
                ),
            ),
            Text::new(
                "Udfyld de farvede celler på arket Skema. Svaret vælges på listen; hvad ordene betyder, står på arket Svarmuligheder. Kan sagen ikke afgøre det, er svaret »ukendt«.",
                "Fill the coloured cells of the sheet Form. The answer is chosen on the list; what the words mean stands on the sheet Answers. If the case does not settle it, the answer is “unknown”.",
            ),
            Text::new(
                "Er en linje ikke gennemgået, skal svaret stå tomt. Den tæller som ikke gennemgået, aldrig som enig.",
                "If a line was not reviewed, leave its answer blank. It counts as not reviewed, never as agreement.",
            ),
            Text::new(
                "Begrundelse og kommentar er dine egne ord. Skriv ikke flere personoplysninger, end det er nødvendigt; de kommer kun med i den fil, resultatet skrives i.",
                "Ground and comment are your own words. Write no more personal data than needed; they go only into the file that the result is written to.",
            ),
            Text::new(
                "Linjerne må sorteres og filtreres, men ikke slettes, tilføjes eller rettes i sag og regel.",
                "Lines may be sorted and filtered, but not be deleted or added, and their case and rule stay as they are.",
            ),
            Text::new(
                "Læs skemaet tilbage med: hjemmel audit read SKEMA REGLER --data UDTRÆK --out resultat.xlsx",
                "Read the form back by: hjemmel audit read FORM RULES --data EXTRACT --out result.xlsx",
            ),
        ]
    }
}
