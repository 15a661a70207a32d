//! Every rule that reading a file can report, by its name, which says the problem.

/// Every rule of this module with one line on what it finds.
pub const RULES: &[(&str, &str)] = &[
    // The file as a whole.
    ("file-too-large", "A file is larger than 32 MiB."),
    ("empty-file", "A file holds no scenario."),
    ("not-utf8", "A file is not saved as plain text in UTF-8."),
    ("utf16", "A file is saved in UTF-16 instead of UTF-8."),
    ("control-character", "A character stands in the file that nobody can see and that does something."),
    ("hidden-direction-mark", "A hidden character turns the reading direction round."),
    ("invisible-character", "A character stands in the file that nobody can see."),
    ("unsupported-format", "The file is written in a version of the language that is not read."),
    ("text-after-end", "Something stands after the end of the scenario."),
    ("too-many-mistakes", "So much of the file cannot be read that the rest was left."),
    ("unreadable", "The file cannot be read from some place on."),
    // Marks.
    ("missing-comma", "A comma is missing between two values."),
    ("extra-comma", "There is a comma too many."),
    ("missing-colon", "A colon is missing between a name and its value."),
    ("missing-value", "A name has no value."),
    ("stray-sign", "A sign stands where nothing of the kind can stand."),
    ("unreadable-character", "A character stands where only names, numbers, texts and brackets can stand."),
    ("unclosed-remark", "A remark that begins with `/*` has no end."),
    // Brackets.
    ("unclosed-bracket", "A bracket is opened and never closed."),
    ("stray-bracket", "A bracket closes nothing."),
    ("wrong-bracket", "A bracket of the wrong kind opens or closes something."),
    ("missing-brackets", "A word that holds something stands without its brackets."),
    ("needless-brackets", "A word that holds nothing has brackets."),
    ("too-deep", "Too many brackets stand inside each other."),
    // Texts.
    ("unclosed-text", "A text has no quote mark at its end."),
    ("unquoted-text", "A text does not stand in quote marks."),
    ("single-quotes", "A text stands in single quote marks."),
    ("typographic-quotes", "A text stands in curly quote marks."),
    ("quote-inside-text", "A quote mark inside a text ends it too early."),
    ("unknown-escape", "A backslash in a text is followed by something that means nothing."),
    // Fields and values.
    ("unknown-field", "A field has a name that there is not."),
    ("missing-field", "A field that is needed is not there."),
    ("duplicate-field", "A field stands twice in the same brackets."),
    ("quoted-field", "The name of a field stands in quote marks."),
    ("unnamed-value", "A value stands among fields without a name of its own."),
    ("name-in-list", "A name stands in front of a value of a list in square brackets."),
    ("name-in-tuple", "Names stand in brackets that hold values only."),
    ("wrong-name", "The word in front of a bracket names something else than belongs there."),
    ("unknown-name", "A word is none of those that can stand there."),
    ("wrong-type", "A value is of another kind than belongs there."),
    ("wrong-count", "Brackets hold more or fewer values than they should."),
    ("not-a-whole-number", "A number is not a whole one."),
    ("out-of-range", "A number is smaller or larger than it may be, or weights do not add up to 100."),
];
