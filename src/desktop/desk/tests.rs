//! The whole, played through without a window.
