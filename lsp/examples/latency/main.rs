//! How long an author waits: keystroke to diagnostics, and each request, over standard input and
//! output, beside other servers if they are named.
//!
//! ```text
//! cargo build --release -p hjemmel-lsp --examples
//! target/release/examples/latency --peer ruff=/path/to/ruff --peer ty=/path/to/ty > latency.md
//! ```
//!
//! `--lines 1000,10000` measures only these sizes, `--edits 20` makes only so many edits. Our
//! server is the example beside this program, a peer is started as `/path/to/ruff server`.
//!
//! One digit in the middle of a text is changed, again and again, in all servers by turns, so that
//! a noisy moment of the machine meets all of them. Ours gets rules, the peers as many lines of
//! Python that are built alike. What is written is a table in Markdown, in milliseconds.

mod client;
mod measure;
mod server;
mod table;
mod texts;

use measure::measure;
use server::Kind;
use std::error::Error;
use std::path::PathBuf;
use texts::Layout;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// What is measured, and how many edits are made in it.
const TEXTS: [(Layout, usize, usize); 7] = [
    (Layout::OneFile, 1_000, 200),
    (Layout::OneFile, 10_000, 120),
    (Layout::OneFile, 20_000, 80),
    (Layout::OneFile, 50_000, 60),
    (Layout::Workspace, 1_000, 200),
    (Layout::Workspace, 10_000, 120),
    (Layout::Workspace, 50_000, 60),
];

/// What was asked for on the command line.
struct Wishes {
    kinds: Vec<Kind>,
    lines: Option<Vec<usize>>,
    edits: Option<usize>,
}

fn main() -> Outcome<()> {
    let wishes = wishes()?;
    for kind in &wishes.kinds {
        println!("- {}", kind.introduction()?);
    }
    for (layout, lines, edits) in TEXTS {
        let wanted = wishes.lines.as_ref();
        if wanted.is_some_and(|wanted| !wanted.contains(&lines)) {
            continue;
        }
        let edits = wishes.edits.unwrap_or(edits);
        let measured = measure(&wishes.kinds, layout, lines, edits)?;
        println!("\n{}", table::drawn(layout, lines, edits, &measured));
    }
    Ok(())
}

fn wishes() -> Outcome<Wishes> {
    let mut wishes = Wishes {
        kinds: vec![Kind::ours()?],
        lines: None,
        edits: None,
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let value = arguments
            .next()
            .ok_or_else(|| format!("{argument} needs a value"))?;
        match argument.as_str() {
            "--peer" => {
                let (name, path) = value.split_once('=').ok_or("--peer NAME=PATH")?;
                wishes.kinds.push(Kind::peer(name, PathBuf::from(path)));
            }
            "--lines" => {
                let all: Result<_, _> = value.split(',').map(str::parse).collect();
                wishes.lines = Some(all?);
            }
            "--edits" => wishes.edits = Some(value.parse()?),
            _ => return Err(format!("unknown: {argument}").into()),
        }
    }
    Ok(wishes)
}
