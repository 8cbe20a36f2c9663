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
    let found = arguments.iter().skip(1).any(|word| {
        let word = word.to_string_lossy();
        let value = word.split_once('=').map_or(&*word, |(_, value)| value);
        is_cpr(value) || holds_person(&word)
    });
    if found {
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

/// Whether a CPR number is part of a word, as in the name of a file: it stands by itself and begins with a day that
/// there is, so that a number of something else is not taken for one.
fn holds_person(word: &str) -> bool {
    let parts = word.split(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | ' '));
    parts.flat_map(candidates).any(|digits| is_born(&digits))
}

/// Ten digits, or six and four with a sign between, that stand by themselves.
fn candidates(part: &str) -> Vec<String> {
    let words: Vec<&str> = part.split(['-', ' ']).collect();
    let digits =
        |word: &str, count| word.len() == count && word.bytes().all(|b| b.is_ascii_digit());
    let whole = words.iter().filter(|word| digits(word, 10));
    let pairs = words.iter().zip(words.iter().skip(1));
    let pairs = pairs.filter(|(day, rest)| digits(day, 6) && digits(rest, 4));
    let whole = whole.map(|word| (*word).to_owned());
    whole
        .chain(pairs.map(|(day, rest)| format!("{day}{rest}")))
        .collect()
}

/// Whether ten digits begin with a day and a month; 60 is added to the day of a replacement number.
fn is_born(digits: &str) -> bool {
    let number = |range| {
        digits
            .get(range)
            .and_then(|text: &str| text.parse::<u8>().ok())
    };
    let (day, month) = (number(0..2), number(2..4));
    let is_day = day.is_some_and(|day| matches!(day, 1..=31 | 61..=91));
    is_day && month.is_some_and(|month| (1..=12).contains(&month))
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
    use super::{holds_person, is_cpr};

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
        for word in [
            "ud/010170-1234.csv",
            "ud/0101701234.csv",
            "sag 610170 1234",
            "--out=/tmp/0101701234",
            "a-010170-1234",
        ] {
            assert!(holds_person(word), "{word}");
        }
        // A time, a telephone, a number of another kind, a hash.
        for word in [
            "udtræk-2017073112.csv",
            "kørsel_20170731120000",
            "4512345678",
            "c0101701234f",
            "/tmp/x-2017-07-31",
            "999999-1234",
        ] {
            assert!(!holds_person(word), "{word}");
        }
    }
}
