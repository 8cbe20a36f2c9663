//! The language reference is read without a message, and gives the tree it describes.

mod common;

use common::{good, language_blocks, tree};

#[test]
fn every_block_of_the_reference_is_read() {
    for block in language_blocks() {
        good(&block);
    }
}

#[test]
fn the_tree_of_the_reference() {
    insta::assert_snapshot!(tree::file(&good(&language_blocks().join("\n")).file));
}
