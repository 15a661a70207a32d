//! The window.

pub mod customer;
