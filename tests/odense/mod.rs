//! The Odense extract: 2,000 invented persons, with histories from their first day on benefit on,
//! built so that the rules find the three figures of the memo of 15 December 2017.
//!
//! [`flows`] says how many there are of each fate, week by week; the other files tell the stories.
//! No result is stored: a row says what a register would say, and what follows is for the rules.

mod csv;
mod efforts;
mod flows;
mod life;
mod registers;

use hjemmel_tests::random::Random;
use life::Life;

/// The seed of the files in `udtræk/`.
pub(crate) const DEFAULT_SEED: u64 = 20_171_215;

/// The extract of that seed: the files of the folder, each with its name and its text.
pub(crate) fn generate(seed: u64) -> Vec<(String, String)> {
    let roster = flows::roster();
    let mut ids: Vec<usize> = (1..=roster.len()).collect();
    Random::new(seed).shuffle(&mut ids);
    let mut lives: Vec<(usize, Life)> = Vec::new();
    for (member, id) in roster.into_iter().zip(ids) {
        // A generator of its own, so that one person's story never moves another's.
        let mut life = Life::of(member, Random::new(seed).fork(id));
        registers::add(&mut life);
        efforts::add(&mut life);
        registers::add_about_efforts(&mut life);
        lives.push((id, life));
    }
    lives.sort_by_key(|(id, _)| *id);
    csv::files(&lives)
}

#[cfg(test)]
mod tests {
    use super::{DEFAULT_SEED, generate};
    use std::path::Path;

    #[test]
    fn the_committed_files_are_those_of_the_default_seed() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("odense/udtræk");
        let files = generate(DEFAULT_SEED);
        for (name, text) in &files {
            let committed = std::fs::read_to_string(folder.join(name)).unwrap();
            assert!(
                *text == committed,
                "{name} differs: run the program `odense`"
            );
        }
        let committed = std::fs::read_dir(&folder).unwrap().count();
        assert_eq!(committed, files.len(), "a file too many in udtræk/");
    }
}
