//! The grammar reads nothing in two ways: brackets inside brackets cost what their length costs.
//!
//! One test in a process of its own, because the limit of calls is one for the whole process.
//! `grammar/prefixes.rs` shows the same of the grammar itself.

use hjemmel_grammar::{FileId, Parse, parse};
use pest::set_call_limit;
use std::num::NonZeroUsize;

/// What a text may cost: far less than one that is read in two ways at every bracket.
fn allowed(text: &str) -> usize {
    200 * text.len() + 10_000
}

fn within(calls: usize, text: &str) -> Parse {
    set_call_limit(NonZeroUsize::new(calls));
    let parsed = parse(FileId(0), text);
    set_call_limit(None);
    parsed
}

/// The fewest calls that read a text as it is read without a limit.
fn fewest(text: &str) -> usize {
    let whole = parse(FileId(0), text);
    let (mut too_few, mut enough) = (0, allowed(text));
    assert_eq!(within(enough, text), whole, "{text}");
    while too_few + 1 < enough {
        let half = usize::midpoint(too_few, enough);
        if within(half, text) == whole {
            enough = half;
        } else {
            too_few = half;
        }
    }
    enough
}

/// Every way to go deeper, as one step of it: what stands before and after.
const STEPS: [(&str, &str, &str); 8] = [
    ("når ", "(", ")"),
    ("når ", "ikke (", ")"),
    ("når ", "(a og ", ")"),
    ("når ", "(højst 2 uger efter (a) begynder eller ", ")"),
    ("når ", "(a i mindst 2 uger og ", " i mindst 1 dag)"),
    ("når t hvor ", "(", ")"),
    ("når t hvor ", "ikke (b er 1 og ", ")"),
    ("opfyldes af ", "(", ")"),
];

#[test]
fn brackets_in_brackets_cost_what_their_length_costs() {
    let text = |(begun, before, after): (&str, &str, &str), depth: usize, closed: bool| {
        let close = if closed {
            after.repeat(depth)
        } else {
            String::new()
        };
        format!("pligt a\n  {begun}{}b{close}\n", before.repeat(depth))
    };
    let (mut tried, mut worst) = (0, 0);
    for step in STEPS {
        for closed in [true, false] {
            let short = text(step, 3, closed);
            let deep = text(step, 60, closed);
            for text in [&short, &deep] {
                worst = worst.max(fewest(text).div_ceil(text.len()));
                tried += 1;
            }
        }
    }
    println!("FIGURE;C5;texts of brackets in brackets;{tried}");
    println!("FIGURE;C5;calls of the grammar for a byte, at most;{worst}");
    // A limit that is reached is an error in its place, and nothing worse.
    let parsed = within(3, &text(STEPS[0], 3, true));
    assert!(!parsed.is_ok(), "three calls read nothing");
    println!("FIGURE;C5;call limits that fired when they should;1");
}
