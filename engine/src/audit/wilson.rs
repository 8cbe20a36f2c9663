//! Wilson's interval for a share, in whole numbers.

/// A share or a count with nine decimals.
const SCALE: u128 = 1_000_000_000;
/// z² of 95 per cent on both sides together: 1.959963984540…²
const Z_SQUARED: u128 = 3_841_458_821;
/// A share as it is told: thousandths of a per cent.
const WHOLE: u128 = 100_000;

/// A share and its bounds in thousandths of a per cent.
pub(super) struct Interval {
    pub(super) share: u32,
    pub(super) low: u32,
    pub(super) high: u32,
}

/// The interval of `part` of `whole`, which have been weighted, and counted with an effective
/// number of `effective` (in billionths). `None` where `whole` is nothing.
pub(super) fn interval(part: u128, whole: u128, effective: u128) -> Option<Interval> {
    let share = ratio(part, SCALE, whole)?;
    let not = SCALE.saturating_sub(share);
    let divisor = effective.saturating_add(Z_SQUARED);
    // (n·p + z²/2) / (n + z²), and z·√(n·p·(1−p) + z²/4) / (n + z²).
    let counted = effective.saturating_mul(share) / SCALE;
    let middle = counted.saturating_add(Z_SQUARED / 2);
    let spread = counted.saturating_mul(not) / SCALE;
    let inside = Z_SQUARED.saturating_mul(spread.saturating_add(Z_SQUARED / 4));
    let half = inside.isqrt();
    // At the ends the two are equal but for what was rounded off.
    let low = if part == 0 {
        0
    } else {
        middle.saturating_sub(half)
    };
    let high = if part >= whole {
        divisor
    } else {
        middle.saturating_add(half)
    };
    Some(Interval {
        share: self::share(part, whole)?,
        low: small(ratio(low, WHOLE, divisor)?),
        high: small(ratio(high.min(divisor), WHOLE, divisor)?),
    })
}

/// A share in thousandths of a per cent.
pub(super) fn share(part: u128, whole: u128) -> Option<u32> {
    ratio(part, WHOLE, whole).map(small)
}

/// `effective` of [`interval`] for so many weights: Kish's (Σw)² / Σw², in billionths.
pub(super) fn effective(sum: u128, sum_of_squares: u128) -> u128 {
    // The weights are in millionths, and so are of no more than 10¹⁵ for a million lines.
    ratio(sum.saturating_mul(sum), SCALE, sum_of_squares).unwrap_or(0)
}

/// `part · scale / whole`, rounded half up.
fn ratio(part: u128, scale: u128, whole: u128) -> Option<u128> {
    let doubled = part
        .checked_mul(scale)?
        .checked_mul(2)?
        .checked_add(whole)?;
    doubled.checked_div(whole.checked_mul(2)?)
}

fn small(share: u128) -> u32 {
    u32::try_from(share).unwrap_or(u32::MAX)
}
