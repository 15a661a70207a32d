//! The screens, each a folder of its own: what it says in `data.rs`, how that is drawn in `ui.rs`.

pub mod home;
pub mod library;
pub mod page;
pub mod prepare;
pub mod settings;
pub mod welcome;
