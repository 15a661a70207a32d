//! An index over the attempts, rebuilt from them when lost.
