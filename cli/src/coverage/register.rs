//! Registers: plain lists of the provisions of an act, in the folders of the rules.
//!
//! A `.csv` is meant as a register if it lies in a folder `registre` or its first line names one of
//! the columns that only a register has. All that is wrong in all of them is told at once.

use crate::exit::Failure;
use crate::session::Session;
use crate::{files, input, print};
use csv::{ReaderBuilder, StringRecord};
use hjemmel_engine::coverage::Entry;
use hjemmel_engine::model::Model;
use hjemmel_engine::time::{Day, Period};
use hjemmel_grammar::diagnostic::nearest;
use hjemmel_grammar::parse_provisions;
use hjemmel_grammar::syntax::{ActReference, Provision};
use sha2::{Digest as _, Sha256};
use std::path::{Path, PathBuf};

/// The columns, in their order.
const HEADER: [&str; 6] = [
    "retskilde",
    "bestemmelse",
    "gælder_fra",
    "gælder_til",
    "emne",
    "ikke_skrevet",
];
/// How many mistakes are shown.
const SHOWN: usize = 20;

/// The lines of all registers.
#[derive(Debug, Default)]
pub(crate) struct Registers {
    pub(crate) entries: Vec<Entry>,
    /// Where each entry stands: the file and the line.
    pub(crate) places: Vec<Place>,
    pub(crate) files: Vec<File>,
}

/// A file that was read.
#[derive(Debug, serde::Serialize)]
pub(crate) struct File {
    pub(crate) path: String,
    /// SHA-256 (hexadecimal) of its bytes.
    pub(crate) sha256: String,
}

/// A line of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) file: String,
    pub(crate) line: u64,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// Reads the registers that lie among the rules.
pub(crate) fn read(
    session: &Session,
    paths: &[PathBuf],
    model: &Model,
) -> Result<Registers, Failure> {
    let mut reader = Reader {
        model,
        found: Registers::default(),
        mistakes: Vec::new(),
    };
    for path in files::beside(paths, ".csv")? {
        let bytes = files::bytes(&path)?;
        if is_register(&path, &bytes) {
            let digest = Sha256::digest(&bytes);
            reader.found.files.push(File {
                path: print::path(&path),
                sha256: digest.iter().map(|byte| format!("{byte:02x}")).collect(),
            });
            reader.file(&path, bytes);
        }
    }
    reader.twice();
    if reader.found.files.is_empty() {
        return Err(none(paths));
    }
    match reader.mistakes.len() {
        0 => Ok(reader.found),
        count => Err(refused(session, &reader.mistakes, count)),
    }
}

fn none(paths: &[PathBuf]) -> Failure {
    let shown: Vec<String> = paths.iter().map(|path| print::path(path)).collect();
    let shown = shown.join(", ");
    let header = HEADER.join(";");
    Failure::usage(
        format!("ingen registre over bestemmelser (.csv) i {shown}"),
        format!("no registers of provisions (.csv) in {shown}"),
    )
    .hint(
        format!("læg en fil pr. lov i mappen, f.eks. registre/LAB.csv, med første linje {header}"),
        format!("put a file for each act into the folder, e.g. registre/LAB.csv, with the first line {header}"),
    )
}

fn refused(session: &Session, mistakes: &[Failure], count: usize) -> Failure {
    for mistake in mistakes.iter().take(SHOWN) {
        print::err(&mistake.render(session.language()));
    }
    let more = count.saturating_sub(SHOWN);
    let (da, en) = match more {
        0 => (String::new(), String::new()),
        _ => (
            format!(" ({more} er ikke vist)"),
            format!(" ({more} are not shown)"),
        ),
    };
    let (fejl, mistakes) = (
        crate::check::one(count, "fejl", "fejl"),
        crate::check::one(count, "mistake", "mistakes"),
    );
    Failure::usage(
        format!("registrene kan ikke bruges: {count} {fejl}{da}"),
        format!("the registers cannot be used: {count} {mistakes}{en}"),
    )
}

/// Whether a file is meant as a register; other lists may lie beside the rules too.
fn is_register(path: &Path, bytes: &[u8]) -> bool {
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or(bytes);
    let first = String::from_utf8_lossy(first);
    let folder = path.parent().and_then(Path::file_name);
    folder.is_some_and(|name| name == "registre")
        || ["retskilde", "bestemmelse"]
            .iter()
            .any(|column| first.contains(column))
}

