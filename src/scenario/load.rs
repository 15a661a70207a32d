//! The whole way in one call: bytes to a scenario, with every finding in its place.

use std::borrow::Cow;

use crate::diagnostic::{Diagnostic, Severity, SourceFile};
use crate::scenario::Scenario;
use crate::scenario::finding::Allowed;
use crate::scenario::format::current as format;
use crate::scenario::parse::{decode, locate, parse};
use crate::scenario::resolve::resolve;

/// What came of a file.
#[derive(Debug, Clone)]
pub struct Loaded {
    pub source: SourceFile,
    /// None where anything stands in the way of playing it.
    pub scenario: Option<Scenario>,
    /// What the author wrote, beside a scenario.
    pub document: Option<format::Scenario>,
    /// In the order of the file.
    pub findings: Vec<Diagnostic>,
    /// What the author keeps on purpose.
    pub allowed: Vec<Allowed>,
}

impl Loaded {
    /// A file of which nothing could be read.
    pub const fn refused(source: SourceFile, findings: Vec<Diagnostic>) -> Self {
        Self { source, scenario: None, document: None, findings, allowed: Vec::new() }
    }

    /// How many findings are errors.
    pub fn errors(&self) -> usize {
        self.findings.iter().filter(|finding| finding.severity == Severity::Error).count()
    }
}

/// Reads a scenario file. `name` is how the person named it. Bytes that are handed over for good are not copied.
pub fn load<'b>(name: &str, bytes: impl Into<Cow<'b, [u8]>>) -> Loaded {
    let mut decoded = match decode(name, bytes) {
        Ok(decoded) => decoded,
        Err(refused) => return Loaded::refused(refused.source, refused.findings),
    };
    let parsed = parse(decoded.readable());
    let is_whole = decoded.findings.is_empty() && parsed.findings.is_empty();
    let mut findings = parsed.findings;
    let mut scenario = None;
    let mut allowed = Vec::new();
    if let Some(document) = &parsed.document {
        let resolved = resolve(document, &parsed.unread);
        findings.extend(locate(decoded.readable(), &parsed.misspelt, resolved.findings));
        scenario = resolved.scenario.filter(|_| is_whole);
        allowed = resolved.allowed;
    }
    decoded.add(findings);
    let document = parsed.document.filter(|_| scenario.is_some());
    Loaded { source: decoded.source, scenario, document, findings: decoded.findings, allowed }
}

#[cfg(test)]
mod tests;
