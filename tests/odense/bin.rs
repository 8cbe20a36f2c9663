//! Writes the Odense extract: `odense [seed] [folder]`.

#[path = "mod.rs"]
mod odense;

use std::error::Error;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let seed = match arguments.next() {
        Some(seed) => seed.parse()?,
        None => odense::DEFAULT_SEED,
    };
    let folder = arguments.next().map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/odense/udtræk")),
        PathBuf::from,
    );
    std::fs::create_dir_all(&folder)?;
    for (name, text) in odense::generate(seed) {
        std::fs::write(folder.join(name), text)?;
    }
    Ok(())
}
