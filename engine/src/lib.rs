//! What rule files mean.
pub mod case;
pub(crate) mod diagnostics;
pub mod evaluate;
pub mod model;
pub mod outcome;
mod resolve;
pub mod time;
