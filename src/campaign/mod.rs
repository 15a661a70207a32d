//! A whole run: the call, the note, the diary, and the next encounter.
