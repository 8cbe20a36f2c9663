//! The law that is shipped: its examples, what they notice, and that no provision is left out unseen.

use crate::program;

/// What a command that ends well says.
fn ends_well(line: &str) -> String {
    let mut command = program();
    command
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .args(line.split(' '));
    let output = command.output().expect("the program runs");
    let said = String::from_utf8_lossy(&output.stdout);
    let complained = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{said}\n{complained}");
    said.into_owned()
}

#[test]
fn the_examples_pass() {
    let said = ends_well("test rules frikommuner");
    let count = said.split(' ').find(|word| word.parse::<u32>().is_ok());
    println!(
        "FIGURE;A11;examples of the law that pass;{}",
        count.expect("a count")
    );
}

#[test]
fn every_mistake_in_the_rules_is_noticed_by_an_example() {
    let said = ends_well("test rules frikommuner --mutate --format json");
    let told: serde_json::Value = serde_json::from_str(&said).expect("json");
    for (what, count) in [
        (
            "mistakes planted in the rules, among them each limit a day off either way",
            "made",
        ),
        ("noticed by an example", "killed"),
        (
            "proven to change nothing, each with its reason",
            "equivalent",
        ),
        ("not noticed", "survived"),
    ] {
        println!("FIGURE;B4;{what};{}", told.get(count).expect("a count"));
    }
}

#[test]
fn no_provision_lacks_a_rule_an_example_or_a_reason() {
    ends_well("coverage rules");
    ends_well("coverage rules frikommuner");
}
