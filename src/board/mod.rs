//! Ranking the attempts of several people.
