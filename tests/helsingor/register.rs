//! The register's twin: what a national register with one code a week would hold of the same
//! persons on 2 August 2017, and the mistakes that make its statement another than the list.
//!
//! Most differences come by themselves: weeks are whole, a code has room for one thing, and the
//! register was drawn before the list. A few are put in ([`FAULTS`]). Which person has which is
//! nowhere in the files.

use super::calendar::{MEASURED, day, monday, plus};
use super::history::{History, Row, Table};
use super::profiles::Story;
use chrono::{Datelike, NaiveDate};
use hjemmel_tests::random::Random;
use hjemmel_tests::tables::EMPTY;
use std::collections::BTreeMap;

/// The day the register was drawn.
pub(crate) const DRAWN: NaiveDate = day(2017, 8, 2);
/// The Monday of its first week.
const FIRST: NaiveDate = day(2016, 1, 4);
/// The Monday of its last.
const LAST: NaiveDate = day(2017, 7, 31);

/// How the register came to say something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The weeks of the only offer have the code of another benefit.
    Overwritten,
    /// The only offer was reported as cancelled.
    Cancelled,
    /// The only offer was reported a quarter too early.
    Shifted,
    /// A person whom the municipality does not have.
    Stranger,
}

/// How many of each are put in.
pub(crate) const FAULTS: &[(Fault, usize)] = &[
    (Fault::Overwritten, 2),
    (Fault::Cancelled, 1),
    (Fault::Shifted, 1),
    (Fault::Stranger, 2),
];

/// The activity that each last digit stands for; 9 is one that was cancelled.
const ACTIVITIES: [(char, &str); 5] = [
    ('1', "vejledning_opkvalificering"),
    ('2', "virksomhedspraktik"),
    ('3', "løntilskud"),
    ('4', "nytteindsats"),
    ('5', "mentor"),
];

/// The first two digits: benefit and category. Made up after memory, and marked so in the list.
const GROUPS: [(&str, &str, &str); 7] = [
    ("73", "kontanthjælp", "aktivitetsparat"),
    ("13", "kontanthjælp", "jobparat"),
    ("74", "uddannelseshjælp", "aktivitetsparat"),
    ("14", "uddannelseshjælp", "uddannelsesparat"),
    ("15", "integrationsydelse", "jobparat"),
    ("16", "integrationsydelse", "aktivitetsparat"),
    ("12", "kontanthjælp", "uddannelsesparat"),
];

/// The code of a benefit that the rules do not know: sick pay.
const SICK_PAY: &str = "890";

/// The files of the register.
pub(crate) fn files(cases: &[(usize, History)], seed: u64) -> Vec<(String, String)> {
    let faults = faults(cases, Random::new(seed ^ 0xd8ea));
    let mut lines = vec![header()];
    for (id, history) in cases {
        let codes = codes(history, faults.get(id).copied());
        if codes.iter().any(|code| !code.is_empty()) {
            lines.push(format!("H{id:04};{}", codes.join(";")));
        }
    }
    let strangers = FAULTS.iter().find(|(fault, _)| *fault == Fault::Stranger);
    for number in 0..strangers.map_or(0, |(_, count)| *count) {
        let code = if number == 0 { "730" } else { "740" };
        let codes = vec![code; weeks().count()];
        lines.push(format!(
            "H{:04};{}",
            cases.len() + 1 + number,
            codes.join(";")
        ));
    }
    vec![
        ("register.csv".to_owned(), lines.join("\n") + "\n"),
        ("koder.csv".to_owned(), code_list()),
        ("udtræk.toml".to_owned(), description()),
    ]
}

fn weeks() -> impl Iterator<Item = NaiveDate> {
    (0..)
        .map(|week| plus(FIRST, 7 * week))
        .take_while(|monday| *monday <= LAST)
}

fn header() -> String {
    let weeks = weeks().map(|monday| {
        let week = monday.iso_week();
        format!("y_{:02}{:02}", week.year() % 100, week.week())
    });
    format!("sag;{}", weeks.collect::<Vec<_>>().join(";"))
}

