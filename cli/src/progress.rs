//! How far a long command has come, on a terminal.

use crate::language::count;
use crate::print;
use crate::session::Session;
use std::io::IsTerminal as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

/// What is counted on the way.
#[derive(Debug, Default)]
pub(crate) struct Progress {
    /// Rows that were read.
    pub(crate) rows: AtomicU64,
    /// Persons who were judged.
    pub(crate) persons: AtomicU64,
}

/// Does the work, and shows meanwhile how far it has come if stderr is a terminal.
pub(crate) fn shown<T>(session: &Session, progress: &Progress, work: impl FnOnce() -> T) -> T {
    let language = session.language();
    let rows = session.say("rækker læst", "rows read");
    let persons = session.say("personer bedømt", "persons judged");
    let line = move || {
        let number = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        // What reads everything first has no rows to count.
        let rows = match number(&progress.rows) {
            0 => String::new(),
            read => format!("{} {rows} · ", count(read, language)),
        };
        let judged = count(number(&progress.persons), language);
        format!("{rows}{judged} {persons}")
    };
    told(line, work)
}

/// Does the work, and shows a line of how far it has come again and again if stderr is a terminal.
pub(crate) fn told<T>(line: impl Fn() -> String + Send, work: impl FnOnce() -> T) -> T {
    if !std::io::stderr().is_terminal() {
        return work();
    }
    thread::scope(|scope| {
        // Dropped at the end of the work, however it ends.
        let (working, ended) = channel::<()>();
        let show = move || {
            let pause = Duration::from_millis(200);
            while ended.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
                print::in_place(&line());
            }
            print::in_place("");
        };
        // Without a thread to spare nothing is shown.
        let shower = thread::Builder::new().spawn_scoped(scope, show);
        let result = work();
        drop(working);
        if let Ok(shower) = shower {
            // What is printed next begins on a clean line.
            let _ = shower.join();
        }
        result
    })
}
