//! One file a verb.

pub(super) mod board;
pub(super) mod check;
pub(super) mod explain;
pub(super) mod list;
pub(super) mod play;
pub(super) mod replay;
pub(super) mod window;
