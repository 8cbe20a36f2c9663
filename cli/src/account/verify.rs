//! `hjemmel verify`: is a manifest whole, is the chain behind it, are its files as they were written, and
//! does the run give the same again?

use super::manifest::{Account, Manifest, Output};
use super::{differences, hashed, read, words};
use crate::arguments::{Arguments, VerifyArguments};
use crate::exit::{Exit, Failure};
use crate::print::name;
use crate::session::Session;
use crate::{bug, language, print, small_files};
use clap::CommandFactory as _;
use hjemmel_grammar::diagnostic::Text;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// How many manifests a chain may have.
const LONGEST: usize = 100_000;
/// How many differences are shown.
const SHOWN: usize = 12;

/// Verifies a manifest.
pub(crate) fn verify(session: &Session, arguments: &VerifyArguments) -> Result<Exit, Failure> {
    let path = &arguments.manifest;
    let manifest = Manifest::read(&read(path)?).map_err(|fault| fault.failure(path))?;
    let mut told = Told {
        session,
        out: String::new(),
        wrong: false,
    };
    told.good(Text::new(
        format!("{}: seglet passer", print::path(path)),
        format!("{}: the seal fits", print::path(path)),
    ));
    let before = chain(path, &manifest)?;
    told.good(before);
    for (id, target) in manifest.account.words.targets() {
        files(&mut told, &manifest.account, &id, &target)?;
    }
    if !arguments.no_rerun {
        again(&mut told, arguments, &manifest.account)?;
    }
    print::out(&told.out)?;
    Ok(if told.wrong {
        Exit::Findings
    } else {
        Exit::Done
    })
}

/// What is said, and whether anything is not as it was.
struct Told<'a> {
    session: &'a Session,
    out: String,
    wrong: bool,
}

impl Told<'_> {
    fn good(&mut self, text: Text) {
        self.line("✓", text);
    }

    fn bad(&mut self, text: Text) {
        self.wrong = true;
        self.line("✗", text);
    }

    fn line(&mut self, mark: &str, text: Text) {
        let text = text.get(self.session.language()).to_owned();
        self.out += &format!("{mark} {text}\n");
    }
}

/// Every manifest before this one must be there and be the one that was followed.
fn chain(path: &Path, manifest: &Manifest) -> Result<Text, Failure> {
    let mut before = manifest.previous.clone();
    let mut count = 0_usize;
    while let Some(previous) = before {
        count = count.saturating_add(1);
        // A name is a name and no path: a manifest leads nowhere else.
        let found = path.with_file_name(name(Path::new(&previous.file)));
        let bytes = read(&found)?;
        if small_files::hash(&bytes) != previous.sha256 || count > LONGEST {
            let shown = print::path(&found);
            return Err(Failure::new(
                Exit::Data,
                format!("{shown} er ikke det manifest, der blev fulgt: kæden er brudt"),
                format!("{shown} is not the manifest that was followed: the chain is broken"),
            ));
        }
        before = Manifest::read(&bytes)
            .map_err(|fault| fault.failure(&found))?
            .previous;
    }
    Ok(if count == 0 {
        Text::new(
            "manifestet følger intet andet",
            "the manifest follows no other",
        )
    } else {
        Text::new(
            format!("kæden bagud er hel: {count} manifest(er)"),
            format!("the chain behind it is whole: {count} manifest(s)"),
        )
    })
}

/// The files that an argument asked for, where they were written.
fn files(told: &mut Told<'_>, account: &Account, id: &str, target: &Path) -> Result<(), Failure> {
    for output in account
        .outputs
        .iter()
        .filter(|output| output.argument == id)
    {
        let path = target.with_file_name(&output.file);
        let shown = print::path(&path);
        if !path.exists() {
            told.good(Text::new(
                format!("{shown} er her ikke mere; den skrives igen og sammenlignes"),
                format!("{shown} is no longer here; it is written again and compared"),
            ));
        } else if is_as_written(&path, output)? {
            told.good(Text::new(
                format!("{shown} er, som den blev skrevet"),
                format!("{shown} is as it was written"),
            ));
        } else {
            told.bad(Text::new(
                format!("{shown} er ændret, siden den blev skrevet"),
                format!("{shown} has been changed since it was written"),
            ));
        }
    }
    Ok(())
}

fn is_as_written(path: &Path, output: &Output) -> Result<bool, Failure> {
    Ok(hashed(path)?.1 == output.sha256)
}

