//! The pure engine: a compiled scenario, a state and an input give events.
