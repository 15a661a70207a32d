//! What is wrong with a file, where, what was expected and how to mend it: data first, words last.
//!
//! A [`Diagnostic`] is data; [`render`] turns a batch of them into text. Nothing here prints.

mod meant;
pub mod render;
mod source;
mod steering;

pub use meant::{did_you_mean, meant_by, nearest};
pub use render::{Checked, OutputFormat};
pub use source::{Place, SourceFile, Span};
pub use steering::steers;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The file can be used, but something is off.
    Warning,
    /// The file cannot be used.
    Error,
}

impl Severity {
    /// The name as it stands in every output format: `error` or `warning`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One problem in one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that found it, in kebab-case: a name that says the problem.
    pub rule: &'static str,
    pub severity: Severity,
    /// Where; `None` where the file as a whole is meant.
    pub span: Option<Span>,
    /// What is wrong, in one sentence without a full stop, that names the thing.
    pub message: String,
    /// What was expected there.
    pub expected: Option<String>,
    /// How to mend it; "did you mean" goes here.
    pub help: Option<String>,
    /// Other places that belong to the problem, such as the first of two equal keys.
    pub also: Vec<Also>,
}

/// Another place that belongs to a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Also {
    pub span: Span,
    /// What that place has to do with it, in a few words.
    pub label: String,
}

impl Diagnostic {
    /// An error about the file as a whole; [`Self::at`] gives it a place.
    pub fn error(rule: &'static str, message: impl Into<String>) -> Self {
        Self::new(rule, Severity::Error, message)
    }

    /// A warning about the file as a whole; [`Self::at`] gives it a place.
    pub fn warning(rule: &'static str, message: impl Into<String>) -> Self {
        Self::new(rule, Severity::Warning, message)
    }

    pub fn new(rule: &'static str, severity: Severity, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { rule, severity, span: None, message, expected: None, help: None, also: Vec::new() }
    }

    #[must_use]
    pub fn at(mut self, span: impl Into<Span>) -> Self {
        self.span = Some(span.into());
        self
    }

    #[must_use]
    pub fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    #[must_use]
    pub fn also(mut self, span: impl Into<Span>, label: impl Into<String>) -> Self {
        self.also.push(Also { span: span.into(), label: label.into() });
        self
    }
}
