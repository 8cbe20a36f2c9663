//! Writes the Helsingør extract and the register's twin of it: `helsingor [seed] [folder]`.

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
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/helsingor")),
        PathBuf::from,
    );
    let both = [
        ("udtræk", helsingor::generate(seed)),
        ("register", helsingor::register(seed)),
    ];
    for (name, files) in both {
        let folder = folder.join(name);
        std::fs::create_dir_all(&folder)?;
        for (name, text) in files {
            std::fs::write(folder.join(name), text)?;
        }
    }
    Ok(())
}
