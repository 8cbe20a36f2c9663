//! Before anything is timed: all implementations give the same answers, byte for byte.

use crate::implementation::Implementation;
use crate::process::Processes;
use crate::workload::Question;

/// Compares the answers of these implementations, the first of them the loop, to all questions.
///
/// # Errors
///
/// The first line in which one differs from the loop, or what went wrong.
pub fn agree(processes: &Processes, implementations: &[Implementation]) -> Result<(), String> {
    for question in Question::ALL {
        let mut expected = Vec::new();
        for implementation in implementations {
            for threads in [1, 2] {
                processes.measured(*implementation, question, (1, threads))?;
                let file = processes.answer_file(*implementation, question);
                let answer = std::fs::read(&file).map_err(|error| error.to_string())?;
                if expected.is_empty() {
                    expected = answer;
                } else if answer != expected {
                    let name = implementation.name();
                    let difference = difference(&expected, &answer);
                    return Err(format!("{name} {}: {difference}", question.name()));
                }
                if !implementation.has_threads() {
                    break;
                }
            }
        }
    }
    Ok(())
}

pub(crate) fn difference(expected: &[u8], answer: &[u8]) -> String {
    let (expected, answer) = (
        String::from_utf8_lossy(expected),
        String::from_utf8_lossy(answer),
    );
    let lines = expected.lines().zip(answer.lines()).enumerate();
    let differing = lines.into_iter().find(|(_, (one, other))| one != other);
    match differing {
        Some((at, (one, other))) => {
            format!("line {}: the loop says {one:?}, it says {other:?}", at + 1)
        }
        None => format!(
            "the loop has {} lines, it has {}",
            expected.lines().count(),
            answer.lines().count()
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::difference;

    #[test]
    fn the_first_difference_is_named() {
        let told = difference(b"a\nb\n", b"a\nc\n");
        assert_eq!(told, "line 2: the loop says \"b\", it says \"c\"");
        assert_eq!(difference(b"a\n", b""), "the loop has 1 lines, it has 0");
    }
}
