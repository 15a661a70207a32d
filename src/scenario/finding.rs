//! A problem in a document, named by its path; it gets its place in the text only when it is reported.
//!
//! Positions cost time, and a clean file needs none. So `parse` and `resolve` name *where* by a path through the
//! document, and the text is searched for that path only once there is something to say.

use std::borrow::Cow;
use std::fmt;

/// A problem found in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The name of the rule, which says the problem: `unknown-target`.
    pub rule: &'static str,
    pub level: Level,
    pub path: Path,
    pub part: Part,
    /// What is wrong, in one sentence that names the thing.
    pub message: String,
    /// What was expected there.
    pub expected: Option<String>,
    /// How to mend it; "did you mean" goes here.
    pub help: Option<String>,
    /// Of something that stands twice, where the first one is.
    pub first: Option<(Path, Part)>,
}

/// A finding that is still being described.
#[derive(Debug)]
pub(crate) struct Draft<'f>(pub(crate) &'f mut Finding);

/// A finding that the author keeps on purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowed {
    pub finding: Finding,
    /// The author's reason.
    pub because: String,
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The scenario plays, but something is off.
    Warning,
    /// The scenario cannot be played.
    Error,
}

/// Which part of what the path leads to is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// The value.
    Value,
    /// The field's name or the map's key.
    Key,
    /// These bytes of a string's content, counted after escapes are read.
    Text(std::ops::Range<usize>),
}

/// The way from the top of a document to one of its values.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
pub struct Path(pub Vec<Step>);

/// One step of a [`Path`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// Into a field of a struct.
    Field(Cow<'static, str>),
    /// To the `occurrence`-th entry of a map that has this key; the first is 0.
    Key(String, usize),
    /// To an element of a list or a tuple.
    Index(usize),
    /// Into the content of an enum variant: `Not(...)`, `Chose("...")`.
    Variant(Cow<'static, str>),
}

impl Finding {
    /// A problem with a value, of which nothing more is said yet; [`Draft`] says it.
    pub fn new(rule: &'static str, level: Level, path: Path, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { rule, level, path, part: Part::Value, message, expected: None, help: None, first: None }
    }
}

impl Draft<'_> {
    /// What was expected there.
    pub(crate) fn expected(self, text: impl Into<String>) -> Self {
        self.0.expected = Some(text.into());
        self
    }

    /// How to mend it.
    pub(crate) fn help(self, text: impl Into<String>) -> Self {
        self.0.help = Some(text.into());
        self
    }

    /// The field's name or the map's key is meant, not the value.
    pub(crate) fn at_key(self) -> Self {
        self.part(Part::Key)
    }

    pub(crate) fn part(self, part: Part) -> Self {
        self.0.part = part;
        self
    }

    /// Something stands here a second time; there is the first.
    pub(crate) fn again(self, first: Path, part: Part) -> Self {
        self.0.first = Some((first, part));
        self
    }
}

impl Path {
    /// This path and one step more.
    #[must_use]
    pub fn join(&self, step: Step) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }

    #[must_use]
    pub fn field(&self, name: &'static str) -> Self {
        self.join(Step::Field(Cow::Borrowed(name)))
    }

    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        self.join(Step::Key(key.to_owned(), 0))
    }

    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.join(Step::Index(index))
    }

    #[must_use]
    pub fn variant(&self, name: &'static str) -> Self {
        self.join(Step::Variant(Cow::Borrowed(name)))
    }
}

impl fmt::Display for Path {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.0.iter().enumerate() {
            match step {
                Step::Field(name) if position == 0 => write!(formatter, "{name}")?,
                Step::Field(name) | Step::Variant(name) => write!(formatter, ".{name}")?,
                Step::Key(key, _) => write!(formatter, "[{key:?}]")?,
                Step::Index(index) => write!(formatter, "[{index}]")?,
            }
        }
        Ok(())
    }
}
