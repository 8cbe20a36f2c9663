//! Panics of the libraries that read foreign formats: caught where they are called, as the file's fault.

/// Where our own code is compiled from.
const OURS: [&str; 5] = ["dsl-grammar", "engine", "extracts", "ide", "tests/fuzz"];

/// From now on a panic that a library raises passes to whoever called it, and only one of our own code ends
/// the process at once. A library's panic that nobody catches ends it too.
pub fn quiet_libraries() {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map_or("", |place| place.file());
        let ours = OURS.iter().any(|folder| {
            let beside = format!("/{folder}/src/");
            place.contains(&beside) || place.starts_with(beside.trim_start_matches('/'))
        });
        if ours && !place.contains("/registry/") {
            eprintln!("{info}");
            std::process::abort();
        }
    }));
}
