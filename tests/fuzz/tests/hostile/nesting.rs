//! Texts nested deeper than any rule: the same error at the same place, whatever the stack.

use hjemmel_engine::check;
use hjemmel_grammar::{FileId, Sources, format, parse};
use std::time::{Duration, Instant};

/// The stacks of the threads that read them, in bytes: from that of a small thread to that of a program.
const STACKS: [usize; 4] = [256 << 10, 1 << 20, 2 << 20, 8 << 20];
/// One below the limit, one above it, and two far beyond.
const DEPTHS: [usize; 4] = [64, 65, 1_000, 1_000_000];

/// A way to nest, made so many times.
type Form = (&'static str, fn(usize) -> String);

const FORMS: [Form; 11] = [
    ("parentheses", |n| {
        rule(&format!("{}b{}", "(".repeat(n), ")".repeat(n)))
    }),
    ("parentheses of rows", |n| {
        rule(&format!("t hvor {}b{}", "(".repeat(n), ")".repeat(n)))
    }),
    ("open parentheses", |n| rule(&"(".repeat(n))),
    ("closed parentheses", |n| {
        rule(&format!("b{}", ")".repeat(n)))
    }),
    ("square brackets", |n| {
        rule(&format!("{}b{}", "[".repeat(n), "]".repeat(n)))
    }),
    ("braces", |n| {
        rule(&format!("{}b{}", "{".repeat(n), "}".repeat(n)))
    }),
    ("negations", |n| rule(&format!("{}b", "ikke ".repeat(n)))),
    ("negated parentheses", |n| {
        rule(&format!("{}b{}", "ikke (".repeat(n), ")".repeat(n)))
    }),
    ("comments", |n| {
        format!("begreb a {}\n{}", "#".repeat(n), "# #\n".repeat(n))
    }),
    ("texts", |n| format!("begreb a {}\n", "\"".repeat(n))),
    ("bullets", bullets),
];

fn rule(condition: &str) -> String {
    format!("begreb a\n  hjemmel kilde \"Prøve\"\n  når {condition}\n")
}

/// Lists in lists. A line may not be longer than 4,096 bytes, so no deeper one can be written.
fn bullets(depth: usize) -> String {
    let mut text = "begreb a\n  hjemmel kilde \"Prøve\"\n  når alle af:\n".to_owned();
    for level in 2..=depth.min(1_000) {
        text += &format!("{}- mindst én af:\n", "  ".repeat(level));
    }
    text + &format!("{}- b\n", "  ".repeat(depth.min(1_000) + 1))
}

/// What is said of a text, with its places; the tree is walked, shown, laid out and let go of.
fn said(text: &str) -> Vec<String> {
    let mut sources = Sources::new();
    sources.add("a.regel", text);
    let checked = check(&sources);
    let parsed = parse(FileId(0), text);
    let shown = format!("{:?}{:?}", parsed.file, checked.model).len();
    let laid_out = format(text).text.len();
    let all = checked.diagnostics.iter().chain(&parsed.diagnostics);
    let all = all.map(|it| format!("{} {:?}", it.code, it.site().map(|site| site.span)));
    all.chain([format!("{shown} {laid_out}")]).collect()
}

fn on_a_stack(bytes: usize, text: &str) -> Vec<String> {
    std::thread::scope(|scope| {
        let reading = std::thread::Builder::new().stack_size(bytes);
        let reading = reading.spawn_scoped(scope, || said(text)).unwrap();
        reading.join().unwrap()
    })
}

#[test]
fn nesting_says_the_same_on_every_stack() {
    let mut tried = 0;
    for (form, text) in FORMS {
        for depth in DEPTHS {
            let text = text(depth);
            let [first, others @ ..] = STACKS.map(|bytes| {
                // A stack that overflows ends the process: what was tried last is all that can be told.
                println!("{depth} {form} on {bytes} bytes");
                on_a_stack(bytes, &text)
            });
            for other in others {
                assert_eq!(first, other, "{depth} {form}");
            }
            tried += STACKS.len();
        }
    }
    println!("FIGURE;C3;nested texts read on a stack;{tried}");
    println!("FIGURE;C3;nested texts that differ by the stack;0");
}

#[test]
fn the_limit_is_where_it_is_said_to_be() {
    let codes = |text: &str| said(text).join(" ");
    for (form, text) in FORMS {
        if [
            "parentheses",
            "parentheses of rows",
            "negated parentheses",
            "bullets",
        ]
        .contains(&form)
        {
            let (at, over) = (codes(&text(64)), codes(&text(65)));
            assert!(!at.contains("H0113"), "64 {form}: {at}");
            assert!(over.contains("H0113"), "65 {form}: {over}");
        }
    }
}

/// A figure only: how long it takes depends on who else is at work.
#[test]
fn how_long_the_deepest_take() {
    let mut slowest = Duration::ZERO;
    for (_, text) in FORMS {
        for depth in DEPTHS {
            let text = text(depth);
            let began = Instant::now();
            let parsed = parse(FileId(0), &text);
            slowest = slowest.max(began.elapsed());
            drop(parsed);
        }
    }
    println!(
        "FIGURE;C3;milliseconds of the slowest nested text;{}",
        slowest.as_millis()
    );
}
