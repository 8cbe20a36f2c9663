//! The pages of diagnostics: what a code means, an example, and what to do.

use hjemmel_grammar::diagnostic::Language;

/// Every code with its page.
macro_rules! pages {
    ($($code:ident)*) => {
        const PAGES: &[(&str, &str)] = &[$((
            stringify!($code),
            include_str!(concat!("../../engine/diagnostics/", stringify!($code), ".md")),
        )),*];
    };
}

pages! {
    H0101 H0102 H0103 H0104 H0105 H0106 H0107 H0108 H0109 H0110
    H0111 H0112 H0113 H0114 H0115 H0116 H0117 H0118 H0119 H0120
    H0121 H0122 H0123 H0201 H0202 H0203 H0204 H0205 H0206 H0207
    H0208 H0209 H0210 H0301 H0302 H0303 H0304 H0305 H0306 H0307
    H0308 H0309 H0310 H0311 H0312 H0313 H0314 H0401 H0402 H0403 H0501
    H0502 H0503 H0504 H0505 H0506 H0601 H0602 H0603 H0604 H0605
    H0606 H0607 H0608 H0609 H0610 H0701 H0702 H0703 H0704 H0705
    H0801 H0802 H0803 H0804 H0805 H0806 H0807 H0808
}

/// All codes that have a page.
pub(crate) fn codes() -> impl Iterator<Item = &'static str> {
    PAGES.iter().map(|(code, _)| *code)
}

/// What a code is about, in a few words.
pub(crate) fn title(code: &str, language: Language) -> Option<&'static str> {
    let (_, page) = PAGES.iter().find(|(each, _)| *each == code)?;
    let heading = page.lines().next()?.split_once(' ')?.1.split_once(' ')?.1;
    let (da, en) = heading.split_once(" / ").unwrap_or((heading, heading));
    Some(match language {
        Language::Danish => da,
        Language::English => en,
    })
}

/// The page of a code in one language: title, paragraphs and examples.
pub(crate) fn page(code: &str, language: Language) -> Option<String> {
    let (_, page) = PAGES.iter().find(|(each, _)| *each == code)?;
    let mut out = format!("{code} {}\n", title(code, language)?);
    let mut paragraphs: usize = 0;
    let mut in_block = false;
    for line in page.lines().skip(1) {
        if line.starts_with("```") {
            in_block = !in_block;
            if in_block {
                out.push('\n');
            }
        } else if in_block {
            out += format!("    {line}").trim_end();
            out.push('\n');
        } else if !line.is_empty() {
            // The languages take turns, Danish first.
            if paragraphs.is_multiple_of(2) == (language == Language::Danish) {
                out += &format!("\n{line}\n");
            }
            paragraphs = paragraphs.saturating_add(1);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_can_be_shown() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../engine/diagnostics");
        let names = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name());
        let names = names.map(|name| name.to_string_lossy().into_owned());
        let mut there: Vec<String> = names
            .filter_map(|name| Some(name.strip_suffix(".md")?.to_owned()))
            .filter(|name| name.starts_with('H'))
            .collect();
        there.sort();
        assert_eq!(codes().collect::<Vec<_>>(), there);
        for code in codes() {
            for language in [Language::Danish, Language::English] {
                assert!(
                    page(code, language).is_some_and(|page| page.lines().count() > 5),
                    "{code}"
                );
            }
        }
    }
}