/// The code of each week.
fn codes(history: &History, fault: Option<Fault>) -> Vec<String> {
    let known: Vec<&Row> = history
        .rows
        .iter()
        .filter(|row| row.registered <= DRAWN)
        .collect();
    let only = only_effort(history);
    let mut efforts: Vec<Row> = Vec::new();
    for row in known.iter().filter(|row| row.table == Table::Effort) {
        let mut row = (*row).clone();
        let is_only = only.is_some_and(|only| only.from == row.from && only.values == row.values);
        match fault.filter(|_| is_only) {
            Some(Fault::Shifted) => {
                row.from = plus(row.from, -91);
                row.to = row.to.map(|to| plus(to, -91));
            }
            Some(Fault::Cancelled) => {
                if let Some(status) = row.values.get_mut(1) {
                    "annulleret".clone_into(status);
                }
            }
            _ => {}
        }
        efforts.push(row);
    }
    let code = |monday| {
        let hidden = only.filter(|_| fault == Some(Fault::Overwritten));
        if hidden.is_some_and(|only| in_week(only, monday)) {
            return SICK_PAY.to_owned();
        }
        code(&known, &efforts, monday).unwrap_or_default()
    };
    weeks().map(code).collect()
}

/// Benefit and category on the first day of the week that has benefit, and the week's activity.
fn code(known: &[&Row], efforts: &[Row], monday: NaiveDate) -> Option<String> {
    let of = |table: Table| known.iter().filter(move |row| row.table == table);
    let benefits = of(Table::Benefit).filter(|row| in_week(row, monday));
    let benefit = benefits.min_by_key(|row| row.from)?;
    let first = benefit.from.max(monday);
    let category = of(Table::Visitation).find(|row| covers(row, first))?;
    let (benefit, category) = (benefit.values.first()?, category.values.first()?);
    let category = match category.as_str() {
        "åbenlyst_uddannelsesparat" => "uddannelsesparat",
        category => category,
    };
    let group = GROUPS
        .iter()
        .find(|(_, kind, group)| kind == benefit && *group == category);
    let (group, _, _) = group?;
    let digit = efforts
        .iter()
        .filter(|row| in_week(row, monday))
        .filter_map(digit)
        .min();
    Some(format!("{group}{}", digit.unwrap_or('0')))
}

/// The last digit of an effort; a cancelled one comes after all others.
fn digit(effort: &Row) -> Option<char> {
    let [kind, status, _] = effort.values.as_slice() else {
        return None;
    };
    let activity = ACTIVITIES.iter().find(|(_, activity)| activity == kind);
    match status.as_str() {
        "planlagt" => None,
        "annulleret" => activity.map(|_| '9'),
        _ => activity.map(|(digit, _)| *digit),
    }
}

fn covers(row: &Row, date: NaiveDate) -> bool {
    row.from <= date && row.to.is_none_or(|to| date <= to)
}

/// Whether a row has any day of the week.
fn in_week(row: &Row, monday: NaiveDate) -> bool {
    row.from <= plus(monday, 6) && row.to.is_none_or(|to| monday <= to)
}

/// The effort that alone makes somebody one who has had something, if it is over: of a quiet story,
/// within the year, and with nothing else near.
fn only_effort(history: &History) -> Option<&Row> {
    if !matches!(history.member.story, Story::Active(_)) || history.member.twist.is_some() {
        return None;
    }
    let near =
        |row: &&Row| row.table == Table::Effort && row.to.is_none_or(|to| day(2016, 4, 1) <= to);
    let mut efforts = history.rows.iter().filter(near);
    let only = efforts.next()?;
    let over = only.to.is_some_and(|to| to < MEASURED) && day(2016, 8, 8) <= only.from;
    (over && efforts.next().is_none() && only.registered <= DRAWN).then_some(only)
}

