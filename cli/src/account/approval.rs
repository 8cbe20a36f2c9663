//! Two pairs of eyes: which approvers have signed a rule set in a way that counts.
//!
//! `godkendere.toml` says whose signatures count and when, and is kept by others than those who write rules;
//! `underskrifter.toml` holds the signatures. What is signed is the hash of the rule set, the approver and the
//! day. There is no clock in it: a signature is judged by the day it names, and a key that was ever withdrawn
//! counts for nothing, since whoever stole it can name any day.

use crate::arguments::{AnswerArguments, Profile};
use crate::exit::{Exit, Failure};
use crate::{input, print, small_files};
use ed25519_dalek::{Signature, VerifyingKey};
use hjemmel_engine::time::Day;
use hjemmel_grammar::diagnostic::Text;
use std::path::Path;

/// How many approvers must have signed.
pub(crate) const NEEDED: usize = 2;

/// Whose signatures count.
pub(crate) struct Approver {
    name: String,
    key: VerifyingKey,
    from: Day,
    to: Option<Day>,
    withdrawn: bool,
}

/// A signature as it stands in the file.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Signed {
    /// The approver's name in the list: a role, or whoever it is that may approve.
    pub(crate) godkender: String,
    /// The day of signing.
    pub(crate) dag: String,
    /// The hash of the rule set.
    pub(crate) regler: String,
    /// The hash of the comparison that tells who gets another answer, if it was signed too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) virkning: Option<String>,
    /// The signature (hexadecimal).
    pub(crate) underskrift: String,
}

/// `underskrifter.toml`
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignatureFile {
    #[serde(default)]
    pub(crate) underskrift: Vec<Signed>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct ApproverFile {
    #[serde(default)]
    godkender: Vec<Entry>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    navn: String,
    /// The public half of the key (hexadecimal).
    offentlig: String,
    fra: String,
    til: Option<String>,
    tilbagekaldt: Option<String>,
}

/// Why a signature does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// It is of other rules.
    OtherRules,
    /// Nobody of that name is in the list.
    Unknown,
    /// It was not made with the approver's key, or not of this.
    Invalid,
    /// The approver did not approve rules on that day.
    OutOfTime,
    /// The key has been withdrawn.
    Withdrawn,
    /// The same approver, or the same key, has signed already.
    Again,
}

impl Refused {
    fn text(self) -> Text {
        let (da, en) = match self {
            Self::OtherRules => ("er af andre regler", "is of other rules"),
            Self::Unknown => ("er ikke af en godkender", "is not of an approver"),
            Self::Invalid => ("passer ikke til nøglen", "does not fit the key"),
            Self::OutOfTime => (
                "er fra en dag, hvor godkenderen ikke kunne godkende",
                "is from a day on which the approver could not approve",
            ),
            Self::Withdrawn => (
                "er med en nøgle, der er kaldt tilbage",
                "is with a key that was withdrawn",
            ),
            Self::Again => (
                "er af en, der har skrevet under",
                "is of one who has signed",
            ),
        };
        Text::new(da, en)
    }
}

/// That rules must have been approved, and by whom they have been.
pub(crate) struct Demand {
    approvers: Vec<Approver>,
    signatures: SignatureFile,
}

impl Demand {
    /// What a command line demands.
    pub(crate) fn of(arguments: &AnswerArguments) -> Result<Option<Self>, Failure> {
        let files = arguments
            .approvers
            .as_deref()
            .zip(arguments.signatures.as_deref());
        match (arguments.profile, files) {
            (Some(Profile::Production), Some((list, signed))) => Ok(Some(Self {
                approvers: approvers(list)?,
                signatures: signatures(signed)?,
            })),
            (Some(Profile::Production), None) => Err(Failure::usage(
                "--profile production kræver --approvers og --signatures",
                "--profile production needs --approvers and --signatures",
            )),
            (Some(Profile::Draft) | None, _) => Ok(None),
        }
    }

    /// Who has approved the rules with that hash, if enough have.
    pub(crate) fn approved(&self, hash: &str) -> Result<Vec<String>, Failure> {
        let verdict = judge(hash, &self.approvers, &self.signatures);
        if verdict.is_enough() {
            Ok(verdict.approved)
        } else {
            Err(verdict.failure())
        }
    }
}

/// The approvers that have signed, and the signatures that do not count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) approved: Vec<String>,
    pub(crate) refused: Vec<(String, Refused)>,
}

/// What an approver signs.
pub(crate) fn message(hash: &str, name: &str, day: Day, impact: Option<&str>) -> Vec<u8> {
    match impact {
        None => format!("hjemmel-regler-1\n{hash}\n{day}\n{name}\n"),
        Some(impact) => format!("hjemmel-regler-2\n{hash}\n{day}\n{impact}\n{name}\n"),
    }
    .into_bytes()
}

/// The list of approvers.
pub(crate) fn approvers(path: &Path) -> Result<Vec<Approver>, Failure> {
    approvers_of(&small_files::text(path)?).map_err(|failure| failure.within(&print::path(path)))
}

