//! `hjemmel sign`: a key of one's own, and a signature of a rule set. A secret key is written to a file that
//! only its owner can read, and never printed.

use super::approval::{self, SignatureFile, Signed};
use crate::arguments::{SignCommand, SignKeyArguments, SignRulesArguments};
use crate::exit::{Exit, Failure};
use crate::run::not_written;
use crate::session::Session;
use crate::{bug, files, input, print, small_files};
use ed25519_dalek::{Signer as _, SigningKey};
use hjemmel_extracts::{WriteFault, save_bytes};
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

/// What a key file begins with.
const KEY: &str = "hjemmel-signing-key-1 ";

/// Makes a key, or signs rules with one.
pub(crate) fn sign(session: &Session, command: &SignCommand) -> Result<Exit, Failure> {
    match command {
        SignCommand::Key(arguments) => new_key(session, arguments),
        SignCommand::Rules(arguments) => rules(session, arguments),
    }
}

/// Makes a key of the system's random numbers, and tells its public half.
fn new_key(session: &Session, arguments: &SignKeyArguments) -> Result<Exit, Failure> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(|_| {
        Failure::new(
            Exit::Io,
            "systemet giver ingen tilfældige tal; ingen nøgle er lavet",
            "the system gives no random numbers; no key has been made",
        )
    })?;
    let key = SigningKey::from_bytes(&seed);
    let text = format!("{KEY}{}\n", small_files::hex(&seed));
    write_secret(session, &arguments.out, &text)?;
    let public = small_files::hex(key.verifying_key().as_bytes());
    let shown = print::path(&arguments.out);
    print::out(&format!(
        "{}: {shown}\n{}:\n\n[[godkender]]\nnavn = \"\"\noffentlig = \"{public}\"\nfra = \"\"\n",
        session.say(
            "Hemmelig nøgle, som kun du må læse",
            "Secret key that only you may read"
        ),
        session.say(
            "Til godkendere.toml, med navn og første dag",
            "For godkendere.toml, with name and first day"
        ),
    ))?;
    Ok(Exit::Done)
}

/// Writes a new file that only its owner can read.
fn write_secret(session: &Session, path: &Path, text: &str) -> Result<(), Failure> {
    let options = session.save_options(false, None);
    let saved = save_bytes(path, text.as_bytes().to_vec(), None, options);
    saved.map_err(|error| match error.fault {
        WriteFault::Exists => {
            let shown = print::path(path);
            Failure::usage(
                format!("{shown} findes allerede; en nøgle bliver aldrig overskrevet"),
                format!("{shown} exists already; a key is never overwritten"),
            )
        }
        _ => not_written(&error),
    })
}

/// Signs the rules as they are, and adds the signature to the file.
fn rules(session: &Session, arguments: &SignRulesArguments) -> Result<Exit, Failure> {
    let day = input::day("--day", &arguments.day)?;
    let key = secret(&arguments.key)?;
    let rules = session.rules(&arguments.rules.rules, hjemmel_engine::check_rules)?;
    let name = arguments.approver.trim();
    if name.is_empty() || name.chars().any(char::is_control) {
        return Err(Failure::usage("--as er ikke et navn", "--as is not a name"));
    }
    let signature = key.sign(&approval::message(&rules.hash, name, day));
    // Held from before it is read, so that no signature is lost of two who sign at once.
    let options = session.save_options(true, None);
    let reserved = session
        .outputs
        .reserve(std::slice::from_ref(&arguments.signatures), options);
    reserved.map_err(|error| not_written(&error))?;
    let there = arguments.signatures.exists();
    let mut file = if there {
        approval::signatures(&arguments.signatures)?
    } else {
        SignatureFile::default()
    };
    file.underskrift.push(Signed {
        godkender: name.to_owned(),
        dag: day.to_string(),
        regler: rules.hash.clone(),
        underskrift: small_files::hex(&signature.to_bytes()),
    });
    let text = toml::to_string(&file).map_err(|_| bug())?;
    if there {
        session
            .outputs
            .amend(&arguments.signatures, text.as_bytes())
    } else {
        save_bytes(&arguments.signatures, text.into_bytes(), None, options)
    }
    .map_err(|error| not_written(&error))?;
    let signed = session.say("Skrevet under på reglerne", "Signed the rules");
    let shown = print::path(&arguments.signatures);
    print::out(&format!("{signed} {}\n{shown}\n", rules.hash))?;
    Ok(Exit::Done)
}

/// A secret key; none that others can read.
fn secret(path: &Path) -> Result<SigningKey, Failure> {
    let unreadable = |error: std::io::Error| files::unreadable(path, &error);
    let file = File::open(path).map_err(unreadable)?;
    let shown = print::path(path);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = file.metadata().map_err(unreadable)?.permissions().mode();
        if mode & 0o077 != 0 {
            return Err(Failure::usage(
                format!("andre kan læse {shown}; brug chmod 600, eller lav en ny nøgle"),
                format!("others can read {shown}; use chmod 600, or make a new key"),
            ));
        }
    }
    let mut text = String::new();
    file.take(1024)
        .read_to_string(&mut text)
        .map_err(unreadable)?;
    let hex = text.trim_end().strip_prefix(KEY).and_then(approval::bytes);
    let seed: [u8; 32] = hex.ok_or_else(|| {
        Failure::usage(
            format!("{shown} er ikke en nøgle fra hjemmel sign key"),
            format!("{shown} is not a key of hjemmel sign key"),
        )
    })?;
    Ok(SigningKey::from_bytes(&seed))
}
