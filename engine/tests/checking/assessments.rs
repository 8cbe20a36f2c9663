use super::messages;

#[test]
fn the_columns_of_a_decision_are_not_fields() {
    let said = messages(
        r#"
skøn særligt_tilfælde
  hjemmel kilde "Loven"
  afgørelse er en af bevilget, afslået
# ^^^^^^^^^ H0210 navnet er optaget

fritagelse særlig fra tilbudspligt
  hjemmel kilde "Loven"
  når særligt_tilfælde hvor varighed er mindst 2 uger
#     ^^^^^^^^^^^^^^^^ H0306 ikke her
"#,
    );
    assert_eq!(said[0], "`afgørelse` er en kolonne som alle skøn har");
}
