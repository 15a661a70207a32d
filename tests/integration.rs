//! The only integration binary, so that everything links once. A map of its rooms:
//!
//! | module | what holds there |
//! |---|---|
//! | `worked_example` | the design's worked example, row by row |
//! | `rules` | single rules of the engine, each with its figures |
//! | `runs` | the note, promises, violations and what passes from one encounter to the next, each with its figures |
//! | `turned` | where the tables are turned: the customer's acts, words and refusals |
//! | `properties` | what holds for any inputs at all |
//! | `shipped_scenarios` | every shipped scenario is clean, can be won and can be lost |
//! | `solve` | the solver’s witnesses hold, and its proofs are held against playing everything |
//! | `debrief` | what a debrief says comes to exactly the score |
//! | `review` | review cards are made from what was lost, and say what another answer would have earned |
//! | `command_line` | the program as a person runs it: words, files and exit codes |
//! | `simulation` | `simmer simulate` as a person runs it: its report, its page, and what it says of what cannot be played |
//! | `together` | the terminal and a team service: joining, ranked runs with and without a network, leaving |
//! | `statistics` | what is told of many attempts: the worked tables of its page, real calls, people of known skill |
//! | `workshop` | what a trainer does at the command line: new, check, test, fmt, graph, export, import |
//! | `bad_input` | half-written files, and what is no file, through every tool of the workshop |
//! | `documentation` | the pages for trainers say what the code says; their examples load and play |
//! | `lint` | every rule has a name, a page and fixtures; what shipped scenarios are found with |
//! | `lsp` | `simmer lsp` as an editor speaks with it |
//! | `records` | what an LMS is told keeps the published rules, says every reply once, and says it the same each time |
//! | `service` | `simmer serve` and `simmer admin` as whoever runs a team service meets them |
//! | `faults` | a team service that is killed, whose disk fails, whose database goes away: nothing acknowledged is lost |
//! | `imports` | who may import whom, who may print, what the pure rooms never touch |

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "all of this is a test: it may fail loudly, and it reads the files it is about"
)]

mod support;

/// A database for tests.
#[cfg(all(feature = "server", target_os = "linux"))]
#[path = "../src/service/store/testing.rs"]
mod postgres;

mod bad_input;
mod command_line;
mod debrief;
mod documentation;
#[cfg(all(feature = "server", target_os = "linux"))]
mod faults;
mod imports;
mod lint;
mod lsp;
mod properties;
mod records;
mod review;
mod rules;
mod runs;
#[cfg(feature = "server")]
mod service;
mod shipped_scenarios;
mod simulation;
mod solve;
mod statistics;
#[cfg(feature = "server")]
mod together;
mod turned;
mod worked_example;
mod workshop;
