//! The language reference is read without a message, and gives the tree it describes.

use crate::common::{corpus, good, language_blocks};
use crate::tree;

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

#[test]
fn the_trees_of_good_files() {
    for (name, text) in corpus("ok") {
        insta::with_settings!({ snapshot_suffix => &name, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!("tree", tree::file(&good(&text).file));
        });
    }
}
