//! Writes the Helsingør extract and the register's twin of it: `helsingor [seed]`. With a folder the
//! extract alone, there: `helsingor seed folder [weeks]`, every date so many weeks later.

#[path = "mod.rs"]
mod helsingor;

use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let seed = match arguments.next() {
        Some(seed) => seed.parse()?,
        None => helsingor::DEFAULT_SEED,
    };
    let place = concat!(env!("CARGO_MANIFEST_DIR"), "/helsingor");
    let Some(folder) = arguments.next() else {
        write(
            &Path::new(place).join("udtræk"),
            helsingor::generate(seed, 0),
        )?;
        return write(
            &Path::new(place).join("register"),
            helsingor::register(seed),
        );
    };
    let weeks = match arguments.next() {
        Some(weeks) => weeks.parse()?,
        None => 0,
    };
    write(Path::new(&folder), helsingor::generate(seed, weeks))
}

fn write(folder: &Path, files: Vec<(String, String)>) -> Result<(), Box<dyn Error>> {
    std::fs::create_dir_all(folder)?;
    for (name, text) in files {
        std::fs::write(folder.join(name), text)?;
    }
    Ok(())
}
