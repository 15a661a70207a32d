//! Attempts as records for a learning management system: `xAPI` statements, and a table (`leaderboards`, "Records for an
//! LMS").
//!
//! Pure: out of a scenario, an attempt and what it came to when it was played back. The same three give the same
//! statements under the same ids, for ever, so that a record that is sent again adds nothing. `docs/records.md` tells
//! every statement to whoever runs such a system.

mod record;
mod statement;
mod table;
mod timing;

pub use record::{HOME_PAGE, IRI, counts, passes, record, statements};
pub use statement::{
    Account, Activity, Actor, ChoiceComponent, Context, ContextActivities, Definition, Extensions, LanguageMap,
    Outcome, Score, Statement, Verb,
};
pub use table::{Finished, table};
