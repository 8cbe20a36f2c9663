//! What holds for the whole of a run of the program: its language, and rules that were read.

use crate::account::approval::Demand;
use crate::account::journal;
use crate::exit::{Exit, Failure};
use crate::print::{self, Paint, text};
use crate::{files, language};
use hjemmel_engine::Checked;
use hjemmel_engine::model::Model;
use hjemmel_extracts::write::Approval;
use hjemmel_extracts::{Outputs, SaveOptions};
use hjemmel_grammar::diagnostic::{Language, Text};
use hjemmel_grammar::{Pieces, Sources};
use std::cell::{Cell, OnceCell};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The language of a run: `--lang`, else that of the rules once they are read, else that of the
/// surroundings.
pub(crate) struct Session {
    wanted: Option<Language>,
    language: Cell<Language>,
    /// Who must have approved the rules.
    demand: OnceCell<Demand>,
    /// The files that are written, which appear together when all is done.
    pub(crate) outputs: Outputs,
}

/// Rules that may be used for answers.
pub(crate) struct Rules {
    pub(crate) sources: Sources,
    pub(crate) model: Model,
    /// The hash that names the rule set in results.
    pub(crate) hash: String,
    /// Who has approved it.
    pub(crate) approval: Approval,
}

impl Session {
    /// Looks for `--lang` before the command line is parsed: its errors have a language too.
    pub(crate) fn new(arguments: &[OsString]) -> Self {
        let words: Vec<_> = arguments
            .iter()
            .map(|word| word.to_string_lossy())
            .collect();
        let after = words.iter().zip(words.iter().skip(1));
        let apart = after
            .filter(|(flag, _)| *flag == "--lang")
            .map(|(_, value)| value.as_ref());
        let joined = words.iter().filter_map(|word| word.strip_prefix("--lang="));
        let wanted = apart.chain(joined).find_map(language::named);
        Self {
            wanted,
            language: Cell::new(wanted.unwrap_or_else(language::of_locale)),
            demand: OnceCell::new(),
            outputs: Outputs::default(),
        }
    }

    /// From now on rules are of use only if enough have approved them.
    pub(crate) fn demand(&self, demand: Option<Demand>) {
        if let Some(demand) = demand {
            // There is one demand to a run.
            let _ = self.demand.set(demand);
        }
    }

    /// The language to speak.
    pub(crate) fn language(&self) -> Language {
        self.language.get()
    }

    /// The wording in the language to speak.
    pub(crate) fn say<'t>(&self, da: &'t str, en: &'t str) -> &'t str {
        match self.language() {
            Language::Danish => da,
            Language::English => en,
        }
    }

    /// How a file of this run is written, which appears with the others.
    pub(crate) fn save_options<'a>(
        &'a self,
        replace: bool,
        extract: Option<&'a Path>,
    ) -> SaveOptions<'a> {
        SaveOptions {
            replace,
            extract,
            outputs: Some(&self.outputs),
        }
    }

    /// A remark on stderr.
    pub(crate) fn warn(&self, text: &Text) {
        journal::warning(&text.da);
        self.remark(text);
    }

    /// A remark on stderr about the surroundings, which is no part of what the run gave.
    pub(crate) fn remark(&self, text: &Text) {
        let word = Paint {
            on: print::colour_on_stderr(),
        }
        .yellow(self.say("advarsel", "warning"));
        print::err(&format!("{word}: {}\n", text.get(self.language())));
    }

    /// Speaks as the rules do, unless a language was asked for.
    pub(crate) fn speak_as(&self, files: &[Arc<Pieces>]) {
        let written = files.iter().filter(|file| !file.declares_nothing());
        let (danish, english): (Vec<_>, Vec<_>) =
            written.partition(|file| file.language() == Language::Danish);
        let of_files = if danish.len() < english.len() {
            Language::English
        } else {
            Language::Danish
        };
        if self.wanted.is_none() && danish.len().saturating_add(english.len()) > 0 {
            self.language.set(of_files);
        }
    }

    /// Reads rules that must be valid; if they are not, their errors are shown on stderr.
    pub(crate) fn rules(
        &self,
        paths: &[PathBuf],
        check: fn(&Sources) -> Checked,
    ) -> Result<Rules, Failure> {
        self.usable(files::read(paths)?, check)
    }

    /// Checks rules that must be valid, as [`Session::rules`] does.
    pub(crate) fn usable(
        &self,
        files: files::RuleFiles,
        check: fn(&Sources) -> Checked,
    ) -> Result<Rules, Failure> {
        let checked = files.checked(check);
        self.speak_as(&checked.files);
        if checked.is_usable() {
            let demand = self.demand.get();
            let approved = demand.map(|demand| demand.approved(&files.hash));
            let approved = approved.transpose()?;
            journal::rules(
                &files.hash,
                &files.each,
                approved.clone().unwrap_or_default(),
            );
            return Ok(Rules {
                sources: files.sources,
                model: checked.model,
                hash: files.hash,
                approval: approved.map_or(Approval::Draft, |approved_by| Approval::Approved {
                    approved_by,
                }),
            });
        }
        let paint = Paint {
            on: print::colour_on_stderr(),
        };
        let (sources, errors) = (&files.sources, &checked.diagnostics);
        print::err(&text::render(sources, errors, self.language(), paint));
        let summary = text::summary(errors);
        Err(Failure::new(
            Exit::Usage,
            format!("reglerne kan ikke bruges: {}", summary.da),
            format!("the rules cannot be used: {}", summary.en),
        ))
    }
}
