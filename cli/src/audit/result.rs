//! What a filled form shows: per rule and stratum how well reviewer and engine agree, what was
//! answered in place of what, and for the file alone the cases that differ.

use super::form::{Form, column, reason};
use super::words;
use crate::language::day_text;
use crate::run::provisions;
use crate::session::Session;
use crate::table::{shown, table};
use crate::{print, states};
use hjemmel_engine::audit::{Agreement, Audit, Line, Share};
use hjemmel_engine::evaluate::{judge, subject_name};
use hjemmel_engine::model::Subject;
use hjemmel_engine::outcome::{Due, State};
use hjemmel_extracts::FilledLine;
use hjemmel_extracts::write::Provenance;
use hjemmel_grammar::diagnostic::Text;
use hjemmel_reports::terminal::text;
use hjemmel_reports::{Book, Cell, Column, Kind, Table, Tone};

/// A form that was read.
pub(crate) struct Outcome<'a> {
    pub(crate) session: &'a Session,
    pub(crate) form: &'a Form<'a>,
    pub(crate) audit: Audit,
    /// In the order of the lines.
    pub(crate) filled: &'a [FilledLine],
}

/// The columns of how well lines agree.
fn agreement_columns() -> Vec<Column> {
    [
        ("drawn", "Trukket", "Drawn", Kind::Number),
        ("reviewed", "Gennemgået", "Reviewed", Kind::Number),
        ("agree", "Enige", "Agree", Kind::Number),
        ("differ", "Uenige", "Differ", Kind::Number),
        ("unknown", "System ukendt", "System unknown", Kind::Number),
        (
            "not_reviewed",
            "Ikke gennemgået",
            "Not reviewed",
            Kind::Number,
        ),
        ("share", "Enighed", "Agreement", Kind::Number),
        ("low", "Nedre", "Lower", Kind::Number),
        ("high", "Øvre", "Upper", Kind::Number),
        ("at_least", "Mindst", "At least", Kind::Number),
    ]
    .into_iter()
    .map(column)
    .collect()
}

fn agreement_cells(found: &Agreement) -> Vec<Cell> {
    let counts = found.counts;
    let share = |of: fn(&Share) -> Option<u32>| {
        let share = found.share.as_ref().and_then(of);
        share.map_or(Cell::Blank, |share| Cell::Percent(share.into()))
    };
    let counts = [
        counts.drawn,
        counts.reviewed,
        counts.agree,
        counts.differ,
        counts.unknown,
        counts.not_reviewed(),
    ];
    let mut cells: Vec<Cell> = counts.into_iter().map(Cell::count).collect();
    cells.extend([
        share(|it| Some(it.share)),
        share(|it| Some(it.bounds?.0)),
        share(|it| Some(it.bounds?.1)),
        share(|it| Some(it.at_least)),
    ]);
    cells
}