/// Carries the command out again, its files in a folder of their own, and compares.
fn again(
    told: &mut Told<'_>,
    arguments: &VerifyArguments,
    account: &Account,
) -> Result<(), Failure> {
    let unwritable = |error: std::io::Error| {
        let kind = error.kind();
        Failure::new(
            Exit::Io,
            format!("der kan ikke skrives i den midlertidige mappe ({kind})"),
            format!("the temporary folder cannot be written ({kind})"),
        )
    };
    let folder = private_folder().map_err(unwritable)?;
    let wanted = elsewhere(arguments, account.words.clone())?;
    let moved = wanted.moved_to(folder.path()).ok_or_else(bug)?;
    for (_, target) in moved.targets() {
        std::fs::create_dir_all(target.parent().unwrap_or(folder.path())).map_err(unwritable)?;
    }
    let copy = folder.path().join("manifest.json");
    let line = moved.line(&Arguments::command()).ok_or_else(|| {
        Failure::usage(
            "manifestets kommando kendes ikke af dette program",
            "this program does not know the command of the manifest",
        )
    })?;
    run(&line, &account.language, &copy)?;
    let second = Manifest::read(&read(&copy)?).map_err(|fault| fault.failure(&copy))?;
    compare(told, account, &second.account);
    Ok(())
}

/// A folder of its own that nobody else may look into, and that is gone when it is dropped.
fn private_folder() -> std::io::Result<TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix("hjemmel-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    builder.tempdir()
}

/// The command with the rules and the data that are named now.
fn elsewhere(
    arguments: &VerifyArguments,
    mut wanted: words::Words,
) -> Result<words::Words, Failure> {
    let data: Vec<PathBuf> = arguments.data.iter().cloned().collect();
    for (id, flag, paths) in [
        ("path", "--data", data),
        ("rules", "REGLER", arguments.rules.clone()),
    ] {
        if paths.is_empty() {
            continue;
        }
        let texts = paths.iter().map(|path| path.to_str().map(str::to_owned));
        let texts: Option<Vec<String>> = texts.collect();
        match (wanted.arguments.get_mut(id), texts) {
            (Some(values), Some(texts)) => *values = texts,
            _ => {
                return Err(Failure::usage(
                    format!(
                        "{flag} passer ikke til manifestets kommando, {}",
                        wanted.command
                    ),
                    format!(
                        "{flag} does not fit the command of the manifest, {}",
                        wanted.command
                    ),
                ));
            }
        }
    }
    Ok(wanted)
}

/// Runs this program. What it says is only of interest if it fails.
#[expect(
    clippy::disallowed_methods,
    reason = "a run is verified by the program itself, in a process of its own"
)]
fn run(line: &[String], language: &str, manifest: &Path) -> Result<(), Failure> {
    let failed = |exit, kind: String| {
        Failure::new(
            exit,
            format!("kommandoen kan ikke køres igen{kind}"),
            format!("the command cannot be carried out again{kind}"),
        )
        .hint(
            "kør verify i den mappe, hvor kommandoen blev kørt, eller nævn --data og reglerne",
            "run verify in the folder in which the command was run, or name --data and the rules",
        )
    };
    let program = std::env::current_exe();
    let program = program.map_err(|error| failed(Exit::Io, format!(" ({})", error.kind())))?;
    // In front of the positional arguments, behind the command's own.
    let at = line
        .iter()
        .position(|word| word == "--")
        .unwrap_or(line.len());
    let (flags, behind) = line.split_at_checked(at).unwrap_or((line, &[]));
    let output = Command::new(program)
        .args(flags)
        .arg("--lang")
        .arg(language)
        .arg("--manifest")
        .arg(manifest)
        // Where the use of the extract is logged, so is this one.
        .args(["--user", "hjemmel verify", "--purpose", "hjemmel verify"])
        .args(behind)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| failed(Exit::Io, format!(" ({})", error.kind())))?;
    if manifest.is_file() {
        return Ok(());
    }
    print::err(&print::harmless_lines(&String::from_utf8_lossy(
        &output.stderr,
    )));
    let exit = match output.status.code() {
        Some(2) => Exit::Usage,
        Some(3) => Exit::Data,
        Some(5) => Exit::Io,
        _ => Exit::Bug,
    };
    Err(failed(exit, String::new()))
}

/// Says what the second run gave otherwise.
fn compare(told: &mut Told<'_>, first: &Account, second: &Account) {
    let Some(found) = differences::between(first, second) else {
        told.bad(bug().message.unwrap_or_else(|| Text::same("")));
        return;
    };
    if found.is_empty() {
        let bytes = first.outputs.iter().map(|output| output.bytes).sum();
        let bytes = language::count(bytes, told.session.language());
        let files = first.outputs.len();
        told.good(Text::new(
            format!("kørt igen: de samme svar byte for byte ({files} filer, {bytes} byte, og teksten på skærmen)"),
            format!("run again: the same answers byte for byte ({files} files, {bytes} bytes, and what was printed)"),
        ));
        return;
    }
    let more = found.len().saturating_sub(SHOWN);
    for each in found.into_iter().take(SHOWN) {
        told.bad(each);
    }
    if more > 0 {
        told.bad(Text::new(
            format!("og {more} forskelle mere"),
            format!("and {more} more differences"),
        ));
    }
}
