//! The Helsingør extract: about 900 invented persons, with histories from their first day on
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
mod efforts;
mod errors;
mod history;
mod people;
mod profiles;
mod random;
mod talks;
mod visitations;

use history::History;
use random::Random;

/// The seed of the files in `udtræk/`.
pub(crate) const DEFAULT_SEED: u64 = 20_170_913;

/// The extract of that seed: the files of the folder, each with its name and its text.
pub(crate) fn generate(seed: u64) -> Vec<(String, String)> {
    let roster = profiles::roster();
    let mut ids: Vec<usize> = (1..=roster.len()).collect();
    Random::new(seed).shuffle(&mut ids);
    let mut cases: Vec<(usize, History)> = Vec::new();
    for (member, id) in roster.into_iter().zip(ids) {
        // A generator of its own, so that one person's story never moves another's.
        cases.push((id, tell(member, Random::new(seed).fork(id))));
    }
    cases.sort_by_key(|(id, _)| *id);
    csv::files(&cases)
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
    history
}

#[cfg(test)]
mod tests {
    use super::{DEFAULT_SEED, generate};
    use std::path::Path;

    #[test]
    fn the_committed_files_are_those_of_the_default_seed() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("helsingor/udtræk");
        let files = generate(DEFAULT_SEED);
        for (name, text) in &files {
            let committed = std::fs::read_to_string(folder.join(name)).unwrap();
            assert!(
                *text == committed,
                "{name} differs: run the program `helsingor`"
            );
        }
        let committed = std::fs::read_dir(&folder).unwrap().count();
        assert_eq!(committed, files.len(), "a file too many in udtræk/");
    }

    #[test]
    fn another_seed_tells_other_stories_of_as_many_persons() {
        let (one, other) = (generate(1), generate(2));
        let persons = |files: &[(String, String)]| {
            let person = files.iter().find(|(name, _)| name == "person.csv");
            person.map(|(_, text)| text.lines().count())
        };
        assert_eq!(persons(&one), Some(902));
        assert_eq!(persons(&one), persons(&other));
        assert!(one != other);
    }
}
