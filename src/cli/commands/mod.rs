//! One file a verb.

pub(super) mod board;
pub(super) mod check;
pub(super) mod list;
pub(super) mod play;
pub(super) mod replay;
pub(super) mod simulate;
pub(super) mod solve;
pub(super) mod window;
