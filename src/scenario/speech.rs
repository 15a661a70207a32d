//! The marks inside a spoken line: lapses, nods, facts and what can be seen.
