//! One request a file, under the name it has in `hjemmel-ide`: the protocol's parameters become a
//! question, the answer becomes the protocol's.

pub(crate) mod calls;
pub(crate) mod highlight;
pub(crate) mod linked_editing;
pub(crate) mod links;
pub(crate) mod pull_diagnostics;
pub(crate) mod relations;
pub(crate) mod selection;
pub(crate) mod workspace_symbols;

pub(crate) mod code_actions;
pub(crate) mod code_lens;
pub(crate) mod completion;
pub(crate) mod definition;
pub(crate) mod document_symbols;
pub(crate) mod file_text;
pub(crate) mod folding;
pub(crate) mod formatting;
pub(crate) mod hover;
pub(crate) mod inlay_hints;
pub(crate) mod law_date;
pub(crate) mod lens_actions;
pub(crate) mod outcomes;
pub(crate) mod reasons;
pub(crate) mod references;
pub(crate) mod rename;
pub(crate) mod semantic_tokens;
pub(crate) mod signature;

pub(crate) mod edits;
