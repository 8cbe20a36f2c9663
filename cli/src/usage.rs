//! What is said of a command line that cannot be used, in the user's language.

use crate::exit::{Exit, Failure};
use crate::{bug, help, print, release};
use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use hjemmel_grammar::diagnostic::{Language, Text};
use std::ffi::OsString;

/// A CPR number on a command line can be read by everyone on the machine, and stays in the shell's
/// history: it is refused before anything else is looked at, and never repeated.
pub(crate) fn refuse_persons(arguments: &[OsString]) -> Result<(), Failure> {
    let value = |word: &OsString| {
        let word = word.to_string_lossy().into_owned();
        word.split_once('=')
            .map_or(word.clone(), |(_, value)| value.to_owned())
    };
    if arguments.iter().skip(1).any(|word| is_cpr(&value(word))) {
        return Err(Failure::usage(
            "et CPR-nummer må ikke stå på kommandolinjen: andre kan se det",
            "a CPR number must not stand on the command line: others can see it",
        )
        .hint(
            "brug --case-file med en fil, hvor nøglen står (- er stdin)",
            "use --case-file with a file that holds the key (- is stdin)",
        ));
    }
    Ok(())
}

/// Six digits, perhaps a hyphen or blank, four digits.
pub(crate) fn is_cpr(word: &str) -> bool {
    let word = word.trim();
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let separators = word.char_indices().filter(|(_, c)| !c.is_ascii_digit());
    let separators: Vec<(usize, char)> = separators.collect();
    digits == 10 && matches!(separators.as_slice(), [] | [(6, '-' | ' ')])
}

/// Shows help or a version, or says what is wrong.
pub(crate) fn report(
    error: &Error,
    arguments: &[OsString],
    language: Language,
) -> Result<Exit, Failure> {
    let asked = match error.kind() {
        ErrorKind::DisplayHelp => Some(error.render().to_string()),
        ErrorKind::DisplayVersion => Some(release::told(language)),
        _ => None,
    };
    if let Some(text) = asked {
        print::out(&text)?;
        return Ok(Exit::Done);
    }
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
        || (error.kind() == ErrorKind::MissingSubcommand)
    {
        return Err(missing_command(error, language));
    }
    let mut failure = Failure {
        exit: Exit::Usage,
        message: Some(message(error)),
        hint: suggestion(error),
    };
    if failure.hint.is_none() {
        failure.hint = Some(help_of(arguments, language));
    }
    Err(failure)
}

/// Where the command that was meant is explained.
fn help_of(arguments: &[OsString], language: Language) -> Text {
    let command = help::command(language);
    let mut words = arguments.iter().skip(1).filter_map(|word| word.to_str());
    let name = words.find_map(|word| command.find_subcommand(word));
    let name = name.map_or_else(String::new, |name| format!("{} ", name.get_name()));
    Text::new(
        format!("se hjemmel {name}--help"),
        format!("see hjemmel {name}--help"),
    )
}

/// Without a command the commands are shown.
fn missing_command(error: &Error, language: Language) -> Failure {
    let own = error.render().to_string();
    let shown = if error.kind() == ErrorKind::MissingSubcommand {
        help::command(language).render_help().to_string()
    } else {
        own
    };
    print::err(&shown);
    Failure::silent(Exit::Usage)
}

fn message(error: &Error) -> Text {
    let first = |kind| context(error, kind).into_iter().next().unwrap_or_default();
    let arg = plain(&first(ContextKind::InvalidArg));
    let value = print::harmless(&first(ContextKind::InvalidValue));
    match error.kind() {
        ErrorKind::UnknownArgument if arg.starts_with('-') => Text::new(
            format!("ukendt flag {arg}"),
            format!("unknown option {arg}"),
        ),
        ErrorKind::UnknownArgument => Text::new(
            format!("for mange argumenter: {}", print::harmless(&arg)),
            format!("too many arguments: {}", print::harmless(&arg)),
        ),
        ErrorKind::InvalidSubcommand => {
            let name = print::harmless(&first(ContextKind::InvalidSubcommand));
            Text::new(
                format!("ukendt kommando {name}"),
                format!("unknown command {name}"),
            )
        }
        ErrorKind::MissingRequiredArgument => {
            let missing = context(error, ContextKind::InvalidArg);
            let missing = missing
                .iter()
                .map(|arg| plain(arg))
                .collect::<Vec<_>>()
                .join(", ");
            Text::new(format!("mangler {missing}"), format!("missing {missing}"))
        }
        ErrorKind::ArgumentConflict => conflict(error, &arg),
        ErrorKind::InvalidValue if value.is_empty() => Text::new(
            format!("{arg} mangler en værdi"),
            format!("{arg} lacks a value"),
        ),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => Text::new(
            format!("{arg} kan ikke være {value}"),
            format!("{arg} cannot be {value}"),
        ),
        ErrorKind::NoEquals | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            Text::new(
                format!("{arg} mangler en værdi"),
                format!("{arg} lacks a value"),
            )
        }
        ErrorKind::TooManyValues => Text::new(
            format!("{arg} har for mange værdier"),
            format!("{arg} has too many values"),
        ),
        ErrorKind::InvalidUtf8 => {
            Text::new("et argument er ikke UTF-8", "an argument is not UTF-8")
        }
        _ => bug().message.unwrap_or_else(|| Text::same("")),
    }
}

/// `--as-of DATO` of `--as-of <DATO>`
fn plain(arg: &str) -> String {
    arg.replace(['<', '>'], "").replace("...", "")
}

fn conflict(error: &Error, arg: &str) -> Text {
    let others = context(error, ContextKind::PriorArg);
    let others = others
        .iter()
        .map(|arg| plain(arg))
        .collect::<Vec<_>>()
        .join(", ");
    if others.is_empty() || others == arg {
        return Text::new(
            format!("{arg} er givet to gange"),
            format!("{arg} is given twice"),
        );
    }
    Text::new(
        format!("{arg} kan ikke bruges sammen med {others}"),
        format!("{arg} cannot be used together with {others}"),
    )
}

/// The nearest flag, command or the values that there are.
fn suggestion(error: &Error) -> Option<Text> {
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand];
    let near = near
        .into_iter()
        .flat_map(|kind| context(error, kind))
        .next();
    if let Some(near) = near {
        return Some(Text::new(
            format!("mente du {near}?"),
            format!("did you mean {near}?"),
        ));
    }
    let values = context(error, ContextKind::ValidValue).join(", ");
    (!values.is_empty()).then(|| Text::new(format!("brug {values}"), format!("use {values}")))
}

fn context(error: &Error, wanted: ContextKind) -> Vec<String> {
    match error.get(wanted) {
        Some(ContextValue::String(value)) => vec![value.clone()],
        Some(ContextValue::Strings(values)) => values.clone(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::is_cpr;

    #[test]
    fn keys_that_are_no_cpr_number_may_stand_on_the_command_line() {
        for cpr in ["0101701234", "010170-1234", "010170 1234", " 0101701234 "] {
            assert!(is_cpr(cpr), "{cpr}");
        }
        for key in [
            "H0001",
            "2017-07-31",
            "10170-12345",
            "123456789",
            "12345678901",
            "01-01701234",
        ] {
            assert!(!is_cpr(key), "{key}");
        }
    }
}
