//! What a hand does to a text, at random.

use crate::dice::Dice;
use crate::places::cursor;

/// A stretch of bytes and the text that takes its place.
#[derive(Clone, Debug)]
pub(crate) struct Edit {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) text: String,
}

impl Edit {
    pub(crate) fn apply(&self, text: &str) -> String {
        [&text[..self.from], &self.text, &text[self.to..]].concat()
    }
}

/// What is typed or pasted in one go: letters of every width, pieces of rules, ends of lines.
const PIECES: [&str; 30] = [
    "æ",
    "ø",
    "Å",
    "e\u{301}",
    "é",
    "😀",
    "👩‍👩‍👧",
    "🧑🏽",
    "𝕊",
    "\r\n",
    "\n",
    "\r",
    "\t",
    " ",
    "  ",
    "(",
    ")",
    "\"",
    "# ",
    "> ",
    " og ",
    " eller ",
    "ikke ",
    "begreb æøå\n  hjemmel kilde \"😀\"\n  når alder er under 30\n",
    "\nterm english\n  basis source \"x\"\n  when age is under 30\n",
    "  når ",
    " i mindst 6 måneder",
    "31. februar 2017",
    "\u{FEFF}",
    "\u{202E}",
];

/// How much a large paste is.
const LARGE: usize = 100_000;

/// One random edit of a text; `rules` is what pastes are taken from.
pub(crate) fn any(dice: &mut Dice, text: &str, rules: &str) -> Edit {
    let from = cursor(text, dice.roll(text.len() + 1));
    let at = |to: usize| cursor(text, to).max(from);
    match dice.weighted(&[30, 16, 25, 8, 12, 2, 1]) {
        // Types.
        0 => Edit {
            from,
            to: from,
            text: (*dice.pick(&PIECES)).to_owned(),
        },
        // Deletes a little.
        1 => Edit {
            from,
            to: at(from + dice.roll(12)),
            text: String::new(),
        },
        // Another number, which most often leaves the rules sound.
        2 => digit(dice, text, from),
        // A few lines from elsewhere, in place of some.
        3 => {
            let start = cursor(rules, dice.roll(rules.len()));
            let end = cursor(rules, start + dice.roll(400)).max(start);
            Edit {
                from,
                to: at(from + dice.roll(200)),
                text: rules[start..end].to_owned(),
            }
        }
        // The same line again, or none.
        4 => line(dice, text, from),
        // A large paste.
        5 => {
            let start = cursor(rules, dice.roll(rules.len()));
            let mut pasted = rules[start..].to_owned();
            while pasted.len() < LARGE {
                pasted.push_str(rules);
            }
            pasted.truncate(cursor(&pasted, LARGE));
            Edit {
                from,
                to: from,
                text: pasted,
            }
        }
        // Everything goes.
        _ => Edit {
            from: 0,
            to: text.len(),
            text: String::new(),
        },
    }
}

fn digit(dice: &mut Dice, text: &str, from: usize) -> Edit {
    let found = text[from..].find(|c: char| c.is_ascii_digit());
    let at = found.map_or(from, |n| from + n);
    let to = if found.is_some() { at + 1 } else { at };
    Edit {
        from: at,
        to,
        text: dice.roll(10).to_string(),
    }
}

fn line(dice: &mut Dice, text: &str, at: usize) -> Edit {
    let start = text[..at].rfind('\n').map_or(0, |n| n + 1);
    let end = text[at..]
        .find('\n')
        .map_or(text.len(), |n| at + n + 1)
        .max(start);
    if dice.chance(50) {
        let again = text[start..end].to_owned();
        return Edit {
            from: end,
            to: end,
            text: again,
        };
    }
    Edit {
        from: start,
        to: end,
        text: String::new(),
    }
}

/// The smallest edit that makes one text of another.
pub(crate) fn between(old: &str, new: &str) -> Edit {
    let same = |(a, b): &(u8, u8)| a == b;
    let head = old.bytes().zip(new.bytes()).take_while(same).count();
    // An edit begins and ends where a cursor can be, in both.
    let mut from = head;
    loop {
        let next = cursor(old, from).min(cursor(new, from));
        if next == from {
            break;
        }
        from = next;
    }
    let most = old.len().min(new.len()) - from;
    let tail = old
        .bytes()
        .rev()
        .zip(new.bytes().rev())
        .take(most)
        .take_while(same)
        .count();
    let mut kept = tail;
    while 0 < kept
        && (cursor(old, old.len() - kept) != old.len() - kept
            || cursor(new, new.len() - kept) != new.len() - kept)
    {
        kept -= 1;
    }
    Edit {
        from,
        to: old.len() - kept,
        text: new[from..new.len() - kept].to_owned(),
    }
}

#[test]
fn the_smallest_edit_makes_the_other_text() {
    let texts = [
        "",
        "æ",
        "a\r\nb",
        "a\nb",
        "a\r\n\r\nb",
        "😀",
        "😁",
        "\r",
        "a\rb",
        "ææ",
    ];
    for old in texts {
        for new in texts {
            let edit = between(old, new);
            assert_eq!(edit.apply(old), new, "{old:?} {edit:?}");
            assert_eq!(cursor(old, edit.from), edit.from, "{old:?} {new:?}");
            assert_eq!(cursor(old, edit.to), edit.to, "{old:?} {new:?}");
        }
    }
}
