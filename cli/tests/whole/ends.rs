//! Killed at any moment and started again: what is open is all that the new server needs; and when
//! the client is gone, so is the server.

use crate::dice::Dice;
use crate::editor::Editor;
use crate::{figure, is_night, setting};
use std::path::Path;
use std::time::{Duration, Instant};

#[test]
fn a_server_that_was_killed_begins_anew_from_what_is_open() {
    let rounds = if is_night() { 1000 } else { 3 };
    let mut dice = Dice::new(setting("HJEMMEL_SEED", 2017));
    let folder = tempfile::Builder::new()
        .prefix("hjemmel-")
        .tempdir()
        .unwrap();
    let rules = "begreb a \"😀\"\n  hjemmel kilde \"Prøve\"\n  når alder er over 3\n";
    std::fs::write(folder.path().join("disk.regel"), rules).unwrap();
    let path = folder
        .path()
        .join("åben.regel")
        .to_str()
        .unwrap()
        .to_owned();
    // The name is declared on disk; the text that is open has a mistake that nothing on disk has.
    let open = "begreb b\n  hjemmel kilde \"Prøve\"\n  når a og findes_ikke\n";
    let (mut ready, mut ending, mut left) = (Duration::ZERO, Duration::ZERO, 0);
    for round in 0..rounds {
        let mut editor = Editor::start(&[folder.path()]);
        editor.open(&path, 1, open);
        editor.listen(Duration::from_millis(u64::try_from(dice.roll(40)).unwrap()));
        editor.kill();

        let began = Instant::now();
        let mut editor = Editor::start(&[folder.path()]);
        editor.open(&path, 7, open);
        while !editor.told.contains_key(&path) {
            assert!(
                began.elapsed() < Duration::from_secs(20),
                "round {round}: nothing is told"
            );
            editor.listen(Duration::from_millis(5));
        }
        ready = ready.max(began.elapsed());
        let (version, found) = &editor.told[&path];
        let codes: Vec<&str> = found.iter().filter_map(|it| it["code"].as_str()).collect();
        assert_eq!(
            (*version, codes.contains(&"H0201")),
            (Some(7), true),
            "round {round}: {codes:?}"
        );
        let process = editor.process();
        let (_, took) = editor.leave();
        ending = ending.max(took);
        left += u32::from(Path::new("/proc").join(process.to_string()).exists());
    }
    figure("E10", "rounds of kill and start again", rounds);
    figure(
        "E10",
        "slowest first diagnostics after a start, in ms",
        ready.as_millis(),
    );
    figure(
        "E10",
        "slowest end after the input is closed, in ms",
        ending.as_millis(),
    );
    figure("E10", "processes left behind", left);
    assert_eq!(left, 0);
    assert!(ending < Duration::from_secs(2), "{ending:?}");
}
