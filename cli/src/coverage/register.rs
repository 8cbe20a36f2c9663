//! Registers: plain lists of the provisions of an act, in the folders of the rules.
//!
//! A `.csv` is meant as a register if it lies in a folder `registre` or its first line names one of
//! the columns that only a register has. All that is wrong in all of them is told at once.

use crate::exit::Failure;
use crate::lists::{self, Kind, Line, Mistakes, Place};
use crate::session::Session;
use crate::{files, print, small_files};
use hjemmel_engine::coverage::Entry;
use hjemmel_engine::model::Model;
use hjemmel_engine::time::{Day, Period};
use hjemmel_grammar::parse_provisions;
use hjemmel_grammar::syntax::{ActReference, Provision};
use std::path::{Path, PathBuf};

/// A register.
const KIND: Kind<6> = Kind {
    columns: [
        "retskilde",
        "bestemmelse",
        "gælder_fra",
        "gælder_til",
        "emne",
        "ikke_skrevet",
    ],
    one: ("et register", "a register"),
    divide: (
        "del den i flere registre",
        "split it into several registers",
    ),
};

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

/// Reads the registers that lie among the rules.
pub(crate) fn read(
    session: &Session,
    paths: &[PathBuf],
    model: &Model,
) -> Result<Registers, Failure> {
    let mut reader = Reader {
        model,
        found: Registers::default(),
        mistakes: Mistakes::default(),
    };
    for path in files::beside(paths, ".csv")? {
        let bytes = files::bytes(&path)?;
        if is_register(&path, &bytes) {
            reader.found.files.push(File {
                path: print::path(&path),
                sha256: small_files::hash(&bytes),
            });
            reader.file(&path, bytes);
        }
    }
    reader.twice();
    if reader.found.files.is_empty() {
        return Err(none(paths));
    }
    reader
        .mistakes
        .refuse(session, ("registrene", "the registers"))?;
    Ok(reader.found)
}

fn none(paths: &[PathBuf]) -> Failure {
    let shown: Vec<String> = paths.iter().map(|path| print::path(path)).collect();
    let shown = shown.join(", ");
    let header = KIND.columns.join(";");
    Failure::usage(
        format!("ingen registre over bestemmelser (.csv) i {shown}"),
        format!("no registers of provisions (.csv) in {shown}"),
    )
    .hint(
        format!("læg en fil pr. lov i mappen, f.eks. registre/LAB.csv, med første linje {header}"),
        format!("put a file for each act into the folder, e.g. registre/LAB.csv, with the first line {header}"),
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

/// Reads files, and gathers what is wrong with them.
struct Reader<'m> {
    model: &'m Model,
    found: Registers,
    mistakes: Mistakes,
}

impl Reader<'_> {
    fn file(&mut self, path: &Path, bytes: Vec<u8>) {
        for line in lists::lines(path, bytes, &KIND, &mut self.mistakes) {
            if let Some(entry) = self.entry(&line) {
                self.found.entries.push(entry);
                self.found.places.push(line.place);
            }
        }
    }

    fn wrong(&mut self, place: &Place, wrong: (&str, &str), hint: (&str, &str)) {
        self.mistakes.wrong(place, wrong, hint);
    }

    fn entry(&mut self, line: &Line<6>) -> Option<Entry> {
        let place = &line.place;
        let [source, provision, from, to, subject, reason] = line.fields.each_ref();
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
            subject: subject.clone(),
            not_encoded: (!reason.is_empty()).then(|| reason.clone()),
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
        self.mistakes.unknown(
            place,
            (
                &format!("reglerne kender ingen lov {name}"),
                &format!("the rules know no act {name}"),
            ),
            name,
            names(),
            (
                &format!("skriv lov {name} i en regelfil"),
                &format!("write act {name} in a rule file"),
            ),
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
        self.mistakes.day(place, column, text)
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
