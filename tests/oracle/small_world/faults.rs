//! That the comparison can go red: each defect that is planted in the oracle is found in the small
//! world.

use super::{CORNERS, Corner, Last, Small, Tally};
use crate::oracle::world::Fault;

/// Whether some history of the corner shows the fault.
fn shows(corner: &Corner, fault: Fault) -> bool {
    let small = Small::new(corner);
    let known = |history: &super::History| {
        !history
            .iter()
            .flatten()
            .any(|span| span.last == Last::Unknown)
    };
    // Every seventh history is enough, and spreads over all of them.
    let mut histories = small.histories().into_iter().filter(known).step_by(7);
    histories.any(|history| {
        let faulty = small.answers(history, Some(fault));
        small
            .compare(history, &[&faulty], &mut Tally::default())
            .is_err()
    })
}

#[test]
fn every_planted_fault_is_found() {
    let missed: Vec<_> = Fault::ALL
        .iter()
        .filter(|fault| !CORNERS.iter().any(|corner| shows(corner, **fault)))
        .collect();
    assert!(missed.is_empty(), "not found: {missed:?}");
}
