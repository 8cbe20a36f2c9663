//! `hjemmel extract describe`: which data a rule set uses, for what, on which basis and in which formats; made of the
//! declared tables and the rules that read them, so that it is never older than they are.

use crate::arguments::ExtractDescribeArguments;
use crate::exit::{Exit, Failure};
use crate::print;
use crate::run::not_written;
use crate::session::{Rules, Session};
use hjemmel_engine::columns::Reads;
use hjemmel_engine::evaluate::{subject_name, subjects};
use hjemmel_engine::model::{Field, FieldId, FieldType, Rule, Subject, Table, TableId, Version};
use hjemmel_engine::plan::{Plan, Question};
use hjemmel_engine::time::Period;
use hjemmel_extracts::save_bytes;
use hjemmel_grammar::diagnostic::{Language, Text};
use hjemmel_grammar::syntax::Shape;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Writes the description, or prints it.
pub(crate) fn describe(
    session: &Session,
    arguments: &ExtractDescribeArguments,
) -> Result<Exit, Failure> {
    let rules = session.rules(&arguments.rules.rules, hjemmel_engine::check_rules)?;
    let text = Description::new(session, &rules).render();
    let Some(path) = &arguments.out else {
        print::out(&text)?;
        return Ok(Exit::Done);
    };
    let options = session.save_options(arguments.overwrite, None);
    save_bytes(path, text.into_bytes(), None, options).map_err(|error| not_written(&error))?;
    let written = session.say("Skrevet", "Written");
    print::out(&format!("{written}: {}\n", print::path(path)))?;
    Ok(Exit::Done)
}

/// What is described.
struct Description<'a> {
    session: &'a Session,
    rules: &'a Rules,
    /// What each rule that gives an answer reads, by whatever it rests on.
    reads: Vec<(Subject, Reads)>,
}

impl<'a> Description<'a> {
    fn new(session: &'a Session, rules: &'a Rules) -> Self {
        let model = &rules.model;
        let question = Question {
            window: Period::ALL,
            known_on: None,
        };
        let read = |rule: Subject| (rule, Plan::new(model, &[rule], question).reads().clone());
        Self {
            session,
            rules,
            reads: subjects(model).into_iter().map(read).collect(),
        }
    }

    fn language(&self) -> Language {
        self.session.language()
    }

