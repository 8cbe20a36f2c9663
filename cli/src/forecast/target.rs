//! The target of a share: `højst 0`, `at least 80`, or a number held as the measure's own limit is.

use crate::exit::Failure;
use crate::print;
use hjemmel_engine::forecast::Target;
use hjemmel_engine::measure::{limit_on, measure_on};
use hjemmel_engine::model::{MeasureId, Model};
use hjemmel_engine::time::Day;
use hjemmel_grammar::syntax::Order;

/// A target as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wanted {
    order: Option<Order>,
    /// In thousandths.
    percent: i64,
}

/// Reads a target.
pub(crate) fn parse(text: &str) -> Result<Wanted, Failure> {
    let orders = [
        ("højst", Order::AtMost),
        ("at most", Order::AtMost),
        ("mindst", Order::AtLeast),
        ("at least", Order::AtLeast),
        ("under", Order::Under),
        ("over", Order::Over),
    ];
    let trimmed = text.trim();
    let found = orders
        .into_iter()
        .find_map(|(word, order)| Some((order, trimmed.strip_prefix(word)?)));
    let (order, number) = match found {
        Some((order, number)) => (Some(order), number),
        None => (None, trimmed),
    };
    let words = ["%", "procent", "percent"];
    let number = words.into_iter().fold(number.trim(), |number, word| {
        number.trim_end_matches(word).trim()
    });
    match thousandths(number) {
        Some(percent) if (0..=100_000).contains(&percent) => Ok(Wanted { order, percent }),
        _ => Err(Failure::usage(
            format!("{}: ikke et mål i procent", print::harmless(text)),
            format!("{}: not a target in per cent", print::harmless(text)),
        )
        .hint(
            "skriv f.eks. \"højst 0\" eller \"mindst 80\"",
            "write \"at most 0\" or \"at least 80\", for instance",
        )),
    }
}

/// `12,5` and `12.5` in thousandths.
pub(crate) fn thousandths(text: &str) -> Option<i64> {
    let (whole, decimals) = text.split_once([',', '.']).unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(decimals) || decimals.len() > 3 {
        return None;
    }
    let whole: i64 = whole.parse().ok()?;
    let decimals: i64 = format!("{decimals:0<3}").parse().ok()?;
    whole.checked_mul(1000)?.checked_add(decimals)
}

/// The target, held as it says itself or as the measure's limit on the day is.
pub(crate) fn of(
    model: &Model,
    wanted: Wanted,
    measure: MeasureId,
    day: Day,
) -> Result<Target, Failure> {
    let version = measure_on(model, measure, day);
    let limit = version.and_then(|version| limit_on(model, &version.body, day));
    let order = wanted.order.or(limit.map(|(order, _)| order));
    let Some(order) = order else {
        return Err(Failure::usage(
            "målingen har ingen grænse, så målet skal sige, om andelen skal være højst eller mindst så stor",
            "the measure has no limit, so the target must say whether the share is to be at most or at least that",
        )
        .hint(
            "skriv f.eks. --target \"højst 0\"",
            "write --target \"at most 0\", for instance",
        ));
    };
    Ok(Target {
        order,
        percent: wanted.percent,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_read_in_both_languages() {
        let of = |text| parse(text).map(|it| (it.order, it.percent)).ok();
        assert_eq!(of("højst 0"), Some((Some(Order::AtMost), 0)));
        assert_eq!(of("at least 80.5 %"), Some((Some(Order::AtLeast), 80_500)));
        assert_eq!(of("under 20 procent"), Some((Some(Order::Under), 20_000)));
        assert_eq!(of("12,25"), Some((None, 12_250)));
        assert_eq!(of("101"), None);
        assert_eq!(of("-1"), None);
        assert_eq!(of("mindst"), None);
    }
}
