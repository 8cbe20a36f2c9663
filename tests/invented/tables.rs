//! Tables of the rules that the extracts of 2017 have nothing in.

/// The tables of which a municipality had nothing to tell in 2017: what they hold came with later
/// law, or concerned none of these people. Each with its columns of time and its fields.
pub const EMPTY: &[(&str, &str, &str)] = &[
    ("givet_tilbud", "fra;til", "art"),
    ("opholdskrav_opfyldt", "fra;til", ""),
    ("særligt_tilrettelagt_ungdomsuddannelse", "fra;til", ""),
    ("repatrieringstilbud", "fra;til", "frister_fraveget"),
    ("afklaring", "dato", ""),
    (
        "arbejdspligtsindsats",
        "fra;til",
        "status;timer_pr_uge;nedsat_timetal_nået",
    ),
    ("ordinære_timer", "fra;til", "timer_seneste_12_måneder"),
    ("uden_for_kontaktforløb", "fra;til", "grund"),
];
