//! The service as its clients know it: a whole one on a port of its own, spoken to over HTTP. Every answer is held
//! against the document that describes it.

#![expect(clippy::disallowed_methods, reason = "tests read the files they are about")]

mod access;
mod document;
mod operations;
mod refusals;
mod secrets;
mod story;
mod support;
mod timing;
mod tls;
