//! The Helsingør extract: about 1,100 invented persons, with histories from their first day on
//! benefit on, built so that the rules find the totals of the memo of 13 September 2017.
//!
//! [`profiles`] says how many there are of each story; the other files tell the stories. No result
//! is stored: a row says what a register would say, and what follows from it is for the rules.

mod absence;
mod assessments;
mod benefits;
mod calendar;
mod causes;
mod csv;
mod departures;
mod efforts;
mod errors;
mod history;
mod people;
mod profiles;
mod register;
mod talks;
mod visitations;

use history::History;
use hjemmel_tests::random::Random;

/// The seed of the files in `udtræk/`.
pub(crate) const DEFAULT_SEED: u64 = 20_170_913;

/// The extract of that seed: the files of the folder, each with its name and its text. Every date is
/// moved so many weeks (the same stories under later law, on the same days of the week).
pub(crate) fn generate(seed: u64, weeks: i64) -> Vec<(String, String)> {
    csv::files(&cases(seed), weeks)
}

/// The register's twin of that extract.
pub(crate) fn register(seed: u64) -> Vec<(String, String)> {
    register::files(&cases(seed), seed)
}

/// Everybody's story, by number.
fn cases(seed: u64) -> Vec<(usize, History)> {
    let roster = profiles::roster();
    let mut ids: Vec<usize> = (1..=roster.len()).collect();
    Random::new(seed).shuffle(&mut ids);
    let mut cases: Vec<(usize, History)> = Vec::new();
    for (member, id) in roster.into_iter().zip(ids) {
        // A generator of its own, so that one person's story never moves another's.
        cases.push((id, tell(member, Random::new(seed).fork(id))));
    }
    // Those who had left come after the others, by chance of their own: nobody else is moved.
    let departed = profiles::departed();
    let mut more: Vec<usize> = (cases.len() + 1..=cases.len() + departed.len()).collect();
    Random::new(seed).fork(0).shuffle(&mut more);
    for (member, id) in departed.into_iter().zip(more) {
        cases.push((id, tell(member, Random::new(seed).fork(id))));
    }
    cases.sort_by_key(|(id, _)| *id);
    cases
}

/// The whole story of one person, register by register.
fn tell(member: profiles::Member, random: Random) -> History {
    let mut history = people::born(member, random);
    benefits::add(&mut history);
    visitations::add(&mut history);
    efforts::add(&mut history);
    errors::add(&mut history);
    errors::plan(&mut history);
    absence::add(&mut history);
    assessments::add(&mut history);
    causes::add(&mut history);
    talks::add(&mut history);
    departures::add(&mut history);
    history
}

#[cfg(test)]
mod tests {
    use super::{DEFAULT_SEED, generate, register};
    use std::path::Path;

    #[test]
    fn the_committed_files_are_those_of_the_default_seed() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("helsingor");
        let all = [
            ("udtræk", generate(DEFAULT_SEED, 0)),
            ("register", register(DEFAULT_SEED)),
        ];
        for (folder, files) in all.map(|(name, files)| (folder.join(name), files)) {
            for (name, text) in &files {
                let committed = std::fs::read_to_string(folder.join(name)).unwrap();
                assert!(
                    *text == committed,
                    "{name} differs: run the program `helsingor`"
                );
            }
            let committed = std::fs::read_dir(&folder).unwrap().count();
            assert_eq!(committed, files.len(), "a file too many in {folder:?}");
        }
    }

    #[test]
    fn another_seed_tells_other_stories_of_as_many_persons() {
        let (one, other) = (generate(1, 0), generate(2, 0));
        let persons = |files: &[(String, String)]| {
            let person = files.iter().find(|(name, _)| name == "person.csv");
            person.map(|(_, text)| text.lines().count())
        };
        assert_eq!(persons(&one), Some(1_093));
        assert_eq!(persons(&one), persons(&other));
        assert!(one != other);
    }

    #[test]
    fn an_extract_moved_in_time_is_the_same_on_other_days() {
        let moved = |weeks| generate(DEFAULT_SEED, weeks);
        let (now, later) = (moved(0), moved(126));
        let dated = |text: &str| -> Vec<(String, Option<chrono::NaiveDate>)> {
            let cells = text.split([';', '\n', ' ', '}']);
            let date = |cell: &str| {
                let formats = ["%d-%m-%Y", "%Y-%m-%d"];
                let mut dates = formats
                    .iter()
                    .filter_map(|format| chrono::NaiveDate::parse_from_str(cell, format).ok());
                dates.next()
            };
            cells
                .map(|cell| match date(cell) {
                    Some(day) => (String::new(), Some(day)),
                    None => (cell.to_owned(), None),
                })
                .collect()
        };
        for ((name, text), (same, other)) in now.iter().zip(&later) {
            assert_eq!(name, same);
            let (text, other) = (dated(text), dated(other));
            assert_eq!(text.len(), other.len(), "{name}");
            for ((word, day), (same, then)) in text.iter().zip(&other) {
                assert_eq!(word, same, "{name}");
                let weeks = day.zip(*then).map(|(day, then)| (then - day).num_days());
                assert!(
                    weeks.is_none_or(|days| days == 7 * 126),
                    "{name}: {day:?} {then:?}"
                );
            }
        }
        assert!(later.iter().any(|(_, text)| text.contains("2020-02-12")));
    }
}
