//! What rule files mean.
pub mod case;
pub mod evaluate;
pub mod model;
pub mod outcome;
pub mod time;
