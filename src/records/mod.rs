//! Attempts as records for a learning management system: `xAPI` statements, and a table (`leaderboards`, "Records for an
//! LMS").
