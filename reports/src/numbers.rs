//! Numbers as they are written: in thousandths here, so that nothing is rounded on the way.

use hjemmel_grammar::diagnostic::Language;

/// A number in thousandths, with the decimals it has: `1,5`, `1.5`.
pub(crate) fn thousandths(number: i64, language: Language) -> String {
    let plain = plain(number);
    match language {
        Language::Danish => plain.replace('.', ","),
        Language::English => plain,
    }
}

/// A number in thousandths with one decimal, rounded half away from zero: `34,3`.
pub(crate) fn tenths(number: i64, language: Language) -> String {
    let sign = if number < 0 { "-" } else { "" };
    let tenths = number.unsigned_abs().saturating_add(50) / 100;
    let (whole, rest) = (tenths / 10, tenths % 10);
    match language {
        Language::Danish => format!("{sign}{whole},{rest}"),
        Language::English => format!("{sign}{whole}.{rest}"),
    }
}

/// A share in thousandths of a per cent, with one decimal: `34,3 %`, `34.3%`.
pub(crate) fn percent(share: i64, language: Language) -> String {
    let sign = match language {
        Language::Danish => " %",
        Language::English => "%",
    };
    tenths(share, language) + sign
}

/// A number of things with its thousands apart: `12.345`, `12,345`.
pub(crate) fn count(number: i64, language: Language) -> String {
    let separator = match language {
        Language::Danish => '.',
        Language::English => ',',
    };
    let digits = number.unsigned_abs().to_string();
    let mut out = if number < 0 { "-" } else { "" }.to_owned();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && digits.len().saturating_sub(at).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

/// A number in thousandths as machines write it: `1.5`, `-0.25`, `3`.
pub(crate) fn plain(number: i64) -> String {
    decimal(number, 3)
}

/// A number in units of which `places` decimals make one, as machines write it.
pub(crate) fn decimal(number: i64, places: usize) -> String {
    let sign = if number < 0 { "-" } else { "" };
    let digits = format!(
        "{:0>width$}",
        number.unsigned_abs(),
        width = places.saturating_add(1)
    );
    let (whole, rest) = digits
        .split_at_checked(digits.len().saturating_sub(places))
        .unwrap_or((&digits, ""));
    let rest = rest.trim_end_matches('0');
    if rest.is_empty() {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{rest}")
    }
}

/// The same as a floating-point number, for files that know no other.
pub(crate) fn float(number: i64, places: usize) -> f64 {
    // What `decimal` writes is always a number.
    decimal(number, places).parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_without_loss() {
        assert_eq!(thousandths(1_500, Language::Danish), "1,5");
        assert_eq!(plain(-250), "-0.25");
        assert_eq!(plain(3_000), "3");
        assert_eq!(decimal(34_315, 5), "0.34315");
        assert_eq!(tenths(34_350, Language::Danish), "34,4");
        assert_eq!(tenths(-50, Language::English), "-0.1");
        assert_eq!(percent(34_315, Language::Danish), "34,3 %");
        assert_eq!(percent(34_315, Language::English), "34.3%");
        assert_eq!(count(1_234_567, Language::Danish), "1.234.567");
        assert_eq!(count(-901, Language::English), "-901");
    }
}
