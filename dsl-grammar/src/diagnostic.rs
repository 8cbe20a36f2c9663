//! The one kind of message a person ever sees about a rule file.
//!
//! Made by named functions (in `syntax_errors.rs` here and in the engine's `diagnostics/`), never
//! by building a [`Diagnostic`] at the place of the error; rendered by the program and the editor.

use crate::span::Site;

/// The language that a message is shown in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// Danish.
    #[default]
    Danish,
    /// English.
    English,
}

/// The same text in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Text {
    /// Danish.
    pub da: String,
    /// English.
    pub en: String,
}

impl Text {
    /// A text from its Danish and its English wording.
    pub fn new(da: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            da: da.into(),
            en: en.into(),
        }
    }

    /// A text that reads the same in both languages (a name, a citation).
    pub fn same(text: impl Into<String>) -> Self {
        let text = text.into();
        Self {
            da: text.clone(),
            en: text,
        }
    }

    /// The wording in `language`.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Danish => &self.da,
            Language::English => &self.en,
        }
    }
}

/// A stable code such as `H0201`. It never changes meaning and has a page of the same name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(pub &'static str);

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

/// How serious a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The rules cannot be used.
    Error,
    /// The rules can be used; the author should look.
    Warning,
}

/// A place involved in a diagnostic, and what is the matter there.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Label {
    /// Where.
    pub site: Site,
    /// What, in a few words.
    pub text: Text,
}

/// What can be told of a diagnostic's text beyond its severity; an editor draws these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tag {
    /// The place has no effect.
    Unused,
    /// The place is no longer in force.
    Obsolete,
}

/// One message about rule files.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Diagnostic {
    /// Stable code.
    pub code: Code,
    /// Error or warning.
    pub severity: Severity,
    /// One sentence without a full stop; makes sense alone.
    pub message: Text,
    /// Every place involved; the first is where the reader should look.
    pub labels: Vec<Label>,
    /// What to do about it.
    pub hint: Option<Text>,
    /// How an editor may draw the first place.
    pub tag: Option<Tag>,
    /// The text that should stand instead of the first label's, where it is certain enough to offer.
    pub replacement: Option<String>,
}

impl Diagnostic {
    /// An error with `message` at `site`; `label` says what is the matter there.
    #[must_use]
    pub fn error(code: Code, message: Text, site: Site, label: Text) -> Self {
        Self {
            code,
            severity: Severity::Error,
            message,
            labels: vec![Label { site, text: label }],
            hint: None,
            tag: None,
            replacement: None,
        }
    }

    /// The same as a warning.
    #[must_use]
    pub fn warning(code: Code, message: Text, site: Site, label: Text) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(code, message, site, label)
        }
    }

    /// Adds a further place involved.
    #[must_use]
    pub fn also(mut self, site: Site, label: Text) -> Self {
        self.labels.push(Label { site, text: label });
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn hint(mut self, hint: Text) -> Self {
        self.hint = Some(hint);
        self
    }

    /// Offers `text` instead of the first label's text.
    #[must_use]
    pub fn replace_with(mut self, text: impl Into<String>) -> Self {
        self.replacement = Some(text.into());
        self
    }

    /// Draws the first place as unused or obsolete.
    #[must_use]
    pub fn tagged(mut self, tag: Tag) -> Self {
        self.tag = Some(tag);
        self
    }

    /// The same with every place where `place` puts it.
    #[must_use]
    pub fn moved(mut self, place: impl Fn(Site) -> Site) -> Self {
        for label in &mut self.labels {
            label.site = place(label.site);
        }
        self
    }

    /// Where the reader should look first.
    #[must_use]
    pub fn site(&self) -> Option<Site> {
        self.labels.first().map(|label| label.site)
    }
}

/// The candidate that `word` most probably misspells, if one is near enough: at most a third of
/// its letters wrong (one, in a short word), and never more than three. Of a single letter nothing
/// can be said.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let shape = Shape::of(word);
    let limit = match shape.letters {
        0 | 1 => return None,
        letters => (letters / 3).clamp(1, 3),
    };
    // Thousands of unknown names are held against thousands of known ones: most are told apart at a glance.
    candidates
        .into_iter()
        .filter(|candidate| shape.may_be_within(limit, &Shape::of(candidate)))
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
        .filter(|(distance, _)| 0 < *distance && *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

/// What can be told of a word at a glance.
struct Shape {
    letters: usize,
    /// A bit for each letter that stands in it; some share one.
    which: u64,
}

impl Shape {
    fn of(word: &str) -> Self {
        let bits = word.chars().map(|letter| 1 << (u32::from(letter) % 64));
        Self {
            letters: word.chars().count(),
            which: bits.fold(0, |all, bit: u64| all | bit),
        }
    }

    /// Whether so many wrong letters may lie between two words: each makes one longer by one at most, and
    /// exchanges one letter for another at most.
    fn may_be_within(&self, wrong: usize, other: &Self) -> bool {
        let exchanged = (self.which ^ other.which).count_ones() as usize;
        self.letters.abs_diff(other.letters) <= wrong && exchanged <= 2 * wrong
    }
}

#[cfg(test)]
mod tests {
    use super::{Shape, nearest};

    /// The nearest is found among all words, not only among those that look alike.
    #[test]
    fn a_glance_leaves_out_no_word_that_is_near() {
        let mut number = 1_u64;
        let mut roll = |sides: u64| {
            number = number
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (number >> 33) % sides
        };
        let letters: Vec<char> = "aæ_1".chars().collect();
        let mut word = || {
            let letter = |at: u64| letters.get(usize::try_from(at).ok()?).copied();
            let length = 1 + roll(12);
            (0..length)
                .filter_map(|_| letter(roll(4)))
                .collect::<String>()
        };
        let mut found = 0;
        for _ in 0..400 {
            let (wanted, known) = (word(), (0..20).map(|_| word()).collect::<Vec<_>>());
            let limit = match wanted.chars().count() {
                1 => 0,
                count => (count / 3).clamp(1, 3),
            };
            let all = known
                .iter()
                .map(|it| (strsim::damerau_levenshtein(&wanted, it), it.as_str()));
            let near = all
                .filter(|(distance, _)| (1..=limit).contains(distance))
                .min();
            let near = near.map(|(_, word)| word);
            found += usize::from(near.is_some());
            assert_eq!(
                nearest(&wanted, known.iter().map(String::as_str)),
                near,
                "{wanted}"
            );
        }
        assert!(found > 50, "only {found} are near");
    }

    /// What is compared letter by letter costs a hundred times as much.
    #[test]
    fn names_that_look_different_are_told_apart_at_a_glance() {
        let told = |one, two| !Shape::of(one).may_be_within(3, &Shape::of(two));
        assert!(told("ukendt_123", "a123"));
        assert!(told("virksomhedspraktik", "uddannelseshjælp"));
        assert!(!told("kontanthjælp", "kontanthælp"));
    }
}