/// Who has which fault.
fn faults(cases: &[(usize, History)], mut random: Random) -> BTreeMap<usize, Fault> {
    let mut candidates: Vec<(usize, &History)> = cases
        .iter()
        .filter(|(_, history)| !matches!(history.member.story, Story::Departed(_)))
        .map(|(id, history)| (*id, history))
        .collect();
    random.shuffle(&mut candidates);
    let mut faults = BTreeMap::new();
    for &(fault, count) in FAULTS {
        let fits = |history: &History| only_effort(history).is_some_and(|only| suits(fault, only));
        let chosen = candidates
            .iter()
            .filter(|(id, history)| !faults.contains_key(id) && fits(history))
            .take(count);
        let chosen: Vec<usize> = chosen.map(|(id, _)| *id).collect();
        faults.extend(chosen.into_iter().map(|id| (id, fault)));
    }
    faults
}

/// Whether the fault would change the answer about somebody with this effort, and nothing else.
fn suits(fault: Fault, only: &Row) -> bool {
    let to = only.to.unwrap_or(MEASURED);
    match fault {
        // Weeks that hold no whole calendar month, so that the time on benefit stays unbroken.
        Fault::Overwritten => monday(only.from).month() == plus(monday(to), 6).month(),
        Fault::Cancelled => true,
        Fault::Shifted => to <= day(2016, 10, 28),
        Fault::Stranger => false,
    }
}

/// What the codes say. The first line is not true of any register: it is made up.
fn code_list() -> String {
    let mut lines = vec!["kode;tabel;felt;værdi;bemærkning".to_owned()];
    let remark = "ubekræftet: efter hukommelsen eller opdigtet til denne tvilling";
    let mut add = |code: &str, table: &str, field: &str, value: &str| {
        lines.push(format!("{code};{table};{field};{value};{remark}"));
    };
    for (group, benefit, category) in GROUPS {
        let digits = ACTIVITIES.map(|(digit, _)| digit);
        for digit in ['0'].into_iter().chain(digits).chain(['9']) {
            let code = format!("{group}{digit}");
            add(&code, "ydelse", "art", benefit);
            add(&code, "visitation", "kategori", category);
            if let Some((_, activity)) = ACTIVITIES.iter().find(|(own, _)| *own == digit) {
                add(&code, "indsats", "art", activity);
                add(&code, "indsats", "status", "gennemført");
            }
            if digit == '9' {
                add(&code, "indsats", "status", "annulleret");
            }
        }
    }
    add(SICK_PAY, "", "", "");
    lines.join("\n") + "\n"
}

/// How the files are to be read; what the register does not have is unknown.
fn description() -> String {
    let tables = ["fravær", "nært_forestående", "årsag", "samtale"];
    let empty = EMPTY.iter().map(|(name, _, _)| *name);
    let absent = tables.into_iter().chain(empty);
    let absent = absent.map(|name| format!("\n[tabel.\"{name}\"]\n\"fuldstændig\" = false\n"));
    DESCRIPTION.to_owned() + &absent.collect::<String>()
}

/// The three tables that come from it.
const DESCRIPTION: &str = "\
\"udtræksdato\" = 2017-08-02

