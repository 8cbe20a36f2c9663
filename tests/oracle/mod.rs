//! The oracle: what LANGUAGE.md says, day by day, by the most naive means; and the engine held
//! against it on random rules and random cases, and on every case of a small world.
//!
//! It shares the model's types and calendar arithmetic with the engine, and nothing else.

mod clock;
mod columnar;
mod compared;
mod complete;
mod days;
mod differ;
mod differential;
mod examples;
mod forecast;
pub(crate) mod generate;
mod judge;
mod law;
mod measures;
mod picture;
mod random;
mod reach;
mod rows;
pub(crate) mod say;
mod shrink;
mod small_world;
mod world;

pub(crate) use generate::{cases, day, print};
pub(crate) use judge::subjects;
pub(crate) use random::Random;
pub(crate) use world::may_be_blank;
