//! RON text to a document, with every problem of the file and its place.