    fn say(&self, da: &'static str, en: &'static str) -> &'static str {
        self.session.say(da, en)
    }

    fn render(&self) -> String {
        let title = self.say("Databeskrivelse", "Description of the data");
        let mut out = format!("# {title}\n\n");
        let by = self.say(
            "Lavet af reglernes tabeller og regler. Reglernes kontrolsum (SHA-256)",
            "Made of the tables and rules of the rule set. Hash of the rules (SHA-256)",
        );
        let _ = writeln!(
            out,
            "{by}: `{}`. hjemmel {}. {}.\n",
            self.rules.hash,
            env!("CARGO_PKG_VERSION"),
            self.rules.approval.text().get(self.language()),
        );
        out += self.say(
            "## Oplysningerne\n\nEn række handler om én borger, som står i den med sin nøgle. En oplysning, som ingen regel læser, skal et udtræk ikke have.\n",
            "## The data\n\nA row is about one citizen, who stands in it by a key. What no rule reads should not be in an extract.\n",
        );
        for (at, table) in self.rules.model.tables.iter().enumerate() {
            out += &self.table(TableId(at), table);
        }
        out += &self.basis();
        out += self.say(
            "\n## Formater\n\nUdtræk læses som CSV, JSON Lines, Parquet, Arrow eller Excel (.xlsx); hvilke kolonner og koder der er, står i `udtræk.toml` ved udtrækket. Svar skrives som CSV, JSON, Parquet, Arrow, Excel eller en side (HTML), hver med, hvad de hviler på. Intet sendes over et net, og intet gemmes uden for de filer, der er bedt om.\n",
            "\n## Formats\n\nExtracts are read as CSV, JSON Lines, Parquet, Arrow or Excel (.xlsx); which columns and codes there are stands in `udtræk.toml` at the extract. Answers are written as CSV, JSON, Parquet, Arrow, Excel or a page (HTML), each with what it rests on. Nothing is sent over a network, and nothing is kept outside the files that were asked for.\n",
        );
        out
    }

    /// A table with its fields, what each holds and who reads it.
    fn table(&self, id: TableId, table: &Table) -> String {
        let heading = crate::table::titled(table.title.as_deref(), &table.name);
        let mut out = format!("\n### {heading}\n\n{}", self.rows(table));
        let readers = self.readers(|reads| reads.table(id));
        let _ = writeln!(
            out,
            " {}: {}.\n",
            self.say("Læses af", "Read by"),
            self.list(&readers)
        );
        if table.fields.is_empty() {
            return out;
        }
        let _ = writeln!(
            out,
            "| {} | {} | {} |\n| --- | --- | --- |",
            self.say("Oplysning", "Field"),
            self.say("Indhold", "Holds"),
            self.say("Læses af", "Read by"),
        );
        for (at, field) in table.fields.iter().enumerate() {
            let readers = self.readers(|reads| reads.field(id, FieldId(at)));
            let _ = writeln!(
                out,
                "| {} | {} | {} |",
                field.name,
                self.holds(field),
                self.list(&readers)
            );
        }
        out
    }

    /// What a row is.
    fn rows(&self, table: &Table) -> String {
        let shape = match table.shape {
            Shape::Periods => self.say("Perioder (fra, til)", "Periods (from, to)"),
            Shape::Events => self.say("Hændelser (dato)", "Events (date)"),
            Shape::Facts => self.say("En række om borgeren", "One row about the citizen"),
        };
        let complete = if table.complete {
            self.say(
                "Fuldstændig: ingen række betyder nej.",
                "Complete: no row means no.",
            )
        } else {
            self.say(
                "Ikke fuldstændig: ingen række betyder, at det er ukendt.",
                "Not complete: no row means that it is unknown.",
            )
        };
        let decisions = if table.assessment {
            self.say(
                " Afgørelser, som folk har truffet.",
                " Decisions that people have taken.",
            )
        } else {
            ""
        };
        format!("{shape}.{decisions} {complete}")
    }

    fn holds(&self, field: &Field) -> String {
        let kind = match &field.ty {
            FieldType::Choice(values) => {
                let word = self.say("en af", "one of");
                format!("{word} {}", values.join(", "))
            }
            FieldType::Number => self.say("tal", "number").to_owned(),
            FieldType::Date => self.say("dato", "date").to_owned(),
            FieldType::BirthDate => self.say("fødselsdato", "date of birth").to_owned(),
            FieldType::YesNo => self.say("ja eller nej", "yes or no").to_owned(),
            FieldType::Text => self
                .say(
                    "tekst til mennesker; afgør aldrig noget",
                    "text for people; never decides anything",
                )
                .to_owned(),
        };
        let hidden = self.say("; vises aldrig", "; never shown");
        kind + if field.sensitive { hidden } else { "" }
    }

    /// The rules that read something.
    fn readers(&self, reads: impl Fn(&Reads) -> bool) -> Vec<&str> {
        let rules = self.reads.iter().filter(|(_, all)| reads(all));
        let names = rules.map(|(rule, _)| subject_name(&self.rules.model, *rule));
        names.collect()
    }

    fn list(&self, readers: &[&str]) -> String {
        if readers.is_empty() {
            return self.say("ingen regel", "no rule").to_owned();
        }
        readers.join(", ")
    }

    /// What the data are used for, and on which provisions.
    fn basis(&self) -> String {
        let model = &self.rules.model;
        let mut out = self
            .say(
                "\n## Formål og hjemmel\n\n| Regel | Formål | Hjemmel |\n| --- | --- | --- |\n",
                "\n## Purpose and basis\n\n| Rule | Purpose | Basis |\n| --- | --- | --- |\n",
            )
            .to_owned();
        for (rule, _) in &self.reads {
            let told = match *rule {
                Subject::Duty(id) => model.duties.get(id.0).map(told),
                Subject::Classification(id) => model.classifications.get(id.0).map(told),
                Subject::Warning(id) => model.warnings.get(id.0).map(told),
                Subject::Term(_) | Subject::Assessment(_) => None,
            };
            let Some((title, basis)) = told else { continue };
            let name = subject_name(model, *rule);
            let basis = if basis.is_empty() {
                self.kind_without_basis(*rule)
                    .get(self.language())
                    .to_owned()
            } else {
                basis.into_iter().collect::<Vec<_>>().join("; ")
            };
            let _ = writeln!(out, "| {name} | {} | {basis} |", title.unwrap_or(name));
        }
        out
    }

    /// A warning rests on the duty that it is a remark to.
    fn kind_without_basis(&self, rule: Subject) -> Text {
        match rule {
            Subject::Warning(_) => Text::new("som den pligt, den er ved", "that of its duty"),
            _ => Text::new("ingen angivet", "none given"),
        }
    }
}

/// The last title of a rule, and what its versions rest on.
fn told<T>(rule: &Rule<T>) -> (Option<&str>, BTreeSet<String>) {
    let title = rule
        .versions
        .iter()
        .rev()
        .find_map(|it| it.title.as_deref());
    let basis = |version: &Version<T>| version.basis.as_ref().map(ToString::to_string);
    (title, rule.versions.iter().filter_map(basis).collect())
}