fn approvers_of(text: &str) -> Result<Vec<Approver>, Failure> {
    let file: ApproverFile = toml::from_str(text).map_err(|error| unreadable(text, &error))?;
    let entries = file.godkender.into_iter().map(|entry| {
        let key = bytes(&entry.offentlig).and_then(|key| VerifyingKey::from_bytes(&key).ok());
        let key = key.filter(|key| !key.is_weak()).ok_or_else(|| {
            let name = print::harmless(&entry.navn);
            Failure::usage(
                format!("nøglen for {name} er ikke en offentlig nøgle"),
                format!("the key of {name} is no public key"),
            )
        })?;
        if let Some(day) = &entry.tilbagekaldt {
            input::day("tilbagekaldt", day)?;
        }
        Ok(Approver {
            from: input::day("fra", &entry.fra)?,
            to: input::optional_day("til", entry.til.as_deref())?,
            withdrawn: entry.tilbagekaldt.is_some(),
            name: entry.navn,
            key,
        })
    });
    entries.collect()
}

/// The signatures in a file.
pub(crate) fn signatures(path: &Path) -> Result<SignatureFile, Failure> {
    let text = small_files::text(path)?;
    signatures_of(&text).map_err(|failure| failure.within(&print::path(path)))
}

fn signatures_of(text: &str) -> Result<SignatureFile, Failure> {
    toml::from_str(text).map_err(|error| unreadable(text, &error))
}

fn unreadable(text: &str, error: &toml::de::Error) -> Failure {
    let before = error.span().and_then(|span| text.get(..span.start));
    let line = before.map_or(1, |before| before.matches('\n').count().saturating_add(1));
    Failure::usage(
        format!("linje {line} kan ikke forstås"),
        format!("line {line} cannot be understood"),
    )
}

/// The bytes that hexadecimal digits stand for.
pub(crate) fn bytes<const N: usize>(hex: &str) -> Option<[u8; N]> {
    let digits: Option<Vec<u8>> = hex
        .chars()
        .map(|c| c.to_digit(16)?.try_into().ok())
        .collect();
    let pairs = digits?;
    let bytes = pairs.chunks(2).map(|pair| match pair {
        [high, low] => Some((high << 4) | low),
        _ => None,
    });
    bytes.collect::<Option<Vec<u8>>>()?.try_into().ok()
}

/// Which signatures of the rule set with that hash count.
pub(crate) fn judge(hash: &str, approvers: &[Approver], file: &SignatureFile) -> Verdict {
    let mut verdict = Verdict::default();
    let mut keys: Vec<VerifyingKey> = Vec::new();
    for signed in &file.underskrift {
        match key(hash, approvers, signed) {
            Ok(key) if !keys.contains(&key) && !verdict.approved.contains(&signed.godkender) => {
                keys.push(key);
                verdict.approved.push(signed.godkender.clone());
            }
            Ok(_) => verdict
                .refused
                .push((signed.godkender.clone(), Refused::Again)),
            Err(why) => verdict.refused.push((signed.godkender.clone(), why)),
        }
    }
    verdict
}

/// The key that a signature counts with.
fn key(hash: &str, approvers: &[Approver], signed: &Signed) -> Result<VerifyingKey, Refused> {
    if signed.regler != hash {
        return Err(Refused::OtherRules);
    }
    let mut of_name = approvers
        .iter()
        .filter(|it| it.name == signed.godkender)
        .peekable();
    of_name.peek().ok_or(Refused::Unknown)?;
    let day = input::day("dag", &signed.dag).map_err(|_| Refused::Invalid)?;
    let signature = bytes(&signed.underskrift).ok_or(Refused::Invalid)?;
    let signature = Signature::from_bytes(&signature);
    let impact = signed.virkning.as_deref();
    let message = message(hash, &signed.godkender, day, impact);
    let fits = |it: &&Approver| it.key.verify_strict(&message, &signature).is_ok();
    let approver = of_name.find(fits).ok_or(Refused::Invalid)?;
    // The key counts for nothing if it was withdrawn anywhere in the list.
    let mut same_key = approvers.iter().filter(|it| it.key == approver.key);
    if same_key.any(|it| it.withdrawn) {
        return Err(Refused::Withdrawn);
    }
    let in_time = approver.from <= day && approver.to.is_none_or(|to| day <= to);
    in_time.then_some(approver.key).ok_or(Refused::OutOfTime)
}

impl Verdict {
    /// Whether enough have signed.
    pub(crate) fn is_enough(&self) -> bool {
        self.approved.len() >= NEEDED
    }

    /// What is said of a rule set that too few have signed.
    pub(crate) fn failure(&self) -> Failure {
        let count = self.approved.len();
        let mut text = Text::new(
            format!(
                "reglerne er ikke godkendt: {count} af {NEEDED} underskrifter gælder; ingen er bedømt"
            ),
            format!(
                "the rules are not approved: {count} of {NEEDED} signatures count; nobody has been judged"
            ),
        );
        for (name, why) in &self.refused {
            let (name, why) = (print::harmless(name), why.text());
            text.da += &format!("\n  underskriften fra {name} {}", why.da);
            text.en += &format!("\n  the signature of {name} {}", why.en);
        }
        Failure {
            exit: Exit::Usage,
            message: Some(text),
            hint: None,
        }
        .hint(
            "lad to godkendere skrive under med hjemmel sign rules",
            "let two approvers sign with hjemmel sign rules",
        )
    }
}

#[cfg(test)]
#[path = "approval_tests.rs"]
mod tests;
