//! One file a verb.

pub(super) mod admin;
pub(super) mod board;
pub(super) mod check;
pub(super) mod explain;
pub(super) mod export;
pub(super) mod fmt;
pub(super) mod graph;
pub(super) mod import;
pub(super) mod list;
pub(super) mod lsp;
pub(super) mod new;
pub(super) mod play;
pub(super) mod replay;
pub(super) mod serve;
pub(super) mod simulate;
pub(super) mod solve;
pub(super) mod stats;
#[cfg(feature = "online")]
pub(super) mod team;
pub(super) mod test;
pub(super) mod window;
