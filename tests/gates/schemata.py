"""Puts every mutant of some files into the source at once, each behind its number.

cargo-mutants says what the mutants are (`cargo mutants --list --json`). It would build the engine once for each, a minute at a time; here
the body of a function becomes a choice between its mutants and itself, made when the program runs, so that one build holds them all. A mutant
that does not compile is found by the line the compiler complains of, and left out. What cannot be put so (a constant, a `const fn`, a function
that gives `impl Trait`, whose bodies must be of one type) stands apart, to be built by itself.
"""

import json
import re
import subprocess

NUMBER = """//! Which mutant is asked for, and which functions that have mutants are called.

use std::io::Write as _;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicBool, Ordering};

/// The number of the mutant; 0 is none. `function` is the number of the first in the function that asks: in the file named by
/// HJEMMEL_REACHED stands each that has asked.
pub(crate) fn number(function: usize) -> u32 {
    static NUMBER: LazyLock<u32> = LazyLock::new(|| {
        std::env::var("HJEMMEL_MUTANT").ok().and_then(|it| it.parse().ok()).unwrap_or(0)
    });
    static REACHED: LazyLock<Option<std::path::PathBuf>> = LazyLock::new(|| std::env::var_os("HJEMMEL_REACHED").map(Into::into));
    static SEEN: [AtomicBool; 8192] = [const { AtomicBool::new(false) }; 8192];
    if let Some(path) = &*REACHED
        && let Some(seen) = SEEN.get(function)
        && !seen.swap(true, Ordering::Relaxed)
    {
        let file = std::fs::File::options().create(true).append(true).open(path);
        let written = file.and_then(|mut file| file.write_all(format!("{function}\\n").as_bytes()));
        assert!(written.is_ok(), "{}: {written:?}", path.display());
    }
    *NUMBER
}
"""


def offsets(text):
    """The position of each line's first character."""
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    return starts


def tokens(text, at, end):
    """Each character of code, without texts, characters and comments: (position, character)."""
    skip = re.compile(
        r"""//[^\n]*|/\*.*?\*/|b?r(\#*)".*?"\1|b?"(?:\\.|[^"\\])*"|b?'(?:\\.[^']*|[^'\\])'""", re.S
    )
    while at < end:
        found = skip.match(text, at)
        if found and not (at and text[at] in "br" and (text[at - 1].isalnum() or text[at - 1] == "_")):
            at = found.end()
            continue
        yield at, text[at]
        at += 1


def body(text, start, end):
    """Where the body of the function begins and ends, without its braces; None if there is none."""
    depth, opened, braces = 0, None, 0
    keyword = re.compile(r"\bfn\b").search(text, start, end)
    if keyword is None:
        return None
    for at, c in tokens(text, keyword.start(), end):
        if opened is None:
            depth += (c in "([") - (c in ")]")
            if c == "{" and depth == 0:
                opened, braces = at + 1, 1
        else:
            braces += (c == "{") - (c == "}")
            if braces == 0:
                return opened, at
    return None


class File:
    """The mutants of one file, and its text with those that are left."""

    def __init__(self, path, text, mutants):
        self.path, self.text = path, text
        self.starts = offsets(text)
        self.functions = {}
        self.apart = []
        self.lines = {}
        # The number that the function of each mutant asks with.
        self.heads = {}
        for mutant in mutants:
            place = self.function(mutant)
            if place is None:
                self.apart.append(mutant)
            else:
                self.functions.setdefault(place, []).append(mutant)

    def position(self, place):
        return self.starts[place["line"] - 1] + place["column"] - 1

    def function(self, mutant):
        function = mutant["function"]
        if function is None:
            return None
        start, end = (self.position(function["span"][side]) for side in ("start", "end"))
        place = body(self.text, start, end)
        if place is None:
            return None
        head = self.text[start : place[0]]
        if re.search(r"\bconst\s+fn\b|->\s*impl\b|->[^{]*\bimpl\b", head):
            return None
        return place

    def written(self, unviable):
        """The text with all mutants that compile, and for each line of it the mutant that it belongs to."""
        pieces, self.lines, self.heads = [], {}, {}
        self.line = 1

        def put(text, number=None):
            pieces.append(text)
            for line in range(self.line, self.line + text.count("\n") + 1):
                if number is not None:
                    self.lines[line] = number
            self.line += text.count("\n")

        def between(start, end):
            inner = sorted(it for it in self.functions if start <= it[0] and it[1] <= end)
            at = start
            for place in inner:
                if place[0] < at:
                    continue
                put(self.text[at : place[0]])
                choice(place)
                at = place[1]
            put(self.text[at:end])

        def choice(place):
            mutants = [it for it in self.functions[place] if it["number"] not in unviable]
            if not mutants:
                return within(place)
            first = mutants[0]["number"]
            self.heads.update((it["number"], first) for it in mutants)
            put(f"\nmatch crate::mutant::number({first}) {{\n")
            for mutant in mutants:
                number = mutant["number"]
                start, end = (self.position(mutant["span"][side]) for side in ("start", "end"))
                put(f"{number} => {{\n")
                put(self.text[place[0] : start] + mutant["replacement"] + self.text[end : place[1]], number)
                put("\n}\n")
            put("_ => {\n")
            within(place)
            put("\n}\n}\n")
            return None

        def within(place):
            # Functions that stand in this one, and not this one again.
            kept = self.functions.pop(place)
            between(*place)
            self.functions[place] = kept

        between(0, len(self.text))
        return "".join(pieces)


def put(tree, engine, mutants, check):
    """Writes the mutants into the files of `tree`. Gives the numbers of those that do not compile, those that stand apart, and for each of the
    others the number that its function asks with."""
    by_file = {}
    for mutant in mutants:
        by_file.setdefault(mutant["file"], []).append(mutant)
    files = [File(path, (tree / path).read_text(), of) for path, of in sorted(by_file.items())]
    apart = [it for file in files for it in file.apart]
    (tree / engine / "src/mutant.rs").write_text(NUMBER)
    root = tree / engine / "src/lib.rs"
    text = root.read_text()
    if "mod mutant;" not in text:
        root.write_text(text.replace("\nmod ", "\nmod mutant;\nmod ", 1))
    unviable = set()
    while True:
        for file in files:
            (tree / file.path).write_text(file.written(unviable))
        found = complaints(check, {file.path: file for file in files})
        if not found:
            return unviable, apart, {number: head for file in files for number, head in file.heads.items()}
        unviable |= found


def complaints(check, files):
    """The mutants that the compiler complains of."""
    done = subprocess.run(check, capture_output=True, text=True)
    found, other = set(), []
    for line in done.stdout.splitlines():
        message = json.loads(line) if line.startswith("{") else {}
        message = message.get("message")
        if not isinstance(message, dict) or message.get("level") != "error":
            continue
        places = [span for span in message["spans"] if span["is_primary"]] + message["spans"]
        numbers = [
            files[span["file_name"]].lines.get(span["line_start"])
            for span in places
            if span["file_name"] in files
        ]
        numbers = [it for it in numbers if it is not None]
        if numbers:
            found.add(numbers[0])
        elif places:
            other.append(message["rendered"])
    if done.returncode != 0 and not found:
        raise SystemExit("no mutant is to blame for:\n" + "\n".join(other[:5]) + done.stderr[-2000:])
    return found
