//! The law that is shipped: its examples, what they notice, and that no provision is left out unseen.

use crate::program;

fn ends_well(line: &str) {
    let mut command = program();
    command
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .args(line.split(' '));
    let output = command.output().expect("the program runs");
    let said = String::from_utf8_lossy(&output.stdout);
    let complained = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{said}\n{complained}");
}

#[test]
fn the_examples_pass() {
    ends_well("test rules frikommuner");
}

#[test]
fn every_mistake_in_the_rules_is_noticed_by_an_example() {
    ends_well("test rules frikommuner --mutate");
}

#[test]
fn no_provision_lacks_a_rule_an_example_or_a_reason() {
    ends_well("coverage rules");
    ends_well("coverage rules frikommuner");
}
