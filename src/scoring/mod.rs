//! Evidence, violations, outcome: what the events of a run are worth, and why.
