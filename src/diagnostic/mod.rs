//! What is wrong with a file, where, what was expected and how to mend it: data first, words last.
