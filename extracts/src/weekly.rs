//! The codes of an extract's weekly file, as they stand there: for explaining what became of a week.

use crate::extract::{Options, Refused};
use crate::kinds::{self, Part};
use crate::mapping::TableMapping;
use crate::read::Reading;
use crate::settings::Settings;
use crate::source::{self, Location};
use crate::weeks;
use hjemmel_engine::model::Model;
use hjemmel_engine::time::Day;
use std::collections::BTreeMap;
use std::path::Path;

/// The code of each week that has one, by its Monday, of each of some persons.
pub type WeeklyCodes = BTreeMap<String, BTreeMap<Day, String>>;

/// The codes of the persons that are wanted; none if no table of the extract comes from a weekly
/// file.
///
/// # Errors
///
/// As [`crate::read`] refuses; the extract has probably been read already.
pub fn weekly_codes(
    path: &Path,
    model: &Model,
    wanted: &dyn Fn(&str) -> bool,
) -> Result<Option<WeeklyCodes>, Refused> {
    let options = Options::default();
    let mut reading = Reading::new(model, &options);
    let found = match source::locate(path) {
        Ok(Location::Folder(found)) => found,
        Ok(Location::Workbook(_)) => return Ok(None),
        Err(fault) => {
            reading.faults.push(*fault);
            return Err(reading.refuse());
        }
    };
    if let Err(faults) = reading.folder_mapping(&found) {
        reading.faults.extend(faults);
        return Err(reading.refuse());
    }
    let default = TableMapping::default();
    for table in &model.tables {
        let settings = Settings::new(&reading.mapping, table, &default);
        let Some(looked) = settings.weeks() else {
            continue;
        };
        let names = kinds::names(table, settings.mapping);
        let Some((name, path)) = names.iter().find_map(|name| found.get_key_value(name)) else {
            continue;
        };
        let part = Part {
            name: name.clone(),
            path: path.clone(),
        };
        return match weeks::codes_of(&part, table, looked, wanted) {
            Ok(codes) => Ok(Some(codes)),
            Err(fault) => {
                reading.faults.push(*fault);
                Err(reading.refuse())
            }
        };
    }
    Ok(None)
}
