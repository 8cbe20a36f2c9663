use super::messages;

#[test]
fn a_contradiction_shows_expected_and_actual_days() {
    let said = messages(
        r#"
pligt mentorpligt
#     ----------- reglen står her
#     ----------- reglen står her
  hjemmel kilde "Loven"
  for visitation
  regnet fra ydelse
  frist 6 måneder
  opfyldes af indsats.art er mentor

eksempel "Et halvt år uden mentor"
  givet
    ydelse kontanthjælp fra 4. januar 2017, fortsat
    visitation aktivitetsparat fra 4. januar 2017, fortsat
  så
    mentorpligt er frist_løber fra 4. januar 2017 til og med 3. juli 2017
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ H0801 reglerne siger `ikke_omfattet` til og med 2017-01-03, `frist_løber` fra 2017-01-04 til og med 2017-07-04, `overskredet` fra 2017-07-05
    mentorpligt har frist 3. juli 2017 den 1. juni 2017
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ H0801 reglerne siger frist 2017-07-04 fra 2017-01-04 til og med 2017-07-04
"#,
    );
    assert_eq!(
        said,
        [
            "eksemplet venter `frist_løber` fra 2017-01-04 til og med 2017-07-03 for `mentorpligt`, men reglerne siger noget andet",
            "eksemplet venter frist 2017-07-03 den 2017-06-01 for `mentorpligt`, men reglerne siger noget andet",
        ]
    );
}