[tabel.ydelse]
fil = \"register.csv\"
uger = { kolonner = \"y_ÅÅUU\", koder = \"koder.csv\" }

[tabel.visitation]
fil = \"register.csv\"
uger = { kolonner = \"y_ÅÅUU\", koder = \"koder.csv\" }

[tabel.indsats]
fil = \"register.csv\"
uger = { kolonner = \"y_ÅÅUU\", koder = \"koder.csv\" }
";

#[cfg(test)]
mod tests {
    use super::super::{DEFAULT_SEED, cases, generate, register};
    use super::{FAULTS, Fault, Random, faults};
    use hjemmel_engine::measure::measure_on;
    use hjemmel_engine::model::{MeasureId, Model};
    use hjemmel_engine::reconcile::{Explained, Kind, Side, Standing, explain};
    use hjemmel_engine::time::Day;
    use hjemmel_extracts::{Extract, Options, read, weekly_codes};
    use hjemmel_grammar::Sources;
    use std::collections::BTreeMap;
    use std::path::Path;

    fn add(sources: &mut Sources, path: &Path) {
        if path.is_dir() {
            for entry in std::fs::read_dir(path).unwrap() {
                add(sources, &entry.unwrap().path());
            }
        } else if path.extension().is_some_and(|ending| ending == "regel") {
            let text = std::fs::read_to_string(path).unwrap();
            sources.add(path.display().to_string(), text);
        }
    }

    fn model() -> Model {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let mut sources = Sources::new();
        add(&mut sources, &root.join("rules"));
        add(&mut sources, &root.join("tests/helsingor/register.regel"));
        hjemmel_engine::check_rules(&sources).model
    }

    fn measure(model: &Model, name: &str) -> MeasureId {
        let found = model.measures.iter().position(|rule| rule.name == name);
        MeasureId(found.unwrap())
    }

    fn written(folder: &Path, files: Vec<(String, String)>) {
        std::fs::create_dir_all(folder).unwrap();
        for (name, text) in files {
            std::fs::write(folder.join(name), text).unwrap();
        }
    }

    /// Everyone who stands in two places, and why; the list first.
    fn differing(model: &Model, seed: u64) -> BTreeMap<String, ([Standing; 2], Explained)> {
        let folder = tempfile::tempdir().unwrap();
        let (own, twin) = (folder.path().join("own"), folder.path().join("twin"));
        written(&own, generate(seed, 0));
        written(&twin, register(seed));
        let open = |path: &Path| -> Extract { read(path, model, &Options::default()).unwrap() };
        let (own, other) = (open(&own), open(&twin));
        let codes = weekly_codes(&twin, model, &|_| true).unwrap().unwrap();
        let day = Day::from_ymd(2017, 7, 31).unwrap();
        let mut keys: Vec<_> = own.cases.iter().map(|case| &case.id).collect();
        keys.extend(other.cases.iter().map(|case| &case.id));
        let mut found = BTreeMap::new();
        for key in keys {
            let case_of = |extract: &'_ Extract| -> Option<usize> {
                extract.cases.iter().position(|case| case.id == *key)
            };
            let first = Side {
                case: case_of(&own).map(|at| &own.cases[at]),
                measure: measure(model, "andel_uden_indsats"),
                known_on: Day::from_ymd(2017, 8, 22),
                drawn: own.date,
                codes: None,
            };
            let second = Side {
                case: case_of(&other).map(|at| &other.cases[at]),
                measure: measure(model, "andel_uden_i_registret"),
                known_on: None,
                drawn: other.date,
                codes: codes.get(key.reveal()),
            };
            assert!(measure_on(model, first.measure, day).is_some());
            if let Some(explained) = explain(model, day, &first, &second) {
                let standings = [first.standing(model, day), second.standing(model, day)];
                found.insert(key.reveal().to_owned(), (standings, explained));
            }
        }
        found
    }

    fn kind_of(fault: Fault) -> Kind {
        match fault {
            Fault::Overwritten => Kind::Overwritten,
            Fault::Cancelled => Kind::OtherValues,
            Fault::Shifted => Kind::Shifted,
            Fault::Stranger => Kind::MissingInFirst,
        }
    }

    /// The truth of who has which fault is known here alone; the comparison must find it, of any
    /// seed, and explain everyone else as well.
    #[test]
    fn every_fault_is_found_and_everyone_explained() {
        let model = model();
        for seed in [DEFAULT_SEED, 1, 2] {
            let cases = cases(seed);
            let put_in = faults(&cases, Random::new(seed ^ 0xd8ea));
            let found = differing(&model, seed);
            for (id, fault) in &put_in {
                let (standings, explained) = &found[&format!("H{id:04}")];
                assert_eq!(*standings, [Standing::NotCounted, Standing::Counted]);
                assert_eq!(explained.reasons[0].kind, kind_of(*fault), "{id} of {seed}");
            }
            let strangers = FAULTS.iter().find(|(fault, _)| *fault == Fault::Stranger);
            for number in 0..strangers.unwrap().1 {
                let (_, explained) = &found[&format!("H{:04}", cases.len() + 1 + number)];
                assert_eq!(explained.reasons[0].kind, Kind::MissingInFirst);
            }
            let kinds = |(_, explained): &([Standing; 2], Explained)| explained.reasons[0].kind;
            let kinds: Vec<Kind> = found.values().map(kinds).collect();
            assert!(!kinds.contains(&Kind::Unexplained), "{kinds:?}");
            assert!(kinds.contains(&Kind::Definition), "{kinds:?}");
        }
    }
}
