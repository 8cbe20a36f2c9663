//! `hjemmel/lawDate`: the day whose law is shown.

use hjemmel_ide::LawDate;
use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, Result};

/// The day that a request names; none for all versions.
pub(crate) fn law_date(params: &Value) -> Result<Option<LawDate>> {
    match params.get("date") {
        None | Some(Value::Null) => Ok(None),
        Some(date) => {
            let day = date.as_str().and_then(LawDate::parse);
            day.map(Some)
                .ok_or_else(|| Error::invalid_params("date: 2017-07-01"))
        }
    }
}

/// The answer.
pub(crate) fn told(date: Option<LawDate>) -> Value {
    json!({ "date": date.map(|date| date.to_string()) })
}
