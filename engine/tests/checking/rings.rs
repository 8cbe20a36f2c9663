use super::{messages, picture};

#[test]
fn a_ring_is_printed_with_every_step() {
    let said = messages(
        r#"
begreb a
  hjemmel kilde "Loven"
  når ydelse og b
#               ^ H0604 bruger den næste

begreb b
  hjemmel kilde "Loven"
  når mindst én af:
    - c inden for de seneste 2 uger
#     - bruger den næste
    - ydelse

begreb c
  hjemmel kilde "Loven"
  når ydelse dog ikke når a
#                         - bruger den næste
"#,
    );
    assert_eq!(
        said,
        ["reglerne afhænger af hinanden i ring: a → b → c → a"]
    );
}

#[test]
fn a_duty_may_not_rest_on_its_own_exemption() {
    picture(
        r#"
fritagelse overskredet_én_gang fra tilbudspligt
  hjemmel kilde "Loven"
  når tilbudspligt er overskredet
#     ^^^^^^^^^^^^^^^^^^^^^^^^^^^ H0604 bruger den næste
"#,
    );
}
