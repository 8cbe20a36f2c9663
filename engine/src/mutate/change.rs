//! What is changed, in the id's words and in people's, and what an example must show to notice it.

use crate::time::Length;
use hjemmel_grammar::diagnostic::Text;
use hjemmel_grammar::syntax::Order;

/// A change of some words.
#[derive(Clone, Debug)]
pub(super) struct Change {
    /// The last part of the id.
    pub(super) slug: String,
    /// What the words are changed to.
    pub(super) words: Text,
    /// What an example must show.
    pub(super) hint: Text,
}

impl Change {
    /// How the id says that something is left out.
    pub(super) const LEFT_OUT: &str = "uden";

    fn new(slug: &str, words: (&str, &str), hint: (&str, &str)) -> Self {
        Self {
            slug: slug.to_owned(),
            words: Text::new(words.0, words.1),
            hint: Text::new(hint.0, hint.1),
        }
    }

    /// A length one day longer, and one shorter; each with the length that it becomes.
    pub(super) fn lengths(length: Length) -> [(Self, Length); 2] {
        let hint = (
            "et eksempel, der fæstner den sidste eller første dag ved grænsen: `fra D`, `til og med D` eller `har frist D`",
            "an example that pins the last or the first day at the limit: `from D`, `through D` or `has deadline D`",
        );
        let longer = Self::new("+1 dag", ("en dag længere", "a day longer"), hint);
        let shorter = Self::new("-1 dag", ("en dag kortere", "a day shorter"), hint);
        [
            (longer, length.with_days(1)),
            (shorter, length.with_days(-1)),
        ]
    }

    /// A date one day later (`true`) or earlier.
    pub(super) fn date(later: bool) -> Self {
        let hint = (
            "et eksempel på dagen før, på og efter datoen, hvor det gør en forskel",
            "an example on the day before, on and after the date, where it makes a difference",
        );
        if later {
            Self::new("+1 dag", ("en dag senere", "a day later"), hint)
        } else {
            Self::new("-1 dag", ("en dag tidligere", "a day earlier"), hint)
        }
    }

    /// An age or a number so much higher or lower.
    pub(super) fn number(slug: &str, da: &str, en: &str) -> Self {
        Self::new(
            slug,
            (da, en),
            (
                "et eksempel lige på grænsen og et lige ved siden af",
                "an example exactly at the limit and one just beside it",
            ),
        )
    }

    /// Something is not there.
    pub(super) fn left_out() -> Self {
        Self::new(
            Self::LEFT_OUT,
            ("udeladt", "left out"),
            (
                "et eksempel, hvor alt andet taler for det modsatte svar, og netop dette afgør",
                "an example in which all else speaks for the other answer and this alone decides",
            ),
        )
    }

    /// `ikke A` without `ikke`.
    pub(super) fn without_not() -> Self {
        let words = Text::new("uden “ikke”", "without “not”");
        Self {
            slug: "uden ikke".to_owned(),
            words,
            ..Self::read_as("", "")
        }
    }

    /// A condition that always holds.
    pub(super) fn always() -> Self {
        Self::new(
            "altid",
            ("opfyldt altid", "met always"),
            (
                "et eksempel, hvor betingelsen ikke er opfyldt, og svaret derfor er et andet",
                "an example in which the condition is not met and the answer therefore another",
            ),
        )
    }

    /// Something is read as something else.
    pub(super) fn read_as(da: &str, en: &str) -> Self {
        Self::new(
            da,
            (&format!("læst som “{da}”"), &format!("read as “{en}”")),
            (
                "et eksempel, hvor de to læsninger giver hvert sit svar",
                "an example in which the two readings give different answers",
            ),
        )
    }

    /// A comparison of dates the other way round.
    pub(super) fn date_order(order: Order) -> (Self, Order) {
        match order {
            Order::Under | Order::AtMost => (Self::read_as("efter", "after"), Order::Over),
            Order::Over | Order::AtLeast => (Self::read_as("før", "before"), Order::Under),
        }
    }

    /// A comparison the other way round.
    pub(super) fn order(order: Order) -> (Self, Order) {
        let (da, en, other) = match order {
            Order::AtLeast => ("under", "under", Order::Under),
            Order::AtMost => ("over", "over", Order::Over),
            Order::Under => ("mindst", "at least", Order::AtLeast),
            Order::Over => ("højst", "at most", Order::AtMost),
        };
        (Self::read_as(da, en), other)
    }
}
