//! The service as its clients know it: a whole one on a port of its own, spoken to over HTTP. Every answer is held
//! against the document that describes it.

mod access;
mod document;
mod operations;
mod refusals;
mod secrets;
mod story;
mod support;
mod timing;
mod tls;
