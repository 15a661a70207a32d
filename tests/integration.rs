//! The only integration binary, so that everything links once. A map of its rooms:
//!
//! | module | what holds there |
//! |---|---|
//! | `worked_example` | the design's worked example, row by row |
//! | `rules` | single rules of the engine, each with its figures |
//! | `runs` | the note, promises, violations and what passes from one encounter to the next, each with its figures |
//! | `properties` | what holds for any inputs at all |
//! | `shipped_scenarios` | every shipped scenario is clean, can be won and can be lost |
//! | `debrief` | what a debrief says comes to exactly the score |
//! | `review` | review cards are made from what was lost, and say what another answer would have earned |
//! | `command_line` | the program as a person runs it: words, files and exit codes |
//! | `documentation` | the pages for trainers say what the code says; their examples load and play |
//! | `lint` | every rule has a name, a page and fixtures; what shipped scenarios are found with |
//! | `imports` | who may import whom, who may print, what the pure rooms never touch |

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "all of this is a test: it may fail loudly, and it reads the files it is about"
)]

mod support;

mod command_line;
mod debrief;
mod documentation;
mod imports;
mod lint;
mod properties;
mod review;
mod rules;
mod runs;
mod shipped_scenarios;
mod worked_example;
