//! Work that is divided among the cores of the machine.

use std::num::NonZero;
use std::thread::available_parallelism;

/// How many of `all` items each thread takes, so that all cores have as many; never fewer than `least`, which are worth a
/// thread of their own. The system is asked for its cores only if there is something to divide: on Linux it
/// reads several files to answer, which takes longer than a short text.
#[must_use]
pub fn share(all: usize, least: usize) -> usize {
    if all <= least {
        return least;
    }
    let cores = available_parallelism().map_or(1, NonZero::get);
    all.div_ceil(cores).max(least)
}