/// The line of a record; the position is that of the blank lines before it, if there are any.
fn line_at(text: &str, position: &csv::Position) -> u64 {
    let at = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let rest = text.get(at..).unwrap_or_default().chars();
    let blank = rest.take_while(|c| matches!(c, '\n' | '\r'));
    let blank = blank.filter(|c| *c == '\n').count();
    let blank = u64::try_from(blank).unwrap_or(u64::MAX);
    position.line().saturating_add(blank)
}

/// Reads files, and gathers what is wrong with them.
struct Reader<'m> {
    model: &'m Model,
    found: Registers,
    mistakes: Vec<Failure>,
}

impl Reader<'_> {
    fn file(&mut self, path: &Path, bytes: Vec<u8>) {
        let file = print::path(path);
        if files::is_cut(&bytes) {
            let place = Place { file, line: 1 };
            return self.wrong(
                &place,
                ("filen er større end 1 MiB", "the file is larger than 1 MiB"),
                (
                    "del den i flere registre",
                    "split it into several registers",
                ),
            );
        }
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => return self.not_utf8(file, error.as_bytes()),
        };
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let mut lines = ReaderBuilder::new()
            .delimiter(b';')
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut headed = false;
        for record in lines.records() {
            // Text that is UTF-8 and may have any number of fields can always be read.
            let Ok(record) = record else { continue };
            let place = Place {
                file: file.clone(),
                line: record.position().map_or(1, |at| line_at(text, at)),
            };
            if !headed {
                headed = true;
                self.header(&place, &record);
            } else if let Some(entry) = self.entry(&place, &record) {
                self.found.entries.push(entry);
                self.found.places.push(place);
            }
        }
        if !headed {
            let place = Place { file, line: 1 };
            self.header(&place, &StringRecord::new());
        }
    }

    fn not_utf8(&mut self, file: String, bytes: &[u8]) {
        let valid = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
        let before = bytes.iter().take(valid).filter(|byte| **byte == b'\n');
        let line = u64::try_from(before.count()).map_or(1, |lines| lines.saturating_add(1));
        self.wrong(
            &Place { file, line },
            ("er ikke UTF-8", "is not UTF-8"),
            ("gem filen som UTF-8", "save the file as UTF-8"),
        );
    }

    fn wrong(&mut self, place: &Place, (da, en): (&str, &str), hint: (&str, &str)) {
        let (da, en) = (print::harmless(da), print::harmless(en));
        let mistake = Failure::usage(format!("{place}: {da}"), format!("{place}: {en}"));
        self.mistakes.push(mistake.hint(hint.0, hint.1));
    }

    fn header(&mut self, place: &Place, record: &StringRecord) {
        if record.iter().ne(HEADER) {
            let header = HEADER.join(";");
            self.wrong(
                place,
                (
                    "første linje er ikke et registers",
                    "the first line is not that of a register",
                ),
                (
                    &format!("skriv {header} (semikolon mellem felterne)"),
                    &format!("write {header} (semicolons between the fields)"),
                ),
            );
        }
    }

    fn entry(&mut self, place: &Place, record: &StringRecord) -> Option<Entry> {
        let fields: Vec<&str> = record.iter().map(str::trim).collect();
        let Ok([source, provision, from, to, subject, reason]) = <[&str; 6]>::try_from(fields)
        else {
            let (count, header) = (record.len(), HEADER.join(";"));
            self.wrong(
                place,
                (
                    &format!("linjen har {count} felter og skal have 6"),
                    &format!("the line has {count} fields and must have 6"),
                ),
                (
                    &format!("skriv {header}; en tekst med semikolon sættes i anførselstegn"),
                    &format!("write {header}; a text with a semicolon is put into quotation marks"),
                ),
            );
            return None;
        };
        let provision = self.provision(place, source, provision);
        let days = self.days(place, from, to);
        if subject.is_empty() {
            self.wrong(
                place,
                ("emne er tomt", "emne is empty"),
                (
                    "sig på én linje, hvad bestemmelsen handler om",
                    "say in one line what the provision is about",
                ),
            );
        }
        Some(Entry {
            provision: provision?,
            days: days?,
            subject: subject.to_owned(),
            not_encoded: (!reason.is_empty()).then(|| reason.to_owned()),
        })
    }

    /// The act and the place in it.
    fn provision(&mut self, place: &Place, source: &str, written: &str) -> Option<Provision> {
        let alone = parse_provisions(&format!("{source} § 1"));
        let alone = alone.and_then(|each| <[Provision; 1]>::try_from(each).ok());
        let Some(act) = alone
            .map(|[it]| it.act)
            .filter(|it| it.to_string() == source)
        else {
            self.wrong(
                place,
                (
                    &format!("„{source}“ er ikke en retskilde"),
                    &format!("“{source}” is not a source of law"),
                ),
                (
                    "skriv lovens navn i reglerne, f.eks. LAB, eller et dokument, f.eks. BEK 1297/2016",
                    "write the act's name in the rules, e.g. LAB, or a document, e.g. BEK 1297/2016",
                ),
            );
            return None;
        };
        self.known(place, &act)?;
        let provisions = parse_provisions(&format!("{source} {written}")).unwrap_or_default();
        match <[Provision; 1]>::try_from(provisions) {
            Ok([provision]) if provision.act == act => Some(provision),
            _ => {
                self.wrong(
                    place,
                    (
                        &format!("„{written}“ er ikke én bestemmelse"),
                        &format!("“{written}” is not one provision"),
                    ),
                    (
                        "skriv den som § 92, stk. 2, nr. 3, eller §§ 42-52; en linje til hver",
                        "write it like § 92, stk. 2, nr. 3, or §§ 42-52; a line for each",
                    ),
                );
                None
            }
        }
    }

    /// A name must be one that the rules declare.
    fn known(&mut self, place: &Place, act: &ActReference) -> Option<()> {
        let ActReference::Named(name) = act else {
            return Some(());
        };
        let names = || self.model.acts.iter().map(|act| act.name.as_str());
        if names().any(|known| known == name) {
            return Some(());
        }
        let (da, en) = match nearest(name, names()) {
            Some(near) => (format!("mente du {near}?"), format!("did you mean {near}?")),
            None => (
                format!("skriv lov {name} i en regelfil"),
                format!("write act {name} in a rule file"),
            ),
        };
        self.wrong(
            place,
            (
                &format!("reglerne kender ingen lov {name}"),
                &format!("the rules know no act {name}"),
            ),
            (&da, &en),
        );
        None
    }

    /// The days in force, open where `gælder_til` is empty.
    fn days(&mut self, place: &Place, from: &str, to: &str) -> Option<Period> {
        let first = self.day(place, "gælder_fra", from);
        let last = match to {
            "" => Some(Day::END.previous()),
            to => self.day(place, "gælder_til", to),
        };
        let (first, last) = (first?, last?);
        if last < first {
            self.wrong(
                place,
                (
                    "gælder_til ligger før gælder_fra",
                    "gælder_til lies before gælder_fra",
                ),
                (
                    "begge dage er med: den sidste er den sidste, bestemmelsen gælder",
                    "both days are included: the last is the last on which the provision holds",
                ),
            );
            return None;
        }
        Some(Period::inclusive(first, last))
    }

    fn day(&mut self, place: &Place, column: &str, text: &str) -> Option<Day> {
        if text.is_empty() {
            self.wrong(
                place,
                (&format!("{column} er tom"), &format!("{column} is empty")),
                (
                    "skriv den første dag, bestemmelsen gælder: 2016-01-01",
                    "write the first day on which the provision holds: 2016-01-01",
                ),
            );
            return None;
        }
        match input::day(&format!("{place}: {column}"), text) {
            Ok(day) => Some(day),
            Err(mistake) => {
                self.mistakes.push(mistake);
                None
            }
        }
    }

    /// Lines that say the same of the same days.
    fn twice(&mut self) {
        let entries = std::mem::take(&mut self.found.entries);
        let places = self.found.places.clone();
        let mut order: Vec<(String, Period, usize)> = entries
            .iter()
            .enumerate()
            .map(|(at, entry)| (entry.provision.to_string(), entry.days, at))
            .collect();
        order.sort();
        for pair in order.windows(2) {
            let [(first, days, before), (second, others, again)] = pair else {
                continue;
            };
            let (Some(before), Some(again)) = (places.get(*before), places.get(*again)) else {
                continue;
            };
            if first == second && !days.and(*others).is_empty() {
                self.wrong(
                    again,
                    (
                        &format!("{second} står også i {before}, for de samme dage"),
                        &format!("{second} also stands in {before}, for the same days"),
                    ),
                    (
                        "lad én linje gælde til dagen før den næste",
                        "let one line end the day before the next begins",
                    ),
                );
            }
        }
        self.found.entries = entries;
    }
}
