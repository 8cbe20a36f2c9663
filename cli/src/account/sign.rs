//! `hjemmel sign`: a key of one's own, and a signature of a rule set. Its secret
//! half stays in a [file of its owner's](crate::secret_file).

use super::approval::{self, SignatureFile, Signed};
use crate::arguments::{KeyFor, SignCommand, SignKeyArguments, SignRulesArguments};
use crate::exit::{Exit, Failure};
use crate::run::not_written;
use crate::secret_file::{self, Purpose};
use crate::session::Session;
use crate::{bug, files, input, print, small_files};
use ed25519_dalek::{Signer as _, SigningKey};
use hjemmel_extracts::save_bytes;
use std::path::Path;

/// The most MiB of a comparison.
const MOST: u64 = 64;

/// Makes a key, or signs rules with one.
pub(crate) fn sign(session: &Session, command: &SignCommand) -> Result<Exit, Failure> {
    match command {
        SignCommand::Key(arguments) => new_key(session, arguments),
        SignCommand::Rules(arguments) => rules(session, arguments),
    }
}

/// Makes a key of the system's random numbers, and tells the public half of one to sign with.
fn new_key(session: &Session, arguments: &SignKeyArguments) -> Result<Exit, Failure> {
    let seed = secret_file::random()?;
    let purpose = match arguments.purpose {
        KeyFor::Signing => Purpose::Signing,
        KeyFor::Pseudonyms => Purpose::Pseudonyms,
    };
    let options = session.save_options(false, None);
    secret_file::write(&arguments.out, purpose, &seed, options)?;
    let shown = print::path(&arguments.out);
    let secret = session.say(
        "Hemmelig nøgle, som kun du må læse",
        "Secret key that only you may read",
    );
    print::out(&format!("{secret}: {shown}\n"))?;
    if purpose == Purpose::Signing {
        let key = SigningKey::from_bytes(&seed);
        let public = small_files::hex(key.verifying_key().as_bytes());
        let listed = session.say(
            "Til godkendere.toml, med navn og første dag",
            "For godkendere.toml, with name and first day",
        );
        print::out(&format!(
            "{listed}:\n\n[[godkender]]\nnavn = \"\"\noffentlig = \"{public}\"\nfra = \"\"\n"
        ))?;
    }
    Ok(Exit::Done)
}

/// Signs the rules as they are, and adds the signature to the file.
fn rules(session: &Session, arguments: &SignRulesArguments) -> Result<Exit, Failure> {
    let day = input::day("--day", &arguments.day)?;
    let key = SigningKey::from_bytes(&secret_file::read(&arguments.key, Purpose::Signing)?);
    let rules = session.rules(&arguments.rules.rules, hjemmel_engine::check_rules)?;
    let name = arguments.approver.trim();
    if name.is_empty() || name.chars().any(char::is_control) {
        return Err(Failure::usage("--as er ikke et navn", "--as is not a name"));
    }
    let impact = arguments.impact.as_deref();
    let virkning = impact
        .map(|path| impact_of(path, &rules.hash))
        .transpose()?;
    let signature = key.sign(&approval::message(
        &rules.hash,
        name,
        day,
        virkning.as_deref(),
    ));
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
        virkning,
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

/// The hash of a comparison, which must be one with these rules as its new side.
fn impact_of(path: &Path, rules: &str) -> Result<String, Failure> {
    #[derive(serde::Deserialize)]
    struct Comparison {
        new: Side,
    }
    #[derive(serde::Deserialize)]
    struct Side {
        hash: String,
    }
    let text = files::text(path, MOST)?;
    let shown = print::path(path);
    let comparison: Comparison = serde_json::from_str(&text).map_err(|_| {
        Failure::usage(
            format!("{shown} er ikke fra hjemmel compare --format json"),
            format!("{shown} is not of hjemmel compare --format json"),
        )
    })?;
    if comparison.new.hash != rules {
        return Err(Failure::usage(
            format!("{shown} sammenligner med andre regler end dem, der skrives under på"),
            format!("{shown} compares with other rules than those that are signed"),
        ));
    }
    Ok(small_files::hash(text.as_bytes()))
}
