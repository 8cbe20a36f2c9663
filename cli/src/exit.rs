//! How the program ends: the exit codes, and what is said when a command cannot be carried out.

use hjemmel_extracts::{Refused, RefusedKind};
use hjemmel_grammar::diagnostic::{Language, Text};
use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// All that was asked for is done.
    Done,
    /// Done, and there is something to look at: an error in the rules, a failing example.
    Findings,
    /// Wrong usage, or errors in rules that must be valid.
    Usage,
    /// The data cannot be trusted as a whole.
    Data,
    /// A file cannot be read or written, or a limit is exceeded.
    Io,
    /// A bug in the program.
    Bug,
}

impl Exit {
    /// The number that the shell sees. An interruption gives 130 or 143 by itself.
    pub(crate) fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Findings => 1,
            Self::Usage => 2,
            Self::Data => 3,
            Self::Io => 5,
            Self::Bug => 70,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

impl Exit {
    const ALL: [Self; 6] = [
        Self::Done,
        Self::Findings,
        Self::Usage,
        Self::Data,
        Self::Io,
        Self::Bug,
    ];

    /// Whether the program ends by itself with this code.
    pub(crate) fn is_code(code: u8) -> bool {
        Self::ALL.iter().any(|exit| exit.code() == code)
    }
}

/// Why a command was not carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    pub(crate) exit: Exit,
    /// What is wrong; none where the diagnostics have said it all.
    pub(crate) message: Option<Text>,
    /// What to do about it.
    pub(crate) hint: Option<Text>,
}

impl Failure {
    /// A failure with something to say.
    pub(crate) fn new(exit: Exit, da: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            exit,
            message: Some(Text::new(da, en)),
            hint: None,
        }
    }

    /// A failure of which everything has been said.
    pub(crate) fn silent(exit: Exit) -> Self {
        Self {
            exit,
            message: None,
            hint: None,
        }
    }

    /// Wrong usage.
    pub(crate) fn usage(da: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(Exit::Usage, da, en)
    }

    /// Says what to do.
    pub(crate) fn hint(mut self, da: impl Into<String>, en: impl Into<String>) -> Self {
        self.hint = Some(Text::new(da, en));
        self
    }

    /// Says first where it is wrong: `--state …`, `notat.toml: …`.
    pub(crate) fn within(mut self, place: &str) -> Self {
        self.message = self.message.map(|message| {
            Text::new(
                format!("{place} {}", message.da),
                format!("{place} {}", message.en),
            )
        });
        self
    }

    /// As it stands on stderr.
    pub(crate) fn render(&self, language: Language) -> String {
        let (error, help) = match language {
            Language::Danish => ("fejl", "hjælp"),
            Language::English => ("error", "help"),
        };
        let mut text = String::new();
        if let Some(message) = &self.message {
            text += &format!("{error}: {}\n", message.get(language));
        }
        if let Some(hint) = &self.hint {
            text += &format!("  {help}: {}\n", hint.get(language));
        }
        text
    }
}

/// The exit code of an extract that was refused.
pub(crate) fn refused(refused: &Refused) -> Exit {
    match refused.kind() {
        RefusedKind::Data => Exit::Data,
        RefusedKind::Input => Exit::Io,
        RefusedKind::Internal => Exit::Bug,
    }
}
