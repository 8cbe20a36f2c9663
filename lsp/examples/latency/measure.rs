//! Edits in all servers by turns, and the times they take.

use crate::Outcome;
use crate::server::{Kind, QUESTIONS, Server};
use crate::texts::Layout;
use std::time::Duration;

/// How many edits come before those that are measured.
const WARM: usize = 5;

/// What was measured of a server.
pub(crate) struct Measured {
    pub(crate) name: String,
    /// From the edit to its diagnostics, one edit after the other, as an author types.
    pub(crate) typing: Times,
    /// The same when questions have been asked since the edit before, as editors do in pauses.
    pub(crate) diagnostics: Times,
    /// Of each question, in their order.
    pub(crate) answers: Vec<Times>,
}

/// How long something took, each time.
#[derive(Clone, Default)]
pub(crate) struct Times {
    all: Vec<Duration>,
    /// Some answer said something.
    pub(crate) says: bool,
}

impl Times {
    fn add(&mut self, time: Duration, says: bool) {
        self.all.push(time);
        self.says |= says;
    }

    /// What so many of a hundred took at most; nothing if nothing was measured.
    pub(crate) fn percentile(&self, percent: usize) -> Option<Duration> {
        let mut sorted = self.all.clone();
        sorted.sort();
        let last = sorted.len().checked_sub(1)?;
        // The nearest rank, upwards: of few, the greatest.
        let rank = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
        sorted.get(rank.min(last)).copied()
    }
}

/// Measures so many edits of a text in each server.
pub(crate) fn measure(
    kinds: &[Kind],
    layout: Layout,
    lines: usize,
    edits: usize,
) -> Outcome<Vec<Measured>> {
    let mut turns = Vec::new();
    for kind in kinds {
        let server = Server::start(kind, layout, lines)?;
        let measured = Measured {
            name: kind.name.clone(),
            typing: Times::default(),
            diagnostics: Times::default(),
            answers: vec![Times::default(); QUESTIONS.len()],
        };
        turns.push((server, measured));
    }
    for round in 0..WARM + edits {
        for (server, measured) in &mut turns {
            let time = server.edit()?;
            if WARM <= round {
                measured.typing.add(time, true);
            }
        }
    }
    for round in 0..WARM + edits {
        for (server, measured) in &mut turns {
            once(server, measured, WARM <= round)?;
        }
    }
    let mut all = Vec::new();
    for (server, measured) in turns {
        server.stop()?;
        all.push(measured);
    }
    Ok(all)
}

/// One edit, and every question after its diagnostics.
fn once(server: &mut Server, measured: &mut Measured, counts: bool) -> Outcome<()> {
    let time = server.edit()?;
    if counts {
        measured.diagnostics.add(time, true);
    }
    for (question, times) in QUESTIONS.iter().zip(&mut measured.answers) {
        match server.ask(question)? {
            Some((time, says)) if counts => times.add(time, says),
            _ => {}
        }
    }
    Ok(())
}
