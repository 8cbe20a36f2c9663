use super::{checked, picture};

/// Branches that exclude each other are accepted without an order.
#[track_caller]
fn exclude(one: &str, two: &str) {
    let text = format!(
        "opdeling o\n  hjemmel kilde \"Loven\"\n  a når {one}\n  b når {two}\n  c ellers\n"
    );
    let found = checked(&text).diagnostics;
    assert!(found.is_empty(), "{one} / {two}: {found:#?}");
}

#[test]
fn values_of_a_table_without_overlap() {
    exclude(
        "visitation.kategori er jobparat",
        "visitation.kategori er en af aktivitetsparat, uddannelsesparat",
    );
    exclude(
        "visitation.kategori er jobparat",
        "ydelse og visitation.kategori er ikke jobparat",
    );
}

#[test]
fn ages() {
    exclude("alder er under 30", "alder er mindst 30");
    exclude("alder er højst 24", "alder er over 24 og alder er under 30");
}

#[test]
fn a_condition_and_its_opposite() {
    exclude("indsats", "ydelse og ikke indsats");
    exclude(
        "(indsats i mindst 2 uger)",
        "ikke (indsats i mindst 2 uger)",
    );
}

#[test]
fn states_of_a_duty() {
    exclude(
        "tilbudspligt er overskredet",
        "tilbudspligt er en af frist_løber, fritaget",
    );
}

#[test]
fn values_of_a_table_with_overlap_do_not_exclude_each_other() {
    picture(
        r#"
opdeling støtte
  hjemmel kilde "Loven"
  mentor  når indsats.art er mentor
# ------ den anden gren
  praktik når indsats.art er virksomhedspraktik
# ^^^^^^^ H0606 den ene gren
  ingen   ellers
"#,
    );
}

#[test]
fn a_state_inside_an_earlier_one_is_never_reached() {
    picture(
        r#"
opdeling status
  hjemmel kilde "Loven"
  i rækkefølge
  i_orden    når tilbudspligt er en af frist_løber, i_tilbud, indfriet
# ------- afgør det allerede her
  med_tilbud når tilbudspligt er i_tilbud
# ^^^^^^^^^^ H0705 nås ikke
  andet      ellers
"#,
    );
}
