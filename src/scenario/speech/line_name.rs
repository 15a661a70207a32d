//! The name of a spoken line: `#rang-twice I rang you.`

use std::borrow::Cow;
use std::ops::Range;

use crate::scenario::name::{is_well_spelt, mend};
use crate::scenario::resolve::rules;
use crate::scenario::speech::Problem;

/// The name that a spoken text begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineName<'t> {
    pub name: &'t str,
    /// Where it stands in the text, without the `#`.
    pub bytes: Range<usize>,
    /// Where the words begin: behind the name and one white space.
    pub(super) words_from: usize,
}

impl<'t> LineName<'t> {
    /// Reads the name of a text that has one, well spelt or not.
    #[must_use]
    pub fn of(text: &'t str) -> Option<Self> {
        let before = text.len() - text.trim_start().len();
        let rest = text[before..].strip_prefix('#')?;
        let name = rest.split(char::is_whitespace).next().unwrap_or_default();
        let start = before + 1;
        let end = start + name.len();
        let space = text[end..].chars().next().map_or(0, char::len_utf8);
        Some(Self { name, bytes: start..end, words_from: end + space })
    }

    /// Whether lines can be found by it. A number tells nothing of the line, and would be counted on.
    #[must_use]
    pub fn is_good(&self) -> bool {
        is_well_spelt(self.name) && !is_number(self.name)
    }

    /// What is wrong with it.
    pub(super) fn problem(&self) -> Option<Problem> {
        if self.is_good() {
            return None;
        }
        let name = self.name;
        let message = if name.is_empty() {
            "The name of a line is empty".to_owned()
        } else if is_number(name) {
            format!("`{name}` is no name for a line: it is only a number")
        } else {
            format!("`{name}` is not spelt as the name of a line must be")
        };
        let mended = Some(mend(name)).filter(|mended| is_well_spelt(mended) && !is_number(mended));
        let named = mended.map_or_else(|| "give the line a name".to_owned(), |mended| format!("write `#{mended}`"));
        let help = format!("{named}; where the `#` is to be read, put a name before it: `#a-name #{name}`");
        Some(Problem {
            rule: rules::ID_SPELLING,
            bytes: if name.is_empty() { self.bytes.start - 1..self.bytes.start } else { self.bytes.clone() },
            message,
            expected: Some("lower-case letters, digits and hyphens, at most 64, and a space behind them".to_owned()),
            help: Some(help),
        })
    }
}

/// The text without the name it may begin with: what is shown, said and hashed.
#[must_use]
pub fn unnamed(text: &str) -> Cow<'_, str> {
    match LineName::of(text) {
        None => Cow::Borrowed(text),
        Some(name) => {
            let before = &text[..name.bytes.start - 1];
            Cow::Owned([before, &text[name.words_from..]].concat())
        }
    }
}

fn is_number(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit())
}
