//! Drawing a sample: simple random sampling without replacement in each stratum.
//!
//! How many a stratum gives is settled first. Then the strata are gone through in the order given,
//! with one generator for all of them: of a stratum's members, in their order, the first place is
//! changed with one of the places from it on, the next place likewise, and so on (Fisher and Yates),
//! until there are as many as it gives. The seed and the order of strata and members decide it all.

use super::random::Random;

/// How a sample is shared out among strata.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allocation {
    /// By the sizes of the strata: one from each that is not empty, and then one at a time from the
    /// stratum that is furthest below its share (the largest remainders, where one from each is not
    /// more than its share).
    Proportional,
    /// The same number from each, as far as it has members.
    Equal,
}

/// Why no sample was drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotDrawn {
    /// There is nothing to draw from.
    Nobody,
    /// There are more strata than the sample has room for: each of them must be represented.
    TooFew {
        /// How many strata are not empty.
        strata: usize,
    },
}

/// For each stratum the positions of the members that are drawn, in order. `sizes` says how many
/// members each stratum has. A `size` beyond all members draws them all.
///
/// # Errors
///
/// [`NotDrawn`] if there is nobody, or fewer than the strata that are not empty.
pub fn draw(
    sizes: &[usize],
    size: usize,
    allocation: Allocation,
    seed: u64,
) -> Result<Vec<Vec<usize>>, NotDrawn> {
    let shares = allocate(sizes, size, allocation)?;
    let mut random = Random::new(seed);
    let strata = sizes.iter().zip(shares);
    Ok(strata
        .map(|(members, share)| some_of(*members, share, &mut random))
        .collect())
}

/// So many of the numbers below `members`, in order.
fn some_of(members: usize, share: usize, random: &mut Random) -> Vec<usize> {
    let mut all: Vec<usize> = (0..members).collect();
    for place in 0..share.min(members) {
        let rest = u64::try_from(members.saturating_sub(place)).unwrap_or(u64::MAX);
        let step = usize::try_from(random.below(rest)).unwrap_or(0);
        all.swap(place, place.saturating_add(step));
    }
    all.truncate(share);
    all.sort_unstable();
    all
}

/// How many each stratum gives.
fn allocate(sizes: &[usize], size: usize, allocation: Allocation) -> Result<Vec<usize>, NotDrawn> {
    let members = sizes
        .iter()
        .fold(0_usize, |sum, size| sum.saturating_add(*size));
    let strata = sizes.iter().filter(|size| **size > 0).count();
    if members == 0 || size == 0 {
        return Err(NotDrawn::Nobody);
    }
    let size = size.min(members);
    if size < strata {
        return Err(NotDrawn::TooFew { strata });
    }
    let mut shares: Vec<usize> = sizes.iter().map(|size| usize::from(*size > 0)).collect();
    let mut left = size.saturating_sub(strata);
    while left > 0 {
        let Some(at) = next(sizes, &shares, size, members, allocation) else {
            break;
        };
        if let Some(share) = shares.get_mut(at) {
            *share = share.saturating_add(1);
        }
        left = left.saturating_sub(1);
    }
    Ok(shares)
}

/// The stratum that gives one more: the one that is furthest below what it ought to give; of equals
/// the first.
fn next(
    sizes: &[usize],
    shares: &[usize],
    size: usize,
    members: usize,
    allocation: Allocation,
) -> Option<usize> {
    let lacks = |members_here: usize, share: usize| match allocation {
        // The share in units of one part in `members`.
        Allocation::Proportional => {
            let ought = u128_of(size).saturating_mul(u128_of(members_here));
            let has = u128_of(share).saturating_mul(u128_of(members));
            i128_of(ought).saturating_sub(i128_of(has))
        }
        Allocation::Equal => i128_of(u128_of(share)).saturating_neg(),
    };
    let open = sizes.iter().zip(shares).enumerate();
    let open = open.filter(|(_, (members_here, share))| share < members_here);
    open.max_by_key(|(at, (members_here, share))| {
        (lacks(**members_here, **share), std::cmp::Reverse(*at))
    })
    .map(|(at, _)| at)
}

fn i128_of(number: u128) -> i128 {
    i128::try_from(number).unwrap_or(i128::MAX)
}

fn u128_of(count: usize) -> u128 {
    u128::try_from(count).unwrap_or(u128::MAX)
}
