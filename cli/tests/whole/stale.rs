//! What is out of date is never shown: every publication of diagnostics is of a version that the
//! document can have, whatever is typed meanwhile, closed, and opened again with a lower version.

use crate::dice::Dice;
use crate::editor::Editor;
use crate::{figure, is_night, setting};
use serde_json::json;
use std::time::{Duration, Instant};

#[test]
fn what_is_out_of_date_is_never_shown() {
    let wanted = if is_night() { 100_000 } else { 400 };
    let mut dice = Dice::new(setting("HJEMMEL_SEED", 2017));
    let folder = tempfile::Builder::new()
        .prefix("hjemmel-")
        .tempdir()
        .unwrap();
    let paths = ["a.regel", "b.regel", "ø.regel"]
        .map(|name| folder.path().join(name).to_str().unwrap().to_owned());
    let mut editor = Editor::start(&[folder.path()]);
    let mut versions = [None; 3];
    let until = Instant::now() + Duration::from_secs(3600);
    while editor.counted.published < wanted && Instant::now() < until {
        let n = dice.roll(3);
        let text = format!(
            "begreb x{} \"😀\"\n  hjemmel kilde \"Prøve\"\n  når y{}\n",
            dice.roll(9),
            dice.roll(9)
        );
        versions[n] = match versions[n] {
            None => {
                let version = i64::try_from(dice.roll(5)).unwrap();
                editor.open(&paths[n], version, &text);
                Some(version)
            }
            Some(_) if dice.chance(4) => {
                editor.close(&paths[n]);
                None
            }
            Some(version) => {
                let version = version + 1 + i64::from(dice.chance(10));
                editor.change(&paths[n], version, vec![json!({ "text": text })]);
                Some(version)
            }
        };
        if dice.chance(50) {
            editor.wonder("textDocument/documentSymbol", crate::desk::about(&paths[n]));
        }
        // Most often no longer than the server takes; now and then far longer.
        let pause = match dice.roll(4_000) {
            0 => 2_000,
            1..3_000 => 0,
            _ => dice.roll(6),
        };
        editor.listen(Duration::from_millis(u64::try_from(pause).unwrap()));
        if 200 < editor.open_requests() {
            editor.settle();
        }
    }
    editor.settle();
    figure("E3", "diagnostics published", editor.counted.published);
    figure("E3", "stale", editor.counted.stale);
    figure("E3", "without a version", editor.counted.without_version);
    assert!(editor.faults.is_empty(), "{:#?}", editor.faults);
    assert!(wanted <= editor.counted.published);
    assert!(editor.end().0.success());
}
