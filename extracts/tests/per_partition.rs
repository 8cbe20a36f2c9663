//! What the example program prints. It is built with the tests, and lies beside them.

use insta::assert_snapshot;
use std::process::Command;

#[test]
fn every_partition_is_judged_by_itself() {
    let own = std::env::current_exe().unwrap();
    let built = own.parent().and_then(|deps| deps.parent()).unwrap();
    let program = built.join("examples").join("per_partition");
    let program = program.with_extension(std::env::consts::EXE_EXTENSION);
    let output = Command::new(program).output().unwrap();
    assert_snapshot!(String::from_utf8_lossy(&output.stderr), @"");
    assert_snapshot!(String::from_utf8_lossy(&output.stdout), @r#"
    partition 1
    case rule state from to due
    a første_tilbud ikke_omfattet 2017-01-01 2017-01-03 -
    a første_tilbud frist_løber 2017-01-04 2017-02-28 2017-04-04
    a første_tilbud i_tilbud 2017-03-01 2017-03-01 2017-04-04
    a første_tilbud indfriet 2017-03-02 2017-12-31 -
    partition 2
    case rule state from to due
    b første_tilbud ikke_omfattet 2017-01-01 2017-01-31 -
    b første_tilbud frist_løber 2017-02-01 2017-05-01 2017-05-01
    b første_tilbud overskredet 2017-05-02 2017-12-31 2017-05-01
    c første_tilbud ikke_omfattet 2017-01-01 2017-04-30 -
    c første_tilbud frist_løber 2017-05-01 2017-06-30 2017-08-01
    c første_tilbud ikke_omfattet 2017-07-01 2017-12-31 -
    "#);
}
