//! How a text lies in its file: the mark before it, and how its lines end.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::scenario::parse::{MAXIMUM_SIZE, decode};

const MARK: &str = "\u{feff}";

/// How a text lies in its file. On the bench every line ends in `\n`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Form {
    /// A byte order mark stands before it.
    mark: bool,
    ends: Ends,
}

/// How lines end; where a file has several ways, the one that most lines have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
enum Ends {
    #[default]
    Newline,
    ReturnNewline,
    Return,
}

impl Form {
    /// The text of a file, and how it lies in it.
    ///
    /// # Errors
    /// Why these bytes are no text that could be written back as it was, and how to mend it.
    pub(super) fn read(bytes: &[u8]) -> Result<(String, Self), String> {
        let told = |finding: &crate::diagnostic::Diagnostic| match &finding.help {
            Some(help) => format!("{}: {help}.", finding.message),
            None => format!("{}.", finding.message),
        };
        let decoded = decode("", bytes)
            .map_err(|refused| refused.findings.first().map_or_else(|| "It is no text.".to_owned(), told))?;
        // A character that could not be read would be lost with the next save.
        if str::from_utf8(bytes).is_err() {
            return Err(decoded.findings.first().map_or_else(|| "It is no text.".to_owned(), told));
        }
        let whole = String::from_utf8_lossy(bytes);
        let both = whole.matches("\r\n").count();
        let (newlines, returns) = (whole.matches('\n').count() - both, whole.matches('\r').count() - both);
        let ends = if both > newlines && both >= returns {
            Ends::ReturnNewline
        } else if returns > newlines {
            Ends::Return
        } else {
            Ends::Newline
        };
        Ok((decoded.source.text().to_owned(), Self { mark: whole.starts_with(MARK), ends }))
    }

    /// The bytes of a text in this form.
    ///
    /// # Errors
    /// Where it would be larger than any file that is read.
    pub(super) fn write(self, text: &str) -> Result<Vec<u8>, String> {
        let text = plain(text);
        let text = match self.ends {
            Ends::Newline => text,
            Ends::ReturnNewline => Cow::Owned(text.replace('\n', "\r\n")),
            Ends::Return => Cow::Owned(text.replace('\n', "\r")),
        };
        let bytes = if self.mark { format!("{MARK}{text}").into_bytes() } else { text.into_owned().into_bytes() };
        if bytes.len() > MAXIMUM_SIZE {
            return Err("It is larger than 32 MiB: divide the scenario into several files.".to_owned());
        }
        Ok(bytes)
    }
}

/// A text as a file gives it back: what is pasted may bring other line ends.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(bytes: &[u8], text: &str) {
        let (read, form) = Form::read(bytes).unwrap();
        assert_eq!(read, text);
        assert_eq!(form.write(&read).unwrap(), bytes, "{text:?}");
    }

    #[test]
    fn a_file_is_written_back_as_it_was() {
        check(b"", "");
        check(b"a\nb", "a\nb");
        check(b"a\r\nb\r\n", "a\nb\n");
        check(b"a\rb\r", "a\nb\n");
        check("\u{feff}a\r\n“b”".as_bytes(), "a\n“b”");
    }

    #[test]
    fn the_way_that_most_lines_end_wins() {
        let (text, form) = Form::read(b"a\r\nb\r\nc\nd").unwrap();
        assert_eq!(form.write(&text).unwrap(), b"a\r\nb\r\nc\r\nd");
    }

    #[test]
    fn what_could_not_be_written_back_is_not_read() {
        for bytes in [&b"caf\xe9"[..], b"\xff\xfea\0", &[0, 1, 2, 3, 4, 5, 6, 7, 8, 255]] {
            let why = Form::read(bytes).unwrap_err();
            assert!(why.contains("UTF-8"), "{why}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(text in "[aé\n\r\"]{0,24}", mark: bool, way in 0..3_usize) {
            let ends = [Ends::Newline, Ends::ReturnNewline, Ends::Return][way];
            let bytes = Form { mark, ends }.write(&text).unwrap();
            let (read, _) = Form::read(&bytes).unwrap();
            prop_assert_eq!(read, plain(&text));
        }
    }
}
