//! The help of the command line in the language that is spoken.

use crate::arguments::Arguments;
use clap::{ArgAction, CommandFactory as _};
use hjemmel_grammar::diagnostic::{Language, Text};

/// The command line with its help in `language`.
pub(crate) fn command(language: Language) -> clap::Command {
    localized(Arguments::command(), language, &[])
}

/// The same command with one language's half of every text.
fn localized(command: clap::Command, language: Language, above: &[String]) -> clap::Command {
    let words = |da, en| choose(language, da, en);
    let mut path = above.to_vec();
    path.push(command.get_name().to_owned());
    let about = command
        .get_about()
        .map(|about| half(&about.to_string(), language));
    let usage = usage(&command, &path, language);
    let template = format!(
        "{{about}}\n\n{}: {{usage}}\n\n{{all-args}}\n",
        words("Brug", "Usage")
    );
    let below = path.clone();
    command
        .about(about.unwrap_or_default())
        .override_usage(usage)
        .help_template(template)
        .subcommand_help_heading(words("Kommandoer", "Commands"))
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .mut_args(|arg| {
            let heading = if arg.is_positional() {
                words("Argumenter", "Arguments")
            } else {
                words("Flag", "Options")
            };
            let help = arg.get_help().map(|help| half(&help.to_string(), language));
            let name = value_name(&arg, language);
            let arg = arg.help(help.unwrap_or_default()).help_heading(heading);
            match name {
                Some(name) => arg.value_name(name),
                None => arg,
            }
        })
        .mut_subcommands(|sub| localized(sub, language, &below))
}

/// The half of `dansk | English`.
fn half(text: &str, language: Language) -> String {
    let (da, en) = text.split_once(" | ").unwrap_or((text, text));
    Text::new(da, en).get(language).to_owned()
}

fn choose(language: Language, da: &'static str, en: &'static str) -> &'static str {
    match language {
        Language::Danish => da,
        Language::English => en,
    }
}

/// What stands for a value, in the language.
fn value_name(arg: &clap::Arg, language: Language) -> Option<&'static str> {
    let (da, en) = match arg.get_value_names()?.first()?.as_str() {
        "REGLER" => ("REGLER", "RULES"),
        "UDTRÆK" => ("UDTRÆK", "EXTRACT"),
        "MANIFEST" => ("MANIFEST", "MANIFEST"),
        "DATO" => ("DATO", "DATE"),
        "FIL" => ("FIL", "FILE"),
        "SAG" => ("SAG", "CASE"),
        "GAMLE" => ("GAMLE", "OLD"),
        "NYE" => ("NYE", "NEW"),
        "NAVN" => ("NAVN", "NAME"),
        "STI" => ("STI", "PATH"),
        "A" => ("A", "A"),
        "B" => ("B", "B"),
        "KODE" => ("KODE", "CODE"),
        "PROCENT" => ("PROCENT", "PERCENT"),
        "RÆKKE" => ("RÆKKE", "ROW"),
        "ROLLE" => ("ROLLE", "ROLE"),
        "BRUGSLOG" => ("BRUGSLOG", "USE-LOG"),
        "TEKST" => ("TEKST", "TEXT"),
        "SKEMA" => ("SKEMA", "FORM"),
        "TAL" => ("TAL", "NUMBER"),
        "SKAL" => ("SKAL", "SHELL"),
        "ANTAL" => ("ANTAL", "NUMBER"),
        "PLIGT" => ("PLIGT", "DUTY"),
        "REGEL=TILSTAND" => ("REGEL=TILSTAND", "RULE=STATE"),
        "STED" => ("STED", "PLACE"),
        "TAL-ID" => ("TAL-ID", "FIGURE-ID"),
        _ => return None,
    };
    Some(choose(language, da, en))
}

/// `hjemmel run REGLER... --data UDTRÆK --as-of DATO [flag]`
fn usage(command: &clap::Command, path: &[String], language: Language) -> String {
    let words = |da, en| choose(language, da, en).to_owned();
    let mut parts = vec![path.join(" ")];
    if command.has_subcommands() {
        parts.push(words("KOMMANDO", "COMMAND"));
        return parts.join(" ");
    }
    for arg in command.get_positionals() {
        let name = value_name(arg, language).unwrap_or_default();
        let many = matches!(arg.get_action(), ArgAction::Append);
        parts.push(if many {
            format!("{name}...")
        } else {
            name.to_owned()
        });
    }
    match command.get_name() {
        "run" | "compare" | "worklist" => parts.push(words(
            "--data UDTRÆK --as-of DATO",
            "--data EXTRACT --as-of DATE",
        )),
        "reconcile" => parts.push(words(
            "--rules REGLER --measure NAVN --as-of DATO",
            "--rules RULES --measure NAME --as-of DATE",
        )),
        "sample" => parts.push(words(
            "--data UDTRÆK --as-of DATO --rule NAVN --size ANTAL --seed TAL --out FIL",
            "--data EXTRACT --as-of DATE --rule NAME --size NUMBER --seed NUMBER --out FILE",
        )),
        "key" => parts.push(words("--out FIL", "--out FILE")),
        "rules" => parts.push(words(
            "--key FIL --as NAVN --day DATO --signatures FIL",
            "--key FILE --as NAME --day DATE --signatures FILE",
        )),
        "read" => parts.push(words("--data UDTRÆK", "--data EXTRACT")),
        "series" => parts.push(words(
            "--data UDTRÆK --from DATO --to DATO",
            "--data EXTRACT --from DATE --to DATE",
        )),
        "forecast" => {
            parts.push(words(
                "--data UDTRÆK --as-of DATO --until DATO",
                "--data EXTRACT --as-of DATE --until DATE",
            ));
        }
        "explain" => {
            parts.push(words(
                "--data UDTRÆK --case SAG --as-of DATO",
                "--data EXTRACT --case CASE --as-of DATE",
            ));
        }
        _ => {}
    }
    parts.push(words("[flag]", "[options]"));
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        command(Language::Danish).debug_assert();
        command(Language::English).debug_assert();
    }

    #[test]
    fn every_value_has_a_name_in_both_languages() {
        fn walk(command: &clap::Command) {
            for arg in command.get_arguments() {
                let name = arg.get_value_names().and_then(<[_]>::first);
                // Words of the program are the same in both.
                let Some(name) = name.filter(|name| !name.contains('|') && **name != "FORMAT")
                else {
                    continue;
                };
                let valued = arg.get_action().takes_values();
                let known = value_name(arg, Language::English).is_some();
                assert!(known || !valued, "{name} of {}", command.get_name());
            }
            command.get_subcommands().for_each(walk);
        }
        walk(&Arguments::command());
    }

    #[test]
    fn every_help_text_has_both_languages() {
        fn walk(command: &clap::Command) {
            for arg in command.get_arguments() {
                let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
                assert!(
                    help.contains(" | "),
                    "{} of {}: {help}",
                    arg.get_id(),
                    command.get_name()
                );
            }
            command.get_subcommands().for_each(walk);
        }
        walk(&Arguments::command());
    }
}
