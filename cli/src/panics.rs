//! A panic is a bug, and its message may quote data: only the place in the code is kept of it, whoever
//! panicked.

use std::panic::{self, AssertUnwindSafe};
use std::sync::OnceLock;

/// Where the program panicked first, if it did.
static PANICKED: OnceLock<String> = OnceLock::new();

/// Keeps the place of a panic, and prints nothing.
pub(crate) fn keep_places() {
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string);
        PANICKED.get_or_init(|| place.unwrap_or_default());
    }));
}

/// Where the program panicked.
pub(crate) fn place() -> Option<&'static str> {
    let place = PANICKED.get().map(String::as_str);
    place.filter(|place| !place.is_empty())
}

/// Does the work; none if it panicked.
pub(crate) fn caught<T>(work: impl FnOnce() -> T) -> Option<T> {
    panic::catch_unwind(AssertUnwindSafe(work)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use hjemmel_grammar::diagnostic::Language;
    use std::process::Command;

    const SECRET: &str = "0101701234 Hemmelig Hansen";

    /// What a panic quotes is in no bug that is reported, and nowhere else. Run by the test below in a process of its
    /// own, with the hook of the program.
    #[test]
    #[ignore = "run by the test below in a process of its own"]
    fn panics_that_quote_a_person() {
        keep_places();
        let thread = std::thread::spawn(|| panic!("a thread: {SECRET}"));
        let joined = thread.join().unwrap_err();
        assert!(caught(|| panic::resume_unwind(joined)).is_none());
        assert!(caught(|| panic!("{SECRET}")).is_none());
        let refused: Result<(), &str> = std::hint::black_box(Err(SECRET));
        assert!(caught(|| refused.unwrap()).is_none());
        for language in [Language::Danish, Language::English] {
            crate::print::err(&crate::bug().render(language));
        }
    }

    #[test]
    fn what_a_panic_quotes_is_told_nowhere() {
        let own = std::env::current_exe().unwrap();
        let name = "panics::tests::panics_that_quote_a_person";
        let output = Command::new(own)
            .args(["--ignored", "--exact", "--nocapture", name])
            .env("RUST_BACKTRACE", "full")
            .env("RUST_LOG", "trace")
            .output()
            .unwrap();
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said);
        assert!(output.status.success(), "{said}");
        assert!(
            said.contains("der er en fejl i programmet (cli/src/panics.rs:"),
            "{said}"
        );
        assert!(!said.contains("Hansen") && !said.contains("1234"), "{said}");
        println!("FIGURE;F2;forced panics that quote a person;3");
        println!("FIGURE;F2;panics that told what they quote;0");
    }
}
