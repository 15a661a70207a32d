//! The scenarios at hand: those inside the program and those in the folders a person named.
