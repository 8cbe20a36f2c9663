//! Small tables by hand, and random ones against a reader who tries every population.

use super::*;

fn count(importance: u32) -> Count {
    Count {
        importance,
        printed: true,
    }
}

fn persons(groups: &[(&[usize], u64)]) -> Vec<Persons> {
    let of = |(counts, number): &(&[usize], u64)| Persons {
        counts: counts.to_vec(),
        number: *number,
    };
    groups.iter().map(of).collect()
}

/// What is printed: the counts, with `·` for those that are hidden.
fn printed(counts: &[Count], persons: &[Persons]) -> Vec<String> {
    let values = Problem::new(counts, persons).values;
    let shown = shown(counts, persons).into_iter().zip(values);
    let each = shown.map(|(shown, value)| {
        if shown {
            value.to_string()
        } else {
            "·".to_owned()
        }
    });
    each.collect()
}

#[test]
fn nothing_is_hidden_where_nothing_is_small() {
    let counts = [count(0), count(1), count(1)];
    let persons = persons(&[(&[0, 1], 5), (&[0, 2], 40)]);
    assert_eq!(printed(&counts, &persons), ["45", "5", "40"]);
}

#[test]
fn none_is_shown_and_few_are_not() {
    let counts = [count(0), count(1), count(1)];
    let persons = persons(&[(&[0], 12), (&[1], 4)]);
    assert_eq!(printed(&counts, &persons), ["12", "·", "0"]);
}

/// 28 = 25 + 3: the 25 would tell the 3.
#[test]
fn a_part_beside_a_small_one_is_hidden_too() {
    let counts = [count(0), count(1), count(1)];
    let persons = persons(&[(&[0, 1], 25), (&[0, 2], 3)]);
    assert_eq!(printed(&counts, &persons), ["28", "·", "·"]);
}

/// Three parts: the largest may stay, for two hidden ones protect each other.
#[test]
fn the_least_important_part_protects() {
    let counts = [count(0), count(1), count(2), count(3)];
    let persons = persons(&[(&[0, 1], 216), (&[0, 2], 16), (&[0, 3], 4)]);
    assert_eq!(printed(&counts, &persons), ["236", "216", "·", "·"]);
}

/// The same persons under another name, and the difference of two measures.
#[test]
fn another_table_does_not_tell_it() {
    // 0: on the list, 1: wrong, 2: on the corrected list, 3: wrong by another name.
    let counts = [count(0), count(1), count(2), count(3)];
    let persons = persons(&[(&[0, 1, 3], 3), (&[0, 2], 19)]);
    assert_eq!(printed(&counts, &persons), ["22", "·", "·", "·"]);
}

/// 1 + 1 = 2, and neither is 0: each would be known to be 1.
#[test]
fn two_ones_do_not_tell_each_other() {
    let counts = [count(0), count(1), count(2), count(3)];
    let persons = persons(&[(&[0, 1], 1), (&[0, 2], 1), (&[0, 3], 20)]);
    assert_eq!(printed(&counts, &persons), ["22", "·", "·", "·"]);
}

/// All but two of a group: the two are protected though no cell holds them.
#[test]
fn what_is_not_printed_is_protected_too() {
    let rest = Count {
        importance: 9,
        printed: false,
    };
    let counts = [count(0), count(1), rest];
    let persons = persons(&[(&[0, 1], 147), (&[0, 2], 2)]);
    assert_eq!(printed(&counts, &persons), ["149", "·", "·"]);
}

/// Pseudo-random numbers, the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

/// Every population that a reader can think of: no group but those that there are, all that is
/// shown, and nothing hidden that is 0. Calls `found` with the values of all counts in it.
fn each_population(
    problem: &Problem<'_>,
    shown: &[bool],
    most: u64,
    numbers: &mut Vec<u64>,
    found: &mut dyn FnMut(&[u64]),
) {
    let mut values = vec![0; problem.counts.len()];
    for (of, number) in problem.persons.iter().zip(numbers.iter()) {
        for count in &of.counts {
            values[*count] += number;
        }
    }
    let too_many = |(at, value): (usize, &u64)| shown[at] && *value > problem.values[at];
    if values.iter().enumerate().any(too_many) {
        return;
    }
    if numbers.len() == problem.persons.len() {
        let fits = values.iter().enumerate().all(|(at, value)| {
            let hidden = problem.counts[at].printed && !shown[at];
            (!shown[at] || *value == problem.values[at]) && (!hidden || *value > 0)
        });
        if fits {
            found(&values);
        }
        return;
    }
    for number in 0..=most {
        numbers.push(number);
        each_population(problem, shown, most, numbers, found);
        numbers.pop();
    }
}

#[test]
fn no_reader_works_out_what_is_hidden() {
    let mut dice = Dice(20_170_913);
    let (mut hidden, mut protecting) = (0, 0);
    for _ in 0..400 {
        let groups = 2 + dice.below(4);
        let number_of_counts = 2 + usize::try_from(dice.below(6)).expect("few");
        let mut people: Vec<Persons> = Vec::new();
        for _ in 0..groups {
            let belongs = (0..number_of_counts).filter(|_| dice.below(2) == 1);
            let counts: Vec<usize> = belongs.collect();
            if !people.iter().any(|of| of.counts == counts) {
                let number = 1 + dice.below(7);
                people.push(Persons { counts, number });
            }
        }
        let counts: Vec<Count> = (0..number_of_counts)
            .map(|_| Count {
                importance: u32::try_from(dice.below(3)).expect("few"),
                printed: dice.below(8) > 0,
            })
            .collect();
        let problem = Problem::new(&counts, &people);
        let shown = shown(&counts, &people);
        let mut seen: Vec<std::collections::BTreeSet<u64>> = vec![Default::default(); counts.len()];
        each_population(&problem, &shown, 10, &mut Vec::new(), &mut |values| {
            for (seen, value) in seen.iter_mut().zip(values) {
                seen.insert(*value);
            }
        });
        for at in 0..counts.len() {
            if problem.is_small(at) {
                assert!(!shown[at], "{counts:?} {people:?}");
                assert!(
                    seen[at].len() > 1,
                    "{at} of {counts:?} {people:?} {shown:?}"
                );
                hidden += 1;
            } else if counts[at].printed && !shown[at] {
                protecting += 1;
            }
        }
    }
    assert!(hidden > 200 && protecting > 50, "{hidden} {protecting}");
}
