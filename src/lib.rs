//! Simmer: a simulator in which people learn to handle difficult customers.
//!
//! In reading order:

pub mod diagnostic;
pub mod scenario;

pub mod dialogue;

pub mod scoring;

pub mod campaign;

pub mod explore;

pub mod lint;

pub mod attempt;

pub mod authoring;

pub mod export;

pub mod library;

pub mod settings;

pub mod lsp;

pub mod studio;

#[cfg(feature = "history")]
pub mod history;

pub mod board;

pub mod statistics;

pub mod records;

pub mod team;

#[cfg(feature = "online")]
pub mod online;

#[cfg(feature = "server")]
pub mod service;

pub mod cli;

#[cfg(feature = "desktop")]
pub mod desktop;
