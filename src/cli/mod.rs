//! The command line: arguments, exit codes, one file a verb.
