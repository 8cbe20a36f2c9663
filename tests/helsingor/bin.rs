//! Writes the Helsingør extract: `helsingor [seed] [folder] [weeks]`: every date so many
//! weeks later.

#[path = "mod.rs"]
mod helsingor;

use std::error::Error;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let seed = match arguments.next() {
        Some(seed) => seed.parse()?,
        None => helsingor::DEFAULT_SEED,
    };
    let folder = arguments.next().map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/helsingor/udtræk")),
        PathBuf::from,
    );
    let weeks = match arguments.next() {
        Some(weeks) => weeks.parse()?,
        None => 0,
    };
    std::fs::create_dir_all(&folder)?;
    for (name, text) in helsingor::generate(seed, weeks) {
        std::fs::write(folder.join(name), text)?;
    }
    Ok(())
}