impl Outcome<'_> {
    /// The counts and shares, for a terminal. It names nobody and quotes nobody.
    pub(crate) fn text(&self) -> String {
        let language = self.session.language();
        let paint = print::Paint {
            on: print::colour_on_stdout(),
        };
        let (told, day) = (self.form.told(), day_text(self.form.question.day));
        let head = Text::new(
            format!("Gennemgang af en stikprøve pr. {}: {}", day.da, told.da),
            format!("Review of an audit sample as of {}: {}", day.en, told.en),
        );
        let mut out = format!("{}\n\n", paint.bold(head.get(language)));
        out += &self.shares(&self.rules());
        if self.form.question.stratify.is_some() {
            out += &self.shares(&self.strata());
        }
        let crossing = self.crossing();
        if !crossing.rows.is_empty() {
            out += &text(&crossing, language, usize::MAX, &[]);
            out.push('\n');
        }
        for remark in self.remarks() {
            out += remark.get(language);
            out.push('\n');
        }
        out
    }

    /// The first column of a table of agreement, and what fits a terminal of the others.
    fn shares(&self, of: &Table) -> String {
        let (session, language) = (self.session, self.session.language());
        let first = of.columns.first();
        let headings = [
            first.map_or("", |column| column.heading.get(language)),
            session.say("Enige", "Agree"),
            session.say("Uenige", "Differ"),
            session.say("System ukendt", "System unknown"),
            session.say("Ikke gennemgået", "Not reviewed"),
            session.say("Enighed", "Agreement"),
            session.say("Interval", "Interval"),
        ];
        let mut rows = table(&headings, 1);
        let ids = [
            "agree",
            "differ",
            "unknown",
            "not_reviewed",
            "share",
            "low",
            "high",
        ];
        let columns = ids.map(|id| of.columns.iter().position(|column| column.id == id));
        for row in &of.rows {
            let cell = |at: Option<usize>| {
                let cell = at.and_then(|at| row.get(at));
                cell.map_or_else(String::new, |cell| cell.shown(language))
            };
            let mut cells = columns.map(cell).to_vec();
            let high = cells.pop().unwrap_or_default();
            let low = cells.pop().unwrap_or_default();
            let low = low.trim_end_matches('%').trim();
            let interval = if high.is_empty() {
                String::new()
            } else {
                format!("{low}–{high}")
            };
            cells.insert(0, print::harmless(&cell(Some(0))));
            cells.push(interval);
            rows.add_row(cells);
        }
        shown(&rows) + "\n"
    }

    /// Whether the agreement in all is known to be at least so much, in thousandths of a per cent. Where
    /// no line speaks for a stratum it is not known.
    pub(crate) fn is_enough(&self, least: i64) -> bool {
        let share = self.audit.agreement(|_| true).share;
        let enough = share.is_some_and(|share| i64::from(share.share) >= least);
        enough && self.audit.silent().is_empty()
    }

    /// What a reader of the shares must know.
    fn remarks(&self) -> Vec<Text> {
        let all = self.audit.agreement(|_| true);
        let mut remarks = vec![if self.form.question.stratify.is_some() {
            Text::new(
                "Enighed er af de gennemgåede linjer med et bestemt svar, hvert lag vægtet som blandt alle; interval: Wilson, 95 pct.",
                "Agreement is of the reviewed lines with a definite answer, each stratum weighted as among all; interval: Wilson, 95 per cent.",
            )
        } else {
            Text::new(
                "Enighed er af de gennemgåede linjer med et bestemt svar; interval: Wilson, 95 pct.",
                "Agreement is of the reviewed lines with a definite answer; interval: Wilson, 95 per cent.",
            )
        }];
        let not = all.counts.not_reviewed();
        if let Some(share) = all.share.filter(|_| not > 0) {
            let least = Cell::Percent(share.at_least.into());
            let least = least.shown(self.session.language());
            remarks.push(Text::new(
                format!("{not} linjer er ikke gennemgået og tæller ikke som enige; var de alle uenige, var enigheden {least}."),
                format!("{not} lines were not reviewed and do not count as agreeing; if all of them differed, the agreement would be {least}."),
            ));
        }
        let silent = self.audit.silent();
        if !silent.is_empty() && silent.len() < self.form.population.strata.len() {
            let of = |text: fn(&Text) -> &String| {
                let strata = silent
                    .iter()
                    .filter_map(|at| self.form.population.strata.get(*at));
                let titles = strata.map(|stratum| format!("»{}«", text(&stratum.title)));
                titles.collect::<Vec<_>>().join(", ")
            };
            remarks.push(Text::new(
                format!(
                    "Ingen linje taler for: {}. Enigheden er de andre lags.",
                    of(|it| &it.da)
                ),
                format!(
                    "No line speaks for: {}. The agreement is that of the other strata.",
                    of(|it| &it.en)
                ),
            ));
        }
        if all.share.is_some_and(|share| share.bounds.is_none()) {
            remarks.push(Text::new(
                "Flere svar om samme sag er ikke uafhængige: over dem alle er der intet interval.",
                "Several answers about one case are not independent: over all of them there is no interval.",
            ));
        }
        remarks
    }

    /// The file: everything the terminal has, and before it the cases that differ.
    pub(crate) fn book(&self, provenance: Provenance) -> Book {
        let mut notes = vec![(Text::new("Stikprøven", "The sample"), {
            let told = self.form.told();
            Cell::Word(told.da.clone(), told)
        })];
        let question = provenance.question.iter();
        notes.extend(question.map(|(name, value)| (Text::same(name.clone()), Cell::text(value))));
        let remarks = self.remarks().into_iter();
        let about = Text::new("Om tallene", "About the figures");
        notes.extend(remarks.map(|text| (about.clone(), Cell::Word(text.da.clone(), text))));
        Book {
            title: Text::new(
                "Intern revision: gennemgang af en stikprøve",
                "Internal audit: review of a sample",
            ),
            tables: vec![
                self.differing(),
                self.rules(),
                self.strata(),
                self.crossing(),
            ],
            provenance,
            notes,
        }
    }

    /// How well each rule is agreed with, and all of them.
    fn rules(&self) -> Table {
        let mut columns = vec![column(("rule", "Regel", "Rule", Kind::Text))];
        columns.extend(agreement_columns());
        columns.push(column(("kappa", "Kappa", "Kappa", Kind::Number)));
        let row = |rule: &Subject| {
            let mut cells = vec![self.rule(*rule)];
            let found = self.audit.agreement(|line| line.rule == *rule);
            cells.extend(agreement_cells(&found));
            let kappa = self.audit.kappa(*rule);
            cells.push(kappa.map_or(Cell::Blank, Cell::Number));
            cells
        };
        let rules = &self.form.question.rules;
        let mut rows: Vec<Vec<Cell>> = rules.iter().map(row).collect();
        if rules.len() > 1 {
            let mut all = vec![Cell::Word("alle".to_owned(), Text::new("Alle", "All"))];
            all.extend(agreement_cells(&self.audit.agreement(|_| true)));
            rows.push(all);
        }
        Table {
            rows,
            ..Table::new("rules", Text::new("Regler", "Rules"), columns)
        }
    }

    /// The same stratum by stratum.
    fn strata(&self) -> Table {
        let account = self.form.account();
        let mut columns: Vec<Column> = account.columns.into_iter().take(2).collect();
        columns.extend(agreement_columns());
        let rows = account.rows.into_iter().enumerate().map(|(at, mut row)| {
            row.truncate(2);
            let found = self.audit.agreement(|line| line.stratum == at);
            row.extend(agreement_cells(&found));
            row
        });
        Table {
            rows: rows.collect(),
            ..Table::new("strata", Text::new("Lag", "Strata"), columns)
        }
    }

    /// Of each rule what the engine and the reviewers say together, and how often.
    fn crossing(&self) -> Table {
        let columns = vec![
            column(("rule", "Regel", "Rule", Kind::Text)),
            column(("engine", "Systemet", "The system", Kind::Text)),
            column(("reviewer", "Gennemgangen", "The reviewer", Kind::Text)),
            column(("lines", "Linjer", "Lines", Kind::Number)),
        ];
        let mut rows = Vec::new();
        for rule in &self.form.question.rules {
            let day = self.form.question.day;
            let words = |state: &State| words::state(self.form.model, *rule, state, day);
            for ((engine, reviewer), count) in &self.audit.crossing(*rule) {
                if let Some(reviewer) = reviewer {
                    rows.push(vec![
                        self.rule(*rule),
                        words(engine),
                        words(reviewer),
                        Cell::count(*count),
                    ]);
                }
            }
        }
        Table {
            rows,
            ..Table::new(
                "crossing",
                Text::new("Svar mod svar", "Answers crossed"),
                columns,
            )
        }
    }

    fn rule(&self, rule: Subject) -> Cell {
        let name = subject_name(self.form.model, rule).to_owned();
        let heading = states::heading(self.form.model, rule, self.form.question.day);
        Cell::Word(name, Text::same(heading))
    }

    /// The lines where the reviewer says something else, with both answers. Only files have them.
    fn differing(&self) -> Table {
        let tones = vec![
            (Self::what(false).1, Tone::Bad),
            (Self::what(true).1, Tone::Unknown),
        ];
        let columns = vec![
            column(("number", "Nr.", "No.", Kind::Number)),
            column(("case", "Sag", "Case", Kind::Text)),
            column(("rule", "Regel", "Rule", Kind::Text)),
            column(("what", "Forskel", "Difference", Kind::Text)).toned(tones),
            column(("engine", "Systemet", "The system", Kind::Text)),
            column(("since", "Siden", "Since", Kind::Day)),
            column(("due", "Frist", "Due", Kind::Day)),
            column((
                "reason",
                "Systemets begrundelse",
                "The system's ground",
                Kind::LongText,
            )),
            column(("basis", "Hjemmel", "Basis", Kind::LongText)),
            column(("reviewer", "Gennemgangen", "The reviewer", Kind::Text)),
            column((
                "ground",
                "Gennemgangens begrundelse",
                "The reviewer's ground",
                Kind::LongText,
            )),
            column(("comment", "Kommentar", "Comment", Kind::LongText)),
            column(("reviewed_by", "Gennemgået af", "Reviewed by", Kind::Text)),
            column(("reviewed_on", "Gennemgået den", "Reviewed on", Kind::Day)),
        ];
        let lines = (1_i64..).zip(self.audit.lines()).zip(self.filled);
        let rows = lines.filter_map(|((number, line), filled)| {
            let other = line.reviewer.is_some() && !line.agrees();
            other.then(|| self.differs(number, line, filled))
        });
        Table {
            rows: rows.collect(),
            ..Table::new("differ", Text::new("Forskelle", "Differences"), columns)
        }
    }

    /// What kind of difference it is: the engine may have said that it does not know.
    fn what(unknown: bool) -> (&'static str, Text) {
        if unknown {
            (
                "system_ukendt",
                Text::new("systemet ved det ikke", "the system does not know"),
            )
        } else {
            ("uenige", Text::new("uenige", "differ"))
        }
    }

    fn differs(&self, number: i64, line: &Line, filled: &FilledLine) -> Vec<Cell> {
        let Form {
            model,
            question,
            extract,
            ..
        } = self.form;
        let day = question.day;
        let case = extract.cases.get(line.case);
        let outcome = case.and_then(|case| judge(model, case, line.rule, day, question.known_on));
        let words = |state| words::state(model, line.rule, state, day);
        let (code, what) = Self::what(line.engine.is_unknown());
        let mut cells = vec![
            Cell::Count(number),
            Cell::text(case.map_or("", |case| case.id.reveal())),
            self.rule(line.rule),
            Cell::Word(code.to_owned(), what),
            words(&line.engine),
        ];
        cells.extend(outcome.map_or_else(
            || vec![Cell::Blank; 4],
            |outcome| {
                vec![
                    Cell::day(outcome.since),
                    Cell::day(outcome.run.due.and_then(Due::certain)),
                    reason(&outcome),
                    Cell::text(provisions(&outcome.run).join("; ")),
                ]
            },
        ));
        cells.extend([
            line.reviewer.as_ref().map_or(Cell::Blank, words),
            Cell::text(filled.ground.reveal()),
            Cell::text(filled.comment.reveal()),
            Cell::text(filled.reviewer.reveal()),
            Cell::day(filled.day),
        ]);
        cells
    }
}
