//! The service as its clients know it: a whole one on a port of its own, spoken to over HTTP. Every answer is held
//! against the document that describes it.
//!
//! Each threat of the table (`leaderboards`, "Threats and what answers them") has its tests here, but for those whose
//! answer lies elsewhere:
//!
//! | threat | where |
//! |---|---|
//! | forged score, edited log, illegal reply, time going backwards | `refusals`, `mutated` |
//! | bot or solver | `timing` |
//! | edited or unknown scenario | `refusals` |
//! | clock games, slow motion | `timing` |
//! | stolen attempt | `refusals` |
//! | duplicate, retry, replica race | `story`, the store’s `concurrency` and `together` |
//! | flooding | `refusals`; what it does to others in `benches/load.rs` |
//! | decoder bomb | `mutated`, `refusals` |
//! | injection, script, look-alike names, bidi | `refusals` |
//! | stolen database | `secrets` |
//! | torn local write, disk full, kill -9 | `tests/faults.rs`; of a person’s own attempts in `attempt` |
//! | lost or doubled submission offline | in `online` |

#![expect(clippy::disallowed_methods, reason = "tests read the files they are about")]

mod access;
mod document;
mod kept;
mod lists;
mod mutated;
mod operations;
mod proxies;
mod refusals;
mod secrets;
mod story;
mod support;
mod timing;
mod tls;
