//! That the comparison can go red: each defect that is planted in the oracle is found in the small
//! world.

use super::{Last, Small, Tally};
use crate::oracle::world::Fault;

/// Whether some history of the corner shows the fault.
fn shows(corner: &str, fault: Fault) -> bool {
    let small = Small::named(corner);
    let mut histories = small.histories();
    histories.retain(|history| {
        !history
            .iter()
            .flatten()
            .any(|span| span.last == Last::Unknown)
    });
    // Far apart first: most faults show early.
    let (far, near): (Vec<_>, Vec<_>) = (0..histories.len()).partition(|i| i % 37 == 0);
    far.into_iter().chain(near).any(|i| {
        let faulty = small.answers(histories[i], Some(fault));
        small
            .compare(histories[i], &[&faulty], &mut Tally::default())
            .is_err()
    })
}

#[test]
fn every_planted_fault_is_found() {
    let missed: Vec<_> = Fault::ALL
        .iter()
        .filter(|(fault, corner)| !shows(corner, *fault))
        .collect();
    assert!(missed.is_empty(), "not found: {missed:?}");
}
