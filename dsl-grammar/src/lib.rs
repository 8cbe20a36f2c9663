//! Text of rule files and its syntax tree.
pub mod diagnostic;
pub mod span;
pub mod syntax;
