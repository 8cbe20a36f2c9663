//! The folder that everything happens in: rules, two extracts in which every personal field is a token, and the
//! lists and settings beside them.

use hjemmel_tests::tokens::{Kind, key, word};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What is declared of persons beside the rules of the fixtures: names, health and free text.
const PERSONAL: &str = "\
data bopæl \"Bopæl\"
  perioder
  vej er tekst, følsom

data helbred \"Helbred\"
  perioder
  diagnose er tekst, følsom
  journal er tekst

data ansvarlig \"Ansvarlig\"
  perioder
  team er tekst
";

const SETTINGS: &str = "\
udtræksdato = 2017-08-01
separator = \";\"
blank_slutdato = \"fortsat\"

[arbejdsliste]
kolonner = [\"ansvarlig.team\"]
";

const REGISTER: &str = "\
retskilde;bestemmelse;gælder_fra;gælder_til;emne;ikke_skrevet
LAB;§ 92, stk. 2;2016-01-01;2019-12-31;Tilbud;
LAB;§ 106;2016-01-01;2019-12-31;Noget andet;
";

const MEMO: &str = "\
titel = \"Redegørelse\"
afsender = \"Jobcentret\"
modtager = \"Udvalget\"
dato = 2017-09-13
målinger = [\"andel_uden\"]
mistanker = \"opfølgning=uden_tilbud\"
initiativer = \"initiativer.csv\"
[[gennemgang]]
opdeling = \"opfølgning\"
uden = [\"ikke_med\"]
registreringsfejl = \"med_tilbud\"
[serie]
fra = 2017-06-05
rytme = \"uge\"
[mål]
grænse = \"højst 0\"
senest = 2017-10-31
start = \"indsats løntilskud, timer_pr_uge 37\"
";

/// A table with its rows, as a CSV.
pub(crate) type Tables = BTreeMap<&'static str, String>;

/// A working folder, gone when it is dropped.
pub(crate) struct World {
    root: tempfile::TempDir,
}

impl World {
    /// With so many persons.
    pub(crate) fn new(persons: usize) -> Self {
        Self::of(&tables(persons))
    }

    /// With these tables.
    pub(crate) fn of(tables: &Tables) -> Self {
        let root = tempfile::tempdir().expect("a folder");
        let world = Self { root };
        for folder in ["regler", "nyere", "udtræk", "register", "ud", "tmp", "hjem"] {
            fs::create_dir(world.path(folder)).expect("made");
        }
        for (from, to) in [("dansk", "regler"), ("ændret", "nyere")] {
            for file in ["data.regel", "tilbud.regel"] {
                fs::copy(fixtures().join(from).join(file), world.path(to).join(file))
                    .expect("copied");
            }
            world.write(&format!("{to}/personligt.regel"), PERSONAL);
        }
        let mistakes = fixtures().join("mistanke.toml");
        fs::copy(mistakes, world.path("regler/mistanke.toml")).expect("copied");
        fs::create_dir(world.path("regler/registre")).expect("made");
        world.write("regler/registre/LAB.csv", REGISTER);
        let list = fixtures().join("lister/initiativer.csv");
        fs::copy(list, world.path("initiativer.csv")).expect("copied");
        world.write("udtræk/udtræk.toml", SETTINGS);
        world.write("notat.toml", MEMO);
        world.write("register/udtræk.toml", SETTINGS);
        for (table, rows) in tables {
            world.write(&format!("udtræk/{table}.csv"), rows);
            // What the register has not is a row in nine of the visitations, and every fourth effort.
            let fewer = match *table {
                "visitation" => some(rows, |row| row % 9 != 8),
                "indsats" => some(rows, |row| row % 4 != 3),
                _ => rows.clone(),
            };
            world.write(&format!("register/{table}.csv"), fewer);
        }
        world.write("sag.txt", format!("{}\n", key(1)));
        world.write("ukendt.txt", "9999999999\n");
        world
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        fs::write(self.path(name), text).expect("written");
    }

    /// What lies in a folder, by path.
    pub(crate) fn picture(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let mut picture = BTreeMap::new();
        see(&self.path(folder), folder, &mut picture);
        picture
    }

    /// Empties the folder that outputs go to.
    pub(crate) fn sweep(&self) {
        fs::remove_dir_all(self.path("ud")).expect("removed");
        fs::create_dir(self.path("ud")).expect("made");
    }
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/program/fixtures")
}

fn see(folder: &Path, name: &str, picture: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = format!("{name}/{}", entry.file_name().to_string_lossy());
        if entry.file_type().expect("a kind").is_dir() {
            see(&entry.path(), &path, picture);
        } else {
            picture.insert(path, fs::read(entry.path()).unwrap_or_default());
        }
    }
}

/// Some rows of a table below its headings.
fn some(rows: &str, kept: impl Fn(usize) -> bool) -> String {
    let rows = rows.split_inclusive('\n').enumerate();
    rows.filter(|(row, _)| *row == 0 || kept(*row))
        .map(|(_, text)| text)
        .collect()
}

/// The tables of so many persons: some in the target group, some with an effort, some with a row that cannot be read.
pub(crate) fn tables(persons: usize) -> Tables {
    let mut tables = Tables::from([
        ("person", "sag;født;navn;kontonummer\n".to_owned()),
        ("ydelse", "sag;fra;til;art;sagsbehandler\n".to_owned()),
        ("visitation", "sag;fra;til;kategori\n".to_owned()),
        (
            "indsats",
            "sag;fra;til;art;timer_pr_uge;udbyder\n".to_owned(),
        ),
        ("fravær", "sag;fra;til;grund;afgjort\n".to_owned()),
        ("bopæl", "sag;fra;til;vej\n".to_owned()),
        ("helbred", "sag;fra;til;diagnose;journal\n".to_owned()),
        ("ansvarlig", "sag;fra;til;team\n".to_owned()),
    ]);
    // In the order of the keys, as sorted reading asks for.
    let mut order: Vec<usize> = (0..persons).collect();
    order.sort_by_key(|person| key(*person));
    for person in order {
        let key = key(person);
        let mut row = |table: &str, rest: String| {
            let rows = tables.get_mut(table).expect("a table");
            *rows += &format!("{key};{rest}\n");
        };
        let word = |kind| word(kind, person);
        let (name, unread) = (word(Kind::Name), word(Kind::Unread));
        row(
            "person",
            format!("{}-05-04;{name};{unread}", 1950 + person % 50),
        );
        let month = 1 + person % 12;
        row(
            "ydelse",
            format!("2016-{month:02}-04;;kontanthjælp;{unread}"),
        );
        let category = if person % 5 == 4 {
            "jobparat"
        } else {
            "aktivitetsparat"
        };
        row("visitation", format!("2016-{month:02}-04;;{category}"));
        if person % 3 == 0 {
            row(
                "indsats",
                format!(
                    "2017-0{}-01;2017-08-31;løntilskud;1,5;{unread}",
                    1 + person % 7
                ),
            );
        }
        if person % 7 == 0 {
            let cause = if person % 2 == 0 { "barsel" } else { "sygdom" };
            row("fravær", format!("2017-05-01;2017-11-30;{cause};ja"));
        }
        row("bopæl", format!("2010-01-01;;{}", word(Kind::Address)));
        let (diagnosis, journal) = (word(Kind::Diagnosis), word(Kind::Journal));
        row(
            "helbred",
            format!("2017-01-01;;{diagnosis};{journal} kan ikke sove"),
        );
        row("ansvarlig", format!("2017-01-01;;{}", word(Kind::Team)));
        if person % 50 == 49 {
            // Someone wrote words where a day, a number and a code should stand.
            let lost = word(Kind::Misplaced);
            row(
                "indsats",
                format!("{lost};2017-08-31;{lost} hos naboen;{lost};{unread}"),
            );
        }
    }
    tables
}
